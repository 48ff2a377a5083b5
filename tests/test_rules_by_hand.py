"""Playing by hand: rules.md's tables alone reproduce every check of a logged exercise."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests import by_hand
from tests.sitting import Sitting, bare_box, one, only
from wargame.exercise import Exercise
from wargame.export.jsonl import jsonl
from wargame.rules.box import Box
from wargame.rules.events import AccidentDrawn, ChallengeRolled, MeasureTaken, OrderLapsed
from wargame.rules.orders import Climb, Reply, Sheet, Start, Take

RULES = by_hand.RULES.read_text("utf-8")
HAND = by_hand.Hand(RULES)


def threat(name: str, slot: str, links: str) -> dict[str, Any]:
    capability, will, free, clarity, cost = map(float, links.split())
    return {"name": name, "slot": slot, "capability": capability, "will": will, "free": free, "clarity": clarity,
            "cost": cost}  # fmt: skip


MOSCOW_TO_MAJOR_WAR: dict[str, Any] = {
    "theory": "balanced",
    "to": "r12",
    "terms": [
        *({"name": name, "side": "pressure", "rating": rating} for name, rating in
          (("prize", 5), ("loss", 5), ("window", 4), ("audience", 3), ("fear", 3), ("nerve", 4))),
        *({"name": name, "side": "restraint", "rating": rating} for name, rating in
          (("denial", 2), ("assure", 2), ("own", 1), ("econ", 4), ("mil", 1), ("nuc", 1))),
    ],
    "threats": [
        threat("own", "own", "1 5 1 2 2"), threat("home", "own", "1 5 2 2 2"), threat("econ", "econ", "4 4 4 4 3"),
        threat("mil", "mil", "5 1 2 5 5"), threat("nuc", "nuc", "5 1 2 1 5"),
    ],
}  # fmt: skip
"""1 February 2022 as deterrence.md rates it, written down without the program."""


def logged(box: Box, theory: str, seed: int, mode: str = "semi-rigid") -> list[str]:
    start = Start(box.scenario.id, theory, mode, box.scenario.turns)
    with Exercise.create(box, start, seed) as exercise:
        assert exercise.run() == ()
        return jsonl(exercise.recorded).splitlines()


def test_the_hand_uses_nothing_of_the_program() -> None:
    tree = ast.parse(Path(by_hand.__file__).read_text("utf-8"))
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert named <= {"__future__", "collections.abc", "json", "math", "pathlib", "re", "sys", "typing"}


def test_6_2_the_worked_check_by_hand() -> None:
    found = HAND.check(MOSCOW_TO_MAJOR_WAR)
    assert found["contributions"] == [-630, -990, -700, -450, -350, -250, 720, 360, 41, 770, 216, 86]
    assert (found["margin"], found["constant"], found["percent"]) == (-1177, -72, 22)
    assert found["counts"] == [True, False, True, True, True]


def test_6_4_the_weakest_link_by_hand() -> None:
    found = HAND.check(MOSCOW_TO_MAJOR_WAR)
    assert found["weakest"] == "mil.will"
    assert found["links"] == ["capability", "capability", "capability", "will", "will"]
    assert found["credibility"] == [90, 90, 770, 120, 80]


def test_6_9_the_band_by_hand() -> None:
    assert HAND.check(MOSCOW_TO_MAJOR_WAR)["band"] == [11, 42]


@pytest.mark.parametrize(
    ("theory", "percent"),
    [("balanced", 22), ("own-countervalue", 14), ("denial-first", 18), ("spiral", 22), ("umbrella", 25),
     ("motivation-first", 16)],
)  # fmt: skip
def test_6_3_every_theory_reads_the_same_sheet_by_hand(theory: str, percent: int) -> None:
    assert HAND.check({**MOSCOW_TO_MAJOR_WAR, "theory": theory})["percent"] == percent


@pytest.mark.parametrize("theory", list(HAND.theories))
def test_6_3_the_average_crisis_by_hand(theory: str) -> None:
    terms = [
        {**term, "rating": 4 if term["side"] == "pressure" and term["name"] != "nerve" else 3}
        for term in MOSCOW_TO_MAJOR_WAR["terms"]
    ]
    threats = [threat(slot, slot, "3 3 3 3 3") for slot in ("own", "econ", "mil", "nuc")]
    found = HAND.check({"theory": theory, "to": "r12", "terms": terms, "threats": threats})
    assert found["percent"] == 58


def test_6_6_the_worked_turn_by_hand() -> None:
    ratings = {"prize": 3, "audience": 4.5, "denial": 1}
    costs = {"own": 1, "home": 1, "econ": 1, "mil": 3, "nuc": 3}
    found = HAND.check({
        **MOSCOW_TO_MAJOR_WAR,
        "to": "r07",
        "terms": [{**term, "rating": ratings.get(term["name"], term["rating"])} for term in MOSCOW_TO_MAJOR_WAR["terms"]],
        "threats": [{**each, "cost": costs[each["name"]]} for each in MOSCOW_TO_MAJOR_WAR["threats"]],
    })  # fmt: skip
    assert (found["margin"], found["percent"]) == (-2424, 8)
    section = " ".join(RULES[RULES.index("## A worked turn") : RULES.index("## On paper only")].split())
    names = [term["name"] for term in MOSCOW_TO_MAJOR_WAR["terms"]]
    added = ", ".join(f"{name} {amount}" for name, amount in zip(names, found["contributions"], strict=True))
    assert f"Moscow's terms are {added}. Margin -2424, result -2496: 8 percent." in section


def test_4_the_worked_turn_is_played_as_it_is_told(box: Box) -> None:
    told = replace(box.card["u01"], deck="told")
    scenario = replace(bare_box().scenario, draws=(("told", 1),))
    sitting = Sitting(replace(box, cards=(told,), scenario=scenario)).load(firebreak=61, accident=71).until("orders")
    assert [sitting.get(f"{capital.id}.influence") for capital in box.capitals] == [4, 4, 3, 3, 5]
    assert (sitting.get("moscow>kyiv.audience"), sitting.get("world.risk")) == (3.5, 1)
    window, loss = sitting.raw("moscow>kyiv.window"), sitting.raw("kyiv>moscow.loss")
    events = sitting.turn(
        moscow=Sheet((Take("mass-forces"), Climb("moscow-kyiv", "r07"))),
        beijing=Sheet((Take("patrol-and-probe"),)),
        kyiv=Sheet((Take("territorial-defence"),), reply=Reply("moscow-kyiv", "r12", Climb("moscow-kyiv", "r13"))),
        taipei=Sheet((Take("island-porcupine"),)),
        washington=Sheet((Take("short-range-aid", "kyiv"), Take("porcupine", "taipei")), priority="ukraine"),
    )
    order = [
        "island-porcupine",
        "short-range-aid",
        "porcupine",
        "mass-forces",
        "patrol-and-probe",
        "territorial-defence",
    ]
    assert [event.measure for event in only(MeasureTaken, events)] == order
    rolled = one(ChallengeRolled, events)
    assert (rolled.firebreak, rolled.margin, rolled.percent) == ("First harm with an author", -2424, 8)
    assert (sitting.get("moscow.readiness"), sitting.get("moscow>kyiv.audience")) == (2, 4.5)
    assert (sitting.get("moscow-kyiv.rung"), one(OrderLapsed, events).order) == ("r07", "reply")
    assert (one(AccidentDrawn, events).percent, sitting.get("world.risk")) == (4, 1)
    assert (sitting.raw("moscow>kyiv.window"), sitting.raw("kyiv>moscow.loss")) == (window + 1, loss + 1)
    assert sitting.get("moscow.influence") == 2
    assert sitting.until("orders").get("moscow.influence") == 4


@pytest.mark.parametrize("theory", list(HAND.theories))
@pytest.mark.parametrize("seed", [7, 8, 9, 10])
def test_6_every_check_of_a_logged_game_by_hand(box: Box, theory: str, seed: int) -> None:
    count, wrong = by_hand.checked(RULES, logged(box, theory, seed))
    assert wrong == []
    assert count > 0


def test_6_5_one_die_for_a_firebreak_by_hand(box: Box) -> None:
    """Over some games somebody asks the same question twice, and another die is noticed."""
    for seed in range(30):
        lines = logged(box, "balanced", seed)
        crossed = [n for n, line in enumerate(lines) if json.loads(line).get("firebreak")]
        keys = [tuple(json.loads(lines[n])[name] for name in ("challenger", "dyad", "firebreak")) for n in crossed]
        again = [place for n, place in enumerate(crossed) if keys[n] in keys[:n]]
        reopened = any(".reopened" in line for line in lines[2:])
        assert by_hand.checked(RULES, lines)[1] == []
        if again and not reopened:
            event = json.loads(lines[again[0]])
            lines[again[0]] = json.dumps({**event, "die": event["die"] % 100 + 1})
            assert "another die" in by_hand.checked(RULES, lines)[1][0]
            return
    pytest.fail("nobody asked twice")


def test_a_log_of_another_sum_is_noticed(box: Box) -> None:
    lines = logged(box, "balanced", 7)
    place = next(n for n, line in enumerate(lines) if json.loads(line).get("event") == "challenge_resolved")
    event = json.loads(lines[place])
    event["percent"] += 1
    event["terms"][0]["contribution"] += 1
    lines[place] = json.dumps(event)
    _, wrong = by_hand.checked(RULES, lines)
    assert [each.split(": ")[1] for each in wrong][:2] == ["contributions", "percent"]


def test_as_a_script(box: Box, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text("\n".join(logged(box, "umbrella", 7)) + "\n", "utf-8")
    assert by_hand.main(str(log)) == 0
    assert capsys.readouterr().out.endswith("0 disagreements\n")
