"""Real documents, made by the usual libraries: clean ones, and ones that tell more than their text."""

import io

import docx
import openpyxl
import pptx
from openpyxl.comments import Comment
from PIL import Image
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pypdf import PdfWriter
from pypdf.annotations import FreeText, Highlight
from pypdf.annotations import Text as PdfText
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject


def saved(document) -> bytes:
    target = io.BytesIO()
    document.write(target) if isinstance(document, PdfWriter) else document.save(target)
    return target.getvalue()


def photograph_with_place() -> io.BytesIO:
    data = Image.Exif()
    data.get_ifd(0x8825).update({1: "N", 2: (22.0, 23.0, 46.0), 3: "E", 4: (103.0, 27.0, 29.0)})
    target = io.BytesIO()
    Image.new("RGB", (60, 40), "#3f7d4e").save(target, "JPEG", exif=data)
    target.seek(0)
    return target


def word(*, author="", comment=False, change="", picture=False) -> bytes:
    document = docx.Document()
    document.core_properties.author = author
    document.core_properties.comments = ""
    paragraph = document.add_paragraph("Kế hoạch năm 2026")
    run = paragraph.add_run(" của tỉnh")
    if comment:
        document.add_comment(run, text="Xem lại số liệu", author="Nguyễn Văn A")
    if change:
        mark = run._r.makeelement(docx.oxml.ns.qn(f"w:{change}"), {docx.oxml.ns.qn("w:author"): "A"})
        run._r.addprevious(mark)
        mark.append(run._r)
    if picture:
        document.add_picture(photograph_with_place())
    return saved(document)


def sheet(*, author="", comment=False, hidden=False) -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = author
    book.active["A1"] = "Chè"
    if comment:
        book.active["A1"].comment = Comment("Chưa duyệt", "Nguyễn Văn A")
    if hidden:
        book.create_sheet("Lương").sheet_state = "hidden"
    return saved(book)


# Part, content type, relation and content of a comment as PowerPoint writes it: until 2019, and since.
_SLIDE_COMMENTS = {
    "classic": (
        "/ppt/comments/comment1.xml",
        "application/vnd.openxmlformats-officedocument.presentationml.comments+xml",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
        '<p:cmLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
        '<p:cm authorId="0" dt="2026-11-20T09:00:00" idx="1"><p:pos x="10" y="10"/><p:text>Sai</p:text></p:cm>'
        "</p:cmLst>",
    ),
    "modern": (
        "/ppt/comments/modernComment_100_0.xml",
        "application/vnd.ms-powerpoint.comments+xml",
        "http://schemas.microsoft.com/office/2018/10/relationships/comments",
        '<p188:cmLst xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main">'
        '<p188:cm id="{1}" authorId="{2}" created="2026-11-20T09:00:00"><p188:txBody/></p188:cm></p188:cmLst>',
    ),
}


def slides(*, author="", notes="", comment="", hidden=False) -> bytes:
    show = pptx.Presentation()
    show.core_properties.author = author
    show.core_properties.last_modified_by = ""
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Lai Châu"
    if notes:
        slide.notes_slide.notes_text_frame.text = notes
    if comment:
        name, content_type, relation, content = _SLIDE_COMMENTS[comment]
        part = Part(PackURI(name), content_type, show.part.package, content.encode())
        slide.part.relate_to(part, relation)
    if hidden:
        slide._element.set("show", "0")
    return saved(show)


def _corner_list(corners: tuple) -> ArrayObject:
    left, bottom, right, top = corners
    return ArrayObject(FloatObject(number) for number in (left, top, right, top, left, bottom, right, bottom))


def pdf(*, author="", text=True, comment="", attachment=False) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    if text:
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        stream = DecodedStreamObject()
        stream.set_data(b"BT /F1 18 Tf 20 150 Td (Plan of 2026) Tj ET")
        page[NameObject("/Contents")] = writer._add_object(stream)
    if author:
        writer.add_metadata({"/Author": author})
    if comment:
        kind = {"text": PdfText, "free": FreeText}.get(comment)
        corners = (50, 50, 90, 90)
        mark = kind(text="Sai", rect=corners) if kind else Highlight(rect=corners, quad_points=_corner_list(corners))
        writer.add_annotation(0, mark)
    if attachment:
        writer.add_attachment("luong.xlsx", b"secret")
    return saved(writer)
