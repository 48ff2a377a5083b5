"""Legality: what one side may order now, asked of its view alone, so that a refusal tells nobody anything new.

Screens, bots, the fuzzer and :mod:`wargame.rules.decide` all read the same lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TypeVar

from msgspec import Struct

from wargame.rules.box import PATRON, Box, Dyad, Hold
from wargame.rules.conditions import failing, holds
from wargame.rules.ladder import Step
from wargame.rules.measures import Action
from wargame.rules.orders import Climb, Declaration, Dial, Reply, Sheet, StepDown, Take
from wargame.rules.tracks import Values, read
from wargame.rules.view import View


class Legal(Struct, frozen=True, gc=False):
    """Everything a sheet may hold now. Passing is always allowed.

    ``talks`` are (dyad, landing), ``dials`` (partner, word), ``priorities`` theatres.
    """

    actions: tuple[Action, ...]
    steps: tuple[Step, ...]
    step_downs: tuple[str, ...]
    talks: tuple[tuple[str, str], ...]
    dials: tuple[tuple[str, str], ...]
    priorities: tuple[str, ...]


Answer = TypeVar("Answer")


def _once(ask: Callable[[Box, View], Answer]) -> Callable[[Box, View], Answer]:
    """Let a view remember what it was asked: it is a value of one box, and the answer cannot change."""
    name = ask.__name__

    @wraps(ask)
    def asked(box: Box, view: View) -> Answer:
        known: dict[str, Answer] = view.__dict__
        if name not in known:
            known[name] = ask(box, view)
        return known[name]

    return asked


def is_open(box: Box, values: Values, theatre: str) -> bool:
    """Whether a theatre has not ended."""
    block, place = box.outcome_at[theatre]
    return values[block][place] == 0


def starts_here(box: Box, values: Values, step: Step) -> bool:
    """Whether a step's edge starts where its dyad, its theatre or the other theatre stands (rule 3.4)."""
    own = read(values, box.rung_at[step.dyad])
    if step.start == "other-theatre":
        here = box.dyad[step.dyad].theatre
        return own < step.target and any(
            read(values, box.rung_at[t.id]) >= step.source for t in box.theatres if t.id != here
        )
    if own == step.source:
        return True
    if step.start != "theatre" or step.target <= own:
        return False
    return read(values, box.rung_at[box.dyad[step.dyad].theatre]) == step.source


def _is_paused(view: View, dyad: str) -> bool:
    return any(paused == dyad and until >= view.turn for paused, until in view.paused)


def _candidates(box: Box, view: View, dyad: Dyad) -> Iterator[Step]:
    """Yield the steps whose edges start where this dyad, its theatre or another theatre stands."""
    own = read(view.values, box.rung_at[dyad.id])
    here = read(view.values, box.rung_at[dyad.theatre])
    by_start = box.steps_from
    yield from by_start.get((view.side, dyad.id, "dyad"), {}).get(own, ())
    theatre = by_start.get((view.side, dyad.id, "theatre"), {})
    yield from theatre.get(own, ())
    if here != own:
        yield from (step for step in theatre.get(here, ()) if step.target > own)
    for steps_there in by_start.get((view.side, dyad.id, "other-theatre"), {}).values():
        yield from (step for step in steps_there if starts_here(box, view.values, step))


@_once
def steps(box: Box, view: View) -> tuple[Step, ...]:
    """Return the climbs this capital may order, one for each dyad and rung, by dyad, lowest first."""
    found: dict[tuple[str, int], Step] = {}
    for dyad in box.dyads:
        if view.side not in dyad.parties or _is_paused(view, dyad.id) or not is_open(box, view.values, dyad.theatre):
            continue
        for step in _candidates(box, view, dyad):
            key = (step.dyad, step.target)
            if key not in found and holds(step.when, view.values):
                found[key] = step
    return tuple(step for _, step in sorted(found.items()))


@_once
def actions(box: Box, view: View) -> tuple[Action, ...]:
    """Return the measures this capital may order, in content order, whatever they cost."""
    return tuple(
        action
        for action in box.actions_of[view.side]
        if holds(action.when, view.values) and (not action.theatre or is_open(box, view.values, action.theatre))
    )


