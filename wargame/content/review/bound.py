"""Back from a compiled box to the tables it was made of: each list of conditions, each sentence of effect, with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from wargame.content.compile.frame import Binding
from wargame.content.compile.measures import bound
from wargame.content.compile.moments import bindings
from wargame.content.library import Item
from wargame.content.problems import Spot
from wargame.content.review.stage import Stage
from wargame.content.schema import Card, Measure
from wargame.content.schema_rules import Edge, Hazard, Reaction, Shift, Standing
from wargame.rules.conditions import Conditions
from wargame.rules.ladder import Step
from wargame.rules.moments import MOMENTS, landing_key

IN_FULL = Binding("content")


class Asked(NamedTuple):
    """A list of conditions as one scenario binds it, for one of those it concerns."""

    spot: Spot
    when: Conditions


class Told(NamedTuple):
    """Sentences of effect at one place, with what their words mean for each of those they concern."""

    item: Item
    spot: Spot
    then: Sequence[str]
    words: tuple[Binding, ...]


def conditions(stage: Stage) -> Iterator[Asked]:
    """Yield every list of conditions of a scenario and of what it uses; empty ones ask for nothing and are left out."""
    for part in (_of_scenario, _of_cards, _of_measures, _of_ladder, _of_moments, _of_doctrines):
        yield from (asked for asked in part(stage) if asked.when)


def _of_scenario(stage: Stage) -> Iterator[Asked]:
    spot, box = stage.frame.spot, stage.box
    for place, inject in enumerate(box.scenario.injects):
        yield Asked(spot.at("inject", place, "only_if"), inject.only_if)
        yield Asked(spot.at("inject", place, "skip_if"), inject.skip_if)
    for place, objective in enumerate(box.objectives):
        for number, share in enumerate(objective.shares):
            yield Asked(spot.at("objective", place, "share", number, "when"), share.when)
    count = len(stage.table.theatre_outcome)
    for place, outcome in enumerate(box.theatre_outcomes):
        yield Asked(spot.at("theatre_outcome", place % count, "when"), outcome.when)
    for place, ending in enumerate(box.endings):
        yield Asked(spot.at("ending", place, "when"), ending.when)


def _of_cards(stage: Stage) -> Iterator[Asked]:
    for card in stage.box.cards:
        item = stage.library.item("card", card.id)
        if item is not None:
            yield Asked(item.spot.at("when"), card.when)
            for place, option in enumerate(card.options):
                if option.when:
                    yield Asked(item.spot.at("option", place, "when"), option.when)


def _of_measures(stage: Stage) -> Iterator[Asked]:
    for action in stage.box.actions:
        item = stage.library.item("measure", action.measure)
        if item is not None and action.when:
            yield Asked(item.spot.at("when"), action.when)
        if item is not None and action.delivery is not None:
            yield Asked(item.spot.at("delivery", "stops"), action.delivery.stops)


def edges(stage: Stage) -> Iterator[tuple[int, Edge, list[Step]]]:
    """Yield each edge of the ladder's table with its place and the steps that were made of it."""
    steps: dict[str, list[Step]] = {}
    for step in stage.box.steps:
        steps.setdefault(step.edge, []).append(step)
    for place, edge in enumerate(stage.frame.ladder.edge):
        names = dict.fromkeys(f"{source}-{target}" for source in edge.source for target in edge.to)
        yield place, edge, [step for name in names for step in steps.get(name, ())]


def _of_ladder(stage: Stage) -> Iterator[Asked]:
    spot = stage.frame.ladder_item.spot
    for place, _, steps in edges(stage):
        where = spot.at("edge", place, "when")
        yield from (Asked(where, step.when) for step in steps)
    for place, landing in enumerate(stage.frame.ladder.landing):
        where = spot.at("landing", place, "when")
        yield from (Asked(where, stage.box.landings[landing_key(landing.id, dyad.id)][1]) for dyad in stage.box.dyads)


def _of_moments(stage: Stage) -> Iterator[Asked]:
    spots = {name: item.spot.at("when") for name, item in stage.library.things["reaction"].items()}
    for reactions in stage.box.reactions.values():
        yield from (Asked(spots[reaction.id], reaction.when) for reaction in reactions)
    for standing in stage.box.standing:
        item = stage.library.item("standing", standing.id.partition(":")[0])
        if item is not None:
            yield Asked(item.spot.at("when"), standing.when)
    for table, item in stage.library.all("shift", Shift):
        where = item.spot.at("when")
        yield from (Asked(where, when) for _, when in shifts(stage, table, item))


