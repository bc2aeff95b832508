"""Rights by department, section and language; what happens to people, rights and pages when departments merge."""

import hashlib
import inspect
import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.views.generic.workflow import WorkflowAction
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import GroupPagePermission, Page
from wagtail.permissions import policy_registry

from portal.audit.models import AuditEntry
from portal.contributors import roles, upstream
from portal.contributors.department_rights import grant_all, group_of
from portal.contributors.models import DepartmentRight
from portal.core import upload_notes
from portal.core.models import SetupStep
from portal.publishing.service import publish_new
from tests.admin.forms import notices, text_of
from tests.builders import (
    department,
    fill,
    home,
    locale,
    make_article,
    make_staff,
    make_user,
    news,
    translate,
    translation_of,
)
from tests.office import pdf, photograph_with_place

pytestmark = pytest.mark.django_db
_LISTS = ("f02bc92bd941448d", "72437779ed8ce480", "9d0e57308140d57c")  # of pictures, documents, records in the APIs


@pytest.fixture
def staff(portal):
    return make_staff()


def section(slug: str, code: str = "vi") -> Page:
    return Page.objects.get(slug=slug, locale__language_code=code, depth=3)


def may(user, page, what: str) -> bool:
    user = type(user).objects.get(pk=user.pk)  # Wagtail remembers a person's rights on the object
    return getattr(page.specific.permissions_for_user(user), what)()


def give(client, code: str, **levels) -> None:
    """Fill in the department's form: section primary key → level."""
    body = department(code)
    client.post(reverse("department_rights_edit", args=[body.pk]), levels)


def test_every_department_begins_by_writing_everywhere(staff):
    for page in home().get_children():
        assert may(staff["contributor"], page, "can_add_subpage")
        assert not may(staff["contributor"], page, "can_edit")


def test_one_screen_gives_rights_by_section_and_language(client, staff):
    culture = make_user("culture", roles.CONTRIBUTORS, department=department("so-vhttdl"))
    english = news("en")
    client.force_login(staff["admin"])
    give(client, "so-vhttdl", **{str(news().pk): "edit", str(english.pk): "edit"})
    article = make_article("Của người khác")
    translated = translate(article)
    assert may(culture, article, "can_edit")
    assert may(culture, translated, "can_edit")
    assert not may(culture, section("hop-tac-quoc-te"), "can_add_subpage")
    assert not may(culture, translated, "can_publish")
    table = client.get(reverse("department_rights")).content.decode()
    assert "Sở Văn hóa" in table
    entry = AuditEntry.objects.get(action="portal.rights")
    assert entry.actor_name == "admin"
    assert entry.data["after"] == {str(news().pk): "edit", str(english.pk): "edit"}


def test_the_form_shows_what_is_and_refuses_what_is_not(client, staff):
    client.force_login(staff["admin"])
    body = department("so-vhttdl")
    url = reverse("department_rights_edit", args=[body.pk])
    assert client.get(url).context["form"][str(news().pk)].value() == "write"
    before = list(body.rights.values_list("section_id", "level"))
    assert client.post(url, {str(news().pk): "own everything"}).context["form"].errors
    assert client.post(url, {str(news("en").pk): "write"}).context["form"].errors, "translations are not written"
    assert list(body.rights.values_list("section_id", "level")) == before


@pytest.mark.parametrize("role", ["contributor", "editor", "reviewer"])
def test_only_administrators_give_rights(client, staff, role):
    client.force_login(staff[role])
    before = DepartmentRight.objects.count()
    give(client, "so-vhttdl")
    assert DepartmentRight.objects.count() == before
    assert client.get(reverse("department_rights")).status_code in (302, 403)


def test_a_person_moves_with_their_department_whatever_form_saves_them(staff):
    user = make_user("mover", department=department("so-vhttdl"))
    user.groups.set([])  # as the form for users does after saving
    assert group_of(department("so-vhttdl")) in user.groups.all()
    user.department = department("so-tai-chinh")
    user.save()
    assert list(user.groups.all()) == [group_of(department("so-tai-chinh"))]
    user.department = None
    user.save()
    assert not user.groups.exists()


def test_a_contributor_edits_what_their_department_answers_for(staff):
    mine = make_article("Của đơn vị", department=department("so-ngoai-vu"))
    foreign = make_article("Của đơn vị khác", department=department("so-tai-chinh"))
    assert may(staff["contributor"], mine, "can_edit")
    assert not may(staff["contributor"], foreign, "can_edit")
    assert not may(staff["contributor"], mine, "can_delete") or not mine.live


def merge(old: str, new: str) -> None:
    body = department(old)
    body.valid_until = timezone.localdate() - timedelta(days=1)
    body.replaced_by = department(new)
    publish_new(body, "test")


