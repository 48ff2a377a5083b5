"""Rules 8 to 10: war and risk, ways down, declarations."""

from __future__ import annotations

from msgspec.structs import replace

from tests.sitting import Sitting, one, only
from wargame.rules import events as fact
from wargame.rules import ladder
from wargame.rules.ending import belief_points
from wargame.rules.events import (
    AccidentDrawn,
    DeclarationDue,
    DeclarationMade,
    Event,
    MomentCame,
    RungChanged,
    TalksHeld,
    TheatreClosed,
    WarTested,
)
from wargame.rules.legal import declaration_faults, legal
from wargame.rules.orders import Climb, Declaration, Dial, Reply, Sheet, StepDown, Terms
from wargame.rules.state import Held, Said
from wargame.rules.table import Table

GREY = Climb("moscow-kyiv", "r07")
STRIKE = Climb("moscow-kyiv", "r13")


def at_war(**falls: int) -> Sitting:
    return Sitting().load(**falls).stand("moscow-kyiv", "r06 moscow", "r12 moscow")


def talks(landing: str, concessions: int = 0) -> Sheet:
    return Sheet(talks=(Terms("moscow-kyiv", landing, concessions),))


def test_8_1_war_lasts_as_long_as_it_lies_in_the_stack() -> None:
    sitting = at_war()
    assert one(WarTested, sitting.turn()).dyad == "moscow-kyiv"
    sitting.set(**{"moscow-kyiv.ceasefire": "yes"})
    assert only(WarTested, sitting.turn()) == []
    assert only(WarTested, Sitting().stand("moscow-kyiv", "r06 moscow", "r11 moscow").turn()) == []


def test_8_1_a_strike_from_a_war_is_still_war_and_a_step_down_from_it_is_not() -> None:
    struck = Sitting().stand("moscow-kyiv", "r06 moscow", "r12 moscow", "r13 kyiv")
    assert one(WarTested, struck.turn()).dyad == "moscow-kyiv"
    assert only(WarTested, at_war().turn(moscow=Sheet((StepDown("moscow-kyiv"),)))) == []
    answered = Sitting().stand("moscow-kyiv", "r06 moscow", "r11 moscow", "r13 kyiv")
    assert one(WarTested, answered.turn()).dyad == "moscow-kyiv"
    # a clash of great powers and a theatre that has closed are no war between the two
    assert only(WarTested, Sitting().stand("washington-moscow", "r04 washington", "r16 moscow").turn()) == []
    assert only(WarTested, at_war().set(**{"ukraine.outcome": "frozen"}).turn()) == []


def test_8_2_the_partner_holds_by_its_true_denial() -> None:
    for denial, percent in ((1, 27), (2.5, 45), (4, 63), (5, 75)):
        for over, held in ((0, True), (1, False)):
            sitting = at_war(war=percent + over).set(**{"moscow>kyiv.denial.true": denial})
            tested = one(WarTested, sitting.turn())
            assert (tested.percent, tested.held) == (percent, held)
            assert sitting.get("ukraine.ground") == (3 if held else 2)


def test_8_3_turns_in_which_a_war_stands_still_are_counted() -> None:
    sitting = at_war()
    sitting.turn()
    sitting.turn()
    assert sitting.get("ukraine.war-still") == 2
    sitting.dice.falls["war"] = 100
    sitting.turn()
    assert sitting.get("ukraine.war-still") == 0


def test_8_4_the_pool_is_drawn_and_one_token_fades() -> None:
    for tokens, percent in ((0, 0), (3, 6), (10, 20), (14, 20)):
        sitting = Sitting().set(**{"world.risk": tokens})
        assert one(AccidentDrawn, sitting.turn()).percent == percent
        assert sitting.get("world.risk") == max(0, tokens - 1)
    sitting = Sitting().stand("washington-moscow", "r04 washington", "r19 moscow")
    assert one(AccidentDrawn, sitting.turn()).percent == 4


def test_8_5_an_accident_takes_the_wormhole_else_the_next_edge_up() -> None:
    sitting = Sitting(accident=1).set(**{"world.risk": 1}).stand("moscow-kyiv", "r06 moscow", "r07 moscow")
    moved = one(RungChanged, sitting.turn())
    assert (moved.dyad, moved.to, moved.cause, moved.capital) == ("washington-moscow", "r18", "accident", "")
    sitting = Sitting(accident=1).set(**{"world.risk": 1})
    assert one(RungChanged, sitting.turn()).to == "r07"


