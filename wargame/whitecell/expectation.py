"""What the rules would make of the orders as they lie: a trial reveal on a copy in which nobody rules.

Every die falls to the likelier side (:mod:`wargame.whitecell.trial`). It is advice; nothing of it is recorded.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from wargame.export import working
from wargame.export.adjudicated import OUTCOMES
from wargame.rules.box import Box
from wargame.rules.events import ChallengeResolved, OrderLapsed, OrdersRevealed
from wargame.rules.evolve import evolve, opening
from wargame.rules.journal import Entry, effective
from wargame.rules.legal import faults
from wargame.rules.orders import Proceed, Sheet
from wargame.rules.sealing import digest
from wargame.rules.sight import look
from wargame.rules.state import ORDERS, SEALED, Paper, State
from wargame.whitecell.trial import brought


class Expected(Struct, frozen=True):
    """A climb as the trial has it: the staff estimate of the step not being taken, and the likelier outcome in words."""

    capital: str
    step: str
    percent: int
    low: int
    high: int
    weakest: str
    outcome: str


def expectation(box: Box, state: State) -> tuple[tuple[Expected, ...], tuple[OrderLapsed, ...]]:
    """Return the checks and the lapsed orders of a trial reveal; none outside the phase of orders.

    A draft counts as it would if time were called now; orders outside the list are left out.
    """
    if state.phase != ORDERS:
        return (), ()
    papers = tuple(_as_sealed(box, state, c.id, p) for c, p in zip(box.capitals, state.papers, strict=True))
    copy = replace(state, setup=replace(state.setup, white_cell=False), papers=papers, waiting=(), asking=())
    events = brought(box, copy, (), Proceed())
    checks = tuple(_expected(box, event) for event in events if isinstance(event, ChallengeResolved))
    return checks, tuple(event for event in events if isinstance(event, OrderLapsed))


def before_reveal(box: Box, entries: Sequence[Entry]) -> State | None:
    """Return the state in which this turn's orders were opened, with all sheets sealed; None before the reveal."""
    state, found = opening(box), None
    for entry in effective(entries):
        before = state
        for event in entry.events:
            if isinstance(event, OrdersRevealed):
                found = before
            state = evolve(box, state, event)
    return found if found is not None and found.turn == state.turn else None


def _as_sealed(box: Box, state: State, capital: str, paper: Paper) -> Paper:
    sheet = replace(paper.sheet, argued="")
    if capital in state.waiting and faults(box, look(box, state, capital), sheet):
        sheet = Sheet()
    return Paper(SEALED, sheet, "", digest(capital, state.turn, sheet, ""))


def _expected(box: Box, event: ChallengeResolved) -> Expected:
    return Expected(
        event.challenger, working.step(box, event), event.percent, *event.band, working.weakest_link(box, event),
        OUTCOMES.get(event.outcome, event.outcome),
    )  # fmt: skip
