"""Branches at the command line: another course of a recorded exercise, and what it did otherwise."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.games import a_game, a_start, february
from wargame.branching import keeps_before, old_answers, players
from wargame.cli.commands import app
from wargame.cli.shifts import parse_shift
from wargame.errors import UsageError
from wargame.exercise import Exercise
from wargame.rules.orders import Branch, Shift
from wargame.verification import checks, recorded_in, verify


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("kyiv.face +1", Shift("kyiv.face", 1)),
        ("kyiv.face-2", Shift("kyiv.face", -2)),
        ("moscow>kyiv.window + 1/2", Shift("moscow>kyiv.window", 0.5)),
        ("moscow>kyiv.window -1 1/2", Shift("moscow>kyiv.window", -1.5)),
        ("washington>kyiv.permission = everything", Shift("washington>kyiv.permission", to="everything")),
        ("beijing>taipei.mil.will.seen +1", Shift("beijing>taipei.mil.will.seen", 1)),
    ],
)
def test_a_change_is_read_as_people_write_it(text: str, shift: Shift) -> None:
    assert parse_shift(text) == shift


@pytest.mark.parametrize("text", ["", "kyiv.face", "kyiv.face +", "+1", "kyiv.face = 3", "kyiv.face +9999", "a b +1"])
def test_what_is_no_change_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_shift(text)


def test_a_branch_of_people_repeats_their_answers() -> None:
    """With everybody retraced and nothing changed, a branch of any turn and phase comes out as its parent."""
    parent = a_game(3).recorded
    capitals = tuple(february().capital)
    for turn, phase in ((1, "update"), (2, "signal"), (3, "orders")):
        branch = Exercise.branch(parent, keeps_before(parent.entries, turn, phase), Branch("a", ""))
        branch.seat(players(parent, capitals, dict(branch.state.doctrines)))
        branch.run()
        assert [check.resolved for check in checks(branch.recorded)] == [check.resolved for check in checks(parent)]
    assert set(old_answers(parent.entries)) == set(capitals)


def made(tmp_path: Path) -> Path:
    path = tmp_path / "crisis.wargame"
    with Exercise.create(february(), a_start(turns=3), 7, path) as exercise:
        exercise.run()
    return path


def test_the_command_plays_a_branch_out_and_says_what_differed(tmp_path: Path) -> None:
    path = made(tmp_path)
    before = path.read_bytes()
    found = CliRunner().invoke(
        app, ["branch", str(path), "--turn", "1", "--set", "moscow.nerve -1", "--set", "kyiv.face +1", "--json"]
    )
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)
    assert any("begins with other numbers" in each for each in told["differences"])
    assert {course["dyad"] for course in told["courses"]} == {dyad.id for dyad in february().dyads}
    new = Path(told["branch"])
    assert new != path
    assert verify(new).same
    assert recorded_in(new).entries[-1] is not None
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--turn", "9"], 2, "never came to turn 9"),
        (["--turn", "1", "--set", "kyiv.fcae +1"], 5, "kyiv.face"),
        (["--turn", "1", "--set", "nonsense"], 2, "no change"),
        (["--turn", "1", "--doctrine", "kyiv=peace"], 2, "no doctrine"),
        (["--turn", "1", "--as", "kiev"], 2, "kyiv"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    tmp_path: Path, options: list[str], code: int, words: str
) -> None:
    path = made(tmp_path)
    found = run_cli(["branch", str(path), *options])
    assert found[0] == code, found
    assert words in found[1]
    assert list(tmp_path.iterdir()) == [path]


def run_cli(args: list[str]) -> tuple[int, str]:
    found = subprocess.run([sys.executable, "-m", "wargame", *args], capture_output=True, text=True, check=False)
    return found.returncode, found.stderr


def test_people_may_play_on_in_a_branch(tmp_path: Path) -> None:
    path = made(tmp_path)
    target = tmp_path / "b.wargame"
    assert CliRunner().invoke(
        app, ["branch", str(path), "--turn", "2", "--as", "kyiv", "--as", "white-cell", "-o", str(target)]
    ).exit_code == 0  # fmt: skip
    with Exercise.open(target) as branch:
        assert branch.state.setup.played == ("kyiv",)
        assert branch.state.setup.white_cell
        assert {due.who for due in branch.run(hold=True)} == {"kyiv"}
