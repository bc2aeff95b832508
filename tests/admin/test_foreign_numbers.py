"""Every address of the administration that takes a number, asked with the number of what is another department's.

The addresses come from the resolver. One that has a parameter which is not known here fails: say below what may stand
there, and it is asked too.
"""

import re
from itertools import product
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.urls import URLResolver, get_resolver
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Page, TaskState, UploadedFile, WorkflowState
from wagtail.snippets.models import get_snippet_models

from portal.contributors import roles
from portal.contributors.models import Department
from portal.core.models import Notice, Topic
from portal.publishing.models import Bundle, BundleItem
from portal.publishing.service import publish_new
from portal.reports.tables import REPORTS
from tests.builders import (
    approve,
    department,
    fill,
    locale,
    make_article,
    make_staff,
    make_user,
    submit,
    translation_of,
)
from tests.office import pdf, photograph_with_place

pytestmark = pytest.mark.django_db
MARK = "kinso7"  # in every title, slug, text and file name that is not theirs to read
BEFORE = "cms/"
_PARAMETER = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)|<(?:\w+:)?(\w+)>")


def patterns(found=None, before: str = ""):
    """Every pattern of an address of the administration, whole."""
    for one in get_resolver().url_patterns if found is None else found:
        pattern = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, pattern)
        elif pattern.startswith(BEFORE) and not pattern.endswith("/^.*/$"):
            yield pattern.removeprefix(BEFORE).replace("^", "")


def parameters(pattern: str) -> list[str]:
    return [one or other for one, other in _PARAMETER.findall(pattern)]


@pytest.fixture
def scene(portal, settings, tmp_path):
    """What another department has: a draft under review, a change to a public page, files, records, a translation."""
    settings.MEDIA_ROOT = str(tmp_path)
    staff = make_staff()
    other = make_user("other", roles.CONTRIBUTORS, department=department("so-tai-chinh"))
    found = SimpleNamespace(staff=staff, other=other)
    theirs = {"department": department("so-tai-chinh"), "owner": other}
    found.draft = make_article(f"Bản thảo {MARK}", publish=False, **theirs)
    submit(found.draft, other)
    found.changed = make_article("Bài đã đăng", **theirs)
    found.translation = translation_of(found.changed, "en")
    fill(found.translation, staff["translator_en"], lambda source: f"{MARK} {source}")
    found.translation.save_target(publish=False)
    found.translated = found.translation.get_target_instance()
    found.changed.title = f"Bài sửa {MARK}"
    found.changed.save_revision(user=other)
    found.mine = make_article("Bài của tôi", publish=False, department=department("so-ngoai-vu"))
    files = {"uploaded_by_user": other}
    picture = ContentFile(photograph_with_place().read(), f"{MARK}.jpg")
    found.image = get_image_model().objects.create(title=f"Ảnh {MARK}", file=picture, **files)
    paper = ContentFile(pdf(), f"{MARK}.pdf")
    found.document = get_document_model().objects.create(title=f"Văn bản {MARK}", file=paper, **files)
    found.upload = {
        model: UploadedFile.objects.create(
            for_content_type=found_type, file=ContentFile(b"x", f"{MARK}.bin"), uploaded_by_user=other
        )
        for model, found_type in (("images", _type(found.image)), ("documents", _type(found.document)))
    }
    found.records = {
        "core/topic": [_record(Topic, code=MARK, name=f"Chủ đề {MARK}")],
        "contributors/department": [_record(Department, code=MARK, name=f"Đơn vị {MARK}")],
        "core/notice": [_record(Notice, text=f"Thông báo {MARK}"), _changed_notice()],
    }
    found.stranger = make_user(f"{MARK}-person", last_name=MARK)
    found.bundle = Bundle.objects.create(name=f"Gói {MARK}", created_by=staff["editor"])
    BundleItem.objects.create(bundle=found.bundle, page=found.draft)
    now = timezone.now()
    found.session = EditingSession.objects.create(
        user=other, content_type=_type(found.draft), object_id=str(found.draft.pk), last_seen_at=now
    )
    return found


def _type(obj):
    from django.contrib.contenttypes.models import ContentType

    return ContentType.objects.get_for_model(obj, for_concrete_model=False)


