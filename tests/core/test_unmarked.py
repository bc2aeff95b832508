"""Texts that upstream does not mark are still where we mark them; when upstream marks them, ours go."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.template import engines
from django.utils import translation
from wagtail import hooks

from portal.core import unmarked
from portal.core.unmarked import Loader

pytestmark = pytest.mark.once
UPSTREAM = [Path(app.path) / "templates" for app in apps.get_app_configs() if not app.name.startswith("portal.")]


def test_every_text_is_in_the_template_of_the_library():
    for name, texts in unmarked.TEMPLATES.items():
        source = next(folder / name for folder in UPSTREAM if (folder / name).exists()).read_text()
        assert all(text in source for text, _marked in texts), name
        # Ours may extend the library's, which then is the parent and still the one that is marked.
        read = Loader(engines["django"].engine).get_template(name).source
        assert all(marked in read for _text, marked in texts), name


def test_every_label_is_replaced_and_was_english():
    hooks.search_for_hooks()
    assert len(unmarked.REPLACED) == 13
    assert not [pair for pair in unmarked.REPLACED if pair[0] != pair[1]], "upstream says it otherwise now"
    with translation.override("vi"):
        assert all(label.now() == str(label.text) != label.english for label in unmarked.labels())


@pytest.mark.django_db
def test_an_administrator_reads_them_in_vietnamese(admin_client, portal, django_user_model):
    for address, words in {
        "sites/": ("Số cổng", "Tên trang mạng"),
        "groups/new/": ("Thêm: trang mạng", "Mở khóa"),
        "locales/": ("mục khác",),
    }.items():
        answer = admin_client.get(f"/cms/{address}").content.decode()
        assert all(word in answer for word in words), address


@pytest.mark.django_db
def test_yes_and_no_are_said_in_vietnamese(admin_client, portal):
    table = BeautifulSoup(admin_client.get("/cms/checklist/").content, "html.parser").select_one("table.listing")
    assert {sign.get_text(strip=True) for sign in table.select("td .w-sr-only")} == {"Có"}
