"""``[scenario.replace]``: small changes a scenario makes to shared content, for itself alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from pydantic import ValidationError

from wargame.content.faults import note_at
from wargame.content.library import Item, Library
from wargame.content.problems import Spot
from wargame.content.schema import KINDS
from wargame.content.schema_scenario import Scenario

WITHIN_LADDER = ("zone", "rung", "landing")
"""Parts of the scenario's ladder that may be changed by their own id."""


def with_overrides(library: Library, scenario: Scenario, item: Item) -> Library:
    """Return the library as this scenario plays it: the same one, or a copy with some keys of some things replaced."""
    if not scenario.replace:
        return library
    changed = replace(library, things={kind: dict(things) for kind, things in library.things.items()})
    for kind, things in scenario.replace.items():
        for name, keys in things.items():
            spot = item.spot.at("replace", kind, name)
            if kind in WITHIN_LADDER:
                _change_part(changed, scenario.ladder, kind, name, keys, spot)
            elif kind not in KINDS or kind == "scenario":
                allowed = [*(each for each in KINDS if each != "scenario"), *WITHIN_LADDER]
                library.problems.no_such(spot, "kind of content", kind, allowed)
            else:
                _change(changed, kind, name, keys, spot)
    return changed


def _change(library: Library, kind: str, name: str, keys: dict[str, Any], spot: Spot) -> None:
    old = library.item(kind, name)
    if old is None:
        library.problems.no_such(spot, kind, name, library.things[kind])
        return
    _put(library, old, old.raw | keys, spot)


def _change_part(library: Library, ladder: str, kind: str, name: str, keys: dict[str, Any], spot: Spot) -> None:
    old = library.item("ladder", ladder)
    if old is None:
        return
    parts = cast("list[dict[str, Any]]", old.raw.get(kind, []))
    if name not in [part.get("id") for part in parts]:
        library.problems.no_such(spot, kind, name, [str(part.get("id")) for part in parts])
        return
    raw = old.raw | {kind: [part | keys if part.get("id") == name else part for part in parts]}
    _put(library, old, raw, spot)


def _put(library: Library, old: Item, raw: dict[str, Any], spot: Spot) -> None:
    model = KINDS[old.kind]
    if "id" in raw and raw["id"] != old.id:
        library.problems.add(spot.at("id"), "WG104", "a change keeps the id")
        return
    try:
        thing = model.model_validate(raw)
    except ValidationError as error:
        note_at(error, spot, library.problems)
        return
    library.things[old.kind][old.id] = replace(old, model=thing, raw=raw)
