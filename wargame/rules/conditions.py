"""Conditions of the content language, compiled: ``ADDRESS OP VALUE``; all clauses must hold, any atom suffices a clause."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from wargame.rules.tracks import Values

OPERATORS: Final = ("=", "!=", "<", "<=", ">", ">=")
"""Comparison signs; an atom stores the place of its sign here."""

Atom = tuple[int, int, int, int]
"""Block, place, place of the operator, raw value."""


class Clause(Struct, frozen=True, gc=False):
    """Holds when any of its atoms does. ``text`` is what the author wrote, for messages."""

    text: str
    atoms: tuple[Atom, ...]


Conditions = tuple[Clause, ...]
"""All clauses must hold; an empty tuple always does."""


def holds(conditions: Conditions, values: Values) -> bool:
    """Whether every clause holds. A value hidden from the view that is asked counts as not holding."""
    for clause in conditions:
        for block, place, operator, value in clause.atoms:
            numbers = values[block]
            if not numbers:
                continue
            found = numbers[place]
            if (
                (operator == 5 and found >= value)
                or (operator == 2 and found < value)
                or (operator == 0 and found == value)
                or (operator == 3 and found <= value)
                or (operator == 4 and found > value)
                or (operator == 1 and found != value)
            ):
                break
        else:
            return False
    return True


def failing(conditions: Conditions, values: Values) -> str:
    """Return the text of the first clause that does not hold, or an empty string."""
    for clause in conditions:
        if not holds((clause,), values):
            return clause.text
    return ""
