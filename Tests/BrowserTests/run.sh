#!/bin/sh
# Opens HTML reports in Debian's Chromium and Firefox, or, with the names of other tests, asks them and WebKit for verdicts. Makefile
# targets:
#
#   test-report:
#   	Tests/BrowserTests/run.sh
#   test-browsers:
#   	Tests/BrowserTests/run.sh 'oracle*_test.py'
#
# A browser, or nginx for its logs, that cannot be installed is skipped, and said so. CORSLEUTH names a binary to use instead of
# building one; SCREENSHOTS a folder for pictures to look at.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
work="$root/.build/browser-tests"
test=${1:-report_test.py}

skip() {
  echo "$test: skipped: $1" >&2
  exit 0
}

install() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  echo "$test: installing $*" >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null 2>&1 && return 0
  apt-get update -q >/dev/null 2>&1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null 2>&1
}

command -v chromium >/dev/null || install chromium fonts-dejavu-core || true
command -v firefox-esr >/dev/null || install firefox-esr || true
command -v chromium >/dev/null || command -v firefox-esr >/dev/null || skip "neither chromium nor firefox-esr can be installed"
case $test in
  oracle*)
    command -v nginx >/dev/null || install nginx || echo "$test: no nginx: logs are skipped" >&2
    [ "${ORACLE_HOSTS:-}" != http2 ] || command -v nginx >/dev/null || skip "no nginx for ORACLE_HOSTS=http2"
    { command -v WebKitWebDriver && command -v Xvfb; } >/dev/null || install webkit2gtk-driver xvfb ||
      echo "$test: no webkit2gtk-driver: WebKit is skipped" >&2
    ;;
esac
command -v python3 >/dev/null || install python3 || skip "no python3"
python3 -c 'import venv, ensurepip' 2>/dev/null || install python3-venv || skip "no python3-venv"

mkdir -p "$work"
if ! [ -x "$work/venv/bin/python" ] || ! cmp -s "$root/Tests/BrowserTests/requirements.txt" "$work/installed.txt"; then
  python3 -m venv "$work/venv" || skip "no virtual environment can be made"
  # Only the driver is wanted: its own browsers are never downloaded.
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 "$work/venv/bin/pip" install -q --disable-pip-version-check \
    -r "$root/Tests/BrowserTests/requirements.txt" || skip "playwright cannot be installed from PyPI"
  cp "$root/Tests/BrowserTests/requirements.txt" "$work/installed.txt"
fi

if [ -z "${CORSLEUTH:-}" ]; then
  swift build --package-path "$root" --product corsleuth
  CORSLEUTH=$(swift build --package-path "$root" --show-bin-path)/corsleuth
fi
export CORSLEUTH
cd "$root"
PYTHONDONTWRITEBYTECODE=1 exec "$work/venv/bin/python" -m unittest discover -s Tests/BrowserTests -p "$test"
