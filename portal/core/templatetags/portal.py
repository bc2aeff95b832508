"""What the templates of the public pages are made with: languages, the way to a page, pictures, dates and numbers.

Each tag asks the database at most once for a page; what two tags need is kept on the page instance.
"""

import re
from urllib.parse import quote

from django import template
from django.conf import settings
from django.core.files.storage import default_storage
from django.templatetags.static import static
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.models import Page

from portal.core import languages
from portal.core.links import links_of
from portal.core.listing import published
from portal.core.models import Topic
from portal.core.parts_of_text import in_its_language, mark_parts
from portal.core.public_forms import HONEYPOT
from portal.core.short_address import qr_code, short_address
from portal.core.structured_data import absolute, card_address, describe
from portal.core.way import way_to

register = template.Library()


# -- languages -----------------------------------------------------------------------------------------------------
def _page_of(context) -> Page | None:
    page = context.get("page")
    return page if isinstance(page, Page) else None


@register.simple_tag(takes_context=True)
def html_lang(context) -> str:
    """The language of the answer: the page's own, not the setting's."""
    page = _page_of(context)
    return languages.tag_of(page.locale.language_code if page else translation.get_language())


@register.simple_tag(takes_context=True)
def lang_of(context, record) -> str:
    """` lang="vi"` for a record that is not in the page's language, such as a department without a translation."""
    page = _page_of(context)
    if page is None or record is None or record.locale_id == page.locale_id:
        return ""
    return format_html(' lang="{}"', languages.tag_of(settings.LANGUAGE_CODE))


@register.inclusion_tag("includes/language_switch.html", takes_context=True)
def language_switch(context, label: str = "") -> dict:
    """The same page in each language; on a view its own addresses; on an error page the front pages.

    `label` names the switch where a page has a second one.
    """
    page, request = _page_of(context), context.get("request")
    if context.get("languages") is not None:
        entries = context["languages"]
    elif page is not None and page.translation_key and not context.get("error_page"):
        entries = languages.switch(languages.versions(page), request)
    else:
        entries = [
            {
                **entry,
                "lang": languages.tag_of(entry["code"]),
                "current": entry["code"] == translation.get_language(),
                "translated": True,
            }
            for entry in context["chrome"]["languages"]
        ]
    return {"entries": entries, "label": label}


@register.inclusion_tag("includes/language_switch.html")
def language_switch_home() -> dict:
    """The front pages of all languages, without asking the database."""
    return {"entries": languages.switch_home()}


@register.inclusion_tag("includes/alternates.html", takes_context=True)
def alternates(context) -> dict:
    """`hreflang` links, and the other languages as Open Graph calls them."""
    here, links = _page_of(context).locale.language_code, languages.alternates(languages.versions(_page_of(context)))
    codes = {languages.HREFLANG[code]: locale for code, locale in languages.OPEN_GRAPH.items() if code != here}
    return {"links": links, "locales": [codes[link["hreflang"]] for link in links if link["hreflang"] in codes]}


@register.inclusion_tag("includes/view_meta.html", takes_context=True)
def view_meta(context, title: str, description: str) -> dict:
    """What `includes/meta.html` says of a page, for a view in every language that search engines may list."""
    links = languages.alternates_of_view(context["languages"])
    here = translation.get_language()
    others = [locale for code, locale in languages.OPEN_GRAPH.items() if code != here]
    address = next(link["href"] for link in links if link["hreflang"] == languages.HREFLANG[here])
    return {
        "chrome": context["chrome"],
        "title": title,
        "description": description,
        "address": address,
        "links": links,
        "locale": languages.OPEN_GRAPH[here],
        "locales": others,
        "card": absolute(static("img/card.jpg")),
    }


@register.simple_tag(takes_context=True)
def open_graph_locale(context) -> str:
    return languages.OPEN_GRAPH[_page_of(context).locale.language_code]


@register.simple_tag(takes_context=True)
def freshness(context) -> dict | None:
    """Of a translation: which text it follows and whether that changed. None where nothing is noted."""
    page = _page_of(context)
    if page is None or page.is_original:
        return None
    pages = languages.versions(page)
    state = getattr(pages.get(page.locale.language_code), "translation_state", None)
    if state is None:
        return None
    return {"state": state, "original": pages.get(settings.LANGUAGE_CODE)}


@register.simple_tag(takes_context=True)
def editor_bar(context) -> str:
    """Wagtail's bar for staff. Readers have no session, so nothing is asked for them and their page stays shared."""
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    bar = wagtailuserbar(context)
    request.has_editor_bar = bool(bar)
    return bar


# -- the way to a page ---------------------------------------------------------------------------------------------
@register.inclusion_tag("includes/breadcrumbs.html", takes_context=True)
def breadcrumbs(context) -> dict:
    """From the front page to this page's parent; nothing on the front page itself."""
    page, request = _page_of(context), context.get("request")
    above = way_to(page) if page is not None and page.depth > 2 else []
    return {"steps": [{"title": one.title, "url": one.get_url(request)} for one in above], "here": page}


