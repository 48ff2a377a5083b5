"""The read-out: what one side saw of what happened, in plain sentences, and the reasons behind it when asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wargame.cli.page import QUIET, STRONG, Page
from wargame.export import words, working
from wargame.export.sentences import consequences
from wargame.export.witnessed import grouped, is_said, said
from wargame.rules import events as fact
from wargame.rules.box import Box
from wargame.rules.events import Event

_HEADINGS: Final[dict[type, str]] = {
    fact.DeclarationMade: "What is declared",
    fact.OrdersRevealed: "The orders are opened",
}


def tell(page: Page, box: Box, events: Sequence[Event]) -> None:
    """Read out what happened, under headings."""
    heading = ""
    for event in grouped(box, events):
        if isinstance(event, str):
            page.text(event, label="- ")
            continue
        if isinstance(event, fact.TurnOpened):
            page.heading(f"Turn {event.turn} opens")
            heading = ""
            continue
        if not is_said(event):
            continue
        now = _HEADINGS.get(type(event), "")
        if isinstance(event, fact.CardDrawn):
            _card(page, box, event)
            heading = ""
            continue
        if now and now != heading:
            page.heading(now)
            heading = now
        for sentence in said(box, event):
            page.text(sentence, label="- ")
        if isinstance(event, fact.OrdersRevealed):
            page.heading("What comes of them")


def _card(page: Page, box: Box, event: fact.CardDrawn) -> None:
    card = box.card[event.card]
    page.reserve(6)
    page.gap()
    dated = f"{card.kind}, {card.date}" if card.date else card.kind
    page.text(f"Card: {card.title} ({dated})", style=STRONG)
    page.text(card.text)
    if event.asks:
        page.text(f"{words.capital(box, event.asks)} must choose.")


def explain(page: Page, box: Box, events: Sequence[Event]) -> None:
    """Say of what happened why it did: what each fact moved, and the working of every check this side may see."""
    page.heading("What happened, and why")
    told = False
    for event in events:
        moved = consequences(box, event)
        if not moved and not is_said(event):
            continue
        told = True
        if isinstance(event, fact.ChallengeRolled):
            check(page, box, event)
            continue
        title = f'Card "{box.card[event.card].title}"' if isinstance(event, fact.CardDrawn) else ""
        for sentence in [title] if title else said(box, event):
            page.text(sentence, label="- ")
        if isinstance(event, fact.ChallengeResolved) and not working.is_known(event):
            page.text("Its working is its own capital's until the debrief.", indent=2, style=QUIET)
        if moved:
            page.text(f"It moved: {moved}", indent=2, style=QUIET)
    if not told:
        page.text("Nothing has happened yet that this side could see.")


def check(page: Page, box: Box, event: fact.ChallengeRolled | fact.ChallengeResolved) -> None:
    """Print a check with its whole working."""
    page.text(words.sentence(working.step(box, event)), label="- ")
    for line in working.working(box, event):
        page.text(line, indent=2, style=QUIET)
    page.text(f"The dice show {event.die}: above {event.percent} the step is taken.", indent=2)
