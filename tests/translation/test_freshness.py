"""A translation says whose text it follows; what changed since is told, and a typing error is not a change."""

from datetime import timedelta

import pytest

from portal.publishing.service import publish_new
from portal.translation.models import TranslationState
from tests.builders import fill, make_article, translate, translation_of

pytestmark = pytest.mark.django_db


def state(page):
    return TranslationState.objects.get(page__translation_key=page.translation_key, page__locale__language_code="en")


@pytest.fixture
def article(portal):
    article = make_article("Chè", body="<p>Một câu.</p>")
    translate(article)
    return article


def change(article, **fields):
    for name, value in fields.items():
        setattr(article, name, value)
    publish_new(article, "test")


def test_a_new_translation_follows_its_original(article):
    assert not state(article).is_out_of_date
    # JSON keeps milliseconds
    assert abs(state(article).followed_at - article.last_published_at) < timedelta(milliseconds=1)


def test_a_changed_text_is_noticed_and_a_new_translation_catches_up(article):
    change(article, title="Chè Lai Châu")
    assert state(article).is_out_of_date
    translate(article)
    assert not state(article).is_out_of_date


def test_a_minor_change_is_not_and_the_mark_is_gone_afterwards(article):
    change(article, title="Chè.", minor_change=True)
    assert not state(article).is_out_of_date
    article.refresh_from_db()
    assert not article.minor_change
    assert not article.get_latest_revision_as_object().minor_change
    change(article, title="Chè khác hẳn")
    assert state(article).is_out_of_date


def test_a_minor_change_does_not_hide_an_earlier_one(article):
    change(article, title="Chè khác hẳn")
    change(article, title="Chè khác hẳn.", minor_change=True)
    assert state(article).is_out_of_date


def test_what_was_changed_between_translating_and_approving_is_noticed(article):
    """The approved translation follows the text it was made from, not the one of the hour of approval."""
    change(article, title="Bản hai")
    translation = translation_of(article, "en")
    fill(translation)
    translation.save_target(publish=False)
    revision = translation.get_target_instance().latest_revision
    change(article, title="Bản ba")
    from portal.publishing.approvals import system_approval

    with system_approval("test"):
        revision.publish()
    assert state(article).is_out_of_date


def test_going_back_to_the_followed_text_makes_it_fresh_again(article):
    change(article, title="Khác")
    assert state(article).is_out_of_date
    change(article, title="Chè")
    assert not state(article).is_out_of_date
