"""How texts are written: length, markup, shouting, names of leaders and weapons, questions, and what a card's kind promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from wargame.content.problems import Spot, show
from wargame.content.review.names import Names
from wargame.content.review.prose import ALOUD, TITLE, Text, texts
from wargame.content.review.stage import Finding, Review
from wargame.content.schema import Card
from wargame.content.schema_scenario import Scenario

WORDS: Final = 54
"""Words of a text that a table still listens to; the limit is a few more."""

SENTENCE: Final = 35
"""Words of a sentence that can be read aloud in a breath."""

LETTERS: Final = 17
"""Letters of a word that everybody reads at once."""

_SENTENCES: Final = re.compile(r"(?<=[.!?:;])[\"'\u201d\u2019)]*\s+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_CAPITAL: Final = "[A-Z\u00c0-\u00d6\u00d8-\u00de\u0391-\u03a9\u0410-\u042f]"
_CAPITALS: Final = re.compile(rf"\b(?:{_CAPITAL}{{2,}}(?:\s+{_CAPITAL}{{2,}})+|{_CAPITAL}{{6,}})\b")
"""Two words in capitals, or a long one: a short one by itself may be an abbreviation."""

_MARKUP: Final = re.compile(
    r"</?[A-Za-z][^<>]*>"  # tags
    r"|&(?:[a-z]{2,8}|#\d+);"  # entities
    r"|\[[^\]\n]*\]\([^)\n]*\)"  # links
    r"|\[/?[a-z][a-z0-9 _#=-]*\]|\[/\]"  # colours of a terminal
    r"|\*\*|__|``?|(?<![\w*])\*\w[^*\n]*\w\*(?!\w)|(?<!\w)_\w[^_\n]*\w_(?!\w)"  # emphasis
    r"|^(?:#{1,6}|[-*+>])\s"  # headings, lists, quotations
    r"|https?://\S+",
    re.MULTILINE,
)
_MARKS: Final = re.compile(r"[<>&\[\]*_`#|]|^[-+]|://", re.MULTILINE)
"""What every kind of markup has some of: most texts have none and need no closer look."""

_ROW: Final = re.compile(r"[!?]*![!?]+|[!?]+!")
_MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE: Final = re.compile(rf"\b(?:\d{{1,2}} (?:{_MONTHS})|(?:{_MONTHS}) \d{{1,2}},?) \d{{4}}\b")
_IMAGINED: Final = re.compile(r"\b(?:imagine|suppose that|fictional|fictitious|hypothetical|invented)\b", re.IGNORECASE)


def review(review: Review) -> Iterator[Finding]:
    """Yield what is odd about how texts are written."""
    check = _Wording()
    for text in texts(review):
        if review.looks_at(text.item):
            yield from check.of(text)
    for card, item in review.all("card", Card):
        if not _asks(card.question):
            hint = "end it with a question mark, and ask"
            yield Finding(item.spot.at("question"), "WG749", f"{show(card.question)} is no question", hint)
        yield from _kind(card, item.spot)
    for scenario, item in review.all("scenario", Scenario):
        if not _asks(scenario.question):
            hint = "end it with a question mark, and ask"
            yield Finding(item.spot.at("question"), "WG749", f"{show(scenario.question)} is no question", hint)


class _Wording:
    """Looks at one text after the other; lists of names are read once."""

    @cached_property
    def names(self) -> Names:
        """Names that do not belong in texts."""
        return Names.read()

    def of(self, text: Text) -> Iterator[Finding]:
        """Yield what is odd about a text."""
        if not text.text.strip():
            return
        yield from _length(text)
        marks = _MARKUP.search(text.text) if _MARKS.search(text.text) else None
        if marks:
            yield Finding(
                text.spot, "WG744", f"{show(marks[0].strip())} would be printed as it stands", "write plain text"
            )
        for name in self.names.leaders_in(text.text):
            yield Finding(
                text.spot, "WG747", f"{show(name)} is the name of somebody in office", "name the office or the capital"
            )
        weapons = list(self.names.weapons_in(text.text))
        for name in weapons:
            hint = "say what it does, not what it is called"
            yield Finding(text.spot, "WG748", f"{show(name)} is the name of a weapon system", hint)
        shout = self._shout(text.text)
        if shout and shout not in weapons:
            yield Finding(text.spot, "WG745", f"{show(shout)} shouts", "say it quietly")

    def _shout(self, text: str) -> str:
        """Return a row of exclamation marks or words in capitals, or an empty string."""
        row = _ROW.search(text) if "!" in text else None
        if row:
            return row[0]
        known = self.names.short_forms
        return next((found[0] for found in _CAPITALS.finditer(text) if known.isdisjoint(found[0].split())), "")


def _length(text: Text) -> Iterator[Finding]:
    words = text.text.split()
    if text.use == ALOUD and len(words) > WORDS:
        yield Finding(
            text.spot, "WG741", f"{len(words)} words; a table listens to about {WORDS}", "leave a sentence out"
        )
    if text.use != TITLE and len(words) > SENTENCE:
        longest = max((each.split() for each in _SENTENCES.split(text.text)), key=len)
        if len(longest) > SENTENCE:
            message = f"a sentence of {len(longest)} words, beginning {show(' '.join(longest[:5]))}"
            yield Finding(text.spot, "WG742", message, "make two of it")
    if max(map(len, words), default=0) > LETTERS:
        for word in _WORD.findall(text.text):
            if len(word) > LETTERS:
                yield Finding(
                    text.spot, "WG743", f"{show(word)} has {len(word)} letters", "a plainer word reads better"
                )
                return


def _asks(question: str) -> bool:
    """Whether a text ends with a question mark, perhaps within quotation marks or brackets."""
    return question.rstrip().rstrip("\"'\u201d\u2019)").endswith("?") and bool(_WORD.search(question))


def _kind(card: Card, spot: Spot) -> Iterator[Finding]:
    if card.kind == "historical":
        if card.source.strip().lower().startswith("unverified"):
            yield Finding(
                spot.at("source"), "WG751", "said to have happened, and not looked up", "name where it can be read"
            )
        imagined = _IMAGINED.search(card.text)
        if imagined:
            hint = 'write kind = "plausible" if it did not happen'
            yield Finding(spot.at("text"), "WG753", f"is historical and says {show(imagined[0])}", hint)
        return
    if card.date is not None:
        hint = 'write kind = "historical", or leave the date out'
        yield Finding(spot.at("date"), "WG753", "is fiction and has a date", hint)
    dated = _DATE.search(card.text)
    if dated:
        hint = "fiction has no date; history names its source"
        yield Finding(spot.at("text"), "WG753", f"is fiction and tells of {dated[0]}", hint)
