"""Rules 5 to 7: the printed sequence, the check, permission, deliveries, the first blow."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.sitting import Loaded, Sitting, bare_box, one, only
from wargame.errors import Refused
from wargame.rules.agenda import sequence
from wargame.rules.deterrence import ratings
from wargame.rules.events import (
    BlowStruck,
    ChallengeResolved,
    ChallengeRolled,
    DeliveryArrived,
    DeliveryMoved,
    MomentCame,
    OrderLapsed,
    OrdersRevealed,
    PermissionRefused,
    PressedOn,
    RulingMade,
    TalksHeld,
)
from wargame.rules.evolve import evolve
from wargame.rules.legal import is_answering
from wargame.rules.orders import Climb, Dial, Reply, Rule, Sheet, StepDown, Take, Terms
from wargame.rules.resolve.climb import press_on_price
from wargame.rules.state import State
from wargame.rules.table import Table

GREY = Climb("moscow-kyiv", "r07")
STRIKE = Climb("moscow-kyiv", "r13")
BOND = "washington>kyiv.permission"


def at_war(**falls: int) -> Sitting:
    """Moscow and Kyiv at war, Kyiv permitted to strike what feeds the attack."""
    sitting = Sitting().load(**falls).stand("moscow-kyiv", "r06 moscow", "r12 moscow")
    return sitting.set(**{f"{BOND}.true": "against-the-attack", f"{BOND}.seen": "against-the-attack"})


def massed(theory: str = "balanced", **falls: int) -> Sitting:
    """Moscow has its forces massed and may invade."""
    return Sitting(theory=theory).load(**falls).until("orders").set(**{"moscow.readiness": 2})


INVADE = Sheet((Climb("moscow-kyiv", "r12"),))


def test_5_1_steps_down_and_talks_come_first() -> None:
    sheets = (
        ("moscow", Sheet((GREY, Take("mass-forces"), StepDown("moscow-kyiv")), talks=(Terms("moscow-kyiv", "pause"),))),
        ("washington", Sheet(dials=(Dial("kyiv", "against-the-attack"),))),
        ("kyiv", Sheet(reply=Reply("moscow-kyiv", "r07", GREY))),
    )
    order = [type(item.what).__name__ for item in sequence(bare_box(), sheets)]
    assert order == ["StepDown", "Terms", "Dial", "Take", "Climb", "Reply"]


def test_5_1_what_lands_stops_the_climbs_of_the_turn() -> None:
    terms = (Terms("moscow-kyiv", "pause"),)
    sitting = Sitting()
    events = sitting.turn(moscow=Sheet((GREY,), talks=terms), kyiv=Sheet(talks=terms))
    assert one(TalksHeld, events).landed
    assert "stopped the clock" in one(OrderLapsed, events).reason
    assert sitting.get("moscow-kyiv.rung") == "r06"


def test_5_2_a_permission_given_this_turn_counts_this_turn() -> None:
    sitting = Sitting().stand("moscow-kyiv", "r06 moscow", "r12 moscow")
    sitting.turn(washington=Sheet(dials=(Dial("kyiv", "against-the-attack"),)), kyiv=Sheet((STRIKE,)))
    assert sitting.get("moscow-kyiv.rung") == "r13"


def test_5_2_aid_comes_before_posture_before_signals() -> None:
    sheets = (("kyiv", Sheet((Take("keep-calm"), Take("harden"), Take("home-reach")))),)
    order = [item.what.measure for item in sequence(bare_box(), sheets) if isinstance(item.what, Take)]
    assert order == ["home-reach", "harden", "keep-calm"]


def test_5_3_challengers_then_partners_then_patrons_then_counters() -> None:
    def reply(dyad: str, to: str) -> Sheet:
        return Sheet(reply=Reply(dyad, "r00", Climb(dyad, to)))

    sheets = (
        ("moscow", replace(reply("moscow-kyiv", "r12"), moves=(GREY,))), ("kyiv", reply("moscow-kyiv", "r13")),
        ("washington", reply("washington-moscow", "r15")),
    )  # fmt: skip
    order = [(item.step, item.capital) for item in sequence(bare_box(), sheets)]
    assert order == [(4, "moscow"), (5, "kyiv"), (6, "washington"), (7, "moscow")]


def test_5_3_a_reply_answers_in_the_same_turn() -> None:
    sitting = massed().set(**{f"{BOND}.true": "against-the-attack"})
    sitting.turn(moscow=INVADE, kyiv=Sheet(reply=Reply("moscow-kyiv", "r12", STRIKE)))
    assert sitting.get("moscow-kyiv.rung") == "r13"


def test_5_4_half_the_price_of_a_lapsed_order_comes_back() -> None:
    terms = (Terms("moscow-kyiv", "frozen"),)
    late = Sheet((Take("impose-sanctions", "moscow"),), priority="ukraine")  # the theatre is closed by then
    events = at_war().turn(washington=late, moscow=Sheet(talks=terms), kyiv=Sheet(talks=terms))
    change = one(OrderLapsed, events).changes[0]
    assert (change.address, change.new - change.old) == ("washington.influence", 1)


def paid_and_back(sitting: Sitting, capital: str, **sheets: Sheet) -> tuple[int, int]:
    """Play a turn in which orders of a capital lapse; return what its sheet cost and what came back."""
    events = sitting.turn(**sheets)
    assert {event.capital for event in only(OrderLapsed, events)} == {capital}
    paid = {c.address: c.old - c.new for c in one(OrdersRevealed, events).changes}
    back = sum(change.new - change.old for event in only(OrderLapsed, events) for change in event.changes)
    return paid[f"{capital}.influence"], back


@pytest.mark.parametrize(("climb", "paid", "back"), [(INVADE, 2, 1), (Sheet((GREY,)), 1, 0)])
def test_5_4_half_of_what_was_paid_for_a_climb_comes_back(climb: Sheet, paid: int, back: int) -> None:
    terms = (Terms("moscow-kyiv", "pause"),)
    kyiv = Sheet(talks=terms)
    assert paid_and_back(massed(), "moscow", moscow=replace(climb, talks=terms), kyiv=kyiv) == (paid, back)


def test_5_4_what_was_paid_for_distance_comes_back_too() -> None:
    terms = Sheet(talks=(Terms("moscow-kyiv", "frozen"),))
    aid = Take("short-range-aid", "kyiv")
    for priority, paid, back in (("taiwan", 2, 1), ("ukraine", 1, 0)):
        washington = Sheet((aid,), priority=priority)
        assert paid_and_back(at_war(), "washington", washington=washington, moscow=terms, kyiv=terms) == (paid, back)


def test_5_4_half_of_what_was_paid_for_a_reply_comes_back() -> None:
    late = Sheet(reply=Reply("moscow-kyiv", "r07", Take("impose-sanctions", "moscow")), priority="ukraine")
    assert paid_and_back(Sitting(), "washington", washington=late, moscow=Sheet((GREY,))) == (3, 1)


def test_5_4_a_move_is_not_paid_back_twice() -> None:
    terms = (Terms("moscow-kyiv", "pause"),)
    twice = replace(INVADE, reply=Reply("washington-moscow", "r05", INVADE.moves[0]), talks=terms)  # type: ignore[arg-type]
    sheets = {"kyiv": Sheet(talks=terms), "washington": Sheet((Climb("washington-moscow", "r05"),))}
    assert paid_and_back(massed(), "moscow", moscow=twice, **sheets) == (3, 1)


def test_5_4_nothing_comes_back_for_a_reply_that_was_not_called_for() -> None:
    events = Sitting().turn(kyiv=Sheet(reply=Reply("moscow-kyiv", "r12", STRIKE)))
    lapsed = one(OrderLapsed, events)
    assert (lapsed.order, lapsed.changes) == ("reply", ())


def test_5_5_lower_rungs_first_then_the_scenarios_order() -> None:
    sheets = (
        ("moscow", Sheet((Climb("moscow-kyiv", "r09"),))),
        ("beijing", Sheet((Climb("beijing-taipei", "r09"), Climb("beijing-taipei", "r07")))),
    )
    order = [(i.capital, i.what.to) for i in sequence(bare_box(), sheets) if isinstance(i.what, Climb)]
    assert order == [("beijing", "r07"), ("moscow", "r09"), ("beijing", "r09")]


def test_5_6_the_white_cell_overrules_with_a_reason() -> None:
    def play(mode: str, taken: bool, reason: str) -> Sitting:
        sitting = Sitting(mode=mode, white_cell=True, firebreak=1, ruling=lambda state: Rule(taken, reason))
        sitting.turn(moscow=Sheet((GREY,)))
        return sitting

    sitting = play("semi-rigid", True, "they would go")
    assert one(ChallengeResolved, sitting.events).outcome == "overruled-taken"
    assert one(RulingMade, sitting.events).overruled
    with pytest.raises(Refused, match="needs a reason"):
        play("semi-rigid", True, " ")
    with pytest.raises(Refused, match="the dice bind everyone"):
        play("rigid", True, "they would go")
    assert play("free", True, "").get("moscow-kyiv.rung") == "r07"
    assert one(ChallengeResolved, play("rigid", False, "").events).outcome == "deterred"


def test_5_6_free_mode_needs_a_white_cell() -> None:
    with pytest.raises(Refused, match="white cell"):
        Sitting(mode="free")


def test_5_6_a_capital_may_still_press_on_where_the_dice_are_let_stand() -> None:
    sitting = Sitting(white_cell=True, firebreak=1)
    sitting.turn(moscow=Sheet((replace(GREY, press_on=True),)))
    assert one(ChallengeResolved, sitting.events).outcome == "pressed-on"


def ruled(mode: str, ruling: Rule, die: int = 1, press_on: bool = True, nerve: float = 4) -> Sitting:
    """Moscow climbs to r07 before a white cell; the die of 1 deters it, one of 100 does not."""
    sitting = Sitting(mode=mode, white_cell=True, firebreak=die, ruling=lambda _: ruling).set(**{"moscow.nerve": nerve})
    sitting.turn(moscow=Sheet((replace(GREY, press_on=press_on),)))
    return sitting


@pytest.mark.parametrize(("mode", "reason"), [("semi-rigid", "its staff resign"), ("free", "")])
def test_5_6_a_ruling_stops_a_capital_that_would_press_on(mode: str, reason: str) -> None:
    sitting = ruled(mode, Rule(False, reason))
    ruling = one(RulingMade, sitting.events)
    assert (ruling.taken, ruling.overruled, ruling.reason) == (False, True, reason)
    assert one(ChallengeResolved, sitting.events).outcome == "overruled-held"
    assert (sitting.get("moscow-kyiv.rung"), sitting.get("moscow.nerve"), only(PressedOn, sitting.events)) == (
        "r06",
        4,
        [],
    )


def test_5_6_to_stop_a_capital_that_would_press_on_needs_a_reason_or_free_mode() -> None:
    with pytest.raises(Refused, match="needs a reason"):
        ruled("semi-rigid", Rule(False))
    # one that would not, or could not, is not overruled
    for sitting in (ruled("semi-rigid", Rule(False), press_on=False), ruled("semi-rigid", Rule(False), nerve=1)):
        assert one(ChallengeResolved, sitting.events).outcome == "deterred"
        assert not one(RulingMade, sitting.events).overruled


@pytest.mark.parametrize("mode", ["semi-rigid", "free"])
def test_5_6_letting_things_stand_leaves_it_to_dice_and_capital(mode: str) -> None:
    for die, press_on, taken, outcome, nerve in (
        (1, True, True, "pressed-on", 3), (1, False, False, "deterred", 4), (100, False, True, "taken", 4),
    ):  # fmt: skip
        sitting = ruled(mode, Rule(), die, press_on)
        ruling = one(RulingMade, sitting.events)
        assert (ruling.taken, ruling.overruled) == (taken, False)
        assert one(ChallengeResolved, sitting.events).outcome == outcome
        assert sitting.get("moscow.nerve") == nerve


def test_5_6_in_rigid_mode_nothing_is_overruled_and_nobody_presses_on() -> None:
    assert one(ChallengeResolved, ruled("rigid", Rule()).events).outcome == "deterred"
    with pytest.raises(Refused, match="the dice bind everyone"):
        ruled("rigid", Rule(False, "never"), die=100)


def test_6_1_the_more_worth_of_two_threats_counts_and_stake_caps_will() -> None:
    sitting = Sitting().set(**{"moscow>kyiv.home.capability": 2, "moscow>kyiv.home.survivability": 2})
    sitting.turn(moscow=Sheet((GREY,)))
    counts = {threat.name: threat.counts for threat in one(ChallengeResolved, sitting.events).threats}
    assert (counts["own"], counts["home"]) == (False, True)
    pair, rung = sitting.box.pair["moscow>kyiv"], sitting.box.rung_number["r12"]
    sitting.set(**{"moscow>kyiv.mil.will": 5, "washington>kyiv.stake": 3})
    read = ratings(sitting.box, sitting.state.values, pair, rung)
    assert next(threat.will for threat in read.threats if threat.id == "mil") == 6


def test_6_5_the_die_of_a_firebreak_is_thrown_once_and_others_each_turn() -> None:
    sitting = Sitting(firebreak=1)
    for _ in range(2):
        sitting.turn(moscow=Sheet((GREY,)))
    assert len({t for t in sitting.dice.thrown if t[0] == "firebreak"}) == 1
    sitting = Sitting(climb=1).stand("moscow-kyiv", "r06 moscow", "r07 moscow")
    for _ in range(2):
        sitting.turn(moscow=Sheet((Climb("moscow-kyiv", "r08"),)))
    assert len({t for t in sitting.dice.thrown if t[0] == "climb"}) == 2


def test_6_6_the_sum_of_shifts_is_clamped() -> None:
    sitting = Sitting()
    pair, number = sitting.box.pair["moscow>kyiv"], sitting.box.rung_number
    low = ratings(sitting.box, sitting.state.values, pair, number["r03"])
    high = ratings(sitting.box, sitting.state.values, pair, number["r12"])
    assert (high.pressure[0], low.pressure[0]) == (10, 4)
    assert (high.restraint[0], low.restraint[0]) == (4, 2)


def cost_of(sitting: Sitting, pair: str, threat: str, rung: str, answering: bool = False) -> int:
    box = sitting.box
    read = ratings(box, sitting.state.values, box.pair[pair], box.rung_number[rung], sitting.state.done, answering)
    return next(each.cost for each in read.threats if each.id == threat)


def test_6_7_a_threat_that_was_carried_out_is_spent() -> None:
    sitting = Sitting().stand("moscow-kyiv", "r06 moscow", "r12 moscow").until("orders")
    assert cost_of(sitting, "moscow>kyiv", "econ", "r12") > 2
    sitting.turn(washington=Sheet((Take("impose-sanctions", "moscow"),), priority="ukraine"))
    assert cost_of(sitting, "moscow>kyiv", "econ", "r12") == 2
    assert cost_of(sitting, "beijing>taipei", "econ", "r12") > 2


def test_6_7_a_climb_spends_the_threat_it_carries_out() -> None:
    sitting = at_war().set(**{"moscow>kyiv.own.cost": 5})
    sitting.turn(kyiv=Sheet((STRIKE,)))
    assert cost_of(sitting, "moscow>kyiv", "own", "r12") == 2


def test_6_7_whoever_answers_an_attack_fears_its_author_less() -> None:
    sitting = at_war()
    assert is_answering(sitting.box, sitting.state.stacks, "moscow", "ukraine")
    assert not is_answering(sitting.box, Sitting().state.stacks, "moscow", "ukraine")
    for threat in ("own", "mil", "nuc"):
        assert cost_of(sitting, "kyiv>moscow", threat, "r13", answering=True) == 4
    assert cost_of(sitting, "kyiv>moscow", "econ", "r13", answering=True) > 4


def answers(sitting: Sitting, capital: str, target: str) -> bool:
    """Whether a capital that climbs against another in Ukraine's theatre answers its attack."""
    assert f"{capital}>{target}" in sitting.box.pair
    return is_answering(sitting.box, sitting.state.stacks, target, "ukraine")


