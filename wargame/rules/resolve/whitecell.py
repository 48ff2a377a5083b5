"""The white cell's levers: time, injects, arguments, notes, the length of the exercise (rules 15.1 to 15.8).

Each is refused unless the exercise has a white cell. To go back is the journal's (:func:`wargame.rules.journal.accept`).
"""

from __future__ import annotations

from typing import Final

from wargame.errors import Refused, nearest
from wargame.rules import orders as command
from wargame.rules.events import (
    ArgumentOpened,
    ArgumentSettled,
    CardWithheld,
    ClockSet,
    InjectImprovised,
    NewsTold,
    NoteTaken,
    OrderClosed,
    OrderReopened,
    QuestionAnswered,
    QuestionAsked,
    TurnsSet,
)
from wargame.rules.legal import faults
from wargame.rules.orders import Sheet, Shift
from wargame.rules.resolve import update
from wargame.rules.sealing import digest
from wargame.rules.sight import look
from wargame.rules.state import DRAFT, ENDED, NOTHING, ORDERS, SETUP, UPDATE
from wargame.rules.table import Table
from wargame.rules.tracks import Change, Track

DICE, VOTE, RULING = "dice", "vote", "ruling"
METHODS: Final = (DICE, VOTE, RULING)
"""Ways to settle an order outside the list."""

NOTES: Final = ("note", "quote", "moment", "decision", "hot-wash", "interruption")
"""Kinds of a scribe's line; of an interruption the program takes note itself."""

CLOCK: Final = ("start", "pause", "resume", "extend", "stop")
"""What may be done to the clock."""

LONGEST_TEXT: Final = 600
"""Characters of a text the white cell writes."""

LONGEST_TITLE: Final = 100
MOST_SECONDS: Final = 24 * 60 * 60

_FOLLOW_FROM_PLAY: Final = frozenset({"rung", "peak", "turn", "outcome"})


def check(table: Table, rule: str, ended: bool = False) -> None:
    """Refuse unless there is a white cell and the exercise has begun and, unless ``ended`` is allowed, not ended."""
    if not table.state.setup.white_cell:
        raise Refused("only a white cell may do this, and this exercise has none", rule)
    if table.state.phase == SETUP or (table.state.phase == ENDED and not ended):
        raise Refused("the exercise is not going on", rule)


def check_text(text: str, what: str, rule: str, longest: int = LONGEST_TEXT) -> None:
    """Refuse a text that is empty or too long."""
    if not text.strip():
        raise Refused(f"{what} may not be empty", rule)
    if len(text) > longest:
        raise Refused(f"{what} has at most {longest} characters, not {len(text)}", rule)


def _check_capital(table: Table, capital: str, rule: str) -> None:
    if capital not in table.box.capital:
        raise Refused(f"no capital {capital!r}.{nearest(capital, tuple(table.box.capital))}", rule)


def _check_settled(table: Table, rule: str) -> None:
    if table.state.pending is not None:
        raise Refused("an order on the table has to be settled first", rule)


def call_time(table: Table, given: command.CallTime) -> None:
    """Close the orders that are still open: a draft that could be sealed counts as it stands, all else is missing."""
    check(table, "15.3")
    box, state = table.box, table.state
    if state.phase != ORDERS or not state.waiting:
        raise Refused("time is called while orders are being written", "15.3")
    for capital in state.waiting:
        paper = state.papers[box.seat[capital]]
        stands = paper.status == DRAFT and not faults(box, look(box, state, capital), paper.sheet)
        sheet, status = (paper.sheet, DRAFT) if stands else (Sheet(), NOTHING)
        salt = (
            digest(capital, state.turn, Sheet(), given.salt)[:32]
            if given.salt
            else table.dice.salt(capital, state.turn)
        )
        table.emit(OrderClosed(capital, status, digest(capital, state.turn, sheet, salt), salt, sheet))


def reopen(table: Table, given: command.Reopen) -> None:
    """Give a sheet back before the reveal. After time was called it is late, and that costs."""
    check(table, "15.4")
    _check_capital(table, given.capital, "15.4")
    state = table.state
    if state.phase != ORDERS:
        raise Refused("a sheet is given back before the reveal, not after it", "15.4")
    if given.capital in state.waiting:
        raise Refused(f"{given.capital} has its sheet still", "15.4")
    check_text(given.reason, "the reason", "15.4")
    late = state.papers[table.box.seat[given.capital]].status in (DRAFT, NOTHING)
    cost = table.box.rulebook.late_cost if late else 0
    if table.raw(f"{given.capital}.influence") < cost:
        raise Refused(f"a late sheet costs {cost} influence, and {given.capital} has none left", "15.4")
    changes = table.shift((f"{given.capital}.influence", -cost)) if cost else ()
    table.emit(OrderReopened(given.capital, late, given.reason, changes))


