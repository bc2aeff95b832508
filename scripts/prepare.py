"""The database, ready to be served from: tables, then languages, sections, roles and workflow. Run by scripts/run.py.

One process for both commands: to import Django and Wagtail costs seconds, and on the first run nothing is compiled yet.
"""

import gc
import sys
from pathlib import Path

from environment import ROOT, step

sys.path.insert(0, str(ROOT))
gc.set_threshold(100_000, 50, 50)  # two hundred migrations make many thousand short-lived classes


def main() -> None:
    with step("Portal and libraries loaded"):
        import django

        django.setup()
    from django.conf import settings
    from django.core.management import call_command

    with Path(settings.VAR_DIR, "prepare.log").open("w") as out:
        with step("Database tables (migrate)"):
            call_command("migrate", skip_checks=True, interactive=False, stdout=out)
        with step("Languages, sections, roles (setup)"):
            call_command("setup", skip_checks=True, stdout=out)


if __name__ == "__main__":
    main()
