"""The chronicle of an exercise that nobody played: what happened, why each bot did it, and the debrief, as plain text."""

from __future__ import annotations

from wargame.cli.page import QUIET, STRONG, Page
from wargame.cli.screens import debrief
from wargame.export import witnessed, words, working
from wargame.export.adjudicated import OUTCOMES
from wargame.export.rows import walk
from wargame.export.sentences import sentences
from wargame.recorded import Recorded
from wargame.rules import events as fact
from wargame.rules.box import Box
from wargame.rules.events import Event


def tell(page: Page, recorded: Recorded, quiet: bool = False) -> None:
    """Print a whole exercise as the white cell saw it; ``quiet`` leaves out the reasons and the debrief's tables."""
    box = recorded.box
    scenario = box.scenario
    page.heading(scenario.title, f"seed {recorded.header.seed}")
    page.text(scenario.situation)
    whys: dict[str, tuple[str, ...]] = {}
    for event in witnessed.grouped(box, [row.event for row in walk(recorded).rows]):
        if isinstance(event, str):
            page.text(event, label="- ")
        else:
            _row(page, box, event, whys, quiet)
    debrief.show(page, recorded, reasons=False)


def _row(page: Page, box: Box, event: Event, whys: dict[str, tuple[str, ...]], quiet: bool) -> None:
    if isinstance(event, fact.ExerciseStarted):
        for sentence in sentences(box, event):
            page.text(sentence)
    elif isinstance(event, fact.TurnOpened):
        page.heading(f"Turn {event.turn}")
    elif isinstance(event, fact.CardDrawn):
        card = box.card[event.card]
        page.gap()
        page.text(f"{card.title} ({f'{card.kind}, {card.date}' if card.date else card.kind})", style=STRONG)
        page.text(card.text)
    elif isinstance(event, fact.ChoiceMade):
        page.text(sentences(box, event)[0], style=STRONG)
    elif isinstance(event, fact.OrderSealed):
        whys[event.capital] = event.why
    elif isinstance(event, fact.OrdersRevealed):
        _revealed(page, box, event, whys, quiet)
    elif isinstance(event, fact.ChallengeRolled):
        low, high = event.band
        page.text(words.sentence(
            f"{working.step(box, event)}. Held back {event.percent} in 100 ({low} to {high}), the dice show {event.die}"
        ), label="- ")  # fmt: skip
    elif isinstance(event, fact.ChallengeResolved):
        weakest = working.weakest_link(box, event)
        page.text(f"{words.sentence(OUTCOMES.get(event.outcome, event.outcome))} {weakest}".strip(), indent=2)
        if event.protected:
            who = words.capital(box, event.protected)
            page.text(f"The answer was believed no further than the patron allowed. That protected {who}.", indent=2)
    elif witnessed.is_said(event):
        for sentence in witnessed.said(box, event):
            page.text(sentence, label="- ")


def _revealed(page: Page, box: Box, event: fact.OrdersRevealed, whys: dict[str, tuple[str, ...]], quiet: bool) -> None:
    page.gap()
    page.text("The orders are opened.", style=STRONG)
    for capital, sheet in event.sheets:
        ordered = words.orders(box, capital, sheet)
        page.text(words.sentence(f"{words.capital(box, capital)}: {'; '.join(ordered) or 'nothing'}"), label="- ")
        if not quiet and whys.get(capital):
            page.text(" ".join(whys[capital]), indent=4, style=QUIET)
    page.gap()
    page.text("What came of them.", style=STRONG)
