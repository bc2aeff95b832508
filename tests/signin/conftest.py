"""People who sign in through the real pages, and the codes that their apps would show."""

import pytest
from django.test import override_settings
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.signin import second_factor
from tests.builders import PASSWORD


def app_code(device: TOTPDevice, step: int = 0) -> str:
    """What the app shows now, or `step` half minutes later: every code is good once."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.t0 -= step * device.step
    return f"{totp.token():06}"


def with_app(user) -> list[str]:
    """Set up an app for somebody, and give their recovery codes."""
    device = second_factor.device_to_confirm(user)
    return second_factor.confirm(user, device.pk, app_code(device, -1))


def sign_in(client, username: str, password: str = PASSWORD, address: str = "", **extra):
    return client.post(
        address or reverse("wagtailadmin_login"), {"username": username, "password": password, "next": ""}, **extra
    )


@pytest.fixture
def asked_of_administrators():
    with override_settings(SECOND_FACTOR="administrators"):
        yield
