"""Content: what is read, what is refused and how it is told, and what a compiled box holds."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli
from msgspec.structs import replace

from wargame.content import Problem, check, json_schema, listing, load_box, load_ladder
from wargame.content.library import built_in_folder, read_alone
from wargame.content.lines import line_of
from wargame.content.problems import written
from wargame.content.schema import KINDS
from wargame.content.sentences import Unreadable, condition, effect, half_points, order, promise, stance
from wargame.errors import EXIT_CONTENT, ContentError, UsageError
from wargame.rules.box import Box
from wargame.rules.conditions import holds
from wargame.rules.decide import MOST_TURNS
from wargame.rules.moments import MOMENTS, key
from wargame.rules.orders import Climb, Reply

HERE = Path(__file__).parent
SMALL = HERE / "content" / "three-capitals" / "scenario.toml"
BAD = Path("tests/bad_decks/twelve-faults.toml")
HEAD = 'format = "wargame/1"\n'


def faults(path: Path, monkeypatch: pytest.MonkeyPatch | None = None) -> list[str]:
    return [f"{problem.code} {problem}" for problem in check([path], content_dirs=[])]


def broken(tmp_path: Path, *changes: tuple[str, str]) -> list[str]:
    """Return the faults of the small scenario after changes, without the file's name."""
    text = SMALL.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    path = tmp_path / "small.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_box(path)
    return [str(problem).partition(": ")[2] for problem in caught.value.problems]


@pytest.fixture(scope="module")
def small() -> Box:
    return load_box(SMALL)


# The broken deck


def test_the_broken_deck_gets_its_twelve_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE.parent)
    found = check([BAD], content_dirs=[])
    assert [str(problem) for problem in found] == BAD.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert len(found) == len({problem.code for problem in found}) == 12
    for problem in found:
        assert problem.line > 0
        assert problem.id
        assert set(problem.as_dict()) >= {"file", "line", "code", "kind", "id", "path", "message", "hint"}


def test_content_errors_end_with_exit_three_and_a_slip_of_the_command_line_with_two(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no scenario"):
        load_box("no-such-scenario", content_dirs=[])
    (tmp_path / "bad.toml").write_text(HEAD + "[[card]]\n", "utf-8")
    with pytest.raises(ContentError) as caught:
        load_box("no-such-scenario", content_dirs=[tmp_path])
    assert caught.value.exit_code == EXIT_CONTENT
    assert "no scenario" in str(caught.value)
    assert "bad.toml" in str(caught.value)


def test_a_file_of_the_name_is_pointed_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_bytes(SMALL.read_bytes())
    with pytest.raises(UsageError, match=r'did you mean "mine.toml"'):
        load_box("mine", content_dirs=[])


def test_every_fault_of_a_file_is_found_in_one_run(tmp_path: Path) -> None:
    found = broken(
        tmp_path,
        ("turns = 5", 'turns = "5"'),
        ('role = "partner"', 'role = "partnr"'),
        ('rulebook = "plain"', 'rulebook = "plane"'),
        ('doctrines = ["both-shores"]', 'doctrines = ["both-shoes"]'),
        ('"demand karsk"', '"demnd karsk"'),
        ('owner = "oster"\ncapability = 4', 'owner = "ostr"\ncapability = 4'),
        ('card = "pilot-boat"', 'card = "pilot-goat"'),
        ("theatre.ground = 0", "theatre.grond = 0"),
        ('from = ["closure"]\nto = ["war"]', 'from = ["closure"]\nto = ["wor"]'),
        ("times = { denial = 2,", "times = { denail = 2,"),
        ('marks = ["war"]', 'marks = ["warr"]'),
        ('by = ["karsk"]', 'by = ["krask"]'),
        ("refund-percent = 50\n", ""),
        ('each = ["challenger"]\nwhen', 'each = ["chalenger"]\nwhen'),
        ('on = "climbed"', 'on = "climed"'),
    )
    assert len(found) == 15
    assert sum("did you mean" in message for message in found) == 13


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("raise-steam", "raise-stean", 'no measure "raise-steam"'),
        ('take = "karsk-velm closure"', 'take = "karsk-velm clsure"', 'no rung "clsure" (did you mean "closure"?)'),
        ('take = "karsk-velm closure"', 'take = "karsk-vlem closure"', 'no dyad "karsk-vlem" (did you mean "karsk-velm"?)'),
        ('asks = "velm"', 'asks = "velma"', 'no capital "velma" (did you mean "velm"?)'),
        ('concept = "commitment"', 'concept = "comitment"', 'no concept "comitment" (did you mean "commitment"?)'),
        ('outcome = "treaty"', 'outcome = "traety"', 'no theatre outcome "traety" (did you mean "treaty"?)'),
        ("talks karsk-velm truce 1", "talks karsk-velm truse 1", 'no landing "truse" (did you mean "truce"?)'),
        ("permit velm all announced", "permit velm al announced", 'no permission "al" (did you mean "all"?)'),
        ('then = ["self.readiness + 1"', 'then = ["self.rediness + 1"', '(did you mean "readiness"?)'),
        ('then = ["self.readiness + 1"', 'then = ["self.denial + 1"', '"denial" is a track of a pair, not of a capital'),
        ("*>velm.loss + 1/2", "self>velm.loss + 1/2", '"self" stands for nothing in a card'),
        ("oster>velm.stake", "oster>karsk.stake", "there is no oster>karsk.stake"),
        ("karsk.face", "ys.rung", "ys.rung runs from"),
        ('"karsk.nerve" = 3.5', '"karsk.nerve" = 3.25', "3.25 is finer than half a point"),
        ('"karsk.nerve" = 3.5', '"karsk.nerve" = 6', "6 does not fit: 1 to 5 in half points"),
        ('"karsk.nerve" = 3.5', '"ys.rung" = "war"', "ys.rung follows from play; it has no start"),
        ("times = { denial = 2,", "times = { denial = 1.0003,", "finer than a thousandth"),
        ('base = "even"', 'base = "walls"', '"walls" is based on itself'),
        ('stack = ["calm karsk"]', 'stack = ["demand karsk", "calm karsk"]', "calm is no higher than the rung before it"),
        ('partner = "velm"\n', 'partner = "oster"\n', "oster is a patron, not a partner"),
        ("points = 60", "points = 50", "the objectives of karsk are worth 90 points, not 100"),
        ("default = true\n", "", "0 options are the default"),
        ('kind = "historical"\ndate = 1815-06-09', 'kind = "historical"', "date is missing"),
        ('prize = "The toll would pay for the fleet."\n', "", "no line in why justifies prize"),
        ('id = "ceasefire"\nof', 'id = "truces"\nof', "no track ceasefire of a dyad is declared, and the rules need it"),
        ("self.exposure\" = 4", "self.exposure\" = 3", "3 percent a point does not come out whole for half a point"),
        ('"guns.free" = 5', '"guns.fre" = 5', 'no rating "guns.fre" on karsk>velm (did you mean "guns.free"?)'),
        ('when = ["velm.influence >= 1"]', 'when = ["oster.influence >= 1"]', "velm may not see oster.influence"),
        ('when = ["self.readiness >= 2"]\n\n', 'when = ["pair.denial >= 2"]\n\n', "karsk may not see karsk>velm.denial.true"),
        ("below = 75", "below = 175", "should be at most 100"),
        ("[scenario.replace.card.fog]", "[scenario.replace.card.frog]", 'no card "frog" (did you mean "fog"?)'),
        ("words = [1, 2, 4]", "words = [1, 2]", "2 ratings for the 3 words of oster>velm.permission"),
        ('type = "wormhole"', 'type = "wormhole"\nwho = ["partner"]', "only events take a wormhole"),
        ('to = ["demand"]', 'to = ["demand", "closure"]', ""),
        ('then = ["pair.assure + 1/2"]', 'then = ["pair.assure ~ 1/2"]', "~ moves what is seen of a dual track"),
        ('say = "if karsk-velm reaches war then shut-markets karsk"', 'say = "if war then peace"', "write if DYAD reaches RUNG"),
    ],
)  # fmt: skip
def test_faults_are_told_with_the_nearest_name(tmp_path: Path, old: str, new: str, message: str) -> None:
    if not message:
        text = SMALL.read_text(encoding="utf-8").replace(old, new, 1)
        (tmp_path / "fine.toml").write_text(text, encoding="utf-8")
        assert load_box(tmp_path / "fine.toml")
        return
    if old == "raise-steam":
        found = broken(tmp_path, ('id = "raise-steam"', 'id = "raise-stean"'))
    elif old == "karsk.face":
        found = broken(tmp_path, ('track = "karsk.face"\nworst = 0', 'track = "ys.rung"\nworst = 0'))
        assert any("ys.rung" in line for line in found)
        return
    else:
        found = broken(tmp_path, (old, new))
    assert any(message in line for line in found), found


