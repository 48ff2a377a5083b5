"""What an exercise file looks like, how it is opened, and what to say when that fails."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

from wargame.errors import ExerciseError, UsageError, WargameError
from wargame.store.holder import held_by

APPLICATION_ID: Final = 0x57474D45
"""``WGME``: how ``file`` and other programs know an exercise file."""

FORMAT: Final = 1
"""``user_version`` of the files this program writes, and the newest it reads."""

SUFFIX: Final = ".wargame"

TABLES: Final = (
    ("event", "CREATE TABLE event (seq INTEGER PRIMARY KEY, entry INTEGER NOT NULL, prev TEXT NOT NULL, "
              "hash TEXT NOT NULL, body TEXT NOT NULL) STRICT"),
    ("header", "CREATE TABLE header (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL) STRICT"),
)  # fmt: skip
WAIT_FOR_READERS: Final = 5000  # milliseconds: a reader is soon done
_MAGIC: Final = b"SQLite format 3\0"

FAULTS: Final = (sqlite3.Error, OSError, UnicodeDecodeError, OverflowError, MemoryError)
"""What SQLite may raise over a damaged file: even its messages may hold bytes that are no text."""

Connect = Callable[..., sqlite3.Connection]
"""Opens a database like :func:`sqlite3.connect`; tests pass one whose disk fails."""


def connected(path: Path, mode: str, connect: Connect, name: Path | None = None) -> sqlite3.Connection:
    """Open a file, ``mode`` ``ro`` or ``rw``, and trust nothing in it; messages call it ``name``. Raises WargameError."""
    try:
        uri = f"{path.resolve().as_uri()}?mode={mode}"
        connection = connect(uri, uri=True, timeout=WAIT_FOR_READERS / 1000, isolation_level=None)
    except FAULTS as fault:
        raise explained(name or path, fault) from None
    try:
        connection.text_factory = bytes
        for setting in ("trusted_schema = OFF", "cell_size_check = ON", "foreign_keys = ON", "mmap_size = 0"):
            connection.execute(f"PRAGMA {setting}")
        if mode == "rw":
            connection.execute("PRAGMA synchronous = FULL")
        else:
            connection.execute("PRAGMA query_only = ON")
    except FAULTS as fault:
        connection.close()
        raise explained(name or path, fault) from None
    return connection


def check_bytes(path: Path) -> None:
    """Check that a path is a regular file of ours that is not too new, before SQLite touches it.

    Raises UsageError where there is no such file, ExerciseError where it is none of ours.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UsageError(f"{path} is not a file")
        with path.open("rb") as file:
            start = file.read(100)
    except FileNotFoundError:
        raise UsageError(f"there is no file {path}") from None
    except (OSError, ValueError) as fault:
        raise UsageError(f"{path} cannot be read: {getattr(fault, 'strerror', None) or fault}") from None
    if len(start) < 100 or not start.startswith(_MAGIC):
        raise ExerciseError(f"{path} is not an exercise file")
    if int.from_bytes(start[68:72], "big") != APPLICATION_ID:
        raise ExerciseError(f"{path} is a database, but not an exercise file (its application id is foreign)")
    version = int.from_bytes(start[60:64], "big")
    if version > FORMAT:
        raise ExerciseError(f"{path} has format {version}, newer than this program; it reads up to {FORMAT}")
    if version < 1:
        raise ExerciseError(f"{path} names no format (its user version is 0)")


def check_layout(connection: sqlite3.Connection, path: Path) -> None:
    """Raise ExerciseError unless the file holds our tables and nothing else."""
    found = [
        tuple(text_of(value, f"{path}, schema") for value in row)
        for row in connection.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY name")
    ]
    expected = [("table", name, name, statement) for name, statement in TABLES]
    for row in found:
        if row not in expected:
            raise ExerciseError(f"{path}, schema: the {row[0]} {row[1]!r} does not belong in an exercise file")
    for _, name, *_ in expected:
        if all(row[1] != name for row in found):
            raise ExerciseError(f"{path}, schema: the table {name!r} is missing")


def text_of(found: object, where: str) -> str:
    """Return the text of a value. Raises ExerciseError naming the place where it is none."""
    if not isinstance(found, bytes):
        raise ExerciseError(f"{where}: there is no text where text belongs")
    try:
        return found.decode()
    except UnicodeDecodeError:
        raise ExerciseError(f"{where}: the text is not UTF-8") from None


def journal_of(path: Path) -> Path:
    """Return where SQLite keeps what a write has not finished."""
    return path.with_name(path.name + "-journal")


def explained(path: Path, fault: BaseException) -> WargameError:
    """Return what to say of a fault: UsageError for a file that cannot be had now, ExerciseError for a bad one."""
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return UsageError(f"{path} is held by another running wargame{held_by(path)}; close the exercise there first")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return UsageError(f"{path} cannot be written: it or its folder is read-only")
    return ExerciseError(f"{path} cannot be read as an exercise file: {fault}")
