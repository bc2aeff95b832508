"""No door into the administration or a restricted page opens before the second factor."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core import mail
from django.test import override_settings
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import PageViewRestriction
from wagtail.users.models import UserProfile

from portal.contributors import roles
from portal.signin import second_factor
from portal.signin.models import RoleRule, SignIn
from tests.admin.forms import form_data
from tests.builders import PASSWORD, make_article, make_staff, make_user
from tests.conftest import PrefixClient
from tests.signin.conftest import app_code, sign_in, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HOME = "/thongtindoingoai/cms/"


def is_in(client) -> bool:
    return client.get(reverse("wagtailadmin_home")).status_code == 200


def restricted_article():
    article = make_article("Nội bộ")
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    return article


def test_password_alone_is_enough_where_nothing_more_is_asked(client, portal):
    make_staff()
    sign_in(client, "editor")
    assert is_in(client)


def test_somebody_with_an_app_is_in_only_after_its_code(client, portal):
    user = make_staff()["editor"]
    with_app(user)
    sign_in(client, "editor")
    response = client.get(reverse("wagtailadmin_home"))
    assert response.status_code == 302 and response["Location"].startswith(reverse("signin_second_factor"))
    page = client.get(response["Location"])
    assert page.status_code == 200 and 'autocomplete="one-time-code"' in page.content.decode()
    device = TOTPDevice.objects.get(user=user)
    response = client.post(response["Location"], {"code": app_code(device), "next": HOME})
    assert response["Location"] == HOME and is_in(client)


def test_a_code_opens_once(client, portal):
    user = make_staff()["editor"]
    with_app(user)
    code = app_code(TOTPDevice.objects.get(user=user))
    second_factor.check(user, code)
    with pytest.raises(second_factor.WrongCode):
        second_factor.check(user, code)


def test_a_recovery_code_opens_once_however_it_is_typed(client, portal):
    user = make_staff()["editor"]
    code = with_app(user)[0]
    sign_in(client, "editor")
    typed = f" {code[:4].upper()}-{code[4:]} "
    assert client.post(reverse("signin_second_factor"), {"code": typed}).status_code == 302 and is_in(client)
    client.logout()
    sign_in(client, "editor")
    assert client.post(reverse("signin_second_factor"), {"code": code}).status_code == 200 and not is_in(client)


def test_guessing_codes_is_slowed_down_and_the_reader_is_told(client, portal):
    user = make_staff()["editor"]
    with_app(user)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    sign_in(client, "editor")
    for guess in ("000000", "000001", "000002", "000003"):
        response = client.post(reverse("signin_second_factor"), {"code": guess})
    assert re.search(r"looked at in \d+ seconds", response.content.decode())
    # The right one is not looked at either.
    device = TOTPDevice.objects.get(user=user)
    assert client.post(reverse("signin_second_factor"), {"code": app_code(device)}).status_code == 200


@pytest.mark.parametrize("code", ["", "x" * 31, "ａｂｃ", "١٢٣٤٥٦", "-1", "\x00", "'; --"])
def test_nonsense_is_refused_in_words(client, portal, code):
    user = make_staff()["editor"]
    with_app(user)
    sign_in(client, "editor")
    response = client.post(reverse("signin_second_factor"), {"code": code})
    assert response.status_code in (200, 404) and not is_in(client)


def test_a_role_that_needs_it_leads_its_members_to_set_it_up(client, portal):
    user = make_staff()["reviewer"]
    RoleRule.objects.create(group=Group.objects.get(name=roles.REVIEWERS), second_factor_required=True)
    sign_in(client, "reviewer")
    response = client.get(reverse("wagtailadmin_home"), follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("signin_second_factor_setup"))
    assert "<svg" in response.content.decode() and not is_in(client)
    device = TOTPDevice.objects.get(user=user, confirmed=False)
    response = client.post(reverse("signin_second_factor_setup"), {"code": app_code(device), "next": HOME})
    codes = re.findall(r"<code>(\w{8})</code>", response.content.decode())
    assert len(codes) == 10 and is_in(client)
    assert StaticDevice.objects.get(user=user).token_set.filter(token__in=codes).count() == 10


def test_setting_up_takes_no_wrong_code(client, portal, asked_of_administrators):
    make_staff()
    sign_in(client, "admin")
    client.get(reverse("signin_second_factor_setup"))
    response = client.post(reverse("signin_second_factor_setup"), {"code": "000000"})
    assert response.status_code == 200 and not TOTPDevice.objects.filter(confirmed=True).exists()
    assert not is_in(client)


def test_an_app_cannot_be_replaced_by_half_a_sign_in(client, portal):
    user = make_staff()["editor"]
    with_app(user)
    sign_in(client, "editor")
    response = client.get(reverse("signin_second_factor_setup"))
    assert response.status_code == 302 and response["Location"] == reverse("signin_second_factor")
    client.post(reverse("signin_second_factor_setup"), {"code": "000000"})
    assert TOTPDevice.objects.filter(user=user).count() == 1


@pytest.mark.parametrize(
    "name",
    ["wagtailadmin_account", "wagtailadmin_explore_root", "signin_manage", "signin_sessions", "wagtailimages:add"],
)
def test_no_page_of_the_administration_opens_before(client, portal, asked_of_administrators, name):
    make_staff()
    sign_in(client, "admin")
    assert client.get(reverse(name)).status_code == 302
    assert client.post(reverse(name), {}).status_code == 302


def test_the_administrations_interface_stays_shut(client, portal, asked_of_administrators):
    make_staff()
    sign_in(client, "admin")
    address = reverse("wagtailadmin_api:pages:listing")
    assert client.get(address).status_code in (302, 403)
    assert client.get(address, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
    file = client.post(reverse("wagtailimages:add_multiple"), {}, headers={"x-requested-with": "XMLHttpRequest"})
    assert file.status_code == 401, "said before what is sent has come"


def test_the_login_of_restricted_pages_is_no_way_round(client, portal):
    user, article = make_staff()["editor"], restricted_article()
    with_app(user)
    response = client.get(article.url)
    assert response.status_code == 302
    sign_in(client, "editor", address=response["Location"])
    response = client.get(article.url, follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("signin_second_factor"))
    assert "Một đoạn văn" not in response.content.decode() and not is_in(client)
    form = response.context["next"]
    code = app_code(TOTPDevice.objects.get(user=user))
    assert client.post(response.redirect_chain[-1][0], {"code": code, "next": form})["Location"] == article.url
    assert "Một đoạn văn" in client.get(article.url).content.decode()


def test_resetting_the_password_signs_nobody_in(client, portal):
    user = make_staff()["editor"]
    with_app(user)
    client.post(reverse("wagtailadmin_password_reset"), {"email": user.email})
    address = re.search(r"http://testserver(/thongtindoingoai/cms/password_reset/\S+)", mail.outbox[0].body)[1]
    form = client.get(address)["Location"]
    new = "quite-another-password"
    response = client.post(form, {"new_password1": new, "new_password2": new})
    assert response.status_code == 302 and not is_in(client)
    sign_in(client, "editor", new)
    assert not is_in(client)
    assert client.post(reverse("signin_second_factor"), {"code": "000000"}).status_code == 200


def test_other_sessions_owe_the_code_as_soon_as_there_is_an_app(client, portal):
    user = make_staff()["editor"]
    client.force_login(user)
    assert is_in(client)
    with_app(user)
    assert not is_in(client)


def test_removing_it_needs_a_code_and_no_role_that_asks_for_it(client, portal):
    user = make_staff()["editor"]
    codes = with_app(user)
    sign_in(client, "editor")
    client.post(reverse("signin_second_factor"), {"code": codes[0]})
    client.post(reverse("signin_manage"), {"code": "wrong", "remove": ""})
    assert second_factor.device_of(user)
    with override_settings(SECOND_FACTOR="everybody"):
        StaticDevice.objects.get(user=user).throttle_reset()
        client.post(reverse("signin_manage"), {"code": codes[1], "remove": ""})
        assert second_factor.device_of(user)
    code = StaticDevice.objects.get(user=user).token_set.first().token
    client.post(reverse("signin_manage"), {"code": code, "remove": ""})
    assert second_factor.device_of(user) is None


def test_an_administrator_helps_somebody_who_lost_the_phone(client, portal):
    staff = make_staff()
    with_app(staff["editor"])
    SignIn.objects.create(user=staff["editor"], password_mark="x")
    client.force_login(staff["editor2"])
    address = reverse("signin_help", args=(staff["editor"].pk,))
    assert client.post(address).status_code == 403 and second_factor.device_of(staff["editor"])
    client.force_login(staff["admin"])
    assert address in client.get(reverse("wagtailusers_users:index")).content.decode()
    assert client.get(address).status_code == 200
    client.post(address)
    assert second_factor.device_of(staff["editor"]) is None and not SignIn.objects.filter(user=staff["editor"]).exists()
    assert client.post(reverse("signin_help", args=(staff["admin"].pk,))).status_code == 403  # one's own


def test_the_page_of_a_role_says_whether_it_needs_it(client, portal):
    client.force_login(make_user("boss", is_superuser=True, is_staff=True))
    group = Group.objects.get(name=roles.EDITORS)
    address = reverse("wagtailusers_groups:edit", args=(group.pk,))
    page = client.get(address)
    assert 'name="signin-second_factor_required"' in page.content.decode()
    client.post(address, form_data(page, **{"signin-second_factor_required": "on"}))
    assert RoleRule.objects.get(group=group).second_factor_required


def test_leaving_half_way(client, portal):
    with_app(make_staff()["editor"])
    sign_in(client, "editor")
    client.post(reverse("signin_leave"))
    assert client.get(reverse("wagtailadmin_login")).status_code == 200
    assert not SignIn.objects.exists()


def test_strangers_are_sent_to_the_login_page(client, portal):
    for name in ("signin_second_factor", "signin_second_factor_setup"):
        assert client.get(reverse(name))["Location"] == reverse("wagtailadmin_login")


def test_the_way_on_leads_nowhere_else(client, portal):
    user = make_staff()["editor"]
    codes = with_app(user)
    sign_in(client, "editor", PASSWORD)
    response = client.post(reverse("signin_second_factor"), {"code": codes[0], "next": "https://example.com/"})
    assert response["Location"] == HOME


def test_a_wrong_code_is_said_where_the_login_pages_style_shows_it(client, portal):
    with_app(make_staff()["editor"])
    sign_in(client, "editor")
    page = BeautifulSoup(client.post(reverse("signin_second_factor"), {"code": "no"}).content, "html.parser")
    assert page.select_one(".messages[role=alert] .error").get_text(strip=True)


def test_whoever_has_just_set_it_up_is_in_and_not_half_in(client, portal):
    user = make_staff()["editor"]
    with override_settings(SECOND_FACTOR="everybody"):
        sign_in(client, "editor")
        client.get(reverse("signin_second_factor_setup"))
        device = TOTPDevice.objects.get(user=user)
        page = client.post(reverse("signin_second_factor_setup"), {"code": app_code(device)}).content.decode()
    assert page.count("<li><code>") == 10 and reverse("signin_leave") not in page


def test_the_next_login_page_speaks_the_language_of_who_signed_in_last(client, portal):
    user = make_staff()["translator_zh"]
    assert '<html lang="vi"' in client.get(reverse("wagtailadmin_login")).content.decode()
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "zh-hans"})
    sign_in(client, user.username)
    client.post(reverse("wagtailadmin_logout"))
    assert '<html lang="zh-hans"' in client.get(reverse("wagtailadmin_login")).content.decode()
    client.cookies["portal_staff_language"] = "xx"
    assert '<html lang="vi"' in client.get(reverse("wagtailadmin_login")).content.decode()


def test_the_secret_of_one_session_is_not_shown_in_another(client, portal, asked_of_administrators):
    """Somebody with the password alone could otherwise read it and wait until the person has confirmed it."""
    user = make_staff()["admin"]
    strangers = PrefixClient()
    for browser in (strangers, client):
        sign_in(browser, "admin")
        for _time in range(2):  # looked at again it stays the same
            browser.get(reverse("signin_second_factor_setup"))
    stranger, person = TOTPDevice.objects.filter(user=user, confirmed=False).order_by("pk")
    assert stranger.key != person.key
    assert client.post(reverse("signin_second_factor_setup"), {"code": app_code(stranger)}).status_code == 200
    assert not is_in(client)
    client.post(reverse("signin_second_factor_setup"), {"code": app_code(person)})
    assert is_in(client) and list(TOTPDevice.objects.filter(user=user)) == [person]
