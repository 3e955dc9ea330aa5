#!/usr/bin/env python3
"""Synthetic access logs for `make bench`, with the truth about their preflights.

usage: generate_logs.py LINES FOLDER           SEED in the environment makes others; HARD=1 makes a dense one, mostly behind NAT
Writes access.log (combined), access.json (one object a line, with CORS headers), and truth.tsv: line, kind, partner's line, cause.
Kinds: PRE a preflight, FOL its request, CACHED a request that an earlier preflight let through, SIMPLE one that needs none.
"""
import os
import random
import sys
import time

LINES = int(sys.argv[1])
FOLDER = sys.argv[2]
HARD = os.environ.get("HARD") == "1"
RANDOM = random.Random(int(os.environ.get("SEED", "1")))
START = 1_772_438_400
SPAN = 1800 if HARD else 86_400
AGENTS = [
    f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0 Safari/537.36"
    for system in ("Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7") for version in (141, 142, 143)
] + ["Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0"]
ORIGINS = ["https://app.shop.example", "https://admin.shop.example", "https://partner.example"]
PLACES = ["items", "baskets", "customers", "prices", "orders"]


def address():
    return "198.51.%d.%d" % (RANDOM.randrange(256), RANDOM.randrange(1, 255))


GATES = [address() for _ in range(30)]
CLIENTS = [
    (RANDOM.choice(GATES) if RANDOM.random() < (0.7 if HARD else 0.2) else address(), RANDOM.choice(AGENTS))
    for _ in range(8000 if HARD else 30000)
]
events = []  # (end, start, client, method, target, status, referer, host, cors fields, kind, partner, cause)


def add(start, duration, client, method, target, status, referer, host, cors=None, kind="", partner=None, cause=""):
    events.append((start + duration, start, client, method, target, status, referer, host, cors or {}, kind, partner, cause))
    return len(events) - 1


def visit(start, client):
    origin = RANDOM.choice(ORIGINS)
    kept = {}
    for _ in range(RANDOM.randrange(2, 12)):
        method = RANDOM.choices(("GET", "PUT", "DELETE", "POST"), (40, 25, 10, 25))[0]
        target = "/graphql" if HARD and RANDOM.random() < 0.5 else f"/v3/{RANDOM.choice(PLACES)}"
        if target != "/graphql" and RANDOM.random() < 0.6:
            target += f"/{RANDOM.randrange(1, 90000)}"
        answer = {"origin": origin, "acao": origin, "acac": "true"}
        took = min(6.0, RANDOM.lognormvariate(-3.4, 1.0))
        where = (client, method, target)
        if method == "GET" and RANDOM.random() < 0.5:
            add(start, took, client, method, target, 200, origin + "/", "api.shop.example", answer, "SIMPLE")
        elif kept.get(where, 0) > start:
            add(start, took, client, method, target, 200, origin + "/", "api.shop.example", answer, "CACHED")
        else:
            asks = {"origin": origin, "acrm": method, "acrh": "authorization,content-type"}
            chance = RANDOM.random()
            cause = "status" if chance < 0.05 else "no_acao" if chance < 0.08 else "page_left" if chance > 0.985 else ""
            good = {"acao": origin, "acac": "true", "acam": "GET, PUT, DELETE, POST", "acah": "authorization,content-type", "acma": "600"}
            fields = {**asks, **({} if cause in ("status", "no_acao") else good)}
            status = RANDOM.choice((403, 404, 405, 502)) if cause == "status" else 204
            before = add(start, took * 0.3, client, "OPTIONS", target, status, origin + "/", "api.shop.example", fields, "PRE", cause=cause)
            if not cause:
                kept[where] = start + 600
                then = start + took * 0.3 + RANDOM.uniform(0.02, 0.2)
                add(then, took, client, method, target, RANDOM.choice((200, 200, 201, 404)), origin + "/", "api.shop.example", answer, "FOL", before)
        start += RANDOM.expovariate(1 / 6)


def browse(start, client):
    for _ in range(RANDOM.randrange(4, 30)):
        target = RANDOM.choice(("/", "/cart", f"/p/{RANDOM.randrange(1, 900)}", f"/static/{RANDOM.randrange(1, 60)}.js"))
        add(start, 0.01, client, "GET", target, RANDOM.choice((200, 200, 304, 404)), "https://www.shop.example/", "www.shop.example")
        start += RANDOM.expovariate(1.5)


while len(events) < LINES:
    (visit if RANDOM.random() < (0.6 if HARD else 0.12) else browse)(START + RANDOM.random() * SPAN, RANDOM.choice(CLIENTS))
order = sorted(range(len(events)), key=lambda index: events[index][0])[:LINES]
line_of = {index: line for line, index in enumerate(order, 1)}
followed = {events[index][10]: index for index in order if events[index][10] is not None}
os.makedirs(FOLDER, exist_ok=True)
with open(f"{FOLDER}/access.log", "w", buffering=1 << 20) as combined, \
        open(f"{FOLDER}/access.json", "w", buffering=1 << 20) as json_lines, open(f"{FOLDER}/truth.tsv", "w") as truth:
    for line, index in enumerate(order, 1):
        end, start, (ip, agent), method, target, status, referer, host, cors, kind, partner, cause = events[index]
        stamp = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(int(end)))
        combined.write(f'{ip} - - [{stamp}] "{method} {target} HTTP/2.0" {status} 120 "{referer}" "{agent}"\n')
        fields = "".join(f',"{name}":"{cors.get(name, "")}"' for name in ("origin", "acrm", "acrh", "acao", "acac", "acam", "acah", "acma"))
        json_lines.write(
            f'{{"msec":{end:.3f},"request_time":{end - start:.3f},"remote_addr":"{ip}","scheme":"https","host":"{host}","method":"{method}",'
            f'"request_uri":"{target}","protocol":"HTTP/2.0","status":{status},"referer":"{referer}","user_agent":"{agent}"{fields}}}\n')
        if kind:
            other = partner if partner is not None else followed.get(index)
            truth.write(f"{line}\t{kind}\t{line_of.get(other, '') if other is not None else ''}\t{cause}\n")
