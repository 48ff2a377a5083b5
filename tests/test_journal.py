"""What is written down reads back to the very same values, and nothing else is read."""

from __future__ import annotations

import itertools
import json
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs, to_builtins

from tests.tiny_box import WORDS, tiny_box
from wargame.errors import ExerciseError
from wargame.log import Header, first_line, header_of, header_text, jsonl_of, lines_of
from wargame.recorded import Recorded, all_lines, from_jsonl
from wargame.rules import events as fact
from wargame.rules import orders
from wargame.rules.events import Event
from wargame.rules.journal import Entry, moments
from wargame.rules.notation import (
    box_from_text,
    box_to_text,
    canonical,
    command_from_json,
    command_to_json,
    digest_of,
    event_from_json,
    event_to_json,
    parse,
)
from wargame.rules.orders import Command
from wargame.rules.tracks import Change

BOX = tiny_box()
START = orders.Start("tiny", "plain", "semi-rigid", 3, ("south",), (("north", "north-way"),))

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
changes = st.lists(
    st.sampled_from(BOX.tracks).flatmap(
        lambda track: st.builds(
            Change, st.just(track.address), st.integers(track.low, track.high), st.integers(track.low, track.high),
            st.integers(0, 9),
        )
    ),
    max_size=3,
).map(tuple)  # fmt: skip

st.register_type_strategy(str, texts)
st.register_type_strategy(int, st.integers(-(10**9), 10**9))
st.register_type_strategy(float, st.integers(2, 10).map(lambda raw: raw / 2))


def built(kind: Any) -> st.SearchStrategy[Any]:
    """Build a struct from its own type hints, but changes only of tracks there are."""
    return st.builds(kind, **{name: changes for name in kind.__struct_fields__ if name in ("changes", "under_way")})


some_event = st.one_of([built(kind) for kind in get_args(Event)])
some_command = st.one_of([built(kind) for kind in get_args(Command)])


def entry(command: Command, *events: Event, at: str = "") -> Entry:
    return Entry(command, events, at)


STORY = (
    entry(
        START,
        fact.ExerciseStarted("tiny", "plain", "semi-rigid", 3, 1, ("south",), (("north", "north-way"),), False),
    ),
    entry(
        orders.Proceed(),
        fact.TurnOpened(1, (Change("south.nerve", 5, 6),)),
        fact.PhaseOpened("orders", ("north", "south")),
        at="2026-11-22T12:00:00",
    ),
    entry(
        orders.Seal("south", orders.Sheet((orders.Climb("north-south", "rung-1"),), note="Wir bleiben ruhig \u2713")),
        fact.OrderSealed("south", "sealed", "ab" * 32, "cd", orders.Sheet(note="Wir bleiben ruhig \u2713")),
        fact.PermissionSet("north", "south", "all", True, (Change("south.permission", 0, 2, 3),)),
    ),
)


def a_log() -> Recorded:
    return Recorded(header_of(BOX, START, 7, "0.1.0"), BOX, STORY)


def test_changes_are_written_in_points_and_words() -> None:
    found = event_to_json(
        BOX,
        fact.PermissionSet(
            "north", "south", "all", True, (Change("south.permission", 0, 2), Change("south.nerve", 5, 6, 4))
        ),
    )
    assert found["changes"] == [
        {"track": "south.permission", "old": WORDS[0], "new": WORDS[2]},
        {"track": "south.nerve", "old": 2.5, "new": 3, "until": 4},
    ]


@settings(max_examples=300, deadline=None)
@given(some_event)
def test_events_read_back(event: Event) -> None:
    text = canonical(event_to_json(BOX, event))
    assert event_from_json(BOX, parse(text)) == event


@settings(max_examples=200, deadline=None)
@given(some_command)
def test_commands_read_back(command: Command) -> None:
    assert command_from_json(parse(canonical(command_to_json(command)))) == command


def test_the_box_reads_back_and_keeps_its_digest() -> None:
    text = box_to_text(BOX)
    assert text == canonical(to_builtins(BOX)), "two ways to write it, one text"
    again = box_from_text(text)
    assert again == BOX
    assert digest_of(again) == digest_of(BOX)


@pytest.mark.parametrize("wrong", ["", "{}", "[]", "null", "[" * 100_000, '{"scenario":3}', " " + box_to_text(BOX)])
def test_what_is_no_box_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="the content is"):
        box_from_text(wrong)


def test_no_event_uses_a_name_of_the_envelope() -> None:
    envelope = {"seq", "turn", "phase", "command", "at", "by", "hash", "prev"}
    own = {fact.TurnOpened: {"turn"}, fact.Rewound: {"turn", "phase"}}
    for kind in get_args(Event):
        names = set(kind.__struct_encode_fields__)
        assert names & envelope == own.get(kind, set()), kind


