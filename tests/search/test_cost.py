"""What one question may cost: counted in work, never in time."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.names import table
from portal.search import ranking
from portal.search.engines import get_engine
from portal.search.engines.database import RANKED
from portal.search.models import SearchEntry, Word
from portal.search.starting_synonyms import load_synonyms
from portal.search.suggestions import _suggest
from portal.search.vocabulary import remember
from tests.search.relevance.suite import REGISTER

pytestmark = pytest.mark.django_db
FEW, MANY = 500, 5_000


def add_rows(numbers: range) -> None:
    """Rows that all have the same common words."""
    SearchEntry.objects.bulk_create(
        [
            SearchEntry(
                key=f"record:{number}",
                language="vi",
                kind="page",
                title=f"Lai Châu {number}",
                path="/vi/",
                folded_title=f" lai chau {number} ",
                folded=f" lai chau {number} tin tuc ",
            )
            for number in numbers
        ],
        batch_size=500,
    )


def steps_of(ask, text: str) -> int:
    """How many thousands of instructions SQLite's machine takes for a question."""
    count = 0

    def one_more():
        nonlocal count
        count += 1

    connection.connection.set_progress_handler(one_more, 1000)
    try:
        ask(text)
    finally:
        connection.connection.set_progress_handler(None, 0)
    return count


@pytest.mark.parametrize("portal", ["database"], indirect=True)
def test_ten_times_the_rows_are_at_most_ten_times_the_work(ask, monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("counts the steps of SQLite")
    ranked = []
    in_order = ranking.in_order
    monkeypatch.setattr(ranking, "in_order", lambda some, *rest: ranked.append(len(some)) or in_order(some, *rest))
    add_rows(range(FEW))
    few = {text: steps_of(ask, text) for text in ("lai chau", "lai", "chau tin", '"lai chau"', "lai chao")}
    add_rows(range(FEW, MANY))
    for text, before in few.items():
        assert steps_of(ask, text) <= 12 * before + 100, text
    assert max(ranked) <= RANKED, "only the best are ordered in Python"


@pytest.mark.parametrize("portal", ["database"], indirect=True)
@pytest.mark.parametrize("text", ["dao hiem 7", "dao hiemm", "daohiem", "qxyz"])
def test_what_few_rows_have_costs_the_same_among_ten_times_as_many(ask, text):
    """Neither the rows of a language nor its words are gone through to find a few."""
    if connection.vendor != "sqlite":
        pytest.skip("counts the steps of SQLite")

    def add(numbers: range) -> None:
        add_rows(numbers)
        forms = [f"tu{number}" for number in numbers]
        Word.objects.bulk_create([Word(language="vi", form=one, folded=one, root=one, sound=one) for one in forms])

    rare = SearchEntry(
        key="rare", language="vi", kind="page", title="Đảo hiếm 7", path="/vi/", folded_title=" dao hiem 7 "
    )
    rare.folded = rare.folded_title
    rare.save()
    remember([rare])
    add(range(FEW))
    before = steps_of(ask, text), steps_of(lambda part: _suggest(part, "vi"), text)
    add(range(FEW, MANY))
    after = steps_of(ask, text), steps_of(lambda part: _suggest(part, "vi"), text)
    # Counting the rows of a language, for what a word tells, is all that may grow.
    assert after[0] <= 2 * before[0] + 40 and after[1] <= 1.5 * before[1] + 5, (before, after)


LONG = (
    "nai chau xuoi tranh giay " * 8,
    "lai chau " * 20,
    "tin tuc " * 25,
    "莱州" * 100,
    "a b c d e f g h i j " * 10,
    "chaau thaap suoos ddaats " * 8,
    "pusamcap lichaus xuoitien " * 7,
    "laizhou mao lutang chadian " * 7,
    "how many centers organize tea festivls " * 5,
    "莱州 lai châu tea 口岸 ql12 " * 7,
    '"lai chau" ' * 18,
    "laichau" * 28,
    "1 2 3 4 5 6 7 8 9 0 " * 10,
    "x",
    "茶",
    "blockchain lai chau",
    "huyện tam đường sở thông tin và truyền thông",
)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_question_is_bounded_however_long_it_is(ask, committed, language):
    """Few queries, and the server takes it: what has more clauses than it allows would be left to the database."""
    with committed():
        add_rows(range(20))
        assert table.read(REGISTER.read_bytes()).ok
        load_synonyms()
    for other, _name in settings.LANGUAGES:  # names and synonyms are kept in memory, each language's its own
        ask("lai chau", other)
    for text in LONG:
        with CaptureQueriesContext(connection) as captured:
            assert ask(text[:200], language).engine == get_engine().name, text
        assert len(captured) <= 12, text
