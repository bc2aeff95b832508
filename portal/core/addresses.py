"""Addresses of views that are no pages. A page directly under a home page may not take one of their names."""

# First path component after the language: /vi/search/, /en/translation-request/…
LANGUAGE_VIEWS = ("search", "names", "feeds", "translation-request", "feedback", "site-map", "style")
# First path component after the prefix.
SITE_VIEWS = ("cms", "documents", "media", "cards", "static", "p", "healthz", "readyz", "api", "sitemap.xml")
RESERVED_SLUGS = frozenset({*LANGUAGE_VIEWS, *SITE_VIEWS, "vi", "en", "zh-hans", "zh"})
