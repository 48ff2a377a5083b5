"""Tools for authors: beginnings, the schema for editors, counts, differences in words, one file to hand on."""

from __future__ import annotations

import datetime
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from tests.games import played
from wargame.cli import call
from wargame.content import check, json_schema, listing, load_box
from wargame.content.bundle import bundle
from wargame.content.checking import findings
from wargame.content.codes import NOTE
from wargame.content.diff.comparing import changes
from wargame.content.diff.sides import side_of
from wargame.content.editor import FILE, HEADER, schema_text
from wargame.content.library import built_in_folder
from wargame.content.new import BEGINNINGS, beginning
from wargame.content.writing import Part, written
from wargame.rules.events import ExerciseEnded
from wargame.rules.notation import digest_of

HERE = Path(__file__).parent
SMALL = HERE / "content" / "three-capitals" / "scenario.toml"
TEMPLATES = HERE.parent / "wargame" / "content" / "templates"
HEAD = 'format = "wargame/1"\n'
SCENARIOS = [row["id"] for row in listing("scenario", content_dirs=[])]
SHIPPED = sorted([*built_in_folder().rglob("*.toml"), *TEMPLATES.glob("*.toml"), SMALL])


def says(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert call(list(arguments)) == code
    out, err = capsys.readouterr()
    printed = out if code == 0 else err
    assert "\x1b" not in printed
    return printed


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    found = json.loads(says(capsys, *arguments, "--json"))
    assert found["schema"].startswith("wargame.content-")
    assert found["version"] == 1
    return dict(found)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# The schema for editors


def as_json(value: Any) -> Any:
    """Return TOML as an editor hands it to a schema: dates are texts."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(each) for each in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def refusals(text: str) -> list[str]:
    validator = jsonschema.Draft202012Validator(json_schema())
    return [
        "/".join(map(str, fault.absolute_path)) + ": " + fault.message
        for fault in validator.iter_errors(as_json(tomli.loads(text)))
    ]


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("path", SHIPPED, ids=[path.name for path in SHIPPED])
def test_the_schema_takes_all_shipped_content(path: Path) -> None:
    assert refusals(path.read_text("utf-8")) == []


def test_the_shipped_schema_is_the_one_the_models_make() -> None:
    shipped = (built_in_folder() / FILE).read_text("utf-8")
    assert shipped == schema_text(), "write it anew: wargame content schema --file decks/wargame.schema.json"


CARD = """
[[card]]
id = "a"
deck = "global"
title = "A"
kind = "plausible"
source = "unverified"
text = "A."
concept = "denial"
question = "A?"
"""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (CARD.replace('kind = "plausible"', 'kind = "plausble"'), "card/0/kind"),
        (CARD.replace('id = "a"', 'id = "A b"'), "card/0/id"),
        (CARD.replace('deck = "global"\n', ""), "card/0"),
        (CARD + 'wen = ["a.b = 1"]\n', "card/0"),
        (CARD + 'when = ["kyiv.face => 3"]\n', "card/0/when/0"),
        (CARD + 'when = [["kyiv.face = 3", "kyiv.face"]]\n', "card/0/when/0"),
        (CARD + 'then = ["kyiv.face 3"]\n', "card/0/then/0"),
        (CARD + "date = 5\n", "card/0/date"),
        (CARD + '[[card.option]]\nid = "x"\nlabel = "X"\ncost = 99\n', "card/0/option/0/cost"),
        ('[[cart]]\nid = "a"\n', ""),
        ("[card]\n", "card"),
        ('[[reaction]]\nid = "a"\non = "climed"\nthen = ["self.face - 1"]\ntext = "A."\n', "reaction/0/on"),
        ('[[theory]]\nid = "a"\nname = "A"\nbelieves = "A."\ntimes = { denial = -1 }\n', "theory/0/times/denial"),
        ('[[shift]]\nid = "a"\nadd = { nerve = 0.3 }\ntext = "A."\n', "shift/0/add/nerve"),
        ('[[measure]]\nid = "a"\ntitle = "A"\ntext = "A."\nconcept = "denial"\nby = []\nstep = "aid"\ncost = 1\n', "measure/0/by"),
        ('[[track]]\nid = "a"\nof = "capitol"\nseen = "public"\n', "track/0/of"),
        ('[scenario]\nid = "a"\n', "scenario"),
        (SMALL.read_text("utf-8").removeprefix(HEAD).replace("prize = 4", "prize = 4.2"), "scenario/sheet/karsk>velm/prize"),
        (SMALL.read_text("utf-8").removeprefix(HEAD).replace('marks = ["war"]', 'marks = ["wars"]'), "ladder/0/rung/3/marks/0"),
        (SMALL.read_text("utf-8").removeprefix(HEAD).replace('"calm karsk", ', '"calm, karsk", '), "scenario/dyad/0/stack/0"),
    ],
)  # fmt: skip
def test_the_schema_refuses_what_is_broken(text: str, place: str) -> None:
    found = refusals(HEAD + text)
    assert found
    assert all(fault.startswith(f"{place}: ") for fault in found), found


def test_the_format_is_asked_for() -> None:
    assert refusals(CARD)
    assert refusals('format = "wargame/0"\n' + CARD)


def test_every_key_is_explained_and_no_null_is_offered() -> None:
    schema = json_schema()
    for name, table in [("Document", schema), *schema["$defs"].items()]:
        assert table.get("description"), name
        for key, about in table.get("properties", {}).items():
            assert about.get("description"), f"{name}.{key} has no line beneath it"
            assert len(about["description"]) < 250
            assert "title" not in about
    assert '"null"' not in schema_text()


def test_what_can_be_listed_is_offered() -> None:
    parts = json_schema()["$defs"]
    assert parts["Card"]["properties"]["kind"]["enum"] == ["historical", "plausible"]
    assert "tie-hands" in parts["Reaction"]["properties"]["on"]["enum"]
    assert "war" in parts["Rung"]["properties"]["marks"]["items"]["enum"]
    assert {"denial", "prize", "assure"} <= parts["Sheet"]["properties"].keys()
    assert parts["Option"]["properties"]["default"]["default"] is False


def test_the_schema_is_written_where_one_says(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    says(capsys, "content", "schema", "--file", "mine.json")
    assert (here / "mine.json").read_text("utf-8") == schema_text() == says(capsys, "content", "schema")
    (here / "mine.json").write_text(schema_text().replace("Its name", "Its old name"), "utf-8")
    assert answer(capsys, "content", "schema", "--file", "mine.json")["file"] == "mine.json"
    assert (here / "mine.json").read_text("utf-8") == schema_text()
    (here / "other.json").write_text("{}", "utf-8")
    assert "no schema of content files" in says(capsys, "content", "schema", "--file", "other.json", code=2)
    assert (here / "other.json").read_text("utf-8") == "{}"
    says(capsys, "content", "schema", "--file", "other.json", "--force")
    assert json.loads((here / "other.json").read_text("utf-8")) == answer(capsys, "content", "schema")["json_schema"]


# Beginnings


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_a_beginning_checks_as_it_stands(here: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    printed = says(capsys, "content", "new", kind, "spring-tide")
    path = here / "spring-tide.toml"
    text = path.read_text("utf-8")
    assert printed.startswith("spring-tide.toml is written")
    assert text.startswith(f"{HEADER}\n# ")
    assert f"wargame content check {path.name}" in text
    assert f"my-{kind}" not in text
    assert (here / FILE).read_text("utf-8") == schema_text()
    assert [str(each) for each in findings([path], content_dirs=[]) if each.severity != NOTE] == []
    assert refusals(text) == []
    assert text.count("\n#") > 5, "it says what to do"
    assert all(len(line) <= 125 or line[0] in "{tbwses " for line in text.splitlines() if line.startswith("#"))


def test_a_new_scenario_estimates_and_plays(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    says(capsys, "content", "new", "scenario")
    assert "Nothing new" in says(capsys, "estimate", "my-scenario.toml")
    assert "Recorded" in says_all(
        capsys, "play", "my-scenario.toml", "--seed", "7", "--no-input", "--file", "a.wargame"
    )
    box = load_box("my-scenario.toml", content_dirs=[])
    endings = {e.ending for seed in range(12) for e in played(box, seed).events() if isinstance(e, ExerciseEnded)}
    assert len(endings) >= 2
    assert all(len(capital.doctrines) == 2 for capital in box.capitals)


def says_all(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert call(list(arguments)) == 0
    return "".join(capsys.readouterr())


def test_a_new_ladder_is_shown_and_played(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The new scenario is moved to the new ladder as an author would do it: rung for rung."""
    says(capsys, "content", "new", "ladder", "steps")
    assert "no faults" in says(capsys, "ladder", "check", "--ladder", "steps.toml")
    assert "Nine rungs" in says(capsys, "ladder", "show", "--ladder", "steps.toml")
    rungs = {
        "r00": "quarrel", "r01": "quarrel", "r02": "demand", "r04": "show", "r05": "show", "r06": "show", "r10": "closure",
        "r11": "seizure", "r12": "war", "r13": "reprisal", "r15": "alert", "r18": "alert", "r21": "use", "r24": "use",
    }  # fmt: skip
    lines = beginning("scenario").splitlines()
    moved = [
        line if line.startswith("#") else re.sub(r"\br\d\d\b", lambda found: rungs[found.group()], line)
        for line in lines
    ]
    scenario = "\n".join(moved).replace('ladder = "twenty-five"', 'ladder = "steps"')
    (here / "both").mkdir()
    (here / "steps.toml").rename(here / "both" / "steps.toml")
    (here / "both" / "scenario.toml").write_text(scenario, "utf-8")
    assert check([here / "both"], content_dirs=[]) == []
    box = load_box(here / "both", content_dirs=[])
    assert box.ladder.id == "steps"
    peaks = {played(box, seed).end.values for seed in range(3)}
    assert len(peaks) == 3


def test_a_new_theory_estimates_and_a_new_doctrine_plays(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    says(capsys, "content", "new", "theory")
    found = json.loads(says(capsys, "estimate", "--theory", "my-theory.toml", "--json"))
    assert [theory["id"] for theory in found["theories"]] == ["my-theory"]
    best = max(found["cells"], key=lambda cell: float(cell["probability"]) if cell["package"] != "mixed" else 0)
    assert best["package"] == "assurance-bargain"
    says(capsys, "content", "new", "doctrine")
    told = says_all(
        capsys,
        "play",
        "--doctrine",
        "kyiv=my-doctrine.toml",
        "--seed",
        "7",
        "--turns",
        "2",
        "--no-input",
        "--file",
        "b.wargame",
    )
    assert "Recorded" in told


def test_new_cards_come_from_the_content_folder(tmp_path: Path) -> None:
    for kind in ("deck", "card"):
        (tmp_path / f"{kind}.toml").write_text(beginning(kind, f"fresh-{kind}"), "utf-8")
    cards = load_box("february-2022", content_dirs=[tmp_path]).card
    assert {"fresh-card", "fresh-deck-record", "fresh-deck-visit"} <= cards.keys()


def test_nothing_is_overwritten(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    says(capsys, "content", "new", "card", "mine")
    (here / "mine.toml").write_text("mine", "utf-8")
    (here / FILE).write_text("mine too", "utf-8")
    assert "exists already" in says(capsys, "content", "new", "card", "mine", code=2)
    assert (here / "mine.toml").read_text("utf-8") == "mine"
    says(capsys, "content", "new", "card", "mine", "--force")
    assert (here / "mine.toml").read_text("utf-8").startswith(HEADER)
    assert (here / FILE).read_text("utf-8") == "mine too"


def test_a_beginning_goes_where_one_says(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "content", "new", "theory", "calm", "--file", "sub.toml")
    assert (found["kind"], found["id"], found["file"], found["schema_file"]) == ("theory", "calm", "sub.toml", FILE)
    assert "wargame estimate --theory sub.toml" in (here / "sub.toml").read_text("utf-8")
    text = says(capsys, "content", "new", "theory", "calm", "--file", "-")
    assert text.startswith(HEADER)
    assert text == answer(capsys, "content", "new", "theory", "calm", "--file", "-")["text"]
    says(capsys, "content", "new", "card", "--no-schema", "--file", "bare.toml")
    assert not (here / "bare.toml").read_text("utf-8").startswith("#:schema")
    assert "cannot be written" in says(capsys, "content", "new", "card", "--file", "gone/card.toml", code=2)
    assert sorted(path.name for path in here.iterdir()) == ["bare.toml", "sub.toml", FILE]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("novel",), "scenario, deck, card, ladder, theory, doctrine"),
        (("card", "Bad Id"), "is no id"),
        (("card", "a" * 41), "is no id"),
        (("scenario", "a" * 25), "too long an id"),
        (("scenario", "february-2022"), "there is a scenario february-2022 already"),
        (("theory", "balanced"), "there is a theory balanced already"),
        (("card", "u06"), "there is a card u06 already"),
        (("card", "x\x1b[31m"), "is no id"),
    ],
)
def test_what_cannot_be_begun_is_told(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    assert message in says(capsys, "content", "new", *arguments, code=2)
    assert list(here.iterdir()) == []


def test_a_strange_file_name_stays_out_of_the_text(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    says(capsys, "content", "new", "card", "mine", "--file", "a\nformat = 1\n.toml")
    text = (here / "a\nformat = 1\n.toml").read_text("utf-8")
    assert "wargame content check mine.toml" in text
    assert check([here / "a\nformat = 1\n.toml"], content_dirs=[]) == []


# Counts


def test_stats_count_what_is_in_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "content", "stats", str(SMALL))
    scenario = found["scenarios"][0]
    assert (scenario["id"], scenario["seats"], scenario["turns"], scenario["cards_drawn"]) == ("strait-of-ys", 3, 5, 7)
    strand = next(deck for deck in found["decks"] if deck["deck"] == "strand")
    assert (strand["cards"], strand["plausible"], strand["historical"], strand["hazards"]) == (5, 5, 0, 1)
    before = next(deck for deck in found["decks"] if deck["deck"] == "before")
    assert (before["historical"], before["dated"], before["unverified"]) == (1, 1, 1)
    assert next(deck["asked"] for deck in found["decks"] if deck["deck"] == "scheduled") == {"velm": 1}
    assert {row["id"]: (row["cards"], row["measures"]) for row in found["concepts"]} == {
        "commitment": (2, 3),
        "credibility": (5, 5),
    }
    oster = [row for row in found["measures"] if row["capital"] == "oster"]
    assert [(row["step"], row["measures"], row["least_cost"], row["most_cost"]) for row in oster] == [
        ("aid", 2, 1, 3),
        ("posture", 2, 2, 2),
    ]
    assert {row["seat"]: row["doctrines"] for row in found["doctrines"]} == {"karsk": 2, "velm": 1, "oster": 1}
    ladder = found["ladders"][0]
    assert (ladder["rungs"], ladder["zones"], ladder["edges"], ladder["up"], ladder["jump"]) == (6, 4, 7, 5, 1)
    cards = next(row for row in found["texts"] if (row["kind"], row["key"]) == ("card", "text"))
    assert (cards["texts"], cards["longest_in"]) == (7, "storm")


def test_stats_are_tables_that_fit_and_sentences_with_plain(capsys: pytest.CaptureFixture[str]) -> None:
    for more in ([], ["--plain"], [str(SMALL)], [str(SMALL), "--plain"]):
        printed = says(capsys, "content", "stats", *more)
        assert all(len(line) <= 80 for line in printed.splitlines())
        for word in ("Scenarios", "Decks", "Concepts", "Measures", "Doctrines", "Ladders", "Words"):
            assert word in printed
    assert "strait-of-ys: seats 3, turns 5" in printed


def test_stats_of_all_content_know_every_concept(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "content", "stats")
    assert {row["id"] for row in found["scenarios"]} == set(SCENARIOS)
    assert all(row["times"] for row in found["concepts"])


def test_stats_of_what_is_faulty_are_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "bad.toml").write_text(HEAD + '[[card]]\nid = "a"\n', "utf-8")
    assert 'card "a"' in says(capsys, "content", "stats", "bad.toml", code=3)
    assert "no file" in says(capsys, "content", "stats", "gone.toml", code=2)


