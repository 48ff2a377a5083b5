"""The graph of a ladder: what it answers, what it finds odd, and that its pictures are harmless."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import networkx as nx  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.games import february
from wargame.graph.checks import findings
from wargame.graph.drawings import dot, mermaid
from wargame.graph.parts import DOWN, Move
from wargame.graph.questions import LadderGraph
from wargame.rules.ladder import Edge, Ladder, Landing, Rung, Zone

ROLES = ("challenger", "partner", "patron")


def edge(kind: str, source: int, target: int, *who: str) -> Edge:
    return Edge(f"s{source}-s{target}", kind, source, target, who, "dyad")


def rung(number: int, zone: int, *marks: str) -> Rung:
    return Rung(f"s{number}", f"Step {number}", zone, "", "", number, (0,), "", marks)


def small(*more: Edge, landings: tuple[Landing, ...] | None = None) -> Ladder:
    """s0 s1 | s2 s3 | s4 | s5, with a jump over s3, an accident, a step in the other theatre and a way across."""
    edges = (
        edge("up", 0, 1, "challenger", "partner"),
        edge("up", 1, 2, "challenger"),
        edge("jump", 1, 3, "challenger"),
        edge("up", 2, 3, "partner"),
        edge("lateral", 3, 2, "patron"),
        edge("up", 3, 4, "challenger", "patron"),
        edge("up", 4, 5, "challenger"),
        edge("wormhole", 2, 4),
        edge("horizontal", 4, 1, "patron"),
    )
    talks = (
        Landing("pause", "Pause", "", (0, 1, 2), accept=10, pauses=1),
        Landing("stand-down", "Stand down", "", (1, 2), undoes=1),
        Landing("truce", "Truce", "", (3, 4), stops_war=True),
        Landing("peace", "Peace", "", (3,), accept=-15, outcome="settled"),
    )
    return Ladder(
        "small",
        "A small ladder",
        (Zone("low", "Low"), Zone("mid", "Mid", "First fire", 1, -10), Zone("high", "High", "Second fire", 2, -30),
         Zone("top", "Top", "Last fire", 3, -90)),
        (rung(0, 0), rung(1, 0), rung(2, 1), rung(3, 1), rung(4, 2, "nuclear-use"), rung(5, 3, "general-nuclear-war")),
        (*edges, *more),
        talks if landings is None else landings,
    )  # fmt: skip


@pytest.fixture
def graph() -> LadderGraph:
    return LadderGraph(small())


def names(moves: tuple[Move, ...] | None) -> list[str]:
    assert moves is not None
    return [f"{move.source}-{move.to}" for move in moves]


def test_legal_edges_are_those_of_the_roles(graph: LadderGraph) -> None:
    assert names(graph.climbs("s1")) == ["s1-s2", "s1-s3"]
    assert names(graph.climbs("s2", ["challenger"])) == []
    assert names(graph.climbs("s2", ["partner"])) == ["s2-s3"]
    assert names(graph.climbs("s4")) == ["s4-s1", "s4-s5"]
    assert names(graph.accidents("s2")) == ["s2-s4"]
    assert graph.climbs("s1")[1].firebreak == "First fire"


def test_the_shortest_way_up_takes_jumps_but_neither_accidents_nor_other_theatres(graph: LadderGraph) -> None:
    assert names(graph.shortest("s0", "s4")) == ["s0-s1", "s1-s3", "s3-s4"]
    assert names(graph.shortest("s2", "s4", also=["wormhole"])) == ["s2-s4"]
    assert graph.shortest("s2", "s4", ["partner"]) is None
    assert graph.shortest("s4", "s1") is None
    assert names(graph.shortest("s4", "s1", also=["horizontal"])) == ["s4-s1"]
    assert graph.shortest("s1", "s1") == ()


def test_the_way_down_counts_steps_first_and_face_second(graph: LadderGraph) -> None:
    down = graph.way_down("s4", "s0")
    assert down is not None
    assert len(down) == 3
    assert "s4-s2" in names(graph.steps_down("s4")), "down where an accident came from, too"
    assert [move.type for move in down] == [DOWN, DOWN, DOWN]
    assert [move.face for move in down] == [2, 1, 0]


def test_the_way_down_follows_the_stack_when_it_is_known(graph: LadderGraph) -> None:
    assert names(graph.way_down("s4", "s0", ["s0", "s1", "s3", "s4"])) == ["s4-s3", "s3-s1", "s1-s0"]
    assert graph.way_down("s4", "s2", ["s0", "s1", "s4"]) is None
    assert names(graph.way_down("s3", "s2", ["s0", "s1", "s3"])) == ["s3-s2"], "an edge across needs no stack"


def test_off_ramps_add_zone_and_landing_and_come_easiest_first(graph: LadderGraph) -> None:
    assert [(ramp.landing, ramp.points, ramp.kind) for ramp in graph.off_ramps("s2")] == [
        ("pause", 0, "pauses"),
        ("stand-down", -10, "undoes"),
    ]
    assert [(ramp.landing, ramp.kind) for ramp in graph.off_ramps("s3")] == [
        ("truce", "stops-war"),
        ("peace", "closes"),
    ]
    assert graph.off_ramps("s5") == ()


def test_the_last_cheap_off_ramp_lies_ahead_here_or_behind(graph: LadderGraph) -> None:
    ahead, here, behind = (graph.last_cheap_off_ramp(rung) for rung in ("s0", "s3", "s5"))
    assert ahead is not None
    assert (ahead.ramp.rung, ahead.is_behind) == ("s3", False)
    assert here is not None
    assert (here.ramp.rung, here.is_behind) == ("s3", False)
    assert behind is not None
    assert (behind.ramp.rung, behind.is_behind) == ("s3", True)
    assert graph.last_cheap_off_ramp("s5", least=50) is None


def test_one_way_doors_are_climbs_nothing_agreed_takes_back(graph: LadderGraph) -> None:
    assert sorted(names(graph.one_way_doors())) == ["s1-s3", "s3-s4", "s4-s5"], "s2 and s3 are joined across"


def test_distance_to_the_first_use_and_reachability(graph: LadderGraph) -> None:
    assert graph.distance("s0") == 3
    assert graph.distance("s2", also=["wormhole"]) == 1
    assert graph.distance("s4") == 0
    assert graph.distance("s5") is None
    assert graph.distance("s0", mark="general-nuclear-war") == 4
    assert graph.reachable("s2") == ("s3", "s4", "s5")
    assert graph.reachable("s2", ["partner"]) == ("s3",)
    assert graph.without_exit() == ("s5",)


def test_the_chance_of_getting_there_is_the_best_product_of_odds(graph: LadderGraph) -> None:
    found = graph.chance("s1", "s4", {("s1", "s3"): 0.25, ("s1", "s2"): 0.5, ("s2", "s4"): 0.1, ("s3", "s4"): 0.5})
    assert found is not None
    assert names(found.moves) == ["s1-s2", "s2-s3", "s3-s4"]
    assert found.probability == pytest.approx(0.25)
    assert graph.chance("s4", "s5", {("s4", "s5"): 0.0}) is None
    with pytest.raises(ValueError, match="between 0 and 1"):
        graph.chance("s1", "s4", {}, otherwise=1.5)


@pytest.mark.parametrize(
    "question",
    [
        lambda g: g.climbs("x"), lambda g: g.steps_down("x"), lambda g: g.off_ramps("x"), lambda g: g.distance("x"),
        lambda g: g.shortest("s0", "x"), lambda g: g.shortest("x", "s0"), lambda g: g.way_down("x", "s0"),
        lambda g: g.reachable("x"), lambda g: g.last_cheap_off_ramp("x"), lambda g: g.accidents("x"),
    ],
)  # fmt: skip
def test_a_rung_that_is_not_there_is_a_key_error(graph: LadderGraph, question: object) -> None:
    with pytest.raises(KeyError):
        question(graph)  # type: ignore[operator]


def codes(ladder: Ladder) -> dict[str, str]:
    return {finding.code: finding.level for finding in findings(LadderGraph(ladder))}


def test_checks_find_what_cannot_work() -> None:
    whole = codes(small())
    assert "fault" not in whole.values()
    assert whole["no-exit"] == "note"
    without_ways_up = small()
    cut = Ladder(
        "cut", "Cut", (*without_ways_up.zones, Zone("none", "None")), without_ways_up.rungs,
        tuple(e for e in without_ways_up.edges if e.target not in (4, 5)),
        (Landing("idle", "Idle", "", ()),),
    )  # fmt: skip
    found = findings(LadderGraph(cut))
    levels = [finding.level for finding in found]
    assert levels == sorted(levels, key=("fault", "warning", "note").index)
    assert {"unreachable", "empty-zone", "no-off-ramp", "landing-unused", "landing-idle", "no-firebreak"} <= set(
        codes(cut)
    )
    assert [f.where for f in found if f.code == "unreachable"][:2] == ["s4", "s5"]


def test_checks_tell_accidents_idle_roles_and_long_steps() -> None:
    base = small()
    accident = Ladder(
        "a", "A", base.zones, base.rungs,
        (edge("up", 0, 1, "challenger"), edge("up", 1, 2, "challenger"), edge("up", 2, 3, "challenger"),
         edge("wormhole", 2, 4), edge("up", 1, 5, "challenger")), base.landings,
    )  # fmt: skip
    found = codes(accident)
    assert found["beyond-only"] == "note"
    assert found["idle-role"] == "warning"
    assert found["several-firebreaks"] == "note"


def test_the_built_in_ladder_has_no_fault_and_leads_where_it_should() -> None:
    ladder = february().ladder
    graph = LadderGraph(ladder)
    assert [finding for finding in findings(graph) if finding.level != "note"] == []
    assert graph.without_exit() == ("r24",)
    assert graph.reachable("r00") == tuple(each.id for each in ladder.rungs[1:])
    assert graph.distance("r06") == 3
    last = graph.last_cheap_off_ramp("r06")
    assert last is not None
    assert last.ramp.rung == "r10"
    assert graph.distance("r12") == 2


def test_the_graph_agrees_with_the_ladder_edge_by_edge() -> None:
    ladder = february().ladder
    graph = LadderGraph(ladder)
    told = {
        (m.source, m.to, m.type, m.who) for r in ladder.rungs for m in (*graph.climbs(r.id), *graph.accidents(r.id))
    }
    written = {(ladder.rungs[e.source].id, ladder.rungs[e.target].id, e.type, e.who) for e in ladder.edges}
    assert told == written


def test_every_way_found_is_a_chain_of_edges() -> None:
    ladder = february().ladder
    graph = LadderGraph(ladder)
    edges = {(ladder.rungs[e.source].id, ladder.rungs[e.target].id) for e in ladder.edges}
    for first in ladder.rungs:
        for last in ladder.rungs:
            moves = graph.shortest(first.id, last.id) or ()
            assert all(left.to == right.source for left, right in pairwise(moves))
            assert all((move.source, move.to) in edges for move in moves)
            down = graph.way_down(first.id, last.id) or ()
            assert all((m.to, m.source) in edges if m.type == DOWN else (m.source, m.to) in edges for m in down)


def drawn(*, name: str) -> Ladder:
    base = small()
    rungs = (Rung("s0", name, 0, "", "", 0, (0,)), *base.rungs[1:])
    zones = (Zone("low", name), *base.zones[1:])
    return Ladder("small", name, zones, rungs, base.edges, (Landing("pause", name, "", (0, 1)),))


HOSTILE = [
    'a"]; evil [label="x', "back\\slash\\N\\", "line\nbreak", "esc\x1b[31m", "bidi\u202egnp", "nul\x00", "<b>&amp;</b>",
    "end", "`md`", "a#quot;b", "semi;colon", "--> n5", "]]>", "{x}|(y)", "%% comment", "\ud800",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_pictures_hold_no_text_that_could_act(name: str) -> None:
    ladder = drawn(name=name)
    graphviz, flowchart, xml = dot(ladder, landings=True), mermaid(ladder, landings=True), LadderGraph(ladder).graphml()
    for text in (graphviz, flowchart, xml):
        text.encode()
        assert all(character == "\n" or character.isprintable() for character in text)
    lines = mermaid(small()).count("\n")
    assert mermaid(ladder).count("\n") == lines
    for line in flowchart.splitlines():
        assert line.count('"') in (0, 2), line
    assert nx.parse_graphml(xml).number_of_nodes() == len(ladder.rungs)


@pytest.mark.parametrize("name", [*HOSTILE, "plain"])
def test_graphviz_reads_back_what_was_written(name: str) -> None:
    pydot = pytest.importorskip("pydot")
    (found,) = pydot.graph_from_dot_data(dot(drawn(name=name)))
    assert len(found.get_edges()) == len(small().edges)
    assert sum(len(cluster.get_nodes()) for cluster in found.get_subgraphs()) == len(small().rungs)


@given(st.text(max_size=30))
def test_no_name_breaks_a_picture(name: str) -> None:
    ladder = drawn(name=name)
    text = dot(ladder)
    assert text.count("\n") == dot(small()).count("\n")
    inside = False
    escaped = False
    for character in text:
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == '"':
            inside = not inside
        elif not inside:
            assert character in "digraph{}= ;[],->_\n" or character.isalnum()
    assert not inside
    assert nx.parse_graphml(LadderGraph(ladder).graphml()).number_of_edges() == len(ladder.edges)


def test_graphml_keeps_types_and_roles() -> None:
    ladder = february().ladder
    found = nx.parse_graphml(LadderGraph(ladder).graphml())
    assert found.number_of_nodes() == len(ladder.rungs)
    assert found.number_of_edges() == len(ladder.edges)
    assert found.edges["r13", "r14"]["who"] == "partner"
    assert found.nodes["r21"]["marks"] == "nuclear-use"


def test_only_the_graph_loads_networkx() -> None:
    code = "import sys, wargame.graph.drawings, wargame.graph.parts, wargame.cli.ladder; sys.exit('networkx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
