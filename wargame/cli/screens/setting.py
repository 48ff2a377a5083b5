"""Before the first turn: the situation, whom to play, and who one is, on one screen each."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.cli.asking import Asker
from wargame.cli.desk import Desk
from wargame.cli.page import QUIET, STRONG, Page
from wargame.export import words
from wargame.rules import forecast
from wargame.rules.box import PARTNER, PATRON, Box, Capital
from wargame.rules.ladder import NUCLEAR_USE
from wargame.rules.view import View

COMMANDS = "? help   l ladder   e estimate   why   u undo   s save and leave"


def situation(page: Page, box: Box, declined: Sequence[str] = ()) -> None:
    """Show the scenario's situation and its question: content warnings first, what was inherited before the question.

    ``declined``: marks of rungs that are left out of this exercise.
    """
    scenario = box.scenario
    page.heading(scenario.title, f"{scenario.turns} turns of {scenario.turn_length}")
    warn(page, box, declined)
    page.text(scenario.situation)
    if scenario.question:
        page.text(f"The question: {scenario.question}", style=STRONG)


def warn(page: Page, box: Box, declined: Sequence[str] = ()) -> None:
    """Show the content warnings, what is left out, and how nuclear use is left out where it can be reached and is not."""
    for warning in box.scenario.warnings:
        page.text(warning, label="Please note  ", style=QUIET)
    for mark in declined:
        left_out = (
            f"{words.mark(mark).capitalize()} is left out: before it is reached the exercise fades to its debrief."
        )
        page.text(left_out, label="Please note  ", style=STRONG)
    can_be = NUCLEAR_USE not in declined and any(NUCLEAR_USE in rung.marks for rung in box.ladder.rungs)
    if box.scenario.warnings and can_be:
        page.text(f"Nuclear use can be left out: --decline {NUCLEAR_USE}.", label="Please note  ", style=QUIET)


def ask_capital(page: Page, asker: Asker, box: Box) -> str:
    """Show the capitals and ask whom the person plays; Enter takes the seat that is suggested, else the first partner."""
    suggested = box.scenario.alone_as
    default = next((n for n, c in enumerate(box.capitals, start=1) if c.id == suggested), 0)
    default = default or next((n for n, c in enumerate(box.capitals, start=1) if c.role == PARTNER), 1)
    page.gap()
    for number, capital in enumerate(box.capitals, start=1):
        page.item(str(number), f"{capital.name}, {_role(box, capital)}. {_first_sentence(capital.brief)}")
    chosen = asker.number(f"Whom do you play? Enter takes {box.capitals[default - 1].name} [{default}] ", 1,
                          len(box.capitals), default)  # fmt: skip
    return box.capitals[chosen - 1].id


def _role(box: Box, capital: Capital) -> str:
    """Return a capital's role with those it faces, or stands behind."""
    dyads = [dyad for dyad in box.dyads if dyad.is_local and capital.id in (*dyad.parties, dyad.patron)]
    if capital.role == PATRON:
        return f"patron of {words.capitals(box, [dyad.partner for dyad in dyads])}"
    facing = words.capitals(box, [dyad.other(capital.id) for dyad in dyads])
    return f"{capital.role} facing {facing}" if facing else capital.role


def _first_sentence(text: str) -> str:
    return text.split(". ", maxsplit=1)[0].rstrip(".") + "."


def orientation(desk: Desk, side: str) -> None:
    """Show on one screen who one is, what one wants, what one can do and what happens if."""
    box, page = desk.box, desk.page
    capital = box.capital[side]
    page.reserve(page.height)
    page.heading(f"You are {capital.name}, {_role(box, capital)}", f"{box.scenario.title}, {desk.turn().lower()}")
    page.text(capital.brief)
    page.text(_aims(box, capital), label="You want  ", hang=10)
    page.text(_means(capital), label="You can   ", hang=10)
    page.text(_stakes(box, desk.assessed(side)), label="What if   ", hang=10)
    page.text(f"{COMMANDS}: at any prompt.", style=QUIET)


def _aims(box: Box, capital: Capital) -> str:
    scored = [f"{each.text.rstrip('.')} ({each.points})" for each in box.objectives if each.capital == capital.id]
    return f"{'; '.join(scored) if scored else '; '.join(capital.wants)}. Points are of 100, at the end."


def _means(capital: Capital) -> str:
    found = (
        f"each turn declare what you will do if a line is crossed; then order {capital.orders} measures or climbs for "
        f"{capital.income} influence, seal one reply, offer talks"
    )
    if capital.role == PATRON:
        found += ", set what your partners are permitted, and put one theatre first"
    return f"{found}. All orders are opened at once."


def _stakes(box: Box, view: View) -> str:
    """Return where things stand and how likely the steps that matter are held back."""
    lines = []
    for dyad in box.dyads:
        if dyad.is_local and view.side in (*dyad.parties, dyad.patron):
            lines.append(f"{dyad.name} stand at {words.rung(box, str(view.shown(box, f'{dyad.id}.rung')))}.")
    for watch in forecast.watches(box, view):
        found = forecast.staff(box, view, watch)
        who = box.pair[watch.pair].holder
        whose = "your" if who == view.side else f"{words.capital(box, who)}'s"
        step = words.rung(box, box.ladder.rungs[watch.rung].id)
        lines.append(
            f"{whose[0].upper()}{whose[1:]} step to {step} is held back {found.percent} in 100 ({found.low} to {found.high})."
        )
    lines.append("Every climb is put to such a check; what is fielded, believed and permitted raises it.")
    return " ".join(lines)
