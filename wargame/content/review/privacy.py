"""Private facts in public texts, as far as a program can see them: the same words, a private title, a hidden number by name.

What is told in other words is not found; a person has to read for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from wargame.content.problems import show
from wargame.content.review.prose import PUBLIC, TITLE, Text, texts
from wargame.content.review.stage import Finding, Review
from wargame.content.schema_rules import Track

RUN: Final = 10
"""Words in a row that are no chance."""

TITLE_WORDS: Final = 3
"""Words of a title that is known again: shorter ones are common phrases."""

_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
_ADDRESS: Final = re.compile(r"\b[a-z][a-z0-9-]*(?:>[a-z][a-z0-9-]*)?(?:\.[a-z][a-z0-9-]*)+\.(?:true|seen)\b")
_NUMBER: Final = r"(?:[1-5](?:[.,]5| 1/2)?|one|two|three|four|five)"


def review(review: Review) -> Iterator[Finding]:
    """Yield the public texts that tell what only some may know."""
    everything = texts(review)
    private = [text for text in everything if _is_private(text)]
    known = _Known(private, _hidden(review))
    for text in everything:
        if text.to == PUBLIC and review.looks_at(text.item):
            yield from known.in_(text)


def _is_private(text: Text) -> bool:
    """Whether a text is for some only: cards, briefs, reasons and answers; what a doctrine thinks may be read by others."""
    if text.to == PUBLIC:
        return False
    return text.spot.kind == "card" or text.spot.path[:1] in (("capital",), ("sheet",), ("answer",), ("inject",))


def _hidden(review: Review) -> re.Pattern[str] | None:
    """Return how a text would tell the true value of a track that has one."""
    names = [re.escape(table.id) for table, _ in review.library.all("track", Track) if table.dual]
    if not names:
        return None
    name, truly = f"(?:{'|'.join(names)})", "(?:true|real|really|truly|actual|actually|in truth|in fact)"
    return re.compile(
        rf"\b(?:true|real|actual)\s+{name}\b[^.!?]*\b{_NUMBER}\b|\b{name}\s+is\s+{truly}\s+{_NUMBER}\b"
        rf"|\b{name}\s+is\s+{_NUMBER}\s+{truly}\b",
        re.IGNORECASE,
    )


class _Known:
    """What only some may know, ready to be found again."""

    def __init__(self, private: list[Text], hidden: re.Pattern[str] | None) -> None:
        self.hidden = hidden
        self.runs: dict[tuple[str, ...], Text] = {}
        self.titles: dict[tuple[str, ...], Text] = {}
        for text in private:
            words = _words(text.text)
            if text.use == TITLE and len(words) >= TITLE_WORDS:
                self.titles[tuple(words)] = text
            for place in range(len(words) - RUN + 1):
                self.runs.setdefault(tuple(words[place : place + RUN]), text)
        self.lengths = sorted({len(title) for title in self.titles})
        self.first: set[tuple[str, ...]] = {run[:TITLE_WORDS] for run in (*self.runs, *self.titles)}

    def in_(self, text: Text) -> Iterator[Finding]:
        """Yield what a public text tells."""
        hint = "tell it to those who may know, or say less"
        address = _ADDRESS.search(text.text)
        if address:
            yield Finding(text.spot, "WG746", f"names {address[0]}, which not everybody sees", hint)
        value = self.hidden.search(text.text) if self.hidden else None
        if value:
            yield Finding(text.spot, "WG746", f"tells a value that is hidden: {show(value[0])}", hint)
        found = self._repeated(text)
        if found is not None:
            words, source = found
            whose = f"{source.spot.kind} {show(source.spot.id)}, which is for {_whom(source)}"
            message = f"repeats {show(' '.join(words))} from {whose}"
            yield Finding(text.spot, "WG746", message, hint)

    def _repeated(self, text: Text) -> tuple[tuple[str, ...], Text] | None:
        words = _words(text.text)
        if self.first.isdisjoint(zip(words, words[1:], words[2:], strict=False)):
            return None
        for place in range(len(words) - TITLE_WORDS + 1):
            if tuple(words[place : place + TITLE_WORDS]) not in self.first:
                continue
            run = tuple(words[place : place + RUN])
            if self._tells(text, self.runs.get(run)):
                return run, self.runs[run]
            for length in self.lengths:
                title = tuple(words[place : place + length])
                if self._tells(text, self.titles.get(title)):
                    return title, self.titles[title]
        return None

    @staticmethod
    def _tells(text: Text, source: Text | None) -> bool:
        """Whether a private text belongs to the same exercise as a public one: what another scenario tells says nothing here."""
        if source is None:
            return False
        both = source.spot.kind == text.spot.kind == "scenario"
        return not both or source.spot.id == text.spot.id


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _whom(text: Text) -> str:
    return " and ".join(text.to) or "the white cell"
