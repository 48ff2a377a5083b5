"""The sentences of the content language, read but not yet resolved: conditions, effects, orders and declarations.

Every function returns a value or raises :class:`Unreadable` with a message that says what a right sentence looks like.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Final, TypeVar

from wargame.content.problems import plain

ADDRESS: Final = r"[a-z*][a-z0-9*>-]*(?:\.[a-z][a-z0-9-]*)+"
NUMBER: Final = r"\d{1,4}(?:\.\d)?(?: 1/2)?|1/2"
CONDITION: Final = re.compile(rf"({ADDRESS})\s*(!=|<=|>=|=|<|>)\s*(-?(?:{NUMBER})|[a-z][a-z0-9-]*)")
EFFECT: Final = re.compile(
    rf"({ADDRESS})\s*([-+=~])\s*((?:-\s*)?(?:{NUMBER})|[a-z][a-z0-9-]*)(?:\s+for\s+(\d{{1,2}}))?"
)
WORD: Final = re.compile(r"[a-z][a-z0-9-]*")

Read = TypeVar("Read")


class Unreadable(ValueError):
    """A sentence does not follow the grammar; ``str()`` says why."""


@dataclass(frozen=True)
class Condition:
    """``ADDRESS OP VALUE``; a value is half points, or a word (of the track, or a rung)."""

    text: str
    address: str
    operator: str
    value: int | str


@dataclass(frozen=True)
class Sentence:
    """One effect: ``op`` is ``+``, ``=`` or ``~``; ``amount`` is signed half points, or a word; ``lasting`` in turns."""

    text: str
    address: str
    op: str
    amount: int | str
    lasting: int


@dataclass(frozen=True)
class Wish:
    """An order as a doctrine writes it. ``verb``: measure climb step-down talks permit priority reply."""

    verb: str
    words: tuple[str, ...]
    then: Wish | None = None


@dataclass(frozen=True)
class Promise:
    """``if DYAD reaches RUNG then DEED``."""

    dyad: str
    rung: str
    deed: Wish


def _remembered(read: Callable[[str], Read]) -> Callable[[str], Read]:
    """Return a reader that reads each sentence once: it is bound again for every capital, right or wrong."""

    @lru_cache(maxsize=8192)
    def tried(text: str) -> Read | Unreadable:
        try:
            return read(text)
        except Unreadable as error:
            return Unreadable(*error.args)

    @wraps(read)
    def again(text: str) -> Read:
        found = tried(text)
        if isinstance(found, Unreadable):
            raise Unreadable(*found.args)
        return found

    return again


def half_points(text: str) -> int:
    """Return a number as half points: ``1/2`` is 1, ``1 1/2`` and ``1.5`` are 3, ``-2`` is -4. Raises Unreadable."""
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
    whole, _, half = digits.strip().partition(" ")
    if whole == "1/2":
        whole, half = "0", "1/2"
    number, _, tenth = whole.partition(".")
    if tenth not in ("", "0", "5") or (tenth == "5" and half):
        raise Unreadable(f"{text.strip()} is finer than half a point")
    return sign * (2 * int(number) + (1 if half or tenth == "5" else 0))


def _value(text: str) -> int | str:
    return text if WORD.fullmatch(text) else half_points(text)


@_remembered
def condition(text: str) -> Condition:
    """Read a condition. Raises Unreadable."""
    found = CONDITION.fullmatch(text.strip())
    if found is None:
        raise Unreadable(f"cannot read {quoted(text)}: a condition is ADDRESS, one of = != < <= > >=, VALUE")
    address, operator, value = found.groups()
    return Condition(text.strip(), address, operator, _value(value))


@_remembered
def effect(text: str) -> Sentence:
    """Read an effect. Raises Unreadable."""
    found = EFFECT.fullmatch(text.strip())
    if found is None:
        raise Unreadable(f"cannot read {quoted(text)}: an effect is ADDRESS, one of + - = ~, VALUE, perhaps 'for N'")
    address, op, written, turns = found.groups()
    amount = _value(written)
    lasting = int(turns) if turns else 0
    if turns and not lasting:
        raise Unreadable(f"{quoted(text)} lasts no turn")
    if op == "=":
        return Sentence(text.strip(), address, "=", amount, lasting)
    if isinstance(amount, str):
        raise Unreadable(f"{quoted(text)}: after {op} comes a number")
    if not amount:
        raise Unreadable(f"{quoted(text)} changes nothing")
    if op in "+-" and amount < 0:
        raise Unreadable(f"{quoted(text)}: two signs; write ADDRESS - VALUE or ADDRESS + VALUE")
    if op == "-":
        return Sentence(text.strip(), address, "+", -amount, lasting)
    return Sentence(text.strip(), address, op, amount, lasting)


_SHAPES: Final = {
    "climb": "climb DYAD RUNG",
    "step-down": "step-down DYAD",
    "talks": "talks DYAD LANDING [CONCESSIONS]",
    "permit": "permit PARTNER WORD [announced]",
    "priority": "priority THEATRE",
}


def order(text: str) -> Wish:
    """Read an order of a doctrine. Raises Unreadable."""
    words = text.split()
    if words and words[0] == "reply":
        if len(words) < 5 or words[3] != "then":
            raise Unreadable(f"cannot read {quoted(text)}: write reply DYAD RUNG then ORDER")
        then = order(" ".join(words[4:]))
        if then.verb not in ("climb", "measure"):
            raise Unreadable(f"{quoted(text)}: a reply is a measure or a climb")
        return Wish("reply", tuple(words[1:3]), then)
    if len(words) > 1 and words[-1] == "defy" and words[0] != "climb":
        raise Unreadable(f"{quoted(text)}: only the climb of a reply may end in defy")
    return _plain_order(text, words)


def _plain_order(text: str, words: list[str]) -> Wish:
    if not words or len(words) > 4:
        raise Unreadable(f"cannot read {quoted(text)} as an order")
    for word in words:
        if not re.fullmatch(r"[a-z][a-z0-9-]*|\d", word):
            raise Unreadable(f"cannot read {quoted(text)}: {quoted(word)} is no word of an order")
    verb, rest = words[0], tuple(words[1:])
    if verb not in _SHAPES:
        if len(rest) > 1:
            raise Unreadable(
                f"cannot read {quoted(text)}: write MEASURE [TARGET], or begin with " + ", ".join([*_SHAPES, "reply"])
            )
        return Wish("measure", tuple(words))
    fits = {
        "climb": len(rest) == 2 or (len(rest) == 3 and rest[2] == "defy"),
        "step-down": len(rest) == 1,
        "talks": len(rest) == 2 or (len(rest) == 3 and rest[2].isdigit()),
        "permit": len(rest) == 2 or (len(rest) == 3 and rest[2] == "announced"),
        "priority": len(rest) == 1,
    }[verb]
    if not fits:
        raise Unreadable(f"cannot read {quoted(text)}: write {_SHAPES[verb]}")
    return Wish(verb, rest)


def promise(text: str) -> Promise:
    """Read what a declaration says. Raises Unreadable."""
    words = text.split()
    if len(words) < 6 or words[0] != "if" or words[2] != "reaches" or words[4] != "then":
        raise Unreadable(f"cannot read {quoted(text)}: write if DYAD reaches RUNG then DEED")
    deed = order(" ".join(words[5:]))
    if deed.verb not in ("climb", "measure", "permit"):
        raise Unreadable(f"{quoted(text)}: a deed is a climb, a measure or a permission")
    return Promise(words[1], words[3], deed)


def stance(text: str) -> tuple[str, str]:
    """Read two words: a rung and its holder, as in a stack, or a dyad and a rung, as in a card's ``take``. Raises Unreadable."""
    words = text.split()
    if len(words) != 2:
        raise Unreadable(f"cannot read {quoted(text)}: two words belong here")
    return words[0], words[1]


def quoted(text: str) -> str:
    """Return a text in quotation marks, cut to a readable length, with nothing in it that a terminal would obey."""
    return f'"{plain(text[:80])}{"..." if len(text) > 80 else ""}"'
