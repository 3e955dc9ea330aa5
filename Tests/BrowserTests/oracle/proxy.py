"""nginx before the scripted server: TLS with a certificate that nobody knows, HTTP/2, and hosts of two sites."""

import pathlib
import subprocess
import tempfile

from oracle.ports import free_port, wait_for

SERVER = """
  server {{ listen 127.0.0.1:{front} ssl http2; ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;
    location / {{ proxy_pass http://127.0.0.1:{back}; proxy_http_version 1.1; proxy_set_header Host $http_host; }} }}"""


class Proxy:
    def __init__(self, backs):
        self.folder = tempfile.TemporaryDirectory(prefix="corsleuth-nginx-", ignore_cleanup_errors=True)
        folder = self.folder.name
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=shop.test", "-addext",
             "subjectAltName=DNS:*.shop.test,DNS:*.other.test,DNS:*.third.test",
             "-keyout", f"{folder}/key.pem", "-out", f"{folder}/certificate.pem"],
            check=True, stderr=subprocess.DEVNULL)
        fronts = {name: free_port() for name in backs}
        servers = "".join(SERVER.format(front=fronts[name], back=back, folder=folder) for name, back in backs.items())
        paths = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        pathlib.Path(folder, "nginx.conf").write_text(
            f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
            f"http {{ access_log off; keepalive_requests 100000; {paths} {servers} }}")
        self.process = subprocess.Popen(
            ["nginx", "-p", folder, "-c", f"{folder}/nginx.conf"],
            stderr=subprocess.DEVNULL)
        wait_for(fronts["page"])
        self.names = {
            "page": f"https://app.shop.test:{fronts['page']}", "site": f"https://api.shop.test:{fronts['api']}",
            "api": f"https://api.other.test:{fronts['api']}", "other": f"https://cdn.third.test:{fronts['other']}",
        }

    def close(self):
        self.process.terminate()
        self.process.wait(20)
        self.folder.cleanup()
