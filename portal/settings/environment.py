"""Reading variables of the environment: what is missing or malformed is said in one sentence that names it."""

import ipaddress
import os

import environ
from django.core.exceptions import ImproperlyConfigured

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class ConfigurationProblem(ImproperlyConfigured):
    """A variable is missing or malformed. The programs that start the portal print it and end."""


class Environment(environ.Env):
    """environ.Env with one more rule: an empty variable is an unset one, as compose files hand them over."""

    def get_value(self, var, cast=None, default=environ.Env.NOTSET, parse_default=False):
        if os.environ.get(var) == "":
            if default is self.NOTSET:
                raise ConfigurationProblem(f"{var} is required and empty.")
            return default
        try:
            return super().get_value(var, cast, default, parse_default)
        except ImproperlyConfigured:
            raise ConfigurationProblem(f"{var} is required and not set.") from None
        except ValueError:
            # The value is not repeated: it may hold a password.
            kind = f" (a number such as {default})" if cast is int else ""
            raise ConfigurationProblem(f"{var} is malformed{kind}; see the table in README.md.") from None

    def require(self, *names: str) -> None:
        """Raise ConfigurationProblem naming all that are missing, so that an operator need not start once for each."""
        missing = [name for name in names if not os.environ.get(name)]
        if missing:
            verb = "is" if len(missing) == 1 else "are"
            raise ConfigurationProblem(f"{', '.join(missing)} {verb} required and not set; see the table in README.md.")

    def database(self, var: str) -> dict:
        """A database's settings from an address such as postgres://user:password@host/name."""
        value = self.str(var)
        if not value.startswith(("postgres://", "postgresql://", "sqlite://")):
            raise ConfigurationProblem(f"{var} must begin with postgres:// or sqlite://.")
        return self.db_url(var)

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
        except (KeyError, ImproperlyConfigured):
            raise ConfigurationProblem(f"{var} must look like smtp+tls://user:password@host:587.") from None