def test_people_rights_and_pages_follow_a_merger(client, staff):
    client.force_login(staff["admin"])
    border = section("bien-dao-bien-gioi")
    give(client, "so-vhttdl", **{str(news().pk): "write"})
    give(client, "so-cong-thuong", **{str(border.pk): "write"})
    culture = make_user("culture", roles.CONTRIBUTORS, department=department("so-vhttdl"))
    trade = make_user("trade", roles.CONTRIBUTORS, department=department("so-cong-thuong"))
    article = make_article("Chợ phiên", department=department("so-vhttdl"))
    assert not may(trade, article, "can_edit")
    assert not may(culture, border, "can_add_subpage")
    merge("so-vhttdl", "so-cong-thuong")
    assert may(trade, article, "can_edit"), "the heir answers for the page"
    assert may(trade, news(), "can_add_subpage"), "the heir has the rights of both"
    assert may(culture, border, "can_add_subpage"), "people belong to the heir"
    assert may(culture, article, "can_edit")
    assert not group_of(department("so-vhttdl")).user_set.exists()
    article.refresh_from_db()
    assert article.department.code == "so-vhttdl", "what was published keeps its label"


def test_a_merger_of_mergers_and_a_circle(staff):
    merge("so-vhttdl", "so-cong-thuong")
    merge("so-cong-thuong", "so-tai-chinh")
    assert department("so-vhttdl").heir.code == "so-tai-chinh"
    with pytest.raises(ValidationError, match="vòng tròn"):
        merge("so-tai-chinh", "so-vhttdl")
    yesterday = timezone.localdate() - timedelta(days=1)
    type(department("so-tai-chinh")).objects.filter(code="so-tai-chinh").update(
        valid_until=yesterday, replaced_by=department("so-vhttdl")
    )
    assert department("so-vhttdl").heir.code in {"so-vhttdl", "so-cong-thuong", "so-tai-chinh"}, "and yet it ends"


def test_the_bodies_of_the_plan_lead_to_those_of_today(portal):
    """Who followed whom in 2025, with a source for every date."""
    heirs = {body.code: body.heir.code for body in type(department("so-khcn")).objects.filter(locale=locale("vi"))}
    assert {code: heir for code, heir in heirs.items() if code != heir} == {
        "so-tttt": "so-khcn",
        "so-khdt": "so-tai-chinh",
        "bo-chi-huy-bdbp": "bch-bdbp",
        "bao-lai-chau": "bao-va-ptth",
        "dai-ptth": "bao-va-ptth",
    }
    assert not type(department("so-khcn")).objects.filter(source="").exists()
    assert department("bch-bdbp").parent.code == "bch-quan-su"
    english = type(department("so-khcn")).objects.get(code="so-vhttdl", locale=locale("en"))
    assert (english.short_name, english.parent.name) == ("Culture, Sports and Tourism", "Provincial People's Committee")


def test_a_merger_dated_ahead_takes_effect_on_its_day(staff, monkeypatch):
    body = department("so-vhttdl")
    body.valid_until, body.replaced_by = timezone.localdate(), department("so-cong-thuong")
    publish_new(body, "test")
    assert department("so-vhttdl").heir.code == "so-vhttdl", "today it still exists"
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *args: tomorrow)
    grant_all()
    assert department("so-vhttdl").heir.code == "so-cong-thuong"


def titles_in(client, address: str, **query) -> str:
    return text_of(client.get(address, query))


@pytest.fixture
def theirs_and_others(staff):
    """A contributor of the Department of Foreign Affairs, a draft of theirs and one of another department."""
    mine = make_article("Bài của Sở Ngoại vụ", department=department("so-ngoai-vu"), publish=False)
    other = make_article("Bài kín của Sở Tài chính", department=department("so-tai-chinh"), publish=False)
    return mine, other


def test_a_contributor_sees_the_pages_of_their_department_everywhere(client, staff, theirs_and_others):
    public = make_article("Bài công khai của Sở Tài chính", department=department("so-tai-chinh"))
    client.force_login(staff["contributor"])
    listing = titles_in(client, reverse("wagtailadmin_explore", args=[news().pk]))
    found = titles_in(client, reverse("wagtailadmin_pages:search"), q="Bài")
    chooser = json.loads(client.get(reverse("wagtailadmin_choose_page_child", args=[news().pk])).content)["html"]
    for screen in (listing, found, chooser):
        assert "Bài của Sở Ngoại vụ" in screen
        assert "Bài kín của Sở Tài chính" not in screen
    assert public.title not in listing
    assert public.title in chooser, "what is public can be linked to"
    client.force_login(staff["editor"])
    assert "Bài kín của Sở Tài chính" in titles_in(client, reverse("wagtailadmin_explore", args=[news().pk]))


