"""Rules 1 to 4: numbers and dice, where capitals stand, the ladder, and the turn up to the orders."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.sitting import Loaded, Sitting, bare_box, one, only
from wargame.errors import Refused
from wargame.rules.box import Box
from wargame.rules.deterrence import _divide, ratings
from wargame.rules.dice import Dice
from wargame.rules.effects import Effect, changes_of
from wargame.rules.events import (
    CardDrawn,
    ChallengeRolled,
    DeclarationMade,
    EffectLapsed,
    MomentCame,
    OrdersRevealed,
    PhaseOpened,
    RungChanged,
    StandingChanged,
)
from wargame.rules.evolve import evolve
from wargame.rules.legal import actions, steps
from wargame.rules.orders import Climb, Declaration, Draft, Pass, Reply, Seal, Sheet, Start, StepDown, Take
from wargame.rules.state import PASSED, SEALED
from wargame.rules.table import Table
from wargame.rules.tracks import Change, Track

CARDS = tuple("abcdefgh")
MASS, HARDEN, AID = Take("mass-forces"), Take("harden"), Take("short-range-aid", "kyiv")


def open_rungs(sitting: Sitting, capital: str, dyad: str) -> set[str]:
    rungs = sitting.box.ladder.rungs
    return {rungs[s.target].id for s in steps(sitting.box, sitting.view(capital)) if s.dyad == dyad}


def test_1_3_dice_run_from_1_to_100_and_a_climb_must_exceed() -> None:
    falls = [Dice(seed).percent("any") for seed in range(2000)]
    assert (min(falls), max(falls)) == (1, 100)
    climb = Sheet((Climb("moscow-kyiv", "r07"),))
    percent = one(ChallengeRolled, Sitting().turn(moscow=climb)).percent
    for over, stands in ((0, "r06"), (1, "r07")):
        sitting = Sitting(firebreak=percent + over)
        sitting.turn(moscow=climb)
        assert sitting.get("moscow-kyiv.rung") == stands


def test_1_4_no_track_leaves_its_range() -> None:
    half = Track("a.b", 2, 10, True, (), 0, 0)
    assert [half.shown(raw) for raw in (2, 5, 10)] == [1, 2.5, 5]
    assert (half.clamp(1), half.clamp(11)) == (2, 10)
    with pytest.raises(ValueError, match="finer than half a point"):
        half.raw(2.25)


def test_1_5_what_lasts_is_taken_back_and_what_others_moved_stays() -> None:
    sitting = Sitting().until("orders")
    address = "moscow>kyiv.window"
    start = sitting.raw(address)
    moved = MomentCame("test", "test", "", changes=(Change(address, start, start + 2, 2),))
    sitting.state = evolve(sitting.box, sitting.state, moved)
    sitting.set(**{address: (start + 1) / 2})
    sitting.turn()
    sitting.until("orders")
    assert only(EffectLapsed, sitting.events)[-1].changes == (Change(address, start + 1, start - 1),)


def test_1_5_what_is_seen_moves_towards_what_is_true() -> None:
    toward = Effect("a", 0, 0, "~", 3, 2, 10, toward=(0, 1))
    assert changes_of((toward,), ((4, 5),), 1) == (Change("a", 4, 5),)
    away = replace(toward, amount=-1)
    assert changes_of((away,), ((4, 5),), 1) == (Change("a", 4, 3),)


def test_1_6_halves_are_rounded_away_from_nought() -> None:
    assert [_divide(n, 1000) for n in (40499, 40500, -40500, -40499)] == [40, 41, -41, -40]


def test_1_7_an_exercise_has_1_to_24_turns_and_a_history(box: Box) -> None:
    for turns in (0, 25):
        with pytest.raises(Refused):
            Sitting(turns=turns)
    told = only(CardDrawn, Sitting(box).events)
    assert [each.deck for each in told] == [box.scenario.history[0]] * box.scenario.history[1]


def test_1_7_decks_are_shuffled_once() -> None:
    dice = Loaded()
    assert dice.order("deck x", CARDS) == dice.order("deck x", CARDS) != dice.order("deck y", CARDS)


def test_2_3_a_theatre_stands_where_its_highest_dyad_stands() -> None:
    sitting = Sitting().stand("washington-moscow", "r04 washington", "r16 moscow")
    assert (sitting.get("ukraine.rung"), sitting.get("world.rung")) == ("r16", "r16")
    sitting.stand("washington-moscow", "r04 washington")
    assert (sitting.get("ukraine.rung"), sitting.get("ukraine.peak")) == ("r06", "r16")


def test_2_5_a_check_reads_what_is_believed() -> None:
    sitting = Sitting().set(**{"moscow>kyiv.denial.seen": 2, "moscow>kyiv.denial.true": 5})
    pair, rung = sitting.box.pair["moscow>kyiv"], sitting.box.rung_number["r12"]
    assert ratings(sitting.box, sitting.state.values, pair, rung).restraint[0] == 4
    assert ratings(sitting.box, sitting.state.values, pair, rung, true=True).restraint[0] == 10


def test_2_6_one_point_of_influence_is_kept() -> None:
    sitting = Sitting().until("orders")
    assert sitting.get("kyiv.influence") == 3
    sitting.turn()
    assert sitting.until("orders").get("kyiv.influence") == 4
    sitting.turn(kyiv=Sheet((Take("mobilise"), Take("territorial-defence"))))
    assert sitting.until("orders").get("kyiv.influence") == 3


def test_3_1_local_rungs_are_climbed_in_local_dyads(box: Box) -> None:
    for step in box.steps:
        zone = box.ladder.zones[box.ladder.rungs[step.target].zone].id
        if zone in ("limited-force", "local-war", "homeland"):
            assert box.dyad[step.dyad].is_local
        if zone in ("wider-war", "nuclear-signalling", "theatre-nuclear", "central-war"):
            assert not box.dyad[step.dyad].is_local


def test_3_2_a_step_over_several_firebreaks_crosses_the_highest(box: Box) -> None:
    number, zones = box.rung_number, [zone.id for zone in box.ladder.zones]
    assert zones[box.ladder.firebreak(number["r06"], number["r12"])] == "local-war"
    assert box.ladder.firebreak(number["r07"], number["r09"]) == -1
    assert box.ladder.firebreak(number["r10"], number["r08"]) == -1


def rolled(sitting: Sitting, **sheets: Sheet) -> tuple[str, str, str]:
    """Play a turn with one climb; return whence its edge led, whither, and the firebreak that it crossed."""
    found = one(ChallengeRolled, sitting.turn(**sheets))
    return found.source, found.to, found.firebreak


def test_3_2_a_firebreak_is_judged_from_where_the_dyad_stands() -> None:
    sitting = Sitting().stand("moscow-kyiv", "r06 moscow", "r12 moscow")  # Beijing and Taipei stand at r05
    elsewhere = rolled(sitting, beijing=Sheet((Climb("beijing-taipei", "r10"),)))
    assert elsewhere == ("r12", "r10", "First harm with an author")
    sitting = Sitting().stand("moscow-kyiv", "r06 moscow", "r10 moscow")
    sitting.stand("washington-moscow", "r04 washington", "r15 washington")
    sitting.set(**{"washington>kyiv.permission.true": "against-the-attack"})
    assert rolled(sitting, kyiv=Sheet((Climb("moscow-kyiv", "r13"),))) == ("r15", "r13", "Homeland sanctuary")
    assert ("firebreak", "kyiv", "moscow-kyiv", "homeland", 0) in sitting.dice.thrown


def test_3_2_a_step_down_the_ladder_crosses_no_firebreak() -> None:
    sitting = Sitting().stand("washington-moscow", "r04 washington", "r18 moscow")
    assert rolled(sitting, moscow=Sheet((Climb("washington-moscow", "r16"),))) == ("r18", "r16", "")
    assert not [thrown for thrown in sitting.dice.thrown if thrown[0] == "firebreak"]


def test_3_3_edges_say_who_and_what_they_need() -> None:
    sitting = Sitting().until("orders")
    assert open_rungs(sitting, "moscow", "moscow-kyiv") == {"r07", "r09", "r10"}
    assert open_rungs(sitting, "kyiv", "moscow-kyiv") == {"r07", "r09"}
    assert open_rungs(sitting, "washington", "moscow-kyiv") == set()


def test_3_3_a_jump_costs_more_than_a_step(box: Box) -> None:
    for step in box.steps:
        assert step.cost == (box.rulebook.jump_cost if step.type == "jump" else box.rulebook.climb_cost)


def test_3_4_from_open_war_a_step_may_start_where_the_theatre_stands() -> None:
    sitting = Sitting().until("orders")
    assert "r15" not in open_rungs(sitting, "washington", "washington-moscow")
    sitting.stand("moscow-kyiv", "r06 moscow", "r12 moscow")
    assert "r15" in open_rungs(sitting, "washington", "washington-moscow")


def test_3_4_a_horizontal_step_follows_the_other_theatre() -> None:
    sitting = Sitting().until("orders")
    assert "r10" not in open_rungs(sitting, "beijing", "beijing-taipei")
    sitting.stand("moscow-kyiv", "r06 moscow", "r12 moscow")
    assert "r10" in open_rungs(sitting, "beijing", "beijing-taipei")


def test_3_5_each_climb_has_its_holder() -> None:
    sitting = Sitting()
    sitting.turn(kyiv=Sheet((Climb("moscow-kyiv", "r07"),)))
    stack = sitting.state.stacks[sitting.box.dyad_place["moscow-kyiv"]]
    assert (stack[-1].holder, len(stack)) == ("kyiv", 4)
    table = Table(sitting.box, sitting.state, sitting.dice)
    table.carry("moscow-kyiv", sitting.box.rung_number["r09"], "", "card")
    assert table.state.stacks[0][-1].holder == ""


def stack(sitting: Sitting, dyad: str) -> list[str]:
    """Return a dyad's stack as it is given to ``Sitting.stand``."""
    rungs = sitting.box.ladder.rungs
    return [f"{rungs[each.rung].id} {each.holder}" for each in sitting.state.stacks[sitting.box.dyad_place[dyad]]]


