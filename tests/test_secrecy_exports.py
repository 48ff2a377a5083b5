"""Rule 13 for what leaves the program: a log rewritten wherever a side was not looking gives that side the same exports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from tests.games import february, played
from wargame.export.formats import export
from wargame.log import header_of
from wargame.recorded import Recorded
from wargame.rules import events as fact
from wargame.rules.box import Box
from wargame.rules.events import Event
from wargame.rules.journal import Entry
from wargame.rules.orders import Reply, Sheet, Start, Take
from wargame.rules.tracks import Change
from wargame.rules.witness import witness

OTHER = Sheet(note="something else altogether", break_faith=True)


def moved(box: Box, changes: tuple[Change, ...], side: str) -> tuple[Change, ...]:
    """Move every number that changes where this side does not see it."""
    found = []
    for change in changes:
        track = box.track[change.address]
        if not box.sees[side][track.block]:
            new = track.low + (change.new - track.low + 1) % (track.high - track.low + 1)
            change = Change(change.address, change.old, new)  # noqa: PLW2901
        found.append(change)
    return tuple(found)


def unseen(box: Box, event: Any, side: str) -> Iterator[Event]:
    """Yield what may stand in an event's place without this side noticing."""
    seen = witness(box, event, side)
    if seen is None:
        if isinstance(event, fact.BeliefStated):
            yield replace(event, percent=100 - event.percent)
        elif isinstance(event, (fact.PhaseOpened, fact.BeliefsClosed, fact.CardDrawn, fact.ChoiceMade)):
            yield event  # the game cannot go on without it; dropping it would be another game, not another secret
        return
    if isinstance(seen, fact.MomentCame) and not isinstance(event, fact.MomentCame):
        yield replace(event, changes=moved(box, event.changes, side))  # its numbers are seen, its name is not
        return
    if isinstance(event, fact.OrderSealed) and event.capital != side:
        yield fact.OrderDrafted(event.capital, OTHER)
        event = replace(event, status="pass", sheet=OTHER, salt="00", digest="ff" * 32, why=("a reason of its own",))
    elif isinstance(event, fact.ExerciseStarted):
        doctrines = tuple((c, d if c == side else box.capital[c].doctrines[-1]) for c, d in event.doctrines)
        event = replace(event, doctrines=doctrines)
    elif isinstance(event, fact.OrdersRevealed):
        sheets = tuple((c, behind(box, c, sheet, side)) for c, sheet in event.sheets)
        prices = tuple(paid if paid.capital == side else replace(paid, moves=(9,)) for paid in event.prices)
        event = replace(event, digests=(), prices=prices, sheets=sheets)
    elif isinstance(event, fact.ChoiceMade) and event.capital != side:
        event = replace(event, why=("a reason of its own",))
    elif isinstance(event, fact.ChallengeRolled | fact.ChallengeResolved) and event.challenger != side:
        event = replace(event, percent=99 - event.percent % 50, die=100 - event.die, terms=(), weakest="", margin=7)
    elif isinstance(event, fact.WarTested) and side != box.dyad[event.dyad].partner:
        event = replace(event, percent=99 - event.percent % 50, die=100 - event.die)
    elif isinstance(event, fact.BlowStruck) and side != event.owner:
        event = replace(event, percent=99 - event.percent % 50, die=100 - event.die)
    elif isinstance(event, fact.TalksHeld) and side not in set(box.dyad[event.dyad].parties) - set(event.offered):
        event = replace(event, percent=99 - event.percent % 50, die=100 - event.die)
    if getattr(event, "changes", ()):
        event = replace(event, changes=moved(box, event.changes, side))
    yield event


def behind(box: Box, capital: str, sheet: Sheet, side: str) -> Sheet:
    """Rewrite what of a revealed sheet is not public."""
    if capital == side:
        return sheet
    hidden = [a for a in box.actions_of[capital] if a.witnesses and side not in a.witnesses]
    moves = (*sheet.moves, *(Take(a.measure, a.target) for a in hidden))
    dials = tuple(dial for dial in sheet.dials if dial.announced or dial.partner == side)
    reply = Reply(box.dyads[0].id, box.ladder.rungs[-1].id, Take(box.actions_of[capital][0].measure))
    return replace(sheet, moves=moves, dials=dials, reply=reply)


def recorded(box: Box, seed: int, entries: tuple[Entry, ...]) -> Recorded:
    start = entries[0].command
    assert isinstance(start, Start)
    return Recorded(header_of(box, start, seed, "0"), box, entries)


@pytest.mark.parametrize("seed", [3, 7])
@pytest.mark.parametrize("side", ["first", "second", "third", "fourth", "fifth", "public"])
def test_13_3_what_a_side_did_not_see_is_in_none_of_its_exports(seed: int, side: str) -> None:
    box = february()
    places = ("first", "second", "third", "fourth", "fifth")
    side = box.capitals[places.index(side)].id if side in places else side
    game = played(box, seed)
    entries = tuple(Entry(step.command, step.events) for step in game.steps)
    altered = tuple(
        Entry(entry.command, tuple(e for event in entry.events for e in unseen(box, event, side))) for entry in entries
    )
    assert altered != entries
    here, there = recorded(box, seed, entries), recorded(box, 1234, altered)

    for name in ("jsonl", "csv", "md"):
        assert export(here, name, side) == export(there, name, side), name


def test_13_3_the_alterations_are_real(box: Box) -> None:
    """The law above would prove nothing if it changed nothing: the white cell sees the difference."""
    game = played(box, 3)
    side = box.capitals[2].id
    touched = {type(e) for event in game.events() for e in unseen(box, event, side) if e != event}

    assert {
        fact.OrderSealed,
        fact.OrdersRevealed,
        fact.ChallengeResolved,
        fact.TurnOpened,
        fact.ExerciseStarted,
    } <= touched
