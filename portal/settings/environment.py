"""Reading variables of the environment: what is missing or malformed is said in one sentence that names it."""

import ipaddress
import os
import re
import ssl
from collections.abc import Callable
from email.utils import getaddresses
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
NOT_SET = environ.Env.NOTSET


class ConfigurationProblem(ImproperlyConfigured):
    """A variable is missing or malformed. The programs that start the portal print it and end."""


class Environment(environ.Env):
    """environ.Env with two more rules: an empty variable is an unset one, as compose files hand them over, and a value
    is what it is. django-environ takes one that begins with `$` for the name of another variable; passwords do."""

    def get_value(self, var, cast=None, default=NOT_SET, parse_default=False):
        value = os.environ.get(var, "")
        if value == "":
            if default is NOT_SET:
                raise ConfigurationProblem(f"{var} is required and not set; see the table in README.md.")
            return default
        try:
            return self.parse_value(value, cast)
        except ValueError:
            # The value is not repeated: it may hold a password.
            kind = f" (a number such as {default})" if cast in (int, float) else ""
            raise ConfigurationProblem(f"{var} is malformed{kind}; see the table in README.md.") from None

    def require(self, *names: str) -> None:
        """Raise ConfigurationProblem naming all that are missing, so that an operator need not start once for each."""
        missing = [name for name in names if not os.environ.get(name)]
        if missing:
            verb = "is" if len(missing) == 1 else "are"
            raise ConfigurationProblem(f"{', '.join(missing)} {verb} required and not set; see the table in README.md.")

    def number(self, var: str, default: float, least: float = 1, most: int = 100_000) -> float:
        """A number of the kind of its default, from `least` to `most`."""
        number = (self.int if isinstance(default, int) else self.float)(var, default=default)
        if not least <= number <= most:
            raise ConfigurationProblem(f"{var} must be from {least} to {most}.")
        return number

    def matching(self, var: str, pattern: str, words: str, default: str = "") -> str:
        """A value that has a form, which the words describe; or the default."""
        value = self.str(var, default=default)
        if value and not re.fullmatch(pattern, value):
            raise ConfigurationProblem(f"{var} must {words}.")
        return value

    def readable_file(self, var: str) -> str:
        """The path of a file that is there; empty where none is named."""
        value = self.str(var, default="")
        if value and not (Path(value).is_file() and os.access(value, os.R_OK)):
            raise ConfigurationProblem(f"{var} names a file that is not there or cannot be read: {value}.")
        return value

    def parts(self, var: str, are_right: Callable[[str], bool], words: str) -> list[str]:
        """Values separated by commas, with or without spaces after them; none by default."""
        values = [part.strip() for part in self.str(var, default="").split(",") if part.strip()]
        if not all(map(are_right, values)):
            raise ConfigurationProblem(f"{var} must hold {words}, separated by commas.")
        return values

    def hosts(self, var: str) -> list[str]:
        """Names of hosts, `.example.vn` for all below it; never `*`, which would answer to any name."""
        right = re.compile(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]", re.IGNORECASE).fullmatch
        return self.parts(var, lambda value: bool(right(value)), "host names without scheme and port")

    def mail_addresses(self, var: str) -> list[str]:
        return self.parts(var, _is_mail_address, "mail addresses such as name@host.vn")

    def sender(self, var: str, default: str) -> str:
        """A mail address, with or without a name before it: «Lai Châu <portal@laichau.gov.vn>»."""
        value = self.str(var, default="")
        addresses = [address for _name, address in getaddresses([value])]
        if value and not (value.isprintable() and len(addresses) == 1 and _is_mail_address(addresses[0])):
            raise ConfigurationProblem(f"{var} must be a mail address such as name@host.vn.")
        return value or default

    def choice(self, var: str, choices: tuple[str, ...], default: str) -> str:
        """One word of several."""
        value = self.str(var, default=default)
        if value not in choices:
            raise ConfigurationProblem(f"{var} must be {', '.join(choices[:-1])} or {choices[-1]}.")
        return value

    def dotted(self, var: str, default: str) -> str:
        """The name of a class with its module's before it."""
        value = self.str(var, default=default)
        if not all(part.isidentifier() for part in value.split(".")) or "." not in value:
            raise ConfigurationProblem(f"{var} must name a class, such as {default}.")
        return value

    def address(self, var: str, schemes: tuple[str, ...]) -> str:
        """The address of a server, such as https://host:9200; empty where there is none."""
        value = self.str(var, default="")
        problem = ConfigurationProblem(f"{var} must look like {schemes[0]}://host:port; see the table in README.md.")
        try:
            parts = urlsplit(value)
            whole = parts.scheme in schemes and (parts.hostname or parts.scheme == "unix") and parts.port != 0
            whole = whole and value.isprintable() and " " not in value
        except ValueError:
            raise problem from None
        if value and not whole:
            raise problem
        return value

    def redis(self, var: str) -> str:
        """The address of a Redis server with options that its client knows; empty where there is none."""
        value = self.address(var, schemes=("redis", "rediss", "unix"))
        if value:
            from redis import ConnectionPool, RedisError

            try:
                ConnectionPool.from_url(value).make_connection()  # reads the options; nothing is sent
            except (TypeError, ValueError, RedisError):
                raise ConfigurationProblem(
                    f"{var} has an option that Redis does not know; redis://host:port/0."
                ) from None
        return value

    def certificate_file(self, var: str) -> str:
        """The path of a file with certificates; empty where none is named."""
        value = self.readable_file(var)
        try:
            if value:
                ssl.create_default_context(cafile=value)
        except ssl.SSLError:
            raise ConfigurationProblem(f"{var} names a file that holds no certificate: {value}.") from None
        return value

    def backup_key(self, var: str) -> str:
        """A recipient or an identity of age; empty where there is none."""
        value = self.str(var, default="")
        if value:
            import pyrage

            kind = pyrage.x25519.Recipient if value.startswith("age1") else pyrage.x25519.Identity
            try:
                kind.from_str(value)
            except (pyrage.RecipientError, pyrage.IdentityError):
                raise ConfigurationProblem(f"{var} must be a whole key, age1… or AGE-SECRET-KEY-1….") from None
        return value

    def database(self, var: str) -> dict:
        """A database's settings from an address such as postgres://user:password@host/name."""
        value = self.str(var)
        if not value.startswith(("postgres://", "postgresql://", "sqlite://")):
            raise ConfigurationProblem(f"{var} must begin with postgres:// or sqlite://.")
        try:
            database = self.db_url(var)
        except ValueError:  # a password's special character, taken for the end of the host
            raise ConfigurationProblem(
                f"{var} is no address: special characters in its password must be written as %2F and the like."
            ) from None
        if not value.isprintable() or " " in value:
            raise ConfigurationProblem(f"{var} must hold no spaces and no line breaks.")
        if not database["NAME"]:
            raise ConfigurationProblem(f"{var} must name a database, as in postgres://user:password@host/name.")
        return database

    def networks(self, var: str) -> list[Network]:
        """Addresses and networks separated by commas, such as 10.0.0.5,172.30.0.0/24; none by default."""
        try:
            return [ipaddress.ip_network(part.strip()) for part in self.list(var, default=[])]
        except ValueError as error:
            raise ConfigurationProblem(f"{var} must name addresses or networks: {error}.") from None

    def mail(self, var: str) -> dict:
        """Django's mail settings from an address such as smtp+tls://user:password@host:587; to the console if unset."""
        problem = ConfigurationProblem(f"{var} must look like smtp+tls://user:password@host:587.")
        try:
            mail = self.email_url(var, default="consolemail://")
        except (KeyError, ValueError, ImproperlyConfigured):
            raise problem from None
        if mail["EMAIL_BACKEND"].endswith("smtp.EmailBackend") and not mail["EMAIL_HOST"]:
            raise problem
        return mail


def _is_mail_address(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True
