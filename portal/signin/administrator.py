"""The first administrator: from the environment while setting up, or asked for by a command."""

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.contributors.models import User


def exists() -> bool:
    return User.objects.filter(is_superuser=True, is_active=True).exists()


def create(username: str, email: str, password: str) -> User:
    """Make an administrator; raise ValidationError with every reason why not."""
    user = User(username=username, email=email, is_staff=True, is_superuser=True)
    user.full_clean(exclude=["password"])
    validate_password(password, user)
    user.set_password(password)
    user.save()
    return user


def first_from_environment() -> str:
    """Make the administrator that ADMIN_USERNAME names if there is none; one sentence for the operator says what was.

    Raise ValidationError where the variables would make none.
    """
    if exists():
        return "People: there is an administrator already"
    if not settings.ADMIN_USERNAME:
        return "People: no administrator yet: run `manage.py create_administrator`"
    if not settings.ADMIN_PASSWORD:
        raise ValidationError(_("ADMIN_USERNAME is set, so ADMIN_PASSWORD must be too."))
    create(settings.ADMIN_USERNAME, settings.ADMIN_EMAIL, settings.ADMIN_PASSWORD)
    return f"People: made the administrator {settings.ADMIN_USERNAME}; take ADMIN_PASSWORD out of the environment now"
