"""The register as a table, in and out, for editors."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal.names import imports, table
from portal.names.models import NameImport

_RIGHTS = ("names.add_name", "names.change_name")
_LATEST = 10  # imports listed beside the form
_LOOK_AGAIN = 3  # seconds until the page of an import that is under way asks for itself anew


class ImportForm(forms.Form):
    """A table and whether it is only to be checked. What is no table at all is refused here, at once."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"), help_text=gettext_lazy("UTF-8, with the columns of the export")
    )
    dry_run = forms.BooleanField(label=gettext_lazy("Only check, change nothing"), required=False, initial=True)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > table.LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        self.data_of_file = file.read()
        if trouble := table.trouble(self.data_of_file):
            raise forms.ValidationError(trouble)
        return file


@require_http_methods(["GET", "POST"])
def import_names(request: HttpRequest) -> HttpResponse:
    """Take a table and put it into the queue; the page of its import says what becomes of it."""
    if not request.user.has_perms(_RIGHTS):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        if NameImport.objects.filter(state=NameImport.State.WAITING).exists():
            messages.info(request, _("Another import is under way. Yours begins when it has ended."))
        sent = imports.send(
            form.data_of_file,
            form.cleaned_data["file"].name,
            user=request.user,
            only_check=form.cleaned_data["dry_run"],
        )
        return redirect("names_import_report", sent.pk)
    latest = NameImport.objects.defer("file").select_related("user")[:_LATEST]
    context = {"form": form, "columns": table.COLUMNS, "latest": latest}
    return TemplateResponse(request, "names/admin/import.html", context)


@require_safe
def import_report(request: HttpRequest, import_id: int) -> HttpResponse:
    """What became of a table that was sent. While it is under way the page looks again by itself."""
    if not request.user.has_perms(_RIGHTS):
        raise PermissionDenied
    sent = get_object_or_404(NameImport.objects.defer("file").select_related("user"), pk=import_id)
    response = TemplateResponse(request, "names/admin/import_report.html", {"sent": sent})
    if sent.state == NameImport.State.WAITING:
        response["Refresh"] = str(_LOOK_AGAIN)
    return response


@require_safe
def export_names(request: HttpRequest) -> HttpResponse:
    """The whole register, ready to be changed in a spreadsheet and read again."""
    if not request.user.has_perm("names.view_name"):
        raise PermissionDenied
    response = HttpResponse(table.write(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="names-{timezone.localdate():%Y-%m-%d}.csv"'
    return response
