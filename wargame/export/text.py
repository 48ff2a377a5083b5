"""Text from files and people, made safe for where it goes: a spreadsheet, Markdown, one line."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_INLINE: Final = re.compile(r"([\\`*_\[\]<>|~&#$!])")
_AT_START: Final = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)]))")


def plain(text: str) -> str:
    """Return text on one line, every character that does not print or changes direction made visible."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def cell(text: str) -> str:
    """Return text for a cell of a table; a spreadsheet cannot take it for a formula."""
    shown = plain(text)
    starts = text.startswith(_FORMULA) or shown.lstrip().startswith(_FORMULA)
    return f"'{shown}" if starts else shown


def markdown(text: str) -> str:
    """Return text that Markdown shows as it is: no markup, link, image, HTML, table cell or list starts in it."""
    return _AT_START.sub(r"\1\\\2", _INLINE.sub(r"\\\1", plain(text))) if text else ""


def _visible(character: str) -> str:
    if character in "\n\t\r" or unicodedata.category(character) == "Zs":
        return " "
    if unicodedata.category(character) in _HIDDEN:
        return f"\\u{{{ord(character):x}}}"
    return character
