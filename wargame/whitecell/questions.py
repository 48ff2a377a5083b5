"""Questions of teams to the white cell: the queue, and prepared answers that may fit.

Questions and answers are facts of the room: they stay when the exercise is rewound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wargame.rules.box import Box, Prepared
from wargame.rules.events import QuestionAnswered, QuestionAsked
from wargame.rules.journal import Entry

NOT_RECORDED: Final = "That is not recorded."
"""The answer to what nobody knows: a dead end said as one, so that no card is contradicted later."""

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_COMMONEST: Final = """
the and are was were what which who whom how why when where can may our your their its his her has have had does did will
would could should shall for from with without that this these those there here into onto about any all not but you they
them been being one two know tell
"""
_COMMON: Final = frozenset(_COMMONEST.split())


class Question(Struct, frozen=True):
    """A question of a team. ``answer`` is the last one given, empty while it waits; times are ISO 8601 or empty."""

    id: str
    capital: str
    text: str
    at: str = ""
    answer: str = ""
    answered_at: str = ""

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it."""
        return not self.answer


def questions(entries: Iterable[Entry]) -> tuple[Question, ...]:
    """Return every question in the order in which they were asked; one asked anew under an old name takes its place."""
    found: dict[str, Question] = {}
    for entry in entries:
        for event in entry.events:
            if isinstance(event, QuestionAsked):
                found[event.id] = Question(event.id, event.capital, event.text, entry.at)
            elif isinstance(event, QuestionAnswered) and event.id in found:
                found[event.id] = replace(found[event.id], answer=event.text, answered_at=entry.at)
    return tuple(found.values())


def waiting(entries: Iterable[Entry]) -> tuple[Question, ...]:
    """Return the questions nobody has answered, the oldest first."""
    return tuple(question for question in questions(entries) if question.waits)


def next_id(entries: Iterable[Entry]) -> str:
    """Return a name no question has yet: ``q1``, ``q2`` and so on."""
    taken = {question.id for question in questions(entries)}
    number = len(taken) + 1
    while f"q{number}" in taken:
        number += 1
    return f"q{number}"


def suggestions(box: Box, question: Question, most: int = 3) -> tuple[Prepared, ...]:
    """Return the scenario's answers this team may have that share words with its question, those with most first."""
    asked = _words(question.text)
    rated = [
        (len(asked & _words(f"{each.about} {each.text}")) + len(asked & _words(each.about)), each)
        for each in box.scenario.answers
        if not each.to or question.capital in each.to
    ]
    rated = [pair for pair in rated if pair[0]]
    return tuple(each for _, each in sorted(rated, key=lambda pair: -pair[0])[:most])


def _words(text: str) -> frozenset[str]:
    """Return the words of a text that say something, without a plural's ending."""
    found = (word.removesuffix("s") for word in _WORD.findall(text.lower()) if word not in _COMMON)
    return frozenset(word for word in found if len(word) > 2)
