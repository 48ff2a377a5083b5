"""Ladders: rungs that nobody reaches, doors that close behind, ways that nobody takes."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.content.library import Item
from wargame.content.review.stage import Finding, Review, Stage
from wargame.content.schema_rules import Edge, Ladder


def review(review: Review) -> Iterator[Finding]:
    """Yield what is odd about every ladder, judged by the scenarios that are played on it."""
    for table, item in review.all("ladder", Ladder):
        stages = [stage for stage in review.stages if stage.frame.ladder_item.spot == item.spot]
        yield from _unreached(table, item, stages)
        yield from _one_way(table, item)
        if stages:
            yield from _unused(table, item, stages)


def _unreached(table: Ladder, item: Item, stages: list[Stage]) -> Iterator[Finding]:
    reached = _by_scenarios(stages) if stages else _by_edges(table)
    for place, rung in enumerate(table.rung):
        if rung.id not in reached and place >= _lowest(stages):
            begins = "where any dyad begins" if stages else table.rung[0].id
            message = f"nothing ever leads from {begins} to {rung.id}"
            yield Finding(item.spot.at("rung", place), "WG701", message, f'add an edge with to = ["{rung.id}"]')


def _lowest(stages: list[Stage]) -> int:
    """Return the lowest rung on which any dyad begins: nobody is meant to go below it."""
    return min((dyad.start[-1].rung for stage in stages for dyad in stage.box.dyads if dyad.start), default=0)


def _by_scenarios(stages: list[Stage]) -> set[str]:
    return {
        rung.id
        for stage in stages
        for number, rung in enumerate(stage.box.ladder.rungs)
        if any(stage.reach.is_reached(dyad.id, number) for dyad in stage.box.dyads)
    }


def _by_edges(table: Ladder) -> set[str]:
    """Return the rungs to which written edges lead from the lowest, whoever takes them."""
    found, waiting = set[str](), [table.rung[0].id]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting.extend(to for edge in table.edge if here in edge.source for to in edge.to)
    return found


def _one_way(table: Ladder, item: Item) -> Iterator[Finding]:
    """Yield the rungs from which no landing leads, but the lowest: there is nothing to come down from."""
    left = {rung for landing in table.landing for rung in landing.source}
    for place, rung in enumerate(table.rung[1:], start=1):
        if rung.id not in left and not rung.one_way:
            hint = f'add a landing with from = ["{rung.id}"], or write one_way = true on the rung if that is meant'
            yield Finding(item.spot.at("rung", place), "WG702", f"no landing leads away from {rung.id}", hint)


def _unused(table: Ladder, item: Item, stages: list[Stage]) -> Iterator[Finding]:
    lowest = {rung.id for rung in table.rung[: _lowest(stages)]}
    taken = {stage.box.steps[place].edge for stage in stages for place in stage.reach.steps}
    for place, edge in enumerate(table.edge):
        is_below = lowest.issuperset(edge.source)
        if edge.type != "wormhole" and not is_below and taken.isdisjoint(_names(edge)):
            spot = item.spot.at("edge", place)
            ways = f"{' or '.join(edge.source)} to {' or '.join(edge.to)}"
            yield Finding(
                spot, "WG703", f"nobody can ever climb from {ways} by this edge", _why_not(table, edge, stages)
            )
    landed = {landing for stage in stages for landing, _ in stage.reach.landings}
    for place, landing in enumerate(table.landing):
        if landing.id not in landed:
            message = "no talks can ever reach this landing"
            yield Finding(item.spot.at("landing", place), "WG703", message, "look at its from and its when")


def _names(edge: Edge) -> list[str]:
    return [f"{source}-{target}" for source in edge.source for target in edge.to]


def _why_not(table: Ladder, edge: Edge, stages: list[Stage]) -> str:
    """Return the first thing in the way: nobody of the role, a rung that is never stood on, or conditions."""
    names = _names(edge)
    bound = [(stage, step) for stage in stages for step in stage.box.steps if step.edge in names]
    if not bound:
        within = {rung.id: rung.within for rung in table.rung}
        kinds = " and ".join(dict.fromkeys(within[to] for to in edge.to if to in within))
        return f"no {' or '.join(edge.who)} is a party of a dyad that climbs there: in = {kinds}"
    if not any(stage.reach.can_start(step) for stage, step in bound):
        return f"those who may take it never stand on {' or '.join(edge.source)}"
    return "its conditions never hold, or it cannot be paid"
