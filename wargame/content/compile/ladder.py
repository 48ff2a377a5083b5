"""Compiling a ladder: zones, rungs, edges and landings, and for each capital the steps it may take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wargame.content.compile.binder import Binder
from wargame.content.compile.frame import Binding, Frame
from wargame.content.library import Item
from wargame.content.problems import Problems, Spot, show
from wargame.content.schema_rules import MARKS
from wargame.content.schema_rules import Edge as EdgeTable
from wargame.content.schema_rules import Ladder as LadderTable
from wargame.rules.box import Dyad
from wargame.rules.conditions import OPERATORS, Clause, Conditions
from wargame.rules.effects import Effects
from wargame.rules.ladder import Edge, Ladder, Landing, Rung, Step, Zone
from wargame.rules.moments import landing_key


def ladder_of(
    table: LadderTable, item: Item, slots: Sequence[str], beside: Sequence[str], problems: Problems
) -> Ladder:
    """Compile a ladder by itself. ``slots`` are the slots of threat in order; rungs may also name those ``beside`` them."""
    spot = item.spot
    zones = {zone.id: number for number, zone in enumerate(table.zone)}
    rungs = {rung.id: number for number, rung in enumerate(table.rung)}
    for kind, ids in (("zone", [zone.id for zone in table.zone]), ("rung", [rung.id for rung in table.rung])):
        for place, name in enumerate(ids):
            if name in ids[:place]:
                problems.add(spot.at(kind, place, "id"), "WG201", f"a {kind} {show(name)} stands before")
    if table.open_war not in zones:
        problems.no_such(spot.at("open_war"), "zone", table.open_war, zones)
    return Ladder(
        table.id,
        table.name,
        tuple(Zone(z.id, z.name, z.firebreak, z.down_face, z.offramp, z.tokens) for z in table.zone),
        tuple(_rungs(table, zones, slots, beside, spot, problems)),
        tuple(_edges(table, zones, rungs, spot, problems)),
        tuple(_landings(table, rungs, spot, problems)),
    )


def _rungs(
    table: LadderTable,
    zones: dict[str, int],
    slots: Sequence[str],
    beside: Sequence[str],
    spot: Spot,
    problems: Problems,
) -> Iterable[Rung]:
    highest = 0
    known = [*slots, *beside]
    for place, rung in enumerate(table.rung):
        where = spot.at("rung", place)
        zone = zones.get(rung.zone, -1)
        if zone < 0:
            problems.no_such(where.at("zone"), "zone", rung.zone, zones)
        elif zone < highest:
            problems.add(where.at("zone"), "WG305", f"{show(rung.zone)} lies below the zone of the rung before")
        highest = max(highest, zone)
        for number, mark in enumerate(rung.marks):
            if mark not in MARKS:
                problems.no_such(where.at("marks", number), "mark", mark, MARKS)
        named = list(slots) if rung.threats is None else rung.threats
        for number, slot in enumerate(named):
            if slot not in known:
                problems.no_such(where.at("threats", number), "slot of threat", slot, known)
        if rung.carries_out and rung.carries_out not in known:
            problems.no_such(where.at("carries_out"), "slot of threat", rung.carries_out, known)
        threats = tuple(slots.index(slot) for slot in named if slot in slots)
        yield Rung(
            rung.id, rung.name, max(zone, 0), rung.text, rung.real, rung.severity, threats, rung.carries_out, tuple(rung.marks),
            rung.within,
        )  # fmt: skip


def _edges(
    table: LadderTable, zones: dict[str, int], rungs: dict[str, int], spot: Spot, problems: Problems
) -> Iterable[Edge]:
    war, seen = zones.get(table.open_war, 0), set()
    zone_of = [zones.get(rung.zone, 0) for rung in table.rung]
    for place, edge in enumerate(table.edge):
        where = spot.at("edge", place)
        if bool(edge.who) == (edge.type == "wormhole"):
            problems.add(
                where.at("who"), "WG305", "only events take a wormhole" if edge.who else "who may take this edge?"
            )
        if edge.type == "wormhole" and (edge.then or edge.tests or edge.when or edge.permit):
            problems.add(where, "WG305", "a wormhole is taken by events: it has no when, then, tests or permit")
        for source, target in _ends(edge, rungs, where, problems):
            name = f"{table.rung[source].id}-{table.rung[target].id}"
            if name in seen or source == target:
                problems.add(where, "WG201", f"an edge {name} stands before: one for each ordered pair of rungs")
                if problems.full:
                    return  # of a hundred rungs there may be ten thousand edges, and each may be there again and again
                continue
            if edge.type in ("up", "jump") and target < source:
                problems.add(where, "WG305", f"{name} leads down; down steps are not written")
            seen.add(name)
            start = "other-theatre" if edge.type == "horizontal" else "theatre" if zone_of[source] >= war else "dyad"
            yield Edge(name, edge.type, source, target, tuple(edge.who), start, edge.note)


def _ends(edge: EdgeTable, rungs: dict[str, int], spot: Spot, problems: Problems) -> Iterable[tuple[int, int]]:
    for key, names in (("from", edge.source), ("to", edge.to)):
        for place, name in enumerate(names):
            if name not in rungs:
                problems.no_such(spot.at(key, place), "rung", name, rungs)
    for source in edge.source:
        for target in edge.to:
            if source in rungs and target in rungs:
                yield rungs[source], rungs[target]


def _landings(table: LadderTable, rungs: dict[str, int], spot: Spot, problems: Problems) -> Iterable[Landing]:
    seen = set()
    for place, landing in enumerate(table.landing):
        where = spot.at("landing", place)
        if landing.id in seen:
            problems.add(where.at("id"), "WG201", f"a landing {show(landing.id)} stands before")
        seen.add(landing.id)
        for number, name in enumerate(landing.source):
            if name not in rungs:
                problems.no_such(where.at("from", number), "rung", name, rungs)
        yield Landing(
            landing.id, landing.name, landing.text, tuple(rungs[name] for name in landing.source if name in rungs),
            landing.accept, landing.undoes, landing.pauses, landing.stops_war, landing.outcome,
        )  # fmt: skip


def steps_of(frame: Frame, binder: Binder, ladder: Ladder, costs: tuple[int, int]) -> Iterable[Step]:
    """Bind every edge to every capital and dyad that may take it. ``costs`` are influence for a climb and for a jump."""
    edges = {edge.id: edge for edge in ladder.edges}
    bindings = {(dyad.id, party): frame.moving(party, dyad) for dyad in frame.dyads for party in dyad.parties}
    for place, table in enumerate(frame.ladder.edge):
        for source in table.source:
            for target in table.to:
                edge = edges.get(f"{source}-{target}")
                if edge is not None and edge.who:
                    spot = frame.ladder_item.spot.at("edge", place)
                    yield from _bound_steps(frame, binder, table, edge, spot, bindings, costs)


def _bound_steps(
    frame: Frame, binder: Binder, table: EdgeTable, edge: Edge, spot: Spot,
    bindings: dict[tuple[str, str], Binding], costs: tuple[int, int],
) -> Iterable[Step]:  # fmt: skip
    within = frame.ladder.rung[edge.target].within
    for dyad in frame.dyads:
        if within != "any" and (within == "local") != dyad.is_local:
            continue
        for capital in dyad.parties:
            if frame.role.get(capital) not in edge.who:
                continue
            binding = bindings[(dyad.id, capital)]
            frame.spend(spot)
            yield Step(
                edge.id, edge.type, capital, dyad.id, edge.source, edge.target, edge.start,
                costs[1] if edge.type == "jump" else costs[0],
                binder.conditions(table.when, binding, spot.at("when"), capital),
                _permit(binder, table, capital, dyad, spot),
                binder.effects(table.then, binding, spot.at("then")),
                binder.tests(table.tests, binding, spot.at("tests"), moves=True),
            )  # fmt: skip


def _permit(binder: Binder, table: EdgeTable, capital: str, dyad: Dyad, spot: Spot) -> Conditions:
    """Return the condition on the patron's word that a partner's step waits for."""
    if not table.permit or capital != dyad.partner or not dyad.patron:
        return ()
    track = binder.tracks.track.get(f"{dyad.patron}>{dyad.partner}.permission.true")
    if track is None:
        return ()
    if table.permit not in track.words:
        binder.frame.problems.no_such(spot.at("permit"), "permission", table.permit, track.words)
        return ()
    text = f"{dyad.patron}>{dyad.partner}.permission >= {table.permit}"
    return (Clause(text, ((track.block, track.place, OPERATORS.index(">="), track.words.index(table.permit)),)),)


def landings_of(frame: Frame, binder: Binder) -> dict[str, tuple[Effects, Conditions]]:
    """Bind what each landing does, and what it needs, in each dyad."""
    found = {}
    outcomes = [outcome.id for outcome in frame.scenario.theatre_outcome]
    for place, landing in enumerate(frame.ladder.landing):
        spot = frame.ladder_item.spot.at("landing", place)
        if landing.outcome and landing.outcome not in outcomes:
            frame.problems.no_such(spot.at("outcome"), "theatre outcome", landing.outcome, outcomes)
        for dyad in frame.dyads:
            binding = Binding("a landing", frame.moving(dyad.challenger, dyad).words)
            for party in dyad.parties:
                when = binder.conditions(landing.when, binding, spot.at("when"), party)
            then = binder.effects(landing.then, binding, spot.at("then"))
            found[landing_key(landing.id, dyad.id)] = (then, when)
    return found
