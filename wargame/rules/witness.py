"""Witness: what one side saw of an event, or nothing. Exports and screens of one side are made from this.

Tracks a side may not see are cut from an event's changes. An event it may not see at all leaves, at most, an unexplained
change of numbers that it does see.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from msgspec.structs import replace

from wargame.rules import events as fact
from wargame.rules.box import Box
from wargame.rules.events import Event
from wargame.rules.state import BELIEFS
from wargame.rules.view import WHITE_CELL, visible

_PUBLIC = (
    fact.TurnOpened, fact.RulingMade, fact.RungChanged, fact.AccidentDrawn, fact.PressedOn,
    fact.TheatreClosed, fact.ExerciseEnded,
)  # fmt: skip
_ONLY_ITS_OWN = (
    fact.SignalsGiven, fact.BeliefStated, fact.BeliefsClosed, fact.OrderDrafted, fact.OrderLapsed,
)  # fmt: skip
_BY_WHAT_IT_MOVES = (fact.EffectLapsed, fact.StandingChanged, fact.MomentCame)


def _card(box: Box, event: fact.CardDrawn, side: str) -> Event | None:
    seen = box.card[event.card].seen
    return event if "*" in seen or side in seen or side == event.asks else None


def _choice(box: Box, event: fact.ChoiceMade, side: str) -> Event | None:
    if side == event.capital:
        return event
    seen = box.card[event.card].seen
    return replace(event, why=()) if "*" in seen or side in seen else None


def _declaration(box: Box, event: fact.DeclarationMade, side: str) -> Event | None:
    spoken = event.declaration
    return event if spoken.kind != "quiet" or side in {event.capital, spoken.to} else None


def _sealed(box: Box, event: fact.OrderSealed, side: str) -> Event | None:
    if side == event.capital:
        return event
    return replace(event, status="sealed", digest="", salt="", sheet=type(event.sheet)(), why=())


def _revealed(box: Box, event: fact.OrdersRevealed, side: str) -> Event | None:
    """Prices by move would tell how many quiet orders a sheet held."""
    return replace(
        event,
        sheets=tuple((c, open_part(box, c, s, side)) for c, s in event.sheets),
        digests=(),
        prices=tuple(each for each in event.prices if each.capital == side),
    )


def open_part(box: Box, capital: str, sheet: Any, side: str) -> Any:
    """Return what of a revealed sheet is public: quiet measures, unannounced dials and untriggered replies stay unseen."""
    if side == capital:
        return sheet
    moves = []
    for move in sheet.moves:
        measure = getattr(move, "measure", None)
        action = box.action.get((capital, measure, move.target)) if measure else None
        if action is None or not action.witnesses or side in action.witnesses:
            moves.append(move)
    dials = tuple(dial for dial in sheet.dials if dial.announced or dial.partner == side)
    return replace(sheet, moves=tuple(moves), dials=dials, reply=None)


def _measure(box: Box, event: Any, side: str) -> Event | None:
    witnesses = box.action[(event.capital, event.measure, event.target)].witnesses
    return cast(Event, event) if not witnesses or side in witnesses else None


def _permission(box: Box, event: fact.PermissionSet, side: str) -> Event | None:
    return event if event.announced or side in (event.patron, event.partner) else None


def _rolled(box: Box, event: fact.ChallengeRolled, side: str) -> Event | None:
    """The terms of a check are its challenger's; that dice were thrown is everybody's."""
    return replace(event, item=0) if side == event.challenger else None


def _resolved(box: Box, event: fact.ChallengeResolved, side: str) -> Event | None:
    if side == event.challenger:
        return event
    return replace(
        event, terms=(), threats=(), constant=0, margin=0, percent=0, band=(0, 0), die=0, weakest="", protected=""
    )


def _due(box: Box, event: fact.DeclarationDue, side: str) -> Event | None:
    return event if not event.heard or side in event.heard else None


def _started(box: Box, event: fact.ExerciseStarted, side: str) -> Event | None:
    return replace(event, doctrines=tuple(each for each in event.doctrines if each[0] == side))


def _phase(box: Box, event: fact.PhaseOpened, side: str) -> Event | None:
    """That beliefs are asked for would tell who did not hear it of a quiet message."""
    if event.opened != BELIEFS:
        return event
    return replace(event, waiting=(side,)) if side in event.waiting else None


def _talks(box: Box, event: fact.TalksHeld, side: str) -> Event | None:
    """How near an unplayed capital was to agreeing is its own secret."""
    answering = set(box.dyad[event.dyad].parties) - set(event.offered)
    return event if side in answering else replace(event, percent=0, die=0)


def _refused(box: Box, event: fact.PermissionRefused, side: str) -> Event | None:
    return event if event.defied or side in (event.patron, event.partner) else None


def _test(box: Box, event: fact.TestThrown, side: str) -> Event | None:
    return event if not event.witnesses or side in event.witnesses else None


def _blow(box: Box, event: fact.BlowStruck, side: str) -> Event | None:
    return event if side == event.owner else replace(event, percent=0, die=0)


def _war(box: Box, event: fact.WarTested, side: str) -> Event | None:
    return event if side == box.dyad[event.dyad].partner else replace(event, percent=0, die=0)


_SPECIAL: dict[type, Callable[[Box, Any, str], Event | None]] = {
    fact.CardDrawn: _card,
    fact.ChoiceMade: _choice,
    fact.DeclarationMade: _declaration,
    fact.OrderSealed: _sealed,
    fact.OrdersRevealed: _revealed,
    fact.MeasureTaken: _measure,
    fact.DeliveryMoved: _measure,
    fact.DeliveryArrived: _measure,
    fact.PermissionSet: _permission,
    fact.ChallengeRolled: _rolled,
    fact.ChallengeResolved: _resolved,
    fact.DeclarationDue: _due,
    fact.ExerciseStarted: _started,
    fact.PhaseOpened: _phase,
    fact.TalksHeld: _talks,
    fact.PermissionRefused: _refused,
    fact.TestThrown: _test,
    fact.BlowStruck: _blow,
    fact.WarTested: _war,
}


def _unexplained(box: Box, event: Any, side: str) -> Event | None:
    """What is left of an event one may not see: numbers that moved before one's eyes, and no word of why."""
    moved = getattr(event, "changes", ()) + getattr(event, "under_way", ())
    kept = visible(box, moved, side)
    return fact.MomentCame("unseen", "unseen", UNEXPLAINED, "", "", kept) if kept else None


