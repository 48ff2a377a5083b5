"""The log: how a recorded exercise is written down, as a header and a chain of lines.

The header is one JSON object. Every event is one more, with its number (``seq``), ``turn``, ``phase``, ``event`` (its
kind) and what the kind carries; the first event of an entry also carries the ``command`` it followed from, where a clock
is kept, ``at``, and ``by`` where the white cell entered it on a capital's behalf. Event 0, ``content_embedded``, holds
the compiled content. ``hash`` is the SHA-256 (hex) of ``prev`` followed by the canonical text of the object without
``hash`` and ``prev``; ``prev`` is the hash before it, for event 0 the SHA-256 of the header's text. The exercise file
keeps the same texts in a table, so both have the same hashes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from wargame.errors import ExerciseError
from wargame.rules.box import RULES, Box
from wargame.rules.journal import Entry, moment
from wargame.rules.notation import box_to_text, canonical, command_to_json, digest_of, event_to_json, parse
from wargame.rules.orders import Start
from wargame.rules.state import SETUP

SCHEMA: Final = "wargame.log"
VERSION: Final = 1
EMBEDDED: Final = "content_embedded"
"""Kind of event 0. The rules never see it: it is how a recorded exercise carries what it is played with."""

BEFORE_BOX = '{"box":'
AFTER_BOX = f',"event":"{EMBEDDED}","phase":"{SETUP}","seq":0,"turn":0}}'
"""What stands around the box in event 0; the whole is canonical text."""

WHITE_CELL: Final = "white-cell"
Where = Callable[[int], str]
"""Names the place of the event with this number, of the header for -1, as ``FILE, event 12``."""


class Header(Struct, frozen=True, forbid_unknown_fields=True):
    """What a log is of. ``content`` is the digest of the compiled box, ``rules`` the number it was played under."""

    scenario: str
    theory: str
    mode: str
    seed: int
    capitals: tuple[str, ...]
    rules: int
    content: str
    turns: int
    played: tuple[str, ...]
    doctrines: tuple[tuple[str, str], ...]
    white_cell: bool
    rehearsal: bool
    decline: tuple[str, ...]
    minutes: int
    wargame: str
    side: str = msgspec.field(default=WHITE_CELL, name="as")
    schema: str = SCHEMA
    version: int = VERSION


class Line(Struct, frozen=True):
    """One event as it is kept. ``entry`` counts the accepted inputs from 1; event 0 lies in entry 0."""

    seq: int
    entry: int
    prev: str
    hash: str
    body: str


class Place(Struct, frozen=True):
    """Where a log ends: the number the next event gets, entries so far, the last hash, turn and phase."""

    seq: int
    entry: int
    head: str
    turn: int = 0
    phase: str = SETUP


def header_of(box: Box, start: Start, seed: int, version: str, content: str = "") -> Header:
    """Return the header of an exercise. ``version`` is this program's; ``content`` the box's digest if it is known."""
    return Header(
        scenario=start.scenario, theory=start.theory, mode=start.mode, seed=seed, rules=RULES, content=content or digest_of(box),
        capitals=tuple(capital.id for capital in box.capitals), turns=start.turns, played=start.played,
        doctrines=start.doctrines, white_cell=start.white_cell, rehearsal=start.rehearsal, decline=start.decline,
        minutes=start.minutes, wargame=version,
    )  # fmt: skip


def header_text(header: Header) -> str:
    """Return the canonical text of a header."""
    return canonical(msgspec.to_builtins(header))


def sealed(prev: str, body: str) -> str:
    """Return the hash of a line: SHA-256 (hex) of the hash before it and its own text."""
    return hashlib.sha256((prev + body).encode()).hexdigest()


def first_line(box: Box, header: Header) -> tuple[Line, Place]:
    """Return event 0, which embeds the content, and the place behind it."""
    prev = sealed("", header_text(header))
    body = BEFORE_BOX + box_to_text(box) + AFTER_BOX
    line = Line(0, 0, prev, sealed(prev, body), body)
    return line, Place(1, 0, line.hash)


def lines_of(box: Box, place: Place, entry: Entry) -> tuple[tuple[Line, ...], Place]:
    """Return the lines of one more entry and the place behind them. Raises ValueError for text that is no Unicode."""
    seq, head, turn, phase = place.seq, place.head, place.turn, place.phase
    lines = []
    for number, event in enumerate(entry.events):
        turn, phase = moment(event, turn, phase)
        written = {**event_to_json(box, event), "seq": seq, "turn": turn, "phase": phase}
        if number == 0:
            written["command"] = command_to_json(entry.command)
            if entry.at:
                written["at"] = entry.at
            if entry.by:
                written["by"] = entry.by
        body = canonical(written)
        line = Line(seq, place.entry + 1, head, sealed(head, body), body)
        lines.append(line)
        seq, head = seq + 1, line.hash
    return tuple(lines), Place(seq, place.entry + 1, head, turn, phase)


def end_place(last: Line, entries: Sequence[Entry]) -> Place:
    """Return the place behind the last line of a log that holds these entries."""
    turn, phase = 0, SETUP
    for entry in entries:
        for event in entry.events:
            turn, phase = moment(event, turn, phase)
    return Place(last.seq + 1, len(entries), last.hash, turn, phase)


def check_chain(text: str, lines: Sequence[Line], where: Where) -> None:
    """Check every number and hash. Raises ExerciseError at the first line that does not follow from the one before."""
    head = sealed("", text)
    for seq, line in enumerate(lines):
        if line.seq != seq:
            raise ExerciseError(f"{where(seq)}: event {seq} is missing, event {line.seq} stands in its place")
        if line.prev != head:
            raise ExerciseError(f"{where(seq)}: the hash before it does not match, the chain is broken")
        head = sealed(head, line.body)
        if line.hash != head:
            raise ExerciseError(f"{where(seq)}: its text does not match its hash, it has been changed or damaged")


def jsonl_of(text: str, lines: Iterable[Line]) -> str:
    """Return the log as JSON lines: the header's text, then one line for each event."""
    written = [text]
    for line in lines:
        # Names sort by their letters, so hash and prev cannot simply be put in front of the text.
        written.append(canonical({**parse(line.body), "prev": line.prev, "hash": line.hash}))
    return "\n".join(written) + "\n"