@register.simple_tag(takes_context=True)
def section_menu(context) -> list[dict]:
    """The sections, with `current` as aria-current wants it: "page" for this page, "true" for the one it lies in."""
    page = _page_of(context)
    path = page.path if page is not None and page.path else ""

    def current(section: dict) -> str:
        if path == section["path"]:
            return "page"
        return "true" if path.startswith(section["path"]) else ""

    # A dash stays with the word before it when a long name takes two lines.
    return [
        {**section, "title": section["title"].replace(" - ", "\N{NO-BREAK SPACE}- "), "current": current(section)}
        for section in context["chrome"]["sections"]
    ]


@register.simple_tag(takes_context=True)
def section_pages(context) -> list[dict]:
    """The pages beside this one in its section, this one marked; none where it stands alone."""
    page, request = _page_of(context), context.get("request")
    above = way_to(page)
    if not page.path or not above or above[-1].depth != page.depth - 1:
        return []
    pages = published(Page.objects.child_of(above[-1])).order_by("path")
    entries = [{"title": one.title, "url": one.get_url(request), "current": one.pk == page.pk} for one in pages]
    return entries if len(entries) > 1 else []


@register.simple_tag(takes_context=True)
def short_link(context) -> str:
    """The item's short address, the same in three languages; empty before it was ever public."""
    page = _page_of(context)
    number = languages.public_number(page) if page.pk else None
    return short_address(number) if number else ""


register.simple_tag(qr_code)


@register.simple_tag(takes_context=True)
def share_links(context) -> list[dict]:
    """Plain links that hand title and address of this page on; nothing of theirs is loaded here."""
    page = _page_of(context)
    address, title = quote(page.full_url or "", safe=""), quote(page.title, safe="")
    weibo = {"name": "微博", "url": f"https://service.weibo.com/share/share.php?url={address}&title={title}"}
    return [
        {"name": _("E-mail"), "url": f"mailto:?subject={title}&body={address}"},
        {"name": "Facebook", "url": f"https://www.facebook.com/sharer/sharer.php?u={address}"},
        {"name": "X", "url": f"https://x.com/intent/tweet?url={address}&text={title}"},
        *([weibo] if page.locale.language_code == "zh-hans" else []),
    ]


@register.simple_tag(takes_context=True)
def article_topics(context) -> list[dict]:
    """The topics of an article, each with the address of the news index that shows only it, if there is one."""
    page, request = _page_of(context), context.get("request")
    above = way_to(page) if page.pk else []
    index = above[-1].get_url(request) if above and above[-1].depth == page.depth - 1 else None
    topics = [row.topic for row in page.article_topics.select_related("topic").all()]
    return [
        {"topic": topic, "url": f"{index}?topic={quote(topic.code)}" if index else None}
        for topic in topics
        if topic.live
    ]


@register.simple_tag(takes_context=True)
def topic_named(context, code: str) -> Topic | None:
    """The topic of a code in the page's language."""
    return Topic.objects.filter(code=code, locale_id=_page_of(context).locale_id, live=True).first()


@register.simple_tag
def page_range(listing) -> list:
    """Page numbers of a listing, long runs left out: 1 2 … 7 8 9 … 20."""
    return list(listing.paginator.get_elided_page_range(listing.number, on_each_side=2, on_ends=1))


@register.simple_tag(takes_context=True)
def body(context, stream) -> str:
    """The blocks of a body, each in its own template; the pages they link to are looked up together."""
    context = context.flatten()
    with links_of(stream):
        blocks = (block.render({**context, "block_id": block.id, "anchor": anchor(block.id)}) for block in stream)
        return mark_parts(mark_safe("\n".join(blocks)))


@register.simple_tag
def contents(body, least: int = 4) -> list[dict]:
    """Headings of a long body, to jump to. A short body needs none."""
    headings = [{"text": block.value["text"], "anchor": anchor(block.id)} for block in body if _is_section(block)]
    return headings if len(headings) >= least else []


def _is_section(block) -> bool:
    return block.block_type == "heading" and block.value["level"] == "2"


@register.filter
def anchor(block_id: str | None) -> str:
    """A short name of a block, the same in every language, because translations keep the ids of blocks."""
    return f"s-{slugify(block_id)[:8]}" if block_id else ""


