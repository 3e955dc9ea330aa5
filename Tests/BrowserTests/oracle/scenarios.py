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


def scenario(chance, number):
    include = chance.random() < 0.4
    credentials = "include" if include else chance.choice(["omit", "same-origin"])
    options = {"method": chance.choice(METHODS), "credentials": credentials}
    fields = dict(chance.sample(FIELDS, chance.choice([0, 1, 1, 2])))
    upload = options["method"] == "POST" and credentials != "omit" and chance.random() < 0.3
    if options["method"] in ("POST", "PUT"):
        options["body"] = "x"
    # Credentials that no recording of the same site shows are left out: nobody could tell.
    hosts = ["api"] if include or chance.random() < 0.7 else ["site"]
    while chance.random() < 0.25 and len(hosts) < 4:
        hosts.append(chance.choice(["api", "other", "page", hosts[-1]]))
    faults = 0.25 if len(hosts) == 1 else 0.12
    hops = [
        {role: answer(chance, include, faults, role == "preflight", "{origin}") for role in ("preflight", "answer")}
        for _ in hosts
    ]
    name = f"chance{number:04d}"
    for hop, host in enumerate(hosts[1:], 1):
        status, lines = hops[hop - 1]["answer"]
        status = chance.choice([301, 302, 303, 307, 308])
        hops[hop - 1]["answer"] = status, [*lines, ("Location", f"{{{host}}}/api/{name}/{hop}")]
    url = f"{{{hosts[0]}}}/api/{name}/0"
    return {"id": name, "url": url, "options": options, "fields": list(fields.items()), "upload": upload, "hops": hops}
