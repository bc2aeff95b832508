"""What the shared machinery adds to Wagtail."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.core import unmarked, upload_notes
from portal.core.feedback import report
from portal.core.feedback.answer import answer
from portal.core.links import LocalPageLinkHandler

unmarked.install()
upload_notes.install()


@hooks.register("register_rich_text_features", order=100)
def register_local_links(features) -> None:
    """Links between pages lead to the reader's language; later than Wagtail's own handler, so that ours is used."""
    features.register_link_type(LocalPageLinkHandler)


@hooks.register("register_admin_urls")
def register_feedback_urls() -> list:
    view = report.FeedbackReport
    return [
        path("reports/feedback/<int:feedback_id>/", answer, name="feedback_answer"),
        path("reports/feedback/", view.as_view(), name="feedback_report"),
        path("reports/feedback/results/", view.as_view(results_only=True), name="feedback_report_results"),
    ]


class FeedbackMenuItem(MenuItem):
    """Editors see what readers say."""

    def is_shown(self, request) -> bool:
        return report.may_see(request.user)


@hooks.register("register_reports_menu_item")
def register_feedback_report() -> MenuItem:
    url = reverse("feedback_report")
    return FeedbackMenuItem(_("Readers' feedback"), url, name="feedback", icon_name="comment", order=110)


@hooks.register("register_log_actions")
def name_log_actions(actions) -> None:
    label = _("Answer for a mistake that a reader reported")
    actions.register_action("portal.feedback.answer", label, label)
