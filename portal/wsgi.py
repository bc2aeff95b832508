"""The WSGI application, behind a proxy that takes the prefix off the path, or one that leaves it on."""

import os
import sys

from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters

from portal.settings.environment import ConfigurationProblem

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")


class StripPrefix:
    """Move the public prefix from PATH_INFO to SCRIPT_NAME, so that both ways of proxying give the same addresses."""

    def __init__(self, app, prefix: str | None):
        self.app, self.prefix = app, (prefix or "").rstrip("/")

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        if self.prefix and (path == self.prefix or path.startswith(self.prefix + "/")):
            environ["PATH_INFO"], environ["SCRIPT_NAME"] = path[len(self.prefix) :] or "/", self.prefix
        return self.app(environ, start_response)


class PublicScheme:
    """http or https as PUBLIC_URL says. TLS ends at a proxy, and no header of a request decides what is secure."""

    def __init__(self, app, scheme: str):
        self.app, self.scheme = app, scheme

    def __call__(self, environ, start_response):
        environ["wsgi.url_scheme"] = self.scheme
        return self.app(environ, start_response)


class Utf8Only:
    """Leave out the encoding that a request says it is in: the portal has one.

    Django would read even the query string by it: as another question than the address asks, under which the answer
    is kept for everybody. By what encodes no text it fails before any of our pages could say so.
    """

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        try:
            kind, parameters = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
        except (ValueError, LookupError):
            environ["CONTENT_TYPE"] = ""
        else:
            if parameters.pop("charset", None) is not None:
                rest = "".join(f'; {name}="{value}"' for name, value in parameters.items())
                environ["CONTENT_TYPE"] = kind + rest
        return self.app(environ, start_response)


def _application():
    try:
        django_application = get_wsgi_application()
    except ConfigurationProblem as problem:
        sys.exit(f"The portal does not start: {problem}")
    from django.conf import settings

    from portal.operations import silence

    silence.bound()
    public = PublicScheme(django_application, settings.PUBLIC_URL.scheme)
    return StripPrefix(Utf8Only(public), settings.FORCE_SCRIPT_NAME)


application = _application()
