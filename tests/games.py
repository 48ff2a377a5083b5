"""Playing games in tests: the same loop over what is owed that every front end runs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

from wargame.content.compile.box import load_box
from wargame.exercise import Exercise
from wargame.rules.box import Box
from wargame.rules.dice import Dice
from wargame.rules.events import Event
from wargame.rules.orders import Start
from wargame.rules.state import State
from wargame.trials import games
from wargame.trials.games import Chooser, Step, by_doctrine

__all__ = ["Chooser", "Step", "by_doctrine"]

HERE = Path(__file__).parent


@cache
def february() -> Box:
    return load_box("february-2022")


@cache
def three_capitals() -> Box:
    return load_box(str(HERE / "content" / "three-capitals" / "scenario.toml"))


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


def play(
    box: Box, seed: int, choose: Chooser = by_doctrine, start: Start | None = None, dice: Dice | None = None
) -> Iterator[Step]:
    """Play step by step until nothing is owed; ``dice`` may be loaded."""
    return games.play(box, seed, start, choose, dice)


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
