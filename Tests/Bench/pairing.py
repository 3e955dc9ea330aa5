#!/usr/bin/env python3
"""Pairs in a store against the truth that the log's generator wrote down.

usage: pairing.py PROGRAM GENERATOR FOLDER SEED...     [LINES=200000] [HARD=1] [NODES=1]: every level of log, for each seed
"""
import os
import sqlite3
import subprocess
import sys

import pairing_levels

HEAD = "| log | precision | recall | blocked preflights named | good ones flagged | page left, flagged |\n| --- | ---: | ---: | ---: | ---: | ---: |"


def truth_of(path):
    pairs, blocked, passed, left = {}, set(), set(), set()
    with open(path) as file:
        for row in file:
            line, kind, partner, cause = row.rstrip("\n").split("\t")
            if kind != "PRE":
                continue
            if partner:
                pairs[int(line)] = int(partner)
            # A page that was left after a good preflight is no failure, and looks like one to a server without headers.
            (left if cause == "page_left" else blocked if cause else passed).add(int(line))
    return pairs, blocked, passed, left


def line_numbers(base, folder):
    """From an id in the store to the line's number in the whole log."""
    dealt, sources = None, {}
    for source, path in base.execute("SELECT source_id, path FROM sources"):
        name = os.path.basename(path).split(".")[0]
        if name in pairing_levels.NODES:
            dealt = dealt or pairing_levels.dealt_lines(folder)
            sources[source] = dealt[name]
    return lambda id: sources[id >> 32][id & 0xFFFFFFFF] if id >> 32 in sources else id & 0xFFFFFFFF


def score(store, folder):
    """Precision, recall, the reliability table, and how many blocked preflights are named and good ones flagged."""
    pairs, blocked, passed, left = truth_of(f"{folder}/truth.tsv")
    base = sqlite3.connect(store)
    line = line_numbers(base, folder)
    made = [
        (line(preflight), line(request), confidence or 0)
        for preflight, request, confidence in base.execute("SELECT preflight_id, follow_up_id, confidence FROM preflights WHERE follow_up_id IS NOT NULL")
    ]
    named = {line(row[0]) for row in base.execute("SELECT preflight_id FROM verdicts WHERE verdict = 'blocked' AND preflight_id IS NOT NULL AND phase = 'preflight'")}
    right = sum(pairs.get(preflight) == request for preflight, request, _ in made)
    bins = {}
    for preflight, request, confidence in made:
        place = min(9, int(confidence * 10)) if confidence < 0.99 else 10
        bin = bins.setdefault(place, [0, 0, 0.0])
        bin[0] += 1
        bin[1] += pairs.get(preflight) == request
        bin[2] += confidence
    return {
        "precision": right / max(1, len(made)), "recall": right / max(1, len(pairs)),
        "named": len(named & blocked) / max(1, len(blocked)), "flagged": len(named & passed) / max(1, len(passed)),
        "left": len(named & left) / max(1, len(left)),
        "bins": [(place, *bins[place]) for place in sorted(bins)],
    }


def row(what, result):
    return f"| {what} | {result['precision']:.4f} | {result['recall']:.4f} | {result['named']:.4f} | {result['flagged']:.5f} | {result['left']:.4f} |"


def main(program, generator, folder, seeds):
    print(HEAD)
    store = f"{folder}/pairing.db"
    least = {}
    for seed in seeds:
        place = f"{folder}/seed{seed}{'-hard' if os.environ.get('HARD') == '1' else ''}"
        if not os.path.exists(f"{place}/truth.tsv"):
            lines = os.environ.get("LINES", "200000")
            subprocess.run([sys.executable, generator, lines, place], env={**os.environ, "SEED": seed}, stdout=subprocess.DEVNULL, check=True)
        levels = list(pairing_levels.levels(place))
        if os.environ.get("NODES") == "1":
            levels += pairing_levels.skewed_levels(place)
        for what, files, options in levels:
            for tail in ("", "-wal", "-shm", "-journal"):
                if os.path.exists(store + tail):
                    os.remove(store + tail)
            subprocess.run([program, "import", "--quiet", "--store", store, *options, *files], check=True)
            result = score(store, place)
            print(row(f"seed {seed}: {what}", result), flush=True)
            worst = least.setdefault(what, [])
            worst.append((result["precision"], result["recall"]))
    for what, found in least.items():
        precision, recall = zip(*found)
        print(f"{what}: precision {sum(precision) / len(found):.4f} (least {min(precision):.4f}), recall {sum(recall) / len(found):.4f} (least {min(recall):.4f})")


if __name__ == "__main__":
    main(*sys.argv[1:4], sys.argv[4:])
