"""How people type: Telex, slips, misspellings, names and synonyms, each on pages that were really published."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.names.models import Name, NameSuccession, NameVariant
from portal.search import spelling
from portal.search.engines.database import weights_of
from portal.search.known import Known
from portal.search.models import Synonyms
from portal.search.query import SearchQuery
from portal.search.small_words import asked_for
from portal.search.text import marked
from portal.search.understanding import understand
from portal.search.understood import foremost
from tests.builders import make_article, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(committed):
    with committed():
        make_article("Suối cá thần", summary="Du khách lý thú", body="<p>Bản làng bên suối.</p>")
        article = make_article("Cửa khẩu biên giới", summary="Giờ mở cửa")
        translate(
            article,
            "en",
            text=lambda source: {"Cửa khẩu biên giới": "Border factories", "Giờ mở cửa": "Investment"}.get(source, "x"),
        )
        translate(
            article,
            "zh-hans",
            text=lambda source: {"Cửa khẩu biên giới": "边境口岸", "Giờ mở cửa": "稀土"}.get(source, "外"),
        )


@pytest.mark.parametrize(
    "typed,language,title",
    [
        ("cuwar khaaru", "vi", "Cửa khẩu biên giới"),
        ("cu73a kha6u3", "vi", "Cửa khẩu biên giới"),
        ("xuối cá", "vi", "Suối cá thần"),
        ("lí thú", "vi", "Suối cá thần"),
        ("cuaw khauu bien gioi", "vi", "Cửa khẩu biên giới"),
        ("factory", "en", "Border factories"),
        ("investmnet", "en", "Border factories"),
        ("investor", "en", "Border factories"),
        ("邊境口岸", "zh-hans", "边境口岸"),
        ("边竟口岸", "zh-hans", "边境口岸"),
        ("bianjing kou'an", "zh-hans", "边境口岸"),
        ("biānjìngkǒu'àn", "zh-hans", "边境口岸"),
        ("bian4jing4 kou3an4", "zh-hans", "边境口岸"),
        ("bian jing", "zh-hans", "边境口岸"),
        ("kou", "zh-hans", "边境口岸"),
        ("请问边境口岸几点开门", "zh-hans", "边境口岸"),
        ("cuakh aubiengioi", "vi", "Cửa khẩu biên giới"),
        ("borderfactory", "en", "Border factories"),
        ("where are the border factories", "en", "Border factories"),
        ("tôi nghe nói cửa khẩu biên giới đông lắm phải xếp hàng", "vi", "Cửa khẩu biên giới"),
        ("muốn đi cửa khẩu thì phải làm thế nào", "vi", "Cửa khẩu biên giới"),
    ],
)
def test_however_it_is_typed(titles, pages, typed, language, title):
    assert titles(typed, language)[:1] == [title]


def test_better_spelling_is_offered_with_accents(ask, pages):
    assert ask("bienn gioi").suggestion == "biên gioi"
    assert ask("bien gioi").suggestion == ""


def test_a_word_that_is_public_no_more_is_never_offered(ask, committed):
    with committed():
        page = make_article("Mật danh Zephyrus")
    assert ask("zephyrrus").suggestion == "Mật danh Zephyrus".split()[-1].lower()
    with committed():
        page.unpublish()
    answer = ask("zephyrrus")
    assert answer.suggestion == "" and answer.hits == []
    assert "zephyrus" not in repr(understand(SearchQuery(text="zephyrrus")))


def test_neither_is_a_name_that_nobody_approved_nor_a_joined_word_of_what_is_withdrawn(ask, committed, pages):
    with committed():
        page = make_article("Khướu Xoan Ghềnh", summary="Cá thần nhảy múa")
        name = Name.objects.create(code="x", kind="place", vi="Bến Thần Nông", zh_hans="神农", en="Than Nong Pier")
        NameVariant.objects.create(name=name, text="Suối cá", language="vi", kind="alias")
    assert ask("khuouxoanghenh").suggestion == "khướu xoan ghềnh"
    assert ask("benthannong").suggestion == ""
    with committed():
        page.unpublish()
        name.approved = True
        name.save()
    assert "khướu" not in ask("cathan khuouxoanghenh").suggestion
    assert ask("benthannong").suggestion == "Bến Thần Nông"


def test_a_spelling_is_offered_only_where_it_finds_something(ask, pages):
    assert ask("bienn zzyzx").suggestion == ""


def test_marks_tell_a_name_from_other_words(titles, committed, pages):
    with committed():
        Synonyms.objects.create(language="vi", words="bí mật\nmật mã")
        make_article("Bị mất giấy tờ")
        make_article("Mật mã cổ")
    assert titles("bị mất")[:1] == ["Bị mất giấy tờ"]
    assert "Mật mã cổ" in titles("bí mật") and "Mật mã cổ" in titles("bi mat")


def test_what_stands_together_counts_with_the_marks_that_were_typed(titles, committed, portal):
    with committed():
        make_article("Lớp học cho cán bộ thôn")
        make_article("Tiêm phòng", body="<p>Bị chó cắn phải rửa vết thương.</p>")
    assert titles("chó cắn") == ["Tiêm phòng", "Lớp học cho cán bộ thôn"]


def test_the_provinces_name_is_not_asked_for_where_other_words_say_what_is(titles, pages, committed):
    with committed():
        Name.objects.create(code="lai-chau", kind="place", vi="Lai Châu")
    assert titles("cửa khẩu ở lai châu") == ["Cửa khẩu biên giới"]
    assert titles("factories in Lai Chau", "en")[:1] == ["Border factories"]
    assert "Cửa khẩu biên giới" not in titles("lai châu")
    assert not titles('cửa khẩu "lai châu"'), "in quotes it is"


def ways(text, language="vi"):
    asked = understand(SearchQuery(text=text, language=language))
    return {" ".join(one.tokens) for group in asked.groups for one in group.alternatives}


def test_a_syllable_without_marks_is_no_synonym_with_marks_where_others_have_some(portal):
    Synonyms.objects.create(language="vi", words="ảnh\nhình")
    Synonyms.objects.create(language="vi", words="phà\nđò")
    assert marked("hình") in ways("ảnh") and marked("hình") in ways("anh dep")
    assert marked("hình") not in ways("tiếng Anh"), "only what was typed"
    assert marked("phà") in ways("đò") and marked("phà") not in ways("thu tuc do ai cap"), "«do» is «by»"
    small = [group for group in understand(SearchQuery(text="thủ tục do ai cấp")).groups if group.small]
    assert [group.alternatives[0].tokens for group in small] == [("do",)]


def test_only_in_english_may_is_a_month(portal):
    assert not any(
        group.is_day
        for text in ("2 máy bay", "10 may xuc", "may 10")
        for group in understand(SearchQuery(text=text)).groups
    )
    assert "2 may" in ways("May 2", "en")


def test_words_that_only_look_alike_are_no_relatives(committed, portal):
    words = {"Cửa khẩu biên giới": "Socialist flower", "Giờ mở cửa": "Investor"}
    with committed():
        translate(make_article("Cửa khẩu biên giới", summary="Giờ mở cửa"), text=lambda source: words.get(source, "x"))
    assert "investor" in ways("invest", "en")
    assert "socialist" not in ways("social", "en") and "flower" not in ways("flow", "en")


@pytest.fixture
def english(committed):
    """English articles with these titles."""

    def make(*titles):
        with committed():
            for title in titles:
                translate(make_article(f"Bài {title}"), text=lambda source, title=title: title)

    return make


def test_english_words_are_neither_telex_nor_syllables(english, portal):
    english("Law of the sea", "Man and go, pa or da", "Da Lat and Ta Leng", "Pu Sam Cap", "Night market")
    assert "la" not in {word for way in ways("laws", "en") for word in way.split()}
    for typed in ("mango", "data", "pagoda"):
        assert not any(" " in way for way in ways(typed, "en")), typed
    assert {"pu", "sam", "cap"} <= ways("pusamcap", "en") and "ta leng" in ways("taleng", "en")
    assert {"night", "market"} <= ways("nightmarket", "en")


def test_us_is_a_country_only_in_capitals_that_tell(portal):
    Synonyms.objects.create(language="en", words="United States\nUS\nAmerica")
    Synonyms.objects.create(language="en", words="electric vehicle\nEV")
    for typed in ("US visa", "US", "united states"):
        assert "america" in ways(typed, "en"), typed
    for typed in ("contact us", "Contact us", "CONTACT US"):
        assert "america" not in ways(typed, "en"), typed
    assert "electric vehicle" in ways("ev charging", "en"), "what is no small word need not be in capitals"


def test_another_inflection_is_no_better_spelling(english, portal):
    english("Tax break", "Tax breaks")
    asked = understand(SearchQuery(text="tax breaks", language="en"))
    assert asked.corrections == () and "incentives" in ways("tax breaks", "en")


def test_small_words_leave_room_for_what_is_asked_for(portal):
    text = "how can i or my and the of in on at to for from by with is are was were be been am tea garden museum bridge"
    asked = understand(SearchQuery(text=text, language="en"))
    words = [group.alternatives[0].tokens[0] for group in asked.required]
    assert words == ["tea", "garden", "museum", "bridge"]
    assert foremost(asked.groups, 4) == list(asked.required)
    assert asked.neighbours[0] == ("tea", "garden") and ("of", "in") in asked.neighbours[3:]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("permits", "permit", True),
        ("running", "ran", True),
        ("built", "buildings", True),
        ("policies", "policy", True),
        ("women", "woman", True),
        ("people", "personal", False),
        ("competition", "competitiveness", False),
    ],
)
def test_inflections_count_more_than_what_else_is_made_of_a_word(one, other, same):
    assert spelling.root(one, "en") == spelling.root(other, "en") and spelling.same_word(one, other) is same


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("pay", "Payment of fees"),
        ("marry", "Registering a marriage"),
        ("apply", "Guide for applicants"),
        ("eat", "What they ate"),
        ("where can I chnage yuan", "Changing yuan"),
        ("how can I study in Yunnan free of charge", "Students of Yunnan"),
    ],
)
def test_english_is_found_by_relatives_and_by_a_part_of_the_question(english, titles, typed, title):
    english("Payment of fees", "Registering a marriage", "Guide for applicants", "What they ate", "Changing yuan")
    english("Students of Yunnan")
    assert titles(typed, "en")[:1] == [title]


def test_what_fewer_entries_have_says_more(english, portal):
    english(*(f"Forest {word}" for word in ("rangers", "paths", "orchids", "honey")))
    forest, orchids = weights_of(understand(SearchQuery(text="forest orchids", language="en")).required, "en")
    assert orchids > forest >= 1


@pytest.mark.parametrize(
    ("text", "language", "asks"),
    [
        ("khách sạn có thang máy", "vi", False),
        ("nên đi tháng mấy", "vi", True),
        ("đi sìn hồ tháng mấy", "vi", True),
        ("when does the bus go to Hanoi", "en", False),
        ("when should I come", "en", True),
        ("when is a good time to go", "en", True),
    ],
)
def test_only_who_asks_for_a_season_is_told_of_the_weather(text, language, asks):
    hints = [word for words in asked_for(text, language) for word in words]
    assert bool({"khí hậu", "climate"} & set(hints)) == asks


def test_a_name_that_goes_while_the_register_is_read_stops_nobody(portal, committed):
    with committed():
        old = Name.objects.create(code="old", kind="office", vi="Nha Khí Tượng", ended_on=date(2025, 3, 1))
        new = Name.objects.create(code="new", kind="office", vi="Sở Thời Tiết")
        NameSuccession.objects.create(name=old, successor=new)
    went = []

    def going(execute, sql, *arguments):
        if 'FROM "names_name" ORDER BY' in sql and not went:
            went.append(Name.objects.filter(pk=new.pk)._raw_delete("default"))
        return execute(sql, *arguments)

    with connection.execute_wrapper(going):
        assert "so thoi tiet" not in ways("nha khi tuong") and went
    NameSuccession.objects.all().delete()
    assert "nha khi tuong" in ways("nha khi tuong")


def test_names_that_were_half_taken_over_are_read_anew(portal, committed, monkeypatch):
    with committed():
        name = Name.objects.create(code="a", kind="office", vi="Nha Khí Tượng", en="Weather House")
        Name.objects.create(code="b", kind="office", vi="Sở Mây Mưa", en="House of Clouds")
    assert "weather house" in ways("nha khi tuong")
    with committed():
        name.delete()
    with monkeypatch.context() as patched:
        patched.setattr(Known, "add", lambda *_arguments: 1 / 0)  # behind all that was removed
        with pytest.raises(ZeroDivisionError):
            ways("nha khi tuong")
    assert "weather house" not in ways("nha khi tuong") and "house of clouds" in ways("so may mua")


@pytest.mark.parametrize("typed", ["20/8/2026", "August 20, 2026", "20 Aug", "20-08-2026"])
def test_a_day_is_found_however_it_is_written(titles, committed, portal, typed):
    words = {"Cửa khẩu biên giới": "Bids are opened on 20 August", "Giờ mở cửa": "On 2 August 2020"}
    with committed():
        for title in words:
            translate(make_article(title), text=lambda source: words.get(source, "x"))
    assert titles(typed, "en") == ["Bids are opened on 20 August"]


def test_only_changed_names_are_read_anew_and_all_of_them(portal, committed):
    with committed():
        old = Name.objects.create(code="old", kind="office", vi="Nha Khí Tượng", ended_on=date(2025, 3, 1))
        new = Name.objects.create(code="new", kind="office", vi="Sở Thời Tiết")
        other = Name.objects.create(code="other", kind="office", vi="Ban Mây Mưa")
        NameSuccession.objects.create(name=old, successor=new)
    assert "so thoi tiet" in ways("nha khi tuong") and "may mua" not in ways("so thoi tiet")
    with committed():
        new.vi = "Sở Gió Bão"
        new.save()
    assert "so gio bao" in ways("nha khi tuong") and "so thoi tiet" not in ways("nha khi tuong")
    with committed():
        NameSuccession.objects.update(successor=other)
        old.save()
    assert "ban may mua" in ways("nha khi tuong") and "so gio bao" not in ways("nha khi tuong")
    with committed():
        other.delete()
    assert ways("nha khi tuong") >= {"nha khi tuong"} and "ban may mua" not in ways("nha khi tuong")


def test_british_and_american_english_are_the_same(titles, committed, portal):
    words = {"Cửa khẩu biên giới": "Labour centre", "Giờ mở cửa": "Organised travelling"}
    with committed():
        translate(make_article("Cửa khẩu biên giới", summary="Giờ mở cửa"), text=lambda source: words.get(source, "x"))
    for typed in ("labor center", "labour centre", "organizing", "traveling", "organizd"):
        assert titles(typed, "en") == ["Labour centre"], typed


def test_an_office_is_found_by_the_name_of_the_one_before_it(titles, committed, portal):
    with committed():
        make_article("Tin của Nha Mới")
        new = Name.objects.create(code="a", kind="office", vi="Nha Mới")
        old = Name.objects.create(code="b", kind="office", vi="Sở Bưu điện Cũ")
        NameSuccession.objects.create(name=old, successor=new)
    assert titles("so buu dien cu") == ["Tin của Nha Mới"]


def test_a_new_name_works_at_once_and_in_every_language(titles, pages, committed):
    assert titles("Trans Gate", "vi") == []
    with committed():
        name = Name.objects.create(code="x", kind="place", vi="Cửa khẩu biên giới", en="Trans Gate")
    assert titles("Trans Gate", "vi") == ["Cửa khẩu biên giới"]
    with committed():
        name.delete()
    assert titles("Trans Gate", "vi") == []


ROADS = {"Sạt lở quốc lộ 12", "Sạt lở QL12, quốc lộ chính"}
LINES = {"Đường dây 220 kV và trạm", "Đường dây tải 220kV"}
AREAS = {"Quy hoạch 26.669 ha", "Quy hoạch 26669 ha"}


@pytest.mark.parametrize(
    "typed,wanted",
    [
        ("QL 12", ROADS),
        ("220kV", LINES),
        ("220 KV", LINES),
        ("duongday220kv", LINES),
        ("26669", AREAS),
        ("26.669 ha", AREAS),
    ],
)
def test_numbers_are_found_joined_or_apart(titles, committed, portal, typed, wanted):
    with committed():
        Synonyms.objects.create(language="vi", words="quốc lộ\nQL")
        make_article("Quốc lộ 4D", body="<p>Dài 12 cây số, 220 cột, 26 ha.</p>")
        for title in (*ROADS, *LINES, *AREAS):
            make_article(title)
    assert set(titles(typed)[:2]) == wanted
    assert titles("quoclo12")[0] == "Sạt lở quốc lộ 12"


def test_what_a_question_asks_for_without_naming_it_comes_first(titles, committed, portal):
    with committed():
        make_article("Chợ phiên Lai Châu", body="<p>Bán rau, bán vải.</p>")
        make_article("Lai Châu trên bản đồ", summary="Vị trí ở Tây Bắc")
        make_article("Thời tiết Lai Châu", body="<p>Mùa đông lạnh.</p>")
    found = titles("Lai Châu ở đâu")
    assert found.index("Lai Châu trên bản đồ") < found.index("Thời tiết Lai Châu")


def test_the_page_that_is_called_so_comes_before_those_that_speak_of_it(titles, committed, portal):
    with committed():
        gate = Name.objects.create(code="gate", kind="place", vi="Cửa khẩu Pa Tần", en="Pa Tan gate")
        NameVariant.objects.create(name=gate, kind="alias", language="vi", text="Pa Tần")
        make_article("Cửa khẩu Pa Tần")
        make_article("Hai năm ở cửa khẩu Pa Tần", summary="Cửa khẩu Pa Tần đón khách", body="<p>Cửa khẩu Pa Tần.</p>")
    for typed in ("cửa khẩu pa tần", "cua khau pa tan", "Pa Tần", "patan", "cua khau pa than"):
        assert titles(typed)[0] == "Cửa khẩu Pa Tần", typed
    assert understand(SearchQuery(text="cua khau pa than")).corrections == ("Cửa khẩu Pa Tần",)


def test_a_chinese_title_may_begin_with_the_province(titles, committed, portal):
    with committed():
        for title in ("Cửa khẩu", "Khu kinh tế"):
            chinese = {"Cửa khẩu": "越南莱州省巴丹口岸", "Khu kinh tế": "巴丹口岸经济区"}[title]
            translate(make_article(title), "zh-hans", text=lambda source, chinese=chinese: chinese)
    assert titles("巴丹口岸", "zh-hans") == ["越南莱州省巴丹口岸", "巴丹口岸经济区"]


def test_a_synonym_of_one_syllable_is_meant_with_its_marks(titles, committed, portal):
    with committed():
        Synonyms.objects.create(language="vi", words="chè\ntrà")
        make_article("Vùng trà xanh")
        make_article("Tra cứu hồ sơ, kiểm tra giấy tờ")
    assert titles("chè") == titles("che") == ["Vùng trà xanh"]


def test_of_an_abolished_district_first_what_has_its_full_name(titles, committed, portal):
    with committed():
        district = Name.objects.create(
            code="district", kind="unit", vi="Huyện Pa Tần", en="Pa Tan District", ended_on=date(2025, 7, 1)
        )
        NameVariant.objects.create(name=district, kind="alias", language="vi", text="Pa Tần")
        make_article("Pa Tần mở đường", summary="Đường vào Pa Tần")
        make_article("Tên cũ và tên mới", body="<p>Tra cứu huyện Pa Tần trong giấy tờ cũ.</p>")
        make_article("Y tế Pa Tần")
    for typed in ("huyen pa tan", "huyện Pa Tần"):
        first, *others = titles(typed)
        assert first == "Tên cũ và tên mới" and len(others) == 2


def test_synonyms_work_at_once_in_their_language_only(titles, ask, pages, committed):
    with committed():
        Synonyms.objects.create(language="vi", words="làn ranh quốc gia\nbiên giới")
    assert titles("lan ranh quoc gia") == ["Biển đảo - Biên giới", "Cửa khẩu biên giới"]
    assert ask("lan ranh quoc gia", "en").translated_from == "vi"


def test_expressions_are_inflected_and_their_words_stand_together(titles, committed, pages):
    with committed():
        Synonyms.objects.create(language="en", words="trade shed\nborder factory")
        Synonyms.objects.create(language="vi", words="chốn thuỷ cung\nbản thần")
    assert titles("trade sheds", "en") == ["Border factories"]
    assert titles("chon thuy cung") == []  # «bản» and «thần» are there, but apart
    with committed():
        Synonyms.objects.create(language="vi", words="chốn thuỷ cung\nlý thú")
    assert titles("chon thuy cung") == ["Suối cá thần"]


def test_former_names_are_told_and_unapproved_ones_are_not(committed, portal):
    with committed():
        new = Name.objects.create(code="a", kind="place", vi="Nơi Mới", zh_hans="新地", en="New Place", approved=True)
        old = Name.objects.create(
            code="b", kind="unit", vi="Huyện Cũ Xưa", zh_hans="旧县", en="Old District", approved=True,
            ended_on=date(2025, 7, 1),
        )  # fmt: skip
        NameSuccession.objects.create(name=old, successor=new)
        NameVariant.objects.create(name=new, text="Chốn Tên Xưa", language="vi", kind="former")
        Name.objects.create(code="c", kind="unit", vi="Huyện Kín Đáo", en="Hidden", ended_on=date(2025, 7, 1))
        quiet = Name.objects.create(code="d", kind="place", vi="Làng Mới Tinh")
        NameVariant.objects.create(name=quiet, text="Làng Chưa Duyệt", language="vi", kind="former")
    (notice,) = understand(SearchQuery(text="huyen cu xua")).notices
    assert (notice.former, notice.ended, notice.successors) == ("Huyện Cũ Xưa", date(2025, 7, 1), ("Nơi Mới",))
    (notice,) = understand(SearchQuery(text="old district", language="en")).notices
    assert notice.successors == ("New Place",)
    (notice,) = understand(SearchQuery(text="chốn tên xưa")).notices
    assert notice.former == "Chốn Tên Xưa" and notice.ended is None
    (notice,) = understand(SearchQuery(text="huyen kin dao", language="en")).notices
    assert notice.former == "Huyện Kín Đáo" and notice.abolished  # that it ended is settled, its English name is not
    assert understand(SearchQuery(text="lang chua duyet")).notices == ()


def test_phrases_in_quotes_are_literal(pages):
    asked = understand(SearchQuery(text='"xuối cá"'))
    assert [one.tokens for group in asked.groups for one in group.alternatives] == [("xuoi",), ("ca",)]
    assert asked.phrases == (" xuoi ca ",)


@pytest.mark.parametrize(
    "text", ["bien gioi", "xuoii caa thann benn suoii", "x" * 200, "y " * 100, "莱" * 200, "a1b2" * 50]
)
def test_understanding_asks_few_questions(pages, text):
    understand(SearchQuery(text="warm"))
    with CaptureQueriesContext(connection) as captured:
        asked = understand(SearchQuery(text=text))
    assert len(captured) <= 4 and len(asked.groups) <= 224
    assert max(len(group.alternatives) for group in asked.groups) <= 16
