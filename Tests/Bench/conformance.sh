#!/bin/sh
# Prints the conformance table, over the shared recordings where they are at hand, else over the fixtures.
set -eu
cd "$(dirname "$0")/../.."
captures="../shared/captures"
if [ -z "${CORSLEUTH_CAPTURES:-}" ] && [ -d "$captures" ]; then
  CORSLEUTH_CAPTURES=$(cd "$captures" && pwd)
  export CORSLEUTH_CAPTURES
fi
table=.build/conformance.txt
rm -f "$table"
log=.build/conformance.log
mkdir -p .build
if ! CORSLEUTH_TABLE="$table" ${SWIFT:-swift} test --disable-xctest --filter ConformanceTable >"$log" 2>&1 || [ ! -f "$table" ]; then
  tail -30 "$log" >&2
  exit 1
fi
cat "$table"
