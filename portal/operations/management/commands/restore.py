"""`manage.py restore <file>`: the portal as it was when the backup was taken."""

import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.operations.backup import restoring, shelf
from portal.operations.backup.problems import told


class Command(BaseCommand):
    requires_system_checks = ()  # some look at folders that a first `deploy` makes
    help = "Restore a backup into an empty installation; --force replaces what is there."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="a backup; by default the newest in BACKUP_DIR")
        parser.add_argument("--force", action="store_true", help="replace a portal that has content")

    def handle(self, *args, file: Path | None, force: bool, **options):
        started = time.monotonic()
        path = file or next(iter(shelf.backups(settings.BACKUP_DIR)), None)
        if path is None:
            raise CommandError(f"There is no backup in {settings.BACKUP_DIR}; name a file.")
        with told(
            "The database is as it was, some files are already the backup's: make room and restore again with --force."
        ):
            restoring.restore(path, settings.BACKUP_KEY, force, self.stdout.write)
        self.stdout.write(f"Restored {path.name} in {time.monotonic() - started:.1f} s. Now run `manage.py setup`.")
