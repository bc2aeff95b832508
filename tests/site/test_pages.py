"""Every public page of the demo portal, in every language, keeps the rules of the house."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import reverse
from wagtail.models import Page, get_page_models

from portal.core.languages import HREFLANG
from portal.core.models import BasePage
from tests.site.conftest import read

pytestmark = pytest.mark.django_db


def everything(site):
    return [(code, page) for code in site for page in site[code]]


def test_the_demo_has_what_was_promised(site):
    assert len(site["vi"]) >= 60
    assert len(site["en"]) >= 30
    assert len(site["zh-hans"]) >= 30


def test_every_page_type_is_there_in_every_language(site):
    types = {model for model in get_page_models() if issubclass(model, BasePage)}
    for code in site:
        assert {page.specific_class for page in site[code]} == types


def test_every_page_answers_well(visit, site):
    problems = []
    for code, page in everything(site):
        response = visit(page.url)
        html = response.html
        if response.status_code != 200:
            problems.append(f"{page.url}: {response.status_code}")
            continue
        canonical = html.find("link", rel="canonical")
        rules = {
            "one h1": len(html.find_all("h1")) == 1,
            "lang": html.html["lang"] == HREFLANG[code],
            "title": page.title in html.title.text or bool(page.seo_title),
            "canonical is its own address": canonical is not None and canonical["href"] == page.full_url,
            "indexable": "noindex" not in str(html.find("meta", attrs={"name": "robots"})),
            "no cookie": not response.cookies,
            "varies by no cookie": "Cookie" not in response.headers.get("Vary", ""),
            "main": len(html.find_all("main")) == 1,
            "no empty alt on links": all(
                link.get_text(strip=True) or link.find("img", alt=True) or link.get("aria-label")
                for link in html.find_all("a")
            ),
            "no inline style or script": not html.find_all(style=True)
            and not html.find_all("script", src=False, type=lambda kind: kind != "application/ld+json"),
            "images have dimensions": all(image.get("width") and image.get("height") for image in html.find_all("img")),
        }
        problems += [f"{page.url}: {rule}" for rule, holds in rules.items() if not holds]
        levels = [int(heading.name[1]) for heading in html.find_all(["h1", "h2", "h3", "h4"])]
        if any(after > before + 1 for before, after in zip(levels, levels[1:], strict=False)):
            problems.append(f"{page.url}: heading levels {levels}")
    assert not problems


def test_hreflang_is_mutual_and_only_between_real_translations(visit, site):
    named = {}
    for _code, page in everything(site):
        links = visit(page.url).html.find_all("link", rel="alternate", hreflang=True)
        named[page.full_url] = {link["hreflang"]: link["href"] for link in links}
    for address, links in named.items():
        if not links:
            continue
        assert set(links) - {"x-default"} <= set(HREFLANG.values())
        assert links["x-default"] in named
        assert address in links.values(), "a page names itself"
        for other in links.values():
            assert named[other] == links, f"{address} and {other} do not name the same versions"
    alone = [address for address, links in named.items() if not links]
    assert alone, "the demo has pages without translation"


def test_the_switch_leads_to_the_same_item(visit, site):
    for _code, page in everything(site):
        switch = visit(page.url).html.select_one("nav.languages")
        addresses = {link["hreflang"]: link["href"] for link in switch.find_all("a")}
        assert set(addresses) == set(HREFLANG.values())
        for language, address in addresses.items():
            answer = visit(address)
            assert answer.status_code == 200, address
            assert answer.html.html["lang"] == language
            if page.depth > 2:
                assert urlsplit(address).path.rstrip("/").endswith(page.slug), (
                    f"{address} is another item than {page.url}"
                )


def test_every_alias_is_an_honest_stub(visit, site):
    aliases = (
        Page.objects.filter(live=True, alias_of__isnull=False)
        .exclude(locale__language_code="vi")
        .select_related("locale")
    )
    assert aliases
    for alias in aliases.specific():
        original = Page.objects.get(translation_key=alias.translation_key, locale__language_code="vi").specific
        response = visit(alias.url)
        html = response.html
        if original.view_restrictions.exists():
            assert html.find("input", type="password")
            assert original.title not in html.get_text()
            continue
        assert response.status_code == 200
        assert html.html["lang"] == HREFLANG[alias.locale.language_code]
        assert "noindex" in html.find("meta", attrs={"name": "robots"})["content"]
        assert "noindex" in response["X-Robots-Tag"]
        assert html.find("link", rel="canonical")["href"] == original.full_url
        link = html.main.find("a", lang="vi")
        assert link.text == original.title
        assert visit(link["href"]).status_code == 200
        assert original.summary not in html.get_text()
        assert not html.find_all("link", hreflang=True)
        form = html.find("form", method="post")
        assert form["action"] == translation_request(alias)


def translation_request(page):
    from django.utils import translation

    with translation.override(page.locale.language_code):
        return reverse("request_translation", args=[page.translation_key])


def test_no_link_is_broken_and_none_leaves_the_prefix(visit, site):
    """Every address on every page: pages, pictures, documents, feeds, paging. Other hosts are linked, never loaded."""
    seen, broken = {}, []
    for _code, page in everything(site):
        html = visit(page.url).html
        for tag, attribute in (
            ("a", "href"),
            ("img", "src"),
            ("link", "href"),
            ("script", "src"),
            ("source", "srcset"),
        ):
            for element in html.find_all(tag):
                value = element.get(attribute)
                for address in _addresses(value, attribute):
                    if address.startswith("http") and not address.startswith(settings.PUBLIC_URL.origin):
                        assert tag == "a", f"{page.url} loads {address}"
                        continue
                    seen.setdefault(address.removeprefix(settings.PUBLIC_URL.origin).partition("#")[0], page.url)
    for address, where in seen.items():
        if not address:
            continue
        if not address.startswith(settings.FORCE_SCRIPT_NAME + "/"):
            if not address.startswith("?"):
                broken.append(f"{address} on {where} leaves the prefix")
        elif visit(address).status_code not in (200, 302):
            broken.append(f"{address} on {where}")
    assert not broken


def _addresses(value, attribute):
    if not value or value.startswith(("mailto:", "tel:", "#", "data:")):
        return []
    if attribute == "srcset":
        return [part.split()[0] for part in value.split(",")]
    return [value]


def test_aliases_are_in_no_list_feed_or_sitemap(client, visit, site):
    public = {page.full_url for _code, page in everything(site)}
    for code in site:
        sitemap = client.get(reverse("sitemap_section", args=[code])).content.decode()
        feed = client.get(f"/{code}/feeds/news/").content.decode()
        listed = set(_between(sitemap, "<loc>", "</loc>"))
        views = {
            settings.PUBLIC_URL.origin + settings.FORCE_SCRIPT_NAME + f"/{code}/{view}/"
            for code in site
            for view in ("names", "site-map")
        }
        assert listed == {page.full_url for page in site[code]} | {view for view in views if f"/{code}/" in view}
        assert all(address in public | views for address in _between(sitemap, 'href="', '"'))
        entries = [address for address in _between(feed, '<link href="', '"') if "/feeds/" not in address]
        assert set(entries) <= public
    for code, page in everything(site):
        for link in visit(page.url).html.main.find_all("a", href=True):
            address = settings.PUBLIC_URL.origin + link["href"]
            if address.startswith(
                settings.PUBLIC_URL.origin + settings.FORCE_SCRIPT_NAME + f"/{code}/"
            ) and link.find_parent(class_="card"):
                assert address in public, f"{page.url} lists {address}"


def _between(text, start, end):
    return [part.partition(end)[0] for part in text.split(start)[1:]]


def test_the_sitemap_index_names_every_language(client, site):
    index = client.get("/sitemap.xml").content.decode()
    for code, _name in settings.LANGUAGES:
        assert f"sitemap-{code}.xml" in index


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-CN,zh;q=0.9", "zh-hans"),
        ("zh-TW", "zh-hans"),
        ("en-US,en;q=0.8", "en"),
        ("fr", "en"),
        ("ja,*;q=0.1", "en"),
        ("fr,vi;q=0.3", "vi"),
        ("", "vi"),
        ("*", "vi"),
        ("vi", "vi"),
    ],
)
def test_the_bare_address_answers_by_language(client, demo, accepted, language):
    response = client.get("/", headers={"accept-language": accepted})
    assert response.status_code == 302
    assert response["Location"] == f"{settings.FORCE_SCRIPT_NAME}/{language}/"
    assert "Accept-Language" in response["Vary"]
    assert not response.cookies


@pytest.mark.parametrize(
    "path",
    [
        "khong-co",
        "tin-tuc-su-kien/khong-co",
        "tin-tuc-su-kien/2026/13",
        "tin-tuc-su-kien/1800/1",
        "tin-tuc-su-kien/2025/99",
    ],
)
@pytest.mark.parametrize("code", ["vi", "en", "zh-hans"])
def test_not_found_in_the_readers_language(client, demo, code, path):
    response = client.get(f"/{code}/{path}/")
    html = read(response)
    assert response.status_code == 404
    assert html.html["lang"] == HREFLANG[code]
    assert html.find("form", role="search")
    assert len(html.find_all("h1")) == 1
    for other in ("vi", "en", "zh-hans"):
        assert html.find("a", href=f"{settings.FORCE_SCRIPT_NAME}/{other}/")


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=99999999999999999999", "page=abc", "page=1.5", "page=01"])
def test_unknown_page_numbers_are_not_found(client, demo, query):
    for path in ("tin-tuc-su-kien", "thong-tin-chung"):
        assert client.get(f"/vi/{path}/?{query}").status_code == 404


@pytest.mark.parametrize("query", ["kind=nothing", "topic=nothing", "topic=%00", "kind=%27--", "topic=" + "x" * 5000])
def test_odd_filters_are_no_error(client, demo, query):
    assert client.get(f"/vi/tin-tuc-su-kien/?{query}").status_code in (200, 404)


@pytest.mark.parametrize("path", ["/xx/", "/fr/tin-tuc/", "/vi/..%2f..%2fetc/", "/%ff%fe/", "/vi/%00/"])
def test_odd_addresses_are_not_found(client, demo, path):
    assert client.get(path, follow=True).status_code in (400, 404)
