"""The handbook of the editorial desk: Markdown in docs/handbook/, and the table of rights that the suite generates."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image

from portal.core.slugs import ascii_slug

FOLDER = Path(settings.BASE_DIR) / "docs" / "handbook"
PICTURES = FOLDER / "pictures"
RIGHTS = FOLDER.parent / "editors.md"
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_NUMBER = re.compile(r"^\d+-")


@dataclass(frozen=True)
class Heading:
    level: int
    anchor: str
    text: str


@dataclass(frozen=True)
class Chapter:
    anchor: str
    title: str
    headings: tuple[Heading, ...]  # below the title
    html: str


def files() -> list[Path]:
    return [*sorted(FOLDER.glob("*.md")), RIGHTS]


def anchor_of(file: Path) -> str:
    """«02-cong-tac-vien.md» is the chapter #cong-tac-vien."""
    return "quyen-han" if file == RIGHTS else _NUMBER.sub("", file.stem)


def chapters() -> list[Chapter]:
    return [_chapter(file, file.stat().st_mtime_ns) for file in files()]


@lru_cache(maxsize=32)
def _chapter(file: Path, _changed_at: int) -> Chapter:
    tokens = _MARKDOWN.parse(_COMMENT.sub("", file.read_text()))
    anchor = anchor_of(file)
    headings = []
    for token, inline in zip(tokens, tokens[1:], strict=False):
        if token.type == "heading_open":
            text = "".join(child.content for child in inline.children)
            level = int(token.tag[1])
            token.attrSet("id", anchor if level == 1 else f"{anchor}-{ascii_slug(text)}")
            headings.append(Heading(level, token.attrGet("id"), text))
            token.tag = f"h{level + 1}"  # the page's own heading is the handbook's name
        if token.type == "heading_close":
            token.tag = f"h{int(token.tag[1]) + 1}"
    for token in tokens:
        for child in token.children or ():
            _set_address(child)
    title, *below = headings
    return Chapter(anchor, title.text, tuple(below), _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def _set_address(token: Token) -> None:
    """Files that lie beside one another in docs/ become places of the page and addresses of pictures."""
    if token.type == "link_open":
        path, _hash, place = str(token.attrGet("href")).partition("#")
        if path.endswith(".md"):
            token.attrSet("href", f"#{place or anchor_of((FOLDER / path).resolve())}")
    elif token.type == "image":
        file = FOLDER / str(token.attrGet("src"))
        with Image.open(file) as picture:
            width, height = picture.size
        address = reverse("handbook_picture", args=[file.stem])
        token.attrSet("src", f"{address}?{int(file.stat().st_mtime)}")
        token.attrs |= {"width": width, "height": height, "loading": "lazy"}


def pictures_referred_to() -> set[str]:
    """Names of the pictures that the chapters show, without their ending."""
    shown = re.compile(r"!\[[^\]]*\]\(pictures/([\w-]+)\.webp\)")
    return {name for file in files() for name in shown.findall(file.read_text())}
