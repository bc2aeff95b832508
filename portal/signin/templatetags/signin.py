"""What the login pages show of the single sign-on."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def single_sign_on() -> str:
    """Name of the other service, as its button shows it; empty where there is none."""
    return settings.OIDC_LABEL if settings.OIDC_ISSUER else ""
