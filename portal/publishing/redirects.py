"""Old addresses lead to the new ones after a rename or a move, for the page and all below it.

Instead of the signal handlers of wagtail.contrib.redirects (WAGTAILREDIRECTS_AUTO_CREATE is off): those ask for all
clashing rows in one expression, which SQLite refuses from about a thousand pages on, and load every descendant.
Here the old address follows from the old tree path, in batches.
"""

from collections.abc import Iterator
from itertools import islice

from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.signals import page_slug_changed, post_page_move

_BATCH = 500


@receiver(page_slug_changed)
def after_rename(sender, instance: Page, instance_before: Page, **kwargs):
    redirect_below(instance, instance_before.url_path)


@receiver(post_page_move)
def after_move(sender, instance: Page, url_path_before: str, url_path_after: str, **kwargs):
    if url_path_before != url_path_after:
        redirect_below(instance, url_path_before)


def redirect_below(page: Page, old_url_path: str) -> None:
    """Write a redirect from the old address of a page and of every live page below it."""
    old_address = _address(page, old_url_path)
    if old_address is None:
        return
    site = Site.objects.get(is_default_site=True)
    pages = Page.objects.filter(path__startswith=page.path, live=True).order_by("path")
    rows = pages.values_list("pk", "url_path").iterator(chunk_size=_BATCH)
    redirects = (
        Redirect(
            old_path=Redirect.normalise_path(old_address + url_path[len(page.url_path) :]),
            site=site,
            redirect_page_id=pk,
            automatically_created=True,
        )
        for pk, url_path in rows
    )
    for batch in _batches(redirects):
        clashing = Redirect.objects.filter(
            site=site, automatically_created=True, old_path__in=[row.old_path for row in batch]
        )
        clashing.delete()
        Redirect.objects.bulk_create(batch, ignore_conflicts=True)


def _address(page: Page, url_path: str) -> str | None:
    """The address, with the prefix and a slash at its end, that the page had at a tree path; None outside the site."""
    there = type(page)(pk=page.pk, url_path=url_path, slug=page.slug, locale_id=page.locale_id)
    parts = there.get_url_parts()
    return parts[2] if parts else None


def _batches(rows: Iterator[Redirect]) -> Iterator[list[Redirect]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch
