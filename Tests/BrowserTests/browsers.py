"""Two real browsers behind one small interface: open a page, ask it something, hear what it did."""

import json
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

CHROMIUM = shutil.which("chromium")
FIREFOX = shutil.which("firefox-esr")


class Chromium:
    """Debian's Chromium, through Playwright."""

    name = "chromium"

    def __init__(self):
        from playwright.sync_api import sync_playwright

        self.driver = sync_playwright().start()
        # Root has no sandbox to start in, and the pages are our own.
        self.browser = self.driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        self.context = None

    def open(self, page, width=1280, scheme="light", scripts=True, fragment=""):
        if self.context:
            self.context.close()
        self.messages, self.requests = [], []
        self.context = self.browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts)
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.messages.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(page.as_uri() + fragment)
        return self

    def ask(self, expression):
        return self.page.evaluate(expression)

    def close(self):
        self.browser.close()
        self.driver.stop()


class Firefox:
    """Debian's Firefox, through WebDriver BiDi: Playwright's own protocol needs Playwright's own build."""

    name = "firefox"

    def __init__(self):
        from websockets.sync.client import connect

        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.profile = tempfile.TemporaryDirectory(prefix="corsleuth-firefox-", ignore_cleanup_errors=True)
        # Firefox's own errands are not the page's.
        quiet = {"app.update.enabled": False, "toolkit.telemetry.enabled": False, "browser.shell.checkDefaultBrowser": False}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in quiet.items()]
        (pathlib.Path(self.profile.name) / "user.js").write_text("\n".join(lines))
        self.process = subprocess.Popen(
            [FIREFOX, "--headless", "--no-remote", f"--remote-debugging-port={port}", "--profile", self.profile.name],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.number = 0
        self.events = []
        for attempt in range(150):
            try:
                self.socket = connect(f"ws://127.0.0.1:{port}/session", max_size=None, open_timeout=30)
                break
            except OSError:
                if attempt == 149 or self.process.poll() is not None:
                    self.process.kill()
                    raise
                time.sleep(0.2)
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self.tab = self.call("browsingContext.getTree")["contexts"][0]["context"]

    def call(self, method, **parameters):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv(timeout=60))
            if message.get("id") == self.number:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['message']}")
                return message["result"]
            if message["type"] == "event":
                self.events.append(message)

    def open(self, page, width=1280, scheme="light", scripts=True, fragment=""):
        self.call("browsingContext.setViewport", context=self.tab, viewport={"width": width, "height": 900})
        # From an empty page, so that another fragment is another load.
        self.call("browsingContext.navigate", context=self.tab, url="about:blank", wait="complete")
        self.events = []
        self.call("browsingContext.navigate", context=self.tab, url=page.as_uri() + fragment, wait="complete")
        return self

    @property
    def messages(self):
        return [event["params"].get("text") for event in self.events if event["method"] == "log.entryAdded"]

    @property
    def requests(self):
        return [
            event["params"]["request"]["url"]
            for event in self.events if event["method"] == "network.beforeRequestSent"
        ]

    def ask(self, expression):
        function = f"async () => JSON.stringify(await (({expression})))"
        if expression.lstrip().startswith(("() =>", "async () =>")):
            function = f"async () => JSON.stringify(await ({expression})())"
        answer = self.call(
            "script.callFunction", functionDeclaration=function, target={"context": self.tab}, awaitPromise=True)
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        text = answer["result"].get("value")
        return None if text is None else json.loads(text)

    def close(self):
        try:
            self.call("browser.close")
        except Exception:
            self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.profile.cleanup()
