"""The console as a white cell sees it: keystrokes in, a screen of 80 by 24 out, and nothing imported from the package."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

import pexpect  # type: ignore[import-untyped]
import pyte
import pytest

ESC = "\x1b"
MORE = r"-- Enter for more(?:, or a word)? -- $"
PROMPTS = (
    r"\n(?:before turn \d+|turn \d+, [a-z]+|ended)[^\r\n]* > $",  # the white cell's own
    r"Order: number[^>]*> $",
    r"\[[yY]/[nN]\] $",
    r"\[\d+\] $",
    r"(?:no opinion|none|no more|all; or capitals)\):? $",
    r"(?:read out to all|is read out|scribe's line|title|Effect|for it|against it|Your answer|asks\?):? $",
    r"(?:press Enter|presses Enter|clears this screen|to go on) $",
)


def answers(*arguments: str) -> str:
    done = wargame(*arguments)
    assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
    return done.stdout


def wargame(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (sys.executable, "-m", "wargame", *arguments), capture_output=True, text=True, encoding="utf-8", check=False,
        stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip


class Seminar:
    """A white cell at its console. ``types`` is a line with Enter; ``sees`` is what must stand in what that showed."""

    def __init__(self, file: Path, *options: str, plain: bool = False) -> None:
        self.file = file
        self.options = ("--plain",) if plain else ()
        self.paper = io.StringIO()
        self.screen = pyte.Screen(80, 24)
        self.shown = ""
        self._begin(*options)

    def _begin(self, *options: str) -> None:
        self.child = pexpect.spawn(
            sys.executable, ["-m", "wargame", "console", str(self.file), *self.options, *options], encoding="utf-8",
            dimensions=(24, 80), timeout=60, maxread=65536, env={**os.environ, "TERM": "xterm-256color"},
        )  # fmt: skip
        self.child.delaybeforesend = None  # a prompt stands before anything is typed
        self.child.logfile_read = self.paper
        self._fed = self.paper.tell()
        self._stream = pyte.Stream(self.screen)
        self._read()

    def _read(self) -> Self:
        """Read to the next prompt, turning pages."""
        self.shown = ""
        while True:
            found = self.child.expect([MORE, *PROMPTS, pexpect.EOF])
            self.shown += self.child.before + (self.child.after if isinstance(self.child.after, str) else "")
            self._stream.feed(self.paper.getvalue()[self._fed :])
            self._fed = len(self.paper.getvalue())
            if found:
                return self
            self.child.sendline("")

    def types(self, *lines: str) -> Self:
        for line in lines:
            self.child.sendline(line)
            self._read()
        return self

    @property
    def text(self) -> str:
        return plain(self.shown)

    def sees(self, *parts: str) -> Self:
        for part in parts:
            assert part in self.text, f"{part!r} is not in:\n{self.text}"
        return self

    def sees_not(self, *parts: str) -> Self:
        for part in parts:
            assert part not in self.text, f"{part!r} is in:\n{self.text}"
        return self

    def status(self) -> str:
        """Ask for the status, which fits the screen with the prompt below it."""
        self.types("")
        if not self.options:
            assert any("February 2022: " in line for line in self.screen.display), "\n".join(self.screen.display)
        return self.text

    def picks(self, title: str, *answers: str) -> Self:
        """Type the number that stands before something on the list that was shown last."""
        found = re.search(rf"(\d+)\*?  +{re.escape(title)}", plain(self.shown, whole=True))
        assert found, f"{title!r} is not listed in:\n{self.text}"
        return self.types(found[1], *answers)

    # What white cells do every turn

    def opens_a_turn(self, number: int) -> Self:
        self.types("go").sees(f"opens turn {number}", "Takes effect now", "Do it? [y/N]").types("y").sees(
            f"Turn {number} opens"
        )
        return self.answers_cards()

    def answers_cards(self) -> Self:
        while "(a card)" in self.status():
            self.types("o")
            while "For whom" in self.text[-40:] or "Your choice" in self.text[-40:]:
                self.types("")
        return self

    def hears_nothing(self) -> Self:
        """Take down that everybody still asked declares nothing, and has no opinion."""
        while "(signals)" in self.status() or "(beliefs)" in self.status():
            self.types("silent all", "y")
        return self

    def types_orders(self, capital: str, *titles: str) -> Self:
        """Type a sheet from paper and seal it."""
        self.types(f"o {capital}")
        for title in titles:
            self.picks(title)
            while "[y/N]" in self.text[-8:] or "[Y/n]" in self.text[-8:]:
                self.types("y" if "[Y/n]" in self.text[-8:] else "n")
        return self.types("seal", "y").sees("has sealed its orders, receipt")

    def reveals(self) -> Self:
        self.types("go").sees("reads its words aloud", "opens all sheets at once").types("y")
        return self.sees("is the one that was sealed", "The orders are opened")

    def rules_what_waits(self) -> Self:
        while "your ruling on" in self.status():
            self.types("rule", "1").sees("Do it?").types("y").sees("Not to be told")
        return self

    def closes_the_turn(self) -> Self:
        return self.rules_what_waits().types("go").sees("draws the consequences", "Do it?").types("y")

    # What befalls them

    def is_killed(self) -> Self:
        self.child.kill(signal.SIGKILL)
        self.child.wait()
        return self

    def begins_again(self) -> Self:
        self._begin()
        return self

    def leaves(self) -> int:
        self.child.sendline("quit")
        self.child.expect(pexpect.EOF)
        self.child.close()
        status = self.child.exitstatus
        assert isinstance(status, int)
        return status


def plain(text: str, whole: bool = False) -> str:
    found = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", text).replace("\r", "")
    return found if whole else " ".join(found.split())


@pytest.fixture
def seminar(tmp_path: Path) -> Iterator[Callable[..., Seminar]]:
    opened: list[Seminar] = []

    def begin(*options: str, name: str = "seminar.wargame", plain: bool = False) -> Seminar:
        opened.append(Seminar(tmp_path / name, *options, plain=plain))
        return opened[-1]

    yield begin
    for each in opened:
        each.child.close(force=True)


def test_a_seminar_of_two_hours(seminar: Callable[..., Seminar], tmp_path: Path) -> None:
    table = seminar("--seed", "7", "--minutes", "120")
    table.sees("before turn 1 of 4", "opening brief", "A new seminar, recorded in")

    # The first turn: a team at the keyboard, a pass, and an order that is missing at first and late then
    table.opens_a_turn(1).hears_nothing()
    table.types("clock start 9").sees("The clock: ", " left").types("clock +2").types("clock pause").sees("paused, 1")
    table.types_orders("moscow", "climb to Deadly incident")
    table.types("pass beijing").sees("on purpose", "no missing order").types("y").sees("Beijing passes, receipt")
    table.types("hand kyiv").sees("Hand the keyboard to KYIV", "looks away").types("").sees("You are Kyiv").types("")
    table.picks("Call up reserves", "y").sees("(1 of two orders").types("seal", "y").sees("receipt").types("")
    table.sees("Kyiv is done", "Give the keyboard back").types("")
    table.types_orders("washington", "Short-range defensive aid")
    table.types("time").sees("Taipei: its orders are missing, which is no pass").types("y")
    table.types("").sees("Taipei missing", "Beijing passes on purpose", "Kyiv sealed, receipt")
    table.types("late taipei the lead was outside").sees("costs 1 influence").types("y").sees(
        "Type Taipei's orders now"
    )
    table.types("y").picks("Asymmetric budget", "y").types("seal", "y").sees("Taipei has sealed its orders")
    table.types("").sees("Taipei sealed", "late", "typed by the white cell")
    table.types("sheets").sees("climb to", "What the rules expect", "held back")
    table.reveals().sees("Moscow orders")
    table.types("rule").sees("Moscow's step", "The dice", "Rules 5.3, 5.6").types("t").sees("For the step")
    table.types("1").sees("It moves").types("y").sees("Not to be told")
    table.types("tell kyiv").sees("Only for Kyiv").types("y")
    table.closes_the_turn()

    # The second: a question, an inject made up on the spot, an order outside the list, a crash, a ruling against the dice
    table.opens_a_turn(2)
    table.types("q kyiv how far do our means reach?").sees("Taken down as q1", "Prepared").types("a", "1").sees(
        "Tell Kyiv"
    )
    table.types("improvise Lights go out").types("A grid fails in two towns, and nobody knows why.", "kyiv moscow")
    table.types("kyiv face").sees("kyiv.face stands at").types("kyiv.face -1").sees("Kyiv: face")
    table.types("kyiv.mood +1").sees("Not so: no track").types("").sees("to Moscow and Kyiv", "It moves").types("y")
    table.hears_nothing()
    table.types_orders("beijing", "climb to Significant mobilisation")
    table.types("o kyiv").picks("Own order").sees("argued before all")
    table.types("Invite observers to the border crossings", "seal", "y")
    for team in ("moscow", "taipei", "washington"):
        table.types(f"pass {team}", "y")
    table.types("n quote kyiv: we will not be first to leave the table").sees("Noted (quote on Kyiv)")
    table.reveals().sees("Kyiv has ordered what is not on the list")
    table.is_killed().begins_again()
    table.sees("turn 2 of 4, adjudication", "the argument over Kyiv's own order (argue)")
    table.types("argue").sees("Invite observers").types("It costs nobody anything", "Others have asked for it", "")
    table.types("They would be in the way", "").types("kyiv.face +1", "").sees("two dice").types("1").sees(
        "dice must come to"
    )
    table.types("y").sees("Kyiv's order outside the list")
    table.types("rule").sees("Beijing's step", "the step is not taken", "(overrules)").picks(
        "rule that the step is taken"
    )
    table.types("The patrols were closer than the table said").types("One of us would have let the dice stand")
    table.sees("It moves", "Do it?").types("y").sees("The white cell overrules", "any dissent within the white cell")
    table.closes_the_turn()

    # The third: an inject whose condition has come about, one kept back, a sheet missing, and a way back
    table.types("i").sees("A special session: due in turn 3, would come").types("skip 2 enough for today", "y")
    table.types("go").sees("A special session").types("y").sees(
        "Card: A special session"
    ).answers_cards().hears_nothing()
    table.types_orders("moscow", "climb to")
    for team in ("beijing", "kyiv", "taipei"):
        table.types(f"pass {team}", "y")
    table.types("time", "y")
    assert "Washington missing" in table.status()
    table.reveals().rules_what_waits()
    table.types("rewind").sees("turn 3, orders: being written", "turn 3, orders: all in", "before turn 3 opens")
    table.picks("turn 3, orders: being written").types("Moscow's sheet was read wrongly").sees("no longer counts")
    table.types("y").sees("turn 3 of 4, orders", "Washington nothing yet")
    for team in ("moscow", "beijing", "kyiv", "taipei"):
        table.types(f"pass {team}", "y")
    table.types("time", "y").reveals().closes_the_turn()

    # The last, and what is said at once after it
    table.opens_a_turn(4).hears_nothing()
    for team in ("moscow", "beijing", "kyiv", "taipei", "washington"):
        table.types(f"pass {team}", "y")
    table.types("undo").sees("takes back Washington's pass").types("y").types("pass wash", "y")
    table.reveals().rules_what_waits().types("go").sees("This is the last turn").types("y")
    table.sees("The exercise is over", "Show the debrief").types("n").sees("the exercise is over")
    table.types("n hot-wash: what surprised you?").sees("Noted (hot-wash)")
    assert table.leaves() == 0
    assert ESC not in plain(table.paper.getvalue(), whole=True)

    another, log, report = (str(tmp_path / name) for name in ("another.wargame", "log.jsonl", "report.md"))
    answers("branch", str(table.file), "--turn", "3", "--why", "And if it had gone on?", "-o", another)
    for file in (str(table.file), another):
        answers("verify", file)
    answers("export", str(table.file), "--format", "jsonl", "-o", log)
    answers("report", str(table.file), "--format", "md", "--branch", another, "-o", report)
    mentions_all_of_it(Path(report).read_text("utf-8"), Path(log).read_text("utf-8").splitlines())


MENTIONED = {
    "Beijing passes on purpose": "order_sealed",
    "Taipei's orders are missing": "order_closed",
    "late: the lead was outside": "order_reopened",
    'Improvised inject (to Moscow and Kyiv) "Lights go out"': "inject_improvised",
    "outside the list fails: Invite observers": "argument_settled",
    "The patrols were closer than the table said": "ruling_made",
    'Inject "A special session"': "card_drawn",
    "goes back to turn 3, orders: Moscow's sheet was read wrongly": "rewound",
    "Scribe's quote on Kyiv": "note_taken",
    "The exercise was interrupted": "note_taken",
}
"""What a report must mention, and the fact in that line of the log to which it refers."""


def mentions_all_of_it(report: str, log: list[str]) -> None:
    for text, event in MENTIONED.items():
        line = next((each for each in report.splitlines() if text in each and "(line " in each), "")
        assert line, f"the report does not mention {text!r} with a line"
        places = [int(place) for place in re.findall(r"\(line (\d+)\)", line)]
        assert event in [json.loads(log[place - 1])["event"] for place in places], line
    assert "One of us would have let the dice stand" in report
    assert "And if it had gone on?" in report


def test_a_listener_needs_no_picture(seminar: Callable[..., Seminar]) -> None:
    """In plain text nothing is drawn or redrawn, and every step can be taken by what is said."""
    table = seminar("--seed", "7", "--turns", "1", "--rehearsal", plain=True)
    table.sees("Waits for you: the next turn can be opened (go)")
    table.opens_a_turn(1).hears_nothing().types_orders("moscow", "climb to Deadly incident")
    table.types("time").sees("Kyiv: its orders are missing").types("y").reveals()
    assert "REHEARSAL" in table.status()
    table.closes_the_turn().types("n").sees("the exercise is over")
    assert table.leaves() == 0
    assert ESC not in table.paper.getvalue()
    assert not re.search("[\u2500-\u257f]", table.paper.getvalue())


def ended(child: Any, press: Callable[[], None]) -> int | None:
    """Press a key until the program has ended: a key pressed between two prompts may find nobody who reads it."""
    for _ in range(30):
        press()
        if child.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=3) == 0:
            break
    child.close()
    return child.exitstatus  # type: ignore[no-any-return]


def test_leaving_by_any_door_loses_nothing(seminar: Callable[..., Seminar]) -> None:
    table = seminar("--seed", "7").types("go", "y").answers_cards().types("silent all", "n")
    table.child.sendintr()
    table.child.expect("Ctrl-C once more")
    assert ended(table.child, table.child.sendintr) == 130
    assert "wargame console" in plain(table.paper.getvalue())
    table.begins_again().sees("turn 1 of 4, signals").types("o kyiv", "x").sees("Left as it was")
    assert ended(table.child, table.child.sendeof) == 0
    table.begins_again().sees("turn 1 of 4, signals").types("gone").sees("There is no word 'gone'").types("re").sees(
        "could be"
    )


def test_a_second_console_is_told_who_holds_the_file(seminar: Callable[..., Seminar]) -> None:
    first = seminar("--seed", "7")
    for command in ("console", "resume"):
        second = pexpect.spawn(
            sys.executable, ["-m", "wargame", command, str(first.file)], encoding="utf-8", timeout=60
        )
        second.expect(pexpect.EOF)
        second.close()
        told = " ".join(second.before.split())
        assert f"held by another running wargame (wargame console, process {first.child.pid} on" in told
        assert second.exitstatus == 2
    first.types("go", "y").sees("Turn 1 opens")


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--play", "paris"), 2, "paris"),
        (("--minutes", "5"), 2, "one turn"),
    ],
)
def test_what_cannot_be_begun_is_said(tmp_path: Path, options: tuple[str, ...], code: int, says: str) -> None:
    file = tmp_path / "x.wargame"
    child = pexpect.spawn(
        sys.executable, ["-m", "wargame", "console", str(file), *options], encoding="utf-8", timeout=60
    )
    child.expect(pexpect.EOF)
    child.close()
    assert says in child.before
    assert child.exitstatus == code
    assert not file.exists()


def test_a_public_picture_has_no_console(tmp_path: Path) -> None:
    file = tmp_path / "x.public.json"
    file.write_bytes(b"what is there")
    for path in (file, tmp_path / "new.public.json"):
        child = pexpect.spawn(sys.executable, ["-m", "wargame", "console", str(path)], encoding="utf-8", timeout=60)
        child.expect(pexpect.EOF)
        child.close()
        assert "name of a public picture" in " ".join(child.before.split())
        assert child.exitstatus == 2
    assert [path.name for path in tmp_path.iterdir()] == ["x.public.json"]
    assert file.read_bytes() == b"what is there"


def test_without_a_terminal_it_says_so(tmp_path: Path) -> None:
    done = wargame("console", str(tmp_path / "x.wargame"))
    assert done.returncode == 2
    assert "no terminal" in done.stderr


def test_an_exercise_without_a_white_cell_has_no_console(tmp_path: Path) -> None:
    file = tmp_path / "bots.wargame"
    assert wargame("play", "--no-input", "--seed", "1", "--turns", "1", "--file", str(file)).returncode == 0
    child = pexpect.spawn(sys.executable, ["-m", "wargame", "console", str(file)], encoding="utf-8", timeout=60)
    child.expect(pexpect.EOF)
    child.close()
    assert "wargame resume" in child.before
    assert child.exitstatus == 2
