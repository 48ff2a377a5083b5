"""From a command to the events that follow from it, or a refusal that changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.errors import Refused, nearest
from wargame.rules import orders as command
from wargame.rules.agenda import TABLE, WHITE_CELL, owed
from wargame.rules.box import RULES, Box
from wargame.rules.conditions import holds
from wargame.rules.dice import Dice
from wargame.rules.ending import conclude
from wargame.rules.events import (
    ArgumentOpened,
    BeliefsClosed,
    BeliefStated,
    Branched,
    ChallengeRolled,
    Event,
    ExerciseStarted,
    OrderDrafted,
    OrderSealed,
    SignalsGiven,
)
from wargame.rules.legal import declaration_faults, faults
from wargame.rules.orders import Command, Sheet
from wargame.rules.resolve import climb, consequences, reveal, signals, update, whitecell
from wargame.rules.sealing import digest
from wargame.rules.sight import asks_about, look
from wargame.rules.state import ADJUDICATION, CONSEQUENCES, ENDED, ORDERS, PASSED, SEALED, SETUP, UPDATE, State
from wargame.rules.table import Table

LONGEST_NOTE = 280
"""Characters of a sheet's public line."""

MOST_TURNS = 24
"""Longest exercise anyone may ask for."""


def advance(box: Box, state: State, given: Command, dice: Dice) -> tuple[State, tuple[Event, ...]]:
    """Return the state after a command and the events that led there. Raises Refused, and then nothing has happened."""
    table = Table(box, state, dice)
    _DECIDES[type(given)](table, given)
    if table.has_faded and table.state.phase != ENDED:
        conclude(table)
    return table.state, tuple(table.events)


def decide(box: Box, state: State, given: Command, dice: Dice) -> tuple[Event, ...]:
    """Return the events that follow from a command. Raises Refused."""
    return advance(box, state, given, dice)[1]


def _require(table: Table, kind: str, who: str, rule: str = "4") -> None:
    """Refuse an input that is not owed."""
    due = owed(table.box, table.state)
    if any(each.kind == kind and each.who == who for each in due):
        return
    if not due:
        raise Refused("the exercise has ended", "11")
    waits = ", ".join(f"{each.who} ({each.kind})" for each in due)
    raise Refused(f"{kind} by {who} is not due now; the table waits for: {waits}", rule)


def _start(table: Table, given: command.Start) -> None:
    _require(table, "start", TABLE)
    box = table.box
    if given.scenario != box.scenario.id:
        raise Refused(f"this box holds {box.scenario.id}, not {given.scenario}")
    if given.theory not in box.theory:
        raise Refused(f"no theory {given.theory!r}.{nearest(given.theory, tuple(box.theory))}", "6.3")
    if given.mode not in climb.MODES:
        raise Refused(f"no mode {given.mode!r}: {', '.join(climb.MODES)}", "5.6")
    if given.rehearsal and not given.white_cell:
        raise Refused("a rehearsal is a white cell's trial run", "15.1")
    if given.mode == climb.FREE and not given.white_cell:
        raise Refused("the free mode needs a white cell to rule; alone, play semi-rigid", "5.6")
    if not 1 <= given.turns <= MOST_TURNS:
        raise Refused(f"an exercise has 1 to {MOST_TURNS} turns, not {given.turns}", "4")
    if not 0 <= given.minutes <= whitecell.MOST_SECONDS // 60:
        raise Refused(f"a seminar lasts at most a day, not {given.minutes} minutes", "15.2")
    for capital in given.played:
        if capital not in box.capital:
            raise Refused(f"no capital {capital!r}.{nearest(capital, tuple(box.capital))}")
    marks = tuple(dict.fromkeys(mark for rung in box.ladder.rungs for mark in rung.marks))
    for mark in given.decline:
        if mark not in marks:
            raise Refused(f"no rung is marked {mark!r}: {', '.join(marks)}.{nearest(mark, marks)}", "11.5")
    table.emit(
        ExerciseStarted(
            given.scenario,
            given.theory,
            given.mode,
            given.turns,
            RULES,
            given.played,
            _doctrines(box, given),
            given.white_cell,
            given.rehearsal,
            given.minutes,
            given.decline,
        )
    )
    update.told_at_start(table)


