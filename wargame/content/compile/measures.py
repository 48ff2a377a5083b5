"""Compiling measures: one action for each capital that may order it and each capital it may be for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wargame.content.compile.binder import Binder
from wargame.content.compile.frame import Frame
from wargame.content.library import Item
from wargame.content.problems import Spot
from wargame.content.schema import Measure as MeasureTable
from wargame.rules.measures import Action, Delivery, Measure
from wargame.rules.tracks import EVERYONE


def _present(frame: Frame, names: Sequence[str], spot: Spot) -> list[str]:
    """Return the capitals of this scenario among names, noting those that no scenario has."""
    for place, name in enumerate(names):
        if name not in frame.role and name not in frame.other.capitals:
            frame.problems.no_such(spot.at(place), "capital", name, frame.role)
    return [name for name in names if name in frame.role]


def bound(frame: Frame, table: MeasureTable, spot: Spot) -> list[tuple[str, str]]:
    """Return who may order a measure for whom; the second is empty where it is for nobody in particular."""
    by = _present(frame, table.by, spot.at("by"))
    if not table.to:
        return [(capital, "") for capital in by]
    to = _present(frame, table.to, spot.at("for"))
    return [(capital, target) for capital in by for target in to if capital != target]


def measures_here(frame: Frame) -> list[tuple[MeasureTable, Item]]:
    """Return the measures that some capital of this scenario may order, in the order of reading."""
    return [
        (table, item) for table, item in frame.library.all("measure", MeasureTable) if bound(frame, table, item.spot)
    ]


def counters_of(frame: Frame) -> dict[str, tuple[str, ...]]:
    """Return the address of each delivery's counter and who sees it."""
    counters: dict[str, tuple[str, ...]] = {}
    for table, item in measures_here(frame):
        for capital, target in bound(frame, table, item.spot) if table.delivery else ():
            address = f"{target or capital}.delivery.{table.id}"
            eyes = tuple(c for c in (capital, target) if c) if table.quiet else (EVERYONE,)
            counters[address] = tuple(dict.fromkeys((*counters.get(address, ()), *eyes)))
    return {a: (EVERYONE,) if EVERYONE in eyes else eyes for a, eyes in counters.items()}


def measures_of(frame: Frame, slots: Sequence[str]) -> tuple[Measure, ...]:
    """Compile what a player reads about each measure."""
    found = []
    tables = measures_here(frame)
    measures = sorted(frame.other.measures)
    for table, item in tables:
        known = [*slots, *frame.terms.beside]
        if table.carries_out and table.carries_out not in known:
            frame.problems.no_such(item.spot.at("carries_out"), "slot of threat", table.carries_out, known)
        for place, other in enumerate(table.excludes):
            if other not in measures:
                frame.problems.no_such(item.spot.at("excludes", place), "measure", other, measures)
        concept_exists(frame, table.concept, item.spot)
        found.append(Measure(table.id, table.title, table.text, table.concept, tuple(table.marks), table.carries_out))
    return tuple(found)


def concept_exists(frame: Frame, concept: str, spot: Spot) -> None:
    """Note a concept that nobody has written."""
    concepts = frame.library.things["concept"]
    if concept not in concepts and ("concept", concept) not in frame.problems.faulty:
        frame.problems.no_such(spot.at("concept"), "concept", concept, concepts)


def actions_of(frame: Frame, binder: Binder) -> Iterable[Action]:
    """Bind every measure to who orders it and for whom."""
    for table, item in measures_here(frame):
        spot = item.spot
        for capital, target in bound(frame, table, spot):
            binding = frame.ordering(capital, target)
            frame.spend(spot)
            theatre = binding.words["theatre"] if table.theatre else ()
            delivery = None
            if table.delivery is not None:
                inner, where = table.delivery, spot.at("delivery")
                delivery = Delivery(
                    inner.turns,
                    binder.effects(inner.under_way, binding, where.at("under_way")),
                    binder.effects(inner.fielded, binding, where.at("fielded")),
                    binder.conditions(inner.stops, binding, where.at("stops")),
                )
            yield Action(
                measure=table.id,
                capital=capital,
                target=target,
                theatre=theatre[0] if theatre else "",
                step=table.step,
                cost=table.cost,
                when=binder.conditions(table.when, binding, spot.at("when"), capital),
                then=binder.effects(table.then, binding, spot.at("then")),
                delivery=delivery,
                tests=binder.tests(table.tests, binding, spot.at("tests")),
                witnesses=tuple(c for c in (capital, target) if c) if table.quiet else (),
                excludes=tuple(table.excludes),
            )
