"""Going back: undo takes back the last input that counts, rewind goes to a place in words, a branch leaves all as it is."""

from __future__ import annotations

from collections.abc import Sequence
from shlex import quote
from typing import Any, Final

from msgspec import Struct

from wargame.cli.text import name_of, one_line
from wargame.cli.whitecell.room import Room
from wargame.export import words
from wargame.rules import orders as command
from wargame.rules.box import Box
from wargame.rules.events import ArgumentOpened, ChallengeRolled
from wargame.rules.evolve import evolve, opening
from wargame.rules.journal import OF_THE_ROOM, Entry, undone
from wargame.rules.state import ADJUDICATION, BELIEFS, CONSEQUENCES, ENDED, ORDERS, SIGNAL, UPDATE, State

_TAKEN_BACK: Final = "The white cell took back its last input."
"""The reason of an undo unless another is given. Everybody hears it, so it does not say what was taken back, or whose."""
_MOST_LISTED: Final = 15


class Spot(Struct, frozen=True):
    """A place to go back to: after so many inputs, and what stands there in words."""

    keeps: int
    turn: int
    text: str


def undo(room: Room, rest: str) -> None:
    """Take back the last input that counts, with everything that followed from it."""
    last = last_input(room.entries, room.state.setup.played)
    if last is None:
        room.page.text("There is nothing to take back.")
        return
    what = described(room.box, room.entries[last])
    reason = one_line(rest) or _TAKEN_BACK
    what = f"This takes back {what}, with all that followed from it. Nothing is erased. Read out to all: {reason}"
    if room.sure("rewind", what):
        _rewind(room, last, reason)


def last_input(entries: Sequence[Entry], played: Sequence[str]) -> int | None:
    """Return the place of the last input of a person that counts and changed the game; None if there is none.

    What a branch has copied is not its own to take back.
    """
    gone = undone(entries)
    for place in range(len(entries) - 1, _first(entries), -1):
        given = entries[place].command
        who = getattr(given, "capital", "")
        of_a_bot = isinstance(given, _OF_TEAMS) and who not in played
        if place not in gone and not isinstance(given, OF_THE_ROOM) and not of_a_bot:
            return place
    return None


def _first(entries: Sequence[Entry]) -> int:
    """Return the place of the entry with which an exercise begins, or with which a branch leaves its parent."""
    return max((place for place, entry in enumerate(entries) if isinstance(entry.command, command.Branch)), default=0)


def rewind(room: Room, rest: str) -> None:
    """Go back to a place by turn and phase."""
    found = spots(room.box, room.entries)
    if not found:
        room.page.text("There is nothing to go back to.")
        return
    listed = found[-_MOST_LISTED:][::-1]
    if rest.isascii() and rest.isdigit() and len(rest) < 4:
        listed = [each for each in found if each.turn == int(rest)] or listed
    place = room.asker.choose([*(each.text for each in listed), "stay here"], "Back to", len(listed) + 1)
    if place == len(listed):
        return
    spot = listed[place]
    reason = room.text("The reason, read out to all: ")
    if room.sure("rewind", f"Back to {spot.text}. What came after stays in the record and no longer counts. "
                 f"Read out to all: {reason}"):  # fmt: skip
        _rewind(room, spot.keeps, reason)


def _rewind(room: Room, keeps: int, reason: str) -> None:
    since = len(room.entries)
    if room.submit(command.Rewind(keeps, reason)):
        room.settle()
        room.read_out(since)


def branch(room: Room, rest: str) -> None:
    """Say how to branch off: in a file of its own, by a command of its own."""
    turn = rest if rest.isascii() and rest.isdigit() else str(max(1, room.state.turn))
    room.page.text("A branch is a file of its own; this exercise stays as it is. In another window:")
    path = name_of(quote(str(room.exercise.path)))
    room.page.text(f"wargame branch {path} --turn {turn} --as white-cell -o branch.wargame", indent=2)
    room.page.quiet("wargame branch -h says how to change a number, or to let a bot play. wargame console branch.wargame "
                    "goes on with it.")  # fmt: skip


def spots(box: Box, entries: Sequence[Entry]) -> list[Spot]:
    """Return the places to go back to, the oldest first, without the one where the exercise stands."""
    gone, first = undone(entries), _first(entries)
    found: list[Spot] = []
    state, before, last = opening(box), "", 0
    for place, entry in enumerate(entries):
        if place in gone:
            continue
        for event in entry.events:
            state = evolve(box, state, event)
        last = last if isinstance(entry.command, OF_THE_ROOM) else place
        text = where(box, state)
        if place >= first and (text != before or place == first) and state.phase != ENDED:
            found.append(Spot(place + 1, state.turn, text))
        before = text
    return [spot for spot in found if spot.keeps <= last]


def where(box: Box, state: State) -> str:
    """Return in words where an exercise stands."""
    turn, pending = f"turn {state.turn}", state.pending
    if state.phase == UPDATE:
        return f"{turn}, cards wait for their answers" if state.asking else f"before turn {state.turn + 1} opens"
    if state.phase == SIGNAL:
        return f"{turn}, signals: what each will say"
    if state.phase == BELIEFS:
        return f"{turn}, declarations are out, beliefs are asked for"
    if state.phase == ORDERS:
        return f"{turn}, orders: being written" if state.waiting else f"{turn}, orders: all in, not yet opened"
    if isinstance(pending, ChallengeRolled):
        rung = words.rung(box, pending.to)
        return f"{turn}, {words.capital(box, pending.challenger)}'s step to {rung} waits for a ruling"
    if isinstance(pending, ArgumentOpened):
        return f"{turn}, {words.capital(box, pending.capital)}'s own order waits to be argued"
    return {ADJUDICATION: f"{turn}, adjudication", CONSEQUENCES: f"{turn}, before the consequences"}.get(
        state.phase, state.phase
    )


_OF_TEAMS: Final = (command.Choose, command.Signal, command.Believe, command.Draft, command.Seal, command.Pass)
_CALLED: Final[dict[type, str]] = {
    command.Choose: "{capital}'s answer to a card",
    command.Signal: "{capital}'s signals",
    command.Believe: "{capital}'s beliefs",
    command.Draft: "the last change to {capital}'s draft",
    command.Seal: "{capital}'s sealed orders",
    command.Pass: "{capital}'s pass",
    command.Rule: "the last ruling",
    command.CallTime: "calling time",
    command.Reopen: "giving {capital} its sheet back",
    command.Withhold: "keeping an inject back",
    command.Argue: "what settled the argument",
    command.SetTurns: "the change of the number of turns",
}


def described(box: Box, entry: Entry) -> str:
    """Return what an input was, as the object of a sentence."""
    given: Any = entry.command
    if isinstance(given, command.Proceed):
        first = type(entry.events[0]).__name__ if entry.events else ""
        return {"TurnOpened": "the opening of the turn", "OrdersRevealed": "the reveal"}.get(first, "the consequences")
    if isinstance(given, command.Inject):
        return f'the inject "{box.card[given.card].title}"'
    if isinstance(given, command.Improvise):
        return f'the inject "{given.title}"'
    return _CALLED.get(type(given), "the last input").format(capital=words.capital(box, getattr(given, "capital", "")))
