"""The terms of a check as signed bars, and below them the chance that came of it, its band, and the die."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from wargame.report.model import Check, TermBar
from wargame.report.pictures import svg
from wargame.report.pictures.room import fitted, kept_in, width_of
from wargame.report.tables import decimal, points, signed

_NAMES, _RATING, _WEIGHT = 118.0, 158.0, 206.0
_LEFT, _RIGHT = 214.0, svg.WIDTH
_TOP, _ROW, _BAR = 24.0, 17.0, 10.5
_VALUE_ROOM: Final = 46.0


def terms_of(check: Check, key: str) -> Markup:
    """Return the picture of one check whose working is known."""
    hatch = f"{key}-hatch"
    middle, unit = _measure(
        [*(term.contribution for term in check.terms), check.constant, check.margin + check.constant]
    )
    ends = _TOP + _ROW * (len(check.terms) + 1)
    parts = [svg.hatching(hatch, svg.VERMILION), *_heads(middle)]
    for place, term in enumerate(check.terms):
        parts += _term(term, _TOP + _ROW * place, middle, unit, hatch)
    parts += _sums(check, ends - _ROW, middle, unit, hatch)
    strip = ends + _ROW + 30
    parts += _strip(check, strip)
    title = f"Terms of the check in turn {check.turn}: {check.title}"
    return svg.picture(key, strip + 58, title, check.text, *parts)


def _measure(numbers: Sequence[int]) -> tuple[float, float]:
    """Return where nought lies and how long a thousandth is, so that every bar has room for its number."""
    most, least = max(0, *numbers), max(0, *(-number for number in numbers))
    unit = (_RIGHT - _LEFT - 2 * _VALUE_ROOM) / max(most + least, 200)
    return _LEFT + _VALUE_ROOM + least * unit, unit


def _heads(middle: float) -> list[Markup]:
    side = kept_in(middle, 260, _LEFT, _RIGHT)
    return [
        svg.text(_RATING, 12, "rating", text_anchor="end", fill=svg.MUTED),
        svg.text(_WEIGHT, 12, "weight", text_anchor="end", fill=svg.MUTED),
        svg.text(side - 10, 12, "◂ drives the step", text_anchor="end", fill=svg.DARK_VERMILION),
        svg.text(side + 10, 12, "holds it back ▸", fill="#00507d"),
    ]


def _term(term: TermBar, top: float, middle: float, unit: float, hatch: str) -> list[Markup]:
    base = top + 9.5
    return [
        svg.line(0, top + _BAR + 3, svg.WIDTH, top + _BAR + 3, stroke=svg.GRID),
        svg.text(0, base, fitted(term.name, _NAMES)),
        svg.text(_RATING, base, points(term.rating), text_anchor="end"),
        svg.text(_WEIGHT, base, decimal(term.weight), text_anchor="end", fill=svg.MUTED),
        *_bar(term.contribution, top, middle, unit, hatch),
    ]


def _bar(value: int, top: float, middle: float, unit: float, hatch: str, weight: str | None = None) -> list[Markup]:
    long = value * unit
    fill, edge = (f"url(#{hatch})", svg.VERMILION) if value < 0 else (svg.BLUE, svg.BLUE)
    number = {"text_anchor": "end" if value < 0 else "start", "font_weight": weight}
    return [
        svg.rectangle(middle, top, long, _BAR, fill=fill, stroke=edge, stroke_width=0.8),
        svg.text(middle + long + (-5 if value < 0 else 5), top + 9.5, signed(value), **number),
    ]


def _sums(check: Check, top: float, middle: float, unit: float, hatch: str) -> list[Markup]:
    parts = [
        svg.text(0, top + 9.5, "constant of the theory", fill=svg.MUTED),
        *_bar(check.constant, top, middle, unit, hatch),
        svg.line(0, top + _BAR + 4, svg.WIDTH, top + _BAR + 4),
        svg.text(0, top + _ROW + 10.5, "margin and constant", font_weight="bold"),
        *_bar(check.margin + check.constant, top + _ROW + 1, middle, unit, hatch, "bold"),
    ]
    return [svg.line(middle, _TOP - 8, middle, top + 2 * _ROW - 2, stroke=svg.INK, stroke_width=0.8), *parts]


def _strip(check: Check, top: float) -> list[Markup]:
    """Return the scale from 0 to 100: left of the chance the die holds the step back, right of it the step is taken."""
    unit = (_RIGHT - _LEFT - 16) / 100
    zero = _LEFT + 6
    at, die = zero + check.percent * unit, zero + check.die * unit
    chance = f"{check.percent} percent (band {check.low} to {check.high})"
    thrown = f"die {check.die}: {'held back' if check.die <= check.percent else 'not held back'}"
    parts = [
        svg.text(0, top + 12, "chance that the step"),
        svg.text(0, top + 26, "is not taken, and the die"),
        svg.rectangle(zero, top, 100 * unit, 14, fill="#ffffff", stroke=svg.FAINT),
        svg.rectangle(
            zero + check.low * unit, top, (check.high - check.low) * unit, 14, fill=svg.SKY, fill_opacity=0.55
        ),
        svg.line(at, top - 4, at, top + 18, stroke_width=3),
        svg.text(
            kept_in(at, width_of(chance, bold=True), _LEFT, _RIGHT),
            top - 9,
            chance,
            text_anchor="middle",
            font_weight="bold",
        ),
        svg.marker("diamond", die, top + 7, 5, fill="#ffffff", stroke=svg.INK, stroke_width=1.8),
        svg.text(kept_in(die, width_of(thrown), _LEFT + 34, _RIGHT - 40), top + 32, thrown, text_anchor="middle"),
        svg.line(die, top + 14, die, top + 20, stroke=svg.INK, stroke_width=1),
    ]
    ends = [
        svg.text(zero, top + 32, "0", fill=svg.MUTED),
        svg.text(_RIGHT - 10, top + 32, "100", text_anchor="end", fill=svg.MUTED),
    ]
    outcome = fitted(f"Outcome: {check.outcome}", svg.WIDTH, bold=True)
    return [*parts, *ends, svg.text(0, top + 52, outcome, font_weight="bold")]
