"""The synonyms that a new portal begins with; afterwards they belong to the editors."""

from pathlib import Path

from portal.search.models import Synonyms

_FILE = Path(__file__).with_name("synonyms.txt")


def load_synonyms() -> int:
    """Write the starting sets if there are no synonyms at all; return how many were written."""
    if Synonyms.objects.exists():
        return 0
    return len(Synonyms.objects.bulk_create(_sets()))


def _sets() -> list[Synonyms]:
    found, language = [], ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            language = line.strip("[]")
        elif line and not line.startswith("#"):
            found.append(Synonyms(language=language, words="\n".join(line.split(" = "))))
    return found
