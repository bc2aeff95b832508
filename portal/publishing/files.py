"""Who may read a file. Nothing is public because of where it lies: a file is public while a public page uses it."""

import hashlib
from mimetypes import guess_type

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import etag, require_safe
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.documents.models import document_served
from wagtail.documents.views.serve import serve as serve_by_wagtail
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from portal.core.document_traces import in_short
from portal.operations import accel, parts
from portal.publishing.approvals import NotApproved
from portal.publishing.generation import cached
from portal.publishing.visibility import is_public


class UnfitFile(NotApproved):
    """Raised where a text may go out, but not with this file."""


def is_public_file(obj: Model) -> bool:
    """Whether a picture or document is used by a page that everybody may read now. Remembered for the generation."""
    return cached(f"file:{obj._meta.label_lower}:{obj.pk}", lambda: "yes" if _used_in_public(obj) else "no") == "yes"


def refuse_unfit_files(obj: Model) -> None:
    """Raise UnfitFile if something about to go public uses a document that tells more than its text."""
    document_model = get_document_model()
    for document in document_model.objects.filter(pk__in=used_in(obj, document_model)).order_by("title"):
        if document.obstacles:
            found = in_short(document.obstacles)
            raise UnfitFile(
                _(
                    "The file «%(title)s» cannot be published as it is. %(found)s. Upload a copy without as a new file"
                    " and choose it in the text."
                )
                % {"title": document.title, "found": found}
            )


def used_in(obj: Model, model: type[Model]) -> set[str]:
    """Keys of the files of a kind that a text uses as it is in memory, published or not."""
    type_id = ContentType.objects.get_for_model(model).pk
    references = ReferenceIndex._extract_references_from_object(obj)
    return {object_id for content_type_id, object_id, *_paths in references if content_type_id == type_id}


def _used_in_public(obj: Model) -> bool:
    if getattr(obj, "findings", None) is not None and obj.obstacles:
        return False  # the file of a public page was replaced by one that tells too much
    return any(is_public(page) for page in pages_with(obj))


def is_staff(request: HttpRequest) -> bool:
    """Whether somebody of the administration asks. Looked at only where a session exists: readers have none."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.has_perm("wagtailadmin.access_admin")


def may_see_unpublished(request: HttpRequest, obj: Model) -> bool:
    """Staff see files before they are public: those they may choose, and those of pages they may edit."""
    if not is_staff(request):
        return False
    policy = policy_registry.get_by_type(type(obj))
    if policy.user_has_any_permission_for_instance(request.user, ["choose", "add", "change", "delete"], obj):
        return True
    return any(page.permissions_for_user(request.user).can_edit() for page in pages_with(obj))


def pages_with(obj: Model) -> QuerySet:
    """The pages, public or not, that use a file."""
    page_type = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.get_references_to(obj).filter(base_content_type=page_type)
    return Page.objects.filter(pk__in=set(references.values_list("object_id", flat=True)))


@require_safe
def serve_media(request: HttpRequest, name: str) -> HttpResponse:
    """A rendition of a picture, if the picture is public or a member of staff's to see. Originals have no address."""
    rendition_model = get_image_model().get_rendition_model()
    digest = hashlib.sha256(name.encode(errors="replace")).hexdigest()
    image_id, number = cached(
        f"rendition:{digest}",
        lambda: rendition_model.objects.filter(file=name).values_list("image_id", "pk").first() or (0, 0),
    )
    if not image_id:
        raise Http404("no such picture")
    public = is_public_file(get_image_model()(pk=image_id))
    if not public and not _is_for(request, image_id):
        raise Http404("this picture is not public")
    try:
        response = _file(request, name, f"{digest[:12]}-{number}")
    except FileNotFoundError:
        raise Http404("the picture's file is missing") from None
    # Shared caches ask again after a second: a withdrawn picture is gone for whoever has not seen it.
    response["Cache-Control"] = "public, max-age=3600, s-maxage=1" if public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    if name.endswith(".svg"):
        response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _is_for(request: HttpRequest, image_id: int) -> bool:
    """The same of a picture's number: for a reader the picture is not even looked up."""
    image = get_image_model().objects.filter(pk=image_id).first() if is_staff(request) else None
    return image is not None and may_see_unpublished(request, image)


def _file(request: HttpRequest, name: str, mark: str) -> HttpResponse:
    """The bytes of a stored file, or the order to nginx to send them; raise FileNotFoundError.

    `mark` tells it from what had its name before: a rendition that is made anew is another row. nginx has marks of its
    own.
    """
    kind = guess_type(name)[0] or "application/octet-stream"
    if not settings.ACCEL_LOCATION:
        headers = {"Content-Type": kind, "ETag": quote_etag(mark)}
        return etag(lambda _request: quote_etag(mark))(lambda request: parts.send(request, name, headers))(request)
    if not default_storage.exists(name):
        raise FileNotFoundError(name)
    return accel.sendfile(request, default_storage.path(name), kind)


@require_safe
def serve_document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponse:
    """A document, by Wagtail's view, if a public page uses it or it is a member of staff's to see."""
    document = get_object_or_404(get_document_model(), pk=document_id)
    public = is_public_file(document)
    if not public and not may_see_unpublished(request, document):
        raise Http404("this document is not public")
    if settings.ACCEL_LOCATION:
        response = serve_by_wagtail(request, document_id, document_filename)
    else:
        response = _document(request, document, document_filename)
    response["Cache-Control"] = "public, max-age=60, s-maxage=1" if public else "private, no-store"
    return response


def _document(request: HttpRequest, document, filename: str) -> HttpResponse:
    """What Wagtail's view does, for files that the portal sends itself: Wagtail's would fetch the whole first."""
    if document.filename != filename:
        raise Http404("this document has another name")
    for hook in hooks.get_hooks("before_serve_document"):
        answer = hook(document, request)
        if isinstance(answer, HttpResponse):
            return answer
    document_served.send(sender=type(document), instance=document, request=request)
    headers = {
        "Content-Type": document.content_type,
        "Content-Disposition": document.content_disposition,
        "Content-Security-Policy": "default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "ETag": quote_etag(document.file_hash),
    }

    @etag(lambda _request: document.file_hash)
    def whole_or_part(request: HttpRequest) -> HttpResponse:
        return parts.send(request, document.file.name, headers)

    try:
        return whole_or_part(request)
    except FileNotFoundError:
        raise Http404("the document's file is missing") from None
