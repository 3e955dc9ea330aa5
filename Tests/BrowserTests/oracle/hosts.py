"""The names under which the page, its API of the same site and two other sites' are asked."""

LOCAL = {"page": "http://localhost:{page}", "site": "http://localhost:{other}", "api": "http://127.0.0.1:{api}",
         "other": "http://127.0.0.1:{other}"}
NAMES = {"page": "app.shop.test:{page}", "site": "api.shop.test:{api}", "api": "api.other.test:{api}", "other": "cdn.third.test:{other}"}
SITES = ["app.shop.test", "api.shop.test", "api.other.test", "cdn.third.test"]


def names(ports, manner):
    """`manner`: `local` for loopback's own hosts, whom browsers trust; `plain` for named ones that they don't; `http2` for TLS."""
    if manner == "local":
        return {name: pattern.format(**ports) for name, pattern in LOCAL.items()}
    scheme = "https" if manner == "http2" else "http"
    return {name: f"{scheme}://{pattern.format(**ports)}" for name, pattern in NAMES.items()}
