"""The journal: every accepted command with the events that followed from it, in order.

The state is the fold of the events and needs neither dice nor commands; the commands stay beside them so that a
recorded exercise can be played again and compared step by step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from wargame.errors import Refused
from wargame.rules.box import Box
from wargame.rules.decide import advance
from wargame.rules.dice import Dice
from wargame.rules.events import (
    Event,
    ExerciseEnded,
    ExerciseStarted,
    OrdersRevealed,
    PhaseOpened,
    Rewound,
    TurnOpened,
)
from wargame.rules.evolve import evolve, opening
from wargame.rules.orders import Answer, Ask, Branch, Command, Note, Rewind, SetClock, Tell
from wargame.rules.state import ADJUDICATION, BELIEFS, ENDED, SETUP, UPDATE, State


class Entry(Struct, frozen=True, gc=False):
    """One accepted input and what followed. ``at`` is the wall clock (ISO 8601), empty where no clock is kept.

    ``by`` is ``white-cell`` where the white cell entered it on a capital's behalf, otherwise empty.
    """

    command: Command
    events: tuple[Event, ...]
    at: str = ""
    by: str = ""


OF_THE_ROOM: Final = (Note, Ask, Answer, Tell, SetClock, Rewind)
"""Inputs that change nothing in the game: what was said and done in the room stays said and done."""


def undone(entries: Sequence[Entry]) -> frozenset[int]:
    """Return the places, from 0, of the entries that a rewind has taken back."""
    gone: set[int] = set()
    for place, entry in enumerate(entries):
        if isinstance(entry.command, Rewind):
            gone.update(range(entry.command.keeps, place))
    return frozenset(place for place in gone if not isinstance(entries[place].command, OF_THE_ROOM))


def effective(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Return the entries that count, in order: all but those that a rewind has taken back (rule 15.9)."""
    gone = undone(entries)
    return [entry for place, entry in enumerate(entries) if place not in gone] if gone else entries


class Station(Struct, frozen=True, gc=False):
    """A place to go back to: after the first ``keeps`` inputs, where ``phase`` of ``turn`` began.

    A turn's update begins where the one before it has closed: its cards are not drawn yet.
    """

    keeps: int
    turn: int
    phase: str


def stations(entries: Sequence[Entry]) -> tuple[Station, ...]:
    """Return where each phase of each turn began in the course that counts, in order."""
    gone = undone(entries)
    found: list[Station] = []
    turn, phase = 0, SETUP
    for place, entry in enumerate(entries):
        if place in gone:
            continue
        for event in entry.events:
            turn, phase = moment(event, turn, phase)
        opened = isinstance(entry.events[-1], (PhaseOpened, ExerciseEnded)) or place == 0
        if opened and phase != BELIEFS:
            found.append(Station(place + 1, turn + (phase == UPDATE), phase))
    return tuple(found)


def accept(
    box: Box, entries: Sequence[Entry], state: State, given: Command, dice: Dice
) -> tuple[State, tuple[Event, ...]]:
    """Return the state and the events after one more input, which may be to go back. Raises Refused.

    ``entries`` is the journal so far and ``state`` what it leads to.
    """
    if not isinstance(given, Rewind):
        return advance(box, state, given, dice)
    if not state.setup.white_cell:
        raise Refused("only a white cell may rewind an exercise; a branch leaves it as it is", "15.9")
    if not given.reason.strip():
        raise Refused("a rewind needs a reason, which is read out", "15.9")
    branched = max((place for place, entry in enumerate(entries) if isinstance(entry.command, Branch)), default=0)
    if not branched < given.keeps < len(entries) or given.keeps - 1 in undone(entries):
        raise Refused(f"there is no place after input {given.keeps} to go back to", "15.9")
    nothing = Entry(given, ())
    now = replay(box, (*entries, nothing))
    return now, (Rewound(given.keeps, now.turn, now.phase, given.reason),)


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
    if isinstance(event, Rewound):
        return event.turn, event.phase
    return turn, phase


def moments(events: Iterable[Event], turn: int = 0, phase: str = SETUP) -> Iterable[tuple[int, str, Event]]:
    """Yield each event with its turn and phase."""
    for event in events:
        turn, phase = moment(event, turn, phase)
        yield turn, phase, event
