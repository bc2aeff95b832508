"""Content files: what they may hold, and how a mistake is told to whoever wrote it."""

import pytest
from django.core.management.base import CommandError

from portal.core.demo.assembly import rich_text
from portal.core.demo.files import read_items, read_starting

ARTICLE = "news/demo/tin-tuc-su-kien/mua-che"


@pytest.fixture
def item(tree):
    return {item.slug: item for item in read_items(tree)}["mua-che"]


def test_the_tree_is_read_in_its_order(tree):
    assert [item.key for item in read_items(tree)] == [
        "thong-tin-chung",
        "thong-tin-chung/noi-bo",
        "thong-tin-chung/sap-dang",
        "tin-tuc-su-kien",
        "tin-tuc-su-kien/mua-che",
        "tiem-nang-va-phat-trien",
        "tiem-nang-va-phat-trien/du-lich",
        "tiem-nang-va-phat-trien/du-lich/ban-lang",
    ]


def test_every_kind_of_block_is_read(item):
    assert [block.kind for block in item.original.blocks] == [
        "text", "heading", "figures", "table", "callout", "picture", "quote",
    ]  # fmt: skip
    html = rich_text(item.original.blocks[0].segments)
    assert html.startswith("<p>Mùa này <b>chè xanh</b> nhiều.")
    assert '<a linktype="page" id="@noi-bo">nội bộ</a>' in html
    assert '<a href="https://laichau.gov.vn/">trang tỉnh</a>' in html
    assert html.endswith("<ul><li>Hái sáng</li><li>Sao chiều</li></ul><ol><li>Một</li><li>Hai</li></ol>")
    assert item.original.blocks[3].value["caption"] == "Chè theo xã"
    assert item.original.blocks[3].line == 39


# (language, old text, new text, what the message says)
MISTAKES = [
    ("vi", 'kind = "news"', 'kind = "gossip"', f"{ARTICLE}.vi.md:8: unknown kind «gossip»"),
    ("vi", 'type = "article"', 'type = "page"', f"{ARTICLE}.vi.md:2: unknown type «page»"),
    ("vi", 'credit = "Ban', 'colour = "Ban', f"{ARTICLE}.vi.md:10: unknown key «colour»"),
    ("vi", "date = 2026-11-01", "date = 2026-13-01", f"{ARTICLE}.vi.md:7: the TOML cannot be read"),
    ("vi", "date = 2026-11-01", 'date = "1/11/2026"', f"{ARTICLE}.vi.md:7: «date» must be a day such as"),
    ("vi", 'title = "Mùa chè"', 'title = ""', f"{ARTICLE}.vi.md:3: «title» is empty"),
    ("vi", 'title = "Mùa chè"', f'title = "{"x" * 121}"', "«title» has 121 characters, at most 120 fit"),
    ("vi", 'department = "so-vhttdl"\n', "", "the key «department» is missing"),
    ("vi", "+++\nMùa", "Mùa", f"{ARTICLE}.vi.md:1: must begin with a head"),
    ("vi", "Đoạn thứ hai.", "Đoạn *thứ* hai.", f"{ARTICLE}.vi.md:18: italics cannot be used here"),
    ("vi", "Đoạn thứ hai.", "Đoạn <i>thứ</i> hai.", f"{ARTICLE}.vi.md:18: HTML cannot be used here"),
    ("vi", "## Số liệu", "# Số liệu", f"{ARTICLE}.vi.md:26: headings are ## or ###"),
    ("vi", "- Sao chiều", "- Sao chiều\n  - lần hai", "a list item must be one paragraph"),
    ("vi", "```quote", "```poem", "unknown block «poem»"),
    ("vi", 'text = "Chè ngon."', 'text = "Chè ngon.', f"{ARTICLE}.vi.md:58: the TOML cannot be read"),
    ("vi", 'value = "9068.7"', 'value = "9.068,7"', "figures: figure 1: «value» must be a plain decimal number"),
    ("vi", 'value = "9068.7"', "value = 9068.7", "figures: figure 1: «value» must be a plain decimal number"),
    ("vi", "as_of = 2025-07-01\n", "", "figures: figure 1: the key «as_of» is missing"),
    ("vi", "page:noi-bo)", "page:noi-bo-2)", f"{ARTICLE}.vi.md:16: links to page:noi-bo-2, which does not exist"),
    ("vi", "https://laichau", "ftp://laichau", "must begin with https:// or page:"),
    ("vi", "\n| Xã |", "\nMột đoạn chen vào.\n\n| Xã |", "must stand right before a table"),
    ("en", 'credit = "Editors"\n', "", f"{ARTICLE}.en.md: the key «credit» is missing: the Vietnamese file has it"),
    ("en", 'credit = "Editors"', 'kind = "news"', "unknown key «kind» (it belongs in the Vietnamese file only)"),
    ("en", 'alt = "Mông', 'picture = "x"\nalt = "Mông', "unknown key «picture» (it belongs in the Vietnamese"),
    ("en", "## Figures", "### Figures", "block 2 (heading): is a heading of level 3, the original of level 2"),
    ("en", "Second paragraph.\n\n", "", "a item of a list stands where the original has a paragraph"),
    ("en", "2. Two\n", "2. Two\n3. Three\n", "block 1 (text): has 7 paragraphs and list items, the original has 6"),
    ("en", "| Bản Bo | 10 hectares |\n", "", "has 2 rows and 2 columns, the original has 3 and 2"),
    ("en", "| Bản Bo | 10 hectares |", "| Bản Bo | ten |", "«10 ha» is translated «10 hectares» and «ten»"),
    ("en", "| Bản Bo |", "|  |", "a cell is empty in only one of the two tables"),
    ("en", "Table: Tea by commune\n\n", "", "only one of the two tables has a caption"),
    ("en", "[the province's site](https://laichau.gov.vn/)", "the province's site", "the original to page:noi-bo, https://laichau"),
    ("en", 'attribution = "A tea grower"\n', "", "block 7 (quote): only the original has «attribution»"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "old", "new", "message"), MISTAKES)
