"""What a person may do with a page. Nobody holds a «publish» button: approval publishes, through the service."""

from django.conf import settings
from wagtail.models import PagePermissionTester


class PortalPagePermissionTester(PagePermissionTester):
    """Wagtail's answers, less publishing by hand, and with translations following their original.

    Wagtail's buttons, bulk actions, API and wagtail-localize's «publish» all ask `can_publish`; one «no» here closes
    every one of them, administrators included. The right to publish in a section (Wagtail's permission) means here:
    withdraw, move, set privacy, cancel a schedule.
    """

    def _holds(self, permission: str) -> bool:
        return self.user.is_active and (self.user.is_superuser or permission in self.permissions)

    @property
    def _follows_original(self) -> bool:
        return not self.page_is_root and self.page.locale.language_code != settings.LANGUAGE_CODE

    def can_edit(self) -> bool:
        return super().can_edit() or self._same_department()

    def _same_department(self) -> bool:
        """Who may write in a section edits what their department answers for there, mergers included."""
        mine = getattr(self.user, "department", None)
        if mine is None or not self.user.is_active or "add" not in self.permissions:
            return False
        answering = getattr(self.page.specific, "department", None)
        return bool(answering) and answering.heir.translation_key == mine.heir.translation_key

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_add_subpage(self) -> bool:
        """Only originals are written; front pages are made by `manage.py setup`."""
        return super().can_add_subpage() and not self.page_is_root and not self._follows_original

    def can_copy(self) -> bool:
        return super().can_copy() and not self._follows_original

    def can_copy_to(self, destination, recursive: bool = False) -> bool:
        # Wagtail lets administrators past the destination's own rules.
        there = destination.permissions_for_user(self.user)
        return super().can_copy_to(destination, recursive) and there.can_add_subpage()

    def can_set_view_restrictions(self) -> bool:
        return not self.page_is_root and self._holds("publish") and not self._follows_original

    def can_unschedule(self) -> bool:
        return self._holds("publish")

    def can_move(self) -> bool:
        return super().can_move() and not self._follows_original

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and not self._follows_original

    def can_delete_with_original(self) -> bool:
        """Whether this translation may go because its original goes: the rights, without the rule above."""
        return super().can_delete(ignore_bulk=True)

    def can_reorder_children(self) -> bool:
        return super().can_reorder_children() and not self._follows_original