def test_no_event_but_these_two_fields_carries_changes() -> None:
    for kind in get_args(Event):
        for field in structs.fields(kind):
            carries = field.type == tuple[Change, ...]
            assert carries == (field.name in ("changes", "under_way")), f"{kind.__name__}.{field.name}"


GOOD = event_to_json(BOX, STORY[2].events[1])


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({**GOOD, "event": "meteor_fell"}, "malformed"),
        ({**GOOD, "patron": 3}, "malformed"),
        ({**GOOD, "more": 3}, "not known: 'more'"),
        ({name: value for name, value in GOOD.items() if name != "changes"}, "lacks 'changes'"),
        ({**GOOD, "changes": {}}, "malformed"),
        ({**GOOD, "changes": 3}, "must be a list"),
        ({**GOOD, "changes": [3]}, "a change has track"),
        ({**GOOD, "changes": [{"track": "south.luck", "old": 1, "new": 2}]}, "no track 'south.luck'"),
        ({**GOOD, "changes": [{"track": ["x"], "old": 1, "new": 2}]}, "no track"),
        ({**GOOD, "changes": [{"track": "south.nerve", "old": 2.25, "new": 2}]}, "finer than half a point"),
        ({**GOOD, "changes": [{"track": "north.face", "old": 2.5, "new": 2}]}, "finer than one point"),
        ({**GOOD, "changes": [{"track": "north.face", "old": True, "new": 2}]}, "not a number"),
        ({**GOOD, "changes": [{"track": "north.face", "old": 2.0, "new": 2}]}, "not written the way"),
        ({**GOOD, "changes": [{"track": "south.nerve", "old": float("nan"), "new": 2}]}, "NaN"),
        ({**GOOD, "changes": [{"track": "south.nerve", "old": float("inf"), "new": 2}]}, "not finite"),
        ({**GOOD, "changes": [{"track": "south.permission", "old": "al", "new": "all"}]}, "Did you mean"),
        ({**GOOD, "changes": [{"track": "south.nerve", "old": 2, "new": 3, "until": "x"}]}, "malformed"),
        ({**GOOD, "changes": [{"track": "south.nerve", "old": 2, "new": 3, "since": 1}]}, "a change has track"),
        ([], "must be a JSON object"),
        (None, "must be a JSON object"),
    ],
)
def test_a_malformed_event_is_refused_in_plain_words(wrong: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        event_from_json(BOX, wrong)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"a":1,"a":2}', "'a' appears twice"),
        ('{"a":NaN}', "NaN"),
        ('{"a":-Infinity}', "Infinity"),
        ('{"a":1e999}', "1e999"),
        ('{"a":' + "9" * 5000 + "}", "too large"),
        ('{"a":"\\ud800"}', "surrogate"),
        ("[1]", "not a JSON object"),
        ("", "not JSON"),
        ("{", "not JSON"),
        ('{"a":' * 100_000, "nested too deeply|not JSON"),
        ('{"a":' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deeply"),
    ],
)
def test_malformed_json_is_refused_in_plain_words(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse(text)


@pytest.mark.parametrize("wrong", [{"type": "rob"}, {"type": "pass"}, {"type": "pass", "capital": 3}, [], "pass", {}])
def test_a_malformed_command_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="command"):
        command_from_json(wrong)


def test_half_a_character_is_no_text() -> None:
    with pytest.raises(ValueError, match="surrogate"):
        canonical({"note": "\ud83d"})


def test_the_turn_and_the_phase_follow_from_the_events() -> None:
    events = [event for each in STORY for event in each.events]
    assert [(turn, phase) for turn, phase, _ in moments(events)] == [
        (0, "update"), (1, "update"), (1, "orders"), (1, "orders"), (1, "orders"),
    ]  # fmt: skip


def log_bytes() -> bytes:
    recorded = a_log()
    return jsonl_of(header_text(recorded.header), all_lines(recorded)).encode()


def test_a_log_reads_back_and_is_written_again_to_the_byte() -> None:
    data = log_bytes()
    again = from_jsonl(data, "log")
    assert again == a_log()
    assert jsonl_of(header_text(again.header), all_lines(again)).encode() == data


def test_the_lines_are_as_the_rules_describe_them() -> None:
    lines = log_bytes().decode().splitlines()
    header = json.loads(lines[0])
    assert header["schema"] == "wargame.log"
    assert header["version"] == 1
    assert {"scenario", "theory", "mode", "seed", "capitals", "rules", "content"} <= header.keys()
    objects = [json.loads(line) for line in lines[1:]]
    assert [each["seq"] for each in objects] == list(range(len(objects)))
    assert objects[0]["event"] == "content_embedded"
    assert [each["event"] for each in objects if "command" in each] == [
        "exercise_started",
        "turn_opened",
        "order_sealed",
    ]
    assert [each["at"] for each in objects if "at" in each] == ["2026-11-22T12:00:00"]
    for before, after in itertools.pairwise(objects):
        assert after["prev"] == before["hash"]


