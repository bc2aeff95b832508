"""Indexing once instead of at every save: a page is saved several times on its way into public."""
from collections import defaultdict
from contextlib import contextmanager

from django.db.models import Model
from django.db.models.signals import post_save
from modelsearch.backends import get_search_backends
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def indexed_at_the_end():
    """Hold back Wagtail's search and reference indexes inside, then bring both up to date for what was saved.

    What is saved is left to Wagtail's own handlers again afterwards, whatever happens inside.
    """
    touched: dict[type[Model], set] = defaultdict(set)

    def remember(sender, instance, raw=False, **kwargs):
        if not raw:
            touched[sender].add(instance.pk)

    searched = [model for model in get_indexed_models() if post_save.disconnect(post_save_signal_handler, sender=model)]
    post_save.connect(remember, weak=False)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        post_save.disconnect(remember)
        for model in searched:
            post_save.connect(post_save_signal_handler, sender=model)
    _index(touched)


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
