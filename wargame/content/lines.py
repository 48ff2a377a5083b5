"""Where in a TOML file a path stands, found with the parser alone and only when there is a fault to report.

TOML readers give positions for syntax errors only. A statement is the shortest run of lines, from where the last one
ended, that parses by itself; within a statement of several lines an element begins on the first line at which the
statement, cut there and closed with brackets, already holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Any

import tomli

Path = tuple[str | int, ...]

WORK_LIMIT = 2_000_000
"""Characters parsed in vain, in search of where statements end, before the search gives up at the last line it knows."""

PLAIN = re.compile(r"""\s*([A-Za-z0-9_-]+)\s*=\s*(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w.+:-]+)\s*(?:#.*)?$""")
"""A statement that surely ends on its line; only a shortcut, the parser would say the same."""

CLOSERS = tuple("".join(end) for size in range(4) for end in product("]}", repeat=size))


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomli.loads(text)
    except (ValueError, RecursionError):
        return None


def _statements(text: str) -> Iterator[tuple[int, list[str], dict[str, Any]]]:
    """Yield each statement: its first line (from 1), its lines, and what it parses to."""
    first, work = 1, 0
    lines: list[str] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if not lines:
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            first = number
        simple = None if lines else PLAIN.match(line)
        if simple:
            yield number, [line], {simple[1]: None}
            continue
        lines.append(line)
        if len(lines) > 1 and line.rstrip().endswith(",") and "#" not in line:
            continue
        chunk = "\n".join(lines)
        found = _parsed(chunk)
        if found is not None:
            yield first, lines, found
            lines = []
            continue
        work += len(chunk)
        if work > WORK_LIMIT:
            return


def _key_of(table: dict[str, Any]) -> list[str]:
    """Return the dotted key of a header, the outermost part first."""
    keys = []
    value: Any = table
    while isinstance(value, dict) and value:
        key, value = next(iter(value.items()))
        keys.append(key)
        if isinstance(value, list):
            value = value[0] if value else None
    return keys


class _Places:
    """Known lines of one file: each path of a header or statement, and the statement that holds it."""

    def __init__(self, text: str) -> None:
        self.line: dict[Path, int] = {}
        self.lines: dict[Path, tuple[int, list[str]]] = {}
        self.count: dict[Path, int] = {}
        header: Path = ()
        for first, lines, found in _statements(text):
            opening = lines[0].lstrip()
            if opening.startswith("["):
                header = self._header(_key_of(found), opening.startswith("[["))
                self.line.setdefault(header, first)
                continue
            self._note(header, found, first, lines)

    def _header(self, keys: list[str], is_array: bool) -> Path:
        path: Path = ()
        for place, key in enumerate(keys):
            path = (*path, key)
            if is_array and place == len(keys) - 1:
                self.count[path] = self.count.get(path, -1) + 1
            if path in self.count:
                path = (*path, self.count[path])
        return path

    def _note(self, header: Path, found: dict[str, Any], first: int, lines: list[str]) -> None:
        path, value = header, found
        while True:
            key, inner = next(iter(value.items()))
            path = (*path, key)
            self.line.setdefault(path, first)
            self.lines.setdefault(path, (first, lines))
            if not isinstance(inner, dict) or len(inner) != 1:
                return
            value = inner


@lru_cache(maxsize=64)
def _places(text: str) -> _Places:
    return _Places(text)


def _holds(table: Any, path: Path) -> bool:
    for part in path:
        if isinstance(part, int):
            if not isinstance(table, list) or part >= len(table):
                return False
        elif not isinstance(table, dict) or part not in table:
            return False
        table = table[part]
    return True


def _within(first: int, lines: list[str], inner: Path) -> int:
    """Return the line on which ``inner``, a path within one statement, begins."""
    if len(lines) > 400:
        return first
    for count in range(1, len(lines)):
        start = "\n".join(lines[:count])
        for closer in CLOSERS:
            found = _parsed(start + "\n" + closer)
            if found is not None and _holds(found, inner):
                return first + count - 1
    return first + len(lines) - 1


def line_of(text: str, path: Path) -> int:
    """Return the line (from 1) on which ``path`` begins, or that of the nearest table around it. 1 if nothing is known."""
    places = _places(text)
    for length in range(len(path), 0, -1):
        known = path[:length]
        if known not in places.line:
            continue
        if length == len(path) or known not in places.lines:
            return places.line[known]
        first, lines = places.lines[known]
        if len(lines) == 1:
            return first
        return _nearest_within(first, lines, known, path)
    return 1


def _nearest_within(first: int, lines: list[str], known: Path, path: Path) -> int:
    """Return the line of ``path``, or of as much of it as the statement known by ``known`` has."""
    whole = _parsed("\n".join(lines)) or {}
    start = 1
    while start < len(known) and not _holds(whole, known[-start:]):
        start += 1
    lead = known[-start:]
    for length in range(len(path), len(known), -1):
        inner = (*lead, *path[len(known) : length])
        if _holds(whole, inner):
            return _within(first, lines, inner)
    return first
