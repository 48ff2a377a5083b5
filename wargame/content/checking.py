"""What ``wargame content`` answers: faults of files, and what there is to play with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from wargame.content.compile.box import compile_box
from wargame.content.compile.inherit import check_inheritance
from wargame.content.library import Item, Library, read_alone, read_library
from wargame.content.problems import Problem, nearest_name, show
from wargame.content.schema import KINDS, Card
from wargame.content.schema_scenario import Scenario
from wargame.errors import UsageError


def check(paths: Sequence[str | Path] = (), content_dirs: Sequence[str | Path] | None = None) -> list[Problem]:
    """Return every fault of the given files and folders, or of all content where none is given.

    Scenarios among them are compiled; files without one are checked against every built-in scenario. Sorted by file and line.
    """
    library = read_library(paths, content_dirs)
    scenarios = [model for model, item in library.all("scenario", Scenario) if item.spot.source.given or not paths]
    found: set[Problem] = set()
    for scenario in scenarios:
        if scenario.alone:
            item = library.things["scenario"][scenario.id]
            alone = read_alone(_bundle(paths, scenarios, item))
            compile_box(alone, scenario.id, every=True)
            found.update(alone.problems.sorted())
    here = [scenario.id for scenario in scenarios if not scenario.alone]
    for name in here or [model.id for model, _ in library.all("scenario", Scenario) if not model.alone]:
        _compile_every_way(library, name)
    found.update(library.problems.sorted(given_only=bool(paths) and not here))
    return sorted(found)


def _compile_every_way(library: Library, name: str) -> None:
    """Compile a scenario on its own ladder and on each it has a remap for, and check what it asks of an earlier one."""
    item = library.things["scenario"][name]
    scenario = cast("Scenario", item.model)
    compile_box(library, name, every=True)
    for ladder in scenario.remap:
        if ladder in library.things["ladder"]:
            compile_box(library, name, every=True, ladder=ladder)
    if scenario.inherit is not None:
        spot = item.spot.at("inherit", "from")
        if scenario.inherit.source not in library.things["scenario"]:
            library.problems.no_such(spot, "scenario", scenario.inherit.source, library.things["scenario"])
            return
        earlier = compile_box(library, scenario.inherit.source)
        if earlier is not None:
            check_inheritance(scenario.inherit, earlier, item.spot, library.problems)


def _bundle(paths: Sequence[str | Path], scenarios: Sequence[Scenario], item: Item) -> str | Path:
    """Return what a scenario that stands alone was handed over as: a folder of its own, or its file."""
    return paths[0] if len(paths) == 1 and len(scenarios) == 1 else item.spot.source.path


def listing(kind: str = "", content_dirs: Sequence[str | Path] | None = None) -> list[dict[str, str]]:
    """Return what there is, as rows of kind, id, name and file: of one kind (``deck`` too), or of all but tracks and rules.

    Raises UsageError for a kind that does not exist. Faulty things are left out.
    """
    library = read_library((), content_dirs)
    kinds = [*KINDS, "deck"]
    if kind and kind not in kinds:
        raise UsageError(
            f"no kind of content {show(kind)} ({nearest_name(kind, kinds) or 'kinds: ' + ', '.join(kinds)})"
        )
    wanted = [kind] if kind else ["scenario", "ladder", "rulebook", "theory", "deck", "measure", "doctrine"]
    rows: list[dict[str, str]] = []
    for each in wanted:
        rows.extend(_decks(library) if each == "deck" else _rows(library, each))
    return rows


def _rows(library: Library, kind: str) -> list[dict[str, str]]:
    return [
        {"kind": kind, "id": item.id, "name": _name(item), "file": item.spot.source.name}
        for item in library.things[kind].values()
    ]


def _name(item: Item) -> str:
    for key in ("name", "title", "text", "on"):
        found = getattr(item.model, key, None)
        if isinstance(found, str):
            return found
    return item.id


def _decks(library: Library) -> list[dict[str, str]]:
    counts: dict[str, tuple[int, str]] = {}
    for card, item in library.all("card", Card):
        number, file = counts.get(card.deck, (0, item.spot.source.name))
        counts[card.deck] = (number + 1, file)
    return [{"kind": "deck", "id": d, "name": f"{number} cards", "file": file} for d, (number, file) in counts.items()]
