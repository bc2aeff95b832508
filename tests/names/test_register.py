"""The name register: its table in and out, and its public page."""

import csv
import io
import re
import unicodedata

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from pypinyin import lazy_pinyin
from wagtail.models import ModelLogEntry

from portal.contributors import roles
from portal.names import table, views
from portal.names.demo_register import FILE, load_names
from portal.names.models import Name, NameSuccession
from portal.search.text import fold
from tests.builders import make_user

pytestmark = pytest.mark.django_db
HEAD = "code,kind,vi,zh_hans,en,variants,ended_on,replaced_by,approved\n"


def page(client, language="vi", **parameters):
    with translation.override(language):
        address = reverse("names")
    return client.get(address, parameters)


def test_the_demo_goes_in_whole_and_out_the_same(portal):
    assert load_names() == len(list(csv.DictReader(FILE.open(encoding="utf-8")))) and load_names() == 0
    again = table.read(table.write().encode())
    assert again.ok and not again.created and not again.changed
    assert not Name.objects.filter(approved=True, zh_hans="").exists()
    assert not Name.objects.get(code="muong-te").approved
    assert Name.objects.get(code="huyen-tam-duong").successions.get().successor.code == "lai-chau"


def test_settled_chinese_names_of_the_demo_have_a_traditional_form_and_their_own_pinyin(portal):
    load_names()
    for name in Name.objects.exclude(zh_hans=""):
        assert fold(name.zh_hant) == fold(name.zh_hans), name
        heard, characters = re.sub("[^a-z]", "", fold(name.pinyin)), re.sub("[^一-鿿]", "", name.zh_hans)
        assert heard in ("", "".join(lazy_pinyin(characters, v_to_u=True)).replace("ü", "u")), name
    unsettled = Name.objects.filter(zh_hans="")
    assert not unsettled.exclude(zh_hant="", pinyin="", approved=False).exists()
    assert {"phongsaly", "muong-te", "ubnd", "moc-66-2"} <= set(unsettled.values_list("code", flat=True))


def test_what_changed_is_told_and_a_dry_run_changes_nothing(portal):
    assert table.read(
        (HEAD + "a,place,Một,一,One,former:vi:Cũ,,,yes\nb,unit,Hai,,,,2025-07-01,a,no\n").encode()
    ).created
    changed = (HEAD + "a,place,Một,一,First,alias:en:Uno,,,yes\n").encode("utf-8-sig")
    assert table.read(changed, dry_run=True).changed == ["a"] and Name.objects.get(code="a").en == "One"
    assert table.read(changed).changed == ["a"] and Name.objects.get(code="a").en == "First"
    assert [one.text for one in Name.objects.get(code="a").variants.all()] == ["Uno"]
    assert Name.objects.get(code="a").revisions.count() == 2


