"""The logs that nginx writes of the same requests, from a line with no header in it to one with all that bear on CORS."""

import os
import pathlib
import re
import subprocess

COMBINED = '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"'
FIELDS = {
    "acrm": "http_access_control_request_method", "acrh": "http_access_control_request_headers",
    "acao": "sent_http_access_control_allow_origin", "acac": "sent_http_access_control_allow_credentials",
    "acam": "sent_http_access_control_allow_methods", "acah": "sent_http_access_control_allow_headers",
}
TEXT = f'{COMBINED} host="$http_host" origin="$http_origin" ' + " ".join(
    f'{name}="${variable}"' for name, variable in FIELDS.items()) + " rt=$request_time"
MEMBERS = {
    "time": "time_iso8601", "remote_addr": "remote_addr", "method": "request_method", "scheme": "scheme", "host": "http_host",
    "uri": "request_uri", "origin": "http_origin", "referer": "http_referer", "user_agent": "http_user_agent",
    "content_type": "http_content_type", "sec_fetch_mode": "http_sec_fetch_mode", "cookie": "cookie_seen", **FIELDS,
    "acma": "sent_http_access_control_max_age", "location": "sent_http_location", "vary": "sent_http_vary",
}
JSON = '{"msec":$msec,"status":$status,"bytes":$body_bytes_sent,"duration":$request_time,' + ",".join(
    f'"{name}":"${variable}"' for name, variable in MEMBERS.items()) + "}"


class Logs:
    """`combined` has no header but the page's address, `text` and `json` have those of CORS, `advised` is what `log-config` prints."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.paths = {name: self.folder / f"{name}.log" for name in ("combined", "text", "json", "advised")}
        advised = subprocess.run(
            [os.environ["CORSLEUTH"], "log-config", "nginx"], check=True, capture_output=True, text=True).stdout
        self.directives = "\n".join([
            'map $http_cookie $cookie_seen { "" ""; default REDACTED; }',
            f"log_format text '{TEXT}'; log_format json escape=json '{JSON}';",
            *(f"access_log {self.paths[name]} {name};" for name in ("combined", "text", "json")),
            re.sub(r"access_log \S+", f"access_log {self.paths['advised']}", advised),
        ])
