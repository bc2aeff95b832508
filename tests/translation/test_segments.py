"""Segments written in bulk are the ones that wagtail-localize itself would write."""

import hashlib
import inspect

import pytest
from wagtail_localize import models
from wagtail_localize.models import TranslationSource

from portal.translation.segments import _IDENTITY, refresh_segments
from tests.builders import make_article, translation_of

pytestmark = pytest.mark.usefixtures("portal")

LONG = (
    '<p>Một <b>hai</b> <a href="https://laichau.gov.vn/">ba</a>.</p>'
    "<ul><li>Bốn</li><li>Bốn</li></ul><p>Năm &amp; sáu</p>"
)


def upstream_refresh():
    """The function that ours stands in for, compiled from the package: the class itself holds ours."""
    source = inspect.getsource(models)
    start = source.index("    @transaction.atomic\n    def refresh_segments(self):")
    text = source[start : source.index("    def export_po(self):", start)]
    return inspect.cleandoc("\n" + text), text


def rows(source) -> dict:
    found = {}
    for model, names in _IDENTITY.items():
        segments = model.objects.filter(source=source)
        found[model] = sorted(map(repr, segments.values_list("context__path", "context__field_path", "order", *names)))
    return found


@pytest.fixture
def source(portal):
    page = make_article(body=LONG, summary="Tóm tắt", source="Nguồn")
    return translation_of(page, "en").source


def test_ours_is_in_place():
    assert TranslationSource.refresh_segments is refresh_segments


def test_the_upstream_function_is_the_one_that_was_read():
    """If this fails, read wagtail-localize's refresh_segments again before changing the digest."""
    _clean, text = upstream_refresh()
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == "04bf8fd73c2250b0"


def test_both_write_the_same_rows(source):
    ours = rows(source)
    assert all(ours[model] for model in list(_IDENTITY)[:2])
    for model in _IDENTITY:
        model.objects.filter(source=source).delete()
    models.TranslationContext.objects.filter(object_id=source.object_id).delete()
    clean, _text = upstream_refresh()
    namespace = dict(vars(models))
    exec(compile(clean, "upstream", "exec"), namespace)
    namespace["refresh_segments"](source)
    assert rows(source) == ours


def test_what_stayed_keeps_its_row_and_what_went_is_gone(source):
    kept = {row.string.data: row.pk for row in source.stringsegment_set.select_related("string")}
    page = source.get_source_instance()
    page.summary = ""
    page.source = "Nguồn khác"
    page.save()
    source.update_from_db()
    now = {row.string.data: row.pk for row in source.stringsegment_set.select_related("string")}
    assert "Tóm tắt" not in now and "Nguồn" not in now
    assert "Nguồn khác" in now
    assert now["Chè Lai Châu"] == kept["Chè Lai Châu"]


def test_refreshing_asks_few_questions(source, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        source.update_from_db()
