"""What a file really is, read from its bytes: names and the browser's word prove nothing."""

import struct
import zipfile
from collections.abc import Iterator

_OFFICE_MEMBER = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
_OPEN_DOCUMENT = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
OFFICE_EXTENSIONS = frozenset({*_OFFICE_MEMBER, *_OPEN_DOCUMENT})
# Editors in the province still send plain text in the old Vietnamese code page.
_TEXT_ENCODINGS = ("utf-8", "cp1258")
_SAMPLE = 64 * 1024

_JPEG_END, _JPEG_SCAN = 0xD9, 0xDA
_JPEG_BARE = {0xE0, 0xE2, 0xEE, 0xDB, 0xC4, 0xDD, *range(0xC0, 0xD0)}  # JFIF, colour profile, Adobe, tables, frames
_PNG_BARE = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD", b"pHYs"}
_WEBP_BARE = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"}


def document_is_what_it_says(extension: str, file) -> bool:
    """Whether a document's content is of the kind its extension names."""
    file.seek(0)
    try:
        if extension == "pdf":
            return b"%PDF-" in file.read(1024)
        if extension in ("csv", "txt"):
            return _is_text(file.read(_SAMPLE))
        return _is_package(extension, file)
    finally:
        file.seek(0)


def is_old_container(file) -> bool:
    """Whether a file is the container of Office before 2007, in which also encrypted files of today are kept."""
    file.seek(0)
    try:
        return file.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    finally:
        file.seek(0)


def _is_text(sample: bytes) -> bool:
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    elif b"\0" in sample or sample.startswith((b"MZ", b"\x7fELF", b"%PDF-", b"PK\x03\x04")):
        return False
    else:
        encodings = _TEXT_ENCODINGS
    # The sample may end inside a character: the last bytes do not decide.
    return any(_decodes(sample[:cut], encoding) for encoding in encodings for cut in (None, -1, -2, -3))


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        sample.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_package(extension: str, file) -> bool:
    """The office formats are ZIP archives; a macro inside makes the file another kind than the name says."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if extension in _OPEN_DOCUMENT:
                with archive.open("mimetype") as member:
                    return member.read(100).strip().startswith(_OPEN_DOCUMENT[extension])
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError):
        return False
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return False
    return "[Content_Types].xml" in names and any(name.startswith(_OFFICE_MEMBER[extension]) for name in names)


def picture_is_bare(picture_format: str, content: bytes) -> bool:
    """Whether a picture file holds nothing beside the picture and its colours. In doubt it does not."""
    parts = {"JPEG": _jpeg_parts, "PNG": _png_parts, "WEBP": _webp_parts}.get(picture_format)
    allowed = {"JPEG": _JPEG_BARE, "PNG": _PNG_BARE, "WEBP": _WEBP_BARE}.get(picture_format)
    if parts is None:
        return False
    try:
        return all(part in allowed for part in parts(content))
    except (struct.error, IndexError):
        return False


def _jpeg_parts(content: bytes) -> Iterator[int | None]:
    """Marker of every segment; None for a segment, or a tail, that says something of its own."""
    position = 2
    while True:
        if content[position] != 0xFF:
            yield None
            return
        marker = content[position + 1]
        if marker == _JPEG_END:
            if content[position + 2 :]:
                yield None  # something hides behind the end of the picture
            return
        (length,) = struct.unpack(">H", content[position + 2 : position + 4])
        body = content[position + 4 : position + 2 + length]
        position += 2 + length
        if marker == 0xE2 and not body.startswith(b"ICC_PROFILE\0"):
            yield None
        elif marker == _JPEG_SCAN:
            position = _after_scan(content, position)
        else:
            yield marker


def _after_scan(content: bytes, position: int) -> int:
    """Where the coded picture data end: at the first marker that is neither an escape nor a restart."""
    while True:
        position = content.find(b"\xff", position)
        if position < 0:
            raise IndexError("no end of the picture")
        following = content[position + 1]
        if following != 0 and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return position
        position += 1 if following == 0xFF else 2


def _png_parts(content: bytes) -> Iterator[bytes | None]:
    position = 8
    while position < len(content):
        length, kind = struct.unpack(">I4s", content[position : position + 8])
        yield kind
        position += 12 + length
        if kind == b"IEND" and content[position:]:
            yield None
            return


def _webp_parts(content: bytes) -> Iterator[bytes | None]:
    (size,) = struct.unpack("<I", content[4:8])
    if len(content) > size + 8:
        yield None
    position = 12
    while position < size + 8:
        kind, length = struct.unpack("<4sI", content[position : position + 8])
        yield kind
        position += 8 + length + length % 2
