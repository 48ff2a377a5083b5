"""Consequences: war, risk, reciprocity, declarations that fall due, endings (rules 4.5, 8, 10 and 11)."""

from __future__ import annotations

from wargame.rules.box import Dyad
from wargame.rules.ending import close_theatres, conclude, is_over
from wargame.rules.events import AccidentDrawn, DeclarationDue, PhaseOpened
from wargame.rules.legal import warned
from wargame.rules.orders import Climb, Take
from wargame.rules.resolve import war
from wargame.rules.resolve.update import settle_standing
from wargame.rules.state import UPDATE, Said
from wargame.rules.table import Table


def close_turn(table: Table) -> None:
    """Settle everything a turn leaves behind, and end the exercise or go on to the next turn."""
    war.wage(table)
    _draw_risk(table)
    if table.has_faded:
        return
    for dyad in table.box.dyads:
        _reciprocate(table, dyad)
        _count_quiet(table, dyad)
    for said in table.state.said:
        if said.status == "open":
            _fall_due(table, said)
    for capital in table.box.capitals:
        table.moment("turn-end", capital.id)
    settle_standing(table)
    close_theatres(table)
    if is_over(table):
        conclude(table)
    else:
        table.emit(PhaseOpened(UPDATE))


def _draw_risk(table: Table) -> None:
    """Add the tokens of where the theatres stand, draw once, and let one token fade (rule 8.4)."""
    box, book = table.box, table.box.rulebook
    tokens = 0
    for theatre in box.theatres:
        if table.is_open(theatre.id):
            tokens += box.ladder.zones[box.ladder.rungs[table.raw(f"{theatre.id}.rung")].zone].tokens
    held = min(table.raw("world.risk") + tokens, box.track["world.risk"].high)
    percent = min(book.risk_most, book.risk_percent * held)
    die = table.dice.percent("accident", table.state.turn)
    found = _accident(table) if die <= percent else None
    left = max(0, held - book.risk_fade)
    changes = table.put(("world.risk", left))
    dyad, edge, rung = found or ("", "", -1)
    table.emit(AccidentDrawn(percent, die, die <= percent, dyad, edge, changes))
    if rung >= 0:
        table.carry(dyad, rung, "", "accident", edge)


def _accident(table: Table) -> tuple[str, str, int] | None:
    """Return where an accident leads: the highest dyad's wormhole, else its next edge up; None if it has neither."""
    box = table.box
    open_dyads = [dyad for dyad in box.dyads if table.is_open(dyad.theatre)]
    for dyad in sorted(open_dyads, key=lambda each: -table.raw(f"{each.id}.rung")):
        stands = table.raw(f"{dyad.id}.rung")
        for kind in ("wormhole", "up"):
            for edge in box.ladder.edges:
                if edge.source == stands and edge.type == kind:
                    return dyad.id, edge.id, edge.target
    return None


def _reciprocate(table: Table, dyad: Dyad) -> None:
    """Compare the highest severity class each side moved to in this dyad this turn (rule 10.2)."""
    if not dyad.is_local or not table.is_open(dyad.theatre):
        return
    first, second = (
        max((m.severity for m in table.state.moved if m.dyad == dyad.id and m.capital == party), default=None)
        for party in dyad.parties
    )
    if first is None or table.raw(f"{dyad.id}.rung") == 0:
        return
    if second is None:
        table.moment("ignored", dyad.parties[1], dyad.id, target=dyad.parties[0])
    elif second > first:
        table.moment("overmatched", dyad.parties[1], dyad.id, target=dyad.parties[0])
    else:
        table.moment("matched", dyad.parties[1], dyad.id, target=dyad.parties[0])


def _count_quiet(table: Table, dyad: Dyad) -> None:
    moved = any(each.dyad == dyad.id for each in table.state.moved)
    address = f"{dyad.id}.quiet-turns"
    changes = table.put((address, 0)) if moved else table.shift((address, 1))
    if changes:
        table.emit(table.quiet(dyad.id, changes))


def _fall_due(table: Table, said: Said) -> None:
    """Close a declaration whose trigger has come: it was kept if its deed is done (rule 10.4)."""
    spoken = said.declaration
    if table.raw(f"{spoken.dyad}.rung") < table.box.rung_number[spoken.rung]:
        return
    kept = _is_done(table, said)
    heard = (said.capital, spoken.to) if spoken.to else ()
    table.emit(DeclarationDue(said.id, said.capital, heard, kept))
    slot = table.box.slots[said.slot]
    against = warned(table.box, said.capital, spoken.dyad)
    if spoken.to in ("", against):
        table.moment("kept" if kept else "broken", said.capital, spoken.dyad, slot, against)


def _is_done(table: Table, said: Said) -> bool:
    deed = said.declaration.deed
    if isinstance(deed, Climb):
        stack = table.state.stacks[table.box.dyad_place[deed.dyad]]
        wanted = table.box.rung_number[deed.to]
        return any(hold.holder == said.capital and hold.rung >= wanted for hold in stack)
    if isinstance(deed, Take):
        return (said.capital, deed.measure, deed.target) in table.state.deeds
    track = table.box.track[f"{said.capital}>{deed.partner}.permission.true"]
    return table.raw(track.address) >= track.raw(deed.permission)
