"""`manage.py scheduler`: everything that is done at its hour, round by round, until it is stopped."""

import logging
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from datetime import date

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections
from django.utils import timezone

from portal.contributors.deadlines import remind
from portal.contributors.department_rights import grant_all
from portal.core.models import Feedback
from portal.operations import pulse
from portal.operations.alerts import report, tell
from portal.operations.clock import is_right, wrong_by
from portal.operations.models import Heartbeat
from portal.operations.outage import is_database_away
from portal.operations.probes import database_answers
from portal.operations.recovery import recover_tasks
from portal.operations.watch import ROUND_LIMIT, Watch, ends_within
from portal.publishing.generation import settle_pending
from portal.publishing.schedule import round_ended, run_due

logger = logging.getLogger("portal.scheduler")


class Command(BaseCommand):
    help = (
        "Publish and withdraw what is due, remind of reviews, keep the search up to date. "
        "Runs until stopped; --once runs one round."
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.watch = Watch()

    def add_arguments(self, parser):
        parser.add_argument("--every", type=float, default=10.0, metavar="SECONDS", help="pause between rounds")
        parser.add_argument("--once", action="store_true", help="one round only")

    def handle(self, *args, every: float, once: bool, **options):
        stop = threading.Event()
        if not once:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: stop.set())
        if once:
            return self.round()
        while not stop.is_set():
            pulse.beat("scheduler")
            try:
                with ends_within(ROUND_LIMIT):
                    self.round()
            except Error as error:
                if not is_database_away(error):
                    raise
                logger.error("The database is away: %s", type(error).__name__)
            stop.wait(every)
            close_old_connections()  # a server that was restarted meanwhile is connected to anew

    rights_of: date | None = None  # the day for which departments have their rights

    has_told = False  # that this machine's clock is wrong
    failed_before: Sequence[Callable] = ()  # steps of the last round

    def round(self) -> None:
        if not is_right():
            return self.stand_aside()
        steps = (
            self.publish,
            remind,
            self.give_rights,
            Feedback.forget_old,
            self.others,
            settle_pending,
            recover_tasks,
            self.beat,
            self.watch.look,
        )
        failed = [step for step in steps if not self.succeeds(step)]
        # Once may be a deadlock or a server that was restarted, and is mended by now.
        self.tell_of([step for step in failed if step in self.failed_before])
        self.failed_before = failed

    def beat(self) -> None:
        Heartbeat.beat("scheduler")

    def publish(self) -> None:
        published, withdrawn = run_due()
        if published or withdrawn:
            logger.info("published %d, withdrawn %d", published, withdrawn)

    def give_rights(self) -> None:
        """Departments begin and end with a day."""
        if timezone.localdate() != self.rights_of:
            grant_all()
            self.rights_of = timezone.localdate()

    def others(self) -> None:
        """What other parts look after in every round; raise the first error when all were asked."""
        answers = [answer for _receiver, answer in round_ended.send_robust(Command)]
        for error in answers:
            if isinstance(error, Exception):
                raise error

    def succeeds(self, step: Callable[[], object]) -> bool:
        """Do one step of the round. Its failure is no reason to leave out the others, unless nobody is answered."""
        try:
            step()
            return True
        except Exception as error:
            if is_database_away(error) and not database_answers():
                raise
            logger.exception("A step of the scheduler's round failed: %s", step.__name__)
            return False

    def tell_of(self, failed: list[Callable]) -> None:
        machine = socket.gethostname()
        report(
            f"round of {machine}",
            {
                step.__name__: (
                    f"A step of the scheduler fails: {step.__name__}",
                    f"In its rounds the scheduler of {machine} does not succeed with {step.__name__}; the other steps "
                    "go on. It is tried again in every round; the scheduler's log has the traceback.\n",
                )
                for step in failed
            },
        )

    def stand_aside(self) -> None:
        """Leave everything to schedulers whose clock is right: what goes out too early cannot be called back."""
        machine = socket.gethostname()
        text = f"The clock of {machine} differs from the database's by {wrong_by()}. Its scheduler does nothing."
        logger.error(text)
        if not self.has_told:
            self.has_told = True
            tell("A clock is wrong", text)
