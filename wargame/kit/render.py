"""Rendering: templates and values to pages. Text is text here: nothing of it is markup, and nothing hides in it."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct

from wargame.export.text import plain
from wargame.kit.paper import MARGIN, Options
from wargame.rules.box import Box
from wargame.rules.state import ENDED, SETUP
from wargame.rules.view import View

TEAM, TABLE = "team", "table"
Pages = dict[str, str]
"""Texts of files by their path in the kit's folder."""


class Sheet(Struct, frozen=True):
    """What stands at the head of a printed page: its title, whose it is and of which exercise.

    ``kind`` is ``team``, ``table`` or ``white-cell``; ``edge``: the page fills the paper to its edges.
    """

    title: str
    holder: str
    kind: str
    exercise: str
    when: str
    rehearsal: bool = False
    edge: bool = False


def head(box: Box, view: View, title: str, holder: str, kind: str, edge: bool = False) -> Sheet:
    """Return the head of a page made from this view."""
    when = "opening" if view.phase == SETUP else "the end" if view.phase == ENDED else f"turn {view.turn}, {view.phase}"
    return Sheet(title, holder, kind, box.scenario.title, when, view.setup.rehearsal, edge)


def page(template: str, sheet: Sheet, options: Options, **values: object) -> str:
    """Return a whole page of HTML made by a template. It needs no network and runs no script."""
    found = _environment().get_template(f"{template}.html.j2")
    return found.render(sheet=sheet, options=options, margin=MARGIN, **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("wargame.kit"), autoescape=True, finalize=_shown, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["css"] = css_string
    environment.filters["mm"] = millimetres
    return environment


def _shown(value: Any) -> Any:
    """Make every character of a text visible; what templates made themselves is markup already."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return plain(value)


_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,.")


def css_string(text: str) -> Markup:
    """Return text as a string of CSS: all but plain letters are codes, so that nothing ends the string or the style."""
    return Markup('"{}"').format(Markup("".join(c if c in _PLAIN else f"\\{ord(c):x} " for c in plain(text))))


def millimetres(length: float) -> str:
    """Return a length for SVG and CSS with two decimals and without a needless nought."""
    return f"{length:.2f}".rstrip("0").rstrip(".") or "0"