def _doctrines(
    box: Box, given: command.Start | command.Branch, now: tuple[tuple[str, str], ...] = ()
) -> tuple[tuple[str, str], ...]:
    """Return the doctrine of every capital: the one asked for, else the present one, else the first the scenario names."""
    asked = dict(given.doctrines)
    present = dict(now)
    for capital, doctrine in asked.items():
        if capital not in box.capital:
            raise Refused(f"no capital {capital!r}.{nearest(capital, tuple(box.capital))}")
        allowed = box.capital[capital].doctrines
        if doctrine not in allowed:
            raise Refused(
                f"{capital} has no doctrine {doctrine!r}: {', '.join(allowed)}.{nearest(doctrine, allowed)}", "12"
            )
    first = {c.id: c.doctrines[0] if c.doctrines else "" for c in box.capitals}
    return tuple((id_, asked.get(id_, present.get(id_, first[id_]))) for id_ in first)


def _proceed(table: Table, given: command.Proceed) -> None:
    _require(table, "proceed", TABLE)
    phase = table.state.phase
    if phase == UPDATE:
        update.open_turn(table)
    elif phase == ORDERS:
        reveal.reveal(table)
    elif phase == CONSEQUENCES:
        consequences.close_turn(table)
    else:
        raise LookupError(f"nothing follows from phase {phase}")


def _choose(table: Table, given: command.Choose) -> None:
    _require(table, "choose", given.capital, "4.1")
    asked = look(table.box, table.state, given.capital).asked
    card = table.box.card[asked]
    option = next((each for each in card.options if each.id == given.option), None)
    if option is None:
        allowed = tuple(each.id for each in card.options)
        raise Refused(f"card {card.id} has no option {given.option!r}: {', '.join(allowed)}", "4.1")
    if not holds(option.when, table.state.values):
        raise Refused(f"option {option.id} is not open now", "4.1")
    if option.cost > table.raw(f"{given.capital}.influence"):
        raise Refused(f"option {option.id} costs {option.cost} influence", "4.1")
    update.choose(table, card, option, given.why)


def _signal(table: Table, given: command.Signal) -> None:
    _require(table, "signal", given.capital, "4.2")
    view = look(table.box, table.state, given.capital)
    public = [each for each in given.declarations if each.kind != "quiet"]
    if len(public) > 1 or len(given.declarations) - len(public) > 1:
        raise Refused("one public and one quiet declaration a turn", "10.1")
    for declaration in given.declarations:
        if declaration.kind not in command.KINDS:
            raise Refused(f"no kind of declaration {declaration.kind!r}: {', '.join(command.KINDS)}", "10.1")
        found = declaration_faults(table.box, view, declaration)
        if found:
            raise Refused("; ".join(found), "10.1")
    table.emit(SignalsGiven(given.capital, given.declarations, given.why))
    if not table.state.waiting:
        signals.announce(table)


def _believe(table: Table, given: command.Believe) -> None:
    _require(table, "believe", given.capital, "10.5")
    asked = asks_about(table.state, given.capital)
    for belief in given.beliefs:
        if belief.declaration not in asked:
            raise Refused(f"declaration {belief.declaration} is not asked about", "10.5")
        if not 0 <= belief.percent <= 100:
            raise Refused(f"a belief is 0 to 100, not {belief.percent}", "10.5")
        table.emit(BeliefStated(given.capital, belief.declaration, belief.percent))
    table.emit(BeliefsClosed(given.capital))
    if not table.state.waiting:
        signals.open_orders(table)


def _draft(table: Table, given: command.Draft) -> None:
    _require(table, "orders", given.capital, "4.3")
    _check_note(given.sheet)
    table.emit(OrderDrafted(given.capital, given.sheet))


def _check_note(sheet: Sheet) -> None:
    if len(sheet.note) > LONGEST_NOTE:
        raise Refused(f"a public line has at most {LONGEST_NOTE} characters, not {len(sheet.note)}", "4.3")
    if sheet.argued:
        whitecell.check_text(sheet.argued, "an order outside the list", "15.7")


