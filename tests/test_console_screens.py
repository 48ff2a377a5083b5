"""The console without a terminal: any words in any order, the clock and the plan, what is typed as an effect, two writers."""

from __future__ import annotations

import io
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.seminars import a_seminar, to_the_end
from wargame.cli.asking import Asker
from wargame.cli.desk import Desk
from wargame.cli.page import Page
from wargame.cli.whitecell import effects, going_back, loop, timing, vocabulary
from wargame.cli.whitecell.publishing import Publisher
from wargame.cli.whitecell.room import Room
from wargame.errors import UsageError
from wargame.exercise import Exercise
from wargame.rules.box import Box
from wargame.rules.journal import OF_THE_ROOM, effective
from wargame.rules.orders import Branch, Improvise, Note, Proceed, Rewind, Shift, Start
from wargame.store import holder
from wargame.verification import verify
from wargame.whitecell import picture

ESC = "\x1b"


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2022, 2, 1, 14, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def minutes(self, number: float) -> None:
        self.now += timedelta(minutes=number)


class Console:
    """A console whose white cell is a function from prompts to answers."""

    def __init__(self, box: Box, folder: Path, read: Callable[[str], str], *, played: tuple[str, ...] = (), seed: int = 7,
                 minutes: int = 120, shown: bool = False) -> None:  # fmt: skip
        self.clock = Clock()
        played = played or tuple(box.capital)
        start = Start(box.scenario.id, box.scenario.theory, "semi-rigid", 3, played, (), True)
        self.file = folder / f"{seed}.wargame"
        self.exercise = Exercise.create(box, start, seed, self.file, clock=self.clock)
        self.paper = io.StringIO()
        page = Page(plain=not shown, file=self.paper)
        self.publisher = Publisher(picture.public_file(self.file), self.clock, beat=60)
        plan = timing.plan_of(box, minutes, len(played), 3)
        self.room = Room(Desk(self.exercise, page, Asker(page, read)), self.publisher, plan, self.clock)

    def run(self) -> str:
        """Hold the console until the answers end; return all that was shown."""
        with self.exercise, self.publisher:
            loop.hold(self.room)
        return self.paper.getvalue()


def types(*lines: str) -> Callable[[str], str]:
    """Return a white cell who types these lines and leaves."""
    left = iter(lines)

    def read(prompt: str) -> str:
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    return read


class Someone:
    """A white cell who tries everything, from a seed."""

    def __init__(self, box: Box, seed: int, most: int) -> None:
        self.dice = random.Random(seed)
        self.left = most
        self.names = [
            name
            for _, words in vocabulary.PARTS
            for word in words
            for name in word.names
            if name not in ("quit", "exit")
        ]
        self.capitals = [*box.capital, "nobody"]

    def __call__(self, prompt: str) -> str:
        self.left -= 1
        if self.left < 0:
            raise EOFError
        dice = self.dice
        if re.search(r"^(before turn|turn \d|ended)", prompt):
            word = dice.choice(
                [*self.names, "go", "go", "go", "go", "o", "o", "o", "silent all", "time", "rule", "argue"]
            )
            more = dice.choice(
                [
                    "",
                    "",
                    dice.choice(self.capitals),
                    "1",
                    "2 3",
                    "start 5",
                    "+2",
                    f"{dice.choice(self.capitals)} why not",
                ]
            )
            return f"{word} {more}".strip()
        if "y/N" in prompt or "Y/n" in prompt:
            return dice.choice(("y", "y", "y", "n", "", "what"))
        if prompt.startswith("Order:"):
            return dice.choice((str(dice.randint(1, 20)), "seal", "seal", "pass", "u", "m", "e 1", "x"))
        if prompt.startswith("Effect"):
            return dice.choice(("", "", f"{dice.choice(self.capitals)}.face +1", "face", "no = sense", "a to b", "x"))
        if "[" in prompt or "How likely" in prompt:
            return dice.choice(("", "1", "2", "3", "99"))
        return dice.choice(("", "", "a reason", "x", "\x1b]0;title\x07 \u202e", "z" * 700, dice.choice(self.capitals)))


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_typed_the_record_is_sound(box: Box, folder: Path, seed: int) -> None:
    someone = Someone(box, seed, 400)
    console = Console(box, folder, someone, seed=seed, played=() if seed % 2 else ("kyiv", "moscow"), shown=seed > 1)
    text = console.run()
    assert ESC not in text
    assert all(len(line) <= 80 for line in text.splitlines())
    assert verify(console.file).same
    assert console.exercise.state.turn >= 1


