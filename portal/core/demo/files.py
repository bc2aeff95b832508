"""The content files of the portal's beginning and of the demo, read and checked whole before anything is written."""

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from django.apps import apps

from portal.core.demo.beginnings import continued, places
from portal.core.demo.errors import ContentError, all_or_none, collected
from portal.core.demo.front_blocks import FRONT_KINDS
from portal.core.demo.head import LANGUAGES, Source, check_same_keys, read_head, read_source
from portal.core.demo.markdown import Block, read_body
from portal.core.demo.parity import check_same_blocks

FRONT = "front"  # the key and the type of the front page, which is above all sections
# Raised by hand when the loader builds other pages from the same files, so that they are loaded again.
FORMAT = 1
_NAME = re.compile(r"(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\.(?P<language>vi|en|zh-hans)\.md")


@dataclass
class Version:
    """A page in one language: one file, or a beginning with the demo's file that continues it."""

    source: Source
    head: dict
    blocks: list[Block]
    beginning: "Version | None" = None

    @property
    def text(self) -> str:
        """All that it was read from."""
        return self.source.text + (self.beginning.text if self.beginning else "")


@dataclass
class Item:
    """One page with its translations."""

    slug: str
    parents: tuple[str, ...]  # slugs from the section's landing page down; empty for the landing page itself
    original: Version
    translations: dict[str, Version] = field(default_factory=dict)
    is_demo: bool = True

    @property
    def section(self) -> str:
        return (*self.parents, self.slug)[0]

    @property
    def type(self) -> str:
        return self.original.head["type"]

    @cached_property
    def key(self) -> str:
        """The page's address below the front page: names the item in messages and in the ids of its blocks."""
        return "/".join((*self.parents, self.slug))

    def is_outdated(self, language: str) -> bool:
        """Whether the demo shows this translation as out of date."""
        return bool(self.original.head.get({"en": "outdated_en", "zh-hans": "outdated_zh"}[language]))

    def digest(self, language: str) -> str:
        """Changes when the page in this language has to be loaded again; a translation follows its original's file."""
        texts = [str(FORMAT), self.original.text]
        if language in self.translations:
            texts.append(self.translations[language].text)
        return hashlib.sha256("\0".join(texts).encode()).hexdigest()


Versions = dict[tuple[tuple[str, ...], str], dict[str, Version]]


def read_items(root: Path) -> list[Item]:
    """Every item of the demo, parents first and siblings in their order.

    They lie below `<root>/<app>/demo/<section>/`; what lies below `<app>/starting/` belongs to them.
    """
    versions = _read_all(root, "demo")
    with all_or_none() as errors:
        for file in sorted(Path(root, "home", "demo").glob("*.md")):
            with collected(errors):
                version = _read_front(root, file)
                versions.setdefault(((), FRONT), {})[version.source.language] = version
    _continue(versions, _read_all(root, "starting"))
    items = _items(versions)
    _check_tree(items)
    return _in_tree_order(items)


def read_starting(root: Path) -> list[Item]:
    """The pages that a portal begins with, in their order: below `<root>/<app>/starting/<section>/`."""
    items = _items(_read_all(root, "starting"))
    with all_or_none() as errors:
        for item in items:
            for version in item.translations.values():
                with collected(errors):
                    if places(version.blocks) != places(item.original.blocks):
                        raise version.source.error("its blanks [[…]] stand elsewhere than in the Vietnamese file")
            item.is_demo = False
    return sorted(items, key=lambda item: item.original.head["order"])


def _read_all(root: Path, kind: str) -> Versions:
    versions: Versions = {}
    with all_or_none() as errors:
        for section in _sections(root, kind):
            for file in sorted(path for path in section.rglob("*") if path.is_file()):
                with collected(errors):
                    place, version = _read(root, section, file)
                    versions.setdefault(place, {})[version.source.language] = version
    return versions


def _continue(versions: Versions, beginnings: Versions) -> None:
    """Put every beginning before the demo's file of the same page and language, or where there is none."""
    with all_or_none() as errors:
        for place, found in versions.items():
            for version in found.values():
                with collected(errors):
                    if version.head.get("continues") and place not in beginnings:
                        raise version.source.error("there is no text that this file continues", key="continues")
        for place, found in beginnings.items():
            more = versions.setdefault(place, {})
            with collected(errors):
                if "vi" in more and not more["vi"].head.get("continues"):
                    raise more["vi"].source.error("a text stands here from the beginning; say «continues = true»")
                for language, beginning in found.items():
                    more[language] = _continued(beginning, more.get(language))


def _continued(beginning: Version, more: Version | None) -> Version:
    if more is None:
        return Version(beginning.source, beginning.head, continued(beginning.blocks, []))
    blocks = continued(beginning.blocks, more.blocks)
    return Version(more.source, beginning.head | more.head, blocks, beginning)


