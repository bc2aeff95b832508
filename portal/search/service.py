"""The only writer of entries. Taking away happens at once, in the transaction of the change; adding follows by a task.

So a withdrawn or restricted page cannot be found however late the tasks run, and a slow task never holds up an editor.
"""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import QuerySet
from wagtail.documents import get_document_model
from wagtail.models import Page

from portal.core.listing import published
from portal.operations.locks import alone
from portal.search import files, vocabulary
from portal.search.documents import entries_of, path_of, sections_of
from portal.search.models import SearchEntry

CHUNK = 200
_LOCK = 0x5EA7C4  # of whoever writes entries; any number, as long as it is always the same
_WRITTEN = [field.name for field in SearchEntry._meta.concrete_fields if field.name not in ("id", "key")]


def findable() -> QuerySet:
    """The pages that should have an entry: what lists may show, below the tree's root."""
    return published(Page.objects.filter(depth__gt=1))


def reindex(page_ids: Iterable[int], progress: Callable[[int], None] = lambda done: None) -> int:
    """Make the entries of these pages agree with the pages as they are now; return how many are to be found."""
    count = done = 0
    for chunk in _chunks(page_ids):
        with alone(_LOCK):
            pages = list(findable().filter(pk__in=chunk).specific())
            write(entries_of(pages))
            SearchEntry.objects.filter(page_id__in=set(chunk) - {page.pk for page in pages}).delete()
        count, done = count + len(pages), done + len(chunk)
        progress(done)
    return count


def rebuild(
    language: str = "", progress: Callable[[int, int], None] = lambda done, total: None
) -> tuple[int, int, int]:
    """Make every entry again, row by row, of one language or with the words of all; readers find things all the while.
    Return how many pages and documents are to be found, and how many entries were removed."""
    pages = findable().order_by("pk")
    if language:
        pages = pages.filter(locale__language_code=language)
    ids = list(pages.values_list("pk", flat=True))
    reindex(ids, progress=lambda done: progress(done, len(ids)))
    removed = remove_stale()
    take_away_hidden_documents()
    documents = reindex_documents(get_document_model().objects.values_list("pk", flat=True))
    if not language:
        counted = vocabulary.count_all()
        with alone(_LOCK):
            vocabulary.replace_by(counted)
    return len(ids), documents, removed


def reindex_branch(page_id: int) -> None:
    """After a move, a new slug or a change of privacy: set places right below a page, texts only where missing."""
    root = Page.objects.filter(pk=page_id).first()
    if root is None:
        return
    take_away_hidden(root)
    missing = []
    for chunk in _chunks(findable().descendant_of(root, inclusive=True).values_list("pk", flat=True)):
        with alone(_LOCK):
            missing += _set_places(chunk)
    reindex(missing)
    reindex_documents_of(findable().descendant_of(root, inclusive=True).values_list("pk", flat=True))


def reindex_documents(document_ids: Iterable[int]) -> int:
    """Make the entries of these documents agree with the pages that use them; return how many are to be found."""
    count = 0
    for chunk in _chunks(document_ids):
        for document in get_document_model().objects.filter(pk__in=files.users_of(chunk, findable())):
            files.read(document)  # slow, so before the transaction that others wait for
        with alone(_LOCK):
            users = files.users_of(chunk, findable())
            documents = get_document_model().objects.filter(pk__in=users, search_text__isnull=False)
            entries = [files.entry_of(each, users[each.pk]) for each in documents.select_related("search_text")]
            write(entries)
            SearchEntry.objects.filter(key__in={files.key_of(pk) for pk in chunk} - {e.key for e in entries}).delete()
        count += len(entries)
    return count


def reindex_documents_of(page_ids: Iterable[int]) -> None:
    """After pages changed: the documents they use now, and those that no page uses any more."""
    take_away_hidden_documents()
    reindex_documents(files.used_by(list(page_ids)))


def take_away_hidden_documents(hidden_below: str = "") -> None:
    """Remove now the entries of documents that no findable page uses."""
    entries = SearchEntry.objects.filter(kind=files.KIND, page=None)
    present = {int(key.partition(":")[2]) for key in entries.values_list("key", flat=True)}
    gone = present - files.users_of(present, findable(), hidden_below).keys()
    entries.filter(key__in=map(files.key_of, gone)).delete()


def take_away_closed_documents() -> None:
    """Remove what a collection closed in a way of which nobody was told. Cheap, because every round asks for it."""
    closed = files.in_closed_collections().values_list("pk", flat=True)
    SearchEntry.objects.filter(key__in=list(map(files.key_of, closed))).delete()


def take_away(pages) -> None:
    """Remove the entries of these pages now, in the present transaction, and of documents that only they used."""
    SearchEntry.objects.filter(page__in=pages).delete()
    take_away_hidden_documents()


def take_away_hidden(root: Page) -> None:
    """Remove now what is not public any more below a page. Asks the database, not the cache, for restrictions."""
    entries = SearchEntry.objects.below(root.path)
    closed = root.get_view_restrictions().exists()
    if closed:
        entries.delete()
    else:
        entries.exclude(page__in=findable()).delete()
    take_away_hidden_documents(hidden_below=root.path if closed else "")


def remove_stale() -> int:
    """Remove entries whose page is not to be found any more; return how many there were."""
    return SearchEntry.objects.filter(page__isnull=False).exclude(page__in=findable()).delete()[0]


def _set_places(page_ids: list[int]) -> list[int]:
    """Write address and section of entries again; return the pages that have no entry."""
    pages = {page.pk: page for page in Page.objects.filter(pk__in=page_ids)}
    sections = sections_of(pages.values())
    entries = list(SearchEntry.objects.filter(page_id__in=page_ids).only("pk", "page_id", "path", "section"))
    changed = []
    for entry in entries:
        place = path_of(pages[entry.page_id]), sections[entry.page_id]
        if place != (entry.path, entry.section):
            entry.path, entry.section = place
            changed.append(entry)
    SearchEntry.objects.bulk_update(changed, ["path", "section"], batch_size=100)
    return sorted(pages.keys() - {entry.page_id for entry in entries})


def write(entries: list[SearchEntry]) -> None:
    if entries:
        SearchEntry.objects.bulk_create(
            entries, update_conflicts=True, unique_fields=["key"], update_fields=_WRITTEN, batch_size=CHUNK
        )
        vocabulary.remember(entries)


def _chunks(page_ids: Iterable[int]) -> Iterator[list[int]]:
    ids = list(page_ids)
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
