from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from portal.handbook.chapters import PICTURES, chapters


def handbook(request: HttpRequest) -> HttpResponse:
    """The whole handbook on one page, so that the browser's own search finds every word of it."""
    return render(request, "wagtailadmin/handbook/handbook.html", {"chapters": chapters()})


@cache_control(private=True, max_age=86_400)
def picture(request: HttpRequest, name: str) -> FileResponse:
    file = PICTURES / f"{name}.webp"
    if not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), content_type="image/webp")
