"""Small papers of a team: labels for its envelopes and slips for what it believes of others' declarations."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from msgspec import Struct

from wargame.export import words
from wargame.kit.forms import last_turn, turns_left
from wargame.rules.box import Box
from wargame.rules.state import SETUP
from wargame.rules.view import View
from wargame.whitecell.ruling import likelihood

SPARES: Final = 2
"""Labels without a turn for each team: an envelope tears, a turn is played again."""

LINES: Final = 5
"""Declarations a slip has room for; more are printed when more were heard."""

LIKELY: Final = tuple(
    (numbers[0], numbers[-1], word)
    for word, numbers in ((word, tuple(group)) for word, group in groupby(range(101), likelihood))
)
"""Percentages in words (rule 6.10): from, to, the word."""


HOW: Final = {
    "tie-hands": "in public, tying its hands",
    "sink-costs": "in public, at a cost",
    "quiet": "quietly to you",
}
"""How a declaration was made, as its hearer reads it."""


class Label(Struct, frozen=True):
    """The label of an envelope; a turn of 0 is left to be written in."""

    capital: str
    turn: int
    turns: int


class Claim(Struct, frozen=True):
    """A declaration to believe or not: its number, how it was made and what it promises; all empty for a line to fill in."""

    id: str = ""
    how: str = ""
    promise: str = ""


class Slip(Struct, frozen=True):
    """A belief slip of one turn."""

    turn: int
    claims: tuple[Claim, ...]


def labels(box: Box, view: View, capital: str, wanted: int = 0) -> tuple[Label, ...]:
    """Return the labels of a team's envelopes, the next turn first, the spares last."""
    name, turns = box.capital[capital].name, turns_left(view, wanted)
    numbers = (*turns, *(0,) * SPARES) if turns else ()
    return tuple(Label(name, turn, last_turn(view, wanted)) for turn in numbers)


def slips(box: Box, view: View, wanted: int = 0) -> tuple[Slip, ...]:
    """Return a capital's belief slips; on this turn's stand the declarations it has heard and not yet judged."""
    found = []
    for turn in turns_left(view, wanted):
        claims = _heard(box, view) if turn == view.turn and view.phase != SETUP else []
        blank = [Claim()] * max(0, LINES - len(claims))
        found.append(Slip(turn, (*claims, *blank)))
    return tuple(found)


def _heard(box: Box, view: View) -> list[Claim]:
    return [
        Claim(
            heard.id,
            f"{words.capital(box, heard.capital)}, {HOW.get(heard.declaration.kind, heard.declaration.kind)}",
            words.sentence(words.promise(box, heard.capital, heard.declaration)),
        )
        for heard in view.heard
        if heard.turn == view.turn and heard.capital != view.side and heard.belief < 0
    ]
