"""The ladder as a poster: where every rung, firebreak and edge is drawn, in millimetres, and the same in words.

Edges up run on the right, everything else on the left; each type has a line of its own and a letter, so that nothing hangs
on colour. The origin is the upper left corner.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from wargame.export import words
from wargame.kit.brief import places
from wargame.rules.box import Box
from wargame.rules.ladder import EDGE_TYPES, Edge, Ladder
from wargame.rules.view import View

UP: Final = "up"
LETTERS: Final = {"up": "", "jump": "J", "lateral": "L", "horizontal": "H", "wormhole": "W"}
MEANINGS: Final = {
    "up": "step up: no letter",
    "jump": "jump: skips rungs on purpose, costs more and takes nerve",
    "lateral": "lateral: another kind of pressure",
    "horizontal": "horizontal: opened by what stands in the other theatre",
    "wormhole": "wormhole: nobody orders it, accidents and cards take it",
}

_LEFT, _RIGHT = 0.235, 0.715  # where the column of rungs begins and ends, as shares of the width
_FIREBREAK: Final = 0.8  # of a row
_LEGEND: Final = 35.0  # mm below the ladder
_LETTER_ROOM: Final = 4.4  # mm from the middle of one letter to the next
_ALONG: Final = (0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72, 0.22, 0.78, 0.16, 0.84)


class Row(Struct, frozen=True):
    """A rung as it is drawn. ``type_size`` fits its name; ``tags`` are letters of the dyads that stand there."""

    id: str
    name: str
    y: float
    type_size: float
    tags: tuple[str, ...]


class Arc(Struct, frozen=True):
    """An edge as it is drawn: a path, its type, and where its letter stands."""

    path: str
    type: str
    letter: str
    x: float
    y: float


class Break(Struct, frozen=True):
    """The line between two zones, with the firebreak's name and that of the zone above; at the foot only the latter."""

    y: float
    name: str
    above: str


class Poster(Struct, frozen=True):
    """A ladder as it is drawn. ``left`` and ``right`` bound the column of rungs; ``row`` is the height of a rung."""

    width: float
    height: float
    left: float
    right: float
    row: float
    rows: tuple[Row, ...]
    arcs: tuple[Arc, ...]
    breaks: tuple[Break, ...]
    tags: tuple[tuple[str, str], ...]
    legend: float
    types: tuple[str, ...]


class Rung(Struct, frozen=True):
    """A rung in words: what it is, the firebreak beneath it if it is the first of its zone, and what leads on from it."""

    id: str
    name: str
    text: str
    zone: str
    firebreak: str
    ways: tuple[str, ...]


class Landing(Struct, frozen=True):
    """Where talks may lead, and from which rungs."""

    name: str
    text: str
    rungs: str


def poster(box: Box, view: View, width: float, height: float) -> Poster:
    """Return the ladder drawn to this size, with a letter for every dyad where it stands."""
    ladder = box.ladder
    letters = {dyad.id: chr(ord("A") + place % 26) for place, dyad in enumerate(box.dyads)}
    tags: dict[int, list[str]] = {}
    for dyad, stack in zip(box.dyads, view.stacks, strict=True):
        tags.setdefault(stack[-1].rung, []).append(letters[dyad.id])
    first = [n for n, rung in enumerate(ladder.rungs) if n and rung.zone != ladder.rungs[n - 1].zone]
    row = (height - _LEGEND) / (len(ladder.rungs) + _FIREBREAK * (len(first) + 1))
    heights = tuple(
        height - _LEGEND - row * (n + 0.5 + _FIREBREAK * (1 + sum(start <= n for start in first)))
        for n in range(len(ladder.rungs))
    )
    left, right = width * _LEFT, width * _RIGHT
    return Poster(
        width, height, left, right, row * 0.74,
        tuple(_row(rung.id, rung.name, heights[n], right - left, row, tags.get(n, ())) for n, rung in enumerate(ladder.rungs)),
        tuple(_arcs(ladder, heights, left, right, row)),
        tuple(_breaks(ladder, first, heights, row)),
        tuple((letter, f"{place.name} at {place.rung}") for letter, place in zip(letters.values(), places(box, view), strict=True)),
        height - _LEGEND,
        tuple(kind for kind in EDGE_TYPES if any(edge.type == kind for edge in ladder.edges)),
    )  # fmt: skip


def _row(id_: str, name: str, y: float, width: float, row: float, tags: list[str] | tuple[()]) -> Row:
    room = width - 13 - 4.6 * len(tags)
    return Row(id_, name, y, min(0.42 * row, 3.5, room / max(1.0, 0.53 * len(name))), tuple(tags))


