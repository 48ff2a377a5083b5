"""Measures: what a capital may order besides moving on the ladder, talking and setting permissions."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from wargame.rules.conditions import Conditions
from wargame.rules.effects import Effects
from wargame.rules.ladder import Test

STEPS: Final = ("aid", "posture", "signal")
"""Where in the printed sequence a measure is carried out, in order; all come before climbs."""


class Measure(Struct, frozen=True, gc=False):
    """What a player reads about a measure. ``marks`` are words that declarations and cards may ask for.

    ``carries_out``: the slot of threat that ordering it carries out, or empty.
    """

    id: str
    title: str
    text: str
    concept: str
    marks: tuple[str, ...] = ()
    carries_out: str = ""


class Delivery(Struct, frozen=True, gc=False):
    """A measure that takes time: ``turns`` until it is fielded; ``under_way`` holds while it is in transit.

    ``stops``: while these hold, transit waits a turn.
    """

    turns: int
    under_way: Effects = ()
    fielded: Effects = ()
    stops: Conditions = ()


class Action(Struct, frozen=True, gc=False):
    """A measure bound to who orders it and for whom: what the rules look up. ``target`` may be empty.

    ``theatre`` is where it takes place (empty: nowhere in particular), ``cost`` is influence, ``quiet`` keeps the order
    and what is under way from those who are not ``witnesses`` (capitals; empty means public).
    """

    measure: str
    capital: str
    target: str
    theatre: str
    step: str
    cost: int
    when: Conditions = ()
    then: Effects = ()
    delivery: Delivery | None = None
    tests: tuple[Test, ...] = ()
    witnesses: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
