"""The handbook in the menu of everybody who works at the desk, and its chapters where they help."""

from django.conf import settings
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from portal.handbook import views

# Where the help button of a page leads: who edits an original writes, who edits another language translates.
CHAPTERS = {True: "cong-tac-vien", False: "nguoi-dich"}


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("handbook/", views.handbook, name="handbook"),
        path("handbook/pictures/<slug:name>.webp", views.picture, name="handbook_picture"),
    ]


@hooks.register("register_admin_menu_item")
def register_menu_item():
    return MenuItem(_("Handbook"), reverse("handbook"), name="handbook", icon_name="help", order=9900)


@hooks.register("register_page_header_buttons")
def register_help_button(page, user, next_url=None, view_name=None):
    chapter = CHAPTERS[page.locale.language_code == settings.LANGUAGE_CODE]
    yield Button(_("Handbook"), f"{reverse('handbook')}#{chapter}", icon_name="help", priority=90)
