"""Tables of what every exercise shares: tracks, concepts, ladder, rulebook, theories, reactions, standing effects, shifts."""

# ruff: noqa: RUF012 - pydantic copies the defaults of a model

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, WithJsonSchema

from wargame.content.strict import (
    Deeds,
    Few,
    Id,
    Ids,
    Line,
    More,
    Name,
    Percent,
    Points,
    Sentences,
    Table,
    Thing,
    Turns,
    Weight,
    Whole,
)
from wargame.rules.moments import MOMENTS

MARKS = ("war", "seizure", "limited-force", "nuclear-use", "general-nuclear-war")
"""Words the rules ask of a rung."""

ROLES = ("challenger", "partner", "patron")

Role = Literal["challenger", "partner", "patron"]
Mark = Annotated[str, WithJsonSchema({"type": "string", "enum": list(MARKS)})]
Moment = Annotated[str, WithJsonSchema({"type": "string", "enum": list(MOMENTS)})]


class Track(Thing):
    """A declared number."""

    of: Literal["world", "capital", "pair", "threat", "bond", "dyad", "theatre"]
    """What each of these numbers belongs to."""
    low: Whole = 0
    """The least value."""
    high: Whole = 0
    """The greatest value."""
    half: bool = False
    """true: it moves in half points."""
    dual: bool = False
    """true: it exists twice, as it is seen (.seen) and as it is (.true)."""
    words: Annotated[list[Id], Field(max_length=60)] = []
    """A track of words in rising order, in place of low and high; two words, no and yes, make a flag."""
    start: float | str | None = None
    """Where it starts if the scenario does not say; else the lowest value or the first word."""
    seen: Literal["public", "holder", "both", "owner", "white-cell"]
    """Who sees it: public, holder (whose sheet or capital it is), both, owner (of a threat), white-cell."""
    switch: bool = False
    """true: it is set by hand before play, so that the check holds every value of it possible."""
    text: Line = "-"
    """What it means, in a sentence."""


class Concept(Thing):
    """A term of the field, in one sentence a player can use."""

    name: Name
    """What it is called."""
    text: Line
    """One sentence a player can use."""


class Hazard(Table):
    """A test thrown with two ten-sided dice."""

    id: Id
    """Its name; a theory may switch it off."""
    percent: More
    """Chance in percent that it comes to pass."""
    per: dict[str, More] = {}
    """Percentage points added for each point of a track: { "world.risk" = 1 }."""
    text: Line
    """What is told when it comes to pass."""
    fail: Deeds = []
    """What follows then."""
    drags: str = ""
    """The rung the dyad is taken to then."""


class Zone(Table):
    """A stretch of rungs."""

    id: Id
    """Its name on this ladder."""
    name: Name
    """What it is called."""
    firebreak: str = ""
    """The line that is crossed on entering it from below."""
    down_face: Few = 0
    """Face that a step down from here costs."""
    offramp: More = 0
    """Percentage points on talks here, mostly below nought."""
    tokens: Few = 0
    """Risk tokens for each turn spent here."""
    shift: dict[str, Points] = {}
    """What aiming here adds to a sheet: { prize = -3, denial = -2, cost = -3 }."""


class Rung(Table):
    """A place on the ladder."""

    id: Id
    """Its name on this ladder."""
    name: Name
    """What it is called."""
    zone: str
    """The zone it lies in; zones rise with the rungs."""
    text: Line
    """What it means to stand here, under 60 words."""
    real: str = ""
    """What it may be compared with."""
    severity: Annotated[int, Field(ge=-100, le=100)]
    """A coarse class of how grave it is."""
    within: Literal["local", "central", "any"] = Field(default="any", alias="in")
    """Which dyads climb to it: local (challenger and partner), central (challenger and patron), any."""
    threats: Ids | None = None
    """Slots of threat that answer a step here; left out: all."""
    carries_out: str = ""
    """The slot of threat that standing here carries out."""
    marks: list[Mark] = []
    """Words the rules know."""
    one_way: bool = False
    """true says that nobody is meant to come back from here by talks: no landing leads from it."""
    shift: dict[str, Points] | None = None
    """What aiming here adds to a sheet, in place of the zone's."""


