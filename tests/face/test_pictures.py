"""Pictures: their sizes are made by a task, and a page only prints what exists."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.template import Context, Template
from django.utils import translation
from PIL import Image
from wagtail.images.rect import Rect

from portal.core.blocks import BodyStreamBlock
from portal.core.cards.drawing import draw_card
from portal.core.models import PortalImage, PortalRendition
from portal.publishing.approvals import system_approval
from tests.builders import home, make_article

pytestmark = pytest.mark.once
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200" viewBox="0 0 300 200">'
    b'<path d="M0 0h300v200H0z"/></svg>'
)


def jpeg(width: int, height: int, name: str = "anh.jpg") -> ContentFile:
    content = BytesIO()
    Image.new("RGB", (width, height), "#2c6a41").save(content, "JPEG")
    return ContentFile(content.getvalue(), name=name)


def show(image, **options) -> str:
    tag = "{% load portal %}{% picture image alt=alt sizes='50vw' lead=lead crop=crop %}"
    return Template(tag).render(Context({"image": image, "alt": "", "lead": False, "crop": False, **options}))


@pytest.fixture
def picture(portal):
    image = PortalImage.objects.create(title="Ruộng bậc thang", file=jpeg(1500, 1000))
    image.refresh_from_db()
    return image


def test_upload_makes_every_size_and_lists_it(picture):
    made = {(one["format"], one["width"]) for one in picture.variants}
    webp = {("webp", width) for width in (320, 640, 960, 1280)}
    assert made == webp | {("avif", 640), ("avif", 960), ("avif", 1280), ("jpeg", 960)}
    assert {one["name"] for one in picture.variants} == set(PortalRendition.objects.values_list("file", flat=True))


def test_nothing_is_enlarged(portal):
    image = PortalImage.objects.create(title="Nhỏ", file=jpeg(500, 300))
    image.refresh_from_db()
    assert {one["width"] for one in image.variants} == {320, 500}


def test_a_drawing_stays_a_drawing(portal):
    image = PortalImage.objects.create(title="Hoa văn", file=ContentFile(SVG, name="hoa-van.svg"))
    image.refresh_from_db()
    assert [(one["format"], one["width"], one["height"]) for one in image.variants] == [("svg", 300, 200)]
    html = show(image, alt="Hoa văn")
    assert "<picture>" not in html and 'width="300" height="200" alt="Hoa văn"' in html


def test_a_replaced_file_gets_new_sizes(picture):
    before = {one["name"] for one in picture.variants}
    picture.file = jpeg(800, 800, "anh-moi.jpg")
    picture.save()
    picture.renditions.all().delete()  # as Wagtail's form does after saving
    picture.refresh_from_db()
    assert {one["width"] for one in picture.variants} == {320, 640, 800}
    assert not before & {one["name"] for one in picture.variants}


def test_a_deleted_picture_takes_its_sizes_along(picture):
    picture.delete()
    assert not PortalRendition.objects.exists()


def test_the_tag_prints_sizes_and_measures_and_asks_nothing(picture, django_assert_num_queries):
    with django_assert_num_queries(0):
        html = show(picture, alt="Ruộng bậc thang")
    assert 'sizes="50vw"' in html and " 320w" in html and " 1280w" in html
    assert 'width="960" height="640"' in html
    assert 'loading="lazy"' in html and 'alt="Ruộng bậc thang"' in html


def test_the_lead_picture_comes_first(picture):
    html = show(picture, lead=True)
    assert 'fetchpriority="high"' in html and "lazy" not in html


def test_before_the_task_is_done_a_frame_of_the_right_shape(picture):
    picture.variants = []
    html = show(picture, alt="Ruộng bậc thang")
    assert "<img" not in html and 'role="img" aria-label="Ruộng bậc thang"' in html
    assert 'viewBox="0 0 1500 1000"' in html
    assert "role=" not in show(picture)  # pure decoration says nothing


def test_a_focal_point_gets_crops_of_its_own_for_cards(picture):
    assert show(picture, crop=True) == show(picture), "without a focal point the middle is as good"
    picture.set_focal_point(Rect(0, 0, 200, 200))
    picture.save()
    picture.refresh_from_db()
    crops = [one for one in picture.variants if one.get("crop")]
    assert {(one["width"], one["height"]) for one in crops} == {(480, 320), (960, 640)}
    assert crops[0]["name"] in show(picture, crop=True) and crops[0]["name"] not in show(picture)


def test_browsers_choose_the_smallest_format_they_know(picture):
    html = show(picture)
    assert html.index("image/avif") < html.index("image/webp") < html.index("<img")


def test_where_a_place_cuts_a_picture_its_focal_point_stays_in_sight(picture):
    assert "at-x" not in show(picture)
    picture.set_focal_point(Rect(100, 800, 300, 1000))
    assert 'class="at-x1 at-y9"' in show(picture)
    picture.set_focal_point(Rect(1400, 0, 1800, 20))  # as of a larger file
    assert 'class="at-x10 at-y0"' in show(picture)


def test_a_card_is_cut_around_the_focal_point():
    wide = Image.new("RGB", (900, 300), "#0000ff")
    wide.paste("#ff0000", (0, 0, 300, 300))
    colours = []
    for focus in ((0.1, 0.5), (0.9, 0.5)):
        card = Image.open(BytesIO(draw_card("Chè", "Cổng", wide, focus)))
        colours.append(max(zip(card.getpixel((1000, 280)), "rgb", strict=True))[1])
    assert colours == ["r", "b"]


# -- what stands below them ----------------------------------------------------------------------------------------
CREDIT = "Ảnh: Sở Văn hóa"


@pytest.fixture
def credited(picture):
    PortalImage.objects.filter(pk=picture.pk).update(credit=CREDIT)
    picture.refresh_from_db()
    return picture


def below(image, caption="", credit="", code="vi"):
    tag = "{% load portal %}{% filter mark_parts %}{% figcaption image caption credit %}{% endfilter %}"
    with translation.override(code):
        html = Template(tag).render(Context({"image": image, "caption": caption, "credit": credit}))
    return BeautifulSoup(html, "html.parser").figcaption


def test_caption_and_credit_both_stand_below_a_picture(credited):
    assert below(credited, "Bản Sin Suối Hồ").get_text() == f"Bản Sin Suối Hồ · {CREDIT}"
    assert below(credited).get_text() == CREDIT
    assert below(credited, credit="Ảnh: Lò Văn Pành").get_text() == "Ảnh: Lò Văn Pành"
    assert below(credited, "Chợ phiên, ảnh: Sở Văn hóa").get_text() == "Chợ phiên, ảnh: Sở Văn hóa", "said once"
    credited.credit, credited.is_illustration = "", True
    assert below(credited).select_one(".tag")
    credited.is_illustration = False
    assert below(credited) is None and below(None, "Chữ").get_text() == "Chữ"


@pytest.mark.parametrize(
    ("credit", "language"),
    [(CREDIT, "vi"), ("图：新华社", "zh-Hans"), ("Photo: Lai Châu News", None), ("AFP", None), ("Ảnh: TTXVN", "vi")],
)
def test_a_credit_without_a_language_of_its_own_says_what_its_words_tell(picture, credit, language):
    picture.credit = credit
    span = below(picture, "Terraces", code="en").span
    assert (span["lang"] if span else None) == language
    assert below(picture, credit=credit, code="en").span is None, "that of the use is translated with the page"
    if language == "vi":
        assert below(picture).span is None
        assert below(picture, code="zh-hans").select("[lang=vi]")


def test_lead_picture_hero_and_gallery_print_them(client, credited):
    article = make_article(lead_picture=credited, lead_caption="Ruộng")
    page = home()
    page.lead_picture = credited
    with system_approval("test"):
        page.save_revision().publish()
    for address, place in ((article.url, ".lead-picture"), (page.url, ".hero__picture")):
        html = BeautifulSoup(client.get(address).content, "html.parser")
        assert CREDIT in html.select_one(f"{place} figcaption").get_text()
    block = BodyStreamBlock().child_blocks["gallery"]
    value = {"title": "", "pictures": [{"type": "item", "value": {"picture": credited.pk, "alt": ""}, "id": "1"}]}
    tile = BeautifulSoup(block.render(block.to_python(value)), "html.parser").figure
    assert tile.figcaption.get_text() == CREDIT
    assert "44rem" not in str(tile) and "23rem" in tile.source["sizes"], "a tile is smaller than a picture in the text"
