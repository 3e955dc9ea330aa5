#!/bin/sh
# Coverage-guided fuzzing of the readers, for so many seconds each. What it finds stays in .build-fuzz/NAME.
# usage: fuzz.sh [SECONDS] [READER…]
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-60}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- json har har-chunks log format haproxy url
folder=.build-fuzz
FUZZING=1 ${SWIFT:-swift} build -c release --product Fuzzers --sanitize=fuzzer --scratch-path "$folder"
program=$folder/release/Fuzzers

seeds=$folder/seeds
mkdir -p "$seeds"
for reader in json har har-chunks log format haproxy url; do mkdir -p "$seeds/$reader" "$folder/$reader"; done
cp SampleData/*.har Tests/IngestionTests/Fixtures/har/*.har "$seeds/har/"
cp "$seeds"/har/*.har "$seeds/har-chunks/"
cp SampleData/*.har "$seeds/json/"
for log in SampleData/*.log; do head -20 "$log" >"$seeds/log/$(basename "$log")"; done
# Each format's sample lines, and each server's configuration, as the program itself has them.
grep -rhoE '^ *#?"[^"]{20,}.*"#?,?$' Sources/Ingestion/Formats | sed 's/^ *#*"//; s/"#*,*$//' |
  split -l 1 -a 4 - "$seeds/log/sample-"
printf '%s\n' 'Mar 12 10:15:32 web1 nginx[812]: 203.0.113.7 - - [12/Mar/2025:10:15:32 +0000] "OPTIONS / HTTP/2.0" 403 0 "-" "M"' \
  '<190>1 2025-03-12T10:15:32.000Z web1 nginx 812 - [x@1 a="b"] 203.0.113.7 - - [12/Mar/2025:10:15:32 +0000] "PUT / HTTP/2.0" 403 0' \
  >"$seeds/log/prefix"
printf '%s\n' '{"log":"203.0.113.7 - - [12/Mar/2025:10:15:32 +0000] \"OPTIONS / HTTP/2.0\" 403 0\n","stream":"stdout"}' >"$seeds/log/member"
printf '%s\n' '$remote_addr [$time_local] "$request" $status "$http_origin"' '1.2.3.4 [24/Nov/2026:08:00:00 +0000] "GET / HTTP/1.1" 200 "-"' >"$seeds/format/nginx"
printf '%s\n' '%h %l %u %t "%r" %>s %b "%{Origin}i"' '1.2.3.4 - - [24/Nov/2026:08:00:00 +0000] "GET / HTTP/1.1" 200 1 "-"' >"$seeds/format/apache"
printf 'frontend web\n  capture request header Origin len 100\n  http-request capture req.hdr(Host) len 64\n  declare capture response len 9\n' >"$seeds/haproxy/one"
printf 'https://user:pass@[2001:db8::1]:8443/a%%20b/../c?x=1#y' >"$seeds/url/one"

status=0
for reader in "$@"; do
  echo "fuzz: $reader, $seconds s"
  # Swift's own backtracer would take the signal before libFuzzer can save the input.
  if ! FUZZ_READER=$reader SWIFT_BACKTRACE=enable=no "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
    -max_len=65536 -seed=1 -print_final_stats=1 -artifact_prefix="$folder/$reader-" \
    "$folder/$reader" "$seeds/$reader" >"$folder/$reader.log" 2>&1; then
    status=1
    echo "fuzz: $reader failed; the input and the log are in $folder" >&2
    tail -15 "$folder/$reader.log" >&2
  fi
  grep -E 'stat::number_of_executed_units|stat::peak_rss_mb' "$folder/$reader.log" || true
done
exit $status
