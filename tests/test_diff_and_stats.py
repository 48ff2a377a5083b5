"""Differences and counts of content: what they must not leave out."""

from __future__ import annotations

from pathlib import Path

from wargame.content import listing, load_box
from wargame.content.diff.comparing import changes
from wargame.content.diff.sides import side_of
from wargame.content.stats import stats

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
