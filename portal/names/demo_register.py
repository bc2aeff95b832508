"""The demo's name register: read from its table where there is no register yet."""

from pathlib import Path

from portal.names import table
from portal.names.models import Name

FILE = Path(__file__).parent / "demo" / "names.csv"


def load_names() -> int:
    """Import the demo's names into an empty register; return how many. A register that people keep is left alone."""
    if Name.objects.exists():
        return 0
    report = table.read(FILE.read_bytes())
    if not report.ok:
        raise ValueError(f"{FILE}: {report.problems[0]}")
    return len(report.created)
