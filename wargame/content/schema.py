"""Every table of a content file, as docs/content.md describes it. Names and sentences are resolved when a box is compiled."""

# ruff: noqa: RUF012 - pydantic copies the defaults of a model

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from wargame.content.schema_rules import Concept, Hazard, Ladder, Reaction, Rulebook, Shift, Standing, Theory, Track
from wargame.content.schema_scenario import Scenario
from wargame.content.strict import (
    Deeds,
    Few,
    Id,
    Ids,
    Line,
    More,
    Name,
    Order,
    Percent,
    Promise,
    Prose,
    Sentences,
    Stance,
    Table,
    Thing,
)

FORMAT = "wargame/1"
"""What every file says first."""


class Option(Table):
    """One way to answer a card."""

    id: Id
    """Its name on this card."""
    label: Name
    """What the capital that chooses reads."""
    cost: Few = 0
    """Influence it costs."""
    leans: Ids = []
    """Words by which doctrines choose, such as firm, talk, arm, restrain."""
    default: bool = False
    """Exactly one option is the default: what a silent seat does. It has no cost and no conditions."""
    when: Sentences = []
    """It may be chosen while these hold; the capital asked must be able to see them."""
    then: Deeds = []
    """What follows, in order."""
    tests: list[Hazard] = []
    """Hazards of this option."""
    take: Stance = ""
    """DYAD RUNG: the dyad goes there if an edge leads there."""


class Card(Thing):
    """An event card."""

    deck: Id
    """The deck it is shuffled into. A scenario's draws or history must name it, or one of its injects the card."""
    title: Name
    """What stands at the head of the card."""
    kind: Literal["historical", "plausible"]
    """historical: it happened, and has a date; plausible: it did not."""
    date: datetime.date | None = None
    """The day it happened, without quotation marks: 2022-02-21."""
    source: Name
    """Where it can be checked, with a date; "unverified" where it was not."""
    text: Line
    """What is read aloud: under 60 words."""
    concept: str
    """The concept it teaches."""
    question: Line
    """A question for the debrief."""
    when: Sentences = []
    """It can be drawn while these hold."""
    seen: Ids = ["*"]
    """The capitals that may read it; "*" for all."""
    then: Deeds = []
    """What follows at once, in order. Capitals and dyads are named in full."""
    take: Stance = ""
    """DYAD RUNG: the dyad goes there if an edge leads there."""
    tests: list[Hazard] = []
    """Hazards that are thrown when it comes."""
    asks: str = ""
    """The capital that chooses between the options."""
    option: Annotated[list[Option], Field(max_length=6)] = []
    """Ways to answer it, two to six; a card that asks nobody has none."""


class Delivery(Table):
    """A measure that takes turns to arrive."""

    turns: Annotated[int, Field(ge=1, le=20)]
    """Turns until it arrives."""
    under_way: Deeds = []
    """Effects while it is on its way; taken back on arrival."""
    fielded: Deeds = []
    """Effects on arrival."""
    stops: Sentences = []
    """While these hold it waits."""


class Measure(Thing):
    """What capitals may order."""

    title: Name
    """What it is called on the order sheet."""
    text: Line
    """What it is, under 60 words."""
    concept: str
    """The concept it teaches."""
    by: Annotated[Ids, Field(min_length=1)]
    """The capitals that may order it."""
    to: Ids = Field(default=[], alias="for")
    """The capitals it may be for: each becomes `target`. Left out: for nobody in particular."""
    step: Literal["aid", "posture", "signal"]
    """When it is carried out: aid, posture or signal, in this order."""
    cost: Few
    """Influence it costs."""
    marks: list[Id] = []
    """Words by which rules and readers sort measures, such as aid."""
    carries_out: str = ""
    """The slot of threat that ordering it carries out, such as econ for sanctions."""
    theatre: bool = True
    """false: it takes place nowhere in particular and costs nothing more outside the priority theatre."""
    quiet: bool = False
    """true: known only to the capital that orders it and the one it is for."""
    excludes: Ids = []
    """Measures that cannot stand on one sheet with it for the same target."""
    when: Sentences = []
    """It may be ordered while these hold; the capital that orders must be able to see them."""
    then: Deeds = []
    """What follows, in order. `self` orders it, `target` is whom it is for."""
    tests: list[Hazard] = []
    """Hazards of carrying it out."""
    delivery: Delivery | None = None
    """It takes turns to arrive."""


