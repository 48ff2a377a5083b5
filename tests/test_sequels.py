"""Scenarios that follow one another, scenarios on another ladder, and the scenario somebody wrote from the authors' page."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest

from wargame.cli import call
from wargame.content import findings, load_box, load_compiled
from wargame.content.compile.inherit import Ending
from wargame.errors import UsageError
from wargame.exercise import Exercise
from wargame.rules.box import Box
from wargame.rules.deterrence import estimate, ratings
from wargame.rules.tracks import Values
from wargame.sequel import end_of
from wargame.trials.acceptance import tried
from wargame.trials.games import play, start_of

CUBA = Path(__file__).parent / "content" / "cuba-1962.toml"
SMALL = Path(__file__).parent / "content" / "three-capitals" / "scenario.toml"


@pytest.fixture(scope="module")
def budapest() -> Box:
    return load_box("budapest-1994", content_dirs=[])


def ended(box: Box, **numbers: str | float) -> Ending:
    """Return the end of a game of 1994, with some numbers as a test wants them."""
    *_, last = play(box, 7)
    values = [list(block) for block in last.after.values]
    for name, shown in numbers.items():
        track = box.track[name.replace("__", ".").replace("_", "-")]
        values[track.block][track.place] = track.raw(shown)
    return Ending(box, tuple(map(tuple, values)))


def held_back(box: Box, values: Values | None = None) -> int:
    """Return the percent of Moscow's step of 2014 that is held back as the sheet starts."""
    pair = box.pair["moscow>kyiv"]
    read = ratings(box, values or box.start, pair, box.rung_number["r11"])
    return estimate(box, box.theory["balanced"], read).percent


def test_what_was_decided_in_1994_is_there_in_2014(budapest: Box) -> None:
    signed = ended(
        budapest, world__memorandum="assurances", kyiv__residual="no", kyiv__control=0, kyiv__warheads_sent=4
    )
    bound = ended(budapest, world__memorandum="guarantees", kyiv__residual="no", kyiv__control=0, kyiv__warheads_sent=4)
    after = {name: load_box("crimea-2014", content_dirs=[], before=end) for name, end in (("s", signed), ("b", bound))}
    assert "assurances were signed" in after["s"].scenario.situation
    assert "guarantee was signed" in after["b"].scenario.situation
    assert held_back(after["b"]) > held_back(after["s"]) + 10
    assert after["s"].scenario.inherited != after["b"].scenario.inherited


def test_an_arsenal_kept_in_1994_deters_by_how_well_it_survives(budapest: Box) -> None:
    told = {part for case in ("no", "yes") for part in load_box(
        "crimea-2014", content_dirs=[], before=ended(budapest, kyiv__residual=case)).scenario.inherited}  # fmt: skip
    assert any("arsenal" in part for part in told)
    plain = load_box("crimea-2014", content_dirs=[])
    assert plain.scenario.inherited == ()
    kept = load_box("crimea-2014", content_dirs=[], before=ended(budapest, kyiv__residual="yes", kyiv__control=3))
    assert held_back(kept) > held_back(plain)


def test_an_exercise_follows_a_recorded_one_and_nothing_else(budapest: Box, tmp_path: Path) -> None:
    first, second = tmp_path / "first.wargame", tmp_path / "second.wargame"
    with Exercise.create(budapest, start_of(budapest), 7, first) as exercise:
        assert exercise.run() == ()
    arguments = ["--as", "none", "--seed", "3", "--no-input", "--plain", "--file", str(second)]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert call(["play", "crimea-2014", "--after", str(first), *arguments]) == 0
        assert call(["verify", str(second)]) == 0
    assert end_of(first).box.scenario.id == "budapest-1994"
    assert end_of(second).box.scenario.inherited
    for wrong, file in (("february-2022", first), ("crimea-2014", second)):
        with pytest.raises(UsageError, match="follows"):
            load_box(wrong, content_dirs=[], before=end_of(file))


