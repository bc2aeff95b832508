"""Withdrawing an original takes its translations along; publishing it again brings back what is still true."""

from wagtail.log_actions import log
from wagtail.models import Page

from portal.publishing.approvals import system_approval
from portal.publishing.neutral import carry_neutral_fields
from portal.translation.models import TranslationState


def withdraw_translations(original: Page, user=None) -> None:
    """Take the live translations of a withdrawn original out of public, and remember that this was the reason."""
    for translation in original.get_translations().filter(live=True, alias_of=None).specific():
        TranslationState.objects.filter(page=translation).update(withdrawn_with_original=True)
        translation.unpublish(log_action=False)
        log(instance=translation, action="portal.withdraw", user=user, data={"original": original.pk})


def restore_translations(original: Page, user=None) -> None:
    """Publish again the translations that went with the original, if the approved text is still what they follow."""
    states = TranslationState.objects.filter(
        page__translation_key=original.translation_key, withdrawn_with_original=True
    ).select_related("approved_revision")
    for state in states:
        if state.is_out_of_date or state.approved_revision is None:
            continue
        with system_approval("restored with its original"):
            state.approved_revision.publish(user=user)
        # The approved words come back with the dates and figures the original has now.
        carry_neutral_fields(original, user)
