"""The public picture: everything the projector shows, as one value in one small file beside the exercise.

The console writes it; the board reads it and nothing else. It holds names and sentences, not ids, so that whoever reads it
needs no content and no exercise file. How it is made is in :mod:`wargame.whitecell.projection`. This is the one module
of the package that touches a disk.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from wargame.errors import ExerciseError, UsageError
from wargame.whitecell.clock import Clock

SCHEMA: Final = "wargame.public"
VERSION: Final = 1
ENDING: Final = ".public.json"
_EXERCISE: Final = ".wargame"
_MOST_BYTES: Final = 256 * 1024
_MOST_SECONDS: Final = 7 * 24 * 60 * 60
_YEARS: Final = range(1900, 3000)

Short = Annotated[str, Meta(max_length=400)]
Long = Annotated[str, Meta(max_length=4000)]
Number = Annotated[int, Meta(ge=0, le=999)]

Orders = Literal["", "waiting", "sealed", "missing"]
"""How far a capital's orders are, as everybody may know it; a draft is nobody's business."""


class Zone(Struct, frozen=True, forbid_unknown_fields=True):
    """A stretch of the ladder; ``firebreak`` is the one below it, or empty."""

    name: Short
    firebreak: Short


class Rung(Struct, frozen=True, forbid_unknown_fields=True):
    """One place on the ladder, ``zone`` its place among the zones."""

    name: Short
    zone: Number


class Stand(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a dyad stands (``rung`` from 0), and the outcome of its theatre once that has ended."""

    name: Short
    theatre: Short
    rung: Number
    outcome: Short = ""


class Seat(Struct, frozen=True, forbid_unknown_fields=True):
    """A capital and, while orders are written, how far it is: ``waiting``, ``sealed`` or ``missing``; otherwise empty."""

    name: Short
    orders: Orders = ""


class Headline(Struct, frozen=True, forbid_unknown_fields=True):
    """What happened last that everybody heard."""

    title: Short = ""
    text: Long = ""


class Picture(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything the projector shows. ``beat`` is when it was written (ISO 8601), so that a dead console is noticed.

    ``banner`` is what must be seen first, such as REHEARSAL, or empty; ``turn`` is 0 before the first; ``declarations`` are
    public ones that stand, a sentence each; ``ending`` is empty until the exercise is over.
    """

    title: Short
    turn: Number
    turns: Number
    phase: Short
    stands: Annotated[tuple[Stand, ...], Meta(max_length=24)]
    rungs: Annotated[tuple[Rung, ...], Meta(min_length=1, max_length=100)]
    zones: Annotated[tuple[Zone, ...], Meta(min_length=1, max_length=100)]
    seats: Annotated[tuple[Seat, ...], Meta(max_length=12)]
    clock: Clock = Clock()
    banner: Short = ""
    headline: Headline = Headline()
    declarations: Annotated[tuple[Long, ...], Meta(max_length=99)] = ()
    ending: Headline = Headline()
    beat: Annotated[str, Meta(max_length=40)] = ""
    schema: Literal["wargame.public"] = SCHEMA
    version: Literal[1] = VERSION

    @property
    def is_over(self) -> bool:
        """Whether the exercise has ended."""
        return bool(self.ending.title)

    def without_beat(self) -> Picture:
        """Return the picture as if it had been written at no time, to see whether anything else has changed."""
        return msgspec.structs.replace(self, beat="")


def is_public(path: Path) -> bool:
    """Whether a file has the name of a public picture; large and small letters are one on some disks."""
    return path.name.lower().endswith(ENDING)


def public_file(exercise: Path) -> Path:
    """Return where the public picture of an exercise file lies: ``crisis.wargame`` has ``crisis.public.json`` beside it.

    Never the exercise itself: raises UsageError for a name that is a public picture's.
    """
    if not exercise.name:
        raise UsageError(f"{exercise} is no file")
    if is_public(exercise):
        raise UsageError(f"{exercise} has the name of a public picture ({ENDING}), and an exercise needs another")
    return exercise.with_name(exercise.name.removesuffix(_EXERCISE) + ENDING)


def to_json(picture: Picture) -> bytes:
    """Return the picture as a file holds it, in ASCII."""
    return json.dumps(msgspec.to_builtins(picture), ensure_ascii=True, sort_keys=True).encode() + b"\n"


def from_json(data: bytes, name: str = "the public file") -> Picture:
    """Read a picture and check it to the last number. Raises ExerciseError saying what is wrong with ``name``."""
    if len(data) > _MOST_BYTES:
        raise ExerciseError(f"{name} is too large to be a public picture ({len(data)} bytes)")
    try:
        picture = msgspec.json.decode(data, type=Picture)
        _check(picture)
    except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
        raise ExerciseError(f"{name} is no public picture of this program: {fault}") from None
    return picture


def write(path: Path, picture: Picture) -> None:
    """Put the picture in its place in one step, so that a reader never finds half of one. Raises UsageError.

    It takes the place of a picture, of an empty file or of nothing.
    """
    _check_place(path)
    put(path, to_json(picture))


def _check_place(path: Path) -> None:
    """Raise UsageError where something lies that is no public picture, whatever its name."""
    try:
        if not path.exists():
            return
        if path.is_file():
            with path.open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
            if not data or (data.startswith(b"{") and SCHEMA.encode() in data):
                return
    except OSError as fault:
        raise UsageError(f"{path} could not be written: {fault.strerror or fault}") from None
    raise UsageError(f"{path} could not be written: what lies there is no public picture, and stays as it is")


def put(path: Path, data: bytes) -> None:
    """Put a file in its place in one step. Raises UsageError where that cannot be."""
    fresh = path.with_name(f".{path.name[:60]}-{token_hex(4)}.new")
    try:
        fresh.write_bytes(data)
        os.replace(fresh, path)  # noqa: PTH105
    except OSError as fault:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise UsageError(f"{path} could not be written: {fault.strerror or fault}") from None


def read(path: Path) -> Picture:
    """Return the picture in a file. Raises UsageError if there is none to read, ExerciseError if it is a bad one."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise UsageError(f"{path} is not there; the console of the exercise writes it") from None
    except (OSError, ValueError) as fault:
        raise UsageError(f"{path} cannot be read: {getattr(fault, 'strerror', None) or fault}") from None
    return from_json(data, str(path))


def _check(picture: Picture) -> None:
    """Raise ValueError for a picture whose numbers point nowhere or whose times are none."""
    for rung in picture.rungs:
        if rung.zone >= len(picture.zones):
            raise ValueError(f"the rung {rung.name!r} lies in zone {rung.zone}, and there is none")
    for stand in picture.stands:
        if stand.rung >= len(picture.rungs):
            raise ValueError(f"{stand.name!r} stand on rung {stand.rung}, and there is none")
    if max(abs(picture.clock.total), abs(picture.clock.held)) > _MOST_SECONDS:
        raise ValueError("the clock runs for more than a week")
    for text in filter(None, (picture.clock.ends_at, picture.beat)):
        found = datetime.fromisoformat(text)
        if found.tzinfo is None or found.year not in _YEARS:
            raise ValueError(f"{text!r} is no time with a zone in an age with clocks")
