"""The shipped example is what its script records, and it holds what it is meant to show."""

from __future__ import annotations

import gzip

import pytest

from tests import example
from wargame.difference import difference
from wargame.recorded import Recorded, from_jsonl
from wargame.rules.events import (
    ArgumentSettled,
    Branched,
    CardDrawn,
    ExerciseEnded,
    InjectImprovised,
    NoteTaken,
    OrderClosed,
    OrderReopened,
    OrderSealed,
    Rewound,
    RulingMade,
)
from wargame.rules.journal import undone
from wargame.verification import compared


@pytest.fixture(scope="module")
def shipped() -> Recorded:
    return from_jsonl(gzip.decompress(example.SEMINAR.read_bytes()), "the example")


def test_the_example_is_what_its_script_records(shipped: Recorded) -> None:
    """``python -m tests.example`` records it anew after a change of rules or decks."""
    again = example.seminar()
    assert (again.box, again.entries) == (shipped.box, shipped.entries)
    assert compared(shipped).same


def test_the_example_shows_every_lever_a_seminar_needs(shipped: Recorded) -> None:
    events = [event for entry in shipped.entries for event in entry.events]
    kinds = {type(event) for event in events}
    assert {ArgumentSettled, InjectImprovised, NoteTaken, OrderClosed, OrderReopened, Rewound, ExerciseEnded} <= kinds
    assert any(isinstance(event, RulingMade) and event.overruled and event.dissent for event in events)
    assert any(isinstance(event, OrderSealed) and event.status == "pass" for event in events)
    conditional = {each.card for each in shipped.box.scenario.injects if each.turn and (each.only_if or each.skip_if)}
    assert conditional & {event.card for event in events if isinstance(event, CardDrawn)}
    assert undone(shipped.entries)


def test_its_branch_differs_by_what_was_changed(shipped: Recorded) -> None:
    branch = from_jsonl(gzip.decompress(example.PERMITTED.read_bytes()), "the branch")
    assert any(isinstance(event, Branched) for entry in branch.entries for event in entry.events)
    assert compared(branch).same
    assert "permission" in difference(shipped, branch).sentences()[0]
