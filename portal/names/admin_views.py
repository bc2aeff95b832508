"""The register as a table, in and out, for editors."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.names import table

_RIGHTS = ("names.add_name", "names.change_name")


class ImportForm(forms.Form):
    """A table and whether it is only to be checked."""

    file = forms.FileField(label=_("CSV file"), help_text=_("UTF-8, with the columns of the export"))
    dry_run = forms.BooleanField(label=_("Only check, change nothing"), required=False, initial=True)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > table.LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        return file


@require_http_methods(["GET", "POST"])
def import_names(request: HttpRequest) -> HttpResponse:
    """Read a table; with any bad row nothing is changed and every bad row is named."""
    if not request.user.has_perms(_RIGHTS):
        raise PermissionDenied
    form, report = ImportForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        data, only_check = form.cleaned_data["file"].read(), form.cleaned_data["dry_run"]
        report = table.read(data, dry_run=only_check, user=request.user)
    context = {"form": form, "report": report, "columns": table.COLUMNS}
    return TemplateResponse(request, "names/admin/import.html", context)


@require_safe
def export_names(request: HttpRequest) -> HttpResponse:
    """The whole register, ready to be changed in a spreadsheet and read again."""
    if not request.user.has_perm("names.view_name"):
        raise PermissionDenied
    response = HttpResponse(table.write(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="names-{timezone.localdate():%Y-%m-%d}.csv"'
    return response
