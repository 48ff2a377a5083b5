"""Tables of a scenario."""

# ruff: noqa: RUF012 - pydantic copies the defaults of a model

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from wargame.content.strict import (
    Address,
    Few,
    Freedom,
    Given,
    Id,
    Ids,
    Line,
    Name,
    NoneOrId,
    Percent,
    Points,
    Prose,
    Rating,
    Sentences,
    Stance,
    Table,
    Thing,
)


class Theatre(Table):
    """A region."""

    id: Id
    """Its name in addresses."""
    name: Name
    """What it is called."""


class Capital(Table):
    """A seat."""

    id: Id
    """Its name in addresses."""
    name: Name
    """What it is called."""
    role: Literal["challenger", "partner", "patron"]
    """challenger: would change things; partner: would be changed; patron: stands behind a partner."""
    orders: Annotated[int, Field(ge=1, le=10)]
    """Orders on a sheet each turn."""
    income: Few
    """Influence it gets each turn."""
    brief: Prose
    """Who plays this capital: 60 to 90 words."""
    wants: list[Line] = []
    """What it wants, a line each."""
    doctrines: Annotated[Ids, Field(min_length=1)]
    """Doctrines it may be played by; the first is the default."""


class Dyad(Table):
    """Two capitals that face each other; without ``partner`` it is the dyad of challenger and patron."""

    id: Id
    """Its name in addresses."""
    name: Name
    """What it is called."""
    theatre: str
    """The theatre it lies in."""
    challenger: Id
    """The capital that would change things."""
    partner: NoneOrId = ""
    """The capital it faces; left out where challenger and patron face each other."""
    patron: NoneOrId = ""
    """The capital that stands behind the partner."""
    stack: Annotated[list[Stance], Field(min_length=1, max_length=100)]
    """RUNG CAPITAL, lowest first: who climbed where before the exercise; the last is where it stands."""


class Threat(Table):
    """A threat on a sheet."""

    id: Id
    """Its name on this sheet."""
    slot: str
    """The slot of threat it fills, as theories name them: own, econ, mil, nuc, own-nuc."""
    owner: str
    """The capital that would carry it out."""
    capability: Given
    """Whether the means are there."""
    survivability: Given = None
    """Whether they outlast a first blow; caps capability."""
    will: Given
    """Whether the owner would want to on the day."""
    will_cap: Address = ""
    """An address that caps the will, such as that of the patron's stake."""
    free: Freedom
    """Whether the owner may: a rating, or { from = ADDRESS, more = 0, words = [a rating for each word] }."""
    clarity: Given
    """Whether it was understood: what for, and what then."""
    cost: Given
    """What it would cost the one who is threatened."""
    why: Line
    """One line that justifies these ratings."""


def _usual_ratings(schema: dict[str, Any]) -> None:
    """Offer an editor the ratings that sheets usually have; what a track of a pair is named is a rating as well."""
    rating = schema["additionalProperties"]
    schema["properties"] |= {name: {"description": text, **rating} for name, text in USUAL_RATINGS.items()}


USUAL_RATINGS = {
    "prize": "What the step would win.",
    "loss": "How hard the present state of things is to bear.",
    "window": "The belief that later is worse.",
    "audience": "What backing down in public would cost.",
    "fear": "Fear of the other side's own designs.",
    "denial": "The belief that there would be no quick and cheap success: a rating, or { seen = 2, true = 4 }.",
    "assure": "The belief that restraint will be honoured and not exploited.",
}


class Sheet(Table):
    """A rating sheet. Every key beside these four is a track of a pair and its rating."""

    model_config = {**Table.model_config, "extra": "allow", "json_schema_extra": _usual_ratings}
    __pydantic_extra__: dict[str, Given] = Field(init=False)

    dyad: str
    """The dyad of these two capitals."""
    why: dict[str, Line] = {}
    """One line that justifies each rating."""
    threat: list[Threat] = []
    """Threats that speak against the step."""
    at: dict[str, dict[str, Points]] = {}
    """What aiming at a rung adds to this sheet, in place of the ladder's shift."""


class Inject(Table):
    """A card that comes on a set turn or, without one, lies ready for the white cell."""

    card: str
    """The card that comes."""
    turn: Annotated[int, Field(ge=0, le=99)] = 0
    """The turn it comes on; without one it lies ready for the white cell."""
    only_if: Sentences = []
    """It comes only if these hold."""
    skip_if: Sentences = []
    """It does not come if these hold."""
    label: Literal["", "help", "pressure", "redirect"] = ""
    """What a contingency is for."""
    expects: str = ""
    """What it should bring about."""