# Files; hostile ones are tried in test_hostile.py


def test_a_byte_order_mark_and_line_ends_of_other_systems_are_read(tmp_path: Path) -> None:
    path = tmp_path / "deck.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.read_bytes().replace(b"\n", b"\r\n"))
    assert load_box(path).scenario.id == "strait-of-ys"


def test_links_may_not_leave_the_folder(tmp_path: Path) -> None:
    outside = tmp_path / "outside.toml"
    outside.write_text(HEAD + '[[concept]]\nid = "stolen"\nname = "a"\ntext = "b"')
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "link.toml").symlink_to(outside)
    (folder / "up").symlink_to(tmp_path)
    found = check([folder], content_dirs=[])
    assert {problem.code for problem in found} == {"WG006"}
    assert len(found) == 2


# Libraries


def _concept(name: str, more: str = "") -> str:
    return f'[[concept]]\nid = "{name}"\nname = "N"\ntext = "T."\n{more}\n'


def test_the_same_id_twice_names_both_places(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(HEAD + _concept("one"))
    (tmp_path / "b.toml").write_text(HEAD + "\n" + _concept("one"))
    found = check([tmp_path], content_dirs=[])
    assert [problem.message for problem in found] == [f"defined before, in {tmp_path}/a.toml:2"]
    assert (found[0].file, found[0].line) == (f"{tmp_path}/b.toml", 4)


def test_a_replacement_takes_the_place_of_a_built_in_thing(tmp_path: Path) -> None:
    built_in = load_box("february-2022", content_dirs=[])
    name, text = built_in.concepts[0]
    (tmp_path / "mine.toml").write_text(HEAD + _concept(name, f'replaces = "{name}"'))
    box = load_box("february-2022", content_dirs=[tmp_path])
    assert dict(box.concepts)[name] == "N: T." != text
    (tmp_path / "mine.toml").write_text(HEAD + _concept("new", 'replaces = "nothing-such"'))
    with pytest.raises(ContentError, match="no concept to replace"):
        load_box("february-2022", content_dirs=[tmp_path])
    other, _ = built_in.concepts[1]
    (tmp_path / "mine.toml").write_text(HEAD + _concept(other, f'replaces = "{name}"'))
    (problem,) = check([], content_dirs=[tmp_path])
    assert (problem.code, problem.id) == ("WG201", other), "it takes the place of one thing, not of two"


def test_a_scenario_may_change_shared_content_for_itself(small: Box) -> None:
    assert small.card["fog"].question == "Whose ship was it, and did it matter?"


def test_names_of_other_scenarios_come_out_as_nothing(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_bytes(SMALL.read_bytes())
    far = HEAD + (
        '[[reaction]]\nid = "far-away"\non = "held"\nwhen = [["karsk-velm.rung >= r01", "world.cohesion >= 1"]]\n'
        'then = ["karsk.face + 1", "self.face + 1"]\ntext = "Far away."\n'
    )
    (tmp_path / "far.toml").write_text(far)
    box = load_box("february-2022", content_dirs=[tmp_path])
    bound = [r for name, found in box.reactions.items() for r in found if r.id == "far-away"]
    assert bound
    assert all(len(r.then) == 1 and len(r.when[0].atoms) == 1 for r in bound)
    assert load_box("strait-of-ys", content_dirs=[tmp_path]).capitals[0].id == "karsk"
    assert check([tmp_path / "small.toml", tmp_path / "far.toml"], content_dirs=[]) == []
    (tmp_path / "far.toml").write_text(far.replace("karsk.face", "krask.face"))
    with pytest.raises(ContentError, match="did you mean"):
        load_box("february-2022", content_dirs=[tmp_path])


def test_a_doctrine_of_the_users_own_joins_its_seat(tmp_path: Path) -> None:
    capital = load_box("february-2022", content_dirs=[]).capitals[0]
    mine = tmp_path / "mine.toml"
    mine.write_text(HEAD + f'[[doctrine]]\nid = "my-way"\nname = "My way"\nseat = "{capital.id}"\ncard = "Waits."\n')
    for box in (load_box("february-2022", [tmp_path]), load_box("february-2022", [], [mine])):
        assert box.capital[capital.id].doctrines == (*capital.doctrines, "my-way")
        assert box.doctrine["my-way"].prefer == ()


def test_a_doctrine_of_the_users_own_that_fits_nowhere_is_told(tmp_path: Path) -> None:
    begin = '[[doctrine]]\nid = "{}"\nname = "Mine"\nseat = "moscow"\ncard = "Waits."\n'
    wish = 'prefer = [{{ order = "climb moscow-kyiv {}", weight = 1, why = "So." }}]\n'
    things = [begin.format(name) + wish.format(rung) for name, rung in (("odd", "zz13"), ("sound", "any"))]
    (tmp_path / "mine.toml").write_text(HEAD + "".join(things))
    (problem,) = check([], content_dirs=[tmp_path])
    assert (problem.code, problem.id, problem.path) == ("WG301", "odd", "prefer[0].order")


CARD = (
    '[[card]]\nid = "mine"\ndeck = "{deck}"\ntitle = "T"\nkind = "plausible"\nsource = "unverified"\ntext = "T."\n'
    'concept = "preventive-war"\nquestion = "Q?"\n'
)


def test_a_card_that_no_scenario_draws_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "cards.toml"
    path.write_text(HEAD + CARD.format(deck="ukrane"))
    assert faults(path) == [
        f'WG301 {path}:4: card "mine": deck: no scenario draws from the deck "ukrane" (did you mean "ukraine"?)'
    ]
    with pytest.raises(ContentError, match="did you mean"):
        load_box("february-2022", content_dirs=[tmp_path])
    path.write_text(HEAD + CARD.format(deck="ukraine"))
    assert faults(path) == []


def copied(tmp_path: Path, name: str = "copy", *changes: tuple[str, str]) -> Path:
    """Write the built-in scenario's file under a new id, with changes."""
    text = (built_in_folder() / "scenarios" / "february-2022.toml").read_text("utf-8")
    for old, new in (('id = "february-2022"', f'id = "{name}"'), *changes):
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    path = tmp_path / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    "change",
    [
        ("draws = { ", "draws = { mine = 1, "),
        ('history = { deck = "history", cards = 2 }', 'history = { deck = "mine", cards = 1 }'),
        ("[[scenario.inject]]", '[[scenario.inject]]\ncard = "mine"\nturn = 2\n[[scenario.inject]]'),
        ("[[scenario.inject]]", '[scenario.replace.card.mine]\ndeck = "ukraine"\n[[scenario.inject]]'),
    ],
    ids=["drawn", "history", "injected", "replaced"],
)
def test_a_card_of_a_deck_of_its_own_needs_a_scenario_that_uses_it(tmp_path: Path, change: tuple[str, str]) -> None:
    (tmp_path / "cards.toml").write_text(HEAD + CARD.format(deck="mine"))
    copy = copied(tmp_path, "copy", change)
    assert check([tmp_path], content_dirs=[]) == []
    assert "mine" in load_box(copy, content_dirs=[tmp_path]).card


@pytest.mark.parametrize("line", ["times = { mil = -1.8 }", "pressure = { prize = -0.5 }", "nerve = -1"])
def test_a_weight_below_nought_is_a_fault(tmp_path: Path, line: str) -> None:
    path = tmp_path / "theory.toml"
    path.write_text(HEAD + f'[[theory]]\nid = "odd"\nname = "Odd"\nbase = "balanced"\nbelieves = "B."\n{line}\n')
    (found,) = check([path], content_dirs=[])
    assert (found.code, found.line, found.message) == ("WG104", 7, "should be at least 0")


def test_a_copy_of_the_built_in_scenario_plays_under_its_own_name(tmp_path: Path) -> None:
    path = copied(tmp_path, "my-february")
    assert check([path], content_dirs=[]) == []
    copy, first = load_box(path, content_dirs=[]), load_box("february-2022", content_dirs=[])
    assert copy.scenario.id == "my-february"
    assert replace(copy, scenario=replace(copy.scenario, id="february-2022")) == first
    assert load_box("my-february", content_dirs=[tmp_path]) == copy


def test_a_scenario_has_no_more_turns_than_the_rules_allow(tmp_path: Path) -> None:
    assert load_box(copied(tmp_path, "long", ("turns = 6", f"turns = {MOST_TURNS}")), content_dirs=[])
    (found,) = check([copied(tmp_path, "longer", ("turns = 6", f"turns = {MOST_TURNS + 1}"))], content_dirs=[])
    assert found.message == f"should be at most {MOST_TURNS}"


def test_a_folder_needs_no_slash_to_be_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("mine", "february-2022"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "scenario.toml").write_bytes(SMALL.read_bytes())
    assert load_box("mine", content_dirs=[]).scenario.id == "strait-of-ys"
    assert len(load_ladder("mine", content_dirs=[]).rungs) == 6
    assert load_box("february-2022", content_dirs=[]).scenario.id == "february-2022"


@pytest.mark.parametrize("name", ["february-2023", "nothing-like-it"])
def test_a_name_without_a_scenario_is_told_what_there_is(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_box(name, content_dirs=[])
    hint = ' (did you mean "february-2022"?)' if name.startswith("feb") else ""
    there = ", ".join(row["id"] for row in listing("scenario"))
    assert str(caught.value) == f'no scenario "{name}"; there is {there}{hint}'


# The page on writing content


def examples() -> list[str]:
    page = (HERE.parent / "docs" / "content.md").read_text("utf-8")
    return re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)


def sentences_in(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield each key and text of a table, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from sentences_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from sentences_in(inner, key)
    elif isinstance(value, str):
        yield key, value


GRAMMAR: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(("when", "stops", "only_if", "skip_if"), condition),
    **dict.fromkeys(("then", "fail", "under_way", "fielded"), effect),
    **{"order": order, "say": promise, "stack": stance, "take": lambda text: stance(text) if text else None},
}
"""Keys that hold sentences, and what reads them."""


@pytest.mark.parametrize("place", range(len(examples())))
def test_the_examples_of_the_page_can_be_read(tmp_path: Path, place: int) -> None:
    """Every key, value and sentence of docs/content.md is one the program takes."""
    text = examples()[place]
    tables = tomli.loads(text)
    if all(isinstance(value, (list, dict)) and name in KINDS for name, value in tables.items()):
        path = tmp_path / "example.toml"
        path.write_text(HEAD + text, "utf-8")
        assert [str(problem) for problem in read_alone(path).problems.sorted()] == []
    else:
        assert tables.keys() == {"when", "then"}
    for name, sentence in sentences_in(tables):
        if name in GRAMMAR:
            GRAMMAR[name](sentence)


def test_the_page_shows_every_table() -> None:
    shown = {name for text in examples() for name in tomli.loads(text)}
    assert shown - {"when", "then"} == set(KINDS)


def test_the_page_names_every_key() -> None:
    page = (HERE.parent / "docs" / "content.md").read_text("utf-8")
    schema = json_schema()
    keys = {key for table in (schema, *schema["$defs"].values()) for key in table.get("properties", {})}
    assert len(keys) > 150
    assert sorted(key for key in keys if not re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", page)) == []


# Lines and sentences


def test_the_line_of_a_path_is_exact() -> None:
    text = '''format = "wargame/1"

[[card]]   # first
id = "a"
text = """
two
lines"""
when = [
  "x",
  ["y",
   "z"],  # ]
]
[[card.option]]
id = "o"
deep = { a = 1, b = [
  { c = 2 },
  { c = 3 },
] }
[card.sub.inner]
x.y = 1
[[card]]
id = "b"
[[card.option]]
id = "p"
'''
    lines = text.split("\n")
    for path, line in {
        ("card",): 3, ("card", 0, "option"): 13,
        ("card", 0): 3, ("card", 0, "text"): 5, ("card", 0, "when"): 8, ("card", 0, "when", 0): 9,
        ("card", 0, "when", 1): 10, ("card", 0, "when", 1, 1): 11, ("card", 0, "option", 0): 13,
        ("card", 0, "option", 0, "deep", "b", 1, "c"): 17, ("card", 0, "sub", "inner", "x", "y"): 20,
        ("card", 1): 21, ("card", 1, "option", 0, "id"): 24, ("card", 1, "missing"): 21, ("nothing",): 1,
        ("card", 0, "when", 7): 8,
    }.items():  # fmt: skip
        assert line_of(text, path) == line, (path, lines[line - 1])
    assert line_of(text.replace("\n", "\r\n"), ("card", 1)) == 21


@pytest.mark.timeout(30)
def test_lines_are_found_in_reasonable_time() -> None:
    long = HEAD + "a = [\n" + "1\n,\n" * 20_000 + "]\n[[card]]\n"
    assert line_of(long, ("card", 0)) >= 1
    many = HEAD + '[[concept]]\nid = "x"\nname = "y"\n' * 6000
    assert line_of(many, ("concept", 5999, "name")) == 18001


def test_halves_are_read_exactly() -> None:
    numbers = {"1/2": 1, "1": 2, "1 1/2": 3, "1.5": 3, "10": 20, "-2": -4, "- 1/2": -1, "0": 0, "2.0": 4}
    assert {text: half_points(text) for text in numbers} == numbers
    with pytest.raises(Unreadable):
        half_points("1.3")


@pytest.mark.parametrize(
    "text",
    ["", "a", "a.b", "a.b >", "a.b > ", "a.b => 1", "a.b >= 1/3", "A.b = 1", "a.b = 1 2", "a b = 1", "a.b = 99999"],
)
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        condition(text)


@pytest.mark.parametrize(
    "text", ["", "a.b", "a.b + x", "a.b + 0", "a.b + -1", "a.b = 1 for 0", "a.b * 2", "a.b + 1 for ever", "a.b ++ 1"]
)
def test_what_is_no_effect_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        effect(text)


def test_effects_keep_sign_and_time() -> None:
    found = effect("moscow>kyiv.window - 1 1/2 for 2")
    assert (found.op, found.amount, found.lasting) == ("+", -3, 2)
    assert effect("a.b ~ -1/2").amount == -1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "climb x",
        "talks x",
        "a b c",
        "permit x y z",
        "reply x y z",
        "reply x y then talks a b",
        "mobilise defy",
        "climb x [red]",
    ],
)
def test_what_is_no_order_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        order(text)


