"""What stands at the head of every printed page, and the page that a template makes of it."""

from __future__ import annotations

from msgspec import Struct

from wargame.kit.paper import MARGIN, Options
from wargame.pages import templates
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
    found = templates("wargame.kit").get_template(f"{template}.html.j2")
    return found.render(sheet=sheet, options=options, margin=MARGIN, **values)
