"""A view: what one capital may know. Every screen, bot, page and export of one side is made from its view.

This module holds the type only; :mod:`wargame.rules.sight` makes views from states, and bots never see a state.
"""

from __future__ import annotations

from msgspec import Struct

from wargame.rules.box import Box, Hold
from wargame.rules.orders import Declaration, Sheet, Start
from wargame.rules.tracks import Change, Values

PUBLIC, WHITE_CELL = "public", "white-cell"
"""Sides that are no capital: what everybody knows, and everything."""


class Heard(Struct, frozen=True, gc=False):
    """A declaration this side has heard, with the belief it holds in it (-1 for none)."""

    id: str
    turn: int
    capital: str
    declaration: Declaration
    pair: str
    slot: int
    status: str
    belief: int = -1


class Coming(Struct, frozen=True, gc=False):
    """A delivery under way that this side knows of."""

    capital: str
    measure: str
    target: str
    left: int


class View(Struct, frozen=True, dict=True):
    """What ``side`` knows. Hidden blocks of ``values`` are empty.

    ``sealed``: capitals whose orders are in; ``status`` and ``sheet``: this side's own submission; ``given``: its declarations
    not yet announced; ``asked``: a card it must answer, or empty; ``asked_about``: declarations it must state a belief in;
    ``done``: threats already carried out; ``paused``: dyads where talks stopped the clock, until which turn.
    """

    side: str
    setup: Start
    turn: int
    phase: str
    values: Values
    stacks: tuple[tuple[Hold, ...], ...]
    cards: tuple[str, ...]
    heard: tuple[Heard, ...]
    coming: tuple[Coming, ...]
    sealed: tuple[str, ...]
    status: str
    sheet: Sheet
    asked: str
    asked_about: tuple[str, ...]
    given: tuple[Declaration, ...]
    done: tuple[tuple[str, str, int], ...]
    paused: tuple[tuple[str, int], ...]
    ending: str
    scores: tuple[tuple[str, int], ...]

    def knows(self, box: Box, address: str) -> bool:
        """Whether this side may see the track."""
        return bool(self.values[box.track[address].block])

    def raw(self, box: Box, address: str) -> int:
        """Return a track's raw value. Raises KeyError for no such track, IndexError for one that is hidden."""
        track = box.track[address]
        return self.values[track.block][track.place]

    def shown(self, box: Box, address: str) -> int | float | str:
        """Return a track as people write it; ``"?"`` when this side may not see it."""
        track = box.track[address]
        block = self.values[track.block]
        return track.shown(block[track.place]) if block else "?"

    def assessed(self, box: Box) -> Values:
        """Return values in which what is hidden is read from the published opening assessment instead."""
        known: dict[str, Values] = self.__dict__
        if "_assessed" not in known:
            known["_assessed"] = self.filled(box, box.start)
        return known["_assessed"]

    def filled(self, box: Box, guess: Values) -> Values:
        """Return values in which hidden blocks come from ``guess``, and hidden truths are taken to be as they are believed.

        That things are other than believed is just what a side that cannot see the truth must not be told.
        """
        values = [list(mine or guessed) for mine, guessed in zip(self.values, guess, strict=True)]
        for true, seen in box.hidden_truths[self.side]:
            values[true[0]][true[1]] = values[seen[0]][seen[1]]
        return tuple(map(tuple, values))


def visible(box: Box, changes: tuple[Change, ...], side: str) -> tuple[Change, ...]:
    """Return those of ``changes`` that this side may see."""
    if side == WHITE_CELL:
        return changes
    return tuple(change for change in changes if box.blocks[box.track[change.address].block].is_seen_by(side))
