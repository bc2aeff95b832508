from django.apps import AppConfig


class DiasporaConfig(AppConfig):
    name = "diaspora"
    label = "diaspora"
