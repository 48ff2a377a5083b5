"""A card that asks: what it says, what each answer costs, and the answer."""

from __future__ import annotations

from wargame.cli.desk import Desk
from wargame.cli.page import STRONG
from wargame.rules import forecast
from wargame.rules.cards import Option
from wargame.rules.conditions import failing, holds
from wargame.rules.orders import Choose
from wargame.rules.view import View


def ask(desk: Desk, side: str) -> None:
    """Ask a capital for its answer to a card."""
    page, view = desk.page, desk.view(side)
    card = desk.box.card[view.asked]
    page.heading(f"{desk.name(side)} must choose: {card.title}")
    page.text(card.text)
    page.gap()
    options = [_option(desk, view, option) for option in card.options]
    while True:
        place = desk.asker.choose(options, "Your choice", card.default + 1)
        if desk.submit(Choose(side, card.options[place].id)):
            page.text(f"{desk.name(side)} chooses: {card.options[place].label}.", style=STRONG)
            return


def _option(desk: Desk, view: View, option: Option) -> str:
    notes = [f"costs {option.cost} influence"] if option.cost else []
    if option.cost > view.raw(desk.box, f"{view.side}.influence"):
        notes.append("more than you have")
    if not holds(option.when, view.values):
        notes.append(f"not open now: needs {failing(option.when, view.values)}")
    notes += [f"a hazard of {forecast.hazard(desk.assessed(view.side), test)} in 100" for test in option.tests]
    return option.label + (f" ({'; '.join(notes)})" if notes else "")
