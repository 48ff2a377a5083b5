"""What the white cell is told: clock, submissions, clashes, the ruling card, injects, news, questions, levers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product

import pytest
from msgspec.structs import replace

from tests.games import february, three_capitals
from tests.seminars import KARSK, VELM, a_seminar, a_start, random_seminars, ticking, to_the_end, until
from tests.sitting import Sitting, bare_box
from wargame.exercise import Exercise
from wargame.export import words
from wargame.export.witnessed import is_said, said, seen
from wargame.rules import events as fact
from wargame.rules import orders as order
from wargame.rules.box import Box, Inject, Prepared
from wargame.rules.conditions import Clause
from wargame.rules.dice import Dice
from wargame.rules.events import ArgumentOpened, CardDrawn, ChallengeRolled, ClockSet, Event, RungChanged
from wargame.rules.journal import Entry, undone
from wargame.rules.legal import talks
from wargame.rules.orders import Climb, Dial, Rule, Sheet, Take, Terms
from wargame.rules.resolve.climb import MODES
from wargame.rules.state import ORDERS, State
from wargame.rules.view import PUBLIC
from wargame.rules.witness import witness
from wargame.whitecell import (
    clock,
    conflicts,
    expectation,
    injects,
    levers,
    news,
    questions,
    ruling,
    submissions,
    trial,
)
from wargame.whitecell.argument import argument_card, chance
from wargame.whitecell.argument import told as chance_told

NOON = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)
MOSCOW, KYIV, WASHINGTON = "moscow", "kyiv", "washington"


def at(seconds: int) -> datetime:
    return NOON + timedelta(seconds=seconds)


# The clock


def clocked(*did: tuple[int, str, int]) -> clock.Clock:
    """Return the clock after what was done to it, as (second, what, seconds)."""
    return clock.clock_of(
        Entry(order.SetClock(what, seconds), (ClockSet(what, seconds),), at(second).isoformat())
        for second, what, seconds in did
    )


@pytest.mark.parametrize(
    ("did", "now", "left", "words_"),
    [
        ([], 0, 0, "no clock"),
        ([(0, "start", 480)], 60, 420, "7:00 left"),
        ([(0, "start", 480)], 500, -20, "time is up, 0:20 over"),
        ([(0, "start", 480), (60, "pause", 0)], 300, 420, "paused, 7:00 left"),
        ([(0, "start", 480), (60, "pause", 0), (300, "resume", 0)], 310, 410, "6:50 left"),
        ([(0, "start", 480), (60, "extend", 120)], 60, 540, "9:00 left"),
        ([(0, "start", 480), (60, "extend", -120)], 60, 300, "5:00 left"),
        ([(0, "start", 480), (60, "extend", -9999)], 60, 0, "time is up"),
        ([(0, "start", 60), (100, "extend", 120)], 100, 120, "2:00 left"),
        ([(0, "start", 480), (60, "pause", 0), (70, "extend", 60)], 999, 480, "paused, 8:00 left"),
        ([(0, "start", 480), (60, "start", 3600)], 60, 3600, "1:00:00 left"),
        ([(0, "start", 480), (60, "stop", 0)], 60, 0, "no clock"),
        ([(0, "pause", 0), (1, "extend", 60)], 60, 0, "no clock"),
    ],
)
def test_15_2_the_clock_is_what_was_done_to_it(
    did: list[tuple[int, str, int]], now: int, left: int, words_: str
) -> None:
    found = clocked(*did)
    assert clock.left(found, at(now)) == left
    assert clock.told(found, at(now)) == words_


def test_15_2_a_clock_without_a_time_of_day_stands_still() -> None:
    for when in ("", "noon", "9999-12-31T23:59:59+00:00"):
        found = clock.clock_of([Entry(order.SetClock("start", 90), (ClockSet("start", 90),), when)])
        assert not found.is_running
        assert clock.left(found, NOON) == 90


def test_15_2_the_clock_survives_a_rewind_and_a_crash_but_not_a_branch() -> None:
    exercise = Exercise.create(three_capitals(), a_start(), 5, clock=ticking())
    until(exercise, "orders")
    keeps = len(exercise.entries)
    exercise.submit(order.SetClock("start", 480))
    exercise.submit(order.Rewind(keeps, "too soon"))
    found = clock.clock_of(exercise.entries)
    assert found.is_running
    assert clock.clock_of(exercise.recorded.entries) == found
    branch = Exercise.branch(exercise.recorded, len(exercise.entries), order.Branch("p", "", white_cell=True))
    assert not clock.clock_of(branch.entries).is_set


# Submissions


def test_15_3_the_board_tells_four_states_missing_and_late_apart() -> None:
    exercise = Exercise.create(three_capitals(), a_start(), 5, clock=ticking())
    box = exercise.box
    until(exercise, "orders")

    def board() -> dict[str, submissions.Submission]:
        return {each.capital: each for each in submissions.submissions(box, exercise.state, exercise.entries)}

    third = box.capitals[2].id
    assert {each.status for each in board().values()} == {"nothing"}
    exercise.submit(order.Draft(KARSK, Sheet(moves=(Climb("no-such", "rung"),))), by="white-cell")
    exercise.submit(order.Seal(VELM, Sheet(note="now")), by="white-cell")
    exercise.submit(order.Pass(third))
    found = board()
    assert (found[KARSK].status, found[VELM].status, found[third].status) == ("draft", "sealed", "pass")
    assert found[KARSK].faults
    assert "cannot be sealed" in submissions.told(box, found[KARSK])
    assert (found[KARSK].by, found[VELM].by, found[third].by) == ("white-cell", "white-cell", "")
    assert found[VELM].receipt.count("-") == 3
    assert found[VELM].at
    exercise.submit(order.CallTime())
    missing = board()[KARSK]
    assert (missing.status, missing.receipt, missing.is_waited_for) == ("missing", "", False)
    assert "on purpose" not in submissions.told(box, missing)
    exercise.submit(order.Reopen(KARSK, "the runner was held up"))
    assert board()[KARSK].is_waited_for
    exercise.submit(order.Seal(KARSK, Sheet()))
    late = board()[KARSK]
    assert (late.status, late.late, late.by) == ("sealed", True, "")
    assert "late" in submissions.told(box, late)


def test_15_3_a_draft_that_stands_says_so() -> None:
    exercise = Exercise.create(three_capitals(), a_start(), 5)
    until(exercise, "orders")
    exercise.submit(order.Draft(KARSK, Sheet(note="as it is")))
    exercise.submit(order.CallTime())
    found = submissions.submissions(exercise.box, exercise.state, exercise.entries)[0]
    assert found.taken_as_draft
    assert "draft stands" in submissions.told(exercise.box, found)


# Orders side by side


def sitting(**sheets: Sheet) -> Sitting:
    """Return a table at which these sheets lie, the others blank."""
    table = Sitting(bare_box(), white_cell=True, played=(MOSCOW, KYIV, WASHINGTON))
    table.until("orders")
    for capital, sheet in sheets.items():
        table.do(order.Draft(capital, sheet))
    return table


def flags(state: State, capital: str, box: Box | None = None) -> list[tuple[str, str]]:
    found = conflicts.side_by_side(box or bare_box(), state)
    laid = next(each for each in found.sheets if each.capital == capital)
    return [(flag.kind, flag.text) for line in laid.lines for flag in line.flags] + [
        (flag.kind, flag.text) for flag in laid.flags
    ]


def test_conflicts_name_what_is_not_legal_and_what_costs_too_much() -> None:
    """A sheet is judged order by order; its price is told once, of the whole."""
    dear = [a for a in february().actions_of[WASHINGTON] if a.cost >= 2][:3]
    table = sitting(
        moscow=Sheet(moves=(Climb("moscow-kyiv", "r24"),)),
        washington=Sheet(moves=tuple(Take(a.measure, a.target) for a in dear)),
    )
    assert [kind for kind, _ in flags(table.state, MOSCOW)] == ["illegal"]
    budget = [text for kind, text in flags(table.state, WASHINGTON) if kind == "budget"]
    assert len(budget) == 1
    assert "influence" in budget[0]


def test_7_3_conflicts_say_whose_word_is_missing_and_when_it_comes() -> None:
    climb = Sheet(moves=(Climb("moscow-kyiv", "r13"),))
    table = sitting(kyiv=climb)
    table.stand("moscow-kyiv", "r06 moscow", "r12 moscow")
    kinds = dict(flags(table.state, KYIV))
    assert "would be refused" in kinds["permission"]
    allowed = sitting(kyiv=climb, washington=Sheet(dials=(Dial(KYIV, "against-the-attack"),)))
    allowed.stand("moscow-kyiv", "r06 moscow", "r12 moscow")
    kinds = dict(flags(allowed.state, KYIV))
    assert "orders this turn" in kinds["permission"]
    word = conflicts.permissions(bare_box(), allowed.state)[0]
    assert (word.now, word.ordered) == ("defence-only", "against-the-attack")
    assert "at the reveal" in word.effect


def test_9_3_conflicts_tell_talks_that_meet_from_talks_that_do_not() -> None:
    table = sitting()
    open_talks = [landing for dyad, landing in talks_of_moscow(table) if dyad == "moscow-kyiv"]
    first, second = open_talks[:2]
    for other, expected in ((first, "seeks the same"), (second, "contradicts"), ("", "offers no talks")):
        answer = Sheet(talks=(Terms("moscow-kyiv", other),)) if other else Sheet()
        met = sitting(moscow=Sheet(talks=(Terms("moscow-kyiv", first),)), kyiv=answer)
        assert any(expected in text for kind, text in flags(met.state, MOSCOW) if kind == "talks")


def talks_of_moscow(table: Sitting) -> tuple[tuple[str, str], ...]:
    return talks(table.box, table.view(MOSCOW))


def test_conflicts_see_two_capitals_in_one_dyad_and_what_would_lapse() -> None:
    table = sitting(
        moscow=Sheet(moves=(Climb("moscow-kyiv", "r07"),)), kyiv=Sheet(moves=(Climb("moscow-kyiv", "r07"),))
    )
    assert any(kind == "dyad" and "Moscow comes first" in text for kind, text in flags(table.state, KYIV))
    found = conflicts.side_by_side(bare_box(), table.state)
    assert [each.capital for each in found.checks] == [MOSCOW]
    assert [capital for capital, _ in found.lapses] == [KYIV]
    assert any(kind == "lapse" for kind, _ in flags(table.state, KYIV))


def test_the_expectation_foretells_no_die_and_leaves_no_trace() -> None:
    table = sitting(moscow=Sheet(moves=(Climb("moscow-kyiv", "r07"),), argued="bribe the referee"))
    before = table.state
    thrown = len(table.dice.thrown)
    first = expectation.expectation(table.box, table.state)
    assert table.state == before
    assert len(table.dice.thrown) == thrown
    check = first[0][0]
    assert check.low <= check.percent <= check.high
    assert check.outcome == ("the step is not taken" if check.percent >= 50 else "the step is taken")
    assert any(kind == "argued" for kind, _ in flags(table.state, MOSCOW))
    assert trial.Likelier().percent("x") == 50


def test_conflicts_read_any_draft_without_falling_over() -> None:
    """A draft binds nobody and may hold names that do not exist."""
    nonsense = Sheet(
        moves=(Climb("nowhere", "r99"), Take("nothing", "nobody"), order.StepDown("nowhere"), Climb("moscow-kyiv", "r99")),
        dials=(Dial("nobody", "never"),), talks=(Terms("nowhere", "nothing", 9),), priority="nowhere",
        reply=order.Reply("nowhere", "r99", Climb("nowhere", "r99")), break_faith=True,
    )  # fmt: skip
    for capital in (MOSCOW, KYIV, WASHINGTON):
        table = sitting(**{capital: nonsense})
        assert flags(table.state, capital)
        assert submissions.submissions(table.box, table.state, ())


def test_after_the_reveal_the_sheets_are_shown_as_they_were_opened() -> None:
    exercise = Exercise.create(three_capitals(), a_start(), 5)
    until(exercise, "orders")
    assert expectation.before_reveal(exercise.box, exercise.entries) is None
    for capital in exercise.box.capitals:
        exercise.submit(order.Seal(capital.id, Sheet(note=capital.id)))
    sealed = exercise.state
    exercise.submit(order.Proceed())
    found = expectation.before_reveal(exercise.box, exercise.entries)
    assert found == sealed
    assert [each.note for each in conflicts.side_by_side(exercise.box, sealed).sheets] == [
        capital.id for capital in exercise.box.capitals
    ]
    until(exercise, "orders", 2)
    assert expectation.before_reveal(exercise.box, exercise.entries) is None


# The ruling card


@cache
def challenges() -> tuple[Exercise, ...]:
    """Return exercises in memory, each at a moment when a challenge waits, from random seminars."""
    found = []
    for marked in random_seminars()[:8]:
        recorded = marked.recorded
        waiting = [
            n for n, entry in enumerate(recorded.entries, 1)
            if entry.events and any(isinstance(event, ChallengeRolled) for event in entry.events)
        ]  # fmt: skip
        for keeps in waiting[:3]:
            exercise = Exercise.of(replace(recorded, entries=recorded.entries[:keeps]))
            if isinstance(exercise.state.pending, ChallengeRolled):
                found.append(exercise)
    assert len(found) >= 5
    return tuple(found)


def heard(box: Box, events: tuple[Event, ...], side: str) -> list[str]:
    found = [witness(box, event, side) for event in events]
    return [text for event in found if event is not None and is_said(event) for text in said(box, event)]


def test_5_6_the_card_reads_out_what_will_really_be_said() -> None:
    """Each ruling is carried out for real: every line of its card is then told, to everybody and to each team."""
    for exercise in challenges():
        box, recorded = exercise.box, exercise.recorded
        card = ruling.ruling_card(box, exercise.state)
        assert {choice.taken for choice in card.choices} == {None, True, False}
        for choice in card.choices:
            played = Exercise.of(recorded)
            events = played.submit(Rule(choice.taken, "because" if choice.needs_reason else ""))
            overruled = choice.needs_reason
            told = [text.replace(": because", "") if overruled else text for text in heard(box, events, PUBLIC)]
            assert [text for text in choice.public if text not in told] == []
            stands = any(
                isinstance(e, RungChanged) and e.cause == "climb" and e.dyad == card.check.dyad for e in events
            )
            assert stands or not choice.is_taken
            for team in choice.teams:
                rolled = tuple(said(box, card.check)) if team.capital == card.check.challenger else ()
                told = [text.replace(": because", "") for text in heard(box, events, team.capital)]
                assert [text for text in team.told if text not in (*told, *rolled)] == []


def test_13_4_the_card_names_what_each_team_must_not_be_told() -> None:
    for exercise in challenges():
        card = ruling.ruling_card(exercise.box, exercise.state)
        check = card.check
        for team in (team for choice in card.choices for team in choice.teams):
            text = " ".join(team.told)
            mine = team.capital == check.challenger
            assert (f"{check.percent} percent" in text) == mine
            assert any("the die" in line for line in team.withheld) != mine
            assert any("dissent" in line for line in team.withheld)
        for term in check.terms:
            assert any(term.name in line for line in card.terms)


def test_5_6_the_card_of_every_mode_says_what_it_asks_for() -> None:
    state = challenges()[0].state
    box = challenges()[0].box
    by_mode = {
        mode: ruling.ruling_card(box, replace(state, setup=replace(state.setup, mode=mode))).choices for mode in MODES
    }
    assert [bool(choice.why_not) for choice in by_mode["rigid"]].count(True) == 1
    assert [choice.needs_reason for choice in by_mode["semi-rigid"]].count(True) == 1
    assert not any(choice.why_not or choice.needs_reason for choice in by_mode["free"])


def test_the_card_says_how_far_the_die_lies_and_which_rules_apply() -> None:
    for exercise in challenges():
        card = ruling.ruling_card(exercise.box, exercise.state)
        numbers = [rule.number for rule in card.rules]
        assert numbers[:3] == ["5.3", "5.6", "6.4"]
        assert numbers == sorted(numbers, key=lambda each: tuple(map(int, each.split("."))))
        assert ("6.5" in numbers) == bool(card.check.firebreak)
        assert ("6.8" in numbers) == card.check.press_on
        assert card.over == card.check.die - card.check.percent
        assert ("is taken" in card.dice) == (card.over > 0)
        assert all(line.endswith("not taken") == (card.over > 0) for line in card.flips)


def test_without_a_challenge_or_an_argument_there_is_no_card() -> None:
    state = a_seminar().state
    with pytest.raises(LookupError):
        ruling.ruling_card(three_capitals(), state)
    with pytest.raises(LookupError):
        argument_card(three_capitals(), state)


@pytest.mark.parametrize(
    ("percent", "word"), [(19, "very unlikely"), (20, "unlikely"), (45, "unlikely"), (46, "about even"), (55, "about even"),
                          (56, "likely"), (80, "likely"), (81, "very likely"), (100, "very likely")],
)  # fmt: skip
def test_words_beside_a_number(percent: int, word: str) -> None:
    assert ruling.likelihood(percent) == word


def test_15_7_the_chance_of_an_argument_is_counted_out() -> None:
    for needed, net in product((6, 7, 8), range(-6, 7)):
        hits = sum(1 for one in range(1, 7) for two in range(1, 7) if one + two + net > needed)
        assert chance(needed, net) == round(100 * hits / 36)
    state = replace(a_seminar().state, pending=ArgumentOpened(KARSK, "Buy the debts.", 0))
    card = argument_card(three_capitals(), state)
    assert dict(card.chances)[0] == chance(card.needed, 0)
    assert str(chance(card.needed, 1)) in chance_told(three_capitals(), card, 2, 1)
    assert any("Buy the debts" in line for line in card.public)


# Injects


def injected(*given: Inject) -> Box:
    """Return February 2022 with these injects and no other card."""
    return replace(bare_box(), scenario=replace(bare_box().scenario, injects=given))


def clause(box: Box, address: str, least: int) -> tuple[Clause, ...]:
    """Return the condition that a track's raw value is at least so much."""
    track = box.track[address]
    return (Clause(f"{address} >= {track.shown(least)}", ((track.block, track.place, 5, least),)),)


