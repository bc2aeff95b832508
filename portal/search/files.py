"""Documents in the search: those that a public page uses, with the text inside them.

A document has no state of its own: it is findable while a findable page refers to it and its collection is open to
everybody. Its text is read once for each content, and only of documents that are public.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex

from portal.search.documents import folded_columns, no_prefix, sections_of
from portal.search.models import DocumentText, SearchEntry
from portal.search.text import plain
from portal.search.text_of_files import READERS

KIND = "document"
SECONDS_TO_READ = 30


def key_of(document_id: int) -> str:
    return f"document:{document_id}"


def users_of(documents: Iterable[int], findable, hidden_below: str = "") -> dict[int, list[Page]]:
    """The findable pages that use each document; documents without any are left out.

    `hidden_below`: tree path of a branch that is being closed and that the cache still believes open.
    """
    document_type, page_type = map(ContentType.objects.get_for_model, (get_document_model(), Page))
    wanted = {str(pk) for pk in documents}
    references = ReferenceIndex.objects.filter(
        to_content_type=document_type, base_content_type=page_type, to_object_id__in=wanted
    ).values_list("to_object_id", "object_id")
    pages = findable.filter(pk__in={page_id for _, page_id in references})
    if hidden_below:
        pages = pages.exclude(path__startswith=hidden_below)
    by_id = {str(page.pk): page for page in pages.order_by("path")}
    found: dict[int, list[Page]] = {}
    for document_id, page_id in references:
        if page_id in by_id and by_id[page_id] not in found.setdefault(int(document_id), []):
            found[int(document_id)].append(by_id[page_id])
    closed = set(in_closed_collections().filter(pk__in=found).values_list("pk", flat=True))
    return {pk: pages for pk, pages in found.items() if pages and pk not in closed}


def in_closed_collections() -> QuerySet:
    """The documents that not everybody may open. One query, and none of documents where no collection is closed."""
    closed = Q(pk__in=())
    for path in CollectionViewRestriction.objects.values_list("collection__path", flat=True):
        closed |= Q(collection__path__startswith=path)
    return get_document_model().objects.filter(closed)


def used_by(page_ids: Iterable[int]) -> list[int]:
    """Documents that these pages refer to now. Does not wait for the task that keeps the references."""
    for page in Page.objects.filter(pk__in=page_ids).specific():
        ReferenceIndex.create_or_update_for_object(page)
    document_type, page_type = map(ContentType.objects.get_for_model, (get_document_model(), Page))
    references = ReferenceIndex.objects.filter(
        to_content_type=document_type, base_content_type=page_type, object_id__in=map(str, page_ids)
    )
    return sorted(map(int, set(references.values_list("to_object_id", flat=True))))


def entry_of(document, pages: list[Page]) -> SearchEntry:
    """The unsaved entry of a document that these pages use."""
    title, body = plain(document.title), plain(document.search_text.text)
    with no_prefix():
        path = reverse("wagtaildocs_serve", args=[document.pk, document.filename])
    day = timezone.localtime(document.created_at).date()
    return SearchEntry(
        key=key_of(document.pk),
        language=document.language,
        kind=KIND,
        section=sections_of(pages)[pages[0].pk],
        title=title,
        body=body,
        path=path,
        date=day,
        year=day.year,
        updated=document.created_at,
        public_until=_last_end(pages),
        file_type=document.file_extension[:10].lower(),
        file_size=document.get_file_size(),
        **folded_columns(title, "", body),
    )


def _last_end(pages: list[Page]) -> datetime | None:
    ends = [page.expire_at for page in pages]
    return None if None in ends else max(ends)


def read(document) -> None:
    """Have the text of a document as it is now; what cannot be read is noted for the editor."""
    digest = document.get_file_hash()
    known = DocumentText.objects.filter(document=document).first()
    if known is not None and known.file_hash == digest:
        return
    answer = _read(document)
    DocumentText.objects.update_or_create(document=document, defaults={"file_hash": digest, **answer})


def _read(document) -> dict[str, str]:
    extension = document.file_extension.lower()
    if extension not in READERS:
        return {"text": "", "problem": ""}
    try:
        with document.open_file() as file:
            content = file.read()
        command = [sys.executable, "-m", "portal.search.text_of_files", extension]
        output = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS_TO_READ, check=True, cwd=settings.BASE_DIR
        ).stdout
        answer = json.loads(output)
    except subprocess.TimeoutExpired:
        return {"text": "", "problem": "too_slow"}
    except (OSError, subprocess.CalledProcessError, ValueError):
        return {"text": "", "problem": "corrupt"}
    return {"text": answer["text"].replace("\0", ""), "problem": answer["problem"]}
