"""The staff estimate of a whole question: every policy package under every theory, the anchor, the same step elsewhere.

Used before an exercise to argue about theories, not to decide anything in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from wargame.rules.box import Box
from wargame.rules.deterrence import Estimate, average_log_odds, estimate, percent_of, ratings, with_ratings
from wargame.rules.theory import Theory

HONESTY: Final = "The theories are presets that illustrate schools of thought; the table is evidence for none of them."
"""Stands wherever a table of theories does."""


class Cell(Struct, frozen=True, gc=False):
    """What one theory says of a step under one package; ``challenge`` is ``HOLDER>TARGET RUNG``."""

    package: str
    theory: str
    challenge: str
    found: Estimate


class Anchor(Struct, frozen=True, gc=False):
    """What the average crisis gives under a theory: the percent that the step is not taken."""

    theory: str
    percent: int


class Assessment(Struct, frozen=True, gc=False):
    """The table. ``cells`` go by package, then by theory; ``elsewhere`` are the same step in the other local dyads."""

    challenge: str
    theories: tuple[Theory, ...]
    cells: tuple[Cell, ...]
    elsewhere: tuple[Cell, ...]
    anchors: tuple[Anchor, ...]


def assess(box: Box, theories: Sequence[Theory] = ()) -> Assessment:
    """Return the estimates of the scenario's question at its start, under these theories or under all of them."""
    question, asked = box.question, tuple(theories) or box.theories
    pair = box.pair[question.pair]
    read = ratings(box, box.start, pair, question.rung)
    challenge = _challenge(box, pair.id)
    cells = []
    for package in question.packages:
        put = with_ratings(box, read, pair, package.ratings)
        cells += [Cell(package.id, theory.id, challenge, estimate(box, theory, put)) for theory in asked]
    elsewhere = [
        Cell(
            "",
            theory.id,
            _challenge(box, other.id),
            estimate(box, theory, ratings(box, box.start, other, question.rung)),
        )
        for dyad in box.dyads
        if dyad.is_local
        for other in box.pairs
        if other.dyad == dyad.id and other.holder == dyad.challenger and other.id != pair.id
        for theory in asked
    ]
    anchors = tuple(Anchor(t.id, percent_of(average_log_odds(len(t.pressure), t))) for t in asked)
    return Assessment(challenge, asked, tuple(cells), tuple(elsewhere), anchors)


def _challenge(box: Box, pair: str) -> str:
    return f"{pair} {box.ladder.rungs[box.question.rung].id}"
