"""What the public picture says in words: sentences that the projector, its page and its plain text share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from msgspec import Struct

from wargame.whitecell.clock import told as clock_told
from wargame.whitecell.picture import Picture, Stand

SILENCE: Final = 15
"""Seconds without a word from the console after which the picture says when it was last heard."""


class Standing(Struct, frozen=True):
    """Where a dyad stands in words. ``crossed`` is the highest firebreak below it, ``ahead`` what lies above, or empty."""

    name: str
    rung: str
    place: str
    zone: str
    crossed: str
    ahead: str
    outcome: str

    @property
    def sentence(self) -> str:
        """Everything in one sentence, for who does not see the scale."""
        parts = [f"{self.name}: {self.rung}, {self.place}", f"in {self.zone}", self.crossed, self.ahead, self.outcome]
        return "; ".join(part for part in parts if part) + "."


def standing(picture: Picture, stand: Stand) -> Standing:
    """Return where a dyad stands, with the firebreaks below and above it."""
    rungs, zones = picture.rungs, picture.zones
    rung = rungs[stand.rung]
    below = next((zones[z].firebreak for z in range(rung.zone, -1, -1) if zones[z].firebreak), "")
    ahead = next(
        ((n, zones[r.zone].firebreak) for n, r in enumerate(rungs) if r.zone > rung.zone and zones[r.zone].firebreak),
        None,
    )
    return Standing(
        stand.name,
        rung.name,
        f"rung {stand.rung} of {len(rungs) - 1}",
        zones[rung.zone].name,
        f'past the firebreak "{below}"' if below else "past no firebreak",
        f'next firebreak {ahead[0] - stand.rung} up: "{ahead[1]}"' if ahead else "no firebreak is left above",
        f"{stand.theatre} is settled: {stand.outcome}" if stand.outcome else "",
    )


def turn(picture: Picture) -> str:
    """Return which part of which turn it is."""
    if picture.is_over:
        return f"Over after turn {picture.turn}"
    if not picture.turn:
        return "Before the first turn"
    return f"Turn {picture.turn} of {picture.turns}: {picture.phase}"


def orders(picture: Picture) -> str:
    """Return who has handed in orders, who has not and who is missing; empty while none are written."""
    parts = []
    for word, title in (("sealed", "Orders are in"), ("waiting", "still out"), ("missing", "MISSING")):
        names = [seat.name for seat in picture.seats if seat.orders == word]
        if names:
            parts.append(f"{title}: {', '.join(names)}")
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]


def last_heard(picture: Picture, now: datetime) -> str:
    """Return when the console was last heard, in the zone of ``now``, once it has been silent; otherwise nothing."""
    if not picture.beat:
        return ""
    beat = datetime.fromisoformat(picture.beat)
    return f"last heard {beat.astimezone(now.tzinfo):%H:%M}" if (now - beat).total_seconds() > SILENCE else ""


def linear(picture: Picture, now: datetime) -> Iterator[str]:
    """Yield the whole picture as lines of plain text, each with its own label."""
    if picture.banner:
        yield f"*** {picture.banner} ***"
    yield f"{picture.title}. {turn(picture)}."
    if picture.clock.is_set:
        yield f"Clock: {clock_told(picture.clock, now)}."
    if picture.is_over:
        yield f"The end: {picture.ending.title}. {picture.ending.text}".strip()
    if picture.headline.title:
        yield f"Headline: {picture.headline.title}. {picture.headline.text}".strip()
    for stand in picture.stands:
        yield f"Ladder: {standing(picture, stand).sentence}"
    for declaration in picture.declarations:
        yield f"Declared: {declaration}"
    if orders(picture):
        yield f"{orders(picture)}."