class Preference(Table):
    """A wish of a doctrine."""

    order: Order
    """MEASURE [TARGET], climb DYAD RUNG|any [defy], step-down DYAD, talks DYAD LANDING [CONCESSIONS], permit PARTNER
    WORD [announced], priority THEATRE, or reply DYAD RUNG then ORDER.
    """
    weight: Annotated[int, Field(ge=-100, le=100)]
    """How much it is wished; weights add up, and what comes to nought or less is not wished."""
    why: Line
    """The reason, told to whoever asks."""
    when: Sentences = []
    """It counts while these hold; the seat must be able to see them."""
    below: Percent = 100
    """It counts only while the staff estimate that the climb is deterred is under this percentage."""


class Saying(Table):
    """A declaration of a doctrine."""

    say: Promise
    """if DYAD reaches RUNG then DEED, where DEED is a climb, a measure or a permission."""
    kind: Literal["tie-hands", "sink-costs", "quiet"]
    """tie-hands: in public, face is staked; sink-costs: influence is paid; quiet: to one capital alone."""
    to: str = ""
    """Whom a quiet message is for."""
    why: Line
    """The reason, told to whoever asks."""
    when: Sentences = []
    """It is said while these hold; the seat must be able to see them."""


class Doctrine(Thing):
    """A way of playing one seat."""

    name: Name
    """What it is called."""
    seat: str
    """The capital that plays by it."""
    card: Prose
    """A paragraph that a player may read."""
    press_on: Percent = 0
    """Percent chance that it presses on when it is deterred."""
    noise: Annotated[int, Field(ge=0, le=3)] = 0
    """How far it strays from its wishes: 0 not at all, 3 most."""
    leans: dict[str, More] = {}
    """How much each leaning of a card's option counts."""
    prefer: list[Preference] = []
    """What it would order, by weight."""
    declare: list[Saying] = []
    """What it would announce."""


KINDS: dict[str, type[Thing]] = {
    "track": Track,
    "concept": Concept,
    "ladder": Ladder,
    "rulebook": Rulebook,
    "theory": Theory,
    "reaction": Reaction,
    "standing": Standing,
    "shift": Shift,
    "card": Card,
    "measure": Measure,
    "doctrine": Doctrine,
    "scenario": Scenario,
}
"""Kinds of thing by the name of their table. A file holds one ``[scenario]`` at most and any number of the others."""


class Document(Table):
    """A whole file; used for the JSON Schema, files are read table by table."""

    format: Literal["wargame/1"]
    """The first line of every content file."""
    track: list[Track] = []
    """Declared numbers and flags."""
    concept: list[Concept] = []
    """Terms of the field, in one sentence each."""
    ladder: list[Ladder] = []
    """Escalation ladders."""
    rulebook: list[Rulebook] = []
    """The numbers of the rules themselves."""
    theory: list[Theory] = []
    """Schools of thought as weights."""
    reaction: list[Reaction] = []
    """What follows from moments of play."""
    standing: list[Standing] = []
    """Effects that hold while conditions do."""
    shift: list[Shift] = []
    """What aiming at some rungs adds to a sheet while conditions hold."""
    card: list[Card] = []
    """Event cards."""
    measure: list[Measure] = []
    """What capitals may order."""
    doctrine: list[Doctrine] = []
    """Ways of playing a seat."""
    scenario: Scenario | None = None
    """The situation to play; one in a file at most."""
