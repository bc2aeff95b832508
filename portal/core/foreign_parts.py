"""Vietnamese names inside Chinese text: marked with their language, as screen readers and fonts need it.

A Latin word in a Chinese page is read by the Chinese voice and set in the Chinese font, which has no Vietnamese marks.
In English pages names are left alone: they share the font, and no rule tells «The Sin Suối Hồ» from its article.
"""

import re

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_TEXT = re.compile(r"(?<=>)[^<>]+(?=<)|^[^<>]+|[^<>]+$")
_WORD = r"[A-Za-zÀ-ỹ]+"
_LATIN = re.compile(rf"{_WORD}(?:[ -]{_WORD})*")
_VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯà-ãè-êìíò-õùúýÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĩũĨŨẠ-ỹ]")


def mark_vietnamese(text) -> SafeString:
    """Text or finished HTML with Vietnamese runs in elements of their own; unchanged unless the answer is Chinese."""
    html = conditional_escape(text)
    if get_language() != "zh-hans" or not _VIETNAMESE.search(html):
        return html
    return mark_safe(_TEXT.sub(lambda found: _LATIN.sub(_marked, found[0]), html))


def _marked(run: re.Match) -> str:
    return f'<span lang="vi">{run[0]}</span>' if _VIETNAMESE.search(run[0]) else run[0]
