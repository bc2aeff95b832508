"""Reading variables of the environment: what is missing or malformed is said in one sentence that names it."""

import ipaddress
import os
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

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

    def number(self, var: str, default: int, least: int = 1) -> int:
        """A whole number, not smaller than `least`."""
        number = self.int(var, default=default)
        if number < least:
            raise ConfigurationProblem(f"{var} must be at least {least}.")
        return number

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
        except ValueError:
            raise problem from None
        if value and not whole:
            raise problem
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
        try:
            return self.email_url(var, default="consolemail://")
        except (KeyError, ValueError, ImproperlyConfigured):
            raise ConfigurationProblem(f"{var} must look like smtp+tls://user:password@host:587.") from None
