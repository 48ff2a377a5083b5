"""What must hold over whole games played by doctrines (game design section 10): 200 seeds of February 2022."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from msgspec import Struct
from msgspec.structs import replace

from tests.games import by_doctrine, february, play, played
from wargame.rules.agenda import Due
from wargame.rules.box import Box
from wargame.rules.dice import Dice
from wargame.rules.events import CardDrawn, ExerciseEnded, MeasureTaken, RungChanged
from wargame.rules.legal import legal
from wargame.rules.orders import Climb, Command, Pass, Seal, Sheet, Start
from wargame.rules.sight import look
from wargame.rules.state import ENDED, State

SEEDS = 200


class Summary(Struct):
    """What many games had in common."""

    endings: Counter[str]
    outcomes: Counter[tuple[str, str]]
    rungs: Counter[str]
    cards: Counter[str]
    measures: Counter[str]


def summed(box: Box, seeds: range, rotate: bool) -> Summary:
    """Play many games; ``rotate`` gives each capital one of its doctrines at random."""
    found = Summary(Counter(), Counter(), Counter(), Counter(), Counter())
    for seed in seeds:
        mixed = Random(seed)
        doctrines = tuple((capital.id, mixed.choice(capital.doctrines)) for capital in box.capitals)
        start = Start(
            box.scenario.id, "balanced", "semi-rigid", box.scenario.turns, doctrines=doctrines if rotate else ()
        )
        rungs = set()
        for step in play(box, seed, start=start):
            for event in step.events:
                if isinstance(event, RungChanged):
                    rungs.add(event.to)
                elif isinstance(event, CardDrawn):
                    found.cards[event.card] += 1
                elif isinstance(event, MeasureTaken):
                    found.measures[event.measure] += 1
                elif isinstance(event, ExerciseEnded):
                    found.endings[event.ending] += 1
                    found.outcomes.update(event.outcomes)
            last = step.after
        assert last.phase == ENDED
        found.rungs.update(rungs)
    return found


@pytest.fixture(scope="module")
def default() -> Summary:
    return summed(february(), range(SEEDS), rotate=False)


@pytest.fixture(scope="module")
def rotated() -> Summary:
    return summed(february(), range(SEEDS), rotate=True)


@pytest.fixture(params=["default", "rotated"])
def summary(request: pytest.FixtureRequest) -> Summary:
    """Both summaries in turn."""
    found: Summary = request.getfixturevalue(request.param)
    return found


def shares(endings: Counter[str]) -> dict[str, float]:
    return {ending: number / endings.total() for ending, number in endings.items()}


def test_no_ending_swallows_the_others(summary: Summary) -> None:
    assert summary.endings.total() == SEEDS
    assert max(shares(summary.endings).values()) <= 0.80, summary.endings
    assert len(summary.endings) >= 4, summary.endings


def test_general_nuclear_war_is_rare(summary: Summary) -> None:
    assert shares(summary.endings).get("general-nuclear-war", 0) < 0.05, summary.endings


def test_at_least_twenty_rungs_are_reached(box: Box, default: Summary, rotated: Summary) -> None:
    start = {box.ladder.rungs[hold.rung].id for dyad in box.dyads for hold in dyad.start}
    reached = set(default.rungs) | set(rotated.rungs) | start

    assert len(reached) >= 20, sorted(set(box.rung_number) - reached)


def drawable(box: Box) -> set[str]:
    decks = {deck for deck, _ in box.scenario.draws}
    return {card.id for card in box.cards if card.deck in decks}


def test_every_drawable_card_is_drawn(box: Box, default: Summary, rotated: Summary) -> None:
    assert drawable(box) - set(default.cards) - set(rotated.cards) == set()


def test_every_measure_is_ordered_by_some_doctrine(box: Box, default: Summary, rotated: Summary) -> None:
    assert {measure.id for measure in box.measures} - set(default.measures) - set(rotated.measures) == set()


def test_every_card_changes_something_somewhere(box: Box) -> None:
    """Without a card's effects some state is another: no card is decoration."""
    asked = {card.id for card in box.cards if card.asks}
    idle = {card.id for card in box.cards if card.id in drawable(box)} - asked
    seed = 0
    while idle and seed < 3 * SEEDS:
        for step in play(box, seed):
            for event in step.events:
                if isinstance(event, CardDrawn) and event.changes:
                    idle.discard(event.card)
        seed += 1
    assert idle == set()
    for card in asked:
        assert any(option.then or option.take or option.tests for option in box.card[card].options), card


def test_without_a_cards_effects_some_view_differs(box: Box) -> None:
    """Dropping one card's effects changes the game that follows from the same seed."""
    game = played(box, 7)
    drawn = next(event for event in game.events() if isinstance(event, CardDrawn) and event.changes)
    bare = replace(box.card[drawn.card], then=(), take=None)
    other = replace(box, cards=tuple(bare if card.id == drawn.card else card for card in box.cards))

    assert played(other, 7).end != game.end


class AlwaysTaken(Dice):
    """Dice that deter nobody, and with which every defence holds."""

    def percent(self, *purpose: object) -> int:
        return 1 if purpose[0] == "war" else 100


def test_general_nuclear_war_can_be_reached_by_legal_orders(box: Box) -> None:
    """Whoever may climb climbs as high as the ladder lets it: the top is rare, not walled off."""

    def climb(box: Box, state: State, due: Due, dice: Dice) -> Command:
        if due.kind != "orders":
            return by_doctrine(box, state, due, dice)
        view = look(box, state, due.who)
        purse = view.raw(box, f"{due.who}.influence")
        steps = [step for step in legal(box, view).steps if step.cost <= purse]
        if not steps:
            return Pass(due.who)
        step = max(steps, key=lambda each: each.target)
        return Seal(due.who, Sheet((Climb(step.dyad, box.ladder.rungs[step.target].id, defy=True),)))

    start = Start(box.scenario.id, "balanced", "rigid", 24)
    *_, last = play(box, 1, climb, start, AlwaysTaken(1))

    assert last.after.ending == "general-nuclear-war"
    assert all(score == 0 for _, score in last.after.scores)
