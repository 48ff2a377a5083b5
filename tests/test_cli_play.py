"""Playing in a terminal: a newcomer's three turns, several at one keyboard, leaving and coming back, and no terminal at all."""

from __future__ import annotations

import contextlib
import io
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect  # type: ignore[import-untyped]
import pytest

from tests.exercises import a_game
from wargame.cli import call
from wargame.cli.asking import Asker, Leave
from wargame.cli.desk import Desk
from wargame.cli.folder import all_files, new_file
from wargame.cli.page import Page
from wargame.cli.play import now
from wargame.cli.screens import debrief, menu, orders, setting
from wargame.cli.screens.menu import menu_of
from wargame.cli.sitting import Sitting
from wargame.content import load_box
from wargame.exercise import Exercise
from wargame.export import witnessed, words
from wargame.rules import forecast
from wargame.rules.box import Box
from wargame.rules.events import ChoiceMade, DeclarationDue, OrdersRevealed, TurnOpened
from wargame.rules.legal import legal, why_no_measure, why_not
from wargame.rules.moments import key
from wargame.rules.orders import Believe, Choose, Climb, Declaration, Deed, Draft, Sheet, Signal, Start, Take
from wargame.rules.reckoning import reckon
from wargame.rules.tracks import Values
from wargame.rules.view import PUBLIC, WHITE_CELL
from wargame.verification import verify

ESC = "\x1b"
COMMANDS = (
    (), ("play",), ("resume",), ("exercises",), ("show",), ("export",), ("import",), ("verify",), ("explain",), ("estimate",),
    ("plan",), ("print",), ("console",), ("board",),
    ("report",), ("branch",),
    ("ladder",), ("ladder", "show"), ("ladder", "path"), ("ladder", "check"), ("ladder", "export"),
    ("content",), ("content", "list"), ("content", "check"), ("content", "schema"),
)  # fmt: skip


def wargame(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (sys.executable, "-m", "wargame", *arguments), capture_output=True, text=True, encoding="utf-8", check=False,
        stdin=subprocess.DEVNULL, env={**os.environ, **environment}, timeout=120,
    )  # fmt: skip


