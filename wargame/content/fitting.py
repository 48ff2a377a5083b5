"""Things that belong to no scenario of their own, judged by those they fit best.

A card that a person wrote for one of the built-in scenarios names capitals, rungs and landings that others have not. It is at
fault only if it is so where it fits: in the scenarios that have most of what it names, and in the best of these.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from wargame.content.library import Item, Library
from wargame.content.lines import Path
from wargame.content.problems import Fault, Source
from wargame.content.review.stage import Stage

WORD = re.compile(r"[a-z][a-z0-9-]*")

Thing = tuple[Source, Path]


def staged_apart(library: Library, names: Sequence[str], make: Callable[[str], Iterable[Stage]]) -> list[Stage]:
    """Compile scenarios and keep, of the faults in given files, those of the scenarios each thing fits best.

    ``make`` compiles one of ``names`` in every way it can be played, its own first. Faults of other files stay as they are.
    """
    every: list[Stage] = []
    met: dict[str, tuple[frozenset[str], dict[Thing, list[Fault]]]] = {}
    for name in names:
        with library.problems.apart() as caught:
            made = list(make(name))
        every.extend(made)
        subjects = made[0].frame.subjects if made else frozenset[str]()
        by_thing: dict[Thing, list[Fault]] = defaultdict(list)
        for fault in caught:
            by_thing[fault.spot.source, fault.spot.base].append(fault)
        met[name] = subjects, by_thing
    given = [item for found in library.things.values() for item in found.values() if item.spot.source.given]
    judged = {(item.spot.source, item.spot.base) for item in given}
    for item in given:
        library.problems.add_all(_of_best(item, met))
    for _, by_thing in met.values():
        for thing, faults in by_thing.items():
            if thing not in judged:
                library.problems.add_all(faults)
    return every


def _of_best(item: Item, met: dict[str, tuple[frozenset[str], dict[Thing, list[Fault]]]]) -> list[Fault]:
    named = set(_words(item.raw))
    thing = item.spot.source, item.spot.base
    most = max((len(named & subjects) for subjects, _ in met.values()), default=0)
    fitting = [by_thing.get(thing, []) for subjects, by_thing in met.values() if len(named & subjects) == most]
    return min(fitting, key=lambda faults: (len(faults), sum(not fault.hint for fault in faults)), default=[])


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
