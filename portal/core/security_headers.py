"""What browsers are told not to do. Strict on public pages; previews, the editor's bar and the administration differ.

HSTS belongs to the whole host and is therefore the host operator's to set (docs/decisions/0020).
"""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property

_PUBLIC = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "img-src": "'self'",
    "manifest-src": "'self'",
    "media-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
}
# Wagtail's bar and its content checks draw with inline styles and pictures made in the page.
_EDITORS = {**_PUBLIC, "img-src": "'self' data: blob:", "style-src": "'self' 'unsafe-inline'"}
# Wagtail's own pages have inline scripts: here only what they never need is closed.
_ADMIN = {"base-uri": "'self'", "form-action": "'self'", "frame-ancestors": "'self'", "object-src": "'none'"}


def _written(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


PUBLIC_POLICY, EDITORS_POLICY, ADMIN_POLICY = map(_written, (_PUBLIC, _EDITORS, _ADMIN))
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class SecurityHeadersMiddleware:
    """Adds what an answer does not say itself: uploaded drawings and documents bring a policy of their own."""

    def __init__(self, get_response):
        self.get_response = get_response

    @cached_property
    def admin_path(self) -> str:
        return reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self._policy(request))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    def _policy(self, request: HttpRequest) -> str:
        if getattr(request, "is_preview", False) or getattr(request, "has_editor_bar", False):
            return EDITORS_POLICY
        return ADMIN_POLICY if request.path.startswith(self.admin_path) else PUBLIC_POLICY