# Help and starting up


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_shows_an_example(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    for flag in ("-h", "--help"):
        assert call([*command, flag]) == 0
        shown = capsys.readouterr().out
        assert "Example" in shown
        assert "wargame" in shown
        assert ESC not in shown


def test_help_loads_nothing_heavy() -> None:
    done = subprocess.run((sys.executable, "-X", "importtime", "-m", "wargame", "--help"), capture_output=True, text=True,
                          check=True)  # fmt: skip
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    heavy = {
        name for name in loaded if re.match(r"(networkx|numpy|pydantic|rich|msgspec|wargame\.(content|rules))\b", name)
    }
    assert heavy == set()


def test_the_version_is_said() -> None:
    done = wargame("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("wargame")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("plya",), 2, "play"),
        (("play",), 2, "--no-input"),
        (("resume", "nowhere.wargame"), 2, "nowhere.wargame"),
        (("play", "--no-input", "--as", "kyiv"), 2, "kyiv"),
        (("play", "--no-input", "--theory", "spirl"), 2, "spiral"),
        (("play", "--no-input", "--turns", "99"), 2, "24"),
        (("play", "--no-input", "--turns", "0"), 2, "turns"),
        (("play", "--no-input", "--mode", "free"), 2, "white cell"),
        (("play", "--no-input", "--doctrine", "kyiv"), 2, "CAPITAL=NAME"),
        (("play", "--no-input", "--doctrine", "kyiv=porcupine"), 2, "porcupine-at-home"),
        (("play", "--no-input", "--seed", "x"), 2, "seed"),
        (("play", "--no-input", "--seed", "9" * 5000), 2, "seed"),
        (("play", "february-2020", "--no-input"), 2, "february-2022"),
        (("play", "nowhere.toml", "--no-input"), 3, "nowhere.toml"),
    ],
)
def test_failures_are_one_plain_message(
    arguments: tuple[str, ...], code: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(list(arguments)) == code
    told = capsys.readouterr()
    assert says in told.err
    assert "Traceback" not in told.err
    assert len(told.err) < 1000
    assert told.out == ""


def test_a_fault_of_ours_is_one_line_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("two\nlines \x1b[2J")

    monkeypatch.setattr("wargame.cli.play.run", broken)
    assert call(["play"]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert ESC not in told


# Without input


def test_bots_alone_make_a_chronicle_and_the_same_one_again(folder: Path) -> None:
    first, second = folder / "a.wargame", folder / "b.wargame"
    told = [
        wargame("play", "--as", "none", "--seed", "7", "--no-input", "--file", str(file)) for file in (first, second)
    ]
    assert [done.returncode for done in told] == [0, 0]
    assert told[0].stdout == told[1].stdout
    logs = [wargame("export", str(file), "--format", "jsonl").stdout for file in (first, second)]
    assert logs[0] == logs[1]
    assert '"at"' not in logs[0]
    for part in ("Turn 1", "The orders are opened", "The end", "The path on the ladder", "Every check, and its weakest link",
                 "Whom each veto protected", "Declared, believed, done", "To talk about", "evidence for none"):  # fmt: skip
        assert part in told[0].stdout
    assert re.search(r'^\w+ answers ".+', told[0].stdout, re.MULTILINE)
    assert ESC not in told[0].stdout
    assert all(len(line) <= 80 for line in told[0].stdout.splitlines())


def test_the_path_in_words_says_which_turn() -> None:
    game, paper = a_game(0), io.StringIO()
    debrief.show(Page(plain=True, file=paper), game.recorded)
    shown = " ".join(paper.getvalue().split())
    for dyad in game.box.dyads:
        path = shown.partition(f"{dyad.name}: start ")[2].partition('".')[0]
        stays = [
            [int(turn) for turn in found.groups() if turn] for found in re.finditer(r"turns? (\d+)(?: to (\d+))?", path)
        ]
        covered = [turn for stay in stays for turn in range(stay[0], stay[-1] + 1)]
        assert covered == list(range(1, game.state.turn + 1)), path


def test_no_file_without_a_name(tmp_path: Path) -> None:
    done = wargame("play", "--no-input", "--seed", "1", "--turns", "1", XDG_DATA_HOME=str(tmp_path))
    assert done.returncode == 0
    assert list(tmp_path.rglob("*.wargame")) == []


def test_quiet_is_shorter_and_an_ascii_terminal_works() -> None:
    long = wargame("play", "--no-input", "--seed", "3", "--turns", "2")
    short = wargame("play", "--no-input", "--seed", "3", "--turns", "2", "--quiet", PYTHONIOENCODING="ascii")
    assert short.returncode == 0
    assert len(short.stdout) < len(long.stdout)
    assert short.stdout.isascii()


def test_a_broken_pipe_is_quiet() -> None:
    line = f"{sys.executable} -m wargame play --no-input --seed 7 | head -1"
    done = subprocess.run(line, shell=True, capture_output=True, text=True, check=False)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_a_theory_from_a_file_of_ones_own(folder: Path) -> None:
    own = folder / "mine.toml"
    own.write_text(
        'format = "wargame/1"\n[[theory]]\nid = "mine"\nbase = "balanced"\nname = "Mine"\nbelieves = "Mine."\n', "utf-8"
    )
    done = wargame("play", "--no-input", "--seed", "7", "--turns", "1", "--theory", str(own))
    assert done.returncode == 0, done.stderr
    assert "theory Mine" in " ".join(done.stdout.split())


# In a terminal


class Terminal:
    """A program in a pseudo-terminal of 80 columns and 24 lines."""

    MORE = "-- Enter for more -- "
    PROMPTS = (r"\[(\d+)\] $", r"Order: number[^>]*> $", r"\[[yY]/[nN]\] $", r"no opinion\) $",
               r"(?:Enter to go on|for the debrief|press Enter|clears this screen|lets the dice stand) $",
               r"(?:none\)|read): $")  # fmt: skip

    def __init__(self, *arguments: str, rows: int = 24, **environment: str) -> None:
        self.paper = io.StringIO()
        self.child = pexpect.spawn(
            sys.executable, ["-m", "wargame", *arguments], encoding="utf-8", dimensions=(rows, 80), timeout=60,
            env={**os.environ, "TERM": "xterm-256color", **environment},
        )  # fmt: skip
        self.child.logfile_read = self.paper

    @property
    def text(self) -> str:
        return self.paper.getvalue()

    def prompt(self) -> str:
        """Read to the next prompt, turning pages; return what was shown since the last answer, empty at the end."""
        shown = ""
        while True:
            found = self.child.expect([re.escape(self.MORE), *self.PROMPTS, pexpect.EOF])
            shown += self.child.before + (self.child.after if isinstance(self.child.after, str) else "")
            if found > len(self.PROMPTS):
                return ""
            if found:
                return str(shown)
            self.child.sendline("")

    def answer(self, *lines: str) -> str:
        """Answer prompts one after the other; return what the last answer showed."""
        shown = ""
        for line in lines:
            self.child.sendline(line)
            shown = self.prompt()
        return shown

    def until(self, part: str, answer: str = "", shown: str = "") -> str:
        """Give one answer until something is shown, unless ``shown``, what was read last, has it already.

        Nothing is typed ahead: a page that turns by itself would leave the answer to a later prompt.
        """
        for _ in range(60):
            if part in shown:
                return shown
            shown = self.answer(answer)
        raise AssertionError(f"{part!r} never came:\n{self.text[-2000:]}")

    def end(self) -> int:
        self.child.expect(pexpect.EOF)
        self.child.close()
        status = self.child.exitstatus
        assert isinstance(status, int)
        return status


@pytest.fixture
def terminal() -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []

    def start(*arguments: str, rows: int = 24, **environment: str) -> Terminal:
        opened.append(Terminal(*arguments, rows=rows, **environment))
        return opened[-1]

    yield start
    for each in opened:
        each.child.close(force=True)


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", text).replace("\r", "")


def test_a_newcomer_plays_three_turns(terminal: Callable[..., Terminal], folder: Path) -> None:
    file = folder / "mine.wargame"
    mine = terminal("play", "--seed", "7", "--file", str(file))
    assert "Whom do you play? Enter takes Kyiv" in mine.prompt()
    who = plain(mine.answer(""))
    assert len(who.strip().splitlines()) <= 23, "who I am fits one screen"
    for part in ("You are Kyiv", "You want", "You can", "What if", "? help"):
        assert part in who
    shown = who
    for turn in (1, 2, 3):
        mine.until(f"Turn {turn} of 6: orders of Kyiv", shown=shown)
        assert "Put it on your sheet?" in mine.answer("1")
        assert "(1 of two orders" in plain(mine.answer("y"))
        assert "weakest link" in plain(mine.answer("e 3"))
        assert "Moscow and Kyiv" in mine.answer("l")
        assert "What happened, and why" in mine.answer("why")
        assert "At every prompt" in mine.answer("?")
        assert "nothing yet" in mine.answer("u")
        shown = mine.answer("1", "y", "seal", "y")
        assert "The orders are opened" in plain(shown)
    mine.answer("q")
    assert mine.end() == 0
    assert "wargame resume" in mine.text
    assert verify(file).same


def test_leaving_and_killing_lose_nothing(terminal: Callable[..., Terminal], folder: Path) -> None:
    file = folder / "killed.wargame"
    mine = terminal("play", "--seed", "7", "--file", str(file), "--as", "kyiv", "--quiet")
    mine.prompt()
    mine.until("Order: number")
    mine.answer("1", "y")
    mine.child.kill(signal.SIGKILL)
    again = terminal("resume", str(file))
    shown = plain(again.prompt())
    assert "Turn 1 of 6: orders of Kyiv" in shown
    assert "(1 of two orders" in shown
    again.child.sendintr()
    assert again.end() == 130
    assert "Saved" in again.text
    more = terminal("resume", str(file))
    more.prompt()
    more.child.sendeof()
    assert more.end() == 0
    assert "Traceback" not in more.text
    assert verify(file).same


def test_the_end_of_input_leaves_at_every_page_end(terminal: Callable[..., Terminal], folder: Path) -> None:
    """One end of input is enough wherever it comes, also where the screen is full and a page waits to be turned."""
    file = folder / "left.wargame"
    for pages in (0, 1, 4):
        how = ("resume", str(file)) if file.exists() else ("play", "--seed", "7", "--as", "kyiv", "--file", str(file))
        one = terminal(*how, rows=12)
        for _ in range(pages):
            one.child.expect([re.escape(one.MORE), *one.PROMPTS])
            one.child.sendline("")
        one.child.expect([re.escape(one.MORE), *one.PROMPTS])
        one.child.sendeof()
        assert one.end() == 0
        assert "unexpected" not in one.text
        assert ("wargame resume" in plain(one.text)) == file.exists()


def test_resuming_with_nothing_to_read_ends(terminal: Callable[..., Terminal], folder: Path) -> None:
    file = folder / "none.wargame"
    first = terminal("play", "--seed", "7", "--as", "kyiv", "--file", str(file))
    first.prompt()
    first.until("Declare")
    first.child.sendeof()
    assert first.end() == 0
    again = terminal("resume", str(file), rows=12)
    again.child.sendeof()
    assert again.end() == 0
    nobody = pexpect.spawn("/bin/sh", ["-c", f"{sys.executable} -m wargame resume {file} </dev/null"], encoding="utf-8",
                           timeout=30)  # fmt: skip
    nobody.expect(pexpect.EOF)
    assert "no terminal" in nobody.before
    nobody.close()
    assert nobody.exitstatus == 2


def test_words_work_where_a_page_is_turned(terminal: Callable[..., Terminal], folder: Path) -> None:
    one = terminal("play", "--seed", "7", "--as", "kyiv", "--file", str(folder / "w.wargame"), rows=14)
    one.prompt()
    one.child.sendline("?")
    one.child.expect(re.escape(one.MORE))
    one.child.sendline("l")
    one.child.expect("Moscow and Kyiv")
    one.child.expect(re.escape(one.MORE))
    one.child.sendline("s")
    assert one.end() == 0
    assert "wargame resume" in plain(one.text)


def test_nothing_sealed_stays_in_the_scrollback(terminal: Callable[..., Terminal], folder: Path) -> None:
    two = terminal(
        "play", "--seed", "8", "--turns", "1", "--as", "kyiv", "--as", "moscow", "--file", str(folder / "x.wargame")
    )
    two.prompt()
    for _ in range(40):
        shown = two.answer("")
        if "Order: number" in shown:
            two.answer("1", "y", "14")
            two.answer("secret words", "seal")
            two.child.sendline("y")
            break
    else:
        raise AssertionError(two.text[-2000:])
    two.prompt()
    two.answer("")
    assert "secret words" in two.text
    kept = re.sub(r"\x1b\[\?1049h.*?(\x1b\[\?1049l|$)", "", two.text, flags=re.DOTALL)
    for part in ("secret words", "orders of", "signals of", "You are"):
        assert part not in kept
    assert "Hand the keyboard to" in kept


def test_a_dumb_terminal_refuses_several_and_plays_one(terminal: Callable[..., Terminal], folder: Path) -> None:
    two = terminal("play", "--as", "kyiv", "--as", "moscow", TERM="dumb")
    assert two.end() == 2
    one = terminal("play", "--as", "kyiv", "--seed", "7", "--file", str(folder / "d.wargame"), TERM="dumb")
    one.prompt()
    one.until("Order: number")
    assert ESC not in one.text


def test_plain_is_linear(terminal: Callable[..., Terminal], folder: Path) -> None:
    one = terminal("play", "--plain", "--as", "kyiv", "--seed", "7", "--file", str(folder / "p.wargame"))
    one.prompt()
    shown = one.until("Order: number")
    assert ESC not in one.text
    assert not re.search("[\u2500-\u257f]", one.text)
    assert "1. Call up reserves. Cost 2, counts at once." in " ".join(shown.split())


def test_no_color_has_no_weight_either(terminal: Callable[..., Terminal], folder: Path) -> None:
    one = terminal("play", "--as", "kyiv", "--seed", "7", "--file", str(folder / "n.wargame"), NO_COLOR="1")
    one.prompt()
    one.until("Order: number")
    assert not re.search(r"\x1b\[[0-9;]*m", one.text)


# The same screens without a terminal: any seat, any answers


class Someone:
    """Answers prompts at random, from a seed, the way people do who try everything."""

    def __init__(self, seed: int, most: int = 4000) -> None:
        self.dice = random.Random(seed)
        self.left = most

    def __call__(self, prompt: str) -> str:
        self.left -= 1
        if self.left < 0:
            raise AssertionError("no end")
        dice = self.dice
        if prompt.startswith("Order:"):
            number = str(dice.randint(1, 24))
            words = (
                number,
                number,
                number,
                "seal",
                f"e {number}",
                "u",
                "l",
                "why",
                "?",
                "",
                "m",
                "who",
                "e",
                "pass",
                "\x1b[2J",
            )
            return dice.choice(words)
        if "[Y/n]" in prompt or "[y/N]" in prompt:
            return dice.choice(("y", "y", "n", "", "what"))
        if prompt.startswith(("How likely", "Concessions")):
            return dice.choice(("", "0", "2", "50", "101"))
        if prompt.startswith(("Your public line", "The reason")):
            return dice.choice(("", "we hold still", "\x1b]0;title\x07 [/] \u202e", "x" * 3000))
        if "[" in prompt:
            return dice.choice(("", "", "1", "2", "3", "4", "99"))
        return ""


def desk_of(exercise: Exercise, read: Callable[[str], str], paper: io.StringIO, shown: bool = False) -> Desk:
    page = Page(plain=not shown, file=paper)
    return Desk(exercise, page, Asker(page, read))


@pytest.mark.parametrize("capital", ["moscow", "beijing", "kyiv", "taipei", "washington", WHITE_CELL])
def test_any_seat_can_be_played_to_the_end(box: Box, capital: str) -> None:
    for seed in (1, 2):
        paper = io.StringIO()
        played = () if capital == WHITE_CELL else (capital,)
        start = Start(box.scenario.id, "balanced", "semi-rigid", 3, played, (), capital == WHITE_CELL)
        exercise = Exercise.create(box, start, seed)
        Sitting(desk_of(exercise, Someone(seed), paper, shown=seed == 1)).go_on()
        assert exercise.has_ended
        text = paper.getvalue()
        assert "Declared, believed, done" in text
        assert ESC not in text
        assert all(len(line) <= 80 for line in text.splitlines())


def test_a_guided_scenario_teaches_turn_by_turn() -> None:
    box = load_box("first-hour", content_dirs=[])
    seat = box.scenario.alone_as
    paper = io.StringIO()
    exercise = Exercise.create(box, Start(box.scenario.id, "balanced", "semi-rigid", 3, (seat,)), 5)
    Sitting(desk_of(exercise, Someone(5), paper)).go_on()
    text = " ".join(paper.getvalue().split())
    mine = [lesson for lesson in box.scenario.lessons if lesson.seat in ("", seat)]
    assert {lesson.turn for lesson in mine} == {1, 2, 3}
    places = [text.index(lesson.title) for lesson in sorted(mine, key=lambda each: each.turn)]
    assert places == sorted(places)
    for lesson in mine:
        assert all(text.count(part) == 1 for part in (lesson.text, lesson.attempt, lesson.after) if part), lesson.title
    for other in box.scenario.lessons:
        assert other in mine or other.text not in text


def test_warnings_and_the_suggested_seat_come_before_play() -> None:
    box = load_box("first-hour", content_dirs=[])
    paper = io.StringIO()
    page = Page(plain=True, file=paper)
    setting.situation(page, box)
    assert setting.ask_capital(page, Asker(page, lambda _: ""), box) == box.scenario.alone_as
    text = " ".join(paper.getvalue().split())
    assert all(warning in text for warning in box.scenario.warnings)
    assert "--decline nuclear-use" in text


def test_another_scenario_with_other_capitals_plays(three: Box) -> None:
    for capital in three.capitals:
        paper = io.StringIO()
        start = Start(three.scenario.id, three.scenario.theory, "semi-rigid", three.scenario.turns, (capital.id,))
        exercise = Exercise.create(three, start, 5)
        Sitting(desk_of(exercise, Someone(5), paper, shown=True)).go_on()
        assert exercise.has_ended


def test_the_end_of_input_leaves(box: Box) -> None:
    def gone(prompt: str) -> str:
        raise EOFError

    exercise = Exercise.create(box, Start(box.scenario.id, "balanced", "semi-rigid", 6, ("kyiv",)), 7)
    with pytest.raises(Leave):
        Sitting(desk_of(exercise, gone, io.StringIO())).go_on()


def test_a_sitting_goes_on_where_the_last_one_left(box: Box) -> None:
    """Two at a keyboard leave again and again; each time a new sitting takes up what is owed, and it ends like any other."""
    start = Start(box.scenario.id, "balanced", "semi-rigid", 3, ("moscow", "kyiv"), (), True)
    exercise = Exercise.create(box, start, 9)
    papers, someone = [], Someone(9)
    while not exercise.has_ended:
        papers.append(io.StringIO())
        left = random.Random(len(papers)).randint(5, 60)

        def read(prompt: str, stop: int = left, count: list[int] = [0]) -> str:  # noqa: B006
            count[0] += 1
            if count[0] % stop == 0:
                raise EOFError
            return someone(prompt)

        sitting = Sitting(desk_of(exercise, read, papers[-1]))
        sitting.catch_up()
        with contextlib.suppress(Leave):
            sitting.go_on()
        assert len(papers) < 200
    assert len(papers) > 3


def test_every_change_is_kept_as_a_draft_and_undo_goes_back(box: Box) -> None:
    answers = iter(["", "", "", "", "1", "y", "9", "y", "u", "u", "u"])

    def read(prompt: str) -> str:
        if not prompt.startswith(("Order:", "Put")):
            return ""
        found = next(words, None)
        if found is None:
            raise EOFError
        return found

    words = iter(list(answers)[4:])
    exercise = Exercise.create(box, Start(box.scenario.id, "balanced", "semi-rigid", 6, ("kyiv",)), 7)
    paper = io.StringIO()
    with pytest.raises(Leave):
        Sitting(desk_of(exercise, read, paper)).go_on()
    drafts = [len(entry.command.sheet.moves) for entry in exercise.entries if isinstance(entry.command, Draft)]
    assert drafts == [1, 2, 1, 0]
    assert "nothing to undo" in paper.getvalue()


# What the staff say


def at_orders(box: Box, capital: str, seed: int, turn: int) -> Exercise:
    """Return an exercise in which a capital is about to write its orders of a turn."""
    from wargame.bots.doctrine import answer  # noqa: PLC0415
    from wargame.rules.dice import Dice  # noqa: PLC0415

    exercise = Exercise.create(box, Start(box.scenario.id, "balanced", "semi-rigid", 6, (capital,)), seed)
    while due := exercise.run():
        if due[0].kind == "orders" and exercise.state.turn == turn:
            return exercise
        doctrine = box.capital[capital].doctrines[0]
        exercise.submit(answer(box, exercise.view(capital), due[0].kind, doctrine, Dice(seed)))
    raise AssertionError("the exercise ended")


@pytest.mark.parametrize("capital", ["moscow", "beijing", "kyiv", "taipei", "washington"])
def test_the_menu_holds_what_is_legal_and_says_why_nothing_changes(box: Box, capital: str) -> None:
    for turn in (1, 3):
        exercise = at_orders(box, capital, 7, turn)
        desk = desk_of(exercise, lambda _: "", io.StringIO())
        view, known = desk.view(capital), desk.assessed(capital)
        found, allowed = menu_of(box, view, known, Sheet()), legal(box, view)
        assert [line.action for line in found.lines if line.action] == list(allowed.actions)
        assert [line.step for line in found.lines if line.step] == list(allowed.steps)
        for line in found.lines:
            for each in line.forecasts:
                changes = (each.now, each.best) != (each.before, each.before)
                assert bool(each.because) != changes


def test_the_staff_carry_forward_what_they_saw(box: Box) -> None:
    """A running assessment is nearer to what the challenger's own staff say than the opening one."""
    opening, carried = 0, 0
    for seed in range(4):
        exercise = at_orders(box, "kyiv", seed, 3)
        desk = desk_of(exercise, lambda _: "", io.StringIO())
        view, known, theirs = desk.view("kyiv"), desk.assessed("kyiv"), desk.view("moscow")
        for watch in forecast.watches(box, known):
            truth = forecast.staff(box, theirs, watch).percent
            opening += abs(forecast.staff(box, view, watch).percent - truth)
            carried += abs(forecast.staff(box, known, watch).percent - truth)
    assert carried < opening


def test_a_view_is_assessed_from_what_was_witnessed_alone(box: Box) -> None:
    """What a capital may see is as it is; what it may not see comes from the witnessed events, not from the state."""
    exercise = at_orders(box, "kyiv", 7, 3)
    desk = desk_of(exercise, lambda _: "", io.StringIO())
    view, known = desk.view("kyiv"), desk.assessed("kyiv")
    assert all(mine == theirs for mine, theirs in zip(view.values, known.values, strict=True) if mine)
    assert any(not block for block in view.values)
    assert all(known.values)


def test_the_table_is_not_told_what_one_side_knows(box: Box) -> None:
    exercise = at_orders(box, "kyiv", 7, 3)
    public = witnessed.seen(box, exercise.entries, PUBLIC)
    mine = witnessed.seen(box, exercise.entries, "kyiv")
    told = [(type(event), tuple(witnessed.said(box, event))) for event in public]
    for event in witnessed.beyond(box, mine, public):
        assert (type(event), tuple(witnessed.said(box, event))) not in told or mine.count(event) > public.count(event)


def tied(box: Box, side: str, dyad: str, number: int, deed: Deed) -> Exercise:
    """Return an exercise in which a capital alone has tied its hands in the first turn, and orders are due."""
    exercise = Exercise.create(box, Start(box.scenario.id, "balanced", "semi-rigid", 6, tuple(box.capital)), 7)
    said = Declaration("tie-hands", dyad, box.ladder.rungs[number].id, deed)
    while (due := exercise.run()[0]).kind != "orders":
        if due.kind == "signal":
            exercise.submit(Signal(due.who, (said,) if due.who == side else ()))
        elif due.kind == "believe":
            exercise.submit(Believe(due.who))
        else:
            card = box.card[exercise.view(due.who).asked]
            exercise.submit(Choose(due.who, card.options[card.default].id))
    return exercise


def beyond_start(box: Box, values: Values, address: str) -> int:
    track = box.track[address]
    return values[track.block][track.place] - box.start[track.block][track.place]


def test_declarations_are_carried_in_every_assessment(box: Box) -> None:
    """What tied hands move is in the assessment of those who heard, as much as it truly moved."""
    dyad = next(each for each in box.dyads if each.is_local)
    partner, patron, foe = dyad.partner, dyad.patron, dyad.challenger
    here = dyad.start[-1].rung
    step = next(each for each in box.steps_of[partner] if each.dyad == dyad.id and each.target > here + 1)
    theirs = next(
        action for action in box.actions_of[patron] if box.measure[action.measure].carries_out and action.target == foe
    )
    for side, deed in (
        (partner, Climb(dyad.id, box.ladder.rungs[step.target].id)),
        (patron, Take(theirs.measure, theirs.target)),
    ):
        exercise = tied(box, side, dyad.id, here + 1, deed)
        said = exercise.state.said[-1]
        truly = exercise.state.values
        for reader in (partner, patron, foe):
            known = desk_of(exercise, lambda _: "", io.StringIO()).assessed(reader).values
            for link in ("clarity", "will"):
                address = f"{said.pair}.{box.slots[said.slot]}.{link}.seen"
                moved = beyond_start(box, truly, address)
                assert moved > 0 or link == "will"
                assert beyond_start(box, known, address) == moved, (side, reader, address)


@pytest.mark.parametrize("kept", [True, False])
def test_words_kept_and_broken_are_carried(box: Box, kept: bool) -> None:
    """The walk over witnessed events adds what content says follows from a word kept or broken, where it was heard."""
    dyad = next(each for each in box.dyads if each.is_local)
    theirs = next(a for a in box.actions_of[dyad.patron]
                  if box.measure[a.measure].carries_out and a.target == dyad.challenger)  # fmt: skip
    deed = Take(theirs.measure, theirs.target)
    exercise = tied(box, dyad.patron, dyad.id, dyad.start[-1].rung + 1, deed)
    said, view = exercise.state.said[-1], exercise.view(dyad.partner)
    seen = witnessed.seen(box, exercise.entries, dyad.partner)
    moment = key("kept" if kept else "broken", dyad.patron, dyad.id, box.slots[said.slot])
    before = reckon(box, view, seen)
    after = reckon(box, view, [*seen, DeclarationDue(said.id, dyad.patron, (), kept)])
    changes = forecast.reactions(box, before, moment)
    moved = forecast.put(box, before.values, changes)
    guessed = {true for true, _ in box.hidden_truths[dyad.partner]}
    places = {box.ref(change.address) for change in changes if not view.knows(box, change.address)} - guessed
    assert places
    for block, place in places:
        assert after.values[block][place] == moved[block][place] != before.values[block][place]


# Replies and public lines


def replying(box: Box, capital: str, answers: dict[str, list[str]]) -> tuple[Desk, str]:
    """Return the desk and all that was shown after a capital asked for a reply, then left."""
    exercise = at_orders(box, capital, 7, 1)
    paper = io.StringIO()
    asked: list[str] = []

    def read(prompt: str) -> str:
        paper.write(prompt)
        asked.append(prompt)
        for start, lines in answers.items():
            if prompt.startswith(start) and lines:
                return lines.pop(0)
        if prompt.startswith("Order:"):
            raise EOFError
        return ""

    desk = desk_of(exercise, read, paper, shown=True)
    with pytest.raises(Leave):
        orders.ask(desk, capital)
    return desk, " ".join(paper.getvalue().split())


@pytest.mark.parametrize("capital", ["moscow", "beijing", "kyiv", "taipei", "washington"])
def test_the_suggested_reply_would_work_or_says_what_is_missing(box: Box, capital: str) -> None:
    exercise = at_orders(box, capital, 7, 1)
    desk = desk_of(exercise, lambda _: "", io.StringIO())
    found = menu_of(box, desk.view(capital), desk.assessed(capital), Sheet())
    number = next(place for place, line in enumerate(found.lines, start=1) if line.what == "reply")
    desk, shown = replying(box, capital, {"Order:": [str(number)]})
    sheet = desk.view(capital).sheet
    assert sheet.reply is not None, shown
    assert desk.view(capital).raw(box, f"{sheet.reply.dyad}.rung") < box.rung_number[sheet.reply.rung]
    assert "stands there now" not in shown
    line = box.rung_number[sheet.reply.rung]
    then = forecast.reached(box, desk.assessed(capital), sheet.reply.dyad, line)
    if isinstance(sheet.reply.then, Take):
        assert not why_no_measure(box, capital, then.values, sheet.reply.then)
    else:
        assert not why_not(box, then, sheet.reply.then)
        assert "in 100 that you hold back" in shown


def test_a_public_line_is_what_was_meant(box: Box) -> None:
    exercise = at_orders(box, "kyiv", 7, 1)
    desk = desk_of(exercise, lambda _: "", io.StringIO())
    found = menu_of(box, desk.view("kyiv"), desk.assessed("kyiv"), Sheet())
    number = next(place for place, line in enumerate(found.lines, start=1) if line.what == "note")
    lines = ["seal", "x" * 281, "left \u202e right", "We hold still."]
    desk, shown = replying(box, "kyiv", {"Order:": [str(number)], "Your public line": lines, "Should the words": ["n"]})
    assert desk.view("kyiv").sheet.note == "We hold still."
    assert 'Should the words "seal" be read out' in shown
    assert "281 characters, and 280 is the most" in shown
    assert "Plain text, please" in shown


def test_a_standing_promise_says_where_it_is_kept(box: Box) -> None:
    """A promise is judged at the end of the turn in which it falls due (rule 10.4): the menu names the line that keeps it."""
    dyad = next(each for each in box.dyads if each.is_local)
    theirs = next(a for a in box.actions_of[dyad.patron]
                  if box.measure[a.measure].carries_out and a.target == dyad.challenger)  # fmt: skip
    deed = Take(theirs.measure, theirs.target)
    exercise = tied(box, dyad.patron, dyad.id, dyad.start[-1].rung + 1, deed)
    paper = io.StringIO()
    desk = desk_of(exercise, lambda _: "", paper)
    view, known = desk.view(dyad.patron), desk.assessed(dyad.patron)
    found = menu_of(box, view, known, Sheet())
    number = next(place for place, line in enumerate(found.lines, start=1) if line.what == "reply")
    menu.show(desk.page, box, view, known, Sheet(), found, "Orders")
    shown = " ".join(paper.getvalue().split())
    assert f"You stand by: {words.promise(box, dyad.patron, exercise.state.said[-1].declaration)}." in shown
    assert f"to keep it, seal a reply ({number})." in shown


def test_why_goes_back_to_the_last_orders_and_help_knows_the_terms(box: Box) -> None:
    """What a person did since does not hide what the reveal brought."""
    exercise = at_orders(box, "kyiv", 7, 2)
    paper = io.StringIO()
    desk = desk_of(exercise, lambda _: "", paper)
    sitting = Sitting(desk)
    sitting.use("kyiv")
    desk.asker.words["why"]("")
    desk.asker.words["?"]("")
    shown = " ".join(paper.getvalue().split())
    opened = next(place for place, entry in enumerate(exercise.entries)
                  if any(isinstance(event, OrdersRevealed) for event in entry.events))  # fmt: skip
    since = witnessed.seen(box, exercise.entries[opened:], "kyiv")
    told = [" ".join(witnessed.said(box, event)) for event in since
            if isinstance(event, (OrdersRevealed, TurnOpened, ChoiceMade)) and witnessed.is_said(event)]  # fmt: skip
    assert told
    places = [shown.index(text.split(". ")[0].replace("  ", " ")) for text in told]
    assert places == sorted(places)
    assert all(meaning in shown for meaning in words.TERMS.values())


# Where exercises are kept


def test_files_are_named_by_scenario_date_and_number(tmp_path: Path) -> None:
    first = new_file("february-2022", now(), tmp_path / "deep")
    first.touch()
    second = new_file("february-2022", now(), tmp_path / "deep")
    assert re.fullmatch(r"february-2022-\d{4}-\d\d-\d\d-1\.wargame", first.name)
    assert second.name.endswith("-2.wargame")
    time.sleep(0.01)
    second.touch()
    assert all_files(tmp_path / "deep") == (second, first)
    assert all_files(tmp_path / "none") == ()
