"""English texts of Wagtail and wagtail-localize that no catalogue can reach, because upstream does not mark them.

In templates the mark is added as they are read; labels of Python objects are replaced once, with the hooks.
`tests/core/test_unmarked.py` fails where upstream has changed or marked a text itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.template.loaders import app_directories
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

_SEARCH = ('<input type="submit" value="Search"', """<input type="submit" value="{% trans 'Search' %}\"""")
_IN_WORDS = "{%% load desk %%}{{ %s|in_words }}"
_LOAD = ("{% load ", "{% load desk ")
_TASK, _WORKFLOW = ((f"{what}={what}.name|safe", f"{what}={what}.name|in_words|safe") for what in ("task", "workflow"))
_EVENTS = ("submitted", "approved", "rejected")
_MAILS = {
    f"wagtailadmin/notifications/{what}_state_{event}{part}.txt": [_LOAD, mark]
    for what, mark in (("task", _TASK), ("workflow", _WORKFLOW))
    for event in _EVENTS
    for part in ("", "_subject")
}
_MAILS["wagtailadmin/notifications/workflow_state_rejected.txt"].append(_TASK)
_PERMISSION = "{{ content_perms_dict.%s.perm.name }}"

# Template: texts and what stands for them.
TEMPLATES: dict[str, list[tuple[str, str]]] = {
    "wagtailadmin/home.html": [_SEARCH],
    "wagtailadmin/shared/header.html": [_SEARCH],
    # Yes and no, where a sign says it to the eye, would be Python's words to the ear.
    "wagtailadmin/tables/boolean_cell.html": [
        (f"title=value|stringformat:'s' name=\"{sign}\"", f'title=value|yesno name="{sign}"')
        for sign in ("help", "check", "cross")
    ],
    "wagtailadmin/shared/headers/_actions.html": [
        ('aria-label="Actions"', """aria-label="{% load i18n %}{% trans 'Actions' %}\"""")
    ],
    "wagtaillocales/index.html": [
        (" pages{% if", " {% trans 'pages' %}{% if"),
        (" others{% endif %}", " {% trans 'other records' %}{% endif %}"),
    ],
    # Names of tasks and workflows are data, in Vietnamese.
    "wagtailadmin/home/user_objects_in_workflow_moderation.html": [
        ("{{ workflow_state.current_task_state.task.name }}", _IN_WORDS % "workflow_state.current_task_state.task.name")
    ],
    "wagtailadmin/reports/workflow_results.html": [
        ("<b>{{ workflow_state.workflow }}</b>", f"<b>{_IN_WORDS}</b>" % "workflow_state.workflow.name"),
        ("{{ task.name }}", _IN_WORDS % "task.name"),
    ],
    "wagtailadmin/reports/workflow_tasks_results.html": [
        ("<b>{{ task_state.task }}</b>", f"<b>{_IN_WORDS}</b>" % "task_state.task.name")
    ],
    "wagtailadmin/shared/workflow_history/listing_results.html": [
        ("{{ workflow_state.workflow.name }}", _IN_WORDS % "workflow_state.workflow.name"),
        ("{{ task.name }}", _IN_WORDS % "task.name"),
    ],
    "wagtailadmin/shared/workflow_history/detail.html": [
        ("{{ workflow_state.workflow.name }}", _IN_WORDS % "workflow_state.workflow.name"),
        ("<th>{{ task }}</th>", f"<th>{_IN_WORDS}</th>" % "task.name"),
    ],
    "wagtailadmin/shared/side_panels/includes/status/workflow.html": [
        _LOAD,
        ("title=workflow_state.workflow.name", "title=workflow_state.workflow.name|in_words"),
        ("{% workflow_status_with_date ", "{% workflow_status_in_words "),
    ],
    "wagtailadmin/workflows/workflow_status.html": [_LOAD, ("{{ task.name }}", "{{ task.name|in_words }}")],
    **_MAILS,
    # Django writes the names of permissions into the database, in English.
    "wagtailusers/groups/includes/formatted_permissions.html": [
        (_PERMISSION % "add", "{% trans 'Add' %}: {{ content_perms_dict.object }}"),
        (_PERMISSION % "change", "{% trans 'Change' %}: {{ content_perms_dict.object }}"),
        (_PERMISSION % "delete", "{% trans 'Delete' %}: {{ content_perms_dict.object }}"),
    ],
}

# The template translates these names of permissions, but no library has them in its catalogue.
PERMISSIONS = [
    gettext_noop("Can lock"),
    gettext_noop("Can publish"),
    gettext_noop("Can submit translations"),
    gettext_noop("Can unlock"),
]
OTHER_RECORDS = gettext_noop("other records")


class Loader(app_directories.Loader):
    """Django's loader of the apps' templates, which adds the marks."""

    def get_contents(self, origin) -> str:
        contents = super().get_contents(origin)
        for text, marked in TEMPLATES.get(origin.template_name, ()):
            contents = contents.replace(text, marked)
        return contents


@dataclass
class Label:
    """An attribute that upstream leaves in English."""

    owner: Any
    attribute: str
    english: str
    text: Any

    def now(self) -> str:
        return str(getattr(self.owner, self.attribute) or "")


def labels() -> Iterator[Label]:
    from wagtail.admin.forms.workflows import WorkflowContentTypeForm, WorkflowPageForm
    from wagtail.models import Locale
    from wagtail.sites.views import IndexView
    from wagtail_localize import models as localize
    from wagtail_localize.models import LocaleSynchronization, Translation
    from wagtail_localize.views import edit_translation
    from wagtail_localize.views.report import TranslationsReportFilterSet

    names = {"port": _("Port"), "site_name": _("Site name"), "root_page": _("Root page")}
    for column in IndexView.columns:
        if getattr(column, "name", None) in names:
            yield Label(column, "label", column.name.replace("_", " ").capitalize(), names[column.name])
    yield Label(Locale._meta, "verbose_name", "locale", _("language"))
    yield Label(Translation._meta, "verbose_name", "translation", _("translation"))
    yield Label(Translation._meta, "verbose_name_plural", "translations", _("translations"))
    yield Label(LocaleSynchronization._meta.get_field("sync_from"), "verbose_name", "sync from", _("synced from"))
    yield Label(WorkflowPageForm.base_fields["page"], "label", "", _("Page"))
    yield Label(WorkflowContentTypeForm.base_fields["content_types"], "label", "", _("Content types"))
    filters = TranslationsReportFilterSet.base_filters
    yield Label(filters["source_locale"], "_label", "", _("Original in"))
    yield Label(filters["target_locale"], "_label", "", _("Translated into"))
    for module in (localize, edit_translation):  # strftime knows no language: the month would be English
        yield Label(module, "DATE_FORMAT", "%-d %B %Y", "%d/%m/%Y")


REPLACED: list[tuple[str, str]] = []  # what upstream was expected to say, what it said


def install() -> None:
    """Called once, when Wagtail reads the hooks: earlier the views cannot be imported."""
    for label in labels():
        REPLACED.append((label.english, label.now()))
        setattr(label.owner, label.attribute, label.text)
