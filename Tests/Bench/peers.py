"""What the other tools are asked to do, each with its own best way; run by bench.py as `python3 peers.py TASK FILE`."""
import json
import sys


def har_headers(loads, path):
    with open(path, "rb") as file:
        entries = loads(file.read())["log"]["entries"]
    print(len(entries), sum(len(h["value"]) for e in entries for side in ("request", "response") for h in e[side]["headers"]))


def lines_json(loads, path):
    kept = 0
    with open(path, "rb") as file:
        for line in file:
            kept += bool(loads(line)["origin"])
    print(kept)


def duckdb_har(path):
    import duckdb
    base = duckdb.connect()
    base.execute("SET threads = 2")
    print(base.execute(
        "SELECT count(*), sum(len(e.request.headers)) FROM (SELECT unnest(log.entries) AS e FROM read_json(?, "
        "maximum_object_size = 1000000000))", [path]).fetchall())


def duckdb_lines(path):
    import duckdb
    base = duckdb.connect()
    base.execute("SET threads = 2")
    base.execute("CREATE TABLE log AS SELECT * FROM read_json(?, format = 'newline_delimited')", [path])
    print(base.execute("SELECT count(*) FROM log").fetchall())


def duckdb_combined(path):
    import duckdb
    base = duckdb.connect()
    base.execute("SET threads = 2")
    base.execute(
        r"""CREATE TABLE log AS SELECT regexp_extract(line, '^(\S+) \S+ \S+ \[([^\]]+)\] "(\S*) ?(\S*) ?([^"]*)" (\d+) (\S+) "([^"]*)" "([^"]*)"',
        ['ip', 'at', 'method', 'target', 'protocol', 'status', 'size', 'referer', 'agent']) AS f
        FROM read_csv(?, columns = {'line': 'VARCHAR'}, delim = '', quote = '', escape = '', header = false, auto_detect = false)""", [path])
    print(base.execute("SELECT count(*) FROM log").fetchall())


def orjson_loads():
    import orjson
    return orjson.loads


TASKS = {
    "json-har": lambda path: har_headers(json.loads, path),
    "orjson-har": lambda path: har_headers(orjson_loads(), path),
    "orjson-lines": lambda path: lines_json(orjson_loads(), path),
    "duckdb-har": duckdb_har,
    "duckdb-lines": duckdb_lines,
    "duckdb-combined": duckdb_combined,
}

if __name__ == "__main__":
    TASKS[sys.argv[1]](sys.argv[2])
