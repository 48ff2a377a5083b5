"""War: each turn of it tests whether the partner holds (rule 8)."""

from __future__ import annotations

from wargame.rules.box import Dyad
from wargame.rules.events import WarTested
from wargame.rules.table import Table


def is_at_war(table: Table, dyad: Dyad) -> bool:
    """Whether a local dyad stands at war: somebody holds a rung of war in it, the theatre is open, no ceasefire holds."""
    if not dyad.is_local or not table.is_open(dyad.theatre) or table.raw(f"{dyad.id}.ceasefire"):
        return False
    rungs = table.box.ladder.rungs
    return any("war" in rungs[hold.rung].marks for hold in table.state.stacks[table.box.dyad_place[dyad.id]])


def hold_chance(table: Table, dyad: Dyad) -> int:
    """Return the percent chance that the partner holds this turn, from what its denial really is."""
    book = table.box.rulebook
    denial = table.raw(f"{dyad.challenger}>{dyad.partner}.denial.true")
    return max(1, min(100, book.hold_base + book.hold_per_denial * denial // 2))


def wage(table: Table) -> None:
    """Test every war of this turn and count the turns in which nothing moved."""
    for dyad in table.box.dyads:
        if not is_at_war(table, dyad):
            continue
        percent = hold_chance(table, dyad)
        die = table.dice.percent("war", table.state.turn, dyad.id)
        held = die <= percent
        moved = any(table.box.dyad[m.dyad].theatre == dyad.theatre for m in table.state.moved)
        still = f"{dyad.theatre}.war-still"
        changes = table.shift((still, 1)) if held and not moved else table.put((still, 0))
        if not held:
            changes += table.shift((f"{dyad.theatre}.ground", -1))
        table.emit(WarTested(dyad.id, percent, die, held, changes))
        table.moment("held" if held else "lost-ground", dyad.challenger, dyad.id, target=dyad.partner)
