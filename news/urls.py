from django.urls import path

from news.feeds import NewsFeed
from portal.publishing.page_cache import shareable

urlpatterns = [path("news/", shareable(NewsFeed()), name="news_feed")]
