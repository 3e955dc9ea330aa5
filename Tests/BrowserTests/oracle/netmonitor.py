"""Firefox: its network monitor makes the HAR; its console says why requests failed. Both are asked through Marionette."""

import json
import pathlib
import re
import socket
import subprocess
import tempfile
import time

from browsers import FIREFOX
from oracle.hosts import SITES
from oracle.ports import free_port

LISTEN = """
  const w = Services.wm.getMostRecentWindow("navigator:browser");
  w.said = [];
  Services.console.registerListener({QueryInterface: ChromeUtils.generateQI(["nsIConsoleListener"]), observe(message) {
    if (message instanceof Ci.nsIScriptError && message.category.startsWith("CORS")) {
      w.said.push([message.category, message.errorMessage, message.flags & 1]);
    }
  }});
  const {require} = ChromeUtils.importESModule("resource://devtools/shared/loader/Loader.sys.mjs");
  const {gDevTools} = require("devtools/client/framework/devtools");
  w.toolbox = await gDevTools.showToolboxForTab(w.gBrowser.selectedTab, {toolId: "netmonitor", hostType: "window"});"""
# What "Save All As HAR" calls.
EXPORT = """
  const w = Services.wm.getMostRecentWindow("navigator:browser");
  const {connector, store, windowRequire} = (await w.toolbox.getPanelWhenReady("netmonitor")).panelWin;
  const {HarMenuUtils} = windowRequire("devtools/client/netmonitor/src/har/har-menu-utils");
  const {getSortedRequests} = windowRequire("devtools/client/netmonitor/src/selectors/index");
  return [await HarMenuUtils.copyAllAsHar(getSortedRequests(store.getState()), connector), JSON.stringify(w.said)];"""


class Firefox:
    name = "firefox"

    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(prefix="corsleuth-firefox-", ignore_cleanup_errors=True)
        port = free_port()
        settings = {
            "marionette.port": port, "network.dns.localDomains": ",".join(SITES), "app.update.enabled": False,
            "browser.shell.checkDefaultBrowser": False,
        }
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in settings.items()]
        pathlib.Path(self.profile.name, "user.js").write_text("\n".join(lines))
        self.process = subprocess.Popen(
            [FIREFOX, "--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--profile",
             self.profile.name],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(300):
            try:
                self.socket = socket.create_connection(("127.0.0.1", port), timeout=300)
                break
            except OSError:
                time.sleep(0.1)
        self.stream = self.socket.makefile("rb")
        self.number = 0
        self.read()
        self.call("WebDriver:NewSession", acceptInsecureCerts=True)
        self.call("WebDriver:SetTimeouts", script=300_000)

    def read(self):
        size = b""
        while (byte := self.stream.read(1)) != b":":
            size += byte
        return json.loads(self.stream.read(int(size)))

    def call(self, command, **parameters):
        self.number += 1
        text = json.dumps([0, self.number, command, parameters]).encode()
        self.socket.sendall(str(len(text)).encode() + b":" + text)
        _, _, error, result = self.read()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return result

    def ask(self, context, body, *arguments):
        """Runs the body of an asynchronous function, in the browser itself or in the page."""
        self.call("Marionette:SetContext", value=context)
        code = f"""const done = arguments[arguments.length - 1];
          (async (...given) => {{ {body} }})(...arguments).then(done, (error) => done("failed: " + error));"""
        sandbox = {"newSandbox": True} if context == "chrome" else {"sandbox": None}
        result = self.call("WebDriver:ExecuteAsyncScript", script=code, args=list(arguments), **sandbox)["value"]
        if isinstance(result, str) and result.startswith("failed: "):
            raise RuntimeError(result)
        return result

    def record(self, url, *arguments):
        """The HAR, what the page saw at each turn, and the reasons by scenario."""
        self.ask("chrome", LISTEN)
        self.call("Marionette:SetContext", value="content")
        self.call("WebDriver:Navigate", url=url)
        outcomes = json.loads(self.ask("content", "return run(...given);", *arguments))
        time.sleep(1)
        har, said = self.ask("chrome", EXPORT)
        return har.encode(), outcomes, self.reasons(json.loads(said))

    @staticmethod
    def reasons(said):
        reasons = {}
        for category, text, is_warning in said:
            name = re.search(r"/api/(\w+)/", text)
            key = category.rstrip("0123456789")
            if not name or is_warning:
                continue
            found = reasons.setdefault(name[1], [])
            # A general word follows the specific one for the request behind a failed preflight.
            if key != "CORSDidNotSucceed" or not found:
                found.append(key)
        for found in reasons.values():
            if len(found) > 1 and found[0] == "CORSDidNotSucceed":
                del found[0]
        return reasons

    def close(self):
        self.call("Marionette:Quit", flags=["eForceQuit"])
        self.process.wait(20)
        self.profile.cleanup()