def test_a_mistake_is_named_with_file_and_line(tree, edit, language, old, new, message):
    edit(language, old, new)
    with pytest.raises(CommandError) as raised:
        read_items(tree)
    assert message in str(raised.value)
    assert f"{ARTICLE}.{language}.md" in str(raised.value)


def test_a_missing_block_is_named_with_both_counts(tree, edit):
    edit("en", '```quote\ntext = "Good tea."\nattribution = "A tea grower"\n```\n', "")
    counts = r"has 6 blocks, the original has 7; .* block 7 \(quote\) at .*mua-che.vi.md:57"
    with pytest.raises(CommandError, match=counts):
        read_items(tree)


def test_all_mistakes_are_told_at_once(tree, edit):
    edit("vi", 'kind = "news"', 'kind = "gossip"')
    edit("en", "## Figures", "# Figures")
    with pytest.raises(CommandError) as raised:
        read_items(tree)
    assert len(str(raised.value).splitlines()) == 2


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("home/demo/thong-tin-chung/Trang Mới.vi.md", "the name must be slug.language.md"),
        ("home/demo/thong-tin-chung/chi-dich.en.md", "there is no Vietnamese file beside this translation"),
    ],
)
def test_a_file_that_does_not_belong_is_named(tree, name, message):
    (tree / name).write_text('+++\ntitle = "x"\n+++\nBody\n' if name.endswith("en.md") else "")
    with pytest.raises(CommandError, match=message):
        read_items(tree)


def test_a_translation_under_an_untranslated_page_is_refused(tree):
    place = tree / "investment/demo/tiem-nang-va-phat-trien/du-lich"
    (place / "ban-lang.en.md").write_text('+++\ntitle = "x"\nsummary = "x"\nsource = "x"\n+++\nAbout the village.\n')
    with pytest.raises(CommandError, match="is not translated into en"):
        read_items(tree)


def test_a_scheduled_page_cannot_be_translated_yet(tree):
    place = tree / "home/demo/thong-tin-chung"
    (place / "sap-dang.en.md").write_text('+++\ntitle = "x"\nsummary = "x"\nsource = "x"\n+++\nContent.\n')
    with pytest.raises(CommandError, match="a scheduled page cannot have translations yet"):
        read_items(tree)


PICTURE = '[[picture]]\npicture = "terraces"\nalt = "Ruộng"\n'
TOLD = '[[picture]]\nalt = "Fields"\n'


