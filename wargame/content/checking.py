"""What ``wargame content`` answers: faults of files, and what there is to play with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from wargame.content.codes import SEVERITIES
from wargame.content.compile.box import Compiled, compiled
from wargame.content.compile.inherit import check_inheritance
from wargame.content.fitting import staged_apart
from wargame.content.library import Item, Library, read_alone, read_library
from wargame.content.problems import Problem, nearest_name, show
from wargame.content.review.stage import Stage
from wargame.content.schema import KINDS, Card
from wargame.content.schema_rules import Track
from wargame.content.schema_scenario import Inheritance, Scenario
from wargame.errors import UsageError


def check(paths: Sequence[str | Path] = (), content_dirs: Sequence[str | Path] | None = None) -> list[Problem]:
    """Return every fault of the given files and folders, or of all content where none is given.

    Scenarios among them are compiled; files without one are checked against every built-in scenario. Sorted by file and line.
    """
    return sorted({fault for part in _read(paths, content_dirs) for fault in part.faults})


def findings(paths: Sequence[str | Path] = (), content_dirs: Sequence[str | Path] | None = None) -> list[Problem]:
    """Return every fault as :func:`check` does, and what is probably a slip or worth knowing: the gravest first.

    A thing is judged by the scenarios that were compiled.
    """
    from wargame.content.review.findings import findings_of  # noqa: PLC0415 - nothing but a check needs it

    parts = _read(paths, content_dirs)
    found = {fault for part in parts for fault in part.faults}
    for part in parts:
        found.update(findings_of(part.library, part.stages, given_only=bool(paths)))
    return sorted(found, key=lambda each: (SEVERITIES.index(each.severity), each))


@dataclass
class _Part:
    """What was read together, its faults, and the scenarios that were compiled from it."""

    library: Library
    faults: list[Problem]
    stages: list[Stage]


def _read(paths: Sequence[str | Path], content_dirs: Sequence[str | Path] | None) -> list[_Part]:
    """Read and compile: first all that is played together, then each scenario that stands alone with what it brings."""
    library = read_library(paths, content_dirs)
    items = [
        item for _, item in library.all("scenario", Scenario) if item.spot.source.given or not paths
    ] + library.apart
    scenarios = [cast("Scenario", item.model) for item in items]
    parts = []
    for scenario, item in zip(scenarios, items, strict=True):
        if scenario.alone:
            alone = read_alone(_bundle(paths, scenarios, item))
            made = compiled(alone, scenario.id, every=True)
            parts.append(_Part(alone, alone.problems.sorted(), [Stage(made)] if made else []))
    here = [scenario.id for scenario in scenarios if not scenario.alone]
    names = here or (_shared(library) if not paths or _holds_more(library) else [])
    ways = _Ways(library)
    stages = [stage for name in names for stage in ways.of(name)] if here else staged_apart(library, names, ways.of)
    faults = library.problems.sorted(given_only=bool(paths) and not here)
    return [_Part(library, faults, stages), *parts]


def _shared(library: Library) -> list[str]:
    """Return the scenarios that are played with shared content."""
    return [model.id for model, _ in library.all("scenario", Scenario) if not model.alone]


def _holds_more(library: Library) -> bool:
    """Whether the files a person named hold things to be checked against scenarios that they do not hold."""
    things = (item for kind, found in library.things.items() if kind != "scenario" for item in found.values())
    return any(item.spot.source.given for item in things)


class _Ways:
    """Compiles scenarios in every way they can be played, each once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._made: dict[str, Compiled | None] = {}

    def _compiled(self, name: str) -> Compiled | None:
        if name not in self._made:
            self._made[name] = compiled(self.library, name, every=True)
        return self._made[name]

    def of(self, name: str) -> Iterator[Stage]:
        """Compile a scenario on its own ladder and on each it has a remap for, and check what it asks of an earlier one."""
        item = self.library.things["scenario"][name]
        scenario = cast("Scenario", item.model)
        made = self._compiled(name)
        if made is not None:
            yield Stage(made)
        for ladder in scenario.remap:
            if ladder in self.library.things["ladder"]:
                remapped = compiled(self.library, name, every=True, ladder=ladder)
                if remapped is not None:
                    yield Stage(remapped, own=False)
        if scenario.inherit is not None:
            self._inherits(scenario.inherit, item)

    def _inherits(self, table: Inheritance, item: Item) -> None:
        there = self.library.things["scenario"]
        if table.source not in there:
            self.library.problems.no_such(item.spot.at("inherit", "from"), "scenario", table.source, there)
            return
        earlier = self._compiled(table.source)
        if earlier is not None:
            check_inheritance(table, earlier.box, item.spot, self.library.problems)


def _bundle(paths: Sequence[str | Path], scenarios: Sequence[Scenario], item: Item) -> str | Path:
    """Return what a scenario that stands alone was handed over as: a folder of its own, or its file."""
    return paths[0] if len(paths) == 1 and len(scenarios) == 1 else item.spot.source.path


def listing(kind: str = "", content_dirs: Sequence[str | Path] | None = None) -> list[dict[str, str]]:
    """Return what there is, as rows of kind, id, name, text and file: of one kind (``deck`` too), or of those one plays with.

    ``text`` is the one sentence that says what a thing means, where its kind has one and it is not the name. Raises
    UsageError for a kind that does not exist. Faulty things are left out.
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
        {"kind": kind, "id": item.id, "name": _name(item), "text": _text(item), "file": item.spot.source.name}
        for item in library.things[kind].values()
    ]


def _name(item: Item) -> str:
    if isinstance(item.model, Track):
        return f"{item.model.of}.{item.id}"
    for key in ("name", "title", "text", "on"):
        found = getattr(item.model, key, None)
        if isinstance(found, str):
            return found
    return item.id


def _text(item: Item) -> str:
    """Return what a thing means in a sentence; a card and a measure are read as wholes, so theirs stay in their file."""
    if item.spot.kind in ("card", "measure"):
        return ""
    text = getattr(item.model, "text", "") or getattr(item.model, "believes", "")
    return "" if text == _name(item) else str(text)


def _decks(library: Library) -> list[dict[str, str]]:
    counts: dict[str, tuple[int, str]] = {}
    for card, item in library.all("card", Card):
        number, file = counts.get(card.deck, (0, item.spot.source.name))
        counts[card.deck] = (number + 1, file)
    return [
        {"kind": "deck", "id": deck, "name": f"{number} cards", "text": "", "file": file}
        for deck, (number, file) in counts.items()
    ]
