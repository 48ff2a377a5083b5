"""Sight: from the state to one side's view. The only door through which anything leaves the state."""

from __future__ import annotations

from wargame.rules.box import Box
from wargame.rules.state import BELIEFS, PASSED, SEALED, SIGNAL, InTransit, Paper, Said, State
from wargame.rules.view import WHITE_CELL, Coming, Heard, View

_NO_PAPER = Paper()
_HANDED_IN = (SEALED, PASSED)


def hears(said: Said, side: str) -> bool:
    """Whether this side has heard a declaration: public ones all, quiet ones the two it passed between."""
    return side == WHITE_CELL or said.declaration.kind != "quiet" or side in {said.capital, said.declaration.to}


def knows_of(box: Box, coming: InTransit, side: str) -> bool:
    """Whether this side knows of a delivery under way."""
    witnesses = box.action[(coming.capital, coming.measure, coming.target)].witnesses
    return side == WHITE_CELL or not witnesses or side in witnesses


def _coming(box: Box, state: State, delivery: InTransit) -> Coming:
    block, place = box.counter_at[(delivery.capital, delivery.measure, delivery.target)]
    return Coming(delivery.capital, delivery.measure, delivery.target, state.values[block][place])


def look(box: Box, state: State, side: str) -> View:
    """Return what ``side`` knows: a capital's id, ``public`` or ``white-cell``.

    A state remembers its views: it is a value, so they cannot go stale, and several questions are asked of each moment.
    """
    views: dict[str, View] = state.__dict__
    if side not in views:
        views[side] = _look(box, state, side)
    return views[side]


def _look(box: Box, state: State, side: str) -> View:
    readable = box.readable[side]
    place = box.seat.get(side, -1)
    paper = state.papers[place] if place >= 0 else _NO_PAPER
    asked = [card for card in state.asking if box.card[card].asks == side]
    given = [declarations for capital, declarations in state.signals if capital == side]
    return View(
        side=side,
        setup=state.setup,
        turn=state.turn,
        # That beliefs are being asked for would tell who did not hear it that something was said quietly.
        phase=SIGNAL if state.phase == BELIEFS and side not in (WHITE_CELL, *state.waiting) else state.phase,
        values=tuple([block if sees else () for block, sees in zip(state.values, box.sees[side], strict=True)]),
        stacks=state.stacks,
        cards=tuple([card for card in state.drawn if card in readable]),
        heard=_heard(state, side) if state.said else (),
        coming=tuple([_coming(box, state, d) for d in state.deliveries if knows_of(box, d, side)]),
        sealed=tuple([c.id for c, p in zip(box.capitals, state.papers, strict=True) if p.status in _HANDED_IN]),
        status=paper.status,
        sheet=paper.sheet,
        asked=asked[0] if asked else "",
        asked_about=asks_about(state, side) if state.asked_about and side in state.waiting else (),
        given=given[0] if given else (),
        done=state.done,
        paused=state.paused,
        ending=state.ending,
        scores=state.scores,
    )


def _heard(state: State, side: str) -> tuple[Heard, ...]:
    beliefs = {held.declaration: held.percent for held in state.beliefs if held.capital == side}
    return tuple(
        [
            Heard(s.id, s.turn, s.capital, s.declaration, s.pair, s.slot, s.status, beliefs.get(s.id, -1))
            for s in state.said
            if hears(s, side)
        ]
    )


def asks_about(state: State, capital: str) -> tuple[str, ...]:
    """Return the ids of new declarations this capital has heard and did not make."""
    return tuple(
        said.id
        for said in state.said
        if said.id in state.asked_about and said.capital != capital and hears(said, capital)
    )
