from django.apps import AppConfig


class HandbookConfig(AppConfig):
    name = "portal.handbook"
    label = "handbook"
