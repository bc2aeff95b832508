from django.apps import AppConfig


class PortalSearchConfig(AppConfig):
    name = "portal.search"
    label = "portal_search"