@pytest.mark.parametrize(("dyad", "stands", "to", "left"), [
    ("moscow-kyiv", ["r06 moscow", "r09 kyiv", "r10 moscow"], "r08", ["r06 moscow", "r08 moscow"]),
    ("moscow-kyiv", ["r06 moscow", "r09 kyiv", "r10 moscow"], "r09", ["r06 moscow", "r09 moscow"]),
    ("moscow-kyiv", ["r06 moscow", "r07 kyiv", "r10 moscow"], "r08", ["r06 moscow", "r07 kyiv", "r08 moscow"]),
    ("washington-moscow", ["r04 washington", "r16 washington", "r18 moscow"], "r16", ["r04 washington", "r16 moscow"]),
])  # fmt: skip
def test_3_5_a_lateral_step_down_leaves_a_stack_in_order(
    dyad: str, stands: list[str], to: str, left: list[str]
) -> None:
    sitting = Sitting().stand(dyad, *stands)
    sitting.turn(moscow=Sheet((Climb(dyad, to),)))
    assert stack(sitting, dyad) == left


def test_3_5_a_later_step_down_goes_to_the_rung_beneath() -> None:
    sitting = Sitting().stand("moscow-kyiv", "r06 moscow", "r09 kyiv", "r10 moscow")
    sitting.turn(moscow=Sheet((Climb("moscow-kyiv", "r08"),)))
    moved = one(RungChanged, sitting.turn(moscow=Sheet((StepDown("moscow-kyiv"),))))
    assert (moved.source, moved.to, moved.cause) == ("r08", "r06", "step-down")
    assert stack(sitting, "moscow-kyiv") == ["r06 moscow"]


