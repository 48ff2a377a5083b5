"""Each scenario has a playthrough to be read: one game of its first doctrines, as the chronicle tells it.

``python -m tests.test_playthroughs`` writes them anew. What changed in a game is then in the difference of the file.
"""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest

from wargame.cli import call
from wargame.content import listing

FOLDER = Path(__file__).parent / "playthroughs"
SCENARIOS = [row["id"] for row in listing("scenario", content_dirs=[])]
SEED = "7"


def told(*more: str) -> str:
    """Return what the program prints of a game that nobody plays."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert call(["play", *more, "--as", "none", "--seed", SEED, "--no-input", "--plain"]) == 0
    return out.getvalue()


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_scenario_plays_as_its_playthrough_tells(scenario: str) -> None:
    assert told(scenario) == (FOLDER / f"{scenario}.txt").read_text(encoding="utf-8")


def test_the_ladder_of_forty_four_rungs_plays_as_its_playthrough_tells() -> None:
    golden = (FOLDER / "february-2022-on-kahn-44.txt").read_text(encoding="utf-8")
    assert told("february-2022", "--ladder", "kahn-44") == golden


def test_every_playthrough_is_of_a_scenario_there_is() -> None:
    there = {path.stem for path in FOLDER.glob("*.txt")}
    assert there == {*SCENARIOS, "february-2022-on-kahn-44"}


if __name__ == "__main__":
    for each in SCENARIOS:
        (FOLDER / f"{each}.txt").write_text(told(each), encoding="utf-8")
    (FOLDER / "february-2022-on-kahn-44.txt").write_text(told("february-2022", "--ladder", "kahn-44"), encoding="utf-8")
