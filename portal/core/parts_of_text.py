"""Parts of a text that are not like the rest: Vietnamese names inside Chinese text, numbers of official documents.

A Latin word in a Chinese page is read by the Chinese voice and set in the Chinese font, which has no Vietnamese marks.
In English pages names are left alone: they share the font, and no rule tells «The Sin Suối Hồ» from its article.
Browsers part «93/KH-UBND» behind its stroke and its hyphen, where nobody parts a number when writing.
"""

import re

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from portal.core.languages import tag_of
from portal.search.spelling import is_syllable
from portal.search.text import WORD, fold_word, is_han

_TEXT = re.compile(r"(?<=>)[^<>]+(?=<)|^[^<>]+|[^<>]+$")
_WORD = r"[A-Za-zÀ-ỹ]+"
_LATIN = re.compile(rf"{_WORD}(?:[ -]{_WORD})*")
_VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯà-ãè-êìíò-õùúýÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĩũĨŨẠ-ỹ]")
_DOCUMENT_NUMBER = re.compile(r"(?<![\d/A-Za-z])\d+/(?:\d{4}/)?[A-ZĐ]{2,}\d*(?:-[A-ZĐ][A-ZĐa-z]*\d*)*")
_LONGEST_NUMBER = 16  # signs


def mark_parts(text) -> SafeString:
    """Text or finished HTML with such parts in elements of their own; Vietnamese ones only if the answer is Chinese."""
    html = conditional_escape(text)
    if _DOCUMENT_NUMBER.search(html):
        html = _TEXT.sub(lambda found: _DOCUMENT_NUMBER.sub(_unbroken, found[0]), html)
    if get_language() == "zh-hans" and _VIETNAMESE.search(html):
        html = _TEXT.sub(lambda found: _LATIN.sub(_marked, found[0]), html)
    return mark_safe(html)


def in_its_language(text: str, otherwise: str = "") -> str:
    """A short text that may be in another language than the answer, such as a credit or the title of a file, as an
    element that says so. What its words do not tell, `otherwise` does, a code of our languages.

    In Chinese answers Vietnamese is left to `mark_parts`, through which they go.
    """
    language = _language_of(text) or otherwise
    if not language or language == get_language() or (get_language() == "zh-hans" and _VIETNAMESE.search(text)):
        return text
    return format_html('<span lang="{}">{}</span>', tag_of(language), text)


def _language_of(text: str) -> str:
    """By its letters and words, empty if they may be of any language: «Photo: Lai Châu News» is not Vietnamese."""
    words = WORD.findall(text)
    if any(map(is_han, words)):
        return "zh-hans"
    words = [word for word in words if word.isalpha() and not word.isupper()]
    return "vi" if _VIETNAMESE.search(text) and all(is_syllable(fold_word(word)) for word in words) else ""


def _unbroken(number: re.Match) -> str:
    """A longer one is wider, in a title, than the narrowest screen: it has to be parted somewhere."""
    return f'<span class="unbroken">{number[0]}</span>' if len(number[0]) <= _LONGEST_NUMBER else number[0]


def _marked(run: re.Match) -> str:
    return f'<span lang="vi">{run[0]}</span>' if _VIETNAMESE.search(run[0]) else run[0]
