"""Configuration that corsleuth offers, tried on the servers it is for.

A server passes on to an application that fails CORS; its answers become a HAR; the configuration that the report offers for it goes
into the server's own; the same requests again must be allowed in every engine.

Usage: fixes.py CORSLEUTH WORK SERVER…   (a server that is not here is skipped)
"""

import http.client
import http.server
import json
import pathlib
import shutil
import signal
import subprocess
import sys
import threading
import time

import frameworks
import placed

ORIGIN = "https://app.example.com"
PREFLIGHT = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "content-type,x-trace"}

# What the application behind answers: to OPTIONS, to PUT. Each is a status and its fields; "cookie" marks a credentialed request.
ALLOWS = {
    "Access-Control-Allow-Origin": ORIGIN, "Access-Control-Allow-Methods": "PUT",
    "Access-Control-Allow-Headers": "content-type, x-trace",
}
OTHER = {"Access-Control-Allow-Origin": "https://www.example.com"}
FAULTS = {
    "bare": ((200, {}), (200, {})),
    "lost-on-errors": ((204, ALLOWS), (500, {})),
    "down": ((204, ALLOWS), None),
    "other-origin": ((204, ALLOWS | OTHER), (200, OTHER)),
    "wildcard-cookie": ((204, ALLOWS | {"Access-Control-Allow-Origin": "*"}), (200, {"Access-Control-Allow-Origin": "*"})),
    "no-credentials-cookie": ((204, ALLOWS | {"Access-Control-Allow-Credentials": "true"}), (200, {"Access-Control-Allow-Origin": ORIGIN})),
    "doubled": ((204, ALLOWS), (200, [("Access-Control-Allow-Origin", ORIGIN), ("Access-Control-Allow-Origin", "*")])),
    "method": ((204, ALLOWS | {"Access-Control-Allow-Methods": "GET, POST"}), (200, {"Access-Control-Allow-Origin": ORIGIN})),
    "header": ((204, ALLOWS | {"Access-Control-Allow-Headers": "content-type"}), (200, {"Access-Control-Allow-Origin": ORIGIN})),
    "malformed": ((204, ALLOWS | {"Access-Control-Allow-Methods": "GET; PUT"}), (200, {"Access-Control-Allow-Origin": ORIGIN})),
    "login": ((302, {"Location": "https://login.example.com/?next=/"}), (200, {"Access-Control-Allow-Origin": ORIGIN})),
    "auth": ((401, {"WWW-Authenticate": "Bearer"}), (200, {"Access-Control-Allow-Origin": ORIGIN})),
    "unrouted": ((405, ALLOWS | {"Allow": "PUT"}), (200, {"Access-Control-Allow-Origin": ORIGIN})),
}
# The requests whose preflight passes even before the fix.
SENT = {"lost-on-errors", "down", "no-credentials-cookie", "doubled"}


class Application(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        preflight, actual = FAULTS[self.path.strip("/")]
        status, fields = preflight if self.command == "OPTIONS" else actual
        self.send_response_only(status)
        for name, value in fields.items() if isinstance(fields, dict) else fields:
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_OPTIONS = do_PUT = answer

    def log_message(self, *arguments):
        pass


class Behind(http.server.ThreadingHTTPServer):
    def handle_error(self, *arguments):
        """A server that is stopped drops its connections."""


def ask(port, method, path, fields):
    """One request, as an entry of a HAR."""
    fields = {"Origin": ORIGIN, "Sec-Fetch-Mode": "cors", "Sec-Fetch-Site": "cross-site", **fields}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={"Host": "api.example.com", **fields})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return entry(method, path, fields, answer.status, answer.getheaders())


