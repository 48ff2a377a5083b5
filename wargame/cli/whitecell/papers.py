"""Papers: what a team owes is typed for it or by it, taken back to be amended, handed in late, and laid side by side."""

from __future__ import annotations

from functools import partial

from wargame.cli.asking import Leave
from wargame.cli.console import is_dumb
from wargame.cli.page import QUIET, STRONG
from wargame.cli.text import one_line
from wargame.cli.whitecell import clerk
from wargame.cli.whitecell.room import GIVES_UP, Room, give_up
from wargame.export import words
from wargame.export.witnessed import seen
from wargame.rules.agenda import Due
from wargame.rules.journal import undone
from wargame.rules.orders import Pass, Reopen, Tell
from wargame.rules.sealing import receipt
from wargame.rules.state import DRAFT, NOTHING, ORDERS
from wargame.rules.view import WHITE_CELL
from wargame.whitecell import conflicts, news
from wargame.whitecell.conflicts import SideBySide
from wargame.whitecell.expectation import before_reveal
from wargame.whitecell.submissions import MISSING


def enter(room: Room, rest: str) -> None:
    """Type on a capital's behalf what its team has written on paper: the answer to a card, signals, beliefs or orders."""
    due = _due(room, rest)
    if due is None:
        return
    side, since = due.who, len(room.entries)
    room.page.text(f"For {room.desk.name(side)}, from paper. x puts it aside; a sheet stays as a draft.", style=QUIET)
    kept, more = dict(room.asker.words), room.page.more
    room.page.more = room.asker.more
    room.sitting.use(side)
    room.asker.words |= dict.fromkeys((*GIVES_UP, "quit", "save"), give_up) | {"n": partial(clerk.note, room)}
    room.desk.by = WHITE_CELL
    try:
        room.sitting.answer(due)
    finally:
        room.desk.by = ""
        room.asker.words = kept
        room.page.more = more
    room.settle()
    room.read_out(since)


def hand(room: Room, rest: str) -> None:
    """Hand the keyboard to a team: what it reads and types stands on a screen of which nothing stays."""
    if is_dumb():
        room.page.text("This terminal cannot take a text off the screen again. Type from paper instead: o CAPITAL.")
        return
    due = _due(room, rest)
    if due is None:
        return
    side, since = due.who, len(room.entries)
    kept = dict(room.asker.words)
    room.sitting.brief = partial(_brief, room)
    room.page.more, more = room.asker.more, room.page.more
    room.page.clear()
    try:
        room.sitting.apart(due)
        room.submit(Tell(side, since))
    except Leave:
        room.page.text(f"{room.desk.name(side)} has put it aside.")
    finally:
        room.asker.words = {}
        room.asker.pause("Give the keyboard back to the white cell, who presses Enter ")
        room.asker.words = kept
        room.page.more = more
    room.settle()
    room.read_out(since)


def _brief(room: Room, side: str) -> None:
    """Show a team what it knows beyond the table and has not been told."""
    found = news.news(room.box, room.entries, side)
    gone = undone(room.entries)
    fresh = [entry for place, entry in enumerate(room.entries) if place >= found.since and place not in gone]
    room.desk.last = seen(room.box, fresh, side)
    if found.is_owed:
        room.page.heading(f"Only {room.desk.name(side)} knows")
        for line in news.script(found):
            room.page.text(line, label="- ")


def _due(room: Room, rest: str) -> Due | None:
    """Return what a capital owes, or say why there is nothing to take down."""
    owes = {each.who: each for each in room.exercise.owed() if each.who in room.box.capital}
    if not owes:
        room.page.text("No team owes anything now.")
        return None
    side = room.ask_capital(rest, tuple(owes), "For whom")
    if side not in owes:
        room.page.text(f"{room.desk.name(side)} owes nothing now.{_way_back(room, side)}")
        return None
    return owes[side]


def _way_back(room: Room, side: str) -> str:
    if room.state.phase != ORDERS:
        return ""
    status = room.state.papers[room.box.seat[side]].status
    if status in (DRAFT, NOTHING):
        return f" Time was called: late {side} gives its sheet back."
    return f" amend {side} gives its sheet back."


