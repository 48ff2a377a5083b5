"""An exercise that follows another one: how the earlier one ended."""

from __future__ import annotations

from pathlib import Path

from wargame.content.compile.inherit import Ending
from wargame.errors import ExerciseError, UsageError
from wargame.rules.evolve import fold, opening
from wargame.rules.journal import effective
from wargame.rules.state import ENDED
from wargame.verification import recorded_in


def end_of(path: Path) -> Ending:
    """Return how a recorded exercise ended. Raises UsageError if it has not, ExerciseError if the record is damaged."""
    recorded = recorded_in(path)
    events = (event for entry in effective(recorded.entries) for event in entry.events)
    try:
        state = fold(recorded.box, opening(recorded.box), events)
    except (LookupError, ValueError, TypeError, AttributeError) as fault:
        raise ExerciseError(f"the recorded events of {path} cannot be followed: {fault!r}") from None
    if state.phase != ENDED:
        raise UsageError(
            f"{path} has not ended (turn {state.turn}): only an exercise that is over can be followed by another"
        )
    return Ending(recorded.box, state.values)
