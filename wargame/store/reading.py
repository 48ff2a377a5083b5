"""Reading an exercise file: everything in it is checked before it is believed, and nothing in it is changed."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import Struct

from wargame.errors import ExerciseError, UsageError
from wargame.log import Line, check_chain
from wargame.store.layout import (
    FAULTS,
    SUFFIX,
    check_bytes,
    check_layout,
    connected,
    explained,
    journal_of,
    text_of,
)


class Stored(Struct, frozen=True):
    """What an exercise file holds: the header's text and every line, the chain unbroken."""

    header: str
    lines: tuple[Line, ...]


class Peek(Struct, frozen=True):
    """A quick look into a file, unchecked: the header's text, the number of events, and the text of the last one."""

    header: str
    events: int
    last: str


def read(path: Path) -> Stored:
    """Return what an exercise file holds, checked, without changing it.

    Raises UsageError where there is no such file, ExerciseError where it is damaged, foreign or too new.
    """
    check_bytes(path)
    try:
        return _read_only(path)
    except _UnfinishedError:
        # A process died while writing. Let SQLite take back the half-done write in a copy and leave the file alone.
        try:
            with TemporaryDirectory(prefix="wargame-") as folder:
                copy = Path(folder, "copy")
                shutil.copyfile(path, copy)
                with suppress(FileNotFoundError):
                    shutil.copyfile(journal_of(path), journal_of(copy))
                with closing(connected(copy, "rw", sqlite3.connect, name=path)) as connection:
                    return content_of(connection, path)
        except OSError as fault:
            raise UsageError(f"{path} cannot be read: {fault.strerror or 'unknown reason'}") from None


def peek(path: Path) -> Peek:
    """Return a file's header and last event without checking the chain, for lists. Raises as :func:`read`."""
    check_bytes(path)
    with closing(connected(path, "ro", sqlite3.connect)) as connection:
        try:
            check_layout(connection, path)
            header, events, last = connection.execute(
                "SELECT (SELECT body FROM header), (SELECT count(*) FROM event),"
                " (SELECT body FROM event ORDER BY seq DESC LIMIT 1)"
            ).fetchone()
        except FAULTS as fault:
            if _is_unfinished(fault, path):
                found = read(path)
                return Peek(found.header, len(found.lines), found.lines[-1].body)
            raise explained(path, fault) from None
    return Peek(text_of(header, f"{path}, header"), int(events), text_of(last, f"{path}, last event"))


def exercises_folder() -> Path:
    """Return the folder where exercises are kept unless a path is given."""
    from platformdirs import user_data_path  # noqa: PLC0415  it is needed by few commands and not free to import

    return user_data_path("wargame", appauthor=False) / "exercises"


def files_in(folder: Path) -> tuple[Path, ...]:
    """Return the exercise files of a folder, the one written last first; none if there is no such folder."""
    if not folder.is_dir():
        return ()
    found = [path for path in folder.iterdir() if path.suffix == SUFFIX and path.is_file()]
    return tuple(sorted(found, key=lambda path: (-path.stat().st_mtime_ns, path.name)))


class _UnfinishedError(Exception):
    """A write was cut off and its journal is still there."""


def _read_only(path: Path) -> Stored:
    with closing(connected(path, "ro", sqlite3.connect)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except FAULTS as fault:
            if _is_unfinished(fault, path):
                raise _UnfinishedError from None
            raise explained(path, fault) from None
        return content_of(connection, path)


def _is_unfinished(fault: BaseException, path: Path) -> bool:
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN) and journal_of(path).is_file()


def content_of(connection: sqlite3.Connection, path: Path) -> Stored:
    """Return what an open file holds, checked to the last hash. Raises ExerciseError."""
    try:
        check_layout(connection, path)
        problems = [text_of(row[0], str(path)) for row in connection.execute("PRAGMA integrity_check(3)")]
        if problems != ["ok"]:
            raise ExerciseError(f"{path} is damaged: {problems[0]}")
        headers = connection.execute("SELECT id, body FROM header").fetchall()
        rows = connection.execute("SELECT seq, entry, prev, hash, body FROM event ORDER BY seq").fetchall()
    except FAULTS as fault:
        raise explained(path, fault) from None
    if len(headers) != 1:
        raise ExerciseError(f"{path}, header: there are {len(headers)} headers, not one")
    header = text_of(headers[0][1], f"{path}, header")
    if not rows:
        raise ExerciseError(f"{path}, event 0: the file ends before its content")
    lines = tuple(_line_of(row, path) for row in rows)
    check_chain(header, lines, lambda seq: f"{path}, event {seq}")
    return Stored(header, lines)


def _line_of(row: tuple[Any, ...], path: Path) -> Line:
    seq, entry, prev, own, body = row
    where = f"{path}, event {seq}"
    if not isinstance(seq, int) or not isinstance(entry, int):
        raise ExerciseError(f"{where}: its number is not a whole number")
    return Line(seq, entry, text_of(prev, where), text_of(own, where), text_of(body, where))
