"""The exercise file: one SQLite database with a header and an append-only chain of events.

A write is one transaction in a rollback journal with ``synchronous=FULL``; when :meth:`Store.append` returns, the lines
are on the disk. The writer holds the file by an open ``BEGIN IMMEDIATE``: others may read meanwhile, nobody else may
write, and the system lets go of it when the process dies, however it dies. A file is believed only after its layout,
its pages and its whole chain have been checked; whatever is wrong with it ends in an ExerciseError naming the place.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from msgspec import Struct

from wargame.errors import ExerciseError
from wargame.log import Line, check_chain, sealed

APPLICATION_ID: Final = 0x57474D45
"""``WGME``: how ``file`` and other programs know an exercise file."""

FORMAT: Final = 1
"""``user_version`` of the files this program writes, and the newest it reads."""

SUFFIX: Final = ".wargame"

_TABLES: Final = (
    ("event", "CREATE TABLE event (seq INTEGER PRIMARY KEY, entry INTEGER NOT NULL, prev TEXT NOT NULL, "
              "hash TEXT NOT NULL, body TEXT NOT NULL) STRICT"),
    ("header", "CREATE TABLE header (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL) STRICT"),
)  # fmt: skip
_MAGIC: Final = b"SQLite format 3\0"
_WAIT_FOR_READERS: Final = 5000  # milliseconds: a reader is soon done
_WAIT_FOR_WRITER: Final = 300  # another writer is not

_FAULTS: Final = (sqlite3.Error, OSError, UnicodeDecodeError, OverflowError, MemoryError)
"""What SQLite may raise over a damaged file: even its messages may hold bytes that are no text."""

Connect = Callable[..., sqlite3.Connection]
"""Opens a database like :func:`sqlite3.connect`; tests pass one whose disk fails."""


class Stored(Struct, frozen=True):
    """What an exercise file holds: the header's text and every line, the chain unbroken."""

    header: str
    lines: tuple[Line, ...]


class Peek(Struct, frozen=True):
    """A quick look into a file, unchecked: the header's text, the number of events, and the text of the last one."""

    header: str
    events: int
    last: str