def pass_(room: Room, rest: str) -> None:
    """Take down that a team orders nothing, on purpose."""
    owes = [each.who for each in room.exercise.owed() if each.kind == "orders"]
    if not owes and not rest:
        room.page.text("No team owes orders now.")
        return
    side = room.ask_capital(rest, owes, "Who passes")
    if side not in owes:
        room.page.text(f"{room.desk.name(side)} owes no orders now.{_way_back(room, side)}")
        return
    name = room.desk.name(side)
    what = f"{name} orders nothing, on purpose. That is a pass, and no missing order."
    if room.sure("enter", what) and room.submit(Pass(side)):
        paper = room.state.papers[room.box.seat[side]]
        room.page.text(f"{name} passes, receipt {receipt(paper.digest)}.", style=STRONG)


def reopen(room: Room, rest: str) -> None:
    """Give a sheet back: late after time was called, or to be amended."""
    typed, _, reason = rest.partition(" ")
    closed = [capital.id for capital in room.box.capitals if capital.id not in room.state.waiting]
    if room.state.phase != ORDERS or not closed:
        room.page.text("A sheet is given back while orders are written, before the reveal.")
        return
    side = room.ask_capital(typed, closed, "Whose sheet")
    name, status = room.desk.name(side), room.state.papers[room.box.seat[side]].status
    cost = room.box.rulebook.late_cost if status in (DRAFT, NOTHING) else 0
    price = f" It is late, and costs {cost} influence." if cost else " It was sealed and may be sealed anew."
    reason = one_line(reason) or room.text(f"Why does {name} get its sheet back? It is read out: ")
    if room.sure("reopen", f"{name} gets its sheet back: {reason}.{price}") and room.submit(Reopen(side, reason)):
        room.settle()
        if room.asker.yes(f"Type {name}'s orders now, from paper?", False):
            enter(room, side)


def sheets(room: Room, _rest: str) -> None:
    """Lay all sheets side by side, with what clashes and what the rules would make of it."""
    state = room.state if room.state.phase == ORDERS else before_reveal(room.box, room.entries)
    if state is None:
        room.page.text("There are sheets once orders are written.")
        return
    found = conflicts.side_by_side(room.box, state)
    room.page.heading("The sheets side by side", "before the reveal" if state is room.state else "as they were opened")
    for laid in found.sheets:
        missing = laid.status == NOTHING and laid.capital not in state.waiting
        status = MISSING if missing else laid.status
        name = words.capital(room.box, laid.capital)
        room.page.text(f"{name}: {status}, costs {laid.cost} of {laid.purse}", style=STRONG)
        for number, line in enumerate(laid.lines, start=1):
            room.page.text(line.text, label=f"{number:>3}  ")
            for flag in line.flags:
                room.page.text(flag.text, label=f"     ! {flag.kind}: ", hang=7)
        if laid.note:
            room.page.text(f'says "{laid.note}"', indent=5)
        for flag in laid.flags:
            room.page.text(flag.text, label=f"   ! {flag.kind}: ", hang=7)
    _expected(room, found)


def _expected(room: Room, found: SideBySide) -> None:
    page, box = room.page, room.box
    if found.checks or found.lapses:
        page.gap()
        page.text("What the rules expect, nobody ruling and every die on its likelier side:", style=STRONG)
    for check in found.checks:
        page.text(f"{check.step}: held back {check.percent} in 100, so {check.outcome}. {check.weakest}", label="- ")
    for capital, text in found.lapses:
        page.text(f"{words.capital(box, capital)}: {text}", label="- would lapse: ", hang=2)
    for each in found.permissions:
        now = (
            f"{words.capital(box, each.patron)} permits {words.capital(box, each.partner)} {words.permission(each.now)}"
        )
        now += "" if each.believed == each.now else f", believed to be {words.permission(each.believed)}"
        ordered = f"; orders {words.permission(each.ordered)}, which {each.effect}" if each.ordered else ""
        page.text(f"{now}{ordered}.", label="- ")
