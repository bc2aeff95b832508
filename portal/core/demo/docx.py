"""A small Word document with a real text layer, written with the standard library alone."""

import html
import io
import re
import zipfile

from portal.core.demo.files import Version

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats"
_PARTS = {
    "[Content_Types].xml": f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="{_TYPE}-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="{_TYPE}-officedocument.wordprocessingml.document.main+xml"/>
</Types>""",
    "_rels/.rels": f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Target="word/document.xml"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>""",
}


def write_docx(title: str, note: str, version: Version | None) -> bytes:
    """A document with a title, a note on what it is, and the words of a page."""
    paragraphs = [_paragraph(title, bold=True), _paragraph(note)]
    for line, bold in _lines(version) if version else ():
        paragraphs.append(_paragraph(line, bold))
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{_WORD}"><w:body>'
        + "".join(paragraphs)
        + "</w:body></w:document>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {**_PARTS, "word/document.xml": document}.items():
            # A fixed time, so that the same words give the same file.
            package.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _lines(version: Version):
    yield version.head["summary"], False
    for block in version.blocks:
        if block.kind == "heading":
            yield block.value["text"], True
        elif block.kind == "text":
            for segment in block.segments:
                words = html.unescape(re.sub(r"<[^>]*>", "", segment.html))
                yield (words if segment.kind == "p" else f"• {words}"), False
        elif block.kind == "quote":
            yield f"“{block.value['text']}” ({block.value['attribution']})", False
        elif block.kind == "table":
            yield block.value["caption"], True
            for row in block.value["rows"]:
                yield ": ".join(row), False
    yield version.head["source"], False


def _paragraph(text: str, bold: bool = False) -> str:
    style = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p><w:r>{style}<w:t xml:space="preserve">{html.escape(text)}</w:t></w:r></w:p>'
