"""What a document tells beside its text: who wrote it, what colleagues remarked, what was struck out.

`traces_of` reads the bytes and reports; it changes nothing, because a document is only what its author saved. Office
files are read as the archives they are, PDF with pypdf.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import PurePath

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from PIL import Image

PROPERTIES, COMMENTS, CHANGES, HIDDEN, PLACE, ATTACHED = (
    "properties",
    "comments",
    "changes",
    "hidden",
    "place",
    "attached",
)
UNREADABLE, NO_TEXT = "unreadable", "no-text"
LABELS = {
    PROPERTIES: _("The file's properties name people or offices"),
    COMMENTS: _("It holds comments"),
    CHANGES: _("It holds tracked changes"),
    HIDDEN: _("It holds hidden sheets or slides, or speaker's notes"),
    PLACE: _("A picture in it tells where it was taken"),
    ATTACHED: _("Other files are attached to it"),
    UNREADABLE: _("The file could not be examined; save it again with another program"),
    NO_TEXT: _("It has no text layer: nobody can search it, select its text or have it read aloud"),
}
# Told, but no reason to refuse.
_WARNINGS = {NO_TEXT}

_LONGEST_PART = 60 * 1024**2  # bytes of one unpacked part; an archive that holds more is made to exhaust memory
_LONGEST = 600 * 1024**2  # and of all of them: three times what may be uploaded
_MOST_PARTS = 5000
_DEEPEST = 1000  # elements inside one another
_PAGES_FOR_TEXT = 20
_LONGEST_DETAIL = 300  # characters
_GPS_TAG = 0x8825
_OFFICE_NAMES = {"creator", "lastModifiedBy", "Company", "Manager", "initial-creator"}
_CHANGE_TAGS = {"ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tracked-changes"}
_COMMENT_PARTS = re.compile(r"(word/comments|xl/comments|xl/threadedComments/|ppt/comments/)")
_COMMENT_TAGS = {"comment", "threadedComment", "cm", "annotation"}
_TEXT_PARTS = re.compile(r"(word/[^/]+|content)\.xml$")
_NOTES = re.compile(r"ppt/notesSlides/[^/]+\.xml$")
_SLIDES = re.compile(r"ppt/slides/[^/]+\.xml$")
_PDF_NAMES = ("/Author", "/Company", "/Manager", "/SourceModified")
_PDF_HARMLESS = {"/Link", "/Widget", "/Popup", "/TrapNet", "/PrinterMark", "/Watermark", "/Movie", "/Screen"}


@dataclass(frozen=True)
class Trace:
    """One thing found; `detail` says where or what, in the document's own words."""

    code: str
    detail: str = ""

    @property
    def is_warning(self) -> bool:
        return self.code in _WARNINGS

    def __str__(self) -> str:
        return f"{LABELS[self.code]}: {self.detail}" if self.detail else str(LABELS[self.code])