def _record(model, **fields):
    record = model(locale=locale("vi"), live=False, **fields)
    record.save()
    record.save_revision(log_action=True)
    log(instance=record, action="wagtail.create")
    return record


def _changed_notice() -> Notice:
    notice = _record(Notice, text="Thông báo đã đăng")
    publish_new(notice, "test")
    notice.text = f"Thông báo sửa {MARK}"
    notice.save_revision(log_action=True)
    return notice


def values(pattern: str, name: str, scene) -> list:
    """What stands for a parameter of an address; KeyError for one that is not known."""
    alias = Page.objects.get(translation_key=scene.draft.translation_key, locale=locale("zh-hans"))
    pages = [scene.draft.pk, scene.changed.pk, alias.pk, scene.translated.pk]
    if len(parameters(pattern)) > 1:
        pages = [*pages, scene.mine.pk]  # with somebody else's version, review or task behind it
    everything = [scene.draft] if "snippets/" in pattern else [scene.draft, scene.changed, scene.translated]
    for key, found in scene.records.items():
        if re.search(rf"\b{key}/", pattern):
            everything = found
    numbers = {
        "page_id": pages,
        "parent_page_id": pages,
        "page_to_move_id": pages,
        "page_pk": pages,
        "destination_id": [scene.mine.get_parent().pk, scene.draft.pk],
        "revision_id": [one.latest_revision_id for one in everything],
        "revision_id_a": ["live", "earliest", *(one.latest_revision_id for one in everything)],
        "revision_id_b": ["latest"],
        "task_state_id": list(TaskState.objects.values_list("pk", flat=True)),
        "task_id": list(TaskState.objects.values_list("task_id", flat=True)),
        "workflow_state_id": list(WorkflowState.objects.values_list("pk", flat=True)),
        "workflow_pk": list(WorkflowState.objects.values_list("workflow_id", flat=True)),
        "image_id": [scene.image.pk],
        "document_id": [scene.document.pk],
        "doc_id": [scene.document.pk],
        "uploaded_file_id": [one.pk for one in scene.upload.values()],
        "translation_id": [scene.translation.pk],
        "translation_source_id": [scene.translation.source_id],
        "string_segment_id": [scene.translation.source.stringsegment_set.first().pk],
        "overridable_segment_id": [one.pk for one in scene.translation.source.overridablesegment_set.all()[:1]] or [1],
        "bundle_id": [scene.bundle.pk],
        "session_id": [scene.session.pk],
        "object_id": [scene.draft.pk],
        "department_id": [scene.records["contributors/department"][0].pk],
        "collection_id": [1],
        # What belongs to no department.
        "feedback_id": [1],
        "import_id": [1],
        "redirect_id": [1],
        # Words.
        "action_name": ["approve"],
        "content_type_app_name": ["news"],
        "content_type_model_name": ["articlepage"],
        "app_name": ["core"],
        "code": ["vi", "en"],
        "kind": ["topic", "notice", "department"],
        "what": ["draft", "readers"],
        "mode": [""],
        "filter_spec": ["original", "width-100"],
        "slug": list(REPORTS),
        "name": ["one"],
        "uidb64": ["MQ"],
        "token": ["set-password"],
    }
    if name == "pk":
        return _of_pattern(pattern, scene, pages, everything)
    return numbers[name]


def _of_pattern(pattern: str, scene, pages: list[int], everything: list) -> list:
    """What «pk» is, by the beginning of the address."""
    beginnings = {
        r"api/main/pages|pages/": pages,
        r"api/main/documents|documents/": [scene.document.pk],
        r"api/main/images|images/": [scene.image.pk],
        r"snippets/": [one.pk for one in everything],
        r"localize/(api|submit)/": [one.pk for one in everything],
        r"translation-desk/start/": [one.pk for found in scene.records.values() for one in found],
        r"users/": [scene.stranger.pk],
        # Of administrators, or of the installation.
        r"(workflows|collections|checklist|substitutions|locales|groups|sites|settings|account)/": [1],
    }
    return next(found for beginning, found in beginnings.items() if re.match(beginning, pattern))


