"""Pictures and documents of the demo: drawn or written by code, stored once, marked for what they are."""

from collections.abc import Iterable

from django.core.files.base import ContentFile

from portal.core.demo.docx import write_docx
from portal.core.demo.files import Item
from portal.core.demo.pictures import draw
from portal.core.demo.wording import DOCUMENT_CREDIT, DOCUMENT_NOTE
from portal.core.models import PortalDocument, PortalImage

# Name in content files → (title, slug of the page that it prints).
DOCUMENTS = {"ke-hoach-93": ("Kế hoạch 93/KH-UBND ngày 23/01/2015: bản tóm tắt minh họa", "ke-hoach-93-nam-2015")}

_PICTURE_TITLES = {
    "terraces": "Ruộng bậc thang",
    "tea-hills": "Đồi chè",
    "peaks": "Núi cao",
    "cloud-sea": "Biển mây",
    "brocade-mong": "Hoa văn thổ cẩm Mông",
    "brocade-thai": "Hoa văn thổ cẩm Thái",
    "brocade-dao": "Hoa văn thổ cẩm Dao",
    "rhododendron": "Hoa đỗ quyên",
    "ginseng": "Sâm Lai Châu",
    "border-gate": "Cửa khẩu",
    "river": "Dòng sông",
    "market": "Chợ phiên",
    "cave": "Hang động",
    "waterfall": "Thác nước",
    "stilt-house": "Nhà sàn",
    "reservoir": "Hồ thủy điện",
    "glass-bridge": "Cầu kính",
    "xoe-dance": "Múa xòe",
    "meeting": "Cuộc họp",
    "documents": "Văn bản",
    "sea-islands": "Biển đảo",
    "town": "Phố núi",
}


def pictures_of(item: Item) -> set[str]:
    """Names of the pictures a page shows."""
    blocks = {name for block in item.original.blocks for name in block.pictures}
    return blocks | ({item.original.head["lead_picture"]} if "lead_picture" in item.original.head else set())


def documents_of(item: Item) -> set[str]:
    return {block.value["document"] for block in item.original.blocks if block.kind == "download"}


def make_pictures(names: Iterable[str]) -> dict[str, int]:
    """The pictures by name; those that are missing are drawn. A title says which drawing a picture is."""
    made = {}
    for name in sorted(names):
        title = f"{_PICTURE_TITLES.get(name, name)} (hình minh họa)"
        picture = PortalImage.objects.filter(title=title, is_illustration=True).first()
        if picture is None:
            file_name, content = draw(name)
            picture = PortalImage(title=title, is_illustration=True)
            picture.file = ContentFile(content, name=file_name)
            picture.save()
        made[name] = picture.pk
    return made


def make_documents(names: Iterable[str], items: list[Item]) -> dict[str, int]:
    """The documents by name; those that are missing are written from the page they print."""
    by_slug = {item.slug: item for item in items}
    made = {}
    for name in sorted(names):
        title, slug = DOCUMENTS[name]
        document = PortalDocument.objects.filter(title=title).first()
        if document is None:
            document = PortalDocument(title=title, language="vi", credit=DOCUMENT_CREDIT)
            content = write_docx(title, DOCUMENT_NOTE, by_slug[slug].original if slug in by_slug else None)
            document.file = ContentFile(content, name=f"{name}-tom-tat.docx")
            document.save()
        made[name] = document.pk
    return made
