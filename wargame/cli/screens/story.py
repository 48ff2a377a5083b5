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
    fact.OrderDrafted, fact.OrderSealed, fact.EffectLapsed, fact.ExerciseEnded, fact.NoteTaken, fact.NewsTold, fact.ClockSet,
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


def beyond(box: Box, private: Sequence[Event], public: Sequence[Event]) -> list[Event]:
    """Return of what a side saw that which the table was not told, or not so."""
    known = [(type(event), said(box, event)) for event in public if is_said(event)]
    found = []
    for event in private:
        if not is_said(event):
            continue
        told = (type(event), said(box, event))
        if told in known:
            known.remove(told)
        else:
            found.append(event)
    return found


def is_said(event: Event) -> bool:
    """Whether a read-out says anything about this."""
    if isinstance(event, _UNSAID) or (isinstance(event, fact.RungChanged) and event.cause == "climb"):
        return False
    if isinstance(event, fact.AccidentDrawn):
        return event.hit
    if isinstance(event, fact.TestThrown):
        return event.failed or event.percent > 0
    return not (isinstance(event, fact.MomentCame) and event.moment == "quiet-turn")


_TOGETHER: Final = {
    "here": "Fielded, and counting from now on",
    "near": "Still on the way",
    "sent": "Sent on its way",
    "done": "Carried out",
}
"""What is told of measures and deliveries that follow on each other, in this order."""


def grouped(box: Box, events: Sequence[Event]) -> list[Event | str]:
    """Return events with measures and deliveries, where several follow on each other, told together."""
    found: list[Event | str] = []
    lists: dict[str, list[str]] = {}
    for event in (*events, None):
        if isinstance(event, (fact.DeliveryArrived, fact.DeliveryMoved, fact.MeasureTaken)):
            kind, what = _measure(box, event)
            lists.setdefault(kind, []).append(what)
            continue
        found += [f"{text}: {'; '.join(lists[kind])}." for kind, text in _TOGETHER.items() if kind in lists]
        lists.clear()
        if event is not None:
            found.append(event)
    return found


def _measure(box: Box, event: fact.DeliveryArrived | fact.DeliveryMoved | fact.MeasureTaken) -> tuple[str, str]:
    what = f"{words.capital(box, event.capital)}'s {words.measure(box, event.measure, event.target)}"
    if isinstance(event, fact.DeliveryArrived):
        return "here", what
    if isinstance(event, fact.DeliveryMoved):
        return "near", f"{what}, {words.many(event.left, 'turn')}{', held up' if event.delayed else ''}"
    return ("sent", f"{what}, {words.many(event.left, 'turn')}") if event.left else ("done", what)


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
    if isinstance(event, fact.TestThrown):
        whose = f" ({words.capital(box, event.capital)})" if event.capital else ""
        result = "it comes about" if event.failed else "it does not come about"
        hazard = f'A hazard{whose}, "{event.text.rstrip(".")}"' if event.text else f"The hazard {event.test}{whose}"
        return [words.sentence(f"{hazard}: {event.percent} percent, and the dice show {event.die}, so {result}")]
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
