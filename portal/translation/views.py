"""The translation editor's own doors, send for review and save the draft, and wagtail-localize's, made to hold."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from rest_framework.authentication import SessionAuthentication
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation, TranslationContext
from wagtail_localize.views import edit_translation as upstream

from portal.translation.checks.passages import remarks_left
from portal.translation.collisions import note_seen, saved_by_another
from portal.translation.desk.confirm import confirm
from portal.translation.editor import edit_url, lock_reason
from portal.translation.gate import NotSent, send_for_review


def translation_for(request: HttpRequest, translation_id: int) -> tuple[Translation, object]:
    """A translation and its target, for somebody who may edit it; raises Http404 or PermissionDenied."""
    translation = get_object_or_404(Translation, pk=translation_id)
    instance = translation.get_target_instance()
    if not upstream.user_can_edit_instance(request.user, instance):
        raise PermissionDenied
    return translation, instance


@require_POST
def send(request: HttpRequest, translation_id: int) -> HttpResponse:
    """«Send for review»: writes the draft and starts the workflow, or says why not. Nothing typed is lost.

    Where numbers, names or links differ from the original, it shows them once more before it does.
    """
    translation, instance = translation_for(request, translation_id)
    if reason := lock_reason(instance, request.user):
        messages.error(request, reason)
        return redirect(edit_url(instance))
    total, done = translation.get_progress()
    if done == total and not request.POST.get("seen") and (left := remarks_left(translation)):
        return confirm(request, translation, instance, left)
    try:
        instance = send_for_review(translation, request.user)
    except NotSent as error:
        messages.error(request, _("Not sent for review. %(reason)s") % {"reason": error})
    except ValidationError as error:
        messages.error(request, _("Not sent for review. %(reason)s") % {"reason": " ".join(error.messages)})
    else:
        messages.success(request, _("«%(title)s» was sent for review.") % {"title": instance})
    return redirect(edit_url(instance))


@require_POST
def save_draft(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Write what is translated so far into the draft, so that previews and colleagues see it."""
    translation, instance = translation_for(request, translation_id)
    reason = lock_reason(instance, request.user)
    if instance.workflow_in_progress:
        reason = _(
            "The draft is being reviewed. Your passages are kept, but what is reviewed lacks them: it will be returned"
            " to you, then send it again."
        )
    if not reason:
        try:
            translation.save_target(user=request.user, publish=False)
        except ValidationError as error:
            reason = " ".join(error.messages)
    if reason:
        messages.error(request, _("The draft was not written. %(reason)s") % {"reason": reason})
    else:
        messages.success(request, _("The draft was written."))
    return redirect(edit_url(instance))


@csrf_exempt  # both views behind it check the token themselves, as REST framework's session authentication does
def edit_string(request: HttpRequest, translation_id: int, string_segment_id: int) -> HttpResponse:
    """Save one passage; where its original changed meanwhile, keep it and say so instead of an error without words."""
    if not StringSegment.objects.filter(pk=string_segment_id).exists():
        moved = _same_passage_now(request, translation_id)
        if moved is not None:
            string_segment_id = moved
        elif request.method == "PUT":
            return _keep_passage(request, translation_id)
    if request.method == "PUT" and (row := saved_by_another(request, translation_id, string_segment_id)):
        return _hold_passage(request, translation_id, row)
    try:
        return upstream.edit_string_translation(request, translation_id, string_segment_id)
    except MultiValueDictKeyError:
        return JsonResponse({"error": _("There was no text in the request.")}, status=400)


def _same_passage_now(request: HttpRequest, translation_id: int) -> int | None:
    """The row of a passage that only moved: its sentence is unchanged, but another was added before it."""
    segments = StringSegment.objects.filter(
        source__translations=translation_id,
        string_id=_number(request.GET.get("string")),
        context_id=_number(request.GET.get("context")),
    )
    return segments.values_list("pk", flat=True).first()


@api_view(["PUT"])
@permission_classes([IsAuthenticated])
@authentication_classes([SessionAuthentication])
def _keep_passage(request, translation_id: int) -> Response:
    translation, _instance = translation_for(request, translation_id)
    message = _(
        "The original of this passage was changed while you were translating. Your text is kept: reload the page, it is"
        " shown below the editor."
    )
    value = request.POST.get("value", "")
    string = String.objects.filter(
        pk=_number(request.GET.get("string")), locale_id=translation.source.locale_id
    ).first()
    context = TranslationContext.objects.filter(
        pk=_number(request.GET.get("context")), object_id=translation.source.object_id
    ).first()
    if string is None or context is None or not value:
        text = _(
            "The original of this passage was changed while you were translating. Copy your text and reload the page."
        )
        return Response({"error": text, "data": value}, status=409)
    StringTranslation.objects.update_or_create(
        translation_of=string,
        locale_id=translation.target_locale_id,
        context=context,
        defaults={
            "data": value,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": "",
            "last_translated_by": request.user,
            "has_error": False,
            "field_error": "",
        },
    )
    # 200 rather than an error status: upstream's editor shows the words of an answer only then.
    answer = {"string_id": string.pk, "segment_id": None, "data": value, "error": message, "comment": message}
    return Response({**answer, "last_translated_by": None})


@api_view(["PUT"])
@permission_classes([IsAuthenticated])
@authentication_classes([SessionAuthentication])
def _hold_passage(request, translation_id: int, row: StringTranslation) -> Response:
    """Show what somebody else saved meanwhile and store nothing; the same text sent again replaces theirs."""
    translation_for(request, translation_id)
    value = request.POST.get("value", "")
    answer = {"string_id": row.translation_of_id, "segment_id": None, "last_translated_by": None, "data": value}
    if value == row.data:
        return Response({**answer, "error": None, "comment": row.get_comment()})
    note_seen(request, row)
    message = _(
        "%(name)s saved «%(text)s» here while you were translating. Yours is not stored yet: save it again to replace"
        " theirs, or reload the page to keep it."
    ) % {"name": row.last_translated_by, "text": row.data}
    return Response({**answer, "error": message, "comment": message})


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


@require_POST
def refuse_stop(request: HttpRequest, translation_id: int) -> HttpResponse:
    """«Stop synced translation» would throw away every passage at the next start (wagtail-localize, issue 876)."""
    _translation, instance = translation_for(request, translation_id)
    messages.error(request, _("Translations are not cut off from their original here: passages would be lost."))
    return redirect(get_valid_next_url_from_request(request) or edit_url(instance))


def refuse_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """«Convert to alias» would replace a translation by the Vietnamese text, without review."""
    messages.error(
        request, _("A translation is not turned back into a copy of its original here. Withdraw it instead.")
    )
    return redirect("wagtailadmin_pages:edit", page_id)
