"""Signals: declarations are announced all at once, then believed or not, in private (rule 4.2)."""

from __future__ import annotations

from wargame.rules.events import DeclarationMade, PhaseOpened
from wargame.rules.legal import voiced, warned
from wargame.rules.orders import Declaration
from wargame.rules.sight import asks_about
from wargame.rules.state import BELIEFS, ORDERS, Said
from wargame.rules.table import Table


def announce(table: Table) -> None:
    """Announce what was handed in, in the scenario's order, and ask for beliefs if anything is new."""
    given = dict(table.state.signals)
    for capital in table.box.capitals:
        for declaration in given.get(capital.id, ()):
            _declare(table, capital.id, declaration)
    everyone = tuple(capital.id for capital in table.box.capitals)
    asked = tuple(capital for capital in everyone if asks_about(table.state, capital))
    if asked:
        table.emit(PhaseOpened(BELIEFS, asked))
    else:
        open_orders(table)


def open_orders(table: Table) -> None:
    """Go on to orders."""
    table.emit(PhaseOpened(ORDERS, tuple(capital.id for capital in table.box.capitals)))


def _declare(table: Table, capital: str, declaration: Declaration) -> None:
    pair, slot = voiced(table.box, capital, declaration)
    quiet = declaration.kind == "quiet"
    replaced: Said | None = None
    number = 1
    for said in table.state.said:
        if said.capital != capital:
            continue
        if said.declaration.to == declaration.to:
            number += 1
        if said.status == "open" and (said.declaration.kind == "quiet") == quiet:
            replaced = said
    cost = table.box.rulebook.signal_cost if declaration.kind == "sink-costs" else 0
    changes = table.shift((f"{capital}.influence", -cost)) if cost else ()
    spoken = "-".join(filter(None, (capital, declaration.to, str(number))))
    table.emit(DeclarationMade(spoken, capital, declaration, pair, slot, replaced.id if replaced else "", changes))
    if replaced is not None and replaced.declaration.kind == "tie-hands":
        _untie(table, replaced)
    against = warned(table.box, capital, declaration.dyad)
    if declaration.to in ("", against):
        table.moment(declaration.kind, capital, declaration.dyad, table.box.slots[slot], against)


def _untie(table: Table, said: Said) -> None:
    """Let a word that tied hands and is taken back cost what a broken one costs (rule 10.1)."""
    dyad = said.declaration.dyad
    table.moment("broken", said.capital, dyad, table.box.slots[said.slot], warned(table.box, said.capital, dyad))
