"""What large lettering is made of: ink for each kind of screen, safe and fitting text, the digits of a clock."""

from __future__ import annotations

import textwrap
from typing import Final, cast

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len, set_cell_size
from rich.text import Text

from wargame.cli.text import one_line
from wargame.whitecell.picture import Picture

_GLYPHS: Final = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": ("  #", "  #", "  #", "  #", "  #"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
    "+": ("   ", " # ", "###", " # ", "   "),
    " ": (" ", " ", " ", " ", " "),
}
"""The characters of a clock, five rows each."""


class Ink:
    """What a screen can show: block characters or plain ones, weight or none."""

    def __init__(self, blocks: bool = True, styled: bool = True) -> None:
        self.full, self.empty, self.past, self.ahead = ("█", "·", "┃", "┊") if blocks else ("#", ".", "|", ":")
        self.line = "─" if blocks else "-"
        self._styled = styled

    def row(self, text: str = "", style: str = "") -> Text:
        """Return a row in one weight."""
        return Text(text, style=style if self._styled else "")

    def add(self, row: Text, text: str, style: str = "") -> None:
        """Add to a row."""
        row.append(text, style=style if self._styled else "")


def safe(picture: Picture) -> Picture:
    """Return the picture with every text safe for a terminal and on one line."""
    return cast("Picture", _safe(picture))


def _safe(value: object) -> object:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, tuple):
        return tuple(_safe(each) for each in value)
    if isinstance(value, Struct):
        return replace(value, **{name: _safe(getattr(value, name)) for name in value.__struct_fields__})
    return value


def cut(text: str, width: int) -> str:
    """Return text that fits; dots at its end say that there was more."""
    if cell_len(text) <= width:
        return text
    return f"{set_cell_size(text, width - 3).rstrip()}..." if width > 8 else set_cell_size(text, max(0, width))


def wrapped(text: str, width: int, most: int) -> list[str]:
    """Return text in at most so many lines that fit."""
    lines = textwrap.wrap(text, max(10, width), break_on_hyphens=False)
    if len(lines) > most > 0:
        lines = [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), width)]
    return [cut(line, width) for line in lines[:most]]


def digits(text: str, scale: int, full: str) -> list[str]:
    """Return a clock's text in large digits: ``5 * scale`` rows."""
    rows = []
    for line in range(5):
        parts = []
        for character in text:
            cells = _GLYPHS.get(character, _GLYPHS[" "])[line]
            parts.append("".join((full if cell == "#" else " ") * 2 * scale for cell in cells))
        rows += [(" " * scale).join(parts)] * scale
    return rows
