"""Work on the desk to try: texts at every step of their way, readers' questions, a bundle. Made once.

Every text says that it is a sample and no news; whoever tries the desk approves, returns or deletes it.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation
from wagtail_localize.synctree import create_aliases_for_new_page

from news.models import ArticlePage, NewsIndexPage
from portal.contributors.models import User
from portal.core.models import Feedback, SetupStep
from portal.publishing.bundles import add_to_bundle
from portal.publishing.models import Bundle
from portal.translation.gate import send_for_review
from portal.translation.models import TranslationDeadline
from portal.translation.requests import count_requests

_BODY = (
    "<p>Bài mẫu do bộ dữ liệu thử nghiệm tạo ra để bạn thử quy trình duyệt. Đây không phải là tin; hãy duyệt, trả lại"
    " hoặc xóa bài tùy ý.</p>"
)
_REASON = "Lý do mẫu: đề nghị ghi rõ nguồn và ngày của số liệu."
_QUESTIONS = (
    ("Lời mẫu: tên xã ở đoạn thứ hai viết thiếu dấu.", 1),
    ("Lời mẫu: số điện thoại trên trang không gọi được.", 12),
)


@transaction.atomic
def lay_on_desk() -> bool:
    """Put the samples on the desk of an installation that has its demo accounts; says whether it did."""
    people = {user.username: user for user in User.objects.filter(username__in=["contributor", "editor", "editor2"])}
    news = NewsIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE, live=True).first()
    if len(people) < 3 or news is None or not SetupStep.first_time("demo desk"):
        return False
    contributor, editor, second = people["contributor"], people["editor"], people["editor2"]
    _article(news, contributor, "Bài mẫu: bản nháp chưa gửi")
    _send(_article(news, contributor, "Bài mẫu: đang chờ biên tập"), contributor)
    waiting = _send(_article(news, contributor, "Bài mẫu: đang chờ kiểm duyệt bảo mật"), contributor)
    _decide(waiting, editor, "approve")
    _decide(_send(_article(news, second, "Bài mẫu: bị trả lại"), second), editor, "reject", comment=_REASON)
    add_to_bundle(Bundle.objects.create(name="Gói mẫu", created_by=editor), [waiting], editor)
    _ask_for_translations(editor)
    _send_translations()
    _ask_questions()
    return True


def _article(news: NewsIndexPage, author: User, title: str) -> ArticlePage:
    page = ArticlePage(title=title, summary="Bài mẫu để thử quy trình duyệt.", locale=news.locale, live=False)
    page.owner, page.department = author, author.department
    block = {"type": "text", "value": _BODY, "id": "5a3c1f0e-0000-4000-8000-000000000001"}
    page.body = page.body.stream_block.to_python([block])
    news.add_child(instance=page)
    create_aliases_for_new_page(page)
    page.save_revision(user=author)
    return page


def _send(page: ArticlePage, author: User) -> ArticlePage:
    page.get_workflow().start(page, author)
    return page


def _decide(page: ArticlePage, user: User, action: str, **answers) -> None:
    page.refresh_from_db()
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, user, action, **answers)
    page.refresh_from_db()


def _ask_for_translations(editor: User) -> None:
    """Readers wish for two pages that are not translated; for one of them the editor has set a day."""
    originals = Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE, live=True, depth__gt=3)
    for locale in Locale.objects.exclude(language_code=settings.LANGUAGE_CODE):
        aliases = Page.objects.filter(locale=locale, alias_of__in=originals).order_by("path")
        for number, page in enumerate(aliases[:2]):
            count_requests(page.translation_key, locale, 7 - 4 * number)
        for page in aliases[:1]:
            TranslationDeadline.objects.create(
                translation_key=page.translation_key,
                locale=locale,
                due_on=timezone.localdate() + timedelta(days=7),
                set_by=editor,
            )


def _send_translations() -> None:
    """One translation in each language waits for its second reader: that of a section, as it is."""
    section = NewsIndexPage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
    for translator in User.objects.filter(username__startswith="translator-"):
        code = {"translator-zh": "zh-hans"}.get(translator.username, translator.username.removeprefix("translator-"))
        found = Translation.objects.filter(
            source__object_id=section.translation_key, target_locale__language_code=code, enabled=True
        )
        for translation in found:
            send_for_review(translation, translator)


def _ask_questions() -> None:
    pages = Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE, live=True, depth=4).order_by("path")
    for page, (words, days) in zip(pages, _QUESTIONS, strict=False):
        came = timezone.now() - timedelta(days=days)
        Feedback.objects.create(
            page=page, language=settings.LANGUAGE_CODE, kind=Feedback.Kind.MISTAKE, text=words, created_at=came
        )
