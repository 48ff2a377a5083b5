"""A trial: what an input would bring as things stand, without a throw of the real dice and without a trace.

The dice of an exercise lie in its seed, so to try an input with them would be to foretell them, and a white cell could
choose among futures. Here every die falls to the likelier side instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from wargame.errors import Refused
from wargame.rules.box import Box
from wargame.rules.dice import Dice
from wargame.rules.events import Event
from wargame.rules.journal import Entry, accept
from wargame.rules.orders import Command
from wargame.rules.state import State


class Likelier(Dice):
    """Dice that fall to the likelier side: a chance of fifty percent or more comes true, a smaller one does not."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(0)

    def percent(self, *purpose: object) -> int:  # noqa: ARG002
        """Return the middle of a hundred."""
        return 50

    def six(self, *purpose: object) -> int:
        """Return the middle of six; two of them make the likeliest sum."""
        return 3 if purpose and purpose[-1] == 1 else 4


def brought(box: Box, state: State, entries: Sequence[Entry], command: Command) -> tuple[Event, ...]:
    """Return the facts that an input would bring now. Raises Refused."""
    return accept(box, entries, state, command, Likelier())[1]


def why_refused(box: Box, state: State, entries: Sequence[Entry], command: Command) -> tuple[str, str]:
    """Return why the rules refuse an input now and the number of the rule, or two empty strings if they accept it."""
    try:
        brought(box, state, entries, command)
    except Refused as fault:
        rule = f" (rule {fault.rule})"
        return str(fault).removesuffix(rule), fault.rule
    return "", ""
