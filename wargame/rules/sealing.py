"""Sealing: a digest commits a capital to its sheet before the reveal; salt keeps others from guessing it."""

from __future__ import annotations

from hashlib import sha256

import msgspec

from wargame.rules.orders import Sheet

_ENCODER = msgspec.json.Encoder(order="deterministic")


def digest(capital: str, turn: int, sheet: Sheet, salt: str) -> str:
    """Return the SHA-256 digest, in hexadecimal, of a sheet of this capital and turn with its salt."""
    return sha256(_ENCODER.encode((capital, turn, salt, sheet))).hexdigest()


def receipt(sealed: str) -> str:
    """Return the short form of a digest that is printed when a sheet is sealed, such as ``7f3a-91c2``."""
    return f"{sealed[:4]}-{sealed[4:8]}"
