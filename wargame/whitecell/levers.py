"""The levers of the white cell: which are open now, why others are not, when each takes effect, how it is taken back.

Whether a lever is open is asked of the rules themselves, by a trial (:mod:`wargame.whitecell.trial`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from wargame.export import words
from wargame.rules.agenda import TABLE, WHITE_CELL, owed
from wargame.rules.box import Box
from wargame.rules.journal import Entry, undone
from wargame.rules.orders import (
    Answer,
    Ask,
    CallTime,
    Command,
    Improvise,
    Inject,
    Note,
    Reopen,
    Rewind,
    SetClock,
    SetTurns,
    Tell,
    Withhold,
)
from wargame.rules.state import CONSEQUENCES, ORDERS, SETUP, UPDATE, State
from wargame.whitecell.injects import DUE, LATER, prospects, undrawn
from wargame.whitecell.questions import waiting
from wargame.whitecell.trial import why_refused

NOW, REVEAL, NEXT_TURN, END_OF_TURN, NEW_FILE = (
    "now", "at the reveal", "when its turn opens", "at the end of this turn or a later one", "in a file of its own",
)  # fmt: skip

BY_REWIND: Final = "rewind to before it"
BY_ANOTHER: Final = "say it again otherwise; the last one counts"


class Lever(Struct, frozen=True):
    """One lever. ``why_not`` is empty while it is open; ``rule`` is the number of the rule it rests on.

    ``asks_first``: the console asks before it is pulled, as what everybody sees or hears cannot be unseen;
    ``undone``: how it is taken back.
    """

    id: str
    title: str
    rule: str
    effect: str
    undone: str
    asks_first: bool
    why_not: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it may be pulled now."""
        return not self.why_not


Moment = tuple[Box, State, Sequence[Entry]]


def levers(box: Box, state: State, entries: Sequence[Entry]) -> tuple[Lever, ...]:
    """Return every lever, in the order of a turn; ``entries`` is the whole journal."""
    moment = (box, state, entries)
    return tuple(
        Lever(id_, _title(id_, title, state), rule, _effect(id_, effect, moment), undone_by, asks, _CLOSED[id_](moment))
        for id_, title, rule, effect, undone_by, asks in _LEVERS
    )


_LEVERS: Final = (
    ("proceed", "Go on", "4", NOW, BY_REWIND, True),
    (
        "enter",
        "Enter what a team has written",
        "4",
        REVEAL,
        "a sheet is given back before the reveal; else rewind",
        False,
    ),
    ("call-time", "Call time", "15.3", NOW, "give a sheet back, late, or rewind", True),
    ("reopen", "Give a sheet back", "15.4", NOW, "seal it again", True),
    ("rule", "Rule on a challenge", "5.6", NOW, BY_REWIND, True),
    ("argue", "Settle an order outside the list", "15.7", NOW, BY_REWIND, True),
    ("inject", "Play a card", "15.5", NOW, BY_REWIND, True),
    ("withhold", "Keep an inject back", "15.5", NEXT_TURN, BY_ANOTHER, False),
    ("improvise", "Improvise an inject", "15.6", NOW, BY_REWIND, True),
    ("clock", "Set the clock", "15.2", NOW, "set it again", False),
    ("turns", "Change the number of turns", "15.2", END_OF_TURN, BY_ANOTHER, True),
    ("note", "Take a note", "15.8", NOW, "stays in the record; add another", False),
    ("ask", "Take down a question", "15.8", NOW, "stays in the record", False),
    ("answer", "Answer a question", "15.8", NOW, BY_ANOTHER, False),
    ("tell", "Tick off what a team was told", "15.8", NOW, "tick off less", False),
    ("rewind", "Go back", "15.9", NOW, "nothing is erased, but nothing leads forward again: play on, or branch", True),
    ("branch", "Branch off", "15.10", NEW_FILE, "delete the new file; this exercise stays as it is", False),
)


def _title(id_: str, title: str, state: State) -> str:
    if id_ != "proceed":
        return title
    opens = f"Open turn {state.turn + 1}"
    return {UPDATE: opens, ORDERS: "Reveal the orders", CONSEQUENCES: "Draw the consequences"}.get(state.phase, title)


def _refused(moment: Moment, command: Command) -> str:
    box, state, entries = moment
    return why_refused(box, state, entries, command)[0]


