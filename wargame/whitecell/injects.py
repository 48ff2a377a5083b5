"""Injects: what is due, what it hangs on, what lies ready, and what a card would move if it were played now."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from wargame.export import words
from wargame.rules.box import Box, Inject
from wargame.rules.cards import Card
from wargame.rules.conditions import Conditions, holds
from wargame.rules.effects import Effects
from wargame.rules.forecast import hazard, moved_by
from wargame.rules.ladder import Test
from wargame.rules.sight import look
from wargame.rules.state import State
from wargame.rules.view import WHITE_CELL, View

DUE, LATER, ON_HAND, DRAWN, WITHHELD, PASSED_BY = ("due", "later", "on hand", "drawn", "kept back", "passed by")
STATUSES: Final = (DUE, LATER, ON_HAND, DRAWN, WITHHELD, PASSED_BY)
"""Where an inject stands: comes when the next turn opens if its conditions hold; in a later turn; a contingency, at any time;
on the table already; kept back for good; its turn is over and it did not come."""


class Gate(Struct, frozen=True):
    """One condition of an inject, in words, and whether it holds now."""

    text: str
    holds: bool


class Prospect(Struct, frozen=True):
    """An inject and what hangs on it. ``turn`` is the turn it would come in, 0 for a contingency.

    ``comes``: whether it would come if its turn opened now; ``label``: HELP, PRESSURE or REDIRECT for a contingency,
    otherwise empty; ``expects``: what it should bring about; ``seen``: who may read it, empty for all; ``asks``: who must
    choose; ``moves``: what it would move if it were played now, a line each.
    """

    card: str
    title: str
    text: str
    status: str
    turn: int
    comes: bool
    label: str
    expects: str
    only_if: tuple[Gate, ...]
    skip_if: tuple[Gate, ...]
    seen: tuple[str, ...]
    asks: str
    moves: tuple[str, ...]


def prospects(box: Box, state: State) -> tuple[Prospect, ...]:
    """Return every inject of the scenario: those due first, then later ones, contingencies, and what is over."""
    found = [_prospect(box, state, inject) for inject in box.scenario.injects]
    return tuple(sorted(found, key=lambda each: (STATUSES.index(each.status), each.turn)))


def preview(box: Box, state: State, card: str) -> tuple[str, ...]:
    """Return what any card of the box would do if it were played now, a line each. Raises KeyError for no such card."""
    found, view = box.card[card], look(box, state, WHITE_CELL)
    lines = []
    if not found.asks:
        lines += _effects(box, view, "At once", found.then, found.tests, found.take)
    for option in found.options:
        price = f", for {option.cost} influence" if option.cost else ""
        shut = "" if holds(option.when, state.values) else ", not open now"
        title = f'{words.capital(box, found.asks)} may choose "{option.label}"{price}{shut}'
        lines += _effects(box, view, title, found.then + option.then, found.tests + option.tests,
                          option.take or found.take)  # fmt: skip
    return tuple(lines)


def undrawn(box: Box, state: State) -> tuple[Card, ...]:
    """Return every card that could still be played by hand, in the box's order."""
    return tuple(card for card in box.cards if card.id not in state.drawn)


def told(found: Prospect) -> str:
    """Return where an inject stands in words, such as ``due when turn 3 opens, and would come``."""
    if found.status in (DUE, LATER):
        comes = "would come" if found.comes else "would not come as things stand"
        return f"{found.status} in turn {found.turn}, {comes}"
    return f"{found.label}, on hand" if found.status == ON_HAND and found.label else found.status


def _prospect(box: Box, state: State, inject: Inject) -> Prospect:
    card = box.card[inject.card]
    turn = dict(state.withheld).get(inject.card, inject.turn)
    only_if, skip_if = _gates(box, state, inject.only_if), _gates(box, state, inject.skip_if)
    comes = all(gate.holds for gate in only_if) and not (skip_if and all(gate.holds for gate in skip_if))
    return Prospect(
        card.id, card.title, card.text, _status(state, inject, turn), turn, comes, inject.label.upper(), inject.expects,
        only_if, skip_if, () if "*" in card.seen else card.seen, card.asks, preview(box, state, card.id),
    )  # fmt: skip


def _status(state: State, inject: Inject, turn: int) -> str:
    if inject.card in state.drawn:
        return DRAWN
    if not inject.turn:
        return ON_HAND
    if not turn:
        return WITHHELD
    return PASSED_BY if turn <= state.turn else DUE if turn == state.turn + 1 else LATER


def _gates(box: Box, state: State, conditions: Conditions) -> tuple[Gate, ...]:
    return tuple(Gate(words.condition(box, clause.text), holds((clause,), state.values)) for clause in conditions)


def _effects(
    box: Box, view: View, title: str, effects: Effects, tests: tuple[Test, ...], take: tuple[str, int] | None
) -> list[str]:
    found = [words.moved(box, moved_by(box, view, effects)) or "moves nothing as things stand"]
    if take is not None:
        rung = words.rung(box, box.ladder.rungs[take[1]].id)
        found.append(f"takes {words.dyad(box, take[0])} to {rung}, if an edge leads there")
    found += [f'hazard "{test.text.rstrip(".") or test.id}", {hazard(view, test)} percent' for test in tests]
    return [f"{title}: {'; '.join(found)}."]
