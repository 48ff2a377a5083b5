"""A capital's rating sheets in words: what pushes it towards a step, what holds it, who would answer."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from wargame.export import words
from wargame.rules.box import Box, Pair, Threat
from wargame.rules.tracks import HIGHEST, LOWEST, Ref
from wargame.rules.view import View

UNKNOWN: Final = "?"


class Rating(Struct, frozen=True):
    """A line of a rating sheet: the term, the points from 1 to 5, and why."""

    term: str
    points: str
    why: str


class Answer(Struct, frozen=True):
    """A threat that answers a step, with its five links as the holder believes them; ``low`` names its weakest."""

    owner: str
    slot: str
    links: tuple[str, ...]
    low: str


class Eyes(Struct, frozen=True):
    """How a capital sees a step against another: its rating sheet in words.

    A line that says why may tell how things are, so there is none where that is hidden from the holder.
    """

    target: str
    pressures: tuple[Rating, ...]
    restraints: tuple[Rating, ...]
    answers: tuple[Answer, ...]


def eyes(box: Box, view: View) -> tuple[Eyes, ...]:
    """Return the rating sheets that the side of this view holds."""
    return tuple(_sheet(box, view, pair) for pair in box.pairs if pair.holder == view.side)


def _sheet(box: Box, view: View, pair: Pair) -> Eyes:
    why = dict(pair.why)
    pressures = [*zip(box.pressures, pair.pressure, strict=True), ("nerve", pair.nerve)]
    restraints = zip(box.restraints, pair.restraint, pair.true_restraint, strict=True)
    return Eyes(
        words.capital(box, pair.target),
        tuple(Rating(name, _points(view, ref), why.get(name, "")) for name, ref in pressures),
        tuple(
            Rating(name, _points(view, ref), why.get(name, "") if ref == true else "") for name, ref, true in restraints
        ),
        tuple(_answer(box, view, threat) for threat in pair.threats),
    )


def _raw(view: View, ref: Ref | None) -> int | None:
    if ref is None or not view.values[ref[0]]:
        return None
    return view.values[ref[0]][ref[1]]


def _points(view: View, ref: Ref) -> str:
    raw = _raw(view, ref)
    return UNKNOWN if raw is None else words.points(raw / 2)


def _answer(box: Box, view: View, threat: Threat) -> Answer:
    """Return a threat as it is believed now: no more capability than would survive, no more will than is at stake."""
    refs, slot = threat.seen, box.slots[threat.slot]
    free = _raw(view, refs.free)
    if free is not None:
        free = min(HIGHEST, max(LOWEST, (refs.free_words[free] if refs.free_words else free) + refs.free_more))
    links: dict[str, int | None] = {
        "capability": _least(_raw(view, refs.capability), _raw(view, refs.capability_cap)),
        "will": _least(_raw(view, refs.will), _raw(view, refs.will_cap)),
        "free": free,
        "clarity": _raw(view, refs.clarity),
        "cost": _raw(view, refs.cost),
    }
    chain = {name: raw for name in ("capability", "will", "free") if (raw := links[name]) is not None}
    low = min(chain, key=lambda name: chain[name]) if chain else ""
    return Answer(
        words.capital(box, threat.owner),
        slot if threat.id == slot else f"{slot} ({threat.id.replace('-', ' ')})",
        tuple(UNKNOWN if raw is None else words.points(raw / 2) for raw in links.values()),
        words.LINKS.get(low, low),
    )


def _least(raw: int | None, cap: int | None) -> int | None:
    return raw if raw is None or cap is None else min(raw, cap)