def _due(kind: str, who: str, otherwise: str) -> Callable[[Moment], str]:
    def closed(moment: Moment) -> str:
        due = owed(moment[0], moment[1])
        if any(each.kind == kind and who in ("", each.who) for each in due):
            return ""
        waits = sorted({f"{words.capital(moment[0], each.who)} ({each.kind})" for each in due})
        return f"{otherwise}; the table waits for {', '.join(waits)}" if waits else "the exercise has ended"

    return closed


def _effect(id_: str, effect: str, moment: Moment) -> str:
    """Return when a lever takes effect; what a team has written does so when the part of the turn says."""
    if id_ != "enter":
        return effect
    kinds = {each.kind for each in owed(moment[0], moment[1])}
    return next((text for kind, text in _ENTERED.items() if kind in kinds), effect)


_ENTERED: Final = {
    "choose": NOW,
    "signal": "when all declarations are in",
    "believe": "when all beliefs are in",
    "orders": REVEAL,
}


def _enter(moment: Moment) -> str:
    """Return why nothing can be entered for a team: none of those in human hands owes anything."""
    box, state, _ = moment
    due = [each for each in owed(box, state) if each.who in box.capital]
    if any(each.who in state.setup.played for each in due):
        return ""
    return "only bots owe anything" if due else "no team owes anything"


def _proceed(moment: Moment) -> str:
    return _due("proceed", TABLE, "something is still owed")(moment)


def _reopen(moment: Moment) -> str:
    """Return why no sheet can be given back, asked for a capital that has handed in if there is one."""
    box, state, _ = moment
    closed = [capital.id for capital in box.capitals if capital.id not in state.waiting]
    return _refused(moment, Reopen(closed[0] if closed else box.capitals[0].id, "-"))


def _inject(moment: Moment) -> str:
    cards = undrawn(moment[0], moment[1])
    return _refused(moment, Inject(cards[0].id)) if cards else "every card has been drawn"


def _withhold(moment: Moment) -> str:
    coming = [each for each in prospects(moment[0], moment[1]) if each.status in (DUE, LATER)]
    return _refused(moment, Withhold(coming[0].card)) if coming else "no inject is still to come"


def _turns(moment: Moment) -> str:
    """Return why the number of turns cannot change; asked for a number that it has not."""
    state = moment[1]
    other = state.turn + (1 if state.setup.turns != state.turn + 1 else 2)
    return _refused(moment, SetTurns(other, "-"))


def _answer(moment: Moment) -> str:
    asked = waiting(moment[2])
    return _refused(moment, Answer(asked[0].id, asked[0].capital, "-")) if asked else "no question waits"


def _rewind(moment: Moment) -> str:
    """Return why nothing can be taken back, asked for the latest place there is."""
    entries = moment[2]
    gone = undone(entries)
    keeps = next((n for n in range(len(entries) - 1, 0, -1) if n - 1 not in gone), 0)
    return _refused(moment, Rewind(keeps, "-")) if keeps else "nothing has happened yet"


def _branch(moment: Moment) -> str:
    phase = moment[1].phase
    return "there is nothing to branch off yet" if phase == SETUP else ""


def _first(command: Callable[[str], Command]) -> Callable[[Moment], str]:
    """Return what asks the rules with the first capital of the box."""
    return lambda moment: _refused(moment, command(moment[0].capitals[0].id))


_CLOSED: Final[dict[str, Callable[[Moment], str]]] = {
    "proceed": _proceed,
    "enter": _enter,
    "call-time": lambda moment: _refused(moment, CallTime()),
    "reopen": _reopen,
    "rule": _due("rule", WHITE_CELL, "no challenge waits"),
    "argue": _due("argue", WHITE_CELL, "no order outside the list waits"),
    "inject": _inject,
    "withhold": _withhold,
    "improvise": lambda moment: _refused(moment, Improvise("-", "-")),
    "clock": lambda moment: _refused(moment, SetClock("stop")),
    "turns": _turns,
    "note": lambda moment: _refused(moment, Note("note", "-")),
    "ask": _first(lambda capital: Ask("-", capital, "-")),
    "answer": _answer,
    "tell": _first(lambda capital: Tell(capital, 0)),
    "rewind": _rewind,
    "branch": _branch,
}
"""Why each lever is closed now, or an empty string."""
