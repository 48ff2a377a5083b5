"""Trials: games by doctrines, the claims of every scenario, what cards do; and that no scenario's endings are foregone."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from msgspec.structs import replace

from tests.games import a_game, february
from wargame.cli import call
from wargame.content import listing, load_compiled
from wargame.content.compile.acceptance import Acceptance, Asked, Played
from wargame.errors import UsageError
from wargame.rules.effects import Effect
from wargame.rules.events import RungChanged
from wargame.rules.switches import switched
from wargame.trials.acceptance import tried
from wargame.trials.balance import balance, worth
from wargame.trials.games import play, start_of

SCENARIOS = [row["id"] for row in listing("scenario")]
GAMES = 100


def test_a_game_is_the_same_for_the_same_seed_and_the_same_as_an_exercise_of_bots() -> None:
    box = february()
    first = list(play(box, 7))
    assert first == list(play(box, 7))
    assert [step.events for step in first] == [entry.events for entry in a_game(7).entries]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_scenario_keeps_its_claims_and_no_ending_is_foregone(scenario: str) -> None:
    """A hundred games to the end; what the scenario's own list says comes out, and no ending has more than 85 in 100."""
    found = load_compiled(scenario, content_dirs=[])
    assert found.acceptances
    box = found.box
    endings = [
        Acceptance(ending.id, 0, 85, Played(GAMES, box.scenario.theory, (), ending.id, ())) for ending in box.endings
    ]
    verdicts = tried(box, [*found.acceptances, *endings])
    missed = [f"{verdict.claim.text} {verdict.percent}" for verdict in verdicts if not verdict.is_met]
    assert missed == []
    ends = [verdict.percent for verdict in verdicts[len(found.acceptances) :]]
    assert sum(percent > 0 for percent in ends) >= 3, ends
    assert 98 <= sum(ends) <= 102, ends


def test_a_switch_answers_a_disputed_question_otherwise() -> None:
    box = february()
    other = switched(box, [("world.reputation", "global")])
    reputation = box.track["world.reputation"]
    assert reputation.shown(other.start[reputation.block][reputation.place]) == "global"
    assert replace(other, blocks=box.blocks) == box
    for settings, told in (([("world.cohesion", "3")], "no switch"), ([("world.reputation", "globl")], "global")):
        with pytest.raises(UsageError, match=told):
            switched(box, settings)


def test_a_claim_that_is_not_met_says_what_it_gave() -> None:
    box = february()
    claim = Acceptance("Everybody is held back.", 99, 100, Asked("moscow>kyiv", box.rung_number["r12"], "balanced", ""))
    games = Acceptance("Nobody settles.", 0, 0, Played(20, "balanced", (), "status-quo-kept", ()))
    ticks: list[int] = []
    first, second = tried(box, [claim, games], tick=lambda: ticks.append(1))
    assert (first.percent, first.is_met) == (22, False)
    assert (second.percent > 0, second.is_met, len(ticks)) == (True, False, 20)


def test_whom_a_card_helps_is_read_off_the_check() -> None:
    """A card that takes away a challenger's window helps the partner; the other way round the challenger."""
    box = february()
    window = box.track["moscow>kyiv.window"]

    def with_effect(amount: int) -> str:
        effect = Effect(window.address, window.block, window.place, "+", amount, window.low, window.high)
        cards = tuple(
            replace(card, when=(), then=(effect,), tests=(), take=None, asks="", options=())
            if card.deck == "ukraine"
            else card
            for card in box.cards
        )
        uses = balance(replace(box, cards=cards), 5).cards
        helped = Counter(use.helps for use in uses if use.deck == "ukraine" and use.times and use.moves)
        return helped.most_common(1)[0][0]

    assert (with_effect(-2), with_effect(+2)) == ("partner", "challenger")


def test_a_card_that_does_nothing_is_worth_nothing() -> None:
    box = february()
    cards = tuple(replace(c, then=(), tests=(), take=None) if c.id == "u01" else c for c in box.cards)
    without = replace(box, cards=cards)
    played = balance(without, 10).played
    assert any("u01" in game.cards for game in played)
    assert all(points == 0 for _, points in worth(without, "u01", played))


def test_a_rung_that_is_stepped_down_to_is_not_climbed_to() -> None:
    box = february()
    lowest = box.ladder.rungs[0].id
    events = [event for step in play(box, 1) for event in step.events]
    assert any(isinstance(event, RungChanged) and event.to == lowest for event in events)
    rungs = dict(balance(box, 1).rungs)
    assert rungs[lowest] == 0
    assert any(rungs.values())


def test_doctrines_and_theory_of_a_start_can_be_chosen() -> None:
    start = start_of(february(), "umbrella", [("kyiv", "neutral-ground")])
    *_, last = play(february(), 3, start)
    assert (last.after.setup.theory, dict(last.after.doctrines)["kyiv"]) == ("umbrella", "neutral-ground")


def test_the_command_prints_claims_endings_and_cards(capsys: pytest.CaptureFixture[str]) -> None:
    """What it says in words stands in docs/authors.md, which is run as well."""
    assert call(["content", "balance", "first-hour", "-n", "10", "--json"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert (body["schema"], body["games"], sum(body["endings"].values())) == ("wargame.content-balance", 10, 10)
    assert all(claim["met"] for claim in body["claims"])
