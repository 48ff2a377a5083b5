"""Paper and type: the sizes a page is made for, and what the variants for tired eyes and tired printers change."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Paper(Struct, frozen=True):
    """A size of paper, upright. Lengths are millimetres; ``name`` is what CSS calls it."""

    name: str
    width: float
    height: float


A4, LETTER = Paper("A4", 210, 297), Paper("letter", 215.9, 279.4)
PAPERS: Final = {"a4": A4, "letter": LETTER}

CARD_WIDTH, CARD_HEIGHT = 63.0, 88.0
"""A playing card, in millimetres: nine fit both sizes of paper with room for crop marks."""

MARGIN: Final = 14.0
"""White on every side of a page of text, in millimetres; printers need about 5."""


class Options(Struct, frozen=True):
    """How a kit is printed.

    ``turns``: how many turns to print papers for, 0 for all that are left. ``minutes``: how long the seminar lasts, for the
    timings, 0 for two hours or what its turns need. ``banner``: a line for the head of every page, such as that this is a branch.
    """

    paper: Paper = A4
    large: bool = False
    low_ink: bool = False
    turns: int = 0
    minutes: int = 0
    banner: str = ""

    @property
    def poster(self) -> Paper:
        """The paper a poster is printed on: of two sheets side by side for large print."""
        return Paper("", self.paper.height, self.paper.width * 2) if self.large else self.paper

    @property
    def columns(self) -> int:
        """Cards side by side; as many rows fit below each other."""
        return 2 if self.large else 3

    @property
    def card_scale(self) -> float:
        """How much larger than a playing card a card is printed."""
        return 1.5 if self.large else 1.0

    @property
    def type_size(self) -> float:
        """Points of running text."""
        return 16 if self.large else 10.5
