"""The one change inside Wagtail that addresses need. `tests/site/test_settings.py` fails when upstream changes."""

from django.conf import settings
from wagtail.models import Site


def install() -> None:
    """Called once when the application is ready."""
    Site.root_url = property(root_url)


def root_url(site: Site) -> str:
    """Scheme, host and port of a site's links. Upstream knows https on port 443 only; PUBLIC_URL knows its own."""
    address = settings.PUBLIC_URL
    if (site.hostname, site.port) == (address.host, address.port):
        return address.origin
    return upstream_root_url(site)


upstream_root_url = Site.root_url.fget
