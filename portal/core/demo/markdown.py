"""The body of a content file: Markdown read into drafts of StreamField blocks, each with its line."""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from portal.core.demo.errors import ContentError
from portal.core.demo.fences import read_fence
from portal.core.demo.front_blocks import pages_of
from portal.core.demo.head import Source

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
_LISTS = {"bullet_list_open": "ul", "ordered_list_open": "ol"}
_INLINE = {"strong_open": "<b>", "strong_close": "</b>", "link_close": "</a>", "softbreak": " "}
_FORBIDDEN = {
    "em_open": "italics",
    "code_inline": "code",
    "html_inline": "HTML",
    "image": "pictures in the text (use a picture block)",
    "hardbreak": "line breaks inside a paragraph",
    "blockquote_open": "Markdown quotes (use a quote block)",
    "code_block": "indented code",
    "hr": "rules",
    "html_block": "HTML",
}
CAPTION = "Table:"
PAGE_LINK = re.compile(r'linktype="page" id="@([^"]*)"')


@dataclass
class Segment:
    """A paragraph or list item: the pieces a translator sees."""

    kind: str  # "p", or a list item: "ul" or "ol"
    line: int
    html: str
    starts: bool = True  # whether it begins a new paragraph or list


@dataclass
class Block:
    """One block of the body before pictures, documents and links are known by their numbers."""

    kind: str
    line: int
    value: Any
    segments: list[Segment] = field(default_factory=list)

    @property
    def pictures(self) -> list[str]:
        """Names of the pictures it shows."""
        shown = self.value["pictures"] if self.kind == "gallery" else [self.value] if self.kind == "picture" else []
        return [picture["picture"] for picture in shown]

    @property
    def links(self) -> list[str]:
        """Slugs of the demo pages it links to."""
        text = "".join(segment.html for segment in self.segments) or str(self.value)
        return PAGE_LINK.findall(text) + pages_of(self.kind, self.value)


def read_body(source: Source) -> list[Block]:
    """Parse the body of an original or translation; raise ContentError for what the format does not have."""
    return _Reader(source).read()


def inline_html(source: Source, tokens: list[Token], line: int) -> str:
    """Bold and links as Wagtail stores them; everything else is refused."""
    parts = []
    for token in tokens:
        if token.type in ("text", "text_special"):
            parts.append(html.escape(token.content, quote=False))
        elif token.type == "link_open":
            parts.append(_link(source, str(token.attrGet("href") or ""), line))
        elif token.type in _INLINE:
            parts.append(_INLINE[token.type])
        else:
            raise source.error(f"{_FORBIDDEN.get(token.type, token.type)} cannot be used here", line)
    return "".join(parts)


def inline_text(source: Source, text: str, line: int) -> str:
    """The inline Markdown of a fenced block's text."""
    [token] = _MARKDOWN.parseInline(text)
    return inline_html(source, token.children or [], line)


def _link(source: Source, address: str, line: int) -> str:
    if address.startswith("page:"):
        return f'<a linktype="page" id="@{html.escape(address.removeprefix("page:"))}">'
    if address.startswith(("https://", "http://", "mailto:")):
        return f'<a href="{html.escape(address)}">'
    raise source.error(f"the link «{address}» must begin with https:// or page:", line)


class _Reader:
    def __init__(self, source: Source):
        self.source = source
        self.blocks: list[Block] = []
        self.caption: tuple[str, int] | None = None

    def read(self) -> list[Block]:
        self.tokens = _MARKDOWN.parse(self.source.body)
        self.position = 0
        while self.position < len(self.tokens):
            token = self.tokens[self.position]
            self.top_level(token)
        self.refuse_lonely_caption()
        return self.blocks

    def line(self, token: Token) -> int:
        return self.source.body_line + (token.map[0] if token.map else 0)

    def error(self, token: Token, message: str) -> ContentError:
        return self.source.error(message, self.line(token))

    def top_level(self, token: Token) -> None:
        if token.type != "table_open":
            self.refuse_lonely_caption()
        if token.type == "paragraph_open":
            self.paragraph(token)
        elif token.type in _LISTS:
            self.list(token, _LISTS[token.type])
        elif token.type == "heading_open":
            self.heading(token)
        elif token.type == "table_open":
            self.table(token)
        elif token.type == "fence":
            self.position += 1
            kind, value = read_fence(self.source, token, self.line(token), inline_text)
            self.blocks.append(Block(kind, self.line(token), value))
        else:
            raise self.error(token, f"{_FORBIDDEN.get(token.type, token.type)} cannot be used in a content file")

    def inline(self) -> str:
        """The inline content after the token that opened it, leaving the position behind the closing one."""
        content = self.tokens[self.position + 1]
        self.position += 3
        return inline_html(self.source, content.children or [], self.line(content))

    def paragraph(self, token: Token) -> None:
        text = self.inline()
        if text.startswith(CAPTION):
            self.caption = (html.unescape(text.removeprefix(CAPTION).strip()), self.line(token))
            return
        self.add_segment(Segment("p", self.line(token), text))

    def list(self, token: Token, kind: str) -> None:
        self.position += 1
        first = True
        while self.tokens[self.position].type == "list_item_open":
            item = self.tokens[self.position]
            self.position += 1
            if self.tokens[self.position].type != "paragraph_open":
                raise self.error(item, "a list item must be a line of text")
            self.add_segment(Segment(kind, self.line(item), self.inline(), starts=first))
            first = False
            if self.tokens[self.position].type != "list_item_close":
                raise self.error(item, "a list item must be one paragraph, without lists or paragraphs inside")
            self.position += 1
        self.position += 1

    def add_segment(self, segment: Segment) -> None:
        if not self.blocks or self.blocks[-1].kind != "text":
            self.blocks.append(Block("text", segment.line, ""))
        self.blocks[-1].segments.append(segment)

    def heading(self, token: Token) -> None:
        if token.tag not in ("h2", "h3"):
            raise self.error(token, "headings are ## or ###; the page's title is the only one above them")
        text = self.inline()
        if "<" in text:
            raise self.error(token, "a heading is plain text")
        self.blocks.append(Block("heading", self.line(token), {"text": html.unescape(text), "level": token.tag[1]}))

    def table(self, token: Token) -> None:
        rows: list[list[str]] = []
        while (inner := self.tokens[self.position]).type != "table_close":
            if inner.type == "tr_open":
                rows.append([])
            elif inner.type == "inline":
                text = inline_html(self.source, inner.children or [], self.line(inner))
                if "<" in text:
                    raise self.error(inner, "a table cell is plain text")
                rows[-1].append(html.unescape(text))
            self.position += 1
        self.position += 1
        caption, self.caption = self.caption, None
        self.blocks.append(Block("table", self.line(token), {"rows": rows, "caption": caption[0] if caption else ""}))

    def refuse_lonely_caption(self) -> None:
        if self.caption is not None:
            raise self.source.error("a paragraph «Table: …» must stand right before a table", self.caption[1])
