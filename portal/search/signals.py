"""When entries follow pages: publish, unpublish, move, new slug, privacy. Deletion takes entries along by itself.

Signals rather than calls, because bulk actions, the scheduler, wagtail-localize and commands all send them.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from portal.publishing.generation import raise_generation
from portal.publishing.schedule import round_ended
from portal.search import analysis, files, service
from portal.search.engines import keep_up, outbox
from portal.search.engines.storage import ensure_index
from portal.search.log import store as store_searches
from portal.search.models import BestBet, SearchEntry, Synonyms
from portal.search.tasks import update_branch, update_document, update_items, update_server


@receiver(page_published)
def follow_publication(sender, instance: Page, **kwargs):
    if instance.alias_of_id is None:
        _later(update_items, translation_keys=[str(instance.translation_key)])


@receiver(page_unpublished)
def follow_withdrawal(sender, instance: Page, **kwargs):
    service.take_away([instance.pk])
    _later_on_server()


@receiver(post_page_move)
def follow_move(sender, instance: Page, **kwargs):
    service.take_away_hidden(Page.objects.get(pk=instance.pk))
    _later(update_branch, page_id=instance.pk)


@receiver(page_slug_changed)
def follow_slug(sender, instance: Page, **kwargs):
    _later(update_branch, page_id=instance.pk)


@receiver(post_save, sender=PageViewRestriction)
def follow_restriction(sender, instance: PageViewRestriction, **kwargs):
    service.take_away_hidden(Page.objects.get(pk=instance.page_id))
    _later_on_server()


@receiver(post_delete, sender=PageViewRestriction)
def follow_opening(sender, instance: PageViewRestriction, **kwargs):
    _later(update_branch, page_id=instance.page_id)


@receiver(post_delete)
def follow_deletion(sender, instance, **kwargs):
    if isinstance(instance, Page):
        service.take_away_hidden_documents()
        _later_on_server()


@receiver([post_save, post_delete], sender=CollectionViewRestriction)
def follow_collection(sender, instance: CollectionViewRestriction, **kwargs):
    _follow_documents_of(instance.collection)


@receiver(post_save, sender=Collection)
def follow_place_of_collection(sender, instance: Collection, created=False, raw=False, **kwargs):
    """Wagtail moves a collection after it has saved it, in the same transaction, and says so to nobody."""
    if created or raw:
        return
    before = instance.path

    def moved() -> None:
        collection = Collection.objects.filter(pk=instance.pk).exclude(path=before).first()
        if collection is not None:
            _follow_documents_of(collection)

    transaction.on_commit(moved)


@receiver(post_save, sender=settings.WAGTAILDOCS_DOCUMENT_MODEL)
def follow_document(sender, instance, created=False, raw=False, **kwargs):
    if raw:
        return
    if not created:  # perhaps in another collection now
        service.take_away_hidden_documents()
    _later(update_document, document_id=instance.pk)


def follow_documents(documents: Iterable) -> None:
    """After documents were changed together, of which Django sends no signal."""
    service.take_away_hidden_documents()
    for document in documents:
        _later(update_document, document_id=document.pk)


def _follow_documents_of(collection: Collection) -> None:
    follow_documents(get_document_model().objects.filter(collection__path__startswith=collection.path).only("pk"))


@receiver(post_delete, sender=settings.WAGTAILDOCS_DOCUMENT_MODEL)
def follow_document_deletion(sender, instance, **kwargs):
    SearchEntry.objects.filter(key=files.key_of(instance.pk)).delete()
    _later_on_server()


@receiver(round_ended)
def follow_scheduler(sender, **kwargs):
    store_searches()
    service.take_away_closed_documents()
    analysis.follow()
    keep_up()


@receiver([post_save, post_delete], sender=Synonyms)
@receiver([post_save, post_delete], sender=BestBet)
def follow_levers(sender, **kwargs):
    """What editors set works at the next query."""
    raise_generation()


@receiver(post_migrate)
def prepare_database(sender, using: str, **kwargs):
    if sender.name == "portal.search":
        ensure_index(using)
        # Without a server nobody would ever read the notes.
        (outbox.ensure if settings.ELASTICSEARCH_URL else outbox.remove)(using)


def _later_on_server() -> None:
    if settings.ELASTICSEARCH_URL:
        _later(update_server)


def _later(task, **arguments) -> None:
    # In the transaction of the change: a process that dies right after it has not forgotten the search.
    task.enqueue(**arguments)
