"""`manage.py load_demo`: fills the portal with demonstration content, through the same doors as people's work."""
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.core.demo.accounts import accounts_line, make_accounts
from portal.core.demo.files import read_items
from portal.core.demo.loader import Loader, public_counts
from portal.core.demo.plan import Plan


class Command(BaseCommand):
    help = "Load the demo content and the demo accounts. Idempotent: loads again only what changed in the files."

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="also where the demo is not allowed or would replace other work")
        parser.add_argument("--accounts", action="store_true", help="only print where to look and how to log in")
        parser.add_argument("--from", dest="root", type=Path, default=None, help="folder that holds <app>/demo/<section>/")

    def handle(self, *args, force: bool, accounts: bool, root: Path | None, verbosity: int, **options):
        if accounts:
            self.stdout.write(accounts_line())
            return
        if getattr(settings, "DEMO_ALLOWED", False) is not True and not force:
            raise CommandError("Demo content and its public passwords are not allowed here (DEMO_ALLOWED). Use --force to insist.")
        started = time.monotonic()

        def say(line: str) -> None:
            if verbosity:
                self.stdout.write(line)

        items = read_items(root or Path(settings.BASE_DIR))
        if not items:
            raise CommandError(f"There are no content files below {root or settings.BASE_DIR}.")
        plan = Plan(items, force)
        if plan.steps:
            Loader(plan, say).load()
        made = make_accounts()
        for kept in plan.kept:
            say(f"left as its editors made it: {kept}")
        if not plan.steps and not made:
            say("The demo content is loaded and up to date.")
        counts = ", ".join(f"{number} {language}" for language, number in public_counts(plan).items())
        say(f"Public pages: {counts}; {time.monotonic() - started:.1f} s in all")
