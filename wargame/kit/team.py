"""The papers of one team, made from its view. No state is known here, so nothing of another's can be told."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Final

from wargame.export import words
from wargame.kit import brief, forms, objectives, slips
from wargame.kit.paper import Options
from wargame.kit.render import TEAM, Pages, head, page
from wargame.rules.box import Box
from wargame.rules.view import View


def of_team(box: Box, view: View, known: View, options: Options, parts: Collection[str]) -> Pages:
    """Return the papers of the capital whose view this is; ``known`` is that view with what its staff assess."""
    makers: dict[str, Callable[[Box, View, View, Options], str]] = {
        "brief": _brief,
        "objectives": _objectives,
        "orders": _orders,
        "beliefs": _beliefs,
    }
    folder = folder_of(box, view.side)
    made = {name: make(box, view, known, options) for name, make in makers.items() if name in parts}
    return {f"teams/{folder}/{name}.html": text for name, text in made.items() if text}


_FOLDER: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def folder_of(box: Box, capital: str) -> str:
    """Return the folder of a team: its id, or its number if that is no plain name (a record may come from anywhere)."""
    return capital if _FOLDER.fullmatch(capital) else f"capital_{box.seat[capital] + 1}"


def _made(box: Box, view: View, options: Options, template: str, title: str, **values: object) -> str:
    name = box.capital[view.side].name
    sheet = head(box, view, title.format(name), f"For {name} only", TEAM)
    return page(template, sheet, options, name=name, **values)


def _brief(box: Box, view: View, known: View, options: Options) -> str:
    scenario = box.scenario
    situation = {
        "briefing": scenario.situation,
        "warnings": scenario.warnings,
        "question": scenario.question,
        "begins": words.date(scenario.begins),
        "turns": f"{words.many(view.setup.turns, 'turn')} of {scenario.turn_length}",
        "theory": words.theory(box, view.setup.theory),
    }
    said = brief.brief(box, view, known)
    return _made(box, view, options, "brief", "Brief for {}", brief=said, scenario=situation)


def _objectives(box: Box, view: View, _known: View, options: Options) -> str:
    aims, wants = objectives.aims(box, view.side), box.capital[view.side].wants
    beliefs = box.rulebook.belief_points
    return _made(box, view, options, "objectives", "Objectives of {}", aims=aims, wants=wants, beliefs=beliefs)


def _orders(box: Box, view: View, known: View, options: Options) -> str:
    """Return the order forms, or nothing if there is nothing left to order."""
    found, turns = forms.forms(box, view, known, options.turns), forms.last_turn(view, options.turns)
    orders, book = box.capital[view.side].orders, box.rulebook
    return (
        _made(box, view, options, "orders", "Orders of {}", forms=found, turns=turns, orders=orders, book=book)
        if found
        else ""
    )


def _beliefs(box: Box, view: View, _known: View, options: Options) -> str:
    found, turns = slips.slips(box, view, options.turns), forms.last_turn(view, options.turns)
    likely = slips.LIKELY
    return (
        _made(box, view, options, "beliefs", "Belief slips of {}", slips=found, turns=turns, likely=likely)
        if found
        else ""
    )
