"""Chance, addressed by purpose: the same seed gives the same luck to the same question, whatever else was asked."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b


class Dice:
    """All chance of one exercise. ``seed`` is any whole number of at most 64 bytes."""

    __slots__ = ("_key", "_orders", "seed")

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._key = str(seed).encode()[:64]
        self._orders: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}

    def _draw(self, purpose: Iterable[object], size: int) -> bytes:
        return blake2b("|".join(map(str, purpose)).encode(), key=self._key, digest_size=size).digest()

    def percent(self, *purpose: object) -> int:
        """Return the roll of two ten-sided dice, 1 to 100, for this purpose."""
        return int.from_bytes(self._draw(purpose, 8), "big") % 100 + 1

    def six(self, *purpose: object) -> int:
        """Return the roll of a six-sided die for this purpose."""
        return int.from_bytes(self._draw(purpose, 8), "big") % 6 + 1

    def salt(self, *purpose: object) -> str:
        """Return 32 hexadecimal digits for this purpose."""
        return self._draw(("salt", *purpose), 16).hex()

    def order(self, purpose: str, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Return ``ids`` shuffled, always alike. Adding or removing one leaves the order of the others as it was."""
        known = self._orders.get((purpose, ids))
        if known is None:
            known = self._orders[(purpose, ids)] = tuple(sorted(ids, key=lambda each: self._draw((purpose, each), 8)))
        return known
