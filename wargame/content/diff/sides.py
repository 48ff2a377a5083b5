"""What is compared: a file or a folder by its path, a thing or a deck by its id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wargame.content.library import Item, Library, is_folder, looks_like_path, nothing_called, read_alone, read_library
from wargame.content.problems import show
from wargame.content.schema import KINDS, Card
from wargame.errors import ContentError

Things = Mapping[tuple[str, str], Item]

ELSEWHERE = "WG202"
"""A replacement of something that stands in another file is no fault of a file that is read by itself."""


@dataclass(frozen=True)
class Side:
    """Things by kind and id. ``by_id``: they were named one by one, so that only their kinds are asked about."""

    name: str
    things: Things
    by_id: bool


def side_of(name: str, content_dirs: Sequence[str | Path] | None = None) -> Side:
    """Return what a name stands for. Raises ContentError with every Problem of it, UsageError where nothing is called so."""
    if looks_like_path(name):
        return _by_path(name)
    library = read_library((), content_dirs)
    found = _by_id(name, library)
    if not found and is_folder(name):
        return _by_path(name)
    if library.problems:
        raise ContentError(library.problems.sorted())
    if not found:
        known = [name for things in library.things.values() for name in things]
        raise nothing_called(name, f"nothing is called {show(name)}", known, library.problems)
    return Side(name, found, by_id=True)


def _by_path(name: str) -> Side:
    library = read_alone(name)
    faults = [problem for problem in library.problems.sorted() if problem.code != ELSEWHERE]
    if faults:
        raise ContentError(faults)
    return Side(name, _all(library), by_id=False)


def _all(library: Library) -> Things:
    return {(kind, item.id): item for kind, things in library.things.items() for item in things.values()}


def _by_id(name: str, library: Library) -> Things:
    """Return the things of an id, ``KIND:ID`` for those of one kind; else the cards of a deck of that name."""
    kind, _, rest = name.rpartition(":")
    kinds = [kind] if kind in KINDS else list(KINDS)
    found = {(each, rest): library.things[each][rest] for each in kinds if rest in library.things[each]}
    if found or kind not in ("", "deck"):
        return found
    return {("card", item.id): item for card, item in library.all("card", Card) if card.deck == rest}


def table_of(item: Item) -> dict[str, Any]:
    """Return a thing's table with every key it may have, what was left out as its default."""
    return item.model.model_dump(by_alias=True)


def said_by(item: Item) -> dict[str, Any]:
    """Return only what a thing's table says beyond its defaults."""
    return item.model.model_dump(by_alias=True, exclude_defaults=True)
