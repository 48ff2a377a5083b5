"""Reading a log back: every hash, number and name is checked before anything is believed.

Whatever is wrong, by damage or by design, ends in one ExerciseError that names the place; nothing else is raised.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from wargame.errors import ExerciseError
from wargame.log import (
    AFTER_BOX,
    BEFORE_BOX,
    SCHEMA,
    VERSION,
    WHITE_CELL,
    Header,
    Line,
    Where,
    check_chain,
    first_line,
    header_of,
    lines_of,
)
from wargame.rules.box import Box
from wargame.rules.events import Event
from wargame.rules.journal import Entry, moment
from wargame.rules.notation import (
    box_from_text,
    canonical,
    command_from_json,
    event_from_json,
    event_to_json,
    parse,
)
from wargame.rules.orders import Command, Start
from wargame.rules.state import SETUP

_ENVELOPE: Final = ("seq", "turn", "phase", "command", "at", "by")
_OWN: Final = {"turn_opened": ("turn",), "rewound": ("turn", "phase")}
_MOST_BYTES: Final = 256 * 1024 * 1024


class Recorded(Struct, frozen=True):
    """A whole recorded exercise, read and checked."""

    header: Header
    box: Box
    entries: tuple[Entry, ...]


def all_lines(recorded: Recorded) -> tuple[Line, ...]:
    """Return every line of a recorded exercise, event 0 first."""
    line, place = first_line(recorded.box, recorded.header)
    lines = [line]
    for entry in recorded.entries:
        more, place = lines_of(recorded.box, place, entry)
        lines.extend(more)
    return tuple(lines)


def from_jsonl(data: bytes, name: str) -> Recorded:
    """Read and check a white cell's log. ``name`` is what messages call it. Raises ExerciseError naming the line."""
    if len(data) > _MOST_BYTES:
        raise ExerciseError(f"{name} is too large to be a log ({len(data)} bytes)")
    try:
        texts = data.decode().split("\n")
    except UnicodeDecodeError as fault:
        number = data.count(b"\n", 0, fault.start) + 1
        raise ExerciseError(f"{name}:{number}: this is not UTF-8 text") from None
    if texts.pop() or not texts:
        raise ExerciseError(f"{name}:{len(texts) + 1}: the last line is not complete")
    lines = [_line_of(text, f"{name}:{number}") for number, text in enumerate(texts[1:], start=2)]
    entry = 0
    for place, (line, starts) in enumerate(lines):
        entry += starts
        lines[place] = (msgspec.structs.replace(line, entry=entry), starts)
    return read(texts[0], [line for line, _ in lines], lambda seq: f"{name}:{seq + 2}")


def _line_of(text: str, where: str) -> tuple[Line, bool]:
    try:
        found = parse(text)
        if canonical(found) != text:
            raise ValueError("the line is not in canonical form, so it was not written by this program")
    except ValueError as fault:
        raise ExerciseError(f"{where}: {fault}") from None
    seq, prev, own = found.get("seq"), found.pop("prev", None), found.pop("hash", None)
    if not isinstance(seq, int) or not isinstance(prev, str) or not isinstance(own, str):
        raise ExerciseError(f"{where}: the line has no hash, no prev or no seq")
    return Line(seq, 0, prev, own, canonical(found)), "command" in found


def read(text: str, lines: Sequence[Line], where: Where) -> Recorded:
    """Check a header and its lines to the last hash and return what they record.

    Raises ExerciseError with the place of the first thing that is wrong.
    """
    header = read_header(text, where(-1))
    check_chain(text, lines, where)
    if not lines:
        raise ExerciseError(f"{where(0)}: the log ends before its content")
    box = _read_box(lines[0], header, where(0))
    entries = _read_entries(box, lines, where)
    first = entries[0].command if entries else None
    if not isinstance(first, Start):
        raise ExerciseError(f"{where(1)}: the first input does not start an exercise")
    expected = msgspec.structs.replace(
        header_of(box, first, header.seed, header.wargame, header.content), rules=header.rules
    )
    if header != expected:
        raise ExerciseError(f"{where(-1)}: the header tells another story than the first input")
    return Recorded(header, box, entries)


