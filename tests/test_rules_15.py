"""Rule 15: the white cell's levers. Each is an input like any other, and nothing is ever erased."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.games import a_start, february
from tests.sitting import Sitting, bare_box, one, only
from wargame.bots.retrace import Retrace
from wargame.errors import Refused
from wargame.exercise import Exercise
from wargame.export.jsonl import jsonl
from wargame.export.rows import walk
from wargame.export.sentences import sentences
from wargame.recorded import from_jsonl
from wargame.rules.agenda import Due, owed
from wargame.rules.box import Box, Inject
from wargame.rules.events import (
    ArgumentOpened,
    ArgumentSettled,
    Branched,
    CardDrawn,
    CardWithheld,
    ChallengeResolved,
    ClockSet,
    Event,
    InjectImprovised,
    MeasureTaken,
    NoteTaken,
    OrderClosed,
    OrderReopened,
    OrdersRevealed,
    QuestionAnswered,
    QuestionAsked,
    Rewound,
    RulingMade,
    RungChanged,
    TurnsSet,
)
from wargame.rules.journal import effective, replay, stations, undone
from wargame.rules.legal import actions
from wargame.rules.measures import Action
from wargame.rules.orders import (
    Answer,
    Argue,
    Ask,
    Belief,
    Believe,
    Branch,
    CallTime,
    Choose,
    Climb,
    Command,
    Draft,
    Improvise,
    Note,
    Pass,
    Proceed,
    Reopen,
    Rewind,
    Rule,
    Seal,
    SetClock,
    SetTurns,
    Sheet,
    Shift,
    Signal,
    Start,
    Take,
    Tell,
    Withhold,
)
from wargame.rules.orders import Inject as Play
from wargame.rules.resolve.whitecell import CLOCK, LONGEST_TEXT, METHODS, NOTES
from wargame.rules.sight import look
from wargame.rules.state import State
from wargame.rules.witness import witness
from wargame.verification import checks, compared, recorded_in

MOST = february().rulebook.argue_most
GREY = Climb("moscow-kyiv", "r07")
SHEET = Sheet((GREY,))
OWN_WORDS = Sheet(argued="Invite the observers of a third country to the line of contact.")


def seated(**more: object) -> Sitting:
    """A table with a white cell, while orders are being written."""
    return Sitting(white_cell=True, played=("moscow", "kyiv"), **more).until("orders")  # type: ignore[arg-type]


def paper(sitting: Sitting, capital: str) -> str:
    return sitting.state.papers[sitting.box.seat[capital]].status


def refused(sitting: Sitting, command: Command) -> Refused:
    with pytest.raises(Refused) as found:
        sitting.do(command)
    return found.value


LEVERS: tuple[Command, ...] = (
    CallTime(), Reopen("kyiv", "late"), Play("u01"), Withhold("u10"), Improvise("A", "b"), Note("note", "a"),
    Ask("q1", "kyiv", "a"), Answer("q1", "kyiv", "a"), Tell("kyiv", 1), SetClock("start", 60), SetTurns(4, "late"),
)  # fmt: skip


@pytest.mark.parametrize("lever", LEVERS, ids=lambda each: type(each).__name__)
def test_15_1_only_a_white_cell_has_the_levers(lever: Command) -> None:
    alone = Sitting().until("orders")
    assert "only a white cell" in str(refused(alone, lever))


def test_15_1_a_rehearsal_needs_a_white_cell_and_everybody_knows_it_is_one(box: Box) -> None:
    start = replace(a_start(white_cell=True), rehearsal=True)
    with pytest.raises(Refused):
        Exercise.create(box, replace(start, white_cell=False), 1)
    exercise = Exercise.create(box, start, 1)
    assert exercise.view("public").setup.rehearsal
    assert exercise.recorded.header.rehearsal


def test_15_1_the_record_says_who_entered_an_order(box: Box) -> None:
    exercise = Exercise.create(box, a_start("kyiv", white_cell=True), 1)
    exercise.run()
    due = exercise.owed()[0]
    assert due.who == "kyiv"
    exercise.submit(Note("note", "on paper"), by="white-cell")
    assert [entry.by for entry in exercise.entries if entry.by] == ["white-cell"]


def test_15_1_the_table_goes_on_when_it_is_told_to(box: Box) -> None:
    exercise = Exercise.create(box, a_start(white_cell=True), 1)
    assert exercise.run(hold=True) == (Due("proceed", "table"),)
    exercise.submit(Proceed())
    due = exercise.run(hold=True)
    assert due == (Due("proceed", "table"),)
    assert exercise.state.phase == "orders"
    assert not only(OrdersRevealed, [event for entry in exercise.entries for event in entry.events])


@pytest.mark.parametrize("did", CLOCK)
def test_15_2_the_clock_changes_nothing_in_the_game(did: str) -> None:
    sitting = seated()
    before = sitting.state
    seconds = 600 if did in ("start", "extend") else 0
    assert one(ClockSet, sitting.do(SetClock(did, seconds))) == ClockSet(did, seconds)
    assert sitting.state == before
    assert refused(sitting, SetClock("jump")).rule == "15.2"


def test_15_2_the_number_of_turns_may_change_but_not_to_the_past() -> None:
    sitting = seated()
    assert one(TurnsSet, sitting.do(SetTurns(1, "we are late"))).turns == 1
    assert refused(sitting, SetTurns(0, "gone")).rule == "15.2"
    assert refused(sitting, SetTurns(1, "again")).rule == "15.2"
    sitting.turn()
    assert sitting.state.phase == "ended"


def test_15_3_time_takes_a_draft_as_it_stands_and_calls_all_else_missing() -> None:
    sitting = seated()
    sitting.do(Draft("moscow", SHEET))
    sitting.do(Draft("beijing", Sheet((Climb("moscow-kyiv", "r24"),))))
    sitting.do(Pass("taipei"))
    closed = {event.capital: event for event in only(OrderClosed, sitting.do(CallTime()))}
    assert {capital: event.status for capital, event in closed.items()} == {
        "moscow": "draft", "beijing": "nothing", "kyiv": "nothing", "washington": "nothing"
    }  # fmt: skip
    assert closed["moscow"].sheet == SHEET
    assert closed["beijing"].sheet == Sheet()
    assert paper(sitting, "taipei") == "pass"
    assert sitting.view("public").sealed == ("taipei",)
    sitting.do(Proceed())
    assert one(RungChanged, sitting.do(Rule())).to == "r07"
    assert refused(sitting, CallTime()).rule == "15.3"


def test_15_3_who_is_missing_all_hear_and_what_was_drafted_nobody() -> None:
    sitting = seated()
    sitting.do(Draft("moscow", SHEET))
    for event in only(OrderClosed, sitting.do(CallTime())):
        seen = witness(sitting.box, event, "public")
        assert isinstance(seen, OrderClosed)
        assert (seen.status, seen.sheet, seen.digest, seen.salt) == (event.status, Sheet(), "", "")
        assert witness(sitting.box, event, event.capital) == event


def test_15_4_a_late_sheet_costs_and_an_amended_one_does_not() -> None:
    sitting = seated()
    sitting.do(Seal("moscow", SHEET))
    sitting.do(CallTime())
    purse = sitting.get("kyiv.influence")
    late = one(OrderReopened, sitting.do(Reopen("kyiv", "the runner was held up")))
    assert late.late
    assert sitting.get("kyiv.influence") == int(purse) - sitting.box.rulebook.late_cost
    assert owed(sitting.box, sitting.state) == (Due("orders", "kyiv"),)
    sitting.do(Pass("kyiv"))
    purse = sitting.get("moscow.influence")
    assert not one(OrderReopened, sitting.do(Reopen("moscow", "a wrong number"))).late
    assert sitting.get("moscow.influence") == purse
    assert sitting.view("moscow").sheet == SHEET
    first = sitting.state.papers[sitting.box.seat["moscow"]].digest
    sitting.do(Seal("moscow", Sheet()))
    assert sitting.state.papers[sitting.box.seat["moscow"]].digest not in ("", first)


def test_15_4_after_the_reveal_nothing_is_given_back() -> None:
    sitting = seated()
    sitting.do(CallTime())
    sitting.do(Proceed())
    assert refused(sitting, Reopen("kyiv", "too late")).rule == "15.4"
    waiting = seated()
    assert refused(waiting, Reopen("kyiv", "has it still")).rule == "15.4"


def test_15_4_an_impossible_sheet_is_not_sealed_and_stays_a_draft() -> None:
    sitting = seated()
    sheet = Sheet((GREY, Climb("moscow-kyiv", "r24")))
    sitting.do(Draft("moscow", sheet))
    assert "r24" in str(refused(sitting, Seal("moscow", sheet)))
    assert (paper(sitting, "moscow"), sitting.view("moscow").sheet) == ("draft", sheet)


def scheduled() -> Box:
    """A box whose injects fall due in turns 1 and 2."""
    box = replace(february(), scenario=replace(february().scenario, draws=(), history=("none", 0)))
    injects = (Inject("u10", 1), Inject("u01", 2), Inject("u02", 0, label="help"))
    return replace(box, scenario=replace(box.scenario, injects=injects))


def drawn(events: list[Event]) -> list[str]:
    return [event.card for event in only(CardDrawn, events)]


def test_15_5_an_inject_may_be_held_skipped_or_come_as_it_was_planned() -> None:
    sitting = Sitting(scheduled(), white_cell=True)
    sitting.do(Withhold("u10", 2))
    assert one(CardWithheld, sitting.do(Withhold("u01", reason="overtaken"))).until == 0
    sitting.turn()
    assert drawn(sitting.events) == []
    sitting.turn()
    assert drawn(sitting.events) == ["u10"]
    assert refused(sitting, Withhold("u10")).rule == "15.5"


def test_15_5_the_white_cell_may_play_any_card_once_and_a_contingency_never_comes_by_itself() -> None:
    sitting = Sitting(scheduled(), white_cell=True)
    sitting.until("orders")
    event = one(CardDrawn, sitting.do(Play("u02", "they are stuck")))
    assert event.inject
    assert "already" in str(refused(sitting, Play("u02")))
    assert "no card" in str(refused(sitting, Play("zz")))
    for _ in range(3):
        sitting.turn()
    assert drawn(sitting.events).count("u02") == 1


def test_15_5_a_card_that_asks_is_answered_in_whatever_phase_it_comes() -> None:
    asking = next(card for card in february().cards if card.asks)
    box = replace(scheduled(), scenario=replace(scheduled().scenario, injects=()))
    sitting = Sitting(box, white_cell=True).until("orders")
    sitting.do(Play(asking.id))
    assert owed(box, sitting.state)[0] == Due("choose", asking.asks, asking.id)
    sitting.until("orders")
    assert sitting.state.phase == "orders"
    assert sitting.state.waiting == tuple(capital.id for capital in box.capitals)


def test_15_6_an_improvised_inject_moves_what_the_white_cell_says() -> None:
    sitting = seated()
    face = sitting.get("kyiv.face")
    permission = Shift("washington>kyiv.permission", to="everything")
    sitting.do(
        Improvise(
            "A summit",
            "Leaders meet.",
            ("kyiv",),
            (Shift("kyiv.face", -1), permission, Shift("moscow>kyiv.window", 0.5)),
        )
    )
    assert sitting.get("kyiv.face") == int(face) - 1
    assert (
        sitting.get("washington>kyiv.permission.seen") == sitting.get("washington>kyiv.permission.true") == "everything"
    )


def test_15_6_it_takes_a_dyad_only_along_an_edge() -> None:
    sitting = seated()
    moved = one(RungChanged, sitting.do(Improvise("An incident", "Shots.", dyad="moscow-kyiv", rung="r07")))
    assert (moved.to, moved.cause) == ("r07", "card")
    assert refused(sitting, Improvise("An incident", "Shots.", dyad="moscow-kyiv", rung="r24")).rule == "3.9"


@pytest.mark.parametrize(
    "shift",
    [Shift("kyiv.fcae", 1), Shift("moscow-kyiv.rung", 1), Shift("world.turn", 1), Shift("kyiv.face", 0.5), Shift("kyiv.face"),
     Shift("washington>kyiv.permission", to="anything"), Shift("washington>kyiv.permission", 1),
     Shift("kyiv.delivery.long-range", 1), Shift("ukraine.outcome", to="settled")],
    ids=lambda each: f"{each.track} {each.by:g} {each.to}",
)  # fmt: skip
def test_15_6_what_follows_from_play_is_not_set(shift: Shift) -> None:
    sitting = seated()
    before = sitting.state
    assert refused(sitting, Improvise("A", "b", shifts=(shift,))).rule == "15.6"
    assert sitting.state == before


def test_15_6_it_is_told_only_to_those_it_is_for() -> None:
    sitting = seated()
    event = one(InjectImprovised, sitting.do(Improvise("A", "b", ("kyiv",))))
    assert witness(sitting.box, event, "kyiv") == event
    assert witness(sitting.box, event, "moscow") is witness(sitting.box, event, "public") is None
    assert refused(sitting, Improvise("A", "x" * (LONGEST_TEXT + 1))).rule == "15.6"


def argued(**more: object) -> Sitting:
    sitting = seated(**more)
    sitting.do(Seal("kyiv", OWN_WORDS))
    sitting.do(CallTime())
    sitting.do(Proceed())
    return sitting


def test_15_7_an_order_outside_the_list_waits_after_the_reveal_and_then_all_goes_on() -> None:
    sitting = argued()
    assert one(ArgumentOpened, sitting.events).text == OWN_WORDS.argued
    assert owed(sitting.box, sitting.state) == (Due("argue", "white-cell"),)
    sitting.do(Argue("vote", yes=3, no=2, shifts=(Shift("kyiv.face", 1),)))
    assert sitting.state.phase == "consequences"
    assert one(ArgumentSettled, sitting.events).succeeded


def test_15_7_it_costs_influence_and_a_place_on_the_sheet() -> None:
    sitting = seated()
    purse = int(sitting.get("kyiv.influence"))
    allowed = sitting.box.capital["kyiv"].orders
    full = tuple(Take(action.measure, action.target) for action in _cheap(sitting, "kyiv")[:allowed])
    assert sitting.faults("kyiv", Sheet(full)) == ()
    assert any(str(allowed + 1) in fault for fault in sitting.faults("kyiv", Sheet(full, argued="more")))
    sitting.do(Seal("kyiv", OWN_WORDS))
    sitting.do(CallTime())
    sitting.do(Proceed())
    assert sitting.get("kyiv.influence") == purse - sitting.box.rulebook.argue_cost


def _cheap(sitting: Sitting, capital: str) -> list[Action]:
    return sorted(actions(sitting.box, sitting.view(capital)), key=lambda action: action.cost)


def test_15_7_without_a_white_cell_there_is_no_such_order() -> None:
    assert any("white cell" in fault for fault in Sitting().until("orders").faults("kyiv", OWN_WORDS))


@pytest.mark.parametrize(("pros", "cons"), [(0, 0), (MOST, 0), (0, MOST), (2, 1)])
def test_15_7_dice_points_and_what_must_be_exceeded(pros: int, cons: int) -> None:
    sitting = argued()
    face = int(sitting.get("kyiv.face"))
    sitting.do(Argue("dice", ("it helps",) * pros, ("it harms",) * cons, shifts=(Shift("kyiv.face", -1),)))
    settled = one(ArgumentSettled, sitting.events)
    assert all(1 <= die <= 6 for die in settled.dice)
    assert settled.score == sum(settled.dice) + pros - cons
    assert settled.succeeded == (settled.score > sitting.box.rulebook.argue_needed)
    assert sitting.get("kyiv.face") == face - settled.succeeded


@pytest.mark.parametrize(
    "argue",
    [Argue("coin"), Argue("ruling", taken=True), Argue("ruling", reason="so it is"), Argue("vote"),
     Argue("dice", ("x",) * (MOST + 1)), Argue("dice", ("",)), Argue("vote", yes=-1, no=3)],
    ids=repr,
)  # fmt: skip
def test_15_7_a_method_gets_what_it_needs_or_nothing_happens(argue: Argue) -> None:
    sitting = argued()
    before = sitting.state
    assert refused(sitting, argue).rule == "15.7"
    assert sitting.state == before
    assert set(METHODS) == {"dice", "vote", "ruling"}


def test_15_7_it_comes_after_measures_and_before_climbs() -> None:
    sitting = seated()
    measure = _cheap(sitting, "kyiv")[0]
    take = Take(measure.measure, measure.target)
    sitting.do(Seal("kyiv", replace(OWN_WORDS, moves=(take,))))
    sitting.do(Seal("moscow", SHEET))
    sitting.do(CallTime())
    sitting.do(Proceed())
    assert one(MeasureTaken, sitting.events).measure == take.measure
    assert not only(RungChanged, sitting.events)
    sitting.do(Argue("ruling", taken=False, reason="nobody would come"))
    assert sitting.state.pending is not None
    sitting.do(Rule())
    assert one(RungChanged, sitting.events).to == "r07"


@pytest.mark.parametrize("kind", NOTES)
def test_15_8_a_scribes_line_is_the_white_cells_and_changes_nothing(kind: str) -> None:
    sitting = seated()
    before = sitting.state
    event = one(NoteTaken, sitting.do(Note(kind, "They did not believe it.", "kyiv")))
    assert sitting.state == before
    assert all(witness(sitting.box, event, side) is None for side in (*sitting.box.capital, "public"))


def test_15_8_a_question_and_its_answer_are_also_its_capitals() -> None:
    sitting = seated()
    asked = one(QuestionAsked, sitting.do(Ask("q1", "kyiv", "How far?")))
    said = one(QuestionAnswered, sitting.do(Answer("q1", "kyiv", "That is not recorded.")))
    for event in (asked, said):
        assert witness(sitting.box, event, "kyiv") == event
        assert witness(sitting.box, event, "moscow") is witness(sitting.box, event, "public") is None


def test_15_8_a_dissent_is_kept_and_not_told() -> None:
    sitting = seated()
    sitting.do(Seal("moscow", SHEET))
    sitting.do(CallTime())
    sitting.do(Proceed())
    made = one(RulingMade, sitting.do(Rule(False, "The weather turned.", "One of us would have let it stand.")))
    assert made.overruled
    seen = witness(sitting.box, made, "public")
    assert isinstance(seen, RulingMade)
    assert (seen.reason, seen.dissent) == (made.reason, "")


def seminar(seed: int = 3, turns: int = 3) -> Exercise:
    """A played-out exercise of doctrines with a white cell that lets the dice stand."""
    exercise = Exercise.create(february(), a_start(white_cell=True, turns=turns), seed)
    on(exercise)
    return exercise


def on(exercise: Exercise, until: Callable[[State], bool] = lambda _: False) -> None:
    """Let an exercise go on until something holds or it has ended: all stands, people say nothing and believe half."""
    while not until(exercise.state):
        due = exercise.run(hold=True)
        if not due:
            return
        exercise.submit(_answered(exercise, due[0]))


def _answered(exercise: Exercise, due: Due) -> Command:
    if due.kind == "choose":
        card = exercise.box.card[due.about]
        return Choose(due.who, card.options[card.default].id)
    if due.kind == "believe":
        asked = exercise.view(due.who).asked_about
        return Believe(due.who, tuple(Belief(each, 50) for each in asked))
    return {"proceed": Proceed(), "rule": Rule(), "signal": Signal(due.who)}[due.kind]


@given(seed=st.integers(0, 5), place=st.integers(0, 10_000))
def test_15_9_a_rewind_stands_where_the_exercise_stood_and_erases_nothing(seed: int, place: int) -> None:
    exercise = Exercise.of(seminar(seed).recorded)
    past = tuple(exercise.entries)
    keeps = 1 + place % (len(past) - 1)
    (event,) = exercise.submit(Rewind(keeps, "Once more."))
    assert exercise.state == replay(exercise.box, past[:keeps])
    assert tuple(exercise.entries[: len(past)]) == past
    assert isinstance(event, Rewound)
    assert (event.turn, event.phase) == (exercise.state.turn, exercise.state.phase)
    assert undone(exercise.entries) == frozenset(range(keeps, len(past)))
    assert compared(exercise.recorded).same


def test_15_9_the_same_questions_have_the_same_dice_again() -> None:
    exercise = seminar()
    before = list(checks(exercise.recorded))
    keeps = next(each.keeps for each in stations(exercise.entries) if (each.turn, each.phase) == (2, "update"))
    exercise.submit(Rewind(keeps, "Once more."))
    on(exercise)
    again = checks(exercise.recorded)
    assert [(check.turn, check.resolved) for check in again] == [(check.turn, check.resolved) for check in before]
    assert compared(exercise.recorded).same


def test_15_9_what_was_said_in_the_room_stays_said() -> None:
    exercise = seminar()
    exercise.submit(Note("quote", "We never meant it."))
    exercise.submit(Rewind(2, "Once more."))
    assert any(isinstance(entry.command, Note) for entry in effective(exercise.entries))
    assert only(NoteTaken, [row.event for row in walk(exercise.recorded).counted])


def test_15_9_one_may_go_back_twice_but_not_to_what_was_taken_back() -> None:
    exercise = seminar()
    number = len(exercise.entries)
    exercise.submit(Rewind(5, "Once more."))
    with pytest.raises(Refused):
        exercise.submit(Rewind(number - 2, "There is nothing there."))
    on(exercise)
    exercise.submit(Rewind(3, "And again."))
    assert exercise.state == replay(exercise.box, exercise.entries[:3])
    for keeps in (0, len(exercise.entries), 10_000):
        with pytest.raises(Refused):
            exercise.submit(Rewind(keeps, "Nowhere."))
    with pytest.raises(Refused):
        exercise.submit(Rewind(2, " "))


def test_15_9_only_a_white_cell_goes_back(box: Box) -> None:
    alone = Exercise.create(box, a_start(), 1)
    alone.run()
    with pytest.raises(Refused, match="branch"):
        alone.submit(Rewind(2, "Please."))


def test_15_9_stations_are_where_phases_began() -> None:
    exercise = seminar()
    found = stations(exercise.entries)
    assert [each.keeps for each in found] == sorted({each.keeps for each in found})
    assert {each.turn for each in found if each.phase == "orders"} == {1, 2, 3}
    for each in found:
        state = replay(exercise.box, exercise.entries[: each.keeps])
        assert each.phase == state.phase
        assert each.turn == state.turn + (state.phase == "update")


def test_15_10_a_branch_shares_its_parents_chain_and_leaves_it_alone(tmp_path: Path) -> None:
    parent = seminar().recorded
    keeps = next(each.keeps for each in stations(parent.entries) if (each.turn, each.phase) == (2, "orders"))
    with Exercise.branch(parent, keeps, Branch("seminar", ""), tmp_path / "b.wargame") as branch:
        first = one(Branched, [event for entry in branch.entries for event in entry.events])
        assert first.parent == "seminar"
        assert len(first.head) == 64
        assert branch.entries[:keeps] == list(parent.entries[:keeps])
        branch.run()
        assert branch.has_ended
        again = branch.recorded
    with Exercise.open(tmp_path / "b.wargame") as opened:
        assert opened.recorded == again
    assert compared(again).same
    assert parent == seminar().recorded


def test_15_10_a_branch_that_changes_nothing_comes_out_the_same() -> None:
    parent = seminar().recorded
    keeps = next(each.keeps for each in stations(parent.entries) if (each.turn, each.phase) == (2, "orders"))
    branch = Exercise.branch(parent, keeps, Branch("seminar", ""))
    branch.run()

    def settled(recorded: object) -> list[ChallengeResolved]:
        return [check.resolved for check in checks(recorded)]  # type: ignore[arg-type]

    assert settled(branch.recorded) == settled(parent)
    assert branch.state.scores == Exercise.of(parent).state.scores


def test_15_10_a_branch_may_change_numbers_and_who_sits_where() -> None:
    parent = seminar().recorded
    given_ = Branch(
        "seminar", "", played=("kyiv",), doctrines=(("moscow", "brinkman"),), shifts=(Shift("kyiv.face", -1),)
    )
    doctrines = february().capital["moscow"].doctrines
    given_ = replace(given_, doctrines=(("moscow", doctrines[-1]),))
    branch = Exercise.branch(parent, 1, given_)
    assert branch.state.setup.played == ("kyiv",)
    assert dict(branch.state.doctrines)["moscow"] == doctrines[-1]
    with pytest.raises(Refused):
        Exercise.branch(parent, 1, replace(given_, doctrines=(("moscow", "none such"),)))
    with pytest.raises(Refused):
        Exercise.branch(parent, len(parent.entries), Branch("seminar", ""))


def test_15_10_an_old_answer_is_given_again_while_it_fits() -> None:
    sitting = Sitting().until("orders")
    sheet = Sheet((GREY,))
    old = Retrace(bare_box(), "", {(1, "orders", ""): Seal("moscow", sheet, "00")})
    assert old.choose(sitting.view("moscow"), "orders", sitting.dice) == Seal("moscow", sheet)
    higher = sitting.stand("moscow-kyiv", "r06 moscow", "r07 moscow")
    fallback = Retrace(
        bare_box(), february().capital["moscow"].doctrines[0], {(1, "orders", ""): Seal("moscow", sheet, "00")}
    )
    answer = fallback.choose(look(higher.box, higher.state, "moscow"), "orders", sitting.dice)
    assert not (isinstance(answer, Seal) and GREY in answer.sheet.moves)


def test_15_10_a_start_is_no_branch() -> None:
    with pytest.raises(Refused):
        Exercise.create(bare_box(), Start("february-2022", "balanced", "semi-rigid", 3), 1).submit(
            Branch("x", "", ("mars",))
        )


def test_15_10_every_lever_is_written_down_and_read_back_the_same(tmp_path: Path) -> None:
    """Each kind of command and fact of this section goes through a file, a log and a verification."""
    start = a_start("moscow", "kyiv", white_cell=True, turns=2)
    with Exercise.create(february(), start, 3, tmp_path / "a.wargame") as exercise:
        for command in (*(each for each in LEVERS if isinstance(each, (SetClock, Note, Ask, Answer, Tell, SetTurns))),
                        Withhold("u10", 2, "later")):  # fmt: skip
            exercise.submit(command, by="white-cell")
        on(exercise, lambda state: state.phase == "orders")
        shifts = (
            Shift("kyiv.face", -1),
            Shift("moscow>kyiv.window", 0.5),
            Shift("washington>kyiv.permission", to="everything"),
        )
        exercise.submit(Improvise("A", "b", ("kyiv",), shifts))
        exercise.submit(Play("u02"))
        exercise.submit(Seal("kyiv", OWN_WORDS))
        exercise.submit(CallTime())
        exercise.submit(Reopen("moscow", "late"))
        exercise.submit(CallTime())
        exercise.submit(Proceed())
        exercise.submit(Argue("dice", ("x",), shifts=shifts[:1]))
        exercise.submit(Rewind(len(exercise.entries) - 3, "Once more."))
        recorded = exercise.recorded
    assert recorded_in(tmp_path / "a.wargame") == recorded
    log = jsonl(recorded)
    assert from_jsonl(log.encode(), "log") == recorded
    assert compared(recorded).same
    given_ = Branch("a", "", shifts=shifts)
    keeps = stations(recorded.entries)[-1].keeps
    with Exercise.branch(recorded, keeps, given_, tmp_path / "b.wargame") as branch:
        assert compared(branch.recorded).same
        assert from_jsonl(jsonl(branch.recorded).encode(), "log") == branch.recorded


def test_15_5_a_card_that_asks_waits_until_the_turn_is_open() -> None:
    asking = next(card for card in february().cards if card.asks)
    sitting = Sitting(scheduled(), white_cell=True)
    assert refused(sitting, Play(asking.id)).rule == "15.5"
    sitting.turn()
    assert sitting.state.phase == "update"
    assert refused(sitting, Play(asking.id)).rule == "15.5"
    assert one(CardDrawn, sitting.do(Play("u02"))).card == "u02"


def test_15_2_between_turns_the_next_one_is_the_least() -> None:
    sitting = Sitting(white_cell=True)
    sitting.turn()
    assert refused(sitting, SetTurns(1, "now")).rule == "15.2"
    sitting.do(SetTurns(2, "one more"))
    sitting.turn()
    assert sitting.state.phase == "ended"


def test_15_4_who_has_nothing_left_cannot_be_late() -> None:
    sitting = seated().set(**{"kyiv.influence": 0})
    sitting.do(CallTime())
    assert refused(sitting, Reopen("kyiv", "the runner")).rule == "15.4"


def test_15_3_with_secret_salts_what_time_closed_is_secret_too() -> None:
    plain, salted = seated(), seated()
    plain.do(CallTime())
    salted.do(CallTime("00ff"))
    digests = [{event.digest for event in only(OrderClosed, each.events)} for each in (plain, salted)]
    assert not digests[0] & digests[1]
    assert len(digests[1]) == len(salted.box.capitals)


def test_13_3_going_back_into_beliefs_betrays_no_quiet_message() -> None:
    event = Rewound(5, 1, "beliefs", "Once more.")
    for side in (*february().capital, "public"):
        seen = witness(february(), event, side)
        assert isinstance(seen, Rewound)
        assert (seen.phase, seen.keeps) == ("signal", 0)


def test_15_9_a_branch_is_not_taken_back_to_before_it_began() -> None:
    parent = seminar().recorded
    keeps = next(each.keeps for each in stations(parent.entries) if (each.turn, each.phase) == (2, "orders"))
    branch = Exercise.branch(parent, keeps, Branch("seminar", "", white_cell=True))
    on(branch)
    for place in (1, keeps):
        with pytest.raises(Refused):
            branch.submit(Rewind(place, "Before it began."))
    branch.submit(Rewind(keeps + 1, "Once more."))
    assert branch.state.setup.white_cell


def test_15_10_a_free_exercise_branches_only_with_a_white_cell() -> None:
    start = replace(a_start(white_cell=True), mode="free")
    parent = Exercise.create(february(), start, 1).recorded
    with pytest.raises(Refused):
        Exercise.branch(parent, 1, Branch("free", ""))
    assert Exercise.branch(parent, 1, Branch("free", "", white_cell=True)).state.setup.white_cell


def test_15_10_without_a_white_cell_only_the_argued_order_is_left_out() -> None:
    sitting = Sitting().until("orders")
    old = Retrace(bare_box(), "", {(1, "orders", ""): Seal("moscow", replace(SHEET, argued="Ask."), "00")})
    assert old.choose(sitting.view("moscow"), "orders", sitting.dice) == Seal("moscow", SHEET)


def test_15_3_at_the_reveal_a_missing_sheet_and_a_pass_are_told_apart() -> None:
    sitting = seated()
    sitting.do(Pass("taipei"))
    sitting.do(CallTime())
    revealed = one(OrdersRevealed, sitting.do(Proceed()))
    said = sentences(sitting.box, witness(sitting.box, revealed, "public") or revealed)
    assert "taipei" not in revealed.missing
    assert {"kyiv", "moscow"} <= set(revealed.missing)
    assert any("Taipei orders nothing" in text for text in said)
    assert any("Kyiv's orders are missing" in text for text in said)
