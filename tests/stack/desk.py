"""What the desk does in the stack suite, run by `manage.py shell` in the environment of production."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Revision

from news.models import ArticlePage
from portal.contributors.models import User
from portal.publishing.approvals import system_approval
from tests.builders import approve, make_article


def schedule(count: int, word: str) -> None:
    """New articles, approved by editor and reviewer, all due at this moment."""
    author, editor, reviewer = (User.objects.get(username=name) for name in ("contributor", "editor", "reviewer"))
    articles = []
    for number in range(count):
        article = make_article(f"{word} {number}", publish=False)
        article.go_live_at = timezone.now() + timedelta(hours=1)
        article.save_revision(user=author)
        article.get_workflow().start(article, author)
        approve(article, editor, reviewer)
        articles.append(article)
    now = timezone.now()
    for article in articles:
        for revision in Revision.objects.filter(object_id=str(article.pk)).exclude(approved_go_live_at=None):
            revision.content["go_live_at"] = now.isoformat()
            revision.approved_go_live_at = now
            revision.save()


def change_title(word: str) -> None:
    """Publish a new title of the article called «Nhịp tim …», or make it; print its path."""
    article = ArticlePage.objects.filter(slug="nhip-tim", locale__language_code="vi").first()
    if article is None:
        article = make_article(f"Nhịp tim {word}", slug="nhip-tim")
    else:
        article.title = f"Nhịp tim {word}"
        with system_approval("test"):
            article.save_revision().publish()
    print(article.url.removeprefix("/thongtindoingoai"))


def enqueue_renditions() -> None:
    """Every picture as if just uploaded: its sizes are made again by the workers."""
    from portal.core.models import PortalImage, PortalRendition
    from portal.core.renditions import make_renditions

    rasters = [image for image in PortalImage.objects.all() if not image.is_svg()]
    PortalRendition.objects.filter(image__in=rasters)._raw_delete("default")
    for image in rasters * 4:
        make_renditions.enqueue(image.pk)