# Differences


def told(tmp_path: Path, *edits: tuple[str, str], text: str = "") -> list[str]:
    """Return what ``content diff`` says of the small scenario and a copy of it with changes."""
    old = text or SMALL.read_text("utf-8")
    new = old
    for was, now in edits:
        assert new.count(was) >= 1, was
        new = new.replace(was, now, 1)
    (tmp_path / "old.toml").write_text(old, "utf-8")
    (tmp_path / "new.toml").write_text(new, "utf-8")
    return [str(change) for change in changes(side_of(str(tmp_path / "old.toml")), side_of(str(tmp_path / "new.toml")))]


YS = 'scenario "strait-of-ys": '


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("turns = 5", "turns = 6", [YS + "turns 6, was 5"]),
        ("prize = 4\n", "prize = 3.5\n", [YS + "sheet karsk>velm: prize 3.5, was 4"]),
        ("denial = { seen = 2.5, true = 3.5 }", "denial = { seen = 3, true = 3.5 }",
         [YS + "sheet karsk>velm: denial: seen 3, was 2.5"]),
        ("denial = { seen = 2.5, true = 3.5 }", "denial = 3",
         [YS + "sheet karsk>velm: denial 3, was seen 2.5, true 3.5"]),
        ("more = 0, words = [1, 2, 4]", "more = 0, words = [1, 2, 5]",
         [YS + 'sheet karsk>velm: threat "guns": free: words 1, 2, 5, was 1, 2, 4']),
        ('"karsk.nerve" = 3.5\n', "", [YS + "start: removed karsk.nerve 3.5"]),
        ('label = "Fire a warning shot"\ncost = 1', 'label = "Fire a warning shot"\ncost = 2',
         ['card "pilot-boat": option "fire": cost 2, was 1']),
        ('when = ["velm.influence >= 1"]', 'when = ["velm.influence >= 2"]',
         ['card "pilot-boat": option "fire": when: "velm.influence >= 2", was "velm.influence >= 1"']),
        ('"world.risk + 1"]\n\n[[card]]\nid = "fog"', '"karsk.face - 1"]\n\n[[card]]\nid = "fog"',
         ['card "pilot-boat": option "fire": then: added "karsk.face - 1"',
          'card "pilot-boat": option "fire": then: removed "world.risk + 1"']),
        ('id = "fire"\nlabel = "Fire', 'id = "shoot"\nlabel = "Fire',
         ['card "pilot-boat": option "fire" is now option "shoot"']),
        ('id = "fog"\ndeck', 'id = "mist"\ndeck', ['card "fog" is now called "mist"; nothing else differs']),
        ('[[concept]]\nid = "credibility"',
         '[[concept]]\nid = "doubt"\nname = "Doubt"\ntext = "To ask."\n\n[[concept]]\nid = "credibility"',
         ['concept "doubt" added ("Doubt")']),
        ('doctrines = ["toll-or-fleet", "long-talk"]', 'doctrines = ["long-talk", "toll-or-fleet"]',
         [YS + 'capital "karsk": doctrines: in another order: "long-talk" first']),
        ('wants = ["The toll", "No quarrel with Oster"]', 'wants = ["No quarrel with Oster", "The toll"]', []),
        ("draws = { strand = 1 }", "draws = { strand = 1, before = 1 }", [YS + "draws: added before 1"]),
        ("turns = 2\nunder_way", "turns = 3\nunder_way", ['measure "new-guns": delivery: turns 3, was 2']),
        ('quiet = true\n', '', ['measure "quiet-survey": quiet false, was true']),
        ('press-percent = [55, 80]', 'press-percent = [55, 85]', ['rulebook "plain": press-percent 55, 85, was 55, 80']),
        ('from = ["war"]\nto = ["reprisal"]\nwho = ["partner", "patron"]', 'from = ["war"]\nto = ["reprisal"]\nwho = ["partner"]',
         ['ladder "six": edge war-reprisal: who: removed "patron"']),
        ('order = "old-batteries", weight = 4', 'order = "old-batteries", weight = 5',
         ['doctrine "both-shores": prefer "old-batteries": weight 5, was 4']),
        ('text = "A treaty gave the toll to nobody."', 'text = "A treaty gave the toll to everybody."',
         ['card "treaty-of-old": text: "A treaty gave the toll to everybody.", was "A treaty gave the toll to nobody."']),
        ('date = 1815-06-09', 'date = 1815-06-10', ['card "treaty-of-old": date 1815-06-10, was 1815-06-09']),
        ('points = 60\ntext = "The toll, or a treaty about it."', 'points = 60\ntext = "The toll."',
         [YS + 'objective "karsk The toll, or a treaty about it." is now objective "karsk The toll."']),
        ("half = true\nstart = 3\nseen", "half = true\nstart = 3.0\nseen", []),
    ],
)  # fmt: skip
def test_a_change_is_told_in_words(tmp_path: Path, was: str, now: str, expected: list[str]) -> None:
    assert told(tmp_path, (was, now)) == expected