@_once
def step_downs(box: Box, view: View) -> tuple[str, ...]:
    """Return the dyads whose top rung this capital holds and may give up: it needs face for that (rule 9.1)."""
    found = []
    for dyad, stack in zip(box.dyads, view.stacks, strict=True):
        if view.side not in dyad.parties or len(stack) < 2 or not is_open(box, view.values, dyad.theatre):
            continue
        if stack[-1].holder in ("", view.side) and view.raw(box, f"{view.side}.face") > 0:
            found.append(dyad.id)
    return tuple(found)


@_once
def talks(box: Box, view: View) -> tuple[tuple[str, str], ...]:
    """Return the landings this capital may seek: (dyad, landing). No pause follows a pause."""
    found = []
    for dyad in box.dyads:
        if view.side not in dyad.parties or not is_open(box, view.values, dyad.theatre):
            continue
        rung = view.raw(box, f"{dyad.id}.rung")
        for landing in box.ladder.landings:
            if rung not in landing.source or (landing.pauses and _is_paused(view, dyad.id)):
                continue
            if holds(box.landings[f"{landing.id}|{dyad.id}"][1], view.values):
                found.append((dyad.id, landing.id))
    return tuple(found)


@_once
def dials(box: Box, view: View) -> tuple[tuple[str, str], ...]:
    """Return the permissions this patron may set: one word up or down from where each partner's stands."""
    found = []
    for dyad in box.local_dyads(view.side):
        track = box.track[f"{view.side}>{dyad.partner}.permission.true"]
        now = view.values[track.block][track.place]
        found += [(dyad.partner, word) for place, word in enumerate(track.words) if abs(place - now) == 1]
    return tuple(found)


@_once
def priorities(box: Box, view: View) -> tuple[str, ...]:
    """Return the open theatres a patron of several must choose its priority from; empty for others."""
    if view.side not in box.capital or box.capital[view.side].role != PATRON:
        return ()
    found = tuple(dict.fromkeys(dyad.theatre for dyad in box.local_dyads(view.side)))
    return tuple(t for t in found if is_open(box, view.values, t)) if len(found) > 1 else ()


@_once
def legal(box: Box, view: View) -> Legal:
    """Return everything this capital's sheet may hold now."""
    return Legal(
        actions(box, view),
        steps(box, view),
        step_downs(box, view),
        talks(box, view),
        dials(box, view),
        priorities(box, view),
    )


def measure_price(box: Box, view: View, action: Action, priority: str) -> int:
    """Return a measure's influence, with the surcharge outside the patron's priority theatre (rule 4.4)."""
    away = bool(action.theatre) and action.theatre != priority and len(priorities(box, view)) > 1
    return action.cost + (box.rulebook.elsewhere_cost if away else 0)


def price(box: Box, view: View, sheet: Sheet) -> int:
    """Return the influence a sheet costs, counting what is not legal as free."""
    total = 0
    for move in sheet.moves:
        if isinstance(move, Take):
            action = box.action.get((view.side, move.measure, move.target))
            total += measure_price(box, view, action, sheet.priority) if action else 0
        elif isinstance(move, Climb):
            total += next((s.cost for s in steps(box, view) if is_step(box, s, move)), 0)
    if sheet.reply is not None:
        total += box.rulebook.reply_cost
        if isinstance(sheet.reply.then, Take):
            reply = box.action.get((view.side, sheet.reply.then.measure, sheet.reply.then.target))
            total += measure_price(box, view, reply, sheet.priority) if reply else 0
    return total + (box.rulebook.argue_cost if sheet.argued else 0)


def is_step(box: Box, step: Step, climb: Climb) -> bool:
    """Whether a climb order names this step."""
    return step.dyad == climb.dyad and box.ladder.rungs[step.target].id == climb.to


def _move_faults(box: Box, view: View, sheet: Sheet) -> list[str]:
    found = []
    if len(set(sheet.moves)) < len(sheet.moves):
        found.append("the same order stands twice on the sheet")
    allowed = box.capital[view.side].orders
    ordered = len(sheet.moves) + bool(sheet.argued)
    if ordered > allowed:
        found.append(f"a sheet of this capital holds {allowed} measures or moves, not {ordered}")
    if sheet.argued and not view.setup.white_cell:
        found.append("an order outside the list needs a white cell to argue it")
    for move in sheet.moves:
        reason = why_not(box, view, move)
        if reason:
            found.append(reason)
    taken = [box.action.get((view.side, m.measure, m.target)) for m in sheet.moves if isinstance(m, Take)]
    names = {(a.measure, a.target) for a in taken if a}
    for action in taken:
        for other in action.excludes if action else ():
            if action and (other, action.target) in names:
                found.append(f"{action.measure} and {other} cannot be ordered together for the same capital")
    return found