def test_8_6_a_hazard_goes_wrong_on_its_percentage_or_less() -> None:
    sitting = Sitting()
    table = Table(sitting.box, sitting.state, sitting.dice)
    block, place = sitting.box.ref("world.risk")
    hazard = ladder.Test("any", 5, "", (), ((block, place, 1),), sitting.box.rung_number["r19"])
    sitting.set(**{"world.risk": 2})
    for die, failed in ((7, True), (8, False)):
        table = Table(sitting.box, sitting.state, sitting.dice)
        sitting.dice.falls["test"] = die
        table.throw((hazard,), "kyiv", "moscow-kyiv")
        assert one(fact.TestThrown, table.events).failed is failed
        assert bool(only(RungChanged, table.events)) is failed


def test_9_1_the_holder_of_the_top_rung_steps_down_and_pays() -> None:
    sitting = Sitting().until("orders")
    assert legal(sitting.box, sitting.view("moscow")).step_downs == ("moscow-kyiv",)
    assert legal(sitting.box, sitting.view("kyiv")).step_downs == ()
    sitting.turn(moscow=Sheet((StepDown("moscow-kyiv"),)))
    assert (sitting.get("moscow-kyiv.rung"), sitting.get("moscow.face")) == ("r05", 5)


def test_9_1_two_who_step_down_together_pay_half() -> None:
    down = Sheet((StepDown("moscow-kyiv"),))
    for other, face in ((Sheet(), 2), (Sheet((StepDown("washington-moscow"),)), 1)):
        sitting = Sitting().stand("moscow-kyiv", "r06 moscow", "r12 moscow", "r13 kyiv")
        sitting.stand("washington-moscow", "r04 washington", "r16 moscow").until("orders")
        before = sitting.raw("kyiv.face")
        sitting.turn(kyiv=down, moscow=other)
        assert sitting.raw("kyiv.face") == before - face
        assert sitting.get("moscow-kyiv.rung") == "r12"


def test_9_1_no_face_no_step_down() -> None:
    sitting = Sitting().set(**{"moscow.face": 0}).until("orders")
    assert "no face left" in sitting.faults("moscow", Sheet((StepDown("moscow-kyiv"),)))[0]


def test_9_2_both_who_name_a_landing_have_agreed() -> None:
    sitting = Sitting()
    held = one(TalksHeld, sitting.turn(moscow=talks("stand-down", 1), kyiv=talks("stand-down", 2)))
    assert held.landed
    assert (sitting.get("moscow.face"), sitting.get("kyiv.face")) == (5, 4)
    assert sitting.get("moscow-kyiv.concessions") == 2
    assert sitting.get("moscow-kyiv.rung") == "r05"


def test_9_2_an_outcome_closes_the_theatre_and_a_played_capital_is_not_thrown_for() -> None:
    sitting = at_war(talks=1)
    assert one(TheatreClosed, sitting.turn(moscow=talks("frozen"))).outcome == "frozen"
    sitting = Sitting(talks=1, played=("kyiv",)).stand("moscow-kyiv", "r06 moscow", "r12 moscow")
    assert not one(TalksHeld, sitting.turn(moscow=talks("frozen"))).landed


def test_9_2_a_ceasefire_stops_the_tests_of_war() -> None:
    sitting = at_war()
    assert only(WarTested, sitting.turn(moscow=talks("ceasefire"), kyiv=talks("ceasefire"))) == []
    assert sitting.get("moscow-kyiv.rung") == "r12"


def test_9_3_the_chance_that_an_unplayed_capital_agrees() -> None:
    sitting = Sitting().until("orders")
    sheet = {"kyiv>moscow.assure": 3.5, "kyiv>moscow.audience": 3, "kyiv.nerve": 4}
    sitting.set(**sheet, **{"moscow-kyiv.offramp": 10, "moscow-kyiv.quiet-turns": 1})
    held = one(TalksHeld, sitting.turn(moscow=talks("pause", 2)))
    # 40, zone -5, landing 10, mediator 10, half a point of assurance 2 (of 2.5), nerve -5, concessions 20, quiet 5;
    # the halves are added before they are rounded down: (2.5 - 5) becomes -3
    assert held.percent == 40 - 5 + 10 + 10 - 3 + 20 + 5
    assert not held.landed


def test_9_3_talks_stay_between_5_and_95() -> None:
    for offramp, percent in ((40, 95), (-40, 5)):
        sitting = Sitting().until("orders").set(**{"moscow-kyiv.offramp": offramp, "moscow-kyiv.quiet-turns": 8})
        sitting.set(**{"moscow-kyiv.quiet-turns": 8 if offramp > 0 else 0})
        sitting.set(**{"kyiv>moscow.assure": 1 if offramp < 0 else 5, "kyiv>moscow.audience": 5 if offramp < 0 else 1})
        assert one(TalksHeld, sitting.turn(moscow=talks("stand-down"))).percent == percent


