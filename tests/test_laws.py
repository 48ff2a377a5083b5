"""Laws over whole games: replay is the state, what is legal is accepted, every game ends, notation goes there and back."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.chance import at_random, some_sheet
from tests.games import Game, february, play, played, three_capitals
from wargame.errors import Refused
from wargame.rules.agenda import owed
from wargame.rules.box import Box
from wargame.rules.decide import advance
from wargame.rules.dice import Dice
from wargame.rules.events import ChallengeResolved, RulingMade
from wargame.rules.evolve import fold, opening
from wargame.rules.legal import faults, legal
from wargame.rules.notation import command_from_json, command_to_json, event_from_json, event_to_json
from wargame.rules.orders import Proceed, Seal, Start
from wargame.rules.resolve.climb import TAKEN
from wargame.rules.sight import look
from wargame.rules.state import ENDED
from wargame.rules.view import WHITE_CELL
from wargame.rules.witness import witness

MOST_INPUTS = 24 * 40


def random_game(box: Box, seed: int, mode: str = "semi-rigid", white_cell: bool = False) -> Game:
    start = Start(box.scenario.id, box.scenario.theory, mode, box.scenario.turns, white_cell=white_cell)
    return played(box, seed, at_random(Random(seed)), start)


@given(seed=st.integers(0, 10_000))
def test_replay_is_the_state(seed: int) -> None:
    box = three_capitals()
    found = random_game(box, seed)

    assert fold(box, opening(box), found.events()) == found.end


@given(seed=st.integers(0, 10_000))
def test_notation_goes_there_and_back(seed: int) -> None:
    box = three_capitals()
    for step in random_game(box, seed).steps:
        assert command_from_json(command_to_json(step.command)) == step.command
        for event in step.events:
            assert event_from_json(box, event_to_json(box, event)) == event


@given(seed=st.integers(0, 10_000))
def test_random_games_end_and_never_stop_short(seed: int) -> None:
    box = february()
    start = Start(box.scenario.id, "balanced", "semi-rigid", 6)
    for number, step in enumerate(play(box, seed, at_random(Random(seed)), start)):
        assert number < MOST_INPUTS
        assert owed(box, step.after) or step.after.phase == ENDED
        for side in (*box.capital, "public"):
            for event in step.events:
                witness(box, event, side)


@given(seed=st.integers(0, 10_000), mode=st.sampled_from(["semi-rigid", "free"]))
def test_a_white_cell_may_rule_on_every_challenge(seed: int, mode: str) -> None:
    box = three_capitals()
    found = random_game(box, seed, mode, white_cell=True)

    assert found.end.phase == ENDED
    events = tuple(found.events())
    outcomes = [event.outcome for event in events if isinstance(event, ChallengeResolved)]
    rulings = [event for event in events if isinstance(event, RulingMade)]
    assert len(rulings) == len(outcomes)
    for ruling, outcome in zip(rulings, outcomes, strict=True):
        assert ruling.taken == (outcome in TAKEN)
        assert ruling.overruled == outcome.startswith("overruled")


@given(seed=st.integers(0, 10_000))
def test_a_stack_rises_and_stands_where_its_dyad_stands(seed: int) -> None:
    box = february()
    for step in play(box, seed, at_random(Random(seed))):
        for dyad, stack in zip(box.dyads, step.after.stacks, strict=True):
            rungs = [hold.rung for hold in stack]
            assert rungs == sorted(set(rungs)), (dyad.id, rungs)
            block, place = box.rung_at[dyad.id]
            assert step.after.values[block][place] == rungs[-1]


@given(seed=st.integers(0, 10_000))
def test_what_is_legal_is_accepted_and_nothing_else(seed: int) -> None:
    """The lists a screen offers and the gate of decide are the same."""
    box, random = february(), Random(seed)
    for step in play(box, seed, at_random(Random(seed + 1))):
        for due in owed(box, step.after):
            if due.kind != "orders":
                continue
            view = look(box, step.after, due.who)
            sheet = some_sheet(box, view, random)
            found = faults(box, view, sheet)
            if found:
                with pytest.raises(Refused):
                    advance(box, step.after, Seal(due.who, sheet), Dice(seed))
            else:
                advance(box, step.after, Seal(due.who, sheet), Dice(seed))


def test_a_refusal_changes_nothing(box: Box) -> None:
    state = opening(box)
    with pytest.raises(Refused, match="the table waits for"):
        advance(box, state, Proceed(), Dice(1))
    assert state == opening(box)


def test_the_same_seed_gives_the_same_game(box: Box) -> None:
    assert played(box, 11).steps == played(box, 11).steps


def test_7_the_dice_of_one_question_do_not_depend_on_others(box: Box) -> None:
    """Two policies are compared on equal luck: what one capital orders leaves the dice of others alone."""
    dice, again = Dice(5), Dice(5)
    again.percent("something", "else")

    assert dice.percent("firebreak", "x", "y", "z", 0) == again.percent("firebreak", "x", "y", "z", 0)


def test_the_white_cell_sees_every_event_whole(game: Game) -> None:
    for event in game.events():
        assert witness(game.box, event, WHITE_CELL) == event


def test_passing_is_always_possible_and_lists_are_in_order(game: Game) -> None:
    for step in game.steps:
        for due in owed(game.box, step.after):
            if due.kind == "orders":
                may = legal(game.box, look(game.box, step.after, due.who))
                keys = [(s.dyad, s.target) for s in may.steps]
                assert keys == sorted(keys)
