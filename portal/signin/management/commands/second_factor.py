"""`manage.py second_factor --remove <user name>`: for the last administrator, whom nobody else can help."""

from django.core.management.base import BaseCommand, CommandError

from portal.contributors.models import User
from portal.signin import second_factor
from portal.signin.models import SignIn


class Command(BaseCommand):
    help = "Take away the second factor of somebody who lost it, and end their sessions."

    def add_arguments(self, parser):
        parser.add_argument("--remove", metavar="USER", required=True, help="user name of the person")

    def handle(self, *args, remove: str, **options):
        person = User.objects.filter(username=remove).first()
        if person is None:
            raise CommandError(f"There is nobody with the user name {remove}.")
        second_factor.remove(person)
        SignIn.objects.filter(user=person).delete()
        self.stdout.write(f"The second factor of {remove} is removed, and their sessions are ended.")
