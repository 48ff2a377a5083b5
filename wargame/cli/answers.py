"""What commands that answer share: wrapped text, the one object of ``--json``, naming a side, writing a file."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from wargame.cli.console import emit as print_json
from wargame.cli.console import say
from wargame.cli.text import one_line, safe_text
from wargame.errors import OutsideError, UsageError, nearest
from wargame.rules.box import Box
from wargame.rules.view import PUBLIC, WHITE_CELL

VERSION: Final = 1
WIDEST: Final = 80
_SQLITE: Final = b"SQLite format 3\x00"


def emit(schema: str, body: Mapping[str, Any]) -> None:
    """Print the answer of a command as one JSON object."""
    print_json({"schema": f"wargame.{schema}", "version": VERSION, **body})


def tell(text: str = "", indent: int = 0, hang: int | None = None) -> None:
    """Print a paragraph, made safe, in lines of at most 80 columns; ``hang`` indents all lines but the first."""
    if not text:
        say()
        return
    rest = " " * (indent if hang is None else hang)
    lines = textwrap.wrap(
        one_line(text), WIDEST, initial_indent=" " * indent, subsequent_indent=rest, break_on_hyphens=False
    )
    for line in lines:
        say(line)


def heading(text: str, plain: bool = False) -> None:
    """Print a heading after an empty line, underlined unless ``plain``."""
    tell()
    tell(text)
    if not plain:
        say("-" * min(WIDEST, len(one_line(text))))


def side_of(box: Box, side: str | None, default: str) -> str:
    """Return the side a person named, or the default. Raises UsageError if the exercise has no such side."""
    allowed = (*box.capital, PUBLIC, WHITE_CELL)
    if side is None:
        return default
    if side not in allowed:
        raise UsageError(f"there is no side {side!r} in this exercise: {', '.join(allowed)}.{nearest(side, allowed)}")
    return side


def write_out(text: str, output: Path | None) -> None:
    """Write text to a file, or to the terminal made safe, or into a pipe byte for byte.

    Raises UsageError where an exercise file would be overwritten, OutsideError where nothing can be written.
    """
    if output is None:
        if sys.stdout.isatty():
            print(safe_text(text), end="")
            return
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return
    try:
        if output.is_file() and _starts_as_exercise(output):
            raise UsageError(f"{output} is an exercise file and stays as it is")
        with output.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
    except OSError as fault:
        raise OutsideError(f"{output} cannot be written: {fault.strerror or fault}") from None


def _starts_as_exercise(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE
