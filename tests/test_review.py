"""The review of content: a golden for each code, a table of codes that docs agree with, and a checker that never raises.

Each folder of tests/content/findings is named after a code and holds what a check prints (``expected.txt``) about a case:
changes to the small scenario of three capitals (``case.toml``), or a file that is made here. Run this file to write goldens.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
import tomli

from tests.games import played
from wargame.cli.content.checking import run
from wargame.content import findings
from wargame.content.codes import CODES, ERROR, NOTE, SEVERITIES, WARNING
from wargame.content.compile.box import compiled
from wargame.content.compile.cards import IN_FULL
from wargame.content.library import Library, built_in_folder, read_alone, read_library
from wargame.content.problems import Problem
from wargame.content.reading import SIZE_LIMIT
from wargame.content.review.names import Names
from wargame.content.review.numbers import Numbers, negated
from wargame.content.review.stage import Stage
from wargame.content.sentences import Unreadable, condition
from wargame.errors import EXIT_CONTENT, EXIT_OK, UsageError
from wargame.graph.questions import LadderGraph
from wargame.rules.conditions import OPERATORS, Clause, Conditions, holds
from wargame.rules.events import CardDrawn, ChoiceMade, MeasureTaken
from wargame.rules.orders import Start

HERE = Path(__file__).parent
SMALL = HERE / "content" / "three-capitals" / "scenario.toml"
SCENARIOS = built_in_folder() / "scenarios"
CASES = HERE / "content" / "findings"
HEAD = b'format = "wargame/1"\n'


def changed(text: str, table: dict[str, object]) -> str:
    """Return a text after the changes and additions of a case."""
    for change in table.get("change", []):  # type: ignore[attr-defined]
        assert text.count(change["old"]) >= 1, change["old"]
        text = text.replace(change["old"], change["new"], 1)
    return text + str(table.get("add", {}).get("text", ""))  # type: ignore[attr-defined]


def clean() -> str:
    """Return the small scenario as a check finds nothing in it."""
    return changed(SMALL.read_text("utf-8"), tomli.loads((CASES / "clean.toml").read_text("utf-8")))


def _outside(folder: Path) -> None:
    (folder / "outside.toml").write_bytes(HEAD)
    (folder / "case").mkdir()
    (folder / "case" / "link.toml").symlink_to(folder / "outside.toml")


MADE: dict[str, tuple[Callable[[Path], object], str]] = {
    "WG001": (lambda folder: None, "case.toml"),
    "WG002": (lambda folder: (folder / "case.toml").write_bytes(HEAD + b"#" * SIZE_LIMIT), "case.toml"),
    "WG003": (lambda folder: (folder / "case.toml").write_bytes(HEAD + b"# caf\xe9\n"), "case.toml"),
    "WG006": (_outside, "case"),
}
"""Files that no case.toml can describe, and the path that is checked."""


@pytest.fixture
def by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read no built-in content: what a case shows does not depend on it."""
    nothing = tmp_path / "no-decks"
    nothing.mkdir()
    monkeypatch.setattr("wargame.content.library.built_in_folder", lambda: nothing)


def printed(problem: Problem) -> str:
    return f"{problem.place}: {problem.severity} {problem.code}: {problem.said}"


def lines_of(code: str, folder: Path) -> list[str]:
    """Return what a check prints about the case of a code, made in a folder of its own."""
    if code in MADE:
        make, name = MADE[code]
        make(folder)
    else:
        name, table = "case.toml", tomli.loads((CASES / code / "case.toml").read_text("utf-8"))
        text = table.get("text") or changed(clean(), table)
        (folder / name).write_text(text, "utf-8")
    return [printed(problem) for problem in findings([name], content_dirs=[])]


# Goldens