def inject(table: Table, given: command.Inject) -> None:
    """Play a card now. Its conditions bind the decks, not the white cell."""
    check(table, "15.5")
    _check_settled(table, "15.5")
    card = table.box.card.get(given.card)
    if card is None:
        raise Refused(f"no card {given.card!r}.{nearest(given.card, tuple(table.box.card))}", "15.5")
    if card.id in table.state.drawn:
        raise Refused(f"the card {card.id} has been drawn already", "15.5")
    if card.asks and table.state.phase == UPDATE and not table.state.asking:
        raise Refused(f"the card {card.id} asks {card.asks}: open the turn first", "15.5")
    update.turn_up(table, card, inject=True)


def withhold(table: Table, given: command.Withhold) -> None:
    """Keep a scheduled inject back, until a later turn or for good."""
    check(table, "15.5")
    scheduled = {each.card for each in table.box.scenario.injects if each.turn}
    if given.card not in scheduled or given.card in table.state.drawn:
        raise Refused(f"{given.card!r} is no inject that is still to come", "15.5")
    if given.until and given.until <= table.state.turn:
        raise Refused(f"an inject can be held until a later turn, not until turn {given.until}", "15.5")
    table.emit(CardWithheld(given.card, given.until, given.reason))


def improvise(table: Table, given: command.Improvise) -> None:
    """Say what no card says, and let it do what the white cell decides."""
    check(table, "15.6")
    _check_settled(table, "15.6")
    check_text(given.title, "the title", "15.6", LONGEST_TITLE)
    check_text(given.text, "the text", "15.6")
    for capital in given.to:
        _check_capital(table, capital, "15.6")
    box = table.box
    edge = ""
    if given.dyad or given.rung:
        if given.dyad not in box.dyad or given.rung not in box.rung_number:
            raise Refused(f"no dyad {given.dyad!r} or no rung {given.rung!r}", "15.6")
        dyad, rung = box.dyad[given.dyad], box.rung_number[given.rung]
        edge = table.leads(dyad, rung) if table.is_open(dyad.theatre) else ""
        if not edge:
            raise Refused(f"no edge of the ladder leads {dyad.id} to {given.rung} from where it stands", "3.9")
    table.emit(InjectImprovised(given.title, given.text, given.to, changes_by(table, given.shifts, "15.6")))
    if edge:
        table.carry(given.dyad, box.rung_number[given.rung], "", "card", edge)


def changes_by(table: Table, shifts: tuple[Shift, ...], rule: str) -> tuple[Change, ...]:
    """Return what shifts would really change. A name that stands for a seen and a true value moves both."""
    numbers: dict[str, int] = {}
    for shift in shifts:
        for track in _tracks(table, shift.track, rule):
            if track.address in numbers:
                raise Refused(f"{track.address} is changed twice", rule)
            numbers[track.address] = _raw_after(table, track, shift, rule)
    return table.put(*numbers.items())


def _tracks(table: Table, name: str, rule: str) -> tuple[Track, ...]:
    known = table.box.track
    found = tuple(known[each] for each in (name, f"{name}.seen", f"{name}.true") if each in known)
    if not found:
        raise Refused(f"no track {name!r}.{nearest(name, tuple(known))}", rule)
    subject, _, own = name.partition(".")
    if own in _FOLLOW_FROM_PLAY or own.startswith("delivery."):
        raise Refused(f"{own} of {subject} follows from play and cannot be set", rule)
    return found


def _raw_after(table: Table, track: Track, shift: Shift, rule: str) -> int:
    if track.words:
        if shift.by or shift.to not in track.words:
            hint = nearest(shift.to, track.words)
            raise Refused(f"{track.address} takes one of {', '.join(track.words)}, not {shift.to!r}.{hint}", rule)
        return track.words.index(shift.to)
    by = shift.by * 2 if track.half else shift.by
    if shift.to or by != int(by) or not by:
        step = "half points" if track.half else "whole numbers"
        raise Refused(f"{track.address} moves by {step}, up or down, and not by nothing", rule)
    return track.clamp(table.raw(track.address) + int(by))