def counted(exercise: Exercise) -> int:
    """Return how many inputs count that changed the game."""
    return len([entry for entry in effective(exercise.entries) if not isinstance(entry.command, OF_THE_ROOM)])


BEFORE = ()
SIGNALS = ("go", "y")
ORDERS = (*SIGNALS, "silent all", "y")
SOME_IN = (*ORDERS, "pass moscow", "y", "pass beijing", "y")
ALL_IN = (*SOME_IN, "time", "y")


@pytest.mark.parametrize(
    "stage", [BEFORE, SIGNALS, ORDERS, SOME_IN, ALL_IN], ids=["before", "signals", "orders", "some", "all"]
)
def test_no_word_with_enter_behind_it_changes_the_game(three: Box, folder: Path, stage: tuple[str, ...]) -> None:
    """Only typing for a team does, and there a number stands before it. The word go with y does; Enter alone never."""
    lines = [line.replace("moscow", "karsk").replace("beijing", "velm") for line in stage]
    words = [
        name
        for _, group in vocabulary.PARTS
        for word in group
        for name in word.names
        if word.names[0] not in ("o", "hand", "quit")
    ]
    more = ["", "karsk", "1", "1 2"]
    typed = [*lines, *(f"{word} {rest}".strip() for word in words for rest in more)]
    counts: list[int] = []
    left = iter(typed)

    def read(prompt: str) -> str:
        is_main = re.search(r"^(before turn|turn \d|ended)", prompt)
        if len(counts) < len(lines) or is_main:
            counts.append(counted(console.exercise))
            found = next(left, None)
            if found is None:
                raise EOFError
            return found
        return ""

    console = Console(three, folder, read)
    console.run()
    before = counts[len(lines)]
    assert len(counts) == len(typed) + 1
    for word, after in zip(typed[len(lines) :], counts[len(lines) + 1 :], strict=True):
        assert after == before, word


# Going back


def test_undo_takes_back_the_last_input_of_a_person(three: Box, folder: Path) -> None:
    first, second = tuple(three.capital)[:2]
    console = Console(
        three, folder, types("go", "y", "silent all", "y", f"n {first}: quiet", "undo", "y"), played=(first, second)
    )
    text = console.run()
    assert f"takes back {three.capital[second].name}'s signals" in " ".join(text.split())
    assert console.exercise.state.waiting == (second,)


def test_13_4_an_undo_says_to_all_neither_whose_paper_nor_what_it_was(three: Box, folder: Path) -> None:
    first = next(iter(three.capital))
    console = Console(three, folder, types("go", "y", "silent all", "y", f"pass {first}", "y", "undo", "y"))
    text = " ".join(console.run().split())
    assert f"takes back {three.capital[first].name}'s pass" in text
    reason = "The white cell took back its last input."
    assert f"Nothing is erased. Read out to all: {reason}" in text
    given = console.exercise.entries[-1].command
    assert isinstance(given, Rewind)
    assert given.reason == reason


