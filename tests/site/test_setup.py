"""`manage.py setup` on an installation that people work in: nothing of theirs is undone."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Page, Site, WorkflowPage

from portal.contributors.roles import CONTRIBUTORS, EDITORS
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