def test_promises_are_read() -> None:
    found = promise("if a-b reaches r1 then permit c all announced")
    assert (found.dyad, found.rung, found.deed.words) == ("a-b", "r1", ("c", "all", "announced"))
    with pytest.raises(Unreadable):
        promise("if a-b reaches r1 then talks a-b x")


# The compiled box


def test_the_small_scenario_compiles(small: Box) -> None:
    assert [capital.id for capital in small.capitals] == ["karsk", "velm", "oster"]
    assert len(small.ladder.rungs) == 6
    assert small.blocks[0].audience == ("*",)
    assert len({block.audience for block in small.blocks}) == len(small.blocks)
    for track in small.tracks:
        assert track.low <= small.start[track.block][track.place] <= track.high, track


def test_words_are_bound_where_they_stand(small: Box) -> None:
    tied = small.reactions[key("tie-hands", "oster", "karsk-velm", "mil")][0]
    assert [e.address for e in tied.then] == [
        "karsk>velm.fleet.clarity.seen", "karsk>velm.fleet.clarity.true", "oster>karsk.lock-in",
    ]  # fmt: skip
    granted = small.reactions[key("tie-hands", "oster", "karsk-velm", "own")][0]
    assert granted.then[0].address == "karsk>velm.guns.clarity.seen"
    arms = small.action["oster", "new-guns", "velm"]
    assert arms.delivery is not None
    assert small.counter_at["oster", "new-guns", "velm"] == small.ref("velm.delivery.new-guns")
    assert {e.address for e in arms.delivery.under_way} == {"karsk>velm.loss"}
    assert arms.theatre == "ys"
    assert small.action["oster", "shut-markets", "karsk"].theatre == ""
    assert small.action["oster", "quiet-survey", "velm"].witnesses == ("oster", "velm")
    assert small.track["velm.delivery.quiet-survey"].block != 0