def test_long_texts_show_only_what_differs(tmp_path: Path) -> None:
    brief = "The toll was yours for a century. Your fleet lies in sight of the strait."
    longer = f"{brief} Nobody has asked what it would cost to keep it there for another winter without coal."
    found = told(tmp_path, (brief, longer))
    assert found == [
        YS
        + 'capital "karsk": brief: "... of the strait. Nobody has asked what it would cost to keep it there for another '
        'winter without coal.", was "... of the strait."'
    ]


def test_what_is_only_written_otherwise_is_no_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = SMALL.read_text("utf-8")
    tables = tomli.loads(text)
    tables.pop("format")
    again = written(["Turned round."], {"format": "wargame/1"}, [Part(k, v) for k, v in reversed(tables.items())])
    path = tmp_path / "again.toml"
    path.write_text(again, "utf-8")
    assert says(capsys, "content", "diff", str(SMALL), str(path)) == "No difference.\n"
    assert answer(capsys, "content", "diff", str(SMALL), str(path)) == {
        "schema": "wargame.content-diff", "version": 1, "a": str(SMALL), "b": str(path), "same": True, "differences": [],
    }  # fmt: skip


def test_the_order_of_rungs_and_endings_is_told(tmp_path: Path) -> None:
    text = SMALL.read_text("utf-8")
    settled = re.search(r"\[\[scenario\.ending\]\]\nid = \"settled\".*?\n\n", text, re.S)
    assert settled
    moved = text.replace(settled.group(), "").replace(
        '[[scenario.ending]]\nid = "end-of-all"', settled.group() + '[[scenario.ending]]\nid = "end-of-all"'
    )
    found = told(tmp_path, (text, moved))
    assert found == [YS + 'ending: in another order: "settled" first']


