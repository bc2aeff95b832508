"""Public forms without a token in the page, so that pages can be cached: same origin, trap for robots, rate limit."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.core.client_address import sender
from portal.core.methods import takes_forms

HONEYPOT = "website"  # hidden from people; robots fill it in


def is_same_origin(request: HttpRequest) -> bool:
    """Whether the browser says that the form was on a page of ours. A request that says nothing is refused."""
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None and fetch_site != "same-origin":
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return fetch_site == "same-origin"
    # Not taken apart by urlsplit, which fails on what is no address.
    return origin in settings.CSRF_TRUSTED_ORIGINS or origin.partition("://")[2] == request.get_host()


def _counter(request: HttpRequest, name: str) -> str:
    """Where the uses of a form by one sender are counted: the address is kept only as a keyed digest."""
    return f"rate:{name}:{salted_hmac('public-form', sender(request)).hexdigest()[:24]}"


def within_rate(request: HttpRequest, name: str, limit: int, seconds: int) -> bool:
    """Count a use of a form by an address; false above the limit."""
    return within_limit(_counter(request, name), limit, seconds)


def within_limit(key: str, limit: int, seconds: int) -> bool:
    """Count what has this key, from the first time on for so many seconds; false above the limit."""
    cache = caches["shared"]
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) <= limit
    except ValueError:  # expired between the two calls
        return True


def _too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    response = TemplateResponse(request, "core/form_refused.html", {"reason": "rate"}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def few_guesses(view: Callable[..., HttpResponse], limit: int = 20, seconds: int = 3600) -> Callable[..., HttpResponse]:
    """Let nobody guess the password of a restricted page or folder: a form that does not lead on was a wrong one.

    Right ones are not counted, or a room full of invited readers behind one address would be kept out.
    """

    @takes_forms
    @wraps(view)
    def receive(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        guesses = "password"
        if request.method == "POST" and caches["shared"].get(_counter(request, guesses), 0) >= limit:
            return _too_often(request, seconds)
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 200:
            within_rate(request, guesses, limit, seconds)
        return response

    return receive


def public_form(name: str, looked_at: Callable[..., HttpResponse], limit: int = 30, seconds: int = 3600):
    """Make a view that receives a public form. Refusals are pages in the reader's language, never bare errors.

    `looked_at` answers whoever comes to the form's address without a form: by reloading the thanks, or from history.
    """

    def decorate(view):
        @takes_forms
        @csrf_exempt
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def receive(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method != "POST":
                return looked_at(request, *args, **kwargs)
            if not is_same_origin(request):
                return TemplateResponse(request, "core/form_refused.html", {"reason": "origin"}, status=403)
            if not within_rate(request, name, limit, seconds):
                return _too_often(request, seconds)
            return view(request, *args, robot=bool(request.POST.get(HONEYPOT)), **kwargs)

        return receive

    return decorate
