"""The claims of a scenario, tried: each gives a percentage that lies where its author says, or does not."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from wargame.content.compile.acceptance import Acceptance, Asked, Played
from wargame.rules.box import Box
from wargame.rules.conditions import holds
from wargame.rules.deterrence import estimate, ratings, with_ratings
from wargame.rules.state import State
from wargame.trials.games import play, start_of


class Verdict(NamedTuple):
    """What a claim gave, in percent, and whether that is what it says."""

    claim: Acceptance
    percent: int

    @property
    def is_met(self) -> bool:
        """Whether the percentage lies within the claim."""
        return self.claim.low <= self.percent <= self.claim.high


def tried(
    box: Box, claims: Sequence[Acceptance], first_seed: int = 1, tick: Callable[[], None] = lambda: None
) -> list[Verdict]:
    """Try every claim; claims on the same games share them. Game k has seed ``first_seed`` + k; ``tick`` follows each game."""
    ends: dict[tuple[str, tuple[tuple[str, str], ...]], list[State]] = {}
    found = []
    for each in claims:
        if isinstance(each.claim, Asked):
            found.append(Verdict(each, _asked(box, each.claim)))
            continue
        wanted = each.claim
        games = ends.setdefault((wanted.theory, wanted.doctrines), [])
        for number in range(len(games), wanted.games):
            games.append(_end(box, first_seed + number, wanted))
            tick()
        met = sum(_is_so(wanted, state) for state in games[: wanted.games])
        found.append(Verdict(each, (200 * met + wanted.games) // (2 * wanted.games)))
    return found


def _asked(box: Box, claim: Asked) -> int:
    pair = box.pair[claim.pair]
    read = ratings(box, box.start, pair, claim.rung)
    for package in box.question.packages:
        if package.id == claim.package:
            read = with_ratings(box, read, pair, package.ratings)
    return estimate(box, box.theory[claim.theory], read).percent


def _end(box: Box, seed: int, claim: Played) -> State:
    (last,) = deque(play(box, seed, start_of(box, claim.theory, claim.doctrines)), maxlen=1)
    return last.after


def _is_so(claim: Played, state: State) -> bool:
    return state.ending == claim.ending if claim.ending else holds(claim.holds, state.values)
