# What is asked of the store.

passed() { checks=$((checks + 1)); }

failed() {
  checks=$((checks + 1))
  failures=$((failures + 1))
  echo "FAILED: $*"
}

# equals WHAT ACTUAL EXPECTED
equals() { if [ "$2" = "$3" ]; then passed; else failed "$1: '$2', not '$3'"; fi; }

# ask STORE SQL: the one column that it gives.
ask() { "$corsleuth" query --store "$1" --format csv --sql "SELECT ($2) AS answer" | tail -n +2 | tr -d '\r"'; }

# lines_are_read LOG STORE FORMAT [OPTION…]: every line of the log is read, and its format is told without help.
lines_are_read() {
  local log=$1 store=$2 format=$3 lines counts
  shift 3
  rm -f "$store"
  if ! "$corsleuth" import --quiet --store "$store" "$@" "$log"; then
    failed "$log is not read"
    head -n 2 "$log"
    return 1
  fi
  equals "$log is" "$(ask "$store" 'SELECT format FROM sources')" "$format"
  lines=$(wc -l <"$log")
  equals "$log: lines read" "$(ask "$store" 'SELECT read FROM sources')" "$lines"
  counts=$(ask "$store" 'SELECT kept + counted FROM sources')
  equals "$log: lines used" "$counts" "$lines"
  [ "$counts" = "$lines" ] || "$corsleuth" query --store "$store" --sql 'SELECT entry, why, sample FROM rejects'
  [ "$lines" -ge 14 ] && passed || failed "$log has $lines lines only"
}

# preflights_are_guessed STORE: in a log without headers the two preflights are found, and that one was followed.
preflights_are_guessed() {
  equals "$1: preflights" "$(ask "$1" "SELECT count(*) FROM preflights WHERE url LIKE '%/ok/1' OR url LIKE '%/none/1'")" 2
}

# evidence_arrives STORE: headers of both sides are in the store, and verdicts follow from them.
evidence_arrives() {
  local store=$1
  equals "$store: the preflight's evidence" "$(
    ask "$store" "SELECT origin || ' ' || access_control_request_method || ' ' || access_control_request_headers || ' ' ||
      access_control_allow_origin || ' ' || access_control_allow_methods || ' ' || access_control_max_age || ' ' || vary
      FROM exchanges WHERE method = 'OPTIONS' AND url LIKE '%/ok/1'"
  )" "$origin PUT content-type,x-trace $origin PUT, GET 600 Origin"
  equals "$store: it was followed" \
    "$(ask "$store" "SELECT outcome FROM preflights WHERE url LIKE '%/ok/1'")" followed
  equals "$store: its request was allowed" \
    "$(ask "$store" "SELECT verdict FROM verdicts WHERE method = 'PUT' AND url LIKE '%/ok/1'")" allowed
  equals "$store: the refused preflight" \
    "$(ask "$store" "SELECT verdict || ' ' || method FROM verdicts WHERE url LIKE '%/none/1'")" 'blocked DELETE'
  equals "$store: the answer without the header" \
    "$(ask "$store" "SELECT verdict || ' ' || reason FROM verdicts WHERE url LIKE '%/none/2'")" \
    'blocked CORSMissingAllowOrigin'
  equals "$store: no secret" "$(ask "$store" "SELECT count(*) FROM exchanges WHERE cookie LIKE '%hunter2%'")" 0
  if grep -qa hunter2 "$store"; then failed "$store holds a secret"; else passed; fi
}

# cookies_are_shown STORE: that a cookie travelled is shown, though not which.
cookies_are_shown() {
  equals "$1: a cookie was sent" "$(ask "$1" "SELECT cookie_sent FROM exchanges WHERE url LIKE '%/secret'")" 1
}

# doubled_header STORE VALUE: what is left of a header that was sent twice.
doubled_header() {
  equals "$1: the doubled header" \
    "$(ask "$1" "SELECT access_control_allow_origin FROM exchanges WHERE url LIKE '%/doubled'")" "$2"
}
