"""Laws of rule 15: whatever a white cell does in whatever order, it is accepted or refused, and the record replays."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.games import a_start, february
from wargame.bots.doctrine import answer
from wargame.errors import Refused
from wargame.exercise import Exercise
from wargame.export.csv import tables
from wargame.export.jsonl import jsonl
from wargame.export.md import chronicle
from wargame.recorded import from_jsonl
from wargame.rules import orders as command
from wargame.rules.agenda import Due
from wargame.rules.dice import Dice
from wargame.rules.journal import effective, replay, stations
from wargame.rules.orders import Command, Shift
from wargame.rules.state import ENDED
from wargame.verification import compared

INPUTS: Final = 60


def _shifts(exercise: Exercise, chance: Random) -> tuple[Shift, ...]:
    track = chance.choice(exercise.box.tracks)
    word = chance.choice(track.words) if track.words else ""
    return (Shift(track.address, 0 if word else chance.choice((-1, 1, 0.5)), word),)


def _somebody(exercise: Exercise, chance: Random) -> str:
    return chance.choice(tuple(exercise.box.capital))


LEVERS: Final[tuple[Callable[[Exercise, Random], Command], ...]] = (
    lambda e, c: command.CallTime(),
    lambda e, c: command.Reopen(_somebody(e, c), "The runner was late."),
    lambda e, c: command.Inject(c.choice(e.box.cards).id),
    lambda e, c: command.Withhold(c.choice(e.box.scenario.injects).card, c.choice((0, e.state.turn + 1))),
    lambda e, c: command.Improvise("A", "B.", (_somebody(e, c),) * c.randrange(2), _shifts(e, c)),
    lambda e, c: command.Improvise("A", "B.", dyad=c.choice(e.box.dyads).id, rung=c.choice(e.box.ladder.rungs).id),
    lambda e, c: command.Argue(
        c.choice(("dice", "vote")), ("x",) * c.randrange(3), yes=c.randrange(3), shifts=_shifts(e, c)
    ),
    lambda e, c: command.Rule(c.choice((None, True, False)), "So it is.", c.choice(("", "Not all of us."))),
    lambda e, c: command.Note("note", "A line.", _somebody(e, c)),
    lambda e, c: command.Ask("q", _somebody(e, c), "Why?"),
    lambda e, c: command.Answer("q", _somebody(e, c), "Not recorded."),
    lambda e, c: command.Tell(_somebody(e, c), len(e.entries)),
    lambda e, c: command.SetClock(
        *c.choice((("start", 60), ("pause", 0), ("resume", 0), ("extend", -30), ("stop", 0)))
    ),
    lambda e, c: command.SetTurns(c.randrange(1, 6), "We are late."),
    lambda e, c: command.Rewind(c.randrange(1, len(e.entries) + 1), "Once more."),
    lambda e, c: command.Draft(_somebody(e, c), command.Sheet(argued="Ask for observers.")),
)


def _due(exercise: Exercise, due: Due) -> Command:
    """Answer what is owed as a doctrine would; some teams order what is not on the list."""
    if due.kind in ("proceed", "rule", "argue"):
        return {"proceed": command.Proceed(), "rule": command.Rule(), "argue": command.Argue("vote", yes=1)}[due.kind]
    return answer(
        exercise.box, exercise.view(due.who), due.kind, dict(exercise.state.doctrines)[due.who], Dice(exercise.seed)
    )


def played(seed: int) -> Exercise:
    """Play with levers pulled at random between the inputs that are owed."""
    chance = Random(seed)
    capitals = tuple(february().capital)
    exercise = Exercise.create(february(), a_start(*capitals[: chance.randrange(6)], white_cell=True, turns=3), seed)
    for _ in range(INPUTS):
        due = exercise.run(hold=True)
        given_ = (
            chance.choice(LEVERS)(exercise, chance) if chance.random() < 0.45 or not due else _due(exercise, due[0])
        )
        before = (exercise.state, len(exercise.entries))
        try:
            exercise.submit(given_)
        except Refused:
            assert (exercise.state, len(exercise.entries)) == before
    return exercise


@settings(max_examples=12)
@given(seed=st.integers(0, 10**6))
@example(seed=1)
def test_15_whatever_the_white_cell_does_the_record_replays(seed: int) -> None:
    exercise = played(seed)
    recorded = exercise.recorded
    assert replay(exercise.box, recorded.entries) == exercise.state
    assert compared(recorded).same
    assert from_jsonl(jsonl(recorded).encode(), "log") == recorded
    for side in (*exercise.box.capital, "public"):
        assert jsonl(recorded, side)
        assert tables(recorded, side)
    assert chronicle(recorded)


@settings(max_examples=8)
@given(seed=st.integers(0, 10**6), place=st.integers(0, 1000))
def test_15_9_any_station_can_be_gone_back_to(seed: int, place: int) -> None:
    exercise = played(seed)
    found = stations(exercise.entries)
    station = found[place % len(found)]
    if station.keeps == len(exercise.entries):
        return
    exercise.submit(command.Rewind(station.keeps, "Once more."))
    assert station.phase in (exercise.state.phase, ENDED)
    assert replay(exercise.box, effective(exercise.entries)) == exercise.state