def test_15_10_in_a_branch_nothing_is_offered_from_before_it_began() -> None:
    parent = a_seminar().recorded
    keeps = len(parent.entries) // 2
    branch = Exercise.branch(parent, keeps, Branch("friday.wargame", "", (), white_cell=True))
    place = len(branch.entries) - 1
    assert isinstance(branch.entries[place].command, Branch)
    assert going_back.last_input(branch.entries, branch.state.setup.played) is None
    assert going_back.spots(branch.box, branch.entries) == []
    to_the_end(branch)
    spots = going_back.spots(branch.box, branch.entries)
    assert spots[0].keeps == place + 1, "the branch as it began"
    last = going_back.last_input(branch.entries, tuple(branch.box.capital))
    assert last is not None
    assert last > place


def test_15_9_in_a_branch_time_is_counted_from_where_it_began(three: Box, folder: Path) -> None:
    console = Console(three, folder, types())
    console.clock.minutes(10)
    console.exercise.submit(Proceed(), by="white-cell")
    recorded = console.exercise.recorded
    console.exercise.close()
    console.clock.minutes(24 * 60)
    branch = Exercise.branch(recorded, len(recorded.entries), Branch("x", "", (), white_cell=True), clock=console.clock)
    room = Room(
        Desk(branch, Page(plain=True), Asker(Page(plain=True), types())), console.publisher, None, console.clock
    )
    console.clock.minutes(3)
    assert timing.spent(room) == timing.Spent(180, 180)


def test_15_2_a_turn_that_is_closed_is_followed_by_another(three: Box, folder: Path) -> None:
    start = ("go", "y", "silent all", "y", "time", "y", "go", "y", "go", "y")
    then = ("turns", "1", "", "rewind", "1", "it ends here", "y", "turns 1 time is short", "y", "go", "y")
    console = Console(three, folder, types(*start, *then))
    text = " ".join(console.run().split())
    assert "Turn 1 is closed. To end with it now: rewind to turn 1, before the consequences" in text
    assert "A number from 2 to 24, please" in text
    assert (console.exercise.state.phase, console.exercise.state.turn) == ("ended", 1), "and so it does"


def test_places_to_go_back_to_are_said_in_words(three: Box, folder: Path) -> None:
    first = next(iter(three.capital))
    lines = (
        "go",
        "y",
        "silent all",
        "y",
        f"pass {first}",
        "y",
        "time",
        "y",
        "go",
        "y",
        "go",
        "y",
        "rewind",
        "4",
        "a slip",
        "y",
    )
    console = Console(three, folder, types(*lines))
    text = console.run()
    listed = re.findall(r"^ +\d  (.+)$", text, re.MULTILINE)[:6]
    assert listed == [
        "turn 1, before the consequences", "turn 1, orders: all in, not yet opened", "turn 1, orders: being written",
        "turn 1, signals: what each will say", "before turn 1 opens", "stay here",
    ]  # fmt: skip
    assert console.exercise.state.phase == "signal"
    assert going_back.where(three, console.exercise.state) == "turn 1, signals: what each will say"


# The clock, the plan, the scribe


def test_the_bell_rings_once_when_time_is_up(three: Box, folder: Path) -> None:
    def read(prompt: str) -> str:
        prompts.append(prompt)
        console.clock.minutes(2)
        return typed.pop(0) if typed else types()(prompt)

    typed = ["go", "y", "clock start 3", "n first", "n second", "n third", "clock +10", "clock pause", "clock stop"]
    prompts: list[str] = []
    console = Console(three, folder, read)
    text = console.run()
    assert text.count("TIME IS UP.") == 1
    assert text.index("second") < text.index("TIME IS UP.") < text.index("third")
    assert [re.sub(r"^turn 1, [a-z]+, (.*) > $", r"\1", prompt) for prompt in prompts[3:9]] == [
        "3:00 left", "1:00 left", "time is up, 1:00 over", "time is up, 3:00 over", "10:00 left", "paused, 8:00 left",
    ]  # fmt: skip


