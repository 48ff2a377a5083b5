"""What the white cell keeps: cards to cut and their key, injects, labels for envelopes, the cheat sheet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from wargame.kit import cards, conduct, slips
from wargame.kit.paper import Options
from wargame.kit.render import Pages, head, page
from wargame.rules.box import Box
from wargame.rules.state import SETUP
from wargame.rules.view import WHITE_CELL, View


def of_white_cell(box: Box, view: View, options: Options, parts: Collection[str], teams: Sequence[str]) -> Pages:
    """Return the white cell's papers. ``teams`` are the capitals that have envelopes."""
    makers: dict[str, Callable[[Box, View, Options, Sequence[str]], Pages]] = {
        "cards": _cards,
        "injects": _injects,
        "envelopes": _envelopes,
        "cheat-sheet": _cheat_sheet,
    }
    pages: Pages = {}
    for name, make in makers.items():
        if name in parts:
            pages |= make(box, view, options, teams)
    return {f"white-cell/{name}.html": text for name, text in pages.items()}


def _made(
    box: Box, view: View, options: Options, template: str, title: str, *, edge: bool = False, **values: object
) -> str:
    return page(template, head(box, view, title, "For the white cell only", WHITE_CELL, edge), options, **values)


def _cards(box: Box, view: View, options: Options, _teams: Sequence[str]) -> Pages:
    sheets = {
        "cards-public": ("Event cards for everybody", cards.public(box)),
        "cards-private": ("Event cards for some eyes only", cards.private(box)),
    }
    pages = {
        name: _made(
            box, view, options, "cards", title, edge=True, cards=faces, pages=cards.pages(faces, options.columns)
        )
        for name, (title, faces) in sheets.items()
        if faces
    }
    key = cards.key(box)
    return {**pages, "cards-key": _made(box, view, options, "key", "Key to the cards", cards=key)} if key else pages


def _injects(box: Box, view: View, options: Options, _teams: Sequence[str]) -> Pages:
    planned = cards.injects(box)
    pages = cards.pages([each.card for each in planned], options.columns)
    if not planned:
        return {}
    return {"injects": _made(box, view, options, "injects", "Injects", edge=True, planned=planned, pages=pages)}


def _envelopes(box: Box, view: View, options: Options, teams: Sequence[str]) -> Pages:
    labels = [slips.labels(box, view, capital, options.turns) for capital in teams]
    if not any(labels):
        return {}
    return {"envelopes": _made(box, view, options, "envelopes", "Envelope labels", edge=True, teams=labels)}


def _cheat_sheet(box: Box, view: View, options: Options, teams: Sequence[str]) -> Pages:
    """Return the cheat sheet for the turns that were asked for, or that a running exercise has."""
    turns = options.turns or (view.setup.turns if view.phase != SETUP else None)
    found = conduct.conduct(box, options.minutes, len(teams), turns)
    return {"cheat-sheet": _made(box, view, options, "cheat-sheet", "Cheat sheet", conduct=found)}
