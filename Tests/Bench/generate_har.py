#!/usr/bin/env python3
"""Two synthetic recordings for `make bench`: big.har (few entries with bodies) and many.har (many small entries).

usage: generate_har.py FOLDER [MEGABYTES]      SEED in the environment makes others
"""
import base64
import datetime
import json
import os
import random
import sys

FOLDER = sys.argv[1]
MEGABYTES = int(sys.argv[2]) if len(sys.argv) > 2 else 200
RANDOM = random.Random(int(os.environ.get("SEED", "1")))
PAGE = "https://shop.example"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36"


def headers(*pairs):
    return [{"name": name, "value": value} for name, value in pairs]


def entry(moment, with_body):
    method = RANDOM.choices(("GET", "POST", "PUT", "OPTIONS"), (68, 16, 8, 8))[0]
    place = RANDOM.choice(("items", "baskets", "customers", "prices"))
    url = f"https://api.shop.example/v3/{place}/{RANDOM.randrange(1, 80000)}"
    preflight = method == "OPTIONS"
    request = headers(
        ("accept", "*/*"), ("origin", PAGE), ("referer", PAGE + "/"), ("sec-fetch-mode", "cors"),
        ("sec-fetch-site", "same-site"), ("user-agent", AGENT))
    response = headers(
        ("access-control-allow-origin", PAGE), ("access-control-allow-credentials", "true"),
        ("content-type", "application/json"), ("vary", "Origin"))
    if preflight:
        request += headers(("access-control-request-method", "PUT"))
        response += headers(("access-control-allow-methods", "GET, PUT"), ("access-control-max-age", "600"))
    status = 204 if preflight else RANDOM.choices((200, 304, 404, 500), (90, 4, 4, 2))[0]
    if status == 500:
        response = headers(("content-type", "text/html"))
    content = {"size": 0, "mimeType": "application/json"}
    if status == 200 and with_body:
        size = int(RANDOM.lognormvariate(9.2, 1.0))
        text = base64.b64encode(RANDOM.randbytes(size)).decode()
        content = {"size": size, "mimeType": "image/webp", "text": text, "encoding": "base64"}
    elif status == 200:
        content = {"size": 40, "mimeType": "application/json", "text": '{"name":"caf\u00e9 \\"%d\\""}' % RANDOM.randrange(999)}
    return {
        "_initiator": {"type": "script"}, "_priority": "High", "_resourceType": "preflight" if preflight else "fetch",
        "cache": {}, "pageref": "page_1",
        "request": {
            "method": method, "url": url, "httpVersion": "http/2.0", "headers": request, "queryString": [],
            "cookies": [], "headersSize": -1, "bodySize": 0},
        "response": {
            "status": status, "statusText": "", "httpVersion": "http/2.0", "headers": response, "cookies": [],
            "content": content, "redirectURL": "", "headersSize": -1, "bodySize": -1,
            "_error": "net::ERR_FAILED" if status == 500 else None},
        "startedDateTime": moment.strftime("%Y-%m-%dT%H:%M:%S.") + "%03dZ" % (moment.microsecond // 1000),
        "time": RANDOM.random() * 200, "timings": {"send": 0.2, "wait": RANDOM.random() * 190, "receive": 1.5},
    }


def write(name, with_body):
    moment = datetime.datetime(2026, 3, 2, 8)
    page = {"startedDateTime": "2026-03-02T08:00:00.000Z", "id": "page_1", "title": PAGE + "/", "pageTimings": {}}
    with open(os.path.join(FOLDER, name), "w", buffering=1 << 20) as file:
        file.write('{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"537.36"},"pages":[')
        file.write(json.dumps(page) + '],"entries":[')
        first = True
        while file.tell() < MEGABYTES << 20:
            moment += datetime.timedelta(milliseconds=RANDOM.randrange(1, 300))
            file.write("\n" if first else ",\n")
            first = False
            one = entry(moment, with_body)
            file.write(json.dumps(one, indent=2) if with_body else json.dumps(one, separators=(",", ":")))
        file.write("]}}\n")


os.makedirs(FOLDER, exist_ok=True)
write("big.har", True)
write("many.har", False)