class Edge(Table):
    """Edges of one kind between rungs."""

    type: Literal["up", "jump", "lateral", "horizontal", "wormhole"]
    """up: the next step; jump: over some rungs, dearer; lateral: sideways; horizontal: opens in the other theatre;
    wormhole: taken by events only.
    """
    source: Annotated[Ids, Field(min_length=1)] = Field(alias="from")
    """Rungs it leads from."""
    to: Annotated[Ids, Field(min_length=1)]
    """Rungs it leads to."""
    who: list[Role] = []
    """The roles that may take it; none for a wormhole."""
    permit: str = ""
    """The permission that a partner needs of its patron."""
    when: Sentences = []
    """It may be taken while these hold; who takes it must be able to see them."""
    then: Deeds = []
    """What follows. `self` climbs, `target` is the other party, `pair` is self>target."""
    tests: list[Hazard] = []
    """Hazards of taking it."""
    note: str = ""
    """A remark for readers of the ladder."""


class Landing(Table):
    """Where an off-ramp leads."""

    id: Id
    """Its name on this ladder."""
    name: Name
    """What it is called."""
    text: Line
    """What is agreed, under 60 words."""
    source: Annotated[Ids, Field(min_length=1)] = Field(alias="from")
    """Rungs from which it can be sought."""
    accept: More = 0
    """Points on the chance that an unplayed capital agrees."""
    undoes: Few = 0
    """Climbs of each side that are taken back."""
    pauses: Few = 0
    """Turns without climbs in the dyad."""
    stops_war: bool = False
    """true: the guns fall silent."""
    outcome: str = ""
    """The theatre outcome it brings about; it closes the theatre."""
    when: Sentences = []
    """It may be sought while these hold; both parties must be able to see them."""
    then: Deeds = []
    """What follows. `pair` is challenger>other, self the challenger, target the other."""


class Ladder(Thing):
    """A whole ladder; rungs and zones in rising order."""

    name: Name
    """What it is called."""
    open_war: str
    """The zone whose firebreak is open war: from here a move may start at the theatre's rung."""
    zone: Annotated[list[Zone], Field(min_length=1, max_length=40)]
    """Stretches of rungs, in rising order."""
    rung: Annotated[list[Rung], Field(min_length=2, max_length=100)]
    """Rungs, in rising order."""
    edge: Annotated[list[Edge], Field(max_length=1000)]
    """Which rung leads to which; one edge for each ordered pair. Steps down are not written."""
    landing: Annotated[list[Landing], Field(max_length=60)] = []
    """Where talks can lead."""


class Span(Table):
    """Minutes of a part of a session."""

    minutes: Annotated[int, Field(ge=1, le=240)]
    """Minutes it takes when there is time."""
    least: Annotated[int, Field(ge=1, le=240)]
    """Minutes it needs at the least."""
    team_seconds: Annotated[int, Field(ge=0, le=600)] = Field(default=0, alias="team-seconds")
    """Seconds more for each team."""


def _in_order(span: Span) -> Span:
    if span.least > span.minutes:
        raise ValueError(f"the least, {span.least} minutes, is more than the {span.minutes} there are with time enough")
    return span


Ordered = Annotated[Span, AfterValidator(_in_order)]

Part = Literal["brief", "update", "signal", "orders", "adjudication", "consequences", "pause"]


