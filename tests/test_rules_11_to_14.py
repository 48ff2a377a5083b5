"""Rules 11 to 14: endings and scores, doctrines, who knows what, the record."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from msgspec.structs import replace

from tests.games import Game
from tests.sitting import Sitting, bare_box, one, only
from wargame import errors
from wargame.bots import doctrine as bots
from wargame.exercise import Exercise
from wargame.export.jsonl import jsonl
from wargame.recorded import from_jsonl
from wargame.rules import dice as dice_module
from wargame.rules.box import RULES, Box
from wargame.rules.ending import score
from wargame.rules.events import (
    ChallengeResolved,
    ChallengeRolled,
    Event,
    ExerciseEnded,
    ExerciseStarted,
    Faded,
    PhaseOpened,
    RungChanged,
    TheatreClosed,
)
from wargame.rules.journal import Entry, replay
from wargame.rules.legal import legal
from wargame.rules.orders import (
    Belief,
    Believe,
    Climb,
    Declaration,
    Proceed,
    Seal,
    Sheet,
    Signal,
    Start,
    StepDown,
    Take,
    Terms,
)
from wargame.rules.sealing import WORDS, digest, receipt
from wargame.rules.witness import witness
from wargame.verification import compared

GREY = Climb("moscow-kyiv", "r07")
STRIKE = Climb("moscow-kyiv", "r13")


def at_war(**falls: int) -> Sitting:
    return Sitting().load(**falls).stand("moscow-kyiv", "r06 moscow", "r12 moscow")


def talks(landing: str, concessions: int = 0) -> Sheet:
    return Sheet(talks=(Terms("moscow-kyiv", landing, concessions),))


def test_11_1_a_closed_theatre_takes_no_more_moves() -> None:
    sitting = Sitting()
    sitting.turn(washington=Sheet((Take("porcupine", "kyiv"),), priority="ukraine"))
    sitting.stand("moscow-kyiv", "r06 moscow", "r12 moscow")
    sitting.turn(moscow=talks("frozen"), kyiv=talks("frozen"))
    sitting.until("orders")
    assert sitting.get("ukraine.outcome") == "frozen"
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


def after_use() -> Sitting:
    """Moscow uses a nuclear weapon in turn 1; the exercise goes on to the orders of turn 2."""
    sitting = Sitting().stand("washington-moscow", "r19 moscow").until("orders")
    sitting.turn(moscow=Sheet((Climb("washington-moscow", "r21"),)))
    assert not only(ExerciseEnded, sitting.events)
    return sitting.until("orders")


def test_11_2_after_first_use_the_exercise_goes_on_while_anybody_climbs() -> None:
    elsewhere = Sheet((Climb("beijing-taipei", "r07"),))
    for sheets in ({"washington": Sheet((Climb("washington-moscow", "r22"),))}, {"beijing": elsewhere}):
        sitting = after_use()
        assert not only(ExerciseEnded, sitting.turn(**sheets))
        assert one(ExerciseEnded, sitting.turn()).ending == "nuclear-use"
        assert sitting.state.turn == 3


def test_11_2_the_turn_of_first_use_is_not_the_last_even_if_nobody_climbed() -> None:
    sitting = Sitting(accident=1).set(**{"world.risk": 5}).stand("washington-moscow", "r20 moscow")
    events = sitting.turn()
    assert (one(RungChanged, events).to, sitting.state.used_on, only(ExerciseEnded, events)) == ("r21", 1, [])
    assert one(ExerciseEnded, sitting.load(accident=100).turn()).ending == "nuclear-use"


def test_11_2_first_use_is_counted_once() -> None:
    """What nobody climbs to, and what is used after the first, gives no turn more."""
    sitting = after_use()
    sitting.load(accident=1).set(**{"world.risk": 5})
    events = sitting.turn()
    moved = one(RungChanged, events)
    assert (moved.to, moved.cause, sitting.state.used_on) == ("r22", "accident", 1)
    assert one(ExerciseEnded, events).ending == "nuclear-use"
    sitting = after_use()
    assert one(ExerciseEnded, sitting.turn(moscow=Sheet((StepDown("washington-moscow"),)))).ending == "nuclear-use"


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


DECLINED = ("nuclear-use",)
USE = Sheet((Climb("washington-moscow", "r21"), Climb("moscow-kyiv", "r07")))


def test_11_5_a_declined_step_is_not_taken_and_the_exercise_fades() -> None:
    sitting = Sitting(decline=DECLINED).stand("washington-moscow", "r19 moscow").until("orders")
    events = sitting.turn(moscow=USE, beijing=Sheet((Climb("beijing-taipei", "r10"),)))
    faded = one(Faded, events)
    assert (faded.dyad, faded.mark, sitting.get("world.faded")) == ("washington-moscow", "nuclear-use", "yes")
    assert "r21" not in [each.to for each in only(RungChanged, events)]
    assert [type(event) for event in events].index(Faded) > [type(event) for event in events].index(ChallengeResolved)
    assert {type(event) for event in events[events.index(faded) + 1 :]} <= {TheatreClosed, ExerciseEnded}
    ended = one(ExerciseEnded, events)
    assert (ended.ending, sitting.state.phase, sitting.state.used_on) == ("faded", "ended", 0)


def test_11_5_an_accident_fades_too_and_nothing_else_is_declined() -> None:
    sitting = Sitting(decline=DECLINED, accident=1).set(**{"world.risk": 5}).stand("washington-moscow", "r20 moscow")
    events = sitting.turn()
    assert (one(ExerciseEnded, events).ending, only(RungChanged, events)) == ("faded", [])
    signalled = Sitting(decline=DECLINED).stand("washington-moscow", "r18 moscow").until("orders")
    assert one(RungChanged, signalled.turn(moscow=Sheet((Climb("washington-moscow", "r19"),)))).to == "r19"


def test_11_5_up_to_the_fade_it_is_the_same_game() -> None:
    def course(decline: tuple[str, ...]) -> list[Event]:
        sitting = Sitting(decline=decline).stand("washington-moscow", "r19 moscow").until("orders")
        return [event for event in sitting.turn(moscow=USE) if not isinstance(event, ExerciseStarted)]

    faded, played = course(DECLINED), course(())
    until = [type(event) for event in faded].index(Faded)
    assert faded[:until] == played[:until]


def test_11_5_only_what_a_rung_is_marked_with_can_be_declined() -> None:
    with pytest.raises(errors.Refused, match="nuclear-use"):
        Sitting(decline=("nuclear-usage",))


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
    for address, owner in (
        ("moscow.nerve", "moscow"),
        ("moscow>kyiv.window", "moscow"),
        ("moscow>kyiv.denial.true", "kyiv"),
    ):
        knows = {capital.id for capital in box.capitals if sitting.view(capital.id).knows(box, address)}
        assert knows == {owner}
    drafted = sitting.do(Seal("moscow", Sheet((GREY,))))[0]
    assert "r07" in str(witness(box, drafted, "moscow"))
    assert "r07" not in str(witness(box, drafted, "kyiv"))


QUIET = Declaration("quiet", "moscow-kyiv", "r12", STRIKE, "beijing")
SECRETLY = ("moscow", "kyiv", "taipei", "washington")
"""Capitals that are asked for no belief after Kyiv told Beijing something: its author and those who did not hear it."""


def told() -> tuple[Sitting, Sitting]:
    """A table at which Kyiv has told Beijing something quietly and one at which it has not, nobody having answered yet."""
    silent = Sitting().until("signal")
    for capital in ("moscow", "beijing", "taipei", "washington"):
        silent.do(Signal(capital))
    return Sitting().until("beliefs", kyiv=QUIET), silent


def test_13_3_a_phase_does_not_betray_a_quiet_message() -> None:
    spoken, silent = told()
    assert (spoken.state.phase, spoken.state.waiting) == ("beliefs", ("beijing",))
    assert (spoken.view("beijing").phase, spoken.view("beijing").asked_about) == ("beliefs", ("kyiv-beijing-1",))
    for side in SECRETLY:
        assert (spoken.view(side).phase, spoken.view(side).asked_about) == ("signal", ())
    for side in ("moscow", "taipei", "washington"):
        assert spoken.view(side) == silent.view(side)
    spoken.do(Believe("beijing", (Belief("kyiv-beijing-1", 40),)))
    assert {spoken.view(side).phase for side in (*SECRETLY, "beijing", "public")} == {"orders"}


def test_13_3_a_phase_does_not_betray_a_quiet_message_to_the_public() -> None:
    spoken, silent = told()
    assert spoken.view("public") == silent.view("public")


def test_13_3_what_is_witnessed_does_not_betray_a_quiet_message() -> None:
    spoken, silent = told()
    silent.until("orders")
    spoken.until("orders")

    def seen(sitting: Sitting, side: str) -> list[Event | None]:
        return [each for event in sitting.events if (each := witness(sitting.box, event, side)) is not None]

    for side in ("moscow", "taipei", "washington", "public"):
        assert seen(spoken, side) == seen(silent, side)
    asked = [event for event in only(PhaseOpened, spoken.events) if event.opened == "beliefs"]
    assert [witness(spoken.box, event, "kyiv") for event in asked] == [None]
    assert [witness(spoken.box, event, "beijing") for event in asked] == [replace(event, waiting=()) for event in asked]


def test_13_3_who_else_was_asked_for_a_belief_is_not_told() -> None:
    aloud = Declaration("tie-hands", "moscow-kyiv", "r12", STRIKE)
    spoken = Sitting().until("beliefs", kyiv=(aloud, QUIET))  # type: ignore[arg-type]
    opened = one(PhaseOpened, [event for event in only(PhaseOpened, spoken.events) if event.opened == "beliefs"])
    for side in ("moscow", "beijing", "taipei", "washington"):
        seen = witness(spoken.box, opened, side)
        assert isinstance(seen, PhaseOpened)
        assert seen.waiting == ()


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
    assert len(set(WORDS)) == 256
    assert receipt("00ff01" + sealed) == "-".join((WORDS[0], WORDS[255], WORDS[1], WORDS[int(sealed[:2], 16)]))


@pytest.mark.parametrize(
    "forged",
    [{"sheet": Sheet((STRIKE,))}, {"salt": "00"}, {"digest": digest("moscow", 1, Sheet((STRIKE,)), "00")}],
    ids=["sheet", "salt", "digest"],
)
def test_14_2_a_sheet_that_is_not_the_one_sealed_is_refused_at_the_reveal(forged: dict[str, Any]) -> None:
    sitting = Sitting().until("orders").seal(moscow=Sheet((GREY,)))
    state, place = sitting.state, sitting.box.seat["moscow"]
    papers = list(state.papers)
    papers[place] = replace(papers[place], **forged)
    sitting.state = replace(state, papers=tuple(papers))
    with pytest.raises(errors.Refused, match="the sheet of moscow is not the one that was sealed") as refused:
        sitting.do(Proceed())
    assert refused.value.rule == "14.2"
    sitting.state = state
    assert one(RungChanged, sitting.do(Proceed())).to == "r07"


def test_14_2_a_pass_is_sealed_like_a_sheet() -> None:
    sitting = Sitting().until("orders").seal()
    for capital, paper in zip(sitting.box.capitals, sitting.state.papers, strict=True):
        assert paper.digest == digest(capital.id, 1, Sheet(), paper.salt)
    assert len({paper.digest for paper in sitting.state.papers}) == len(sitting.box.capitals)


def logged(box: Box) -> tuple[Exercise, str]:
    exercise = Exercise.create(box, Start(box.scenario.id, "balanced", "semi-rigid", 2), 7)
    exercise.run()
    return exercise, jsonl(exercise.recorded)


def test_14_3_each_line_carries_the_hash_of_the_one_before(box: Box) -> None:
    _, text = logged(box)
    lines = [json.loads(line) for line in text.splitlines()]
    assert lines[1]["event"] == "content_embedded"
    assert all(after["prev"] == before["hash"] for before, after in pairwise(lines[1:]))
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
