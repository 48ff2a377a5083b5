"""The run sheet: the debrief is never cut, nothing is planned shorter than it can be, and what does not fit is said."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.games import february, three_capitals
from wargame.cli import call
from wargame.content.library import read_alone
from wargame.errors import UsageError
from wargame.plan import BRIEF, DEBRIEF, OF_A_TURN, PAUSE, Block, Plan, cuts, delay, forewarned, plan, replan
from wargame.rules.box import Box, Span, Timing
from wargame.rules.state import BELIEFS, ENDED, ORDERS, SETUP, SIGNAL, UPDATE

BOOK = february().rulebook.timing
FIVE = 5
"""Teams."""


def least_of(phase: str, teams: int, timing: Timing = BOOK) -> int:
    """The least a part takes, reckoned from the rulebook alone."""
    span: Span = getattr(timing, phase)
    return span.least + round(span.team_seconds * teams / 60 + 1e-9)


def least_play(teams: int, turns: int) -> int:
    return least_of(BRIEF, teams) + turns * sum(least_of(phase, teams) for phase in OF_A_TURN)


def fifth(minutes: int) -> int:
    return -(-minutes // 5)


def with_timing(**changes: object) -> Box:
    box = february()
    return replace(box, rulebook=replace(box.rulebook, timing=replace(BOOK, **changes)))


def is_whole(found: Plan, starts: int) -> bool:
    """Whether blocks follow each other without a gap from a minute to the end, and the debrief comes last."""
    ends = [starts, *(block.ends for block in found.blocks)]
    return (
        [block.starts for block in found.blocks] == ends[:-1]
        and ends[-1] == found.minutes
        and [block.phase == DEBRIEF for block in found.blocks] == [False] * (len(found.blocks) - 1) + [True]
    )


# A session


@pytest.mark.parametrize(("minutes", "turns"), [(50, 2), (90, 3), (120, 4), (180, 6)])
def test_a_fifth_of_the_usual_sessions_is_debrief(minutes: int, turns: int) -> None:
    found = plan(february(), minutes, FIVE)
    assert found.turns == turns
    assert 5 * found.debrief.minutes >= minutes
    assert is_whole(found, 0)


@given(st.integers(30, 600), st.integers(1, 12), st.none() | st.integers(1, 10))
def test_a_plan_fits_or_says_that_it_cannot(minutes: int, teams: int, turns: int | None) -> None:
    box = february()
    try:
        found = plan(box, minutes, teams, turns)
    except UsageError:
        assert least_play(teams, turns or 1) + fifth(minutes) > minutes
        return
    assert is_whole(found, 0)
    assert sum(block.minutes for block in found.blocks) == minutes
    assert found.debrief.minutes >= fifth(minutes)
    assert found.turns == turns if turns else 1 <= found.turns <= box.scenario.turns
    played = [(block.turn, block.phase) for block in found.blocks if block.phase != PAUSE]
    in_turns = [(turn, phase) for turn in range(1, found.turns + 1) for phase in OF_A_TURN]
    assert played == [(0, BRIEF), *in_turns, (0, DEBRIEF)]
    assert all(block.minutes >= least_of(block.phase, teams) for block in found.blocks[:-1])
    pauses = [block.turn for block in found.blocks if block.phase == PAUSE]
    assert len(pauses) == len(set(pauses)) <= minutes // 150
    assert found.last_call >= (found.at(found.turns, UPDATE) or found.debrief).starts


def test_only_what_may_give_way_gives_way_and_in_order() -> None:
    usual, short = plan(february(), 140, FIVE, 4), plan(february(), 120, FIVE, 4)
    lengths = [{block.phase: block.minutes for block in found.blocks} for found in (usual, short)]
    assert lengths[0][ORDERS] == 12
    assert {phase for phase in lengths[0] if lengths[0][phase] != lengths[1][phase]} == {ORDERS, DEBRIEF}
    guarded = plan(with_timing(shorten=("orders", "update", "brief", "adjudication")), 118, FIVE, 4)
    assert {block.minutes for block in guarded.blocks if block.phase == SIGNAL} == {BOOK.signal.minutes}


def test_what_may_not_give_way_counts_in_full() -> None:
    stiff = with_timing(shorten=())
    with pytest.raises(UsageError, match="4 turns of at least 25 minutes are 100, the brief 8"):
        plan(stiff, 120, FIVE, 4)
    assert plan(stiff, 135, FIVE, 4).debrief.minutes == 27


def test_more_teams_need_longer_to_adjudicate_and_read_out() -> None:
    few, many = ({block.phase: block.minutes for block in plan(february(), 180, teams, 4).blocks} for teams in (2, 12))
    assert many["adjudication"] > few["adjudication"]
    assert many["consequences"] > few["consequences"]


def test_long_sessions_have_a_break_between_turns() -> None:
    def after(minutes: int) -> list[int]:
        return [block.turn for block in plan(february(), minutes, FIVE, 6).blocks if block.phase == PAUSE]

    assert after(149) == []
    assert after(180) == [3]
    assert after(300) == [2, 4]


def test_time_to_spare_goes_to_the_debrief_up_to_a_quarter_and_then_to_all() -> None:
    quarter, long = plan(february(), 75, FIVE, 1), plan(february(), 300, FIVE, 4)
    assert 4 * quarter.debrief.minutes >= 75
    assert all(block.minutes >= getattr(BOOK, block.phase).minutes for block in long.blocks[:-1])
    assert 300 / 4 <= long.debrief.minutes < 300 / 4 + long.turns, "what does not divide"


def test_the_end_of_play_is_announced_and_the_last_turn_begins_in_time_or_not_at_all() -> None:
    found = plan(february(), 120, FIVE)
    assert found.wind_down == found.debrief.starts - BOOK.wind_down
    assert found.debrief.starts - found.last_call == sum(least_of(phase, FIVE) for phase in OF_A_TURN)


@pytest.mark.parametrize("turns", [1, 4, 6])
def test_what_does_not_fit_is_told_with_what_would(turns: int) -> None:
    with pytest.raises(UsageError) as fault:
        plan(february(), 20, FIVE, turns)
    said = str(fault.value)
    assert f"together {least_play(FIVE, turns) + 4}." in said
    enough = int(re.findall(r"a session of (\d+) minutes", said)[-1])
    assert plan(february(), enough, FIVE, turns).turns == turns
    with pytest.raises(UsageError):
        plan(february(), enough - 1, FIVE, turns)


def test_how_many_turns_would_fit_is_told_and_true() -> None:
    with pytest.raises(UsageError, match=r"In 120 minutes 4 turns fit\."):
        plan(february(), 120, FIVE, 6)
    assert plan(february(), 120, FIVE, 4).turns == 4


@pytest.mark.parametrize(("minutes", "teams", "turns"), [(0, 5, 1), (120, 0, 1), (120, 5, 0), (120, 5, 25)])
def test_a_session_of_nothing_is_refused(minutes: int, teams: int, turns: int) -> None:
    with pytest.raises(UsageError):
        plan(february(), minutes, teams, turns)


def test_a_rulebook_without_timing_is_planned_too() -> None:
    box = three_capitals()
    assert box.rulebook.timing == Timing()
    assert is_whole(plan(box, 90, 3), 0)


# A session that runs late


def moment(found: Plan, place: int) -> tuple[int, str]:
    """The turn and phase of a block of play, as the state would name them."""
    block = found.blocks[place % (len(found.blocks) - 1)]
    if block.phase == PAUSE:
        return block.turn, "consequences"
    return block.turn, SETUP if block.phase == BRIEF else block.phase


@given(
    st.integers(40, 300), st.integers(1, 12), st.integers(0, 60), st.integers(-900, 7200), st.integers(0, 1500)
)  # fmt: skip
def test_no_proposal_cuts_the_debrief(minutes: int, teams: int, place: int, late: int, spent: int) -> None:
    box = february()
    current = plan(box, minutes, teams)
    turn, phase = moment(current, place)
    here = current.at(turn, phase)
    assert here is not None
    elapsed = max(60 * here.starts + late, 0) + spent
    ways = replan(box, current, turn=turn, phase=phase, elapsed=elapsed, spent=spent)
    began = -(-(elapsed - spent) // 60)
    behind = delay(current, turn=turn, phase=phase, elapsed=elapsed, spent=spent)
    assert bool(ways) or behind <= 0
    assert {way.kind for way in ways} <= ({"shorten", "pause", "drop", "overrun", "stop"} if behind > 0 else {"add"})
    for way in ways:
        after = way.plan
        assert after.debrief.minutes >= max(current.debrief.minutes, fifth(after.minutes))
        assert after.minutes == minutes or way.kind in ("overrun", "stop")
        assert is_whole(after, -(-elapsed // 60) if way.kind == "stop" else began)
        assert all(block.minutes >= least_of(block.phase, teams) for block in after.blocks[:-1])
        assert all(block.turn <= way.turns for block in after.blocks)
        assert way.kind == "stop" or after.blocks[0].minutes > spent // 60, "what has been spent is spent"
        again = replan(box, after, turn=turn, phase=phase, elapsed=elapsed, spent=spent)
        assert {each.kind for each in again} <= {"add"}, "whoever takes a proposal is in time"


def test_lateness_is_answered_by_less_deliberation_or_a_turn_fewer() -> None:
    box = with_timing(pause_every=1000)
    current = plan(box, 150, FIVE, 5)
    ways = replan(
        box, current, turn=3, phase=UPDATE, elapsed=60 * ((current.at(3, UPDATE) or current.debrief).starts + 2)
    )
    assert [way.text for way in ways] == ["Shorten deliberation to 8 minutes in turns 3 to 5.", "Drop turn 5."]
    assert [way.turns for way in ways] == [5, 4]


def test_a_break_may_be_left_out() -> None:
    box = with_timing(shorten=("orders",))
    current = plan(box, 180, FIVE, 6)
    ways = replan(
        box, current, turn=2, phase=UPDATE, elapsed=60 * ((current.at(2, UPDATE) or current.debrief).starts + 8)
    )
    assert [(way.kind, way.text) for way in ways] == [("pause", "Leave out the break."), ("drop", "Drop turn 6.")]
    assert all(block.phase != PAUSE for block in ways[0].plan.blocks)


def test_too_late_for_the_present_turn_it_is_the_white_cell_that_chooses() -> None:
    current = plan(february(), 120, FIVE)
    begun = replan(february(), current, turn=4, phase=ORDERS, elapsed=92 * 60)
    assert [way.kind for way in begun] == ["stop", "overrun"]
    assert begun[0].text == "End play in the middle of turn 4: 28 minutes of debrief."
    opened = replan(february(), current, turn=4, phase="adjudication", elapsed=98 * 60)
    assert [way.kind for way in opened] == ["overrun", "stop"], "opened sheets are read out first"


def test_in_time_nothing_is_proposed_and_far_ahead_another_turn() -> None:
    current = plan(february(), 120, FIVE)
    third = current.at(3, UPDATE)
    assert third is not None
    assert replan(february(), current, turn=3, phase=UPDATE, elapsed=60 * third.starts) == ()
    assert delay(current, turn=3, phase=UPDATE, elapsed=60 * third.starts) == 0
    (more,) = replan(february(), current, turn=3, phase=UPDATE, elapsed=60 * (third.starts - 22))
    assert (more.kind, more.turns, more.text) == ("add", 5, "Add turn 5: there are 22 minutes to spare.")
    assert replan(february(), current, turn=4, phase=ENDED, elapsed=60 * 90) == ()


def test_beliefs_belong_to_the_signals_and_what_a_phase_has_taken_stays_taken() -> None:
    current = plan(february(), 120, FIVE)
    signal = current.at(2, SIGNAL)
    assert signal is current.at(2, BELIEFS)
    assert signal is not None
    into = {"turn": 2, "phase": BELIEFS, "elapsed": 60 * (signal.starts + 9), "spent": 60 * 9}
    assert delay(current, **into) == 4  # type: ignore[arg-type]
    ways = replan(february(), current, **into)  # type: ignore[arg-type]
    assert ways[0].plan.blocks[0].minutes == 10, "nine minutes gone and one to end it"


def test_the_present_deliberation_is_not_shortened_below_what_it_has_had() -> None:
    box = with_timing(pause_every=1000)
    current = plan(box, 170, FIVE, 5)
    orders = current.at(2, ORDERS)
    assert orders is not None
    assert orders.minutes == 12
    ways = replan(box, current, turn=2, phase=ORDERS, elapsed=60 * (orders.starts + 20), spent=60 * 10)
    assert [block.minutes for block in ways[0].plan.blocks if block.phase == ORDERS] == [11, 9, 9, 9]


def test_a_dropped_turn_is_not_planned_again() -> None:
    current = plan(february(), 120, FIVE)
    where = {"turn": 2, "phase": UPDATE, "elapsed": 60 * 50}
    assert replan(february(), current, **where) != ()  # type: ignore[arg-type]
    assert replan(february(), current, turns=3, **where) == ()  # type: ignore[arg-type]
    longer = replan(february(), current, turns=5, **where)  # type: ignore[arg-type]
    assert {"Drop turns 4 and 5."} <= {way.text for way in longer}


def test_what_gives_way_is_told_beforehand() -> None:
    current = plan(february(), 120, FIVE)
    said = cuts(february(), current)
    assert said[0] == "Deliberation down to 8 minutes: saves 1 a turn."
    assert said[-2:] == ("Turn 4: saves 22 minutes.", "The debrief: never.")
    rows = forewarned(february(), current)
    assert {turn for turn, _, _ in rows} == {2, 3, 4}
    assert all(words != "It fits." for _, _, words in rows)
    assert [late for turn, delays, _ in rows if turn == 3 for late in delays] == [5, 10, 15]


# Content


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("orders = { minutes = 8, least = 9 }", "orders: the least, 9 minutes, is more"),
        ("debrief-least = 19", "debrief-least"),
        ('shorten = ["orders", "debrief"]', "shorten[1]"),
        ("lunch = { minutes = 60, least = 30 }", 'no such key "lunch"'),
    ],
)
def test_a_faulty_timing_is_told_by_its_line(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "book.toml"
    deck = Path(__file__).parents[1] / "decks" / "rulebooks" / "standard.toml"
    text = deck.read_text("utf-8").replace('id = "standard"', 'id = "mine"')
    key = line.split(maxsplit=1)[0]
    text = re.sub(rf"(?m)^{key} = .*\n", "", text[text.index("[rulebook.timing]") :])
    head = deck.read_text("utf-8").replace('id = "standard"', 'id = "mine"').partition("[rulebook.timing]")[0]
    path.write_text(f"{head}{text}{line}\n", "utf-8")
    (problem,) = read_alone(path).problems.sorted()
    assert said in str(problem)
    assert problem.line == path.read_text("utf-8").splitlines().index(line) + 1


# The command


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert call(["plan", *arguments]) == code
    out, err = capsys.readouterr()
    assert "\x1b" not in out
    assert "--json" in arguments or all(len(line) <= 80 for line in out.splitlines())
    return err if code else out


@pytest.mark.parametrize("minutes", [50, 90, 120, 180, 600])
def test_each_block_is_a_line_with_its_time(capsys: pytest.CaptureFixture[str], minutes: int) -> None:
    out = told(capsys, "--minutes", str(minutes), "--start", "14:00")
    found = plan(february(), minutes, FIVE)
    rows = re.findall(r"(?m)^(\d\d:\d\d)-(\d\d:\d\d) +(\d+)  .*\.$", out)
    assert [int(row[2]) for row in rows] == [block.minutes for block in found.blocks]
    assert [row[0] for row in rows[1:]] == [row[1] for row in rows[:-1]]
    assert rows[0][0] == "14:00"


def test_without_a_start_times_count_from_nought_and_past_midnight_from_nought_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert re.search(r"(?m)^ 0:08    3  Turn 1  Update ", told(capsys))
    assert "00:36-01:00   24  Debrief" in told(capsys, "--start", "23:00")


def test_plain_speaks_in_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "--plain", "--start", "9:00")
    assert "Turn 1, orders: 09:16 to 09:25, 9 minutes. Deliberate and seal; call time once." in " ".join(out.split())
    assert "───" not in out


def test_late_adds_what_to_do_about_each_delay(capsys: pytest.CaptureFixture[str]) -> None:
    out = " ".join(told(capsys, "--late").split())
    assert "Turn 3 begins 10 or 15 minutes late. Drop turn 4." in out
    assert "Drop turn 4." not in " ".join(told(capsys).split())


def test_json_is_the_whole_plan(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(capsys, "--json", "--minutes", "90", "--teams", "3", "--start", "14:00"))
    assert (found["schema"], found["version"]) == ("wargame.plan", 1)
    assert (found["minutes"], found["teams"], found["start"]) == (90, 3, "14:00")
    assert sum(block["minutes"] for block in found["blocks"]) == 90
    assert found["blocks"][-1]["ends"] == 90
    assert found["blocks"][1]["at"] == "14:08"
    assert any("doctrines play the other 2" in note for note in found["notes"])


def test_the_impossible_ends_with_exit_2(capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, "--minutes", "20", "--teams", "5", "--turns", "6", code=2)
    assert "20 minutes cannot hold 6 turns for 5 teams" in said
    assert "6 turns need a session of 140 minutes" in said
    for start in ("25:00", "14.00", "14:60", "\x1b[2J"):
        assert "14:00" in told(capsys, "--start", start, code=2)


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_sheet_is_written_to_a_file_and_over_nothing_unasked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, form: list[str]
) -> None:
    path = tmp_path / "sheet.txt"
    assert told(capsys, *form, "-o", str(path)) == ""
    written = path.read_text("utf-8")
    assert written == told(capsys, *form)
    path.write_text("mine", "utf-8")
    assert "--force" in told(capsys, *form, "-o", str(path), code=2)
    assert path.read_text("utf-8") == "mine"
    told(capsys, *form, "-o", str(path), "--force")
    assert path.read_text("utf-8") == written


def test_a_block_knows_when_it_ends() -> None:
    assert Block("Orders", 1, ORDERS, 12, 8, starts=16).ends == 28