def test_a_late_session_is_offered_what_would_end_it_in_time(three: Box, folder: Path) -> None:
    def read(prompt: str) -> str:
        if not typed:
            raise EOFError
        if typed[0] == "plan":
            console.clock.minutes(45)
        return typed.pop(0)

    typed = ["go", "y", "plan", "1", "y"]
    console = Console(three, folder, read, minutes=75)
    text = " ".join(console.run().split())
    assert re.search(r"minute 45, \w+ minutes behind plan", text)
    assert "What could be done: 1 " in text
    assert "The plan is now so." in text


@pytest.mark.parametrize(
    ("typed", "kind", "who", "text"),
    [
        ("a plain line", "note", "", "a plain line"),
        ("quote karsk: we wait", "quote", "karsk", "we wait"),
        ("karsk: they wait", "note", "karsk", "they wait"),
        ("hot-wash: what surprised you?", "hot-wash", "", "what surprised you?"),
        ("moment of silence: none", "note", "", "moment of silence: none"),
        ("decision:", "note", "", "decision:"),
    ],
)
def test_a_note_names_its_kind_and_its_capital_before_a_colon(
    three: Box, folder: Path, typed: str, kind: str, who: str, text: str
) -> None:
    console = Console(three, folder, types(f"n {typed}"))
    console.run()
    assert console.exercise.entries[-1].command == Note(kind, text, who)
    assert console.exercise.entries[-1].by == "white-cell"


# Effects


def test_effects_are_typed_as_people_type(three: Box, folder: Path) -> None:
    name, dyad = three.capitals[0].name, three.dyads[0]
    rung = three.ladder.rungs[dyad.start[-1].rung + 1]
    lines = (
        "improvise Smoke",
        "Seen from the shore.",
        "",
        f"{name} face -1",
        f"{dyad.id} to {rung.name}",
        "mood +1",
        f"{three.capitals[1].id}.face -1 1/2",
        "karsk>velm denial + 1",
        "Oster>Velm permission = All",
        "",
        "y",
    )
    console = Console(three, folder, types(*lines))
    text = console.run()
    given = next(entry.command for entry in console.exercise.entries if isinstance(entry.command, Improvise))
    assert (given.title, given.to, given.dyad, given.rung) == ("Smoke", (), dyad.id, rung.id)
    assert given.shifts == (
        Shift(f"{three.capitals[0].id}.face", -1.0), Shift("karsk>velm.denial", 1.0), Shift("oster>velm.permission", to="all"),
    )  # fmt: skip
    assert "Not so: no track 'mood'" in " ".join(text.split())
    assert effects.address(typed=" Karsk>Velm   will ") == "karsk>velm.will"


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("A.b +1", Shift("a.b", 1.0)),
        ("A b + 1/2", Shift("a.b", 0.5)),
        ("a>b window -1 1/2", Shift("a>b.window", -1.5)),
        ("a.b +.5", Shift("a.b", 0.5)),
        ("a.no-first-use = Only Some", Shift("a.no-first-use", to="only-some")),
        ("a.b", None),
        ("a.b +", None),
        ("a.b = 1", None),
    ],
)
def test_an_effect_is_typed_like_any_other_change(typed: str, wanted: Shift | None) -> None:
    assert effects.change(typed) == wanted


def test_part_of_a_name_lists_the_tracks(three: Box, folder: Path) -> None:
    text = Console(three, folder, types("improvise Smoke", "Seen.", "", "karsk face", "x")).run()
    assert "karsk.face stands at" in text
    assert "Left as it was." in text


# The board


def test_the_board_is_written_after_every_change_and_lives(three: Box, folder: Path) -> None:
    console = Console(three, folder, types("go", "y", "silent all", "y", "pass karsk", "y", "clock start 5"))
    console.run()
    found = picture.read(picture.public_file(console.file))
    assert found.turn == 1
    assert [seat.orders for seat in found.seats] == ["sealed", "waiting", "waiting"]
    assert found.clock.is_running
    publisher = Publisher(console.publisher.path, lambda: datetime(2030, 1, 1, tzinfo=UTC), beat=0.02)
    with publisher:
        assert publisher.show(found) == ""
        until = time.monotonic() + 5
        while picture.read(publisher.path).beat != "2030-01-01T00:00:00+00:00":
            assert time.monotonic() < until
            time.sleep(0.01)
    assert picture.read(publisher.path).without_beat() == found.without_beat()


