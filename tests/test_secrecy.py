"""Rule 13: changing what a capital cannot see changes no byte of its view, its legal orders, its bot's choice, its log."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.games import Game, february, played
from wargame.bots.doctrine import answer
from wargame.rules.agenda import owed
from wargame.rules.box import Box
from wargame.rules.dice import Dice
from wargame.rules.events import ChallengeRolled, Paid
from wargame.rules.legal import legal
from wargame.rules.orders import Climb, Declaration, Sheet
from wargame.rules.sight import look
from wargame.rules.state import (
    BELIEFS,
    DRAFT,
    NOTHING,
    PASSED,
    SEALED,
    SIGNAL,
    Held,
    InForce,
    InTransit,
    Lapse,
    Paper,
    Said,
    State,
)
from wargame.rules.tracks import Change

PUBLIC = {"setup", "turn", "stacks", "moved", "done", "paused", "used_on", "ending", "scores"}
"""Fields of a state that everyone may know."""

PRIVATE = {
    "values", "doctrines", "papers", "waiting", "drawn", "asking", "signals", "said", "asked_about", "beliefs", "deliveries",
    "lapses", "in_force", "pending", "deeds", "prices", "phase", "withheld",
}  # fmt: skip
"""Fields that hold something some capital may not know; each has a change below."""


@pytest.fixture(scope="module")
def games() -> tuple[Game, ...]:
    return tuple(played(february(), seed) for seed in (1, 2, 3))


def _values(box: Box, state: State, side: str, number: int) -> State:
    """Move every number the side may not see."""
    blocks = []
    for place, (block, sees) in enumerate(zip(state.values, box.sees[side], strict=True)):
        tracks = [track for track in box.tracks if track.block == place]
        moved = list(block)
        if not sees:
            for track in tracks:
                moved[track.place] = track.low + (block[track.place] - track.low + 1 + number) % (
                    track.high - track.low + 1
                )
        blocks.append(tuple(moved))
    return replace(state, values=tuple(blocks))


def _doctrines(box: Box, state: State, side: str, number: int) -> State:
    changed = tuple((c, d if c == side else box.capital[c].doctrines[number % len(box.capital[c].doctrines)])
                    for c, d in state.doctrines)  # fmt: skip
    return replace(state, doctrines=changed)


def _papers(box: Box, state: State, side: str, number: int) -> State:
    """Rewrite what others put on paper, keeping who has handed in."""
    sheets = (Sheet(), Sheet(note="something else"), Sheet(break_faith=True))
    papers = []
    for capital, paper in zip(box.capitals, state.papers, strict=True):
        handed_in = paper.status in (SEALED, PASSED)
        statuses = (SEALED, PASSED) if handed_in else (NOTHING, DRAFT)
        other = Paper(statuses[number % 2], sheets[number % 3], f"{number:02x}", f"{number:064x}")
        papers.append(paper if capital.id == side else other)
    return replace(state, papers=tuple(papers))


def _quiet(box: Box, state: State, side: str, number: int) -> Said:
    others = [capital.id for capital in box.capitals if capital.id != side]
    speaker, hearer = others[number % len(others)], others[(number + 1) % len(others)]
    dyad, rung = box.dyads[0], box.ladder.rungs[-1].id
    spoken = Declaration("quiet", dyad.id, rung, Climb(dyad.id, rung), hearer)
    return Said(f"{speaker}-{hearer}-9", state.turn, speaker, spoken, box.pairs[0].id, 0)


def _said(box: Box, state: State, side: str, number: int) -> State:
    return replace(state, said=(*state.said, _quiet(box, state, side, number)))


def _asked_about(box: Box, state: State, side: str, number: int) -> State:
    said = _quiet(box, state, side, number)
    return replace(state, said=(*state.said, said), asked_about=(*state.asked_about, said.id))


def _signals(box: Box, state: State, side: str, number: int) -> State:
    said = _quiet(box, state, side, number)
    kept = tuple(each for each in state.signals if each[0] == side)
    return replace(state, signals=(*kept, (said.capital, (said.declaration,))))


def _waiting(box: Box, state: State, side: str, number: int) -> State:
    return replace(state, waiting=(*(c for c in state.waiting if c == side), f"nobody-{number}"))


def _private_card(box: Box, side: str, number: int) -> str:
    cards = [card.id for card in box.cards if "*" not in card.seen and side not in card.seen and card.asks != side]
    return cards[number % len(cards)] if cards else ""


def _drawn(box: Box, state: State, side: str, number: int) -> State:
    card = _private_card(box, side, number)
    assert card, f"no card is hidden from {side}: give it one, or it cannot be tested"
    return replace(state, drawn=(*state.drawn, card))


def _asking(box: Box, state: State, side: str, number: int) -> State:
    cards = [card.id for card in box.cards if card.asks and card.asks != side]
    kept = tuple(card for card in state.asking if box.card[card].asks == side)
    return replace(state, asking=(*kept, cards[number % len(cards)]))


def _beliefs(box: Box, state: State, side: str, number: int) -> State:
    others = [capital.id for capital in box.capitals if capital.id != side]
    kept = tuple(held for held in state.beliefs if held.capital == side)
    return replace(state, beliefs=(*kept, Held(others[number % len(others)], "x-1", number % 101)))


def _deliveries(box: Box, state: State, side: str, number: int) -> State:
    hidden = [a for a in box.actions if a.delivery is not None and a.witnesses and side not in a.witnesses]
    if not hidden:
        return state
    action = hidden[number % len(hidden)]
    return replace(state, deliveries=(*state.deliveries, InTransit(action.capital, action.measure, action.target, ())))


def _lapses(box: Box, state: State, side: str, number: int) -> State:
    return replace(state, lapses=(*state.lapses, Lapse(state.turn + 1, Change("world.cohesion", number, number + 1))))


def _in_force(box: Box, state: State, side: str, number: int) -> State:
    return replace(state, in_force=(*state.in_force, InForce(f"x{number}", ())))


def _pending(box: Box, state: State, side: str, number: int) -> State:
    rolled = ChallengeRolled(
        "a", "b", "c", "d", "e", "f", "g", (), (), 0, 0, number % 100, (1, 99), 50, "", 0, "", False
    )  # fmt: skip
    return replace(state, pending=rolled)


def _deeds(box: Box, state: State, side: str, number: int) -> State:
    return replace(state, deeds=(*state.deeds, ("a", f"b{number}", "c")))


def _prices(box: Box, state: State, side: str, number: int) -> State:
    return replace(state, prices=(Paid("a", (number,)),))


def _withheld(box: Box, state: State, side: str, number: int) -> State:
    return replace(state, withheld=(*state.withheld, (f"x{number}", number)))


def _phase(box: Box, state: State, side: str, number: int) -> State:
    """Ask others for beliefs, or do not: it would tell that something was said quietly."""
    if side in state.waiting or state.phase not in (SIGNAL, BELIEFS):
        return state
    return replace(state, phase=(SIGNAL, BELIEFS)[number % 2])


CHANGES = {
    "values": _values, "doctrines": _doctrines, "papers": _papers, "waiting": _waiting, "drawn": _drawn, "asking": _asking,
    "signals": _signals, "said": _said, "asked_about": _asked_about, "beliefs": _beliefs, "deliveries": _deliveries,
    "lapses": _lapses, "in_force": _in_force, "pending": _pending, "deeds": _deeds, "prices": _prices,
    "phase": _phase, "withheld": _withheld,
}  # fmt: skip


def test_13_every_field_of_a_state_is_public_or_put_to_the_law() -> None:
    assert set(State.__struct_fields__) == PUBLIC | PRIVATE
    assert set(CHANGES) == PRIVATE


def test_13_every_hidden_number_is_moved_by_the_law(box: Box) -> None:
    for side in (*box.capital, "public"):
        state = played(box, 1).steps[0].after
        moved = _values(box, state, side, 0)
        for track in box.tracks:
            same = state.values[track.block][track.place] == moved.values[track.block][track.place]
            assert same == (box.sees[side][track.block] or track.low == track.high), (side, track.address)


@given(data=st.data())
def test_13_1_what_a_side_cannot_see_changes_nothing_it_can(data: st.DataObject, games: tuple[Game, ...]) -> None:
    game = data.draw(st.sampled_from(games))
    state = data.draw(st.sampled_from([step.after for step in game.steps]))
    side = data.draw(st.sampled_from((*game.box.capital, "public")))
    fields = data.draw(st.lists(st.sampled_from(sorted(PRIVATE)), min_size=1, unique=True))
    number = data.draw(st.integers(0, 200))
    other = state
    for field in fields:
        other = CHANGES[field](game.box, other, side, number)

    here, there = look(game.box, state, side), look(game.box, other, side)

    assert msgspec.json.encode(here) == msgspec.json.encode(there), fields
    if side in game.box.capital:
        assert legal(game.box, here) == legal(game.box, there)
        kind = next((due.kind for due in owed(game.box, state) if due.who == side), "")
        if kind:
            doctrine = game.box.capital[side].doctrines[0]
            dice = Dice(game.seed)
            assert answer(game.box, here, kind, doctrine, dice) == answer(game.box, there, kind, doctrine, dice)


def test_13_4_an_estimate_does_not_give_away_how_things_really_are(box: Box) -> None:
    """Opening truths are in the content, but no staff may count with one that its capital does not see."""
    truths = {track.ref for track in box.tracks if track.address.endswith(".true")}
    moved = tuple(
        replace(block, start=tuple(10 if (number, place) in truths else raw for place, raw in enumerate(block.start)))
        for number, block in enumerate(box.blocks)
    )
    other = replace(box, blocks=moved)
    state = played(box, 1).steps[0].after
    for side in (*box.capital, "public"):
        view = look(box, state, side)
        assert view.assessed(box) == view.assessed(other)
