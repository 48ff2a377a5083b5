"""Order forms: the fields of a sheet as boxes to tick and lines to fill, from what a capital may order in its own eyes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from wargame.export import words
from wargame.kit.wording import needs
from wargame.rules import forecast
from wargame.rules.box import PARTNER, Box, Dyad
from wargame.rules.conditions import failing, holds
from wargame.rules.ladder import Step
from wargame.rules.legal import actions, dials, is_open, priorities, steps, talks
from wargame.rules.legal import step_downs as ways_down
from wargame.rules.measures import Action
from wargame.rules.state import BELIEFS, ENDED, ORDERS, SETUP, SIGNAL, UPDATE
from wargame.rules.view import View

_BEFORE_THE_REVEAL: Final = (SETUP, UPDATE, SIGNAL, BELIEFS, ORDERS)
_RIGID: Final = "rigid"


class Measure(Struct, frozen=True):
    """A measure on the form, once for all its targets. ``where`` is its theatre where no target tells it, or empty."""

    title: str
    cost: int
    counts: str
    targets: tuple[str, ...] = ()
    where: str = ""
    quiet: bool = False


class Climb(Struct, frozen=True):
    """A climb on the form. ``held`` is the staff estimate that the capital holds back; ``remark`` what its patron says."""

    rung: str
    name: str
    kind: str
    cost: int
    firebreak: str = ""
    held: str = ""
    remark: str = ""
    may_defy: bool = False


class Ground(Struct, frozen=True):
    """One dyad on the form: where it stands, the climbs there, the way down and where talks may land."""

    name: str
    stands: str
    climbs: tuple[Climb, ...] = ()
    down: str = ""
    landings: tuple[str, ...] = ()
    paused: bool = False


class Dial(Struct, frozen=True):
    """A partner's permission on the form: how it stands and the words it may be set to."""

    partner: str
    now: str
    choices: tuple[str, ...]


class Form(Struct, frozen=True):
    """One order form. ``exact``: it lists what is legal now; otherwise the whole menu.

    ``influence`` is what is at hand, -1 if that is not known yet.
    """

    turn: int
    exact: bool
    influence: int
    measures: tuple[Measure, ...]
    closed: tuple[str, ...]
    grounds: tuple[Ground, ...]
    watched: tuple[str, ...]
    dials: tuple[Dial, ...]
    priorities: tuple[str, ...]
    may_defy: bool
    may_press: bool


def turns_left(view: View, wanted: int = 0) -> tuple[int, ...]:
    """Return the turns there are papers to print for, this one first if its orders are not yet open; ``wanted`` at most."""
    if view.phase == ENDED:
        return ()
    first = max(1, view.turn + (0 if view.phase in _BEFORE_THE_REVEAL else 1))
    last = view.setup.turns if not wanted else first + wanted - 1
    return tuple(range(first, max(first, last) + 1)) if wanted or first <= last else ()


def last_turn(view: View, wanted: int = 0) -> int:
    """Return the last turn papers are printed for or, if that is later, that the exercise has."""
    return max((view.setup.turns, *turns_left(view, wanted)))


def forms(box: Box, view: View, known: View, wanted: int = 0) -> tuple[Form, ...]:
    """Return a capital's forms: what is legal now for the turn at hand, the whole menu for those to come.

    ``known`` is the view with what its staff assess, for the estimates.
    """
    turns = turns_left(view, wanted)
    is_now = view.phase in _BEFORE_THE_REVEAL
    return tuple(
        _now(box, view, known, turn) if is_now and place == 0 else _any(box, view, turn)
        for place, turn in enumerate(turns)
    )


def _now(box: Box, view: View, known: View, turn: int) -> Form:
    allowed = actions(box, view)
    closed = [a for a in box.actions_of[view.side] if a not in allowed and _is_open_at(box, view, a.theatre)]
    return Form(
        turn,
        exact=True,
        influence=_purse(box, view),
        measures=_measures(box, allowed),
        closed=tuple(_closed(box, view, action) for action in closed),
        grounds=tuple(_ground(box, view, known, dyad) for dyad in _own(box, view)),
        watched=_watched(box, view),
        dials=_dials(box, view),
        priorities=tuple(words.theatre(box, each) for each in priorities(box, view)),
        may_defy=_may_defy(box, view),
        may_press=view.setup.mode != _RIGID,
    )


def _any(box: Box, view: View, turn: int) -> Form:
    """Return a form for a turn to come: nobody knows yet what will be legal, so it lists everything."""
    open_ = [action for action in box.actions_of[view.side] if _is_open_at(box, view, action.theatre)]
    partners = [dyad.partner for dyad in box.local_dyads(view.side) if is_open(box, view.values, dyad.theatre)]
    theatres = tuple(dict.fromkeys(dyad.theatre for dyad in box.local_dyads(view.side)))
    return Form(
        turn,
        exact=False,
        influence=-1,
        measures=_measures(box, open_),
        closed=(),
        grounds=tuple(Ground(words.dyad(box, dyad.id), "") for dyad in _own(box, view)),
        watched=_watched(box, view),
        dials=tuple(Dial(words.capital(box, partner), "", _words(box, view.side, partner)) for partner in partners),
        priorities=tuple(words.theatre(box, each) for each in theatres) if len(theatres) > 1 else (),
        may_defy=_may_defy(box, view),
        may_press=view.setup.mode != _RIGID,
    )