def test_changes_of_many_edges_are_told_once(tmp_path: Path) -> None:
    text = (built_in_folder() / "ladders" / "twenty-five.toml").read_text("utf-8")
    old = 'to = ["r11"]\nwho = ["challenger"]\nwhen = ["self.readiness >= 2"]'
    found = told(tmp_path, (old, old.replace(">= 2", ">= 3")), text=text)
    assert found == [
        'ladder "twenty-five": edges r08-r11, r09-r11, r10-r11: when: "self.readiness >= 3", was "self.readiness >= 2"'
    ]


def test_things_are_named_by_id_deck_or_kind(capsys: pytest.CaptureFixture[str]) -> None:
    printed = says(capsys, "content", "diff", "denial-first", "spiral")
    assert printed.startswith('theory "spiral" compared with theory "denial-first"\n')
    assert 'theory "spiral": times: denial 0.8, was 2\n' in printed
    found = answer(capsys, "content", "diff", "card:u06", "u07")
    assert {change["kind"] for change in found["differences"]} == {"card"}
    assert found["differences"][0]["change"] == "compared"
    dates = next(change for change in found["differences"] if change["path"] == ["date"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", dates["new"])
    assert says(capsys, "content", "diff", "ukraine", "deck:ukraine") == "No difference.\n"
    assert "did you mean" in says(capsys, "content", "diff", "balancd", "spiral", code=2)


def test_a_scenario_is_compared_with_one_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "new.toml").write_text(beginning("scenario"), "utf-8")
    printed = says(capsys, "content", "diff", "february-2022", str(tmp_path / "new.toml"))
    assert printed.startswith('scenario "february-2022" is now called "my-scenario"\n')
    assert 'scenario "my-scenario": turns 5, was 6' in printed
    assert 'card "' not in printed, "one side was named by its id: only its kind is asked about"


def test_faulty_content_is_not_compared(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "bad.toml").write_text(HEAD + CARD.replace("plausible", "plausble"), "utf-8")
    assert 'did you mean "plausible"?' in says(capsys, "content", "diff", str(SMALL), "./bad.toml", code=3)
    assert "no file" in says(capsys, "content", "diff", str(SMALL), "./gone.toml", code=2)


def test_a_file_that_replaces_a_built_in_thing_can_be_compared(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "mine.toml").write_text(HEAD + CARD + 'replaces = "u06"\n', "utf-8")
    assert 'card "a" removed' in says(capsys, "content", "diff", "./mine.toml", str(SMALL))


# Bundles


def bundled(name: str | Path, folder: Path) -> Path:
    path = folder / "bundle.toml"
    path.write_text(bundle(name, "0", content_dirs=[]).text, "utf-8")
    return path


QUICK = ("first-hour", "crimea-2014", "small", "new")
"""Bundles made in every run; those of the other scenarios, some seconds each, belong to the long one."""


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=() if n in QUICK else pytest.mark.soak) for n in (*SCENARIOS, "small", "new")],
)
def test_a_bundle_compiles_to_the_very_same_box(tmp_path: Path, name: str) -> None:
    (tmp_path / "new.toml").write_text(beginning("scenario"), "utf-8")
    source = {"small": str(SMALL), "new": str(tmp_path / "new.toml")}.get(name, name)
    path = bundled(source, tmp_path)
    assert check([path], content_dirs=[]) == []
    assert tomli.loads(path.read_text("utf-8"))["scenario"]["alone"] is True
    assert refusals(path.read_text("utf-8")) == []
    ours, theirs = load_box(source, content_dirs=[]), load_box(path, content_dirs=[])
    for field in ours.__struct_fields__:
        assert getattr(ours, field) == getattr(theirs, field), field
    assert digest_of(ours) == digest_of(theirs)


