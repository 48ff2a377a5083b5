"""What faults say of values that do not fit, and how lengths of time are read."""

from __future__ import annotations

import pytest

from wargame.content.library import Library
from wargame.content.problems import Source
from wargame.content.review.decks import days_of

CLAIM = '[scenario]\nid = "a"\n[[scenario.accept]]\ntext = "T."\npercent = {}\n'
CONCEPT = '[[concept]]\nid = "{}"\nname = "{}"\ntext = "T."\n'


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (CLAIM.format([]), "WG104", "percent: is too short: at least 2"),
        (CLAIM.format([5]), "WG104", "percent: is too short: at least 2"),
        (CLAIM.format([5, 6, 7]), "WG104", "percent: is too long: at most 2"),
        (CONCEPT.format("a", ""), "WG104", "name: is empty"),
        (CONCEPT.format("a", "N" * 101), "WG106", "name: is too long: at most 100"),
        (CONCEPT.format("a" * 57, "N"), "WG104", "beginning with a letter, at most 40"),
    ],
)
def test_what_has_the_wrong_length_is_told_the_right_one(text: str, code: str, said: str) -> None:
    library = Library()
    library.add_text(Source("a.toml", f'format = "wargame/1"\n{text}', given=True))
    found = [problem.said for problem in library.problems.sorted() if problem.code == code]
    assert any(said in each for each in found), found


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("two weeks", 14),
        ("Half a year", 183),
        ("half a day", 0.5),
        ("a year and a half", 549),
        ("two and a half weeks", 17.5),
        ("twenty-four hours", 1),
        ("thirty days", 30),
        ("10 days, or a week", 10),
        ("a few months", None),
        ("the rest of the year", None),
        ("as long as it takes", None),
        ("1,000 days", None),
    ],
)
def test_a_length_of_time_is_read_whole_or_not_at_all(text: str, days: float | None) -> None:
    assert days_of(text) == days
