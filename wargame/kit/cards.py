"""Cards to cut: everybody's, those for some eyes only, and what the white cell keeps on hand; with a key to what they do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from wargame.export import words
from wargame.kit.wording import moves, needs
from wargame.rules.box import Box, Inject
from wargame.rules.cards import Card
from wargame.rules.ladder import Test
from wargame.rules.tracks import EVERYONE

SCHEDULED: Final = "SCHEDULED"


_FITS: Final = ((300, 9.6), (380, 9.0), (460, 8.2), (580, 7.4), (760, 6.5), (1000, 5.6))
"""Characters a card of 63 by 88 millimetres holds, and the points of type at which they fit."""


class Face(Struct, frozen=True):
    """A card as it is printed. ``for_``: who may read it, empty for all; ``label`` and ``when`` are an inject's."""

    id: str
    deck: str
    title: str
    text: str
    dated: str
    asks: str = ""
    options: tuple[str, ...] = ()
    for_: str = ""
    label: str = ""
    when: str = ""

    @property
    def type_size(self) -> float:
        """Points of its text at the size of a playing card, so that all of it fits."""
        length = (
            len(self.text) + sum(len(option) + 8 for option in self.options) + (25 if self.for_ or self.label else 0)
        )
        return next((size for most, size in _FITS if length <= most), _FITS[-1][1])


class Key(Struct, frozen=True):
    """What the white cell knows of a card: where it is from, when it may be drawn, what it and its options move."""

    id: str
    title: str
    deck: str
    readers: str
    source: str
    when: str
    does: tuple[str, ...]
    question: str


class Planned(Struct, frozen=True):
    """An inject as the white cell plans it: HELP, PRESSURE or REDIRECT, or the turn it is scheduled for."""

    card: Face
    turn: int
    label: str
    only_if: str
    skip_if: str
    expects: str


def injects(box: Box) -> tuple[Planned, ...]:
    """Return the scenario's injects, by turn; those on hand come last."""
    order = sorted(box.scenario.injects, key=lambda each: (each.turn == 0, each.turn))
    return tuple(_planned(box, each) for each in order)


def _planned(box: Box, inject: Inject) -> Planned:
    only_if, skip_if = needs(box, inject.only_if), needs(box, inject.skip_if)
    label = inject.label.upper() if inject.label else SCHEDULED
    when = f"turn {inject.turn}" if inject.turn else "on hand"
    card = face(box, box.card[inject.card], label, when)
    return Planned(card, inject.turn, label, only_if, skip_if, inject.expects)


def public(box: Box) -> tuple[Face, ...]:
    """Return the cards of the decks in play that everybody may read; injects lie apart."""
    return tuple(face(box, card) for card in _in_play(box) if EVERYONE in card.seen)


def private(box: Box) -> tuple[Face, ...]:
    """Return the cards of the decks in play that only some capitals may read."""
    return tuple(face(box, card) for card in _in_play(box) if EVERYONE not in card.seen)


def _in_play(box: Box) -> list[Card]:
    decks = {deck for deck, _ in box.scenario.draws} | {box.scenario.history[0]}
    apart = {each.card for each in box.scenario.injects}
    return [card for card in box.cards if card.deck in decks and card.id not in apart]


def face(box: Box, card: Card, label: str = "", when: str = "") -> Face:
    """Return a card as it is printed: what its readers may read, and no number."""
    readers = () if EVERYONE in card.seen else card.seen
    return Face(
        card.id,
        card.deck,
        card.title,
        " ".join(card.text.split()),
        words.date(card.date) if card.date else card.kind,
        words.capital(box, card.asks) if card.asks else "",
        tuple(f"{option.label} ({option.cost} influence)" if option.cost else option.label for option in card.options),
        words.capitals(box, readers),
        label,
        when,
    )


def pages(cards: Sequence[Face], columns: int) -> tuple[tuple[Face | None, ...], ...]:
    """Return the cards in pages of as many rows as columns; the last page is filled up with gaps."""
    full = columns * columns
    rows: list[tuple[Face | None, ...]] = []
    for start in range(0, len(cards), full):
        some = cards[start : start + full]
        rows.append((*some, *(None,) * (full - len(some))))
    return tuple(rows)


def key(box: Box) -> tuple[Key, ...]:
    """Return what every card in play does, for the white cell."""
    planned = {each.card for each in box.scenario.injects}
    chosen = [card for card in box.cards if card.id in planned or card in _in_play(box)]
    return tuple(_key(box, card) for card in chosen)


def _key(box: Box, card: Card) -> Key:
    does = [moves(box, card.then), *_hazards(card.tests)]
    if card.take is not None:
        does.append(_goes(box, card.take))
    for place, option in enumerate(card.options):
        parts = [moves(box, option.then), *_hazards(option.tests)]
        if option.take is not None:
            parts.append(_goes(box, option.take))
        silent = " (if nobody answers)" if place == card.default else ""
        does.append(f"{option.label}{silent}: {'; '.join(part for part in parts if part) or 'moves nothing'}")
    kind = f"{card.kind}, {words.date(card.date)}" if card.date else card.kind
    return Key(
        card.id,
        card.title,
        card.deck,
        "all" if EVERYONE in card.seen else words.capitals(box, card.seen),
        f"{kind}; {card.source}" if card.source else kind,
        needs(box, card.when),
        tuple(each for each in does if each),
        card.question,
    )


def _goes(box: Box, take: tuple[str, int]) -> str:
    dyad, rung = take
    return f"{words.dyad(box, dyad)} go to {box.ladder.rungs[rung].id}, if a way leads there"


def _hazards(tests: Iterable[Test]) -> list[str]:
    return [f"hazard {test.percent} in 100: {test.text.rstrip('.')}" for test in tests]
