"""What no address of ours can mean, taken care of before anything looks at it."""

from django.http import Http404


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
