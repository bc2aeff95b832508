"""The administration speaks Vietnamese until somebody chooses otherwise."""

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests.builders import make_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("browser", ["zh-CN,zh;q=0.9", "en-US", "fr", ""])
def test_login_and_home_are_vietnamese_whatever_the_browser_says(client, portal, browser):
    response = client.get(reverse("wagtailadmin_login"), headers={"accept-language": browser})
    assert '<html lang="vi"' in response.content.decode()
    client.force_login(make_staff()["translator_zh"])
    response = client.get(reverse("wagtailadmin_home"), headers={"accept-language": browser})
    assert '<html lang="vi"' in response.content.decode()


def test_a_translator_chooses_chinese(client, portal):
    user = make_staff()["translator_zh"]
    client.force_login(user)
    page = client.get(reverse("wagtailadmin_account"))
    for code in ("vi", "zh-hans", "en"):
        assert f'<option value="{code}">' in page.content.decode()
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "zh-hans"})
    client.force_login(type(user).objects.get(pk=user.pk))
    assert '<html lang="zh-hans"' in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_public_side_is_not_touched(client, portal):
    response = client.get("/thongtindoingoai/", headers={"accept-language": "zh-CN"})
    assert "/zh-hans/" in response["Location"]


def test_wagtails_own_help_is_not_in_the_menu(client, portal):
    client.force_login(make_staff()["editor"])
    response = client.get(reverse("wagtailadmin_home"))
    assert "guide.wagtail.org" not in response.content.decode()
    assert "releases" not in response.content.decode()
