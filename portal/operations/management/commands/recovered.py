"""`manage.py recovered`: what `restore` does after the database, where PostgreSQL itself went back to a moment."""

from django.core.management.base import BaseCommand

from portal.operations.backup.restoring import settle


class Command(BaseCommand):
    requires_system_checks = ()  # as `restore`, whose end it is
    help = "After PostgreSQL went back to an earlier moment: end sessions, begin caches and the search server anew."

    def handle(self, *args, **options):
        settle()
        self.stdout.write("Sessions are ended; pages are cached and the search server is told anew.")
