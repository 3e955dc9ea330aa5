#!/usr/bin/env python3
"""Runs the program beside other tools on the same inputs, and prints what each took.

usage: bench.py FOLDER PROGRAM                 BENCH_RUNS (3) runs of each; the one with the median CPU time counts
"""
import os
import shutil
import subprocess
import sys
import time

import pairing
import pairing_levels

FOLDER, PROGRAM = sys.argv[1:3]
HERE = os.path.dirname(os.path.abspath(__file__))
RUNS = int(os.environ.get("BENCH_RUNS", "3"))
PYTHON = sys.executable
STORE = f"{FOLDER}/bench.db"


def measure(command):
    """Wall seconds, CPU seconds and peak megabytes of one run; None where it fails."""
    # A child of this process would count Python's own memory as its own peak: GNU time, which is small, stands between.
    between = ["/usr/bin/time", "-q", "-f", "%M"] if os.path.exists("/usr/bin/time") else []
    with open(os.devnull, "r+b") as nothing:
        began = time.monotonic()
        process = subprocess.Popen(between + command, stdin=nothing, stdout=nothing, stderr=subprocess.PIPE)
        words = process.stderr.read().decode(errors="replace").strip().splitlines()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
    if os.waitstatus_to_exitcode(status) != 0:
        print(f"  failed: {' '.join(command)[:90]}: {' '.join(words)[-200:]}", file=sys.stderr)
        return None
    peak = int(words[-1]) if between else usage.ru_maxrss
    return wall, usage.ru_utime + usage.ru_stime, peak / 1024


def fresh_store():
    for tail in ("", "-wal", "-shm", "-journal"):
        if os.path.exists(STORE + tail):
            os.remove(STORE + tail)


def row(name, command, before=lambda: None):
    runs = []
    for _ in range(RUNS):
        before()
        one = measure(command)
        if one is None:
            return None
        runs.append(one)
    return name, *sorted(runs, key=lambda run: run[1])[len(runs) // 2]


def table(path, tasks):
    size = os.path.getsize(path) / 1e6
    with open(path, "rb") as file:
        while file.read(1 << 24):  # into the page cache
            pass
    rows = [one for one in (row(*task) for task in tasks) if one]
    print(f"\n{os.path.basename(path)}, {size:.0f} MB")
    print(f"| {'tool and task':<58} | wall s | CPU s | peak MB | CPU ratio |")
    print(f"| {'-' * 58} | ---: | ---: | ---: | ---: |")
    own = next((cpu for name, _, cpu, _ in rows if name.startswith("corsleuth")), None)
    for name, wall, cpu, peak in rows:
        ratio = f"{cpu / own:.1f}" if own else ""
        print(f"| {name:<58} | {wall:6.2f} | {cpu:5.2f} | {peak:7.0f} | {ratio:>9} |")
    sys.stdout.flush()


def peer(task, path):
    return [PYTHON, f"{HERE}/peers.py", task, path]


def present(*tasks):
    """Those whose program is there."""
    return [task for task in tasks if task and (os.path.exists(task[1][0]) or shutil.which(task[1][0]))]


def own(name, path, *options):
    return f"corsleuth {name}", [PROGRAM, "import", "--quiet", "--store", STORE, *options, path], fresh_store


def hars():
    for name in ("big.har", "many.har"):
        path = f"{FOLDER}/{name}"
        table(path, present(
            own("import: read, judge, store", path),
            ("corsleuth analyze: the same and the report", [PROGRAM, "analyze", "--quiet", path]),
            ("simdjson on demand, every header, no store", [f"{FOLDER}/headers", path]),
            ("Python with orjson, every header, no store", peer("orjson-har", path)),
            ("Python's json, every header, no store", peer("json-har", path)),
            ("DuckDB read_json, headers counted", peer("duckdb-har", path)),
            ("jq, OPTIONS counted", ["jq", '[.log.entries[] | select(.request.method == "OPTIONS")] | length', path]),
        ))
    small = f"{HERE}/../../SampleData/login-redirect.har"
    table(small, [("corsleuth analyze: start-up", [PROGRAM, "analyze", "--quiet", small])])


def split(path):
    """The lines as tab-separated columns, for sqlite3's .import: not counted in its time."""
    target = f"{FOLDER}/access.tsv"
    if not os.path.exists(target):
        with open(path, encoding="utf-8", errors="replace") as lines, open(target, "w") as columns:
            for line in lines:
                parts = line.replace("\t", " ").rstrip("\n").split('"')
                columns.write("\t".join((parts + [""] * 7)[:7]) + "\n")
    return target


def logs():
    path = f"{FOLDER}/access.log"
    columns = split(path) if shutil.which("sqlite3") else path
    table(path, present(
        own("import --keep cors: read, pair, judge, store", path),
        own("import --keep all", path, "--keep", "all"),
        ("wc -l: the floor", ["wc", "-l", path]),
        ("lnav, one SQL query", ["lnav", "-n", "-c", ";SELECT count(*) FROM access_log WHERE cs_method = 'OPTIONS'", path]),
        ("GoAccess to a JSON report", ["goaccess", path, "--log-format=COMBINED", "-o", f"{FOLDER}/goaccess.json"]),
        ("DuckDB, regular expression into a table", peer("duckdb-combined", path)),
        ("sqlite3 .import of the lines already split", ["sqlite3", f"{FOLDER}/plain.db", "DROP TABLE IF EXISTS t",
            "CREATE TABLE t (a, b, c, d, e, f, g)", ".mode tabs", f".import {columns} t"]),
    ))
    path = f"{FOLDER}/access.json"
    table(path, present(
        own("import --keep cors: read, pair, judge, store", path),
        ("Python with orjson, a line at a time, no store", peer("orjson-lines", path)),
        ("DuckDB read_json into a table", peer("duckdb-lines", path)),
        ("jq, cross-origin requests counted", ["jq", "-n", '[inputs | select(.origin != "")] | length', path]),
    ))


def pairs():
    print("\nPairing, against what the generator knows")
    print(pairing.HEAD)
    tables = []
    for folder, label in (("pairing", ""), ("pairing-hard", ", dense and behind NAT")):
        place = f"{FOLDER}/{folder}"
        for what, files, options in [*pairing_levels.levels(place), *pairing_levels.skewed_levels(place)]:
            fresh_store()
            if measure([PROGRAM, "import", "--quiet", "--store", STORE, *options, *files]) is None:
                continue
            result = pairing.score(STORE, place)
            print(pairing.row(what + label, result), flush=True)
            tables.append((what + label, result["bins"]))
    print("\nReliability: what share of the pairs of a confidence is right")
    print("| log | confidence | pairs | mean confidence | right |")
    print("| --- | --- | ---: | ---: | ---: |")
    for label, bins in tables:
        for place, count, right, total in bins:
            span = "0.99 to 1" if place == 10 else f"{place / 10:.1f} to {(place + 1) / 10 if place < 9 else 0.99:.2f}"
            print(f"| {label} | {span} | {count} | {total / count:.3f} | {right / count:.3f} |")
    fresh_store()


print(subprocess.run([PROGRAM, "--version"], capture_output=True, text=True).stdout.strip(), "on", os.cpu_count(), "cores")
hars()
logs()
pairs()
