"""Files that somebody broke, or wrote to break the program: each ends soon, with a message, with exit code 3, and nothing else."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.hostile.builders import HARMLESS, MADE, SMALL
from tests.hostile.runner import Done, Runner
from tests.steering import steering
from wargame.content import check
from wargame.content.problems import Problems
from wargame.content.reading import Root, files_of, read_text
from wargame.errors import EXIT_CONTENT, EXIT_OK, EXIT_USAGE

HERE = Path(__file__).parent
FOLDER = HERE / "hostile"
SOUND = HERE.parent / "decks" / "concepts.toml"

SECONDS = 2.0
"""On the processor, which other programs do not slow down; the clock would."""


pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")


class Case(NamedTuple):
    """What a case expects: codes of faults that may come of it, or harmless; and words of the message."""

    expects: tuple[str, ...]
    told: str

    @property
    def exit_code(self) -> int:
        return EXIT_OK if HARMLESS in self.expects else EXIT_CONTENT


def _kept() -> dict[str, Case]:
    """Return the cases that are kept as files, by what their first lines say."""
    cases = {}
    for path in sorted(FOLDER.glob("*.toml")):
        lines = path.read_text("utf-8").splitlines()
        assert re.match(r"# [A-Z].*[.:]$", lines[0]), path
        assert lines[1].startswith("# Expects: "), path
        told = [line.removeprefix("# Told: ") for line in lines[2:3] if line.startswith("# Told: ")]
        cases[path.stem] = Case(tuple(lines[1].removeprefix("# Expects: ").split()), "".join(told))
    return cases


KEPT = _kept()
CASES = {**KEPT, **{name: Case(made.expects, made.told) for name, made in MADE.items()}}


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    with Runner(tmp_path_factory.mktemp("runner")) as running:
        yield running


@pytest.fixture(scope="module")
def most_seconds(runner: Runner, tmp_path_factory: pytest.TempPathFactory) -> float:
    """Two seconds; more only where the machine needs more than one for a sound file, which reads as much of the box."""
    usual = runner.run(["content", "check", str(SOUND), "--plain"], tmp_path_factory.mktemp("usual"))
    assert usual.code == EXIT_OK
    return max(SECONDS, 2 * usual.seconds)


def built(name: str, folder: Path) -> Path | str:
    """Return the path of a case, made in a folder of its own."""
    if name in KEPT:
        return shutil.copy(FOLDER / f"{name}.toml", folder / "deck.toml")
    try:
        return MADE[name].make(folder)
    except OSError as error:
        pytest.skip(f"cannot be made here: {error.strerror}")


def listed(folder: Path) -> list[tuple[bytes, int, int]]:
    """Return everything under a folder with size and time of change."""
    found = []
    for here, folders, files in os.walk(os.fsencode(folder)):
        for name in (*folders, *files):
            path = os.path.join(here, name)  # noqa: PTH118 - a name of bytes
            state = os.lstat(path)
            found.append((path, state.st_size, state.st_mtime_ns))
    return sorted(found)


def check_output(done: Done) -> str:
    """Return what was printed, once it is sure that it is text on lines and nothing that steers a terminal."""
    text = done.output.decode("utf-8")
    assert not steering(text)
    assert "Traceback" not in text
    assert "unexpected" not in text
    return text


def another(name: str, path: str) -> list[str]:
    """Return one more command for a case; over all cases every command that takes content has its turn many times."""
    all_of_them = [
        ["play", path, "--as", "none", "--no-input", "--plain", "--seed", "1"],
        ["content", "bundle", path, "--file", "-"],
        ["content", "stats", path],
        ["content", "diff", path, str(SOUND)],
        ["content", "diff", "balanced", path],
        ["content", "balance", path, "--games", "10"],
        ["content", "list", path],
        ["estimate", path],
        ["plan", path],
        ["ladder", "show", "--ladder", path],
        ["play", "february-2022", "--theory", path, "--as", "none", "--no-input"],
        ["play", "february-2022", "--doctrine", f"kyiv={path}", "--as", "none", "--no-input"],
        ["print", path, "--part", "ladder", "-o", "kit"],
    ]
    return all_of_them[sorted(CASES).index(name) % len(all_of_them)]


def check_case(name: str, runner: Runner, most_seconds: float, tmp_path: Path) -> None:
    """Check a case's file and try one more command on it: a message, the right exit code, soon, and nothing written."""
    case, content, here = CASES[name], tmp_path / "content", tmp_path / "here"
    content.mkdir()
    here.mkdir()
    path = built(name, content)
    before = listed(content)
    done = runner.run(["content", "check", str(path), "--plain"], here)
    text = check_output(done)
    assert done.code == case.exit_code, text[:2000]
    codes = set(re.findall(r": error (WG\d{3}): ", text))
    assert codes <= set(case.expects), text[:2000]
    assert bool(codes) == (case.exit_code == EXIT_CONTENT)
    assert case.told in text, text[:2000]
    assert len(text) < 300_000
    assert done.seconds < most_seconds
    assert listed(content) == before
    assert listed(here) == []
    arguments = another(name, str(path))
    done = runner.run(arguments, here)
    text = check_output(done)
    assert done.code in (EXIT_OK, EXIT_USAGE, EXIT_CONTENT), (arguments, text[:2000])
    if done.code != EXIT_OK:
        assert text
        assert listed(here) == []
    elif case.exit_code != EXIT_OK:
        assert arguments[:2] in (["content", "list"], ["content", "stats"], ["content", "diff"], ["ladder", "show"])
    assert done.seconds < 2 * most_seconds, arguments
    assert listed(content) == before


