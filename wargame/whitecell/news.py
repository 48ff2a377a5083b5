"""The consequence ledger: what every capital must still be told, and what is read out to all.

What is public is read out once, to everybody; the ledger holds what a capital knows beyond that. It is ticked off with
the command ``Tell(capital, upto)`` and stays right when the exercise is rewound: what was told and no longer counts
must be taken back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from wargame.export import words
from wargame.export.sentences import PHASE_TITLES
from wargame.export.witnessed import is_said, lines, said
from wargame.rules.box import Box
from wargame.rules.events import Event, NewsTold
from wargame.rules.journal import Entry, moment, undone
from wargame.rules.orders import Rewind
from wargame.rules.state import SETUP
from wargame.rules.tracks import Change
from wargame.rules.view import PUBLIC
from wargame.rules.witness import witness


class Item(Struct, frozen=True):
    """One thing to tell a capital. ``entry`` is the place of its input from 0, ``at`` the wall clock where one is kept.

    ``said`` are sentences to read out; ``moved`` are numbers it sees move and the public does not, perhaps none.
    """

    entry: int
    turn: int
    phase: str
    at: str
    said: tuple[str, ...]
    moved: tuple[Change, ...] = ()


class News(Struct, frozen=True):
    """What a capital must still be told. To tick it off, submit ``Tell(capital, upto)``.

    ``since``: of so many inputs it has been told; ``taken_back``: what it was told and a rewind has undone since;
    ``numbers``: from where to where its own numbers have come, in one line, or empty.
    """

    capital: str
    since: int
    upto: int
    items: tuple[Item, ...]
    taken_back: tuple[Item, ...]
    numbers: str

    @property
    def is_owed(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.items or self.taken_back)


class ReadOut(Struct, frozen=True):
    """What one side is told of one phase, a sentence each, in order."""

    turn: int
    phase: str
    title: str
    lines: tuple[str, ...]


def ledger(box: Box, entries: Sequence[Entry]) -> tuple[News, ...]:
    """Return what each capital must still be told, in the box's order. ``entries`` is the whole journal."""
    return tuple(news(box, entries, capital.id) for capital in box.capitals)


def news(box: Box, entries: Sequence[Entry], capital: str) -> News:
    """Return what one capital must still be told."""
    since, ticked = _told_so_far(entries, capital)
    gone = undone(entries)
    gone_since = gone - undone(entries[: ticked + 1])
    items: list[Item] = []
    taken_back: list[Item] = []
    turn, phase = 0, SETUP
    for place, entry in enumerate(entries):
        is_news = place >= since and place not in gone
        is_back = place < since and place in gone_since
        for event in entry.events:
            turn, phase = moment(event, turn, phase)
            item = _item(box, event, capital, Item(place, turn, phase, entry.at, ())) if is_news or is_back else None
            if item is not None:
                (items if is_news else taken_back).append(item)
    return News(capital, since, len(entries), tuple(items), tuple(taken_back), _net(box, items))


def script(found: News) -> tuple[str, ...]:
    """Return what is to be read to this capital, a sentence each: what no longer counts first, its numbers last."""
    back = [f"This no longer counts: {text}" for item in found.taken_back for text in item.said]
    said = [text for item in found.items for text in item.said]
    return (*back, *said, *([f"Your numbers: {found.numbers}."] if found.numbers else []))


def read_outs(box: Box, entries: Sequence[Entry], side: str = PUBLIC) -> tuple[ReadOut, ...]:
    """Return what a side is told phase by phase, of phases in which there was anything to tell; the last is the latest.

    What a rewind took back is left out.
    """
    gone = undone(entries)
    found: list[ReadOut] = []
    heard: list[Event] = []
    turn, phase = 0, SETUP
    for place, entry in enumerate(entries):
        if isinstance(entry.command, Rewind):
            found += _closed(box, turn, phase, heard)
            heard = []
        if place in gone:
            continue
        for event in entry.events:
            seen = witness(box, event, side)
            now = (turn, phase) if seen is None else moment(seen, turn, phase)
            if now != (turn, phase):
                found += _closed(box, turn, phase, heard)
                heard, (turn, phase) = [], now
            if seen is not None:
                heard.append(seen)
    found += _closed(box, turn, phase, heard)
    return tuple(found)


def _closed(box: Box, turn: int, phase: str, heard: Sequence[Event]) -> Iterator[ReadOut]:
    told = tuple(lines(box, heard))
    if told:
        title = PHASE_TITLES.get(phase, phase)
        yield ReadOut(turn, phase, f"Turn {turn}, {title.lower()}" if turn else "Before the first turn", told)


def _net(box: Box, items: Sequence[Item]) -> str:
    """Return from where to where numbers have come over all items."""
    net: dict[str, Change] = {}
    for change in (each for item in items for each in item.moved):
        first = net.get(change.address, change)
        net[change.address] = Change(change.address, first.old, change.new, change.until)
    return words.moved(box, [change for change in net.values() if change.old != change.new])


def _told_so_far(entries: Sequence[Entry], capital: str) -> tuple[int, int]:
    """Return of how many inputs a capital has been told, and where in the journal that was ticked off (-1 for never)."""
    since, ticked = 0, -1
    for place, entry in enumerate(entries):
        for event in entry.events:
            if isinstance(event, NewsTold) and event.capital == capital:
                since, ticked = event.upto, place
    return since, ticked


def _item(box: Box, event: Event, capital: str, blank: Item) -> Item | None:
    """Return what a capital alone knows of an event, or None where it knows no more than everybody."""
    own = witness(box, event, capital)
    if own is None:
        return None
    public = witness(box, event, PUBLIC)
    heard = said(box, own) if is_said(own) else []
    if public is not None and is_said(public) and said(box, public) == heard:
        heard = []
    known: tuple[Change, ...] = getattr(public, "changes", ()) + getattr(public, "under_way", ())
    mine: tuple[Change, ...] = getattr(own, "changes", ()) + getattr(own, "under_way", ())
    moved = tuple(change for change in mine if change not in known)
    if not heard and not moved:
        return None
    return Item(blank.entry, blank.turn, blank.phase, blank.at, tuple(heard), moved)