def labels(pattern: str) -> list[str]:
    """The pattern with every pair of an application and a model that it may take."""
    pair = re.compile(r"<(?:slug|str):(?:app_label|app_name)>/<(?:slug|str):model_name>")
    if not pair.search(pattern):
        return [pattern]
    if pattern.startswith("bulk/"):
        return [
            pattern.replace("<str:app_label>/<str:model_name>/<str:action>", f"{app}/{model}/{action}")
            for app, models in bulk_actions().items()
            for model, actions in models.items()
            for action in actions
        ]
    kinds = [model._meta.label_lower.replace(".", "/") for model in get_snippet_models()]
    if not pattern.startswith("localize/"):
        kinds = ["wagtailcore/page", "news/articlepage", "core/notice"]
    return [pair.sub(kind, pattern) for kind in kinds]


def bulk_actions() -> dict:
    bulk_action_registry._scan_for_bulk_actions()
    return bulk_action_registry.actions


def of_bulk(address: str, scene) -> list[int]:
    """The numbers that a bulk action is asked for: pages, files and records of the other department."""
    app, model = address.split("/")[1:3]
    kinds = {
        "page": [scene.draft.pk, scene.changed.pk],
        get_image_model()._meta.model_name: [scene.image.pk],
        get_document_model()._meta.model_name: [scene.document.pk],
        "user": [scene.stranger.pk],
    }
    return kinds.get(model) or [one.pk for one in scene.records.get(f"{app}/{model}", [])] or [1]


def questions(scene) -> list[str]:
    """Every address, with every combination of what may stand in it."""
    found = {}
    for pattern in (one for whole in patterns() for one in labels(whole)):
        names = parameters(pattern)
        for chosen in product(*(values(pattern, name, scene) for name in names)):
            address = pattern.replace("$", "").replace("\\.", ".")
            for answer in chosen:
                address = _PARAMETER.sub(str(answer), address, count=1)
            found[address] = None
            if pattern.startswith("bulk/"):
                found[f"{address}?{urlencode({'id': of_bulk(address, scene)}, doseq=True)}"] = None
                found[f"{address}?id=all"] = None
                del found[address]
            elif pattern.endswith("chosen-multiple/"):
                numbers = [scene.draft.pk, scene.changed.pk, scene.translated.pk, scene.image.pk, scene.document.pk]
                numbers += [one.pk for records in scene.records.values() for one in records]
                found[f"{address}?{urlencode({'id': numbers}, doseq=True)}"] = None
    return list(found)


def told(answer) -> bool:
    """Whether an answer, or a message that the next page would show, has the mark."""
    said = b"".join(answer.streaming_content) if answer.streaming else answer.content
    shown = " ".join(str(one) for one in get_messages(answer.wsgi_request))
    where = answer.headers.get("Location", "") + answer.headers.get("Content-Disposition", "")
    return MARK.encode() in said.lower() or MARK in (shown + where).lower()


_MADE_TO_FAIL = "failwhale/"  # Wagtail's, to try how errors are shown
# Who translates, reads or reviews chooses among all pictures and documents, and sees what becomes of a text in other
# languages.
_STAFF_SEE = re.compile(r"(api/main/|bulk/core/portal)?(image|document)|localize/update/")


