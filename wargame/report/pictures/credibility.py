"""Credibility against belief: a row for each declaration, how credible it was at the checks and what each capital believed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup
from msgspec import Struct

from wargame.report.model import CredibilityPoint, Declared
from wargame.report.pictures import svg
from wargame.report.pictures.room import fitted, initials, lanes

MOST_HEIGHT: Final = 620.0
"""Height of the rows of one picture, so that it fits a page."""

_NAMES, _LEFT, _RIGHT = 176.0, 196.0, 560.0
_UNIT: Final = (_RIGHT - _LEFT) / 100
_LANE, _RADIUS = 21.0, 9.4


class Line(Struct, frozen=True):
    """One declaration as it is drawn. ``at`` is its credibility or, where no check met it, 100 or 0 as it was kept or not."""

    said: Declared
    at: int
    tested: bool


def credibility_and_belief(
    declared: Sequence[Declared], points: Sequence[CredibilityPoint], key: str = "credibility"
) -> list[Markup]:
    """Return the pictures of all declarations that were believed or tested; none where there are none."""
    fallen = {point.declaration: point.credible for point in points}
    shown = [
        Line(each, each.credible if each.credible >= 0 else fallen.get(each.id, -1), each.credible >= 0)
        for each in declared
        if each.beliefs or each.credible >= 0
    ]
    letters = initials([belief.capital for each in shown for belief in each.said.beliefs])
    found: list[Markup] = []
    batch: list[Line] = []
    high = 0.0
    for each in shown:
        if batch and high + _height(each) > MOST_HEIGHT:
            found.append(_picture(batch, letters, f"{key}-{len(found)}"))
            batch, high = [], 0.0
        batch.append(each)
        high += _height(each)
    return [*found, _picture(batch, letters, f"{key}-{len(found)}")] if batch else found


def _lanes(each: Line) -> list[int]:
    """Return the lane of the diamond, where there is one, and of each belief: no two marks in a lane touch."""
    first = [each.at] if each.at >= 0 else []
    return lanes([_x(percent) for percent in (*first, *(b.percent for b in each.said.beliefs))], 2 * _RADIUS + 1)


def _x(percent: float) -> float:
    return _LEFT + percent * _UNIT


def _height(each: Line) -> float:
    return max(46.0, 24.0 + _LANE * (max(_lanes(each), default=0) + 1))


def _picture(drawn: Sequence[Line], letters: dict[str, str], key: str) -> Markup:
    top = 26.0
    parts: list[Markup] = []
    bottom = top + sum(_height(each) for each in drawn)
    for mark in (0, 25, 50, 75, 100):
        x = _x(mark)
        parts += [
            svg.line(x, 20, x, bottom, stroke=svg.GRID),
            svg.text(x, 13, str(mark), text_anchor="middle", fill=svg.MUTED),
        ]
    parts.append(svg.text(0, 13, "percent", fill=svg.MUTED))
    for each in drawn:
        parts += _row(each, letters, top)
        top += _height(each)
    parts.append(svg.line(0, bottom, svg.WIDTH, bottom, stroke=svg.FAINT))
    rows = _legend(letters, bottom + 20)
    said = " ".join(_said(each) for each in drawn)
    return svg.picture(key, bottom + 50, "Credibility against belief, by declaration", said, *parts, *rows)


def _said(each: Line) -> str:
    said = each.said
    believed = ", ".join(f"{belief.capital} {belief.percent}" for belief in said.beliefs) or "nobody was asked"
    return f"{said.id} of {said.capital}, turn {said.turn}: {_standing(each)}; believed in percent: {believed}."


def _standing(each: Line) -> str:
    if each.tested:
        return f"credible {each.at}"
    if each.at >= 0:
        return f"{'kept' if each.at else 'not kept'}: {each.at}"
    return "not tested"


def _row(each: Line, letters: dict[str, str], top: float) -> list[Markup]:
    said, high = each.said, _height(each)
    middle = top + high / 2
    head = f"{said.capital}, turn {said.turn}"
    rest = f"{said.kind} to {said.to}" if said.to else said.kind
    believed = f"believed {said.believed}" if said.believed >= 0 else "nobody was asked"
    return [
        svg.line(0, top, svg.WIDTH, top, stroke=svg.FAINT, stroke_width=0.7),
        svg.text(0, middle - 3, fitted(head, _NAMES, bold=True), font_weight="bold"),
        svg.text(0, middle + 12, fitted(rest, _NAMES), fill=svg.MUTED),
        *_marks(each, letters, middle),
        svg.text(_RIGHT + 22, middle - 3, _standing(each)),
        svg.text(_RIGHT + 22, middle + 12, believed),
    ]


def _marks(each: Line, letters: dict[str, str], middle: float) -> list[Markup]:
    """Return what was believed, as letters in rings, and the credibility; marks that would touch lie one above the other."""
    rows = _lanes(each)
    first = middle - _LANE * max(rows, default=0) / 2
    heights = [first + _LANE * lane for lane in rows]
    parts = []
    if each.at >= 0:
        at, y = _x(each.at), heights.pop(0)
        if each.said.believed >= 0:
            end = _x(each.said.believed)
            parts.append(svg.line(at, y, end, y, stroke=svg.MUTED, stroke_width=1.4))
            parts.append(svg.line(end, y - 6, end, y + 6, stroke=svg.MUTED, stroke_width=1.4))
        fill = svg.BLUE if each.tested else svg.PAPER
        parts.append(svg.marker("diamond", at, y, 6.4, fill=fill, stroke=svg.BLUE, stroke_width=1.8))
    for belief, y in zip(each.said.beliefs, heights, strict=True):
        x = _x(belief.percent)
        ring = svg.element("circle", cx=x, cy=y, r=_RADIUS, fill="#fdf1d8", stroke=svg.ORANGE, stroke_width=1.6)
        parts += [ring, svg.text(x, y + 4.2, letters[belief.capital], text_anchor="middle", font_weight="bold")]
    return parts


def _legend(letters: dict[str, str], base: float) -> list[Markup]:
    names = ", ".join(f"{short} {name}" for name, short in letters.items())
    return [
        svg.marker("diamond", 8, base - 4, 5.4, fill=svg.BLUE, stroke=svg.BLUE, stroke_width=1.8),
        svg.text(22, base, "mean credibility at its checks"),
        svg.marker("diamond", 232, base - 4, 5.4, fill=svg.PAPER, stroke=svg.BLUE, stroke_width=1.8),
        svg.text(246, base, "never checked: kept 100, not kept 0"),
        svg.line(482, base - 4, 508, base - 4, stroke=svg.MUTED, stroke_width=1.4),
        svg.line(508, base - 9, 508, base + 1, stroke=svg.MUTED, stroke_width=1.4),
        svg.text(516, base, "to the mean belief"),
        svg.element("circle", cx=8, cy=base + 16, r=6, fill="#fdf1d8", stroke=svg.ORANGE, stroke_width=1.6),
        svg.text(22, base + 20, fitted(f"what a capital believed: {names}", svg.WIDTH - 30)),
    ]
