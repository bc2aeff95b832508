"""What happens to an uploaded file before it is stored: no GPS, no camera data, no script, nothing in disguise.

Forms call `clean_picture` and `check_document`, so that a refusal is a message beside the field; the models' `save()`
calls them again for every other door (code, API, a second form), where a refusal is an exception.
"""

from io import BytesIO
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from portal.core.file_kinds import OFFICE_EXTENSIONS, document_is_what_it_says, is_old_container, picture_is_bare

# How each format is written again, where that is necessary at all. Only JPEG and WebP lose by it.
_SAVE_OPTIONS = {
    "JPEG": {"quality": 92, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90, "method": 4},
    "GIF": {},
}
_UPRIGHT = 1
_ORIENTATION_TAG = 0x0112
# Pillow raises these for files that are broken, disguised or made to exhaust memory.
UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError)


class CleanFile(ContentFile):
    """A file that has passed `clean_picture`; the model does not clean it a second time."""


def clean_upload(image) -> None:
    """Replace the image's new file by a clean copy and note its size and digest again.

    Raises ValidationError for what cannot be read as the picture it claims to be.
    """
    upload = image.file.file
    if isinstance(upload, CleanFile):
        return
    upload.seek(0)
    content = upload.read()
    cleaned = clean_picture(image.file.name, content)
    if image.file._committed and cleaned == content:
        return
    image.file = CleanFile(cleaned, name=PurePath(image.file.name).name)
    image._set_image_file_metadata()


def clean_picture(name: str, content: bytes) -> bytes:
    """The picture without anything but the picture. Raises ValidationError where there is none to be read."""
    return _clean_svg(content) if name.lower().endswith(".svg") else _clean_raster(content)


def check_document(name: str, file) -> None:
    """Raise ValidationError for a document whose content is not of the kind its name says."""
    extension = PurePath(name).suffix.lower().removeprefix(".")
    if extension not in settings.WAGTAILDOCS_EXTENSIONS:
        raise ValidationError(
            _("Files of this kind are not accepted. Accepted: %(kinds)s.")
            % {"kinds": ", ".join(settings.WAGTAILDOCS_EXTENSIONS)}
        )
    if file.size > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
        raise ValidationError(
            _("This file is too large. At most %(limit)d MB are accepted.")
            % {"limit": settings.WAGTAILDOCS_MAX_UPLOAD_SIZE // 1024**2}
        )
    if extension in OFFICE_EXTENSIONS and is_old_container(file):
        raise ValidationError(
            _(
                "This file is protected by a password or saved in the format of an old Office. "
                "Save it without a password as .%(extension)s, then upload it again."
            )
            % {"extension": extension}
        )
    if not document_is_what_it_says(extension, file):
        raise ValidationError(
            _("The content of this file is not what its name says (.%(extension)s).") % {"extension": extension}
        )


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
        refuse_bomb(picture)
        picture.load()
    except UNREADABLE as error:
        raise ValidationError(_("This file is not a picture that can be read.")) from error
    # Telephones store a second picture (depth, preview) behind the JPEG and call that MPO.
    picture_format = "JPEG" if picture.format == "MPO" else picture.format
    if picture_format not in _SAVE_OPTIONS:
        raise ValidationError(_("Pictures of this kind are not accepted."))
    if picture.format != "MPO" and getattr(picture, "is_animated", False):
        raise ValidationError(_("Moving pictures are not accepted."))
    upright = picture.getexif().get(_ORIENTATION_TAG, _UPRIGHT) == _UPRIGHT
    if upright and picture_is_bare(picture_format, content):
        return content  # writing it again would only cost quality
    return _write_again(picture, picture_format)


def refuse_bomb(picture: Image.Image) -> None:
    """The header already says how large the picture is; it is not unpacked to find out."""
    if picture.width * picture.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise ValidationError(
            _("This picture has too many pixels. At most %(limit)d million are accepted.")
            % {"limit": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000}
        )


def _write_again(picture: Image.Image, picture_format: str) -> bytes:
    colour_profile = picture.info.get("icc_profile")
    transparency = picture.info.get("transparency")
    # Whatever else the file told (comments, XMP, thumbnails, GPS) stays behind here. How it is to be turned was read
    # already; turning it would write all of it anew, and what is damaged cannot be written.
    picture.info = {}
    upright = ImageOps.exif_transpose(picture)
    upright.info = {} if transparency is None else {"transparency": transparency}
    target = BytesIO()
    upright.save(target, format=picture_format, icc_profile=colour_profile, **_SAVE_OPTIONS[picture_format])
    return target.getvalue()
