"""Who holds an exercise file: a note beside it while it is held, read only when the file itself turns out to be held.

SQLite alone decides who holds a file. The note is a courtesy, so nothing depends on it: one that cannot be written is
done without, and one that a dead process left behind is never asked about, because the system has let go of the file.
"""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

_MOST_BYTES: Final = 2000
_LONGEST: Final = 60
"""Characters shown of anything in a note: whoever can write beside the file can write anything into it."""


class Holder(Struct, frozen=True, forbid_unknown_fields=True):
    """A program that holds a file: its process, its machine, since when (local time) and what it was called as."""

    process: int
    host: str
    since: str
    command: str


def note_of(path: Path) -> Path:
    """Return where it is noted who holds a file."""
    return path.with_name(f"{path.name}-holder")


def leave_note(path: Path) -> None:
    """Note that this program holds a file from now on."""
    since = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    body = msgspec.json.encode(Holder(os.getpid(), socket.gethostname(), since, _called_as()))
    take_note(path)
    with suppress(OSError):
        number = os.open(note_of(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)  # never through a link
        with os.fdopen(number, "wb") as file:
            file.write(body)


def take_note(path: Path) -> None:
    """Take the note away."""
    with suppress(OSError):
        note_of(path).unlink()


def held_by(path: Path) -> str:
    """Return who holds a file, as words in brackets after a space; empty where nobody has noted it."""
    note = note_of(path)
    try:
        if not note.is_file():
            return ""
        with note.open("rb") as file:
            found = msgspec.json.decode(file.read(_MOST_BYTES), type=Holder)
    except (OSError, ValueError):
        return ""
    parts = [" ".join(text.split())[:_LONGEST] for text in (found.command, found.host, found.since)]
    return f" ({parts[0]}, process {found.process} on {parts[1]}, since {parts[2]})"


def _called_as() -> str:
    """Return the program and its command, such as ``wargame console``, and none of its other arguments."""
    program = Path(sys.argv[0] if sys.argv else "")
    name = program.parent.name if program.stem == "__main__" else program.stem
    command = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1].isalpha() else ""
    return f"{name or 'a program'} {command}".strip()
