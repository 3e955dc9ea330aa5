// What a page does: asks what it is told to, and says whether it could read the answer, or null where no script can tell.
const LIMIT = 4000;

function byElement(name, attributes, parent = document.head) {
  return new Promise((done) => {
    const element = Object.assign(document.createElement(name), attributes);
    element.onload = () => done(true);
    element.onerror = () => done(false);
    parent.append(element);
  });
}

const crossOrigin = ({options}) => options.credentials === "include" ? "use-credentials" : "anonymous";

const ways = {
  async fetch({url, options, fields}) {
    try {
      await (await fetch(url, {...options, headers: fields})).text();
      return true;
    } catch {
      return false;
    }
  },
  manual: (asked) => ways.fetch({...asked, options: {...asked.options, redirect: "manual"}}),
  unread: (asked) => ways.fetch({...asked, options: {...asked.options, mode: "no-cors"}}),
  keepalive: (asked) => ways.fetch({...asked, options: {...asked.options, keepalive: true}}),
  upload({url, options, fields}) {
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
  },
  worker(asked) {
    return new Promise((done) => {
      const worker = new Worker("/page.js");
      worker.onmessage = ({data}) => { worker.terminate(); done(data); };
      worker.postMessage(asked);
    });
  },
  image: (asked) => byElement("img", {crossOrigin: crossOrigin(asked), src: asked.url}, document.body),
  script: (asked) => byElement("script", {crossOrigin: crossOrigin(asked), src: asked.url}),
  module: (asked) => byElement("script", {type: "module", crossOrigin: crossOrigin(asked), src: asked.url}),
  style: (asked) => byElement("link", {rel: "stylesheet", crossOrigin: crossOrigin(asked), href: asked.url}),
  preload: (asked) => byElement("link", {rel: "preload", as: "fetch", crossOrigin: crossOrigin(asked), href: asked.url}),
  track(asked) {
    const video = Object.assign(document.createElement("video"), {crossOrigin: crossOrigin(asked)});
    document.body.append(video);
    return byElement("track", {default: true, src: asked.url}, video);
  },
  events({url, options}) {
    return new Promise((done) => {
      const events = new EventSource(url, {withCredentials: options.credentials === "include"});
      events.onopen = () => { events.close(); done(true); };
      events.onerror = () => { events.close(); done(false); };
    });
  },
};

function once(asked) {
  return Promise.race([ways[asked.way](asked), new Promise((done) => setTimeout(done, LIMIT, null))]);
}

// As often as it is told to, of the same address: all at once, or one after the other.
async function ask(asked) {
  if (asked.together) return Promise.all(Array.from({length: asked.turns}, () => once(asked)));
  const seen = [];
  while (seen.length < asked.turns) seen.push(await once(asked));
  return seen;
}

// So many of the scenarios at once as each size says.
async function run(scenarios, sizes) {
  const outcomes = {};
  let next = 0;
  for (const size of sizes) {
    const crowd = scenarios.slice(next, next += size);
    const seen = await Promise.all(crowd.map(ask));
    crowd.forEach((scenario, index) => { outcomes[scenario.id] = seen[index]; });
  }
  return JSON.stringify(outcomes);
}

if (typeof document === "undefined") onmessage = async ({data}) => postMessage(await ways.fetch(data));