def test_3_6_a_climb_brings_its_effects_and_ends_a_ceasefire() -> None:
    sitting = Sitting().stand("moscow-kyiv", "r06 moscow", "r12 moscow").set(**{"moscow-kyiv.ceasefire": "yes"})
    sitting.set(**{"washington>kyiv.permission.true": "against-the-attack"})
    before = sitting.raw("moscow>kyiv.loss")
    sitting.set(**{"moscow>kyiv.loss": 2})
    sitting.turn(kyiv=Sheet((Climb("moscow-kyiv", "r13"),)))
    assert sitting.get("moscow-kyiv.ceasefire") == "no"
    assert before != sitting.raw("moscow>kyiv.loss") >= 5


def test_3_7_nobody_orders_a_wormhole(box: Box) -> None:
    assert {edge.id for edge in box.ladder.edges if edge.type == "wormhole"}
    assert not [step for step in box.steps if step.type == "wormhole"]


def test_3_8_a_seizure_and_an_invasion_need_forces_massed() -> None:
    sitting = Sitting().until("orders")
    assert not {"r11", "r12"} & open_rungs(sitting, "moscow", "moscow-kyiv")
    sitting.set(**{"moscow.readiness": 2})
    assert {"r11", "r12"} <= open_rungs(sitting, "moscow", "moscow-kyiv")


