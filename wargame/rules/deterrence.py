"""The calculus of deterrence (rules.md section 6): every term, its weight, its contribution, the odds and their band.

Everything is whole numbers. Ratings are half points from 2 (one) to 10 (five); weights, credibilities and contributions are
thousandths; chances are whole percent. The same arithmetic is done by hand with the tables of rules.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from math import ceil, isqrt, log
from typing import Final

from msgspec import Struct

from wargame.rules.box import Box, Pair, ThreatRefs
from wargame.rules.conditions import holds
from wargame.rules.events import Term, ThreatTerm
from wargame.rules.theory import Theory
from wargame.rules.tracks import HIGHEST, LOWEST, Values

LINKS: Final = ("capability", "will", "free", "clarity", "cost")
"""The links of a threat; the weakest of the first three is as far as anyone believes it."""

MOST_CREDIBLE: Final = 950
"""No threat is ever certain (thousandths)."""

ODDS: Final = tuple(ceil(1000 * log((p - 0.5) / (100.5 - p))) for p in range(2, 100))
"""Least log-odds, in thousandths, that round to 2, 3, ... 99 percent (rules.md prints the table)."""


class ThreatRating(Struct, frozen=True, gc=False):
    """One threat's links as the challenger holds them, in half points, clamped and capped."""

    id: str
    slot: int
    owner: str
    capability: int
    will: int
    free: int
    clarity: int
    cost: int


class Ratings(Struct, frozen=True, gc=False):
    """A whole sheet as read for one step, in half points. ``rung`` is the rung aimed at, ``slots`` those that answer."""

    rung: int
    pressure: tuple[int, ...]
    nerve: int
    restraint: tuple[int, ...]
    threats: tuple[ThreatRating, ...]
    slots: tuple[int, ...]


class Estimate(Struct, frozen=True, gc=False):
    """The staff estimate that a step is *not* taken.

    ``percent`` with its band ``low`` to ``high``; ``margin`` is the sum of the terms' contributions; ``weakest`` names the
    link, as ``threat.link``, where one point more would restrain most, or is empty.
    """

    percent: int
    low: int
    high: int
    margin: int
    constant: int
    terms: tuple[Term, ...]
    threats: tuple[ThreatTerm, ...]
    weakest: str


def percent_of(log_odds: int) -> int:
    """Return the whole percent, 1 to 99, of log-odds in thousandths."""
    return 1 + bisect_right(ODDS, log_odds)


def scale(rating: int) -> int:
    """Return s(x) in thousandths of a rating in half points: 100, 300, ... 900 for one to five."""
    return 100 * (rating - 1)


