"""`manage.py load_demo`: fills the portal with demonstration content, through the same doors as people's work."""

import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.core.demo.accounts import accounts_line, make_accounts
from portal.core.demo.desk import lay_on_desk
from portal.core.demo.files import read_items
from portal.core.demo.loader import Loader, public_counts
from portal.core.demo.plan import Plan
from portal.names.demo_register import load_names


class Command(BaseCommand):
    help = "Load the demo content and the demo accounts. Idempotent: loads again only what changed in the files."

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="also where it is not allowed or replaces other work")
        parser.add_argument("--accounts", action="store_true", help="only print where to look and how to log in")
        parser.add_argument("--from", dest="root", metavar="FOLDER", help="holds <app>/demo/<section>/")

    def handle(self, *args, force: bool, accounts: bool, root: str | Path | None = None, verbosity: int, **options):
        if accounts:
            self.stdout.write(accounts_line())
            return
        if getattr(settings, "DEMO_ALLOWED", False) is not True and not force:
            raise CommandError("Demo content and its known passwords are refused here (DEMO_ALLOWED); --force insists.")
        started = time.monotonic()

        def say(line: str) -> None:
            if verbosity:
                self.stdout.write(line)

        root = Path(root or settings.BASE_DIR)
        items = read_items(root)
        if not items:
            raise CommandError(f"There are no content files below {root}.")
        plan = Plan(items, force)
        if plan.steps:
            Loader(plan, say).load()
        names = load_names()
        if names:
            say(f"Name register: {names} records")
        made = make_accounts(force)
        if root == settings.BASE_DIR and lay_on_desk():
            say("Desk: samples at every step of their way")
        for kept in plan.kept:
            say(f"left as its editors made it: {kept}")
        if not plan.steps and not made and not names:
            say("The demo content is loaded and up to date.")
        counts = ", ".join(f"{number} {language}" for language, number in public_counts(plan).items())
        say(f"Public pages: {counts}; {time.monotonic() - started:.1f} s in all")
