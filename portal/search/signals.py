"""When entries follow pages: publish, unpublish, move, new slug, privacy. Deletion takes entries along by itself.

Signals rather than calls, because bulk actions, the scheduler, wagtail-localize and commands all send them.
"""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from portal.publishing.generation import raise_generation
from portal.search import service
from portal.search.engines.storage import ensure_index
from portal.search.models import BestBet, Synonyms
from portal.search.tasks import update_branch, update_items


@receiver(page_published)
def follow_publication(sender, instance: Page, **kwargs):
    if instance.alias_of_id is None:
        _later(update_items, translation_keys=[str(instance.translation_key)])


@receiver(page_unpublished)
def follow_withdrawal(sender, instance: Page, **kwargs):
    service.take_away([instance.pk])


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


@receiver(post_delete, sender=PageViewRestriction)
def follow_opening(sender, instance: PageViewRestriction, **kwargs):
    _later(update_branch, page_id=instance.page_id)


@receiver([post_save, post_delete], sender=Synonyms)
@receiver([post_save, post_delete], sender=BestBet)
def follow_levers(sender, **kwargs):
    """What editors set works at the next query."""
    raise_generation()


@receiver(post_migrate)
def prepare_database(sender, using: str, **kwargs):
    if sender.name == "portal.search":
        ensure_index(using)


def _later(task, **arguments) -> None:
    # Robust: what is published stays published even if the task cannot be stored; the error is logged.
    transaction.on_commit(partial(task.enqueue, **arguments), robust=True)
