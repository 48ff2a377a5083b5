"""Witness: what one side saw of an event, or nothing. Exports and screens of one side are made from this.

Tracks a side may not see are cut from an event's changes. An event it may not see at all leaves, at most, an unexplained
change of numbers that it does see. Single fields it may not see are blank in the event, and :func:`cut` names them, so
that who writes the event down can leave them out; which ones depends on who acts and who looks, never on what they hold.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from msgspec.structs import replace

from wargame.rules import events as fact
from wargame.rules.box import Box
from wargame.rules.events import Event
from wargame.rules.orders import Sheet
from wargame.rules.state import BELIEFS, SEALED, SIGNAL
from wargame.rules.view import WHITE_CELL, visible

_PUBLIC = (
    fact.TurnOpened, fact.RulingMade, fact.RungChanged, fact.AccidentDrawn, fact.PressedOn, fact.TheatreClosed,
    fact.ExerciseEnded, fact.OrderSealed, fact.ChallengeResolved, fact.TalksHeld, fact.BlowStruck, fact.WarTested,
    fact.OrderClosed, fact.OrderReopened, fact.ArgumentOpened, fact.ArgumentSettled, fact.ClockSet, fact.TurnsSet, fact.Faded,
)  # fmt: skip
_ONLY_ITS_OWN = (
    fact.SignalsGiven, fact.BeliefStated, fact.BeliefsClosed, fact.OrderDrafted, fact.OrderLapsed, fact.QuestionAsked,
    fact.QuestionAnswered,
)  # fmt: skip
_WHITE_CELLS = (fact.CardWithheld, fact.NoteTaken, fact.NewsTold)
_BY_WHAT_IT_MOVES = (fact.EffectLapsed, fact.StandingChanged, fact.MomentCame)


def _card(box: Box, event: fact.CardDrawn, side: str) -> Event | None:
    seen = box.card[event.card].seen
    return event if "*" in seen or side in seen or side == event.asks else None


def _improvised(box: Box, event: fact.InjectImprovised, side: str) -> Event | None:
    return event if not event.to or side in event.to else None


def _choice(box: Box, event: fact.ChoiceMade, side: str) -> Event | None:
    if side == event.capital:
        return event
    seen = box.card[event.card].seen
    return event if "*" in seen or side in seen else None


def _declaration(box: Box, event: fact.DeclarationMade, side: str) -> Event | None:
    spoken = event.declaration
    return event if spoken.kind != "quiet" or side in {event.capital, spoken.to} else None


def _revealed(box: Box, event: fact.OrdersRevealed, side: str) -> Event | None:
    """Prices by move would tell how many quiet orders a sheet held."""
    return replace(
        event,
        sheets=tuple((c, open_part(box, c, s, side)) for c, s in event.sheets),
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
    return event if side == event.challenger else None


def _due(box: Box, event: fact.DeclarationDue, side: str) -> Event | None:
    return event if not event.heard or side in event.heard else None


def _started(box: Box, event: fact.ExerciseStarted | fact.Branched, side: str) -> Event | None:
    return replace(event, doctrines=tuple(each for each in event.doctrines if each[0] == side))


def _rewound(box: Box, event: fact.Rewound, side: str) -> Event | None:
    """That beliefs were being asked for would tell who did not hear it of a quiet message."""
    return replace(event, phase=SIGNAL) if event.phase == BELIEFS else event


def _phase(box: Box, event: fact.PhaseOpened, side: str) -> Event | None:
    """That beliefs are asked for would tell who did not hear it of a quiet message."""
    return event if event.opened != BELIEFS or side in event.waiting else None


def _refused(box: Box, event: fact.PermissionRefused, side: str) -> Event | None:
    return event if event.defied or side in (event.patron, event.partner) else None


def _test(box: Box, event: fact.TestThrown, side: str) -> Event | None:
    return event if not event.witnesses or side in event.witnesses else None


_SPECIAL: dict[type, Callable[[Box, Any, str], Event | None]] = {
    fact.CardDrawn: _card,
    fact.InjectImprovised: _improvised,
    fact.ChoiceMade: _choice,
    fact.DeclarationMade: _declaration,
    fact.OrdersRevealed: _revealed,
    fact.MeasureTaken: _measure,
    fact.DeliveryMoved: _measure,
    fact.DeliveryArrived: _measure,
    fact.PermissionSet: _permission,
    fact.ChallengeRolled: _rolled,
    fact.DeclarationDue: _due,
    fact.ExerciseStarted: _started,
    fact.Branched: _started,
    fact.PhaseOpened: _phase,
    fact.Rewound: _rewound,
    fact.PermissionRefused: _refused,
    fact.TestThrown: _test,
}

_DICE = frozenset({"percent", "die"})


def _of(name: str) -> Callable[[Box, Any, str], bool]:
    """Return who may see what is cut from others: the capital that the event names in this field."""
    return lambda _box, event, side: bool(side == getattr(event, name))


def _answers(box: Box, event: fact.TalksHeld, side: str) -> bool:
    """How near an unplayed capital was to agreeing is its own secret."""
    return side in set(box.dyad[event.dyad].parties) - set(event.offered)


def _defends(box: Box, event: fact.WarTested, side: str) -> bool:
    return bool(side == box.dyad[event.dyad].partner)


def _is_capital(box: Box, _event: Any, side: str) -> bool:
    return side in box.capital


def _nobody(_box: Box, _event: Any, _side: str) -> bool:
    return False


_CUT: dict[type, tuple[tuple[Callable[[Box, Any, str], bool], frozenset[str]], ...]] = {
    fact.ExerciseStarted: ((_is_capital, frozenset({"doctrines"})),),
    fact.PhaseOpened: ((_nobody, frozenset({"waiting"})),),
    fact.ChoiceMade: ((_of("capital"), frozenset({"why"})),),
    fact.OrderSealed: ((_of("capital"), frozenset({"status", "sheet", "digest", "salt", "why"})),),
    fact.OrdersRevealed: ((_nobody, frozenset({"digests"})), (_is_capital, frozenset({"prices"}))),
    fact.ChallengeRolled: ((_nobody, frozenset({"item"})),),
    fact.ChallengeResolved: (
        (
            _of("challenger"),
            frozenset({"terms", "threats", "constant", "margin", "band", "weakest", "protected"}) | _DICE,
        ),
    ),
    fact.TalksHeld: ((_answers, _DICE),),
    fact.BlowStruck: ((_of("owner"), _DICE),),
    fact.WarTested: ((_defends, _DICE),),
    fact.RulingMade: ((_nobody, frozenset({"dissent"})),),
    fact.OrderClosed: ((_of("capital"), frozenset({"sheet", "digest", "salt"})),),
    fact.ArgumentOpened: ((_nobody, frozenset({"item"})),),
    fact.Rewound: ((_nobody, frozenset({"keeps"})),),
    fact.Branched: ((_is_capital, frozenset({"doctrines"})), (_nobody, frozenset({"head", "text", "parent"}))),
}
"""For each kind of event, fields that all but some, and the white cell, may not see."""

_BLANK: dict[str, Any] = {
    "doctrines": (), "waiting": (), "why": (), "status": SEALED, "sheet": Sheet(), "digest": "", "salt": "", "digests": (),
    "prices": (), "item": 0, "terms": (), "threats": (), "constant": 0, "margin": 0, "band": (0, 0), "weakest": "",
    "protected": "", "percent": 0, "die": 0, "dissent": "", "keeps": 0, "head": "", "text": "", "parent": "",
}  # fmt: skip
"""What stands in a field that is cut."""


def cut(box: Box, event: Event, side: str) -> frozenset[str]:
    """Return the fields of an event that ``side`` may not see: they are blank in :func:`witness` and belong in no record."""
    if side == WHITE_CELL:
        return frozenset()
    rows = _CUT.get(type(event), ())
    return frozenset(name for may_see, names in rows if not may_see(box, event, side) for name in names)


def cut_of_sheet(capital: str, side: str) -> frozenset[str]:
    """Return the fields of a capital's revealed sheet that ``side`` may not see."""
    return frozenset() if side in (capital, WHITE_CELL) else frozenset({"reply"})


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
    elif isinstance(event, _WHITE_CELLS):
        seen = None
    elif not isinstance(event, _PUBLIC + _BY_WHAT_IT_MOVES):
        raise KeyError(f"nothing says who sees {type(event).__name__}")
    if seen is None:
        return _unexplained(box, event, side)
    kept = visible(box, getattr(seen, "changes", ()), side)
    if isinstance(seen, _BY_WHAT_IT_MOVES) and not kept:
        return None
    fields: dict[str, Any] = {name: _BLANK[name] for name in cut(box, seen, side)}
    if kept != getattr(seen, "changes", ()):
        fields["changes"] = kept
    if isinstance(seen, fact.MeasureTaken):
        fields["under_way"] = visible(box, seen.under_way, side)
    return replace(seen, **fields) if fields else seen
