"""The name register in the administration."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from portal.core.inspect_in_words import DayColumn, InspectInWords
from portal.names import admin_views
from portal.names.models import Name


class NameIndexView(IndexView):
    """The list, with the table's way in and out in the header."""

    def get_header_more_buttons(self):
        buttons = super().get_header_more_buttons()
        user = self.request.user
        if user.has_perm("names.view_name"):
            buttons.append(Button(_("Export all as CSV"), reverse("names_export"), icon_name="download", priority=80))
        if user.has_perms(("names.add_name", "names.change_name")):
            buttons.append(Button(_("Import CSV"), reverse("names_import"), icon_name="upload", priority=90))
        return buttons


class NameViewSet(SnippetViewSet):
    """Copying is off: a copy would be the same thing under a second code."""

    model = Name
    index_view_class = NameIndexView
    icon = "globe"
    menu_label = _("Names")
    menu_name = "names"
    menu_order = 260
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_class = InspectInWords
    inspect_view_enabled = True
    list_per_page = 50
    list_display = [
        "vi",
        Column("zh_hans", label=_("Simplified Chinese"), sort_key="zh_hans"),
        Column("en", label=_("English"), sort_key="en"),
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        BooleanColumn("approved", label=_("Approved"), sort_key="approved"),
        DayColumn("ended_on", label=_("Ended on"), sort_key="ended_on"),
    ]
    list_filter = ["kind", "approved"]
    search_fields = ["vi", "zh_hans", "zh_hant", "pinyin", "en", "code", "variants__text"]
    search_backend_name = None
    ordering = ["vi"]


register_snippet(NameViewSet)


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("names/import/", admin_views.import_names, name="names_import"),
        path("names/import/<int:import_id>/", admin_views.import_report, name="names_import_report"),
        path("names/export/", admin_views.export_names, name="names_export"),
    ]


@hooks.register("register_log_actions")
def name_log_actions(actions):
    label = _("Table of names imported")
    actions.register_action("portal.names.import", label, label)
