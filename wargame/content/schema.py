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
    Percent,
    Prose,
    Sentences,
    Table,
    Thing,
)

FORMAT = "wargame/1"
"""What every file says first."""


class Option(Table):
    """One way to answer a card."""

    id: Id
    label: Name
    cost: Few = 0
    leans: Ids = []
    default: bool = False
    when: Sentences = []
    then: Deeds = []
    tests: list[Hazard] = []
    take: str = ""


class Card(Thing):
    """An event card."""

    deck: Id
    title: Name
    kind: Literal["historical", "plausible"]
    date: datetime.date | None = None
    source: Name
    text: Line
    concept: str
    question: Line
    when: Sentences = []
    seen: Ids = ["*"]
    then: Deeds = []
    take: str = ""
    tests: list[Hazard] = []
    asks: str = ""
    option: Annotated[list[Option], Field(max_length=6)] = []


class Delivery(Table):
    """A measure that takes turns to arrive."""

    turns: Annotated[int, Field(ge=1, le=20)]
    under_way: Deeds = []
    fielded: Deeds = []
    stops: Sentences = []


class Measure(Thing):
    """What capitals may order."""

    title: Name
    text: Line
    concept: str
    by: Annotated[Ids, Field(min_length=1)]
    to: Ids = Field(default=[], alias="for")
    step: Literal["aid", "posture", "signal"]
    cost: Few
    marks: list[Id] = []
    carries_out: str = ""
    theatre: bool = True
    quiet: bool = False
    excludes: Ids = []
    when: Sentences = []
    then: Deeds = []
    tests: list[Hazard] = []
    delivery: Delivery | None = None


class Preference(Table):
    """A wish of a doctrine."""

    order: str
    weight: Annotated[int, Field(ge=-100, le=100)]
    why: Line
    when: Sentences = []
    below: Percent = 100


class Saying(Table):
    """A declaration of a doctrine."""

    say: str
    kind: Literal["tie-hands", "sink-costs", "quiet"]
    to: str = ""
    why: Line
    when: Sentences = []


class Doctrine(Thing):
    """A way of playing one seat."""

    name: Name
    seat: str
    card: Prose
    press_on: Percent = 0
    noise: Annotated[int, Field(ge=0, le=3)] = 0
    leans: dict[str, More] = {}
    prefer: list[Preference] = []
    declare: list[Saying] = []


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
    track: list[Track] = []
    concept: list[Concept] = []
    ladder: list[Ladder] = []
    rulebook: list[Rulebook] = []
    theory: list[Theory] = []
    reaction: list[Reaction] = []
    standing: list[Standing] = []
    shift: list[Shift] = []
    card: list[Card] = []
    measure: list[Measure] = []
    doctrine: list[Doctrine] = []
    scenario: Scenario | None = None
