"""`manage.py create_administrator`: asks for name, mail and password; a password is never an argument."""

from getpass import getpass

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from portal.signin import administrator


class Command(BaseCommand):
    help = "Make an administrator, asking for user name, e-mail and password."

    def handle(self, *args, **options):
        try:
            username, email = input("User name: ").strip(), input("E-mail: ").strip()
            password = getpass("Password: ")
            if getpass("Password again: ") != password:
                raise CommandError("The two passwords differ; nothing was made.")
        except (EOFError, KeyboardInterrupt):
            raise CommandError(
                "Nobody is there to answer. Set ADMIN_USERNAME, ADMIN_EMAIL and ADMIN_PASSWORD and run `setup`."
            ) from None
        try:
            administrator.create(username, email, password)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        self.stdout.write(f"Made the administrator {username}.")
