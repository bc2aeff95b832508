"""Somebody with a browser on the internet: knows the province's certificate and nothing of the machines."""

import requests

from tests.stack.stack import HOST, Stack


class Reader:
    """One browser with its cookies. Paths are below the portal's address; whole addresses are taken as they are."""

    def __init__(self, stack: Stack):
        self.stack, self.session = stack, requests.Session()
        self.session.headers["Host"] = stack.origin.removeprefix("https://")
        self.session.mount("https://", _ToThisMachine())
        self.session.trust_env = False  # neither proxies nor certificates of this machine
        self.session.verify = str(stack.folder / "province.pem")

    def get(self, path: str, **options) -> requests.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, data=None, **options) -> requests.Response:
        token = self.session.cookies.get("portal_csrf")
        headers = {"Referer": self.stack.url + "/", "X-CSRFToken": token or "", **options.pop("headers", {})}
        return self.request("POST", path, data=data, headers=headers, **options)

    def request(self, method: str, path: str, **options) -> requests.Response:
        address = path if path.startswith("https://") else self.stack.url + path
        options.setdefault("timeout", 120)
        options.setdefault("allow_redirects", False)
        return self.session.request(method, address, **options)

    def log_in(self, name: str = "admin") -> "Reader":
        from portal.core.demo.accounts import PASSWORD

        self.get("/cms/login/")
        answer = self.post("/cms/login/", {"username": name, "password": PASSWORD})
        assert answer.status_code == 302, answer.text[:2000]
        if name == "admin":  # whom the installation asks for a second factor
            step = self.get("/cms/")
            assert step.status_code == 302, step.text[:2000]
            address = self.stack.origin + step.headers["Location"]
            self.get(address)
            answer = self.post(address, {"code": self.stack.recovery_codes.pop()})
            assert answer.status_code == 302, answer.text[:2000]
        return self


class _ToThisMachine(requests.adapters.HTTPAdapter):
    """Connections to the host of the suite end here, with its name in TLS and in the Host header."""

    def get_connection_with_tls_context(self, request, verify, proxies=None, cert=None):
        connection = super().get_connection_with_tls_context(request, verify, proxies, cert)
        connection.host = "127.0.0.1"
        connection.assert_hostname = HOST
        connection.conn_kw["server_hostname"] = HOST
        return connection
