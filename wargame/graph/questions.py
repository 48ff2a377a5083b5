"""Questions to a ladder: legal moves, ways down, off-ramps, doors that close behind, distances.

Everything that needs networkx is here; the rules never do, for they look up compiled steps. Nodes are rung ids.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from math import exp, log
from typing import Any, Final

import networkx as nx  # type: ignore[import-untyped]  # it ships no types

from wargame.graph.drawings import label
from wargame.graph.parts import (
    BEYOND,
    CHEAP,
    DOWN,
    HORIZONTAL,
    WORMHOLE,
    Chance,
    LastOffRamp,
    Move,
    OffRamp,
)
from wargame.rules.ladder import NUCLEAR_USE, Edge, Ladder, Landing

_FEWER_STEPS_FIRST: Final = 1000


class LadderGraph:
    """A ladder as a directed graph. Every question raises KeyError for a rung that is not on it."""

    def __init__(self, ladder: Ladder) -> None:
        self.ladder = ladder
        self._number = {rung.id: number for number, rung in enumerate(ladder.rungs)}
        self._up = nx.DiGraph()
        self._down = nx.DiGraph()
        for number, rung in enumerate(ladder.rungs):
            for graph in (self._up, self._down):
                graph.add_node(rung.id, number=number, zone=rung.zone)
        for edge in ladder.edges:
            move = self._move(edge)
            self._up.add_edge(move.source, move.to, move=move)
            if edge.target > edge.source and edge.type != HORIZONTAL:
                back = Move(DOWN, move.to, move.source, face=self._zone(move.to).down_face)
                self._down.add_edge(back.source, back.to, move=back)

    def climbs(self, rung: str, roles: Collection[str] = ()) -> tuple[Move, ...]:
        """Return the edges somebody may take from here, or one of these roles, lowest target first."""
        return tuple(move for move in self._from(rung) if move.who and _may(move, roles))

    def accidents(self, rung: str) -> tuple[Move, ...]:
        """Return the edges only events take from here."""
        return tuple(move for move in self._from(rung) if not move.who)

    def steps_down(self, rung: str) -> tuple[Move, ...]:
        """Return where a step down may lead from here: the rungs a dyad can have come from, highest first."""
        self._check(rung)
        found = [data["move"] for _, _, data in self._down.out_edges(rung, data=True)]
        return tuple(sorted(found, key=lambda move: -self._number[move.to]))

    def off_ramps(self, rung: str) -> tuple[OffRamp, ...]:
        """Return the landings talks may reach from here, the easiest first."""
        self._check(rung)
        number, points = self._number[rung], self._zone(rung).offramp
        found = [
            OffRamp(rung, landing.id, points + landing.accept, _kind(landing))
            for landing in self.ladder.landings
            if number in landing.source
        ]
        return tuple(sorted(found, key=lambda ramp: -ramp.points))

    def last_cheap_off_ramp(self, rung: str, least: int = CHEAP) -> LastOffRamp | None:
        """Return the highest rung from here on, without a gap, where some landing has at least ``least`` points.

        If this rung has none, the nearest one below it; None if there is none at all.
        """
        cheap = {each.id: ramps[0] for each in self.ladder.rungs if (ramps := self._cheap(each.id, least))}
        rungs = [each.id for each in self.ladder.rungs]
        here = self._number[self._check(rung)]
        if rung not in cheap:
            below = next((cheap[each] for each in reversed(rungs[:here]) if each in cheap), None)
            return LastOffRamp(below, is_behind=True) if below else None
        last = rung
        for each in rungs[here:]:
            if each not in cheap:
                break
            last = each
        return LastOffRamp(cheap[last], is_behind=False)

    def shortest(
        self, source: str, to: str, roles: Collection[str] = (), also: Collection[str] = ()
    ) -> tuple[Move, ...] | None:
        """Return the fewest written moves of one dyad from one rung to another, None if there is no way.

        ``roles``: only what one of them may take; ``also``: types of :data:`BEYOND` that count too.
        """
        return self._walk(self._allowed(roles, also), source, to, lambda _a, _b, _data: 1)

    def way_down(self, source: str, to: str, came_by: Sequence[str] = ()) -> tuple[Move, ...] | None:
        """Return the shortest way down, steps down among the moves; of equally long ways the one that costs least face.

        ``came_by``: the rungs of the dyad's stack, lowest first; then steps down lead only to the rung beneath.
        None if there is no way.
        """
        beneath = set(zip(came_by[1:], came_by, strict=False))
        moves = [data["move"] for _, _, data in self._down.edges(data=True)]
        graph = nx.DiGraph()
        graph.add_nodes_from(self._up)
        for move in moves:
            if not came_by or (move.source, move.to) in beneath:
                graph.add_edge(move.source, move.to, move=move)
        for move in self._moves():
            if move.type not in BEYOND and self._number[move.to] < self._number[move.source]:
                graph.add_edge(move.source, move.to, move=move)
        return self._walk(graph, source, to, lambda _a, _b, data: _FEWER_STEPS_FIRST + data["move"].face)

    def one_way_doors(self) -> tuple[Move, ...]:
        """Return the climbs after which no edge and no agreed landing leads back without going higher still.

        Only the step down of whoever took it, at the price of face, undoes such a climb.
        """
        undoing = {number for landing in self.ladder.landings if landing.undoes for number in landing.source}
        found = []
        for move in self._moves():
            source, to = self._number[move.source], self._number[move.to]
            if to > source and move.type not in BEYOND and to not in undoing:
                below = self._allowed(()).subgraph(rung.id for rung in self.ladder.rungs[: to + 1])
                if not nx.has_path(below, move.to, move.source):
                    found.append(move)
        return tuple(found)

    def distance(self, rung: str, mark: str = NUCLEAR_USE, also: Collection[str] = ()) -> int | None:
        """Return the fewest moves from here to a rung with this mark; 0 if it stands there, None if there is no way."""
        self._check(rung)
        reach = nx.single_source_shortest_path_length(self._allowed((), also), rung)
        return min(
            (reach[each.id] for each in self.ladder.rungs if mark in each.marks and each.id in reach), default=None
        )

    def reachable(self, rung: str, roles: Collection[str] = (), also: Collection[str] = ()) -> tuple[str, ...]:
        """Return every rung some way of written moves leads to from here, in rising order."""
        self._check(rung)
        found = nx.descendants(self._allowed(roles, also), rung)
        return tuple(each.id for each in self.ladder.rungs if each.id in found)

    def without_exit(self) -> tuple[str, ...]:
        """Return the rungs that no written edge leaves and no landing is reached from; only a step down is left there."""
        return tuple(
            rung.id for rung in self.ladder.rungs if not self._up.out_degree(rung.id) and not self.off_ramps(rung.id)
        )

    def chance(
        self, source: str, to: str, odds: Mapping[tuple[str, str], float], otherwise: float = 1.0
    ) -> Chance | None:
        """Return the likeliest way up, given the odds that each move, as (from, to), is taken; None if there is no way.

        ``otherwise`` is for moves ``odds`` does not name. A move at 0 is never taken. Raises ValueError outside [0, 1].
        """
        if any(not 0 <= each <= 1 for each in (*odds.values(), otherwise)):
            raise ValueError("odds are between 0 and 1")

        def dearness(_from: str, _to: str, data: dict[str, Any]) -> float | None:
            probability = odds.get((data["move"].source, data["move"].to), otherwise)
            return -log(probability) if probability > 0 else None

        moves = self._walk(self._allowed((), (WORMHOLE,)), source, to, dearness)
        if moves is None:
            return None
        total = sum(dearness("", "", {"move": move}) or 0.0 for move in moves)
        return Chance(moves, exp(-total))

    def graphml(self) -> str:
        """Return the ladder as GraphML, texts cleared of what XML cannot hold."""
        graph = nx.DiGraph(id=label(self.ladder.id), name=label(self.ladder.name))
        for number, rung in enumerate(self.ladder.rungs):
            zone = self.ladder.zones[rung.zone]
            graph.add_node(
                label(rung.id), number=number, name=label(rung.name), zone=label(zone.id), severity=rung.severity,
                marks=label(" ".join(rung.marks)), offramps=label(" ".join(r.landing for r in self.off_ramps(rung.id))),
            )  # fmt: skip
        for move in self._moves():
            graph.add_edge(
                label(move.source), label(move.to), type=move.type, who=" ".join(move.who), start=move.start,
                firebreak=label(move.firebreak),
            )  # fmt: skip
        return "\n".join(nx.generate_graphml(graph)) + "\n"

    def _check(self, rung: str) -> str:
        if rung not in self._number:
            raise KeyError(rung)
        return rung

    def _zone(self, rung: str) -> Any:
        return self.ladder.zones[self.ladder.rungs[self._number[rung]].zone]

    def _move(self, edge: Edge) -> Move:
        rungs, crossed = self.ladder.rungs, self.ladder.firebreak(edge.source, edge.target)
        name = (self.ladder.zones[crossed].firebreak or self.ladder.zones[crossed].name) if crossed >= 0 else ""
        return Move(edge.type, rungs[edge.source].id, rungs[edge.target].id, edge.who, edge.start, name)

    def _moves(self) -> Iterator[Move]:
        return (data["move"] for _, _, data in self._up.edges(data=True))

    def _from(self, rung: str) -> list[Move]:
        self._check(rung)
        found = [data["move"] for _, _, data in self._up.out_edges(rung, data=True)]
        return sorted(found, key=lambda move: self._number[move.to])

    def _cheap(self, rung: str, least: int) -> list[OffRamp]:
        return [ramp for ramp in self.off_ramps(rung) if ramp.points >= least]

    def _allowed(self, roles: Collection[str], also: Collection[str] = ()) -> nx.DiGraph:
        graph = nx.DiGraph()
        graph.add_nodes_from(self._up)
        for move in self._moves():
            if (move.type not in BEYOND or move.type in also) and (not move.who or _may(move, roles)):
                graph.add_edge(move.source, move.to, move=move)
        return graph

    def _walk(self, graph: nx.DiGraph, source: str, to: str, weight: Any) -> tuple[Move, ...] | None:
        self._check(source)
        self._check(to)
        try:
            path = nx.dijkstra_path(graph, source, to, weight=weight)
        except nx.NetworkXNoPath:
            return None
        return tuple(graph.edges[step]["move"] for step in pairwise(path))


def _may(move: Move, roles: Collection[str]) -> bool:
    return not roles or any(role in move.who for role in roles)


def _kind(landing: Landing) -> str:
    if landing.outcome:
        return "closes"
    if landing.stops_war:
        return "stops-war"
    return "undoes" if landing.undoes else "pauses" if landing.pauses else "talks"
