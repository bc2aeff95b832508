"""How an address may be asked: pages are read, forms are also sent, nothing else. Said before anything is looked up.

Without this a PUT would meet the check of form tokens first, whose page speaks of cookies, and Django's generic views
would take it for a POST.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property

READ = ("GET", "HEAD", "OPTIONS")


def takes_forms(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a public view to which forms are sent; whether it believes them is its own to say."""

    @wraps(view)
    def receive(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return view(request, *args, **kwargs)

    receive.takes_forms = True
    return receive


class MethodsMiddleware:
    """After the language is known, before the check of tokens. The administration has methods of its own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    @cached_property
    def admin_path(self) -> str:
        return reverse("wagtailadmin_home")

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if request.path.startswith(self.admin_path):
            return None
        allowed = (*READ, "POST") if getattr(view, "takes_forms", False) else READ
        if request.method == "OPTIONS":
            answer = HttpResponse(headers={"Content-Length": "0"})
        elif request.method not in allowed:
            answer = HttpResponse(render_to_string("405.html"), status=405)
        else:
            return None
        answer["Allow"] = ", ".join(allowed)
        return answer
