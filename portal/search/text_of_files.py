"""The text of a PDF or Word file, read in a process of its own: `python -m portal.search.text_of_files pdf < file`.

A file from outside may be made to exhaust memory or never to end. The process has limits of both, and whatever
happens to it is an answer, too. Prints JSON: {"text": …, "problem": "" | "protected" | "corrupt" | "no_text"}.
"""

import json
import resource
import sys
import zipfile
from io import BytesIO

LONGEST_TEXT = 200_000  # characters
MOST_PAGES = 1000
MEMORY = 1 << 30  # bytes
UNPACKED = 300 << 20  # bytes that a Word file may hold


class Protected(Exception):
    """The file cannot be read without a password."""


def text_of_pdf(content: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Protected
        pieces, length = [], 0
        for page in reader.pages[:MOST_PAGES]:
            pieces.append(page.extract_text())
            length += len(pieces[-1])
            if length > LONGEST_TEXT:
                break
        return "\n".join(pieces)
    except (FileNotDecryptedError, DependencyError) as error:  # the latter: a cipher that pypdf needs a library for
        raise Protected from error


def text_of_docx(content: bytes) -> str:
    """Paragraphs and table cells in their order, as far as the text may be long."""
    from docx import Document
    from docx.table import Table

    if content.startswith(b"\xd0\xcf\x11\xe0"):  # an encrypted Word file is no ZIP archive but an old container
        raise Protected
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if sum(member.file_size for member in archive.infolist()) > UNPACKED:
            raise ValueError("too much inside")
    pieces = []
    for item in Document(BytesIO(content)).iter_inner_content():
        if isinstance(item, Table):
            pieces += [cell.text for row in item.rows for cell in row.cells]
        else:
            pieces.append(item.text)
    return "\n".join(pieces)


READERS = {"pdf": text_of_pdf, "docx": text_of_docx}


def main(extension: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        text = READERS[extension](sys.stdin.buffer.read())
    except Protected:
        answer = {"text": "", "problem": "protected"}
    except Exception:  # a damaged file may raise anything
        answer = {"text": "", "problem": "corrupt"}
    else:
        answer = {"text": text[:LONGEST_TEXT], "problem": "" if text.strip() else "no_text"}
    print(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1])
