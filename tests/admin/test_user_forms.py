"""An administrator says on the form of a person which department is theirs; nobody meets the groups behind it."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse

from portal.contributors import roles
from portal.contributors.department_rights import group_of
from portal.contributors.models import User
from tests.builders import PASSWORD, department, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def desk(client, portal):
    client.force_login(make_user("admin", is_superuser=True))
    return client


def fields(**more) -> dict:
    role = Group.objects.get(name=roles.CONTRIBUTORS)
    names = {"username": "hoa", "email": "hoa@example.org", "first_name": "Hoa", "last_name": "Lò", "is_active": "on"}
    return names | {"groups": [role.pk]} | more


def groups_of(user) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def test_departments_are_offered_by_name_and_roles_alone_to_tick(desk):
    form = BeautifulSoup(desk.get(reverse("wagtailusers_users:add")).content, "html.parser")
    offered = {option.text for option in form.select("select[name=department] option")}
    assert "Sở Ngoại vụ" in offered
    assert department("bo-chi-huy-bdbp").is_over and department("bo-chi-huy-bdbp").name not in offered
    ticked = {label.text.strip() for label in form.select("#id_groups label")}
    assert roles.CONTRIBUTORS in ticked
    assert group_of(department("so-ngoai-vu")).name not in ticked


def test_the_department_of_a_new_person_and_its_change(desk):
    first, second = department("so-ngoai-vu"), department("so-tai-chinh")
    passwords = {"password1": PASSWORD, "password2": PASSWORD}
    answer = desk.post(reverse("wagtailusers_users:add"), fields(department=first.pk, **passwords))
    assert answer.status_code == 302
    hoa = User.objects.get(username="hoa")
    assert hoa.department == first
    assert groups_of(hoa) == {roles.CONTRIBUTORS, group_of(first).name}
    edit = reverse("wagtailusers_users:edit", args=[hoa.pk])
    for chosen in (first, second):
        assert desk.post(edit, fields(department=chosen.pk)).status_code == 302
        assert groups_of(hoa) == {roles.CONTRIBUTORS, group_of(chosen).name}
    assert desk.post(edit, fields(department="")).status_code == 302
    assert groups_of(hoa) == {roles.CONTRIBUTORS}


def test_who_has_one_name_still_chooses_their_language(client, portal):
    hoa = make_user("hoa", roles.CONTRIBUTORS, first_name="Hoa")
    client.force_login(hoa)
    address = reverse("wagtailadmin_account")
    form = BeautifulSoup(client.get(address).content, "html.parser").select_one("main form")
    names = [field["name"] for field in form.select("input[name^=name_email-]")]
    assert names == [f"name_email-{name}" for name in ("last_name", "first_name", "email")]
    filled_in = {
        field["name"]: field.get("value", "") for field in form.select("input[name]:not([type=checkbox], [type=file])")
    }
    filled_in |= {
        field["name"]: next((option["value"] for option in field.select("option[selected]")), "")
        for field in form.select("select[name]")
    }
    answer = client.post(address, filled_in | {"locale-preferred_language": "en"})
    assert answer.status_code == 302
    assert "My desk" in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_family_name_comes_first():
    assert str(User(username="lan", first_name="Thị Lan", last_name="Lò")) == "Lò Thị Lan"
    assert str(User(username="lan", first_name="Lan")) == "Lan"
    assert str(User(username="lan")) == "lan"


def test_a_person_of_a_body_that_is_over_keeps_it_until_it_is_changed(desk):
    former = department("bo-chi-huy-bdbp")
    hoa = make_user("hoa", roles.CONTRIBUTORS, department=former)
    edit = reverse("wagtailusers_users:edit", args=[hoa.pk])
    form = BeautifulSoup(desk.get(edit).content, "html.parser")
    assert form.select_one("select[name=department] option[selected]").text == former.name
    assert desk.post(edit, fields(department=former.pk)).status_code == 302
    hoa.refresh_from_db()
    assert hoa.department == former
    assert group_of(former.heir).name in groups_of(hoa)


@pytest.mark.parametrize("form", ["add", "edit"])
def test_the_family_name_stands_before_the_given_name(desk, form):
    hoa = make_user("hoa", roles.CONTRIBUTORS)
    url = reverse(f"wagtailusers_users:{form}", args=[hoa.pk] if form == "edit" else [])
    page = BeautifulSoup(desk.get(url).content, "html.parser")
    names = [field["name"] for field in page.select("#tab-account input, #tab-account select") if field.get("name")]
    asked = [name for name in names if not name.startswith("password")]
    first = ["username", "email", "last_name", "first_name", "department"]
    assert asked == first + (["is_active"] if form == "edit" else [])
