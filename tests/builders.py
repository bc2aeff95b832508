"""What tests build: people in their roles, pages in the Vietnamese tree, translations through the real pipeline."""

import uuid
from datetime import timedelta

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.synctree import create_aliases_for_new_page

from home.models import HomePage
from news.models import ArticlePage, NewsIndexPage
from portal.contributors import roles
from portal.contributors.models import Department, User
from portal.publishing.approvals import system_approval
from portal.publishing.service import publish_new

PASSWORD = "a-long-test-password"


def make_user(username: str, *groups: str, **fields) -> User:
    user = User.objects.create_user(username, f"{username}@example.org", PASSWORD, **fields)
    if groups:
        user.groups.add(*Group.objects.filter(name__in=groups))
    return user


def make_staff() -> dict[str, User]:
    """One person of every role, and a second editor, because nobody approves their own; readers are second readers."""
    return {
        "contributor": make_user("contributor", roles.CONTRIBUTORS, department=department("so-ngoai-vu")),
        "editor": make_user("editor", roles.EDITORS),
        "editor2": make_user("editor2", roles.EDITORS),
        "reviewer": make_user("reviewer", roles.REVIEWERS),
        "translator_en": make_user("translator-en", roles.translators("en")),
        "translator_zh": make_user("translator-zh", roles.translators("zh-hans")),
        "reader_en": make_user("reader-en", roles.second_readers("en")),
        "reader_zh": make_user("reader-zh", roles.second_readers("zh-hans")),
        "admin": make_user("admin", is_superuser=True, is_staff=True),
    }


def department(code: str) -> Department:
    return Department.objects.get(code=code, locale__language_code="vi")


def locale(code: str) -> Locale:
    return Locale.objects.get(language_code=code)


def home(code: str = "vi") -> HomePage:
    return HomePage.objects.get(locale__language_code=code)


def news(code: str = "vi") -> NewsIndexPage:
    return NewsIndexPage.objects.get(locale__language_code=code)


def text_block(html: str, block_id: str = "11111111-1111-4111-8111-111111111111") -> tuple:
    return {"type": "text", "value": html, "id": block_id}


def make_article(
    title: str = "Chè Lai Châu", parent=None, *, body: str = "<p>Một đoạn văn.</p>", publish: bool = True, **fields
):
    """A Vietnamese article with its aliases, published by the system unless told otherwise."""
    parent = parent or news()
    article = ArticlePage(title=title, locale=parent.locale, live=False, **fields)
    article.body = article.body.stream_block.to_python([text_block(body)])
    parent.add_child(instance=article)
    create_aliases_for_new_page(article)
    if publish:
        publish_new(article, "test")
    else:
        article.save_revision()
    return ArticlePage.objects.get(pk=article.pk)


def add_many(parent, model, count: int, **fields) -> None:
    """Live pages below a page by the thousand, past the pipeline: their rows and nothing else."""
    first = parent.get_children_count() + 1
    rows = [
        Page(
            title=f"Trang {number}",
            draft_title=f"Trang {number}",
            slug=f"trang-{number}",
            path=Page._get_path(parent.path, parent.depth + 1, number),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}trang-{number}/",
            locale=parent.locale,
            content_type=ContentType.objects.get_for_model(model),
            translation_key=uuid.uuid4(),
        )
        for number in range(first, first + count)
    ]
    Page.objects.bulk_create(rows)
    for row in Page.objects.filter(path__startswith=parent.path, slug__startswith="trang-", path__gte=rows[0].path):
        child = model(page_ptr=row, **fields)
        child.__dict__.update({key: value for key, value in row.__dict__.items() if key != "_state"})
        child.save_base(raw=True)
    Page.objects.filter(pk=parent.pk).update(numchild=first - 1 + count)
    parent.refresh_from_db()


def translation_of(page, code: str) -> Translation:
    """The translation record of a page or record, as after «Translate this page»."""
    source, _created = TranslationSource.update_or_create_from_instance(getattr(page, "specific", page))
    return Translation.objects.update_or_create(source=source, target_locale=locale(code), defaults={"enabled": True})[
        0
    ]


def fill(translation: Translation, user=None, text=lambda source: f"EN {source}") -> None:
    """Translate every string, as a translator types them."""
    for segment in translation.source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={
                "data": text(segment.string.data),
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "last_translated_by": user,
                "has_error": False,
            },
        )


def translate(page, code: str = "en", **kwargs):
    """A published translation of a page; returns the translated page."""
    translation = translation_of(page, code)
    fill(translation, **kwargs)
    translation.save_target(publish=False)
    with system_approval("test"):
        translation.get_target_instance().latest_revision.publish()
    return translation.get_target_instance()


def approve(page, *users) -> None:
    """Approve the current workflow task by each user in turn."""
    for user in users:
        page.refresh_from_db()
        state = page.current_workflow_task_state
        task = state.task.specific
        task.on_action(state, user, "approve", **answers(task))
    page.refresh_from_db()


def answers(task) -> dict:
    """What a person who approves fills in: nothing for an editor, the whole checklist for a reviewer."""
    fields = task.get_form_for_action("approve").base_fields
    return {name: "confirmed" for name in fields if name != "comment"}


def submit(page, user):
    page.get_workflow().start(page, user)


def pass_an_hour(*pages) -> None:
    """What the clock does: the hour that was set an hour ahead has come."""
    for page in pages:
        for revision in Revision.objects.filter(object_id=str(page.pk)).exclude(approved_go_live_at=None):
            now = timezone.now() - timedelta(seconds=1)
            revision.content["go_live_at"] = now.isoformat()
            revision.approved_go_live_at = now
            revision.save()