def test_3_9_a_card_moves_a_dyad_along_an_edge_only(box: Box) -> None:
    card = replace(box.cards[0], id="test", deck="only", asks="", then=(), tests=(), when=(), options=())
    for to, arrives in (("r07", True), ("r13", False)):
        moved = replace(card, take=("moscow-kyiv", box.rung_number[to]))
        scenario = replace(bare_box().scenario, draws=(("only", 1),))
        sitting = Sitting(replace(box, cards=(moved,), scenario=scenario)).until("signal")
        assert (sitting.get("moscow-kyiv.rung") == to) is arrives
        assert [event.cause for event in only(RungChanged, sitting.events)] == (["card"] if arrives else [])


def test_3_10_what_leads_to_a_rung_of_the_great_powers_takes_their_dyad_there() -> None:
    sitting = Sitting(accident=1).set(**{"world.risk": 1}).stand("moscow-kyiv", "r06 moscow", "r07 moscow")
    moved = one(RungChanged, sitting.turn())
    assert (moved.dyad, moved.source, moved.to) == ("washington-moscow", "r04", "r18")
    assert (sitting.get("moscow-kyiv.rung"), sitting.get("ukraine.rung")) == ("r07", "r18")


def test_3_10_from_the_great_powers_to_a_local_rung_it_is_the_challengers_dyad() -> None:
    sitting = Sitting(accident=1).set(**{"world.risk": 1}).stand("moscow-kyiv", "r02 moscow")
    sitting.stand("beijing-taipei", "r03 beijing").stand("washington-moscow", "r05 moscow")
    moved = one(RungChanged, sitting.turn())
    assert (moved.dyad, moved.to) == ("moscow-kyiv", "r09")


def test_3_10_nobody_is_carried_down() -> None:
    sitting = Sitting().stand("moscow-kyiv", "r06 moscow", "r07 moscow").stand("washington-moscow", "r19 moscow")
    table = Table(sitting.box, sitting.state, Dice(1))
    assert not table.carry("moscow-kyiv", sitting.box.rung_number["r18"], "", "accident")
    assert table.events == []


def test_4_1_a_card_that_asks_somebody_without_a_seat_is_not_drawn(box: Box) -> None:
    asking = next(card for card in box.cards if card.asks and card.deck == "ukraine")
    homeless = replace(asking, asks="nowhere", when=())
    one_card = replace(
        box, cards=(homeless,), scenario=replace(box.scenario, draws=(("ukraine", 1),), injects=(), history=("none", 0))
    )
    sitting = Sitting(one_card).until("signal")
    assert (sitting.state.turn, sitting.state.drawn) == (1, ())


