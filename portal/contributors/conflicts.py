"""Two people in one text: no words are lost, nobody approves or sends what they have not seen, both are told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from portal.translation.editor import edit_url


def newer_version(request: HttpRequest, obj) -> Revision | None:
    """What somebody saved between opening the form that was sent and sending it. Autosaves are Wagtail's own matter."""
    latest = obj.latest_revision
    loaded = request.POST.get("overwrite_revision_id") or request.POST.get("loaded_revision_id")
    if request.method != "POST" or not loaded or latest is None or "json" in request.headers.get("accept", ""):
        return None
    return latest if str(latest.pk) != loaded else None


def before_edit(request: HttpRequest, obj) -> HttpResponse | None:
    """Refuse an approval of what is not the newest version any more; keep a text without sending it on."""
    newer = newer_version(request, obj)
    if newer is None:
        return None
    if request.POST.get("action-workflow-action"):
        text = _("Nothing was decided: %(name)s changed the text at %(time)s, after you opened it. Read it again.")
        messages.error(request, text % _who_and_when(newer))
        return redirect(edit_url(obj))
    request.overtaken_by = newer
    if "action-submit" in request.POST:
        request.POST = request.POST.copy()
        del request.POST["action-submit"]
    return None


def after_edit(request: HttpRequest, obj) -> None:
    """Say what happened, and where to see the difference."""
    newer = getattr(request, "overtaken_by", None)
    if newer is None:
        return
    text = _(
        "While you were writing, %(name)s saved another version at %(time)s. Yours was saved after it as a draft and"
        " not sent for review; both are kept. Take over what is missing, then send it."
    )
    words = text % _who_and_when(newer)
    if isinstance(obj, Page):
        url = reverse("wagtailadmin_pages:revisions_compare", args=[obj.pk, newer.pk, "latest"])
        messages.warning(request, format_html('{} <a href="{}">{}</a>', words, url, _("Compare both")))
    else:
        messages.warning(request, words)


def _who_and_when(revision: Revision) -> dict:
    time = timezone.localtime(revision.created_at).strftime("%H:%M")
    return {"name": (revision.user and revision.user.get_full_name()) or revision.user or "—", "time": time}