def _seal(table: Table, given: command.Seal) -> None:
    _require(table, "orders", given.capital, "4.3")
    _check_note(given.sheet)
    found = faults(table.box, look(table.box, table.state, given.capital), given.sheet)
    if found:
        raise Refused("; ".join(found), "4.3")
    _close_paper(table, given.capital, SEALED, given.sheet, given.salt, given.why)


def _pass(table: Table, given: command.Pass) -> None:
    _require(table, "orders", given.capital, "4.3")
    _close_paper(table, given.capital, PASSED, Sheet(), given.salt, given.why)


def _close_paper(table: Table, capital: str, status: str, sheet: Sheet, salt: str, why: tuple[str, ...]) -> None:
    turn = table.state.turn
    salt = salt or table.dice.salt(capital, turn)
    table.emit(OrderSealed(capital, status, digest(capital, turn, sheet, salt), salt, sheet, why))


def _rule(table: Table, given: command.Rule) -> None:
    _require(table, "rule", WHITE_CELL, "5.6")
    rolled = table.state.pending
    if not isinstance(rolled, ChallengeRolled):
        raise LookupError("what is due and what is pending disagree")
    mode = table.state.setup.mode
    if given.dissent:
        whitecell.check_text(given.dissent, "a dissent", "15.8")
    if mode != climb.FREE:
        overrules = given.taken not in (None, climb.taken_unless_ruled(table, rolled))
        if overrules and mode == climb.RIGID:
            raise Refused("in rigid mode the dice bind everyone", "5.6")
        if overrules and not given.reason.strip():
            raise Refused("overruling the dice needs a reason", "5.6")
    climb.rule(table, rolled, given.taken, given.reason, given.dissent)
    _go_on(table, rolled.item)


def _go_on(table: Table, item: int) -> None:
    """Carry out what follows in the sequence once an order that waited is settled."""
    if table.state.phase == ADJUDICATION:
        reveal.carry_out(table, item + 1)


def _argue(table: Table, given: command.Argue) -> None:
    _require(table, "argue", WHITE_CELL, "15.7")
    opened = table.state.pending
    if not isinstance(opened, ArgumentOpened):
        raise LookupError("what is due and what is pending disagree")
    whitecell.argue(table, opened, given)
    _go_on(table, opened.item)


def _set_turns(table: Table, given: command.SetTurns) -> None:
    whitecell.set_turns(table, given, MOST_TURNS)


def _branch(table: Table, given: command.Branch) -> None:
    state = table.state
    if state.phase in (SETUP, ENDED):
        raise Refused("a branch leaves an exercise while it is going on", "15.10")
    for capital in given.played:
        if capital not in table.box.capital:
            raise Refused(f"no capital {capital!r}.{nearest(capital, tuple(table.box.capital))}", "15.10")
    if state.setup.mode == climb.FREE and not given.white_cell:
        raise Refused("the free mode needs a white cell to rule, in a branch too", "5.6")
    changes = whitecell.changes_by(table, given.shifts, "15.10")
    doctrines = _doctrines(table.box, given, state.doctrines)
    table.emit(Branched(given.parent, given.head, given.played, doctrines, given.white_cell, given.text, changes))


_DECIDES: dict[type, Callable[[Table, Any], None]] = {
    command.Start: _start,
    command.Proceed: _proceed,
    command.Choose: _choose,
    command.Signal: _signal,
    command.Believe: _believe,
    command.Draft: _draft,
    command.Seal: _seal,
    command.Pass: _pass,
    command.Rule: _rule,
    command.CallTime: whitecell.call_time,
    command.Reopen: whitecell.reopen,
    command.Inject: whitecell.inject,
    command.Withhold: whitecell.withhold,
    command.Improvise: whitecell.improvise,
    command.Argue: _argue,
    command.Note: whitecell.note,
    command.Ask: whitecell.ask,
    command.Answer: whitecell.answer,
    command.Tell: whitecell.tell,
    command.SetClock: whitecell.set_clock,
    command.SetTurns: _set_turns,
    command.Branch: _branch,
}
