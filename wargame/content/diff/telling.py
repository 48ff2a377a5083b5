"""Values and texts as a sentence about a change shows them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, Final

SHORT: Final = 90
"""Characters of a text that is shown whole; of longer ones only what differs is."""

AROUND: Final = 3
"""Words shown on either side of what differs."""

_PIECE: Final = re.compile(r"\S+")
_ADDRESS: Final = re.compile(r"[^\s=<>!+~-]+(?:-[^\s=<>!+~-]+)*(?:>[^\s=<>!+~]+)?")


def shown(value: Any) -> str:
    """Return a value in a sentence."""
    if value is None or value in ("", [], {}):
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"{value:g}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        return f'"{" ".join(value.split())}"'
    if isinstance(value, dict):
        return ", ".join(f"{key} {shown(inner)}" for key, inner in value.items())
    return ", ".join(shown(each) for each in value)


def sentence(value: Any) -> str:
    """Return a condition or effect; of several of which any is enough, all."""
    return f'"{" or ".join(map(str, value)) if isinstance(value, list) else value}"'


def about(value: Any) -> str:
    """Return what a sentence is about: its address; an empty string for one of several."""
    found = _ADDRESS.match(value) if isinstance(value, str) else None
    return found.group() if found else ""


def both(new: Any, old: Any) -> str:
    """Return ``NEW, was OLD``; of long texts only the part that differs, with a few words around it."""
    if isinstance(new, str) and isinstance(old, str) and new and old and max(len(new), len(old)) > SHORT:
        return "; ".join(f"{part}, was {earlier}" for part, earlier in _parts(new, old))
    return f"{shown(new)}, was {shown(old)}"


def _parts(new: str, old: str) -> list[tuple[str, str]]:
    words, before = _PIECE.findall(new), _PIECE.findall(old)
    found: list[tuple[str, str]] = []
    last = (0, 0)
    for tag, start, end, first, stop in SequenceMatcher(None, before, words, autojunk=False).get_opcodes():
        if tag == "equal" and end - start > 2 * AROUND and last != (start, first):
            found.append((_cut(words, last[1], first), _cut(before, last[0], start)))
        if tag == "equal" and end - start > 2 * AROUND:
            last = (end, stop)
    if last != (len(before), len(words)):
        found.append((_cut(words, last[1], len(words)), _cut(before, last[0], len(before))))
    return found


def _cut(words: Sequence[str], start: int, end: int) -> str:
    first, last = max(0, start - AROUND), min(len(words), end + AROUND)
    lead, tail = "... " if first else "", " ..." if last < len(words) else ""
    return f'"{lead}{" ".join(words[first:last])}{tail}"'
