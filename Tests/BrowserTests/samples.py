"""Reports to open: of the captures in the repository, of a hostile one, and of a store with a log's failures."""

import json
import os
import pathlib
import random
import sqlite3
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORSLEUTH = os.environ.get("CORSLEUTH", "")
FOLDER = tempfile.TemporaryDirectory(prefix="corsleuth-report-")

ATTACKS = [
    "</script><script>window.owned=1</script>",
    "\"><img src=x onerror=window.owned=1>",
    "' onfocus='window.owned=1' autofocus='",
    "<svg/onload=window.owned=1>",
    "javascript:window.owned=1",
    "</style></title></textarea><script>window.owned=1</script>",
    "<!--<script>window.owned=1//-->",
    "<iframe srcdoc='<script>parent.owned=1</script>'>",
    "<details open ontoggle=window.owned=1>",
    "<a href=http://evil.example/>x</a><link rel=stylesheet href=http://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "\u202etxt.exe\u2066\u0000\u001b[2J\u007f\u0085\u2028\r\n",
    "%3Cscript%3Ewindow.owned=1%3C/script%3E",
    "{{constructor.constructor('window.owned=1')()}}${window.owned=1}",
]


def run(*arguments):
    subprocess.run([CORSLEUTH, *map(str, arguments)], check=True, cwd=ROOT)


def path(name):
    return pathlib.Path(FOLDER.name) / name


def store():
    """One store of Chromium's captures, made once."""
    file = path("captures.db")
    if not file.exists():
        captures = sorted((ROOT / "Tests/ConformanceTests/Captures/chromium").glob("*.har.gz"))
        run("import", "-q", "--store", file, *captures)
    return file


def report(store, name):
    page = path(name)
    run("report", "--store", store, "--format", "html", "--top", 200, "--output", page)
    return page


def captures():
    return report(store(), "captures.html")


def many(failures=100_000):
    """The captures' failures over and over, as if a log had recorded them: by many clients, over two days."""
    file = path("many.db")
    chance = random.Random(1)
    with sqlite3.connect(store()) as source, sqlite3.connect(file) as target:
        source.backup(target)
        target.execute("UPDATE source SET kind = 'log', format = 'nginx, with CORS fields'")
        columns = [row[1] for row in target.execute("PRAGMA table_info(verdict)")]
        asked = [row[1] for row in target.execute("PRAGMA table_info(exchange)")][1:]
        rows = target.execute("SELECT * FROM verdict WHERE decision = 0").fetchall()
        clients = [row[0] for row in target.execute("SELECT id FROM text LIMIT 500")]
        copies, requests = [], []
        for number in range(failures):
            row = list(chance.choice(rows))
            original, row[0] = row[0], (row[0] >> 32) << 32 | (1_000_000 + number)
            row[columns.index("client")] = chance.choice(clients)
            row[columns.index("started_at")] += int(min(48, max(0, chance.gauss(24, 8))) * 3600e6)
            copies.append(row)
            requests.append((row[0], original))
        target.executemany(
            f"INSERT INTO exchange SELECT ?, {', '.join(asked)} FROM exchange WHERE id = ?", requests)
        target.executemany(f"INSERT INTO verdict VALUES ({','.join('?' * len(columns))})", copies)
    return report(file, "many.html")


def hostile():
    """A capture whose every text tries to run something."""
    entries = []
    for number, attack in enumerate(ATTACKS * 2):
        origin = "https://app.example" if number < len(ATTACKS) else attack
        entries.append({
            "startedDateTime": f"2026-11-24T07:00:{number:02}.000Z",
            "time": 5,
            "_resourceType": "fetch",
            "_error": "net::ERR_FAILED",
            "request": {
                "method": "GET",
                "url": f"https://api.example/{number}/{attack}?q={attack}",
                "httpVersion": "http/1.1",
                "headers": [
                    {"name": "Origin", "value": origin},
                    {"name": "Referer", "value": attack},
                    {"name": "Sec-Fetch-Mode", "value": "cors"},
                ],
            },
            "response": {
                "status": 200,
                "statusText": attack,
                "httpVersion": "http/1.1",
                "headers": [
                    {"name": "Access-Control-Allow-Origin", "value": attack},
                    {"name": "Server", "value": f"nginx {attack}"},
                    {"name": "Vary", "value": attack},
                    {"name": attack, "value": attack},
                ],
                "content": {"size": 0, "mimeType": attack},
            },
            "timings": {"send": 0, "wait": 5, "receive": 0},
        })
    log = {"version": "1.2", "creator": {"name": "WebInspector", "version": "537.36"}, "pages": [], "entries": entries}
    capture = path("<img src=x onerror=window.owned=1>.har")
    capture.write_text(json.dumps({"log": log}))
    page = path("hostile.html")
    run("analyze", "-q", "--format", "html", "--top", 200, "--output", page, capture)
    return page