def test_there_are_many() -> None:
    assert len(CASES) >= 200
    assert len(KEPT) + len(MADE) == len(CASES)


EVERY_RUN = 6
"""One of so many cases is tried in every run of the tests, all of them in the long one."""


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.soak if place % EVERY_RUN else ()) for place, name in enumerate(CASES)],
)
def test_it_ends_soon_with_a_message(name: str, runner: Runner, most_seconds: float, tmp_path: Path) -> None:
    check_case(name, runner, most_seconds, tmp_path)


SAMPLE = ("ansi-colour", "name-with-escape", "escapes-everywhere")


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", SAMPLE)
def test_a_terminal_is_told_the_same(name: str, tmp_path: Path) -> None:
    """The program itself, on a terminal, where colours would be possible: it is told text, and no sequence of any kind."""
    path = built(name, tmp_path)
    own, program = pty.openpty()
    command = [sys.executable, "-m", "wargame", "content", "check", str(path)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=program, stderr=program, cwd=tmp_path) as running:
        os.close(program)
        told = b""
        while True:
            try:
                part = os.read(own, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            told += part
        os.close(own)
        assert running.wait(30) == EXIT_CONTENT
    check_output(Done(EXIT_CONTENT, told.replace(b"\r\n", b"\n"), 0))


def test_a_path_that_is_no_path_is_a_problem(runner: Runner, tmp_path: Path) -> None:
    assert check(["a\0b.toml"], content_dirs=[])[0].code == "WG001"
    for path in ("x" * 5000 + ".toml", "\x1b]0;owned\x07.toml", "[red]x[/].toml", "a\nb.toml", "/dev/null/x.toml"):
        for command in (["content", "check"], ["play", "--no-input", "--as", "none"], ["content", "stats"]):
            done = runner.run([*command, path], tmp_path)
            check_output(done)
            assert done.code in (EXIT_USAGE, EXIT_CONTENT), (command, path)


def test_a_file_that_goes_away_while_it_is_read_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(SMALL, "utf-8")
    (tmp_path / "b.toml").write_text(SMALL, "utf-8")
    problems = Problems()
    found = files_of(Root(tmp_path, "here", given=True), problems)
    path, name = next(found)
    path.unlink()
    assert read_text(path, name, problems) is None
    shutil.rmtree(tmp_path)
    assert len(list(found)) == 1  # the folder was listed before
    assert [str(each) for each in problems.sorted()] == ["here/a.toml: there is no such file"]


def test_a_whole_file_system_is_not_searched(runner: Runner, most_seconds: float, tmp_path: Path) -> None:
    done = runner.run(["content", "check", "/"], tmp_path)
    check_output(done)
    assert done.code in (EXIT_OK, EXIT_CONTENT)
    assert done.seconds < 5 * most_seconds
