"""Planning a whole session: how many turns, how long each part, where the breaks are, and why something does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from msgspec.structs import replace

from wargame.errors import UsageError
from wargame.plan.blocks import (
    BRIEF,
    NAMES,
    OF_A_TURN,
    PAUSE,
    Block,
    Plan,
    begun,
    debrief_of,
    in_minutes,
    in_teams,
    in_turns,
    scheduled,
    total,
)
from wargame.rules.box import Box, Span, Timing
from wargame.rules.decide import MOST_TURNS
from wargame.rules.state import ORDERS


def plan(box: Box, minutes: int, teams: int, turns: int | None = None) -> Plan:
    """Plan a session. Without ``turns``, as many as suit the time best, at most the scenario's.

    Raises UsageError, with the arithmetic and what would fit, if there is no room for so much.
    """
    if minutes < 1 or teams < 1:
        raise UsageError("a session has at least one minute and one team")
    if turns is not None and not 1 <= turns <= MOST_TURNS:
        raise UsageError(f"an exercise has 1 to {MOST_TURNS} turns, not {turns}")
    timing = box.rulebook.timing
    chosen = turns or _best(box, minutes, teams)
    parts = _fitted(timing, minutes, teams, chosen) if chosen else None
    if parts is None:
        raise UsageError(_misfit(box, minutes, teams, turns))
    found = scheduled(box, parts, 0, minutes, teams, chosen)
    return replace(found, notes=tuple(_notes(box, found)))


def shortened(timing: Timing, parts: Sequence[Block], room: int) -> tuple[Block, ...] | None:
    """Shorten blocks until they fit, or return None: kind by kind in the printed order, the longest of a kind together."""
    for phase in timing.shorten:
        while total(parts) > room:
            longest = max((p.minutes for p in parts if p.phase == phase and p.minutes > p.least), default=0)
            if not longest:
                break
            parts = [
                replace(p, minutes=max(longest - 1, p.least)) if p.phase == phase and p.minutes == longest else p
                for p in parts
            ]
    return tuple(parts) if total(parts) <= room else None


def _part(timing: Timing, phase: str, turn: int, teams: int) -> Block:
    span: Span = getattr(timing, phase)
    more = (span.team_seconds * teams + 30) // 60
    least = span.least if phase in timing.shorten else span.minutes
    return Block(NAMES[phase], turn, phase, span.minutes + more, least + more)


def _parts(timing: Timing, teams: int, turns: int, pauses: int = 0) -> tuple[Block, ...]:
    """Return the blocks before the debrief at their full length, pauses as evenly between the turns as can be."""
    found = [_part(timing, BRIEF, 0, teams)]
    after = {-(-number * turns // (pauses + 1)) for number in range(1, pauses + 1)}
    for turn in range(1, turns + 1):
        found.extend(_part(timing, phase, turn, teams) for phase in (*OF_A_TURN, *((PAUSE,) * (turn in after))))
    return tuple(found)


def _fitted(timing: Timing, minutes: int, teams: int, turns: int) -> tuple[Block, ...] | None:
    """Return the blocks before the debrief with as many pauses as there is room for, or None."""
    for pauses in range(_pauses(timing, minutes, turns), -1, -1):
        parts = shortened(timing, _parts(timing, teams, turns, pauses), minutes - debrief_of(timing, minutes))
        if parts is not None:
            return _lengthened(parts, minutes - debrief_of(timing, minutes, timing.debrief_percent), turns)
    return None


def _lengthened(parts: tuple[Block, ...], room: int, turns: int) -> tuple[Block, ...]:
    """Give the time to spare to every block in proportion, and what is left of it to deliberation."""
    before = total(parts)
    if room <= before:
        return parts
    longer = [replace(p, minutes=p.minutes * room // before) for p in parts]
    more = (room - total(longer)) // turns
    return tuple(replace(p, minutes=p.minutes + more) if p.phase == ORDERS else p for p in longer)


def _pauses(timing: Timing, minutes: int, turns: int) -> int:
    return min(minutes // timing.pause_every, turns)


def _best(box: Box, minutes: int, teams: int) -> int:
    """Return the number of turns that neither crowd the session nor leave it empty, or 0 if not even one fits.

    It is the one whose length, three fifths of the way from the least to the full, comes nearest to the time there is.
    """
    timing = box.rulebook.timing
    room = minutes - debrief_of(timing, minutes)

    def far(turns: int) -> int:
        parts = _parts(timing, teams, turns, _pauses(timing, minutes, turns))
        return abs(5 * room - 3 * total(parts) - 2 * sum(part.least for part in parts))

    fits = (turns for turns in range(1, box.scenario.turns + 1) if _least(timing, teams, turns) <= room)
    return min(fits, key=far, default=0)


def _least(timing: Timing, teams: int, turns: int) -> int:
    """Return the minutes that brief and so many turns take at the least."""
    return sum(part.least for part in _parts(timing, teams, turns))


def _needed(timing: Timing, teams: int, turns: int) -> int:
    """Return the shortest session that holds so many turns."""
    least = _least(timing, teams, turns)
    return next(minutes for minutes in count(least) if minutes - debrief_of(timing, minutes) >= least)


def _misfit(box: Box, minutes: int, teams: int, turns: int | None) -> str:
    """Return why a session does not fit, with the arithmetic, and what would."""
    timing, asked = box.rulebook.timing, turns or 1
    brief, debrief = _least(timing, teams, 0), debrief_of(timing, minutes)
    play = _least(timing, teams, asked) - brief
    turn = f"{asked} turns of at least {play // asked} minutes are" if asked > 1 else "a turn at its shortest is"
    best = _best(box, minutes, teams)
    fits = f"In {in_minutes(minutes)} {in_turns(best)} fit{'s' * (best == 1)}. " if best else ""
    if not best and asked > 1:
        fits = f"Not even one turn fits; it needs a session of {_needed(timing, teams, 1)}. "
    return (
        f"{in_minutes(minutes)} cannot hold {in_turns(asked)} for {in_teams(teams)}: {turn} {play}, the brief {brief}, "
        f"the debrief keeps {debrief}; together {play + brief + debrief}. {fits}"
        f"{begun(in_turns(asked))} need{'s' * (asked == 1)} a session of {in_minutes(_needed(timing, teams, asked))}"
    )


def _notes(box: Box, found: Plan) -> list[str]:
    timing, teams, turns, seats = box.rulebook.timing, found.teams, found.turns, len(box.capitals)
    notes = []
    if turns != box.scenario.turns:
        notes.append(f"The scenario proposes {in_turns(box.scenario.turns)}: begin the exercise with --turns {turns}.")
    if teams < seats:
        notes.append(f"{seats} capitals, {in_teams(teams)}: doctrines play the other {seats - teams}.")
    if teams > seats:
        notes.append(f"{seats} capitals, {in_teams(teams)}: let teams share a capital, or play two exercises.")
    if sum(block.phase == PAUSE for block in found.blocks) < _pauses(timing, found.minutes, turns):
        notes.append("There is no time for every break.")
    if all(block.minutes == block.least for block in found.blocks[:-1]):
        notes.append("Every part is at its shortest already: if it runs late, a turn goes.")
    full = 100 * total(_parts(timing, teams, turns)) // (100 - max(timing.debrief_percent, timing.debrief_least))
    if found.minutes > 2 * full:
        notes.append(f"This is far more time than {in_turns(turns)} need{'s' * (turns == 1)}: {full} minutes would do.")
    return notes
