"""Every block of the palette, drawn by its own template."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import translation

from portal.core.blocks import BodyStreamBlock
from portal.core.models import PortalDocument
from portal.core.templatetags.portal import contents

pytestmark = pytest.mark.once
BODY = BodyStreamBlock()


def draw(name: str, value=None) -> BeautifulSoup:
    block = BODY.child_blocks[name]
    value = block.get_preview_value() if value is None else block.to_python(value)
    return BeautifulSoup(block.render(value), "html.parser")


@pytest.mark.django_db
@pytest.mark.parametrize("name", BODY.child_blocks)
def test_the_preview_of_every_block_is_drawn(name):
    assert draw(name).get_text(strip=True)


def test_heading_levels():
    assert draw("heading", {"text": "Chè", "level": "3"}).h3.get_text() == "Chè"


def test_what_is_important_says_so_in_words():
    def title(kind: str, title: str) -> str:
        return draw("callout", {"kind": kind, "title": title, "text": "<p>x</p>"}).select_one(".callout__title").text

    assert title("important", "Trước khi đi") != title("note", "Trước khi đi") == "Trước khi đi"
    assert "Trước khi đi" in title("important", "Trước khi đi") and title("important", "") != title("note", "")


def test_a_table_is_a_table():
    data = [["Loại", "Số lượng"], ["Xã", "36"], ["Phường", None]]
    table = draw(
        "table",
        {"data": data, "table_caption": "Cấp xã", "first_row_is_table_header": True, "first_col_is_header": True},
    )
    assert table.caption.get_text() == "Cấp xã"
    assert [cell.get_text() for cell in table.select("thead th[scope=col]")] == ["Loại", "Số lượng"]
    assert [cell.get_text() for cell in table.select("tbody th[scope=row]")] == ["Xã", "Phường"]
    assert table.select_one("td.number").get_text() == "36"
    assert [cell.get_text() for cell in table.select("thead th.number")] == ["Số lượng"], "it stands above its numbers"
    assert table.div["tabindex"] == "0" and table.div["aria-label"] == "Cấp xã" and "None" not in table.get_text()


def test_words_of_others_are_escaped():
    assert "<b>" not in str(draw("quote", {"text": "<b>đậm</b>", "attribution": "<b>ai</b>"}))


@pytest.mark.django_db
def test_a_download_says_what_it_is():
    document = PortalDocument.objects.create(
        title="Kế hoạch 93", file=ContentFile(b"%PDF-1.7" * 256, name="ke-hoach.pdf"), file_size=2048, language="vi"
    )
    link = draw("download", {"document": document.pk, "title": ""})
    assert link.a.get_text() == "Kế hoạch 93" and link.a["hreflang"] == "vi"
    assert "PDF" in link.get_text() and "2" in link.get_text()


def test_only_a_long_body_has_contents():
    def body(count):
        raw = [
            {"type": "heading", "value": {"text": f"Phần {n}", "level": "2"}, "id": f"{n}abcdefgh"}
            for n in range(count)
        ]
        return BODY.to_python(raw)

    assert contents(body(3)) == []
    assert contents(body(4))[2] == {"text": "Phần 2", "anchor": "s-2abcdefg"}


def test_a_table_without_a_word_about_its_headers_is_refused_clearly():
    block = BODY.child_blocks["table"]
    with pytest.raises(ValidationError, match="Table headers|tiêu đề"):
        block.clean({"data": [["Xã", "36"]], "table_caption": "Đơn vị"})


@pytest.mark.django_db
def test_the_own_title_of_a_document_says_its_language():
    def title(document, **value) -> str:
        with translation.override("en"):
            return str(draw("download", {"document": document.pk, "title": "", **value}).select_one(".download__title"))

    file = ContentFile(b"%PDF-1.4", name="a.pdf")
    document = PortalDocument.objects.create(title="Kế hoạch năm 2026", file=file, language="vi")
    assert '<span lang="vi">Kế hoạch năm 2026</span>' in title(document)
    assert "lang=" not in title(document, title="Plan of 2026")
    PortalDocument.objects.update(title="93-KH-UBND")
    assert '<span lang="vi">93-KH-UBND</span>' in title(document), "else it is the file's"
