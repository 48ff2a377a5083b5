"""A box small enough to read: two capitals, one dyad, three rungs, a handful of tracks. For tests of what is written down."""

from __future__ import annotations

from msgspec.structs import fields

from wargame.rules.box import (
    CHALLENGER,
    PARTNER,
    Box,
    Capital,
    Dyad,
    Hold,
    Question,
    Rulebook,
    Scenario,
    Theatre,
)
from wargame.rules.ladder import Ladder, Rung, Zone
from wargame.rules.theory import Theory
from wargame.rules.tracks import EVERYONE, Block, Track

WORDS = ("none", "defensive", "all")


def _track(address: str, place: int, *, block: int = 0, half: bool = False, words: tuple[str, ...] = ()) -> Track:
    return Track(address, 0, len(words) - 1 if words else 10, half, words, block, place)


def _rulebook() -> Rulebook:
    tuples = {"press_percent": (55, 80), "press_face": (1, 2, 3)}
    needed = (field.name for field in fields(Rulebook) if field.required)
    return Rulebook(**{name: tuples.get(name, 1) for name in needed})  # type: ignore[arg-type]


def tiny_box() -> Box:
    """Return the box. Block 0 is public, block 1 the south's own, block 2 the white cell's."""
    rungs = tuple(Rung(f"rung-{n}", f"Rung {n}", 0, "", "", n, ()) for n in range(3))
    names = tuple(rung.id for rung in rungs)
    tracks = (
        _track("north.face", 0),
        _track("south.face", 1),
        _track("north-south.rung", 2, words=names),
        _track("south.nerve", 0, block=1, half=True),
        _track("south.permission", 1, block=1, words=WORDS),
        _track("north>south.denial.true", 0, block=2, half=True),
    )
    return Box(
        scenario=Scenario("tiny", "A tiny exercise", "2020-01-01", "a week", 3, "plain", "", "", (), ("", 0), ()),
        rulebook=_rulebook(),
        capitals=(
            Capital("north", "North", CHALLENGER, 2, 4, "", (), ("north-way",)),
            Capital("south", "South", PARTNER, 2, 3, "", (), ("south-way",)),
        ),
        theatres=(Theatre("coast", "The coast", ("north-south",)),),
        dyads=(Dyad("north-south", "North and South", "coast", "north", "south", "", (Hold(0, "north"),)),),
        ladder=Ladder("three", "Three rungs", (Zone("calm", "Calm"),), rungs, (), ()),
        open_war=1,
        tracks=tracks,
        blocks=(Block((EVERYONE,), (6, 6, 0)), Block(("south",), (5, 0)), Block((), (6,))),
        pressures=("window",),
        restraints=("denial",),
        slots=("own",),
        pairs=(),
        theories=(Theory("plain", "Plain", "", (), 58, 0, (1000,), 250, (1000,), (1000,), (0,)),),
        steps=(),
        measures=(),
        actions=(),
        cards=(),
        reactions={},
        landings={},
        standing=(),
        doctrines=(),
        objectives=(),
        theatre_outcomes=(),
        endings=(),
        question=Question("", 0, ()),
    )
