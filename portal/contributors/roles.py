"""The roles as groups, their rights, and the first workflow. Run by `manage.py setup`; safe to run again.

Every group, right and rule is given once in the life of an installation: what an administrator took away stays away,
and what a new version brings arrives.
"""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.utils import translation
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from portal.contributors import department_rights, names
from portal.contributors.checklist import FIRST_ITEMS
from portal.contributors.models import (
    ChecklistItem,
    ConfidentialityReviewTask,
    Department,
    DepartmentRight,
    EditorialReviewTask,
    SecondReadingTask,
)
from portal.core.languages import NAMES
from portal.core.models import Notice, PortalInformation, SetupStep, Topic

CONTRIBUTORS = "Cộng tác viên"
EDITORS = "Biên tập viên"
REVIEWERS = "Người kiểm duyệt"

REVIEWED_SNIPPETS = (Topic, Department, PortalInformation, Notice)

# Wagtail's «publish» means here: withdraw, move, set privacy (portal/publishing/permissions.py).
# Where contributors may write comes from their department (portal/contributors/department_rights.py).
_PAGE_RIGHTS = {
    CONTRIBUTORS: (),
    EDITORS: ("add", "change", "publish", "lock", "unlock"),
    REVIEWERS: (),
}
_FILE_RIGHTS = {
    CONTRIBUTORS: ("add", "choose"),
    EDITORS: ("add", "change", "choose"),
    REVIEWERS: ("choose",),
}
TRANSLATED = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
_SNIPPET_RIGHTS = {EDITORS: ("add", "change", "view"), REVIEWERS: ("view",), CONTRIBUTORS: ("view",)}


def translators(language: str) -> str:
    """Name of the group of translators into a language."""
    return f"Người dịch {_in_vietnamese(language)}"


def second_readers(language: str) -> str:
    """Name of the group of those who read translations into a language before they go out."""
    return f"Người hiệu đính {_in_vietnamese(language)}"


def _in_vietnamese(language: str) -> str:
    """«tiếng Trung»: groups and workflows are data, named in the language of the installation."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(NAMES[language])


def set_up_roles(homes: dict[str, Page]) -> None:
    """Make the groups, their rights in every language's tree, and the workflow that holds everywhere.

    `homes` maps a language code to its home page.
    """
    _name_by_language()
    if SetupStep.first_time("groups of Wagtail removed"):
        Group.objects.filter(name__in=["Editors", "Moderators"]).delete()  # they have rights over everything
    for name in (CONTRIBUTORS, EDITORS, REVIEWERS):
        group = _group(name)
        _grant_pages(group, homes.values(), _PAGE_RIGHTS[name])
        _grant_files(group, _FILE_RIGHTS[name])
        _grant_snippets(group, _SNIPPET_RIGHTS[name])
    _grant(_group(EDITORS), "wagtail_localize", "submit_translation")
    _grant_registers()
    for action in ("view", "change"):
        _grant(_group(EDITORS), "core", f"{action}_feedback")
    for language, home in homes.items():
        if language != settings.LANGUAGE_CODE:
            group = _group(translators(language))
            _grant_pages(group, [home], ("change",))
            _grant_files(group, ("choose",))
            _grant(group, "wagtail_localize", "submit_translation")
            _grant_files(_group(second_readers(language)), ("choose",))
            for name in (translators(language), second_readers(language)):
                _grant_snippets(_group(name), ("view",))
    for name in (EDITORS, REVIEWERS):
        _grant(_group(name), "audit", "view_auditentry")
    _set_up_workflow(homes)
    for language in TRANSLATED:
        _set_up_second_reading(language, homes[language])
    _set_up_urgent_workflow()
    _put_away_wagtails_own()
    _set_up_checklist()
    _set_up_department_rights(homes[settings.LANGUAGE_CODE])


def _name_by_language() -> None:
    """Groups, tasks and workflows of an earlier version carried codes, «Người dịch (zh-hans)»; so did setup's steps."""
    for language in TRANSLATED if SetupStep.first_time("languages named in words") else ():
        for words in ("Người dịch", "Người hiệu đính", names.READING_TASK, names.TRANSLATION_WORKFLOW):
            former, name = f"{words} ({language})", f"{words} {_in_vietnamese(language)}"
            for model in (Group, Task, Workflow):
                model.objects.filter(name=former).update(name=name)
            for step in SetupStep.objects.filter(name__startswith=f"{former}: "):
                step.name = name + step.name.removeprefix(former)
                step.save()


def _put_away_wagtails_own() -> None:
    """Wagtail brings a workflow of its own and calls its roots «Root»."""
    if SetupStep.first_time("workflow of Wagtail removed"):
        for model, uses in ((Workflow, "workflow_states"), (Task, "task_states")):
            model.objects.filter(name="Moderators approval", **{f"{uses}__isnull": True}).delete()
    if SetupStep.first_time("roots named"):
        Page.objects.filter(depth=1, title="Root").update(title="Gốc", draft_title="Gốc")
        Collection.objects.filter(depth=1, name="Root").update(name="Tệp dùng chung")


