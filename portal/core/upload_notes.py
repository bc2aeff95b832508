"""What an uploaded file tells is said by every form that takes one: Wagtail's say that it was added, and no more.

The form for several files says it beside each. `tests/admin/test_departments.py` fails when upstream changes.
"""

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.text import Truncator
from wagtail.documents.views import documents
from wagtail.documents.views.chooser import DocumentChooserUploadView
from wagtail.images.views import images
from wagtail.images.views.chooser import ImageUploadView

from portal.core.forms import told_of

HEADER = "X-Portal-Told"  # read by portal_contributors/uploads.js
# Characters in it, which become up to nine bytes each: all headers of an answer have to fit into the 4 KB that nginx
# reserves for them. The form of the file says the rest.
_LONGEST = 250
_FORMS = (documents.CreateView, documents.EditView, images.CreateView, images.EditView)
_CHOOSERS = (DocumentChooserUploadView, ImageUploadView)
upstream_save = {view: view.save_instance for view in _FORMS}
upstream_post = {view: view.post for view in _CHOOSERS}


def install() -> None:
    """Called once, when Wagtail reads the hooks: earlier the views cannot be imported."""
    for view in _FORMS:
        view.save_instance = _saving(upstream_save[view])
    for view in _CHOOSERS:
        view.post = _posting(upstream_post[view])


def _saving(upstream):
    def save_instance(self):
        saved = upstream(self)
        if "file" in self.form.changed_data and (told := told_of(saved)):
            messages.warning(self.request, told)
        return saved

    return save_instance


def _posting(upstream):
    def post(self, request: HttpRequest) -> HttpResponse:
        answer = upstream(self, request)
        if self.form.is_valid() and (told := told_of(self.form.instance)):
            answer.headers[HEADER] = quote(Truncator(told).chars(_LONGEST))
        return answer

    return post
