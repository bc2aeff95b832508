"""Part of `make messages`: translations of what Django, Wagtail and the other installed libraries leave in English.

Their texts lie in locale/libraries/, apart from our own, for pages and for scripts (`djangojs`). An entry is there if
the library itself has no translation, or if ours differs from the library's and so replaces it. After an upgrade of
a library `make messages` says what is new, what has changed and what is gone; translations of the rest are kept.
`tests/site/test_library_catalogues.py` fails if too much is left in English.
"""

import difflib
import itertools
import os
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from scripts import messages

FOLDER = messages.FOLDER / "libraries"
DOMAINS = ("django", "djangojs")
# Part of the texts of each library that must be translated: the staff work in Vietnamese, who translates into Chinese
# may choose Chinese.
REQUIRED = 0.98
ALIKE = 0.75  # from here on a new text counts as the changed form of one that is gone


@dataclass
class Said:
    """What the installed libraries say in one domain: message ids by library, and their own translations."""

    packages: dict[messages.Key, set[str]] = field(default_factory=dict)
    own: dict[str, dict[tuple, tuple[str, ...]]] = field(default_factory=dict)


def libraries() -> dict[str, Path]:
    """Installed packages that are not ours, in the order in which Django believes them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    import django
    from django.apps import apps

    django.setup()
    folders = {app.name: Path(app.path) for app in apps.get_app_configs()}
    ours = {name for name in folders if name.split(".")[0] in messages.APPS}
    return {name: path for name, path in folders.items() if name not in ours} | {
        "django": Path(django.__file__).parent / "conf"
    }


@cache
def said(domain: str) -> Said:
    found: dict[messages.Key, set[str]] = {}
    own: dict[str, dict[tuple, tuple[str, ...]]] = {locale: {} for locale in messages.LANGUAGES}
    for name, path in libraries().items():
        catalogues = sorted((path / "locale").glob(f"*/LC_MESSAGES/{domain}.po"))
        english = [path for path in catalogues if path.parts[-3] == "en"]
        for message in itertools.chain(*map(_messages, english or catalogues)):
            text, plural = message.id if isinstance(message.id, tuple) else (message.id, None)
            found.setdefault((message.context, text, plural), set()).add(name)
        for locale in messages.LANGUAGES:
            for message in _messages(path / "locale" / locale / "LC_MESSAGES" / f"{domain}.po"):
                if not message.fuzzy and not messages.is_empty(message) and strings(message)[0] != first_id(message):
                    own[locale].setdefault((message.context, first_id(message)), strings(message))
    return Said(messages.joined(found), own)


def _messages(path: Path) -> list:
    from babel.messages.pofile import read_po

    if not path.exists():
        return []
    with path.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def first_id(message) -> str:
    return message.id[0] if isinstance(message.id, tuple) else message.id


def strings(message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def merged(locale: str, domain: str):
    """What the catalogue of a language should hold: the libraries' gaps, and where we say it in other words."""
    old, new, there = written(locale, domain), messages.empty_catalogue(locale), said(domain)
    for (context, text, plural), packages in there.packages.items():
        known, own = old.get(text, context), there.own[locale].get((context, text))
        string = strings(known)[0] if known else ""
        if own and string in ("", own[0]):
            continue
        new.add(
            (text, plural) if plural else text,
            (string,) if plural else string,
            context=context,
            auto_comments=[", ".join(sorted(packages))],
        )
    return new


def written(locale: str, domain: str):
    return messages.written(locale, domain, FOLDER)


def coverage(locale: str) -> dict[str, tuple[int, int]]:
    """Translated texts and texts of each library, whoever translated them."""
    translated, total = Counter(), Counter()
    for domain in DOMAINS:
        ours, there = written(locale, domain), said(domain)
        for (context, text, _plural), packages in there.packages.items():
            known = ours.get(text, context)
            done = (context, text) in there.own[locale] or (known and not messages.is_empty(known))
            total.update(packages)
            translated.update(packages if done else ())
    return {name: (translated[name], total[name]) for name in sorted(total)}


def changes(locale: str, domain: str, new) -> list[str]:
    """What an upgrade brought, in lines to read: texts that are new, changed or gone."""
    before = {(message.context, first_id(message)): message for message in written(locale, domain) if message.id}
    today = {(context, text) for context, text, _plural in said(domain).packages}
    gone = {text: before[context, text] for context, text in before if (context, text) not in today}
    lines = []
    for message in new:
        text = first_id(message) if message.id else None
        if text is None or (message.context, text) in before:
            continue
        alike = difflib.get_close_matches(text, gone, 1, ALIKE)
        if alike:
            old = gone.pop(alike[0])
            lines.append(
                f"changed: {alike[0]!r}\n         now {text!r}\n         was translated as {strings(old)[0]!r}"
            )
        else:
            lines.append(f"new: {text!r}")
    return lines + [f"gone: {text!r}" for text in gone]


def main() -> int:
    missing = 0
    for locale, domain in itertools.product(messages.LANGUAGES, DOMAINS):
        new = merged(locale, domain)
        print(f"{messages.po_path(locale, domain, FOLDER).relative_to(messages.ROOT)}: {len(new)} messages")
        for line in changes(locale, domain, new):
            print(f"    {line}")
        messages.write(locale, new, domain, FOLDER)
    for locale in messages.LANGUAGES:
        for name, (translated, total) in coverage(locale).items():
            if translated < total:
                print(f"    {locale} {name}: {translated} of {total}")
            missing += translated < REQUIRED * total
    return int(missing > 0)