def test_15_5_injects_say_when_they_come_and_what_that_hangs_on() -> None:
    box = february()
    cards = [card.id for card in box.cards if not card.asks][:5]
    high, low = clause(box, "world.cohesion", 10), clause(box, "world.cohesion", 1)
    table = Sitting(
        injected(
            Inject(cards[0], 1, only_if=low), Inject(cards[1], 2, only_if=low, skip_if=high), Inject(cards[2], 2, skip_if=low),
            Inject(cards[3], 0, label="pressure", expects="somebody moves"), Inject(cards[4], 3),
        ), white_cell=True,
    )  # fmt: skip

    def found() -> dict[str, injects.Prospect]:
        return {each.card: each for each in injects.prospects(table.box, table.state)}

    first = found()
    assert [first[card].status for card in cards] == ["due", "later", "later", "on hand", "later"]
    table.until("signal")
    now = found()
    assert [now[card].status for card in cards] == ["drawn", "due", "due", "on hand", "later"]
    assert (now[cards[1]].comes, now[cards[2]].comes) == (True, False)
    assert [gate.holds for gate in now[cards[1]].only_if + now[cards[1]].skip_if] == [True, False]
    assert now[cards[1]].only_if[0].text == "world: cohesion at least 1"
    assert (now[cards[3]].label, now[cards[3]].expects) == ("PRESSURE", "somebody moves")
    assert injects.told(now[cards[3]]) == "PRESSURE, on hand"
    table.do(order.Withhold(cards[1], 0))
    table.do(order.Withhold(cards[4], 5))
    kept = found()
    assert (kept[cards[1]].status, kept[cards[4]].turn) == ("kept back", 5)
    table.turn()
    table.until("signal")
    after = found()
    assert after[cards[2]].status == "passed by"
    assert [each.status for each in injects.prospects(table.box, table.state)] == sorted(
        (each.status for each in after.values()), key=injects.STATUSES.index
    )


