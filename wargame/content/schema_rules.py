"""Tables of what every exercise shares: tracks, concepts, ladder, rulebook, theories, reactions, standing effects, shifts."""

# ruff: noqa: RUF012 - pydantic copies the defaults of a model

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

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

SUBJECTS = ("world", "capital", "pair", "threat", "bond", "dyad", "theatre")
"""What a track may belong to."""

MARKS = ("war", "seizure", "limited-force", "nuclear-use", "general-nuclear-war")
"""Words the rules ask of a rung."""

ROLES = ("challenger", "partner", "patron")

Role = Literal["challenger", "partner", "patron"]


class Track(Thing):
    """A declared number."""

    of: Literal["world", "capital", "pair", "threat", "bond", "dyad", "theatre"]
    low: Whole = 0
    high: Whole = 0
    half: bool = False
    dual: bool = False
    words: Annotated[list[Id], Field(max_length=60)] = []
    start: float | str | None = None
    seen: Literal["public", "holder", "both", "owner", "white-cell"]
    text: Line = "-"


class Concept(Thing):
    """A term of the field, in one sentence a player can use."""

    name: Name
    text: Line


class Hazard(Table):
    """A test thrown with two ten-sided dice."""

    id: Id
    percent: More
    per: dict[str, More] = {}
    text: Line
    fail: Deeds = []
    drags: str = ""


class Zone(Table):
    """A stretch of rungs."""

    id: Id
    name: Name
    firebreak: str = ""
    down_face: Few = 0
    offramp: More = 0
    tokens: Few = 0
    shift: dict[str, Points] = {}


class Rung(Table):
    """A place on the ladder."""

    id: Id
    name: Name
    zone: str
    text: Line
    real: str = ""
    severity: Annotated[int, Field(ge=-100, le=100)]
    within: Literal["local", "central", "any"] = Field(default="any", alias="in")
    threats: Ids | None = None
    carries_out: str = ""
    marks: Ids = []
    shift: dict[str, Points] | None = None


class Edge(Table):
    """Edges of one kind between rungs."""

    type: Literal["up", "jump", "lateral", "horizontal", "wormhole"]
    source: Annotated[Ids, Field(min_length=1)] = Field(alias="from")
    to: Annotated[Ids, Field(min_length=1)]
    who: list[Role] = []
    permit: str = ""
    when: Sentences = []
    then: Deeds = []
    tests: list[Hazard] = []
    note: str = ""


class Landing(Table):
    """Where an off-ramp leads."""

    id: Id
    name: Name
    text: Line
    source: Annotated[Ids, Field(min_length=1)] = Field(alias="from")
    accept: More = 0
    undoes: Few = 0
    pauses: Few = 0
    stops_war: bool = False
    outcome: str = ""
    when: Sentences = []
    then: Deeds = []


class Ladder(Thing):
    """A whole ladder; rungs and zones in rising order."""

    name: Name
    open_war: str
    zone: Annotated[list[Zone], Field(min_length=1, max_length=40)]
    rung: Annotated[list[Rung], Field(min_length=2, max_length=100)]
    edge: Annotated[list[Edge], Field(max_length=1000)]
    landing: Annotated[list[Landing], Field(max_length=60)] = []


class Span(Table):
    """Minutes of a part of a session."""

    minutes: Annotated[int, Field(ge=1, le=240)]
    least: Annotated[int, Field(ge=1, le=240)]
    team_seconds: Annotated[int, Field(ge=0, le=600)] = Field(default=0, alias="team-seconds")


def _in_order(span: Span) -> Span:
    if span.least > span.minutes:
        raise ValueError(f"the least, {span.least} minutes, is more than the {span.minutes} there are with time enough")
    return span


Ordered = Annotated[Span, AfterValidator(_in_order)]

Part = Literal["brief", "update", "signal", "orders", "adjudication", "consequences", "pause"]


