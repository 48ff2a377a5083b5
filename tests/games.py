"""Playing games in tests: the same loop over what is owed that every front end runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

from wargame.bots.doctrine import answer
from wargame.content.compile.box import load_box
from wargame.exercise import Exercise
from wargame.rules.agenda import TABLE, WHITE_CELL, Due, owed
from wargame.rules.box import Box
from wargame.rules.decide import advance
from wargame.rules.dice import Dice
from wargame.rules.events import Event
from wargame.rules.evolve import opening
from wargame.rules.orders import Command, Proceed, Rule, Start
from wargame.rules.sight import look
from wargame.rules.state import State

HERE = Path(__file__).parent


@cache
def february() -> Box:
    return load_box("february-2022")


@cache
def three_capitals() -> Box:
    return load_box(str(HERE / "content" / "three-capitals" / "scenario.toml"))


class Step(Struct, frozen=True):
    """One input of a game: the state before it, the command, what followed."""

    before: State
    command: Command
    events: tuple[Event, ...]
    after: State


class Game(Struct, frozen=True):
    """A whole game."""

    box: Box
    seed: int
    steps: tuple[Step, ...]

    @property
    def end(self) -> State:
        return self.steps[-1].after

    def events(self) -> Iterator[Event]:
        for step in self.steps:
            yield from step.events


Chooser = Callable[[Box, State, Due, Dice], Command]


def by_doctrine(box: Box, state: State, due: Due, dice: Dice) -> Command:
    """Answer as the doctrine of the capital that owes; the table proceeds; the white cell lets the dice stand."""
    if due.who == TABLE:
        return Proceed()
    if due.who == WHITE_CELL:
        return Rule()
    return answer(box, look(box, state, due.who), due.kind, dict(state.doctrines)[due.who], dice)


def play(
    box: Box, seed: int, choose: Chooser = by_doctrine, start: Start | None = None, dice: Dice | None = None
) -> Iterator[Step]:
    """Play step by step until nothing is owed; ``dice`` may be loaded."""
    dice = dice or Dice(seed)
    state = opening(box)
    command: Command = start or Start(box.scenario.id, box.scenario.theory, "semi-rigid", box.scenario.turns)
    while True:
        after, events = advance(box, state, command, dice)
        yield Step(state, command, events, after)
        state = after
        due = owed(box, state)
        if not due:
            return
        command = choose(box, state, due[0], dice)


def played(box: Box, seed: int, choose: Chooser = by_doctrine, start: Start | None = None) -> Game:
    """Return a whole game."""
    return Game(box, seed, tuple(play(box, seed, choose, start)))


def the_box() -> Box:
    """Return the compiled default scenario."""
    return february()


def a_start(*played: str, turns: int = 0, white_cell: bool = False) -> Start:
    """Return the opening input of an exercise of the default scenario."""
    scenario = february().scenario
    return Start(scenario.id, scenario.theory, "semi-rigid", turns or scenario.turns, played, white_cell=white_cell)


@cache
def a_game(seed: int) -> Exercise:
    """Return a finished game of bots, in memory. Not to be changed."""
    exercise = Exercise.create(february(), a_start(), seed)
    assert exercise.run() == ()
    return exercise