@pytest.mark.parametrize("view", ["edit", "view_draft", "delete", "history"])
def test_the_draft_of_another_department_is_not_reached_by_its_number(client, staff, theirs_and_others, view):
    client.force_login(staff["contributor"])
    answer = client.get(reverse(f"wagtailadmin_pages:{view}", args=[theirs_and_others[1].pk]))
    assert answer.status_code in (302, 403)


def test_nor_is_it_told_where_wagtail_looks_at_lists_only(client, staff, theirs_and_others):
    mine, other = theirs_and_others
    addresses = [
        ("wagtailadmin_explore", []),
        ("wagtailadmin_explore_results", []),
        ("wagtailadmin_choose_page_child", []),
        ("wagtailadmin_pages:move_confirm", [news().pk]),
    ]
    for user, seen in (("contributor", 404), ("editor", 200)):
        client.force_login(staff[user])
        for name, more in addresses:
            assert client.get(reverse(name, args=[other.pk, *more])).status_code in (seen, 302), name
            assert client.get(reverse(name, args=[mine.pk, *more])).status_code in (200, 302), name


def test_what_a_contributor_wrote_without_department_stays_theirs(client, staff):
    page = make_article("Không ghi đơn vị", publish=False, owner=staff["contributor"])
    client.force_login(staff["contributor"])
    assert page.title in titles_in(client, reverse("wagtailadmin_explore", args=[news().pk]))


def test_a_new_page_begins_with_the_department_of_its_author(client, staff):
    client.force_login(staff["contributor"])
    form = client.get(reverse("wagtailadmin_pages:add", args=["news", "articlepage", news().pk])).context["form"]
    assert form["department"].value() == department("so-ngoai-vu").pk


@pytest.mark.parametrize("model", [get_image_model(), get_document_model()])
def test_a_contributor_sees_the_files_of_their_department_and_of_nobody(client, staff, model):
    other = make_user("other", roles.CONTRIBUTORS, department=department("so-tai-chinh"))
    colleague = make_user("colleague", roles.CONTRIBUTORS, department=department("so-ngoai-vu"))
    for title, user in (("Của đơn vị", colleague), ("Của nơi khác", other), ("Của chung", None)):
        content = photograph_with_place().read() if model is get_image_model() else pdf()
        name = f"{title}.jpg" if model is get_image_model() else f"{title}.pdf"
        model.objects.create(title=title, file=ContentFile(content, name), uploaded_by_user=user)
    policy = policy_registry.get_by_type(model)

    def seen(user):
        return set(policy.instances_user_has_permission_for(user, "choose").values_list("title", flat=True))

    assert seen(staff["contributor"]) == {"Của đơn vị", "Của chung"}
    assert seen(staff["editor"]) == {"Của đơn vị", "Của chung", "Của nơi khác"}
    assert seen(staff["translator_en"]) == seen(staff["editor"])
    foreign = model.objects.get(title="Của nơi khác")
    assert not policy.user_has_permission_for_instance(staff["contributor"], "choose", foreign)
    assert not policy.user_has_permission_for_instance(staff["contributor"], "change", foreign)
    kind = "images" if model is get_image_model() else "documents"
    client.force_login(staff["contributor"])
    chooser = reverse(f"wagtail{kind.replace('ument', '')}_chooser:choose_results")
    found = client.get(chooser, {"q": "Của"}).content.decode()
    assert "Của đơn vị" in found and "Của nơi khác" not in found, "also where it is looked for by words"
    detail = [reverse(f"wagtailadmin_api:{kind}:detail", args=[one.pk]) for one in model.objects.order_by("title")]
    assert sorted(client.get(address).status_code for address in detail) == [200, 200, 404]
    merge("so-tai-chinh", "so-ngoai-vu")
    me = type(other).objects.get(pk=staff["contributor"].pk)
    assert "Của nơi khác" in seen(me), "what the old body uploaded belongs to its heir"


def test_a_department_is_not_deleted_while_something_waits_for_it(client, staff):
    """Not even where only an unpublished draft names it, which the database does not know."""
    body = make_department("Ban tạm")
    page = make_article("Đang sống")
    page.department = body
    page.save_revision(user=staff["contributor"])
    client.force_login(staff["admin"])
    url = reverse(body.snippet_viewset.get_url_name("delete"), args=[body.pk])
    bulk = reverse("wagtail_bulk_action", args=["contributors", "department", "delete"]) + f"?id={body.pk}"
    for address in (url, bulk):
        answer = client.post(address, follow=True)
        assert "1 bản nháp" in notices(answer, "error")[0]
        assert type(body).objects.filter(pk=body.pk).exists()
    page.department = None
    page.save_revision(user=staff["contributor"])
    client.post(url)
    assert not type(body).objects.filter(pk=body.pk).exists()


def make_department(name: str):
    body = type(department("so-ngoai-vu"))(code="ban-tam", name=name, locale=locale("vi"), live=False)
    body.save()
    publish_new(body, "test")
    return body


