"""Indexing once instead of at every save: a page is saved and published several times on its way into public."""

from collections import defaultdict
from contextlib import contextmanager

from django.db.models import Model
from django.db.models.signals import post_save
from modelsearch.backends import get_search_backends
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import page_published

from portal.search.signals import follow_publication
from portal.search.tasks import update_items


@contextmanager
def indexed_at_the_end():
    """Hold back the indexes inside (Wagtail's search and references, public search), then bring them up to date.

    What is saved is left to the usual handlers again afterwards, whatever happens inside. To be entered inside a
    transaction: public search hears of it on commit.
    """
    touched: dict[type[Model], set] = defaultdict(set)
    went_public: dict[str, None] = {}

    def remember(sender, instance, raw=False, **kwargs):
        if not raw:
            touched[sender].add(instance.pk)

    def remember_publication(sender, instance, **kwargs):
        went_public[str(instance.translation_key)] = None

    searched = [model for model in get_indexed_models() if post_save.disconnect(post_save_signal_handler, sender=model)]
    post_save.connect(remember, weak=False)
    page_published.disconnect(follow_publication)
    page_published.connect(remember_publication, weak=False)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        post_save.disconnect(remember)
        page_published.disconnect(remember_publication)
        page_published.connect(follow_publication)
        for model in searched:
            post_save.connect(post_save_signal_handler, sender=model)
    _index(touched)
    update_items.enqueue(translation_keys=list(went_public))


def _index(touched: dict[type[Model], set]) -> None:
    for model, keys in touched.items():
        if model is Page or not keys:
            continue  # a page is saved as its own type, too
        objects = list(model._default_manager.filter(pk__in=keys))
        if model in get_indexed_models():
            for backend in get_search_backends(with_auto_update=True):
                backend.add_bulk(model, objects)
        if ReferenceIndex.is_indexed(model):
            for instance in objects:
                ReferenceIndex.create_or_update_for_object(instance)
