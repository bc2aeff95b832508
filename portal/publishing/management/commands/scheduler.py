"""`manage.py scheduler`: publishes and withdraws what is due and sends reminders, until it is stopped."""

import signal
import threading

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from portal.contributors.deadlines import remind
from portal.contributors.department_rights import grant_all
from portal.publishing.schedule import run_due


class Command(BaseCommand):
    help = "Publish and withdraw what is due and remind of reviews. Runs until stopped; --once runs one round."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=float, default=10.0, metavar="SECONDS", help="pause between rounds")
        parser.add_argument("--once", action="store_true", help="one round only")

    def handle(self, *args, every: float, once: bool, **options):
        stop = threading.Event()
        if not once:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: stop.set())
        today = None
        while not stop.is_set():
            published, withdrawn = run_due()
            if published or withdrawn:
                self.stdout.write(f"published {published}, withdrawn {withdrawn}")
            remind()
            if timezone.localdate() != today:
                today = timezone.localdate()
                grant_all()  # departments begin and end with a day
            if once:
                return
            stop.wait(every)
            close_old_connections()  # a server that was restarted meanwhile is connected to anew
