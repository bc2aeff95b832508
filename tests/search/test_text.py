"""Folding and taking queries apart: pure functions, no database."""

import unicodedata

import pytest

from portal.search.terms import Term, parse
from portal.search.text import fold, index_text, marked, plain


@pytest.mark.parametrize(
    "typed",
    ["Lai Châu", "LAI CHÂU", "lai chau", unicodedata.normalize("NFD", "Lai Châu"), "Ｌａｉ　Ｃｈａｕ"],
)
def test_however_it_is_typed_it_is_one_text(typed):
    assert fold(typed).split() == ["lai", "chau"]


def test_d_with_a_stroke_is_a_d():
    assert fold("Đường đèo Ô Quy Hồ") == "duong deo o quy ho"


@pytest.mark.parametrize(
    "one,other", [("hòa", "hoà"), ("Thủy", "THUỶ"), ("khoẻ", unicodedata.normalize("NFD", "khỏe"))]
)
def test_the_place_of_the_tone_mark_does_not_matter(one, other):
    assert marked(one) == marked(other) != ""


def test_different_marks_stay_different_words():
    assert len({marked(word) for word in ("ma", "má", "mà", "mạ", "mả", "mã", "mâ")}) == 7
    assert marked("ma") == ""


def test_words_with_marks_follow_the_folded_words():
    assert index_text("Tỉnh Lai Châu") == f" tinh lai chau {marked('tỉnh')} châu "


def test_han_runs_give_pairs_and_their_last_character():
    assert index_text("越南莱州省GDP") == " 越南 南莱 莱州 州省 省 gdp "
    assert index_text("茶") == " 茶 "


def test_nothing_readable_gives_nothing():
    assert index_text("—!? \u0301") == "" == index_text("")


def test_stored_text_has_no_control_characters():
    assert plain("Lai\x00 \x07Cha\u0302u\u00ad\u200b\n x") == "Lai Châu x"


def test_words_of_a_query():
    assert parse("lai Châu t").words == (Term("lai", True), Term("chau", False, "châu"), Term("t"))
    assert parse("莱州").words == (Term("莱州"),)
    assert parse("茶").words == (Term("茶", True),)
    assert parse("2025 kế hoạch").words[0] == Term("2025")


def test_the_last_word_may_be_unfinished():
    assert parse("lai ch").words[-1] == Term("ch", True)
    assert parse("ch lai").words[0] == Term("ch")


def test_quotes_ask_for_words_as_they_stand():
    terms = parse('chè "cửa khẩu" 莱州')
    assert terms.phrases == (" cua khau ",)
    assert Term("khau", False, marked("khẩu")) in terms.words
    assert parse('"border').phrases == ()
    for quoted in (
        "“lai châu”",
        "„lai châu“",
        "„lai châu”",
        "＂lai châu＂",
        "『lai châu』",
        "「lai châu」",
        "»lai châu«",
    ):
        assert parse(quoted).phrases == (" lai chau ",), quoted


@pytest.mark.parametrize(
    "odd", ["", " ", "AND (", "*", "\\", '"', "''", "NEAR(", "col:", "-x", "^", "{}", "😀", "%_", "\u202eabc"]
)
def test_operators_mean_nothing(odd):
    assert all(term.folded.isalnum() for term in parse(plain(odd)).words)