class Timing(Table):
    """How long the parts of a session take; what is left out is as :class:`wargame.rules.box.Timing` has it."""

    brief: Ordered | None = None
    """Reading in before the first turn."""
    update: Ordered | None = None
    """What is new this turn."""
    signal: Ordered | None = None
    """Announcements and messages."""
    orders: Ordered | None = None
    """Writing the sealed orders."""
    adjudication: Ordered | None = None
    """Carrying them out."""
    consequences: Ordered | None = None
    """Telling what followed."""
    pause: Ordered | None = None
    """A pause."""
    shorten: list[Part] | None = None
    """What gives way when time is short, the first first; what is not named keeps its length."""
    debrief_percent: Annotated[int, Field(ge=20, le=80)] | None = Field(default=None, alias="debrief-percent")
    """Share of the whole session that belongs to the debrief."""
    debrief_least: Annotated[int, Field(ge=20, le=80)] | None = Field(default=None, alias="debrief-least")
    """Minutes of debrief at the least; 20 is the lowest there is."""
    pause_every: Annotated[int, Field(ge=30, le=1440)] | None = Field(default=None, alias="pause-every")
    """Minutes of a session to each pause."""
    wind_down: Annotated[int, Field(ge=1, le=60)] | None = Field(default=None, alias="wind-down")
    """Minutes before the debrief in which nothing new begins."""


class Rulebook(Thing):
    """The numbers of the rules themselves. Keys are those of :class:`wargame.rules.box.Rulebook` with hyphens."""

    save: Few
    """Influence kept from one turn to the next."""
    climb_cost: Few = Field(alias="climb-cost")
    """Influence that a climb costs."""
    jump_cost: Few = Field(alias="jump-cost")
    """Influence that a jump costs."""
    reply_cost: Few = Field(alias="reply-cost")
    """Influence that a prepared reply costs."""
    elsewhere_cost: Few = Field(alias="elsewhere-cost")
    """Influence more for a measure outside the patron's priority theatre."""
    signal_cost: Few = Field(alias="signal-cost")
    """Influence that sinking costs takes."""
    refund_percent: Percent = Field(alias="refund-percent")
    """Percent given back of an order that had become illegal."""
    press_percent: list[Percent] = Field(alias="press-percent")
    """Limits between the fees for pressing on, by the percentage against it."""
    press_face: Annotated[list[Few], Field(min_length=1)] = Field(alias="press-face")
    """Face that pressing on costs: below the first limit, up to the second, above."""
    press_nerve: Points = Field(alias="press-nerve")
    """Points of nerve that pressing on costs."""
    press_least_nerve: Points = Field(alias="press-least-nerve")
    """A capital with less nerve cannot press on."""
    spent_cost: Points = Field(alias="spent-cost")
    """Rating of cost of a threat that was carried out already."""
    answered_cost: Points = Field(alias="answered-cost")
    """Rating of the attacker's own punishment for whoever answers an attack."""
    hold_base: More = Field(alias="hold-base")
    """Percent that the partner holds in a turn of war."""
    hold_per_denial: More = Field(alias="hold-per-denial")
    """Percent more for each point of true denial."""
    blow_capability: Points = Field(default=1, alias="blow-capability")
    """Points of capability lost by means that do not outlast a first blow."""
    talks_base: More = Field(alias="talks-base")
    """Percent that an unplayed capital agrees to talks."""
    talks_per_point: More = Field(alias="talks-per-point")
    """Percentage points for each point of assurance above three, of audience and of nerve below."""
    talks_per_concession: More = Field(alias="talks-per-concession")
    """Percentage points for each concession."""
    talks_most_concessions: Few = Field(alias="talks-most-concessions")
    """Concessions that count at most."""
    talks_per_quiet_turn: More = Field(alias="talks-per-quiet-turn")
    """Percentage points for each quiet turn."""
    talks_low: Percent = Field(alias="talks-low")
    """Never less than this percentage."""
    talks_high: Percent = Field(alias="talks-high")
    """Never more than this percentage."""
    neglect_after: Turns = Field(alias="neglect-after")
    """Turns a patron may look away before it is noticed."""
    break_faith_face: Few = Field(alias="break-faith-face")
    """Face that climbing over an agreement costs."""
    break_faith_assure: Points = Field(alias="break-faith-assure")
    """Points of assurance that it costs."""
    risk_percent: Percent = Field(alias="risk-percent")
    """Percent of an accident for each risk token."""
    risk_most: Percent = Field(alias="risk-most")
    """Percent of an accident at most."""
    risk_fade: Few = Field(alias="risk-fade")
    """Risk tokens that fade each turn."""
    after_use_turns: Turns = Field(alias="after-use-turns")
    """Turns from first nuclear use to the end."""
    belief_points: Few = Field(alias="belief-points")
    """Most that beliefs add to a score."""
    late_cost: Few = Field(default=0, alias="late-cost")
    """Influence for a sheet handed in after time was called."""
    argue_cost: Few = Field(default=0, alias="argue-cost")
    """Influence for an order outside the printed list."""
    argue_most: Few = Field(default=6, alias="argue-most")
    """Strong points that count on either side of an argued order."""
    argue_needed: Few = Field(default=7, alias="argue-needed")
    """What two six-sided dice and the points for and against must exceed."""
    timing: Timing | None = None
    """How long a session's parts take at the table; read by the plan, not by the rules."""


