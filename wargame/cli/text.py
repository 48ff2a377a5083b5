"""The one door through which text reaches a terminal."""

from __future__ import annotations

import unicodedata
from typing import Final

_SHOWN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories that steer a terminal, hide, reorder what a person reads, or mean nothing yet."""


def safe_text(text: str) -> str:
    """Return text whose control, format, surrogate and private characters are visible as ``\\u{..}``.

    Line feeds stay; a tab becomes one space. Markup stays as it is: texts go to Rich as ``Text``, which reads none.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


def name_of(path: object) -> str:
    """Return a path as safe text on one line, nothing left out."""
    return safe_text(str(path)).replace("\n", "\\u{a}")


def one_line(text: str, keep: bool = False) -> str:
    """Return safe text on one line; ``keep`` leaves its spaces as they are."""
    return safe_text(text.replace("\n", " ") if keep else " ".join(text.split()))


def _shown(character: str) -> str:
    if character == "\n":
        return character
    if character == "\t":
        return " "
    return f"\\u{{{ord(character):x}}}" if unicodedata.category(character) in _SHOWN else character
