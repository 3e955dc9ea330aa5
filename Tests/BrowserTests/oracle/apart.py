"""A page with a policy, a service worker and a cache, and what it asks: failures that look like CORS, and what is beneath them."""

import asyncio
import threading

from oracle.ports import free_port

WORKER = """
  self.oninstall = () => self.skipWaiting();
  self.onactivate = (event) => event.waitUntil(self.clients.claim());
  const ways = {
    made: () => new Response("{}"), error: () => Response.error(), passed: (request) => fetch(request),
    opaque: (request) => fetch(request.url, {mode: "no-cors"}),
  };
  self.onfetch = (event) => {
    const way = ways[new URL(event.request.url).searchParams.get("worker")];
    if (way) event.respondWith(way(event.request));
  };"""
PAGE = """<!doctype html><body><script>
  async function run(asked) {
    await navigator.serviceWorker.register("/worker.js");
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((done) => navigator.serviceWorker.oncontrollerchange = done);
    const outcomes = {};
    for (const {id, url, options} of asked) {
      try { await (await fetch(url, options)).text(); outcomes[id] = true; } catch { outcomes[id] = false; }
      // What was answered is in the cache by then, and its entry before the next one's.
      await new Promise((done) => setTimeout(done, 100));
    }
    return JSON.stringify(outcomes);
  }</script>"""
# By name: the host, how it answers, what the worker does, and what the page asks before it.
SCENARIOS = {
    "allowed": ("api", "allows", "", None), "refused": ("api", "refuses", "", None),
    "made": ("api", "refuses", "made", None), "error": ("api", "allows", "error", None),
    "opaque": ("api", "allows", "opaque", None), "passed": ("api", "refuses", "passed", None),
    "forbidden": ("other", "allows", "", None), "kept": ("api", "keeps", "", "no-cors"),
}


class Server:
    """Answers on loopback, where service workers need no TLS."""

    def __init__(self):
        self.ports = {name: free_port() for name in ("page", "api", "other")}
        self.loop = asyncio.new_event_loop()
        for port in self.ports.values():
            self.loop.run_until_complete(asyncio.start_server(self.serve, "127.0.0.1", port))
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.page = f"http://localhost:{self.ports['page']}/"

    def close(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)

    def asked(self):
        """What the page asks for, in order."""
        asked = []
        for name, (host, answer, worker, before) in SCENARIOS.items():
            url = f"http://127.0.0.1:{self.ports[host]}/api/{name}/{answer}?worker={worker}"
            if before:
                asked.append({"id": name, "url": url, "options": {"mode": before}})
            asked.append({"id": name, "url": url, "options": {}})
        return asked

    def answer(self, path, origin):
        """Header lines and body."""
        if path == "/worker.js":
            return [("Content-Type", "text/javascript")], WORKER
        if not path.startswith("/api/"):
            policy = f"connect-src 'self' http://127.0.0.1:{self.ports['api']}"
            return [("Content-Type", "text/html"), ("Content-Security-Policy", policy)], PAGE
        answer = path.split("/")[3].split("?")[0]
        allows = [("Access-Control-Allow-Origin", origin)] if origin and answer != "refuses" else []
        return allows + ([("Cache-Control", "max-age=600")] if answer == "keeps" else []), "{}"

    async def serve(self, reader, writer):
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
                lines, body = self.answer(head[0].split(" ")[1], headers.get("origin"))
                fields = "".join(f"{name}: {value}\r\n" for name, value in [*lines, ("Content-Length", str(len(body)))])
                writer.write(f"HTTP/1.1 200 Scripted\r\n{fields}\r\n{body}".encode("latin-1"))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
