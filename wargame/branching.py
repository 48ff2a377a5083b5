"""Branches: where an exercise can be left, and how its past answers are given again in another course of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wargame.bots.retrace import Question, Retrace
from wargame.errors import UsageError
from wargame.exercise import Player
from wargame.recorded import Recorded
from wargame.rules.events import BeliefsClosed, BeliefStated, ChoiceMade, OrderClosed, OrderSealed, SignalsGiven
from wargame.rules.journal import Entry, effective, moments, stations
from wargame.rules.orders import Belief, Believe, Choose, Command, Pass, Seal, Signal
from wargame.rules.state import DRAFT, ORDERS, SEALED, SIGNAL, UPDATE

PHASES = (UPDATE, SIGNAL, ORDERS)
"""Phases in which a branch may leave its parent: before cards are drawn, before anyone speaks, before anyone orders."""


def keeps_before(entries: Sequence[Entry], turn: int, phase: str) -> int:
    """Return after how many inputs a phase of a turn began, in the course that counts.

    Raises UsageError if the exercise never came there.
    """
    found = [each for each in stations(entries) if each.phase in PHASES]
    keeps = next((each.keeps for each in found if (each.turn, each.phase) == (turn, phase)), 0)
    if not keeps:
        last = max((each.turn for each in found if each.phase == phase), default=0)
        raise UsageError(f"the exercise never came to turn {turn}, {phase}; its last such turn is {last}")
    return keeps


def old_answers(entries: Sequence[Entry]) -> Mapping[str, Mapping[Question, Command]]:
    """Return what each capital answered, by turn and kind. Whoever was missing when orders were due ordered nothing."""
    found: dict[str, dict[Question, Command]] = {}
    beliefs: dict[str, list[Belief]] = {}
    for turn, _, event in moments(event for entry in effective(entries) for event in entry.events):
        question: tuple[str, str] = ("", "")
        answer: Believe | Signal | Choose | Seal | Pass | None = None
        if isinstance(event, BeliefStated):
            beliefs.setdefault(event.capital, []).append(Belief(event.declaration, event.percent))
        elif isinstance(event, BeliefsClosed):
            question, answer = ("believe", ""), Believe(event.capital, tuple(beliefs.pop(event.capital, ())))
        elif isinstance(event, SignalsGiven):
            question, answer = ("signal", ""), Signal(event.capital, event.declarations, event.why)
        elif isinstance(event, ChoiceMade):
            question, answer = ("choose", event.card), Choose(event.capital, event.option, event.why)
        elif isinstance(event, OrderSealed):
            question, answer = ("orders", ""), _paper(event.capital, event, event.why)
        elif isinstance(event, OrderClosed):
            question, answer = ("orders", ""), _paper(event.capital, event, ())
        if answer is not None:
            found.setdefault(answer.capital, {})[(turn, *question)] = answer
    return found


def _paper(capital: str, event: OrderSealed | OrderClosed, why: tuple[str, ...]) -> Seal | Pass:
    ordered = event.status in (SEALED, DRAFT)
    return Seal(capital, event.sheet, why=why) if ordered else Pass(capital, why=why)


def players(parent: Recorded, capitals: Sequence[str], doctrines: Mapping[str, str]) -> Mapping[str, Player]:
    """Return players who answer for these capitals as was answered in the parent, and by their doctrine where that fails."""
    answers = old_answers(parent.entries)
    return {who: Retrace(parent.box, doctrines[who], answers.get(who, {})) for who in capitals}
