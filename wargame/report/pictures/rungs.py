"""Rungs over time: the ladder as the scale of one panel for each dyad, its firebreaks as lines with their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from wargame.report.model import Change, Course, RungFigure
from wargame.report.pictures import svg
from wargame.report.pictures.ladder import NAMES_END, STYLES, Scale, Style, firebreaks, names, scale
from wargame.report.pictures.room import broken, width_of

MOST_PANELS: Final = 4
_TOP, _STEP, _GAP, _BETWEEN = 38.0, 16.0, 17.0, 16.0


def rungs_over_time(figure: RungFigure, key: str = "rungs") -> list[Markup]:
    """Return the pictures of a whole exercise: at most four dyads in each, side by side."""
    found = []
    for place in range(0, len(figure.courses), MOST_PANELS):
        found.append(_picture(figure, f"{key}-{place}", range(place, min(place + MOST_PANELS, len(figure.courses)))))
    return found


def _picture(figure: RungFigure, key: str, which: range) -> Markup:
    heights = scale(len(figure.rungs), figure.firebreaks, _TOP, _STEP, _GAP)
    courses = [figure.courses[place] for place in which]
    visited = frozenset(rung for course in courses for rung in _stood(course))
    parts = [svg.line(NAMES_END + 6, at, svg.WIDTH, at, stroke=svg.GRID) for at in heights.rungs]
    parts += names(figure.rungs, heights, visited)
    parts += firebreaks(figure.firebreaks, heights, svg.WIDTH)
    wide = (svg.WIDTH - NAMES_END - 14 - _BETWEEN * (len(courses) - 1)) / len(courses)
    for number, course in enumerate(courses):
        left = NAMES_END + 14 + number * (wide + _BETWEEN)
        parts += _panel(figure, course, heights, left, wide, STYLES[which[number] % len(STYLES)])
    parts.append(
        svg.text(NAMES_END, heights.bottom + 16, "Turn (0: before the first)", text_anchor="end", fill=svg.MUTED)
    )
    parts += _legend(heights.bottom + 38, any(change.firebreak for course in courses for change in course.changes))
    title = f"Rungs over time: {'; '.join(course.dyad for course in courses)}"
    return svg.picture(key, heights.bottom + 48, title, " ".join(course.text for course in courses), *parts)


def _stood(course: Course) -> set[int]:
    return {*course.stands, *(change.to for change in course.changes)}


def _panel(figure: RungFigure, course: Course, heights: Scale, left: float, wide: float, style: Style) -> list[Markup]:
    places = _places(len(figure.turns), left, wide)
    lines = broken(course.dyad, min(wide + _BETWEEN - 4, svg.WIDTH - left), 2, bold=True)
    parts = [svg.text(left, _TOP - 22 + 14 * n, said, font_weight="bold") for n, said in enumerate(lines)]
    parts.append(svg.line(left - 6, _TOP, left - 6, heights.bottom, stroke=svg.FAINT))
    parts += _ticks(figure.turns, places, heights.bottom)
    points = corners(figure.turns, course, places, heights)
    drawn = " ".join(f"{'L' if n else 'M'} {x:.1f} {y:.1f}" for n, (x, y) in enumerate(points))
    parts.append(
        svg.path(drawn, stroke=style.colour, stroke_width=2.4, stroke_dasharray=style.dashes, stroke_linejoin="round")
    )
    shown = places if _apart(places) >= 9 else [places[-1]]
    for x, stand in zip(places, course.stands, strict=True):
        if x in shown:
            parts.append(svg.marker(style.shape, x, heights.rungs[stand], 3.8, fill=style.colour))
    parts += _crossings(figure, course, places, heights)
    return parts


def _places(turns: int, left: float, wide: float) -> list[float]:
    return [left + 6 + (wide - 12) * place / max(1, turns - 1) for place in range(turns)]


def _apart(places: Sequence[float]) -> float:
    return places[1] - places[0] if len(places) > 1 else 99.0


def _ticks(turns: Sequence[int], places: Sequence[float], bottom: float) -> list[Markup]:
    room = width_of(str(turns[-1])) + 8
    every = next((n for n in (1, 2, 5, 10) if _apart(places) * n >= room), 20)
    return [
        svg.text(x, bottom + 16, str(turn), text_anchor="middle", fill=svg.MUTED)
        for turn, x in zip(turns, places, strict=True)
        if turn % every == 0
    ]


def corners(turns: Sequence[int], course: Course, places: Sequence[float], heights: Scale) -> list[tuple[float, float]]:
    """Return the corners of a dyad's line: each change stands between two closes, in the order in which it came."""
    points = [(places[0], heights.rungs[course.stands[0]])]
    for place in range(1, len(turns)):
        for x, change in _during(course, turns, place, places):
            points += [(x, points[-1][1]), (x, heights.rungs[change.to])]
        stand = heights.rungs[course.stands[place]]
        if points[-1][1] != stand:  # what a rewind or a card moved without saying so
            points.append((places[place], points[-1][1]))
        points.append((places[place], stand))
    return points


def _during(course: Course, turns: Sequence[int], place: int, places: Sequence[float]) -> list[tuple[float, Change]]:
    found = sorted((change for change in course.changes if change.turn == turns[place]), key=lambda each: each.place)
    start, wide = places[place - 1], places[place] - places[place - 1]
    return [(start + wide * (n + 1) / (len(found) + 1), change) for n, change in enumerate(found)]


def _crossings(figure: RungFigure, course: Course, places: Sequence[float], heights: Scale) -> list[Markup]:
    at = {each.name: height for each, height in zip(figure.firebreaks, heights.lines, strict=True)}
    return [
        svg.marker("triangle", x, at[change.firebreak], 4.4, fill=svg.INK, stroke="#ffffff", stroke_width=1)
        for place in range(1, len(figure.turns))
        for x, change in _during(course, figure.turns, place, places)
        if change.firebreak in at and change.to > change.source
    ]


def _legend(base: float, crossed: bool) -> list[Markup]:
    parts = [
        svg.line(NAMES_END + 14, base - 4, NAMES_END + 44, base - 4, stroke=svg.DARK_VERMILION, stroke_dasharray="6 4"),
        svg.text(NAMES_END + 50, base, "firebreak"),
    ]
    if crossed:
        parts.append(svg.marker("triangle", NAMES_END + 130, base - 3.5, 4.4, fill=svg.INK))
        parts.append(svg.text(NAMES_END + 140, base, "firebreak crossed"))
    return parts