@pytest.mark.once
@pytest.mark.parametrize("role", ["contributor", "translator_zh"])
def test_no_address_tells_what_another_department_has_not_published(client, scene, role):
    client.force_login(scene.staff[role])
    client.raise_request_exception = False
    before, wrong = state_of(scene), []
    for address in questions(scene):
        if address == _MADE_TO_FAIL or (role != "contributor" and _STAFF_SEE.match(address)):
            continue
        for ask in (client.get, client.post) if re.search(r"\d", address) else (client.get,):
            answer = ask(f"/{BEFORE}{address}")
            if answer.status_code >= 500 or told(answer):
                wrong.append(f"{answer.wsgi_request.method} {address}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert state_of(scene) == before, "and nothing was done to it"


@pytest.mark.once
@pytest.mark.parametrize("role", ["reviewer", "reader_en"])
def test_no_list_or_report_tells_it_to_who_was_not_asked_yet(client, scene, role):
    """Reviewers read the whole audit log: that is what it is for."""
    client.force_login(scene.staff[role])
    lists = [one for one in questions(scene) if not re.search(r"\d", one) and one != _MADE_TO_FAIL]
    lists = [one for one in lists if not _STAFF_SEE.match(one) and not one.startswith("reports/audit/")]
    assert len(lists) > 100
    assert not [address for address in lists if told(client.get(f"/{BEFORE}{address}"))]


def state_of(scene) -> list:
    """Everything that is kept of what another department has."""
    objects = [scene.draft, scene.changed, scene.translated, scene.image, scene.document, scene.bundle]
    objects += [record for records in scene.records.values() for record in records]
    rows = [type(one).objects.filter(pk=one.pk).values().get() for one in objects]
    return [*rows, *TaskState.objects.order_by("pk").values()]


def test_an_editor_is_told(client, scene):
    """The mark would be found: where people may see something, the same addresses tell it."""
    client.force_login(scene.staff["editor"])
    for address in (f"pages/{scene.draft.pk}/edit/", "api/main/images/", "snippets/core/notice/", "choose-page/"):
        where = f"{address}{scene.changed.pk}/" if address == "choose-page/" else address
        assert told(client.get(f"/{BEFORE}{where}")), where


def test_only_public_records_or_those_of_ones_turn_are_listed(client, scene):
    """Who reviews sees a draft from the moment it was laid before them."""
    draft, changed = scene.records["core/notice"]
    lists = ["snippets/core/notice/", "snippets/choose/core/notice/results/", "localize/api/snippets/core/notice/"]

    def listed(role: str) -> set[bool]:
        client.force_login(scene.staff[role])
        shown = [client.get(f"/{BEFORE}{address}").content.decode() for address in lists]
        assert all("Thông báo đã đăng" in text for text in shown), role
        return {draft.text in text for text in shown}

    nobodys = ("contributor", "reviewer", "translator_zh", "reader_zh")
    assert [listed(role) for role in nobodys] == [{False}] * len(nobodys)
    assert listed("editor") == listed("admin") == {True}
    draft.get_workflow().start(draft, scene.staff["editor"])
    assert listed("reviewer") == {False}, "an editor reads it first"
    approve(draft, scene.staff["editor2"])
    assert listed("reviewer") == {True}
    assert listed("contributor") == {False}
    client.force_login(scene.staff["reviewer"])
    assert client.get(f"/{BEFORE}snippets/core/notice/inspect/{draft.pk}/").status_code == 200


def test_the_report_of_translations_is_the_desks(client, scene):
    """It names every translation, and is longer than one page: no list that is looked at above would show it."""
    address = f"/{BEFORE}localize/reports/translations/"
    for role, opens in (("contributor", False), ("reviewer", False), ("reader_en", False), ("translator_zh", True)):
        client.force_login(scene.staff[role])
        assert (client.get(address).status_code == 200) is opens, role
        assert (address in client.get(f"/{BEFORE}").content.decode()) is opens, role


def choosers() -> list[str]:
    return [pattern for pattern in patterns() if re.search(r"chosen(-multiple)?/(<str:pk>/)?$", pattern)]


@pytest.mark.parametrize("number", ["987654", "9" * 19, "9" * 40, "-1", "0", "x", "1.5", "٣", "1e3", "%00"])
def test_choosers_answer_numbers_that_nothing_has(client, portal, number):
    client.force_login(make_staff()["editor"])
    assert len(choosers()) > 10
    for pattern in choosers():
        address = f"/{BEFORE}{pattern}".replace("<str:pk>", number)
        if "multiple" in pattern:
            assert client.get(address, {"id": [number, number]}).json()["result"] == [], pattern
        else:
            assert client.get(address).status_code == 404, pattern


def test_what_is_chosen_twice_comes_once_and_a_root_never(client, portal):
    client.force_login(make_staff()["editor"])
    page = make_article("Được chọn")
    root = Page.objects.get(depth=1)
    address = f"/{BEFORE}choose-page/chosen-multiple/"
    chosen = client.get(address, {"id": [page.pk, page.pk, root.pk, "x"]}).json()["result"]
    assert [one["id"] for one in chosen] == [page.pk]