def test_steps_follow_roles_and_rungs(small: Box) -> None:
    steps = {(s.capital, s.dyad, small.ladder.rungs[s.target].id): s for s in small.steps}
    assert ("oster", "karsk-velm", "demand") not in steps
    assert ("karsk", "karsk-oster", "closure") not in steps
    blow = steps["velm", "karsk-velm", "reprisal"]
    assert [clause.text for clause in blow.permit] == ["oster>velm.permission >= all"]
    assert blow.start == "theatre"
    assert steps["oster", "karsk-oster", "reprisal"].permit == ()
    jump = next(s for s in small.steps if s.type == "jump")
    assert (jump.cost, jump.start) == (2, "dyad")
    assert not holds(jump.when, small.start)


def test_shifts_are_the_ladders_or_the_sheets_own(small: Box) -> None:
    calm = small.pair["karsk>velm"].shifts[0][0]
    assert (calm.pressure, calm.restraint) == ((-4, 0, 0), (-2, 0))
    assert all(links == (0, 0, 0, 0, -4) for links in calm.links)
    own = small.pair["oster>karsk"].shifts[4][0]
    assert (own.pressure, own.links) == ((-2, 0, 0), ((0, 0, 0, 0, 2),))
    gamble = small.pair["karsk>oster"].shifts[5]
    assert gamble[-1].nerve == 2
    assert not small.pair["oster>karsk"].shifts[5]


