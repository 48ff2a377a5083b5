"""Room for words in a picture: how wide a text is, where it breaks, and how labels keep out of each other's way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wargame.export.text import plain

_NARROW: Final = {
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
    units = sum(_NARROW.get(each, 560 if ord(each) < 0x2E80 else 1000) for each in plain(text))
    return units * size * _SAFETY * (1.07 if bold else 1.0) / 1000


def fitted(text: str, room: float, size: float = 12.0, bold: bool = False) -> str:
    """Return a text cut to what fits, with an ellipsis where something was cut."""
    text = plain(text)
    if width_of(text, size, bold) <= room:
        return text
    while text and width_of(f"{text}…", size, bold) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


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


def initials(names: Sequence[str]) -> dict[str, str]:
    """Return the shortest beginning, at most three letters, that tells each name from the others; else a number."""
    found: dict[str, str] = {}
    for name in names:
        for letters in (1, 2, 3):
            short = name[:letters]
            if short and sum(1 for other in set(names) if other.startswith(short)) == 1:
                found[name] = short
                break
        else:
            found[name] = str(list(dict.fromkeys(names)).index(name) + 1)
    return found
