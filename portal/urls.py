"""Addresses below the prefix. Names used here are reserved in portal/core/addresses.py, so that no page takes them."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.views import LoginView
from django.urls import include, path, re_path
from wagtail.admin import urls as admin_urls
from wagtail.documents.views.serve import authenticate_with_password as document_password

from portal.core import views
from portal.core.cards.views import card
from portal.core.feedback.views import feedback
from portal.core.methods import takes_forms
from portal.core.public_forms import few_guesses
from portal.core.site_map import site_map
from portal.core.sitemaps import index as sitemap_index
from portal.core.sitemaps import language_sitemap
from portal.core.style import style_page
from portal.names.views import names
from portal.publishing.files import serve_document, serve_media
from portal.publishing.page_cache import shareable
from portal.search.suggestions import suggestions
from portal.search.views import search
from portal.signin.password_mail import ask as ask_for_password_mail
from portal.translation.requests import request_translation

handler400 = "portal.core.views.bad_request"
handler404 = "portal.core.views.page_not_found"
handler500 = "portal.core.views.server_error"

urlpatterns = [
    path("", views.language_root, name="root"),
    path("cms/sign-in/", include("portal.signin.urls")),  # before the administration, whose own check turns away
    path("cms/password_reset/", ask_for_password_mail, name="wagtailadmin_password_reset"),
    path("cms/", include(admin_urls)),
    path(
        "documents/password/<int:restriction_id>/",
        few_guesses(document_password),
        name="wagtaildocs_authenticate_with_password",
    ),
    # Wagtail's name: its documents build their addresses by it.
    path("documents/<int:document_id>/<path:document_filename>", serve_document, name="wagtaildocs_serve"),
    path("media/<path:name>", serve_media, name="media"),
    path("cards/<int:page_id>.jpg", card, name="card"),
    path("p/<int:public_id>", views.short_address, name="short_address"),
    path("p/<int:public_id>/", views.short_address),  # as people type it
    path("sitemap.xml", shareable(sitemap_index), name="sitemap"),
    path("sitemap-<slug:section>.xml", shareable(language_sitemap, reads=("p",)), name="sitemap_section"),
    *i18n_patterns(
        path("search/", search, name="search"),
        path("search/suggestions/", suggestions, name="search_suggestions"),
        path("names/", shareable(names, reads=("q", "kind", "letter", "page")), name="names"),
        path("style/", style_page, name="style"),
        path("site-map/", shareable(site_map), name="site_map"),
        path("feedback/<int:page_id>/", feedback, name="feedback"),
        path("feeds/", include("news.urls")),
        path("translation-request/<uuid:translation_key>/", request_translation, name="request_translation"),
        path(
            "_util/password/<int:page_view_restriction_id>/<int:page_id>/",
            few_guesses(views.page_password),
            name="wagtailcore_authenticate_with_password",
        ),
        path("_util/login/", takes_forms(LoginView.as_view(template_name="core/login.html")), name="wagtailcore_login"),
        # Wagtail's name and pattern: its pages build their addresses by it.
        re_path(r"^((?:[\w\-]+/)*)$", views.serve, name="wagtail_serve"),
    ),
]
