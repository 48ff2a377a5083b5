"""A staff's assessment of what its capital cannot see: rule 13.5."""

from __future__ import annotations

import pytest

from tests.games import Game, played
from wargame.rules.box import Box
from wargame.rules.reckoning import reckon
from wargame.rules.sight import look
from wargame.rules.state import State
from wargame.rules.view import View
from wargame.rules.witness import witness


def staff(box: Box, game: Game, side: str, steps: int) -> tuple[State, View, View]:
    """Return the state after so many inputs, what a side sees of it, and what its staff makes of the rest."""
    heard = [event for step in game.steps[:steps] for event in step.events]
    seen = [found for event in heard if (found := witness(box, event, side)) is not None]
    state = game.steps[steps - 1].after
    view = look(box, state, side)
    return state, view, reckon(box, view, seen)


def test_13_5_before_anything_has_happened_everybody_holds_the_printed_sheets(box: Box) -> None:
    start = played(box, 1).steps[0].before
    for side in box.capital:
        known = look(box, start, side).assessed(box)
        for track in box.tracks:
            believed = (
                track.address.removesuffix(".true") + ".seen" if track.address.endswith(".true") else track.address
            )
            address = track.address if box.blocks[track.block].is_seen_by(side) else believed
            ref = box.track[address]
            assert known[track.block][track.place] == box.start[ref.block][ref.place], (side, track.address)


@pytest.mark.parametrize("seed", range(1, 5))
def test_13_5_a_hidden_truth_is_taken_to_be_as_it_is_believed(box: Box, seed: int) -> None:
    game = played(box, seed)
    for side in box.capital:
        _, view, assessed = staff(box, game, side, len(game.steps))
        for true, seen in box.hidden_truths[side]:
            assert assessed.values[true[0]][true[1]] == assessed.values[seen[0]][seen[1]]
        for mine, known in zip(view.values, assessed.values, strict=True):
            assert not mine or mine == known


@pytest.mark.parametrize("seed", range(1, 5))
def test_13_5_what_is_witnessed_is_carried_forward(box: Box, seed: int) -> None:
    """Carried forward an assessment is nearer to what the others believe than the sheets as printed."""
    game = played(box, seed)
    wrong = {"opening": 0, "staff": 0}
    for side in box.capital:
        state, view, assessed = staff(box, game, side, len(game.steps))
        hidden = [t for t in box.tracks if not view.values[t.block] and not t.address.endswith(".true")]
        assert hidden
        for track in hidden:
            is_now = state.values[track.block][track.place]
            wrong["opening"] += is_now != view.assessed(box)[track.block][track.place]
            wrong["staff"] += is_now != assessed.values[track.block][track.place]
    assert wrong["staff"] < wrong["opening"] / 2