def traces_of(name: str, file) -> list[dict]:
    """What a document tells, as [{"code", "detail"}, …] for storing; an empty list for a clean one."""
    extension = PurePath(name).suffix.lower().removeprefix(".")
    read = {"pdf": _pdf, **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods"), _package)}.get(extension)
    if read is None:
        return []
    file.seek(0)
    try:
        found = list(dict.fromkeys(read(io.BytesIO(file.read()))))
    except Exception:  # files made by anything, or made to break readers: each library has its own ways to fail
        found = [Trace(UNREADABLE)]
    finally:
        file.seek(0)
    return [asdict(trace) for trace in found]


def in_short(traces: Iterable[Trace]) -> str:
    """What was found, in one sentence: each thing once, with as many of the places where it was as can be read."""
    details = {}
    for trace in traces:
        details.setdefault(trace.code, []).append(trace.detail)
    said = {code: Truncator(", ".join(filter(None, found))).chars(_LONGEST_DETAIL) for code, found in details.items()}
    return "; ".join(str(Trace(code, detail)) for code, detail in said.items())


# -- office files -----------------------------------------------------------------------------------------------------
def _package(content: io.BytesIO) -> Iterator[Trace]:
    with zipfile.ZipFile(content) as archive:
        parts = archive.infolist()
        sizes = [part.file_size for part in parts]
        if len(parts) > _MOST_PARTS or max(sizes, default=0) > _LONGEST_PART or sum(sizes) > _LONGEST:
            yield Trace(UNREADABLE)
            return
        yield from _properties(archive)
        for part in parts:
            yield from _traces_of_part(archive, part.filename)


def _properties(archive: zipfile.ZipFile) -> Iterator[Trace]:
    names = set(archive.namelist())
    said = []
    for part in ("docProps/core.xml", "docProps/app.xml", "meta.xml"):
        if part in names:
            said += [f"{tag}: {text}" for tag, text, _item in _elements(archive, part) if tag in _OFFICE_NAMES and text]
    if "docProps/custom.xml" in names:
        elements = _elements(archive, "docProps/custom.xml")
        said += [item.get("name", "?") for tag, _text, item in elements if tag == "property"]
    if said:
        yield Trace(PROPERTIES, "; ".join(said)[:_LONGEST_DETAIL])


def _traces_of_part(archive: zipfile.ZipFile, name: str) -> Iterator[Trace]:
    lower = name.lower()
    if "/media/" in lower and lower.endswith((".jpg", ".jpeg", ".png", ".webp", ".tiff")):
        if tells_place(archive.read(name)):
            yield Trace(PLACE, PurePath(name).name)
    elif name.startswith("xl/revisions/"):
        yield Trace(CHANGES)
    elif name == "xl/workbook.xml":
        sheets = [item for tag, _text, item in _elements(archive, name) if tag == "sheet"]
        hidden = [item.get("name", "?") for item in sheets if item.get("state", "visible") != "visible"]
        if hidden:
            yield Trace(HIDDEN, ", ".join(hidden)[:_LONGEST_DETAIL])
    elif _NOTES.match(name):
        if any(tag == "t" and text for tag, text, _item in _elements(archive, name)):
            yield Trace(HIDDEN)
    elif _SLIDES.match(name):
        if any(tag == "sld" and item.get("show") in ("0", "false") for tag, _text, item in _elements(archive, name)):
            yield Trace(HIDDEN, PurePath(name).stem)
    elif lower.endswith(".xml") and (_COMMENT_PARTS.match(name) or _TEXT_PARTS.match(name)):
        tags = {tag for tag, _text, _item in _elements(archive, name)}
        if tags & _COMMENT_TAGS:
            yield Trace(COMMENTS)
        if _TEXT_PARTS.match(name) and tags & _CHANGE_TAGS:
            yield Trace(CHANGES)


def _elements(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Local name, text and attributes of elements, one after the other; raises ValueError for what is not well-formed.

    None is kept: a book is not held in memory, nor is a part that was made of millions of empty elements.
    """
    above = []
    try:
        with archive.open(name) as part:
            for event, item in iterparse(part, events=("start", "end")):
                if event == "start":
                    above.append(item)
                    if len(above) > _DEEPEST:
                        raise ValueError(name)
                    continue
                yield str(item.tag).rpartition("}")[2], (item.text or "").strip(), dict(item.attrib)
                above.pop()
                if above:
                    above[-1].remove(item)
    except (ParseError, DefusedXmlException) as error:
        raise ValueError(name) from error


def tells_place(content: bytes) -> bool:
    """Whether a photograph says where it was taken; raises what Pillow raises for one that cannot be read."""
    with Image.open(io.BytesIO(content)) as picture:
        return bool(picture.getexif().get_ifd(_GPS_TAG))


# -- PDF --------------------------------------------------------------------------------------------------------------
def _pdf(content: io.BytesIO) -> Iterator[Trace]:
    from pypdf import PdfReader  # loaded with the first document, not with every command

    reader = PdfReader(content)
    if reader.is_encrypted and not reader.decrypt(""):
        yield Trace(UNREADABLE)
        return
    said = [f"{key.removeprefix('/')}: {value}" for key, value in (reader.metadata or {}).items() if key in _PDF_NAMES]
    xmp = reader.xmp_metadata
    said += [f"creator: {name}" for name in (xmp.dc_creator or [] if xmp else []) if name]
    said = [text for text in said if not text.endswith(": ")]
    if said:
        yield Trace(PROPERTIES, "; ".join(dict.fromkeys(said))[:_LONGEST_DETAIL])
    if reader.attachments:
        yield Trace(ATTACHED, ", ".join(reader.attachments)[:_LONGEST_DETAIL])
    for page in reader.pages:
        kinds = {annotation.get_object().get("/Subtype") for annotation in page.get("/Annots") or []}
        if "/FileAttachment" in kinds:
            yield Trace(ATTACHED)
        if kinds - _PDF_HARMLESS - {"/FileAttachment"}:
            yield Trace(COMMENTS)
    pages = reader.pages[:_PAGES_FOR_TEXT]
    if not any(page.extract_text().strip() for page in pages):
        yield Trace(NO_TEXT)