def test_doctrines_become_orders(small: Box) -> None:
    prefer = small.doctrine["toll-or-fleet"].prefer
    assert prefer[1].move == Climb("karsk-velm", "")
    reply = next(each.reply for each in small.doctrine["both-shores"].prefer if each.reply)
    assert reply == Reply("karsk-velm", "war", Climb("karsk-velm", "reprisal", defy=True))


def test_theatre_outcomes_are_bound_to_their_theatre(small: Box) -> None:
    assert {outcome.theatre for outcome in small.theatre_outcomes} == {"ys"}
    assert small.theatre_outcomes[0].when[0].text == "ys.ground = 0"
    assert small.track["ys.outcome"].words == ("open", "yielded", "frozen", "war", "treaty", "kept")
    assert small.track["ys.rung"].words[3] == "war"


def test_every_reaction_belongs_to_a_moment(small: Box) -> None:
    assert {name.partition("|")[0] for name in small.reactions} <= set(MOMENTS)


def test_built_in_constants_are_those_of_the_reference() -> None:
    box = load_box("february-2022", content_dirs=[])
    assert {theory.id: theory.constant for theory in box.theories} == {
        "balanced": -72, "own-countervalue": -273, "denial-first": -627,
        "spiral": 410, "umbrella": -562, "motivation-first": 737,
    }  # fmt: skip
    for pair in box.pairs:
        assert {name for name, _ in pair.why} >= {threat.id for threat in pair.threats}


