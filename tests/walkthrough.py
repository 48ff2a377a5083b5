"""A page that is run: its TOML blocks are put together into files, its console blocks are typed and their answers compared.

``python -m tests.walkthrough`` writes the answers into the page anew. A block's first line says what it is::

    toml file=NAME       goes at the end of a file
    toml replace=NAME    lines with - are looked for in the file and give way to the lines with + that follow them
    console [first=N]    commands after $, each with what it answers, or the first N lines of that and dots
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from wargame.cli import call

PAGE = Path(__file__).parent.parent / "docs" / "authors.md"
BLOCK = re.compile(r"^```(toml|console) ?([a-z]*)=?([\w.-]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MORE = "..."


class Typed(NamedTuple):
    """One command of a console block: what the page says it answers, and what it answers."""

    command: str
    said: str
    found: str


def run(page: str, folder: Path) -> Iterator[tuple[re.Match[str], list[Typed]]]:
    """Carry a page out in a folder, block by block, and yield each with what its commands answered."""
    for block in BLOCK.finditer(page):
        kind, how, value, text = block.groups()
        if kind == "toml" and how:
            _written(folder / value, how, text)
            yield block, []
        elif kind == "console":
            yield block, [_typed(command, said, int(value or 0), folder) for command, said in _commands(text)]


def _written(path: Path, how: str, text: str) -> None:
    if how == "file":
        before = path.read_text(encoding="utf-8") + "\n" if path.exists() else ""
        path.write_text(before + text, encoding="utf-8")
        return
    lines = path.read_text(encoding="utf-8").splitlines()
    for old, new in re.findall(r"((?:^- .*\n)+)((?:^\+ .*\n)+)", text, re.MULTILINE):
        gone = [line[2:].strip() for line in old.splitlines()]
        places = [n for n in range(len(lines)) if [line.strip() for line in lines[n : n + len(gone)]] == gone]
        assert len(places) == 1, (gone, places)
        indent = lines[places[0]][: len(lines[places[0]]) - len(lines[places[0]].lstrip())]
        lines[places[0] : places[0] + len(gone)] = [indent + line[2:].strip() for line in new.splitlines()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _commands(text: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, said = part.partition("\n")
        yield command, said


def _typed(command: str, said: str, first: int, folder: Path) -> Typed:
    words = shlex.split(command)
    assert words[0] == "wargame", command
    here, answer = Path.cwd(), io.StringIO()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(answer), contextlib.redirect_stderr(answer):
            call(words[1:])
    finally:
        os.chdir(here)
    lines = [line.rstrip() for line in answer.getvalue().splitlines()]
    if first and len(lines) > first:
        lines = [*lines[:first], MORE]
    return Typed(command, said, "".join(f"{line}\n" for line in lines))


def rewritten(page: str, folder: Path, each: Callable[[Typed], None] = lambda _: None) -> str:
    """Return the page with the answers its commands really give."""
    parts, end = [], 0
    for block, typed in run(page, folder):
        for one in typed:
            each(one)
        if typed:
            answers = "".join(f"$ {one.command}\n{one.found}" for one in typed)
            parts += [page[end : block.start(4)], answers]
            end = block.end(4)
    return "".join([*parts, page[end:]])


if __name__ == "__main__":
    with TemporaryDirectory() as scratch:
        new = rewritten(PAGE.read_text(encoding="utf-8"), Path(scratch), lambda typed: print("$", typed.command))
    PAGE.write_text(new, encoding="utf-8")
    sys.exit(0)