def test_setup_again_gives_back_nothing_that_was_taken_away(client, staff):
    client.force_login(staff["admin"])
    give(client, "so-vhttdl")
    assert not SetupStep.first_time("rights of so-vhttdl")
    from django.core.management import call_command

    call_command("setup", verbosity=0)
    assert not department("so-vhttdl").rights.exists()
    assert not GroupPagePermission.objects.filter(group=group_of(department("so-vhttdl"))).exists()


def test_the_usage_of_page_types_names_no_page_of_others(client, staff):
    secret = make_article("Dự thảo chưa công bố", publish=False)
    secret.save_revision()
    url = reverse("wagtailadmin_reports:page_types_usage")
    for role, seen in (("contributor", False), ("editor", True)):
        client.force_login(staff[role])
        assert ("Dự thảo chưa công bố" in text_of(client.get(url))) is seen, role


@pytest.mark.parametrize(
    ("theirs", "digest"),
    [
        (upstream.upstream_decorate, "d7e995116213fd4b"),
        (upstream.upstream_act, "684d1cf06f5a3e5b"),
        (upstream.upstream_actionable, "e53e303ee01c4ef0"),
        (upstream.upstream_title, "5bb982140d8fc572"),
        (upstream.upstream_lock_message, "cefda65df637d96b"),
        (upstream.upstream_viewable, "975ce3fc7006eea7"),
        *zip(upstream.upstream_lists.values(), _LISTS, strict=True),
        *zip(upload_notes.upstream_save.values(), ("3b2afe69d70f7f62", "f7ab6292173f67a6") * 2, strict=True),
        *zip(upload_notes.upstream_post.values(), ("1af6b4128d14fb89", "7b6db6395f409cad"), strict=True),
        (upstream.upstream_recipients, "94913d29e8706449"),
        (upstream.upstream_filter_form, "fbdf5401c29dce24"),
    ],
)
def test_the_functions_replaced_are_those_ours_were_written_for(theirs, digest):
    """If this fails, read what changed in Wagtail, mend what stands for it in upstream.py, then the digest."""
    assert hashlib.sha256(inspect.getsource(theirs).encode()).hexdigest()[:16] == digest
    assert PageTypesUsageReportView.decorate_paginated_queryset is upstream.decorate_paginated_queryset
    assert WorkflowAction.post is upstream.act


def test_a_department_that_may_translate_a_section_does_so_from_beginning_to_end(client, staff):
    """Given in the one screen of rights: the queue, beginning, writing and sending; of that section and no more."""
    person = make_user("dich", roles.CONTRIBUTORS, department=department("so-vhttdl"))
    here, elsewhere = make_article("Trong mục"), make_article("Ngoài mục", section("hop-tac-quoc-te"))
    client.force_login(person)
    assert client.get(reverse("translation_desk", args=["en"])).status_code in (302, 403)
    client.force_login(staff["admin"])
    give(client, "so-vhttdl", **{str(news().pk): "write", str(news("en").pk): "edit"})
    client.force_login(person)
    assert reverse("translation_desk", args=["en"]) in text_home(client)
    assert [row.title for row in client.get(reverse("translation_desk", args=["en"])).context["table"].data] == [
        "Trong mục"
    ]
    assert client.get(reverse("translation_desk", args=["zh-hans"])).status_code in (302, 403)
    begun = client.post(reverse("translation_start", args=[here.pk, "en"]))
    english = here.get_translation(locale("en"))
    assert begun["Location"] == reverse("wagtailadmin_pages:edit", args=[english.pk])
    assert client.get(begun["Location"]).status_code == 200
    fill(translation_of(here, "en"), user=person)
    client.post(reverse("portal_send_for_review", args=[translation_of(here, "en").pk]))
    english = Page.objects.get(pk=english.pk).specific
    assert english.current_workflow_state.requested_by == person
    assert client.get(reverse("translation_side_by_side", args=[here.pk])).status_code == 200
    # Another section, wagtail-localize's own way to begin anything, and lists of what is not theirs stay closed.
    client.post(reverse("translation_start", args=[elsewhere.pk, "en"]))
    client.post(
        reverse("wagtail_localize:submit_page_translation", args=[elsewhere.pk]), {"locales": [locale("en").pk]}
    )
    assert elsewhere.get_translation(locale("en")).alias_of_id is not None
    assert client.get(reverse("translation_side_by_side", args=[elsewhere.pk])).status_code in (302, 403)
    assert client.get(reverse("translation_requests")).status_code in (302, 403)
    # Taken away in the same screen.
    client.force_login(staff["admin"])
    give(client, "so-vhttdl", **{str(news().pk): "write"})
    client.force_login(person)
    assert client.get(reverse("translation_desk", args=["en"])).status_code in (302, 403)


def text_home(client) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()
