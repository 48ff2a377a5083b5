"""The journal: every accepted command with the events that followed from it, in order.

The state is the fold of the events and needs neither dice nor commands; the commands stay beside them so that a
recorded exercise can be played again and compared step by step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from wargame.rules.box import Box
from wargame.rules.events import Event, ExerciseEnded, ExerciseStarted, OrdersRevealed, PhaseOpened, TurnOpened
from wargame.rules.evolve import evolve, opening
from wargame.rules.orders import Command
from wargame.rules.state import ADJUDICATION, ENDED, SETUP, UPDATE, State


class Entry(Struct, frozen=True, gc=False):
    """One accepted input and what followed. ``at`` is the wall clock (ISO 8601), empty where no clock is kept."""

    command: Command
    events: tuple[Event, ...]
    at: str = ""


def effective(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Return the entries that count, in order: all of them, as nothing can be taken back yet."""
    return entries


def replay(box: Box, entries: Sequence[Entry]) -> State:
    """Return the state that the entries lead to. No die is thrown."""
    state = opening(box)
    for entry in effective(entries):
        for event in entry.events:
            state = evolve(box, state, event)
    return state


def moment(event: Event, turn: int, phase: str) -> tuple[int, str]:
    """Return the turn and phase in which an event lies that follows on this turn and phase."""
    if isinstance(event, PhaseOpened):
        return turn, event.opened
    if isinstance(event, TurnOpened):
        return event.turn, UPDATE
    if isinstance(event, ExerciseStarted):
        return 0, UPDATE
    if isinstance(event, OrdersRevealed):
        return turn, ADJUDICATION
    if isinstance(event, ExerciseEnded):
        return turn, ENDED
    return turn, phase


def moments(events: Iterable[Event], turn: int = 0, phase: str = SETUP) -> Iterable[tuple[int, str, Event]]:
    """Yield each event with its turn and phase."""
    for event in events:
        turn, phase = moment(event, turn, phase)
        yield turn, phase, event
