from django.apps import AppConfig


class SigninConfig(AppConfig):
    name = "portal.signin"
    label = "signin"

    def ready(self):
        from portal.signin import sessions

        sessions.connect()