def _is_open_at(box: Box, view: View, theatre: str) -> bool:
    return not theatre or is_open(box, view.values, theatre)


def _own(box: Box, view: View) -> list[Dyad]:
    return [d for d in box.dyads if view.side in d.parties and is_open(box, view.values, d.theatre)]


def _watched(box: Box, view: View) -> tuple[str, ...]:
    """Return the dyads a reply may wait for."""
    return tuple(words.dyad(box, d.id) for d in box.dyads if is_open(box, view.values, d.theatre))


def _may_defy(box: Box, view: View) -> bool:
    return box.capital[view.side].role == PARTNER


def _purse(box: Box, view: View) -> int:
    """Return the influence at hand; before the first turn, what its update will bring."""
    left = view.raw(box, f"{view.side}.influence")
    if view.phase != SETUP:
        return left
    return box.track[f"{view.side}.influence"].clamp(min(left, box.rulebook.save) + box.capital[view.side].income)


def _measures(box: Box, found: Iterable[Action]) -> tuple[Measure, ...]:
    """Return measures as lines of a form, one line for all targets of the same price."""
    lines: dict[tuple[str, int, str], list[Action]] = {}
    for action in found:
        counts = f"after {words.many(action.delivery.turns, 'turn')}" if action.delivery else "at once"
        lines.setdefault((action.measure, action.cost, counts), []).append(action)
    return tuple(
        Measure(
            box.measure[id_].title,
            cost,
            counts,
            tuple(words.capital(box, action.target) for action in same if action.target),
            words.theatre(box, same[0].theatre) if same[0].theatre and not same[0].target else "",
            any(action.witnesses for action in same),
        )
        for (id_, cost, counts), same in lines.items()
    )


def _closed(box: Box, view: View, action: Action) -> str:
    """Return a measure that is not open, with what it lacks in the eyes of its capital."""
    missing = next((clause for clause in action.when if not holds((clause,), view.values)), None)
    title = box.measure[action.measure].title
    name = f"{title} for {words.capital(box, action.target)}" if action.target else title
    return f"{name} ({needs(box, (missing,))})" if missing else name


def _ground(box: Box, view: View, known: View, dyad: Dyad) -> Ground:
    stack = view.stacks[box.dyad_place[dyad.id]]
    here = box.ladder.rungs[stack[-1].rung]
    landings = [box.landing[landing].name for where, landing in talks(box, view) if where == dyad.id]
    return Ground(
        words.dyad(box, dyad.id),
        f"{here.id} {here.name}",
        tuple(_climb(box, view, known, step) for step in steps(box, view) if step.dyad == dyad.id),
        _down(box, view, dyad),
        tuple(landings),
        any(paused == dyad.id and until >= view.turn for paused, until in view.paused),
    )


def _down(box: Box, view: View, dyad: Dyad) -> str:
    if dyad.id not in ways_down(box, view):
        return ""
    stack, rungs = view.stacks[box.dyad_place[dyad.id]], box.ladder.rungs
    below, face = rungs[stack[-2].rung], box.ladder.zones[rungs[stack[-1].rung].zone].down_face
    return f"{below.id} {below.name}, for {face or 'no'} face"


def _climb(box: Box, view: View, known: View, step: Step) -> Climb:
    rung = box.ladder.rungs[step.target]
    own = view.stacks[box.dyad_place[step.dyad]][-1].rung
    crossed = box.ladder.firebreak(own, step.target)
    found = forecast.staff(box, known, forecast.of_step(box, step))
    missing = failing(step.permit, view.values)
    return Climb(
        rung.id,
        rung.name,
        "step" if step.type == "up" else step.type,
        step.cost,
        box.ladder.zones[crossed].firebreak if crossed >= 0 else "",
        f"{found.percent} ({found.low} to {found.high})",
        "your patron does not permit it" if missing else "",
        bool(step.permit),
    )


def _dials(box: Box, view: View) -> tuple[Dial, ...]:
    found: dict[str, list[str]] = {}
    for partner, word in dials(box, view):
        found.setdefault(partner, []).append(word.replace("-", " "))
    return tuple(
        Dial(
            words.capital(box, partner),
            str(view.shown(box, f"{view.side}>{partner}.permission.true")).replace("-", " "),
            tuple(choices),
        )
        for partner, choices in found.items()
    )


def _words(box: Box, patron: str, partner: str) -> tuple[str, ...]:
    return tuple(word.replace("-", " ") for word in box.track[f"{patron}>{partner}.permission.true"].words)
