"""The head of a content file: TOML between `+++` lines, checked key by key."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from portal.core.demo.errors import ContentError

LANGUAGES = ("vi", "en", "zh-hans")
TYPES = ("front", "index", "information", "article")
KINDS = ("news", "announcement", "feature")

# Text keys and the most characters they may have. Those a translation repeats are all of them.
TEXTS = {"title": 120, "summary": 250, "source": 500, "lead_alt": 250, "lead_caption": 250, "credit": 200}
# The other keys of a Vietnamese file and what they hold.
VALUES = {
    "type": str,
    "order": int,
    "department": str,
    "review_date": date,
    "lead_picture": str,
    "date": date,
    "kind": str,
    "topics": list,
    "restricted": bool,
    "publish_at": datetime,
    "outdated_en": bool,
    "outdated_zh": bool,
    "continues": bool,
}
# What a beginning decides for the page that the demo continues.
_OF_BEGINNING = {"type", "order", "department"}
_ARTICLES_ONLY = {"date", "kind", "topics", "credit"}
_REQUIRED = {
    "front": {"title", "summary", "source", "department"},
    "index": {"title", "summary", "source", "department", "order"},
    "information": {"title", "summary", "source", "department", "order"},
    "article": {"title", "summary", "source", "department", "date", "kind", "topics"},
}
_NAMES = {str: "a text", int: "a whole number", date: "a day such as 2026-11-24", list: "a list", bool: "true or false"}
_NAMES[datetime] = "a date-time with its zone, such as 2027-01-04T08:00:00+07:00"
_FILE = re.compile(r"\+\+\+\n(?P<head>(?:.*?\n)??)\+\+\+\n(?P<body>.*)", re.DOTALL)
_TOML_LINE = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")


@dataclass(frozen=True)
class Source:
    """A content file as it lies on the disk, cut into head and body."""

    path: Path  # as shown in messages
    language: str
    text: str
    head_text: str
    body: str

    @property
    def body_line(self) -> int:
        """The file's line on which the body begins."""
        return self.text.count("\n", 0, len(self.text) - len(self.body)) + 1

    def line_of(self, key: str) -> int | None:
        """The line on which a key of the head stands."""
        match = re.search(rf"^{re.escape(key)}\s*=", self.head_text, re.MULTILINE)
        return self.head_text.count("\n", 0, match.start()) + 2 if match else None

    def error(self, message: str, line: int | None = None, key: str | None = None) -> ContentError:
        return ContentError(self.path, message, line or (self.line_of(key) if key else None))


def read_source(file: Path, shown: Path, language: str) -> Source:
    """Read a file and part its head from its body."""
    try:
        text = file.read_text(encoding="utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ContentError(shown, f"is not UTF-8 text ({error.reason} at byte {error.start})") from None
    match = _FILE.fullmatch(text)
    if match is None:
        raise ContentError(shown, "must begin with a head between two lines of three plus signs: +++", 1)
    return Source(shown, language, text, match["head"], match["body"])


def parse_toml(source: Source, text: str, first_line: int) -> dict:
    """Parse TOML that begins at a line of the file; errors name the file's line."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _TOML_LINE.search(str(error))
        inside = int(match[1]) if match and match[1] else text.count("\n") or 1
        message = _TOML_LINE.sub("", str(error))
        raise source.error(f"the TOML cannot be read: {message}", first_line + inside - 1) from None


def read_head(source: Source) -> dict:
    """Parse and check the head of an original or a translation."""
    head = parse_toml(source, source.head_text, first_line=2)
    is_original = source.language == "vi"
    known = {**dict.fromkeys(TEXTS, str), **(VALUES if is_original else {})}
    for key, value in head.items():
        _check_key(source, key, value, known)
    if is_original and head.get("continues"):
        for key in sorted(_OF_BEGINNING & head.keys()):
            raise source.error(f"«{key}» is said by the text that this file continues", key=key)
    elif is_original:
        _check_original(source, head)
    return head


def _check_key(source: Source, key: str, value, known: dict) -> None:
    if key not in known:
        belongs = " (it belongs in the Vietnamese file only)" if key in VALUES else ""
        raise source.error(f"unknown key «{key}»{belongs}; known are: {', '.join(known)}", key=key)
    expected = known[key]
    # bool is an int and datetime a date for Python, but not for the person who writes the file.
    if type(value) is not expected or (expected is datetime and value.tzinfo is None):
        raise source.error(f"«{key}» must be {_NAMES[expected]}, not {value!r}", key=key)
    if expected is str and not value.strip():
        raise source.error(f"«{key}» is empty; leave the key out instead", key=key)
    if key in TEXTS and len(value) > TEXTS[key]:
        raise source.error(f"«{key}» has {len(value)} characters, at most {TEXTS[key]} fit", key=key)
    if key in TEXTS and "\n" in value:
        raise source.error(f"«{key}» must be one line", key=key)


def _check_original(source: Source, head: dict) -> None:
    page_type = head.get("type")
    if page_type not in TYPES:
        said = f"unknown type «{page_type}»" if page_type else "the key «type» is missing"
        raise source.error(f"{said}; it is one of: {', '.join(TYPES)}", key="type")
    for key in sorted(_REQUIRED[page_type] - head.keys()):
        raise source.error(f"the key «{key}» is missing; a page of type «{page_type}» needs it")
    if page_type != "article":
        for key in sorted(_ARTICLES_ONLY & head.keys()):
            raise source.error(f"«{key}» is for articles only", key=key)
    elif head["kind"] not in KINDS:
        raise source.error(f"unknown kind «{head['kind']}»; it is one of: {', '.join(KINDS)}", key="kind")
    for key in sorted({"lead_alt", "lead_caption"} & head.keys()):
        if "lead_picture" not in head:
            raise source.error(f"«{key}» without «lead_picture»", key=key)


def check_same_keys(original: dict, source: Source, head: dict) -> None:
    """A translation has exactly the text keys of its original."""
    expected = [key for key in TEXTS if key in original]
    for key in expected:
        if key not in head:
            raise source.error(f"the key «{key}» is missing: the Vietnamese file has it")
    for key in head:
        if key not in expected:
            raise source.error(f"the key «{key}» is not in the Vietnamese file", key=key)
