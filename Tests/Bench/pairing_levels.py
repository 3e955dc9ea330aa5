"""The generator's logs, cut down to what lesser formats record, and dealt out to servers whose clocks differ."""
import json
import os
import random
import re
import time

MILLISECONDS = '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $msec $request_time'
MEMBERS = ("msec", "request_time", "remote_addr", "method", "request_uri", "status", "user_agent")
# Seconds by which the clocks of three servers are off.
SKEWS = (0.0, 0.5, -0.5)
NODES = [f"node{number}" for number in range(len(SKEWS))]
STAMP = "%d/%b/%Y:%H:%M:%S +0000"


def cut(folder):
    """Writes ms.json (no header but the user agent) and ms.log (combined, with milliseconds and duration) beside the logs."""
    if os.path.exists(f"{folder}/ms.log"):
        return
    with open(f"{folder}/access.json") as whole, open(f"{folder}/access.log") as combined, \
            open(f"{folder}/ms.json", "w") as lesser, open(f"{folder}/ms.part", "w") as text:
        for line, plain in zip(whole, combined):
            record = json.loads(line)
            lesser.write(json.dumps({name: record[name] for name in MEMBERS}) + "\n")
            text.write(f"{plain.rstrip()} {record['msec']:.3f} {record['request_time']:.3f}\n")
    os.rename(f"{folder}/ms.part", f"{folder}/ms.log")


def deal(folder):
    """Deals the lines out at random to servers' logs, in files of their own and in one; `lines` holds each line's number."""
    cut(folder)
    target = f"{folder}/nodes"
    if os.path.exists(f"{target}/lines"):
        return
    os.makedirs(target, exist_ok=True)
    names = ("access.log", "ms.log", "access.json")
    files = {(node, name): open(f"{target}/{node}.{name}", "w") for node in NODES + ["all"] for name in names}
    rand = random.Random(5)
    with open(f"{folder}/access.log") as combined, open(f"{folder}/access.json") as whole, open(f"{target}/lines.part", "w") as lines:
        for number, (plain, line) in enumerate(zip(combined, whole), 1):
            node = rand.randrange(len(SKEWS))
            record = json.loads(line)
            end = record["msec"] + SKEWS[node]
            plain = re.sub(r"\[[^]]*\]", f"[{time.strftime(STAMP, time.gmtime(end))}]", plain, count=1)
            written = {
                "access.log": plain, "ms.log": f"{plain.rstrip()} {end:.3f} {record['request_time']:.3f}\n",
                "access.json": re.sub(r'"msec":[0-9.]+', f'"msec":{end:.3f}', line, count=1),
            }
            for name, text in written.items():
                files[NODES[node], name].write(text)
                files["all", name].write(text)
            lines.write(f"{node}\t{number}\n")
    for file in files.values():
        file.close()
    os.rename(f"{target}/lines.part", f"{target}/lines")


def dealt_lines(folder):
    """By the name of a server's log, the numbers that its lines have in the whole log, from the second place on."""
    result = {node: [0] for node in NODES}
    with open(f"{folder}/nodes/lines") as file:
        for row in file:
            node, number = row.split()
            result[NODES[int(node)]].append(int(number))
    return result


def levels(folder):
    """Name, files and options of each, the least telling first."""
    cut(folder)
    text = ["--log-format", MILLISECONDS]
    yield "combined", [f"{folder}/access.log"], []
    yield "milliseconds, JSON without headers", [f"{folder}/ms.json"], []
    yield "milliseconds, combined with $msec $request_time", [f"{folder}/ms.log"], text
    yield "JSON with CORS headers", [f"{folder}/access.json"], []


def skewed_levels(folder):
    deal(folder)
    text = ["--log-format", MILLISECONDS]
    for name, what, options in (("access.log", "combined", []), ("ms.log", "milliseconds", text), ("access.json", "CORS headers", [])):
        yield f"{what}, three skewed nodes, a file each", [f"{folder}/nodes/{node}.{name}" for node in NODES], options
        yield f"{what}, three skewed nodes, one file", [f"{folder}/nodes/all.{name}"], options