def test_15_5_a_preview_is_what_the_card_then_does() -> None:
    table = sitting()
    box = table.box
    plain = [card.id for card in box.cards if not card.asks and not card.tests and card.take is None][:20]
    for card in plain:
        lines = injects.preview(box, table.state, card)
        fresh = Sitting(box, white_cell=True)
        fresh.state = table.state
        drawn = next(event for event in fresh.do(order.Inject(card)) if isinstance(event, CardDrawn))
        assert lines == (f"At once: {words.moved(box, drawn.changes) or 'moves nothing as things stand'}.",)
    asking = next(card for card in box.cards if card.asks)
    assert len(injects.preview(box, table.state, asking.id)) == len(asking.options)


# News


def test_the_ledger_holds_what_a_capital_alone_knows_until_it_is_ticked_off() -> None:
    exercise = Exercise.create(three_capitals(), a_start(), 5, clock=ticking())
    box = exercise.box
    until(exercise, "orders")
    exercise.submit(order.Tell(VELM, len(exercise.entries)))
    exercise.submit(order.Tell(KARSK, len(exercise.entries)))
    assert not news.news(box, exercise.entries, VELM).is_owed
    exercise.submit(order.Improvise("To all", "Fog everywhere."))
    keeps = len(exercise.entries)
    exercise.submit(order.Improvise("A letter", "For Velm alone.", to=(VELM,)))
    velm, karsk = (news.news(box, exercise.entries, capital) for capital in (VELM, KARSK))
    assert not karsk.is_owed
    assert any("For Velm alone." in text for text in news.script(velm))
    assert not any("Fog" in text for text in news.script(velm))
    exercise.submit(order.Tell(VELM, velm.upto))
    assert not news.news(box, exercise.entries, VELM).is_owed
    exercise.submit(order.Rewind(keeps, "the wrong letter"))
    back = news.news(box, exercise.entries, VELM)
    assert any("no longer counts" in text and "A letter" in text for text in news.script(back))
    exercise.submit(order.Tell(VELM, back.upto))
    assert not news.news(box, exercise.entries, VELM).is_owed
    exercise.submit(order.Tell(VELM, 0))
    assert not any("For Velm alone." in text for text in news.script(news.news(box, exercise.entries, VELM)))


