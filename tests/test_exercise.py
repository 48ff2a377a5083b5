"""The use cases: play, stop anywhere, go on, replay, verify, import."""

from __future__ import annotations

import itertools
import os
import random
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import structs

from tests.exercises import a_game, a_start, the_box
from tests.failing_disk import Faults, in_a_child
from tests.games import february
from wargame.errors import ExerciseError, Refused, UsageError
from wargame.exercise import Exercise
from wargame.export.jsonl import jsonl
from wargame.log import header_text
from wargame.recorded import Recorded, all_lines, from_jsonl
from wargame.rules.box import RULES
from wargame.rules.evolve import evolve, opening
from wargame.rules.journal import moments, replay
from wargame.rules.orders import Draft, Pass, Proceed, Seal, Sheet, Start
from wargame.store import Store, read
from wargame.verification import compared, import_log, recorded_in, verify

CAPITAL = the_box().capitals[0].id
SEEDS = range(5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "game.wargame"


def test_a_game_on_disk_is_the_game_in_memory(path: Path) -> None:
    with Exercise.create(the_box(), a_start(), 0, path) as exercise:
        assert exercise.path == path
        assert exercise.run() == ()
        assert exercise.entries == a_game(0).entries
        assert exercise.state == a_game(0).state
    again = recorded_in(path)
    assert list(again.entries) == a_game(0).entries
    assert again.box == the_box()


def test_a_game_of_february_is_exported_imported_and_verified(path: Path) -> None:
    box = february()
    exercise = Exercise.create(box, Start(box.scenario.id, box.scenario.theory, "semi-rigid", 2), 7)
    exercise.run()
    data = jsonl(exercise.recorded).encode()
    assert import_log(data, path).same
    assert jsonl(recorded_in(path)).encode() == data


@pytest.mark.parametrize("seed", SEEDS)
def test_replaying_the_journal_gives_the_state(seed: int) -> None:
    game = a_game(seed)
    assert replay(the_box(), game.entries) == game.state
    assert game.has_ended


@pytest.mark.parametrize("seed", SEEDS)
def test_the_lines_lie_in_the_turn_and_phase_of_the_state(seed: int) -> None:
    state = opening(the_box())
    for turn, phase, event in moments(event for entry in a_game(seed).entries for event in entry.events):
        state = evolve(the_box(), state, event)
        assert (turn, phase) == (state.turn, state.phase), event


@pytest.mark.parametrize("seed", SEEDS)
def test_a_recorded_game_plays_again_to_the_letter(seed: int) -> None:
    found = compared(a_game(seed).recorded)
    assert found.same, found.problem
    assert found.inputs == len(a_game(seed).entries)


def _play_as(exercise: Exercise, capital: str, inputs: int) -> None:
    """Play a capital that does nothing but what it must, for some inputs."""
    for _ in range(inputs):
        due = exercise.run()
        if not due:
            return
        for each in due:
            if each.who == capital:
                exercise.submit(_least(exercise, capital, each.kind))
                break


def _least(exercise: Exercise, capital: str, kind: str):  # type: ignore[no-untyped-def]
    from wargame.rules.orders import Believe, Choose, Signal  # noqa: PLC0415

    if kind == "choose":
        card = the_box().card[exercise.view(capital).asked]
        return Choose(capital, card.options[card.default].id)
    return {"signal": Signal(capital), "believe": Believe(capital), "orders": Pass(capital)}[kind]


def test_a_game_may_be_left_anywhere_and_gone_on_with(path: Path) -> None:
    whole = Exercise.create(the_box(), a_start(CAPITAL, turns=2), 3)
    _play_as(whole, CAPITAL, 99)
    assert whole.has_ended
    Exercise.create(the_box(), a_start(CAPITAL, turns=2), 3, path).close()
    for _ in range(99):
        with Exercise.open(path) as exercise:
            _play_as(exercise, CAPITAL, 1)
            if exercise.has_ended:
                break
    with Exercise.open(path) as exercise:
        assert exercise.entries == whole.entries
        assert exercise.owed() == ()


def test_a_draft_is_safe_before_the_answer(path: Path) -> None:
    with Exercise.create(the_box(), a_start(CAPITAL), 1, path) as exercise:
        while exercise.run()[0].kind != "orders":
            _play_as(exercise, CAPITAL, 1)
        exercise.submit(Draft(CAPITAL, Sheet(note="not yet")))
        assert recorded_in(path).entries[-1].command == Draft(CAPITAL, Sheet(note="not yet"))
    with Exercise.open(path) as exercise:
        assert exercise.view(CAPITAL).sheet.note == "not yet"


def _unchanged(exercise: Exercise, path: Path, wrong: Callable[[], object], error: type[Exception]) -> None:
    state, entries, data = exercise.state, list(exercise.entries), path.read_bytes()
    with pytest.raises(error):
        wrong()
    assert (exercise.state, exercise.entries, path.read_bytes()) == (state, entries, data)


def test_what_is_refused_changes_nothing(path: Path) -> None:
    with Exercise.create(the_box(), a_start(CAPITAL), 1, path) as exercise:
        exercise.run()
        _unchanged(exercise, path, lambda: exercise.submit(Proceed()), Refused)
        while exercise.run()[0].kind != "orders":
            _play_as(exercise, CAPITAL, 1)
        broken = Sheet(note="half a character: \ud83d")
        _unchanged(exercise, path, lambda: exercise.submit(Draft(CAPITAL, broken)), Refused)
        exercise.submit(Draft(CAPITAL, Sheet(note="whole")))
    assert verify(path).same


def test_a_start_that_is_refused_leaves_no_file(path: Path) -> None:
    with pytest.raises(Refused):
        Exercise.create(the_box(), structs.replace(a_start(), theory="no-such"), 1, path)
    with pytest.raises(Refused, match="64 digits"):
        Exercise.create(the_box(), a_start(), 10**80, path)
    assert not path.exists()


def test_clock_and_salts_are_arguments(path: Path) -> None:
    salts = itertools.count(10)
    noon = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    with Exercise.create(
        the_box(), a_start(CAPITAL), 1, path, clock=lambda: noon, salts=lambda: f"{next(salts):032x}"
    ) as exercise:
        while exercise.run()[0].kind != "orders":
            _play_as(exercise, CAPITAL, 1)
        exercise.submit(Pass(CAPITAL, "own"))
    entries = recorded_in(path).entries
    assert {entry.at for entry in entries} == {"2026-11-22T12:00:00+00:00"}
    sealed = [entry.command.salt for entry in entries if isinstance(entry.command, (Seal, Pass))]
    assert "own" in sealed, "a salt that is given is kept"
    assert all(salt for salt in sealed)
    assert len(set(sealed)) == len(sealed)
    assert verify(path).same


def test_without_a_clock_there_is_none_in_the_log() -> None:
    text = jsonl(a_game(0).recorded)
    assert '"at":' not in text
    assert text == jsonl(a_game(0).recorded)


# Verify


def test_verify_reads_files_and_logs(path: Path, tmp_path: Path) -> None:
    Exercise.create(the_box(), a_start(), 0, path).close()
    log = tmp_path / "log.jsonl"
    log.write_text(jsonl(recorded_in(path)), "utf-8")
    first, second = verify(path), verify(log)
    assert first == second
    assert first.same
    assert first.head == read(path).lines[-1].hash


def _forged(recorded: Recorded) -> bytes:
    """Return a log with right hashes, whatever it tells."""
    return jsonl(recorded).encode()


def test_verify_names_the_first_event_that_differs() -> None:
    recorded = a_game(0).recorded
    place = next(n for n, entry in enumerate(recorded.entries) if n > 5 and isinstance(entry.command, Pass | Seal))
    entry = recorded.entries[place]
    seq = 1 + sum(len(each.events) for each in recorded.entries[:place])
    other = structs.replace(entry, events=(structs.replace(entry.events[0], salt="ff"), *entry.events[1:]))
    changed = structs.replace(recorded, entries=(*recorded.entries[:place], other, *recorded.entries[place + 1 :]))
    found = compared(from_jsonl(_forged(changed), "log"))
    assert not found.same
    assert found.comparable
    assert found.seq == seq
    assert "order_sealed: salt" in found.problem

    shorter = structs.replace(recorded, entries=(*recorded.entries[:place], *recorded.entries[place + 1 :]))
    assert not compared(shorter).same
    missing = structs.replace(recorded.entries[1], events=recorded.entries[1].events[:-1])
    found = compared(structs.replace(recorded, entries=(recorded.entries[0], missing)))
    assert "the record ends here" in found.problem


def test_another_seed_is_noticed() -> None:
    recorded = a_game(0).recorded
    header = structs.replace(recorded.header, seed=1)
    found = compared(structs.replace(recorded, header=header))
    assert not found.same
    assert found.seq > 0


def test_a_file_of_other_rules_is_shown_and_not_played(path: Path) -> None:
    recorded = a_game(0).recorded
    header = structs.replace(recorded.header, rules=RULES + 1)
    older = structs.replace(recorded, header=header)
    Store.create(path, header_text(header), all_lines(older)).close()
    found = verify(path)
    assert not found.same
    assert not found.comparable
    assert f"rules {RULES + 1}" in found.problem
    with Exercise.open(path) as exercise:
        assert exercise.state == a_game(0).state
        assert not exercise.is_playable
        with pytest.raises(ExerciseError, match="can be shown"):
            exercise.submit(Proceed())
    copy = path.with_name("copy.wargame")
    assert not import_log(jsonl(older).encode(), copy).comparable
    assert jsonl(recorded_in(copy)) == jsonl(older)


def test_events_that_lead_nowhere_are_refused(path: Path) -> None:
    recorded = a_game(0).recorded
    entry = recorded.entries[1]
    drawn = next(event for entry in recorded.entries for event in entry.events if hasattr(event, "card"))
    other = structs.replace(entry, events=(*entry.events, structs.replace(drawn, card="no-such-card")))
    broken = structs.replace(recorded, entries=(recorded.entries[0], other))
    with pytest.raises(ExerciseError, match=r"log:\d+: "):
        import_log(_forged(broken), path, "log")
    assert not path.exists()


# Explain


def test_explain_gives_every_check_with_its_working() -> None:
    game = next(a_game(seed) for seed in range(20) if a_game(seed).explain())
    found = game.explain()
    events = [event for entry in game.entries for event in entry.events]
    for check in found:
        assert events[check.seq - 1] is check.resolved
        assert sum(term.contribution for term in check.resolved.terms) == check.resolved.margin
    turn = found[0].turn
    assert game.explain(turn) == tuple(check for check in found if check.turn == turn)
    assert game.explain(99) == ()


# Import


def test_export_import_export_is_the_same_to_the_byte(path: Path, tmp_path: Path) -> None:
    with Exercise.create(the_box(), a_start(), 2, path) as exercise:
        exercise.run()
    data = jsonl(recorded_in(path)).encode()
    copy = tmp_path / "copy.wargame"
    assert import_log(data, copy).same
    assert jsonl(recorded_in(copy)).encode() == data
    assert read(copy) == read(path)
    with pytest.raises(UsageError, match="exists already"):
        import_log(data, copy)


def test_only_the_white_cells_log_can_be_imported(path: Path) -> None:
    for side in (CAPITAL, "public"):
        with pytest.raises(ExerciseError, match=f"log:1: this is the log as '{side}' saw it"):
            import_log(jsonl(a_game(0).recorded, side).encode(), path, "log")


def _check_flips(path: Path, places: list[int]) -> None:
    data = jsonl(a_game(0).recorded).encode()
    for place in places:
        flipped = bytearray(data)
        flipped[place] ^= 0x01 if place % 2 else 0x10
        with pytest.raises(ExerciseError, match=r"^log:\d+: "):
            import_log(bytes(flipped), path, "log")
    assert not path.exists()


def test_a_changed_byte_of_an_exported_event_is_refused(path: Path) -> None:
    data = jsonl(a_game(0).recorded).encode()
    events = data.index(b"\n", data.index(b"\n") + 1)
    chance = random.Random(5)
    _check_flips(
        path, [chance.randrange(events) for _ in range(5)] + [chance.randrange(events, len(data)) for _ in range(10)]
    )


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_many_changed_bytes_are_refused(path: Path) -> None:
    size = len(jsonl(a_game(0).recorded).encode())
    chance = random.Random(6)
    _check_flips(path, [chance.randrange(size) for _ in range(2000)])


# Dying


def _goes_on(path: Path, whole: Exercise, acknowledged: int) -> int:
    """Check a file that was cut off, finish its game, and return how many inputs it had kept."""
    assert verify(path).same
    with Exercise.open(path) as exercise:
        kept = len(exercise.entries)
        assert kept >= acknowledged, "an acknowledged input was lost"
        assert exercise.entries == whole.entries[:kept]
        exercise.run()
        assert exercise.entries == whole.entries
    return kept


def _kill_at_random(path: Path, wait: float) -> int:
    heard, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        exercise = Exercise.create(the_box(), a_start(), 0, path)
        submit = exercise.submit

        def tell_after(command):  # type: ignore[no-untyped-def]
            events = submit(command)
            os.write(tell, b".")
            return events

        exercise.submit = tell_after  # type: ignore[method-assign]
        os.write(tell, b".")
        exercise.run()
        time.sleep(60)
        os._exit(0)
    os.close(tell)
    acknowledged = len(os.read(heard, 1))
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(heard, 65536):
        acknowledged += len(more)
    os.close(heard)
    return _goes_on(path, a_game(0), acknowledged)


def _kill_often(folder: Path, times: int, seed: int) -> None:
    a_game(0)
    chance = random.Random(seed)
    kept = {_kill_at_random(folder / f"{n}.wargame", chance.uniform(0, 0.2)) for n in range(times)}
    assert len(kept) > 1, "the game was never cut off in the middle"


def test_killed_at_random_moments_a_game_goes_on(tmp_path: Path) -> None:
    _kill_often(tmp_path, 5, seed=1)


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_killed_a_hundred_times_a_game_goes_on(tmp_path: Path) -> None:
    _kill_often(tmp_path, 100, seed=2)


def _die_at_each_write(folder: Path, step: int) -> None:
    """Play one turn over and over; each time the process dies at another statement to its file."""
    first = Exercise.create(the_box(), a_start(turns=1), 0, folder / "first.wargame")
    first.close()
    data = (folder / "first.wargame").read_bytes()
    whole = Exercise.create(the_box(), a_start(turns=1), 0)
    whole.run()

    def play(path: Path, plan: Faults) -> None:
        first._store, _ = Store.open(path, plan.connect)
        plan.armed, plan.statements = True, 0
        first.run()

    calm = Faults()
    calm.armed = False
    (folder / "calm.wargame").write_bytes(data)

    def count() -> None:
        play(folder / "calm.wargame", calm)
        (folder / "count").write_text(str(calm.statements))

    assert in_a_child(count) == 0
    statements = int((folder / "count").read_text())
    assert statements > 5 * len(whole.entries) - 5
    for number in range(1, statements + 1, step):
        path = folder / f"{number}.wargame"
        path.write_bytes(data)
        plan = Faults(die_at=number, late=number % 2 == 0)
        plan.armed = False
        assert in_a_child(lambda path=path, plan=plan: play(path, plan)) == 77
        _goes_on(path, whole, acknowledged=1)


def test_dying_at_writes_of_a_turn_loses_nothing(tmp_path: Path) -> None:
    _die_at_each_write(tmp_path, step=7)


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_dying_at_each_write_of_a_turn_loses_nothing(tmp_path: Path) -> None:
    _die_at_each_write(tmp_path, step=1)


def test_the_first_input_must_start() -> None:
    with pytest.raises(Refused):
        Exercise(the_box(), 0, opening(the_box())).submit(Proceed())
    assert isinstance(a_game(0).entries[0].command, Start)
