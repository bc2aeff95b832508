"""What the desk does in the stack suite, run by `manage.py shell` in the environment of production."""

import io
import json
import sys
import time
import traceback
from contextlib import redirect_stdout
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, Revision

from news.models import ArticlePage
from portal.contributors.models import ReviewDeadline, User
from portal.core.models import PortalDocument, PortalImage, PortalRendition
from portal.core.renditions import make_renditions
from portal.publishing.approvals import system_approval
from portal.publishing.files import is_public_file
from tests.builders import approve, make_article, text_block


def serve() -> None:
    """Do what is asked, line by line: a new process for each request would take longer than most of the work."""
    for line in sys.stdin:
        printed, error = io.StringIO(), ""
        connection.close()  # the server may have been replaced since
        try:
            with redirect_stdout(printed):
                eval(json.loads(line), globals())
        except Exception:
            error = traceback.format_exc()
        print(json.dumps({"printed": printed.getvalue(), "error": error}), flush=True)


def give_second_factor(name: str) -> None:
    """An app for somebody who needs one; print recovery codes, each good for one sign-in."""
    from django_otp.plugins.otp_static.models import StaticDevice
    from django_otp.plugins.otp_totp.models import TOTPDevice

    user = User.objects.get(username=name)
    TOTPDevice.objects.create(user=user, name="app", confirmed=True)
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    codes = [f"code{number}" for number in range(20)]
    for code in codes:
        device.token_set.create(token=code)
    print(*codes)


def schedule(count: int, word: str, minutes: int = 0) -> None:
    """New articles, approved by editor and reviewer, all due so many minutes from now; print their ids."""
    author, editor, reviewer = (User.objects.get(username=name) for name in ("contributor", "editor", "reviewer"))
    articles = []
    for number in range(count):
        article = make_article(f"{word} {number}", publish=False)
        article.go_live_at = timezone.now() + timedelta(days=1)
        article.save_revision(user=author)
        article.get_workflow().start(article, author)
        approve(article, editor, reviewer)
        articles.append(article)
    due = timezone.now() + timedelta(minutes=minutes)
    for revision in Revision.objects.filter(object_id__in=[str(article.pk) for article in articles]):
        if revision.approved_go_live_at is not None:
            revision.content["go_live_at"] = due.isoformat()
            revision.approved_go_live_at = due
            revision.save()
    Page.objects.filter(pk__in=[article.pk for article in articles]).update(go_live_at=due)
    print(*[article.pk for article in articles])


def expire(word: str) -> None:
    """A public article whose time was over an hour ago; print its path."""
    article = make_article(word)
    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now() - timedelta(hours=1))
    print(path_of(article))


def leave_waiting(word: str) -> None:
    """A text that waits for the editors, who should have decided long ago."""
    author = User.objects.get(username="contributor")
    User.objects.filter(username="editor").update(email="editor@laichau.test")
    User.objects.filter(username="editor2").update(email="")
    article = make_article(word, publish=False)
    article.save_revision(user=author)
    article.get_workflow().start(article, author)
    ReviewDeadline.objects.filter(task_state=article.current_workflow_task_state).update(due_at=timezone.now())


def change_words(word: str) -> None:
    """Publish a new title and text of the article «Nhịp tim», or make it; print its path."""
    article = ArticlePage.objects.filter(slug="nhip-tim", locale__language_code="vi").first()
    title, body = f"Nhịp tim {word}", f"<p>Nhịp đập {word}.</p>"
    if article is None:
        article = make_article(title, slug="nhip-tim", body=body)
    else:
        article.title = title
        article.body = article.body.stream_block.to_python([text_block(body)])
        with system_approval("test"):
            article.save_revision().publish()
    print(path_of(article))


def keep_changing(seconds: float) -> None:
    """Publish 1, 2, 3 … as its words; print each number with the moment at which it was public."""
    ends, number = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        number += 1
        change_words(str(number))
        print(f"{number} {time.time()}", flush=True)
        time.sleep(0.5)


def public_documents() -> None:
    """Print the addresses of documents that everybody may read."""
    for document in PortalDocument.objects.order_by("pk"):
        if is_public_file(document):
            print(document.url)


def make_private_document() -> None:
    """A document that no page uses; print its address."""
    document = PortalDocument(title="Riêng", file=ContentFile(b"%PDF-1.4 secret", "rieng.pdf"))
    document.save()
    print(document.url)


def some_article() -> None:
    print(ArticlePage.objects.live().first().pk)


def rename() -> None:
    """A public article that gets another address; print both paths."""
    article = make_article("Địa chỉ cũ")
    old = path_of(article)
    article.slug = "dia-chi-moi"
    with system_approval("test"):
        article.save_revision().publish()
    print(old, path_of(ArticlePage.objects.get(pk=article.pk)))


def path_of(page: Page) -> str:
    return page.url.removeprefix("/thongtindoingoai")


def enqueue_renditions(count: int = 4) -> None:
    """Some pictures as if just uploaded: their sizes are made again by the workers."""
    rasters = [image for image in PortalImage.objects.order_by("pk") if not image.is_svg()][:count]
    PortalRendition.objects.filter(image__in=rasters)._raw_delete("default")
    for image in rasters:
        make_renditions.enqueue(image.pk)
