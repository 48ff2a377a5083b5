"""Talks, landings and steps down: the ways off the ladder, settled before anything else of a turn (rules 5.1 and 9)."""

from __future__ import annotations

from wargame.rules.box import Dyad
from wargame.rules.events import OrderLapsed, RungChanged, TalksHeld, TheatreClosed
from wargame.rules.legal import step_downs
from wargame.rules.legal import talks as possible
from wargame.rules.orders import Sheet, StepDown, Terms
from wargame.rules.sight import look
from wargame.rules.table import Table


def step_down(table: Table, capital: str, order: StepDown, sheets: dict[str, Sheet]) -> None:
    """Give up the top rung of a dyad, at the price of its zone, half if the other side steps down too."""
    box = table.box
    if order.dyad not in step_downs(box, look(box, table.state, capital)):
        table.emit(OrderLapsed(capital, f"step down in {order.dyad}", "no longer the holder of its top rung"))
        return
    dyad = box.dyad[order.dyad]
    stack = table.state.stacks[box.dyad_place[dyad.id]]
    theirs = sheets[dyad.other(capital)].moves if dyad.other(capital) in sheets else ()
    face = box.ladder.zones[box.ladder.rungs[stack[-1].rung].zone].down_face
    if any(isinstance(m, StepDown) and box.dyad[m.dyad].theatre == dyad.theatre for m in theirs):
        face = (face + 1) // 2
    rungs = box.ladder.rungs
    changes = table.shift((f"{capital}.face", -face))
    table.emit(
        RungChanged(dyad.id, rungs[stack[-1].rung].id, rungs[stack[-2].rung].id, capital, "step-down", "", changes)
    )
    table.moment("stepped-down", capital, dyad.id, target=dyad.other(capital))


def hold(table: Table, capital: str, terms: Terms, sheets: dict[str, Sheet]) -> None:
    """Hold the talks one capital offered. Both offering is agreement; an unplayed capital may agree by the dice."""
    box = table.box
    dyad = box.dyad[terms.dyad]
    other = dyad.other(capital)
    theirs = next((t for t in sheets[other].talks if t.dyad == dyad.id), None)
    if _settled_already(table, dyad):
        return
    if (dyad.id, terms.landing) not in possible(box, look(box, table.state, capital)):
        table.emit(OrderLapsed(capital, f"talks on {terms.landing}", "cannot be held from here any more"))
        return
    if theirs is not None and theirs.landing == terms.landing:
        concessions = ((capital, terms.concessions), (other, theirs.concessions))
        _conclude(table, dyad, terms.landing, (capital, other), concessions, 100, 0)
    elif other in table.state.setup.played:
        offered = ((capital, terms.concessions),)
        table.emit(TalksHeld(dyad.id, terms.landing, (capital,), offered, 0, 0, False))
    else:
        percent = acceptance(table, dyad, other, terms)
        die = table.dice.percent("talks", table.state.turn, dyad.id, capital)
        offered = ((capital, terms.concessions),)
        if die <= percent:
            _conclude(table, dyad, terms.landing, (capital,), offered, percent, die)
        else:
            table.emit(TalksHeld(dyad.id, terms.landing, (capital,), offered, percent, die, False))


def _settled_already(table: Table, dyad: Dyad) -> bool:
    return not table.is_open(dyad.theatre) or any(
        isinstance(event, TalksHeld) and event.dyad == dyad.id and event.landed for event in table.events
    )


def acceptance(table: Table, dyad: Dyad, answering: str, terms: Terms) -> int:
    """Return the percent chance that an unplayed capital agrees (rule 9.3)."""
    box, book = table.box, table.box.rulebook
    rung = table.raw(f"{dyad.id}.rung")
    pair = f"{answering}>{dyad.other(answering)}"

    def over_three(address: str) -> int:
        return (table.raw(address) - 6) * book.talks_per_point

    points = over_three(f"{pair}.assure") - over_three(f"{pair}.audience") - over_three(f"{answering}.nerve")
    percent = (
        book.talks_base
        + box.ladder.zones[box.ladder.rungs[rung].zone].offramp
        + table.raw(f"{dyad.id}.offramp")
        + box.landing[terms.landing].accept
        + points // 2
        + book.talks_per_concession * terms.concessions
        + book.talks_per_quiet_turn * table.raw(f"{dyad.id}.quiet-turns")
    )
    return max(book.talks_low, min(book.talks_high, percent))


def _conclude(
    table: Table,
    dyad: Dyad,
    landing: str,
    offered: tuple[str, ...],
    concessions: tuple[tuple[str, int], ...],
    percent: int,
    die: int,
) -> None:
    box, found = table.box, table.box.landing[landing]
    moves = [(f"{capital}.face", -number) for capital, number in concessions if number]
    to_challenger = sum(number for capital, number in concessions if capital != dyad.challenger)
    changes = table.changes(box.landings[f"{landing}|{dyad.id}"][0])
    changes += table.shift(*moves, (f"{dyad.id}.concessions", to_challenger))
    if found.stops_war:
        changes += table.put((f"{dyad.id}.ceasefire", 1))
    table.emit(TalksHeld(dyad.id, landing, offered, concessions, percent, die, True, found.outcome, changes))
    for capital, number in concessions:
        for _ in range(number):
            table.moment("conceded", capital, dyad.id, target=dyad.other(capital))
    if found.undoes:
        _undo(table, dyad, found.undoes)
    if found.outcome:
        table.emit(TheatreClosed(dyad.theatre, found.outcome))


def _undo(table: Table, dyad: Dyad, each: int) -> None:
    """Take back up to ``each`` climbs of each side, from the top."""
    stack = list(table.state.stacks[table.box.dyad_place[dyad.id]])
    left = dict.fromkeys(dyad.parties, each)
    while len(stack) > 1 and left.get(stack[-1].holder, 1) > 0:
        holder = stack.pop().holder
        if holder in left:
            left[holder] -= 1
    table.carry(dyad.id, stack[-1].rung, "", "landing")
