"""What each fact says in plain sentences: the chronicle and the play-by-play on a screen are made of these.

A sentence is plain text on one line. What a side may not see is not in the event it is given, so it is not said either.
"""

from __future__ import annotations

from typing import Final

from wargame.export import adjudicated, directed, told, words
from wargame.rules import state as phases
from wargame.rules.box import Box
from wargame.rules.events import Event

PHASE_TITLES: Final = {
    phases.SETUP: "Before the first turn",
    phases.UPDATE: "Update",
    phases.SIGNAL: "Signals",
    phases.BELIEFS: "Beliefs",
    phases.ORDERS: "Orders",
    phases.ADJUDICATION: "Adjudication",
    phases.CONSEQUENCES: "Consequences",
    phases.ENDED: "The end",
}


_SAYS: Final = {**told.SAYS, **adjudicated.SAYS, **directed.SAYS}


def sentences(box: Box, event: Event) -> list[str]:
    """Return what an event says, none for one that only moves the table on. Consequences are :func:`consequences`."""
    say = _SAYS.get(type(event))
    return [words.sentence(text) for text in say(box, event) if text] if say else []


def consequences(box: Box, event: Event) -> str:
    """Return what an event moved, in one sentence, or an empty string."""
    changes = tuple(getattr(event, "changes", ())) + tuple(getattr(event, "under_way", ()))
    return words.sentence(words.moved(box, changes))