def test_6_7_only_the_side_that_was_attacked_first_answers() -> None:
    sitting = at_war()
    sitting.turn(kyiv=Sheet((STRIKE,)))
    sitting.stand("washington-moscow", "r04 washington", "r15 washington", "r16 moscow")
    assert sitting.get("moscow-kyiv.rung") == "r13"
    assert answers(sitting, "kyiv", "moscow")
    assert not answers(sitting, "moscow", "kyiv")
    # the local dyad tells for the great powers too, whoever of them came first
    assert answers(sitting, "washington", "moscow")
    assert not answers(sitting, "moscow", "washington")


def test_6_7_where_no_local_war_tells_the_great_powers_do() -> None:
    sitting = Sitting().stand("washington-moscow", "r04 washington", "r16 washington", "r17 moscow")
    assert answers(sitting, "moscow", "washington")
    assert not answers(sitting, "washington", "moscow")
    sitting.stand("washington-moscow", "r04 washington", "r17 moscow")
    assert answers(sitting, "washington", "moscow")


def test_6_7_an_attack_is_answered_only_while_its_rung_is_held() -> None:
    assert not answers(Sitting().stand("moscow-kyiv", "r06 moscow", "r10 moscow"), "kyiv", "moscow")
    sitting = at_war().until("orders")
    assert answers(sitting, "kyiv", "moscow")
    sitting.turn(moscow=Sheet((StepDown("moscow-kyiv"),)))
    assert not answers(sitting, "kyiv", "moscow")