UNEXPLAINED = "Something has changed, and nobody has said why."
"""What a side reads when numbers it sees were moved by something it does not."""


def witness(box: Box, event: Event, side: str) -> Event | None:
    """Return what ``side`` saw of an event (a capital's id, ``public`` or ``white-cell``), or None for nothing.

    Raises KeyError for a kind of event that no table above places: a new one must say who sees it.
    """
    if side == WHITE_CELL:
        return event
    seen: Event | None = event
    if type(event) in _SPECIAL:
        seen = _SPECIAL[type(event)](box, event, side)
    elif isinstance(event, _ONLY_ITS_OWN):
        seen = event if event.capital == side else None
    elif not isinstance(event, _PUBLIC + _BY_WHAT_IT_MOVES):
        raise KeyError(f"nothing says who sees {type(event).__name__}")
    if seen is None:
        return _unexplained(box, event, side)
    kept = visible(box, getattr(seen, "changes", ()), side)
    if isinstance(seen, _BY_WHAT_IT_MOVES) and not kept:
        return None
    fields: dict[str, Any] = {}
    if kept != getattr(seen, "changes", ()):
        fields["changes"] = kept
    if isinstance(seen, fact.MeasureTaken):
        fields["under_way"] = visible(box, seen.under_way, side)
    return replace(seen, **fields) if fields else seen
