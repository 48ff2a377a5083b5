"""What would have flipped a check: every single rating that, one point up or down, changes what the dice say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wargame.rules.box import Box
from wargame.rules.deterrence import LINKS, Ratings, ThreatRating, log_odds, percent_of
from wargame.rules.events import ChallengeResolved, ChallengeRolled
from wargame.rules.theory import Theory
from wargame.rules.tracks import HIGHEST, LOWEST

_POINT: Final = 2  # half points


class Flip(Struct, frozen=True, gc=False):
    """One rating, ``denial`` or ``own.free``, moved by one point: from ``old`` to ``new`` points, and the percent then."""

    name: str
    old: float
    new: float
    percent: int


def ratings_of(box: Box, check: ChallengeRolled | ChallengeResolved) -> Ratings:
    """Return the ratings a recorded check was made with. Raises KeyError if its terms are hidden or of another box."""
    given = {term.name: round(term.rating * 2) for term in check.terms}
    rung = box.rung_number[check.to]
    return Ratings(
        rung,
        tuple(given[name] for name in box.pressures),
        given["nerve"],
        tuple(given[name] for name in box.restraints),
        tuple(
            ThreatRating(
                threat.name, box.slots.index(threat.slot), threat.owner,
                *(round(getattr(threat, link) * 2) for link in LINKS),
            )
            for threat in check.threats
        ),
        box.ladder.rungs[rung].threats,
    )  # fmt: skip


def flips(box: Box, theory: Theory, read: Ratings, die: int) -> tuple[Flip, ...]:
    """Return each rating whose move by one point makes the dice say otherwise, those that change the percent most first.

    ``die`` is 1 to 100; the step is deterred unless it exceeds the percent.
    """
    now = percent_of(log_odds(read, theory))
    found = []
    for name, old, new, moved in _neighbours(box, read):
        percent = percent_of(log_odds(moved, theory))
        if (die > percent) != (die > now):
            found.append(Flip(name, old / 2, new / 2, percent))
    return tuple(sorted(found, key=lambda flip: -abs(flip.percent - now)))


def _neighbours(box: Box, read: Ratings) -> Iterator[tuple[str, int, int, Ratings]]:
    """Yield the name of each rating, its old and new half points, and the ratings with it moved by a point."""
    for name, old, new, place in _moves(box.pressures, read.pressure):
        yield name, old, new, replace(read, pressure=_with(read.pressure, place, new))
    for _, old, new, _ in _moves(("nerve",), (read.nerve,)):
        yield "nerve", old, new, replace(read, nerve=new)
    for name, old, new, place in _moves(box.restraints, read.restraint):
        yield name, old, new, replace(read, restraint=_with(read.restraint, place, new))
    for number, threat in enumerate(read.threats):
        if threat.slot not in read.slots:
            continue
        for link, old, new, _ in _moves(LINKS, tuple(getattr(threat, link) for link in LINKS)):
            moved = replace(threat, **{link: new})
            threats = (*read.threats[:number], moved, *read.threats[number + 1 :])
            yield f"{threat.id}.{link}", old, new, replace(read, threats=threats)


def _moves(names: tuple[str, ...], found: tuple[int, ...]) -> Iterator[tuple[str, int, int, int]]:
    for place, (name, old) in enumerate(zip(names, found, strict=True)):
        for new in (old - _POINT, old + _POINT):
            kept = min(HIGHEST, max(LOWEST, new))
            if kept != old:
                yield name, old, kept, place


def _with(found: tuple[int, ...], place: int, new: int) -> tuple[int, ...]:
    return (*found[:place], new, *found[place + 1 :])
