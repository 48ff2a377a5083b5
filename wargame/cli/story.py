"""The read-out: what one side saw of what happened, in plain sentences, and the reasons behind it when asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from wargame.cli.page import QUIET, STRONG, Page
from wargame.export import words, working
from wargame.export.adjudicated import OUTCOMES
from wargame.export.sentences import consequences, sentences
from wargame.rules import events as fact
from wargame.rules.box import Box
from wargame.rules.events import Event
from wargame.rules.journal import Entry
from wargame.rules.witness import witness

_UNSAID: Final = (
    fact.ExerciseStarted, fact.TurnOpened, fact.PhaseOpened, fact.SignalsGiven, fact.BeliefStated, fact.BeliefsClosed,
    fact.OrderDrafted, fact.OrderSealed, fact.EffectLapsed, fact.ExerciseEnded,
)  # fmt: skip
"""What needs no sentence in a read-out: a heading stands for it, or the person did it a moment ago."""

_HEADINGS: Final[dict[type, str]] = {
    fact.DeclarationMade: "What is declared",
    fact.OrdersRevealed: "The orders are opened",
}


def seen(box: Box, entries: Iterable[Entry], side: str) -> list[Event]:
    """Return what a side saw of some entries of the journal, in order."""
    found = (witness(box, event, side) for entry in entries for event in entry.events)
    return [event for event in found if event is not None]


def beyond(private: Sequence[Event], public: Sequence[Event]) -> list[Event]:
    """Return what a side saw and the table did not."""
    known = list(public)
    found = []
    for event in private:
        if event in known:
            known.remove(event)
        else:
            found.append(event)
    return found


def is_said(event: Event) -> bool:
    """Whether a read-out says anything about this."""
    if isinstance(event, _UNSAID) or (isinstance(event, fact.RungChanged) and event.cause == "climb"):
        return False
    if isinstance(event, fact.AccidentDrawn):
        return event.hit
    if isinstance(event, fact.PermissionRefused):
        return True
    return not (isinstance(event, fact.MomentCame) and event.moment == "quiet-turn")


def grouped(box: Box, events: Sequence[Event]) -> list[Event | str]:
    """Return events with those of deliveries, where several follow on each other, told together in a sentence or two."""
    found: list[Event | str] = []
    here: list[str] = []
    coming: list[str] = []

    def close() -> None:
        if here:
            found.append(f"Fielded, and counting from now on: {'; '.join(here)}.")
        if coming:
            found.append(f"Still on the way: {'; '.join(coming)}.")
        here.clear()
        coming.clear()

    for event in events:
        if isinstance(event, fact.DeliveryArrived):
            here.append(f"{words.capital(box, event.capital)}'s {words.measure(box, event.measure, event.target)}")
        elif isinstance(event, fact.DeliveryMoved):
            what = f"{words.capital(box, event.capital)}'s {words.measure(box, event.measure, event.target)}"
            coming.append(f"{what}, {words.many(event.left, 'turn')}{', held up' if event.delayed else ''}")
        else:
            close()
            found.append(event)
    close()
    return found


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


def said(box: Box, event: Event) -> list[str]:
    """Return the sentences of a read-out; the working of a check is kept for those who ask why."""
    if isinstance(event, fact.ChallengeRolled):
        dice = f"the staff put it at {event.percent} percent that the step is not taken, and the dice show {event.die}"
        return [words.sentence(f"{working.step(box, event)}: {dice}")]
    if isinstance(event, fact.ChallengeResolved):
        step = words.sentence(f"{working.step(box, event)}: {OUTCOMES.get(event.outcome, event.outcome)}")
        return [step]
    return sentences(box, event)


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