# -- pictures ------------------------------------------------------------------------------------------------------
@register.inclusion_tag("includes/picture.html")
def picture(image, alt: str = "", sizes: str = "100vw", lead: bool = False, crop: bool = False) -> dict:
    """A picture in the sizes that exist. Makes none: until the task is done a frame of the right shape is shown.

    `crop`: the place shows a part only; where an editor set a focal point, that part has its own sizes.
    """
    variants = [{**variant, "url": default_storage.url(variant["name"])} for variant in (image.variants or ())]
    cut = [variant for variant in variants if variant.get("crop")]
    whole = [variant for variant in variants if not variant.get("crop")]
    if crop and cut:
        sources = [("webp", cut)]
    else:
        kinds = ((kind, [variant for variant in whole if variant["format"] == kind]) for kind in ("avif", "webp"))
        sources = [(kind, found) for kind, found in kinds if found]
    plain = [variant for variant in whole if variant["format"] not in ("avif", "webp")]
    # Where a place cuts a picture, the style sheet keeps this tenth of it in sight; no style stands in the page.
    focus = [round(share * 10) for share in image.focus] if image.focus else None
    shown = {"image": image, "alt": alt, "sizes": sizes, "lead": lead, "sources": sources, "focus": focus}
    return {**shown, "fallback": (plain or whole or [None])[-1]}


@register.inclusion_tag("includes/figcaption.html")
def figcaption(image, caption: str = "", credit: str = "") -> dict:
    """What stands below a picture: what it shows, who made it, that it is a drawing; nothing where nothing is known.

    `credit` is that of this use, in the page's language; without one the picture's own stands, which has none. A
    credit that the caption gives already is not given again.
    """
    own = getattr(image, "credit", "")
    credit = credit or in_its_language(own if own.casefold() not in caption.casefold() else "")
    return {"caption": caption, "credit": credit, "illustration": getattr(image, "is_illustration", False)}


@register.simple_tag(takes_context=True)
def social_card(context) -> str:
    """The absolute address of the picture beside links to this page."""
    return card_address(_page_of(context))


@register.simple_tag(takes_context=True)
def structured_data(context) -> str:
    """What the page says of itself to search engines; JSON, ready to stand in a script element."""
    return describe(_page_of(context), context["chrome"])


# -- dates, numbers, words -----------------------------------------------------------------------------------------
@register.filter
def reader_date(value) -> str:
    """A day as the reader's language writes it, with the machine's form beside it."""
    if not value:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>', languages.local_day(value).isoformat(), languages.write_date(value)
    )


@register.filter
def plain_date(value) -> str:
    """A day as the reader's language writes it, for the inside of a sentence."""
    return languages.write_date(value) if value else ""


@register.filter
def reader_month(value) -> str:
    return languages.write_date(value, languages.MONTH_FORMATS)


@register.filter
def reader_number(value) -> str:
    return languages.write_number(value) if value is not None else ""


@register.filter
def is_number(cell) -> bool:
    """Whether a table cell holds a number, a share or an amount: such cells are set flush right."""
    text = str(cell or "").strip().rstrip("%").strip()
    return (
        bool(text)
        and any(sign.isdigit() for sign in text)
        and all(sign.isdigit() or sign in ".,-−+  " for sign in text)
    )


@register.filter
def is_number_column(rows, column: int) -> bool:
    """Whether all that stands below a header is numbers, so that the header stands above them."""
    cells = [row[column] for row in rows if column < len(row) and str(row[column] or "").strip()]
    return bool(cells) and all(is_number(cell) for cell in cells)


@register.filter(is_safe=True)
def leading_up(words: str) -> str:
    """Words before a link or a name, with the space between: none after a mark that is as wide as a letter."""
    return words if words.endswith(("：", "？", "。")) else f"{words} "


# A title that takes two lines is not parted inside these: names, and the words of two syllables in the portal's own
# name and those of its sections.
_NAMES = re.compile(
    "Lai Châu|Việt Nam|Hoàng Sa|Trường Sa|Hồng Hà|Vân Nam|Trung Quốc|"
    "越南莱州省|越南莱州|越南|莱州省|莱州|黄沙群岛|长沙群岛|"
    "[Tt]hông tin|đối ngoại|tiềm năng|phát triển|nước ngoài|[Bb]iên giới|[Bb]iển đảo|[Hh]ợp tác|quốc tế"
)

# In a Chinese title: a name, short enough for the narrowest screen.
_SHORT_VIETNAMESE = re.compile('<span lang="vi">(?=[^<]{1,16}<)')


@register.filter
def unbroken_names(title: str) -> str:
    """A title in which some names and words stay on one line; a Chinese one is parted at its colon, if it must be."""
    marked = mark_parts(title)
    marked = _SHORT_VIETNAMESE.sub('<span class="unbroken" lang="vi">', marked)
    marked = _NAMES.sub(lambda name: f'<span class="unbroken">{name[0]}</span>', marked)
    first, colon, rest = marked.partition("：")
    if rest:
        marked = f'<span class="phrase">{first}{colon}</span><span class="phrase">{rest}</span>'
    return mark_safe(marked)


register.filter(mark_parts)
register.filter(in_its_language)


@register.filter
def telephone(number: str) -> str:
    """A telephone number as links write it."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


@register.filter
def language_name(code: str) -> str:
    """A language by its name in the reader's language, as it stands within a sentence."""
    return str(languages.NAMES[code])


@register.inclusion_tag("includes/honeypot.html")
def honeypot() -> dict:
    """The field that people do not see and robots fill in."""
    return {"name": HONEYPOT}