def why_no_measure(box: Box, capital: str, values: Values, take: Take) -> str:
    """Return why a measure may not be ordered with things as they are, or an empty string."""
    action = box.action.get((capital, take.measure, take.target))
    if action is None:
        return f"{capital} has no measure {take.measure!r}" + (f" for {take.target!r}" if take.target else "")
    if action.theatre and not is_open(box, values, action.theatre):
        return f"{take.measure}: the theatre {action.theatre} has ended"
    missing = failing(action.when, values)
    return f"{take.measure}: needs {missing}" if missing else ""


def why_not(box: Box, view: View, move: Take | Climb | StepDown) -> str:
    """Return why a move may not be ordered now, or an empty string."""
    if isinstance(move, Take):
        return why_no_measure(box, view.side, view.values, move)
    if isinstance(move, StepDown):
        return (
            ""
            if move.dyad in step_downs(box, view)
            else f"step down in {move.dyad}: not the holder of its top rung, or no face left"
        )
    if any(is_step(box, step, move) for step in steps(box, view)):
        return ""
    return f"climb to {move.to} in {move.dyad}: " + _why_no_step(box, view, move)


def _why_no_step(box: Box, view: View, climb: Climb) -> str:
    if climb.dyad not in box.dyad or climb.to not in box.rung_number:
        return "no such dyad or rung"
    if not is_open(box, view.values, box.dyad[climb.dyad].theatre):
        return "the theatre has ended"
    if _is_paused(view, climb.dyad):
        return "talks have stopped the clock there"
    for step in box.steps_of[view.side]:
        if is_step(box, step, climb) and starts_here(box, view.values, step):
            return f"needs {failing(step.when, view.values)}"
    return "no edge of the ladder leads there from here for this capital"


def faults(box: Box, view: View, sheet: Sheet) -> tuple[str, ...]:
    """Return every reason why this capital may not seal this sheet now; empty when it may."""
    found = _move_faults(box, view, sheet)
    no_reply = why_no_reply(box, view, sheet.reply) if sheet.reply is not None else ""
    if no_reply:
        found.append(no_reply)
    allowed = talks(box, view)
    for terms in sheet.talks:
        if (terms.dyad, terms.landing) not in allowed:
            found.append(f"talks on {terms.landing} in {terms.dyad} cannot be held from here")
        if not 0 <= terms.concessions <= box.rulebook.talks_most_concessions:
            found.append(f"concessions go from 0 to {box.rulebook.talks_most_concessions}, not {terms.concessions}")
    if len({terms.dyad for terms in sheet.talks}) < len(sheet.talks):
        found.append("one set of terms for each dyad")
    can_set = dials(box, view)
    for dial in sheet.dials:
        if (dial.partner, dial.permission) not in can_set:
            found.append(f"the permission of {dial.partner} cannot go to {dial.permission} this turn: one word a turn")
    if len({dial.partner for dial in sheet.dials}) < len(sheet.dials):
        found.append("one permission for each partner")
    if sheet.priority and sheet.priority not in priorities(box, view):
        found.append(f"{sheet.priority} cannot be this capital's priority")
    cost, purse = price(box, view, sheet), view.raw(box, f"{view.side}.influence")
    if cost > purse:
        found.append(f"the sheet costs {cost} influence and {purse} is there")
    return tuple(found)


