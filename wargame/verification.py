"""Reading recorded exercises back: the same at every step, or where not; every check that was made.

A record is a file or the white cell's JSON lines. Reading checks the chain of hashes; verifying plays the whole record
again through the rules, with the content that lies in it.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from wargame.errors import ExerciseError, Refused, UsageError
from wargame.log import Header, header_text
from wargame.recorded import Recorded, all_lines, from_jsonl, read
from wargame.rules.box import RULES
from wargame.rules.dice import Dice
from wargame.rules.events import ChallengeResolved, Event
from wargame.rules.evolve import opening
from wargame.rules.journal import accept, moments, undone
from wargame.store import Store, Stored
from wargame.store import read as read_file


class Verification(Struct, frozen=True):
    """What playing a recorded exercise again showed.

    ``same``: every step gave exactly what was recorded. Otherwise ``seq`` is the first event that differs (-1 where
    nothing could be compared) and ``problem`` says how. ``comparable`` is false when the rules have another number.
    """

    header: Header
    events: int
    inputs: int
    head: str
    same: bool
    comparable: bool = True
    seq: int = -1
    problem: str = ""


class Check(Struct, frozen=True):
    """A check that was made, with the number of its event and the turn."""

    seq: int
    turn: int
    resolved: ChallengeResolved


def recorded_in(path: Path) -> Recorded:
    """Read an exercise file or a white cell's JSON lines, checked to the last hash.

    Raises UsageError where there is no file to read, ExerciseError where it is damaged, foreign or too new.
    """
    try:
        with path.open("rb") as file:
            is_text = file.read(1) == b"{"
        data = path.read_bytes() if is_text else b""
    except (OSError, ValueError) as fault:
        raise UsageError(f"{path} cannot be read: {getattr(fault, 'strerror', None) or fault}") from None
    return from_jsonl(data, str(path)) if is_text else from_file(read_file(path), path)


def verify(path: Path) -> Verification:
    """Play a recorded exercise again, from its file or log, and compare every step. Raises ExerciseError if damaged."""
    return compared(recorded_in(path))


def compared(recorded: Recorded) -> Verification:
    """Play a recorded exercise again with its own content and compare every step."""
    header, lines = recorded.header, all_lines(recorded)
    found = Verification(header, len(lines), len(recorded.entries), lines[-1].hash, same=False)
    if header.rules != RULES:
        problem = f"recorded under rules {header.rules}; this program plays by rules {RULES} and cannot replay it"
        return replace(found, comparable=False, problem=problem)
    box, dice = recorded.box, Dice(header.seed)
    state, seq = opening(box), 1
    for place, entry in enumerate(recorded.entries):
        try:
            state, events = accept(box, recorded.entries[:place], state, entry.command, dice)
        except Refused as fault:
            return replace(found, seq=seq, problem=f"the rules refuse the recorded input: {fault}")
        except Exception as fault:
            return replace(found, seq=seq, problem=f"the rules cannot follow the recorded input: {fault!r}")
        if events != entry.events:
            differs = _first_difference(events, entry.events)
            return replace(found, seq=seq + differs, problem=_difference(events, entry.events, differs))
        seq += len(events)
    return replace(found, same=True)


def import_log(data: bytes, target: Path, name: str = "the log") -> Verification:
    """Rebuild the white cell's file from its JSON lines, with the same hashes.

    Raises ExerciseError, and writes nothing, if the log is damaged, of one side only, or does not replay to itself.
    """
    recorded = from_jsonl(data, name)
    found = compared(recorded)
    if found.comparable and not found.same:
        raise ExerciseError(f"{name}:{found.seq + 2}: {found.problem}")
    Store.create(target, header_text(recorded.header), all_lines(recorded)).close()
    return found


def checks(recorded: Recorded, turn: int | None = None) -> tuple[Check, ...]:
    """Return every check that was made and not taken back, or those of one turn, in order."""
    gone = undone(recorded.entries)
    events = [(place, event) for place, entry in enumerate(recorded.entries) for event in entry.events]
    told = moments(event for _, event in events)
    return tuple(
        Check(seq, at, event)
        for seq, ((place, _), (at, _, event)) in enumerate(zip(events, told, strict=True), start=1)
        if isinstance(event, ChallengeResolved) and turn in (None, at) and place not in gone
    )


def from_file(stored: Stored, path: Path) -> Recorded:
    """Read what an exercise file holds, checked to the last hash. Raises ExerciseError."""
    return read(stored.header, stored.lines, lambda seq: f"{path}, header" if seq < 0 else f"{path}, event {seq}")


def _first_difference(now: tuple[Event, ...], then: tuple[Event, ...]) -> int:
    pairs = zip(now, then, strict=False)
    return next((n for n, (left, right) in enumerate(pairs) if left != right), min(len(now), len(then)))


def _difference(now: tuple[Event, ...], then: tuple[Event, ...], place: int) -> str:
    if place >= len(then):
        return f"the record ends here, but {_kind(now[place])} follows"
    if place >= len(now):
        return f"{_kind(then[place])} is recorded, but nothing follows here"
    left, right = now[place], then[place]
    if type(left) is not type(right):
        return f"{_kind(right)} is recorded, but {_kind(left)} follows"
    part = next(name for name in left.__struct_fields__ if getattr(left, name) != getattr(right, name))
    return f"{_kind(right)}: {part} is recorded as {getattr(right, part)!r}, but {getattr(left, part)!r} follows"


def _kind(event: Event) -> str:
    return str(event.__struct_config__.tag)
