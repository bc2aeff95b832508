"""Work on entries that may take its time. Arguments are ids: what to write is read when the task runs."""

from django_tasks import task
from wagtail.models import Page

from portal.search import analysis, service
from portal.search.engines import tell_server


@task()
def update_items(translation_keys: list[str]) -> None:
    """Bring entries of these items up to date in every language: an original carries dates into its translations."""
    pages = Page.objects.filter(translation_key__in=translation_keys, alias_of=None).order_by("pk")
    page_ids = list(pages.values_list("pk", flat=True))
    service.reindex(page_ids)
    tell_server()  # reading documents may take its time
    service.reindex_documents_of(page_ids)
    tell_server()


@task()
def update_branch(page_id: int) -> None:
    """Bring a page and everything below it up to date after a change of place or privacy."""
    service.reindex_branch(page_id)
    tell_server()


@task()
def update_document(document_id: int) -> None:
    """Bring a document up to date after it was changed."""
    service.reindex_documents([document_id])
    tell_server()


@task()
def rebuild_entries() -> None:
    """Make all entries and words again, because texts are analysed in another way."""
    service.rebuild()
    analysis.note()  # of this process: should it be an older one than asked for it, the scheduler asks again
    tell_server()


@task()
def update_server() -> None:
    """Tell the search server, if there is one, of rows that were taken away."""
    tell_server()