def test_13_nobody_is_told_what_it_did_not_witness_and_everybody_all_it_did() -> None:
    """The law of the ledger: with what is read out to all, it is what a capital witnessed, and no word more."""
    for marked in random_seminars()[:4]:
        recorded = marked.recorded
        box = recorded.box
        public = [text for each in news.read_outs(box, recorded.entries) for text in each.lines]
        for capital in box.capitals:
            own = [
                text for event in seen(box, recorded.entries, capital.id) if is_said(event) for text in said(box, event)
            ]
            found = news.news(box, recorded.entries[:], capital.id)
            assert found.upto == len(recorded.entries)
            told = [text for item in (*found.items, *found.taken_back) for text in item.said]
            assert [text for text in told if text not in own] == []
            everything = Exercise.of(recorded)
            everything.submit(order.Tell(capital.id, 0))
            again = news.news(box, everything.entries, capital.id)
            mine = {text for item in again.items for text in item.said}
            alone = {text for text in own if text not in public}
            assert mine <= set(own)
            assert alone - mine <= _undone(box, everything, capital.id)


def _undone(box: Box, exercise: Exercise, capital: str) -> set[str]:
    """Return what a rewind took back, and measures, which a read-out tells together."""
    gone = [exercise.entries[place] for place in undone(exercise.entries)]
    grouped = (fact.MeasureTaken, fact.DeliveryArrived, fact.DeliveryMoved)
    together = [event for event in seen(box, exercise.entries, capital) if isinstance(event, grouped)]
    return {text for event in (*seen(box, gone, capital), *together) for text in said(box, event)}


