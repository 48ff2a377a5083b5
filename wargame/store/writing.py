"""Writing an exercise file: held by one program at a time, a transaction for each append, whole or not at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from secrets import token_hex
from typing import Final

from wargame.errors import ExerciseError, UsageError, WargameError
from wargame.log import Line, sealed
from wargame.store.holder import leave_note, note_of, take_note
from wargame.store.layout import (
    APPLICATION_ID,
    FAULTS,
    FORMAT,
    TABLES,
    WAIT_FOR_READERS,
    Connect,
    check_bytes,
    connected,
    explained,
    journal_of,
    text_of,
)
from wargame.store.reading import Stored, content_of

_WAIT_FOR_WRITER: Final = 300  # milliseconds: unlike a reader, another writer is not soon done
_LONGEST_NAME: Final = 255 - len("-journal")  # bytes that common file systems allow, beside the journal of SQLite


class Store:
    """An exercise file held for writing. Use it with ``with``, or close it.

    ``was_cut_off``: whoever held it before never closed it.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._head = ("", -1)
        self._holds = False
        self.was_cut_off = False

    @staticmethod
    def create(path: Path, header: str, lines: Sequence[Line], connect: Connect = sqlite3.connect) -> Store:
        """Create a file with these lines, whole or not at all, and hold it. Raises UsageError if that cannot be."""
        _write_new(path, header, lines, connect)
        store, _ = Store.open(path, connect)
        return store

    @staticmethod
    def open(path: Path, connect: Connect = sqlite3.connect) -> tuple[Store, Stored]:
        """Hold an existing file for writing and return what it holds, checked.

        Raises UsageError where there is no such file or another program holds it, ExerciseError where it is a bad one.
        """
        check_bytes(path)
        store = Store(path, connected(path, "rw", connect))
        try:
            store._hold()
            store.was_cut_off = note_of(path).is_file()
            leave_note(path)
            found = content_of(store._connection, path)
        except BaseException:
            store.close()
            raise
        store._head = _head_of(found)
        return store, found

    def append(self, lines: Sequence[Line]) -> None:
        """Add lines in one transaction; durable when this returns.

        Otherwise nothing has been added: raises UsageError where the disk fails or another program holds the file,
        ExerciseError where another has changed it.
        """
        if not lines:
            return
        if not self._holds:
            self._hold()
            leave_note(self.path)
        try:
            if _stored_head(self._connection) != self._head:
                raise ExerciseError(f"{self.path} was changed by another program since it was opened")
            self._connection.executemany(
                "INSERT INTO event VALUES (?, ?, ?, ?, ?)", [(x.seq, x.entry, x.prev, x.hash, x.body) for x in lines]
            )
            self._connection.execute("COMMIT")
        except FAULTS as fault:
            self._settle((lines[-1].hash, lines[-1].seq), fault)
        except BaseException:  # such as Ctrl-C: leave no half-done transaction behind
            self._drop()
            raise
        self._head = (lines[-1].hash, lines[-1].seq)
        self._holds = False
        with suppress(WargameError):  # the lines are safe; should another have been quicker, the next append says so
            self._hold()

    def close(self) -> None:
        """Let go of the file."""
        if self._holds:  # otherwise the note is another's
            take_note(self.path)
        self._drop()
        with suppress(*FAULTS):
            self._connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _hold(self) -> None:
        try:
            self._connection.execute(f"PRAGMA busy_timeout = {_WAIT_FOR_WRITER}")
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute(f"PRAGMA busy_timeout = {WAIT_FOR_READERS}")
        except FAULTS as fault:
            raise explained(self.path, fault) from None
        self._holds = True

    def _drop(self) -> None:
        self._holds = False
        with suppress(*FAULTS):
            self._connection.rollback()

    def _settle(self, wanted: tuple[str, int], fault: Exception) -> None:
        """After a failed write: return if the lines are on the disk all the same, otherwise undo and raise."""
        self._drop()
        try:
            found = _stored_head(self._connection)
        except (*FAULTS, WargameError):
            found = self._head
        if found != wanted:
            raise UsageError(f"{self.path} could not be written: {fault}; nothing of this input was kept") from None


def _write_new(path: Path, header: str, lines: Sequence[Line], connect: Connect) -> None:
    """Write a whole new file beside its name and put it there in one step, so that no half file is ever seen."""
    if os.path.lexists(path):
        raise UsageError(f"{path} exists already; choose another name")
    if len(os.fsencode(path.name)) > _LONGEST_NAME:
        raise UsageError(f"{path} could not be created: its name is too long")
    fresh = path.with_name(f".wargame-{token_hex(6)}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise _not_created(path, fault) from None
    try:
        with closing(connect(fresh, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {FORMAT}")
            connection.execute("BEGIN IMMEDIATE")
            for _, statement in TABLES:
                connection.execute(statement)
            connection.execute("INSERT INTO header VALUES (1, ?)", (header,))
            rows = [(x.seq, x.entry, x.prev, x.hash, x.body) for x in lines]
            connection.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?)", rows)
            connection.execute("COMMIT")
        _put_in_place(fresh, path)
    except FileExistsError:
        raise UsageError(f"{path} exists already; choose another name") from None
    except (sqlite3.Error, OSError) as fault:
        raise _not_created(path, fault) from None
    finally:
        for left in (fresh, journal_of(fresh)):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _not_created(path: Path, fault: BaseException) -> UsageError:
    """Return what to say; a system's own message would name the file beside."""
    return UsageError(f"{path} could not be created: {getattr(fault, 'strerror', None) or fault}")


def _put_in_place(fresh: Path, path: Path) -> None:
    try:
        os.link(fresh, path)  # unlike a rename this never takes the place of another file
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(path) from None
        fresh.rename(path)
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _head_of(found: Stored) -> tuple[str, int]:
    return (found.lines[-1].hash, found.lines[-1].seq) if found.lines else (sealed("", found.header), -1)


def _stored_head(connection: sqlite3.Connection) -> tuple[str, int]:
    row = connection.execute("SELECT hash, seq FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    return (text_of(row[0], "the last event"), int(row[1])) if row else ("", -1)
