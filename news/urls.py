from django.urls import path

from news.feeds import NewsFeed

urlpatterns = [path("news/", NewsFeed(), name="news_feed")]
