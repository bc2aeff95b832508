"""A small tree of content files to load, and to spoil."""

import shutil
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import transaction
from django.test.utils import override_settings

from news.models import ArticlePage
from tests.site.conftest import demo, site  # noqa: F401 (fixtures: the complete demo content)

SMALL = Path(__file__).parent / "small"


def article(code: str = "vi") -> ArticlePage:
    return ArticlePage.objects.get(slug="mua-che", locale__language_code=code)


def value(page, kind: str):
    """The value of a page's first block of a kind."""
    return next(block.value for block in page.body if block.block_type == kind)


@pytest.fixture
def tree(tmp_path) -> Path:
    """A copy of the small tree that a test may change."""
    return Path(shutil.copytree(SMALL, tmp_path / "content"))


@pytest.fixture
def edit(tree):
    """`edit("vi", "old", "new")`: change the news article's file in one language."""

    def change(language: str, old: str, new: str, name: str = "news/demo/tin-tuc-su-kien/mua-che") -> None:
        file = tree / f"{name}.{language}.md"
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new, 1))

    return change


@pytest.fixture
def load(tree, capsys, settings, tmp_path):
    """Run the command on the small tree; returns what it printed."""
    settings.MEDIA_ROOT = tmp_path / "media"

    def run(**options) -> str:
        call_command("load_demo", root=tree, **options)
        return capsys.readouterr().out

    return run


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The portal with the small tree, loaded once for a module whose tests change nothing."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        # Nothing here is ever committed, so what waits for a commit runs at once.
        patch.setattr(transaction, "on_commit", lambda function, using=None, robust=False: function())
        for alias in caches:
            caches[alias].clear()
        with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
            call_command("load_demo", root=SMALL, verbosity=0)
            yield
        transaction.set_rollback(True)
    for alias in caches:
        caches[alias].clear()