@pytest.mark.parametrize(
    ("pictures", "told", "message"),
    [
        (1, 1, r"mua-che.vi.md:\d+: a gallery block holds 2 to 12 \[\[picture\]\]"),
        (3, 2, r"block 8 \(gallery\): has 2 pictures, the original has 3"),
    ],
)
def test_a_gallery_is_refused_by_its_number_of_pictures(tree, pictures, told, message):
    for language, one, number in (("vi", PICTURE, pictures), ("en", TOLD, told)):
        with (tree / f"{ARTICLE}.{language}.md").open("a") as file:
            file.write(f"\n```gallery\n{one * number}```\n")
    with pytest.raises(CommandError, match=message):
        read_items(tree)


BEGINNING = """+++
type = "information"
title = "{title}"
summary = "Tóm tắt."
{head}+++
Một.

[[Điền: tên]]

## Hai

- Ba
- [[Điền: thêm]]

Table: Bốn

| Tên | Số |
| --- | --- |
| Năm | 1 |

Sáu.
"""
ORIGINAL_HEAD = 'source = "Quy tắc."\norder = 3\ndepartment = "van-phong-ubnd"\n'


@pytest.fixture
def beginning(tree):
    folder = tree / "home/starting/thong-tin-chung"
    folder.mkdir(parents=True)
    text = BEGINNING.format(title="Quy định", head=ORIGINAL_HEAD)
    (folder / "quy-dinh.vi.md").write_text(text)
    english = BEGINNING.format(title="Rules", head='source = "Rules."\n').replace('type = "information"\n', "")
    (folder / "quy-dinh.en.md").write_text(english)
    return tree / "home/demo/thong-tin-chung/quy-dinh"


def _rules(tree):
    return {item.slug: item for item in read_items(tree)}["quy-dinh"]


def test_the_demo_leaves_the_blanks_of_a_beginning_out(tree, beginning):
    original = _rules(tree).original
    assert [block.kind for block in original.blocks] == ["text", "heading", "text", "table", "text"]
    assert [segment.html for block in original.blocks for segment in block.segments] == ["Một.", "Ba", "Sáu."]
    assert original.head["title"] == "Quy định"


def test_the_demo_continues_a_beginning_where_its_last_blank_stood(tree, beginning):
    before = _rules(tree).digest("en")
    beginning.with_name("quy-dinh.vi.md").write_text('+++\ncontinues = true\nsource = "Báo."\n+++\n## Thêm\n\nBảy.\n')
    beginning.with_name("quy-dinh.en.md").write_text('+++\nsource = "Press."\n+++\n## More\n\nSeven.\n')
    item = _rules(tree)
    for version, words in ((item.original, ("Thêm", "Bảy.")), (item.translations["en"], ("More", "Seven."))):
        kinds = [block.kind for block in version.blocks]
        assert kinds == ["text", "heading", "text", "heading", "text", "table", "text"]
        assert (version.blocks[3].value["text"], version.blocks[4].segments[0].html) == words
    assert (item.original.head["title"], item.original.head["source"]) == ("Quy định", "Báo.")
    assert item.digest("en") != before


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("continues = true\norder = 4\n", "quy-dinh.vi.md:3: «order» is said by the text that this file continues"),
        ('type = "information"\ntitle = "x"\nsummary = "x"\n' + ORIGINAL_HEAD, "say «continues = true»"),
    ],
)
def test_a_file_over_a_beginning_says_that_it_continues_it(tree, beginning, head, message):
    beginning.with_name("quy-dinh.vi.md").write_text(f"+++\n{head}+++\nBảy.\n")
    with pytest.raises(CommandError, match=message):
        read_items(tree)


def test_a_file_that_continues_nothing_is_refused(tree):
    file = tree / "home/demo/thong-tin-chung/quy-dinh.vi.md"
    file.write_text("+++\ncontinues = true\n+++\nBảy.\n")
    with pytest.raises(CommandError, match="quy-dinh.vi.md:2: there is no text that this file continues"):
        read_items(tree)


def test_blanks_stand_in_the_same_places_in_every_language(tree, beginning):
    file = tree / "home/starting/thong-tin-chung/quy-dinh.en.md"
    file.write_text(file.read_text().replace("[[Điền: tên]]", "Name").replace("Sáu.", "[[Name]]"))
    with pytest.raises(CommandError, match="quy-dinh.en.md: its blanks .* stand elsewhere"):
        read_starting(tree)
