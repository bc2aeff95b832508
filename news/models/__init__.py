from news.models.articles import ArticlePage, ArticleTopic, NewsIndexPage

__all__ = ["ArticlePage", "ArticleTopic", "NewsIndexPage"]
