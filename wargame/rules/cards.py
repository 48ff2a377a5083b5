"""Event cards: what befalls the table, and sometimes asks one capital to choose."""

from __future__ import annotations

from msgspec import Struct

from wargame.rules.conditions import Conditions
from wargame.rules.effects import Effects
from wargame.rules.ladder import Test


class Option(Struct, frozen=True, gc=False):
    """One way to answer a card. ``cost`` is influence; ``leans`` are words by which doctrines choose."""

    id: str
    label: str
    cost: int = 0
    leans: tuple[str, ...] = ()
    when: Conditions = ()
    then: Effects = ()
    tests: tuple[Test, ...] = ()
    take: tuple[str, int] | None = None


class Card(Struct, frozen=True, gc=False):
    """A card. ``kind`` is ``historical`` or ``plausible``; ``date`` is ISO or empty; ``source`` may be ``unverified``.

    ``seen``: capitals that may read it (``*`` for all); ``asks``: the capital that chooses, or empty; ``default``: the place
    of the option that silence means; ``take``: a dyad and the rung number it goes to if an edge leads there.
    """

    id: str
    deck: str
    title: str
    text: str
    kind: str
    date: str
    source: str
    concept: str
    question: str
    seen: tuple[str, ...] = ("*",)
    when: Conditions = ()
    then: Effects = ()
    tests: tuple[Test, ...] = ()
    asks: str = ""
    options: tuple[Option, ...] = ()
    default: int = 0
    take: tuple[str, int] | None = None
