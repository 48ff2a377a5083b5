"""The page for authors is true: what it has its readers type gives what it says, and the scenario it builds plays."""

from __future__ import annotations

from pathlib import Path

from tests.walkthrough import PAGE, run
from wargame.content import check, load_compiled
from wargame.trials.acceptance import tried
from wargame.trials.games import play


def test_every_command_of_the_page_answers_as_it_says_and_the_scenario_plays(tmp_path: Path) -> None:
    typed = [each for _, several in run(PAGE.read_text(encoding="utf-8"), tmp_path) for each in several]
    assert len(typed) >= 10
    for each in typed:
        assert each.found == each.said, each.command
    for name in ("cod-war.toml", "cod-war-bundle.toml"):
        path = tmp_path / name
        assert {problem.severity for problem in check([path], content_dirs=[])} <= {"note"}
        found = load_compiled(path, content_dirs=[])
        assert all(verdict.is_met for verdict in tried(found.box, found.acceptances))
        *_, last = play(found.box, 1)
        assert last.after.ending
