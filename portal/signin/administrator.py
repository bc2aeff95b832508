"""The first administrator: from the environment while setting up, or asked for by a command."""

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.contributors.models import User


def exists() -> bool:
    return User.objects.filter(is_superuser=True, is_active=True).exists()


def checked(username: str, email: str, password: str) -> User:
    """An administrator who is not stored yet; raise ValidationError with every reason why there cannot be one."""
    user = User(username=username, email=email, is_staff=True, is_superuser=True)
    reasons = []
    with override("en"):  # as the commands speak, whatever the portal's language
        try:
            user.full_clean(exclude=["password"])
        except ValidationError as error:
            reasons += [f"{name}: {text}" for name, texts in error.message_dict.items() for text in texts]
        if not email:  # the portal lets accounts without one be; this one's only way back is a mail
            reasons.append("email: The first administrator needs one, to choose a new password by mail.")
        try:
            validate_password(password, user)
        except ValidationError as error:
            reasons += [f"password: {text}" for text in error.messages]
    if reasons:
        raise ValidationError(reasons)
    user.set_password(password)
    return user


def create(username: str, email: str, password: str) -> User:
    """Make an administrator; raise ValidationError with every reason why not."""
    user = checked(username, email, password)
    user.save()
    return user


def in_environment() -> User | None:
    """The administrator whom the variables name, not stored yet; None if they name nobody or there is one already.

    Raise ValidationError where the variables would make none.
    """
    if not settings.ADMIN_USERNAME or exists():
        return None
    if not settings.ADMIN_PASSWORD:
        with override("en"):
            raise ValidationError(_("ADMIN_USERNAME is set, so ADMIN_PASSWORD must be too."))
    return checked(settings.ADMIN_USERNAME, settings.ADMIN_EMAIL, settings.ADMIN_PASSWORD)


def first_from_environment() -> str:
    """Make the administrator that ADMIN_USERNAME names if there is none; one sentence for the operator says what was.

    Raise ValidationError where the variables would make none.
    """
    if exists():
        return "People: there is an administrator already"
    administrator = in_environment()
    if administrator is None:
        return "People: no administrator yet: run `manage.py create_administrator`"
    administrator.save()
    return f"People: made the administrator {settings.ADMIN_USERNAME}; take ADMIN_PASSWORD out of the environment now"
