"""``[scenario.remap.LADDER]``: where a scenario's own rungs stand on another ladder, so that it can be played on that one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from wargame.content.compile.frame import Remap
from wargame.content.library import Item, Library
from wargame.content.problems import Problems, Spot, show
from wargame.content.schema_rules import Ladder
from wargame.content.schema_scenario import Remap as RemapTable
from wargame.content.schema_scenario import Scenario

SHORT = 5
"""Most missing rungs that a message names."""


def remap_of(scenario: Scenario, ladder: str) -> Remap:
    """Return the names of the scenario's own ladder as ``ladder`` has them, one that it has a remap for."""
    if ladder in ("", scenario.ladder):
        return Remap()
    table = scenario.remap[ladder]
    return Remap(dict(table.rung), dict(table.zone), dict(table.landing))


def check_remaps(library: Library, scenario: Scenario, item: Item) -> None:
    """Note what is wrong with a scenario's remaps: ladders and names that do not exist, rungs left out, order not kept."""
    own = library.item("ladder", scenario.ladder)
    for name, table in scenario.remap.items():
        spot = item.spot.at("remap", name)
        other = library.item("ladder", name)
        if other is None:
            if ("ladder", name) not in library.problems.faulty:
                library.problems.no_such(spot, "ladder", name, library.things["ladder"])
            continue
        if own is not None:
            _check(cast("Ladder", own.model), cast("Ladder", other.model), table, spot, library.problems)


def _check(own: Ladder, other: Ladder, table: RemapTable, spot: Spot, problems: Problems) -> None:
    for key, here, there, renamed in (
        ("rung", [each.id for each in own.rung], [each.id for each in other.rung], table.rung),
        ("zone", [each.id for each in own.zone], [each.id for each in other.zone], table.zone),
        ("landing", [each.id for each in own.landing], [each.id for each in other.landing], table.landing),
    ):
        for name, image in renamed.items():
            if name not in here:
                problems.no_such(spot.at(key, name), f"{key} of {own.id}", name, here)
            elif image not in there:
                problems.no_such(spot.at(key, name), f"{key} of {other.id}", image, there)
        missing = [name for name in here if name not in renamed and name not in there]
        if missing:
            more = f" and {len(missing) - SHORT} more" if len(missing) > SHORT else ""
            names = ", ".join(map(show, missing[:SHORT]))
            problems.add(spot.at(key), "WG401", f"nothing says where {names}{more} of {own.id} stands on {other.id}")
        if key != "landing":
            _check_order(here, there, renamed, spot.at(key), problems)


def _check_order(
    here: Sequence[str], there: Sequence[str], renamed: dict[str, str], spot: Spot, problems: Problems
) -> None:
    """A condition such as ``rung < war`` must mean the same on both ladders: no rung may come to stand below a lower one."""
    highest, lower = -1, ""
    for name in here:
        image = renamed.get(name, name)
        place = there.index(image) if image in there else highest
        if place < highest:
            message = (
                f"{image} lies below {renamed.get(lower, lower)}, where the lower {lower} went: the order must be kept"
            )
            problems.add(spot.at(name), "WG305", message)
        else:
            highest, lower = place, name
