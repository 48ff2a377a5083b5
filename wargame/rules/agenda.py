"""What is owed: whose input the table waits for, and the printed sequence of adjudication.

Every front end is the same loop over :func:`owed`, so resuming in the middle of a phase needs nothing extra.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from wargame.rules.box import CHALLENGER, PARTNER, Box
from wargame.rules.events import ChallengeRolled
from wargame.rules.orders import Climb, Dial, Reply, Sheet, StepDown, Take, Terms
from wargame.rules.state import ADJUDICATION, BELIEFS, ENDED, ORDERS, SETUP, SIGNAL, State

TABLE, WHITE_CELL = "table", "white-cell"


class Due(Struct, frozen=True, gc=False):
    """One input that is owed. ``kind``: start, choose, signal, believe, orders, rule, argue or proceed; ``about``: a card's id."""

    kind: str
    who: str
    about: str = ""


_KIND_OF_PHASE: Final = {SIGNAL: "signal", BELIEFS: "believe", ORDERS: "orders"}


def owed(box: Box, state: State) -> tuple[Due, ...]:
    """Return everything the table waits for, in the scenario's order of capitals; empty once the exercise has ended."""
    if state.phase == ENDED:
        return ()
    if state.phase == SETUP:
        return (Due("start", TABLE),)
    if state.asking:
        return tuple(Due("choose", box.card[card].asks, card) for card in state.asking)
    if state.waiting:
        kind = _KIND_OF_PHASE[state.phase]
        return tuple(Due(kind, capital) for capital in state.waiting)
    if state.phase == ADJUDICATION and state.pending is not None:
        return (Due("rule" if isinstance(state.pending, ChallengeRolled) else "argue", WHITE_CELL),)
    return (Due("proceed", TABLE),)


TALKS, PERMISSIONS, MEASURES, CLIMBS, PARTNERS, PATRONS, COUNTERS = range(1, 8)
"""The printed sequence of adjudication (rule 5)."""


class Argued(Struct, frozen=True, gc=False):
    """An order outside the printed list."""

    text: str


Ordered = Take | Climb | StepDown | Dial | Reply | Terms | Argued
"""What a sheet may put into the sequence."""


class Item(Struct, frozen=True, gc=False):
    """One order in the sequence."""

    step: int
    capital: str
    what: Ordered


def _climb_step(role: str, replying: bool) -> int:
    if role == CHALLENGER:
        return COUNTERS if replying else CLIMBS
    return PARTNERS if role == PARTNER else PATRONS


def sequence(box: Box, sheets: tuple[tuple[str, Sheet], ...]) -> tuple[Item, ...]:
    """Return all orders of a reveal in the printed sequence.

    Within a step, steps down come before talks, lower target rungs before higher ones, then the scenario's order.
    """
    found: list[tuple[tuple[int, int, int], Item]] = []
    for place, (capital, sheet) in enumerate(sheets):
        role = box.capital[capital].role

        def add(step: int, rank: int, what: Ordered, *, who: str = capital, at: int = place) -> None:
            found.append(((step, rank, at), Item(step, who, what)))

        for move in sheet.moves:
            if isinstance(move, StepDown):
                add(TALKS, -1, move)
            elif isinstance(move, Take):
                add(MEASURES, _measure_rank(box, capital, move), move)
            else:
                add(_climb_step(role, False), box.rung_number[move.to], move)
        for terms in sheet.talks:
            add(TALKS, 0, terms)
        for dial in sheet.dials:
            add(PERMISSIONS, 0, dial)
        if sheet.argued:
            add(MEASURES, _ARGUED_RANK, Argued(sheet.argued))
        if sheet.reply is not None:
            then = sheet.reply.then
            rank = box.rung_number[then.to] if isinstance(then, Climb) else 0
            add(_climb_step(role, True), rank, sheet.reply)
    return tuple(item for _, item in sorted(found, key=lambda pair: pair[0]))


def _measure_rank(box: Box, capital: str, move: Take) -> int:
    action = box.action.get((capital, move.measure, move.target))
    return {"aid": 0, "posture": 1, "signal": 2}[action.step] if action else 3


_ARGUED_RANK: Final = 4
"""Orders outside the list come after all other measures."""
