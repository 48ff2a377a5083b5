"""The steps of the table: opening a turn, calling time, the receipts, the reveal, the consequences."""

from __future__ import annotations

from typing import Final

from wargame.cli.page import QUIET, STRONG
from wargame.cli.screens import debrief
from wargame.cli.whitecell import arguing, ruling, status, timing
from wargame.cli.whitecell.room import Room
from wargame.export import words
from wargame.rules.agenda import TABLE
from wargame.rules.orders import Believe, CallTime, Proceed, SetClock, Signal
from wargame.rules.sealing import receipt
from wargame.rules.state import BELIEFS, CONSEQUENCES, DRAFT, NOTHING, ORDERS, SIGNAL, UPDATE
from wargame.whitecell import injects
from wargame.whitecell.clock import clock_of
from wargame.whitecell.submissions import MISSING, submissions

_SAYS: Final = {
    SIGNAL: "o CAPITAL takes a team's signals down, silent CAPITAL or silent all says that nothing is declared.",
    BELIEFS: "o CAPITAL takes its beliefs down, silent CAPITAL or silent all says that it has no opinion.",
    ORDERS: "o CAPITAL types a sheet, hand CAPITAL lets the team do it, pass CAPITAL is a pass; time calls time.",
    UPDATE: "o CAPITAL answers the card for it.",
}


def go(room: Room, _rest: str) -> None:
    """Take the next step of the table, whatever that is."""
    due = room.exercise.owed()
    if not due:
        _over(room)
    elif due[0].who == TABLE:
        _proceed(room)
    elif due[0].kind == "rule":
        ruling.rule(room, "")
    elif due[0].kind == "argue":
        arguing.argue(room, "")
    else:
        room.page.text(f"Not yet: the table waits for {status.waits(room)}")
        room.page.text(_SAYS.get(room.state.phase, "o CAPITAL takes it down."), style=QUIET)


def _proceed(room: Room) -> None:
    phase, since = room.state.phase, len(room.entries)
    what = {UPDATE: _opening, ORDERS: _reveal, CONSEQUENCES: _consequences}[phase](room)
    if not room.sure("proceed", what) or not room.submit(Proceed()):
        return
    if clock_of(room.entries).is_set:  # it was that of the phase that is over
        room.submit(SetClock("stop"))
    room.settle()
    if phase == ORDERS:
        room.page.text("Every sheet that was opened is the one that was sealed.", style=STRONG)
    room.read_out(since)
    if phase == CONSEQUENCES and not room.exercise.owed():
        _over(room)
    _offer_clock(room)


def _opening(room: Room) -> str:
    state = room.state
    coming = [each for each in injects.prospects(room.box, state) if each.status == injects.DUE]
    for each in coming:
        room.page.text(f'"{each.title}" ({injects.told(each)}).', label="Inject: ")
    return f"This opens turn {state.turn + 1} of {state.setup.turns}: what is on its way comes nearer, cards are drawn."


def _reveal(room: Room) -> str:
    receipts(room, "")
    return "This opens all sheets at once and carries them out in the printed order, as far as nothing has to be ruled."


def _consequences(room: Room) -> str:
    last = room.state.turn >= room.state.setup.turns
    ends = " This is the last turn: the exercise ends with it, and the scores are counted." if last else ""
    return f"This draws the consequences of turn {room.state.turn}: wars, hazards, words kept and broken.{ends}"


def receipts(room: Room, _rest: str) -> None:
    """Show the words of every sealed sheet, so that each team can hold them against its slip."""
    page = room.page
    found = submissions(room.box, room.state, room.entries)
    if room.state.phase != ORDERS and all(not each.receipt for each in found):
        page.text("Receipts are there once orders are sealed.")
        return
    page.heading("Receipts: each team reads its words aloud before its sheet is opened")
    for each in found:
        paper = room.state.papers[room.box.seat[each.capital]]
        note = {MISSING: "missing: no words", NOTHING: "nothing yet", DRAFT: "a draft, not sealed"}.get(each.status, "")
        if each.taken_as_draft:
            note = "its draft, taken when time was called"
        text = note or receipt(paper.digest)
        page.text(text, label=f"{room.desk.name(each.capital):<12}", style="" if note else STRONG)


def time(room: Room, _rest: str) -> None:
    """Call time on whoever has not handed in."""
    box, state = room.box, room.state
    for each in submissions(box, state, room.entries):
        if state.phase == ORDERS and each.is_waited_for:
            stands = each.status == DRAFT and not each.faults
            becomes = "its draft is taken as it stands" if stands else "its orders are missing, which is no pass"
            why = f" ({'; '.join(each.faults)})" if each.faults else ""
            room.page.text(f"{room.desk.name(each.capital)}: {becomes}{why}.", label="- ")
    if room.sure("call-time", "This closes every sheet that is still open."):
        since = len(room.entries)
        if room.submit(CallTime()):
            room.read_out(since)


def silent(room: Room, rest: str) -> None:
    """Take down that one capital, or everybody still owed, declares nothing or has no opinion."""
    phase = room.state.phase
    if phase not in (SIGNAL, BELIEFS) or not room.state.waiting:
        room.page.text("silent is for signals and beliefs. A deliberate pass in orders is pass CAPITAL.")
        return
    waiting = room.state.waiting
    chosen = waiting if rest.lower() == "all" else (room.ask_capital(rest, waiting),)
    names = words.capitals(room.box, chosen)
    what = "declare nothing" if phase == SIGNAL else "have no opinion"
    if not all(each in waiting for each in chosen):
        room.page.text(f"{names} has been heard already.")
        return
    if not room.asker.yes(f"{names}: {what}. Take that down?", False):
        return
    since = len(room.entries)
    for capital in chosen:
        room.submit(Signal(capital) if phase == SIGNAL else Believe(capital))
    room.settle()
    room.read_out(since)
    _offer_clock(room)


def _offer_clock(room: Room) -> None:
    found = timing.block(room)
    if found is not None and found.minutes and room.exercise.owed():
        room.page.text(f"clock start gives the {found.minutes} minutes of the plan.", style=QUIET)


def _over(room: Room) -> None:
    room.page.text("The exercise is over.", style=STRONG)
    if room.asker.yes("Show the debrief, with everything that was hidden?", False):
        debrief.show(room.page, room.exercise.recorded)