def why_no_reply(box: Box, view: View, reply: Reply) -> str:
    """Return why a reply may not be sealed now, or an empty string. Its deed need only become legal when it is done."""
    if reply.dyad not in box.dyad or reply.rung not in box.rung_number:
        return "the reply names no dyad and rung of this exercise"
    if not is_open(box, view.values, box.dyad[reply.dyad].theatre):
        return f"reply: the theatre {box.dyad[reply.dyad].theatre} has ended"
    if read(view.values, box.rung_at[reply.dyad]) >= box.rung_number[reply.rung]:
        return f"reply: {reply.dyad} stands at {reply.rung} or above already"
    if isinstance(reply.then, Take):
        known = (view.side, reply.then.measure, reply.then.target) in box.action
        return "" if known else f"reply: {view.side} has no measure {reply.then.measure!r}"
    if not any(is_step(box, step, reply.then) for step in box.steps_of[view.side]):
        return f"reply: {view.side} has no edge to {reply.then.to} in {reply.then.dyad}"
    if not is_open(box, view.values, box.dyad[reply.then.dyad].theatre):
        return f"reply: the theatre {box.dyad[reply.then.dyad].theatre} has ended"
    return ""


def is_answering(box: Box, stacks: tuple[tuple[Hold, ...], ...], target: str, theatre: str) -> bool:
    """Whether ``target`` carried open war into a theatre first, so that who climbs against it answers an attack (rule 6.7).

    A theatre's local dyad tells; only where that has no war does the dyad of the great powers.
    """
    rungs = box.ladder.rungs
    here = [pair for pair in zip(box.dyads, stacks, strict=True) if pair[0].theatre == theatre]
    for _, stack in sorted(here, key=lambda pair: not pair[0].is_local):
        first = next((hold.holder for hold in stack if rungs[hold.rung].zone >= box.open_war), None)
        if first is not None:
            return first == target
    return False


def warned(box: Box, capital: str, dyad: str) -> str:
    """Return whom a declaration about a dyad warns: the other party, or the challenger when declared by its patron."""
    found = box.dyad[dyad]
    return found.other(capital) if capital in found.parties else found.challenger


def voiced(box: Box, capital: str, declaration: Declaration) -> tuple[str, int]:
    """Return the sheet and the slot of threat a declaration speaks for; ``("", -1)`` if it voices no threat."""
    against = warned(box, capital, declaration.dyad)
    pair = box.pair.get(f"{against}>{box.dyad[declaration.dyad].other(against)}")
    if pair is None:
        return "", -1
    own = [threat.slot for threat in pair.threats if threat.owner == capital]
    deed = declaration.deed
    if isinstance(deed, Climb):
        slot = box.ladder.rungs[box.rung_number[deed.to]].carries_out
    elif isinstance(deed, Take):
        slot = box.measure[deed.measure].carries_out
    else:
        partner = [t.slot for t in pair.threats if t.owner == deed.partner]
        return (pair.id, partner[0]) if partner else ("", -1)
    place = box.slots.index(slot) if slot in box.slots else -1
    if place in own:
        return pair.id, place
    return (pair.id, own[0]) if own else ("", -1)


def declaration_faults(box: Box, view: View, declaration: Declaration) -> tuple[str, ...]:
    """Return every reason why this capital may not make this declaration."""
    if declaration.dyad not in box.dyad or declaration.rung not in box.rung_number:
        return ("the trigger names no dyad and rung of this exercise",)
    found = []
    deed = declaration.deed
    if isinstance(deed, Climb) and not any(is_step(box, s, deed) for s in box.steps_of[view.side]):
        found.append(f"{view.side} has no edge to {deed.to} in {deed.dyad}")
    if isinstance(deed, Take) and (view.side, deed.measure, deed.target) not in box.action:
        found.append(f"{view.side} has no measure {deed.measure!r} for {deed.target!r}")
    if isinstance(deed, Dial) and f"{view.side}>{deed.partner}.permission.true" not in box.track:
        found.append(f"{view.side} sets no permission for {deed.partner}")
    if found:
        return tuple(found)
    if view.raw(box, f"{declaration.dyad}.rung") >= box.rung_number[declaration.rung]:
        found.append(f"{declaration.dyad} stands at {declaration.rung} or above already")
    if (declaration.kind == "quiet") != bool(declaration.to):
        found.append("a quiet message names the capital it goes to, a public declaration does not")
    if declaration.to and (declaration.to not in box.capital or declaration.to == view.side):
        found.append(f"no other capital {declaration.to!r}")
    if not voiced(box, view.side, declaration)[0]:
        found.append("nobody is threatened by that deed there")
    if declaration.kind == "sink-costs" and view.raw(box, f"{view.side}.influence") < box.rulebook.signal_cost:
        found.append("sinking costs needs influence")
    return tuple(found)