def _items(versions: Versions) -> list[Item]:
    slugs = {slug for _parents, slug in versions}
    with all_or_none() as errors:
        for version in (version for found in versions.values() for version in found.values()):
            with collected(errors):
                _check_links(version, slugs)
    items = []
    with all_or_none() as errors:
        for (parents, slug), found in versions.items():
            with collected(errors):
                items.append(_item(parents, slug, found))
    return items


def _sections(root: Path, kind: str) -> list[Path]:
    """The folders of the sections: below `demo/` or `starting/` of each of the portal's apps."""
    folders = [root / app.name / kind for app in apps.get_app_configs() if "." not in app.name]
    return sorted(path for folder in folders if folder.is_dir() for path in folder.iterdir() if path.is_dir())


def _read(root: Path, section: Path, file: Path) -> tuple[tuple[tuple[str, ...], str], Version]:
    slug, version = _read_version(root, file)
    folders = (section.name, *file.parent.relative_to(section).parts)
    if slug == "index":
        return (folders[:-1], folders[-1]), version
    return (folders, slug), version


def _read_front(root: Path, file: Path) -> Version:
    slug, version = _read_version(root, file)
    if slug != FRONT:
        raise version.source.error("only the front page, front.language.md, stands beside the sections' folders")
    return version


def _read_version(root: Path, file: Path) -> tuple[str, Version]:
    shown = file.relative_to(root)
    match = _NAME.fullmatch(file.name)
    if match is None:
        raise ContentError(
            shown, f"the name must be slug.language.md, with the language one of: {', '.join(LANGUAGES)}"
        )
    source = read_source(file, shown, match["language"])
    return match["slug"], Version(source, read_head(source), read_body(source))


def _item(parents: tuple[str, ...], slug: str, found: dict[str, Version]) -> Item:
    if "vi" not in found:
        version = next(iter(found.values()))
        raise version.source.error("there is no Vietnamese file beside this translation")
    original = found.pop("vi")
    for version in found.values():
        check_same_keys(original.head, version.source, version.head)
        check_same_blocks(original.source, original.blocks, version.source, version.blocks)
    item = Item(slug, parents, original, {language: found[language] for language in LANGUAGES if language in found})
    _check_flags(item)
    return item


def _check_flags(item: Item) -> None:
    source, head = item.original.source, item.original.head
    for block in item.original.blocks if item.type != FRONT else ():
        if block.kind in FRONT_KINDS:
            raise source.error(f"a block «{block.kind}» can stand on the front page only", block.line)
    is_index = source.path.name.startswith("index.")
    if (item.type == "index") != is_index:
        raise source.error("a page of type «index» is the file index.vi.md of its folder, and only that", key="type")
    if (item.type == FRONT) != (item.key == FRONT):
        raise source.error("the page of type «front» is home/demo/front.vi.md, and only that", key="type")
    for language in ("en", "zh-hans"):
        if item.is_outdated(language) and language not in item.translations:
            raise source.error(f"is to have an outdated translation, but there is no {language} file")
    if "publish_at" in head and item.translations:
        raise source.error(
            "a scheduled page cannot have translations yet: they follow what is published", key="publish_at"
        )
    if "publish_at" in head and item.type in (FRONT, "index"):
        raise source.error("a landing page cannot be scheduled: its pages would be public before it", key="publish_at")


def _check_tree(items: list[Item]) -> None:
    by_place = {(*item.parents, item.slug): item for item in items}
    by_slug: dict[str, Item] = {}
    for item in items:
        parent = by_place.get(item.parents)
        if item.parents and parent is None:
            raise item.original.source.error(f"the folder {item.original.source.path.parent} has no index.vi.md")
        for language in item.translations if parent else ():
            if language not in parent.translations:
                raise item.translations[language].source.error(
                    f"the page above it, {parent.original.source.path}, is not translated into {language}"
                )
        other = by_slug.setdefault(item.slug, item)
        if other is not item:
            raise item.original.source.error(f"has the same slug as {other.original.source.path}")


def _check_links(version: Version, slugs: set[str]) -> None:
    for block in version.blocks:
        for slug in block.links:
            if slug not in slugs:
                raise version.source.error(f"links to page:{slug}, which does not exist", _line_of_link(block, slug))


def _line_of_link(block: Block, slug: str) -> int:
    return next((segment.line for segment in block.segments if f'"@{slug}"' in segment.html), block.line)


def _in_tree_order(items: list[Item]) -> list[Item]:
    children: dict[tuple[str, ...], list[Item]] = {}
    for item in items:
        children.setdefault(item.parents, []).append(item)

    def position(item: Item):
        head = item.original.head
        return (head.get("order", 0), head["date"].isoformat() if "date" in head else "", item.slug)

    def walk(parents: tuple[str, ...]):
        for item in sorted(children.get(parents, ()), key=position):
            yield item
            yield from walk((*item.parents, item.slug))

    return list(walk(()))
