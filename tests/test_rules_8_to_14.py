"""Rules 8 to 14: war and risk, ways down, declarations, endings, doctrines, who knows what, the record."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from tests.games import Game
from tests.sitting import Sitting, bare_box, one, only
from wargame import errors
from wargame.bots import doctrine as bots
from wargame.exercise import Exercise, compared
from wargame.export.jsonl import jsonl
from wargame.recorded import from_jsonl
from wargame.rules import dice as dice_module
from wargame.rules import events as fact
from wargame.rules import ladder
from wargame.rules.box import RULES, Box
from wargame.rules.ending import belief_points, score
from wargame.rules.events import (
    AccidentDrawn,
    ChallengeResolved,
    ChallengeRolled,
    DeclarationDue,
    DeclarationMade,
    ExerciseEnded,
    MomentCame,
    RungChanged,
    TalksHeld,
    TheatreClosed,
    WarTested,
)
from wargame.rules.journal import Entry, replay
from wargame.rules.legal import declaration_faults, legal
from wargame.rules.orders import Climb, Declaration, Dial, Reply, Seal, Sheet, Start, StepDown, Take, Terms
from wargame.rules.sealing import digest, receipt
from wargame.rules.state import Held, Said
from wargame.rules.table import Table
from wargame.rules.witness import witness

GREY = Climb("moscow-kyiv", "r07")
STRIKE = Climb("moscow-kyiv", "r13")


def at_war(**falls: int) -> Sitting:
    return Sitting(**falls).stand("moscow-kyiv", "r06 moscow", "r12 moscow")


def talks(landing: str, concessions: int = 0) -> Sheet:
    return Sheet(talks=(Terms("moscow-kyiv", landing, concessions),))


def test_8_1_war_lasts_as_long_as_it_lies_in_the_stack() -> None:
    sitting = at_war()
    assert one(WarTested, sitting.turn()).dyad == "moscow-kyiv"
    sitting.set(**{"moscow-kyiv.ceasefire": "yes"})
    assert only(WarTested, sitting.turn()) == []
    assert only(WarTested, Sitting().stand("moscow-kyiv", "r06 moscow", "r11 moscow").turn()) == []


def test_8_2_the_partner_holds_by_its_true_denial() -> None:
    for denial, percent in ((1, 35), (2.5, 57), (4, 80), (5, 95)):
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
    assert (moved.dyad, moved.to, moved.cause, moved.capital) == ("moscow-kyiv", "r18", "accident", "")
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
    assert one(TheatreClosed, sitting.turn(moscow=talks("settlement"))).outcome == "settled"
    sitting = Sitting(talks=1, played=("kyiv",)).stand("moscow-kyiv", "r06 moscow", "r12 moscow")
    assert not one(TalksHeld, sitting.turn(moscow=talks("settlement"))).landed


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
    words = Declaration("tie-hands", "moscow-kyiv", "r12", Dial("kyiv", "feeds"))
    made = one(DeclarationMade, Sitting().until("orders", washington=words).events)
    assert (made.pair, sitting.box.slots[made.slot]) == ("moscow>kyiv", "own")
    sitting = Sitting().until("signal")
    idle = Declaration("tie-hands", "moscow-kyiv", "r12", Climb("beijing-taipei", "r12"))
    assert declaration_faults(sitting.box, sitting.view("beijing"), idle) == ("nobody is threatened by that deed there",)


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


def test_11_1_a_closed_theatre_takes_no_more_moves() -> None:
    sitting = Sitting()
    sitting.turn(washington=Sheet((Take("porcupine", "kyiv"),), priority="ukraine"))
    sitting.stand("moscow-kyiv", "r06 moscow", "r12 moscow")
    sitting.turn(moscow=talks("settlement"), kyiv=talks("settlement"))
    sitting.until("orders")
    assert sitting.get("ukraine.outcome") == "settled"
    assert sitting.state.deliveries == ()
    assert not [step for step in legal(sitting.box, sitting.view("moscow")).steps if step.dyad == "moscow-kyiv"]


def test_11_1_no_ground_left_closes_a_theatre_at_once() -> None:
    sitting = at_war(war=100).set(**{"ukraine.ground": 1})
    assert one(TheatreClosed, sitting.turn()).outcome == "capitulated"


def test_11_2_the_exercise_ends_at_its_limit() -> None:
    sitting = Sitting(turns=1)
    assert only(ExerciseEnded, sitting.turn())


def test_11_2_the_exercise_ends_a_turn_after_use_if_nobody_climbs() -> None:
    sitting = Sitting().stand("washington-moscow", "r19 moscow").until("orders")
    sitting.turn(moscow=Sheet((Climb("washington-moscow", "r21"),)))
    assert sitting.state.used_on == 1
    assert only(ExerciseEnded, sitting.turn())


def test_11_3_the_first_ending_that_holds_is_the_ending() -> None:
    sitting = Sitting(turns=1).stand("washington-moscow", "r21 moscow")
    sitting.turn()
    assert one(ExerciseEnded, sitting.events).ending == "nuclear-use"
    sitting = Sitting().stand("washington-moscow", "r24 moscow")
    sitting.turn()
    ended = one(ExerciseEnded, sitting.events)
    assert (ended.ending, {each.total for each in ended.scores}) == ("general-nuclear-war", {0})


def test_11_4_points_are_cut_by_the_ending_and_have_reasons() -> None:
    sitting = Sitting()
    for capital in sitting.box.capitals:
        whole = score(sitting.box, sitting.state, capital.id, 100)
        assert whole.total == sum(line.points for line in whole.lines) <= 100
        assert sum(line.of for line in whole.lines) == 100
        assert all(line.text for line in whole.lines)
        cut = score(sitting.box, sitting.state, capital.id, 40)
        assert abs(cut.total - 0.4 * whole.total) <= len(whole.lines) / 2


def test_12_1_every_seat_has_doctrines_and_every_choice_a_reason(box: Box, game: Game) -> None:
    assert all(len(capital.doctrines) >= 3 for capital in box.capitals)
    sealed = [step.command for step in game.steps if isinstance(step.command, Seal)]
    assert all(command.why for command in sealed)


def test_12_2_a_bot_answers_from_a_view() -> None:
    sitting = Sitting().until("orders")
    name = sitting.box.capital["moscow"].doctrines[0]
    first = bots.answer(sitting.box, sitting.view("moscow"), "orders", name, sitting.dice)
    sitting.set(**{"moscow>kyiv.denial.true": 1, "kyiv.nerve": 1, "washington.influence": 0})
    assert bots.answer(sitting.box, sitting.view("moscow"), "orders", name, sitting.dice) == first


def test_12_3_what_a_doctrine_orders_is_legal(game: Game) -> None:
    for step in game.steps:
        if isinstance(step.command, Seal):
            assert len(step.command.sheet.moves) <= game.box.capital[step.command.capital].orders


def test_13_2_public_facts_are_seen_by_all() -> None:
    sitting = Sitting(bare_box())
    events = sitting.turn(moscow=Sheet((GREY,)))
    for side in ("kyiv", "beijing", "public"):
        seen = witness(sitting.box, one(RungChanged, events), side)
        assert isinstance(seen, RungChanged)
        assert (seen.dyad, seen.to) == ("moscow-kyiv", "r07")
        for address in ("kyiv.face", "world.cohesion", "moscow.readiness", "ukraine.ground", "moscow-kyiv.rung"):
            assert sitting.view(side).knows(sitting.box, address)


def test_13_3_private_facts_are_their_owners() -> None:
    sitting = Sitting().until("orders")
    box = sitting.box
    for address, owner in (("moscow.nerve", "moscow"), ("moscow>kyiv.window", "moscow"), ("moscow>kyiv.denial.true", "kyiv")):
        knows = {capital.id for capital in box.capitals if sitting.view(capital.id).knows(box, address)}
        assert knows == {owner}
    drafted = sitting.do(Seal("moscow", Sheet((GREY,))))[0]
    assert "r07" in str(witness(box, drafted, "moscow"))
    assert "r07" not in str(witness(box, drafted, "kyiv"))


def test_13_4_the_terms_of_a_check_are_its_challengers() -> None:
    sitting = Sitting()
    events = sitting.turn(moscow=Sheet((GREY,)))
    resolved = one(ChallengeResolved, events)
    assert witness(sitting.box, resolved, "moscow") == resolved
    seen = witness(sitting.box, resolved, "kyiv")
    assert isinstance(seen, ChallengeResolved)
    assert (seen.outcome, seen.terms, seen.percent, seen.die) == ("taken", (), 0, 0)
    assert witness(sitting.box, one(ChallengeRolled, events), "kyiv") is None


def test_14_1_a_replay_throws_no_die(game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    def thrown(*_: object) -> int:
        raise AssertionError("a die was thrown")

    monkeypatch.setattr(dice_module.Dice, "percent", thrown)
    entries = [Entry(step.command, step.events) for step in game.steps]
    assert replay(game.box, entries) == game.end


def test_14_2_a_digest_commits_to_capital_turn_sheet_and_salt() -> None:
    sheet = Sheet((GREY,))
    sealed = digest("moscow", 1, sheet, "00")
    others = [digest("kyiv", 1, sheet, "00"), digest("moscow", 2, sheet, "00"), digest("moscow", 1, sheet, "01"),
              digest("moscow", 1, Sheet(), "00")]  # fmt: skip
    assert sealed not in others
    assert receipt(sealed) == f"{sealed[:4]}-{sealed[4:8]}"


def logged(box: Box) -> tuple[Exercise, str]:
    exercise = Exercise.create(box, Start(box.scenario.id, "balanced", "semi-rigid", 2), 7)
    exercise.run()
    return exercise, jsonl(exercise.recorded)


def test_14_3_each_line_carries_the_hash_of_the_one_before(box: Box) -> None:
    _, text = logged(box)
    lines = [json.loads(line) for line in text.splitlines()]
    assert lines[1]["event"] == "content_embedded"
    assert all(after["prev"] == before["hash"] for before, after in zip(lines[1:], lines[2:], strict=False))
    with pytest.raises(errors.ExerciseError):
        from_jsonl(text.replace('"turn":1', '"turn":2', 1).encode(), "log")


def test_14_4_the_same_question_has_the_same_die() -> None:
    one_seed, same, other = dice_module.Dice(7), dice_module.Dice(7), dice_module.Dice(8)
    one_seed.percent("something else")
    asked = [("war", turn, "moscow-kyiv") for turn in range(1, 30)]
    assert [one_seed.percent(*q) for q in asked] == [same.percent(*q) for q in asked]
    assert [one_seed.percent(*q) for q in asked] != [other.percent(*q) for q in asked]


def test_14_5_another_number_of_rules_is_not_replayed(box: Box) -> None:
    exercise, _ = logged(box)
    recorded = exercise.recorded
    older = replace(recorded, header=replace(recorded.header, rules=RULES + 1))
    found = compared(older)
    assert (found.comparable, found.same) == (False, False)


def test_14_6_exit_codes_are_frozen() -> None:
    kinds: dict[type[errors.WargameError], int] = {
        errors.UsageError: 2, errors.ContentError: 3, errors.ExerciseError: 4, errors.Refused: 5, errors.OutsideError: 6,
    }  # fmt: skip
    assert {kind: kind.exit_code for kind in kinds} == kinds
    assert (errors.EXIT_OK, errors.EXIT_UNEXPECTED, errors.EXIT_INTERRUPTED) == (0, 1, 130)


