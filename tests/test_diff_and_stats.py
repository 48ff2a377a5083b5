"""Differences and counts of content: what they must not leave out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wargame.cli import call
from wargame.content import check, listing, load_box
from wargame.content.diff.comparing import changes
from wargame.content.diff.sides import side_of
from wargame.content.stats import stats
from wargame.errors import EXIT_OK, EXIT_USAGE

SMALL = Path(__file__).parent / "content" / "three-capitals" / "scenario.toml"


def test_what_else_changes_with_a_name_is_told(tmp_path: Path) -> None:
    """A value that occurs in the new name is no part of it."""
    text, old = SMALL.read_text("utf-8"), 'id = "fire"\nlabel = "Fire a warning shot"\ncost = 1'
    assert old in text
    (tmp_path / "new.toml").write_text(text.replace(old, old.replace('"fire"', '"fire-2"').replace("1", "2")), "utf-8")
    assert [str(change) for change in changes(side_of(str(SMALL)), side_of(str(tmp_path / "new.toml")))] == [
        'card "pilot-boat": option "fire" is now option "fire-2"',
        'card "pilot-boat": option "fire-2": cost 2, was 1',
    ]


def test_cards_to_draw_from_are_those_of_the_scenario_as_it_is_played() -> None:
    """With the packs it names, and the cards that it moves to another deck."""
    counted = {row["id"]: row["cards_to_draw_from"] for row in stats(content_dirs=[])["scenarios"]}
    played = {}
    for row in listing("scenario", []):
        box = load_box(row["id"], content_dirs=[])
        decks = {deck for deck, _ in box.scenario.draws} | {box.scenario.history[0]}
        played[row["id"]] = sum(card.deck in decks for card in box.cards)
    assert counted == played


def test_things_of_different_kinds_are_not_compared(capsys: pytest.CaptureFixture[str]) -> None:
    for one, other in (("balanced", "u06"), ("card:u06", "theory:balanced")):
        assert call(["content", "diff", one, other]) == EXIT_USAGE
        assert "is not compared with" in capsys.readouterr().err


def test_a_list_says_of_which_files_it_leaves_something_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("[[[", "utf-8")
    assert call(["content", "list", "concept", str(tmp_path)]) == EXIT_OK
    assert "has faults, and what is faulty is not listed" in " ".join(capsys.readouterr().out.split())
    assert call(["content", "list", "concept", str(tmp_path), "--json"]) == EXIT_OK
    assert json.loads(capsys.readouterr().out)["faulty"] == [str(tmp_path / "bad.toml")]


def test_a_card_is_judged_by_those_who_draw_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for kind in ("scenario", "deck", "card"):
        assert call(["content", "new", kind, "--file", str(tmp_path / f"{kind}.toml")]) == EXIT_OK
    capsys.readouterr()
    assert call(["content", "check", str(tmp_path), "--strict"]) == EXIT_OK
    assert "warning" not in capsys.readouterr().out


def test_a_step_that_is_longer_than_its_track_is_a_slip(tmp_path: Path) -> None:
    card = (
        'format = "wargame/1"\n[[card]]\nid = "mine"\ndeck = "ukraine"\ntitle = "Mine"\nkind = "plausible"\nsource = "fiction"\n'
        'text = "Nothing."\nconcept = "window"\nquestion = "Tell."\nthen = ["kyiv.face + 20"]\n'
    )
    (tmp_path / "deck.toml").write_text(card, "utf-8")
    (found,) = check([tmp_path / "deck.toml"], content_dirs=[])
    assert (found.code, "a step of 20 is longer than that" in found.message) == ("WG303", True)
