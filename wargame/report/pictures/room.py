"""Room for words in a picture: how wide a text is, where it breaks, and how labels keep out of each other's way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from wargame.export.text import plain

_WIDE: Final = {
    **dict.fromkeys("ijl'|", 230),
    **dict.fromkeys(" ,.;:!/\\I[]tf", 280),
    **dict.fromkeys('r()-`"*', 345),
    **dict.fromkeys("Jsckvxyz^", 500),
    **dict.fromkeys("CDHNRUw&", 722),
    **dict.fromkeys("GOQmMW@%", 860),
    **dict.fromkeys("ABEKPSVXYFLTZ+<=>~", 640),
}
"""Widths of characters in thousandths of the font size, after Helvetica; others count as 560, and 1000 outside Latin."""

_SAFETY: Final = 1.01


def width_of(text: str, size: float = 12.0, bold: bool = False) -> float:
    """Return about how wide a text is, rather too wide than too narrow."""
    return sum(map(_units, plain(text))) * _scale(size, bold)


def fitted(text: str, room: float, size: float = 12.0, bold: bool = False) -> str:
    """Return a text cut to what fits, with an ellipsis where something was cut."""
    text, scale = plain(text), _scale(size, bold)
    most, used, fits = room - _units("…") * scale, 0.0, 0
    for number, each in enumerate(text, start=1):
        used += _units(each) * scale
        if used <= most:
            fits = number
        if used > room:
            return f"{text[:fits].rstrip()}…" if most >= 0 else ""
    return text


def _units(character: str) -> int:
    return _WIDE.get(character, 560 if ord(character) < 0x2E80 else 1000)


def _scale(size: float, bold: bool) -> float:
    return size * _SAFETY * (1.1 if bold else 1.0) / 1000


def broken(text: str, room: float, lines: int = 2, size: float = 12.0, bold: bool = False) -> list[str]:
    """Return a text in at most so many lines that fit; what is too long for the last line is cut."""
    found: list[str] = []
    left = plain(text).split()
    while left and len(found) < lines - 1:
        taken = 1
        while taken < len(left) and width_of(" ".join(left[: taken + 1]), size, bold) <= room:
            taken += 1
        found.append(fitted(" ".join(left[:taken]), room, size, bold))
        left = left[taken:]
    return [*found, fitted(" ".join(left), room, size, bold)] if left else found


def kept_in(centre: float, wide: float, low: float, high: float) -> float:
    """Return the centre of a label moved as little as needed to keep it between two edges."""
    return max(low + wide / 2, min(high - wide / 2, centre))


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Return centres near those wanted at which things of these sizes do not overlap, between two edges if they fit.

    Where they do not fit at all they keep their order and share the room evenly.
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    total = sum(sizes)
    if total > high - low:
        sizes = [size * (high - low) / total for size in sizes]
    centres = [0.0] * len(wanted)
    blocks: list[tuple[float, list[int]]] = []
    for place in order:
        members = [place]
        while True:
            tall = sum(sizes[each] for each in members)
            middle = _best_middle(members, wanted, sizes)
            start = max(low, min(high - tall, middle - tall / 2))
            if not blocks or blocks[-1][0] + sum(sizes[each] for each in blocks[-1][1]) <= start:
                break
            members = [*blocks.pop()[1], *members]
        blocks.append((start, members))
    for start, members in blocks:
        at = start
        for each in members:
            centres[each] = at + sizes[each] / 2
            at += sizes[each]
    return centres


def _best_middle(members: Sequence[int], wanted: Sequence[float], sizes: Sequence[float]) -> float:
    """Return where the middle of a stack must lie so that its members are, on average, where they want to be."""
    tall, at, shift = sum(sizes[each] for each in members), 0.0, 0.0
    for each in members:
        shift += wanted[each] - (at + sizes[each] / 2)
        at += sizes[each]
    return shift / len(members) + tall / 2


def lanes(places: Sequence[float], room: float) -> list[int]:
    """Return a lane from 0 for each place on a line, so that no two in one lane are nearer than ``room``."""
    last: list[float] = []
    found = [0] * len(places)
    for each in sorted(range(len(places)), key=lambda place: places[place]):
        lane = next((n for n, end in enumerate(last) if places[each] - end >= room), len(last))
        if lane == len(last):
            last.append(places[each])
        last[lane] = places[each]
        found[each] = lane
    return found


def initials(names: Iterable[str]) -> dict[str, str]:
    """Return one letter for each name that begins like no other, two for the others, a number where letters will not do."""
    every = tuple(dict.fromkeys(names))
    found: dict[str, str] = {}
    for number, name in enumerate(every, start=1):
        others = [other for other in every if other != name]
        pairs = (f"{name[:1]}{letter}" for letter in name[1:] if letter.isalpha())
        free = (
            short
            for short in (name[:1], *pairs)
            if short and short not in found.values() and not any(other.startswith(short) for other in others)
        )
        found[name] = next(free, str(number))
    return found
