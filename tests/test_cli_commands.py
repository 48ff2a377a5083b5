"""The commands beside play: one object for ``--json``, plain text otherwise, frozen exit codes, nothing that steers a terminal."""

from __future__ import annotations

import csv
import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pexpect  # type: ignore[import-untyped]
import pytest

from tests.games import february
from wargame.cli import call
from wargame.cli.options import MOST_TURNS
from wargame.exercise import Exercise
from wargame.export.formats import FORMATS
from wargame.rules import decide
from wargame.rules.deterrence import log_odds, percent_of
from wargame.rules.flips import flips, ratings_of
from wargame.rules.orders import Belief, Believe, Choose, Rule, Seal, Sheet, Signal, Start
from wargame.rules.view import PUBLIC

SEED = 7
ESC = "\x1b"


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recorded") / "crisis.wargame"
    with Exercise.create(february(), Start("february-2022", "balanced", "rigid", 6), SEED, path) as exercise:
        exercise.run()
        assert exercise.has_ended
    return path


@pytest.fixture(scope="session")
def log(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "crisis.jsonl"
    assert call(["export", str(file), "--format", "jsonl", "-o", str(path)]) == 0
    return path


def answer(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, Any]:
    """Run a command with ``--json``; return its one object."""
    capsys.readouterr()
    assert call([*arguments, "--json"]) == code
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert isinstance(found, dict)
    assert list(found)[:2] == ["schema", "version"]
    assert found["schema"].startswith("wargame.")
    assert found["version"] == 1
    assert err == ""
    assert out.isascii(), "nothing in it can steer a terminal"
    return found


def text(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    """Run a command; return what it printed, which fits 80 columns and holds no escape."""
    capsys.readouterr()
    assert call(list(arguments)) == code
    out, _ = capsys.readouterr()
    assert ESC not in out
    return out


def fits(printed: str) -> bool:
    return all(len(line) <= 80 for line in printed.splitlines())


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str, code: int) -> str:
    """Run a command that fails; return its message. Nothing goes to stdout."""
    capsys.readouterr()
    assert call(list(arguments)) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err
    assert "Traceback" not in err
    return err


HOSTILE = "\x1b[31m\u202egnp.exe\x07\x9b2J\u2028[/] :ghost: [link=file:///]=cmd|"


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exercise in whose log a person wrote what would steer a terminal."""
    path = tmp_path_factory.mktemp("hostile") / "crisis.wargame"
    start = Start("february-2022", "balanced", "semi-rigid", 1, played=("kyiv",), white_cell=True)
    with Exercise.create(february(), start, SEED, path) as exercise:
        while owed := exercise.run():
            due = owed[0]
            if due.kind == "choose":
                options = exercise.box.card[due.about].options
                exercise.submit(Choose(due.who, options[exercise.box.card[due.about].default].id, why=(HOSTILE,)))
            elif due.kind == "signal":
                exercise.submit(Signal(due.who, why=(HOSTILE,)))
            elif due.kind == "believe":
                exercise.submit(Believe(due.who, tuple(Belief(d, 50) for d in exercise.view(due.who).asked_about)))
            elif due.kind == "orders":
                exercise.submit(Seal(due.who, Sheet(note=HOSTILE), why=(HOSTILE,)))
            else:
                exercise.submit(Rule(taken=True, reason=HOSTILE))
    return path


# estimate


def test_estimate_answers_every_cell_with_its_terms(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "estimate")
    assert len(found["cells"]) == 54
    for cell in found["cells"]:
        assert {"package", "theory", "challenge", "probability", "band", "terms"} <= cell.keys()
        assert cell["band"][0] <= cell["probability"] <= cell["band"][1]
        assert sum(term["contribution"] for term in cell["terms"]) == cell["margin"]
    assert "evidence for none" in found["note"]
    assert {row["probability"] for row in found["anchor"]} == {0.58}
    assert {row["challenge"] for row in found["reference"]} == {"beijing>taipei r12"}


def test_estimate_shows_a_table_within_80_columns_and_says_what_it_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    for more in ([], ["--plain"], ["--theory", "spiral"]):
        out = text(capsys, "estimate", *more)
        assert fits(out)
        assert "evidence for none of them" in " ".join(out.split())
        assert "22" in out


def test_estimate_answers_the_theories_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    found = answer(capsys, "estimate", "--theory", "umbrella", "--theory", "balanced")
    assert [theory["id"] for theory in found["theories"]] == ["umbrella", "balanced"]
    mine = tmp_path / "mine.toml"
    mine.write_text(
        'format = "wargame/1"\n[[theory]]\nid = "mine"\nname = "Mine"\nbase = "balanced"\n'
        'believes = "Denial a tenth more."\ntimes = { denial = 1.5 }\n',
        encoding="utf-8",
    )
    mine_found = answer(capsys, "estimate", "--theory", str(mine))
    assert {cell["theory"] for cell in mine_found["cells"]} == {"mine"}
    assert mine_found["anchor"] == [{"theory": "mine", "probability": 0.58}]


def test_estimate_of_one_theory_is_one_compact_table(capsys: pytest.CaptureFixture[str]) -> None:
    printed = text(capsys, "estimate", "--theory", "balanced")
    assert fits(printed)
    names = [package.name for package in february().question.packages]
    assert all(any(line.startswith(name) and line.endswith(")") for line in printed.splitlines()) for name in names)
    assert "A:" not in printed


def test_estimate_refuses_unknown_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert '"spiral"' in complaint(capsys, "estimate", "--theory", "spirall", code=2)
    assert '"february-2022"' in complaint(capsys, "estimate", "february-2023", code=2)


# verify, export, import


def test_verify_says_the_same_of_the_file_and_of_its_log(
    capsys: pytest.CaptureFixture[str], file: Path, log: Path
) -> None:
    ours, theirs = answer(capsys, "verify", str(file)), answer(capsys, "verify", str(log))
    assert ours["same"] is True
    assert ours["problem"] == ""
    assert (ours["head"], ours["events"]) == (theirs["head"], theirs["events"])
    assert "the same at every step" in text(capsys, "verify", str(file))


def test_export_import_export_is_byte_identical(
    capsysbinary: pytest.CaptureFixture[bytes], file: Path, log: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.wargame"
    assert call(["import", str(log), "-o", str(copy)]) == 0
    capsysbinary.readouterr()
    assert call(["export", str(copy), "--format", "jsonl"]) == 0
    assert capsysbinary.readouterr().out == log.read_bytes()


def test_csv_is_a_folder_of_tidy_tables(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(["export", str(file), "--format", "csv"]) == 0
    folder = tmp_path / "crisis-csv"
    assert {path.name for path in folder.iterdir()} >= {
        "turns.csv",
        "orders.csv",
        "checks.csv",
        "declarations.csv",
        "beliefs.csv",
    }
    with (folder / "checks.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert rows
    assert all(None not in row for row in rows)


@pytest.mark.parametrize("side", [PUBLIC, "kyiv"])
@pytest.mark.parametrize("form", FORMATS)
def test_one_side_exports_without_the_seed(file: Path, tmp_path: Path, side: str, form: str) -> None:
    target = tmp_path / "out"
    assert call(["export", str(file), "--format", form, "--as", side, "-o", str(target)]) == 0
    parts = sorted(target.iterdir()) if target.is_dir() else [target]
    assert parts
    assert all('"seed"' not in part.read_text(encoding="utf-8") for part in parts)


def test_no_export_writes_over_an_exercise(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    before = file.read_bytes()
    assert "stays as it is" in complaint(capsys, "export", str(file), "--format", "md", "-o", str(file), code=2)
    assert file.read_bytes() == before
    complaint(capsys, "export", str(file), "--format", "csv", "-o", str(file), code=2)
    assert file.read_bytes() == before


def test_no_export_writes_over_anything_unasked(capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path) -> None:
    target, folder = tmp_path / "out.md", tmp_path / "tables"
    target.write_text("mine", encoding="utf-8")
    folder.mkdir()
    (folder / "other.txt").write_text("mine", encoding="utf-8")
    for form, place in (("md", target), ("jsonl", target), ("csv", folder), ("csv", target), ("md", folder)):
        complaint(capsys, "export", str(file), "-f", form, "-o", str(place), code=2)
    complaint(capsys, "ladder", "export", "-o", str(target), code=2)
    assert target.read_text(encoding="utf-8") == (folder / "other.txt").read_text(encoding="utf-8") == "mine"
    assert call(["export", str(file), "-f", "md", "-o", str(target), "--force"]) == 0
    assert call(["export", str(file), "-f", "csv", "-o", str(folder), "--force"]) == 0
    assert call(["export", str(file), "-f", "csv", "-o", str(folder), "--force"]) == 0
    assert target.read_text(encoding="utf-8").startswith("# ")
    assert {path.name for path in folder.iterdir()} >= {"other.txt", "turns.csv"}
    assert not [path for path in (*tmp_path.iterdir(), *folder.iterdir()) if path.name.startswith(".")]


@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_leaves_nothing_half_written(
    capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target = tmp_path / "out"
    monkeypatch.setattr("wargame.cli.targets.os.fsync", full)
    message = complaint(capsys, "export", str(file), "-f", form, "-o", str(target), code=2)
    assert "No space left" in message
    assert ".new" not in message
    assert list(tmp_path.iterdir()) == []
    if form != "csv":
        target.write_text("mine", encoding="utf-8")
        complaint(capsys, "export", str(file), "-f", form, "-o", str(target), "--force", code=2)
        assert target.read_text(encoding="utf-8") == "mine"


def test_places_that_cannot_be_written_end_with_exit_2(
    capsys: pytest.CaptureFixture[str], file: Path, log: Path, tmp_path: Path
) -> None:
    plain = tmp_path / "plain"
    plain.write_text("", encoding="utf-8")
    for place in (plain / "x", tmp_path / ("x" * 300), tmp_path / "none" / "x"):
        for form in ("md", "jsonl"):
            message = complaint(capsys, "export", str(file), "-f", form, "-o", str(place), code=2)
            assert ".new" not in message
    complaint(capsys, "export", str(file), "-f", "csv", "-o", str(plain / "x"), code=2)
    for place in (plain, plain / "x", tmp_path / ("x" * 250), tmp_path / ("x" * 300)):
        message = complaint(capsys, "import", str(log), "-o", str(place), code=2)
        assert ".new" not in message
        message = complaint(capsys, "play", "--no-input", "--turns", "1", "--file", str(place), code=2)
        assert ".new" not in message
    complaint(capsys, "import", str(tmp_path / "none.jsonl"), "-o", str(tmp_path / "y.wargame"), code=2)
    assert "1<=x<=24" in complaint(capsys, "play", "--no-input", "--turns", "25", code=2)
    assert decide.MOST_TURNS == MOST_TURNS


def test_a_name_on_two_lines_is_told_on_one(capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path) -> None:
    name = "none\nwargame: all is well"
    assert "\n" not in complaint(capsys, "verify", str(tmp_path / name), code=2).rstrip("\n")
    copy = tmp_path / f"{name}.wargame"
    copy.write_bytes(file.read_bytes())
    assert "none\\u{a}wargame: all is well.wargame: the same" in text(capsys, "verify", str(copy))


def test_a_changed_log_is_refused_with_its_line(capsys: pytest.CaptureFixture[str], log: Path, tmp_path: Path) -> None:
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    bad = tmp_path / "bad.jsonl"
    bad.write_text("".join([*lines[:9], lines[9].replace('"turn":1', '"turn":2', 1), *lines[10:]]), encoding="utf-8")
    assert "bad.jsonl:10" in complaint(capsys, "verify", str(bad), "--json", code=4)
    target = tmp_path / "never.wargame"
    assert "bad.jsonl:10" in complaint(capsys, "import", str(bad), "-o", str(target), code=4)
    assert not target.exists()


@pytest.mark.parametrize("command", ["show", "verify", "explain", "export"])
def test_files_that_are_none_end_with_exit_4(capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str) -> None:
    more = ["--format", "md"] if command == "export" else []
    foreign = tmp_path / "foreign.wargame"
    for content in (b"", b"hello", b"{", b"SQLite format 3\x00" + bytes(200)):
        foreign.write_bytes(content)
        complaint(capsys, command, str(foreign), *more, code=4)
    for none in (tmp_path / "none.wargame", tmp_path, tmp_path / ("x" * 300), foreign / "below"):
        complaint(capsys, command, str(none), *more, code=2)


# explain


def test_explain_shows_the_whole_working(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    found = answer(capsys, "explain", str(file))
    assert found["checks"]
    for check in found["checks"]:
        assert sum(term["contribution"] for term in check["terms"]) == check["margin"]
        assert check["band"][0] <= check["percent"] <= check["band"][1]
        assert {threat["weakest"] for threat in check["threats"]} <= {"capability", "will", "free"}
        assert {"dyad", "edge", "from", "to", "theory", "die", "outcome", "flips"} <= check.keys()
    out = text(capsys, "explain", str(file))
    assert fits(out)
    for word in ("x weight", "credibility", "weakest link", "log-odds", "The dice showed", "constant"):
        assert word in out
    assert fits(text(capsys, "explain", str(file), "--plain"))


def test_explain_of_one_turn(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    turns = [check["turn"] for check in answer(capsys, "explain", str(file))["checks"]]
    some = answer(capsys, "explain", str(file), "--turn", str(turns[0]))
    assert len(some["checks"]) == turns.count(turns[0])
    assert "turn 6" in complaint(capsys, "explain", str(file), "--turn", "7", code=2)
    assert "No check was made in turn 0." in text(capsys, "explain", str(file), "--turn", "0")


def test_flips_are_exactly_the_single_points_that_change_what_the_dice_say(file: Path) -> None:
    box = february()
    with Exercise.open(file) as exercise:
        made = exercise.explain()
    seen = 0
    for check in made:
        resolved = check.resolved
        theory, read = box.theory[resolved.theory], ratings_of(box, resolved)
        assert log_odds(read, theory) == resolved.margin + resolved.constant
        assert percent_of(resolved.margin + resolved.constant) == resolved.percent
        for flip in flips(box, theory, read, resolved.die):
            assert abs(flip.new - flip.old) in (0.5, 1.0)
            assert (resolved.die > flip.percent) != (resolved.die > resolved.percent)
            seen += 1
        for die in (resolved.percent, resolved.percent + 1):
            assert flips(box, theory, read, die), "a throw that only just fell is one point away"
    assert made


# show, exercises


@pytest.mark.parametrize("side", [None, "white-cell", "moscow", "washington"])
@pytest.mark.parametrize("turn", [None, 0, 2])
def test_show_tells_what_a_side_knows(
    capsys: pytest.CaptureFixture[str], file: Path, side: str | None, turn: int | None
) -> None:
    more = [*(["--as", side] if side else []), *(["--turn", str(turn)] if turn is not None else [])]
    found = answer(capsys, "show", str(file), *more)
    assert found["as"] == (side or "public")
    assert found["turn"] == (6 if turn is None else turn)
    assert [dyad["id"] for dyad in found["dyads"]] == [dyad.id for dyad in february().dyads]
    assert found["ended"] is (turn is None)
    assert fits(text(capsys, "show", str(file), *more))
    assert fits(text(capsys, "show", str(file), *more, "--plain"))


def test_show_gives_each_side_its_own_numbers(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    box = february()
    for side in ("public", *box.capital, "white-cell"):
        tracks = answer(capsys, "show", str(file), "--as", side)["tracks"]
        allowed = {t.address for t in box.tracks if box.sees[side][t.block]}
        assert set(tracks) == allowed
    assert "moscow>kyiv.denial.seen" not in answer(capsys, "show", str(file))["tracks"]


def test_show_stands_where_the_turn_closed(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    log_of_turn = answer(capsys, "show", str(file), "--turn", "2", "--as", "white-cell")
    assert log_of_turn["phase"] == "consequences"
    assert log_of_turn["tracks"]["world.turn"] == 2


def test_show_refuses_sides_and_turns_that_are_none(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    assert '"moscow"' in complaint(capsys, "show", str(file), "--as", "mosow", code=2)
    assert "turn 6" in complaint(capsys, "show", str(file), "--turn", "9", code=2)


def test_exercises_lists_the_folder_latest_first(
    capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert answer(capsys, "exercises")["exercises"] == []
    assert "wargame play" in text(capsys, "exercises")
    folder = tmp_path / "wargame" / "exercises"
    folder.mkdir(parents=True)
    for age, name in enumerate(("old", "new")):
        (folder / f"{name}.wargame").write_bytes(file.read_bytes())
        os.utime(folder / f"{name}.wargame", (1000 + age, 1000 + age))
    (folder / "\x1b[31mbad.wargame").write_bytes(b"nothing")
    os.utime(folder / "\x1b[31mbad.wargame", (10, 10))
    rows = answer(capsys, "exercises")["exercises"]
    assert [Path(row["path"]).stem for row in rows] == ["new", "old", "\x1b[31mbad"]
    assert rows[0]["scenario"] == "february-2022"
    assert rows[0]["turn"] == 6
    assert rows[0]["ended"] is True
    assert "problem" in rows[2]
    assert "february-2022, turn 6 of 6, ended" in text(capsys, "exercises")


# ladder, content


def test_ladder_show_is_readable_and_needs_no_graph(capsys: pytest.CaptureFixture[str]) -> None:
    out = text(capsys, "ladder", "show")
    assert fits(out)
    ladder = february().ladder
    assert all(f"{rung.id} {rung.name}" in out for rung in ladder.rungs)
    assert all(zone.firebreak in out for zone in ladder.zones)
    found = answer(capsys, "ladder", "show")
    assert (len(found["rungs"]), len(found["edges"])) == (len(ladder.rungs), len(ladder.edges))
    assert {edge["type"] for edge in found["edges"]} == {"up", "jump", "lateral", "horizontal", "wormhole"}


def test_ladder_path_goes_up_and_down(capsys: pytest.CaptureFixture[str]) -> None:
    up = answer(capsys, "ladder", "path", "r06", "r12")
    assert [(move["from"], move["to"], move["type"]) for move in up["moves"]] == [("r06", "r12", "jump")]
    down = answer(capsys, "ladder", "path", "r13", "r12")
    assert [(move["type"], move["face"]) for move in down["moves"]] == [("down", 2)]
    assert up["last_cheap_off_ramp"]["ramp"]["rung"] == "r10"
    assert up["to_nuclear_use"] == 3
    assert fits(text(capsys, "ladder", "path", "r24", "r00"))
    assert 'Did you mean "r' in complaint(capsys, "ladder", "path", "r06", "r122", code=2)
    assert "no rung 'nowhere'" in complaint(capsys, "ladder", "path", "r06", "nowhere", code=2)


def test_ladder_check_and_export(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert answer(capsys, "ladder", "check")["ok"] is True
    assert fits(text(capsys, "ladder", "check"))
    for form, start in (("dot", "digraph"), ("mermaid", "flowchart"), ("graphml", "<graphml")):
        assert text(capsys, "ladder", "export", "--format", form).startswith(start)
        target = tmp_path / form
        assert call(["ladder", "export", "--format", form, "-o", str(target)]) == 0
        assert target.read_text(encoding="utf-8").startswith(start)


BROKEN_LADDER = """format = "wargame/1"
[[ladder]]
id = "broken"
name = "Broken [/] :ghost: ladder"
open_war = "one"
[[ladder.zone]]
id = "one"
name = "One"
[[ladder.rung]]
id = "s0"
name = "Start"
zone = "one"
text = "Here."
severity = 0
[[ladder.rung]]
id = "s1"
name = "Island"
zone = "one"
text = "No way leads here."
severity = 1
[[ladder.rung]]
id = "s2"
name = "Top"
zone = "one"
text = "There."
severity = 2
marks = ["nuclear-use"]
[[ladder.edge]]
type = "up"
from = ["s0"]
to = ["s2"]
who = ["challenger"]
"""


def test_a_ladder_of_ones_own_is_checked_by_path(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(BROKEN_LADDER, encoding="utf-8")
    found = answer(capsys, "ladder", "check", "--ladder", str(mine), code=3)
    assert [f["where"] for f in found["findings"] if f["level"] == "fault"] == ["s1"]
    assert "[/] :ghost:" in text(capsys, "ladder", "show", "--ladder", str(mine))
    assert answer(capsys, "ladder", "path", "s0", "s1", "--ladder", str(mine))["moves"] is None
    assert "No way leads" in text(capsys, "ladder", "path", "s0", "s1", "--ladder", str(mine))
    mine.write_text(BROKEN_LADDER.replace('to = ["s2"]', 'to = ["s9"]'), encoding="utf-8")
    message = complaint(capsys, "ladder", "show", "--ladder", str(mine), code=3)
    assert "mine.toml:" in message
    assert '"s9"' in message
    complaint(capsys, "ladder", "show", "--ladder", "no-such-ladder", code=2)


def test_content_list_check_and_schema(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    kinds = {row["kind"] for row in answer(capsys, "content", "list")["content"]}
    assert {"scenario", "ladder", "theory", "deck", "measure", "doctrine"} <= kinds
    assert "february-2022" in text(capsys, "content", "list")
    concepts = answer(capsys, "content", "list", "concept")["content"]
    assert {row["kind"] for row in concepts} == {"concept"}
    assert all(row["text"] for row in concepts)
    assert "Keeping someone from a step" in text(capsys, "content", "list", "concept", "--plain")
    assert "world.cohesion: How well" in text(capsys, "content", "list", "track")
    assert 'did you mean "concept"' in complaint(capsys, "content", "list", "concpt", code=2)
    checked = answer(capsys, "content", "check")
    assert (checked["schema"], checked["version"], checked["ok"]) == ("wargame.content-check", 1, True)
    assert {problem["severity"] for problem in checked["problems"]} <= {"note"}
    assert "No fault found" in text(capsys, "content", "check")
    assert text(capsys, "content", "check", "--explain", "WG711").startswith(
        "WG711, warning: a card that can never come"
    )
    assert "did you mean" in complaint(capsys, "content", "check", "--explain", "WG7111", code=2).lower()
    schema = json.loads(text(capsys, "content", "schema"))
    assert schema["$schema"].startswith("https://json-schema.org")
    assert answer(capsys, "content", "schema")["json_schema"] == schema
    complaint(capsys, "content", "schema", str(tmp_path), code=2)
    assert "Theories" in text(capsys, "content", "list")
    for command in (["content", "list"], ["content", "check"], ["estimate"], ["estimate", "--theory"]):
        assert "there is no file" in complaint(capsys, *command, str(tmp_path / "none.toml"), code=2)
    for command in ("show", "check", "export"):
        complaint(capsys, "ladder", command, "--ladder", str(tmp_path / "none.toml"), code=2)
    bad = tmp_path / "bad.toml"
    bad.write_text('format = "wargame/1"\n[[theory]]\nid = "x"\nname = "X"\nbase = "balancd"\n', encoding="utf-8")
    found = answer(capsys, "content", "check", str(bad), code=3)
    assert any("bad.toml" in problem["file"] for problem in found["problems"])
    out = text(capsys, "content", "check", str(bad), code=3)
    assert "bad.toml:" in out


# as programs: pipes, dumb terminals, hostile text


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    return subprocess.run(
        [sys.executable, "-m", "wargame", *arguments], capture_output=True, check=False, env={**kept, **environment}
    )


@pytest.mark.parametrize(
    "environment",
    [{"TERM": "dumb"}, {"NO_COLOR": "1"}, {"FORCE_COLOR": "1", "TERM": "xterm-256color"}, {"LC_ALL": "C"}],
)
def test_a_pipe_gets_no_escape_codes(environment: dict[str, str]) -> None:
    arguments = ["estimate"] if "TERM" in environment else ["ladder", "path", "r06", "r12"]
    found = program(*arguments, **environment)
    assert found.returncode == 0
    assert found.stdout
    assert b"\x1b" not in found.stdout
    assert found.stderr == b""


def test_ladder_show_loads_neither_networkx_nor_numpy() -> None:
    code = (
        "import sys; from wargame.cli import call; code = call(['ladder', 'show']); "
        "sys.exit(code or any(name in sys.modules for name in ('networkx', 'numpy', 'sqlite3')))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert found.returncode == 0, found.stderr


def test_a_closed_pipe_is_no_traceback(file: Path) -> None:
    run = subprocess.Popen(
        [sys.executable, "-m", "wargame", "export", str(file), "--format", "jsonl"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert run.stdout is not None
    assert run.stderr is not None
    run.stdout.read(10)
    run.stdout.close()
    assert run.stderr.read() == b""
    assert run.wait() == 0
    run.stderr.close()


ALWAYS = ("ladder show", "content schema", "--help", "play --no-input --turns 1 --seed 3", "export FILE -f jsonl")
PRINTING = [
    *ALWAYS,
    *(
        pytest.param(command, marks=pytest.mark.soak)
        for command in (
            "ladder export", "estimate", "content list", "exercises", "export -h", "explain FILE", "show FILE", "show FILE --json",
            "verify FILE", "export FILE -f md",
        )
    ),
]  # fmt: skip
"""Commands that print: short and long, before anything is read and after it."""


def run_with(file: Path, command: str, stdout: int | None, before: str = "pass") -> subprocess.CompletedProcess[bytes]:
    arguments = [str(file) if each == "FILE" else each for each in command.split()]
    code = f"import os, sys; {before}; os.execv(sys.executable, [sys.executable, '-m', 'wargame', *sys.argv[1:]])"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], stdout=stdout, stderr=subprocess.PIPE, check=False
    )  # fmt: skip


@pytest.mark.parametrize("command", PRINTING)
def test_a_reader_that_has_gone_is_no_failure(file: Path, command: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    found = run_with(file, command, writing)
    os.close(writing)
    assert (found.returncode, found.stderr) == (0, b"")


@pytest.mark.parametrize("command", PRINTING)
def test_an_output_that_cannot_be_used_is_told_plainly(file: Path, command: str) -> None:
    with Path("/dev/full").open("wb") as full:
        found = run_with(file, command, full.fileno())
    assert found.returncode == 2
    assert b"No space left" in found.stderr
    assert found.stderr.count(b"\n") == 1
    found = run_with(file, command, subprocess.DEVNULL, "os.close(1)")
    assert found.returncode == 2
    assert b"output is closed" in found.stderr
    assert found.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["show"],
        ["show", "--json"],
        ["explain"],
        ["verify"],
        ["export", "--format", "md"],
        ["export", "--format", "jsonl"],
    ],
)
def test_hostile_text_from_a_file_steers_no_terminal(hostile: Path, arguments: list[str]) -> None:
    assert b"gnp.exe" in hostile.read_bytes()
    kept = {**os.environ, "TERM": "xterm-256color"}
    screen = pexpect.spawn(
        sys.executable, ["-m", "wargame", arguments[0], str(hostile), *arguments[1:]], env=kept, encoding="utf-8",
        codec_errors="surrogateescape", timeout=120, dimensions=(24, 80),
    )  # fmt: skip
    shown = screen.read()
    screen.close()
    assert screen.exitstatus == 0
    if arguments[0] == "export":
        assert "gnp.exe" in shown
    for character in "\x1b\u202e\x07\x9b\u2028":
        assert character not in shown
