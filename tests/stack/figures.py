"""What the suite measured, for whoever writes about a version: printed at its end and kept in var/stack.json."""

import json
from collections.abc import Callable

from tests.stack.compose import ROOT

_measured: dict[str, dict] = {}


def note(name: str, **values) -> None:
    """Keep the figures of one measurement, and show them at once."""
    _measured[name] = values
    print(f"\n{name}: {values}", flush=True)


def report(write: Callable[[str], None]) -> None:
    if not _measured:
        return
    path = ROOT / "var" / "stack.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(_measured, indent=2, ensure_ascii=False) + "\n")
    for name, values in _measured.items():
        write(f"{name}: " + ", ".join(f"{key} {value}" for key, value in values.items()))
    write(f"(also in {path.relative_to(ROOT)})")
