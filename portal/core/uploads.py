"""What happens to an uploaded picture before it is stored: no GPS, no camera data, no script; colours and upright kept."""
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

# How each format is written again. JPEG keeps its quality tables only when nothing was rotated.
_SAVE_OPTIONS = {
    "JPEG": {"quality": 92, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90, "method": 4},
    "GIF": {},
}


def clean_upload(image) -> None:
    """Replace the image's new file by a clean copy and note its size and digest again.

    Raises ValidationError for what cannot be read as the picture it claims to be.
    """
    upload = image.file.file
    upload.seek(0)
    content = upload.read()
    name = image.file.name
    cleaned = _clean_svg(content) if name.lower().endswith(".svg") else _clean_raster(content)
    image.file = ContentFile(cleaned, name=name)
    image._set_image_file_metadata()


def _clean_svg(content: bytes) -> bytes:
    """Drop scripts, handlers and foreign references from a drawing; svg-hush rebuilds it from what it knows is safe."""
    import py_svg_hush

    try:
        return py_svg_hush.filter_svg(content)
    except ValueError as error:
        raise ValidationError(_("This file is not a valid SVG drawing.")) from error


def _clean_raster(content: bytes) -> bytes:
    try:
        picture = Image.open(BytesIO(content))
        picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This file is not a picture that can be read.")) from error
    picture_format = picture.format
    if picture_format not in _SAVE_OPTIONS:
        raise ValidationError(_("Pictures of this kind are not accepted."))
    if getattr(picture, "is_animated", False):
        raise ValidationError(_("Moving pictures are not accepted."))
    colour_profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    upright.info = {}
    target = BytesIO()
    upright.save(target, format=picture_format, icc_profile=colour_profile, **_SAVE_OPTIONS[picture_format])
    return target.getvalue()
