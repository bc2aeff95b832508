"""The table of environment variables in the README is the list of those that anything of ours reads."""

import ast
import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def variables_read() -> set[str]:
    """Names in `env.str("NAME")`, `os.environ.get("NAME")`, `os.environ.setdefault("NAME")`, `os.environ["NAME"]`."""
    names = set()
    for path in (ROOT / "portal" / "settings").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                source, argument = ast.unparse(node.func.value), node.args[0]
            elif isinstance(node, ast.Subscript):
                source, argument = ast.unparse(node.value), node.slice
            else:
                continue
            if source in ("env", "os.environ") and isinstance(argument, ast.Constant):
                names.add(argument.value)
    return names


def variables_of_deployment() -> set[str]:
    """Those that compose fills in, and those that the web server's configuration reads."""
    compose = (ROOT / "docker-compose.yml").read_text()
    written = "\n".join(line.partition(" #")[0] for line in compose.splitlines() if not line.lstrip().startswith("#"))
    settings_of_server = (ROOT / "deploy" / "gunicorn.conf.py").read_text()
    filled_in = set(re.findall(r"\$\{(\w+)", written))
    return filled_in | set(re.findall(r'environ\.get\("(\w+)"\)', settings_of_server)) | {"DJANGO_SETTINGS_MODULE"}


def variables_documented() -> set[str]:
    return set(re.findall(r"^\| `([A-Z0-9_]+)` \|", (ROOT / "README.md").read_text(), flags=re.MULTILINE))


def test_readme_lists_every_variable_that_is_read_and_no_other():
    assert variables_read() | variables_of_deployment() == variables_documented()
