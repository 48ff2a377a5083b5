"""What ``wargame content`` answers: faults of files, and what there is to play with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from wargame.content.codes import SEVERITIES
from wargame.content.compile.box import Compiled, compiled
from wargame.content.compile.inherit import check_inheritance
from wargame.content.fitting import staged_apart
from wargame.content.library import Item, Library, read_alone, read_library
from wargame.content.problems import Problem, Problems, Spot, nearest_name, show
from wargame.content.review.stage import Stage
from wargame.content.schema import KINDS, Card, Doctrine
from wargame.content.schema_rules import Track
from wargame.content.schema_scenario import Scenario
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
    bundles = {path: found for path in (paths if library.apart else ()) if _is_bundle(found := read_alone(path))}
    if bundles:
        library = read_library([path for path in paths if path not in bundles], content_dirs)
    items = [
        item for _, item in library.all("scenario", Scenario) if item.spot.source.given or not paths
    ] + library.apart
    # what a bundle brings is nobody else's, but its scenario may be followed, and its names are no faults in other files
    library.apart += [item for found in bundles.values() for item in found.things["scenario"].values()]
    alone = [read_alone(item.spot.source.path) for item in items if cast("Scenario", item.model).alone]
    here = [item.id for item in items if not cast("Scenario", item.model).alone]
    names = here or (_shared(library) if not paths or _holds_more(library) else [])
    ways = _Ways(library)
    stages = [stage for name in names for stage in ways.of(name)] if here else staged_apart(library, names, ways.of)
    faults = library.problems.sorted(given_only=bool(paths) and not here)
    if not paths:
        faults += _left_out(library, stages, names)
    return [_Part(library, faults, stages), *(_part(found, ways) for found in (*bundles.values(), *alone))]


def _is_bundle(library: Library) -> bool:
    """Whether a path holds one scenario, one that stands alone, so that all else there is what it brings."""
    scenarios = [model for model, _ in library.all("scenario", Scenario)]
    return len(scenarios) == 1 and scenarios[0].alone


def _part(alone: Library, around: _Ways) -> _Part:
    """Compile what stands alone."""
    ways = _Ways(alone, around)
    stages = [stage for name in alone.things["scenario"] for stage in ways.of(name)]
    return _Part(alone, alone.problems.sorted(), stages)


def _shared(library: Library) -> list[str]:
    """Return the scenarios that are played with shared content."""
    return [model.id for model, _ in library.all("scenario", Scenario) if not model.alone]


def _holds_more(library: Library) -> bool:
    """Whether the files a person named hold things to be checked against scenarios that they do not hold."""
    things = (item for kind, found in library.things.items() if kind != "scenario" for item in found.values())
    return any(item.spot.source.given for item in things)


def _left_out(library: Library, stages: Sequence[Stage], names: Sequence[str]) -> list[Problem]:
    """Return the faults of the user's own doctrines that compiling left out of some scenario with their seat.

    They are judged as if their files had been named: by the scenarios they fit best.
    """
    doctrines = dict(library.things["doctrine"])
    for table, item in library.all("doctrine", Doctrine):
        is_out = any(table.seat in each.frame.role and table.id not in each.box.doctrine for each in stages if each.own)
        if is_out and not item.spot.source.built_in and not library.problems.is_faulty(item.spot):
            source = replace(item.spot.source, given=True)
            doctrines[table.id] = replace(item, spot=replace(item.spot, source=source))
    if doctrines == library.things["doctrine"]:
        return []
    things = {**library.things, "doctrine": doctrines}
    judged = replace(library, things=things, problems=Problems(faulty=library.problems.faulty))
    staged_apart(judged, names, _Ways(judged).of)
    return judged.problems.sorted(given_only=True)


class _Ways:
    """Compiles scenarios in every way they can be played, each once.

    ``around`` knows the scenarios besides those of the library that one of it may follow.
    """

    def __init__(self, library: Library, around: _Ways | None = None) -> None:
        self.library = library
        self.around = around
        self.known = {item.id: item for item in (*library.apart, *library.things["scenario"].values())}
        self._made: dict[str, Compiled | None] = {}

    def _compiled(self, name: str) -> Compiled | None:
        if name not in self._made:
            item = self.known[name]
            by_itself = cast("Scenario", item.model).alone and not self.library.alone
            library = read_alone(item.spot.source.path) if by_itself else self.library
            self._made[name] = compiled(library, name, every=True)
        return self._made[name]

    def of(self, name: str) -> Iterator[Stage]:
        """Compile a scenario on its own ladder and on each it has a remap for, and check what it asks of an earlier one."""
        scenario = cast("Scenario", self.known[name].model)
        made = self._compiled(name)
        if made is not None:
            yield Stage(made)
        for ladder in scenario.remap:
            if ladder in self.library.things["ladder"]:
                remapped = compiled(self.library, name, every=True, ladder=ladder)
                if remapped is not None:
                    yield Stage(remapped, own=False)
        if made is not None and scenario.inherit is not None:
            earlier = self._earlier(scenario.inherit.source, made.frame.spot.at("inherit", "from"))
            check_inheritance(made.binder, earlier.box if earlier else None)

    def _earlier(self, name: str, spot: Spot) -> Compiled | None:
        """Compile the scenario that another one follows; None where it has faults of its own, or after noting there is none."""
        everywhere = [self, self.around] if self.around else [self]
        for ways in everywhere:
            if name in ways.known:
                return ways._compiled(name)
        if not any(("scenario", name) in ways.library.problems.faulty for ways in everywhere):
            known = dict.fromkeys(each for ways in everywhere for each in ways.known)
            self.library.problems.no_such(spot, "scenario", name, known)
        return None


class Listing(list[dict[str, str]]):
    """Rows of what there is; ``faulty``: the files of which something is left out, for it has faults."""

    faulty: tuple[str, ...] = ()


def listing(kind: str = "", content_dirs: Sequence[str | Path] | None = None) -> Listing:
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
    rows = Listing()
    for each in wanted:
        rows.extend(_decks(library) if each == "deck" else _rows(library, each))
    rows.faulty = tuple(dict.fromkeys(problem.file for problem in library.problems.sorted()))
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