def argue(table: Table, opened: ArgumentOpened, given: command.Argue) -> None:
    """Settle an order outside the list by dice, vote or ruling; its changes come about only if it succeeds."""
    if given.method not in METHODS:
        raise Refused(f"no method {given.method!r}: {', '.join(METHODS)}", "15.7")
    most = table.box.rulebook.argue_most
    for side, points in (("for", given.pros), ("against", given.cons)):
        if len(points) > most:
            raise Refused(f"at most {most} points {side}, not {len(points)}", "15.7")
        for point in points:
            check_text(point, f"a point {side}", "15.7")
    changes = changes_by(table, given.shifts, "15.7")
    needed, dice, score = table.box.rulebook.argue_needed, (0, 0), 0
    if given.method == DICE:
        purpose = ("argument", table.state.turn, opened.capital)
        dice = (table.dice.six(*purpose, 1), table.dice.six(*purpose, 2))
        score = sum(dice) + len(given.pros) - len(given.cons)
        succeeded = score > needed
    elif given.method == VOTE:
        if given.yes < 0 or given.no < 0 or not given.yes + given.no:
            raise Refused("a vote counts at least one hand", "15.7")
        succeeded = given.yes > given.no
    else:
        check_text(given.reason, "the reason of a ruling", "15.7")
        if given.taken is None:
            raise Refused("a ruling says whether the order succeeds", "15.7")
        succeeded = given.taken
    table.emit(
        ArgumentSettled(
            opened.capital, opened.text, given.method, given.pros, given.cons, dice if given.method == DICE else (),
            score, needed if given.method == DICE else 0, given.yes, given.no, succeeded, given.reason,
            changes if succeeded else (),
        )
    )  # fmt: skip


def note(table: Table, given: command.Note) -> None:
    """Keep a line of the scribe."""
    check(table, "15.8", ended=True)
    if given.kind not in NOTES:
        raise Refused(f"no kind of note {given.kind!r}: {', '.join(NOTES)}", "15.8")
    if given.capital:
        _check_capital(table, given.capital, "15.8")
    check_text(given.text, "a note", "15.8")
    table.emit(NoteTaken(given.kind, given.text, given.capital))


def ask(table: Table, given: command.Ask) -> None:
    """Keep a team's question."""
    check(table, "15.8", ended=True)
    _check_capital(table, given.capital, "15.8")
    check_text(given.id, "the name of a question", "15.8", LONGEST_TITLE)
    check_text(given.text, "a question", "15.8")
    table.emit(QuestionAsked(given.id, given.capital, given.text))


def answer(table: Table, given: command.Answer) -> None:
    """Keep the answer to a question."""
    check(table, "15.8", ended=True)
    _check_capital(table, given.capital, "15.8")
    check_text(given.id, "the name of a question", "15.8", LONGEST_TITLE)
    check_text(given.text, "an answer", "15.8")
    table.emit(QuestionAnswered(given.id, given.capital, given.text))


def tell(table: Table, given: command.Tell) -> None:
    """Keep how far a capital has been told."""
    check(table, "15.8", ended=True)
    _check_capital(table, given.capital, "15.8")
    if given.upto < 0:
        raise Refused("inputs are counted from nought", "15.8")
    table.emit(NewsTold(given.capital, given.upto))


def set_clock(table: Table, given: command.SetClock) -> None:
    """Start, pause, resume, extend or stop the clock."""
    check(table, "15.2", ended=True)
    if given.did not in CLOCK:
        raise Refused(f"a clock can {', '.join(CLOCK)}, not {given.did!r}", "15.2")
    if abs(given.seconds) > MOST_SECONDS or (given.did == "start" and given.seconds <= 0):
        raise Refused("a clock runs for some seconds and at most a day", "15.2")
    if (given.did in ("start", "extend")) != bool(given.seconds):
        raise Refused("seconds belong to start and extend, and to nothing else", "15.2")
    table.emit(ClockSet(given.did, given.seconds))


def set_turns(table: Table, given: command.SetTurns, most: int) -> None:
    """Let the exercise end after another number of turns, at the earliest with the one that is or is about to be played."""
    check(table, "15.2")
    check_text(given.reason, "the reason", "15.2")
    between = table.state.phase == UPDATE and not table.state.asking
    least = table.state.turn + between
    if not least <= given.turns <= most:
        raise Refused(f"from here an exercise has {least} to {most} turns, not {given.turns}", "15.2")
    if given.turns == table.state.setup.turns:
        raise Refused(f"the exercise has {given.turns} turns already", "15.2")
    table.emit(TurnsSet(given.turns, given.reason))
