"""What the kinds of entries are called for readers. A page type names its kind in `search_kind`."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "article": _("News and articles"),
    "information": _("Information pages"),
    "document": _("Documents"),
    "section": _("Sections"),
    "page": _("Other pages"),
}


def kind_label(kind: str) -> str:
    """The readable name of a kind; an unknown one shows its code rather than nothing."""
    return str(KINDS.get(kind, kind))