def _changed(number: int, **parts: object) -> bytes:
    """Return the log with parts of a line changed, its own hash left as it was."""
    lines = log_bytes().decode().splitlines()
    lines[number] = canonical({**json.loads(lines[number]), **parts})
    return ("\n".join(lines) + "\n").encode()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "log:1: the last line is not complete"),
        (b"{}\n", "log:1: this is not the log of an exercise"),
        (log_bytes()[:-1], "the last line is not complete"),
        (log_bytes() + b"\n", "not JSON"),
        (log_bytes().replace(b"\n", b"\r\n"), "log:2: |log:1: "),
        (b"\xef\xbb\xbf" + log_bytes(), "log:1: this is not JSON"),
        (log_bytes().decode().encode("utf-16"), "not UTF-8"),
        (log_bytes().replace(b"ruhig", b"ruh\xffg"), "log:6: this is not UTF-8"),
        (_changed(0, version=2), "log version 2 is newer"),
        (_changed(0, version="1"), "log:1: "),
        (_changed(0, **{"as": "south"}), "as 'south' saw it"),
        (_changed(0, schema="other"), "not the log of an exercise"),
        (_changed(0, extra=1), "extra"),
        (_changed(0, seed=8), "log:2: the hash before it does not match"),
        (_changed(3, turn=2), "log:4: its text does not match its hash"),
        (_changed(3, hash="0" * 64), "log:4: its text does not match its hash"),
        (_changed(3, hash=None), "log:4: the line has no hash"),
        (_changed(3, prev="0" * 64), "log:4: the hash before it"),
    ],
)
def test_a_damaged_log_is_refused_naming_the_line(data: bytes, says: str) -> None:
    with pytest.raises(ExerciseError, match=says):
        from_jsonl(data, "log")


def test_a_missing_line_is_noticed() -> None:
    lines = log_bytes().splitlines(keepends=True)
    with pytest.raises(ExerciseError, match="log:4: event 2 is missing"):
        from_jsonl(b"".join(lines[:3] + lines[4:]), "log")


def _forged(story: tuple[Entry, ...], header: Header | None = None) -> bytes:
    """Return a log whose hashes are right although what it says is not."""
    recorded = Recorded(header or a_log().header, BOX, story)
    return jsonl_of(header_text(recorded.header), all_lines(recorded)).encode()


def test_a_forged_log_is_refused_where_it_contradicts_itself() -> None:
    header = a_log().header
    with pytest.raises(ExerciseError, match="log:2: the content is not the one"):
        from_jsonl(_forged(STORY, structs.replace(header, content="0" * 64)), "log")
    with pytest.raises(ExerciseError, match="log:1: the header tells another story"):
        from_jsonl(_forged(STORY, structs.replace(header, theory="other")), "log")
    with pytest.raises(ExerciseError, match="log:3: the first input does not start"):
        from_jsonl(_forged(STORY[1:]), "log")
    with pytest.raises(ExerciseError, match="log:3: the first input does not start"):
        from_jsonl(_forged(()), "log")


def test_a_forged_turn_is_refused() -> None:
    line, place = first_line(BOX, a_log().header)
    lines, _ = lines_of(BOX, structs.replace(place, turn=5), STORY[0])
    more, _ = lines_of(BOX, structs.replace(place, turn=5), entry(START, fact.PhaseOpened("orders")))
    assert lines[0].body != more[0].body
    text = jsonl_of(header_text(a_log().header), (line, *more))
    with pytest.raises(ExerciseError, match="log:3: its number, turn or phase does not follow"):
        from_jsonl(text.encode(), "log")


def _flips(data: bytes, step: int) -> list[bytes]:
    found = []
    for place in range(0, len(data), step):
        for mask in (0x01, 0x20, 0x80):
            flipped = bytearray(data)
            flipped[place] ^= mask
            found.append(bytes(flipped))
    return found


def _check_flips(step: int) -> None:
    for data in _flips(log_bytes(), step):
        with pytest.raises(ExerciseError, match=r"^log:\d+: "):
            from_jsonl(data, "log")


def test_any_changed_byte_of_a_log_is_noticed() -> None:
    _check_flips(13)


@pytest.mark.soak
def test_every_changed_byte_of_a_log_is_noticed() -> None:
    _check_flips(1)


def test_every_truncated_log_is_refused_or_a_shorter_exercise() -> None:
    data = log_bytes()
    whole = {data.index(line) + len(line) for line in data.splitlines(keepends=True)}
    for end in range(0, len(data), 7):
        if end in whole:
            continue
        with pytest.raises(ExerciseError, match=r"^log:\d+: "):
            from_jsonl(data[:end], "log")
