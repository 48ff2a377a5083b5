"""The story: rows told as items, where several facts of a kind in a row are told as one.

Plain text; :mod:`wargame.export.md` and screens set it. An item is what a reader would take in at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct

from wargame.export import words, working
from wargame.export.rows import Row
from wargame.export.sentences import sentences
from wargame.rules.box import Box
from wargame.rules.events import (
    BeliefsClosed,
    BeliefStated,
    ChallengeResolved,
    ChallengeRolled,
    Event,
    MomentCame,
    OrdersRevealed,
    PhaseOpened,
    SignalsGiven,
    TurnOpened,
)
from wargame.rules.tracks import Change


class Item(Struct, frozen=True):
    """One thing to tell. ``under`` are lines below it; ``check`` is set where dice were thrown on a step."""

    turn: int
    phase: str
    said: tuple[str, ...]
    under: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    check: ChallengeRolled | None = None
    is_outcome: bool = False


def story(box: Box, rows: Iterable[Row]) -> Iterator[Item]:
    """Yield what there is to tell, in order; facts that only move the table on are left out."""
    for (turn, phase, _), group in groupby(rows, key=_kind_of):
        for item in _told(box, turn, phase, [row.event for row in group]):
            if item.said or item.changes:
                yield item


def _kind_of(row: Row) -> tuple[int, str, str]:
    event = row.event
    if isinstance(event, (BeliefStated, BeliefsClosed)):
        return row.turn, row.phase, "beliefs"
    if isinstance(event, SignalsGiven):
        return row.turn, row.phase, "signals"
    if isinstance(event, MomentCame):
        return row.turn, row.phase, f"moment {event.capital} {event.target} {event.text}"
    return row.turn, row.phase, str(row.seq)


def _told(box: Box, turn: int, phase: str, events: list[Event]) -> Iterator[Item]:
    first = events[0]
    if isinstance(first, (BeliefStated, BeliefsClosed)):
        yield from (Item(turn, phase, (text,)) for text in _beliefs(box, events))
    elif isinstance(first, SignalsGiven):
        yield from _signals(box, turn, phase, events)
    elif isinstance(first, MomentCame):
        yield Item(turn, phase, tuple(sentences(box, first)), changes=_changes(events))
    elif isinstance(first, (TurnOpened, PhaseOpened)):
        yield Item(turn, phase, (), changes=_changes(events))
    elif isinstance(first, OrdersRevealed):
        under = tuple(sentences(box, first))
        yield Item(turn, phase, ("All orders are opened at once.",), under, _changes(events))
    elif isinstance(first, ChallengeRolled):
        yield from _check(box, turn, phase, first)
    else:
        said = sentences(box, first)
        is_outcome = isinstance(first, ChallengeResolved)
        if is_outcome and working.is_known(first):  # type: ignore[arg-type]
            said.remove(words.sentence(working.weakest_link(box, first)))  # type: ignore[arg-type]
        yield Item(turn, phase, tuple(said), changes=_changes(events), is_outcome=is_outcome)


def _check(box: Box, turn: int, phase: str, event: ChallengeRolled) -> Iterator[Item]:
    said = (working.step(box, event) + " is put to the check.", working.estimate(box, event))
    yield Item(turn, phase, (*said, working.weakest_link(box, event)), check=event)
    yield Item(turn, phase, (sentences(box, event)[-1],))


def _changes(events: Iterable[Event]) -> tuple[Change, ...]:
    found: list[Change] = []
    for event in events:
        found += getattr(event, "changes", ())
        found += getattr(event, "under_way", ())
    return tuple(found)


def _signals(box: Box, turn: int, phase: str, events: list[Event]) -> Iterator[Item]:
    given = [event for event in events if isinstance(event, SignalsGiven)]
    for event in given:
        if event.declarations or event.why:
            yield Item(turn, phase, tuple(sentences(box, event)))
    silent = [event.capital for event in given if not event.declarations and not event.why]
    if silent:
        verb = "declares" if len(silent) == 1 else "declare"
        yield Item(turn, phase, (f"{words.capitals(box, silent)} {verb} nothing.",))


def _beliefs(box: Box, events: list[Event]) -> Iterator[str]:
    by_declaration: dict[str, list[str]] = {}
    for event in events:
        if isinstance(event, BeliefStated):
            who = words.capital(box, event.capital)
            by_declaration.setdefault(event.declaration, []).append(f"{who} {event.percent} percent")
    for declaration, said in by_declaration.items():
        yield f"How likely is {declaration} to be carried out? {words.listed(said)}."