def shifts(stage: Stage, table: Shift, item: Item) -> Iterator[tuple[str, Conditions]]:
    """Yield each sheet that a conditional shift is for, with its conditions there."""
    for pair in stage.box.pairs:
        if not table.each or stage.frame.role.get(pair.holder) in table.each:
            binding = stage.frame.moving(pair.holder, stage.box.dyad[pair.dyad], "a shift")
            yield pair.id, stage.binder.conditions(table.when, binding, item.spot.at("when"), pair.holder)


def _of_doctrines(stage: Stage) -> Iterator[Asked]:
    for doctrine in stage.box.doctrines:
        item = stage.library.item("doctrine", doctrine.id)
        if item is not None:
            places = stage.made.doctrines[doctrine.id]
            for place, wish in places.prefer.items():
                yield Asked(item.spot.at("prefer", place, "when"), wish.when)
            for place, word in places.declare.items():
                yield Asked(item.spot.at("declare", place, "when"), word.when)


def effects(stage: Stage) -> Iterator[Told]:
    """Yield every list of effects that a scenario has, with the words of each of those it concerns."""
    frame, used = stage.frame, stage.box.card
    for table, item in stage.library.all("card", Card):
        if item.id in used:
            for spot, then in _of_card(table, item):
                yield Told(item, spot, then, (IN_FULL,))
    for measure, item in stage.library.all("measure", Measure):
        words = tuple(frame.ordering(capital, target) for capital, target in bound(frame, measure, item.spot))
        for spot, then in _of_measure(measure, item):
            yield Told(item, spot, then, words)
    yield from _ladder_effects(stage)
    yield from _moment_effects(stage)


def _of_card(table: Card, item: Item) -> Iterator[tuple[Spot, Sequence[str]]]:
    yield item.spot.at("then"), table.then
    yield from _tests(item.spot, table.tests)
    for place, option in enumerate(table.option):
        spot = item.spot.at("option", place)
        yield spot.at("then"), option.then
        yield from _tests(spot, option.tests)


def _of_measure(table: Measure, item: Item) -> Iterator[tuple[Spot, Sequence[str]]]:
    yield item.spot.at("then"), table.then
    yield from _tests(item.spot, table.tests)
    if table.delivery is not None:
        spot = item.spot.at("delivery")
        yield spot.at("under_way"), table.delivery.under_way
        yield spot.at("fielded"), table.delivery.fielded


def _tests(spot: Spot, tests: Iterable[Hazard]) -> Iterator[tuple[Spot, Sequence[str]]]:
    for place, hazard in enumerate(tests):
        yield spot.at("tests", place, "fail"), hazard.fail


def _ladder_effects(stage: Stage) -> Iterator[Told]:
    frame, item, dyads = stage.frame, stage.frame.ladder_item, stage.box.dyad
    for place, edge, steps in edges(stage):
        spot = item.spot.at("edge", place)
        movers = dict.fromkeys((step.capital, step.dyad) for step in steps)
        words = tuple(frame.moving(capital, dyads[dyad]) for capital, dyad in movers)
        yield Told(item, spot.at("then"), edge.then, words)
        for where, then in _tests(spot, edge.tests):
            yield Told(item, where, then, words)
    words = tuple(Binding("a landing", frame.moving(dyad.challenger, dyad).words) for dyad in dyads.values())
    for place, landing in enumerate(frame.ladder.landing):
        yield Told(item, item.spot.at("landing", place, "then"), landing.then, words)


def _moment_effects(stage: Stage) -> Iterator[Told]:
    frame, slots, what = stage.frame, stage.box.slots, "a standing effect"
    occasions: dict[str, tuple[Binding, ...]] = {}
    for table, item in stage.library.all("reaction", Reaction):
        kind = MOMENTS.get(table.on, "")
        if kind and table.on not in occasions:
            occasions[table.on] = tuple(binding for _, binding in bindings(frame, table.on, kind, slots))
        yield Told(item, item.spot.at("then"), table.then, occasions.get(table.on, ()))
    for standing, item in stage.library.all("standing", Standing):
        sitting = [frame.sitting(capital, what) for capital, role in frame.role.items() if role in standing.each]
        yield Told(item, item.spot.at("then"), standing.then, tuple(sitting) if standing.each else (Binding(what),))
