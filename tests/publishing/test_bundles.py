"""Publish together: all pages of a bundle in one moment, or none and the reasons."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from portal.audit.models import AuditEntry
from portal.core.models import PortalDocument
from portal.publishing.bundles import (
    BundleRefused,
    add_to_bundle,
    cancel_bundle,
    problems_of,
    publish_bundle,
    schedule_bundle,
)
from portal.publishing.models import Bundle
from portal.publishing.schedule import run_due
from portal.translation.gate import send_for_review
from tests.admin.forms import notices, text_of
from tests.builders import approve, fill, make_article, make_staff, submit, translation_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(portal):
    return make_staff()


@pytest.fixture
def three(staff):
    """An article and its two translations, drafts, in an open bundle."""
    article = make_article("Lễ hội", publish=False)
    article.save_revision(user=staff["contributor"])
    pages = [article]
    for code, role in (("en", "translator_en"), ("zh-hans", "translator_zh")):
        translation = translation_of(article, code)
        fill(translation, user=staff[role], text=lambda source, code=code: f"{code} {source}")
        translation.save_target(user=staff[role], publish=False)
        pages.append(translation.get_target_instance())
    bundle = Bundle.objects.create(name="Lễ hội", created_by=staff["editor"])
    add_to_bundle(bundle, pages, staff["editor"])
    return bundle, pages


def clear(pages, staff):
    """Every page through its review."""
    submit(pages[0], staff["contributor"])
    approve(pages[0], staff["editor"], staff["reviewer"])
    for page, code, role in zip(pages[1:], ("en", "zh-hans"), ("translator_en", "translator_zh"), strict=True):
        send_for_review(translation_of(pages[0], code), staff[role])
        approve(page, staff["reader_en" if code == "en" else "reader_zh"])


def live(pages) -> list[bool]:
    return [Page.objects.get(pk=page.pk).live for page in pages]


def test_approval_waits_for_the_others_and_one_act_publishes_all(staff, three):
    bundle, pages = three
    clear(pages, staff)
    assert live(pages) == [False, False, False]
    assert problems_of(bundle) == []
    publish_bundle(bundle, staff["editor"])
    assert live(pages) == [True, True, True]
    entries = AuditEntry.objects.filter(action="portal.bundle.publish")
    assert {entry.language for entry in entries} == {"vi", "en", "zh-hans"}
    assert {entry.actor_name for entry in entries} == {"editor"}


def test_one_page_not_approved_refuses_all_and_is_named(staff, three):
    bundle, pages = three
    submit(pages[0], staff["contributor"])
    approve(pages[0], staff["editor"], staff["reviewer"])
    with pytest.raises(BundleRefused) as refused:
        publish_bundle(bundle, staff["editor"])
    assert len(refused.value.problems) == 2
    assert "en Lễ hội" in str(refused.value)
    assert live(pages) == [False, False, False]
    bundle.refresh_from_db()
    assert bundle.state == Bundle.OPEN


def test_a_change_after_approval_needs_approval_again(staff, three):
    bundle, pages = three
    clear(pages, staff)
    english = Page.objects.get(pk=pages[1].pk).specific
    draft = english.get_latest_revision_as_object()
    draft.title = "Slipped in"
    draft.save_revision(user=staff["translator_en"])
    with pytest.raises(BundleRefused, match="Slipped in"):
        publish_bundle(bundle, staff["editor"])
    assert live(pages) == [False, False, False]


def test_a_failure_in_the_middle_leaves_nothing_public(staff, three, monkeypatch):
    bundle, pages = three
    clear(pages, staff)
    publish = type(pages[0]).publish

    def fail(self, revision, **kwargs):
        if self.pk == pages[2].pk:
            raise RuntimeError("disk full")
        return publish(self, revision, **kwargs)

    monkeypatch.setattr(type(pages[0]), "publish", fail)
    with pytest.raises(RuntimeError):
        publish_bundle(bundle, staff["editor"])
    assert live(pages) == [False, False, False]
    bundle.refresh_from_db()
    assert bundle.is_waiting


def test_at_its_hour(staff, three):
    bundle, pages = three
    with pytest.raises(BundleRefused):
        schedule_bundle(bundle, timezone.now() + timedelta(hours=1))
    clear(pages, staff)
    schedule_bundle(bundle, timezone.now() + timedelta(hours=1))
    run_due()
    assert live(pages) == [False, False, False]
    Bundle.objects.update(publish_at=timezone.now() - timedelta(seconds=1))
    run_due()
    assert live(pages) == [True, True, True]
    run_due()
    assert AuditEntry.objects.filter(action="portal.bundle.publish").count() == 3


def test_refused_at_its_hour_it_says_why_and_waits(staff, three):
    bundle, pages = three
    clear(pages, staff)
    schedule_bundle(bundle, timezone.now() + timedelta(hours=1))
    pages[1].refresh_from_db()
    pages[1].save_revision(user=staff["translator_en"])
    Bundle.objects.update(publish_at=timezone.now() - timedelta(seconds=1))
    mail.outbox.clear()
    run_due()
    assert live(pages) == [False, False, False]
    bundle.refresh_from_db()
    assert bundle.state == Bundle.REFUSED
    assert "en Lễ hội" in bundle.refusal
    [letter] = [letter for letter in mail.outbox if "Gói «Lễ hội»" in letter.subject]
    assert letter.to == [staff["editor"].email]
    assert "en Lễ hội" in letter.body and reverse("bundle", args=[bundle.pk]) in letter.body


def test_another_scheduler_was_faster(staff, three, monkeypatch):
    """Both read the list of what is due; while this one is busy with the first, the other publishes the second."""
    bundle, pages = three
    clear(pages, staff)
    first = Bundle.objects.create(name="Trước", state=Bundle.SCHEDULED, publish_at=timezone.now() - timedelta(hours=1))
    Bundle.objects.filter(pk=bundle.pk).update(
        state=Bundle.SCHEDULED, publish_at=timezone.now() - timedelta(seconds=1), created_by=staff["editor"]
    )

    def slowly(asked, user=None):
        if asked.pk == first.pk:
            publish_bundle(bundle)
            return []
        return publish_bundle(asked)

    monkeypatch.setattr("portal.publishing.bundles.publish_bundle", slowly)
    mail.outbox.clear()
    run_due()
    bundle.refresh_from_db()
    assert bundle.state == Bundle.PUBLISHED and bundle.refusal == "" and live(pages) == [True, True, True]
    assert mail.outbox == []


@pytest.mark.parametrize("error", [OperationalError("deadlock detected"), OSError("disk full")])
def test_what_is_no_refusal_is_tried_again_in_the_next_round(staff, three, monkeypatch, settings, error):
    settings.OPERATOR_EMAILS = ["operator@laichau.test"]
    bundle, pages = three
    clear(pages, staff)
    schedule_bundle(bundle, timezone.now() + timedelta(hours=1))
    Bundle.objects.update(publish_at=timezone.now() - timedelta(seconds=1))
    mail.outbox.clear()

    def fail(*_args, **_options):
        raise error

    monkeypatch.setattr("portal.publishing.bundles.pages_of", fail)
    run_due()
    run_due()
    bundle.refresh_from_db()
    assert bundle.state == Bundle.SCHEDULED
    assert [letter.to for letter in mail.outbox] == [settings.OPERATOR_EMAILS] * isinstance(error, OSError)
    monkeypatch.undo()
    run_due()
    assert live(pages) == [True, True, True]


@pytest.mark.parametrize("at_an_hour", [False, True])
def test_what_was_withdrawn_does_not_come_back_with_a_bundle(staff, three, at_an_hour):
    """The maker hears of it once; what was approved before the withdrawal has to be approved again."""
    bundle, pages = three
    clear(pages, staff)
    publish_bundle(bundle, staff["editor"])
    again = Bundle.objects.create(name="Lần nữa", created_by=staff["editor"])
    add_to_bundle(again, pages, staff["editor"])
    if at_an_hour:
        schedule_bundle(again, timezone.now() + timedelta(hours=1))
    mail.outbox.clear()
    Page.objects.get(pk=pages[0].pk).specific.unpublish(user=staff["editor2"])
    again.refresh_from_db()
    assert again.state == Bundle.REFUSED and again.refusal
    [letter] = [letter for letter in mail.outbox if "Lần nữa" in letter.subject]
    assert letter.to == [staff["editor"].email]
    with pytest.raises(BundleRefused):
        publish_bundle(again, staff["editor"])
    with pytest.raises(BundleRefused):
        schedule_bundle(again, timezone.now() + timedelta(hours=1))
    assert live(pages) == [False, False, False]
    submit(Page.objects.get(pk=pages[0].pk).specific, staff["contributor"])
    approve(pages[0], staff["editor"], staff["reviewer"])
    assert "en Lễ hội" in " ".join(problems_of(again))
    assert len(problems_of(again)) == 2, "the original is approved again, the translations are not"


def test_what_was_approved_once_and_returned_since_is_not_approved(staff, three):
    bundle, pages = three
    clear(pages, staff)
    submit(pages[0], staff["contributor"])
    assert len(problems_of(bundle)) == 1, "it is being read again"
    pages[0].refresh_from_db()
    state = pages[0].current_workflow_task_state
    state.task.specific.on_action(state, staff["editor"], "reject", comment="Số liệu chưa đúng")
    with pytest.raises(BundleRefused):
        publish_bundle(bundle, staff["editor"])
    assert live(pages) == [False, False, False]


def test_what_cannot_be_in_a_bundle(staff, three):
    bundle, pages = three
    other = Bundle.objects.create(name="Khác")
    alias = make_article("Chưa dịch").get_translations().first()
    for page in (alias, pages[1]):
        with pytest.raises(BundleRefused):
            add_to_bundle(other, [make_article("Mới", publish=False), page], staff["editor"])
    assert not other.items.exists()
    assert problems_of(other)


def test_a_translation_without_its_original_and_an_unfit_file_are_named(staff, three):
    bundle, pages = three
    clear(pages, staff)
    bundle.items.filter(page_id=pages[0].pk).delete()
    assert len(problems_of(bundle)) == 2
    add_to_bundle(bundle, pages[:1], staff["editor"])
    document = PortalDocument.objects.create(title="Kế hoạch", file=ContentFile(b"Plan", "a.txt"))
    PortalDocument.objects.update(findings=[{"code": "comments", "detail": ""}])
    article = make_article("Kèm tệp", publish=False)
    block = {
        "type": "download",
        "id": "44444444-4444-4444-8444-444444444444",
        "value": {"document": document.pk, "title": ""},
    }
    article.body = article.body.stream_block.to_python([block])
    article.save_revision(user=staff["contributor"])
    add_to_bundle(bundle, [article], staff["editor"])
    submit(article, staff["contributor"])
    approve(article, staff["editor"], staff["reviewer"])
    [problem] = problems_of(bundle)
    assert "Kế hoạch" in problem


def test_a_cancelled_bundle_lets_its_pages_go(staff, three):
    bundle, pages = three
    Bundle.objects.update(state=Bundle.CANCELLED)
    submit(pages[0], staff["contributor"])
    approve(pages[0], staff["editor"], staff["reviewer"])
    assert live(pages)[0]
    with pytest.raises(BundleRefused):
        publish_bundle(bundle, staff["editor"])


def test_what_was_published_meanwhile_is_neither_cancelled_nor_scheduled(staff, three):
    """From a window that was opened before."""
    bundle, pages = three
    clear(pages, staff)
    publish_bundle(Bundle.objects.get(pk=bundle.pk), staff["editor"])
    assert bundle.is_waiting, "as the old window has it"
    with pytest.raises(BundleRefused):
        cancel_bundle(bundle)
    with pytest.raises(BundleRefused):
        schedule_bundle(bundle, timezone.now() + timedelta(hours=1))
    bundle.refresh_from_db()
    assert bundle.state == Bundle.PUBLISHED


def test_the_screens(client, staff, three):
    bundle, pages = three
    client.force_login(staff["editor"])
    show = reverse("bundle", args=[bundle.pk])
    assert client.get(reverse("bundles")).status_code == 200
    assert b'value="publish"' not in client.get(show).content
    refused = client.post(show, {"action": "publish"}, follow=True)
    assert "en Lễ hội" in " ".join(notices(refused, "error"))
    taken = client.post(show, {"action": f"remove-{pages[2].pk}"}, follow=True)
    assert "zh-hans Lễ hội" in " ".join(notices(taken, "success"))
    add_to_bundle(bundle, pages[2:], staff["editor"])
    clear(pages, staff)
    assert b'value="publish"' in client.get(show).content
    assert client.post(show, {"action": "schedule", "publish_at": "2020-01-01 10:00"}).context["hour"].errors
    schedule_bundle(bundle, timezone.now() + timedelta(hours=1))
    early = client.get(show).content
    Bundle.objects.filter(pk=bundle.pk).update(publish_at=timezone.now() - timedelta(minutes=5))
    assert client.get(show).content.count(b"help-warning") == early.count(b"help-warning") + 1, "said where one looks"
    client.post(show, {"action": "publish"})
    assert live(pages) == [True, True, True]


def test_making_a_bundle_from_a_page(client, staff, portal):
    article = make_article("Tin", publish=False)
    client.force_login(staff["editor"])
    add = reverse("bundle_add", args=[article.pk])
    assert add in client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert client.post(add, {"pages": [article.pk], "name": "  "}).context["form"].errors["name"]
    client.post(add, {"pages": [article.pk], "name": "Ngày hội"})
    bundle = Bundle.objects.get(name="Ngày hội")
    assert bundle.items.get().page_id == article.pk
    client.post(reverse("bundle", args=[bundle.pk]), {"action": f"remove-{article.pk}"})
    assert not bundle.items.exists()
    question = client.post(reverse("bundle", args=[bundle.pk]), {"action": "cancel"})
    bundle.refresh_from_db()
    assert bundle.state == Bundle.OPEN, "asked first"
    assert "Ngày hội" in text_of(question) and 'name="sure"' in question.content.decode()
    client.post(reverse("bundle", args=[bundle.pk]), {"action": "cancel", "sure": "1"})
    bundle.refresh_from_db()
    assert bundle.state == Bundle.CANCELLED


def test_several_pages_at_once_from_the_table(client, staff, portal):
    first, second = make_article("Tin một", publish=False), make_article("Tin hai", publish=False)
    client.force_login(staff["editor"])
    table = client.get(reverse("translation_states")).content.decode()
    assert f'value="{first.pk}" form="bundle-many"' in table
    many = reverse("bundle_add_many")
    assert client.get(many, {"page": ["x", "-1"]}).url == reverse("translation_states")
    url = f"{many}?page={first.pk}&page={second.pk}"
    assert "Tin hai" in client.get(url).content.decode()
    client.post(url, {"pages": [first.pk, second.pk], "name": "Ngày hội"})
    assert Bundle.objects.get(name="Ngày hội").items.count() == 2
    client.force_login(staff["contributor"])
    assert client.post(url, {"pages": [first.pk], "name": "Khác"}).status_code in (302, 403)
    assert not Bundle.objects.filter(name="Khác").exists()


@pytest.mark.parametrize("role", ["contributor", "reviewer", "translator_en"])
def test_who_does_not_bundle(client, staff, three, role):
    bundle, pages = three
    clear(pages, staff)
    client.force_login(staff[role])
    for url in (reverse("bundle", args=[bundle.pk]), reverse("bundle_add", args=[pages[0].pk]), reverse("bundles")):
        assert client.post(url, {"action": "publish"}).status_code in (302, 403)
    assert live(pages) == [False, False, False]
