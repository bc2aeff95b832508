"""At least nine of ten wanted documents come first, in every language, on the database that the suite runs with."""

import pytest

from portal.search.engines.database import DatabaseEngine
from tests.search.relevance import suite

pytestmark = pytest.mark.django_db
ENOUGH = 0.9


def test_the_wanted_document_comes_first(portal):
    assert suite.load() >= 300
    verdicts = suite.judge(DatabaseEngine().search)
    assert len(verdicts) >= 150
    text = suite.report(verdicts)
    print(f"\n{text}")
    assert min(suite.shares(verdicts).values()) >= ENOUGH, text
