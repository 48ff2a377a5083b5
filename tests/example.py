"""The shipped example: a seminar of four turns, played by doctrines, with a white cell that is written here.

``python -m tests.example`` records it anew into ``decks/examples``; a test holds the shipped files to this script.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from wargame.bots.doctrine import answer
from wargame.branching import keeps_before, players
from wargame.content import load_box
from wargame.exercise import Exercise
from wargame.export.jsonl import jsonl
from wargame.recorded import Recorded
from wargame.rules.agenda import Due
from wargame.rules.dice import Dice
from wargame.rules.events import ArgumentOpened, ChallengeRolled
from wargame.rules.journal import stations
from wargame.rules.orders import (
    Answer,
    Argue,
    Ask,
    Branch,
    CallTime,
    Command,
    Draft,
    Improvise,
    Inject,
    Note,
    Pass,
    Proceed,
    Reopen,
    Rewind,
    Rule,
    Seal,
    SetClock,
    Shift,
    Start,
    Tell,
)
from wargame.rules.state import ENDED, State

FOLDER = Path(__file__).parents[1] / "decks" / "examples"
SEMINAR, PERMITTED = FOLDER / "seminar.jsonl.gz", FOLDER / "seminar-permitted.jsonl.gz"
SEED = 13
BEGINS = datetime(2026, 3, 12, 14, 0, tzinfo=UTC)
CELL = "white-cell"

DOCTRINES = {
    "moscow": "revise-now",
    "beijing": "patient-pressure",
    "kyiv": "strike-back",
    "taipei": "porcupine-island",
    "washington": "arm-and-veto",
}


class Room:
    """Five teams that answer as doctrines would, a clock that a facilitator could have kept, and a white cell."""

    def __init__(self, seed: int = SEED) -> None:
        self.box = load_box("february-2022")
        self.now = BEGINS
        capitals = tuple(self.box.capital)
        doctrines = tuple((who, DOCTRINES.get(who, "")) for who in capitals if DOCTRINES.get(who))
        start = Start("february-2022", "balanced", "semi-rigid", 4, capitals, doctrines, white_cell=True)
        self.exercise = Exercise.create(self.box, start, seed, clock=lambda: self.now)
        self.dice = Dice(seed)
        self.instead: dict[tuple[int, str, str], Command] = {}

    @property
    def state(self) -> State:
        return self.exercise.state

    def cell(self, *commands: Command, minutes: float = 0.5) -> None:
        """Let the white cell do something."""
        for command in commands:
            self.now += timedelta(minutes=minutes)
            self.exercise.submit(command)

    def answered(self, due: Due) -> Command:
        """Return what a team answers: what this script gives it, else what its doctrine would."""
        given = self.instead.pop((self.state.turn, due.who, due.kind), None)
        view = self.exercise.view(due.who)
        return given or answer(self.box, view, due.kind, dict(self.state.doctrines)[due.who], self.dice)

    def until(self, holds: Callable[[State], bool]) -> None:
        """Let the teams answer and the table go on until something holds or the white cell has to rule."""
        while not holds(self.state):
            due = self.exercise.owed()
            if not due or due[0].who == CELL:
                return
            self.now += timedelta(minutes=1.2 if due[0].who in self.box.capital else 0.4)
            if due[0].kind == "proceed":
                self.exercise.submit(Proceed())
            else:
                self.exercise.submit(self.answered(due[0]), by=CELL)

    def orders(self) -> None:
        """Go on to where orders are written, and start the clock."""
        self.until(lambda state: state.phase == "orders")
        self.cell(SetClock("start", 720))

    def adjudicate(self, rule: Callable[[ChallengeRolled], Rule] = lambda _: Rule()) -> None:
        """Reveal and go through the sequence; arguments are thrown for, challenges ruled on by ``rule``."""
        self.until(lambda state: state.phase == "orders" and not state.waiting)
        self.cell(SetClock("stop"))
        self.until(lambda state: state.phase == "consequences")
        while (waits := self.state.pending) is not None:
            if isinstance(waits, ArgumentOpened):
                self.cell(ARGUED)
            else:
                self.cell(rule(waits), minutes=1.5)
            self.until(lambda state: state.phase == "consequences")
        for who in self.box.capital:
            self.cell(Tell(who, len(self.exercise.entries)), minutes=0.2)

    def close(self) -> None:
        """Draw the consequences of the turn."""
        self.until(lambda state: state.phase in ("update", ENDED))


ARGUED = Argue(
    "dice",
    pros=("The mission has monitored the line for years and is known to both sides.",
          "An incident seen by others is harder to deny."),
    cons=("Its mandate needs the consent of the capital that would rather not be watched.",),
    shifts=(Shift("moscow>kyiv.audience", -0.5),),
)  # fmt: skip


def seminar(seed: int = SEED) -> Recorded:
    """Play the example and return its record."""
    room = Room(seed)
    room.cell(Note("note", "An example: each team answers as a doctrine would, and the white cell is a script."))

    # Turn 1: a question from the start, and an order that nobody has printed.
    room.orders()
    room.cell(Ask("q1", "kyiv", "Is there a treaty that obliges Washington to fight for us?"),
              Answer("q1", "kyiv", "There is none."))  # fmt: skip
    sheet = room.answered(Due("orders", "kyiv"))
    assert isinstance(sheet, Seal)
    moves = sheet.sheet.moves[: room.box.capital["kyiv"].orders - 1]
    own_words = replace(
        sheet.sheet, moves=moves, argued="Ask the monitoring mission to double its patrols along the line of contact."
    )
    room.instead[(1, "kyiv", "orders")] = replace(sheet, sheet=own_words)
    room.adjudicate()
    room.close()

    # Turn 2: somebody is late, somebody passes, and the white cell overrules one roll against a minority of its own.
    room.orders()
    late = room.answered(Due("orders", "taipei"))
    room.cell(
        SetClock("extend", 120),
        Note("moment", "Washington gives more and permits less. Come back to this.", "washington"),
    )
    for who in ("moscow", "beijing", "washington"):
        room.exercise.submit(room.answered(Due("orders", who)), by=CELL)
    room.exercise.submit(Pass("kyiv"), by=CELL)
    room.cell(CallTime())
    room.cell(Reopen("taipei", "The runner stood at the wrong door."))
    room.exercise.submit(late, by=CELL)
    room.adjudicate(overruling())
    room.close()

    # Turn 3: the conditional inject, one of the white cell's own, and a rewind after a misread sheet.
    room.until(lambda state: state.phase == "signal")
    room.cell(Improvise("A call between the ministries", "The defence ministries of Washington and Moscow speak "
                        "for the first time in a week. Businesslike, both say.", (), (Shift("world.risk", -1),)))  # fmt: skip
    room.orders()
    before = len(room.exercise.entries)
    room.adjudicate()
    room.cell(Note("decision", "The sheets are read again from their envelopes before anything else is decided."))
    room.cell(Rewind(before, "Moscow's sheet was read from the wrong envelope."))
    draft = room.answered(Due("orders", "moscow"))
    assert isinstance(draft, Seal)
    room.exercise.submit(Draft("moscow", draft.sheet), by=CELL)
    room.adjudicate()
    room.close()

    # Turn 4: a contingency for a table that looks one way, and the end.
    room.until(lambda state: state.phase == "signal")
    room.cell(Inject("c08", "Nobody has spoken of the Strait for half an hour."))
    room.orders()
    room.adjudicate()
    room.close()
    room.cell(Note("hot-wash", "Ask first: which declaration did you believe, and what would have changed that?"),
              Note("hot-wash", "Ask Kyiv and Washington in one breath what the permission was for."))  # fmt: skip
    return room.exercise.recorded


def overruling() -> Callable[[ChallengeRolled], Rule]:
    """Overrule the first challenge that comes, and let all others stand."""
    ruled: list[str] = []

    def rule(rolled: ChallengeRolled) -> Rule:
        if ruled:
            return Rule()
        ruled.append(rolled.challenger)
        taken = rolled.die <= rolled.percent
        return Rule(
            taken,
            "The forces were already moving in plain sight; to call them back would have been the larger step."
            if taken
            else "The step needs a port that was closed this turn.",
            "One of three would have let the dice stand: a team should be held to its own assessment.",
        )

    return rule


def permitted(parent: Recorded) -> Recorded:
    """Return a branch: turn 3 again, with everything permitted to Kyiv, on equal luck and with the same orders."""
    keeps = keeps_before(parent.entries, 3, "orders")
    shifts = (Shift("washington>kyiv.permission", to="everything"),)
    given = Branch("seminar", "", shifts=shifts, text="What if Washington had permitted Kyiv everything before turn 3?")
    branch = Exercise.branch(parent, keeps, given)
    branch.seat(players(parent, tuple(parent.box.capital), dict(branch.state.doctrines)))
    branch.run()
    return branch.recorded


def write(path: Path, recorded: Recorded) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(jsonl(recorded).encode(), 9, mtime=0))


if __name__ == "__main__":
    one = seminar()
    write(SEMINAR, one)
    write(PERMITTED, permitted(one))
    print(*(f"{each.turn} {each.phase} {each.keeps}" for each in stations(one.entries)), sep="\n")
