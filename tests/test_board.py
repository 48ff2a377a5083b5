"""The projector: its file, its screen in a terminal, its page, and what it does when the file is bad or the console silent."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pexpect  # type: ignore[import-untyped]
import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from tests.games import three_capitals
from tests.seminars import VELM, a_branch, a_seminar, a_start, random_seminars, until
from wargame.cli import board, call, lettering, projector
from wargame.errors import ExerciseError, UsageError
from wargame.exercise import Exercise
from wargame.rules import orders as order
from wargame.rules.orders import Sheet
from wargame.whitecell import caption
from wargame.whitecell.clock import Clock
from wargame.whitecell.page import page
from wargame.whitecell.picture import (
    Headline,
    Picture,
    Rung,
    Seat,
    Stand,
    Zone,
    from_json,
    public_file,
    put,
    read,
    to_json,
    write,
)
from wargame.whitecell.projection import banner, picture_of

NOON = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)
HOSTILE = "</script><script>alert(1)</script>\x1b[2J\u202e'\"&"


def a_picture(**fields: object) -> Picture:
    zones = (Zone("Calm", ""), Zone("Storm", "The first shot"), Zone("Night", "No light"))
    rungs = (Rung("Quiet", 0), Rung("Words", 0), Rung("Ships", 1), Rung("Fire", 1), Rung("Dark", 2))
    known = Picture(
        title="The strait", turn=2, turns=4, phase="Orders", rungs=rungs, zones=zones,
        stands=(Stand("Karsk and Velm", "Ys", 2), Stand("Karsk and Oster", "Ys", 1)),
        seats=(Seat("Karsk", "sealed"), Seat("Velm", "waiting"), Seat("Oster", "missing")),
        clock=Clock(480, 0, (NOON + timedelta(seconds=125)).isoformat()),
        headline=Headline("A fog bank", "Nobody sees anything for two days."),
        declarations=("Karsk, turn 1: if they reach Fire, Karsk will answer.",), beat=NOON.isoformat(),
    )  # fmt: skip
    return replace(known, **fields)


def screen(picture: Picture, width: int = 80, height: int = 24, notice: str = "") -> list[str]:
    return [row.plain for row in projector.draw(lettering.safe(picture), NOON, width, height, notice)]


# The file


@pytest.mark.parametrize(
    ("exercise", "public"),
    [
        ("crisis.wargame", "crisis.public.json"),
        ("a.b.wargame", "a.b.public.json"),
        ("crisis", "crisis.public.json"),
    ],
)
def test_the_public_file_lies_beside_the_exercise(exercise: str, public: str) -> None:
    assert public_file(Path("x", exercise)) == Path("x", public)


@pytest.mark.parametrize("name", ["crisis.public.json", "crisis.Public.JSON", ".public.json"])
def test_a_public_picture_is_no_exercise(name: str) -> None:
    with pytest.raises(UsageError, match="name of a public picture"):
        public_file(Path("x", name))


@pytest.mark.parametrize("content", [b"SQLite format 3\x00 and more", b'{"schema": "else"}', b"wargame.public"])
def test_a_picture_is_written_over_nothing_but_a_picture(folder: Path, content: bytes) -> None:
    path = folder / "x.public.json"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="no public picture"):
        write(path, a_picture())
    assert path.read_bytes() == content
    path.write_bytes(b"")
    write(path, a_picture())
    write(path, a_picture(turn=3))
    assert read(path).turn == 3


def test_a_picture_reads_back_the_same(folder: Path) -> None:
    exercises = (a_seminar(), a_branch(), *(Exercise.of(marked.recorded) for marked in random_seminars()[:3]))
    for exercise in exercises:
        picture = picture_of(exercise.box, exercise.state, exercise.entries, NOON)
        assert from_json(to_json(picture)) == picture
        assert to_json(picture).isascii()
    path = folder / "x.public.json"
    write(path, a_picture(title=HOSTILE))
    assert read(path) == a_picture(title=HOSTILE)
    assert list(folder.iterdir()) == [path]


def test_a_picture_that_cannot_be_written_leaves_nothing_behind(folder: Path) -> None:
    (folder / "x.public.json").mkdir()
    with pytest.raises(UsageError, match="could not be written"):
        write(folder / "x.public.json", a_picture())
    with pytest.raises(UsageError, match="could not be written"):
        write(folder / "nowhere" / "x.public.json", a_picture())
    assert [path.name for path in folder.iterdir()] == ["x.public.json"]


def test_a_reader_never_finds_half_a_picture(folder: Path) -> None:
    path = folder / "x.public.json"
    small, large = a_picture(), a_picture(declarations=("A long declaration. " * 100,) * 9)
    write(path, small)
    over = threading.Event()

    def go_on() -> None:
        while not over.is_set():
            write(path, large)
            write(path, small)

    writer = threading.Thread(target=go_on)
    writer.start()
    try:
        assert all(read(path) in (small, large) for _ in range(300))
    finally:
        over.set()
        writer.join()


@pytest.mark.parametrize(
    "bad",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe", b"{}" * 200_000, b"[" * 50_000,
        to_json(a_picture()).replace(b'"wargame.public"', b'"wargame.log"'),
        to_json(a_picture()).replace(b'"version": 1', b'"version": 2'),
        to_json(a_picture()).replace(b'"rung": 2', b'"rung": 9'),
        to_json(a_picture()).replace(b'"rung": 2', b'"rung": -1'),
        to_json(a_picture()).replace(b'"zone": 2', b'"zone": 3'),
        to_json(a_picture()).replace(b'"turn": 2', b'"turn": "2"'),
        to_json(a_picture()).replace(b'"sealed"', b'"draft"'),
        to_json(a_picture()).replace(b'"total": 480', b'"total": 99999999'),
        to_json(a_picture()).replace(b'"phase"', b'"sheet": {}, "phase"'),
        to_json(a_picture(beat="yesterday")),
        to_json(a_picture(beat="2024-03-05T12:00:00")),
        to_json(a_picture(beat="0001-01-01T00:00:00+23:59")),
        to_json(a_picture(clock=Clock(60, 0, "9999-12-31T23:59:59-23:59"))),
        to_json(a_picture(title="x" * 401)),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_in_one_plain_message(bad: bytes) -> None:
    with pytest.raises(ExerciseError) as fault:
        from_json(bad, "x.public.json")
    assert str(fault.value).startswith("x.public.json")
    assert len(str(fault.value)) < 400


@given(data=st.data())
def test_a_damaged_picture_is_a_picture_or_refused(data: st.DataObject) -> None:
    good = bytearray(to_json(a_picture()))
    for _ in range(data.draw(st.integers(1, 4))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = from_json(bytes(good))
    except ExerciseError:
        return
    assert len(screen(found)) == 24
    assert page(found, NOON)


# What it says


def test_the_picture_tells_banner_seats_and_headline_of_a_seminar() -> None:
    seminar, branch = a_seminar(), a_branch()
    over = picture_of(seminar.box, seminar.state, seminar.entries, NOON)
    assert over.banner == "REHEARSAL"
    assert over.is_over
    assert caption.turn(over).startswith("Over")
    assert picture_of(branch.box, branch.state, branch.entries, NOON).banner == "REHEARSAL, BRANCH"
    events = [event for entry in branch.entries for event in entry.events]
    assert banner(branch.state.setup, events, named=True) == "REHEARSAL, BRANCH of friday.wargame"
    upto = next(n for n, each in enumerate(seminar.entries) if isinstance(each.command, order.CallTime)) + 1
    then = Exercise.of(replace(seminar.recorded, entries=tuple(seminar.entries[:upto])))
    picture = picture_of(then.box, then.state, then.entries, NOON)
    assert "missing" in [seat.orders for seat in picture.seats]
    assert "MISSING" in caption.orders(picture)
    assert picture.headline.title == "A fog bank"


def test_15_9_what_was_taken_back_leaves_the_picture() -> None:
    exercise = Exercise.create(three_capitals(), a_start(), 5)

    def picture() -> Picture:
        return picture_of(exercise.box, exercise.state, exercise.entries, NOON)

    until(exercise, "orders")
    keeps, before = len(exercise.entries), picture()
    exercise.submit(order.Improvise("A fog bank", "Nobody sees anything."))
    exercise.submit(order.Seal(VELM, Sheet()))
    assert (picture().headline.title, [seat.orders for seat in picture().seats]) == (
        "A fog bank", ["waiting", "sealed", "waiting"],
    )  # fmt: skip
    exercise.submit(order.Reopen(VELM, "a slip of the pen"))
    assert [seat.orders for seat in picture().seats] == ["waiting"] * 3
    exercise.submit(order.Rewind(keeps, "the fog was for tomorrow"))
    assert picture() == before


def test_the_picture_in_words() -> None:
    told = "\n".join(caption.linear(a_picture(banner="BRANCH of monday"), NOON))
    for text in (
        "*** BRANCH of monday ***", "The strait. Turn 2 of 4: Orders.", "Clock: 2:05 left.", "Headline: A fog bank.",
        'Karsk and Velm: Ships, rung 2 of 4; in Storm; past the firebreak "The first shot"; next firebreak 2 up: "No light".',
        "past no firebreak", "Declared: Karsk, turn 1", "Orders are in: Karsk; still out: Velm; MISSING: Oster.",
    ):  # fmt: skip
        assert text in told
    over = a_picture(ending=Headline("Quiet", "Nothing happened."), stands=(Stand("A and B", "Ys", 4, "kept"),))
    assert "The end: Quiet. Nothing happened." in "\n".join(caption.linear(over, NOON))
    assert "no firebreak is left above; Ys is settled: kept" in "\n".join(caption.linear(over, NOON))


def test_a_silent_console_is_noticed() -> None:
    assert caption.last_heard(a_picture(), NOON + timedelta(seconds=caption.SILENCE)) == ""
    assert caption.last_heard(a_picture(), NOON + timedelta(minutes=5)) == "last heard 12:00"


# The screen


@pytest.mark.parametrize(
    ("width", "height"), [(80, 24), (160, 50), (120, 30), (118, 60), (50, 14), (30, 8), (8, 3), (1, 1)]
)
@pytest.mark.parametrize("dyads", [1, 4, 24])
def test_the_screen_fits_whatever_its_size(width: int, height: int, dyads: int) -> None:
    stands = tuple(Stand(f"Karsk {n} and Velm", "Ys", n % 5, "kept" * (n % 2)) for n in range(dyads))
    for fields in ({}, {"banner": "REHEARSAL"}, {"declarations": ("A declaration. " * 20,) * 12}, {"clock": Clock()}):
        rows = screen(a_picture(stands=stands, **fields), width, height, "a notice")
        assert len(rows) == height
        assert max(cell_len(row) for row in rows) <= width


def test_the_screen_names_rungs_in_words_and_scales_show_them_without_colour() -> None:
    rows = screen(a_picture(banner="REHEARSAL"))
    text = "\n".join(rows)
    assert text.count("*** REHEARSAL ***") > 1
    assert "Karsk and Velm: SHIPS" in text
    full = [row.count("█") for row in rows if "┃" in row or "┊" in row]
    assert full == sorted(full, reverse=True)
    assert len(full) == 2
    plain = "\n".join(
        row.plain for row in projector.draw(a_picture(), NOON, 80, 24, ink=lettering.Ink(blocks=False, styled=False))
    )
    assert plain.isascii()
    assert not any(row.style for row in projector.draw(a_picture(), NOON, 80, 24, ink=lettering.Ink(styled=False)))


def test_a_large_screen_shows_the_whole_ladder_upright() -> None:
    rows = screen(a_picture(), 160, 50)
    names = [row.split()[1] for row in rows if re.match(r" +[0-4] [A-Z]", row)]
    assert names == ["Dark", "Fire", "Ships", "Words", "Quiet"]
    assert any("The first shot" in row for row in rows)


def test_large_digits_can_be_read() -> None:
    assert lettering.digits("1:0", 1, "#") == [
        "    ##    ######",
        "    ## ## ##  ##",
        "    ##    ##  ##",
        "    ## ## ##  ##",
        "    ##    ######",
    ]
    assert len(lettering.digits("0", 2, "#")) == 10


def test_hostile_text_steers_neither_terminal_nor_page() -> None:
    picture = a_picture(
        title=HOSTILE, banner=HOSTILE, headline=Headline(HOSTILE, HOSTILE), declarations=(HOSTILE,), phase=HOSTILE,
        stands=(Stand(HOSTILE, HOSTILE, 2, HOSTILE),), seats=(Seat(HOSTILE, "sealed"),),
        zones=(Zone(HOSTILE, HOSTILE),) * 3,
    )  # fmt: skip
    for text in ("\n".join(screen(picture, 160, 60)), "\n".join(screen(picture)), page(picture, NOON, HOSTILE)):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
        assert "\\u{1b}" in text
    assert page(picture, NOON, HOSTILE).count("<script") == 1
    assert max(map(len, screen(a_picture(title="\x1b" * 400, declarations=("\u202e" * 4000,))))) <= 80


# The page


def test_the_page_is_alone_in_the_world_and_lets_only_its_own_script_run() -> None:
    text = page(a_picture(), NOON)
    assert not re.search(r"(?:src=|href=|url\(|@import|https?:)", text)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    for tag in ("style", "script"):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert inside
        assert b64encode(sha256(inside[1].encode()).digest()).decode() in policy[1]
    assert "default-src 'none'" in policy[1]
    assert '<noscript><meta http-equiv="refresh"' in text
    assert "sessionStorage" in text


def test_the_page_says_in_words_what_it_shows() -> None:
    text = page(a_picture(banner="REHEARSAL"), NOON, "last heard 12:00")
    for part in ("REHEARSAL", "Karsk and Velm", "Ships", "2:05", "left", "A fog bank", "MISSING", "still out", "last heard 12:00",
                 'role="img" aria-label="Karsk and Velm: Ships, rung 2 of 4'):  # fmt: skip
        assert part in text
    assert text.count('class="here"') == 2
    many = page(a_picture(declarations=tuple(f"Declaration {n}." for n in range(9))), NOON)
    assert "And 5 more that stand." in many
    assert "time is up" in page(a_picture(clock=Clock(60, 0)), NOON)
    assert "paused" in page(a_picture(clock=Clock(60, 30)), NOON)
    assert "Waiting" in page(None, NOON, "Waiting for the first picture.")


# The command


def test_once_shows_one_picture_and_the_exercise_is_never_opened(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exercise file is absent, or no exercise at all: the board does not care, and could not open one."""
    for name, content in (("absent", None), ("junk", b"no exercise")):
        exercise = folder / f"{name}.wargame"
        if content is not None:
            exercise.write_bytes(content)
            exercise.chmod(0)
        write(public_file(exercise), a_picture())
        assert call(["board", str(exercise)]) == 0
        told = capsys.readouterr()
        assert "Ladder: Karsk and Velm: Ships" in told.out
        assert "last heard" in told.out
        assert "\x1b" not in told.out
    script = (
        "import sys; from wargame.cli import call\n"
        f"assert call(['board', {str(folder / 'absent.wargame')!r}, '--html', {str(folder / 'x.html')!r}, '--once']) == 0\n"
        "opened = {'sqlite3', 'wargame.store', 'wargame.exercise', 'wargame.content'} & set(sys.modules)\n"
        "assert not opened, opened\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Ships" in (folder / "x.html").read_text("utf-8")


def test_the_page_takes_the_place_of_nothing_but_a_page_unless_forced(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exercise, target, other = folder / "x.wargame", folder / "board.html", folder / "notes.html"
    write(public_file(exercise), a_picture())
    exercise.write_bytes(b"SQLite format 3\x00 and more")
    other.write_text("<!doctype html>\n<title>Notes</title>", "utf-8")
    public = public_file(exercise).read_bytes()

    def kept(path: Path, *more: str) -> tuple[int, str]:
        code = call(["board", str(exercise), "--html", str(path), "--once", *more])
        return code, capsys.readouterr().err

    assert [kept(target)[0] for _ in range(2)] == [0, 0], "a page of the board is written anew"
    (folder / "y.wargame").write_bytes(exercise.read_bytes())
    for path, more, says in (
        (other, (), "no page of the board"),
        (folder / "y.wargame", ("--force",), "an exercise file"),
        (exercise, ("--force",), "what the board reads"),
        (public_file(exercise), ("--force",), "what the board reads"),
        (folder, ("--force",), "no plain file"),
    ):
        code, told = kept(path, *more)
        assert code == 2, path
        assert says in told
        assert told.count("\n") == 1
    assert "Notes" in other.read_text("utf-8")
    assert exercise.read_bytes() == (folder / "y.wargame").read_bytes()
    assert public_file(exercise).read_bytes() == public
    assert kept(other, "--force")[0] == 0
    assert "Ships" in other.read_text("utf-8")


@pytest.mark.parametrize(("content", "code"), [(None, 2), (b"{", 4), (b'{"schema": "\x1b[2J"}', 4)])
def test_once_without_a_good_picture_is_one_plain_message(
    folder: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, code: int
) -> None:
    if content is not None:
        (folder / "x.public.json").write_bytes(content)
    assert call(["board", str(folder / "x.wargame"), "--once"]) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert "x.public.json" in told.err
    assert told.err.count("\n") == 1
    assert "\x1b" not in told.err


def test_the_last_good_picture_stays(folder: Path) -> None:
    path = folder / "x.public.json"
    watch = board.Watch(path, lambda: NOON + timedelta(minutes=5))
    assert watch.look() is None
    assert "x.public.json is not there" in watch.problem
    write(path, a_picture())
    assert watch.look() == a_picture()
    assert (watch.problem, watch.notice) == ("", "last heard 12:00")
    path.write_bytes(b"{")
    assert watch.look() == a_picture()
    assert "no public picture" in watch.notice
    path.unlink()
    assert watch.look() == a_picture()
    write(path, a_picture(turn=3))
    later = watch.look()
    assert later is not None
    assert later.turn == 3


class Terminal:
    """A board in a terminal of 80 by 24, seen as a person sees it."""

    def __init__(self, *arguments: str) -> None:
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        self.program = pexpect.spawn(
            sys.executable, ["-m", "wargame", "board", *arguments], dimensions=(24, 80), timeout=20,
            env={**os.environ, "TERM": "xterm-256color"},
        )  # fmt: skip

    def shown(self) -> str:
        """Return what stands on the screen now."""
        while True:
            try:
                self._stream.feed(self.program.read_nonblocking(65536, timeout=0.05))
            except (pexpect.TIMEOUT, pexpect.EOF):
                return "\n".join(self._screen.display)

    def until(self, wanted: str, absent: bool = False) -> str:
        """Return the screen once a text stands there, or no longer does."""
        for _ in range(200):
            text = self.shown()
            if (wanted in text) != absent:
                return text
            time.sleep(0.05)
        raise AssertionError(f"{wanted!r} {'stays' if absent else 'never came'}:\n{self.shown()}")


def test_in_a_terminal_the_clock_ticks_b_blanks_and_q_ends(folder: Path) -> None:
    exercise, path = folder / "x.wargame", folder / "x.public.json"
    terminal = Terminal(str(exercise))
    terminal.until("Waiting for the first picture")

    def publish(**fields: object) -> None:
        now = datetime.now(UTC)
        ends = (now + timedelta(seconds=300)).isoformat(timespec="seconds")
        write(path, a_picture(clock=Clock(480, 0, ends), beat=now.isoformat(timespec="seconds"), **fields))

    publish(banner="REHEARSAL")
    first = terminal.until("Karsk and Velm: SHIPS")
    assert "*** REHEARSAL ***" in first
    assert "last heard" not in first
    clock = [row[40:] for row in first.splitlines() if "█" in row[60:] and "┊" not in row]
    for _ in range(100):
        ticked = [row[40:] for row in terminal.shown().splitlines() if "█" in row[60:] and "┊" not in row]
        if ticked != clock:
            break
    assert ticked != clock
    terminal.program.send("b")
    assert terminal.until("SHIPS", absent=True).strip() == ""
    publish(turn=3)
    terminal.program.send("b")
    terminal.until("Turn 3 of 4")
    path.write_bytes(b"{")
    assert "Karsk and Velm: SHIPS" in terminal.until("no public picture")
    terminal.program.send("q")
    terminal.program.expect(pexpect.EOF)
    terminal.program.close()
    assert terminal.program.exitstatus == 0


def test_in_plain_text_only_what_changes_is_said(folder: Path) -> None:
    exercise, path = folder / "x.wargame", folder / "x.public.json"
    now = datetime.now(UTC)
    ends = (now + timedelta(seconds=62)).isoformat(timespec="seconds")
    picture = a_picture(clock=Clock(480, 0, ends), beat=now.isoformat(timespec="seconds"))
    write(path, picture)
    program = pexpect.spawn(
        sys.executable, ["-m", "wargame", "board", str(exercise), "--plain"], dimensions=(24, 80), timeout=20,
        env={**os.environ, "TERM": "xterm-256color"}, encoding="utf-8",
    )  # fmt: skip
    program.expect("MISSING: Oster.")
    program.expect("one minute left")
    write(path, replace(picture, beat=datetime.now(UTC).isoformat(timespec="seconds")))
    write(path, replace(picture, turn=3))
    program.expect("Turn 3 of 4")
    assert "\x1b" not in program.before
    assert "Turn 2" not in program.before
    program.sendintr()
    program.expect(pexpect.EOF)
    program.close()
    assert program.exitstatus == 130


def test_a_page_is_kept_while_the_board_runs(folder: Path) -> None:
    target = folder / "board.html"
    with subprocess.Popen(
        (sys.executable, "-m", "wargame", "board", str(folder / "x.wargame"), "--html", str(target)),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as program:  # fmt: skip

        def until(text: str) -> None:
            for _ in range(200):
                if target.exists() and text in target.read_text("utf-8"):
                    return
                time.sleep(0.05)
            raise AssertionError(f"{text!r} is not on the page")

        until("Waiting for the first picture")
        write(folder / "x.public.json", a_picture(clock=Clock()))
        until("Ships")
        put(folder / "x.public.json", json.dumps({"schema": "else"}).encode())
        until("no public picture")
        assert "Ships" in target.read_text("utf-8")
        program.terminate()
    assert sorted(path.name for path in folder.iterdir()) == ["board.html", "x.public.json"]
