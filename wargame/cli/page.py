"""The page a person reads: text in, lines of at most 80 columns out, with or without weight, colour and page ends.

Every text passes :func:`safe_text` here and goes to Rich as ``Text``, never as markup. Meaning is always in words.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Final

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from wargame.cli.console import is_dumb, is_terminal
from wargame.cli.text import one_line, safe_text

WIDEST: Final = 80
NARROWEST: Final = 40

STRONG, QUIET = "bold", "dim"
"""Weights of text. None carries a meaning that the words do not."""


class Page:
    """Where text goes. ``plain``: linear text without weight, colour, lines or page ends.

    ``more`` is asked at the end of a full screen and may be replaced; without it nothing is held back.
    """

    def __init__(self, plain: bool = False, file: IO[str] | None = None) -> None:
        to_screen = file is None and is_terminal() and not is_dumb()
        bare = plain or bool(os.environ.get("NO_COLOR")) or is_dumb() or not to_screen
        self.plain = plain or is_dumb()
        self.console = Console(
            file=file, color_system=None if bare else "auto", highlight=False, markup=False, emoji=False,
            width=None if to_screen else WIDEST, legacy_windows=False,
        )  # fmt: skip
        self._styled = not bare
        self._is_held = to_screen and not plain
        self.more: Callable[[], None] | None = None
        self._lines = 0
        self._is_blank = True

    @property
    def width(self) -> int:
        """Columns of a line."""
        return max(NARROWEST, min(WIDEST, self.console.width))

    @property
    def height(self) -> int:
        """Lines of the screen."""
        return max(10, self.console.height)

    @property
    def room(self) -> int:
        """Lines left on this screen before it is full."""
        return self.height - 1 - self._lines

    def fresh(self) -> None:
        """Begin to count lines anew: a person has just pressed a key."""
        self._lines = 0

    def line(self, text: str = "", style: str = "") -> None:
        """Write one line as it is; what is too long is wrapped."""
        self.text(text, style=style) if text else self._write(Text(""))

    def text(self, text: str, *, style: str = "", indent: int = 0, hang: int | None = None, label: str = "") -> None:
        """Write a paragraph, wrapped. ``label`` stands before its first line; ``hang`` indents all further ones."""
        first = " " * indent + one_line(label, keep=True)
        rest = " " * (cell_len(first) if hang is None else hang)
        room = self.width - max(cell_len(first), len(rest))
        started = False
        for paragraph in safe_text(text).split("\n"):
            for piece in self._wrapped(paragraph, room):
                self._write(Text((rest if started else first) + piece, style=style if self._styled else ""))
                started = True

    def item(self, label: str, text: str, style: str = "") -> None:
        """Write a list item: a right-aligned label, then text that hangs beside it."""
        self.text(text, label=f"{one_line(label):>3}  ", style=style)

    def heading(self, text: str, right: str = "") -> None:
        """Write a heading with, at its right, what belongs beside it."""
        self.gap()
        text, right = one_line(text), one_line(right)
        gap = self.width - cell_len(text) - cell_len(right)
        if right and (gap < 2 or self.plain):
            text, right, gap = f"{text}. {right}", "", 0
        line = text + " " * gap * bool(right) + right
        for piece in self._wrapped(line, self.width) if cell_len(line) > self.width else [line]:
            self._write(Text(piece, style=STRONG if self._styled else ""))
        if not self.plain:
            mark = "\u2500" if "utf" in (self.console.encoding or "").lower() else "-"
            self._write(Text(mark * self.width, style=QUIET if self._styled else ""))

    def reserve(self, lines: int) -> None:
        """Begin a new screen unless so many lines still fit: what belongs together is read together."""
        if self.more is not None and self._is_held and 0 < self.room < min(lines, self.height - 1):
            self.more()
            self.fresh()

    def quiet(self, text: str, indent: int = 0) -> None:
        """Write what may be skipped."""
        self.text(text, style=QUIET, indent=indent)

    def gap(self) -> None:
        """Leave a line free, unless there is one or the page is empty."""
        if not self._is_blank:
            self.line()

    def clear(self) -> None:
        """Take off the screen what stands on it."""
        self.console.clear()
        self.fresh()
        self._is_blank = True

    def bell(self) -> None:
        """Ring, where there is a terminal to ring."""
        if self.console.is_terminal:
            self.console.bell()

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Write on the alternate screen, of which nothing stays in the scrollback."""
        with self.console.screen(hide_cursor=False):
            self.console.clear()
            self.fresh()
            self._is_blank, held, self._is_held = True, self._is_held, True
            try:
                yield
            finally:
                self._is_held = held
        self.fresh()

    def _wrapped(self, text: str, room: int) -> list[str]:
        if not text.strip():
            return [""]
        return [line.plain.rstrip() for line in Text(text).wrap(self.console, max(room, 10))]

    def _write(self, text: Text) -> None:
        if self.more is not None and self._is_held and self._lines >= self.height - 1:
            self.more()
            self.fresh()
        self._lines += 1
        self._is_blank = not text.plain
        self.console.print(text, no_wrap=True, overflow="ignore", crop=False)
