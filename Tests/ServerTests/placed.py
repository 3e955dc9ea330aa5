"""Where the offered lines go in each server's own configuration."""

import os
import re
import socket
import textwrap


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Proxy:
    cannot = frozenset()


class Nginx(Proxy):
    name = "nginx"
    program = "nginx"

    def start(self, work, port, backend, lines, fault):
        # The offer says which part goes where.
        outer, inner = lines.split("# in location { }", 1) if lines else ("", "#")
        temporary = "\n".join(f"{kind}_temp_path {work}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        # A preflight of the service that is down was answered by the proxy itself.
        own = "" if fault != "down" or lines else (
            "if ($request_method = OPTIONS) {"
            " add_header Access-Control-Allow-Origin https://app.example.com; add_header Access-Control-Allow-Methods PUT;"
            ' add_header Access-Control-Allow-Headers "content-type, x-trace"; return 204; }')
        (work / "nginx.conf").write_text(f"""
daemon off; master_process off; pid {work}/nginx.pid; error_log {work}/error.log; events {{}}
http {{
  access_log off; {temporary}
  {outer}
  server {{ listen 127.0.0.1:{port}; location / {{
  {own}
  #{inner}
  proxy_pass http://127.0.0.1:{backend}; }} }}
}}
""")
        return ["nginx", "-p", str(work), "-c", str(work / "nginx.conf")], os.environ


class Apache(Proxy):
    name = "Apache"
    program = "apache2"

    def start(self, work, port, backend, lines, fault):
        folder = "/usr/lib/apache2/modules"
        modules = "\n".join(
            f"LoadModule {name}_module {folder}/mod_{name}.so"
            for name in ("mpm_event", "authz_core", "headers", "rewrite", "proxy", "proxy_http")
            if os.path.exists(f"{folder}/mod_{name}.so"))
        own = "" if fault != "down" or lines else """
Header always set Access-Control-Allow-Origin https://app.example.com "expr=%{REQUEST_METHOD} == 'OPTIONS'"
Header always set Access-Control-Allow-Methods PUT "expr=%{REQUEST_METHOD} == 'OPTIONS'"
Header always set Access-Control-Allow-Headers "content-type, x-trace" "expr=%{REQUEST_METHOD} == 'OPTIONS'"
RewriteEngine On
RewriteCond %{REQUEST_METHOD} =OPTIONS
RewriteRule ^ - [R=204,L]
"""
        (work / "apache.conf").write_text(f"""
{modules}
ServerRoot {work}
ServerName api.example.com
Listen 127.0.0.1:{port}
PidFile {work}/apache.pid
ErrorLog {work}/error.log
DefaultRuntimeDir {work}
Mutex file:{work}
{own}
{lines or ""}
ProxyPass / http://127.0.0.1:{backend}/
""")
        return ["apache2", "-d", str(work), "-f", str(work / "apache.conf"), "-DFOREGROUND"], os.environ


class Caddy(Proxy):
    name = "Caddy"
    program = "caddy"

    def start(self, work, port, backend, lines, fault):
        lines = lines or ""
        own = "" if fault != "down" or lines else """
@options method OPTIONS
header @options {
    Access-Control-Allow-Origin https://app.example.com
    Access-Control-Allow-Methods PUT
    Access-Control-Allow-Headers "content-type, x-trace"
}
respond @options 204
"""
        down = "".join(re.findall(r"# (header_down .*)", lines))
        if "within route" in lines:
            lines = "route {\n" + textwrap.indent(lines, "  ") + "\n}"
        (work / "Caddyfile").write_text(f"""
{{
  admin off
  auto_https off
  storage file_system {work}/storage
}}
http://:{port} {{
  bind 127.0.0.1
  {own}
  {lines}
  reverse_proxy 127.0.0.1:{backend} {{
    {down}
  }}
}}
""")
        home = {**os.environ, "HOME": str(work), "XDG_DATA_HOME": str(work), "XDG_CONFIG_HOME": str(work)}
        return ["caddy", "run", "--config", str(work / "Caddyfile"), "--adapter", "caddyfile"], home


class HAProxy(Proxy):
    name = "HAProxy"
    program = "haproxy"

    def start(self, work, port, backend, lines, fault):
        own = "" if fault != "down" or lines else (
            'http-request return status 204 hdr Access-Control-Allow-Origin https://app.example.com '
            'hdr Access-Control-Allow-Methods PUT hdr Access-Control-Allow-Headers "content-type, x-trace" if METH_OPTIONS')
        (work / "haproxy.cfg").write_text(f"""
global
  maxconn 100
defaults
  mode http
  timeout connect 2s
  timeout client 5s
  timeout server 5s
frontend cors
  bind 127.0.0.1:{port}
  {own}
{textwrap.indent(lines or "", "  ")}
  # HAProxy never names itself: this does, so that its configuration is picked.
  http-after-response set-header Server HAProxy
  default_backend be
backend be
  server s1 127.0.0.1:{backend}
""")
        return ["haproxy", "-db", "-f", str(work / "haproxy.cfg")], os.environ


SERVERS = {"nginx": Nginx(), "apache": Apache(), "caddy": Caddy(), "haproxy": HAProxy()}
