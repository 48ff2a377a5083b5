"""The checks of a game under every theory: a row of dots for each check and theory, from the same ratings and the same die."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from wargame.report.model import SCHOOLS, Check, UnderTheory
from wargame.report.pictures import svg
from wargame.report.pictures.room import fitted, kept_in, width_of

MOST_CHECKS: Final = 3
"""Checks in one picture, so that it fits a page."""

_NAMES, _LEFT, _RIGHT = 186.0, 204.0, 512.0
_ROW, _HEAD = 17.0, 40.0
_UNIT: Final = (_RIGHT - _LEFT) / 100


def under_theories(checks: Sequence[Check], key: str = "theories") -> list[Markup]:
    """Return the pictures of every check whose working is known, a few checks in each."""
    known = [check for check in checks if check.theories]
    found: list[Markup] = []
    batch: list[Check] = []
    rows = 0
    for check in known:
        if batch and (len(batch) == MOST_CHECKS or rows + len(check.theories) > 6 * MOST_CHECKS):
            found.append(_picture(batch, f"{key}-{len(found)}"))
            batch, rows = [], 0
        batch.append(check)
        rows += len(check.theories)
    return [*found, _picture(batch, f"{key}-{len(found)}")] if batch else found


def _picture(checks: Sequence[Check], key: str) -> Markup:
    parts: list[Markup] = []
    top = 0.0
    for check in checks:
        parts += _block(check, top)
        top += _HEAD + _ROW * len(check.theories) + 14
    base = top + 8
    parts += [
        svg.text(_LEFT + mark * _UNIT, base, str(mark), text_anchor="middle", fill=svg.MUTED)
        for mark in (0, 25, 50, 75, 100)
    ]
    parts.append(svg.text(0, base, "chance that it is not taken", fill=svg.MUTED))
    parts += _legend(base + 22)
    turns = ", ".join(str(turn) for turn in dict.fromkeys(check.turn for check in checks))
    said = " ".join(_said(check) for check in checks)
    return svg.picture(key, base + 30, f"Checks of turn {turns} under every theory", f"{said} {SCHOOLS}", *parts)


def _said(check: Check) -> str:
    each = ", ".join(f"{one.theory} {one.percent} percent" for one in check.theories)
    return f"Turn {check.turn}, {check.title}: {each}; the die showed {check.die}."


def _block(check: Check, top: float) -> list[Markup]:
    rows = top + _HEAD
    bottom = rows + _ROW * len(check.theories)
    die = _LEFT + check.die * _UNIT
    thrown = f"die {check.die}"
    parts = [
        svg.text(0, top + 13, fitted(f"Turn {check.turn}: {check.title}", svg.WIDTH, bold=True), font_weight="bold")
    ]
    parts += [
        svg.line(_LEFT + mark * _UNIT, rows - 4, _LEFT + mark * _UNIT, bottom, stroke=svg.GRID)
        for mark in (0, 25, 50, 75, 100)
    ]
    parts.append(
        svg.text(kept_in(die, width_of(thrown), _LEFT - 12, _RIGHT + 12), top + 31, thrown, text_anchor="middle")
    )
    parts.append(svg.line(die, top + 35, die, bottom, stroke_dasharray="3 3"))
    for place, each in enumerate(check.theories):
        parts += _dot(each, rows + _ROW * place + _ROW / 2)
    return parts


def _dot(each: UnderTheory, middle: float) -> list[Markup]:
    at, weight = _LEFT + each.percent * _UNIT, "bold" if each.used else None
    said = f"{each.percent} ({each.low} to {each.high}): {'held back' if each.holds else 'taken'}"
    name = f"{each.theory}, used" if each.used else each.theory
    return [
        svg.text(_NAMES, middle + 4, fitted(name, _NAMES, bold=each.used), text_anchor="end", font_weight=weight),
        svg.line(_LEFT + each.low * _UNIT, middle, _LEFT + each.high * _UNIT, middle, stroke=svg.SKY, stroke_width=4),
        svg.marker(
            "circle", at, middle, 4.6, fill=svg.INK if each.holds else "#ffffff", stroke=svg.INK, stroke_width=1.8
        ),
        svg.text(_RIGHT + 14, middle + 4, fitted(said, svg.WIDTH - _RIGHT - 14, bold=each.used), font_weight=weight),
    ]


def _legend(base: float) -> list[Markup]:
    return [
        svg.marker("circle", 8, base - 4, 4.6, fill=svg.INK, stroke=svg.INK, stroke_width=1.8),
        svg.text(18, base, "the same die holds the step back"),
        svg.marker("circle", 236, base - 4, 4.6, fill="#ffffff", stroke=svg.INK, stroke_width=1.8),
        svg.text(246, base, "the step is taken"),
        svg.line(376, base - 4, 406, base - 4, stroke=svg.SKY, stroke_width=4),
        svg.text(412, base, "one point of disagreement"),
        svg.line(588, base - 9, 588, base + 2, stroke=svg.FAINT, stroke_dasharray="3 3"),
        svg.text(594, base, "the die"),
    ]