def entry(method, path, fields, status=0, answered=(), **more):
    listed = [{"name": name, "value": value} for name, value in fields.items()]
    return {
        "startedDateTime": f"2026-11-24T07:00:{0 if method == 'OPTIONS' else 1:02}.000Z", "time": 5,
        "_resourceType": "preflight" if method == "OPTIONS" else "fetch",
        "request": {"method": method, "url": f"https://api.example.com{path}", "httpVersion": "HTTP/1.1", "headers": listed},
        "response": {"status": status, "statusText": "", "httpVersion": "HTTP/1.1", "content": {"size": 0, "mimeType": ""},
                     "headers": [{"name": name, "value": value} for name, value in answered]},
        "timings": {"send": 0, "wait": 5, "receive": 0}, **more,
    }


def exchanges(port, fault):
    """The preflight and its request, as entries: both are asked, whatever a browser would have made of the first answer."""
    fields = {"Content-Type": "application/json", "X-Trace": "1"} | ({"Cookie": "session=1"} if fault.endswith("cookie") else {})
    return ask(port, "OPTIONS", f"/{fault}", PREFLIGHT), ask(port, "PUT", f"/{fault}", fields)


def har(file, creator, *entries):
    file.write_text(json.dumps({"log": {
        "version": "1.2", "creator": {"name": creator, "version": "1"}, "pages": [], "entries": entries}}))
    return file


def corsleuth(program, *arguments):
    return subprocess.run([program, *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def running(server, work, lines, fault, backend):
    """The server's process and port, with the offered lines in its configuration."""
    port = placed.free_port()
    # Nothing listens at port 1.
    command, environment = server.start(work, port, 1 if fault == "down" else backend, lines, fault)
    with open(work / "server.log", "ab") as log:
        process = subprocess.Popen(command, env=environment, cwd=work, stdout=log, stderr=log)
    for _ in range(150):
        if process.poll() is not None:
            break
        if placed.answers(port):
            return process, port
        time.sleep(0.1)
    process.kill()
    sys.exit("\n".join([f"{server.name} does not start:", *(work / "server.log").read_text(errors="replace").splitlines()[-8:]]))


def stop(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def problems(program, file):
    return json.loads(corsleuth(program, "analyze", "-q", "--format", "json", file))["problems"]


def check(program, server, fault, folder, backend):
    """What went wrong, or nothing."""
    work = folder / fault
    work.mkdir(parents=True)
    process, port = running(server, work, None, fault, backend)
    preflight, request = exchanges(port, fault)
    stop(process)
    # DevTools mark what was blocked, and hold back what may not be sent: with the fields that the script gave it.
    held_back = entry("PUT", f"/{fault}", {"Content-Type": "application/json", "X-Trace": "1"})
    failed = (request if fault in SENT else held_back) | {"_error": "net::ERR_FAILED"}
    found = problems(program, har(work / "before.har", "WebInspector", preflight, failed))
    if len(found) != 1:
        return f"{len(found)} problems, not one"
    offered = found[0]["configuration"]
    if not offered or offered["server"] != server.name:
        return f"{found[0]['reason']}: no configuration for {server.name}"
    process, port = running(server, work, offered["lines"], fault, backend)
    after = exchanges(port, fault)
    stop(process)
    # Each is judged by its own bytes: that a request was sent would speak for its preflight, and no exporter marks it here.
    left = [one for entry in after for one in problems(program, har(work / "after.har", "fixes", entry))]
    still = [f"{one['reason']} at the {one['phase']}" for one in left]
    return f"{found[0]['reason']}: now {', '.join(still)}" if still else None


def main():
    program, work, *names = sys.argv[1:]
    backend = Behind(("127.0.0.1", 0), Application)
    threading.Thread(target=backend.serve_forever, daemon=True).start()
    failed = checks = 0
    for name in names:
        server = (placed.SERVERS | frameworks.SERVERS)[name]
        if not shutil.which(server.program):
            print(f"skipped: fixes of {server.name}: {server.program} is not here")
            continue
        for fault in sorted(FAULTS.keys() - server.cannot):
            checks += 1
            wrong = check(program, server, fault, pathlib.Path(work).resolve() / name, backend.server_address[1])
            if wrong:
                failed += 1
                print(f"FAILED: {server.name}, {fault}: {wrong}")
    print(f"fixes: {checks} tried, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
