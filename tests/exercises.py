"""Whole recorded exercises of bots, played once for each seed and shared by the tests of what is recorded."""

from __future__ import annotations

from functools import cache

from tests.games import three_capitals
from wargame.exercise import Exercise
from wargame.rules.box import Box
from wargame.rules.orders import Start


def the_box() -> Box:
    """Return the small scenario of three capitals: files and logs of a tenth of the size."""
    return three_capitals()


def a_start(*played: str, turns: int = 0, white_cell: bool = False) -> Start:
    """Return the opening input of an exercise."""
    box = the_box()
    return Start(
        box.scenario.id, box.scenario.theory, "semi-rigid", turns or box.scenario.turns, played, white_cell=white_cell
    )


@cache
def a_game(seed: int) -> Exercise:
    """Return a finished game of bots, in memory. Not to be changed."""
    exercise = Exercise.create(the_box(), a_start(), seed)
    assert exercise.run() == ()
    return exercise