class Store:
    """An exercise file held for writing. Use it with ``with``, or close it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._head = ("", -1)
        self._holds = False

    @staticmethod
    def create(path: Path, header: str, lines: Sequence[Line], connect: Connect = sqlite3.connect) -> Store:
        """Create a file with these lines, whole or not at all, and hold it. Raises ExerciseError if it exists."""
        _write_new(path, header, lines, connect)
        store, _ = Store.open(path, connect)
        return store

    @staticmethod
    def open(path: Path, connect: Connect = sqlite3.connect) -> tuple[Store, Stored]:
        """Hold an existing file for writing and return what it holds, checked. Raises ExerciseError."""
        _check_bytes(path)
        store = Store(path, _connected(path, "rw", connect))
        try:
            store._hold()
            found = _content_of(store._connection, path)
        except BaseException:
            store.close()
            raise
        store._head = _head_of(found)
        return store, found

    def append(self, lines: Sequence[Line]) -> None:
        """Add lines in one transaction; durable when this returns.

        Raises ExerciseError, and then nothing has been added: the disk failed, or the file is in other hands by now.
        """
        if not lines:
            return
        if not self._holds:
            self._hold()
        try:
            if _stored_head(self._connection) != self._head:
                raise ExerciseError(f"{self.path} was changed by another program since it was opened")
            self._connection.executemany(
                "INSERT INTO event VALUES (?, ?, ?, ?, ?)", [(x.seq, x.entry, x.prev, x.hash, x.body) for x in lines]
            )
            self._connection.execute("COMMIT")
        except _FAULTS as fault:
            self._settle((lines[-1].hash, lines[-1].seq), fault)
        except BaseException:  # such as Ctrl-C: leave no half-done transaction behind
            self._drop()
            raise
        self._head = (lines[-1].hash, lines[-1].seq)
        self._holds = False
        with suppress(ExerciseError):  # the lines are safe; should another have been quicker, the next append says so
            self._hold()

    def close(self) -> None:
        """Let go of the file."""
        self._drop()
        with suppress(*_FAULTS):
            self._connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _hold(self) -> None:
        try:
            self._connection.execute(f"PRAGMA busy_timeout = {_WAIT_FOR_WRITER}")
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute(f"PRAGMA busy_timeout = {_WAIT_FOR_READERS}")
        except _FAULTS as fault:
            raise _explained(self.path, fault) from None
        self._holds = True

    def _drop(self) -> None:
        self._holds = False
        with suppress(*_FAULTS):
            self._connection.rollback()

    def _settle(self, wanted: tuple[str, int], fault: Exception) -> None:
        """After a failed write: return if the lines are on the disk all the same, otherwise undo and raise."""
        self._drop()
        try:
            found = _stored_head(self._connection)
        except (*_FAULTS, ExerciseError):
            found = self._head
        if found != wanted:
            raise ExerciseError(f"{self.path} could not be written: {fault}; nothing of this input was kept") from None


def read(path: Path) -> Stored:
    """Return what an exercise file holds, checked, without changing it. Raises ExerciseError."""
    _check_bytes(path)
    try:
        return _read_only(path)
    except _UnfinishedError:
        # A process died while writing. Let SQLite take back the half-done write in a copy and leave the file alone.
        with TemporaryDirectory(prefix="wargame-") as folder:
            copy = Path(folder, path.name)
            shutil.copyfile(path, copy)
            with suppress(FileNotFoundError):
                shutil.copyfile(_journal_of(path), _journal_of(copy))
            with closing(_connected(copy, "rw", sqlite3.connect)) as connection:
                return _content_of(connection, path)


def peek(path: Path) -> Peek:
    """Return a file's header and last event without checking the chain, for lists. Raises ExerciseError."""
    _check_bytes(path)
    with closing(_connected(path, "ro", sqlite3.connect)) as connection:
        try:
            _check_layout(connection, path)
            header, events, last = connection.execute(
                "SELECT (SELECT body FROM header), (SELECT count(*) FROM event),"
                " (SELECT body FROM event ORDER BY seq DESC LIMIT 1)"
            ).fetchone()
        except _FAULTS as fault:
            if _is_unfinished(fault, path):
                found = read(path)
                return Peek(found.header, len(found.lines), found.lines[-1].body)
            raise _explained(path, fault) from None
    return Peek(_text(header, f"{path}, header"), int(events), _text(last, f"{path}, last event"))


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
    with closing(_connected(path, "ro", sqlite3.connect)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except _FAULTS as fault:
            if _is_unfinished(fault, path):
                raise _UnfinishedError from None
            raise _explained(path, fault) from None
        return _content_of(connection, path)


def _is_unfinished(fault: BaseException, path: Path) -> bool:
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN) and _journal_of(path).is_file()


