"""Checks of a ladder: what cannot work, what is probably a slip, what a designer may want to know."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from wargame.graph.parts import BEYOND, Finding
from wargame.graph.questions import LadderGraph
from wargame.rules.ladder import NUCLEAR_USE

LEVELS: Final = ("fault", "warning", "note")
"""Levels of a finding, the gravest first."""


def findings(graph: LadderGraph) -> tuple[Finding, ...]:
    """Return everything worth saying about a ladder, faults first, otherwise from the lowest rung up."""
    found = [*_rungs(graph), *_zones(graph), *_landings(graph), *_edges(graph), *_whole(graph)]
    return tuple(sorted(found, key=lambda finding: LEVELS.index(finding.level)))


def _rungs(graph: LadderGraph) -> Iterator[Finding]:
    rungs = graph.ladder.rungs
    lowest = rungs[0].id
    ordered, ever = set(graph.reachable(lowest)), set(graph.reachable(lowest, also=BEYOND))
    closed = set(graph.without_exit())
    for rung in rungs[1:]:
        if rung.id not in ever:
            yield Finding("unreachable", "fault", rung.id, f"no way leads from {lowest} to {rung.id} ({rung.name})")
        elif rung.id not in ordered:
            text = f"{rung.id} ({rung.name}) is reached by accident or from the other theatre only"
            yield Finding("beyond-only", "note", rung.id, text)
    for rung in rungs:
        if rung.id in closed:
            level = "note" if rung.marks else "warning"
            yield Finding("no-exit", level, rung.id, f"no edge and no landing leads away from {rung.id} ({rung.name})")
        elif rung.zone > 0 and not graph.off_ramps(rung.id):
            yield Finding("no-off-ramp", "warning", rung.id, f"talks have nowhere to land from {rung.id} ({rung.name})")
    for below, rung in pairwise(rungs):
        if rung.severity < below.severity:
            text = f"{rung.id} is less severe ({rung.severity}) than {below.id} beneath it ({below.severity})"
            yield Finding("severity-falls", "note", rung.id, text)


def _zones(graph: LadderGraph) -> Iterator[Finding]:
    used = {rung.zone for rung in graph.ladder.rungs}
    for number, zone in enumerate(graph.ladder.zones):
        if number not in used:
            yield Finding("empty-zone", "warning", zone.id, f"no rung lies in the zone {zone.id}")
        if number and not zone.firebreak:
            yield Finding("no-firebreak", "note", zone.id, f"the zone {zone.id} is entered without a named firebreak")


def _landings(graph: LadderGraph) -> Iterator[Finding]:
    for landing in graph.ladder.landings:
        if not landing.source:
            yield Finding("landing-unused", "warning", landing.id, f"no rung leads to the landing {landing.id}")
        if not (landing.outcome or landing.stops_war or landing.undoes or landing.pauses):
            yield Finding(
                "landing-idle", "note", landing.id, f"the landing {landing.id} neither moves nor stops anything"
            )


def _edges(graph: LadderGraph) -> Iterator[Finding]:
    rungs = graph.ladder.rungs
    for edge in graph.ladder.edges:
        crossed = rungs[edge.target].zone - rungs[edge.source].zone
        if edge.type == "up" and crossed > 1:
            text = f"the step up from {rungs[edge.source].id} to {rungs[edge.target].id} crosses {crossed} firebreaks"
            yield Finding("several-firebreaks", "note", edge.id, f"{text}; only the highest is asked")
    ordered = {role for edge in graph.ladder.edges for role in edge.who}
    for role in ("challenger", "partner", "patron"):
        if role not in ordered:
            yield Finding("idle-role", "warning", role, f"no edge is open to a {role}")


def _whole(graph: LadderGraph) -> Iterator[Finding]:
    marked = [rung for rung in graph.ladder.rungs if NUCLEAR_USE in rung.marks]
    if not marked:
        yield Finding("no-nuclear-use", "note", "", f"no rung is marked {NUCLEAR_USE}, so no ending can ask for it")
    elif graph.distance(graph.ladder.rungs[0].id, also=BEYOND) is None:
        yield Finding("unreachable", "fault", marked[0].id, f"no way leads to a rung marked {NUCLEAR_USE}")
    doors = graph.one_way_doors()
    if doors:
        first = doors[0]
        text = (
            f"{len(doors)} one-way doors: after them only a step down leads back, as after {first.source} to {first.to}"
        )
        yield Finding("one-way", "note", "", text)
