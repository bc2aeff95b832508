"""Names of workflows and tasks for people who read the administration in another language than the installation's.

They are data, named in Vietnamese by `manage.py setup`; what administrators renamed or added is shown as they wrote it.
"""

from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.safestring import SafeData, mark_safe
from django.utils.translation import gettext_lazy as _

from portal.core.languages import NAMES

WORKFLOW = "Quy trình xuất bản"
# The short way for press matters that cannot wait: without an editor, never without a reviewer.
URGENT_WORKFLOW = "Quy trình khẩn"
EDITORIAL_TASK, REVIEW_TASK = "Biên tập", "Kiểm duyệt bảo mật"
# Before the name of a language.
TRANSLATION_WORKFLOW, READING_TASK = "Quy trình bản dịch", "Hiệu đính"

_FIXED = {
    EDITORIAL_TASK: _("Editorial review"),
    REVIEW_TASK: _("Confidentiality review"),
    WORKFLOW: _("Publication"),
    URGENT_WORKFLOW: _("Urgent publication"),
}
_BY_LANGUAGE = {
    READING_TASK: _("Second reading (%(language)s)"),
    TRANSLATION_WORKFLOW: _("Translation (%(language)s)"),
}


def in_words(name: str) -> str:
    """A workflow's or task's name in the language of whoever reads it."""
    if translation.get_language() == settings.LANGUAGE_CODE:
        return name
    if name in _FIXED:
        return str(_FIXED[name])
    beginning, code = _of_languages().get(name, ("", ""))
    return str(_BY_LANGUAGE[beginning]) % {"language": NAMES[code]} if beginning else name


def in_sentence(sentence: str) -> str:
    """A sentence of Wagtail's in which names of workflows and tasks stand, with these in the reader's language."""
    if translation.get_language() == settings.LANGUAGE_CODE:
        return sentence
    said = str(sentence)
    for name in sorted([*_FIXED, *_of_languages()], key=len, reverse=True):
        said = said.replace(name, in_words(name))
    return mark_safe(said) if isinstance(sentence, SafeData) else said  # the names hold no markup


@cache
def _of_languages() -> dict[str, tuple[str, str]]:
    """Name in the database: its beginning, the code of its language."""
    with translation.override(settings.LANGUAGE_CODE):
        return {f"{beginning} {NAMES[code]}": (beginning, code) for beginning in _BY_LANGUAGE for code in NAMES}
