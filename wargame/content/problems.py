"""Faults in content are values: every one is collected, sorted and printed with its place and the nearest right name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from typing import Final, NamedTuple

from wargame.content.codes import ERROR, severity_of
from wargame.content.lines import Path, line_of


@dataclass(frozen=True)
class Source:
    """A file as it was read. ``name`` is how it is printed, ``path`` where it lies; ``given`` marks files a person named."""

    name: str
    text: str
    given: bool = False
    built_in: bool = False
    path: str = ""

    def __hash__(self) -> int:
        return hash(self.name)


@dataclass(frozen=True, order=True)
class Problem:
    """One fault or finding. ``line`` counts from 1, 0 where the file has none; ``path`` is the key within the thing
    ``kind`` ``id``; ``severity`` is error, warning or note.
    """

    file: str
    line: int
    code: str
    kind: str
    id: str
    path: str
    message: str
    hint: str = ""
    severity: str = ERROR

    def __str__(self) -> str:
        return f"{self.place}: {self.said}"

    @property
    def place(self) -> str:
        """File and line."""
        file = plain(self.file)
        return f"{file}:{self.line}" if self.line else file

    @property
    def said(self) -> str:
        """What is wrong with what, and the hint, without the file."""
        thing = f'{self.kind} "{self.id}"' if self.id else self.kind
        suffix = f" ({self.hint})" if self.hint else ""
        return ": ".join(part for part in (thing, self.path, self.message + suffix) if part)

    def as_dict(self) -> dict[str, str | int]:
        """Return the fields by name, for ``--json``."""
        return {
            "file": self.file, "line": self.line, "code": self.code, "kind": self.kind, "id": self.id,
            "path": self.path, "message": self.message, "hint": self.hint, "severity": self.severity,
        }  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """A place in content: ``base`` is the path of the table ``kind`` ``id`` in its file, ``path`` the way on from there."""

    source: Source
    base: Path
    kind: str
    id: str
    path: Path = ()

    def at(self, *path: str | int) -> Spot:
        """Return the place further in."""
        return Spot(self.source, self.base, self.kind, self.id, (*self.path, *path))


SHOWN: Final = 60
"""Most characters of a text that a message quotes."""


def written(path: Iterable[str | int]) -> str:
    """Return a path as people write it: ``option[1].then[0]``; keys that are not plain words are quoted."""
    out = ""
    for part in path:
        if isinstance(part, int):
            out += f"[{part}]"
        else:
            is_word = len(part) <= SHOWN and part.isascii() and part.replace("-", "").replace("_", "").isalnum()
            word = part if is_word else show(part)
            out += f".{word}" if out else word
    return out


def nearest_name(found: str, allowed: Iterable[str]) -> str:
    """Return ``did you mean "x"?`` for the closest allowed name, the first of several as close, or an empty string."""
    names = list(dict.fromkeys(allowed))
    close = get_close_matches(found[:80], names, n=9, cutoff=0.55)
    best = [name for name in names if name in close and _likeness(found[:80], name) == _likeness(found[:80], close[0])]
    return f"did you mean {show(best[0])}?" if best else ""


def _likeness(found: str, name: str) -> float:
    return SequenceMatcher(None, name, found).ratio()


def plain(text: str) -> str:
    """Return a text with everything in it shown that does not print, so that no name ends a line or steers a terminal."""
    return text if text.isprintable() else "".join(c if c.isprintable() else f"\\u{{{ord(c):x}}}" for c in text)


def show(value: object) -> str:
    """Return a value as it stands in a message: short, and safe for numbers and texts of any size."""
    if isinstance(value, str):
        return f'"{plain(value[:SHOWN])}{"..." if len(value) > SHOWN else ""}"'
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "a table"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and value.bit_length() >= 64:
        return "a number beyond all range"
    return f"{value:g}" if isinstance(value, float) else str(value)[:SHOWN]


class Fault(NamedTuple):
    """One fault before its line is looked up."""

    spot: Spot
    code: str
    message: str
    hint: str


MOST: Final = 1_000
"""Most faults that are told in one run. Who has more has one that makes the others, or no content at all."""

COMPARED: Final = 40_000
"""Names that are compared with wrong ones in one run, in search of the nearest; after that none is searched."""


class TooMuch(Exception):
    """Compiling a scenario would take longer than anybody waits."""


@dataclass
class Problems:
    """Collects faults; the same fault met in several bindings counts once."""

    _found: dict[tuple[Spot, str, str], Fault] = field(default_factory=dict)
    _files: list[Problem] = field(default_factory=list)
    _mended: dict[tuple[Source, Path], set[Path]] = field(default_factory=dict)
    _compared: int = 0
    _left_out: dict[str, str] = field(
        default_factory=dict
    )  # by severity, the first file with something there was no room for
    noted: int = 0
    """How often a fault was noted, the same one again included."""

    faulty: dict[tuple[str, str], Spot] = field(default_factory=dict)
    """Things that could not be read, by kind and id; what refers to them is not reported as well."""

    def hush(self, spot: Spot, paths: Iterable[Path]) -> None:
        """Note nothing more at these paths of a thing, nor that the thing lacks something: they were mended to read on."""
        self._mended.setdefault((spot.source, spot.base), set()).update(paths)

    def is_mended(self, spot: Spot) -> bool:
        """Whether this very place was faulty and has been mended."""
        return spot.path in self._mended.get((spot.source, spot.base), ())

    def is_faulty(self, spot: Spot) -> bool:
        """Whether anything was noted in the thing at this place."""
        return any((each.source, each.base) == (spot.source, spot.base) for each, _, _ in self._found)

    @property
    def spots(self) -> Iterator[Spot]:
        """Every place in a readable file at which something was noted."""
        return (spot for spot, _, _ in self._found)

    def _is_hushed(self, spot: Spot, code: str) -> bool:
        mended = self._mended.get((spot.source, spot.base))
        if mended is None:
            return False
        lacks = code in ("WG102", "WG401") and not spot.path and spot.kind != "scenario"
        return lacks or any(spot.path[:length] in mended for length in range(1, len(spot.path) + 1))

    def add(self, spot: Spot, code: str, message: str, hint: str = "") -> None:
        """Note a fault at a place inside a readable file."""
        self.noted += 1
        if self._mended and self._is_hushed(spot, code):
            return
        if self.full and (spot, code, message) not in self._found:
            self.leave_out(spot.source.name, severity_of(code))
            return
        self._found.setdefault((spot, code, message), Fault(spot, code, message, hint))

    @contextmanager
    def apart(self) -> Iterator[list[Fault]]:
        """Yield a list that in the end holds what was noted meanwhile for the first time; it is not kept here."""
        before, caught, left_out = dict(self._found), list[Fault](), dict(self._left_out)
        yield caught
        caught.extend(fault for key, fault in self._found.items() if key not in before)
        self._found, self._left_out = before, left_out

    def add_all(self, faults: Iterable[Fault]) -> None:
        """Note faults that were kept apart."""
        for fault in faults:
            self._found.setdefault(fault[:3], fault)

    def add_file(self, file: str, line: int, code: str, message: str) -> None:
        """Note a fault of a whole file."""
        if self.full:
            self.leave_out(file)
            return
        self._files.append(Problem(file, line, code, "", "", "", message))

    def no_such(self, spot: Spot, what: str, found: str, allowed: Iterable[str]) -> None:
        """Note a name that does not exist, with the nearest one that does."""
        self.add(spot, "WG301", f"no {what} {show(found)}", self.nearest(found, allowed))

    def nearest(self, found: str, allowed: Iterable[str]) -> str:
        """Return what :func:`nearest_name` does, as long as not too much was compared in this run."""
        names = list(allowed)
        self._compared += len(names)
        return nearest_name(found, names) if self._compared <= COMPARED else ""

    @property
    def full(self) -> bool:
        """Whether nothing more is noted, so that reading on is of no use."""
        return len(self._found) + len(self._files) >= MOST

    def leave_out(self, file: str, severity: str = ERROR) -> None:
        """Tell in the end that there is more in a file than was noted."""
        self._left_out.setdefault(severity, file)

    @staticmethod
    def line_at(spot: Spot) -> int:
        """Return the line on which a place begins."""
        return line_of(spot.source.text, (*spot.base, *spot.path))

    def __bool__(self) -> bool:
        return bool(self._found or self._files)

    def sorted(self, given_only: bool = False) -> list[Problem]:
        """Return all faults by file, then line. Lines are looked up only here; ``given_only`` drops those elsewhere."""
        found = set(self._files)
        for severity, file in self._left_out.items():
            message = f"more than {MOST} in all; no more are told"
            found.add(Problem(file, 0, "WG002", "", "", "", message, severity=severity))
        for spot, code, message, hint in self._found.values():
            if given_only and not spot.source.given:
                continue
            line = self.line_at(spot)
            path, severity = written(spot.path), severity_of(code)
            found.add(Problem(spot.source.name, line, code, spot.kind, spot.id, path, message, hint, severity))
        return sorted(found)
