"""Where in a TOML file a path stands, looked up only when there is a fault to report.

TOML readers give positions for syntax errors only. The text of a file that the reader has accepted is therefore walked
once more, token by token, and the line is noted on which each header, key and element begins. One pass, whatever is in it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import tomli

Path = tuple[str | int, ...]

TOKEN: Final = re.compile(
    r"""
      (?P<space>[ \t\r]++|\#[^\n]*+)
    | (?P<end>\n)
    | (?P<text>
          \"{3}(?:[^"\\]|\\.|""?(?!"))*+\"{3,5}
        | '{3}(?:[^']|''?(?!'))*+'{3,5}
        | "(?:[^"\\\n]|\\.)*+"
        | '[^'\n]*+'
      )
    | (?P<mark>[\[\]{},=])
    | (?P<word>[^\s\#"'\[\]{},=]++)
    """,
    re.VERBOSE | re.DOTALL,
)
"""What a file is made of. A word is a bare key with its dots, a number, a date or true and false."""


def _key(token: str) -> list[str]:
    """Return the parts of a key that one token holds: a quoted part, or bare ones between dots."""
    if token[0] == "'":
        return [token[1:-1]]
    if token[0] == '"':
        return [str(tomli.loads(f"k = {token}")["k"]) if "\\" in token else token[1:-1]]
    return [part for part in token.split(".") if part]


class _Places:
    """The lines of one file on which its headers, keys and elements begin."""

    def __init__(self, text: str) -> None:
        self.line: dict[Path, int] = {}
        self._count: dict[Path, int] = {}
        self._header: Path = ()
        self._open: list[tuple[Path, int]] = []  # the arrays and inline tables around; a table counts -1
        self._keys: list[str] | None = []  # of the key that is being read; None where a value is
        self._path: Path = ()  # of the value that is being read
        self._brackets = 0  # before a header's key
        self._walk(text)

    def _walk(self, text: str) -> None:
        line = 1
        for token in TOKEN.finditer(text):
            kind, found = token.lastgroup, token.group()
            if kind == "end":
                line += 1
                if not self._open:
                    self._keys, self._brackets = [], 0
            elif kind == "mark":
                self._mark(found, line)
            elif kind != "space":
                self._said(found, line)
                line += found.count("\n")

    def _said(self, found: str, line: int) -> None:
        """Take a text or a word: part of a key, or a value."""
        if self._keys is not None:
            self._keys.extend(_key(found))
        else:
            self._begin(line)

    def _begin(self, line: int) -> None:
        """Note where a value begins that stands in an array; one with a key began with it."""
        if self._open and self._open[-1][1] >= 0:
            path, place = self._open[-1]
            self._path = (*path, place)
            self.line.setdefault(self._path, line)

    def _mark(self, found: str, line: int) -> None:
        if self._keys is not None and not self._open and found in "[]":
            self._head(found, line)
        elif found == "=":
            self._path = self._open[-1][0] if self._open else self._header
            for key in self._keys or ():
                self._path = (*self._path, key)
                self.line.setdefault(self._path, line)
            self._keys = None
        elif found in "[{":
            self._begin(line)
            self._open.append((self._path, 0 if found == "[" else -1))
            self._keys = None if found == "[" else []
        elif self._open:
            path, count = self._open.pop()
            if found == ",":
                self._open.append((path, count + 1 if count >= 0 else -1))
                self._keys = None if count >= 0 else []
            else:
                self._keys = None

    def _head(self, found: str, line: int) -> None:
        """Take a bracket of a header; the first closing one ends its key."""
        if found == "[":
            self._brackets += 1
        elif self._keys:
            path: Path = ()
            for place, key in enumerate(self._keys):
                path = (*path, key)
                if self._brackets > 1 and place == len(self._keys) - 1:
                    self.line.setdefault(path, line)  # a list begins where its first table does
                    self._count[path] = self._count.get(path, -1) + 1
                if path in self._count:
                    path = (*path, self._count[path])
            self._header, self._keys = path, []
            self.line.setdefault(path, line)


@lru_cache(maxsize=64)
def _places(text: str) -> _Places:
    return _Places(text.replace("\r\n", "\n"))


def line_of(text: str, path: Path) -> int:
    """Return the line (from 1) on which ``path`` begins, or that of the nearest table around it. 1 if nothing is known."""
    places = _places(text)
    for length in range(len(path), 0, -1):
        if path[:length] in places.line:
            return places.line[path[:length]]
    return 1
