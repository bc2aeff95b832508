"""When cards are made and where they lie: `cards/<page id>.jpg` in the private storage."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.signals import post_delete
from django_tasks import task
from PIL import Image
from wagtail.models import Page
from wagtail.signals import page_published

from portal.core.cards.drawing import draw_card
from portal.core.models import PortalImage, PortalInformation


def name_of(page_id: int) -> str:
    return f"cards/{page_id}.jpg"


@task()
def make_card(page_id: int) -> None:
    """Draw the card of a page as it is published now; a page that is gone loses its card."""
    page = Page.objects.filter(pk=page_id, live=True).select_related("locale").first()
    drop_card(page_id)
    if page is None:
        return
    page = page.specific
    names = PortalInformation.objects.filter(locale=page.locale, live=True).values_list("portal_name", flat=True)
    picture = getattr(page, "lead_picture", None)
    focus = (picture and picture.focus) or (0.5, 0.5)
    content = draw_card(page.title, names.first() or "", _content_of(picture), focus)
    default_storage.save(name_of(page_id), ContentFile(content))


def drop_card(page_id: int) -> None:
    if default_storage.exists(name_of(page_id)):
        default_storage.delete(name_of(page_id))


def _content_of(picture: PortalImage | None) -> Image.Image | None:
    """A picture from the size that was made for cards; drawings have none."""
    names = [variant["name"] for variant in (picture.variants if picture else ()) if variant["format"] == "jpeg"]
    if not names or not default_storage.exists(names[0]):
        return None
    with default_storage.open(names[0]) as file:
        return Image.open(BytesIO(file.read()))


def connect() -> None:
    """Called once when the application is ready."""
    page_published.connect(_published, dispatch_uid="card_of_published_page")
    post_delete.connect(_deleted, sender=Page, dispatch_uid="card_of_deleted_page")


def _published(sender, instance: Page, **kwargs) -> None:
    make_card.enqueue(instance.pk)


def _deleted(sender, instance: Page, **kwargs) -> None:
    transaction.on_commit(lambda: drop_card(instance.pk))
