"""`manage.py setup` on an installation that people work in: nothing of theirs is undone."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Collection, GroupPagePermission, Page, Site, Task, Workflow, WorkflowPage

from portal.contributors.roles import CONTRIBUTORS, EDITORS, translators
from portal.core.models import SetupStep
from portal.publishing.approvals import system_approval

pytestmark = pytest.mark.usefixtures("portal")


def setup():
    call_command("setup", verbosity=0, stdout=StringIO())


def test_a_second_run_adds_nothing():
    from django.apps import apps

    def rows():
        return {model._meta.label: model.objects.count() for model in apps.get_models() if model._meta.managed}

    before = rows()
    setup()
    assert rows() == before


def test_what_an_administrator_took_away_stays_away():
    group = Group.objects.get(name=CONTRIBUTORS)
    group.permissions.clear()
    GroupPagePermission.objects.filter(group=group).delete()
    WorkflowPage.objects.filter(page__locale__language_code="en").delete()
    setup()
    assert not group.permissions.exists() and not GroupPagePermission.objects.filter(group=group).exists()
    assert not WorkflowPage.objects.filter(page__locale__language_code="en").exists()


def test_a_right_that_a_new_version_brings_arrives():
    """Its step is not on record yet; what was given before is."""
    group = Group.objects.get(name=EDITORS)
    group.permissions.remove(*group.permissions.filter(codename="submit_translation"))
    SetupStep.objects.get(name__endswith="wagtail_localize.submit_translation", name__startswith=EDITORS).delete()
    setup()
    assert group.permissions.filter(codename="submit_translation").exists()


def test_a_section_that_was_removed_does_not_come_back():
    section = Page.objects.get(slug="bien-dao-bien-gioi", locale__language_code="vi")
    with system_approval("test"):
        section.delete()
    setup()
    assert not Page.objects.filter(slug="bien-dao-bien-gioi").exists()


def test_the_site_record_follows_the_public_address_and_keeps_its_name():
    Site.objects.update(hostname="elsewhere.example", port=8443, site_name="Tên do người quản trị đặt")
    setup()
    site = Site.objects.get()
    assert (site.hostname, site.port, site.site_name) == ("testserver", 80, "Tên do người quản trị đặt")


def test_groups_named_by_codes_are_renamed_and_keep_what_was_taken_from_them():
    """An earlier version called the group «Người dịch (en)»; the steps of setup carried that name too."""
    group = Group.objects.get(name=translators("en"))
    group.permissions.clear()
    Group.objects.filter(pk=group.pk).update(name="Người dịch (en)")
    for step in SetupStep.objects.filter(name__startswith=f"{translators('en')}: "):
        SetupStep.objects.filter(pk=step.pk).update(name=step.name.replace(translators("en"), "Người dịch (en)"))
    SetupStep.objects.get(name="languages named in words").delete()
    setup()
    group.refresh_from_db()
    assert group.name == translators("en") == "Người dịch tiếng Anh"
    assert not group.permissions.exists()
    assert not Group.objects.filter(name__contains="(").exists()


def test_nothing_of_wagtails_english_beginning_is_left():
    assert not Workflow.objects.filter(name="Moderators approval").exists()
    assert not Task.objects.filter(name="Moderators approval").exists()
    assert not Page.objects.filter(title="Root").exists()
    assert not Collection.objects.filter(name="Root").exists()
