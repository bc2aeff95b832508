from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from portal.publishing import deletion

hooks.register("before_delete_page", deletion.before_delete)
hooks.register("before_bulk_action", deletion.before_bulk_delete)


@hooks.register("register_log_actions")
def name_log_actions(actions):
    """What the publishing service writes into the history of a page."""
    actions.register_action("portal.publish", _("Published by approval"), _("Published by approval"))
    actions.register_action(
        "portal.neutral", _("Dates and figures carried over"), _("Dates and figures of the original carried over")
    )
    actions.register_action("portal.withdraw", _("Withdrawn with its original"), _("Withdrawn with its original"))
    actions.register_action("portal.demo", _("Loaded as demo content"), _("Loaded as demo content"))
