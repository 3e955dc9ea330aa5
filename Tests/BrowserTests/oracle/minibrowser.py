"""WebKit: its MiniBrowser, driven by WebKitWebDriver. It makes no recording here: what the page saw is all that it says."""

import glob
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import urllib.request

from oracle.hosts import SITES
from oracle.ports import free_port, wait_for

DRIVER, DISPLAY = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
BINARY = next(iter(sorted(glob.glob("/usr/lib/*/webkit2gtk-4.*/MiniBrowser"), reverse=True)), None)
# Its table of hosts takes a name space of its own to mount.
MAY_MOUNT = subprocess.run(["unshare", "--mount", "true"], stderr=subprocess.DEVNULL).returncode == 0


class WebKit:
    name = "webkit"
    can_run = bool(DRIVER and DISPLAY and BINARY and MAY_MOUNT)

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="corsleuth-webkit-", ignore_cleanup_errors=True)
        self.display = self.screen()
        port = free_port()
        # The system's own names alone are known to it: it gets a table of its own, in a name space of its own.
        hosts = pathlib.Path(self.folder.name, "hosts")
        hosts.write_text("127.0.0.1 localhost " + " ".join(SITES) + "\n")
        command = f'mount --bind "{hosts}" /etc/hosts && exec "{DRIVER}" --host=127.0.0.1 --port={port}'
        environment = {**os.environ, "DISPLAY": self.display, "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
                       "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1", "NO_AT_BRIDGE": "1", "HOME": self.folder.name}
        self.process = subprocess.Popen(
            ["unshare", "--mount", "sh", "-c", command], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(port)
        self.base = f"http://127.0.0.1:{port}/session"
        wanted = {"acceptInsecureCerts": True, "timeouts": {"script": 300_000},
                  "webkitgtk:browserOptions": {"binary": BINARY, "args": ["--automation"]}}
        session = self.call("", capabilities={"alwaysMatch": wanted})["sessionId"]
        self.base += "/" + session

    def screen(self):
        """A display that nobody sees, of the first number that is free."""
        told, tell = os.pipe()
        self.xvfb = subprocess.Popen(
            [DISPLAY, "-displayfd", str(tell), "-screen", "0", "800x600x24", "-nolisten", "tcp"], pass_fds=[tell],
            stderr=subprocess.DEVNULL)
        os.close(tell)
        with os.fdopen(told) as answer:
            return ":" + answer.readline().strip()

    def call(self, path, **parameters):
        request = urllib.request.Request(
            self.base + path, json.dumps(parameters).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=600) as answer:
            return json.load(answer)["value"]

    def record(self, url, *arguments):
        """No recording, what the page saw, and no reasons."""
        self.call("/url", url=url)
        script = "const done = arguments[2]; run(arguments[0], arguments[1]).then(done);"
        outcomes = json.loads(self.call("/execute/async", script=script, args=list(arguments)))
        time.sleep(0.5)
        return None, outcomes, {}

    def close(self):
        request = urllib.request.Request(self.base, method="DELETE")
        urllib.request.urlopen(request, timeout=30).close()
        for process in (self.process, self.xvfb):
            process.terminate()
            process.wait(20)
        self.folder.cleanup()
