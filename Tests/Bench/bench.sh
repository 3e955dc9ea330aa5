#!/bin/sh
# Speed and pairing beside other tools, in one run over the same inputs.
# usage: bench.sh FOLDER PROGRAM       BENCH_LINES (1000000) lines of log, BENCH_RUNS (3) runs of each
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
program=$2
lines=${BENCH_LINES:-1000000}
mkdir -p "$folder"

# Peers are welcome guests: one that can't be had is left out of the table.
root=""
[ "$(id -u)" -eq 0 ] || root="sudo -n"
for package in time jq sqlite3 lnav goaccess libsimdjson-dev g++; do
  dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed && continue
  [ -n "${updated:-}" ] || $root apt-get update -qq >/dev/null 2>&1 || true
  updated=1
  DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 </dev/null ||
    echo "bench: no $package here; its row is left out" >&2
done
if [ ! -x "$folder/venv/bin/python3" ]; then
  python3 -m venv "$folder/venv" || ln -s "$(command -v python3)" "$folder/python3"
fi
python="$folder/venv/bin/python3"
[ -x "$python" ] || python=python3
for package in orjson duckdb; do
  "$python" -c "import $package" 2>/dev/null || "$python" -m pip install -q "$package" 2>/dev/null ||
    echo "bench: no $package here; its rows are left out" >&2
done
if [ ! -x "$folder/headers" ]; then
  g++ -O3 -march=native -std=c++17 "$here/headers.cpp" -lsimdjson -o "$folder/headers" 2>"$folder/headers.log" ||
    echo "bench: simdjson's row is left out (see $folder/headers.log)" >&2
fi

har="$here/generate_har.py"
logs="$here/generate_logs.py"
# The generators that the project's figures are compared on, where they are at hand.
shared="$here/../../../shared/bench"
[ -f "$shared/gen_har.py" ] && har="$shared/gen_har.py"
[ -f "$shared/gen_logs.py" ] && logs="$shared/gen_logs.py"
[ -f "$folder/many.har" ] || python3 "$har" "$folder"
[ -f "$folder/lines.$lines" ] || { rm -f "$folder/access.tsv"; python3 "$logs" "$lines" "$folder"; touch "$folder/lines.$lines"; }
[ -f "$folder/pairing/truth.tsv" ] || python3 "$logs" 200000 "$folder/pairing"
[ -f "$folder/pairing-hard/truth.tsv" ] || HARD=1 python3 "$logs" 200000 "$folder/pairing-hard"

exec "$python" "$here/bench.py" "$folder" "$program"
