from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter

from portal.audit.recording import WithComment
from portal.contributors.checklist import answers_as_text
from portal.publishing import bundle_views, deletion, exchange

hooks.register("before_delete_page", deletion.before_delete)
hooks.register("before_bulk_action", deletion.before_bulk_delete)
hooks.register("before_bulk_action", exchange.before_bulk_move)


@hooks.register("register_log_actions")
def name_log_actions(actions):
    """What the publishing service writes into the history of a page."""
    actions.register_action("portal.publish", _("Published by approval"), _("Published by approval"))
    actions.register_action("portal.schedule", _("Approved for its hour"), _("Approved for its hour"))
    actions.register_action(
        "portal.neutral", _("Dates and figures carried over"), _("Dates and figures of the original carried over")
    )
    actions.register_action("portal.withdraw", _("Withdrawn with its original"), _("Withdrawn with its original"))
    actions.register_action("portal.review.open", _("Review opened"), _("Review opened"))
    actions.register_action(
        "portal.review.not_needed",
        _("No confidentiality review needed"),
        _("No confidentiality review needed: a translation of approved text, with nothing added or overridden"),
    )
    actions.register_action(
        "portal.version.adjust",
        _("Version adjusted"),
        _("Version adjusted: dates, figures or marks follow the original, the words that were read are the same"),
    )
    actions.register_action("portal.bundle.add", _("Put into a bundle"), _("Put into a bundle"))
    actions.register_action("portal.bundle.publish", _("Published together"), _("Published together with others"))
    actions.register_action("portal.rights", _("Rights changed"), _("Rights of a department changed"))

    @actions.register_action("portal.workflow.urgent")
    class Urgent(WithComment):
        label = _("Urgent path")
        message = _("Sent to the reviewer on the urgent path")

    @actions.register_action("portal.workflow.release")
    class Released(WithComment):
        label = _("Review released")
        message = _("Review released by an administrator")

    @actions.register_action("portal.review.confirm")
    class Confirmed(LogFormatter):
        label = message = _("Checklist of the confidentiality review")

        def format_comment(self, log_entry) -> str:
            return "\n".join(filter(None, [answers_as_text(log_entry.data["answers"]), log_entry.data.get("comment")]))

    @actions.register_action("portal.file.exchange")
    class Exchanged(WithComment):
        label = _("File exchanged")
        message = _("File or its particulars exchanged by an administrator while a page used it")

    actions.register_action("portal.demo", _("Loaded as demo content"), _("Loaded as demo content"))


@hooks.register("register_admin_urls")
def register_bundle_urls():
    return [
        path("bundles/", bundle_views.listing, name="bundles"),
        path("bundles/<int:bundle_id>/", bundle_views.show, name="bundle"),
        path("bundles/add/", bundle_views.add_many, name="bundle_add_many"),
        path("bundles/add/<int:page_id>/", bundle_views.add, name="bundle_add"),
    ]


class BundlesMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return bundle_views.may_see(request.user)


@hooks.register("register_admin_menu_item")
def register_bundles():
    return BundlesMenuItem(
        _("Publish together"), reverse("bundles"), name="bundles", icon_name="collapse-down", order=240
    )


@hooks.register("register_page_header_buttons")
def offer_bundle(page, user, view_name, next_url=None):
    if page.alias_of_id is None and bundle_views.may_bundle(page, user):
        url = reverse("bundle_add", args=[page.pk])
        yield Button(_("Publish together"), url, icon_name="collapse-down", priority=73)
