"""The last cheap off-ramp that a dyad left and never came back to."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wargame.export import words
from wargame.export.rows import Row
from wargame.graph.parts import CHEAP, OffRamp
from wargame.graph.questions import LadderGraph
from wargame.report.figures import changes
from wargame.report.material import Material
from wargame.report.model import Reference
from wargame.rules import events as fact
from wargame.rules.box import Dyad


class Missed(Struct, frozen=True):
    """An off-ramp that was left. ``weight`` ranks it: how far the dyad went on from there."""

    text: str
    refs: tuple[Reference, ...]
    weight: int


def last_missed(m: Material) -> Missed | None:
    """Return the last cheap off-ramp that a dyad left without taking it, of the dyad that went farthest from it."""
    graph = LadderGraph(m.box.ladder)
    found = [each for dyad in m.box.dyads for each in _of_dyad(m, graph, dyad)]
    return max(found, key=lambda each: each.weight, default=None)


def _of_dyad(m: Material, graph: LadderGraph, dyad: Dyad) -> Iterator[Missed]:
    """Yield the step by which a dyad left its last cheap off-ramp for good, if it did."""
    left: tuple[Row, fact.RungChanged, OffRamp] | None = None
    highest = 0
    for row, event in changes(m):
        if event.dyad != dyad.id:
            continue
        source, number = m.box.rung_number[event.source], m.box.rung_number[event.to]
        if _cheapest(graph, event.to) is not None or (left and number <= m.box.rung_number[left[1].source]):
            left = None
            continue
        ramp = _cheapest(graph, event.source)
        if ramp is not None and number > source:
            left, highest = (row, event, ramp), number
        highest = max(highest, number)
    if left is None or _is_closed_by_talks(m, dyad):
        return
    row, event, ramp = left
    landing = m.box.landing[ramp.landing]
    talks = [
        r for r in m.counted if isinstance(r.event, fact.TalksHeld) and r.event.dyad == dyad.id and r.seq < row.seq
    ]
    tried = [
        r
        for r in talks
        if isinstance(r.event, fact.TalksHeld) and r.event.landing == ramp.landing and not r.event.landed
    ]
    offered = "Nobody had offered it."
    refs = [m.ref(row)]
    if tried:
        last = tried[-1].event
        assert isinstance(last, fact.TalksHeld)
        offered = f"{words.capitals(m.box, last.offered)} had offered it in turn {tried[-1].turn} without agreement."
        refs.append(m.ref(tried[-1]))
    text = (
        f"In turn {row.turn} {words.dyad(m.box, dyad.id)} left {words.rung(m.box, event.source)}, the last rung with a cheap way "
        f'out ("{landing.name}", {ramp.points:+d} points on talks), and came to {words.rung(m.box, event.to)}. {offered}'
    )
    span = max(1, len(m.box.ladder.rungs) - 1)
    yield Missed(text, tuple(refs), 500 + 500 * (highest - m.box.rung_number[event.source]) // span)


def _cheapest(graph: LadderGraph, rung: str) -> OffRamp | None:
    """Return the easiest off-ramp of a rung, if it is a cheap one."""
    ramps = graph.off_ramps(rung)
    return ramps[0] if ramps and ramps[0].points >= CHEAP else None


def _is_closed_by_talks(m: Material, dyad: Dyad) -> bool:
    """Whether talks closed the dyad's theatre in the end after all."""
    return any(
        isinstance(row.event, fact.TalksHeld) and row.event.dyad == dyad.id and row.event.landed and row.event.outcome
        for row in m.counted
    )
