"""Blocks of a session and the plan they make: values, their order, and their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wargame.rules.box import Box, Timing
from wargame.rules.decide import MOST_TURNS
from wargame.rules.state import ADJUDICATION, BELIEFS, CONSEQUENCES, ENDED, ORDERS, SETUP, SIGNAL, UPDATE

BRIEF, PAUSE, DEBRIEF = "brief", "pause", "debrief"
OF_A_TURN: Final = (UPDATE, SIGNAL, ORDERS, ADJUDICATION, CONSEQUENCES)
"""Blocks of a turn, named as its phases; beliefs are written down in that of the signals."""

NAMES: Final = {
    BRIEF: "Opening brief", UPDATE: "Update", SIGNAL: "Signal", ORDERS: "Orders", ADJUDICATION: "Adjudication",
    CONSEQUENCES: "Consequences", PAUSE: "Break", DEBRIEF: "Debrief",
}  # fmt: skip
SPOKEN: Final = {
    BRIEF: "the opening brief", UPDATE: "the update", SIGNAL: "the signals", ORDERS: "deliberation",
    ADJUDICATION: "adjudication", CONSEQUENCES: "the read-out", PAUSE: "the break",
}  # fmt: skip
_DOES: Final = {
    BRIEF: "Who is who, the question, how to seal.",
    UPDATE: "Hand over the cards, without comment.",
    SIGNAL: "All declare at once; then belief slips.",
    ORDERS: "Deliberate and seal; call time once.",
    ADJUDICATION: "Open all at once; roll, rule, say why.",
    CONSEQUENCES: "Read out to each team what it may know.",
    PAUSE: "Papers face down; the clock stands.",
    DEBRIEF: "What happened, why, who was believed.",
}
_LAST_ORDERS: Final = "The last turn: say so. Deliberate, seal."


class Block(Struct, frozen=True, gc=False):
    """A stretch of a session. ``turn`` is 0 for brief and debrief; a break names the turn before it.

    ``least``: it is never planned shorter; ``starts`` in minutes from the start; ``does``: the white cell's part, in a line.
    """

    name: str
    turn: int
    phase: str
    minutes: int
    least: int
    starts: int = 0
    does: str = ""

    @property
    def ends(self) -> int:
        """The minute at which the next block begins."""
        return self.starts + self.minutes


class Plan(Struct, frozen=True):
    """A session, or the rest of one, up to the minute at which it ends; its last block is the debrief.

    ``last_call``: the latest minute at which the last turn can begin; ``wind_down``: when to say that play is about to end.
    """

    minutes: int
    teams: int
    turns: int
    blocks: tuple[Block, ...]
    last_call: int
    wind_down: int
    notes: tuple[str, ...] = ()

    @property
    def debrief(self) -> Block:
        """The debrief."""
        return self.blocks[-1]

    def at(self, turn: int, phase: str) -> Block | None:
        """Return the block in which an exercise in this turn and phase is, or None if the plan has none for it."""
        where = place(turn, phase)
        return next((block for block in self.blocks if place(block.turn, block.phase) == where), None)


def place(turn: int, phase: str) -> tuple[int, int]:
    """Return where a block, or a phase of the rules, stands in the order of a session."""
    if phase in (DEBRIEF, ENDED):
        return (MOST_TURNS + 1, 0)
    if phase in (BRIEF, SETUP):
        return (0, 0)
    return (turn, (*OF_A_TURN, PAUSE).index(SIGNAL if phase == BELIEFS else phase))


def total(parts: Iterable[Block]) -> int:
    """Return the minutes of all these together."""
    return sum(part.minutes for part in parts)


def debrief_of(timing: Timing, minutes: int, percent: int = 0) -> int:
    """Return minutes of debrief, rounded up: the least there must be, or so many percent if that is more."""
    return -(-minutes * max(percent, timing.debrief_least) // 100)


def scheduled(box: Box, parts: Sequence[Block], starts: int, minutes: int, teams: int, turns: int) -> Plan:
    """Put blocks one after another, the debrief behind them up to the end, and say what is done in each."""
    timing, first = box.rulebook.timing, starts
    blocks = []
    for part in parts:
        blocks.append(replace(part, starts=starts, does=_does(box, part, turns)))
        starts += part.minutes
    least = debrief_of(timing, minutes)
    blocks.append(Block(NAMES[DEBRIEF], 0, DEBRIEF, minutes - starts, least, starts, _DOES[DEBRIEF]))
    last = sum(part.least for part in parts if part.turn == turns and part.phase in OF_A_TURN)
    return Plan(minutes, teams, turns, tuple(blocks), starts - last, max(first, starts - timing.wind_down))


def _does(box: Box, part: Block, turns: int) -> str:
    due = [inject for inject in box.scenario.injects if inject.turn == part.turn]
    if part.phase == UPDATE and due:
        up_to = "up to " if any(inject.only_if or inject.skip_if for inject in due) else ""
        return f"Hand over cards and {up_to}{len(due)} inject{'s' * (len(due) > 1)}."
    return _LAST_ORDERS if part.phase == ORDERS and part.turn == turns else _DOES[part.phase]


def in_minutes(number: int) -> str:
    """Return minutes in words."""
    return f"{number} minute{'s' * (number != 1)}"


def in_turns(number: int) -> str:
    """Return turns in words."""
    return f"{number} turns" if number != 1 else "one turn"


def in_teams(number: int) -> str:
    """Return teams in words."""
    return f"{number} teams" if number != 1 else "one team"


def listed(words: Sequence[str]) -> str:
    """Return words as a list within a sentence."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def begun(text: str) -> str:
    """Return text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]
