"""The staff estimate against the reference table: nine packages under six theories, the anchor, each school's own remedy."""

from __future__ import annotations

import pytest

from tests.games import february
from wargame.rules.assessment import HONESTY, Assessment, assess
from wargame.rules.deterrence import estimate, ratings, with_ratings

THEORIES = ("balanced", "own-countervalue", "denial-first", "spiral", "umbrella", "motivation-first")

TABLE = {
    "no-new-policy": (22, 14, 18, 22, 25, 16),
    "long-range-permitted": (35, 70, 21, 24, 32, 23),
    "long-range-arriving": (20, 21, 15, 14, 22, 13),
    "long-range-vetoed": (21, 16, 17, 16, 23, 14),
    "porcupine": (43, 21, 60, 38, 40, 33),
    "tripwire-pledge": (45, 25, 31, 30, 72, 32),
    "sanctions-precommitted": (33, 19, 24, 33, 37, 25),
    "assurance-bargain": (43, 28, 37, 72, 48, 52),
    "mixed": (67, 38, 77, 73, 65, 68),
}
"""Percent that the step to major war is not taken, as the design's prototype gave it with real numbers."""

SIGNATURES = {
    "own-countervalue": "long-range-permitted",
    "denial-first": "porcupine",
    "spiral": "assurance-bargain",
    "umbrella": "tripwire-pledge",
    "motivation-first": "assurance-bargain",
}

CONSTANTS = (-72, -273, -627, 410, -562, 737)


@pytest.fixture(scope="module")
def found() -> Assessment:
    return assess(february())


@pytest.mark.parametrize("package", TABLE)
@pytest.mark.parametrize("theory", THEORIES)
def test_every_cell_is_within_a_point_of_the_reference(found: Assessment, package: str, theory: str) -> None:
    (cell,) = [each for each in found.cells if (each.package, each.theory) == (package, theory)]
    assert abs(cell.found.percent - TABLE[package][THEORIES.index(theory)]) <= 1
    assert cell.found.low <= cell.found.percent <= cell.found.high
    assert sum(term.contribution for term in cell.found.terms) == cell.found.margin


def test_the_table_has_these_cells_and_no_others(found: Assessment) -> None:
    assert [theory.id for theory in found.theories] == list(THEORIES)
    assert [(cell.package, cell.theory) for cell in found.cells] == [(p, t) for p in TABLE for t in THEORIES]
    assert {cell.challenge for cell in found.cells} == {"moscow>kyiv r12"}


def test_the_average_crisis_gives_58_under_every_theory(found: Assessment) -> None:
    assert [anchor.percent for anchor in found.anchors] == [58] * len(THEORIES)


def test_the_constants_are_those_of_the_design(found: Assessment) -> None:
    for theory, constant in zip(found.theories, CONSTANTS, strict=True):
        assert abs(theory.constant - constant) <= 1, theory.id


@pytest.mark.parametrize(("theory", "signature"), SIGNATURES.items())
def test_each_school_ranks_its_own_remedy_first_among_single_packages(
    found: Assessment, theory: str, signature: str
) -> None:
    singles = {c.package: c.found for c in found.cells if c.theory == theory and c.package != "mixed"}
    log_odds = {package: each.margin for package, each in singles.items()}
    assert max(log_odds, key=lambda package: log_odds[package]) == signature
    assert found.theories[THEORIES.index(theory)].signature == (signature,)
    others = [percent for package, each in singles.items() if package != signature for percent in [each.percent]]
    assert singles[signature].percent > max(others), "and by a whole percent at least"


def cell(found: Assessment, package: str, theory: str) -> int:
    return next(c.found.percent for c in found.cells if (c.package, c.theory) == (package, theory))


def test_announced_but_arriving_is_no_better_than_nothing_where_fear_rules(found: Assessment) -> None:
    assert cell(found, "long-range-arriving", "spiral") <= cell(found, "no-new-policy", "spiral")


def test_vetoed_is_close_to_nothing_where_ones_own_threat_counts(found: Assessment) -> None:
    assert (
        abs(cell(found, "long-range-vetoed", "own-countervalue") - cell(found, "no-new-policy", "own-countervalue"))
        <= 3
    )


def test_the_weakest_link_is_named_and_the_band_is_that_of_the_design(found: Assessment) -> None:
    first = found.cells[0].found
    assert first.weakest == "mil.will"
    assert (first.low, first.high) == (11, 42)
    assert {threat.name: threat.weakest for threat in first.threats if threat.counts}["own"] == "capability"


def test_the_same_step_in_the_other_theatre_and_with_two_fronts(found: Assessment) -> None:
    (other,) = [each for each in found.elsewhere if each.theory == "balanced"]
    assert other.challenge == "beijing>taipei r12"
    assert other.found.percent == 90
    box = february()
    pair = box.pair["beijing>taipei"]
    links = {"mil": (3, 2, 4, 2, 5), "econ": (4, 2, 4, 2, 4)}
    edits = [("window", 8)]
    for threat, rated in links.items():
        edits += [(f"{threat}.{link}", 2 * points) for link, points in zip(
            ("capability", "will", "free", "clarity", "cost"), rated, strict=True)]  # fmt: skip
    fighting = with_ratings(box, ratings(box, box.start, pair, box.question.rung), pair, tuple(edits))
    assert estimate(box, box.theory["balanced"], fighting).percent == 77


def test_only_the_theories_asked_for_are_answered() -> None:
    box = february()
    found = assess(box, [box.theory["spiral"]])
    assert len(found.cells) == len(TABLE)
    assert {each.theory for each in (*found.cells, *found.elsewhere)} == {"spiral"}
    assert [anchor.theory for anchor in found.anchors] == ["spiral"]


def test_the_sentence_that_stands_wherever_the_table_does() -> None:
    assert "evidence for none" in HONESTY
