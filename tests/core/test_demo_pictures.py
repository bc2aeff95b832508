"""The drawn pictures of the demo content: complete, repeatable, safe to serve. No Django needed."""

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from portal.core.demo.pictures import PICTURES, draw

DOCUMENT = Path(__file__).parents[2] / "docs" / "demo-content.md"
RASTER = {"terraces", "tea-hills", "peaks", "cloud-sea", "town"}
SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {
    "svg", "defs", "linearGradient", "radialGradient", "stop", "pattern", "g", "path", "rect", "circle", "ellipse",
}  # fmt: skip


def names_in_document() -> list[str]:
    text = DOCUMENT.read_text(encoding="utf-8")
    listed = text[text.index("\nPictures (") :]
    return re.findall(r"`([a-z-]+)`", listed)


def test_the_document_lists_exactly_what_is_drawn():
    assert sorted(names_in_document()) == sorted(PICTURES)


def test_an_unknown_name_is_refused():
    with pytest.raises(KeyError):
        draw("no-such-picture")


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_a_picture_is_the_same_every_time(name):
    file_name, content = draw(name)
    assert file_name == f"{name}.{'jpg' if name in RASTER else 'svg'}"
    assert draw(name) == (file_name, content)


@pytest.mark.parametrize("name", sorted(RASTER))
def test_a_painted_picture_opens_with_its_stated_size(name):
    _, content = draw(name)
    assert len(content) <= 400_000
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1600, 1067))
        assert not image.getexif()


@pytest.mark.parametrize("name", sorted(set(PICTURES) - RASTER))
def test_a_drawn_picture_is_plain_svg(name):
    _, content = draw(name)
    assert len(content) <= 45_000
    root = ElementTree.fromstring(content)
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == "0 0 1200 800"
    paints = {f"url(#{element.get('id')})" for element in root.iter() if element.get("id")}
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in ALLOWED
        assert not (element.text or "").strip()
        for attribute, value in element.attrib.items():
            assert "href" not in attribute
            assert attribute != "style"
            assert not attribute.startswith("on")
            if "url(" in value:
                assert value in paints
