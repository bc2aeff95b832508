"""Names of workflows and tasks for people who read the administration in another language than the installation's.

They are data, named in Vietnamese by `manage.py setup`; what administrators renamed or added is shown as they wrote it.
"""

from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.core.languages import NAMES

_FIXED = {
    "Biên tập": _("Editorial review"),
    "Kiểm duyệt bảo mật": _("Confidentiality review"),
    "Quy trình xuất bản": _("Publication"),
    "Quy trình khẩn": _("Urgent publication"),
}
_BY_LANGUAGE = {
    "Hiệu đính": _("Second reading (%(language)s)"),
    "Quy trình bản dịch": _("Translation (%(language)s)"),
}


def in_words(name: str) -> str:
    """A workflow's or task's name in the language of whoever reads it."""
    if translation.get_language() == settings.LANGUAGE_CODE:
        return name
    if name in _FIXED:
        return str(_FIXED[name])
    beginning, code = _of_languages().get(name, ("", ""))
    return str(_BY_LANGUAGE[beginning]) % {"language": NAMES[code]} if beginning else name


@cache
def _of_languages() -> dict[str, tuple[str, str]]:
    """Name in the database: its beginning, the code of its language."""
    with translation.override(settings.LANGUAGE_CODE):
        return {f"{beginning} {NAMES[code]}": (beginning, code) for beginning in _BY_LANGUAGE for code in NAMES}
