"""Counting what is in content, from the files alone: nothing is played."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from wargame.content.compile.overrides import with_overrides
from wargame.content.library import Item, Library, read_library
from wargame.content.schema import Card, Doctrine, Measure
from wargame.content.schema_rules import Concept, Ladder
from wargame.content.schema_scenario import Scenario
from wargame.errors import ContentError

Row = dict[str, Any]

EDGES: Final = ("up", "jump", "lateral", "horizontal", "wormhole")

READ: Final = ("text", "brief", "briefing", "question", "epilogue")
"""Keys whose text is read aloud or handed out."""

UNVERIFIED: Final = "unverified"


def stats(paths: Sequence[str | Path] = (), content_dirs: Sequence[str | Path] | None = None) -> dict[str, list[Row]]:
    """Return rows of numbers by what they are about; of the given files and folders, or of all content.

    Raises ContentError with every Problem of what was read.
    """
    library = _library(paths, content_dirs)
    return {
        "scenarios": list(_scenarios(library)),
        "decks": list(_decks(library)),
        "concepts": list(_concepts(library)),
        "measures": list(_measures(library)),
        "doctrines": list(_doctrines(library)),
        "ladders": list(_ladders(library)),
        "texts": _texts(library),
    }


def _library(paths: Sequence[str | Path], content_dirs: Sequence[str | Path] | None) -> Library:
    if not paths:
        library = read_library((), content_dirs)
    else:
        library = Library(alone=True)
        for path in paths:
            library.add_path(path)
    faults = [problem for problem in library.problems.sorted() if not paths or problem.code != "WG202"]
    if faults:
        raise ContentError(faults)
    return library


def _scenarios(library: Library) -> Iterator[Row]:
    for table, item in library.all("scenario", Scenario):
        cards = with_overrides(library, table, item).within(table.packs).all("card", Card)
        history = table.history.cards if table.history else 0
        set_events = sum(1 for inject in table.inject if inject.turn)
        decks = {*table.draws, *([table.history.deck] if table.history else [])}
        yield {
            "id": table.id,
            "title": table.title,
            "seats": len(table.capital),
            "capitals": [capital.id for capital in table.capital],
            "theatres": len(table.theatre),
            "dyads": len(table.dyad),
            "sheets": len(table.sheet),
            "turns": table.turns,
            "cards_drawn": sum(table.draws.values()) * table.turns + history + set_events,
            "cards_to_draw_from": sum(1 for card, _ in cards if card.deck in decks),
            "set_events": set_events,
            "contingencies": len(table.inject) - set_events,
            "endings": len(table.ending),
            "briefing_words": len(table.briefing.split()),
            "file": item.spot.source.name,
        }


def _decks(library: Library) -> Iterator[Row]:
    by_deck: dict[str, list[Card]] = {}
    for card, _ in library.all("card", Card):
        by_deck.setdefault(card.deck, []).append(card)
    for deck, cards in sorted(by_deck.items()):
        asked = Counter(card.asks for card in cards if card.asks)
        yield {
            "deck": deck,
            "cards": len(cards),
            "historical": sum(card.kind == "historical" for card in cards),
            "plausible": sum(card.kind == "plausible" for card in cards),
            "dated": sum(card.date is not None for card in cards),
            "unverified": sum(card.kind == "historical" and card.source == UNVERIFIED for card in cards),
            "asks": sum(asked.values()),
            "asked": dict(sorted(asked.items())),
            "options": sum(len(card.option) for card in cards),
            "hazards": sum(bool(card.tests or any(option.tests for option in card.option)) for card in cards),
            "private": sum("*" not in card.seen for card in cards),
            "conditional": sum(bool(card.when) for card in cards),
        }


def _concepts(library: Library) -> Iterator[Row]:
    taught = {
        "cards": Counter(card.concept for card, _ in library.all("card", Card)),
        "measures": Counter(measure.concept for measure, _ in library.all("measure", Measure)),
        "lessons": Counter(lesson.concept for table, _ in library.all("scenario", Scenario) for lesson in table.lesson),
    }
    known = [concept.id for concept, _ in library.all("concept", Concept)]
    names = list(dict.fromkeys([*known, *(name for counts in taught.values() for name in counts)]))
    for name in sorted(names):
        counts = {what: counts[name] for what, counts in taught.items()}
        yield {"id": name, **counts, "times": sum(counts.values())}


def _measures(library: Library) -> Iterator[Row]:
    costs: dict[tuple[str, str], list[Measure]] = {}
    for measure, _ in library.all("measure", Measure):
        for capital in measure.by:
            costs.setdefault((capital, measure.step), []).append(measure)
    for (capital, step), measures in sorted(costs.items(), key=lambda row: (row[0][0], _STEPS.index(row[0][1]))):
        yield {
            "capital": capital,
            "step": step,
            "measures": len(measures),
            "least_cost": min(measure.cost for measure in measures),
            "most_cost": max(measure.cost for measure in measures),
            "delivered": sum(measure.delivery is not None for measure in measures),
            "quiet": sum(measure.quiet for measure in measures),
            "packs": sorted({measure.pack for measure in measures if measure.pack}),
        }


_STEPS: Final = ("aid", "posture", "signal")


def _doctrines(library: Library) -> Iterator[Row]:
    by_seat: dict[str, list[Doctrine]] = {}
    for doctrine, _ in library.all("doctrine", Doctrine):
        by_seat.setdefault(doctrine.seat, []).append(doctrine)
    for seat, doctrines in sorted(by_seat.items()):
        yield {
            "seat": seat,
            "doctrines": len(doctrines),
            "wishes": sum(len(doctrine.prefer) for doctrine in doctrines),
            "declarations": sum(len(doctrine.declare) for doctrine in doctrines),
            "ids": [doctrine.id for doctrine in doctrines],
        }


def _ladders(library: Library) -> Iterator[Row]:
    for ladder, _ in library.all("ladder", Ladder):
        edges = Counter(edge.type for edge in ladder.edge for _ in edge.source for _ in edge.to)
        yield {
            "id": ladder.id,
            "name": ladder.name,
            "rungs": len(ladder.rung),
            "zones": len(ladder.zone),
            "firebreaks": sum(bool(zone.firebreak) for zone in ladder.zone[1:]),
            "edges": sum(edges.values()),
            **{kind: edges[kind] for kind in EDGES},
            "landings": len(ladder.landing),
        }


def _texts(library: Library) -> list[Row]:
    """Return, for each kind and key, how many texts there are and how long, and which is the longest."""
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for kind, things in library.things.items():
        for item in things.values():
            for key, text in _read_aloud(item):
                found.setdefault((kind, key), []).append((len(text.split()), item.id))
    return [
        {
            "kind": kind,
            "key": key,
            "texts": len(counts),
            "words": sum(words for words, _ in counts),
            "mean": round(sum(words for words, _ in counts) / len(counts), 1),
            "longest": max(counts)[0],
            "longest_in": max(counts)[1],
        }
        for (kind, key), counts in found.items()
    ]


def _read_aloud(item: Item) -> Iterator[tuple[str, str]]:
    if isinstance(item.model, Doctrine):
        yield "card", item.model.card
    yield from _within(item.model, "")


def _within(table: BaseModel, path: str) -> Iterator[tuple[str, str]]:
    for name in type(table).model_fields:
        value = getattr(table, name)
        here = f"{path}.{name}" if path else name
        if isinstance(value, str):
            if name in READ and value:
                yield here, value
        elif isinstance(value, BaseModel):
            yield from _within(value, here)
        elif isinstance(value, (list, dict)):
            yield from _below(value.values() if isinstance(value, dict) else value, here)


def _below(values: Iterable[Any], path: str) -> Iterator[tuple[str, str]]:
    for each in values:
        if isinstance(each, BaseModel):
            yield from _within(each, path)
