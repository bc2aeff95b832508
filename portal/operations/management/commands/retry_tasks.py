"""`manage.py retry_tasks`: failed background tasks go back into the queue, once their cause is out of the way."""

from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult


class Command(BaseCommand):
    help = "Put failed background tasks back into the queue. All tasks of the portal may run twice."

    def handle(self, **options):
        number = DBTaskResult.objects.failed().update(
            status=TaskResultStatus.READY, worker_ids=[], finished_at=None, run_after=timezone.now()
        )
        self.stdout.write(f"{number} tasks are in the queue again.")
