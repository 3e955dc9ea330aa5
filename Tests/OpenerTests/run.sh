#!/bin/sh
# Other tools read what corsleuth writes: the store, and the formats for pipelines.
#
# Usage: run.sh CORSLEUTH PATTERN   (of the test files; what cannot be installed from PyPI is skipped, and said so)
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
CORSLEUTH=$(realpath "$1")
work="$root/.build/opener-tests"

skip() {
  echo "skipped: $1" >&2
  exit 0
}

python3 -c 'import venv, ensurepip' 2>/dev/null || skip "no python3 with venv (apt-get install python3-venv)"
mkdir -p "$work/home"
# DuckDB looks for its extensions below HOME.
export CORSLEUTH HOME="$work/home"
if ! cmp -s "$root/Tests/OpenerTests/requirements.txt" "$work/installed.txt"; then
  python3 -m venv "$work/venv" || skip "no virtual environment can be made"
  "$work/venv/bin/pip" install -q --disable-pip-version-check -r "$root/Tests/OpenerTests/requirements.txt" ||
    skip "the other tools cannot be installed from PyPI"
  "$work/venv/bin/python" -c "import duckdb_extensions; duckdb_extensions.import_extension('sqlite_scanner')"
  cp "$root/Tests/OpenerTests/requirements.txt" "$work/installed.txt"
fi
cd "$root"
PATH="$work/venv/bin:$PATH" PYTHONDONTWRITEBYTECODE=1 exec "$work/venv/bin/python" -m unittest discover -s Tests/OpenerTests -p "$2"
