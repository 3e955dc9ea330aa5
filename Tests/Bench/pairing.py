"""Pairs in a store against the truth that the log's generator wrote down."""
import sqlite3


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


def score(store, truth_path):
    """Precision, recall, the reliability table, and how many blocked preflights are named and good ones flagged."""
    pairs, blocked, passed, left = truth_of(truth_path)
    base = sqlite3.connect(store)
    made = base.execute("SELECT entry, follow_up_entry, confidence FROM preflights WHERE follow_up_entry IS NOT NULL").fetchall()
    named = {row[0] for row in base.execute("SELECT preflight_id & 4294967295 FROM verdicts WHERE verdict = 'blocked' AND preflight_id IS NOT NULL AND phase = 'preflight'")}
    right = sum(pairs.get(entry) == follow_up for entry, follow_up, _ in made)
    bins = {}
    for entry, follow_up, confidence in made:
        place = min(9, int((confidence or 0) * 10)) if (confidence or 0) < 0.99 else 10
        bin = bins.setdefault(place, [0, 0, 0.0])
        bin[0] += 1
        bin[1] += pairs.get(entry) == follow_up
        bin[2] += confidence or 0
    return {
        "precision": right / max(1, len(made)), "recall": right / max(1, len(pairs)),
        "named": len(named & blocked) / max(1, len(blocked)), "flagged": len(named & passed) / max(1, len(passed)),
        "left": len(named & left) / max(1, len(left)),
        "bins": [(place, *bins[place]) for place in sorted(bins)],
    }
