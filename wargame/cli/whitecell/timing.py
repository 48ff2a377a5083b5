"""Where the session is: which block of the plan, since when, and how far behind."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from wargame.cli.whitecell.room import Room
from wargame.errors import UsageError
from wargame.plan import Block, Plan, Proposal, delay, plan, replan
from wargame.rules.box import Box
from wargame.rules.events import Branched
from wargame.rules.journal import effective, moment
from wargame.rules.state import ENDED, SETUP, UPDATE, State


class Spent(Struct, frozen=True):
    """Seconds since the session began, and since its present phase did."""

    session: int
    phase: int


def plan_of(box: Box, minutes: int, teams: int, turns: int) -> Plan | None:
    """Return the run sheet, or None where nothing of the kind fits."""
    try:
        return plan(box, minutes, max(1, teams), turns)
    except UsageError:
        return None


def block_turn(state: State) -> int:
    """Return the turn whose block the table is in: between two turns that is the next one, before the first the brief."""
    between = state.phase == UPDATE and not state.asking and 0 < state.turn < state.setup.turns
    return state.turn + 1 if between else state.turn


def block(room: Room) -> Block | None:
    """Return the block of the plan the table is in."""
    state = room.state
    return room.plan.at(block_turn(state), state.phase) if room.plan else None


def spent(room: Room) -> Spent:
    """Return the seconds that have gone, as far as the record has times. A rewind does not give time back.

    In a branch they count from where it begins: the time of the parent's room is not this room's.
    """
    turn, phase, began, first = 0, SETUP, "", ""
    for entry in effective(room.entries):
        for event in entry.events:
            if isinstance(event, Branched):
                began = first = ""
            now = moment(event, turn, phase)
            if now != (turn, phase):
                (turn, phase), began = now, entry.at
        first, began = first or entry.at, began or entry.at
    return Spent(_since(first, room.now()), _since(began, room.now()))


def behind(room: Room) -> int:
    """Return how many minutes the session is behind its plan; below nought it is ahead."""
    gone, state = spent(room), room.state
    if room.plan is None or state.phase == ENDED:
        return 0
    return delay(room.plan, turn=block_turn(state), phase=state.phase, elapsed=gone.session, spent=gone.phase)


def proposals(room: Room) -> tuple[Proposal, ...]:
    """Return what would end the session in time, the mildest first; none as long as all fits."""
    gone, state = spent(room), room.state
    if room.plan is None or state.phase == ENDED:
        return ()
    return replan(
        room.box, room.plan, turn=block_turn(state), phase=state.phase, elapsed=gone.session, spent=gone.phase,
        turns=state.setup.turns,
    )  # fmt: skip


def _since(text: str, now: datetime) -> int:
    try:
        return max(0, int((now - datetime.fromisoformat(text)).total_seconds())) if text else 0
    except (ValueError, TypeError):
        return 0
