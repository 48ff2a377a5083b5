"""Switches: disputed questions, such as how far a broken word travels, that whoever sets an exercise up may answer otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from wargame.errors import UsageError, nearest
from wargame.rules.box import Box
from wargame.rules.tracks import Block


def switched(box: Box, settings: Sequence[tuple[str, str]]) -> Box:
    """Return the box with switches set, each an address and a word or number of its track.

    Raises UsageError for what is no switch and for a value that its track has not.
    """
    blocks = [list(block.start) for block in box.blocks]
    for address, value in settings:
        if address not in box.switches:
            known = ", ".join(box.switches) or "this scenario has none"
            raise UsageError(f"no switch {address!r}: {known}.{nearest(address, box.switches)}")
        track = box.track[address]
        words = track.words or tuple(str(track.shown(raw)) for raw in range(track.low, track.high + 1))
        if value not in words:
            raise UsageError(f"{address} is not {value!r}: {', '.join(words)}.{nearest(value, words)}")
        blocks[track.block][track.place] = words.index(value) + track.low
    starts = zip(box.blocks, blocks, strict=True)
    return replace(box, blocks=tuple(Block(block.audience, tuple(start)) for block, start in starts))
