"""A card that asks: what it says, what each answer costs, and the answer."""

from __future__ import annotations

from wargame.cli.desk import Desk
from wargame.cli.page import STRONG
from wargame.export import words
from wargame.rules import forecast
from wargame.rules.cards import Option
from wargame.rules.conditions import failing, holds
from wargame.rules.orders import Choose
from wargame.rules.view import View, visible


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
    box, known = desk.box, desk.assessed(view.side)
    notes = [f"costs {option.cost} influence" if option.cost else "costs nothing"]
    if option.cost > view.raw(box, f"{view.side}.influence"):
        notes.append("more than you have")
    if not holds(option.when, view.values):
        notes.append(f"not open now: needs {words.condition(box, failing(option.when, view.values))}")
    moved = words.moved(box, visible(box, forecast.moved_by(box, known, option.then), view.side))
    if moved:
        notes.append(f"moves {moved}")
    if option.take is not None:
        dyad, rung = option.take
        notes.append(
            f"takes {words.dyad(box, dyad)} to {words.rung(box, box.ladder.rungs[rung].id)} if a way leads there"
        )
    notes += [f"a hazard of {forecast.hazard(known, test)} in 100: {test.text.rstrip('.')}" for test in option.tests]
    return option.label + (f" ({'; '.join(notes)})" if notes else "")
