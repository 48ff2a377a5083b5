"""What no output may hold: characters that steer a terminal, hide or turn text."""

from __future__ import annotations

import unicodedata
from typing import Final

STEERING: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Their Unicode categories, written out here once more: a fault in the program's own list is not to pass the tests."""


def steering(text: str) -> set[str]:
    """Return the characters of a text that steer, line feeds apart, as ``U+202E``."""
    return {f"U+{ord(each):04X}" for each in text if each != "\n" and unicodedata.category(each) in STEERING}
