"""The path on the ladder graph: rungs as nodes in their zones, edges taken with their turns, all others faint."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup
from msgspec import Struct

from wargame.report.model import Edge, Firebreak, PathFigure
from wargame.report.pictures import svg
from wargame.report.pictures.ladder import Scale, firebreaks, names, scale
from wargame.report.pictures.room import broken, spread

_NODES, _RADIUS = 258.0, 9.2
_LABELS, _LINE = 474.0, 15.0
_TOP, _STEP, _GAP = 6.0, 21.0, 17.0
_WIDEST: Final = 230.0


class Look(Struct, frozen=True):
    """How edges of a kind are drawn, and what the legend calls them."""

    said: str
    colour: str
    dashes: str | None


_LOOKS: Final = {
    "up": Look("a climb or a move across", svg.BLUE, None),
    "down": Look("a step down, or what talks took back", svg.PURPLE, "7 3"),
    "carried": Look("carried by a card or an accident", svg.VERMILION, "2.5 2.5"),
}
_LOOK_OF: Final = {"down": "down", "wormhole": "carried", "carried": "carried"}


def path_on_the_graph(figure: PathFigure, breaks: tuple[Firebreak, ...], key: str = "path") -> Markup:
    """Return the picture. ``breaks`` are the lines between zones."""
    heights = scale(len(figure.rungs), breaks, _TOP, _STEP, _GAP)
    taken = [edge for edge in figure.edges if edge.taken]
    visited = frozenset(rung for edge in taken for rung in (edge.source, edge.to))
    parts = names(figure.rungs, heights, visited, numbered=False)
    parts += firebreaks(breaks, heights, _LABELS - 10)
    parts += [_arc(edge, heights, None) for edge in figure.edges if not edge.taken]
    parts += [_arc(edge, heights, _look(edge)) for edge in taken]
    parts += [_node(number, heights, number in visited) for number in range(len(figure.rungs))]
    parts += _labels(taken, heights)
    parts += _legend({_LOOK_OF.get(edge.type, "up") for edge in taken}, heights.bottom + 18)
    return svg.picture(key, heights.bottom + 44, "The path on the ladder graph", figure.text, *parts)


def _look(edge: Edge) -> Look:
    return _LOOKS[_LOOK_OF.get(edge.type, "up")]


def _bulge(edge: Edge, heights: Scale) -> float:
    """Return how far the controls of an arc lie to the right of its nodes; ways down lie further out than ways up."""
    span = abs(heights.rungs[edge.to] - heights.rungs[edge.source])
    return min(_WIDEST, 14 + 0.78 * span + (12 if edge.to < edge.source else 0))


def _arc(edge: Edge, heights: Scale, look: Look | None) -> Markup:
    start, end = heights.rungs[edge.source], heights.rungs[edge.to]
    x, far = _NODES + _RADIUS, _NODES + _RADIUS + _bulge(edge, heights)
    commands = (
        f"M {x:.1f} {start:.1f} C {far:.1f} {start:.1f} {far:.1f} {end:.1f} {x + (5 if look else 0):.1f} {end:.1f}"
    )
    if look is None:
        return svg.path(commands, stroke=svg.FAINT, stroke_width=0.8)
    head = f"M {x + 7.5:.1f} {end - 4:.1f} L {x + 0.5:.1f} {end:.1f} L {x + 7.5:.1f} {end + 4:.1f} Z"
    drawn = svg.path(commands, stroke=look.colour, stroke_width=2.2, stroke_dasharray=look.dashes)
    return svg.element("g", drawn, svg.path(head, fill=look.colour))


def _node(number: int, heights: Scale, visited: bool) -> Markup:
    at = heights.rungs[number]
    circle = svg.element(
        "circle", cx=_NODES, cy=at, r=_RADIUS,
        fill=svg.INK if visited else "#ffffff", stroke=svg.INK if visited else svg.FAINT, stroke_width=1.2,
    )  # fmt: skip
    ink = "#ffffff" if visited else svg.MUTED
    return svg.element("g", circle, svg.text(_NODES, at + 4.2, str(number), text_anchor="middle", fill=ink))


def _labels(taken: list[Edge], heights: Scale) -> list[Markup]:
    """Return what was taken when and by whom, beside the arcs, each label tied to the outermost point of its arc."""
    lines = [_lines(edge) for edge in taken]
    wanted = [(heights.rungs[edge.source] + heights.rungs[edge.to]) / 2 for edge in taken]
    sizes = [_LINE * len(said) + 3 for said in lines]
    parts = []
    for edge, said, point, at in zip(taken, lines, wanted, spread(wanted, sizes, _TOP, heights.bottom), strict=True):
        apex = _NODES + _RADIUS + 0.75 * _bulge(edge, heights)
        parts.append(svg.line(apex + 2, point, _LABELS - 4, at, stroke=svg.MUTED, stroke_width=0.7))
        top = at - _LINE * len(said) / 2
        parts += [svg.text(_LABELS, top + _LINE * n + 11.5, each) for n, each in enumerate(said)]
    return parts


def _lines(edge: Edge) -> list[str]:
    when = f"turn{'s' if len(edge.turns) > 1 else ''} {', '.join(map(str, edge.turns))}"
    return broken(f"{when}: {'; '.join(edge.dyads)}", svg.WIDTH - _LABELS, 2)


def _legend(kinds: set[str], base: float) -> list[Markup]:
    parts: list[Markup] = []
    rows = [(_LOOKS[kind].said, _LOOKS[kind].colour, _LOOKS[kind].dashes, 2.2) for kind in _LOOKS if kind in kinds]
    for place, (said, colour, dashes, wide) in enumerate([*rows, ("on the ladder, not taken", svg.FAINT, None, 0.8)]):
        x, y = (8.0, 348.0)[place % 2], base + 18 * (place // 2)
        parts.append(svg.line(x, y - 4, x + 34, y - 4, stroke=colour, stroke_dasharray=dashes, stroke_width=wide))
        parts.append(svg.text(x + 42, y, said))
    return parts
