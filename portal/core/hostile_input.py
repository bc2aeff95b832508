"""What no address and no form of ours can mean, taken care of in one place."""

import json
import traceback

from django.http import Http404


def is_nested_too_deep(error: BaseException | None) -> bool:
    """Whether JSON that was sent could not be read because of its depth; a loop of our own is another thing."""
    if not isinstance(error, RecursionError):
        return False
    *_others, last = traceback.walk_tb(error.__traceback__)
    return last[0].f_globals.get("__name__") == json.decoder.__name__


class NullCharacterMiddleware:
    """PostgreSQL stores no NUL, and answers a question that holds one with an error: here it never gets that far.

    A path with NUL leads nowhere; in the query string it is left out, as if nobody had typed it. Forms refuse it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info:
            raise Http404("a path with a NUL character")
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")
        return self.get_response(request)
