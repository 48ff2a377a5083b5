"""Decks as a whole: whom their cards help, whether they come at the right time, and what they teach."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from wargame.content.library import Item
from wargame.content.review.stage import Finding, Review, Stage, named
from wargame.content.schema import Card as CardTable
from wargame.content.schema import Measure
from wargame.content.schema_rules import Concept
from wargame.content.schema_scenario import Scenario
from wargame.rules.box import CHALLENGER, Box
from wargame.rules.effects import Effect, Effects
from wargame.rules.ladder import Test
from wargame.rules.tracks import Ref, read

LEAST: Final = 6
"""Cards that lean one way or the other from which on a deck can be called one-sided."""

MOST_PERCENT: Final = 90
"""Percent of them that may lean the same way."""

_WAYS: Final = "ways of the ratings, kept by the review"
_DAYS: Final = {
    "hour": 1 / 24,
    "day": 1,
    "week": 7,
    "fortnight": 14,
    "month": 31,
    "quarter": 92,
    "season": 92,
    "year": 366,
}
_NUMBERS: Final = {
    "half": 0.5, "a": 1, "an": 1, "each": 1, "every": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip


def review(review: Review) -> Iterator[Finding]:
    """Yield what is odd about decks and about what is taught."""
    yield from _leanings(review)
    for table, item in review.all("card", CardTable):
        if table.date is not None:
            late = [stage for stage in review.own if _uses(stage, item) and _is_over(stage.table, table.date)]
            if late:
                hint = "let it lie in a deck that this scenario does not draw"
                yield Finding(item.spot.at("date"), "WG752", f"{named(late)} ends long before {table.date}", hint)
    taught = {card.concept for card, _ in review.library.all("card", CardTable)}
    taught |= {measure.concept for measure, _ in review.library.all("measure", Measure)}
    taught |= {lesson.concept for scenario, _ in review.library.all("scenario", Scenario) for lesson in scenario.lesson}
    for concept, item in review.all("concept", Concept):
        if concept.id not in taught:
            yield Finding(item.spot, "WG755", "no card, measure or lesson teaches this", "write one, or leave it out")


def _uses(stage: Stage, item: Item) -> bool:
    if item.id not in stage.box.card or not stage.has(item):
        return False
    drawn, scheduled = stage.reach.ways(stage.box.card[item.id])
    return drawn or bool(scheduled)


def _is_over(scenario: Scenario, day: datetime.date) -> bool:
    """Whether a scenario is over by a day: its last turn, and a year since it began. Never, where no length can be read."""
    length = days_of(scenario.turn)
    return length is not None and (day - scenario.begins).days > max(366, length * scenario.turns)


def days_of(text: str) -> float | None:
    """Return how many days a length of time is, at most: ``half a year`` is 183. None where it cannot be read."""
    whole = text.lower().replace("and a half", " ")
    half = 0.5 if whole != text.lower() else 0
    words = re.findall(r"[a-z]+|\d+(?:[.,/]\d+)*", whole)
    found: list[float] = []
    for place, unit in enumerate(word.removesuffix("s") for word in words):
        if unit in _DAYS:
            amount = _number_in(words[:place])
            if amount is None:
                return None
            found.append(_DAYS[unit] * (amount + half))
    return max(found, default=None)


def _number_in(words: list[str]) -> float | None:
    """Return the number at the end of these words, as ``24``, ``twenty-four`` or ``half a``; None where there is none."""
    last, before = words[-1] if words else "", words[-2] if len(words) > 1 else ""
    if last.isdecimal():
        return float(last)
    if last == "a" and before == "half":
        return 0.5
    number = _NUMBERS.get(last)
    tens = _NUMBERS.get(before, 0)
    return number + tens if number and number < 10 and tens >= 20 else number


# Whom cards help


class _Lean(NamedTuple):
    """A card and how far it moves checks for those who deter; against them where it is below nought."""

    item: Item
    points: float


def _leanings(review: Review) -> Iterator[Finding]:
    decks: dict[str, list[_Lean]] = {}
    for table, item in review.all("card", CardTable):
        found = [_points(stage, item.id) for stage in review.own if _uses(stage, item)]
        points = next((each for each in found if each), 0.0)
        if points:
            decks.setdefault(table.deck, []).append(_Lean(item, points))
    for deck, cards in decks.items():
        deter = [card for card in cards if card.points > 0]
        most = max(len(deter), len(cards) - len(deter))
        if len(cards) >= LEAST and most * 100 > MOST_PERCENT * len(cards):
            whom = "those who deter" if most == len(deter) else "those who are deterred"
            message = f"of {len(cards)} cards of {deck} that move a check, {most} help {whom}"
            yield Finding(cards[0].item.spot.at("deck"), "WG754", message, "let some of them help the other side")


def _points(stage: Stage, name: str) -> float:
    box, card = stage.box, stage.box.card[name]
    points = _moved(box, card.then) + _thrown(box, card.tests)
    options = [o for o in card.options if (name, o.id) in stage.reach.options]
    if options:
        points += sum(_moved(box, o.then) + _thrown(box, o.tests) for o in options) / len(options)
    return points


def _thrown(box: Box, tests: tuple[Test, ...]) -> float:
    return sum(_moved(box, test.fail) * max(0, min(100, test.percent)) / 100 for test in tests)


def _moved(box: Box, effects: Effects) -> float:
    """Return how far effects move checks: what is seen and what is true of one rating count once."""
    points: dict[str, float] = {}
    for effect in effects:
        way = _ways(box).get((effect.block, effect.place), 0)
        if way:
            points[effect.address.removesuffix(".seen").removesuffix(".true")] = way * _amount(box, effect)
    return sum(points.values())


def _amount(box: Box, effect: Effect) -> int:
    now = read(box.start, (effect.block, effect.place))
    if effect.op == "=":
        return effect.amount - now
    if effect.op == "~" and effect.toward is not None:
        gap = read(box.start, effect.toward) - now
        return effect.amount if gap > 0 else -effect.amount if gap < 0 else 0
    return effect.amount


def _ways(box: Box) -> dict[Ref, int]:
    """Return the ratings that checks read: 1 where more of it helps those who deter, -1 where it helps the challenger.

    A challenger that is held back helps those who deter; a partner or patron that is held back helps the challenger.
    """
    known: dict[Ref, int] | None = box.__dict__.get(_WAYS)
    if known is None:
        known = box.__dict__[_WAYS] = {}
        for ref, way in _each_way(box):
            known[ref] = way if known.get(ref, way) == way else 0
    return known


def _each_way(box: Box) -> Iterator[tuple[Ref, int]]:
    for pair in box.pairs:
        way = 1 if box.capital[pair.holder].role == CHALLENGER else -1
        yield from ((ref, -way) for ref in (*pair.pressure, pair.nerve))
        yield from ((ref, way) for ref in (*pair.restraint, *pair.true_restraint))
        for threat in pair.threats:
            for refs in (threat.seen, threat.true):
                links = (
                    refs.capability,
                    refs.will,
                    refs.free,
                    refs.clarity,
                    refs.cost,
                    refs.capability_cap,
                    refs.will_cap,
                )
                yield from ((ref, way) for ref in links if ref is not None)
