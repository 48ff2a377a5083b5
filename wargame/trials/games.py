"""A game by doctrines alone, step by step, with nothing recorded: the inner loop of every trial."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from wargame.bots.doctrine import answer
from wargame.rules.agenda import TABLE, WHITE_CELL, Due, owed
from wargame.rules.box import Box
from wargame.rules.decide import advance
from wargame.rules.dice import Dice
from wargame.rules.events import Event
from wargame.rules.evolve import opening
from wargame.rules.orders import Command, Proceed, Rule, Start
from wargame.rules.resolve.climb import SEMI_RIGID
from wargame.rules.sight import look
from wargame.rules.state import State


class Step(NamedTuple):
    """One input of a game: the state before it, what followed, the state after it."""

    before: State
    command: Command
    events: tuple[Event, ...]
    after: State


def start_of(box: Box, theory: str = "", doctrines: Sequence[tuple[str, str]] = ()) -> Start:
    """Return the opening of a game that nobody plays: the scenario's theory and first doctrines where none are named."""
    return Start(box.scenario.id, theory or box.scenario.theory, SEMI_RIGID, box.scenario.turns, (), tuple(doctrines))


def by_doctrine(box: Box, state: State, due: Due, dice: Dice) -> Command:
    """Answer as the doctrine of the capital that owes; the table goes on, and the white cell lets the dice stand."""
    if due.who == TABLE:
        return Proceed()
    if due.who == WHITE_CELL:
        return Rule()
    return answer(box, look(box, state, due.who), due.kind, dict(state.doctrines)[due.who], dice)


Chooser = Callable[[Box, State, Due, Dice], Command]
"""Gives what is owed."""


def play(
    box: Box, seed: int, start: Start | None = None, choose: Chooser = by_doctrine, dice: Dice | None = None
) -> Iterator[Step]:
    """Play until nothing is owed. The same box, seed and start give the same game; ``dice`` may be loaded."""
    dice = dice or Dice(seed)
    state = opening(box)
    command: Command = start or start_of(box)
    while True:
        after, events = advance(box, state, command, dice)
        yield Step(state, command, events, after)
        state = after
        due = owed(box, state)
        if not due:
            return
        command = choose(box, state, due[0], dice)