def test_6_7_the_attackers_own_threats_weigh_less_in_the_check_of_the_attacked() -> None:
    def heaviest(sitting: Sitting, capital: str, climb: Climb) -> float:
        rolled = one(ChallengeRolled, sitting.turn(**{capital: Sheet((climb,))}))
        return max(threat.cost for threat in rolled.threats if threat.owner == rolled.target)

    sitting = at_war().stand("washington-moscow", "r04 washington", "r15 washington")
    assert heaviest(sitting, "washington", Climb("washington-moscow", "r16")) == 2
    sitting = at_war().stand("washington-moscow", "r04 washington", "r15 washington")
    assert heaviest(sitting, "moscow", Climb("washington-moscow", "r16")) > 2


@pytest.mark.parametrize(("percent", "face"), [(1, 1), (54, 1), (55, 2), (80, 2), (81, 3), (99, 3)])
def test_6_8_pressing_on_costs_face_by_the_advice(percent: int, face: int) -> None:
    sitting = Sitting()
    paid = press_on_price(Table(sitting.box, sitting.state, Loaded()), "moscow", percent)
    assert {change.address: change.old - change.new for change in paid} == {"moscow.nerve": 2, "moscow.face": face}


def test_6_8_pressing_on_takes_nerve_and_no_rigid_mode() -> None:
    climb = Sheet((replace(GREY, press_on=True),))
    sitting = Sitting(firebreak=1)
    sitting.turn(moscow=climb)
    assert one(PressedOn, sitting.events).capital == "moscow"
    assert sitting.get("moscow-kyiv.rung") == "r07"
    for other in (Sitting(mode="rigid", firebreak=1), Sitting(firebreak=1).set(**{"moscow.nerve": 1})):
        other.turn(moscow=climb)
        assert one(ChallengeResolved, other.events).outcome == "deterred"


