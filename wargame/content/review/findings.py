"""The whole review of a library: every part of it, and what one finding makes needless to say of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from wargame.content.library import Library
from wargame.content.problems import Problem, Problems
from wargame.content.review import cards, decks, effects, ladders, orders, privacy, scenarios, wording
from wargame.content.review.stage import Review, Stage
from wargame.content.schema_scenario import Scenario

OF_TEXTS: Final = (wording.review, privacy.review)
"""Reviews of what was read, whether a scenario could be compiled or not."""

OF_PLAY: Final = (ladders.review, cards.review, orders.review, effects.review, decks.review, scenarios.review)
"""Reviews of what scenarios make of it; only where nothing is wrong, or one fault would look like many."""

CAUSES: Final = frozenset({"WG711", "WG722", "WG735"})
"""Codes after which it need not be said of the same thing that its effects come out as nothing."""

SHARED: Final = frozenset(
    {
        "WG701",
        "WG703",
        "WG711",
        "WG713",
        "WG722",
        "WG723",
        "WG724",
        "WG731",
        "WG732",
        "WG733",
        "WG734",
        "WG735",
        "WG755",
    }
)
"""Codes that judge content by all scenarios that share it. A file that was taken from a larger box has only one of them."""


def findings_of(library: Library, stages: Sequence[Stage], given_only: bool) -> list[Problem]:
    """Return what is worth saying about a library and its compiled scenarios, as problems with their severity."""
    review = Review(library, stages, given_only)
    parts = OF_TEXTS if library.problems else (*OF_TEXTS, *OF_PLAY)
    found = [finding for part in parts for finding in part(review)]
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for finding in found:
        codes[finding.spot.kind, finding.spot.id].add(finding.code)
    left_out = SHARED if any(_is_taken_out(stage.table) for stage in stages) else frozenset[str]()
    problems = Problems()
    for finding in found:
        is_follow_up = finding.code == "WG731" and codes[finding.spot.kind, finding.spot.id] & CAUSES
        if not is_follow_up and finding.code not in left_out:
            problems.add(finding.spot, finding.code, finding.message, finding.hint)
    return problems.sorted()


def _is_taken_out(scenario: Scenario) -> bool:
    """Whether a scenario says that names belong elsewhere: it was taken out of a larger box, with what others share."""
    said = scenario.elsewhere
    return any(getattr(said, name) for name in type(said).model_fields)
