"""The whole review of a library: every part of it, and what one finding makes needless to say of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from wargame.content.library import Library
from wargame.content.problems import Problem, Problems
from wargame.content.review import cards, decks, effects, ladders, orders, privacy, scenarios, wording
from wargame.content.review.stage import Review, Stage

OF_TEXTS: Final = (wording.review, privacy.review)
"""Reviews of what was read, whether a scenario could be compiled or not."""

OF_PLAY: Final = (ladders.review, cards.review, orders.review, effects.review, decks.review, scenarios.review)
"""Reviews of what scenarios make of it; only where nothing is wrong, or one fault would look like many."""

CAUSES: Final = frozenset({"WG711", "WG722", "WG735"})
"""Codes after which it need not be said of the same thing that its effects come out as nothing."""


def findings_of(library: Library, stages: Sequence[Stage], given_only: bool) -> list[Problem]:
    """Return what is worth saying about a library and its compiled scenarios, as problems with their severity."""
    review = Review(library, stages, given_only)
    parts = OF_TEXTS if library.problems else (*OF_TEXTS, *OF_PLAY)
    found = [finding for part in parts for finding in part(review)]
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for finding in found:
        codes[finding.spot.kind, finding.spot.id].add(finding.code)
    problems = Problems()
    for finding in found:
        if finding.code != "WG731" or not codes[finding.spot.kind, finding.spot.id] & CAUSES:
            problems.add(finding.spot, finding.code, finding.message, finding.hint)
    return problems.sorted()