def test_7_1_a_word_moves_one_step_a_turn_and_is_believed_when_said_aloud() -> None:
    sitting = Sitting().until("orders")
    assert "one word a turn" in sitting.faults("washington", Sheet(dials=(Dial("kyiv", "everything"),)))[0]
    sitting.turn(washington=Sheet(dials=(Dial("kyiv", "against-the-attack"),)))
    assert (sitting.get(f"{BOND}.true"), sitting.get(f"{BOND}.seen")) == ("against-the-attack", "defence-only")
    sitting.turn(washington=Sheet(dials=(Dial("kyiv", "everything", announced=True),)))
    assert (sitting.get(f"{BOND}.true"), sitting.get(f"{BOND}.seen")) == ("everything", "everything")


def test_7_2_freedom_follows_the_word_the_challenger_believes() -> None:
    sitting = Sitting()
    pair, rung = sitting.box.pair["moscow>kyiv"], sitting.box.rung_number["r12"]
    for word, lent, home in (
        ("none", 2, 4),
        ("defence-only", 2, 4),
        ("against-the-attack", 6, 8),
        ("everything", 10, 10),
    ):
        sitting.set(**{f"{BOND}.seen": word, f"{BOND}.true": "none"})
        free = {t.id: t.free for t in ratings(sitting.box, sitting.state.values, pair, rung).threats}
        assert (free["own"], free["home"]) == (lent, home)


