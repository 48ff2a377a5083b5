"""Questions to talk about, and what the cards rest on; the facts come last, after everybody has spoken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from wargame.export import words
from wargame.report.material import Material
from wargame.report.model import Moment, Question, Source
from wargame.rules import events as fact

OPERATIONAL, STRATEGIC, BEHAVIOURAL, TRANSFER = "operational", "strategic", "behavioural", "transfer"

_GENERIC: Final = (
    Question(OPERATIONAL, "Which order did you most want to give and could not, and what stood in the way?"),
    Question(STRATEGIC, "What did you believe at the start that you no longer believe, and what changed your mind?"),
    Question(
        BEHAVIOURAL,
        "When did you last change a decision because of what another capital might think, and were you right?",
    ),
    Question(BEHAVIOURAL, "Who in your team disagreed, and what happened to that view?"),
    Question(
        TRANSFER, "What in this exercise is least like the world, and does the answer change what you take from it?"
    ),
    Question(TRANSFER, "One thing you will do, one owner, one date: write it down."),
)
_MOST_FROM_CARDS: Final = 4
_MOST_FROM_MOMENTS: Final = 4


def questions(m: Material, ranked: Sequence[Moment]) -> tuple[Question, ...]:
    """Return the questions: the scenario's, those of the key moments and cards, and some that are asked of every game."""
    asked = m.box.scenario.question
    found = [Question(STRATEGIC, asked, m.box.scenario.title)] if asked else []
    found += [Question(OPERATIONAL, each.question, each.title) for each in ranked if each.question][:_MOST_FROM_MOMENTS]
    found += list(_of_cards(m))[:_MOST_FROM_CARDS]
    return (*found, *_GENERIC)


def _of_cards(m: Material) -> Iterator[Question]:
    for row in m.counted:
        if isinstance(row.event, fact.CardDrawn):
            card = m.box.card[row.event.card]
            if card.question:
                yield Question(STRATEGIC, card.question, f'Card "{card.title}"')


def sources(m: Material) -> tuple[Source, ...]:
    """Return every card that was drawn and counts, historical ones first, with its source; ``unverified`` is said so."""
    found = []
    for row in m.counted:
        if isinstance(row.event, fact.CardDrawn):
            card = m.box.card[row.event.card]
            verified = bool(card.source) and "unverified" not in card.source.lower()
            date = words.date(card.date) if card.date else ""
            found.append(Source(card.title, card.kind, date, card.source, verified, card.text, m.ref(row)))
    return tuple(sorted(found, key=lambda each: each.kind != "historical"))
