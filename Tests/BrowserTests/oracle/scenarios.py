"""Requests by chance: right for the most part, with a fault or two in preflight, answer and redirects."""

ORIGINS = [
    "*", "{page}", None, "", "null", "NULL", "{page}/", "https://app.example", "{page}, {page}", "{page} x", "{page},", "\"*\"",
    "*.example", " * ", "{page}\x0b", "*\x80", "{page}?", "localhost", "http://", "HTTP://LOCALHOST", "{page};", "http://*", "0",
]
CREDENTIALS = ["true", None, "", "True", "false", "1", "true, true", "true,", " true ", "\"true\"", "true\x80"]
ASKED = {"methods": "{access-control-request-method}", "headers": "{access-control-request-headers}"}
LISTS = ["{}", "*", None, "", "x", "x, {}", ",{},,", "{};", "x {}", "\"{}\"", "{}\t", "{}:", "*, {}", "(x)", "x/y", "{}\x80", "{},\x01"]
STATUSES = [200, 201, 204, 206, 300, 301, 304, 307, 400, 401, 403, 404, 405, 429, 500, 503]
METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "patch", "OPTIONS", "QUERY"]
FIELDS = [
    ("X-Token", "1"), ("Content-Type", "application/json"), ("Authorization", "Bearer x"), ("Accept", "(x)"),
    ("Accept-Language", "en_US"), ("Content-Type", "text/plain"), ("Range", "bytes=0-5"), ("If-None-Match", "\"x\""),
]
AGES = ["600", "600", "0", "-1", "1", "5", "86400", "99999999999999999999", "x", "1.5", "600, 600", " 60 ", ""]
# Where no request follows: some browsers' networks refuse to, and CORS the rest.
NOWHERE = [
    "ftp://127.0.0.1/x", "data:,x", "about:blank", "mailto:x@app.example", "custom:x", "file:///x", "http://[", "ws://127.0.0.1/",
    "http://user@127.0.0.1/", "blob:null/x",
]
BODIES = {
    "image": ("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>"),
    "script": ("text/javascript", ""), "module": ("text/javascript", "0"), "style": ("text/css", "p {}"),
    "preload": ("application/json", "{}"), "track": ("text/vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nx\n"),
    "events": ("text/event-stream", "data: x\n\n"),
}


def field(chance, name, values, right, faults):
    """A right value mostly, else another, none, or two lines of it."""
    if chance.random() > faults:
        values = [right]
    lines = [chance.choice(values)]
    if len(values) > 1 and chance.random() < 0.1:
        lines.append(chance.choice(values))
    return [("Access-Control-Allow-" + name, line) for line in lines if line is not None]


def answer(chance, include, faults, is_preflight, origin="{page}"):
    lines = field(chance, "Origin", ORIGINS, origin if include or chance.random() < 0.5 else "*", faults)
    lines += field(chance, "Credentials", CREDENTIALS, "true" if include else None, faults)
    if is_preflight:
        for name, asked in ASKED.items():
            lists = [value.replace("{}", asked) if value else value for value in LISTS]
            lines += field(chance, name.capitalize(), lists, asked, faults)
    elif chance.random() < 0.1:
        lines.append(("Set-Cookie", "sid=1"))
    status = chance.choice(STATUSES) if chance.random() < faults / 2 else 200
    return status, lines


def sizes(chance, count):
    """How many are asked at once, one crowd after the other."""
    found = []
    while sum(found) < count:
        found.append(min(chance.choice([1, 1, 1, 2, 4, 8]), count - sum(found)))
    return found


def by_element(chance, include):
    """A request that has no fields of its own, as elements make it, and EventSource."""
    return chance.choice(list(BODIES)), {"method": "GET", "credentials": "include" if include else "same-origin"}


def by_script(chance, include):
    options = {"method": chance.choice(METHODS), "credentials": "include" if include else chance.choice(["omit", "same-origin"])}
    if options["method"] in ("POST", "PUT"):
        options["body"] = "x"
    way = chance.choice(["fetch"] * 7 + ["keepalive", "manual", "worker"])
    if options["method"] in ("GET", "HEAD") and chance.random() < 0.1:
        way = "unread"
    if options["method"] == "POST" and options["credentials"] != "omit" and chance.random() < 0.3:
        way = "upload"
    return way, options


def scenario(chance, number, has_cookie=False):
    include = chance.random() < 0.4
    way, options = chance.choice([by_script] * 7 + [by_element])(chance, include)
    fields = dict(chance.sample(FIELDS, chance.choice([0, 1, 1, 2]))) if way not in BODIES and way != "unread" else {}
    # Credentials that no recording of the same site shows are left out: nobody could tell.
    hosts = ["api"] if include and not has_cookie or chance.random() < 0.7 else ["site"]
    while chance.random() < 0.25 and len(hosts) < 4:
        hosts.append(chance.choice(["api", "other", "page", hosts[-1]]))
    turns = chance.choice([2, 3, 4]) if len(hosts) == 1 and way in ("fetch", "upload") and chance.random() < 0.2 else 1
    faults = 0.25 if len(hosts) == 1 else 0.12
    # What is answered first, and what to those who ask once more.
    hops = [
        {role: [answer(chance, include, faults, role == "preflight", "{origin}") for _ in range(min(turns, 2))]
         for role in ("preflight", "answer")}
        for _ in hosts
    ]
    if turns > 1 and chance.random() < 0.8:
        for _, lines in hops[0]["preflight"]:
            lines.append(("Access-Control-Max-Age", chance.choice(AGES)))
    together = turns > 1 and chance.random() < 0.3
    # Of those at once nobody could tell which got which.
    if together or turns > 1 and chance.random() < 0.5:
        for role in hops[0]:
            hops[0][role][1] = hops[0][role][0]
    name = f"chance{number:04d}"
    for hop, host in enumerate(hosts[1:], 1):
        _, lines = hops[hop - 1]["answer"][0]
        status = chance.choice([301, 302, 303, 307, 308])
        hops[hop - 1]["answer"] = [(status, [*lines, ("Location", f"{{{host}}}/api/{name}/{hop}")])]
    if turns == 1 and way in ("fetch", "keepalive", "upload", "worker") and chance.random() < 0.08:
        _, lines = hops[-1]["answer"][0]
        hops[-1]["answer"] = [(chance.choice([301, 302, 307]), [*lines, ("Location", chance.choice(NOWHERE))])]
    if way in BODIES:
        # Of other statuses an element tells nothing, and of other bodies either.
        body_type, _ = BODIES[way]
        hops[-1]["answer"] = [(200, [*lines, ("Content-Type", body_type)]) for _, lines in hops[-1]["answer"]]
    url = f"{{{hosts[0]}}}/api/{name}/0"
    return {"id": name, "url": url, "options": options, "fields": list(fields.items()), "way": way, "turns": turns,
            "together": together, "hops": hops}