def test_a_bundle_plays_the_same_game(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    says(capsys, "content", "bundle", "february-2022", "--file", "bundle.toml")
    heads = []
    for name, file in (("february-2022", "a.wargame"), ("bundle.toml", "b.wargame")):
        says_all(capsys, "play", name, "--seed", "7", "--no-input", "--turns", "3", "--file", file)
        heads.append(json.loads(says(capsys, "verify", file, "--json"))["head"])
    assert heads[0] == heads[1]


def test_a_bundle_plays_on_every_ladder_the_scenario_knows(tmp_path: Path) -> None:
    path = bundled("february-2022", tmp_path)
    ours, theirs = (load_box(name, content_dirs=[], ladder="kahn-44") for name in ("february-2022", path))
    assert digest_of(ours) == digest_of(theirs)


def test_a_bundle_holds_what_is_used_and_nothing_of_others(tmp_path: Path) -> None:
    (tmp_path / "new.toml").write_text(beginning("scenario"), "utf-8")
    tables = tomli.loads(bundled(tmp_path / "new.toml", tmp_path).read_text("utf-8"))
    assert {card["deck"] for card in tables["card"]} == {"my-scenario", "my-scenario-set"}
    assert {doctrine["seat"] for doctrine in tables["doctrine"]} == {"alden", "berro", "calda"}
    assert not [measure for measure in tables["measure"] if not measure["id"].startswith("my-scenario")]
    assert "packs" not in tables["scenario"]
    assert not [thing for things in tables.values() if isinstance(things, list) for thing in things if "pack" in thing]
    absent = tables["scenario"]["elsewhere"]
    assert "kyiv" in absent["capitals"]
    assert not set(absent["capitals"]) & {"alden", "berro", "calda"}


def test_a_bundle_of_changed_content_has_it_folded_in(tmp_path: Path) -> None:
    tables = tomli.loads(bundled(SMALL, tmp_path).read_text("utf-8"))
    assert "replace" not in tables["scenario"]
    fog = next(card for card in tables["card"] if card["id"] == "fog")
    assert fog["question"] == "Whose ship was it, and did it matter?"


def test_names_that_stand_for_nothing_are_only_those_that_are_listed(tmp_path: Path) -> None:
    (tmp_path / "new.toml").write_text(beginning("scenario"), "utf-8")
    path = bundled(tmp_path / "new.toml", tmp_path)
    text = path.read_text("utf-8")
    listed = re.search(r"\[scenario\.elsewhere\]\n.*?\n\n", text, re.S)
    assert listed
    path.write_text(text.replace(listed.group(), ""), "utf-8")
    assert {problem.code for problem in check([path], content_dirs=[])} == {"WG301"}
    path.write_text(text.replace('"berro.face >= 3"', '"bero.face >= 3"'), "utf-8")
    assert any('"berro"?' in problem.hint for problem in check([path], content_dirs=[]))


def test_what_a_bundle_brings_may_lie_in_several_files(tmp_path: Path) -> None:
    text = SMALL.read_text("utf-8")
    cut = text.index("[[reaction]]")
    (tmp_path / "scenario.toml").write_text(text[:cut], "utf-8")
    (tmp_path / "cards.toml").write_text(HEAD + text[cut:], "utf-8")
    assert check([tmp_path], content_dirs=[]) == []
    assert load_box(tmp_path, content_dirs=[]).scenario.id == "strait-of-ys"


def test_a_bundle_is_checked_on_every_ladder_it_has_a_way_to(tmp_path: Path) -> None:
    text = SMALL.read_text("utf-8")
    ladder = text[text.index("[[ladder]]") :].partition("\n[[rulebook]]")[0]
    other = ladder.replace('id = "six"', 'id = "other"', 1)
    way = "[scenario.remap.other]\nrung = {}\n"
    assert text != text.replace("[scenario.start]", way + "[scenario.start]")
    path = tmp_path / "alone.toml"
    path.write_text(text.replace("[scenario.start]", way + "[scenario.start]", 1) + other, "utf-8")
    assert check([path], content_dirs=[]) == []
    wrong = other.replace('"pair.assure + 1"', '"pair.asure + 1"', 1)
    path.write_text(text.replace("[scenario.start]", way + "[scenario.start]", 1) + wrong, "utf-8")
    assert [problem.kind for problem in check([path], content_dirs=[])] == ["ladder"]


def test_a_bundle_reads_well(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = says(capsys, "content", "bundle", "february-2022")
    assert "plays the same game as february-2022" in " ".join(printed.split())
    text = (here / "february-2022-bundle.toml").read_text("utf-8")
    lines = text.splitlines()
    assert lines[0].startswith("# February 2022: everything this exercise needs")
    assert "wargame content bundle february-2022" in lines[1]
    assert "wargame/1" in lines[1]
    assert str(Path.home()) not in text
    assert sum(len(line) > 130 for line in lines) < len(lines) / 50
    assert '"""\\\n' in text, "long texts run over several lines"
    assert "\n\n\n" not in text


def test_a_bundle_goes_where_one_says(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    says(capsys, "content", "bundle", str(SMALL))
    text = (here / "strait-of-ys-bundle.toml").read_text("utf-8")
    assert "exists already" in says(capsys, "content", "bundle", str(SMALL), code=2)
    assert says(capsys, "content", "bundle", str(SMALL), "--file", "-") == text
    found = answer(capsys, "content", "bundle", str(SMALL), "--force")
    assert found["file"] == "strait-of-ys-bundle.toml"
    assert (found["things"]["scenario"], found["things"]["card"]) == (1, 7)


def test_what_cannot_be_bundled_is_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no scenario" in says(capsys, "content", "bundle", "february-2023", code=2)
    assert "no file" in says(capsys, "content", "bundle", "gone.toml", code=2)
    (here / "bad.toml").write_text(SMALL.read_text("utf-8").replace("turns = 5", 'turns = "5"'), "utf-8")
    assert "turns" in says(capsys, "content", "bundle", "bad.toml", code=3)
    assert [path.name for path in here.iterdir()] == ["bad.toml"]


def test_a_bundle_of_a_bundle_says_the_same(tmp_path: Path) -> None:
    first = bundle(SMALL, "0", content_dirs=[]).text
    (tmp_path / "first.toml").write_text(first, "utf-8")
    assert bundle(tmp_path / "first.toml", "0", content_dirs=[]).text == first


# Writing TOML

KEYS = st.text("abc-_ .\"'>é", min_size=1, max_size=8)
LEAVES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    st.text("ab \n\"'\\", max_size=300),
    st.integers(-(10**6), 10**6),
    st.floats(-100, 100, allow_nan=False),
    st.booleans(),
    st.dates(datetime.date(1900, 1, 1)),
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


@given(
    st.lists(st.dictionaries(KEYS, VALUES, max_size=5), min_size=1, max_size=3),
    st.dictionaries(KEYS, VALUES, max_size=5),
)
def test_whatever_is_written_says_the_same(rows: list[dict[str, Any]], table: dict[str, Any]) -> None:
    text = written(["Head"], {"format": "wargame/1"}, [Part("card", rows, "Cards"), Part("scenario", table)])
    assert tomli.loads(text) == {"format": "wargame/1", "card": rows, "scenario": table}


# The command line


@pytest.mark.parametrize("command", ["new", "stats", "diff", "bundle", "schema"])
def test_help_shows_an_example(capsys: pytest.CaptureFixture[str], command: str) -> None:
    printed = says(capsys, "content", command, "--help")
    assert f"wargame content {command}" in printed.partition("Example")[2]
    assert all(len(line) <= 80 for line in printed.splitlines())


@pytest.mark.parametrize(
    "command",
    ["content diff balanced spiral", "content bundle {small} --file -"],
)
def test_a_reader_that_has_gone_is_no_failure(command: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    arguments = command.replace("{small}", str(SMALL)).split()
    done = subprocess.run(
        [sys.executable, "-m", "wargame", *arguments], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
