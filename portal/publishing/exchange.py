"""A file that others have read stays what they read: its page was approved with it."""

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from portal.publishing.approvals import versions_read_by_others
from portal.publishing.files import pages_with, used_in

REFUSAL = _(
    "A page that is public or in review uses this file, so it stays as it was read. Upload what is new as a new file"
    " and choose it in the text."
)


def is_as_read(obj: Model) -> bool:
    """Whether a file has to stay what it is: a page that is live uses it, or a version that others read or approved."""
    if pages_with(obj).filter(live=True).exists():
        return True
    return any(str(obj.pk) in used_in(draft.as_object(), type(obj)) for draft in versions_read_by_others())


def opens(before: Collection, after: Collection | None) -> bool:
    """Whether moving a file from one collection to another lets people read it whom a restriction kept out."""
    kept = {restriction.pk for restriction in before.get_view_restrictions()}
    return after is not None and not kept <= {restriction.pk for restriction in after.get_view_restrictions()}


def before_bulk_move(request: HttpRequest, action_type: str, objects, action) -> HttpResponse | None:
    """Of several files: what a restriction keeps from readers is not opened to them under a page that is public."""
    files = [obj for obj in objects if isinstance(obj, (get_image_model(), get_document_model()))]
    if action_type != "add_to_collection" or request.user.is_superuser:
        return None
    collection = action.cleaned_form.cleaned_data["collection"]
    kept = [file.title for file in files if opens(file.collection, collection) and is_as_read(file)]
    if not kept:
        return None
    messages.error(request, f"{', '.join(kept)}: {REFUSAL}")
    return redirect(action.next_url)
