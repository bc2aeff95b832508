"""Records that pages show without being pages: a change of one begins a new cache generation like a publication.

What is reviewed goes through the publishing service; here are deletion, and the records that have no drafts.
"""

from django.db.models.signals import post_delete, post_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Site

from portal.core.models.snippets import ReviewedSnippet
from portal.publishing.generation import raise_generation


def note_change(sender, raw=False, **kwargs) -> None:
    raise_generation()


def note_deletion(sender, instance, **kwargs) -> None:
    if isinstance(instance, ReviewedSnippet):
        raise_generation()


def connect() -> None:
    """Called once when the application is ready."""
    for model in (get_image_model(), get_document_model(), Site, Locale, Redirect):
        for signal in (post_save, post_delete):
            signal.connect(note_change, sender=model, dispatch_uid=f"public_record_{model._meta.label}")
    post_delete.connect(note_deletion, dispatch_uid="public_snippet_deleted")