def test_4_1_the_update_comes_in_its_order(box: Box) -> None:
    sitting = Sitting(box).until("signal")
    drawn = [event for event in only(CardDrawn, sitting.events) if event.deck != box.scenario.history[0]]
    assert len({event.card for event in drawn}) == len(drawn)
    assert {event.deck for event in drawn} <= {deck for deck, _ in box.scenario.draws}
    kinds = [type(event).__name__ for event in sitting.events]
    assert kinds.index("TurnOpened") < len(kinds) - 1 - kinds[::-1].index("CardDrawn") < len(kinds)


def test_4_2_declarations_are_announced_when_all_are_in() -> None:
    said = Declaration("tie-hands", "moscow-kyiv", "r12", Climb("moscow-kyiv", "r13"))
    sitting = Sitting().until("orders", kyiv=said)
    kinds = [type(event).__name__ for event in sitting.events]
    assert kinds.index("DeclarationMade") > len(kinds) - 1 - kinds[::-1].index("SignalsGiven")
    assert one(DeclarationMade, sitting.events).capital == "kyiv"


def test_4_2_one_public_and_one_quiet_declaration() -> None:
    said = Declaration("tie-hands", "moscow-kyiv", "r12", Climb("moscow-kyiv", "r13"))
    with pytest.raises(Refused, match="one public and one quiet"):
        Sitting().until("orders", kyiv=(said, replace(said, rung="r11")))  # type: ignore[arg-type]


def test_4_3_a_sheet_keeps_within_its_moves_and_its_influence() -> None:
    sitting = Sitting().until("orders")
    calm, rehearse = Take("keep-calm"), Take("rehearse-reply")
    assert sitting.faults("kyiv", Sheet((HARDEN, calm))) == ()
    assert "holds 2 measures" in sitting.faults("kyiv", Sheet((HARDEN, calm, Take("call-in-patron"))))[0]
    assert "stands twice" in sitting.faults("kyiv", Sheet((HARDEN, HARDEN)))[0]
    assert "cannot be ordered together" in sitting.faults("kyiv", Sheet((calm, rehearse)))[0]
    assert "costs 4 influence" in sitting.faults("kyiv", Sheet((Take("mobilise"), Take("territorial-defence"))))[0]


def test_4_3_a_submission_has_four_states() -> None:
    sitting = Sitting().until("orders")
    assert sitting.view("kyiv").status == "nothing"
    sitting.do(Draft("kyiv", Sheet((HARDEN, HARDEN, HARDEN))))
    assert sitting.view("kyiv").status == "draft"
    sitting.do(Seal("kyiv", Sheet((HARDEN,))))
    sitting.do(Pass("taipei"))
    assert (sitting.view("kyiv").status, sitting.view("taipei").status) == (SEALED, PASSED)
    with pytest.raises(Refused):
        sitting.do(Seal("kyiv", Sheet()))


def test_4_3_a_reply_need_not_be_possible_yet_and_a_note_is_short() -> None:
    sitting = Sitting().until("orders")
    assert sitting.faults("kyiv", Sheet(reply=Reply("moscow-kyiv", "r12", Climb("moscow-kyiv", "r13")))) == ()
    with pytest.raises(Refused, match="at most 280"):
        sitting.do(Draft("kyiv", Sheet(note="x" * 281)))


def test_4_3_a_reply_waits_for_a_rung_above_where_its_dyad_stands() -> None:
    sitting = Sitting().until("orders")
    answer = Climb("moscow-kyiv", "r09")
    for rung in ("r05", "r06"):
        late = Sheet(reply=Reply("moscow-kyiv", rung, answer))
        assert sitting.faults("kyiv", late) == (f"reply: moscow-kyiv stands at {rung} or above already",)
        with pytest.raises(Refused, match="or above already"):
            sitting.do(Seal("kyiv", late))
    # where a reply climbs and where its trigger lies may be two dyads: the trigger's counts
    assert sitting.faults("kyiv", Sheet(reply=Reply("washington-moscow", "r05", answer))) == ()
    assert sitting.faults("kyiv", Sheet(reply=Reply("moscow-kyiv", "r07", answer))) == ()


