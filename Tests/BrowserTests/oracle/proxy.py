"""nginx before the scripted server: it writes the logs, and where asked to makes TLS with a certificate that nobody knows, and HTTP/2."""

import pathlib
import shutil
import subprocess
import tempfile

from oracle.logs import Logs
from oracle.ports import free_port, wait_for

SERVER = """
  server {{ listen 127.0.0.1:{front}{tls};
    location / {{ proxy_pass http://127.0.0.1:{back}; proxy_http_version 1.1; proxy_set_header Host $http_host; }} }}"""
TLS = " ssl http2; ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem"


class Proxy:
    can_run = shutil.which("nginx") is not None

    def __init__(self, backs, over_http2):
        self.folder = tempfile.TemporaryDirectory(prefix="corsleuth-nginx-", ignore_cleanup_errors=True)
        folder = self.folder.name
        if over_http2:
            self.certify(folder)
        self.fronts = {name: free_port() for name in backs}
        tls = TLS.format(folder=folder) if over_http2 else ""
        servers = "".join(SERVER.format(front=self.fronts[name], back=back, tls=tls) for name, back in backs.items())
        paths = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        self.logs = Logs(folder)
        pathlib.Path(folder, "nginx.conf").write_text(
            f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
            f"http {{ {self.logs.directives} keepalive_requests 100000; {paths} {servers} }}")
        self.process = subprocess.Popen(
            ["nginx", "-p", folder, "-c", f"{folder}/nginx.conf"],
            stderr=subprocess.DEVNULL)
        wait_for(self.fronts["page"])

    @staticmethod
    def certify(folder):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=shop.test", "-addext",
             "subjectAltName=DNS:*.shop.test,DNS:*.other.test,DNS:*.third.test",
             "-keyout", f"{folder}/key.pem", "-out", f"{folder}/certificate.pem"],
            check=True, stderr=subprocess.DEVNULL)

    def close(self):
        self.process.terminate()
        self.process.wait(20)
        self.folder.cleanup()
