"""`PUBLIC_URL`: scheme, host, port and prefix as the reader sees them, read once and checked."""

import ipaddress
import re
import string
from dataclasses import dataclass
from urllib.parse import urlsplit

import idna

from portal.settings.environment import ConfigurationProblem

PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})*")
_PREFIX = re.compile(r"(/(?!\.{1,2}(/|$))[A-Za-z0-9._~-]+)*")


@dataclass(frozen=True)
class PublicUrl:
    """The portal's public address, in the pieces that settings, the Site record and cookies need."""

    scheme: str
    host: str  # as browsers send it: IPv6 in brackets, other alphabets as xn--…
    port: int
    prefix: str  # "/thongtindoingoai" or "", never with a trailing slash

    @property
    def origin(self) -> str:
        """Scheme, host and (where it is not the scheme's own) port: what browsers call the origin."""
        return f"{self.scheme}://{self.host}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")

    @property
    def is_secure(self) -> bool:
        return self.scheme == "https"

    @classmethod
    def parse(cls, value: str) -> "PublicUrl":
        """Read an address such as https://laichau.gov.vn/thongtindoingoai; raise ConfigurationProblem if malformed."""
        try:
            parts = urlsplit(value.strip(string.whitespace))
            port = parts.port
        except ValueError as error:
            raise ConfigurationProblem(f"PUBLIC_URL is not an address ({error}): {value!r}") from None
        if parts.username is not None or parts.password is not None:
            raise ConfigurationProblem("PUBLIC_URL must hold no user name and no password: it is shown to everybody")
        prefix = parts.path.rstrip("/")
        wrong = parts.scheme not in PORTS or not parts.hostname or port == 0
        # urlsplit passes over line breaks inside, and over a «?» with nothing behind it; nginx.conf's half would not.
        wrong = wrong or any(sign in "?#" or sign.isspace() for sign in value.strip(string.whitespace))
        if wrong or not _PREFIX.fullmatch(prefix):
            raise ConfigurationProblem(
                f"PUBLIC_URL must look like https://laichau.gov.vn/thongtindoingoai, not {value!r}"
            )
        return cls(parts.scheme, _host(parts.hostname), port or PORTS[parts.scheme], prefix)


def _host(name: str) -> str:
    try:
        if ":" in name and "%" not in name:  # the name of an interface means something on one machine only
            return f"[{ipaddress.IPv6Address(name)}]"
        host = name if name.isascii() else idna.encode(name, uts46=True).decode()
    except ValueError:  # idna.IDNAError is one
        host = ""
    if not _HOST.fullmatch(host):
        raise ConfigurationProblem(f"PUBLIC_URL names a host that cannot be: {name!r}")
    return host