def test_4_4_a_measure_elsewhere_costs_one_more() -> None:
    def left(sheet: Sheet) -> int:
        sitting = Sitting()
        paid = one(OrdersRevealed, sitting.turn(washington=sheet))
        return next(c.old - c.new for c in paid.changes if c.address == "washington.influence")

    assert left(Sheet((AID,), priority="ukraine")) == 1
    assert left(Sheet((AID,), priority="taiwan")) == 2
    assert left(Sheet((AID,))) == 2
    assert left(Sheet((Take("mend-alliance"),), priority="taiwan")) == 1


def test_4_4_two_turns_of_neglect_are_noticed() -> None:
    sitting = Sitting()
    for turn in (1, 2):
        events = sitting.turn(washington=Sheet(priority="ukraine"))
        noticed = [event for event in only(MomentCame, events) if event.moment == "neglected"]
        assert bool(noticed) is (turn == 2)
    assert (sitting.get("taiwan.neglect"), sitting.get("ukraine.neglect")) == (2, 0)


def test_4_4_nothing_is_named_or_neglected_where_one_theatre_is_open() -> None:
    sitting = Sitting()
    sitting.turn(washington=Sheet(priority="ukraine"))
    assert sitting.get("taiwan.neglect") == 1
    sitting.set(**{"ukraine.outcome": "settled"})
    events = [event for _ in range(3) for event in sitting.turn()]
    assert "neglected" not in {event.moment for event in only(MomentCame, events)}
    assert (sitting.get("taiwan.neglect"), sitting.get("ukraine.neglect")) == (0, 0)
    purse = sitting.until("orders").raw("washington.influence")
    sitting.turn(washington=Sheet((Take("short-range-aid", "taipei"),)))
    assert sitting.raw("washington.influence") == purse - 1


def test_4_5_consequences_come_in_their_order() -> None:
    sitting = Sitting()
    kinds = [type(event).__name__ for event in sitting.turn()]
    assert kinds.index("AccidentDrawn") < len(kinds)
    assert sitting.get("moscow-kyiv.quiet-turns") == 1
    sitting.turn(moscow=Sheet((Climb("moscow-kyiv", "r07"),)))
    assert (sitting.get("moscow-kyiv.quiet-turns"), sitting.get("beijing-taipei.quiet-turns")) == (0, 2)
    assert only(PhaseOpened, sitting.events)[-1].opened == "update"


def test_4_6_standing_effects_hold_as_long_as_their_conditions() -> None:
    sitting = Sitting().until("orders")
    before = sitting.raw("moscow>kyiv.audience")
    sitting.set(**{"moscow.face": 0}).turn()
    assert sitting.raw("moscow>kyiv.audience") == before + 2
    sitting.set(**{"moscow.face": 3}).turn()
    assert sitting.raw("moscow>kyiv.audience") == before
    assert [event.holds for event in only(StandingChanged, sitting.events)] == [True, False]


def test_4_6_massed_forces_cost_influence_or_go_home() -> None:
    sitting = Sitting().set(**{"moscow.readiness": 2}).until("orders")
    assert (sitting.get("moscow.influence"), sitting.get("moscow.readiness")) == (3, 2)


def test_4_start_is_refused_for_another_scenario() -> None:
    sitting = Sitting()
    with pytest.raises(Refused):
        sitting.do(Start("another", "balanced", "rigid", 3))
    assert actions(sitting.box, sitting.until("orders").view("moscow"))
    assert sitting.faults("moscow", Sheet((MASS,))) == ()