def read_header(text: str, where: str) -> Header:
    """Read a header. Raises ExerciseError if it is none, of a newer version, or of one side only."""
    try:
        found = parse(text)
        if found.get("schema") != SCHEMA:
            raise ValueError("this is not the log of an exercise")
        version = found.get("version")
        if isinstance(version, int) and version > VERSION:
            raise ValueError(f"log version {version} is newer than this program; it reads up to {VERSION}")
        side = found.get("as")
        if side is None:
            raise ValueError("the header does not say who saw this log")
        if side != WHITE_CELL:
            raise ValueError(f"this is the log as {side!r} saw it; only the white cell's is complete")
        if canonical(found) != text:
            raise ValueError("the header is not in canonical form, so it was not written by this program")
        header = msgspec.convert(found, Header)
    except (ValueError, msgspec.ValidationError) as fault:
        raise ExerciseError(f"{where}: {fault}") from None
    if header.version != VERSION:
        raise ExerciseError(f"{where}: there is no log version {header.version}")
    return header


def _read_box(line: Line, header: Header, where: str) -> Box:
    body = line.body
    try:
        if not body.startswith(BEFORE_BOX) or not body.endswith(AFTER_BOX):
            raise ValueError("event 0 must carry the content and nothing else")
        text = body[len(BEFORE_BOX) : -len(AFTER_BOX)]
        if hashlib.sha256(text.encode()).hexdigest() != header.content:
            raise ValueError("the content is not the one the header names")
        return box_from_text(text)
    except ValueError as fault:
        raise ExerciseError(f"{where}: {fault}") from None


def _read_entries(box: Box, lines: Sequence[Line], where: Where) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    command: Command | None = None
    at = by = ""
    events: list[Event] = []
    turn, phase = 0, SETUP
    for line in lines[1:]:
        try:
            event, fresh = _read_event(box, line)
            turn, phase = moment(event, turn, phase)
            if fresh is not None:
                if command is not None:
                    entries.append(Entry(command, tuple(events), at, by))
                command, at, by = command_from_json(fresh["command"]), fresh.get("at", ""), fresh.get("by", "")
                events = []
            if command is None:
                raise ValueError("the first event names no command")
            if line.entry != len(entries) + 1:
                raise ValueError(f"it is filed under input {line.entry}, not {len(entries) + 1}")
            events.append(event)
            expected: dict[str, Any] = {
                **event_to_json(box, event), **(fresh or {}), "seq": line.seq, "turn": turn, "phase": phase
            }  # fmt: skip
            if canonical(expected) != line.body:
                raise ValueError("its number, turn or phase does not follow from the events before it")
        except ValueError as fault:
            raise ExerciseError(f"{where(line.seq)}: {fault}") from None
    if command is not None:
        entries.append(Entry(command, tuple(events), at, by))
    return tuple(entries)


def _read_event(box: Box, line: Line) -> tuple[Event, dict[str, Any] | None]:
    """Return the event of a line and, if the line begins an entry, its command, clock and who entered it."""
    found = parse(line.body)
    envelope: dict[str, Any] = {name: found.pop(name) for name in ("command", "at", "by") if name in found}
    for name in ("at", "by"):
        given = envelope.get(name, "-")
        if name in envelope and ("command" not in envelope or not isinstance(given, str) or not given):
            raise ValueError(f"{name!r} stands where no input begins, or is empty")
    event = event_from_json(box, _body(found))
    return event, envelope or None


def _body(found: dict[str, Any]) -> dict[str, Any]:
    """Take the envelope off what a line holds. Some facts carry a turn, or a phase, of their own."""
    kept = _OWN.get(str(found.get("event")), ())
    return {name: value for name, value in found.items() if name not in _ENVELOPE or name in kept}