class Prepared(Table):
    """An answer to a question that teams are likely to ask."""

    about: Line
    """The question that teams are likely to ask."""
    text: Line
    """The answer."""
    to: Ids = []
    """Capitals that may have it; left out: all."""


class Share(Table):
    """A case of an objective."""

    percent: Percent
    """Percent of the points."""
    when: Sentences
    """If these hold at the end; the first share that holds counts."""


class Objective(Table):
    """Part of a capital's score."""

    seat: str
    """The capital that scores."""
    points: Percent
    """What it is worth; those of each capital come to 100."""
    text: Line
    """What it is, in a sentence."""
    share: list[Share] = []
    """Cases, each with the percent of the points it is worth."""
    track: Address = ""
    """In place of share: the address of a number read from worst to best."""
    worst: Given = None
    """The value that is worth nothing."""
    best: Given = None
    """The value that is worth all."""


class Outcome(Table):
    """How a theatre or the exercise may end."""

    id: Id
    """Its name in conditions."""
    name: Name
    """What it is called."""
    text: Line
    """What is told."""
    when: Sentences = []
    """It is so if these hold; the first that holds is the one. The last ending has none."""
    at_once: bool = False
    """true: it ends things as soon as it holds; else it is read at the end."""
    score_percent: Percent = 100
    """Percent that scores are worth after it."""


class Package(Table):
    """A policy package of the staff estimate."""

    id: Id
    """Its name."""
    name: Name
    """What it is called in the table."""
    set: dict[str, Rating] = {}
    """Ratings put in place of the sheet's own: { denial = 4, "own.free" = 5 }."""


class Question(Table):
    """What the staff estimate asks."""

    pair: str
    """The sheet that is asked about."""
    rung: str
    """The step that is asked about."""
    package: Annotated[list[Package], Field(min_length=1)]
    """Policy packages, one row of the table each."""


class History(Table):
    """Cards that were drawn before the exercise begins."""

    deck: str
    """The deck of what came before."""
    cards: Few
    """How many of its cards are told at the start."""


class Lesson(Table):
    """What a person who plays alone is told on a turn: one concept, and something to try."""

    turn: Annotated[int, Field(ge=1, le=24)]
    """The turn at whose beginning it is shown."""
    concept: str
    """The concept it teaches."""
    title: Name
    """Its heading."""
    text: Line
    """What is told, under 60 words."""
    attempt: Line = Field(default="", alias="try")
    """What to try this turn."""
    after: Line = ""
    """What to look at when the turn is over."""
    seat: str = ""
    """Only for whoever plays this capital; left out: for everyone."""


class Case(Table):
    """What follows here from how an earlier exercise ended. ``when`` is read at that end, in that exercise."""

    when: Sentences = []
    """Read at the end of the earlier exercise."""
    text: Line
    """What the briefing tells then."""
    set: dict[str, Given] = {}
    """Starting values that follow, by address."""


class Inheritance(Table):
    """Which earlier scenario this one may follow, and what it takes over from the end of an exercise of it."""

    source: str = Field(alias="from")
    """The scenario whose end this one may follow."""
    carry: list[Address] = []
    """Addresses in both: where they ended is where they start here."""
    case: list[Case] = []
    """What follows from how it ended."""


class Remap(Table):
    """Where the names of this scenario's own ladder stand on another one."""

    rung: dict[str, str]
    """For each of the scenario's rungs, the one on the other ladder; the order is kept."""
    zone: dict[str, str] = {}
    """For each zone, the one on the other ladder."""
    landing: dict[str, str] = {}
    """For each landing, the one on the other ladder."""


class Acceptance(Table):
    """Something that must come out of this scenario, in percent: of an estimate, or of games played by doctrines."""

    text: Line
    """What must come out, in words."""
    percent: Annotated[list[Percent], Field(min_length=2, max_length=2)]
    """[least, most]."""
    theory: str = ""
    """The theory it is tried under; left out: the scenario's."""
    challenge: str = ""
    """PAIR RUNG: the percent is the staff estimate that this step is not taken."""
    package: str = ""
    """The package of the staff estimate; left out: the sheet as it starts."""
    games: Annotated[int, Field(ge=10, le=1000)] = 100
    """How many games are played."""
    doctrines: dict[str, str] = {}
    """The doctrine of some capitals; others play their first."""
    ending: str = ""
    """The percent of games that end so."""
    holds: Sentences = []
    """The percent of games at whose end these hold."""


