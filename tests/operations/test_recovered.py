"""What lies outside of the database after it went back to an earlier moment: sessions, caches, the search server."""

from importlib import import_module

import pytest
from django.conf import settings as portal_settings
from django.contrib.sessions.models import Session
from django.core.management import call_command

from portal.publishing.generation import current
from portal.search.engines import outbox
from portal.search.models import SearchChange
from portal.search.signals import prepare_database


@pytest.mark.parametrize("server", ["", "http://127.0.0.1:9"])
def test_sessions_caches_and_indices_begin_anew(portal, settings, server):
    settings.ELASTICSEARCH_URL = server
    store = import_module(portal_settings.SESSION_ENGINE).SessionStore()
    store.save()
    SearchChange.objects.create(key="page:1", language="vi")  # of that moment: its number has been used since
    before = current()
    call_command("recovered")
    assert not Session.objects.exists() and current() != before
    told = sorted(outbox.of_whole_languages().values())
    assert told == sorted(code for code, _name in settings.LANGUAGES) * bool(server)


def test_a_deploy_after_it_does_not_hide_that_everything_is_to_be_told(portal, settings):
    from django.apps import apps

    outbox.remove()  # no server so far
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    for _deploy in (1, 2):
        prepare_database(sender=apps.get_app_config("portal_search"), using="default")
    assert len(outbox.of_whole_languages()) == len(settings.LANGUAGES)