def test_an_exercise_that_is_not_over_is_followed_by_none(budapest: Box, tmp_path: Path) -> None:
    path = tmp_path / "begun.wargame"
    Exercise.create(budapest, start_of(budapest), 7, path).close()
    with pytest.raises(UsageError, match="has not ended"):
        end_of(path)


INHERITS = {
    'from = "no-such"': {"from": "no scenario"},
    'from = "budapest-1994"\ncarry = ["world.cohesion"]': {},
    'from = "budapest-1994"\ncarry = ["moscow-kyiv.rung", "world.turn", "kyiv.nothing", "velm.face"]': {
        "carry[0]": "no track of strait-of-ys", "carry[1]": "has no start", "carry[2]": "no track of",
        "carry[3]": "no track of budapest-1994",
    },
    'from = "no-such"\n[[scenario.inherit.case]]\nwhen = ["complete garbage"]\ntext = "T."': {
        "from": "no scenario", "case[0].when[0]": "cannot read",
    },
    'from = "budapest-1994"\n[[scenario.inherit.case]]\n'
    'when = ["world.cohesion >= 1/2", ["world.cohesion <= 400", "world.cohesion >= 4"]]\ntext = "T."': {
        "case[0].when[0]": "0.5 does not fit", "case[0].when[1][0]": "400 does not fit",
    },
}  # fmt: skip


@pytest.mark.parametrize("table", INHERITS)
def test_what_is_taken_over_is_checked_in_a_scenario_that_stands_alone(tmp_path: Path, table: str) -> None:
    path = tmp_path / "alone.toml"
    text = SMALL.read_text("utf-8").replace("[scenario.start]", f"[scenario.inherit]\n{table}\n[scenario.start]", 1)
    path.write_text(text, "utf-8")
    found = [problem for problem in findings([path], content_dirs=[]) if problem.severity == "error"]
    assert {problem.path.removeprefix("inherit.") for problem in found} == set(INHERITS[table])
    for problem in found:
        assert INHERITS[table][problem.path.removeprefix("inherit.")] in problem.message


def test_what_is_carried_over_fits_wherever_it_ended(tmp_path: Path) -> None:
    path = tmp_path / "alone.toml"
    text = SMALL.read_text("utf-8").replace(
        "[scenario.start]", '[scenario.inherit]\nfrom = "budapest-1994"\ncarry = ["world.risk"]\n[scenario.start]', 1
    )
    path.write_text(text.replace("high = 20\n", "high = 15\n", 1), "utf-8")
    assert any(p.path == "inherit.carry[0]" and p.code == "WG303" for p in findings([path], content_dirs=[]))


def test_a_scenario_is_played_on_the_ladders_it_has_a_way_to() -> None:
    box = load_box("february-2022", content_dirs=[], ladder="kahn-44")
    assert (len(box.ladder.rungs), len(box.ladder.zones)) == (44, 7)
    assert sum(bool(zone.firebreak) for zone in box.ladder.zones) == 6
    with pytest.raises(UsageError, match='first-hour is played on the ladder twenty-five, not on "kahn-44"'):
        load_box("first-hour", content_dirs=[], ladder="kahn-44")


def test_a_scenario_written_from_the_authors_page_alone_checks_and_plays(tmp_path: Path) -> None:
    """Three seats and a ladder of its own, by somebody who had read nothing but that page and the reference."""
    path = tmp_path / CUBA.name
    path.write_bytes(CUBA.read_bytes())
    assert {problem.severity for problem in findings([path], content_dirs=[])} <= {"note"}
    found = load_compiled(path, content_dirs=[])
    assert len(found.box.capitals) == 3
    assert all(verdict.is_met for verdict in tried(found.box, found.acceptances))
    endings = {ending_of(found.box, seed) for seed in range(1, 11)}
    assert len(endings) >= 3


def ending_of(box: Box, seed: int) -> str:
    """Return how a game ended."""
    *_, last = play(box, seed)
    return last.after.ending