def test_7_3_a_refused_step_lapses() -> None:
    sitting = at_war().set(**{f"{BOND}.true": "defence-only"})
    events = sitting.turn(kyiv=Sheet((STRIKE,)))
    assert not one(PermissionRefused, events).defied
    assert [event.cause for event in only(MomentCame, events) if event.moment == "vetoed"]
    assert sitting.get("moscow-kyiv.rung") == "r12"


def test_7_3_the_record_names_whom_a_veto_protected() -> None:
    links = {f"moscow>kyiv.own.{link}": 5 for link in ("capability", "survivability", "clarity", "cost")}
    for word, protected in (("defence-only", "moscow"), ("everything", "")):
        sitting = massed(theory="own-countervalue").set(**links, **{f"{BOND}.seen": word})
        found = one(ChallengeResolved, sitting.turn(moscow=INVADE))
        assert (found.protected, found.weakest == "own.free") == (protected, bool(protected))


def test_7_4_a_partner_may_defy() -> None:
    sitting = at_war().set(**{f"{BOND}.true": "defence-only"})
    cohesion = sitting.raw("world.cohesion")
    events = sitting.turn(kyiv=Sheet((replace(STRIKE, defy=True),)))
    assert one(PermissionRefused, events).defied
    assert sitting.get("moscow-kyiv.rung") == "r13"
    assert sitting.raw("world.cohesion") == cohesion - 2


