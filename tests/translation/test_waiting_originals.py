"""The languages of a new text go out together: what is approved and waits is translated before it is public."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from portal.publishing.bundles import add_to_bundle, problems_of, publish_bundle
from portal.publishing.models import Bundle
from portal.publishing.schedule import run_due
from portal.translation.desk.board import OriginalState
from portal.translation.gate import send_for_review
from tests.builders import approve, fill, locale, make_article, make_staff, pass_an_hour, submit, text_block

pytestmark = pytest.mark.django_db
TRANSLATORS = {"en": ("translator_en", "reader_en"), "zh-hans": ("translator_zh", "reader_zh")}


@pytest.fixture
def staff(portal):
    return make_staff()


def write(article, staff, text: str, **fields) -> None:
    """A draft of a text, through its review."""
    article.body = article.body.stream_block.to_python([text_block(f"<p>{text}</p>")])
    for name, value in fields.items():
        setattr(article, name, value)
    article.save_revision(user=staff["contributor"])
    submit(article, staff["contributor"])
    approve(article, staff["editor"], staff["reviewer"])


@pytest.fixture
def article(staff):
    return make_article("Lễ hội", publish=False)


@pytest.fixture
def bundle(article, staff):
    bundle = Bundle.objects.create(name="Lễ hội", created_by=staff["editor"])
    add_to_bundle(bundle, [article], staff["editor"])
    return bundle


def queue(client, staff, code: str) -> list[str]:
    client.force_login(staff[TRANSLATORS[code][0]])
    return [row.title for row in client.get(reverse("translation_desk", args=[code])).context["table"].data]


def begin(client, staff, article, code: str):
    client.force_login(staff[TRANSLATORS[code][0]])
    client.post(reverse("translation_start", args=[article.pk, code]))
    return Page.objects.filter(translation_key=article.translation_key, locale=locale(code), alias_of=None).first()


def passages(article) -> set[str]:
    segments = record_of_known(article, "en").source.stringsegment_set
    return set(segments.values_list("string__data", flat=True))


def record_of_known(article, code: str):
    from wagtail_localize.models import Translation

    return Translation.objects.get(source__object_id=article.translation_key, target_locale=locale(code))


def finish(article, staff, code: str) -> None:
    """The translator's and the second reader's work."""
    translator, reader = (staff[name] for name in TRANSLATORS[code])
    record = record_of_known(article, code)
    fill(record, user=translator, text=lambda source: f"{code} {source}")
    approve(send_for_review(record, translator), reader)


def test_three_languages_of_a_new_text_go_out_together(client, staff, article, bundle):
    assert queue(client, staff, "en") == [], "a draft is not translated"
    assert begin(client, staff, article, "en") is None
    write(article, staff, "Bản thứ nhất.")
    assert not Page.objects.get(pk=article.pk).live
    for code in TRANSLATORS:
        assert queue(client, staff, code) == ["Lễ hội"]
        page = begin(client, staff, article, code)
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
        assert bundle.items.filter(page=page).exists(), "it joins the text it translates"
        assert queue(client, staff, code) == ["Lễ hội"]
    assert "Bản thứ nhất." in passages(article), "what was approved, not the first draft"
    assert len(problems_of(bundle)) == 2
    for code in TRANSLATORS:
        finish(article, staff, code)
        assert queue(client, staff, code) == [], "done, waits for the others"
    assert problems_of(bundle) == []
    publish_bundle(bundle, staff["editor"])
    live = Page.objects.filter(translation_key=article.translation_key, live=True, alias_of=None)
    assert set(live.values_list("locale__language_code", flat=True)) == {"vi", "en", "zh-hans"}
    assert not any(page.translation_state.is_out_of_date for page in live.exclude(locale=locale("vi")))


def test_what_is_approved_anew_reaches_the_translators(client, staff, article, bundle):
    write(article, staff, "Bản thứ nhất.")
    begin(client, staff, article, "en")
    finish(article, staff, "en")
    assert queue(client, staff, "en") == []
    article = Page.objects.get(pk=article.pk).specific.get_latest_revision_as_object()
    write(article, staff, "Bản thứ hai.")
    assert "Bản thứ hai." in passages(article)
    assert queue(client, staff, "en") == ["Lễ hội"]


def test_a_text_that_waits_for_its_hour_goes_out_with_its_translation(client, staff, article):
    write(article, staff, "Đúng giờ.", go_live_at=timezone.now() + timedelta(hours=1))
    assert queue(client, staff, "en") == ["Lễ hội"]
    english = begin(client, staff, article, "en")
    finish(article, staff, "en")
    assert queue(client, staff, "en") == []
    assert not Page.objects.get(pk=english.pk).live
    assert run_due() == (0, 0)
    pass_an_hour(article, english)
    assert run_due() == (2, 0)
    assert Page.objects.get(pk=english.pk).live


def test_the_table_and_the_columns_show_it(client, staff, article, bundle):
    write(article, staff, "Bản thứ nhất.")
    client.force_login(staff["editor"])
    page = client.get(reverse("translation_states"), {"title": "Lễ hội"})
    [row] = page.context["table"].data
    assert row.own == OriginalState.WAITS
    assert all(cell.start_url for cell in row.cells)
    client.force_login(staff["translator_en"])
    shown = client.get(reverse("translation_frame", args=[article.pk, "draft"])).content.decode()
    assert "Bản thứ nhất." in shown
    Page.objects.get(pk=article.pk).specific.save_revision(user=staff["contributor"])  # a newer draft is nobody's yet
    assert queue(client, staff, "en") == []
