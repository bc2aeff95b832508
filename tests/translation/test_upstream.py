"""What the portal changes inside Wagtail and wagtail-localize is still there, and still what it was."""

import hashlib
import inspect

import pytest
from wagtail.admin import auth
from wagtail.admin.views.generic.workflow import BaseWorkflowFormView
from wagtail.models import Page
from wagtail_localize import models
from wagtail_localize.views import edit_translation
from wagtail_localize.views.update_translations import UpdateTranslationsView

from portal.publishing.permissions import PortalPagePermissionTester
from portal.translation import upstream
from portal.translation.records import may_edit
from tests.builders import make_staff, news

DIGESTS = {
    models.post_save_string_translation: "9ffe5f167c48367b",
    models.Translation.import_po: "d06f3927b1ee01dc",
    models.StringTranslation.save: "3e5d24e8b277d6f6",
    models.StringTranslation.get_error: "4519cdef67b9fe75",
    auth.require_admin_access: "4f09342d152b7a42",
    edit_translation.upload_pofile: "9cf1ffceecbb6b7d",
    edit_translation.stop_translation: "cd7d768fdc9b5336",
    upstream._upstream_form_valid: "314e2852e1a71133",
    upstream._upstream_check_action: "af7c4118fd7943f0",
    upstream._upstream_permission_denied: "0a2f47e25b7d14c5",
}


@pytest.mark.parametrize("function", DIGESTS, ids=lambda function: function.__qualname__)
def test_upstream_is_the_version_ours_was_written_for(function):
    """If this fails, read what changed in Wagtail or wagtail-localize, mend portal/translation/, then the digest."""
    source = inspect.getsource(inspect.unwrap(function))
    assert hashlib.sha256(source.encode()).hexdigest()[:16] == DIGESTS[function]


def test_the_changes_are_in_place():
    assert BaseWorkflowFormView.check_action is upstream.check_action
    assert auth.permission_denied is upstream.permission_denied
    assert UpdateTranslationsView.form_valid is upstream.form_valid
    assert edit_translation.render is upstream.render
    assert edit_translation.user_can_edit_instance is may_edit


def test_wagtails_editor_script_still_reads_what_we_give_it():
    """The bar stands in for this footer; the passages' addresses are asked for as they are given."""
    from django.contrib.staticfiles import finders

    script = open(finders.find("wagtail_localize/js/wagtail-localize.js")).read()
    for word in ("canPublish", "editUrl", "stopTranslationUrl", "footer w-grid"):
        assert word in script


@pytest.mark.django_db
def test_pages_fetched_without_their_type_obey_the_portals_rules(portal):
    page = Page.objects.get(pk=news().pk)
    tester = page.permissions_for_user(make_staff()["admin"])
    assert isinstance(tester, PortalPagePermissionTester)
    assert not tester.can_publish()