def test_read_outs_go_phase_by_phase_and_leave_out_what_was_taken_back() -> None:
    recorded = a_seminar().recorded
    found = news.read_outs(recorded.box, recorded.entries)
    assert found[0].title == "Before the first turn"
    assert [each.turn for each in found] == sorted(each.turn for each in found)
    assert not any("a sealed word that nobody heard" in line for each in found for line in each.lines)
    assert any("A fog bank" in line for each in found for line in each.lines)
    assert not any("A letter" in line for each in found for line in each.lines)
    velm = news.read_outs(recorded.box, recorded.entries, VELM)
    assert any("A letter" in line for each in velm for line in each.lines)


# Questions


def test_15_8_questions_wait_until_they_are_answered() -> None:
    recorded = a_seminar().recorded
    found = questions.questions(recorded.entries)
    assert [(each.id, each.waits) for each in found] == [("q1", False), ("q2", True)]
    assert found[0].at < found[0].answered_at
    assert questions.waiting(recorded.entries) == (found[1],)
    assert questions.next_id(recorded.entries) == "q3"
    assert questions.next_id([]) == "q1"


def test_15_8_a_prepared_answer_is_offered_only_to_who_may_have_it() -> None:
    box = three_capitals()
    answers = (
        Prepared("pilots in the harbour", "The pilots are civilians."),
        Prepared("harbour debts", "Nobody has published them.", (KARSK,)),
        Prepared("the weather", "It is getting worse."),
    )
    box = replace(box, scenario=replace(box.scenario, answers=answers))
    asked = questions.Question("q1", KARSK, "Who holds the debts of the harbour?")
    assert [each.about for each in questions.suggestions(box, asked)] == ["harbour debts", "pilots in the harbour"]
    assert questions.suggestions(box, replace(asked, capital=VELM)) == (answers[0],)
    assert questions.suggestions(box, replace(asked, text="Who are they, and what of it?")) == ()


