"""Finding and reading content: built-in decks, the user's own folder, paths a person named.

A file may come from anywhere, so reading refuses rather than trusts: size, encoding, nesting, numbers, links and kinds
of file are checked, and every refusal is a Problem.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

from platformdirs import user_data_dir
from pydantic import ValidationError

from wargame.content.faults import characters, note, plain_id
from wargame.content.problems import Problem, Problems, Source, Spot, nearest_name, plain, show
from wargame.content.reading import Room, Root, files_of, read_text, real_path, tables_of
from wargame.content.repair import mended
from wargame.content.schema import FORMAT, KINDS
from wargame.content.strict import Thing
from wargame.errors import ContentError, UsageError, WargameError

Model = TypeVar("Model", bound=Thing)

THING_LIMIT: Final = 4_000
"""Most things of all content that is not built in; the built-in decks have a quarter of that."""

VALUE_LIMIT: Final = 20_000
"""Most keys and values of one thing; the largest scenario has a tenth of that."""


@dataclass(frozen=True)
class Item:
    """A thing as it was read: its kind, its checked table and where it stands."""

    kind: str
    model: Thing
    spot: Spot
    raw: dict[str, Any]

    @property
    def id(self) -> str:
        """The thing's id."""
        return self.model.id


@dataclass
class Library:
    """All content that was found, by kind and id, in the order of reading; and what is wrong with it.

    Of a file whose scenario stands alone only the scenario is kept, unless such files are what is read (``alone``).
    """

    alone: bool = False

    problems: Problems = field(default_factory=Problems)
    things: dict[str, dict[str, Item]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    apart: list[Item] = field(default_factory=list)
    """Scenarios that stand alone and were named by a path: they are read by themselves, and may be called as others are."""

    _taken: int = 0
    """Things read so far that are not built in."""

    def all(self, kind: str, model: type[Model]) -> list[tuple[Model, Item]]:
        """Return every thing of a kind with its place."""
        return [(item.model, item) for item in self.things[kind].values() if isinstance(item.model, model)]

    def item(self, kind: str, name: str) -> Item | None:
        """Return one thing, or None."""
        return self.things[kind].get(name)

    def within(self, packs: Collection[str]) -> Library:
        """Return the part of the library that belongs to no pack or to one of these; problems are shared."""
        things = {
            kind: {name: item for name, item in found.items() if not item.model.pack or item.model.pack in packs}
            for kind, found in self.things.items()
        }
        return replace(self, things=things)

    @property
    def packs(self) -> list[str]:
        """Every pack that anything belongs to, in the order of reading."""
        return list(
            dict.fromkeys(i.model.pack for found in self.things.values() for i in found.values() if i.model.pack)
        )

    def add_root(self, root: Root) -> None:
        """Read a file or a folder of files."""
        room = Room()
        for path, name in files_of(root, self.problems):
            text = read_text(path, name, self.problems)
            too_much = room.lacks(text) if text and not root.built_in else ""
            if too_much:
                self.problems.add_file(root.name, 0, "WG002", too_much)
                return
            if text is not None:
                self.add_text(Source(name, text, root.given, root.built_in, str(path)))

    def add_text(self, source: Source) -> None:
        """Read a file whose text is there already."""
        sound = _sound(source) if source.built_in and not self.alone else None
        if sound is None:
            self._read(source)
            return
        for item in sound:
            self._enter(item)

    def add_path(self, path: str | Path) -> None:
        """Read one more path a person named."""
        self.add_root(Root(Path(path), str(path), given=True))

    def _read(self, source: Source) -> None:
        document = tables_of(source, self.problems)
        if document is None:
            return
        version = document.pop("format", None)
        if version != FORMAT:
            self.problems.add_file(source.name, 1, "WG005", f'a content file begins with format = "{FORMAT}"')
            if isinstance(version, str) and version.startswith("wargame/"):
                return
        scenario = document.get("scenario")
        if not self.alone and isinstance(scenario, dict) and scenario.get("alone") is True:
            document = {"scenario": scenario}
        for kind, found in document.items():
            if self.problems.full:
                self.problems.leave_out(source.name)
                return
            if kind not in KINDS:
                spot = Spot(source, (kind,), "", "")
                self.problems.add(spot, "WG101", f"no such table {show(kind)}", self.problems.nearest(kind, KINDS))
                continue
            for raw, spot in _rows(kind, found, source, self.problems):
                if self.problems.full:
                    self.problems.leave_out(source.name)
                    return
                if not self._has_room(source):
                    return
                self._add_thing(kind, raw, spot)

    def _has_room(self, source: Source) -> bool:
        """Count one thing more; whether that is few enough. Where it is one too many it is noted."""
        self._taken += not source.built_in
        if self._taken == THING_LIMIT + 1:
            self.problems.add_file(source.name, 0, "WG002", f"with it there are more than {THING_LIMIT} things")
        return self._taken <= THING_LIMIT

    def _add_thing(self, kind: str, raw: dict[str, Any], spot: Spot) -> None:
        if not characters(raw, spot, self.problems, VALUE_LIMIT):
            self.problems.add(spot, "WG106", f"holds more than {VALUE_LIMIT} keys and values")
            self._remember_id(kind, raw, spot)
            return
        model = KINDS[kind]
        try:
            thing = model.model_validate(raw)
        except ValidationError as error:
            note(error, raw, model, spot, self.problems)
            mending, raw, touched = mended(model, raw, error)
            self.problems.hush(spot, touched)
            if mending is None or ("id",) in touched:
                self._remember_id(kind, raw, spot)
                return
            thing = mending
        self._enter(Item(kind, thing, spot, raw))

    def _enter(self, item: Item) -> None:
        """Give a thing that was read its place among those of its kind, or note why it has none."""
        kind, thing, spot, known = item.kind, item.model, item.spot, self.things[item.kind]
        if not self.alone and spot.source.given and getattr(thing, "alone", False):
            self.apart.append(item)
            return
        if thing.replaces and thing.replaces not in known:
            message = f"no {kind} to replace: {show(thing.replaces)}"
            self.problems.add(spot.at("replaces"), "WG202", message, self.problems.nearest(thing.replaces, known))
        if thing.id != thing.replaces:
            first = known[thing.id].spot if thing.id in known else self.problems.faulty.get((kind, thing.id))
            if first is not None:
                self._twice(first, spot)
                return
            known.pop(thing.replaces, None)
        known[thing.id] = item

    def _twice(self, first: Spot, spot: Spot) -> None:
        message = f"defined before, in {plain(first.source.name)}:{self.problems.line_at(first)}"
        self.problems.add(spot.at("id"), "WG201", message, f'write replaces = "{first.id}" to take its place')

    def _remember_id(self, kind: str, raw: dict[str, Any], spot: Spot) -> None:
        """Keep the id of a faulty thing, so that references to it are not reported as well."""
        name = raw.get("id")
        if isinstance(name, str):
            self.problems.faulty.setdefault((kind, name), spot)


@lru_cache(maxsize=256)
def _sound(source: Source) -> tuple[Item, ...] | None:
    """Return the things of a built-in file in the order of reading, or None where it has a fault.

    A process reads each such file once, however often it needs the built-in decks: nothing changes an Item.
    """
    library = Library()
    library._read(source)
    if library.problems or library.apart:
        return None
    return tuple(item for found in library.things.values() for item in found.values())


def _rows(kind: str, found: object, source: Source, problems: Problems) -> Iterable[tuple[dict[str, Any], Spot]]:
    """Yield the tables of a kind with their places; ``[scenario]`` is one table, all others are lists."""
    if kind == "scenario":
        rows: list[Any] = [found]
        bases: list[tuple[str | int, ...]] = [(kind,)]
    elif isinstance(found, list):
        rows, bases = found, [(kind, place) for place in range(len(found))]
    else:
        problems.add(Spot(source, (kind,), "", ""), "WG103", f"write [[{kind}]] with two brackets on each side")
        return
    for raw, base in zip(rows, bases, strict=True):
        name = raw.get("id") if isinstance(raw, dict) else None
        spot = Spot(source, base, kind, plain_id(name))
        if isinstance(raw, dict):
            yield raw, spot
        else:
            problems.add(spot, "WG103", f"should be a table, not {show(raw)}")


def built_in_folder() -> Path:
    """Return the folder of the built-in decks: in an installed package inside it, in a checkout beside it."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "decks"
    return inside if inside.is_dir() else package.parent / "decks"


def user_folder() -> Path:
    """Return the folder in which a user's own content is looked for."""
    return Path(user_data_dir("wargame", appauthor=False)) / "content"


def looks_like_path(name: str) -> bool:
    """Whether a content name is meant as a path to a file or folder."""
    return name.endswith(".toml") or "/" in name or "\\" in name or name in (".", "..")


def is_folder(name: str) -> bool:
    """Whether a name that is no id is a folder here; names that no system could have are not."""
    return os.path.isdir(name)  # noqa: PTH112 - pathlib raises for names that are too long


def none_of(kind: str, name: str, library: Library) -> WargameError:
    """Return what to raise where a kind has nothing of the name somebody gave: with the nearest one, and all there are.

    Whoever gave it has mistyped it (UsageError), unless files have faults: it may stand in one of these (ContentError).
    """
    there = library.things[kind]
    known = f"; there is {', '.join(there)}" if there else ""
    return nothing_called(name, f"no {kind} {show(name)}{known}", there, library.problems)


def nothing_called(name: str, message: str, there: Iterable[str], problems: Problems) -> WargameError:
    """Return what to raise where a name that somebody gave stands for nothing; see :func:`none_of`."""
    hint = f'did you mean "{plain(name)}.toml"?' if os.path.isfile(f"{name}.toml") else nearest_name(name, there)  # noqa: PTH113
    if problems:
        return ContentError([Problem(show(name)[1:-1], 0, "WG301", "", "", "", message, hint), *problems.sorted()])
    return UsageError(f"{message} ({hint})" if hint else message)


def standard_roots(content_dirs: Sequence[str | Path] | None) -> list[Root]:
    """Return the built-in folder and the user's own. ``content_dirs`` takes the place of the user's folder."""
    roots = [Root(built_in_folder(), "decks", built_in=True)]
    if content_dirs is None:
        folder = user_folder()
        return [*roots, Root(folder, str(folder))] if folder.is_dir() else roots
    return roots + [Root(Path(folder), str(folder)) for folder in content_dirs]


def read_library(given: Sequence[str | Path], content_dirs: Sequence[str | Path] | None = None) -> Library:
    """Read built-in content, the user's folder and the given paths, in this order; the same file is read once."""
    library = Library()
    named = {real_path(Path(path)): Root(Path(path), str(path), given=True) for path in given}
    for root in standard_roots(content_dirs):
        root.skip = frozenset(named)
        library.add_root(root)
    for root in named.values():
        library.add_root(root)
    return library


def read_alone(path: str | Path) -> Library:
    """Read one file or folder and nothing else."""
    library = Library(alone=True)
    library.add_path(path)
    return library
