"""The argument card: an order outside the printed list, and the ways to settle it (matrix adjudication)."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from wargame.export import words
from wargame.export.witnessed import said
from wargame.rules.box import Box
from wargame.rules.events import ArgumentOpened
from wargame.rules.resolve.whitecell import DICE, RULING, VOTE
from wargame.rules.state import State
from wargame.rules.view import PUBLIC
from wargame.rules.witness import witness

_ROLLS: Final = tuple(first + second for first in range(1, 7) for second in range(1, 7))


class Method(Struct, frozen=True):
    """One way to settle it. ``id`` is that of the command ``Argue``; ``mandatory`` what must be given."""

    id: str
    title: str
    mandatory: str


class ArgumentCard(Struct, frozen=True):
    """The card. ``public`` is what everybody may be told now; ``chances`` are the percent by what speaks for it, net.

    ``needed``: what two six-sided dice, strong points for and against must exceed; ``most``: points for, and against.
    """

    capital: str
    text: str
    rule: str
    needed: int
    most: int
    public: tuple[str, ...]
    methods: tuple[Method, ...]
    chances: tuple[tuple[int, int], ...]


METHODS: Final = (
    Method(DICE, "two dice, with strong points for and against", "the strong points for and against, if there are any"),
    Method(VOTE, "a vote of those in the room", "the hands for and against; a tie is a no"),
    Method(RULING, "a ruling of the white cell", "whether it succeeds, and a reason, which is read out to all"),
)
"""The ways, in the order in which they are offered."""


def argument_card(box: Box, state: State) -> ArgumentCard:
    """Return the card of the order that waits to be argued. Raises LookupError if none does."""
    opened = state.pending
    if not isinstance(opened, ArgumentOpened):
        raise LookupError("no order waits to be argued")
    seen = witness(box, opened, PUBLIC)
    needed = box.rulebook.argue_needed
    chances = tuple((net, chance(needed, net)) for net in range(-3, 4))
    public = tuple(said(box, seen)) if seen is not None else ()
    return ArgumentCard(opened.capital, opened.text, "15.7", needed, box.rulebook.argue_most, public, METHODS, chances)


def chance(needed: int, net: int) -> int:
    """Return the percent chance that two six-sided dice and ``net`` points (for less against) exceed what is needed."""
    hits = sum(roll + net > needed for roll in _ROLLS)
    return round(100 * hits / len(_ROLLS))


def told(box: Box, card: ArgumentCard, pros: int, cons: int) -> str:
    """Return the chance in a sentence, for so many strong points."""
    who, percent = words.capital(box, card.capital), chance(card.needed, pros - cons)
    points = f"{words.many(pros, 'point')} for and {words.many(cons, 'point')} against"
    least = card.needed - pros + cons + 1
    return f"With {points}, {who}'s order succeeds in {percent} of 100: two dice must come to {least} or more."
