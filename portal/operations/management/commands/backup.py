"""`manage.py backup`: one file with the database and every file, checked after writing."""

import time

from django.core.management.base import BaseCommand

from portal.operations.backup import making
from portal.operations.backup.problems import told


class Command(BaseCommand):
    requires_system_checks = ()  # no complaint about something else keeps a night from having its backup
    help = "Back up database and files into BACKUP_DIR, encrypted with BACKUP_KEY if there is one. The portal may run."

    def handle(self, *args, **options):
        started = time.monotonic()
        with told("Nothing half-written was kept."):
            path = making.make(self.stdout.write)
        size = path.stat().st_size / 1e6
        self.stdout.write(f"{path}: {size:.1f} MB, verified, {time.monotonic() - started:.1f} s")