def _set_up_urgent_workflow() -> None:
    if SetupStep.first_time("urgent workflow"):
        workflow, _created = Workflow.objects.get_or_create(name=names.URGENT_WORKFLOW)
        task = ConfidentialityReviewTask.objects.order_by("pk").first()
        if task is not None:
            WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": 0})


def _set_up_department_rights(home: Page) -> None:
    """Every department may begin by writing in every section; the administrators narrow it."""
    departments = [body for body in Department.objects.filter(locale=home.locale) if not body.is_over]
    for department in departments:
        if SetupStep.first_time(f"rights of {department.code}"):
            for section in home.get_children():
                DepartmentRight.objects.get_or_create(
                    department=department, section=section, defaults={"level": DepartmentRight.WRITE}
                )
    department_rights.grant_all()


def _set_up_checklist() -> None:
    for order, (code, statement, explanation, may_not_apply) in enumerate(FIRST_ITEMS, start=1):
        if SetupStep.first_time(f"checklist {code}"):
            values = {"statement": statement, "explanation": explanation, "may_not_apply": may_not_apply}
            ChecklistItem.objects.get_or_create(code=code, defaults={**values, "sort_order": order})


def _group(name: str) -> Group:
    group, _created = Group.objects.get_or_create(name=name)
    _grant(group, "wagtailadmin", "access_admin")
    return group


def _grant(group: Group, app_label: str, codename: str) -> None:
    if SetupStep.first_time(f"{group.name}: {app_label}.{codename}"):
        group.permissions.add(Permission.objects.get(content_type__app_label=app_label, codename=codename))


def _grant_pages(group: Group, trees, rights: tuple[str, ...]) -> None:
    for page in trees:
        for right in rights:
            if SetupStep.first_time(f"{group.name}: {right}_page in {page.locale.language_code}"):
                permission = Permission.objects.get(
                    content_type__app_label="wagtailcore", content_type__model="page", codename=f"{right}_page"
                )
                GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _grant_files(group: Group, rights: tuple[str, ...]) -> None:
    root = Collection.get_first_root_node()
    # Wagtail asks for the rights on its own models, whichever model stands in for them.
    for app_label, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for right in rights:
            if SetupStep.first_time(f"{group.name}: {app_label}.{right}_{model}"):
                permission = Permission.objects.get(
                    content_type__app_label=app_label, content_type__model=model, codename=f"{right}_{model}"
                )
                GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _grant_snippets(group: Group, rights: tuple[str, ...]) -> None:
    for model in REVIEWED_SNIPPETS:
        for right in rights:
            _grant(group, model._meta.app_label, f"{right}_{model._meta.model_name}")


def _grant_registers() -> None:
    """Names, synonyms and chosen results: editors keep them; everybody in the administration looks names up."""
    for action in ("add", "change", "delete", "view"):
        for app_label, model in (("names", "name"), ("portal_search", "synonyms"), ("portal_search", "bestbet")):
            _grant(_group(EDITORS), app_label, f"{action}_{model}")
    _grant(_group(EDITORS), "portal_search", "view_searchedquery")
    readers = [CONTRIBUTORS, REVIEWERS]
    readers += [role(code) for code in TRANSLATED for role in (translators, second_readers)]
    for name in readers:
        _grant(_group(name), "names", "view_name")


def _set_up_workflow(homes: dict[str, Page]) -> None:
    """Editor, then reviewer, for every page of every language and every reviewed snippet."""
    workflow = _workflow()
    for home in homes.values():
        if SetupStep.first_time(f"workflow of pages in {home.locale.language_code}"):
            WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})
    for model in REVIEWED_SNIPPETS:
        if SetupStep.first_time(f"workflow of {model._meta.label}"):
            WorkflowContentType.objects.get_or_create(
                content_type=ContentType.objects.get_for_model(model), defaults={"workflow": workflow}
            )


def _workflow() -> Workflow:
    workflow, created = Workflow.objects.get_or_create(name=names.WORKFLOW)
    if created:
        tasks = (
            (EditorialReviewTask(name=names.EDITORIAL_TASK), EDITORS),
            (ConfidentialityReviewTask(name=names.REVIEW_TASK), REVIEWERS),
        )
        for order, (task, group) in enumerate(tasks):
            task.save()
            task.groups.set([_group(group)])
            WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=order)
        WorkflowPage.objects.exclude(workflow=workflow).filter(page__depth=1).delete()  # Wagtail's own on the root
    return workflow


def _set_up_second_reading(language: str, home: Page) -> None:
    """Second reader, then, where something was added, the reviewer: for every translation into a language.

    Reviews that are under way keep the workflow they began with, and a workflow that administrators chose stays.
    """
    if not SetupStep.first_time(f"second readers of {language}"):
        return
    workflow, created = Workflow.objects.get_or_create(name=f"{names.TRANSLATION_WORKFLOW} {_in_vietnamese(language)}")
    if created:
        reading = SecondReadingTask.objects.create(name=f"{names.READING_TASK} {_in_vietnamese(language)}")
        reading.groups.set([_group(second_readers(language))])
        review = ConfidentialityReviewTask.objects.order_by("pk").first()
        for order, task in enumerate(filter(None, (reading, review))):
            WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=order)
    WorkflowPage.objects.filter(page=home, workflow=_workflow()).update(workflow=workflow)