# Levers


COMMANDS: dict[str, Callable[[Exercise], order.Command]] = {
    "call-time": lambda _: order.CallTime(),
    "improvise": lambda _: order.Improvise("A title", "A text."),
    "clock": lambda _: order.SetClock("start", 60),
    "note": lambda _: order.Note("note", "A line."),
    "proceed": lambda _: order.Proceed(),
    "rewind": lambda exercise: order.Rewind(1, "a reason"),
    "tell": lambda exercise: order.Tell(exercise.box.capitals[0].id, 1),
}


def test_levers_are_open_when_the_rules_would_take_them() -> None:
    """At every moment of a seminar each lever is asked, and so are the rules."""
    seen_open: set[str] = set()
    seen_closed: set[str] = set()
    recorded = to_the_end(Exercise.create(three_capitals(), a_start(3), 5)).recorded
    for keeps in range(1, len(recorded.entries) + 1):
        exercise = Exercise.of(replace(recorded, entries=recorded.entries[:keeps]))
        found = {each.id: each for each in levers.levers(exercise.box, exercise.state, exercise.entries)}
        for id_, command in COMMANDS.items():
            why = trial.why_refused(exercise.box, exercise.state, exercise.entries, command(exercise))
            assert found[id_].is_open == (why == ("", "")), (id_, found[id_].why_not, why)
            (seen_open if found[id_].is_open else seen_closed).add(id_)
    assert seen_open == set(COMMANDS)
    assert {"call-time", "improvise", "proceed"} <= seen_closed


