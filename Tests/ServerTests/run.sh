#!/usr/bin/env bash
# Real servers on loopback write their own logs, in their default formats and as `corsleuth log-config` sets them; every line must be
# read, and the evidence of CORS must arrive in the store. Then each takes the configuration that the report offers for thirteen faults
# into its own, and must pass; FastAPI and Django from PyPI too.
#
# Usage: run.sh [CORSLEUTH]   (a server that cannot be had is skipped)
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
corsleuth=$(realpath "${1:-$here/../../.build/debug/corsleuth}")
work=$(mktemp -d "${TMPDIR:-/tmp}/corsleuth-servers.XXXXXX")
server_pid=
failures=0
checks=0
. "$here/requests.sh"
. "$here/expect.sh"

stop() {
  [ -n "$server_pid" ] || return 0
  kill -TERM "$server_pid" 2>/dev/null
  for _ in $(seq 50); do kill -0 "$server_pid" 2>/dev/null || break; sleep 0.1; done
  kill -KILL "$server_pid" 2>/dev/null
  wait "$server_pid" 2>/dev/null
  server_pid=
}
trap 'stop; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# Installs a Debian package whose program is missing, without starting it as a service.
have() {
  local program=$1 package=$2 policy=/usr/sbin/policy-rc.d made=
  command -v "$program" >/dev/null && return 0
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  if [ ! -e $policy ]; then printf '#!/bin/sh\nexit 101\n' >$policy && chmod +x $policy && made=1; fi
  DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y --no-install-recommends "$package" >"$work/apt.log" 2>&1
  [ -n "$made" ] && rm -f $policy
  command -v "$program" >/dev/null
}

free_port() {
  local port
  for _ in $(seq 50); do
    port=$((20000 + RANDOM % 30000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# Waits until the port answers, or its server has ended.
answers() {
  for _ in $(seq 100); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
    kill -0 "$server_pid" 2>/dev/null || return 1
    sleep 0.1
  done
  return 1
}

for name in ${SERVERS:-nginx apache caddy haproxy}; do
  . "$here/servers/$name.sh"
  echo "== $name"
  dir=$work/$name
  mkdir -p "$dir"
  if ! have "$program" "$package"; then
    echo "skipped: $program is not here and cannot be installed (apt-get install $package)"
    continue
  fi
  port=$(free_port)
  configure
  start >"$dir/stdout.log" 2>"$dir/stderr.log" &
  server_pid=$!
  if ! answers "$port"; then
    echo "FAILED: $name does not start:"
    tail -n 5 "$dir/stderr.log" "$dir/stdout.log"
    failures=$((failures + 1))
    stop
    continue
  fi
  send_all "$port"
  [ -n "${second:-}" ] && send_all "$second"
  second=
  sleep 0.3
  stop
  check
done
. "$here/fixes.sh"
echo
if [ "$failures" -gt 0 ]; then
  echo "$failures of $checks checks failed"
  exit 1
fi
echo "$checks checks, none failed"