def test_9_4_faith_can_be_broken_at_a_price() -> None:
    pause = Terms("moscow-kyiv", "pause")
    sitting = Sitting().until("orders").set(**{"kyiv>moscow.assure": 4})
    moscow = Sheet((GREY,), talks=(pause,), break_faith=True)
    events = sitting.turn(moscow=moscow, kyiv=Sheet(talks=(pause,)))
    broke = next(event for event in only(MomentCame, events) if event.moment == "broke-faith")
    paid = {change.address: change.old - change.new for change in broke.changes}
    assert (paid["moscow.face"], paid["kyiv>moscow.assure"]) == (3, 4)
    assert sitting.get("moscow-kyiv.rung") == "r07"


def test_9_5_a_pause_closes_the_next_turn_and_none_follows() -> None:
    sitting = Sitting()
    sitting.turn(moscow=talks("pause"), kyiv=talks("pause"))
    sitting.until("orders")
    assert "stopped the clock" in sitting.faults("moscow", Sheet((GREY,)))[0]
    assert "cannot be held" in sitting.faults("moscow", talks("pause"))[0]
    sitting.turn()
    assert sitting.until("orders").faults("moscow", Sheet((GREY,))) == ()


WARNING = Declaration("tie-hands", "moscow-kyiv", "r07", Climb("moscow-kyiv", "r09"))


def test_10_1_a_new_declaration_withdraws_the_old_one_of_its_sort() -> None:
    sitting = Sitting().until("orders", kyiv=WARNING)
    sitting.turn()
    sitting.until("orders", kyiv=replace(WARNING, rung="r09"))
    first, second = only(DeclarationMade, sitting.events)
    assert (first.withdraws, second.withdraws) == ("", first.id)
    sitting = Sitting().until("signal")
    stands = replace(WARNING, rung="r06")
    assert "stands at r06 or above" in declaration_faults(sitting.box, sitting.view("kyiv"), stands)[0]


def came(events: list[Event], moment: str) -> list[MomentCame]:
    return [event for event in only(MomentCame, events) if event.moment == moment]


def said_again(first: Declaration, second: Declaration) -> tuple[Sitting, list[Event]]:
    """Kyiv declares something, and a turn later something else; return what happened when it did."""
    sitting = Sitting().until("orders", kyiv=first)
    sitting.turn()
    sitting.until("signal")
    before = len(sitting.events)
    sitting.until("orders", kyiv=second)
    return sitting, sitting.events[before:]


def test_10_1_to_withdraw_a_word_that_tied_hands_costs_what_breaking_it_would() -> None:
    other = replace(WARNING, kind="sink-costs", rung="r10")
    sitting, events = said_again(WARNING, other)
    broken = came(events, "broken")
    moved = {change.address: change.new - change.old for event in broken for change in event.changes}
    assert {event.target for event in broken} == {"moscow"}
    assert moved["kyiv.face"] == -1
    assert moved["kyiv>moscow.lock-in"] == -1
    # the new word speaks after the old one was unsaid: clarity falls to 1 and rises by a half
    assert sitting.get("moscow>kyiv.own.clarity.seen") == 1.5
    # it is not counted as broken: it is withdrawn, falls due no more and earns nobody's belief a point
    assert [said.status for said in sitting.state.said] == ["withdrawn", "open"]
    assert only(DeclarationDue, sitting.turn(moscow=Sheet((Climb("moscow-kyiv", "r07"),)))) == []
    assert belief_points(sitting.box, sitting.state, "moscow") == 0


def test_10_1_hands_that_are_tied_again_are_tied_once() -> None:
    sitting, events = said_again(WARNING, replace(WARNING, rung="r10"))
    assert came(events, "broken")
    assert sitting.get("kyiv>moscow.lock-in") == 1


def test_10_1_other_words_are_taken_back_for_nothing() -> None:
    sunk = replace(WARNING, kind="sink-costs")
    quiet = replace(WARNING, kind="quiet", to="moscow")
    for first, second in ((sunk, replace(sunk, rung="r10")), (quiet, replace(quiet, rung="r10"))):
        sitting, events = said_again(first, second)
        assert [said.status for said in sitting.state.said] == ["withdrawn", "open"]
        assert came(events, "broken") == []
    # a quiet message and a public word stand beside each other
    sitting, events = said_again(WARNING, quiet)
    assert [said.status for said in sitting.state.said] == ["open", "open"]
    assert came(events, "broken") == []


