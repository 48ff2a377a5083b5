"""Elements of SVG, safe by construction: every text and attribute is escaped, hidden characters are shown."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup, escape

from wargame.export.text import plain

WIDTH: Final = 680.0
"""Width of every picture, in units that are pixels of paper."""

FONT: Final = "Helvetica Neue, Helvetica, Arial, Liberation Sans, Nimbus Sans, sans-serif"
SIZE: Final = 12.0

INK, MUTED, FAINT, GRID, PAPER = "#1b1b1b", "#555555", "#bdb8ad", "#e4e1d9", "#ffffff"
BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY = "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"
DARK_VERMILION: Final = "#9a4400"
"""Vermilion, dark enough for letters."""


def element(name: str, *children: str, **attributes: object) -> Markup:
    """Return an element. Children that are no markup yet are escaped; ``fill_opacity`` becomes ``fill-opacity``."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(plain(_said(value)))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(child if isinstance(child, Markup) else escape(plain(child)) for child in children)
    return Markup(f"<{name}{given}>{inside}</{name}>" if inside else f"<{name}{given}/>")


def picture(key: str, height: float, title: str, text: str, *children: Markup) -> Markup:
    """Return a whole picture with its name and its description. ``key`` is unique on the page."""
    return element(
        "svg",
        element("title", title, id=f"{key}-title"),
        element("desc", text, id=f"{key}-desc"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH:g} {height:.0f}",
        width=WIDTH,
        height=f"{height:.0f}",
        role="img",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
        font_family=FONT,
        font_size=SIZE,
        fill=INK,
    )


def text(x: float, y: float, said: str, **attributes: object) -> Markup:
    """Return a line of text; ``y`` is its base line."""
    return element("text", said, x=x, y=y, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> Markup:
    """Return a straight line, in ink unless ``stroke`` says otherwise."""
    attributes.setdefault("stroke", INK)
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)


def rectangle(x: float, y: float, width: float, height: float, **attributes: object) -> Markup:
    """Return a rectangle; one drawn to the left of ``x`` has a negative ``width``."""
    return element("rect", x=min(x, x + width), y=y, width=abs(width), height=height, **attributes)


def path(commands: str, **attributes: object) -> Markup:
    """Return a path that is not filled unless ``fill`` says so."""
    attributes.setdefault("fill", "none")
    return element("path", d=commands, **attributes)


def hatching(key: str, colour: str) -> Markup:
    """Return the definition of a hatching, to be used as ``fill="url(#key)"``."""
    stripe = line(0, 0, 0, 5, stroke=colour, stroke_width=4.6)
    return element(
        "defs",
        element(
            "pattern", stripe, id=key, width=5, height=5, patternUnits="userSpaceOnUse", patternTransform="rotate(45)"
        ),
    )


def marker(shape: str, x: float, y: float, size: float = 4.0, **attributes: object) -> Markup:
    """Return a mark around a point: ``circle``, ``square``, ``triangle``, ``diamond``."""
    if shape == "circle":
        return element("circle", cx=x, cy=y, r=size, **attributes)
    if shape == "square":
        return rectangle(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8, **attributes)
    if shape == "diamond":
        size *= 1.25
        corners = [(x, y - size), (x + size, y), (x, y + size), (x - size, y)]
    else:
        tip = size * -1.15
        corners = [(x, y + tip), (x + size * 1.1, y - tip * 0.75), (x - size * 1.1, y - tip * 0.75)]
    return element("polygon", points=" ".join(f"{a:.1f},{b:.1f}" for a, b in corners), **attributes)


def _said(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