class Timing(Table):
    """How long the parts of a session take; what is left out is as :class:`wargame.rules.box.Timing` has it."""

    brief: Ordered | None = None
    update: Ordered | None = None
    signal: Ordered | None = None
    orders: Ordered | None = None
    adjudication: Ordered | None = None
    consequences: Ordered | None = None
    pause: Ordered | None = None
    shorten: list[Part] | None = None
    debrief_percent: Annotated[int, Field(ge=20, le=80)] | None = Field(default=None, alias="debrief-percent")
    debrief_least: Annotated[int, Field(ge=20, le=80)] | None = Field(default=None, alias="debrief-least")
    pause_every: Annotated[int, Field(ge=30, le=1440)] | None = Field(default=None, alias="pause-every")
    wind_down: Annotated[int, Field(ge=1, le=60)] | None = Field(default=None, alias="wind-down")


class Rulebook(Thing):
    """The numbers of the rules themselves. Keys are those of :class:`wargame.rules.box.Rulebook` with hyphens."""

    save: Few
    climb_cost: Few = Field(alias="climb-cost")
    jump_cost: Few = Field(alias="jump-cost")
    reply_cost: Few = Field(alias="reply-cost")
    elsewhere_cost: Few = Field(alias="elsewhere-cost")
    signal_cost: Few = Field(alias="signal-cost")
    refund_percent: Percent = Field(alias="refund-percent")
    press_percent: list[Percent] = Field(alias="press-percent")
    press_face: Annotated[list[Few], Field(min_length=1)] = Field(alias="press-face")
    press_nerve: Points = Field(alias="press-nerve")
    press_least_nerve: Points = Field(alias="press-least-nerve")
    spent_cost: Points = Field(alias="spent-cost")
    answered_cost: Points = Field(alias="answered-cost")
    hold_base: More = Field(alias="hold-base")
    hold_per_denial: More = Field(alias="hold-per-denial")
    talks_base: More = Field(alias="talks-base")
    talks_per_point: More = Field(alias="talks-per-point")
    talks_per_concession: More = Field(alias="talks-per-concession")
    talks_most_concessions: Few = Field(alias="talks-most-concessions")
    talks_per_quiet_turn: More = Field(alias="talks-per-quiet-turn")
    talks_low: Percent = Field(alias="talks-low")
    talks_high: Percent = Field(alias="talks-high")
    neglect_after: Turns = Field(alias="neglect-after")
    break_faith_face: Few = Field(alias="break-faith-face")
    break_faith_assure: Points = Field(alias="break-faith-assure")
    risk_percent: Percent = Field(alias="risk-percent")
    risk_most: Percent = Field(alias="risk-most")
    risk_fade: Few = Field(alias="risk-fade")
    after_use_turns: Turns = Field(alias="after-use-turns")
    belief_points: Few = Field(alias="belief-points")
    late_cost: Few = Field(default=0, alias="late-cost")
    argue_cost: Few = Field(default=0, alias="argue-cost")
    argue_most: Few = Field(default=6, alias="argue-most")
    argue_needed: Few = Field(default=7, alias="argue-needed")
    timing: Timing | None = None


class Adjust(Table):
    """A slot of threat that weighs otherwise on some rungs."""

    threat: str
    percent: Annotated[int, Field(ge=0, le=1000)]
    zones: Ids = []
    rungs: Ids = []


class Theory(Thing):
    """A school of thought as weights."""

    name: Name
    believes: Line
    base: str = ""
    anchor: Annotated[int, Field(ge=1, le=99)] | None = None
    pressure: dict[str, Weight] = {}
    nerve: Weight | None = None
    restraint: dict[str, Weight] = {}
    threats: dict[str, Weight] = {}
    beside: dict[str, Weight] = {}
    times: dict[str, Weight] = {}
    floor: dict[str, Annotated[float, Field(ge=0, le=1)]] = {}
    adjust: list[Adjust] = []
    off: Ids = []
    signature: Ids = []


class Reaction(Thing):
    """What follows from a moment of play."""

    on: str
    when: Sentences = []
    then: Annotated[Deeds, Field(min_length=1)]
    text: Line


class Standing(Thing):
    """Effects that hold while conditions do."""

    each: list[Role] = []
    when: Annotated[Sentences, Field(min_length=1)]
    then: Annotated[Deeds, Field(min_length=1)]
    text: Line


class Shift(Thing):
    """What aiming at some rungs adds to a sheet while conditions hold."""

    each: list[Role] = []
    zones: Ids = []
    rungs: Ids = []
    when: Sentences = []
    add: Annotated[dict[str, Points], Field(min_length=1)]
    text: Line
