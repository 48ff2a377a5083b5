"""Tables of a scenario."""

# ruff: noqa: RUF012 - pydantic copies the defaults of a model

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from wargame.content.strict import (
    Few,
    Freedom,
    Given,
    Id,
    Ids,
    Line,
    Name,
    Percent,
    Points,
    Prose,
    Rating,
    Sentences,
    Table,
    Thing,
)


class Theatre(Table):
    """A region."""

    id: Id
    name: Name


class Capital(Table):
    """A seat."""

    id: Id
    name: Name
    role: Literal["challenger", "partner", "patron"]
    orders: Annotated[int, Field(ge=1, le=10)]
    income: Few
    brief: Prose
    wants: list[Line] = []
    doctrines: Annotated[Ids, Field(min_length=1)]


class Dyad(Table):
    """Two capitals that face each other; without ``partner`` it is the dyad of challenger and patron."""

    id: Id
    name: Name
    theatre: str
    challenger: str
    partner: str = ""
    patron: str = ""
    stack: Annotated[list[str], Field(min_length=1, max_length=100)]


class Threat(Table):
    """A threat on a sheet."""

    id: Id
    slot: str
    owner: str
    capability: Given
    survivability: Given = None
    will: Given
    will_cap: str = ""
    free: Freedom
    clarity: Given
    cost: Given
    why: Line


class Sheet(Table):
    """A rating sheet. Every key beside these four is a track of a pair and its rating."""

    model_config = {**Table.model_config, "extra": "allow"}
    __pydantic_extra__: dict[str, Given] = Field(init=False)

    dyad: str
    why: dict[str, Line] = {}
    threat: list[Threat] = []
    at: dict[str, dict[str, Points]] = {}


class Inject(Table):
    """A card that comes on a set turn or, without one, lies ready for the white cell."""

    card: str
    turn: Annotated[int, Field(ge=0, le=99)] = 0
    only_if: Sentences = []
    skip_if: Sentences = []
    label: Literal["", "help", "pressure", "redirect"] = ""
    expects: str = ""


class Prepared(Table):
    """An answer to a question that teams are likely to ask."""

    about: Line
    text: Line
    to: Ids = []


class Share(Table):
    """A case of an objective."""

    percent: Percent
    when: Sentences


class Objective(Table):
    """Part of a capital's score."""

    seat: str
    points: Percent
    text: Line
    share: list[Share] = []
    track: str = ""
    worst: Given = None
    best: Given = None


class Outcome(Table):
    """How a theatre or the exercise may end."""

    id: Id
    name: Name
    text: Line
    when: Sentences = []
    at_once: bool = False
    score_percent: Percent = 100


class Package(Table):
    """A policy package of the staff estimate."""

    id: Id
    name: Name
    set: dict[str, Rating] = {}


class Question(Table):
    """What the staff estimate asks."""

    pair: str
    rung: str
    package: Annotated[list[Package], Field(min_length=1)]


class History(Table):
    """Cards that were drawn before the exercise begins."""

    deck: str
    cards: Few


class Lesson(Table):
    """What a person who plays alone is told on a turn: one concept, and something to try."""

    turn: Annotated[int, Field(ge=1, le=24)]
    concept: str
    title: Name
    text: Line
    attempt: Line = Field(default="", alias="try")
    after: Line = ""
    seat: str = ""


class Case(Table):
    """What follows here from how an earlier exercise ended. ``when`` is read at that end, in that exercise."""

    when: Sentences = []
    text: Line
    set: dict[str, Given] = {}


class Inheritance(Table):
    """Which earlier scenario this one may follow, and what it takes over from the end of an exercise of it."""

    source: str = Field(alias="from")
    carry: list[str] = []
    case: list[Case] = []


class Remap(Table):
    """Where the names of this scenario's own ladder stand on another one."""

    rung: dict[str, str]
    zone: dict[str, str] = {}
    landing: dict[str, str] = {}


class Acceptance(Table):
    """Something that must come out of this scenario, in percent: of an estimate, or of games played by doctrines."""

    text: Line
    percent: Annotated[list[Percent], Field(min_length=2, max_length=2)]
    theory: str = ""
    challenge: str = ""
    package: str = ""
    games: Annotated[int, Field(ge=10, le=1000)] = 100
    doctrines: dict[str, str] = {}
    ending: str = ""
    holds: Sentences = []


class Scenario(Thing):
    """A situation to play."""

    alone: bool = False
    packs: Ids = []
    warnings: list[Line] = []
    alone_as: str = ""
    title: Name
    begins: datetime.date
    turn: Name
    turns: Annotated[int, Field(ge=1, le=24)]
    ladder: str
    rulebook: str
    theory: str
    briefing: Prose
    question: Line
    epilogue: Annotated[str, Field(max_length=4000)] = ""
    draws: dict[str, Few] = {}
    history: History | None = None
    start: dict[str, Given] = {}
    theatre: Annotated[list[Theatre], Field(min_length=1, max_length=6)]
    capital: Annotated[list[Capital], Field(min_length=2, max_length=12)]
    dyad: Annotated[list[Dyad], Field(min_length=1, max_length=24)]
    sheet: dict[str, Sheet] = {}
    inject: list[Inject] = []
    answer: list[Prepared] = []
    objective: list[Objective] = []
    theatre_outcome: Annotated[list[Outcome], Field(min_length=1, max_length=20)]
    ending: Annotated[list[Outcome], Field(min_length=1, max_length=20)]
    estimate: Question | None = None
    lesson: list[Lesson] = []
    accept: list[Acceptance] = []
    inherit: Inheritance | None = None
    remap: dict[str, Remap] = {}
    replace: dict[str, dict[str, dict[str, Any]]] = {}
