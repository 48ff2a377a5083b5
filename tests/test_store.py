"""The exercise file: what is acknowledged is safe, and nothing else is believed."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.failing_disk import Faults, in_a_child
from tests.tiny_box import tiny_box
from wargame.errors import ExerciseError, UsageError, WargameError
from wargame.log import Line, Place, end_place, first_line, header_of, header_text, lines_of
from wargame.recorded import Recorded
from wargame.recorded import read as read_log
from wargame.rules import events as fact
from wargame.rules import orders
from wargame.rules.journal import Entry
from wargame.rules.tracks import Change
from wargame.store import APPLICATION_ID, Store, Stored, exercises_folder, files_in, peek, read

BOX = tiny_box()
START = orders.Start("tiny", "plain", "semi-rigid", 3)
HEADER = header_of(BOX, START, 7, "0.1.0")
TEXT = header_text(HEADER)
OPENING = Entry(START, (fact.ExerciseStarted("tiny", "plain", "semi-rigid", 3, 1, (), (), False),))


def a_turn(number: int) -> Entry:
    note = f"Turn {number}: \u00ab quiet \u00bb " + "word " * 40
    return Entry(
        orders.Seal("south", orders.Sheet(note=note)),
        (
            fact.TurnOpened(number, (Change("south.nerve", 5, 6),)),
            fact.PhaseOpened("orders", ("north", "south")),
            fact.OrderSealed("south", "sealed", "ab" * 32, "cd" * 16, orders.Sheet(note=note)),
        ),
    )


def opening_lines() -> tuple[tuple[Line, ...], Place]:
    line, place = first_line(BOX, HEADER)
    lines, place = lines_of(BOX, place, OPENING)
    return (line, *lines), place


def create(path: Path, turns: int = 0, connect: Callable[..., Any] = sqlite3.connect) -> tuple[Store, Place]:
    lines, place = opening_lines()
    store = Store.create(path, TEXT, lines, connect)
    for number in range(1, turns + 1):
        more, place = lines_of(BOX, place, a_turn(number))
        store.append(more)
    return store, place


def place_of(stored: Stored) -> Place:
    recorded = read_log(stored.header, stored.lines, lambda seq: f"event {seq}")
    return end_place(stored.lines[-1], recorded.entries)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "an exercise, 100% \u2713?#.wargame"


def test_what_is_appended_is_read_back(path: Path) -> None:
    store, place = create(path, turns=2)
    with store:
        before = read(path)
        assert before.header == TEXT
        assert len(before.lines) == place.seq == 8
        assert before.lines[-1].hash == place.head
    again, found = Store.open(path)
    with again:
        assert found == before == read(path)
        more, place = lines_of(BOX, place_of(found), a_turn(3))
        again.append(more)
    assert read(path).lines == (*before.lines, *more)
    assert read_log(TEXT, read(path).lines, str).entries[-1] == a_turn(3)


def test_the_file_is_an_sqlite_document_of_its_own_kind(path: Path) -> None:
    create(path)[0].close()
    assert [each.name for each in path.parent.iterdir()] == [path.name], "one file at rest"
    with closing(sqlite3.connect(path)) as connection:

        def pragma(name: str) -> object:
            return connection.execute(f"PRAGMA {name}").fetchone()[0]

        assert pragma("application_id") == APPLICATION_ID
        assert pragma("user_version") == 1
        assert pragma("journal_mode") == "delete"
        schema = [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema")]
    assert all("STRICT" in sql for sql in schema)


def test_peek_reads_header_and_end_only(path: Path) -> None:
    store, place = create(path, turns=1)
    with store:
        found = peek(path)
    assert found.header == TEXT
    assert found.events == place.seq
    assert '"event":"order_sealed"' in found.last


def test_the_default_folder_and_its_files(tmp_path: Path) -> None:
    assert exercises_folder().name == "exercises"
    assert files_in(tmp_path / "nowhere") == ()
    for number, name in enumerate(("b.wargame", "a.wargame", "note.txt")):
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (number, number))
    assert [each.name for each in files_in(tmp_path)] == ["a.wargame", "b.wargame"]


def test_creating_never_takes_the_place_of_a_file(path: Path) -> None:
    path.write_text("a letter")
    with pytest.raises(UsageError, match="exists already"):
        create(path)
    assert path.read_text() == "a letter"
    assert len(list(path.parent.iterdir())) == 1


def test_creating_in_a_place_that_cannot_be_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="could not be created"):
        create(tmp_path / "file" / "x.wargame")


# Who may write


def test_a_second_writer_is_told_who_holds_it(path: Path) -> None:
    def knock() -> None:
        with pytest.raises(UsageError, match="held by another running wargame"):
            Store.open(path)
        assert read(path).header == TEXT, "reading goes on"
        assert peek(path).events == 2

    with create(path)[0]:
        assert in_a_child(knock) == 0
        knock()
    Store.open(path)[0].close()


def test_a_killed_holder_holds_nothing(path: Path) -> None:
    create(path)[0].close()
    heard, tell = os.pipe()
    child = os.fork()
    if child == 0:
        Store.open(path)
        os.write(tell, b"1")
        time.sleep(60)
        os._exit(0)
    assert os.read(heard, 1) == b"1"
    with pytest.raises(UsageError, match="held by"):
        Store.open(path)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    Store.open(path)[0].close()


def test_a_file_changed_behind_the_writers_back_is_not_written_on(path: Path) -> None:
    """Between two inputs another program may slip in; then the chain has moved and nothing may follow the old end."""
    create(path)[0].close()
    plan = Faults(refuse_hold=2)
    store, found = Store.open(path, plan.connect)
    place = place_of(found)
    more, place = lines_of(BOX, place, a_turn(1))
    store.append(more)  # commits, then fails to hold on
    other, found = Store.open(path)
    with other:
        with pytest.raises(UsageError, match="held by another"):
            store.append(lines_of(BOX, place, a_turn(2))[0])
        other.append(lines_of(BOX, place_of(found), a_turn(3))[0])
    with pytest.raises(ExerciseError, match="changed by another program"):
        store.append(lines_of(BOX, place, a_turn(2))[0])
    store.close()
    assert len(read(path).lines) == 8


# A failing disk


def append_two_turns(path: Path, plan: Faults) -> None:
    """Append a turn in peace and one while statements are counted."""
    store, place = create(path, turns=1, connect=plan.connect) if not path.exists() else (None, None)
    assert store is not None
    assert place is not None
    plan.armed, plan.statements = True, 0
    try:
        store.append(lines_of(BOX, place, a_turn(2))[0])
    finally:
        plan.armed = False
        store.close()


def test_each_statement_may_fail(tmp_path: Path) -> None:
    count = Faults()
    count.armed = False
    append_two_turns(tmp_path / "calm.wargame", count)
    assert count.statements >= 3
    for late in (False, True):
        for number in range(1, count.statements + 1):
            plan = Faults(fail_at=number, late=late)
            plan.armed = False
            path = tmp_path / f"{late}{number}.wargame"
            acknowledged = True
            try:
                append_two_turns(path, plan)
            except WargameError:
                acknowledged = False
            assert len(read(path).lines) == (8 if acknowledged else 5), f"statement {number}, late {late}"
            store, found = Store.open(path)
            with store:
                store.append(lines_of(BOX, place_of(found), a_turn(3))[0])


def test_a_failed_write_can_be_tried_again(path: Path) -> None:
    plan = Faults()
    store, place = create(path, connect=plan.connect)
    with store:
        plan.fail_at, plan.statements = 2, 0
        with pytest.raises(UsageError, match="disk is full"):
            store.append(lines_of(BOX, place, a_turn(1))[0])
        store.append(lines_of(BOX, place, a_turn(1))[0])
    assert len(read(path).lines) == 5


def test_dying_at_each_statement_loses_nothing_acknowledged(tmp_path: Path) -> None:
    count = Faults()
    count.armed = False
    append_two_turns(tmp_path / "calm.wargame", count)
    for late in (False, True):
        for number in range(1, count.statements + 1):
            plan = Faults(die_at=number, late=late)
            plan.armed = False
            path = tmp_path / f"{late}{number}.wargame"
            assert in_a_child(lambda path=path, plan=plan: append_two_turns(path, plan)) == 77
            before = path.read_bytes()
            kept = len(read(path).lines)
            assert kept in (5, 8), "an input is kept whole or not at all"
            assert path.read_bytes() == before, "reading repairs a copy, not the file"
            assert peek(path).events == kept
            store, found = Store.open(path)
            with store:
                assert len(found.lines) == kept
                store.append(lines_of(BOX, place_of(found), a_turn(3))[0])
            assert len(read(path).lines) == kept + 3


def test_dying_while_creating_leaves_no_half_file(tmp_path: Path) -> None:
    count = Faults()
    create(tmp_path / "calm.wargame", connect=count.connect)[0].close()
    for number in range(1, count.statements + 1):
        path = tmp_path / str(number) / "x.wargame"
        plan = Faults(die_at=number)
        assert in_a_child(lambda path=path, plan=plan: create(path, connect=plan.connect)[0].close()) == 77
        if path.exists():
            assert len(read(path).lines) == 2
        assert [each for each in files_in(path.parent) if each != path] == []


def test_a_full_disk(path: Path) -> None:
    store, place = create(path)
    with store, closing(sqlite3.connect(path)) as other:
        pages = other.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
        kept = place
        number = 0
        with suppress(UsageError):
            for number in range(1, 100):
                more, place = lines_of(BOX, kept, a_turn(number))
                store.append(more)
                kept = place
        assert number < 99
        assert len(read(path).lines) == kept.seq
        store._connection.execute("PRAGMA max_page_count = 100000")
        store.append(lines_of(BOX, kept, a_turn(number))[0])
    assert len(read(path).lines) == kept.seq + 3


def test_a_file_too_large_for_the_system(path: Path) -> None:
    """A limit of the system on the size of files makes real writes fail, in the middle of a transaction."""
    import resource  # noqa: PLC0415  not on every system

    def fill() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        store, place = create(path)
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 20_000,) * 2)
        for number in range(1, 100):
            more, place = lines_of(BOX, place, a_turn(number))
            try:
                store.append(more)
            except WargameError:
                os._exit(number)

    failed_at = in_a_child(fill)
    assert 1 < failed_at < 99
    assert len(read(path).lines) == 2 + 3 * (failed_at - 1)
    Store.open(path)[0].close()


def _kill_at_random(path: Path, wait: float) -> None:
    """Let a child append for ``wait`` seconds, kill it, and compare what it acknowledged with what the file holds."""
    heard, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        store, found = Store.open(path)
        place = place_of(found)
        for number in range(1, 10_000):
            more, place = lines_of(BOX, place, a_turn(number))
            store.append(more)
            os.write(tell, more[-1].seq.to_bytes(4, "big"))
        os._exit(0)
    os.close(tell)
    first = os.read(heard, 4)
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    acknowledged = first
    while more := os.read(heard, 65536):
        acknowledged += more
    os.close(heard)
    last = int.from_bytes(acknowledged[len(acknowledged) // 4 * 4 - 4 :][:4], "big")
    kept = read(path)
    assert kept.lines[-1].seq >= last, "an acknowledged input was lost"
    assert kept.lines[-1].seq <= last + 3, "more was kept than was ever handed in"
    with Store.open(path)[0]:
        assert read(path) == kept


def _kill_often(path: Path, times: int, seed: int) -> None:
    create(path)[0].close()
    chance = random.Random(seed)
    for _ in range(times):
        _kill_at_random(path, chance.uniform(0, 0.03))


def test_killed_at_random_moments(path: Path) -> None:
    _kill_often(path, 8, seed=1)


@pytest.mark.soak
def test_killed_at_a_hundred_random_moments(path: Path) -> None:
    _kill_often(path, 100, seed=2)


# Damage


def a_small_file(path: Path) -> bytes:
    create(path, turns=2)[0].close()
    return path.read_bytes()


def believed(path: Path) -> Recorded:
    """Return what everybody else gets of a file: its lines, read as a log."""
    found = read(path)
    return read_log(found.header, found.lines, lambda seq: f"{path}, event {seq}")


def held(path: Path) -> Recorded:
    """Return what one who goes on with a file gets."""
    store, found = Store.open(path)
    store.close()
    return read_log(found.header, found.lines, lambda seq: f"{path}, event {seq}")


def refused_or(door: Callable[[Path], Recorded], path: Path) -> Recorded | str:
    try:
        return door(path)
    except ExerciseError as fault:
        return str(fault)


def _check_flips(path: Path, places: Iterator[tuple[int, int]]) -> None:
    data = a_small_file(path)
    whole = believed(path)
    for place, mask in places:
        if place >= len(data):
            continue
        flipped = bytearray(data)
        flipped[place] ^= mask
        path.write_bytes(flipped)
        for door in (believed, held):
            found = refused_or(door, path)
            assert found == whole or (isinstance(found, str) and str(path) in found), f"byte {place} with {mask}"


def test_a_changed_byte_is_noticed_or_means_nothing(path: Path) -> None:
    chance = random.Random(3)
    sampled = [(chance.randrange(40_000), chance.choice((1, 0x80, 0xFF))) for _ in range(400)]
    _check_flips(path, iter([(place, mask) for place in range(100) for mask in (1, 0xFF)] + sampled))


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_every_changed_byte_is_noticed_or_means_nothing(path: Path) -> None:
    _check_flips(path, ((place, mask) for place in range(60_000) for mask in (0x01, 0x80)))


def test_a_truncated_file_is_refused(path: Path) -> None:
    data = a_small_file(path)
    for length in [0, 1, 50, 99, 100, 101, 511, 4095, *range(4096, len(data), 1777)]:
        path.write_bytes(data[:length])
        with pytest.raises(ExerciseError, match=r"wargame"):
            read(path)
        with pytest.raises(ExerciseError, match=r"wargame"):
            Store.open(path)


def test_garbage_after_the_end_is_refused_or_means_nothing(path: Path) -> None:
    data = a_small_file(path)
    whole = read(path)
    for more in (b"x", b"\0" * 4096, random.Random(4).randbytes(8192)):
        path.write_bytes(data + more)
        with suppress(WargameError):
            assert read(path) == whole


def _altered(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        (("PRAGMA application_id = 1",), "application id is foreign"),
        (("PRAGMA user_version = 2",), "format 2, newer than this program"),
        (("PRAGMA user_version = 0",), "names no format"),
        (("DROP TABLE event",), "schema: the table 'event' is missing"),
        (("DROP TABLE header",), "schema: the table 'header' is missing"),
        (("DELETE FROM header",), "header: there are 0 headers"),
        (("DELETE FROM event",), "event 0: the file ends before"),
        (("CREATE TABLE more (x)",), "the table 'more' does not belong"),
        (("CREATE VIEW v AS SELECT 1",), "the view 'v' does not belong"),
        (("CREATE INDEX i ON event (hash)",), "the index 'i' does not belong"),
        (("CREATE TRIGGER t BEFORE INSERT ON event BEGIN SELECT 1; END",), "the trigger 't' does not belong"),
        (("ALTER TABLE event ADD COLUMN more TEXT",), "the table 'event' does not belong"),
        (
            (
                "DROP TABLE header",
                "CREATE TABLE header (id INTEGER PRIMARY KEY, body TEXT)",
            ),
            "the table 'header' does not belong",
        ),
        (
            ("DROP TABLE event", "CREATE VIEW event AS SELECT 0 seq, 0 entry, '' prev, '' hash, '' body"),
            "the view 'event' does not belong",
        ),
        (("DELETE FROM event WHERE seq = 3",), "event 3: event 3 is missing"),
        (
            ("UPDATE event SET body = replace(body, 'Turn 1: ', 'Turn 9: ')",),
            "event 2: its text does not match its hash",
        ),
        (("UPDATE event SET entry = 9 WHERE seq = 3",), "event 3: it is filed under input 9"),
        (("UPDATE event SET hash = upper(hash) WHERE seq = 1",), "event 1: its text does not match"),
        (("UPDATE header SET body = body || ' '",), "event 0: the hash before it"),
        (("UPDATE event SET seq = -1 WHERE seq = 0",), "event 0: event 0 is missing"),
        (("UPDATE event SET body = CAST(x'FF' AS TEXT) WHERE seq = 2",), "event 2: the text is not UTF-8"),
        (("PRAGMA journal_mode = WAL",), "wargame"),
    ],
)
def test_an_altered_file_is_refused_naming_the_place(path: Path, statements: tuple[str, ...], says: str) -> None:
    a_small_file(path)
    _altered(path, *statements)
    if "WAL" in statements[0]:
        assert read(path).header == TEXT, "another journal mode changes nothing that is recorded"
        return
    with pytest.raises(ExerciseError, match=says):
        read_log(*_parts(read(path)), lambda seq: f"{path}, event {seq}")
    if "filed" not in says:
        with pytest.raises(ExerciseError, match=says):
            Store.open(path)


def _parts(stored: Stored) -> tuple[str, tuple[Line, ...]]:
    return stored.header, stored.lines


def test_what_is_no_exercise_file_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE t (x)")
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "letter").write_text("Dear all" * 100)
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name, says in (
        ("other.db", "a database, but not an exercise file"), ("empty", "not an exercise file"),
        ("letter", "not an exercise file"), ("folder", "is not a file"), ("pipe", "is not a file"),
        ("nothing", "there is no file"), ("a\0b", "cannot be read"), ("x" * 300, "cannot be read|no file"),
    ):  # fmt: skip
        for door in (read, peek, Store.open):
            with pytest.raises(WargameError, match=says):
                door(tmp_path / name)
