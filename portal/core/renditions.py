"""The sizes of every picture: made by a task after upload, listed on the picture, printed by the `picture` tag.

No reader's request ever makes a rendition or asks for its row: `PortalImage.variants` says what exists.
"""

from django.db.models.signals import post_delete, post_save
from django_tasks import task
from wagtail.images import get_image_model

from portal.publishing.generation import raise_generation

RASTER_WIDTHS = (320, 640, 960, 1280)
AVIF_WIDTHS = (640, 960, 1280)  # the smallest files and the slowest to make; for thumbs WebP is as small
CARD_SIZES = ((480, 320), (960, 640))  # cards are cropped; around the focal point where an editor set one
FALLBACK_WIDTH = 960  # the one JPEG, for browsers without WebP and for social cards


def filters_for(image) -> list[str]:
    """Filter specs of the renditions a picture should have. Nothing is enlarged; a drawing needs one size only."""
    if image.is_svg():
        return ["original|preserve-svg"]
    fallback = min(FALLBACK_WIDTH, image.width)
    specs = [
        *(f"width-{width}|format-avif" for width in _at_most(image, AVIF_WIDTHS)),
        *(f"width-{width}|format-webp" for width in _at_most(image, RASTER_WIDTHS)),
        f"width-{fallback}|format-jpeg|bgcolor-ffffff",
    ]
    if image.has_focal_point():
        specs += [f"fill-{width}x{height}|format-webp" for width, height in CARD_SIZES if width <= image.width]
    return specs


def _at_most(image, widths: tuple[int, ...]) -> list[int]:
    return sorted({min(width, image.width) for width in widths})


@task()
def make_renditions(image_id: int) -> None:
    """Make what is missing and note on the picture what exists. Run again, it changes nothing."""
    model = get_image_model()
    # Prefetched, so that Wagtail looks at rows and not at a cache that another process cannot clear.
    image = model.objects.filter(pk=image_id).prefetch_related("renditions").first()
    if image is None:
        return
    known = {one.pk for one in image.renditions.all()}
    made = image.get_renditions(*filters_for(image))
    variants = [
        {
            "width": round(one.width),
            "height": round(one.height),
            "format": _format_of(one.file.name),
            "name": one.file.name,
            **({"crop": True} if spec.startswith("fill-") else {}),
        }
        for spec, one in made.items()  # a drawing's measures may be fractions
    ]
    if variants != image.variants:
        model.objects.filter(pk=image_id).update(variants=variants)
    if variants != image.variants or any(one.pk not in known for one in made.values()):
        raise_generation()  # also where a new file took an old name: what was remembered of the name is wrong


def _format_of(name: str) -> str:
    extension = name.rpartition(".")[2].lower()
    return {"jpg": "jpeg"}.get(extension, extension)


def image_saved(instance, raw=False, **kwargs) -> None:
    """Signal receiver: a picture is new or was changed."""
    if not raw:
        make_renditions.enqueue(instance.pk)


def rendition_deleted(sender, instance, origin=None, **kwargs) -> None:
    """Signal receiver: Wagtail drops the renditions of a replaced file, after saving the picture."""
    if getattr(origin, "model", type(origin)) is sender:  # not because the picture itself goes
        make_renditions.enqueue(instance.image_id)


def connect() -> None:
    """Called once when the application is ready."""
    post_save.connect(image_saved, sender="core.PortalImage", dispatch_uid="picture_saved")
    post_delete.connect(rendition_deleted, sender="core.PortalRendition", dispatch_uid="rendition_deleted")
