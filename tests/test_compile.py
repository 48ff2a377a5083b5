"""Compiling: what names, weights and places become, where more than one table has a say."""

from __future__ import annotations

from pathlib import Path

import pytest

from wargame.content import load_box
from wargame.content.compile.box import Compiled, compiled
from wargame.content.library import Library
from wargame.content.problems import Source
from wargame.content.review import orders
from wargame.content.review.stage import Review, Stage
from wargame.errors import ContentError
from wargame.rules.orders import Climb, Reply, Take
from wargame.rules.switches import switched

SMALL = (Path(__file__).parent / "content" / "three-capitals" / "scenario.toml").read_text(encoding="utf-8")

SHIFTED = """
[scenario.remap.shifted]
rung = { closure = "war", war = "reprisal", reprisal = "ruin" }
landing = { pause = "truce", truce = "treaty" }
"""


def made(text: str, ladder: str = "") -> tuple[Compiled, list[str]]:
    """Compile a text that holds the small scenario; return it with its faults."""
    library = Library(alone=True)
    library.add_text(Source("small.toml", text, given=True))
    found = compiled(library, "strait-of-ys", ladder=ladder)
    assert found is not None
    return found, [f"{problem.code} {problem.said}" for problem in library.problems.sorted()]


def changed(*changes: tuple[str, str]) -> str:
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


# Names of another ladder

OTHER = SMALL.partition("# The ladder")[2].partition("[[rulebook]]")[0].replace('id = "six"', 'id = "shifted"')


@pytest.fixture(scope="module")
def shifted() -> Compiled:
    """The small scenario on a ladder with the same rungs, each of which stands for the one below it on its own."""
    other = OTHER.replace("percent = 10, per", 'drags = "war", percent = 10, per')
    found, faults = made(changed(("# The ladder", f"{SHIFTED}\n{other}\n# The ladder")), "shifted")
    assert not faults
    return found


def test_a_doctrine_is_read_once_in_the_names_of_another_ladder(shifted: Compiled) -> None:
    box = shifted.box
    (said,) = box.doctrine["far-friend"].declare
    assert (box.ladder.rungs[said.rung].id, said.deed) == ("reprisal", Take("shut-markets", "karsk"))
    replies = [wish.reply for wish in box.doctrine["both-shores"].prefer if wish.reply]
    assert replies == []  # to a step to reprisal by one to ruin: on that ladder no edge takes Velm there
    (said,) = box.doctrine["toll-or-fleet"].declare
    assert (box.ladder.rungs[said.rung].id, said.deed) == ("ruin", Climb("karsk-oster", "ruin"))
    terms = {wish.terms.landing for each in box.doctrines for wish in each.prefer if wish.terms}
    assert terms == {"treaty"}


def test_a_reply_is_named_as_the_ladder_that_is_played_names_it() -> None:
    remap = '[scenario.remap.shifted]\nrung = { closure = "war" }\n'
    reply = ("reply karsk-velm war then", "reply karsk-velm closure then")
    found, faults = made(changed(("# The ladder", f"{remap}\n{OTHER}\n# The ladder"), reply), "shifted")
    assert not faults
    (wish,) = [wish.reply for wish in found.box.doctrine["both-shores"].prefer if wish.reply]
    assert wish == Reply("karsk-velm", "war", Climb("karsk-velm", "reprisal", defy=True))


def test_a_ladder_names_its_own_rungs_whatever_a_scenario_calls_them(shifted: Compiled) -> None:
    box = shifted.box
    dragged = {test.drags for step in box.steps for test in step.tests}
    assert dragged == {box.rung_number["war"]}


# Doctrines


def test_a_wish_that_was_left_out_is_not_taken_for_the_next_one() -> None:
    """Two wishes with one reason: the first is nobody's here, the second is granted."""
    wishes = """prefer = [
  { order = "climb away-dyad demand", weight = 2, why = "Onward." },
  { order = "raise-steam", weight = 2, why = "Onward." },
"""
    away = '[scenario.elsewhere]\ndyads = ["away-dyad"]\n\n# The ladder'
    found, faults = made(changed(("# The ladder", away), ("prefer = [\n", wishes)))
    assert not faults
    vain = [each for each in orders.review(Review(found.frame.library, [Stage(found)])) if each.code == "WG724"]
    assert [(each.spot.id, each.spot.path) for each in vain] == [("toll-or-fleet", ("prefer", 0))]


# Tracks


def test_every_track_that_is_a_switch_is_set_by_its_address() -> None:
    mood, line = (
        f'\n[[track]]\nid = "{name}"\nof = "{of}"\n{more}\nseen = "public"\nswitch = true\n'
        for name, of, more in (("mood", "world", "dual = true\nhigh = 3"), ("line", "dyad", 'words = ["no", "yes"]'))
    )
    found, faults = made(SMALL + mood + line)
    assert not faults
    two = ("world.mood.seen", "world.mood.true")
    assert found.box.switches == (*two, "karsk-velm.line", "karsk-oster.line")
    box = switched(found.box, [("world.mood.true", "2"), ("karsk-velm.line", "yes")])
    tracks = [box.track[address] for address in box.switches]
    assert [box.start[track.block][track.place] for track in tracks] == [0, 2, 1, 0]


def test_a_misspelt_start_is_told_the_word_that_was_meant() -> None:
    _, faults = made(changed(('permission" = "defensive"', 'permission" = "defensiv"')))
    assert len(faults) == 1
    assert '"defensiv" is not one of none, defensive, all (did you mean "defensive"?)' in faults[0]


# Theories

ON_WALLS = """
[[theory]]
id = "high-walls"
name = "High walls"
base = "walls"
believes = "Whoever sees a wall stays at home."
adjust = [{ threat = "mil", percent = 200, rungs = ["demand"] }, { threat = "own", percent = 80, rungs = ["war"] }]
"""


def test_what_a_base_adjusts_is_adjusted_still() -> None:
    found, faults = made(SMALL + ON_WALLS)
    assert not faults
    walls, high = found.box.theory["walls"].adjust, found.box.theory["high-walls"].adjust
    assert high[: len(walls)] == walls
    assert [(each.percent, each.rungs) for each in high[len(walls) :]] == [(200, (1,)), (80, (3,))]


def test_a_hazard_and_a_package_that_nobody_has_are_noted(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'format = "wargame/1"\n[[theory]]\nid = "mine"\nname = "Mine"\nbase = "umbrella"\nbelieves = "It is mine."\n'
        'off = ["entanglement", "entanglemnt"]\nsignature = ["porcupine", "porcupin"]\n',
        encoding="utf-8",
    )
    with pytest.raises(ContentError) as caught:
        load_box("budapest-1994", content_dirs=[], also=[path])
    assert [problem.said for problem in caught.value.problems] == [
        'theory "mine": off[1]: no hazard "entanglemnt" (did you mean "entanglement"?)',
        'theory "mine": signature[1]: no package of a staff estimate "porcupin" (did you mean "porcupine"?)',
    ]
