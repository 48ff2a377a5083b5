"""Every number of the game is a track with an address, and every track belongs to a block with one audience.

An address is ``SUBJECT.TRACK``: ``north.face``, ``north>south.own.will.seen``, ``patron>south.permission``,
``north-south.rung``, ``strait.rung``, ``world.cohesion``. A state stores raw integers: tracks marked ``half`` count
half points (5 means two and a half points), tracks with ``words`` count the place of the word, all others are whole.

Who may see a number is decided by where it is stored. A state's values are a tuple of blocks, a block has one
audience, and a view simply holds the blocks of its capital: what a capital cannot see is not there to leak.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from wargame.errors import nearest

Values = tuple[tuple[int, ...], ...]
"""Raw numbers by block, then by place within the block."""

Ref = tuple[int, int]
"""Where a track is stored: block, place."""

EVERYONE: Final = "*"
"""The audience of public blocks."""

LOWEST, HIGHEST = 2, 10
"""The rating scale of one to five points, in half points."""


class Track(Struct, frozen=True, gc=False):
    """One number: its address, its range and where it is stored.

    ``low`` and ``high`` are raw (see the module's docstring); ``words`` are in rising order.
    """

    address: str
    low: int
    high: int
    half: bool
    words: tuple[str, ...]
    block: int
    place: int

    @property
    def ref(self) -> Ref:
        """Block and place."""
        return (self.block, self.place)

    def clamp(self, raw: int) -> int:
        """Return ``raw`` kept within the track's range."""
        return self.low if raw < self.low else self.high if raw > self.high else raw

    def shown(self, raw: int) -> int | float | str:
        """Return a raw value as people write it: a word, whole points, or points with a half."""
        if self.words:
            return self.words[raw] if 0 <= raw < len(self.words) else raw
        if self.half:
            return raw // 2 if raw % 2 == 0 else raw / 2
        return raw

    def raw(self, shown: object) -> int:
        """Return the raw value of what :meth:`shown` gave. Raises ValueError when it is not one."""
        if self.words:
            if isinstance(shown, str) and shown in self.words:
                return self.words.index(shown)
            raise ValueError(
                f"{self.address}: {shown!r} is not one of {', '.join(self.words)}.{nearest(str(shown), self.words)}"
            )
        if isinstance(shown, bool) or not isinstance(shown, (int, float)):
            raise ValueError(f"{self.address}: {shown!r} is not a number")
        doubled = shown * 2 if self.half else shown
        if doubled != int(doubled):
            raise ValueError(f"{self.address}: {shown!r} is finer than {'half a point' if self.half else 'one point'}")
        return int(doubled)


class Block(Struct, frozen=True, gc=False):
    """A group of tracks that the same capitals see. ``audience`` is ``("*",)`` for public, empty for the white cell."""

    audience: tuple[str, ...]
    start: tuple[int, ...]

    def is_seen_by(self, capital: str) -> bool:
        """Whether this capital may see the block."""
        return capital in self.audience or EVERYONE in self.audience


class Change(Struct, frozen=True, gc=False):
    """One track moved from ``old`` to ``new`` (raw). ``until`` is the turn at whose update it lapses; 0 means it stays."""

    address: str
    old: int
    new: int
    until: int = 0


def read(values: Values, ref: Ref) -> int:
    """Return the raw number stored at ``ref``."""
    return values[ref[0]][ref[1]]
