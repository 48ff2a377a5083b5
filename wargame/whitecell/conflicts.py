"""Sealed orders side by side: what is on every sheet, what clashes, and what the rules would make of it.

What would come of them is advice (:mod:`wargame.whitecell.expectation`); nothing here is recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wargame.export import words
from wargame.rules.agenda import sequence
from wargame.rules.box import Box
from wargame.rules.conditions import holds
from wargame.rules.events import OrderLapsed
from wargame.rules.forecast import put
from wargame.rules.ladder import Step
from wargame.rules.legal import faults, is_step, price
from wargame.rules.orders import Climb, Dial, Reply, Sheet, StepDown, Take, Terms
from wargame.rules.sight import look
from wargame.rules.state import State
from wargame.rules.tracks import Change
from wargame.whitecell.expectation import Expected, expectation

ILLEGAL, PERMISSION, TALKS, DYAD, BUDGET, LAPSE, ARGUED = (
    "illegal", "permission", "talks", "dyad", "budget", "lapse", "argued",
)  # fmt: skip
KINDS: Final = (ILLEGAL, PERMISSION, TALKS, DYAD, BUDGET, LAPSE, ARGUED)
"""Kinds of flags: not legal as things stand; the patron's word is missing or comes with this turn's orders; talks that do not
meet; two capitals in one dyad; more than there is to spend; would lapse; outside the list, to be argued."""

Order = Take | Climb | StepDown | Dial | Terms | Reply


class Flag(Struct, frozen=True):
    """Something the white cell should look at. ``kind`` is one of :data:`KINDS`."""

    kind: str
    text: str


class Line(Struct, frozen=True):
    """One order in words, with its flags."""

    text: str
    flags: tuple[Flag, ...] = ()


class Laid(Struct, frozen=True):
    """One capital's sheet as it lies. ``flags`` are of the sheet as a whole; ``note`` is its public line.

    ``status`` is that of the paper: nothing, draft, sealed or pass. ``cost`` and ``purse`` are influence.
    """

    capital: str
    status: str
    lines: tuple[Line, ...]
    flags: tuple[Flag, ...]
    note: str
    cost: int
    purse: int


class Permission(Struct, frozen=True):
    """What a partner may do now, and what this turn's sheets make of it. Words are the scale's own; ``ordered`` may be empty."""

    patron: str
    partner: str
    now: str
    believed: str
    ordered: str = ""
    effect: str = ""


class SideBySide(Struct, frozen=True):
    """All sheets with what comes of them. ``lapses`` are (capital, order and reason in words)."""

    sheets: tuple[Laid, ...]
    checks: tuple[Expected, ...]
    lapses: tuple[tuple[str, str], ...]
    permissions: tuple[Permission, ...]


def side_by_side(box: Box, state: State) -> SideBySide:
    """Return the sheets as they lie in the phase of orders. After the reveal give it ``before_reveal``."""
    sheets = tuple((c.id, p.sheet) for c, p in zip(box.capitals, state.papers, strict=True))
    checks, lapsed = expectation(box, state)
    laid = tuple(_laid(box, state, capital, dict(sheets), lapsed) for capital, _ in sheets)
    named = tuple((each.capital, words.fault(box, f"{each.order}: {each.reason}")) for each in lapsed)
    return SideBySide(laid, checks, named, permissions(box, state))


def permissions(box: Box, state: State) -> tuple[Permission, ...]:
    """Return what every partner may do, and when what the sheets say of that takes effect."""
    sheets = {c.id: p.sheet for c, p in zip(box.capitals, state.papers, strict=True)}
    found = []
    for dyad in box.dyads:
        if not dyad.is_local or f"{dyad.patron}>{dyad.partner}.permission.true" not in box.track:
            continue
        dials = sheets[dyad.patron].dials if dyad.patron in sheets else ()
        dial = next((each for each in dials if each.partner == dyad.partner), None)
        now, believed = (_word(box, state, dyad.patron, dyad.partner, half) for half in ("true", "seen"))
        ordered, effect = (dial.permission, _effect(dial)) if dial else ("", "")
        found.append(Permission(dyad.patron, dyad.partner, now, believed, ordered, effect))
    return tuple(found)


def _effect(dial: Dial) -> str:
    heard = "everybody hears it then" if dial.announced else "only patron and partner know"
    return f"takes effect at the reveal, before measures and climbs; {heard}"


def _word(box: Box, state: State, patron: str, partner: str, half: str) -> str:
    track = box.track[f"{patron}>{partner}.permission.{half}"]
    return str(track.shown(state.values[track.block][track.place]))


def _laid(
    box: Box, state: State, capital: str, sheets: dict[str, Sheet], lapsed: tuple[OrderLapsed, ...]
) -> Laid:  # fmt: skip
    view, sheet = look(box, state, capital), sheets[capital]
    lines = []
    for order in _orders(sheet):
        flags = [*_legality(box, state, capital, sheet, order), *_clashes(box, state, capital, sheets, order)]
        reasons = [words.fault(box, each.reason) for each in lapsed if _is_of(capital, order, each)]
        flags += [Flag(LAPSE, f"would lapse: {reason}") for reason in reasons]
        lines.append(Line(words.order(box, capital, order), tuple(flags)))
    if sheet.priority:
        lines.append(Line(f"put {words.theatre(box, sheet.priority)} first"))
    if sheet.break_faith:
        lines.append(Line("climb even over an agreement"))
    if sheet.argued:
        lines.append(Line(sheet.argued, (Flag(ARGUED, "outside the list: it is argued after the reveal"),)))
    cost, purse = price(box, view, sheet), view.raw(box, f"{capital}.influence")
    status = state.papers[box.seat[capital]].status
    return Laid(capital, status, tuple(lines), _whole(box, state, capital, sheet), sheet.note, cost, purse)


def _orders(sheet: Sheet) -> Iterator[Order]:
    yield from (*sheet.moves, *sheet.dials, *sheet.talks)
    if sheet.reply is not None:
        yield sheet.reply


def _alone(sheet: Sheet, order: Order) -> Sheet:
    """Return a sheet that holds one order of a sheet and nothing else."""
    empty = Sheet(priority=sheet.priority)
    if isinstance(order, Reply):
        return replace(empty, reply=order)
    if isinstance(order, Terms):
        return replace(empty, talks=(order,))
    return replace(empty, dials=(order,)) if isinstance(order, Dial) else replace(empty, moves=(order,))


def _faults(box: Box, state: State, capital: str, sheet: Sheet) -> tuple[list[str], str]:
    """Return what is wrong with a sheet, apart from its price, and what is wrong with that, which the rules say last."""
    view = look(box, state, capital)
    found = list(faults(box, view, sheet))
    is_too_much = price(box, view, sheet) > view.raw(box, f"{capital}.influence")
    return found, found.pop() if is_too_much else ""


def _legality(box: Box, state: State, capital: str, sheet: Sheet, order: Order) -> Iterator[Flag]:
    for fault in _faults(box, state, capital, _alone(sheet, order))[0]:
        what, _, why = words.fault(box, fault).partition(": ")
        yield Flag(ILLEGAL, f"not legal now: {why or what}")


def _whole(box: Box, state: State, capital: str, sheet: Sheet) -> tuple[Flag, ...]:
    """Return what is wrong with a sheet as a whole."""
    single = {fault for order in _orders(sheet) for fault in _faults(box, state, capital, _alone(sheet, order))[0]}
    found, too_much = _faults(box, state, capital, sheet)
    flags = [Flag(ILLEGAL, words.fault(box, fault)) for fault in found if fault not in single]
    return (*flags, Flag(BUDGET, too_much)) if too_much else tuple(flags)


def _clashes(box: Box, state: State, capital: str, sheets: dict[str, Sheet], order: Order) -> Iterator[Flag]:
    """Yield where an order meets those of others."""
    climb = order.then if isinstance(order, Reply) else order
    if isinstance(order, Terms):
        yield from _talks(box, state, capital, sheets, order)
    elif isinstance(climb, Climb) and climb.dyad in box.dyad:
        yield from _permission(box, state, capital, sheets, climb)
        yield from _in_one_dyad(box, capital, sheets, climb)


def _talks(box: Box, state: State, capital: str, sheets: dict[str, Sheet], terms: Terms) -> Iterator[Flag]:
    if terms.dyad not in box.dyad:
        return
    other = box.dyad[terms.dyad].other(capital)
    name = words.capital(box, other)
    theirs = next((each for each in sheets[other].talks if each.dyad == terms.dyad), None)
    if theirs is None:
        how = "it may not agree" if other in state.setup.played else "the dice say whether it agrees"
        yield Flag(TALKS, f"{name} offers no talks here: {how}")
    elif theirs.landing != terms.landing:
        landing = box.landing.get(theirs.landing)
        yield Flag(TALKS, f'contradicts {name}, which seeks "{landing.name if landing else theirs.landing}"')
    else:
        yield Flag(TALKS, f"{name} seeks the same: it is agreed, before any climb")
    if any(isinstance(move, Climb) and move.dyad == terms.dyad for move in sheets[capital].moves):
        yield Flag(TALKS, "the same sheet climbs here")


def _permission(box: Box, state: State, capital: str, sheets: dict[str, Sheet], climb: Climb) -> Iterator[Flag]:
    step = _step(box, state, capital, climb)
    if step is None or holds(step.permit, state.values):
        return
    patron = box.dyad[climb.dyad].patron
    name = words.capital(box, patron)
    dial = next((each for each in sheets[patron].dials if each.partner == capital), None) if patron in sheets else None
    if dial is not None and holds(step.permit, put(box, state.values, _set(box, state, patron, dial))):
        yield Flag(PERMISSION, f"permitted only by what {name} orders this turn, which comes before climbs")
        return
    now = words.permission(_word(box, state, patron, capital, "true"))
    comes = "it goes on regardless" if climb.defy else "it would be refused"
    yield Flag(PERMISSION, f"{name} permits {now} and this needs more: {comes}")


def _step(box: Box, state: State, capital: str, climb: Climb) -> Step | None:
    """Return the step a climb names, that from where the dyad stands if there is one."""
    stands = state.stacks[box.dyad_place[climb.dyad]][-1].rung
    found = [step for step in box.steps_of[capital] if is_step(box, step, climb)]
    return min(found, key=lambda step: step.source != stands, default=None)


def _set(box: Box, state: State, patron: str, dial: Dial) -> tuple[Change, ...]:
    track = box.track[f"{patron}>{dial.partner}.permission.true"]
    if dial.permission not in track.words:
        return ()
    return (Change(track.address, state.values[track.block][track.place], track.words.index(dial.permission)),)


def _in_one_dyad(box: Box, capital: str, sheets: dict[str, Sheet], climb: Climb) -> Iterator[Flag]:
    """Yield whom a climb meets in its dyad, and who comes first in the printed sequence."""
    dyad = box.dyad[climb.dyad]
    other = dyad.other(capital)
    name = words.capital(box, other)
    theirs = [move for move in sheets[other].moves if isinstance(move, (Climb, StepDown)) and move.dyad == dyad.id]
    if any(isinstance(move, StepDown) for move in theirs):
        yield Flag(DYAD, f"{name} steps down here first")
    if any(isinstance(move, Climb) for move in theirs):
        turn = [i.capital for i in sequence(box, _known(box, sheets)) if getattr(i.what, "dyad", "") == dyad.id
                and isinstance(i.what, Climb)]  # fmt: skip
        first = words.capital(box, turn[0]) if turn else name
        yield Flag(DYAD, f"{name} climbs here too, and {first} comes first")


def _known(box: Box, sheets: dict[str, Sheet]) -> tuple[tuple[str, Sheet], ...]:
    """Return sheets without climbs to rungs that do not exist: a draft may hold anything."""
    return tuple(
        (who, replace(sheet, reply=None, moves=tuple(m for m in sheet.moves if _is_on(box, m))))
        for who, sheet in sheets.items()
    )


def _is_on(box: Box, move: Take | Climb | StepDown) -> bool:
    return not isinstance(move, Climb) or move.to in box.rung_number


def _is_of(capital: str, order: Order, lapsed: OrderLapsed) -> bool:
    """Whether a lapsed order is this one; the rules name it by what it was."""
    if capital != lapsed.capital:
        return False
    if isinstance(order, Reply):
        return lapsed.order in ("reply", _name(order.then))
    return lapsed.order == _name(order)


def _name(order: Take | Climb | StepDown | Dial | Terms) -> str:
    if isinstance(order, Take):
        return order.measure
    if isinstance(order, Climb):
        return f"climb to {order.to} in {order.dyad}"
    if isinstance(order, StepDown):
        return f"step down in {order.dyad}"
    return f"permission of {order.partner}" if isinstance(order, Dial) else f"talks on {order.landing}"
