"""Rule 13 for the projector: nothing that is not public changes a byte of the public picture, and no such text is in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.games import Game, a_start, february, played
from tests.seminars import cuts, random_seminars
from tests.test_secrecy import CHANGES, PRIVATE
from tests.test_secrecy_exports import OTHER, unseen
from wargame.cli import lettering, projector
from wargame.exercise import Exercise
from wargame.recorded import Recorded
from wargame.rules import events as fact
from wargame.rules.box import Box
from wargame.rules.evolve import evolve, opening
from wargame.rules.journal import Entry, effective
from wargame.rules.orders import Improvise
from wargame.rules.state import State
from wargame.rules.view import PUBLIC
from wargame.whitecell import caption
from wargame.whitecell.page import page
from wargame.whitecell.picture import to_json
from wargame.whitecell.projection import picture_of

NOW = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def games() -> tuple[Game, ...]:
    return tuple(played(february(), seed, start=a_start(white_cell=True)) for seed in (1, 2))


def entries_of(game: Game, upto: int) -> tuple[Entry, ...]:
    return tuple(Entry(step.command, step.events) for step in game.steps[: upto + 1])


@given(data=st.data())
def test_13_1_what_is_not_public_changes_no_byte_of_the_picture(data: st.DataObject, games: tuple[Game, ...]) -> None:
    game = data.draw(st.sampled_from(games))
    upto = data.draw(st.integers(0, len(game.steps) - 1))
    state, entries = game.steps[upto].after, entries_of(game, upto)
    other = state
    for field in data.draw(st.lists(st.sampled_from(sorted(PRIVATE)), min_size=1, unique=True)):
        other = CHANGES[field](game.box, other, PUBLIC, data.draw(st.integers(0, 200)))

    here, there = (picture_of(game.box, each, entries, NOW) for each in (state, other))

    assert to_json(here) == to_json(there)


def behind(box: Box, event: Any) -> Iterator[fact.Event]:
    """Yield what may stand in an event's place without the public noticing."""
    for found in unseen(box, event, PUBLIC):
        if isinstance(found, fact.RulingMade):
            yield replace(found, dissent="another dissent")
        elif isinstance(found, fact.OrderClosed):
            yield replace(found, sheet=OTHER, salt="00", digest="ff" * 32)
        else:
            yield found


@pytest.mark.parametrize("number", range(4))
def test_13_3_what_the_public_did_not_see_is_not_in_the_picture(number: int) -> None:
    """A seminar's journal rewritten wherever the public was not looking shows the same picture."""
    for recorded in cuts(random_seminars()[number].recorded, 5):
        box, state = recorded.box, Exercise.of(recorded).state
        altered = tuple(
            replace(entry, events=tuple(each for event in entry.events for each in behind(box, event)))
            for entry in recorded.entries
        )
        assert altered != recorded.entries
        here, there = (picture_of(box, state, entries, NOW) for entries in (recorded.entries, altered))
        assert to_json(here) == to_json(there)


def said_to_all(recorded: Recorded) -> set[str]:
    """Return the titles and texts that the white cell improvised for everybody."""
    told = [entry.command for entry in recorded.entries if isinstance(entry.command, Improvise)]
    return {text for command in told if not command.to for text in (command.title, command.text)}


def test_13_2_no_private_text_is_on_the_board() -> None:
    """Every text a team or the white cell writes in a random seminar is marked; the board knows only what all were told."""
    for number, marked in enumerate(random_seminars()):
        for recorded in cuts(marked.recorded, 6, number):
            allowed = said_to_all(recorded)
            hidden = [mark for mark in marked.marks if mark not in allowed]
            for text in shown(recorded):
                assert [mark for mark in hidden if mark in text] == []


def shown(recorded: Recorded) -> Iterator[str]:
    """Yield everything the projector can make of an exercise as it stands."""
    picture = picture_of(recorded.box, Exercise.of(recorded).state, recorded.entries, NOW)
    yield to_json(picture).decode()
    yield page(picture, NOW)
    yield "\n".join(caption.linear(picture, NOW))
    for width, height in ((80, 24), (160, 50)):
        yield "\n".join(row.plain for row in projector.draw(lettering.safe(picture), NOW, width, height))


def test_13_2_the_marks_reach_the_board_where_they_may() -> None:
    """The law above would prove nothing if no marked text were ever shown."""
    found = 0
    for marked in random_seminars():
        for recorded in cuts(marked.recorded, 25):
            picture = picture_of(recorded.box, Exercise.of(recorded).state, recorded.entries, NOW)
            found += any(text in to_json(picture).decode() for text in said_to_all(recorded))
    assert found


def test_13_3_no_quiet_message_and_no_private_card_is_on_the_board(games: tuple[Game, ...]) -> None:
    """At every step of whole games: only public declarations, and no headline of a card that some may not read."""
    seen_quiet = seen_card = 0
    for game in games:
        box = game.box
        private = {card.title for card in box.cards if "*" not in card.seen}
        state = opening(box)
        for upto, step in enumerate(game.steps):
            for event in step.events:
                state = evolve(box, state, event)
            if upto % 7:
                continue
            picture = picture_of(box, state, entries_of(game, upto), NOW)
            quiet = [said for said in state.said if said.declaration.kind == "quiet" and said.status == "open"]
            public = [said for said in state.said if said.declaration.kind != "quiet" and said.status == "open"]
            assert len(picture.declarations) == len(public)
            assert picture.headline.title not in private
            seen_quiet += len(quiet)
            seen_card += sum(box.card[card].title in private for card in state.drawn)
    assert seen_quiet
    assert seen_card


def test_13_a_draft_and_nothing_look_alike(games: tuple[Game, ...]) -> None:
    """Who has begun to write is nobody's business; who has handed in is everybody's."""
    game = games[0]
    upto, state = next((n, step.after) for n, step in enumerate(game.steps) if step.after.phase == "orders")
    entries = entries_of(game, upto)
    assert {seat.orders for seat in picture_of(game.box, state, entries, NOW).seats} == {"waiting"}
    drafted: State = state
    for capital in game.box.capitals:
        drafted = evolve(game.box, drafted, fact.OrderDrafted(capital.id, OTHER))
    assert picture_of(game.box, drafted, effective(entries), NOW) == picture_of(game.box, state, entries, NOW)
