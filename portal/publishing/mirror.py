"""One tree in three languages: move, withdrawal, privacy and deletion of an original reach its translations at once.

Signals rather than admin hooks, because bulk actions, the API and code do not pass the hooks.
"""

from django.conf import settings
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move, published, unpublished
from wagtail_localize.models import TranslatableObject

from portal.publishing.generation import raise_generation
from portal.publishing.withdrawal import withdraw_translations


def _is_original(page: Page) -> bool:
    return page.locale.language_code == settings.LANGUAGE_CODE


@receiver(post_page_move)
def mirror_move(sender, instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs):
    """Move translations and aliases below the translation of the new parent, and keep the same order of siblings."""
    raise_generation()
    if not _is_original(instance):
        return
    original = Page.objects.get(pk=instance.pk)
    before = original.get_prev_sibling()
    for translation in original.get_translations():
        destination = parent_page_after.get_translation_or_none(translation.locale)
        if destination is None:
            continue
        left = before and destination.get_children().filter(translation_key=before.translation_key).first()
        if left is not None:
            translation.move(left, pos="right")
        else:
            translation.move(destination, pos="first-child")


@receiver(page_unpublished)
def mirror_withdrawal(sender, instance: Page, **kwargs):
    raise_generation()
    if _is_original(instance):
        withdraw_translations(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def mirror_privacy(sender, instance: PageViewRestriction, **kwargs):
    """Give every translation and alias the restriction of its original, or take it away with it."""
    raise_generation()
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is None or not _is_original(page):
        return
    removed = not PageViewRestriction.objects.filter(pk=instance.pk).exists()
    for translation in page.get_translations():
        existing = translation.view_restrictions.first()
        if removed:
            translation.view_restrictions.all().delete()
            continue
        copy = existing or PageViewRestriction(page=translation)
        copy.restriction_type, copy.password = instance.restriction_type, instance.password
        copy.save()
        copy.groups.set(instance.groups.all())


@receiver(m2m_changed, sender=PageViewRestriction.groups.through)
def mirror_privacy_groups(sender, instance, action, **kwargs):
    if action in ("post_add", "post_remove", "post_clear") and isinstance(instance, PageViewRestriction):
        mirror_privacy(PageViewRestriction, instance)


@receiver([page_slug_changed, published, unpublished])
def note_change(sender, **kwargs):
    raise_generation()


@receiver(post_delete, sender=Page)
def mirror_deletion(sender, instance: Page, **kwargs):
    """Delete the translations and aliases of a deleted original, with what wagtail-localize knew of it."""
    raise_generation()
    if not _is_original(instance):
        return
    for translation in Page.objects.filter(translation_key=instance.translation_key).exclude(pk=instance.pk):
        translation.specific.delete()
    TranslatableObject.objects.filter(translation_key=instance.translation_key).delete()