def test_7_5_what_is_in_transit_counts_when_it_is_fielded() -> None:
    sitting = Sitting()
    window, reach = sitting.raw("moscow>kyiv.window"), sitting.raw("moscow>kyiv.own.capability.seen")
    sitting.turn(washington=Sheet((Take("long-range", "kyiv"),), priority="ukraine"))
    assert sitting.raw("moscow>kyiv.window") > window
    assert sitting.raw("moscow>kyiv.own.capability.seen") == reach
    sitting.turn()
    sitting.until("orders")
    assert len(only(DeliveryMoved, sitting.events)) == 1
    assert one(DeliveryArrived, sitting.events).measure == "long-range"
    assert sitting.raw("moscow>kyiv.window") == window
    assert sitting.raw("moscow>kyiv.own.capability.seen") > reach


def test_7_5_a_delivery_waits_while_a_war_stops_it() -> None:
    sitting = Sitting()
    sitting.turn(washington=Sheet((Take("porcupine", "kyiv"),), priority="ukraine"))
    sitting.stand("moscow-kyiv", "r06 moscow", "r12 moscow").until("orders")
    moved = one(DeliveryMoved, sitting.events)
    assert (moved.left, bool(moved.delayed)) == (2, True)


def blow(die: int, **numbers: int) -> BlowStruck:
    """Return a first blow; ``numbers`` are of the rulebook."""
    sitting = massed(first_blow=die).set(**{"moscow>kyiv.own.capability": 3, "moscow>kyiv.own.survivability": 3})
    sitting.box = replace(sitting.box, rulebook=replace(sitting.box.rulebook, **numbers))
    return one(BlowStruck, sitting.turn(moscow=INVADE))


def test_7_6_a_first_blow_falls_when_war_is_opened() -> None:
    assert (blow(50).percent, blow(50).survived, blow(50).changes) == (50, True, ())
    assert not blow(51).survived
    assert {change.old - change.new for change in blow(51).changes} == {2}
    assert {change.old - change.new for change in blow(51, blow_capability=3).changes} == {3}


def test_7_7_survivability_caps_capability() -> None:
    sitting = Sitting().set(**{"moscow>kyiv.own.capability": 5, "moscow>kyiv.own.survivability": 2.5})
    pair, rung = sitting.box.pair["moscow>kyiv"], sitting.box.rung_number["r12"]
    read = ratings(sitting.box, sitting.state.values, pair, rung)
    assert next(threat.capability for threat in read.threats if threat.id == "own") == 5


def test_6_a_challenge_is_made_from_the_challengers_own_sheet() -> None:
    sitting = at_war()
    sitting.turn(kyiv=Sheet((STRIKE,)))
    rolled = one(ChallengeRolled, sitting.events)
    assert (rolled.challenger, rolled.target) == ("kyiv", "moscow")
    state: State = evolve(sitting.box, sitting.state, rolled)
    assert state.pending is None
