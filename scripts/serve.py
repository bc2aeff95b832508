"""The web server of `make run`: brings database and static files up to date, then serves. Started by scripts/run.py.

One process for all of it: to import Django and Wagtail costs seconds, and on the first run nothing is compiled yet.
"""

import gc
import sys
from pathlib import Path

from environment import ROOT, step
from static_files import StaticFiles

sys.path.insert(0, str(ROOT))


def main(port: str) -> None:
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)  # two hundred migrations make many thousand short-lived classes
    with step("Loading the portal and its libraries"):
        import django

        django.setup()
    static = StaticFiles()  # after loading, so that modules are compiled once and not by both
    from django.conf import settings
    from django.core.files.storage import storages
    from django.core.management import call_command

    from portal.core.demo.accounts import accounts_line, make_accounts

    # What the commands say goes to a file: the terminal shows the steps and where to look.
    with Path(settings.VAR_DIR, "run.log").open("w") as log:
        with step("Database tables (migrate)"):
            call_command("migrate", skip_checks=True, interactive=False, stdout=log)
        with step("Style sheets, scripts, fonts (collectstatic, begun before)"):
            static.wait()
            # Wagtail made the storage while it was being imported, so it has read the list of names from before.
            storage = storages["staticfiles"]
            storage.hashed_files, storage.manifest_hash = storage.load_manifest()
        with step("Languages, sections, roles, demo accounts (setup)"):
            call_command("setup", skip_checks=True, stdout=log)
            make_accounts()
        gc.set_threshold(*usual)
        print(accounts_line(), flush=True)
        call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, skip_checks=True, stdout=log)


if __name__ == "__main__":
    main(sys.argv[1])