_BELIEVED: Final = tuple(
    tuple(min(MOST_CREDIBLE, scale(link) * (700 + 50 * clarity) // 1000) for clarity in range(HIGHEST + 1))
    for link in range(HIGHEST + 1)
)
"""How far a threat is believed, by its weakest link and its clarity: looked up thousands of times a game."""


def _divide(number: int, by: int) -> int:
    """Divide, rounding to the nearest whole number, halves away from zero."""
    return (number + by // 2) // by if number >= 0 else -((-number + by // 2) // by)


def _clamp(rating: int) -> int:
    return LOWEST if rating < LOWEST else HIGHEST if rating > HIGHEST else rating


def credibility(capability: int, will: int, free: int, clarity: int, floor: int = 0) -> int:
    """Return how far a threat is believed, in thousandths: the weakest of three links, spoken clearly or not."""
    weakest = capability if capability < will else will
    believed = _BELIEVED[weakest if weakest < free else free][clarity]
    return believed if believed > floor else floor


def _worth(links: tuple[int, ...], floor: int) -> int:
    """Return credibility times cost, in millionths, of a threat's five links."""
    capability, will, free, clarity, cost = links
    return credibility(capability, will, free, clarity, floor) * scale(cost)


def _threat_rating(
    values: Values, refs: ThreatRefs, add: tuple[int, ...], most_cost: int
) -> tuple[int, int, int, int, int]:
    block, place = refs.capability
    capability = values[block][place] + add[0]
    if refs.capability_cap is not None:
        capability = min(capability, values[refs.capability_cap[0]][refs.capability_cap[1]])
    will = values[refs.will[0]][refs.will[1]] + add[1]
    if refs.will_cap is not None:
        will = min(will, values[refs.will_cap[0]][refs.will_cap[1]])
    free = values[refs.free[0]][refs.free[1]]
    if refs.free_words:
        free = refs.free_words[free]
    free += refs.free_more + add[2]
    clarity = values[refs.clarity[0]][refs.clarity[1]] + add[3]
    cost = min(values[refs.cost[0]][refs.cost[1]] + add[4], most_cost)
    return _clamp(capability), _clamp(will), _clamp(free), _clamp(clarity), _clamp(cost)


def ratings(
    box: Box,
    values: Values,
    pair: Pair,
    rung: int,
    done: Collection[tuple[str, str, int]] = (),
    answering: bool = False,
    true: bool = False,
) -> Ratings:
    """Read a sheet for a step to ``rung``.

    ``done`` lists threats already carried out, as (owner, pair, slot): they count at the rulebook's spent cost (rule 6.7).
    ``answering``: the holder answers an attack, so that the attacker's own threats weigh less. ``true`` reads what is so
    instead of what the holder believes.
    """
    pressure = [values[b][p] for b, p in pair.pressure]
    nerve = values[pair.nerve[0]][pair.nerve[1]]
    restraint = [values[b][p] for b, p in (pair.true_restraint if true else pair.restraint)]
    links = [(0, 0, 0, 0, 0)] * len(pair.threats)
    for shift in pair.shifts[rung]:
        if shift.when and not holds(shift.when, values):
            continue
        pressure = [a + b for a, b in zip(pressure, shift.pressure, strict=True)]
        restraint = [a + b for a, b in zip(restraint, shift.restraint, strict=True)]
        nerve += shift.nerve
        links = [(a + f, b + g, c + h, d + i, e + j)
                 for (a, b, c, d, e), (f, g, h, i, j) in zip(links, shift.links, strict=True)]  # fmt: skip
    book = box.rulebook
    threats = []
    for threat, add in zip(pair.threats, links, strict=True):
        most = HIGHEST
        if done and (threat.owner, pair.id, threat.slot) in done:
            most = book.spent_cost
        elif answering and threat.owner == pair.target:
            most = book.answered_cost
        refs = threat.true if true else threat.seen
        threats.append(ThreatRating(threat.id, threat.slot, threat.owner, *_threat_rating(values, refs, add, most)))
    return Ratings(
        rung,
        tuple(map(_clamp, pressure)),
        _clamp(nerve),
        tuple(map(_clamp, restraint)),
        tuple(threats),
        box.ladder.rungs[rung].threats,
    )


def slot_weights(theory: Theory, rung: int) -> list[int]:
    """Return the theory's weight of each slot of threat for a step to ``rung``, in thousandths."""
    weights = list(theory.threat)
    for adjust in theory.adjust:
        if rung in adjust.rungs:
            weights[adjust.slot] = _divide(weights[adjust.slot] * adjust.percent, 100)
    return weights


def _best_by_slot(read: Ratings, theory: Theory) -> dict[int, tuple[int, ThreatRating]]:
    """Return for each slot that answers its most costly credible threat, as (credibility times cost, threat)."""
    best: dict[int, tuple[int, ThreatRating]] = {}
    for threat in read.threats:
        if threat.slot not in read.slots:
            continue
        worth = credibility(threat.capability, threat.will, threat.free, threat.clarity, theory.floor[threat.slot])
        worth *= scale(threat.cost)
        if threat.slot not in best or worth > best[threat.slot][0]:
            best[threat.slot] = (worth, threat)
    return best


def log_odds(read: Ratings, theory: Theory) -> int:
    """Return the log-odds, in thousandths, that the step is not taken: the constant plus the margin."""
    total = theory.constant - _divide(theory.nerve * (read.nerve - 6), 2)
    for weight, rating in zip(theory.pressure, read.pressure, strict=True):
        total -= _divide(weight * scale(rating), 1000)
    for weight, rating in zip(theory.restraint, read.restraint, strict=True):
        total += _divide(weight * scale(rating), 1000)
    weights = slot_weights(theory, read.rung)
    for slot, (worth, _) in _best_by_slot(read, theory).items():
        total += _divide(weights[slot] * worth, 1_000_000)
    return total


def _weakest_link(threat: ThreatRating) -> str:
    lowest = min(threat.capability, threat.will, threat.free)
    return next(link for link in LINKS[:3] if getattr(threat, link) == lowest)


def _linear_shifts(weights: tuple[int, ...], found: tuple[int, ...], sign: int) -> list[tuple[int, int]]:
    """Return for each linear term how the margin moves with one point less and one point more."""
    return [
        (
            sign * _divide(w * (scale(_clamp(r - 2)) - scale(r)), 1000),
            sign * _divide(w * (scale(_clamp(r + 2)) - scale(r)), 1000),
        )
        for w, r in zip(weights, found, strict=True)
    ]


def _threat_shifts(read: Ratings, theory: Theory, weights: list[int]) -> tuple[list[tuple[int, int]], str]:
    """Return how the margin moves with each link one point less and more, and the link where more helps most."""
    best = _best_by_slot(read, theory)
    shifts: list[tuple[int, int]] = []
    weakest, most = "", 0
    for threat in read.threats:
        if threat.slot not in best:
            continue
        weight, floor, counted = weights[threat.slot], theory.floor[threat.slot], best[threat.slot][0]
        others = max(
            (credibility(t.capability, t.will, t.free, t.clarity, floor) * scale(t.cost)
             for t in read.threats if t.slot == threat.slot and t is not threat), default=0)  # fmt: skip
        now = _divide(weight * counted, 1_000_000)
        links = (threat.capability, threat.will, threat.free, threat.clarity, threat.cost)
        for place, rating in enumerate(links):
            moved = []
            for other in (_clamp(rating - 2), _clamp(rating + 2)):
                tried = (*links[:place], other, *links[place + 1 :])
                moved.append(_divide(weight * max(others, _worth(tried, floor)), 1_000_000) - now)
            shifts.append((moved[0], moved[1]))
        weak = LINKS.index(_weakest_link(threat))
        lowest = links[weak]
        lifted = tuple(_clamp(r + 2) if place < 3 and r == lowest else r for place, r in enumerate(links))
        gain = _divide(weight * max(others, _worth(lifted, floor)), 1_000_000) - now
        if gain > most:
            weakest, most = f"{threat.id}.{LINKS[weak]}", gain
    return shifts, weakest


def _terms(box: Box, read: Ratings, theory: Theory, weights: list[int]) -> tuple[Term, ...]:
    terms = [
        Term(name, rating / 2, weight, -_divide(weight * scale(rating), 1000), "pressure")
        for name, rating, weight in zip(box.pressures, read.pressure, theory.pressure, strict=True)
    ]
    terms.append(Term("nerve", read.nerve / 2, theory.nerve, -_divide(theory.nerve * (read.nerve - 6), 2), "pressure"))
    terms += [
        Term(name, rating / 2, weight, _divide(weight * scale(rating), 1000), "restraint")
        for name, rating, weight in zip(box.restraints, read.restraint, theory.restraint, strict=True)
    ]
    best = _best_by_slot(read, theory)
    for slot, name in enumerate(box.slots):
        if slot in best:
            worth, threat = best[slot]
            rating = min(threat.capability, threat.will, threat.free) / 2
            terms.append(Term(name, rating, weights[slot], _divide(weights[slot] * worth, 1_000_000), "restraint"))
    return tuple(terms)


def _threat_terms(box: Box, read: Ratings, theory: Theory) -> tuple[ThreatTerm, ...]:
    counted = {id(threat) for _, threat in _best_by_slot(read, theory).values()}
    return tuple(
        ThreatTerm(
            name=t.id,
            slot=box.slots[t.slot],
            owner=t.owner,
            capability=t.capability / 2,
            will=t.will / 2,
            free=t.free / 2,
            clarity=t.clarity / 2,
            cost=t.cost / 2,
            credibility=credibility(t.capability, t.will, t.free, t.clarity, theory.floor[t.slot]),
            weakest=_weakest_link(t),
            counts=id(t) in counted,
        )
        for t in read.threats
        if t.slot in read.slots
    )


def estimate(box: Box, theory: Theory, read: Ratings) -> Estimate:
    """Return the whole staff estimate of a step.

    The band shifts each rating by one point in turn and adds the shifts of the log-odds by the root of their squares, up
    and down apart (rule 6.9).
    """
    weights = slot_weights(theory, read.rung)
    terms = _terms(box, read, theory, weights)
    margin = sum(term.contribution for term in terms)
    shifts, weakest = _threat_shifts(read, theory, weights)
    shifts += _linear_shifts(theory.pressure, read.pressure, -1)
    shifts += _linear_shifts(theory.restraint, read.restraint, 1)
    shifts.append(tuple(-_divide(theory.nerve * (_clamp(read.nerve + step) - read.nerve), 2) for step in (-2, 2)))  # type: ignore[arg-type]
    down = isqrt(sum(min(0, *both) ** 2 for both in shifts))
    up = isqrt(sum(max(0, *both) ** 2 for both in shifts))
    total = theory.constant + margin
    return Estimate(
        percent=percent_of(total),
        low=percent_of(total - down),
        high=percent_of(total + up),
        margin=margin,
        constant=theory.constant,
        terms=terms,
        threats=_threat_terms(box, read, theory),
        weakest=weakest,
    )


def with_ratings(box: Box, read: Ratings, pair: Pair, edits: tuple[tuple[str, int], ...]) -> Ratings:
    """Return ratings with some replaced, as a policy package does: ``denial`` or ``own.free``, in half points.

    Raises KeyError for a name the sheet does not have.
    """
    pressure, restraint, nerve = list(read.pressure), list(read.restraint), read.nerve
    threats = {threat.id: threat for threat in read.threats}
    for name, rating in edits:
        if name in box.pressures:
            pressure[box.pressures.index(name)] = rating
        elif name in box.restraints:
            restraint[box.restraints.index(name)] = rating
        elif name == "nerve":
            nerve = rating
        else:
            threat, _, link = name.partition(".")
            if link not in LINKS:
                raise KeyError(f"{pair.id}: no rating {name}")
            old = threats[threat]
            links = {each: getattr(old, each) for each in LINKS} | {link: rating}
            threats[threat] = ThreatRating(old.id, old.slot, old.owner, **links)
    return Ratings(read.rung, tuple(pressure), nerve, tuple(restraint), tuple(threats.values()), read.slots)


def average_log_odds(pressures: int, theory: Theory) -> int:
    """Return the log-odds of the average crisis: pressure four, all else three, one threat in each slot that is part of it."""
    slots = tuple(slot for slot in range(len(theory.threat)) if slot not in theory.beside)
    read = Ratings(
        -1,
        (8,) * pressures,
        6,
        (6,) * len(theory.restraint),
        tuple(ThreatRating(str(slot), slot, "", 6, 6, 6, 6, 6) for slot in slots),
        slots,
    )
    return log_odds(read, theory)


def anchored(theory: Theory) -> int:
    """Return the constant K, in thousandths, that gives the average crisis the theory's anchor."""
    wanted = round(1000 * log(theory.anchor / (100 - theory.anchor)))
    return wanted - (average_log_odds(len(theory.pressure), theory) - theory.constant)