class Absent(Table):
    """Names that stand for nothing in a scenario that stands alone, and that its sentences may use all the same.

    Where other content is read, the names of other scenarios and ladders are known from there.
    """

    capitals: Ids = []
    """Capitals of other scenarios."""
    dyads: Ids = []
    """Dyads of other scenarios."""
    theatres: Ids = []
    """Theatres of other scenarios."""
    rungs: Ids = []
    """Rungs of other ladders."""
    zones: Ids = []
    """Zones of other ladders."""
    landings: Ids = []
    """Landings of other ladders."""
    pairs: Ids = []
    """Sheets and bonds of other scenarios, as ``first>second``."""
    threats: Ids = []
    """Threats on sheets of other scenarios."""
    measures: Ids = []
    """Measures that nobody here can order."""
    tracks: Ids = []
    """Tracks of other packs, each as OF.ID: capital.has-permit."""


class Scenario(Thing):
    """A situation to play."""

    alone: bool = False
    """true: nothing but this file, or the folder it was handed over as, is read."""
    packs: Ids = []
    """Sets of content that belong to this scenario, such as standard."""
    warnings: list[Line] = []
    """Content warnings, a line each, told before play."""
    alone_as: str = ""
    """The capital suggested to one person."""
    title: Name
    """What it is called."""
    begins: datetime.date
    """The day it begins, without quotation marks."""
    turn: Name
    """How much time a turn stands for: two weeks."""
    turns: Annotated[int, Field(ge=1, le=24)]
    """How many turns it lasts."""
    ladder: str
    """The ladder it is played on."""
    rulebook: str
    """The numbers of the rules: standard."""
    theory: str
    """The theory the checks are made under."""
    briefing: Prose
    """What everybody knows at the start: under 400 words."""
    question: Line
    """The question of the debrief."""
    epilogue: Annotated[str, Field(max_length=4000)] = ""
    """What happened in fact, read after the debrief."""
    draws: dict[str, Few] = {}
    """Cards drawn from each deck every turn."""
    history: History | None = None
    """Cards told as having happened before."""
    start: dict[str, Given] = {}
    """Starting values by address, where they differ from the tracks' own."""
    theatre: Annotated[list[Theatre], Field(min_length=1, max_length=6)]
    """Regions; patrons put one first each turn."""
    capital: Annotated[list[Capital], Field(min_length=2, max_length=12)]
    """Seats, in the order of their climbs."""
    dyad: Annotated[list[Dyad], Field(min_length=1, max_length=24)]
    """Who faces whom."""
    sheet: dict[str, Sheet] = {}
    """Rating sheets by "HOLDER>TARGET": every pair that can climb needs one."""
    inject: list[Inject] = []
    """Cards that come on a set turn, or lie ready for the white cell."""
    answer: list[Prepared] = []
    """Answers to questions that teams are likely to ask."""
    objective: list[Objective] = []
    """What each capital scores by; 100 points each."""
    theatre_outcome: Annotated[list[Outcome], Field(min_length=1, max_length=20)]
    """How a theatre may end, the first that holds."""
    ending: Annotated[list[Outcome], Field(min_length=1, max_length=20)]
    """How the exercise may end, the first that holds; the last has no conditions."""
    estimate: Question | None = None
    """What the staff estimate is asked, and the packages it compares."""
    lesson: list[Lesson] = []
    """What a person who plays is taught, turn by turn."""
    accept: list[Acceptance] = []
    """What must come out of this scenario; executed by a command and by tests."""
    inherit: Inheritance | None = None
    """Which earlier scenario it may follow, and what it takes over."""
    remap: dict[str, Remap] = {}
    """Where the scenario's rungs stand on another ladder, by the ladder's id."""
    elsewhere: Absent = Absent()
    """Names that stand for nothing here; only a scenario that stands alone has to say so."""
    replace: dict[str, dict[str, dict[str, Any]]] = {}
    """Small changes to shared content for this scenario alone: KIND.ID, then keys and values."""
