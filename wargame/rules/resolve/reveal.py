"""Reveal and adjudication: all sheets open at once and are carried out in the printed sequence (rule 5)."""

from __future__ import annotations

from wargame.errors import Refused
from wargame.rules.agenda import Argued, Item, sequence
from wargame.rules.box import PATRON
from wargame.rules.events import ArgumentOpened, OrderLapsed, OrdersRevealed, Paid, PhaseOpened
from wargame.rules.legal import price, priorities
from wargame.rules.orders import Climb, Dial, Reply, Sheet, StepDown, Take, Terms
from wargame.rules.resolve import aid, climb, talks
from wargame.rules.sealing import digest
from wargame.rules.sight import look
from wargame.rules.state import CONSEQUENCES, NOTHING
from wargame.rules.table import Table
from wargame.rules.tracks import Change


def reveal(table: Table) -> None:
    """Open all sheets, take their price, and carry them out as far as nobody has to rule."""
    _check_seals(table)
    sheets = revealed(table)
    digests = tuple((c.id, p.digest) for c, p in zip(table.box.capitals, table.state.papers, strict=True))
    prices = tuple(_prices(table, capital, sheet) for capital, sheet in sheets)
    spent = table.shift(
        *((f"{paid.capital}.influence", -sum(paid.moves) - paid.reply - paid.argued) for paid in prices)
    )
    papers = zip(table.box.capitals, table.state.papers, strict=True)
    missing = tuple(capital.id for capital, paper in papers if paper.status == NOTHING)
    table.emit(OrdersRevealed(sheets, digests, prices, spent + _attention(table, sheets), missing))
    for patron in table.box.capitals:
        if patron.role == PATRON:
            _neglect(table, patron.id)
    carry_out(table, 0)


def revealed(table: Table) -> tuple[tuple[str, Sheet], ...]:
    """Return this turn's sheets by capital, in the scenario's order."""
    return tuple((c.id, p.sheet) for c, p in zip(table.box.capitals, table.state.papers, strict=True))


def carry_out(table: Table, start: int) -> None:
    """Carry out the sequence from item ``start``; stop where a order waits for the white cell."""
    sheets = dict(revealed(table))
    for number, item in enumerate(sequence(table.box, tuple(sheets.items()))):
        if number < start:
            continue
        _carry_out_one(table, number, item, sheets)
        if table.state.pending is not None or table.has_faded:
            return
    table.emit(PhaseOpened(CONSEQUENCES))


def _carry_out_one(table: Table, number: int, item: Item, sheets: dict[str, Sheet]) -> None:
    what, sheet = item.what, sheets[item.capital]
    if isinstance(what, StepDown):
        talks.step_down(table, item.capital, what, sheets)
    elif isinstance(what, Terms):
        talks.hold(table, item.capital, what, sheets)
    elif isinstance(what, Dial):
        aid.permit(table, item.capital, what)
    elif isinstance(what, Take):
        aid.order(table, item.capital, what, _paid_for(table, item, sheet))
    elif isinstance(what, Climb):
        climb.attempt(table, number, item.capital, what, sheet.break_faith, _paid_for(table, item, sheet))
    elif isinstance(what, Argued):
        table.emit(ArgumentOpened(item.capital, what.text, number))
    elif isinstance(what, Reply):
        _reply(table, number, item, what, sheet)


def _reply(table: Table, number: int, item: Item, reply: Reply, sheet: Sheet) -> None:
    capital, paid = item.capital, _paid_for(table, item, sheet)
    stands = table.raw(f"{reply.dyad}.rung")
    if stands < table.box.rung_number[reply.rung]:
        table.emit(OrderLapsed(capital, "reply", f"{reply.dyad} does not stand at {reply.rung}"))
    elif isinstance(reply.then, Take):
        aid.order(table, capital, reply.then, paid)
    else:
        climb.attempt(table, number, capital, reply.then, sheet.break_faith, paid)


def _check_seals(table: Table) -> None:
    """Hold every opened sheet against the digest it was committed by (rule 14.2)."""
    for capital, paper in zip(table.box.capitals, table.state.papers, strict=True):
        if digest(capital.id, table.state.turn, paper.sheet, paper.salt) != paper.digest:
            raise Refused(f"the sheet of {capital.id} is not the one that was sealed", "14.2")


def _prices(table: Table, capital: str, sheet: Sheet) -> Paid:
    """Return what each part of a sheet costs."""
    box, view = table.box, look(table.box, table.state, capital)
    moves = tuple(price(box, view, Sheet(moves=(move,), priority=sheet.priority)) for move in sheet.moves)
    reply = price(box, view, Sheet(reply=sheet.reply, priority=sheet.priority))
    return Paid(capital, moves, reply, price(box, view, Sheet(argued=sheet.argued)))


def _paid_for(table: Table, item: Item, sheet: Sheet) -> int:
    """Return what one order of a sheet cost."""
    paid = next(each for each in table.state.prices if each.capital == item.capital)
    if isinstance(item.what, Reply):
        return paid.reply
    return paid.moves[sheet.moves.index(item.what)] if item.what in sheet.moves else 0


def _attention(table: Table, sheets: tuple[tuple[str, Sheet], ...]) -> tuple[Change, ...]:
    """Return how a patron's priority and orders count in each theatre (rule 4.4)."""
    numbers: list[tuple[str, int]] = []
    for capital, sheet in sheets:
        dyads = table.box.local_dyads(capital)
        if len(dyads) < 2:
            continue
        choice = len(priorities(table.box, look(table.box, table.state, capital))) > 1
        for dyad in dyads:
            theatre = dyad.theatre
            acted = not choice or sheet.priority == theatre
            acted = acted or any(_theatre_of(table, capital, move) == theatre for move in sheet.moves)
            neglect = 0 if acted else table.raw(f"{theatre}.neglect") + 1
            away = table.raw(f"{theatre}.elsewhere") + (1 if sheet.priority and sheet.priority != theatre else 0)
            numbers += [
                (f"{theatre}.priority", 1 if sheet.priority == theatre else 0),
                (f"{theatre}.neglect", table.box.track[f"{theatre}.neglect"].clamp(neglect)),
                (f"{theatre}.elsewhere", table.box.track[f"{theatre}.elsewhere"].clamp(away)),
            ]
    return table.put(*numbers)


def _theatre_of(table: Table, capital: str, move: Take | Climb | StepDown) -> str:
    if isinstance(move, Take):
        action = table.box.action.get((capital, move.measure, move.target))
        return action.theatre if action else ""
    return table.box.dyad[move.dyad].theatre


def _neglect(table: Table, patron: str) -> None:
    after = table.box.rulebook.neglect_after
    for dyad in table.box.local_dyads(patron):
        if table.is_open(dyad.theatre) and table.raw(f"{dyad.theatre}.neglect") >= after:
            table.moment("neglected", patron, dyad.id, target=dyad.partner)