def test_compiling_twice_gives_the_same_box() -> None:
    assert load_box("february-2022", content_dirs=[]) == load_box("february-2022", content_dirs=[])


# What the command line asks


def test_built_in_content_has_no_faults() -> None:
    assert check([], content_dirs=[]) == []
    assert check(["decks"] if Path("decks").is_dir() else [], content_dirs=[]) == []


def test_listing_names_everything_to_play_with() -> None:
    rows = listing(content_dirs=[])
    assert {row["kind"] for row in rows} == {"scenario", "ladder", "rulebook", "theory", "deck", "measure", "doctrine"}
    assert listing("card", content_dirs=[])
    with pytest.raises(UsageError, match="did you mean"):
        listing("measur", content_dirs=[])


def test_listing_reads_a_file_as_it_does_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(HEAD + _concept("one"))
    for where in (path, tmp_path):
        assert {"one"} == {row["id"] for row in listing("concept", content_dirs=[where]) if row["file"] == str(path)}


def test_the_schema_knows_every_table() -> None:
    schema = json_schema()
    assert {"card", "measure", "scenario", "ladder", "rulebook"} <= set(schema["properties"])
    assert schema["additionalProperties"] is False


def test_a_ladder_can_be_read_by_itself(tmp_path: Path) -> None:
    assert len(load_ladder("twenty-five", content_dirs=[]).rungs) == 25
    assert len(load_ladder(SMALL, content_dirs=[]).rungs) == 6
    with pytest.raises(UsageError, match="twenty-five"):
        load_ladder("twenty-six", content_dirs=[])


def test_paths_are_written_as_people_write_them() -> None:
    assert written(("option", 1, "then", 0)) == "option[1].then[0]"
    assert written(("sheet", "a>b", "at")) == 'sheet."a>b".at'
    assert str(Problem("f", 3, "WG301", "card", "c", "then[0]", "no", 'did you mean "x"?')) == (
        'f:3: card "c": then[0]: no (did you mean "x"?)'
    )


def test_content_drags_in_neither_networkx_nor_rich() -> None:
    code = "import sys, wargame.content.checking; print([m for m in ('networkx', 'rich', 'typer') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HERE.parent)
    assert done.stdout.strip() == "[]"
