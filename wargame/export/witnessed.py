"""The read-out: what one side saw of what happened, in sentences to say aloud; working and numbers are for who asks why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from wargame.export import words, working
from wargame.export.adjudicated import OUTCOMES
from wargame.export.sentences import sentences
from wargame.rules import events as fact
from wargame.rules.box import Box
from wargame.rules.events import Event
from wargame.rules.journal import Entry
from wargame.rules.witness import witness

_UNSAID: Final = (
    fact.ExerciseStarted, fact.TurnOpened, fact.PhaseOpened, fact.SignalsGiven, fact.BeliefStated, fact.BeliefsClosed,
    fact.OrderDrafted, fact.OrderSealed, fact.EffectLapsed, fact.ExerciseEnded, fact.NoteTaken, fact.NewsTold, fact.ClockSet,
    fact.QuestionAsked, fact.CardWithheld,
)  # fmt: skip
"""What needs no sentence in a read-out: a heading stands for it, or whoever hears it did it a moment ago."""

_TOGETHER: Final = {
    "here": "Fielded, and counting from now on",
    "near": "Still on the way",
    "sent": "Sent on its way",
    "done": "Carried out",
}
"""What is told of measures and deliveries that follow on each other, in this order."""


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


def lines(box: Box, events: Sequence[Event]) -> list[str]:
    """Return what is to be read out of what a side saw, a sentence each."""
    found: list[str] = []
    for event in grouped(box, events):
        if isinstance(event, str):
            found.append(event)
        elif is_said(event):
            found += said(box, event)
    return found


def _measure(box: Box, event: fact.DeliveryArrived | fact.DeliveryMoved | fact.MeasureTaken) -> tuple[str, str]:
    what = f"{words.capital(box, event.capital)}'s {words.measure(box, event.measure, event.target)}"
    if isinstance(event, fact.DeliveryArrived):
        return "here", what
    if isinstance(event, fact.DeliveryMoved):
        return "near", f"{what}, {words.many(event.left, 'turn')}{', held up' if event.delayed else ''}"
    return ("sent", f"{what}, {words.many(event.left, 'turn')}") if event.left else ("done", what)
