"""`manage.py scheduler`: publishes and withdraws what is due, every few seconds, until it is stopped.

Each round also forgets the feedback that was kept for its time.
"""

import signal
import threading

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from portal.core.models import Feedback
from portal.publishing.schedule import run_due


class Command(BaseCommand):
    help = "Publish scheduled pages at their hour and withdraw expired ones. Runs until stopped; --once runs one round."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=float, default=10.0, metavar="SECONDS", help="pause between rounds")
        parser.add_argument("--once", action="store_true", help="one round only")

    def handle(self, *args, every: float, once: bool, **options):
        stop = threading.Event()
        if not once:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            published, withdrawn = run_due()
            Feedback.forget_old()
            if published or withdrawn:
                self.stdout.write(f"published {published}, withdrawn {withdrawn}")
            if once:
                return
            stop.wait(every)
            close_old_connections()  # a server that was restarted meanwhile is connected to anew
