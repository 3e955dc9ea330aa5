"""Chromium: its DevTools, open in a second tab, make the HAR; its protocol says why requests failed."""

import json
import pathlib
import re
import subprocess
import tempfile
import time

from browsers import CHROMIUM
from websockets.sync.client import connect

# The same modules that "Export HAR" calls.
EXPORT = """(async () => {
  const [har, logs] = [await import('./models/har/har.js'), await import('./models/logs/logs.js')];
  const requests = logs.NetworkLog.NetworkLog.instance().requests();
  return JSON.stringify({log: await har.Log.Log.build(requests, {sanitize: false})}); })()"""
IS_ATTACHED = """import('./core/sdk/sdk.js').then((sdk) =>
  !!sdk.TargetManager.TargetManager.instance().primaryPageTarget()?.model(sdk.NetworkManager.NetworkManager))"""


class Target:
    """One end of the protocol: the browser's, or a tab's."""

    def __init__(self, url):
        self.socket = connect(url, max_size=None, open_timeout=30)
        self.number = 0
        self.events = []

    def call(self, method, **parameters):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv(timeout=120))
            if message.get("id") == self.number:
                return message["result"]
            self.events.append(message)

    def ask(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)["result"]
        return result.get("value")

    def wait_for(self, expression):
        for _ in range(300):
            if self.ask(expression) is True:
                return
            time.sleep(0.1)
        raise RuntimeError(f"it never came to be: {expression}")


class Chromium:
    name = "chromium"

    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(prefix="corsleuth-chromium-", ignore_cleanup_errors=True)
        # Root has no sandbox to start in, and the pages are our own.
        self.process = subprocess.Popen(
            [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={self.profile.name}",
             "--host-resolver-rules=MAP *.test 127.0.0.1", "--ignore-certificate-errors",
             "--remote-debugging-port=0", "--remote-allow-origins=*", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        told = pathlib.Path(self.profile.name, "DevToolsActivePort")
        for _ in range(300):
            if told.exists() and len(told.read_text().split()) == 2:
                break
            time.sleep(0.1)
        self.port, path = told.read_text().split()
        self.browser = Target(f"ws://127.0.0.1:{self.port}{path}")

    def tab(self, url):
        target = self.browser.call("Target.createTarget", url=url)["targetId"]
        return target, Target(f"ws://127.0.0.1:{self.port}/devtools/page/{target}")

    def record(self, url, *arguments):
        """The HAR, what the page saw at each turn, and the errors by scenario."""
        target, page = self.tab("about:blank")
        page.call("Network.enable")
        own = f"127.0.0.1:{self.port}/devtools/page/{target}"
        _, tools = self.tab(f"http://127.0.0.1:{self.port}/devtools/devtools_app.html?ws={own}&panel=network")
        tools.wait_for(IS_ATTACHED)
        time.sleep(0.5)
        page.call("Page.navigate", url=url)
        page.wait_for("typeof run === 'function'")
        outcomes = json.loads(page.ask(f"run(...{json.dumps(arguments)})"))
        time.sleep(0.5)
        return tools.ask(EXPORT).encode(), outcomes, self.errors(page.events)

    @staticmethod
    def errors(events):
        urls, errors = {}, {}
        for event in events:
            parameters = event.get("params", {})
            if event.get("method") == "Network.requestWillBeSent":
                # Of a redirected request the first names the scenario.
                urls.setdefault(parameters["requestId"], parameters["request"]["url"])
            if event.get("method") == "Network.loadingFailed" and "corsErrorStatus" in parameters:
                name = re.search(r"/api/(\w+)/", urls.get(parameters["requestId"], ""))
                if name:
                    errors.setdefault(name[1], []).append(parameters["corsErrorStatus"]["corsError"])
        return errors

    def close(self):
        self.browser.call("Browser.close")
        self.process.wait(20)
        self.profile.cleanup()
