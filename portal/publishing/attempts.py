"""What is due is done one by one: what goes wrong with one thing holds up no other, and the operators hear of it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from portal.operations.alerts import report
from portal.operations.outage import is_database_away
from portal.publishing.approvals import NotApproved

logger = logging.getLogger(__name__)


class Attempts:
    """A round's attempts; what failed in it by name, with a reason that holds nothing personal."""

    def __init__(self):
        self.failed: dict[str, str] = {}

    @contextmanager
    def at(self, what: str, done: str) -> Iterator[None]:
        """A transaction whose failure is noted and does not leave the block, e.g. `at("Revision 7", "published")`."""
        try:
            with transaction.atomic():
                yield
        except NotApproved as refusal:
            # Other refusals than the plain one quote titles, authors or words of what is not public.
            reason = str(refusal) if type(refusal) is NotApproved else type(refusal).__name__
            logger.error("%s was due but not %s: %s", what, done, reason)
            self.failed[what] = reason
        except Exception as error:
            logger.exception("%s was due but could not be %s", what, done)
            if not is_database_away(error):  # a deadlock or a lost connection: the next round is soon enough
                self.failed[what] = type(error).__name__

    def tell(self) -> None:
        """Mail the operators what fails now, each thing once until it goes out or is due no more."""
        report(
            "due",
            {
                what: (
                    f"{what} is due and does not succeed",
                    f"{what} is due, and this stands in its way: {reason}\n"
                    "It is tried again in every round; the scheduler's log has more.\n",
                )
                for what, reason in self.failed.items()
            },
        )
