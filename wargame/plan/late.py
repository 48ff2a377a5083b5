"""A session that runs late, or early: how far it is from its plan, and what would end it in time with the debrief whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, groupby
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from wargame.plan.blocks import (
    OF_A_TURN,
    PAUSE,
    SPOKEN,
    Block,
    Plan,
    begun,
    debrief_of,
    in_minutes,
    listed,
    place,
    scheduled,
    total,
)
from wargame.plan.session import shortened
from wargame.rules.box import Box, Timing
from wargame.rules.state import ADJUDICATION, CONSEQUENCES, UPDATE

Delays = tuple[int, ...]
"""Minutes behind a plan."""


class Proposal(Struct, frozen=True):
    """A way to end in time. ``kind``: shorten, pause (leave it out), drop, overrun, stop, or, with time to spare, add.

    ``turns``: how many the exercise then has; ``plan``: the rest of the session, from the beginning of the present block.
    """

    kind: str
    text: str
    turns: int
    plan: Plan


def delay(current: Plan, *, turn: int, phase: str, elapsed: int, spent: int = 0) -> int:
    """Return how many minutes an exercise is behind its plan; below nought it is ahead. Arguments as for :func:`replan`."""
    block = current.at(turn, phase)
    if block is None:
        return 0
    return _up(elapsed - spent) - block.starts + max(0, spent // 60 - block.minutes)


def replan(
    box: Box, current: Plan, *, turn: int, phase: str, elapsed: int, spent: int = 0, turns: int | None = None
) -> tuple[Proposal, ...]:
    """Return ways to end in time with the debrief uncut, the mildest first; none as long as the rest fits as planned.

    ``turn`` and ``phase`` are the state's; ``elapsed`` and ``spent`` the seconds since the session and since this phase
    began; ``turns``: how many the exercise has by now, if not the plan's. ``current`` is the plan of the session, or that of
    a proposal that was taken.
    """
    turns = turns or current.turns
    rest = _rest(current, turn, phase, spent // 60, turns)
    if not rest:
        return ()
    began = _up(elapsed - spent)
    room = current.debrief.starts - began
    if total(rest) <= room:
        found = list(_added(box, current, rest, room, turns))
    else:
        found = list(_cuts(box.rulebook.timing, rest, room, turn, turns))
    if not found and total(rest) > room:
        return _too_late(box, current, rest, turn, phase, elapsed, spent)
    return tuple(
        Proposal(kind, text, left, scheduled(box, parts, began, current.minutes, current.teams, left))
        for kind, text, left, parts in found
    )


def cuts(box: Box, current: Plan) -> tuple[str, ...]:
    """Return in words what gives way when a session runs late, the first first, with what it saves."""
    found = []
    for phase in box.rulebook.timing.shorten:
        blocks = [block for block in current.blocks if block.phase == phase and block.minutes > block.least]
        if blocks:
            most = max(block.minutes - block.least for block in blocks)
            saves = f"{most} a turn" if phase in OF_A_TURN else in_minutes(most)
            found.append(f"{begun(SPOKEN[phase])} down to {in_minutes(blocks[0].least)}: saves {saves}.")
    if current.turns > 1:
        found.append(f"Turn {current.turns}: saves {in_minutes(total(_turn(current.blocks, current.turns)))}.")
    return (*found, "The debrief: never.")


def forewarned(box: Box, current: Plan, minutes: Sequence[int] = (5, 10, 15)) -> tuple[tuple[int, Delays, str], ...]:
    """Return what to do when a turn, other than the first, begins so many minutes late: turn, delays, words."""
    found = []
    for block in current.blocks:
        if block.phase == UPDATE and block.turn > 1:
            starts = [60 * (block.starts + late) for late in minutes]
            ways = (replan(box, current, turn=block.turn, phase=UPDATE, elapsed=elapsed) for elapsed in starts)
            words = (" Or: ".join(way.text for way in each) or "It fits." for each in ways)
            for said, delays in groupby(zip(words, minutes, strict=True), itemgetter(0)):
                found.append((block.turn, tuple(late for _, late in delays), said))
    return tuple(found)


def _up(seconds: int) -> int:
    """Return minutes, rounded up."""
    return -(-seconds // 60)


def _turn(parts: Sequence[Block], turn: int) -> list[Block]:
    return [part for part in parts if part.turn == turn and part.phase in OF_A_TURN]


def _until(parts: Sequence[Block], turns: int) -> list[Block]:
    """Leave out the turns after the last one, and the break behind it."""
    return [part for part in parts if part.turn < turns or (part.turn == turns and part.phase != PAUSE)]


def _rest(current: Plan, turn: int, phase: str, spent: int, turns: int) -> list[Block]:
    """Return what is still to be played, the present block first, which cannot be shorter than it has been already."""
    play = list(current.blocks[:-1]) if turns == current.turns else _until(current.blocks[:-1], turns)
    for number in range(current.turns + 1, turns + 1):
        play.extend(replace(part, turn=number) for part in _turn(play, number - 1))
    here = place(turn, phase)
    rest = [part for part in play if place(part.turn, part.phase) >= here]
    if rest and place(rest[0].turn, rest[0].phase) == here:
        first = rest[0]
        rest[0] = replace(first, minutes=max(first.minutes, spent + 1), least=max(first.least, spent + 1))
    return rest


Way = tuple[str, str, int, Sequence[Block]]
"""A kind of proposal, its words, how many turns are left, and the blocks."""


def _cuts(timing: Timing, rest: list[Block], room: int, turn: int, turns: int) -> Iterator[Way]:
    """Yield each way to make the rest fit: shorter with as many turns as can be, without the break, with fewer turns."""
    is_shorter = False
    bare = [part for part in rest if part.phase != PAUSE]
    for left in range(turns, max(turn, 1) - 1, -1):
        kept = rest if left == turns else _until(rest, left)
        if left < turns and total(kept) <= room:
            yield ("drop", f"{_dropped(left, turns)}.", left, kept)
            return
        shorter = None if is_shorter else shortened(timing, kept, room)
        if shorter is not None:
            is_shorter = True
            how = _how(timing, kept, shorter)
            yield (
                "shorten",
                f"{_dropped(left, turns)} and {how}." if left < turns else f"{begun(how)}.",
                left,
                shorter,
            )
        if left == turns and len(bare) < len(rest) and total(bare) <= room:
            yield ("pause", "Leave out the break.", left, bare)


def _added(box: Box, current: Plan, rest: list[Block], room: int, turns: int) -> Iterator[Way]:
    """Yield one more turn, as long as the last, if the scenario has one and the table is so far ahead."""
    more = [replace(part, turn=turns + 1) for part in _turn(current.blocks, current.turns)]
    spare = room - total(rest)
    if turns < box.scenario.turns and more and total(more) <= spare:
        yield ("add", f"Add turn {turns + 1}: there are {in_minutes(spare)} to spare.", turns + 1, [*rest, *more])


def _too_late(
    box: Box, current: Plan, rest: list[Block], turn: int, phase: str, elapsed: int, spent: int
) -> tuple[Proposal, ...]:
    """Return what is left when the present turn no longer fits: end play here, or finish it and end late; the debrief whole."""
    here = [replace(part, minutes=part.least) for part in _until(rest, max(turn, 1))]
    began, now = _up(elapsed - spent), _up(elapsed)

    def way(kind: str, text: str, turns: int, parts: Sequence[Block], starts: int) -> Proposal:
        over = starts + total(parts)
        ends = next(
            ends
            for ends in count(max(current.minutes, over + current.debrief.minutes))
            if ends - over >= debrief_of(box.rulebook.timing, ends)
        )
        late = ends - current.minutes
        after = scheduled(box, parts, starts, ends, current.teams, turns)
        text = f"{text}: {in_minutes(after.debrief.minutes)} of debrief"
        return Proposal(kind, f"{text}, {in_minutes(late)} over time." if late else f"{text}.", turns, after)

    unfinished = f"without turn {turn}" if phase == UPDATE else f"in the middle of turn {turn}"
    ways = (
        way("stop", f"End play {unfinished}" if turn else "Play nothing", max(turn - (phase == UPDATE), 0), (), now),
        way("overrun", f"Finish turn {max(turn, 1)} as fast as can be", max(turn, 1), here, began),
    )
    return ways[::-1] if phase in (ADJUDICATION, CONSEQUENCES) else ways


def _dropped(left: int, turns: int) -> str:
    gone = [str(turn) for turn in range(left + 1, turns + 1)]
    return f"Drop turn{'s' * (len(gone) > 1)} {listed(gone)}"


def _span(turns: Sequence[int]) -> str:
    return f"{turns[0]} {'and' if turns[-1] == turns[0] + 1 else 'to'} {turns[-1]}"


def _how(timing: Timing, before: Sequence[Block], after: Sequence[Block]) -> str:
    """Return in words what became shorter: each kind with its new length, and in which turns."""
    changed = [new for old, new in zip(before, after, strict=True) if new.minutes < old.minutes]
    lengths = {block.phase: block.minutes for block in changed}
    said = [f"{SPOKEN[phase]} to {lengths[phase]}" for phase in timing.shorten if phase in lengths]
    turns = sorted({block.turn for block in changed if block.phase in OF_A_TURN})
    where = "" if not turns else f" in turn {turns[0]}" if len(turns) == 1 else f" in turns {_span(turns)}"
    first, *others = said
    return f"shorten {listed([f'{first} minutes', *others])}{where}"
