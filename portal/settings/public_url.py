"""`PUBLIC_URL`: scheme, host, port and prefix as the reader sees them, read once and checked."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from portal.settings.environment import ConfigurationProblem


@dataclass(frozen=True)
class PublicUrl:
    """The portal's public address, in the pieces that settings, the Site record and cookies need."""

    scheme: str
    host: str
    port: int
    prefix: str  # "/thongtindoingoai" or "", never with a trailing slash

    @property
    def origin(self) -> str:
        """Scheme, host and (where it is not the scheme's own) port: what browsers call the origin."""
        standard = {"http": 80, "https": 443}[self.scheme]
        return f"{self.scheme}://{self.host}" + ("" if self.port == standard else f":{self.port}")

    @property
    def is_secure(self) -> bool:
        return self.scheme == "https"

    @classmethod
    def parse(cls, value: str) -> "PublicUrl":
        """Read an address such as https://laichau.gov.vn/thongtindoingoai; raise ConfigurationProblem if malformed."""
        try:
            parts = urlsplit(value.strip())
            port = parts.port
        except ValueError as error:
            raise ConfigurationProblem(f"PUBLIC_URL is not an address ({error}): {value!r}") from None
        if parts.username is not None or parts.password is not None:
            raise ConfigurationProblem("PUBLIC_URL must hold no user name and no password: it is shown to everybody")
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ConfigurationProblem(
                f"PUBLIC_URL must look like https://laichau.gov.vn/thongtindoingoai, not {value!r}"
            )
        return cls(
            scheme=parts.scheme,
            host=f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname,  # IPv6, as in a Host header
            port=port or {"http": 80, "https": 443}[parts.scheme],
            prefix=parts.path.rstrip("/"),
        )
