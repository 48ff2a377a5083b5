"""What commands that answer share: wrapped text, the one object of ``--json``, naming a side, writing a file."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from wargame.cli.console import emit as print_json
from wargame.cli.console import say
from wargame.cli.targets import write_file
from wargame.cli.text import one_line, safe_text
from wargame.errors import UsageError, nearest
from wargame.rules.box import Box
from wargame.rules.events import TurnOpened
from wargame.rules.journal import effective
from wargame.rules.view import PUBLIC, WHITE_CELL

if TYPE_CHECKING:
    from wargame.recorded import Recorded

VERSION: Final = 1
WIDEST: Final = 80


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


def not_yet(come_to: int, turn: int) -> UsageError:
    """Return the complaint about a turn that has not come."""
    return UsageError(f"the exercise has come to turn {come_to}, not to turn {turn}")


def check_turn(recorded: Recorded, turn: int) -> None:
    """Raise UsageError for a turn that has not come."""
    opened = [e.turn for entry in effective(recorded.entries) for e in entry.events if isinstance(e, TurnOpened)]
    come_to = max(opened, default=0)
    if turn > come_to:
        raise not_yet(come_to, turn)


def write_out(text: str, output: Path | None, force: bool = False) -> None:
    """Write text to a file, or to the terminal made safe, or into a pipe byte for byte.

    Raises UsageError where nothing can be written or something would be overwritten without ``force``.
    """
    if output is not None:
        write_file(output, text, force)
    elif sys.stdout.isatty():
        print(safe_text(text), end="")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()


def check_there(path: str | Path) -> None:
    """Raise UsageError unless there is something at a path that a person named."""
    if not os.path.lexists(path):
        raise UsageError(f"there is no file {path}")
