// What a page does: asks what it is told to, one after the other, and says whether it could read the answer.
async function ask({url, options, fields, upload}) {
  if (upload) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open(options.method, url);
      request.withCredentials = options.credentials === "include";
      for (const [name, value] of fields) request.setRequestHeader(name, value);
      request.upload.onprogress = () => {};
      request.onload = () => done(true);
      request.onerror = () => done(false);
      request.send(options.body);
    });
  }
  try {
    await (await fetch(url, {...options, headers: fields})).text();
    return true;
  } catch {
    return false;
  }
}

async function run(scenarios) {
  const outcomes = {};
  for (const scenario of scenarios) outcomes[scenario.id] = await ask(scenario);
  return JSON.stringify(outcomes);
}