class Adjust(Table):
    """A slot of threat that weighs otherwise on some rungs."""

    threat: str
    """The slot of threat."""
    percent: Annotated[int, Field(ge=0, le=1000)]
    """What its weight is multiplied by there, in percent."""
    zones: Ids = []
    """Zones in which it weighs so."""
    rungs: Ids = []
    """Rungs on which it weighs so."""


class Theory(Thing):
    """A school of thought as weights."""

    name: Name
    """What it is called."""
    believes: Line
    """What this school believes, in a sentence."""
    base: str = ""
    """The theory it changes."""
    anchor: Annotated[int, Field(ge=1, le=99)] | None = None
    """Percent of average crises in which the step is not taken; the constant is computed from it."""
    pressure: dict[str, Weight] = {}
    """Weights of what drives toward a step; names are tracks of a sheet."""
    nerve: Weight | None = None
    """Weight of each point of nerve from three."""
    restraint: dict[str, Weight] = {}
    """Weights of what holds back; names are tracks of a sheet."""
    threats: dict[str, Weight] = {}
    """Weights of the slots of threat."""
    beside: dict[str, Weight] = {}
    """Slots of threat beside the average crisis: they do not move the anchor."""
    times: dict[str, Weight] = {}
    """Factors on the weights of the base."""
    floor: dict[str, Annotated[float, Field(ge=0, le=1)]] = {}
    """Least credibility of a slot of threat, from 0 to 1."""
    adjust: list[Adjust] = []
    """Slots of threat that weigh otherwise on some rungs."""
    off: Ids = []
    """Hazards that do not exist in this school's world."""
    signature: Ids = []
    """The packages of the staff estimate that it should rank first."""


class Reaction(Thing):
    """What follows from a moment of play."""

    on: Moment
    """The moment of play it follows from."""
    when: Sentences = []
    """It follows only while these hold."""
    then: Annotated[Deeds, Field(min_length=1)]
    """What follows, in order."""
    text: Line
    """What is told when it does."""


class Standing(Thing):
    """Effects that hold while conditions do."""

    each: list[Role] = []
    """Roles: it is read once for each capital of them. Left out: once, with subjects named in full."""
    when: Annotated[Sentences, Field(min_length=1)]
    """The effects hold as long as these do."""
    then: Annotated[Deeds, Field(min_length=1)]
    """The effects."""
    text: Line
    """What is told when it begins."""


class Shift(Thing):
    """What aiming at some rungs adds to a sheet while conditions hold."""

    each: list[Role] = []
    """Roles whose sheets it concerns; left out: all."""
    zones: Ids = []
    """Zones that are aimed at."""
    rungs: Ids = []
    """Rungs that are aimed at."""
    when: Sentences = []
    """It is added while these hold; who holds the sheet must be able to see them."""
    add: Annotated[dict[str, Points], Field(min_length=1)]
    """What is added: { nerve = 1 }."""
    text: Line
    """What is told about it."""
