"""What the graph of a ladder answers with: moves, off-ramps, chances, findings."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

DOWN: Final = "down"
"""Type of a step back to where a dyad came from; nobody writes it, it follows from the stack of climbs."""

WORMHOLE, HORIZONTAL = "wormhole", "horizontal"
BEYOND: Final = (WORMHOLE, HORIZONTAL)
"""Types that are no step of one dyad by itself: accidents, and what the other theatre opens."""

CHEAP: Final = -10
"""Points on talks from which on an off-ramp counts as cheap."""


class Move(Struct, frozen=True):
    """One edge. ``who`` are roles, empty where only events take it; ``firebreak`` is the name of the one crossed.

    ``face`` is what a step down costs its holder.
    """

    type: str
    source: str
    to: str
    who: tuple[str, ...] = ()
    start: str = "dyad"
    firebreak: str = ""
    face: int = 0


class OffRamp(Struct, frozen=True):
    """A landing that talks may reach from a rung. ``points`` are percentage points on its chance, zone and landing together.

    ``kind``: ``pauses``, ``undoes``, ``stops-war``, ``closes`` the theatre, or ``talks``.
    """

    rung: str
    landing: str
    points: int
    kind: str


class LastOffRamp(Struct, frozen=True):
    """The last rung, going up, with a cheap off-ramp. ``is_behind``: it lies below where one stands."""

    ramp: OffRamp
    is_behind: bool


class Chance(Struct, frozen=True):
    """The likeliest way and the product of its odds, a probability in [0, 1]. Other ways are not added."""

    moves: tuple[Move, ...]
    probability: float


class Finding(Struct, frozen=True):
    """Something about a ladder. ``level``: ``fault`` (it cannot work), ``warning`` or ``note``; ``where``: rung, edge or zone."""

    code: str
    level: str
    where: str
    text: str
