"""Which places in the log a report cites: every reference in it, each event once, in the log's order."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wargame.export.sentences import PHASE_TITLES
from wargame.report.model import Reference, Report


class Cited(Struct, frozen=True):
    """A cited event. ``when`` is its turn and phase in words, and the clock where one is known."""

    ref: Reference
    when: str


def cited_in(report: Report) -> tuple[Cited, ...]:
    """Return each cited event once; of several references to one event, that with the longest quotation.

    Clocks are told as hours and minutes; with their day, where the exercise took more than one.
    """
    found: dict[int, Reference] = {}
    for ref in _references(report):
        known = found.get(ref.seq)
        if known is None or len(ref.quote) > len(known.quote):
            found[ref.seq] = ref
    days = {ref.at[:10] for ref in found.values() if _is_clock(ref.at)}
    return tuple(Cited(found[seq], _when(found[seq], len(days) > 1)) for seq in sorted(found))


def _when(ref: Reference, with_day: bool) -> str:
    at = ref.at
    if _is_clock(at):
        at = f"{at[:10]} {at[11:16]}" if with_day else at[11:16]
    turn = f"Turn {ref.turn}" if ref.turn else ""
    return ", ".join(part for part in (turn, PHASE_TITLES.get(ref.phase, ref.phase), at) if part)


def _is_clock(at: str) -> bool:
    """Whether this is a day and a time of day, and not minutes since the start."""
    return len(at) >= 16 and at[10] == "T"


def _references(value: object) -> Iterator[Reference]:
    if isinstance(value, Reference):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _references(each)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _references(getattr(value, name))
