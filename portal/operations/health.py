"""`/healthz`: this process is alive. `/readyz` and `/metrics`: on the private port only, for who looks after it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.utils import translation

from portal.operations import metrics, probes


class HealthMiddleware:
    """Before sessions, languages and the check of the host's name: who asks is a machine next door."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        if request.path_info == "/healthz":
            return HttpResponse("alive\n", content_type="text/plain", headers={"Cache-Control": "no-store"})
        answer = {"/readyz": readiness, "/metrics": metrics.exposition}.get(request.path_info)
        if answer is None:
            return self.get_response(request)
        return answer() if _is_private(request) else HttpResponseNotFound()


def _is_private(request: HttpRequest) -> bool:
    """SERVER_PORT is where the connection came in, which no header of the request can change."""
    return settings.PRIVATE_PORT != 0 and request.META.get("SERVER_PORT") == str(settings.PRIVATE_PORT)


def readiness() -> JsonResponse:
    """200 while the process can do its work, also with parts missing that it can do without; else 503."""
    with translation.override("en"):  # who asks is a program
        results = probes.all_results()
    failing = [name for name, result in results.items() if not result.ok]
    ready = all(result.ok for result in results.values() if result.needed)
    body = {
        "status": "not ready" if not ready else "degraded" if failing else "ready",
        "failing": failing,
        "parts": {name: {"ok": result.ok, "note": result.note} for name, result in results.items()},
    }
    return JsonResponse(body, status=200 if ready else 503, headers={"Cache-Control": "no-store"})
