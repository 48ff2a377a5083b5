"""The one walk over a journal: what one side saw, in order, with its own numbers, and how each turn closed.

Every export is made from these rows, so whatever a side may not see is missing from all of them alike.
"""

from __future__ import annotations

from msgspec import Struct

from wargame.errors import ExerciseError, UsageError, nearest
from wargame.log import WHITE_CELL
from wargame.recorded import Recorded
from wargame.rules.box import Box
from wargame.rules.events import Event, TurnOpened
from wargame.rules.evolve import evolve, opening
from wargame.rules.journal import moment, undone
from wargame.rules.sight import look
from wargame.rules.state import SETUP, State
from wargame.rules.tracks import Values
from wargame.rules.view import PUBLIC
from wargame.rules.witness import witness


class Row(Struct, frozen=True):
    """One fact as the side saw it. ``seq`` counts that side's facts from 1; for the white cell it is the log's number.

    ``entry`` is the place, from 0, of the input it followed from, ``at`` that input's wall clock; ``undone`` says that a
    rewind took it back.
    """

    seq: int
    turn: int
    phase: str
    event: Event
    entry: int = 0
    at: str = ""
    undone: bool = False


class Close(Struct, frozen=True):
    """How a turn stood at its close, or now if it is not closed; 0 is the beginning. Hidden blocks are empty."""

    turn: int
    values: Values


class Walk(Struct, frozen=True):
    """A whole exercise as one side saw it; the closes are those of the course that counts."""

    side: str
    rows: tuple[Row, ...]
    closes: tuple[Close, ...]

    @property
    def counted(self) -> tuple[Row, ...]:
        """The rows that no rewind took back."""
        return tuple(row for row in self.rows if not row.undone)


def check_side(box: Box, side: str) -> None:
    """Raise UsageError unless ``side`` is a capital of the exercise, ``public`` or ``white-cell``."""
    if side not in box.capital and side not in (PUBLIC, WHITE_CELL):
        allowed = (*box.capital, PUBLIC, WHITE_CELL)
        raise UsageError(f"there is no side {side!r} in this exercise: {', '.join(allowed)}.{nearest(side, allowed)}")


def walk(recorded: Recorded, side: str = WHITE_CELL) -> Walk:
    """Return what ``side`` saw. Raises UsageError for no such side, ExerciseError for events that lead nowhere."""
    box = recorded.box
    check_side(box, side)
    rows: list[Row] = []
    closes: list[Close] = []
    state, turn, phase = opening(box), 0, SETUP
    try:
        gone = undone(recorded.entries)
        for place, entry in enumerate(recorded.entries):
            counts = place not in gone
            for event in entry.events:
                if counts:
                    if isinstance(event, TurnOpened):
                        closes.append(_close(box, state, side))
                    state = evolve(box, state, event)
                seen = witness(box, event, side)
                if seen is not None:
                    turn, phase = moment(seen, turn, phase)
                    rows.append(Row(len(rows) + 1, turn, phase, seen, place, entry.at, not counts))
    except (LookupError, ValueError, TypeError, AttributeError) as fault:
        raise ExerciseError(f"the recorded events cannot be followed: {fault!r}") from None
    closes.append(_close(box, state, side))
    return Walk(side, tuple(rows), tuple(closes))


def _close(box: Box, state: State, side: str) -> Close:
    return Close(state.turn, look(box, state, side).values)