@pytest.mark.parametrize(
    "row,column",
    [
        ("A b,place,Một,一,One,,,,yes", "code"),
        ("a,planet,Một,一,One,,,,yes", "kind"),
        ("a,place,,一,One,,,,no", "vi"),
        ("a,place,Một,,One,,,,yes", "approved"),
        ("a,place,Một,一,One,,,,maybe", "approved"),
        ("a,place,Một,一,One,,1/7/2025,,yes", "ended_on"),
        ("a,place,Một,一,One,,,nowhere,yes", "replaced_by"),
        ("a,place,Một,一,One,,,a,yes", "replaced_by"),
        ("a,place,Một,一,One,cũ,,,yes", "variants"),
        ("a,place,Một,一,One,former:fr:Vieux,,,yes", "variants"),
        ("a,place," + "x" * 161 + ",一,One,,,,yes", "vi"),
        ("a,place,Một,一,One,,,,yes,too,many", ""),
        ("good,place,Hai,二,Two,,,,yes", "code"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_imported(portal, row, column):
    report = table.read((HEAD + "good,place,Tốt,好,Good,,,,yes\n" + row + "\n").encode())
    assert [(problem.row, problem.column) for problem in report.problems] == [(3, column)]
    assert report.problems[0].message and not Name.objects.exists()


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"a,b\n1,2", b"code,kind,vi\n\x00,place,x", b'code,kind,vi\n"a,place',
             b"x" * 10_500_000, b"code,code,kind,vi\n"]
)  # fmt: skip
def test_a_file_that_is_no_table_gets_one_message(portal, data):
    report = table.read(data)
    assert len(report.problems) == 1 and report.problems[0].row == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_what_spreadsheets_write_is_read(portal, encoding, delimiter):
    text = (HEAD + "a,place,Một,一,One,alias:vi:Mốt,,,yes\n").replace(",", delimiter).replace("\n", "\r\n")
    report = table.read(text.encode(encoding))
    assert report.created == ["a"] and Name.objects.get().variants.get().text == "Mốt"


def test_names_are_kept_composed_and_without_what_nobody_sees(portal):
    cells = [unicodedata.normalize("NFD", "Tả Lèng"), "塔\u200b冷", "\u202eTa\u202c  Leng"]
    assert not table.read((HEAD + f"a,place,{','.join(cells)},,,,yes\n").encode()).problems
    name = Name.objects.get(code="a")
    assert [name.vi, name.zh_hans, name.en] == ["Tả Lèng", "塔冷", "Ta Leng"]


def test_a_cell_of_endless_length_is_told_as_what_it_is(portal):
    with translation.override("en"):
        report = table.read((HEAD + f'a,place,"{"x" * 140_000}",,,,,,yes\n').encode())
        messages = [str(problem.message) for problem in report.problems]
    assert messages == ["A cell of the table is longer than any name: perhaps a quotation mark is not closed."]


def test_many_rows_take_few_statements():
    """Also where they replace what was there, and where more names were replaced than SQLite takes conditions."""
    text = HEAD + "".join(
        f"n{number},place,Tên {number},名{number},Name {number},former:vi:Cũ {number},,n{number - 1},yes\n"
        for number in range(1, 1200)
    )
    text += "n0,place,Tên,名,Name,,,,yes\n"
    user = make_user("ed", roles.EDITORS)
    with CaptureQueriesContext(connection) as captured:
        assert len(table.read(text.encode(), user=user).created) == 1200
    assert len(captured) < 120
    assert table.read(text.encode()).unchanged == 1200 and table.write().count("former:vi:Cũ") == 1199
    name = Name.objects.get(code="n7")
    assert name.successions.get().successor.code == "n6" and name.variants.get().text == "Cũ 7"
    content = name.latest_revision.content
    assert content["variants"][0]["text"] == "Cũ 7" and content["successions"][0]["name"] == name.pk
    assert name.latest_revision.user == user
    assert ModelLogEntry.objects.for_instance(name).get().action == "wagtail.create"
    again = text.replace("Name 7,former:vi:Cũ 7,", "Seven,,")
    assert table.read(again.encode(), user=user).changed == ["n7"]
    name.refresh_from_db()
    assert (name.en, name.variants.count(), name.revisions.count()) == ("Seven", 0, 2)
    assert name.latest_revision.content["en"] == "Seven"
    with CaptureQueriesContext(connection) as captured:
        assert len(table.read(text.replace("Cũ", "Xưa").encode()).changed) == 1199
    assert len(captured) < 120, "what is taken away sends a signal for each"


def test_all_problems_are_counted_and_the_first_ones_named(portal):
    report = table.read((HEAD + "".join(f"n{number},planet,x,,,,,,no\n" for number in range(250))).encode())
    assert len(report.problems) == 200 and report.left_out == 50 and not Name.objects.exists()


def test_spreadsheets_compute_nothing(portal):
    Name.objects.create(code="a", kind="place", vi="=1+1", en="@SUM(A1)", source="-2")
    text = table.write()
    cells = next(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert (cells["vi"], cells["en"], cells["source"]) == ("'=1+1", "'@SUM(A1)", "'-2")
    assert not table.read(text.encode()).changed


def test_editors_export_and_look_at_the_history(client, portal):
    client.force_login(make_user("ed", roles.EDITORS))
    table.read((HEAD + "a,place,Một,一,One,,,,yes\n").encode())
    name = Name.objects.get()
    assert client.get(reverse("names_export")).content.decode().startswith("\ufeffcode,kind")
    edit = reverse("wagtailsnippets_names_name:edit", args=[name.pk])
    assert client.get(edit).status_code == 200
    assert client.get(reverse("wagtailsnippets_names_name:history", args=[name.pk])).status_code == 200
    assert client.get(reverse("wagtailsnippets_names_name:list"), {"q": "một"}).status_code == 200


@pytest.mark.parametrize("language", ["vi", "en", "zh-hans"])
def test_the_public_page_shows_approved_names_in_few_queries(client, portal, language):
    load_names()
    assert page(client, language).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        html = page(client, language).content.decode()
    assert len(captured) <= 12 and html.count("<h1") == 1
    assert "辛溪湖" in html and "Mường Tè" not in html.split("<main")[1]


def test_the_public_page_finds_and_narrows(client, portal):
    load_names()

    def found(**parameters):
        return [row["name"].code for row in page(client, **parameters).context["listing"].object_list]

    assert found(q="马鹿塘") == found(q="馬鹿塘") == found(q="ma lu") == ["ma-lu-thang"]
    assert found(q="风土") == ["phong-tho"] or "phong-tho" in found(q="风土")
    assert set(found(kind="people", letter="D")) == {"dao"}
    assert found(q="no such name") == [] == found(q="?!") == found(q="x" * 101)
    assert found(kind="nothing", letter="9") == found()


@pytest.mark.parametrize("number", ["0", "-1", "99", "1000000000", "x"])
def test_a_page_of_the_register_that_does_not_exist(client, portal, number):
    assert page(client, page=number).status_code == 404


def test_a_text_too_long_is_not_compared_with_every_name(client, portal, monkeypatch):
    Name.objects.create(code="sin-ho", kind="place", vi="Sìn Hồ", approved=True)
    assert "Sìn Hồ" in client.get("/vi/names/?q=sin").content.decode()
    read = []
    monkeypatch.setattr(views, "fold", lambda text: read.append(len(text)) or fold(text))
    assert "Sìn Hồ" not in client.get("/vi/names/?q=" + "sin+" * 2000).content.decode()
    assert read == [views.LONGEST_TEXT]


def test_a_name_that_is_shown_in_vietnamese_says_so(client, portal):
    """Approved records have all three names; one that is read in by code may lack some."""
    new = Name.objects.create(code="moi", kind="place", vi="Nơi Mới Lạ", approved=True)
    old = Name.objects.create(code="cu", kind="place", vi="Nơi Cũ", en="Old Place", zh_hans="旧地", approved=True)
    NameSuccession.objects.create(name=old, successor=new)
    html = page(client, "en", q="Nơi").content.decode()
    assert html.count('<span lang="vi">Nơi Mới Lạ</span>') == 1
    with translation.override("en"):
        address = reverse("search_suggestions")
    found = {one["text"]: one.get("lang") for one in client.get(address, {"q": "noi"}).json()["suggestions"]}
    assert found == {"Nơi Mới Lạ": "vi", "Old Place": None}
