"""One Atom feed per language: the newest public articles of that language."""

from datetime import datetime, time
from uuid import uuid5

from django.contrib.syndication.views import Feed
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.models import Locale

from news.models import ArticlePage, NewsIndexPage
from portal.core.context import chrome
from portal.core.languages import HREFLANG

ITEMS = 30


class NewsFeed(Feed):
    feed_type = Atom1Feed

    def get_object(self, request):
        return {"language": translation.get_language(), "portal": chrome(translation.get_language())}

    def title(self, obj) -> str:
        return _("News from Lai Châu Province")

    def subtitle(self, obj) -> str:
        return obj["portal"]["information"].portal_name if obj["portal"]["information"] else ""

    def author_name(self, obj) -> str:
        """Atom asks for one: whoever answers for the portal."""
        return obj["portal"]["information"].managing_body if obj["portal"]["information"] else self.title(obj)

    def link(self, obj) -> str:
        index = NewsIndexPage.objects.published().in_locale(Locale.get_active()).first()
        return index.url if index else obj["portal"]["home_url"]

    def get_feed(self, obj, request):
        feed = super().get_feed(obj, request)
        feed.feed["language"] = HREFLANG[obj["language"]]
        return feed

    def items(self, obj):
        return ArticlePage.objects.in_locale(Locale.get_active()).published().newest_first().for_cards()[:ITEMS]

    def item_title(self, item) -> str:
        return item.title

    def item_description(self, item) -> str:
        """Django calls it HTML to its readers, so a sign that means something there is written as one that does not."""
        return escape(item.summary)

    def item_link(self, item) -> str:
        return item.url

    def item_guid(self, item) -> str:
        """One for ever and of its own in each language; nothing may follow the number in such an address."""
        return uuid5(item.translation_key, item.locale.language_code).urn

    def item_pubdate(self, item) -> datetime:
        """The morning of its day; what went out before that, or is dated later, then."""
        morning = timezone.make_aware(datetime.combine(item.date, time(8)))
        return min(morning, item.first_published_at or morning)

    def item_updateddate(self, item) -> datetime:
        return item.last_published_at
