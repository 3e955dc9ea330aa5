# The configuration that the report offers, tried on its servers: `fixes.py` does it, in Python for the sake of the frameworks.
echo "== fixes"
python=python3
frameworks=
if ! command -v python3 >/dev/null; then
  echo "skipped: no python3"
  return 0
fi
if python3 -m venv "$work/venv" >/dev/null 2>&1 &&
  "$work/venv/bin/pip" install -q --disable-pip-version-check -r "$here/requirements.txt" >"$work/pip.log" 2>&1; then
  python=$work/venv/bin/python
  frameworks="fastapi django"
else
  echo "skipped: fixes of FastAPI and Django: they cannot be installed from PyPI"
fi
checks=$((checks + 1))
# shellcheck disable=SC2086
PYTHONDONTWRITEBYTECODE=1 "$python" "$here/fixes.py" "$corsleuth" "$work/fixes" ${SERVERS:-nginx apache caddy haproxy} $frameworks ||
  failures=$((failures + 1))
