from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


def search(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "search/results.html", {})
