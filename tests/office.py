"""Real documents, made by the usual libraries: clean ones, and ones that tell more than their text."""

import io

import docx
import openpyxl
import pptx
from openpyxl.comments import Comment
from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject


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


def slides(*, author="", notes="") -> bytes:
    show = pptx.Presentation()
    show.core_properties.author = author
    show.core_properties.last_modified_by = ""
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Lai Châu"
    if notes:
        slide.notes_slide.notes_text_frame.text = notes
    return saved(show)


def pdf(*, author="", text=True, comment=False, attachment=False) -> bytes:
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
        writer.add_annotation(0, FreeText(text="Sai", rect=(50, 50, 90, 90)))
    if attachment:
        writer.add_attachment("luong.xlsx", b"secret")
    return saved(writer)
