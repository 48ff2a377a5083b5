"""Content that was broken at random: the check ends with exit code 0 or 3, and what passes plays to its end."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.fuzzing import BUILT_IN, CHANGES, Workshop, mutant, sources
from wargame.errors import EXIT_CONTENT, EXIT_OK

MANY = 100_000


@pytest.mark.parametrize("name", [name for name in sources() if name in ("three-capitals", "cuba-1962", BUILT_IN[0])])
def test_what_is_not_broken_passes_and_plays(name: str, tmp_path: Path) -> None:
    sound = mutant(0)._replace(source=name, content=sources()[name].encode())
    verdict = Workshop(tmp_path).judge(sound)
    assert verdict == (EXIT_OK, True, "")


def test_a_mutant_is_its_number() -> None:
    assert [mutant(number) for number in range(20)] == [mutant(number) for number in range(20)]
    made = [mutant(number) for number in range(300)]
    assert {change.__name__.strip("_").replace("_", " ") for change in CHANGES} <= {d for m in made for d in m.done}
    assert {"three-capitals", "cuba-1962"} < {each.source for each in made}


def _judge(first: int, number: int, folder: Path) -> Counter[int]:
    """Judge mutants by number and return how many had which exit code."""
    workshop, codes = Workshop(folder), Counter[int]()
    for each in range(first, first + number):
        verdict = workshop.judge(mutant(each))
        assert not verdict.fault, f"mutant {each}: {verdict.fault}"
        assert verdict.ended is not False, f"mutant {each} does not end"
        codes[verdict.code] += 1
    assert set(codes) <= {EXIT_OK, EXIT_CONTENT}
    return codes


def test_mutants_are_refused_or_play(tmp_path: Path) -> None:
    codes = _judge(0, 100, tmp_path)
    assert codes[EXIT_CONTENT] > 40
    assert codes[EXIT_OK] > 10


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("first", range(0, MANY, 1_000))
def test_100_000_mutants_are_refused_or_play(first: int, tmp_path: Path) -> None:
    _judge(first, 1_000, tmp_path)
