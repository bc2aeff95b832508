"""`make messages`: brings locale/ up to date with the templates and the code, and compiles it. Needs no gettext.

Translations are kept, new message ids come in empty, those that nothing uses any more go. Then write what is missing
in locale/*/LC_MESSAGES/django.po and run it again: it names what is empty. `tests/site/test_catalogues.py` fails until
both catalogues are complete and the compiled files are those of the written ones. What the libraries leave in English
lies in a catalogue of its own: scripts/library_messages.py.
"""

import ast
import itertools
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("home", "news", "investment", "diplomacy", "borders", "diaspora", "portal")
# Folder below locale/, name in the header, rule of plurals: neither language has a form of its own for one.
LANGUAGES = {"vi": "vi", "zh_Hans": "zh-Hans"}
PLURALS = "nplurals=1; plural=0;"
FOLDER = ROOT / "locale"
DOMAINS = ("django",)  # scripts of our own have no words

# Where the words stand among the arguments of each function: (context, singular, plural).
FUNCTIONS = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
CALL = re.compile(r"(?<![\w.])(_|gettext|ngettext|pgettext|npgettext)\(")

Key = tuple[str | None, str, str | None]  # context, message id, plural


class NotALiteral(Exception):
    """A message id that is put together at run time cannot be found, and so not be translated."""


def extracted(domain: str = "django") -> dict[Key, set[str]]:
    """Every message id of our own code and templates, with the files that use it."""
    found: dict[Key, set[str]] = {}
    for path in python_files():
        for key in of_python(path):
            found.setdefault(key, set()).add(str(path.relative_to(ROOT)))
    for path in template_files():
        for key in of_template(path.read_text()):
            found.setdefault(key, set()).add(str(path.relative_to(ROOT)))
    return joined(found)


def python_files() -> list[Path]:
    return sorted(path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def template_files() -> list[Path]:
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt", ".xml"))


def of_python(path: Path) -> Iterator[Key]:
    """Message ids of a module: calls of what it imports from django.utils.translation, under whatever name."""
    tree = ast.parse(path.read_text())
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names.update({alias.asname or alias.name: _plain(alias.name) for alias in node.names})
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            function = names.get(node.func.id)
        elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            function = _plain(node.func.attr) if node.func.value.id == "translation" else None
        else:
            function = None
        if function in FUNCTIONS:
            yield _key(function, node, f"{path.relative_to(ROOT)}:{node.lineno}")


def of_template(source: str) -> Iterator[Key]:
    """Message ids of a template, which Django itself turns into calls."""
    from django.utils.translation.template import templatize

    calls = templatize(source)
    for start in CALL.finditer(calls):
        node = _expression(calls[start.start() :])
        function = "gettext" if start[1] == "_" else start[1]
        yield _key(function, node, start[0])


def _plain(name: str) -> str:
    return name.removesuffix("_lazy").removesuffix("_noop")


def _expression(text: str) -> ast.Call:
    """The call at the beginning of a text that goes on with something else."""
    for end in re.finditer(r"\)", text):
        try:
            return ast.parse(text[: end.end()], mode="eval").body
        except SyntaxError:
            continue
    raise NotALiteral(text[:80])


def _key(function: str, call: ast.Call, where: str) -> Key:
    parts = []
    for place in FUNCTIONS[function]:
        if place is None:
            parts.append(None)
            continue
        argument = call.args[place] if len(call.args) > place else None
        if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
            raise NotALiteral(f"{where}: {ast.unparse(call)}")
        parts.append(argument.value)
    return tuple(parts)


def joined(found: dict[Key, set[str]]) -> dict[Key, set[str]]:
    """One entry where the same words are used with a plural and without: a catalogue has room for one."""
    with_plural = {(context, text) for context, text, plural in found if plural is not None}
    return {
        key: files for key, files in sorted(found.items(), key=str) if key[2] or (key[0], key[1]) not in with_plural
    }


def written(locale: str, domain: str = "django", folder: Path = FOLDER):
    """The catalogue of a language as it lies in the repository."""
    from babel.messages.pofile import read_po

    path = po_path(locale, domain, folder)
    catalogue = empty_catalogue(locale)
    if path.exists():
        with path.open("rb") as file:
            for message in read_po(file, locale=locale, ignore_obsolete=False):
                if message.id:
                    catalogue[message.id] = message
    return catalogue


def po_path(locale: str, domain: str = "django", folder: Path = FOLDER) -> Path:
    return folder / locale / "LC_MESSAGES" / f"{domain}.po"


def empty_catalogue(locale: str):
    """An empty catalogue whose header says nothing that changes by itself: no date, no version of a tool."""
    from babel.messages.catalog import Catalog

    class Steady(Catalog):
        mime_headers = [
            ("Project-Id-Version", "laichau-portal"),
            ("Language", LANGUAGES[locale]),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", PLURALS),
        ]

    return Steady(locale=locale, fuzzy=False, header_comment="# Message ids are found by `make messages`.")


def merged(locale: str, domain: str = "django"):
    """What the catalogue of a language should hold: today's message ids with the translations that there are."""
    old = written(locale, domain)
    new = empty_catalogue(locale)
    for context, text, plural in extracted(domain):
        message_id = (text, plural) if plural else text
        known = old.get(message_id, context)
        string = known.string if known and not known.fuzzy else ""
        if plural and not isinstance(string, tuple):
            string = (string,)
        elif not plural and isinstance(string, tuple):
            string = string[0]
        comments = known.user_comments if known else ()
        new.add(message_id, string, context=context, user_comments=comments)
    return new


def compiled(catalogue) -> bytes:
    """The bytes of the .mo file, the same wherever and whenever it is made."""
    from babel.messages.mofile import write_mo

    target = BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def is_empty(message) -> bool:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return not all(strings)


def as_text(catalogue) -> bytes:
    """The bytes of the .po file, in an order that depends on nothing but the messages."""
    from babel.messages.pofile import write_po

    target = BytesIO()
    write_po(target, catalogue, width=110, no_location=True, sort_output=True, ignore_obsolete=True)
    return target.getvalue()


def write(locale: str, catalogue, domain: str = "django", folder: Path = FOLDER) -> None:
    """The catalogue as a text that people edit and as the file that Django reads."""
    path = po_path(locale, domain, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_text(catalogue))
    path.with_suffix(".mo").write_bytes(compiled(written(locale, domain, folder)))


def main() -> int:
    missing = 0
    for locale, domain in itertools.product(LANGUAGES, DOMAINS):
        catalogue = merged(locale, domain)
        write(locale, catalogue, domain)
        empty = [message for message in catalogue if message.id and is_empty(message)]
        missing += len(empty)
        print(f"{po_path(locale, domain).relative_to(ROOT)}: {len(catalogue)} messages, {len(empty)} to translate")
        for message in empty:
            print(f"    {message.id!r}")
    from scripts import library_messages

    return int(missing > 0) or library_messages.main()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
