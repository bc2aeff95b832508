"""Pictures: their sizes are made by a task, and a page only prints what exists."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.template import Context, Template
from PIL import Image
from wagtail.images.rect import Rect

from portal.core.models import PortalImage, PortalRendition

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
