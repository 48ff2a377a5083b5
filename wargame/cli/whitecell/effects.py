"""Effects typed as lines: what a ruling of the white cell's own moves, tried on the rules before anything is done."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from msgspec import Struct

from wargame.cli.page import QUIET
from wargame.cli.shifts import parse_shift
from wargame.cli.whitecell.room import GIVES_UP, Room, give_up
from wargame.errors import Refused, UsageError
from wargame.export import words
from wargame.rules.events import ArgumentSettled, InjectImprovised, RungChanged
from wargame.rules.orders import Command, Shift
from wargame.whitecell.trial import brought

_CHANGE: Final = re.compile(r"(.+?)\s*([+-][\d\s./]+|=.+)", re.ASCII)
_GO: Final = re.compile(r"(.+?)\s+to\s+(.+)", re.ASCII)
_MOST: Final = 12


class Effects(Struct, frozen=True):
    """What was typed: shifts of tracks, and perhaps a dyad that goes to a rung (both ids, or empty)."""

    shifts: tuple[Shift, ...] = ()
    dyad: str = ""
    rung: str = ""


Trial = Callable[[Effects], Command]
"""Makes of effects the input they belong to, so that the rules can be asked."""


def ask(room: Room, trial: Trial, with_dyad: bool = False) -> Effects:
    """Ask for lines of effects until an empty one; each is tried, and said in words or refused."""
    page, example = room.page, room.box.capitals[0].id
    dyad = f", {room.box.dyads[0].id} to RUNG" if with_dyad else ""
    page.text(f"Effects, one a line, Enter when there are no more: {example}.face +1, TRACK = WORD{dyad}. "
              "Part of a name lists the tracks it fits.", style=QUIET)  # fmt: skip
    found = Effects()
    while len(found.shifts) < _MOST:
        typed = room.asker.line("Effect: ")
        if not typed:
            break
        if typed.lower() in GIVES_UP:
            give_up()
        wanted = _with(room, found, typed, with_dyad)
        if wanted is None:
            _list(room, typed, with_dyad)
            continue
        said = tried(room, trial(wanted))
        page.text(said[0] if said[0] else f"Not so: {said[1]}.", indent=2)
        found = found if said[1] else wanted
    return found


def tried(room: Room, command: Command) -> tuple[str, str]:
    """Return what an input would move, in words, or after an empty string why the rules refuse it."""
    try:
        events = brought(room.box, room.state, room.entries, command)
    except Refused as fault:
        return "", str(fault)
    own = [event for event in events if isinstance(event, (ArgumentSettled, InjectImprovised))]
    moved = [words.moved(room.box, event.changes) for event in own if event.changes]
    gone = [event for event in events if isinstance(event, RungChanged) and event.cause == "card"]
    moved += [f"{words.dyad(room.box, event.dyad)} go to {words.rung(room.box, event.to)}" for event in gone]
    return "; ".join(moved) or "nothing: it stands there already, or nothing was typed", ""


def _with(room: Room, found: Effects, typed: str, with_dyad: bool) -> Effects | None:
    """Return the effects with one more line, or None if the line is none."""
    if shift := change(typed):
        return Effects((*found.shifts, shift), found.dyad, found.rung)
    if with_dyad and (move := _GO.fullmatch(typed)):
        dyad, rung = address(typed=move[1]), _rung(room, move[2].strip())
        if dyad in room.box.dyad and rung:
            return Effects(found.shifts, dyad, rung)
    return None


def change(typed: str) -> Shift | None:
    """Return the change that was typed, its names and words as people type them, or None if it is none."""
    parts = _CHANGE.fullmatch(typed.strip())
    if parts is None:
        return None
    name, what = parts.groups()
    if what.startswith("="):
        what = f"= {'-'.join(what[1:].lower().split())}"
    try:
        return parse_shift(f"{address(typed=name)} {what}")
    except UsageError:
        return None


def address(typed: str) -> str:
    """Return a track's address from how people type it: capitals, and spaces for points, do not matter."""
    return ".".join(typed.strip().lower().replace(".", " ").split())


def _rung(room: Room, typed: str) -> str:
    """Return the id of a rung from its id, its number on the ladder, or a part of its name that no other has."""
    rungs, word = room.box.ladder.rungs, typed.lower()
    if word.isascii() and word.isdigit() and int(word[:4]) < len(rungs):
        return rungs[int(word[:4])].id
    exact = [rung.id for rung in rungs if word in (rung.id, rung.name.lower())]
    found = exact or [rung.id for rung in rungs if word in rung.name.lower()]
    return found[0] if len(found) == 1 else ""


def _list(room: Room, typed: str, with_dyad: bool) -> None:
    if _GO.fullmatch(typed):
        says = "DYAD to RUNG: the dyad's name, and the rung's number on the ladder (l) or its name"
        room.page.text(f"{says}." if with_dyad else "An argued order moves tracks; to take a dyad anywhere, improvise.")
        return
    parts = re.split(r"[\s.+=-]+", typed.lower())
    found = [track for track in room.box.tracks if all(part in track.address for part in parts)][:12]
    if not found:
        room.page.text(
            "No track has that in its name. The first words are capitals, pairs such as a>b, dyads, theatres, world."
        )
    for track in found:
        raw = room.state.values[track.block][track.place]
        takes = f" ({', '.join(track.words)})" if track.words else ""
        room.page.text(f"{track.address} stands at {words.value(room.box, track.address, raw)}{takes}", indent=2)
