"""Sentences about what the white cell does: time, injects, arguments, notes, going back and branching off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from wargame.export import words
from wargame.rules import events as fact
from wargame.rules.box import Box
from wargame.rules.sealing import receipt
from wargame.rules.state import DRAFT


def _closed(box: Box, event: fact.OrderClosed) -> list[str]:
    who = words.capital(box, event.capital)
    receipted = f", receipt {receipt(event.digest)}" if event.digest else ""
    if event.status == DRAFT:
        return [f"Time is called, and {who}'s draft is taken as it stands{receipted}"]
    return [f"Time is called, and {who}'s orders are missing"]


def _reopened(box: Box, event: fact.OrderReopened) -> list[str]:
    who = words.capital(box, event.capital)
    what = "may still hand in its orders, late" if event.late else "takes its sealed orders back to amend them"
    return [f"{who} {what}: {event.reason}"]


def _withheld(box: Box, event: fact.CardWithheld) -> list[str]:
    card = box.card.get(event.card)
    until = f"until turn {event.until}" if event.until else "for good"
    reason = f": {event.reason}" if event.reason else ""
    return [f'The inject "{card.title if card else event.card}" is kept back {until}{reason}']


def _improvised(box: Box, event: fact.InjectImprovised) -> list[str]:
    to = f" (to {words.capitals(box, event.to)})" if event.to else ""
    return [f'Improvised inject{to} "{event.title}"', event.text]


def _opened(box: Box, event: fact.ArgumentOpened) -> list[str]:
    return [f"{words.capital(box, event.capital)} has ordered what is not on the list: {event.text}", "It is argued"]


def _settled(box: Box, event: fact.ArgumentSettled) -> list[str]:
    who = words.capital(box, event.capital)
    found = [f"{who}'s order outside the list {'succeeds' if event.succeeded else 'fails'}: {event.text}"]
    found += [f"For it: {point}" for point in event.pros]
    found += [f"Against it: {point}" for point in event.cons]
    if event.method == "dice":
        first, second = event.dice
        found.append(
            f"The dice show {first} and {second}; with {len(event.pros)} for and {len(event.cons)} against that makes "
            f"{event.score}, and it needs more than {event.needed}"
        )
    elif event.method == "vote":
        found.append(f"The vote is {event.yes} to {event.no}")
    else:
        found.append(f"The white cell rules: {event.reason}")
    return found


def _note(box: Box, event: fact.NoteTaken) -> list[str]:
    if event.kind == "interruption":
        return [f"The exercise was interrupted: {event.text}"]
    about = f" on {words.capital(box, event.capital)}" if event.capital else ""
    return [f"Scribe's {event.kind.replace('-', ' ')}{about}: {event.text}"]


def _asked(box: Box, event: fact.QuestionAsked) -> list[str]:
    return [f"{words.capital(box, event.capital)} asks the white cell ({event.id}): {event.text}"]


def _answered(box: Box, event: fact.QuestionAnswered) -> list[str]:
    return [f"The white cell answers {words.capital(box, event.capital)} ({event.id}): {event.text}"]


def _turns(_box: Box, event: fact.TurnsSet) -> list[str]:
    return [f"The exercise will end after {words.many(event.turns, 'turn')}: {event.reason}"]


def _rewound(_box: Box, event: fact.Rewound) -> list[str]:
    where = f"turn {event.turn}, {event.phase}" if event.turn else "the beginning"
    return [
        f"The white cell goes back to {where}: {event.reason}",
        "What came after it stays in the record and does not count",
    ]


def _branched(box: Box, event: fact.Branched) -> list[str]:
    found = [f"A branch of {event.parent} begins here" if event.parent else "A branch begins here", event.text]
    if event.played:
        found.append(f"In human hands: {words.capitals(box, event.played)}")
    return found


def _unsaid(_box: Box, _event: Any) -> list[str]:
    return []


SAYS: Final[dict[type, Callable[[Box, Any], list[str]]]] = {
    fact.OrderClosed: _closed,
    fact.OrderReopened: _reopened,
    fact.CardWithheld: _withheld,
    fact.InjectImprovised: _improvised,
    fact.ArgumentOpened: _opened,
    fact.ArgumentSettled: _settled,
    fact.NoteTaken: _note,
    fact.QuestionAsked: _asked,
    fact.QuestionAnswered: _answered,
    fact.NewsTold: _unsaid,
    fact.ClockSet: _unsaid,
    fact.TurnsSet: _turns,
    fact.Rewound: _rewound,
    fact.Branched: _branched,
}
"""What to say of each kind of fact."""