def test_levers_tell_when_they_take_effect_and_how_they_are_undone() -> None:
    exercise = Exercise.create(three_capitals(), a_start(), 5)
    until(exercise, "orders")
    found = {each.id: each for each in levers.levers(exercise.box, exercise.state, exercise.entries)}
    assert (found["enter"].effect, found["enter"].is_open) == ("at the reveal", True)
    assert found["proceed"].title == "Reveal the orders"
    assert "Karsk (orders)" in found["proceed"].why_not
    assert "no challenge waits" in found["rule"].why_not
    assert all(each.effect and each.undone and each.rule for each in found.values())
    lasting = {each.id for each in found.values() if not each.asks_first}
    assert lasting == {"enter", "withhold", "clock", "note", "ask", "answer", "tell", "branch"}


def test_without_a_white_cell_its_levers_are_closed() -> None:
    box = three_capitals()
    alone = Exercise.create(box, replace(a_start(), white_cell=False), 5)
    found = {each.id: each for each in levers.levers(box, alone.state, alone.entries)}
    assert {id_ for id_, each in found.items() if each.is_open} == {"proceed", "branch"}


# Trials


def test_a_trial_throws_no_real_die(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cards, conflicts and levers are shown before anybody decides; none may look at what the dice will say."""
    exercise = challenges()[0]
    thrown: list[object] = []

    def throw(_: Dice, *purpose: object) -> int:
        thrown.append(purpose)
        return 1

    monkeypatch.setattr(Dice, "percent", throw)
    monkeypatch.setattr(Dice, "six", throw)
    ruling.ruling_card(exercise.box, exercise.state)
    levers.levers(exercise.box, exercise.state, exercise.entries)
    table = sitting(moscow=Sheet(moves=(Climb("moscow-kyiv", "r07"),)))
    conflicts.side_by_side(table.box, table.state)
    assert thrown == []
    assert table.state.phase == ORDERS