def test_a_board_that_cannot_be_written_is_said_once_and_stops_nothing(three: Box, folder: Path) -> None:
    console = Console(three, folder, types("go", "y", "silent all", "y"))
    console.publisher.path.mkdir()
    text = " ".join(console.run().split())
    assert text.count("The board cannot be shown") == 1
    assert console.exercise.state.phase == "orders"


# Who holds the file


def test_who_finds_a_file_held_is_told_by_whom(three: Box, folder: Path) -> None:
    console = Console(three, folder, types())
    with pytest.raises(UsageError) as told:
        Exercise.open(console.file)
    assert re.search(
        rf"held by another running wargame \([^()]+, process {os.getpid()} on [^()]+, since \d{{4}}-", str(told.value)
    )
    console.run()
    assert not holder.note_of(console.file).exists()
    holder.note_of(console.file).write_text("from one who was killed")
    Exercise.open(console.file).close()


@pytest.mark.parametrize(
    "note",
    ["", "{}", "[" * 3000, '{"process": 1, "host": "\\u001b[2J", "since": "\\n", "command": "%s"}' % ("x" * 900)],
)
def test_a_note_anybody_may_have_written_does_no_harm(three: Box, folder: Path, note: str) -> None:
    console = Console(three, folder, types())
    holder.note_of(console.file).write_text(note)
    with pytest.raises(UsageError) as told:
        Exercise.open(console.file)
    assert "held by another running wargame" in str(told.value)
    assert len(str(told.value)) < len(str(console.file)) + 300
    console.run()


_WRITER = """
import sys, time
from pathlib import Path
from wargame.errors import UsageError
from wargame.exercise import Exercise
from wargame.rules.orders import Note
name, times, kept = sys.argv[2], int(sys.argv[3]), 0
while kept < times:
    try:
        with Exercise.open(Path(sys.argv[1])) as exercise:
            exercise.submit(Note("note", f"{name} {kept}"), by="white-cell")
            kept += 1
    except UsageError as fault:
        assert "held by another" in str(fault), fault
        time.sleep(0.001)
print(kept)
"""


def test_two_processes_that_write_at_once_lose_nothing(three: Box, folder: Path) -> None:
    console = Console(three, folder, types())
    console.run()
    writers = [
        subprocess.Popen(
            (sys.executable, "-c", _WRITER, str(console.file), name, "8"), stdout=subprocess.PIPE, text=True
        )
        for name in ("first", "second")
    ]
    assert [writer.communicate(timeout=120)[0] for writer in writers] == ["8\n", "8\n"]
    assert verify(console.file).same
    with Exercise.open(console.file) as exercise:
        notes = [entry.command.text for entry in exercise.entries if isinstance(entry.command, Note)]
    for name in ("first", "second"):
        assert [note for note in notes if note.startswith(name)] == [f"{name} {number}" for number in range(8)]


def test_a_console_that_loses_the_file_says_so_and_goes_on(
    three: Box, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = Console(three, folder, types("n one", "n two", "n three"))
    submit, calls = console.exercise.submit, iter((None, UsageError("the disk is full"), None))

    def sometimes(*given: object, **more: object) -> object:
        if fault := next(calls):
            raise fault
        return submit(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(console.exercise, "submit", sometimes)
    text = console.run()
    assert "the disk is full. Nothing of that input was kept; try again." in text
    assert [entry.command.text for entry in console.exercise.entries if isinstance(entry.command, Note)] == [
        "one",
        "three",
    ]
