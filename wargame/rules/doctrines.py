"""Doctrines: how an unplayed capital chooses. Content says what it prefers; ``wargame.bots`` does the choosing."""

from __future__ import annotations

from msgspec import Struct

from wargame.rules.conditions import Conditions
from wargame.rules.orders import Deed, Dial, Move, Reply, Terms


class Preference(Struct, frozen=True, gc=False):
    """A wish with a weight that counts while ``when`` holds on the view. Exactly one of the wishes is set.

    ``below``: only while the staff estimate that the climb is deterred is under this percentage (100: always).
    ``weight`` adds up over preferences for the same thing; below or at zero it is not wished.
    """

    weight: int
    why: str
    when: Conditions = ()
    below: int = 100
    move: Move | None = None
    terms: Terms | None = None
    dial: Dial | None = None
    reply: Reply | None = None
    priority: str = ""


class Saying(Struct, frozen=True, gc=False):
    """A declaration a doctrine makes once while ``when`` holds. ``means_it``: it also seals the reply that keeps it."""

    kind: str
    to: str
    dyad: str
    rung: int
    deed: Deed
    why: str
    when: Conditions = ()


class Doctrine(Struct, frozen=True, gc=False):
    """A school's way of playing one seat.

    ``card``: a paragraph a player may read; ``press_on``: percent of deterred climbs it wishes to press on with;
    ``noise``: 0 always takes what it wishes most, 3 is erratic; ``leans``: weights of words on card options.
    """

    id: str
    name: str
    seat: str
    card: str
    press_on: int = 0
    noise: int = 0
    leans: tuple[tuple[str, int], ...] = ()
    prefer: tuple[Preference, ...] = ()
    declare: tuple[Saying, ...] = ()
