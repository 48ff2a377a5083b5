"""The ladder as a scale: where each rung lies, where the firebreaks run, and how dyads are told apart without colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup
from msgspec import Struct

from wargame.report.model import Firebreak
from wargame.report.pictures import svg
from wargame.report.pictures.room import fitted, width_of

NAMES_END: Final = 236.0
"""Names of rungs end here; what is drawn begins to the right of it."""


class Style(Struct, frozen=True):
    """How a dyad is drawn: colour, dashes and the shape of its marks, any one of which tells it from the others."""

    colour: str
    dashes: str | None
    shape: str


STYLES: Final = (
    Style(svg.BLUE, None, "circle"),
    Style(svg.VERMILION, "7 3", "square"),
    Style(svg.GREEN, "2.5 2.5", "triangle"),
    Style(svg.PURPLE, "9 3 2.5 3", "diamond"),
)


class Scale(Struct, frozen=True):
    """Heights of rungs and of the lines below them, from the top of the picture downwards."""

    rungs: tuple[float, ...]
    lines: tuple[float, ...]
    bottom: float


def scale(rungs: int, breaks: Sequence[Firebreak], top: float, step: float, gap: float) -> Scale:
    """Return the scale of a ladder, the highest rung on top; every line between zones gets a ``gap`` of its own."""
    lines = dict.fromkeys((each.rung for each in breaks), 0.0)
    heights = [0.0] * rungs
    at = top
    for rung in reversed(range(rungs)):
        heights[rung] = at + step / 2
        at += step
        if rung in lines:
            lines[rung] = at + gap / 2
            at += gap
    return Scale(tuple(heights), tuple(lines[each.rung] for each in breaks), at)


def names(rungs: Sequence[str], heights: Scale, visited: frozenset[int], numbered: bool = True) -> list[Markup]:
    """Return the names of the rungs, those that were stood on in ink, the others fainter."""
    found = []
    room = NAMES_END - (26 if numbered else 4)
    for number, name in enumerate(rungs):
        stood = number in visited
        bold = stood and width_of(name, bold=True) <= room
        ink = {"fill": None if stood else svg.MUTED, "font_weight": "bold" if bold else None}
        base = heights.rungs[number] + 4.2
        found.append(
            svg.text(NAMES_END - (22 if numbered else 0), base, fitted(name, room, bold=bold), text_anchor="end", **ink)
        )
        if numbered:
            ink["font_weight"] = "bold" if stood else None
            found.append(svg.text(NAMES_END, base, str(number), text_anchor="end", **ink))
    return found


def firebreaks(breaks: Sequence[Firebreak], heights: Scale, end: float) -> list[Markup]:
    """Return the lines between zones with their names, which stand where the rungs' names stand."""
    found = []
    for each, height in zip(breaks, heights.lines, strict=True):
        name = fitted(each.name or each.zone, NAMES_END - 4)
        label = svg.text(NAMES_END, height + 4, name, text_anchor="end", fill=svg.DARK_VERMILION, font_style="italic")
        found += [
            label,
            svg.line(NAMES_END + 6, height, end, height, stroke=svg.DARK_VERMILION, stroke_dasharray="6 4"),
        ]
    return found
