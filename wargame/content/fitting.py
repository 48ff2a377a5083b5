"""Things that belong to no scenario of their own, judged by those they fit best.

A card that a person wrote for one of the built-in scenarios names capitals, rungs and landings that others have not. It is at
fault only if it is so where it fits: in the scenarios that have most of what it names, and in the best of these.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from wargame.content.library import Item, Library
from wargame.content.lines import Path
from wargame.content.problems import Fault, Source
from wargame.content.review.stage import Stage
from wargame.content.schema_rules import Ladder
from wargame.content.schema_scenario import Scenario

WORD = re.compile(r"[a-z][a-z0-9-]*")

Thing = tuple[Source, Path]


def staged_apart(library: Library, names: Sequence[str], make: Callable[[str], Iterable[Stage]]) -> list[Stage]:
    """Compile the scenarios that given things fit best, and keep of the faults in each thing those of its best one.

    ``make`` compiles one of ``names`` in every way it can be played. Faults in other files stay as they are.
    """
    subjects = {name: _subjects(library, name) for name in names}
    given = [item for found in library.things.values() for item in found.values() if item.spot.source.given]
    best = {(item.spot.source, item.spot.base): _fitting(item, subjects) for item in given}
    stages: list[Stage] = []
    met: dict[str, dict[Thing, list[Fault]]] = {}
    for name in dict.fromkeys(name for fitting in best.values() for name in fitting):
        by_thing: dict[Thing, list[Fault]] = defaultdict(list)
        with library.problems.apart() as caught:
            stages.extend(make(name))
        for fault in caught:
            by_thing[fault.spot.source, fault.spot.base].append(fault)
        met[name] = by_thing
    for thing, fitting in best.items():
        judged = sorted([met[name].pop(thing, list[Fault]()) for name in fitting], key=_gravity)
        library.problems.add_all(judged[0] if judged else [])
    for by_thing in met.values():
        for thing, faults in by_thing.items():
            if thing not in best:
                library.problems.add_all(faults)
    return stages


def _gravity(faults: list[Fault]) -> tuple[int, int]:
    return len(faults), sum(not fault.hint for fault in faults)


def _subjects(library: Library, name: str) -> frozenset[str]:
    """Return what a scenario has a name for: its capitals, dyads, theatres, and the rungs of its ladder."""
    scenario = cast("Scenario", library.things["scenario"][name].model)
    ladder = library.item("ladder", scenario.ladder)
    rungs = cast("Ladder", ladder.model).rung if ladder else []
    named = (scenario.capital, scenario.dyad, scenario.theatre)
    return frozenset([each.id for several in named for each in several] + [rung.id for rung in rungs])


def _fitting(item: Item, subjects: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the scenarios that have most of what a thing names; one of them where it names nothing of any."""
    named = set(_words(item.raw))
    most = max((len(named & known) for known in subjects.values()), default=0)
    return [name for name, known in subjects.items() if len(named & known) == most][: None if most else 1]


def _words(value: Any) -> Iterable[str]:
    """Yield every word of the content language in a table: in keys and in texts."""
    if isinstance(value, str):
        yield from WORD.findall(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from WORD.findall(key)
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