def quietly(to: str) -> tuple[set[str], Sitting]:
    """Kyiv says quietly what it would do to Moscow; return what that moved."""
    sitting = Sitting().until("signal")
    sitting.until("orders", kyiv=replace(WARNING, kind="quiet", rung="r07", to=to))
    after = sitting.events[-1 - [isinstance(e, DeclarationMade) for e in reversed(sitting.events)].index(True) :]
    return {change.address for event in after for change in getattr(event, "changes", ())}, sitting


def test_10_3_a_quiet_message_moves_ratings_only_of_the_capital_that_it_warns() -> None:
    assert quietly("moscow")[0] == {"moscow>kyiv.own.clarity.seen", "moscow>kyiv.home.clarity.seen"}
    for third in ("washington", "beijing", "taipei"):
        moved, sitting = quietly(third)
        assert moved == set()
        untold = Sitting().until("orders")
        assert sitting.state.values == untold.state.values


def test_10_4_a_quiet_message_to_a_third_capital_falls_due_without_a_sound() -> None:
    for to, heard in (("moscow", True), ("beijing", False)):
        events = quietly(to)[1].turn(moscow=Sheet((GREY,)))
        assert not one(DeclarationDue, events).kept
        assert bool(came(events, "broken")) is heard


def test_10_1_sinking_costs_costs_at_once() -> None:
    sitting = Sitting().until("orders", kyiv=replace(WARNING, kind="sink-costs"))
    assert sitting.get("kyiv.influence") == 2


def answered(*climbs: str) -> str:
    sitting = Sitting()
    sheets = {who: Sheet((Climb("moscow-kyiv", to),)) for who, to in zip(("moscow", "kyiv"), climbs, strict=False)}
    events = sitting.turn(**sheets)
    names = {"matched", "overmatched", "ignored"}
    return next((event.moment for event in only(MomentCame, events) if event.moment in names), "")


def test_10_2_answers_are_compared_by_severity() -> None:
    assert answered("r07") == "ignored"
    assert answered("r07", "r09") == "overmatched"
    assert answered("r09") == "ignored"
    assert answered() == ""


def test_10_3_a_declaration_voices_the_threat_its_deed_carries_out() -> None:
    sitting = Sitting().until("orders", kyiv=replace(WARNING, rung="r12", deed=STRIKE))
    made = one(DeclarationMade, sitting.events)
    assert (made.pair, sitting.box.slots[made.slot]) == ("moscow>kyiv", "own")
    words = Declaration("tie-hands", "moscow-kyiv", "r12", Dial("kyiv", "against-the-attack"))
    made = one(DeclarationMade, Sitting().until("orders", washington=words).events)
    assert (made.pair, sitting.box.slots[made.slot]) == ("moscow>kyiv", "own")
    sitting = Sitting().until("signal")
    idle = Declaration("tie-hands", "moscow-kyiv", "r12", Climb("beijing-taipei", "r12"))
    assert declaration_faults(sitting.box, sitting.view("beijing"), idle) == (
        "nobody is threatened by that deed there",
    )


def due(sheet: Sheet) -> tuple[bool, ...]:
    sitting = Sitting().until("orders", kyiv=WARNING)
    events = sitting.turn(moscow=Sheet((GREY,)), kyiv=sheet)
    return tuple(event.kept for event in only(DeclarationDue, events))


def test_10_4_a_declaration_falls_due_with_its_trigger() -> None:
    assert due(Sheet(reply=Reply("moscow-kyiv", "r07", Climb("moscow-kyiv", "r09")))) == (True,)
    assert due(Sheet()) == (False,)
    sitting = Sitting().until("orders", kyiv=WARNING)
    assert only(DeclarationDue, sitting.turn()) == []


def test_10_5_beliefs_earn_by_the_square_of_their_error() -> None:
    sitting = Sitting()
    box = sitting.box
    said = tuple(
        Said(f"kyiv-{n}", 1, "kyiv", WARNING, "moscow>kyiv", 0, status) for n, status in enumerate(("kept", "broken"))
    )
    for percents, points in (((100, 0), 5), ((50, 50), 4), ((0, 100), 0), ((80, 20), 5)):
        held = tuple(Held("moscow", each.id, percent) for each, percent in zip(said, percents, strict=True))
        assert belief_points(box, replace(sitting.state, said=said, beliefs=held), "moscow") == points
    assert belief_points(box, replace(sitting.state, said=said), "moscow") == 0


def test_10_5_beliefs_are_asked_of_those_who_heard() -> None:
    quiet = Declaration("quiet", "moscow-kyiv", "r12", STRIKE, "moscow")
    sitting = Sitting().until("beliefs", kyiv=quiet)
    assert sitting.state.waiting == ("moscow",)