def _breaks(ladder: Ladder, first: list[int], heights: tuple[float, ...], row: float) -> Iterator[Break]:
    yield Break(heights[0] + row * (0.5 + _FIREBREAK / 2), "", ladder.zones[ladder.rungs[0].zone].name)
    for n in first:
        zone = ladder.zones[ladder.rungs[n].zone]
        yield Break(heights[n] + row * (0.5 + _FIREBREAK / 2), zone.firebreak, zone.name)


def _arcs(ladder: Ladder, heights: tuple[float, ...], left: float, right: float, row: float) -> Iterator[Arc]:
    """Yield every edge, the long ones first, so that short ones lie on top; neighbours are joined by a straight arrow."""
    taken: list[tuple[float, float]] = []
    ports = _ports(ladder)
    longest = max((abs(e.target - e.source) for e in ladder.edges if e.type != UP), default=1)
    for edge in sorted(ladder.edges, key=_span, reverse=True):
        if _is_straight(edge):
            x = left + 14
            start, end = heights[edge.source] - row * 0.37, heights[edge.target] + row * 0.37
            yield Arc(f"M{x:.2f} {start:.2f}L{x:.2f} {end:.2f}", UP, "", 0, 0)
            continue
        start, end = (heights[at] + row * ports[edge.id, at] for at in (edge.source, edge.target))
        if edge.type == UP:
            out, x = min(7 + 6.2 * _span(edge), (right / _RIGHT - right - 2) / 0.75), right
        else:
            out, x = -(6 + (left / 0.75 - 12) * _span(edge) / longest), left
        path = f"M{x:.2f} {start:.2f}C{x + out:.2f} {start:.2f} {x + out:.2f} {end:.2f} {x:.2f} {end:.2f}"
        at = _free_place(x, start, end, out, taken) if LETTERS[edge.type] else (0.0, 0.0)
        yield Arc(path, edge.type, LETTERS[edge.type], *at)


def _span(edge: Edge) -> int:
    return abs(edge.target - edge.source)


def _is_straight(edge: Edge) -> bool:
    return edge.type == UP and _span(edge) == 1


def _ports(ladder: Ladder) -> dict[tuple[str, int], float]:
    """Return where each edge meets each of its rungs, in rows from the middle: side by side, so that none hides another."""
    found: dict[tuple[str, int], float] = {}
    for number in range(len(ladder.rungs)):
        for is_right in (True, False):
            here = [
                e
                for e in ladder.edges
                if number in (e.source, e.target) and (e.type == UP) is is_right and not _is_straight(e)
            ]
            above = sorted((e for e in here if e.source + e.target > 2 * number), key=_span, reverse=True)
            below = sorted((e for e in here if e.source + e.target <= 2 * number), key=_span)
            for place, edge in enumerate((*above, *below)):
                found[edge.id, number] = -0.32 + 0.64 * (place + 0.5) / len(here)
    return found


def _free_place(
    x: float, start: float, end: float, out: float, taken: list[tuple[float, float]]
) -> tuple[float, float]:
    """Return a point of a curve where no other letter stands, the middle if there is none."""
    points = [
        (x + 3 * out * t * (1 - t), (1 - t) ** 2 * (1 + 2 * t) * start + t**2 * (3 - 2 * t) * end) for t in _ALONG
    ]
    for px, py in points:
        if all(abs(px - qx) >= _LETTER_ROOM or abs(py - qy) >= _LETTER_ROOM for qx, qy in taken):
            taken.append((px, py))
            return px, py
    return points[0]


def rungs(ladder: Ladder) -> tuple[Rung, ...]:
    """Return the ladder in words, the highest rung first, as on the poster."""
    found = []
    for number, rung in enumerate(ladder.rungs):
        zone = ladder.zones[rung.zone]
        is_first = number > 0 and rung.zone != ladder.rungs[number - 1].zone
        found.append(
            Rung(rung.id, rung.name, rung.text, zone.name, zone.firebreak if is_first else "", tuple(_ways(ladder, number)))
        )  # fmt: skip
    return tuple(reversed(found))


def _ways(ladder: Ladder, number: int) -> Iterator[str]:
    for kind in EDGE_TYPES:
        edges = sorted((e for e in ladder.edges if e.source == number and e.type == kind), key=lambda e: e.target)
        if edges:
            yield f"{kind} to {'; '.join(_to(ladder, edge) for edge in edges)}"


def _to(ladder: Ladder, edge: Edge) -> str:
    name = ladder.rungs[edge.target].id
    return f"{name} ({words.listed(edge.who)})" if edge.who else name


def landings(ladder: Ladder) -> tuple[Landing, ...]:
    """Return where talks may lead."""
    return tuple(
        Landing(each.name, each.text, ", ".join(ladder.rungs[at].id for at in each.source)) for each in ladder.landings
    )