@pytest.mark.usefixtures("by_itself")
@pytest.mark.parametrize("code", CODES)
def test_each_code_has_its_golden(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = lines_of(code, tmp_path)
    assert found == (CASES / code / "expected.txt").read_text("utf-8").splitlines()
    assert any(f" {CODES[code].severity} {code}: " in line for line in found)
    for line in found:
        assert line.isprintable()


def test_every_folder_is_a_code() -> None:
    assert sorted(path.name for path in CASES.iterdir() if path.is_dir()) == sorted(CODES)


@pytest.mark.usefixtures("by_itself")
def test_nothing_is_found_in_the_clean_scenario(tmp_path: Path) -> None:
    (tmp_path / "clean.toml").write_text(clean(), "utf-8")
    assert [printed(problem) for problem in findings([tmp_path / "clean.toml"], content_dirs=[])] == []


# Codes


def test_codes_are_complete_and_told_in_full() -> None:
    assert list(CODES) == sorted(CODES)
    for code, entry in CODES.items():
        assert re.fullmatch(r"WG\d{3}", code)
        assert entry.severity in SEVERITIES
        assert len(entry.name.split()) <= 12
        assert 12 <= len(entry.text.split()) <= 90
        assert entry.text.endswith(".")
        assert entry.example
        assert entry.mended
        assert entry.example != entry.mended


def test_every_code_in_the_source_is_in_the_table() -> None:
    package = HERE.parent / "wargame"
    used = {
        code
        for path in package.rglob("*.py")
        if path.name != "codes.py"
        for code in re.findall(r'"(WG\d{3})"', path.read_text("utf-8"))
    }
    assert used == set(CODES)


def test_the_page_lists_the_same_codes() -> None:
    page = (HERE.parent / "docs" / "content.md").read_text("utf-8")
    section = page[page.index("## 11. ") : page.index("## 12. ")]
    rows = re.findall(r"^\| (WG\d{3}) \| (\w+) \| (.+?) \|$", section, re.MULTILINE)
    assert rows == [(code.code, code.severity, code.name) for code in CODES.values()]


# The command


@pytest.mark.usefixtures("by_itself")
def test_notes_alone_are_no_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "case.toml"
    path.write_text(changed(clean(), tomli.loads((CASES / "WG769" / "case.toml").read_text("utf-8"))), "utf-8")
    assert run(paths=(path,), explain=None, strict=True, json=False, plain=False) == EXIT_OK
    assert "No fault found, 1 note." in capsys.readouterr().out


@pytest.mark.usefixtures("by_itself")
def test_a_warning_fails_only_where_it_is_asked_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "case.toml"
    path.write_text(changed(clean(), tomli.loads((CASES / "WG768" / "case.toml").read_text("utf-8"))), "utf-8")
    assert run(paths=(path,), explain=None, strict=False, json=True, plain=False) == EXIT_OK
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"]
    assert answer["counts"] == {"errors": 0, "warnings": 1, "notes": 0}
    (problem,) = answer["problems"]
    assert (problem["code"], problem["severity"], problem["name"]) == ("WG768", WARNING, CODES["WG768"].name)
    assert run(paths=(path,), explain=None, strict=True, json=False, plain=True) == EXIT_CONTENT


@pytest.mark.usefixtures("by_itself")
def test_the_gravest_come_first(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    text = clean().replace('asks = "velm"', 'asks = "velma"').replace('"Fog"', '"FOOG!!"', 1)
    path.write_text(
        text.replace('text = "A newspaper', f'text = "{"A quiet day and nothing else. " * 8}A newspaper'), "utf-8"
    )
    found = [problem.severity for problem in findings([path], content_dirs=[])]
    assert set(found) == {ERROR, WARNING, NOTE}
    assert found == sorted(found, key=SEVERITIES.index)


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_explained(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(paths=(), explain=code.lower(), strict=False, json=False, plain=False) == EXIT_OK
    told = capsys.readouterr().out
    assert told.startswith(f"{code}, {CODES[code].severity}: {CODES[code].name}\n")
    assert "For example:" in told
    assert "Mended:" in told
    assert run(paths=(), explain=code, strict=False, json=True, plain=False) == EXIT_OK
    answer = json.loads(capsys.readouterr().out)
    assert (answer["schema"], answer["code"], answer["mended"]) == ("wargame.content-code", code, CODES[code].mended)


def test_what_cannot_be_explained_is_refused() -> None:
    with pytest.raises(UsageError, match="WG711"):
        run(paths=(), explain="WG7111", strict=False, json=False, plain=False)
    with pytest.raises(UsageError, match="takes no path"):
        run(paths=(SMALL,), explain="WG711", strict=False, json=False, plain=False)


def test_only_files_that_were_named_are_spoken_of(tmp_path: Path) -> None:
    path = tmp_path / "deck.toml"
    path.write_text(
        'format = "wargame/1"\n[[card]]\nid = "mine"\ndeck = "ukraine"\ntitle = "Mine"\nkind = "plausible"\n'
        'source = "unverified"\ntext = "Nothing."\nconcept = "window"\nquestion = "Tell."\n'
    )
    found = findings([path], content_dirs=[])
    assert [(problem.file, problem.code) for problem in found] == [(str(path), "WG749")]


@pytest.mark.usefixtures("by_itself")
def test_what_was_taken_out_of_a_larger_box_is_not_judged_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    text = changed(clean(), tomli.loads((CASES / "WG734" / "case.toml").read_text("utf-8")))
    path.write_text(
        text.replace("[scenario.estimate]", '[scenario.elsewhere]\ncapitals = ["tolm"]\n[scenario.estimate]')
    )
    assert findings([path], content_dirs=[]) == []


FOG = 'text = "Two ships meet in fog."'
VARIANTS = {
    "private title": (
        FOG,
        'text = "It is said that an engineer talks."',
        'repeats "an engineer talks" from card "engineer"',
    ),
    "hidden address": (FOG, 'text = "Look at karsk>velm.denial.true and wait."', "names karsk>velm.denial.true"),
    "hidden value": (
        FOG,
        'text = "The denial is really 4 here."',
        'tells a value that is hidden: "denial is really 4"',
    ),
    "dated fiction": ('title = "Fog"', 'title = "Fog"\ndate = 1911-06-01', "is fiction and has a date"),
    "imagined history": (
        "A treaty gave the toll",
        "Imagine that a treaty gave the toll",
        'is historical and says "Imagine"',
    ),
    "never legal": ('when = ["self.readiness < 3"]', 'when = ["self.has-batteries = yes"]', "can never be ordered"),
    "no edge while wished": (
        'order = "climb karsk-oster demand", weight = 2, below = 80,',
        'order = "climb karsk-oster demand", weight = 2, below = 80, when = ["karsk-oster.rung >= war"],',
        "no edge leads there while it is wished",
    ),
    "always skipped": ('skip_if = ["ys.rung >= war"]', 'skip_if = ["karsk.face >= 0"]', "what skips it always holds"),
    "a fixed number": (
        'track = "world.cohesion"',
        'track = "karsk>velm.prize"',
        "is worth 40 percent whatever happens",
    ),
    "a link": (FOG, 'text = "See [the fog](http://fog.example)."', "would be printed as it stands"),
    "a colour": (FOG, 'text = "[red]Fog[/red] everywhere."', "would be printed as it stands"),
    "exclamations": (FOG, 'text = "Fog!!"', '"!!" shouts'),
}


@pytest.mark.usefixtures("by_itself")
@pytest.mark.parametrize("name", VARIANTS)
def test_each_reason_has_its_own_words(name: str, tmp_path: Path) -> None:
    old, new, said = VARIANTS[name]
    path = tmp_path / "case.toml"
    path.write_text(changed(clean(), {"change": [{"old": old, "new": new}]}), "utf-8")
    found = [problem.said for problem in findings([path], content_dirs=[])]
    assert any(said in line for line in found), found


# What can come about


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    path = tmp_path_factory.mktemp("review") / "clean.toml"
    path.write_text(clean(), "utf-8")
    made = compiled(read_alone(path), "strait-of-ys", every=True)
    assert made is not None
    return Stage(made)


def conditions_of(stage: Stage, *texts: str) -> Conditions:
    return stage.binder.conditions(list(texts), IN_FULL, stage.frame.spot)


@pytest.mark.parametrize(
    ("texts", "can", "always"),
    [
        (["karsk.face >= 0"], True, True),
        (["karsk.face >= 9"], True, False),
        (["karsk.has-batteries = yes"], False, False),
        (["velm.has-batteries = yes"], True, False),
        (["karsk-velm.rung < closure", "karsk-velm.rung >= war"], False, False),
        (["karsk-velm.rung >= war", "ys.rung < war"], False, False),
        (["karsk-velm.rung >= war", "karsk-velm.peak < war"], False, False),
        (["karsk-velm.rung < demand", "karsk-velm.peak >= war"], True, False),
        (["karsk-velm.rung < war", "karsk-oster.rung < war", "world.rung >= war"], False, False),
        (["karsk-velm.peak < demand"], False, False),
        (["world.turn >= 1", "world.turn <= 5"], True, False),
        (["world.turn > 5"], False, False),
    ],
)
def test_conditions_are_judged_with_care(stage: Stage, texts: list[str], can: bool, always: bool) -> None:
    when = conditions_of(stage, *texts)
    assert stage.reach.numbers.can_hold(when) is can
    assert stage.reach.numbers.always_hold(when) is always


def test_what_is_negated_holds_exactly_where_it_does_not(stage: Stage) -> None:
    numbers = Numbers(stage.box)
    random = Random(5)
    for _ in range(300):
        track = random.choice(stage.box.tracks)
        value = random.randint(track.low - 1, track.high + 1)
        atom = (track.block, track.place, random.randrange(len(OPERATORS)), value)
        (opposite,) = negated(Clause("", (atom,)))
        assert numbers.allowed(atom) ^ numbers.allowed(opposite.atoms[0]) == numbers.full[track.ref]
        for raw in range(track.low, track.high + 1):
            block = list(stage.box.start[track.block])
            block[track.place] = raw
            values = (*stage.box.start[: track.block], tuple(block), *stage.box.start[track.block + 1 :])
            assert holds((Clause("", (atom,)),), values) == bool(numbers.allowed(atom) >> (raw - track.low) & 1)


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library([], [])


@pytest.mark.parametrize("name", ["strait-of-ys", *sorted(path.stem for path in SCENARIOS.glob("*.toml"))])
def test_nothing_that_was_called_impossible_comes_in_play(stage: Stage, library: Library, name: str) -> None:
    """Every value, card, option, order and rung of played games is one that the review held possible."""
    if name != stage.box.scenario.id:
        made = compiled(library, name, every=True)
        assert made is not None
        stage = Stage(made)
    box, reach, random = stage.box, stage.reach, Random(3)
    for seed in range(1, 7):
        doctrines = tuple((capital.id, random.choice(capital.doctrines)) for capital in box.capitals)
        scenario = box.scenario
        start = Start(scenario.id, scenario.theory, "rigid", scenario.turns, doctrines=doctrines)
        game = played(box, seed, start=start)
        values = {step.after.values for step in game.steps}
        for track in box.tracks:
            for raw in {each[track.block][track.place] for each in values}:
                known = reach.numbers.values[track.ref] >> (raw - track.low) & 1
                assert known, (seed, track.address, track.shown(raw))
        for event in game.events():
            if isinstance(event, CardDrawn):
                assert event.card in reach.cards
            elif isinstance(event, ChoiceMade):
                assert (event.card, event.option) in reach.options
            elif isinstance(event, MeasureTaken):
                assert (event.capital, event.measure, event.target) in reach.actions


def test_rungs_are_reached_as_the_graph_of_the_ladder_says(stage: Stage) -> None:
    graph = LadderGraph(stage.box.ladder)
    lowest = stage.box.ladder.rungs[0].id
    far = {lowest, *graph.reachable(lowest, also=("wormhole", "horizontal"))}
    rungs = stage.box.ladder.rungs
    reached = {
        rung.id
        for number, rung in enumerate(rungs)
        if any(stage.reach.is_reached(dyad.id, number) for dyad in stage.box.dyads)
    }
    assert reached <= far


# Names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Khrushchev answers.", ["Khrushchev"]),
        ("A letter from Gorbachev's office", ["Gorbachev"]),
        ("President Bush and a bush", ["Bush"]),
        ("Major conventional war in May", []),
        ("Prime Minister Major", ["Major"]),
        ("A plane from Kennedy Airport", []),
        ("The putin of an idea", []),
        ("Erdoğan and Wałęsa", ["Erdogan"]),
        ("Park at the moon gate; The Hague listens", []),
        ("Washington, Kyiv, Taipei, Moscow and Beijing", []),
    ],
)
def test_leaders_are_found_and_places_are_not(text: str, found: list[str]) -> None:
    assert list(Names.read().leaders_in(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("HIMARS and F-16s", ["HIMARS", "F-16s"]),
        ("A patriot's javelin, a tomahawk in a museum", []),
        ("Rule B-1 and section T-4", []),
        ("S-400 batteries", ["S-400"]),
        ("In 2014 the R-12 was history", ["R-12"]),
        ("r12 and R12", []),
    ],
)
def test_weapons_are_found_by_name_and_type(text: str, found: list[str]) -> None:
    assert list(Names.read().weapons_in(text)) == found


# Never slow


def test_built_in_content_has_nothing_above_a_note() -> None:
    begin = time.process_time()
    found = findings([], content_dirs=[])
    taken = time.process_time() - begin
    assert [printed(problem) for problem in found if problem.severity != NOTE] == []
    assert taken < 10


def test_loading_a_box_does_not_review_it() -> None:
    code = (
        "import sys; from wargame.content import load_box; load_box('february-2022');"
        "print('wargame.content.review' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HERE.parent)
    assert done.stdout.strip() == "False"


def test_sentences_that_cannot_be_read_do_not_reach_a_review() -> None:
    with pytest.raises(Unreadable):
        condition("karsk.face is high")


if __name__ == "__main__":
    import os
    import tempfile
    from unittest.mock import patch

    for each in CODES:
        with tempfile.TemporaryDirectory() as made:
            os.chdir(made)
            with patch("wargame.content.library.built_in_folder", lambda: Path("no-decks")):
                lines = lines_of(each, Path(made))
        (CASES / each).mkdir(exist_ok=True)
        (CASES / each / "expected.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8")