def _journal_of(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


def _connected(path: Path, mode: str, connect: Connect) -> sqlite3.Connection:
    try:
        uri = f"{path.resolve().as_uri()}?mode={mode}"
        connection = connect(uri, uri=True, timeout=_WAIT_FOR_READERS / 1000, isolation_level=None)
    except _FAULTS as fault:
        raise _explained(path, fault) from None
    try:
        connection.text_factory = bytes
        for setting in ("trusted_schema = OFF", "cell_size_check = ON", "foreign_keys = ON", "mmap_size = 0"):
            connection.execute(f"PRAGMA {setting}")
        if mode == "rw":
            connection.execute("PRAGMA synchronous = FULL")
        else:
            connection.execute("PRAGMA query_only = ON")
    except _FAULTS as fault:
        connection.close()
        raise _explained(path, fault) from None
    return connection


def _write_new(path: Path, header: str, lines: Sequence[Line], connect: Connect) -> None:
    """Write a whole new file beside its name and put it there in one step, so that no half file is ever seen."""
    if path.exists() or path.is_symlink():
        raise ExerciseError(f"{path} exists already; choose another name")
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise ExerciseError(f"{path} could not be created: {fault}") from None
    try:
        fresh.unlink(missing_ok=True)
        with closing(connect(fresh, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {FORMAT}")
            connection.execute("BEGIN IMMEDIATE")
            for _, statement in _TABLES:
                connection.execute(statement)
            connection.execute("INSERT INTO header VALUES (1, ?)", (header,))
            rows = [(x.seq, x.entry, x.prev, x.hash, x.body) for x in lines]
            connection.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?)", rows)
            connection.execute("COMMIT")
        _put_in_place(fresh, path)
    except FileExistsError:
        raise ExerciseError(f"{path} exists already; choose another name") from None
    except (sqlite3.Error, OSError) as fault:
        raise ExerciseError(f"{path} could not be created: {fault}") from None
    finally:
        for left in (fresh, _journal_of(fresh)):
            with suppress(OSError):
                left.unlink(missing_ok=True)


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


def _check_bytes(path: Path) -> None:
    """Check that a path is a regular file of ours that is not too new, before SQLite touches it."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ExerciseError(f"{path} is not a file")
        with path.open("rb") as file:
            start = file.read(100)
    except FileNotFoundError:
        raise ExerciseError(f"there is no file {path}") from None
    except (OSError, ValueError) as fault:
        raise ExerciseError(f"{path} cannot be read: {fault}") from None
    if len(start) < 100 or not start.startswith(_MAGIC):
        raise ExerciseError(f"{path} is not an exercise file")
    if int.from_bytes(start[68:72], "big") != APPLICATION_ID:
        raise ExerciseError(f"{path} is a database, but not an exercise file (its application id is foreign)")
    version = int.from_bytes(start[60:64], "big")
    if version > FORMAT:
        raise ExerciseError(f"{path} has format {version}, newer than this program; it reads up to {FORMAT}")
    if version < 1:
        raise ExerciseError(f"{path} names no format (its user version is 0)")


def _content_of(connection: sqlite3.Connection, path: Path) -> Stored:
    try:
        _check_layout(connection, path)
        problems = [_text(row[0], str(path)) for row in connection.execute("PRAGMA integrity_check(3)")]
        if problems != ["ok"]:
            raise ExerciseError(f"{path} is damaged: {problems[0]}")
        headers = connection.execute("SELECT id, body FROM header").fetchall()
        rows = connection.execute("SELECT seq, entry, prev, hash, body FROM event ORDER BY seq").fetchall()
    except _FAULTS as fault:
        raise _explained(path, fault) from None
    if len(headers) != 1:
        raise ExerciseError(f"{path}, header: there are {len(headers)} headers, not one")
    header = _text(headers[0][1], f"{path}, header")
    if not rows:
        raise ExerciseError(f"{path}, event 0: the file ends before its content")
    lines = tuple(_line_of(row, path) for row in rows)
    check_chain(header, lines, lambda seq: f"{path}, event {seq}")
    return Stored(header, lines)


def _check_layout(connection: sqlite3.Connection, path: Path) -> None:
    found = [
        tuple(_text(value, f"{path}, schema") for value in row)
        for row in connection.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY name")
    ]
    expected = [("table", name, name, statement) for name, statement in _TABLES]
    for row in found:
        if row not in expected:
            raise ExerciseError(f"{path}, schema: the {row[0]} {row[1]!r} does not belong in an exercise file")
    for _, name, *_ in expected:
        if all(row[1] != name for row in found):
            raise ExerciseError(f"{path}, schema: the table {name!r} is missing")


def _line_of(row: tuple[Any, ...], path: Path) -> Line:
    seq, entry, prev, own, body = row
    where = f"{path}, event {seq}"
    if not isinstance(seq, int) or not isinstance(entry, int):
        raise ExerciseError(f"{where}: its number is not a whole number")
    return Line(seq, entry, _text(prev, where), _text(own, where), _text(body, where))


def _text(found: object, where: str) -> str:
    if not isinstance(found, bytes):
        raise ExerciseError(f"{where}: there is no text where text belongs")
    try:
        return found.decode()
    except UnicodeDecodeError:
        raise ExerciseError(f"{where}: the text is not UTF-8") from None


def _head_of(found: Stored) -> tuple[str, int]:
    return (found.lines[-1].hash, found.lines[-1].seq) if found.lines else (sealed("", found.header), -1)


def _stored_head(connection: sqlite3.Connection) -> tuple[str, int]:
    row = connection.execute("SELECT hash, seq FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    return (_text(row[0], "the last event"), int(row[1])) if row else ("", -1)


def _explained(path: Path, fault: BaseException) -> ExerciseError:
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return ExerciseError(f"{path} is held by another running wargame; close the exercise there first")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return ExerciseError(f"{path} cannot be written: it or its folder is read-only")
    return ExerciseError(f"{path} cannot be read as an exercise file: {fault}")
