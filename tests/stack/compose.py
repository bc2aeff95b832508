"""docker-compose.yml as the stack suite reads it: no container engine runs here, so its services run as processes.

Commands and variables are those of the file; only where things are differs: names of machines, folders and ports.
"""

import os
import re
from functools import cache
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
_VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


@cache
def services(root: Path = ROOT) -> dict:
    """Every service by name, anchors and merges resolved, variables not yet filled in."""
    return yaml.safe_load((root / "docker-compose.yml").read_text())["services"]


def fill(text: str, values: dict[str, str]) -> str:
    """A value of the file with `${NAME}`, `${NAME:-default}` and `${NAME:?}` filled in, as compose does."""

    def value(match: re.Match) -> str:
        name, kind, default = match.groups()
        if values.get(name):
            return values[name]
        if kind == "-":
            return default
        raise KeyError(f"{name} is required by docker-compose.yml")

    return _VARIABLE.sub(value, str(text))


def environment(service: str, values: dict[str, str], places: dict[str, str], root: Path = ROOT) -> dict[str, str]:
    """A service's variables, filled in, with every place of the containers exchanged for one of this machine."""
    filled = {name: fill(value, values) for name, value in services(root)[service]["environment"].items()}
    return {name: _here(value, places) for name, value in filled.items()}


def _here(value: str, places: dict[str, str]) -> str:
    for there, here in places.items():
        # Folders and addresses at the beginning of a value, or after «@», «//» or a comma in it.
        value = re.sub(rf"(^|@|//|,){re.escape(there)}(?=$|[/,:])", lambda match: match[1] + here, value)  # noqa: B023
    return value


def command(service: str, root: Path = ROOT) -> list[str]:
    """A service's command as a list of words."""
    return services(root)[service]["command"].split()


def render_nginx(variables: dict[str, str], root: Path = ROOT) -> str:
    """deploy/nginx.conf as nginx's image fills it in: 10-public-url.envsh, then envsubst for what is set."""
    import subprocess

    script = f". {root / 'deploy' / '10-public-url.envsh'}; env -0"
    done = subprocess.run(
        ["sh", "-c", script], env={**os.environ, **variables}, capture_output=True, text=True, check=True
    )
    known = dict(line.split("=", 1) for line in done.stdout.split("\0") if line)
    template = (root / "deploy" / "nginx.conf").read_text()
    return re.sub(r"\$\{(\w+)\}", lambda match: known.get(match[1], match[0]), template)
