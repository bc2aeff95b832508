"""The English texts of the interface, ours and the libraries', to find them where another language is spoken."""

import re

from django.utils import translation

from scripts import library_messages, messages

GAP = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<!{){\w*}")
TAG = re.compile(r"<[^>]+>")


class EnglishTexts:
    """Message ids that are something else in a language, as they would stand on a page."""

    def __init__(self, code: str):
        self.whole: set[str] = set()
        self.with_gaps: list[tuple[str, str, re.Pattern]] = []  # beginning, end, whole
        keys = set(messages.extracted()) | set(library_messages.said("django").packages)
        with translation.override(code):
            for context, text, plural in keys:
                translated = translation.pgettext(context, text) if context else translation.gettext(text)
                self._add_unless(translated, text, plural)
        scripts = library_messages.written(translation.to_locale(code), "djangojs")
        for message in scripts:
            if message.id and not messages.is_empty(message):
                ids = message.id if isinstance(message.id, tuple) else (message.id,)
                self._add_unless(library_messages.strings(message)[0], *ids)

    def _add_unless(self, translated: str, *texts: str | None) -> None:
        for text in texts:
            if text and text != translated:
                self._add(" ".join(TAG.sub("", text).split()))

    def _add(self, text: str) -> None:
        parts = GAP.split(text)
        if not re.search(r"\b[^\W\d_]{2}", "0".join(parts)):  # an ending of a number ("{}th") is in many a word
            return
        if len(parts) == 1:
            self.whole.add(text)
        else:
            self.with_gaps.append((parts[0], parts[-1], re.compile(".+".join(map(re.escape, parts)))))

    def __len__(self) -> int:
        return len(self.whole) + len(self.with_gaps)

    def among(self, seen: set[str]) -> set[str]:
        """Which of the texts seen on a page are English ones of the interface."""
        return {text for text in seen if text in self.whole or any(self._matching(text))}

    def _matching(self, text: str):
        for beginning, end, pattern in self.with_gaps:
            if text.startswith(beginning) and text.endswith(end) and pattern.fullmatch(text):
                yield pattern
