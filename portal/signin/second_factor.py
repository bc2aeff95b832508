"""The second factor: who needs one, checking codes, recovery codes. Devices are django-otp's."""

import re

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp import verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.signin.models import RoleRule, SignIn

RECOVERY_CODES = 10


class WrongCode(Exception):
    """The code was not accepted; the text says why, in the reader's language."""


def device_of(user) -> TOTPDevice | None:
    """The app that the person has confirmed, if any."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def is_required(user) -> bool:
    """Whether the installation or one of the person's roles asks for a second factor."""
    if settings.SECOND_FACTOR == "everybody" or (settings.SECOND_FACTOR == "administrators" and user.is_superuser):
        return True
    return RoleRule.objects.filter(group__user=user, second_factor_required=True).exists()


def is_missing(user, sign_in: SignIn) -> bool:
    """Whether this sign-in still owes the second factor: one was set up, or one is required."""
    return sign_in.second_factor_at is None and (device_of(user) is not None or is_required(user))


def check(user, code: str) -> None:
    """Accept a code of the app or a recovery code, which is then used up; raise WrongCode."""
    code = re.sub(r"[\s-]", "", code).lower()
    device = device_of(user) if code.isdecimal() else StaticDevice.objects.filter(user=user, confirmed=True).first()
    if device is not None:
        accepted = verify_token(user, device.persistent_id, code)
        if accepted:
            return
        device.refresh_from_db()
        allowed, why = device.verify_is_allowed()
        if not allowed:
            seconds = max(1, round((why["locked_until"] - timezone.now()).total_seconds()))
            raise WrongCode(
                _("This code is not right. The next one is looked at in %(seconds)s seconds.") % {"seconds": seconds}
            )
    raise WrongCode(_("This code is not right, or it was used already."))


def device_to_confirm(user, number: int | None = None) -> TOTPDevice:
    """The app that the person is setting up in this session, which remembers its number; a new one where it has none.

    Not one for all sessions: somebody who has but the password could read its secret, and wait for the person to
    confirm it.
    """
    device = TOTPDevice.objects.filter(user=user, confirmed=False, pk=number).first()
    return device or TOTPDevice.objects.create(user=user, name="app", confirmed=False)


@transaction.atomic
def confirm(user, number: int | None, code: str) -> list[str]:
    """Finish setting up with a first code of the app of this number; give the recovery codes; raise WrongCode."""
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False, pk=number).first()
    # A wrong first code locks nobody out of anything: the secret is still on the person's own screen.
    accepted = device is not None and code.isascii() and device.verify_token(re.sub(r"\s", "", code))
    if device is not None and not accepted:
        device.throttle_reset()
    if not accepted:
        raise WrongCode(_("This code is not right. Check that the clock of the device with the app is right."))
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save()
    return new_recovery_codes(user)


@transaction.atomic
def new_recovery_codes(user) -> list[str]:
    """Ten codes for one use each, in place of all earlier ones."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def recovery_codes_left(user) -> int:
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def remove(user) -> None:
    """Take the second factor away. Everywhere the person is signed in keeps its rights until it ends."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
