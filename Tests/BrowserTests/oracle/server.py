"""A server on loopback, as it is or behind nginx, whose answer to `/api/<id>/<hop>` is what the scenario says, to the byte."""

import asyncio
import collections
import pathlib
import threading

from oracle import scenarios
from oracle.hosts import names
from oracle.ports import free_port
from oracle.proxy import Proxy


class Server:
    def __init__(self, manner="local", has_cookie=False):
        self.scenarios = {}
        self.asked = collections.Counter()
        self.has_cookie = has_cookie
        ports = {name: free_port() for name in ("page", "api", "other")}
        self.page = (pathlib.Path(__file__).parent / "page.js").read_text()
        self.loop = asyncio.new_event_loop()
        for port in ports.values():
            self.loop.run_until_complete(asyncio.start_server(self.serve, "127.0.0.1", port))
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.proxy = Proxy(ports, over_http2=manner == "http2") if Proxy.can_run else None
        self.names = names(self.proxy.fronts if self.proxy else ports, manner)

    def logs(self):
        """The logs so far, by name; none where no nginx is there to write any."""
        return {name: path.read_bytes() for name, path in self.proxy.logs.paths.items()} if self.proxy else {}

    def close(self):
        if self.proxy:
            self.proxy.close()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)

    def fill(self, text, headers=None):
        for name, value in self.names.items():
            text = text.replace("{" + name + "}", value)
        for name in ("origin", "access-control-request-method", "access-control-request-headers"):
            text = text.replace("{" + name + "}", (headers or {}).get(name, ""))
        return text

    def answer(self, method, path, headers):
        """Status, header lines and body."""
        if path == "/page.js":
            return 200, [("Content-Type", "text/javascript")], self.page
        if not path.startswith("/api/"):
            site = "" if "localhost" in self.names["page"] else "; Domain=shop.test"
            lines = [("Content-Type", "text/html"), ("Set-Cookie", "page=1; Path=/" + site)]
            return 200, lines if self.has_cookie else lines[:1], "<!doctype html><body><script src=/page.js></script>"
        _, _, name, hop = path.split("/")[:4]
        role = "preflight" if method == "OPTIONS" and "access-control-request-method" in headers else "answer"
        scenario = self.scenarios[name]
        answers = scenario["hops"][int(hop)][role]
        # The last answer is that to all who ask later.
        status, lines = answers[min(self.asked[name, hop, role], len(answers) - 1)]
        self.asked[name, hop, role] += 1
        _, body = scenarios.BODIES.get(scenario["way"], (None, "{}"))
        return status, [(field, self.fill(value, headers)) for field, value in lines], body

    async def serve(self, reader, writer):
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                method, path, _ = head[0].split(" ", 2)
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
                await reader.readexactly(int(headers.get("content-length") or 0))
                status, lines, body = self.answer(method, path, headers)
                if status in (204, 304) or method == "HEAD":
                    body = ""
                if status not in (204, 304):
                    lines = [*lines, ("Content-Length", str(len(body)))]
                out = f"HTTP/1.1 {status} Scripted\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines)
                writer.write((out + "\r\n" + body).encode("latin-1"))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
