"""``wargame ladder``: the rungs and their edges, the way between two of them, checks, pictures for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from wargame.cli.answers import check_there, emit, heading, tell, write_out
from wargame.cli.console import say
from wargame.content import load_ladder
from wargame.content.library import looks_like_path
from wargame.errors import EXIT_CONTENT, EXIT_OK, UsageError, nearest
from wargame.export.words import many
from wargame.rules.ladder import EDGE_TYPES, Edge, Ladder, Landing

if TYPE_CHECKING:
    from wargame.graph.parts import Move
    from wargame.graph.questions import LadderGraph

DEFAULT: Final = "twenty-five"
"""The ladder of the built-in scenarios."""

_SAID: Final = {
    "up": "up",
    "jump": "jump",
    "lateral": "across",
    "horizontal": "opens in the other theatre",
    "wormhole": "by accident",
    "down": "step down",
}


_LANDS: Final = {
    "closes": "closes the theatre",
    "stops-war": "stops the tests of war",
    "undoes": "takes climbs back",
    "pauses": "stops the clock",
    "talks": "moves nothing by itself",
}


def show(*, ladder: str | None, json: bool, plain: bool) -> None:
    """Show zones with their firebreaks, rungs lowest first, and from each its edges and landings. Needs no graph."""
    found = _read(ladder)
    if json:
        emit("ladder", _body(found))
        return
    tell(f"{found.name} ({found.id}): {many(len(found.rungs), 'rung')}, {many(len(found.zones), 'zone')}, "
         f"{many(len(found.edges), 'edge')}, {many(len(found.landings), 'landing')}. Lowest first.")  # fmt: skip
    zone = -1
    for number, rung in enumerate(found.rungs):
        if rung.zone != zone:
            zone = rung.zone
            _tell_zone(found, zone, plain)
        marks = f" [{', '.join(rung.marks)}]" if rung.marks else ""
        tell(f"{rung.id}  {rung.name}{marks}", hang=5)
        tell(rung.text, indent=5)
        for line in _leaving(found, number):
            tell(line, indent=5, hang=9)
    heading("Landings of talks", plain)
    for landing in found.landings:
        tell(f"{landing.id}: {landing.text}", hang=4)


def path(*, source: str, target: str, ladder: str | None, json: bool, plain: bool) -> None:
    """Show the shortest way from one rung to another and the off-ramps beside it; steps down count on the way down."""
    from wargame.graph.questions import LadderGraph  # noqa: PLC0415  networkx is slow to import

    found = _read(ladder)
    for rung in (source, target):
        _check_rung(found, rung)
    graph = LadderGraph(found)
    is_up = found.number(target) >= found.number(source)
    moves = graph.shortest(source, target) if is_up else graph.way_down(source, target)
    if json:
        emit("ladder-path", _path_body(found, graph, source, target, moves))
        return
    _tell_path(found, source, target, moves)
    if moves is not None and not is_up:
        tell("A step down leads to the rung the dyad came from, and only the holder of the top rung takes it.")
    _tell_around(found, graph, source, plain)


def check(*, ladder: str | None, json: bool, plain: bool) -> int:
    """Print what is odd about a ladder; exit 3 if it cannot work."""
    from wargame.graph.checks import findings  # noqa: PLC0415
    from wargame.graph.questions import LadderGraph  # noqa: PLC0415  networkx is slow to import

    found = _read(ladder)
    odd = findings(LadderGraph(found))
    faults = [finding for finding in odd if finding.level == "fault"]
    if json:
        emit("ladder-check", {"ladder": found.id, "ok": not faults, "findings": msgspec.to_builtins(odd)})
    else:
        for finding in odd:
            tell(f"{finding.level}: {finding.text} ({finding.code})", hang=4)
        if not plain or not odd:
            tell(f"{found.name}: {many(len(faults), 'fault')}, {many(len(odd) - len(faults), 'remark')}.")
    return EXIT_CONTENT if faults else EXIT_OK


def export(*, format_: str, ladder: str | None, output: Path | None, force: bool) -> None:
    """Write a ladder as a graph: ``dot``, ``mermaid`` or ``graphml``."""
    from wargame.graph.drawings import dot, mermaid  # noqa: PLC0415

    found = _read(ladder)
    if format_ == "graphml":
        from wargame.graph.questions import LadderGraph  # noqa: PLC0415  networkx is slow to import

        write_out(LadderGraph(found).graphml(), output, force)
    else:
        write_out(dot(found) if format_ == "dot" else mermaid(found), output, force)


def _read(ladder: str | None) -> Ladder:
    if ladder and looks_like_path(ladder):
        check_there(ladder)
    return load_ladder(ladder or DEFAULT)


def _check_rung(ladder: Ladder, rung: str) -> None:
    ids = [each.id for each in ladder.rungs]
    if rung not in ids:
        raise UsageError(f"the ladder {ladder.id} has no rung {rung!r}.{nearest(rung, ids)} See: wargame ladder show")


def _tell_zone(ladder: Ladder, number: int, plain: bool) -> None:
    zone = ladder.zones[number]
    if zone.firebreak and number:
        heading(f"{zone.name} (firebreak: {zone.firebreak})", plain)
    else:
        heading(zone.name, plain)
    costs = [f"talks {zone.offramp:+d} points"] if zone.offramp else []
    costs += [f"a step down costs {zone.down_face} face"] if zone.down_face else []
    costs += [f"each turn adds {many(zone.tokens, 'risk token')}"] if zone.tokens else []
    if costs:
        text = ", ".join(costs)
        tell(f"{text[0].upper()}{text[1:]}.")


def _leaving(ladder: Ladder, number: int) -> list[str]:
    """Return a line for each type of edge that leaves a rung, and one for its landings."""
    lines = []
    for kind in EDGE_TYPES:
        edges = sorted((e for e in ladder.edges if e.source == number and e.type == kind), key=lambda e: e.target)
        if edges:
            lines.append(f"{_SAID[kind]}: {'; '.join(_to(ladder, edge) for edge in edges)}")
    landings = [landing.id for landing in ladder.landings if number in landing.source]
    if landings:
        lines.append(f"talks: {', '.join(landings)}")
    return lines


def _to(ladder: Ladder, edge: Edge) -> str:
    who = f" {' '.join(edge.who)}" if edge.who else ""
    return f"{ladder.rungs[edge.target].id}{who}"


def _tell_path(ladder: Ladder, source: str, target: str, moves: tuple[Move, ...] | None) -> None:
    if moves is None:
        tell(f"No way leads from {source} to {target}.")
        return
    tell(f"{many(len(moves), 'move').capitalize()} from {source} to {target}:")
    names = {rung.id: rung.name for rung in ladder.rungs}
    for move in moves:
        who = f", {' or '.join(move.who)}" if move.who else ""
        crossed = f", crosses the firebreak {move.firebreak}" if move.firebreak else ""
        face = f", costs {move.face} face" if move.face else ""
        tell(f"{move.source} to {move.to} {names[move.to]}: {_SAID[move.type]}{who}{crossed}{face}", indent=2, hang=6)


def _tell_around(ladder: Ladder, graph: LadderGraph, rung: str, plain: bool) -> None:
    heading(f"Ways out at {rung}", plain)
    names = {landing.id: landing.name for landing in ladder.landings}
    ramps = graph.off_ramps(rung)
    for ramp in ramps:
        tell(f"{names[ramp.landing]}: {ramp.points:+d} points on talks, {_LANDS[ramp.kind]}", indent=2, hang=6)
    if not ramps:
        say("  No talks land anywhere from here.")
    last = graph.last_cheap_off_ramp(rung)
    if last is not None:
        where = "lies behind" if last.is_behind else "is still ahead" if last.ramp.rung != rung else "is here"
        tell(f"The last cheap off-ramp {where}: {last.ramp.rung} ({names[last.ramp.landing]}).")
    doors = [move.to for move in graph.one_way_doors() if move.source == rung]
    if doors:
        tell(f"One-way doors from here: {', '.join(doors)}. After them only a step down leads back.")
    steps = graph.distance(rung)
    if steps:
        tell(f"{many(steps, 'move').capitalize()} from here to the first nuclear use.")


def _path_body(
    ladder: Ladder, graph: LadderGraph, source: str, target: str, moves: tuple[Move, ...] | None
) -> dict[str, Any]:
    last = graph.last_cheap_off_ramp(source)
    return {
        "ladder": ladder.id,
        "from": source,
        "to": target,
        "moves": None if moves is None else [_move_body(move) for move in moves],
        "off_ramps": msgspec.to_builtins(graph.off_ramps(source)),
        "last_cheap_off_ramp": None if last is None else msgspec.to_builtins(last),
        "one_way_doors": [_move_body(move) for move in graph.one_way_doors() if move.source == source],
        "to_nuclear_use": graph.distance(source),
    }


def _move_body(move: Move) -> dict[str, Any]:
    body: dict[str, Any] = msgspec.to_builtins(move)
    return {"from": body.pop("source"), **body}


def _body(ladder: Ladder) -> dict[str, Any]:
    rungs = [rung.id for rung in ladder.rungs]
    return {
        "ladder": ladder.id,
        "name": ladder.name,
        "zones": msgspec.to_builtins(ladder.zones),
        "rungs": [
            {
                "id": rung.id, "number": number, "name": rung.name, "zone": ladder.zones[rung.zone].id, "text": rung.text,
                "real": rung.real, "severity": rung.severity, "carries_out": rung.carries_out, "marks": list(rung.marks),
            }
            for number, rung in enumerate(ladder.rungs)
        ],
        "edges": [
            {"id": e.id, "type": e.type, "from": rungs[e.source], "to": rungs[e.target], "who": list(e.who), "start": e.start}
            for e in ladder.edges
        ],
        "landings": [_landing(rungs, landing) for landing in ladder.landings],
    }  # fmt: skip


def _landing(rungs: list[str], landing: Landing) -> dict[str, Any]:
    body: dict[str, Any] = msgspec.to_builtins(landing)
    source = body.pop("source")
    return {**body, "from": [rungs[at] for at in source]}
