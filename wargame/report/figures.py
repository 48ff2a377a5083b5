"""Numbers of the two pictures of the ladder: rungs over time for each dyad, and the path on the graph of rungs."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.export import words
from wargame.export.rows import Row
from wargame.report.material import Material
from wargame.report.model import Change, Course, Edge, Firebreak, PathFigure, RungFigure
from wargame.rules import events as fact
from wargame.rules.box import Box, Dyad

_HOW = {"step-down": "step down", "card": "a card", "accident": "an accident", "landing": "talks", "test": "a mishap"}


def rung_figure(m: Material) -> RungFigure:
    """Return the rungs of every dyad at the close of each turn that counts."""
    box = m.box
    turns = tuple(close.turn for close in m.seen.closes)
    courses = tuple(_course(m, dyad, turns) for dyad in box.dyads)
    crossed = sum(bool(change.firebreak) for course in courses for change in course.changes)
    return RungFigure(
        turns,
        tuple(rung.name for rung in box.ladder.rungs),
        firebreaks(box),
        courses,
        f"Rungs of {words.many(len(courses), 'dyad')} from the beginning to turn {max(turns)}; "
        f"{words.many(crossed, 'crossing')} of a firebreak. " + " ".join(course.text for course in courses),
    )


def firebreaks(box: Box) -> tuple[Firebreak, ...]:
    """Return the lines between zones, lowest first."""
    rungs, zones = box.ladder.rungs, box.ladder.zones
    return tuple(
        Firebreak(number, zones[rung.zone].firebreak, zones[rung.zone].name)
        for number, rung in enumerate(rungs)
        if number and rung.zone != rungs[number - 1].zone
    )


def changes(m: Material) -> Iterator[tuple[Row, fact.RungChanged]]:
    """Yield every change of rung that counts, with its row."""
    for row in m.counted:
        if isinstance(row.event, fact.RungChanged):
            yield row, row.event


def crossing(box: Box, event: fact.RungChanged) -> str:
    """Return the name of the firebreak a change crosses on its way up (that of the zone if it has none), or nothing."""
    zone = box.ladder.firebreak(box.rung_number[event.source], box.rung_number[event.to])
    return (box.ladder.zones[zone].firebreak or box.ladder.zones[zone].name) if zone >= 0 else ""


def how(box: Box, event: fact.RungChanged) -> str:
    """Return how a dyad came to another rung, as a short phrase."""
    who = words.capital(box, event.capital) if event.capital else ""
    if event.cause == "climb":
        return f"climb by {who}"
    found = _HOW.get(event.cause, event.cause)
    return f"{found} by {who}" if event.cause == "step-down" and who else found


def _course(m: Material, dyad: Dyad, turns: tuple[int, ...]) -> Course:
    box, found = m.box, []
    places: dict[int, int] = {}
    for row, event in changes(m):
        places[row.turn] = places.get(row.turn, 0) + 1
        if event.dyad == dyad.id:
            source, to = box.rung_number[event.source], box.rung_number[event.to]
            crossed = crossing(box, event)
            found.append(Change(row.turn, places[row.turn], source, to, how(box, event), crossed, m.ref(row)))
    stands = tuple(m.rung(dyad.id, close.values) for close in m.seen.closes)
    names = [box.ladder.rungs[rung].id for rung in stands]
    text = f"{words.dyad(box, dyad.id)} begin at {words.rung(box, names[0])}"
    moves = [
        f"{words.rung(box, name)} in turn {turn}"
        for turn, name, old in zip(turns[1:], names[1:], names, strict=False)
        if name != old
    ]
    text += f" and stand at {words.listed(moves)}" if moves else " and stay there"
    return Course(words.dyad(box, dyad.id), stands, tuple(found), words.sentence(text))


def path_figure(m: Material) -> PathFigure:
    """Return the graph of the ladder with the edges that were taken. Where nothing is drawn, an edge is added."""
    box, ladder = m.box, m.box.ladder
    types = {edge.id: edge.type for edge in ladder.edges}
    taken: dict[tuple[int, int, str], list[tuple[int, str]]] = {}
    for row, event in changes(m):
        source, to = box.rung_number[event.source], box.rung_number[event.to]
        type_ = types.get(event.edge, "carried" if to > source else "down")
        taken.setdefault((source, to, type_), []).append((row.turn, event.dyad))
    drawn = [(edge.source, edge.target, edge.type) for edge in ladder.edges]
    every = sorted({*drawn, *taken})
    edges = tuple(_edge(box, each, taken.get(each, [])) for each in every)
    return PathFigure(
        tuple(rung.name for rung in ladder.rungs),
        tuple(rung.zone for rung in ladder.rungs),
        tuple(zone.name for zone in ladder.zones),
        edges,
        _path_text(box, edges),
    )


def _edge(box: Box, key: tuple[int, int, str], taken: list[tuple[int, str]]) -> Edge:
    source, to, type_ = key
    zone = box.ladder.firebreak(source, to)
    dyads = tuple(dict.fromkeys(words.dyad(box, dyad) for _, dyad in taken))
    turns = tuple(sorted({turn for turn, _ in taken}))
    return Edge(source, to, type_, len(taken), turns, dyads, box.ladder.zones[zone].firebreak if zone >= 0 else "")


def _path_text(box: Box, edges: tuple[Edge, ...]) -> str:
    rungs = box.ladder.rungs
    used = [edge for edge in edges if edge.taken]
    if not used:
        return "No dyad changed its rung."
    told = [
        f"{words.rung(box, rungs[edge.source].id)} to {words.rung(box, rungs[edge.to].id)} "
        f"({words.listed(edge.dyads)}, turn {words.listed([str(turn) for turn in edge.turns])}"
        + (f", {words.many(edge.taken, 'time')})" if edge.taken > 1 else ")")
        for edge in used
    ]
    return f"{words.many(len(used), 'edge').capitalize()} of the ladder taken: {'; '.join(told)}."
