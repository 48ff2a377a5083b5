"""Every text of content that a person reads, with its place and with who may read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from wargame.content.library import Item
from wargame.content.problems import Spot
from wargame.content.review.stage import Review
from wargame.content.schema import Card, Doctrine, Measure
from wargame.content.schema_rules import Concept, Hazard, Ladder, Reaction, Shift, Standing, Theory, Track
from wargame.content.schema_scenario import Outcome, Scenario

PUBLIC: Final = ("*",)
"""Everybody may read it."""

WHITE_CELL: Final = ()
"""Only the white cell, or whoever opens the file, reads it."""

_TEXTS: Final = "texts, kept by the review"
ALOUD, LONG, LINE, TITLE = "aloud", "long", "line", "title"
"""What a text is for: read aloud at the table; read by oneself at leisure; a line in a list; a heading."""


class Text(NamedTuple):
    """A text. ``to``: who may read it; ``use``: what it is for."""

    item: Item
    spot: Spot
    text: str
    use: str = LINE
    to: tuple[str, ...] = PUBLIC


def texts(review: Review) -> list[Text]:
    """Return every text of a review, looked at or not, thing by thing; they are collected once."""
    known: list[Text] | None = review.__dict__.get(_TEXTS)
    if known is None:
        known = review.__dict__[_TEXTS] = list(_texts(review))
    return known


def _texts(review: Review) -> Iterator[Text]:
    for table, item in review.whole("scenario", Scenario):
        yield from _scenario(table, item)
    for card, item in review.whole("card", Card):
        yield from _card(card, item)
    for ladder, item in review.whole("ladder", Ladder):
        yield from _ladder(ladder, item)
    for measure, item in review.whole("measure", Measure):
        yield from _pair(item, measure.title, measure.text)
        yield from _tests(item, item.spot, measure.tests)
    for doctrine, item in review.whole("doctrine", Doctrine):
        yield from _doctrine(doctrine, item)
    for concept, item in review.whole("concept", Concept):
        yield Text(item, item.spot.at("name"), concept.name, TITLE)
        yield Text(item, item.spot.at("text"), concept.text)
    for theory, item in review.whole("theory", Theory):
        yield Text(item, item.spot.at("name"), theory.name, TITLE)
        yield Text(item, item.spot.at("believes"), theory.believes)
    for track, item in review.whole("track", Track):
        yield Text(item, item.spot.at("text"), track.text)
    for reaction, item in review.whole("reaction", Reaction):
        yield Text(item, item.spot.at("text"), reaction.text, ALOUD)
    for standing, item in review.whole("standing", Standing):
        yield Text(item, item.spot.at("text"), standing.text, ALOUD)
    for shift, item in review.whole("shift", Shift):
        yield Text(item, item.spot.at("text"), shift.text)


def _pair(item: Item, title: str, text: str, to: tuple[str, ...] = PUBLIC) -> Iterator[Text]:
    yield Text(item, item.spot.at("title"), title, TITLE, to)
    yield Text(item, item.spot.at("text"), text, ALOUD, to)


def _tests(item: Item, spot: Spot, tests: Iterable[Hazard], to: tuple[str, ...] = PUBLIC) -> Iterator[Text]:
    for place, hazard in enumerate(tests):
        yield Text(item, spot.at("tests", place, "text"), hazard.text, ALOUD, to)


def _card(table: Card, item: Item) -> Iterator[Text]:
    to = PUBLIC if "*" in table.seen else tuple(table.seen)
    yield from _pair(item, table.title, table.text, to)
    yield Text(item, item.spot.at("question"), table.question, LINE, to)
    yield from _tests(item, item.spot, table.tests, to)
    for place, option in enumerate(table.option):
        spot = item.spot.at("option", place)
        yield Text(item, spot.at("label"), option.label, LINE, to)
        yield from _tests(item, spot, option.tests, to)


def _ladder(table: Ladder, item: Item) -> Iterator[Text]:
    spot = item.spot
    yield Text(item, spot.at("name"), table.name, TITLE)
    for place, zone in enumerate(table.zone):
        yield Text(item, spot.at("zone", place, "name"), zone.name, TITLE)
        yield Text(item, spot.at("zone", place, "firebreak"), zone.firebreak, TITLE)
    for place, rung in enumerate(table.rung):
        yield Text(item, spot.at("rung", place, "name"), rung.name, TITLE)
        yield Text(item, spot.at("rung", place, "text"), rung.text, ALOUD)
    for place, edge in enumerate(table.edge):
        yield Text(item, spot.at("edge", place, "note"), edge.note)
        yield from _tests(item, spot.at("edge", place), edge.tests)
    for place, landing in enumerate(table.landing):
        yield Text(item, spot.at("landing", place, "name"), landing.name, TITLE)
        yield Text(item, spot.at("landing", place, "text"), landing.text, ALOUD)


def _doctrine(table: Doctrine, item: Item) -> Iterator[Text]:
    to = (table.seat,)
    yield Text(item, item.spot.at("name"), table.name, TITLE)
    yield Text(item, item.spot.at("card"), table.card, LONG, to)
    for place, wish in enumerate(table.prefer):
        yield Text(item, item.spot.at("prefer", place, "why"), wish.why, LINE, to)
    for place, word in enumerate(table.declare):
        yield Text(item, item.spot.at("declare", place, "why"), word.why, LINE, to)


def _scenario(table: Scenario, item: Item) -> Iterator[Text]:
    spot = item.spot
    yield Text(item, spot.at("title"), table.title, TITLE)
    yield Text(item, spot.at("briefing"), table.briefing, LONG)
    yield Text(item, spot.at("question"), table.question)
    yield Text(item, spot.at("epilogue"), table.epilogue, LONG, WHITE_CELL)  # read when all is told
    for place, warning in enumerate(table.warnings):
        yield Text(item, spot.at("warnings", place), warning)
    for place, theatre in enumerate(table.theatre):
        yield Text(item, spot.at("theatre", place, "name"), theatre.name, TITLE)
    for place, dyad in enumerate(table.dyad):
        yield Text(item, spot.at("dyad", place, "name"), dyad.name, TITLE)
    yield from _seats(table, item)
    yield from _outcomes(item, "theatre_outcome", table.theatre_outcome)
    yield from _outcomes(item, "ending", table.ending)
    yield from _prepared(table, item)


def _seats(table: Scenario, item: Item) -> Iterator[Text]:
    spot = item.spot
    for place, capital in enumerate(table.capital):
        here, to = spot.at("capital", place), (capital.id,)
        yield Text(item, here.at("name"), capital.name, TITLE)
        yield Text(item, here.at("brief"), capital.brief, LONG, to)
        for number, want in enumerate(capital.wants):
            yield Text(item, here.at("wants", number), want, LINE, to)
    for place, objective in enumerate(table.objective):
        yield Text(item, spot.at("objective", place, "text"), objective.text, LINE, (objective.seat,))
    for pair, sheet in table.sheet.items():
        to = (pair.partition(">")[0],)
        for name, why in sheet.why.items():
            yield Text(item, spot.at("sheet", pair, "why", name), why, LINE, to)
        for place, threat in enumerate(sheet.threat):
            yield Text(item, spot.at("sheet", pair, "threat", place, "why"), threat.why, LINE, to)


def _outcomes(item: Item, key: str, tables: list[Outcome]) -> Iterator[Text]:
    for place, outcome in enumerate(tables):
        yield Text(item, item.spot.at(key, place, "name"), outcome.name, TITLE, WHITE_CELL)
        yield Text(item, item.spot.at(key, place, "text"), outcome.text, ALOUD, WHITE_CELL)


def _prepared(table: Scenario, item: Item) -> Iterator[Text]:
    spot = item.spot
    for place, inject in enumerate(table.inject):
        yield Text(item, spot.at("inject", place, "expects"), inject.expects, LINE, WHITE_CELL)
    for place, answer in enumerate(table.answer):
        to = tuple(answer.to) or PUBLIC
        yield Text(item, spot.at("answer", place, "about"), answer.about, LINE, WHITE_CELL)
        yield Text(item, spot.at("answer", place, "text"), answer.text, LINE, to)
    for place, lesson in enumerate(table.lesson):
        to, here = ((lesson.seat,) if lesson.seat else PUBLIC), spot.at("lesson", place)
        yield Text(item, here.at("title"), lesson.title, TITLE, to)
        yield Text(item, here.at("text"), lesson.text, ALOUD, to)
        yield Text(item, here.at("try"), lesson.attempt, LINE, to)
        yield Text(item, here.at("after"), lesson.after, LINE, to)
    for place, package in enumerate(table.estimate.package if table.estimate else []):
        yield Text(item, spot.at("estimate", "package", place, "name"), package.name, TITLE)
    for place, accept in enumerate(table.accept):
        yield Text(item, spot.at("accept", place, "text"), accept.text, LINE, WHITE_CELL)
    for place, case in enumerate(table.inherit.case if table.inherit else []):
        yield Text(item, spot.at("inherit", "case", place, "text"), case.text)
