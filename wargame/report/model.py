"""The after-action report as a value: every sentence, number and reference it holds, and nothing about how it looks.

Whoever renders it needs no box and no log. Texts are plain, one line, in finished sentences; names are names, not ids.
They may hold what people typed, so a renderer makes them safe for where it prints. Numbers of figures are plain numbers,
and every figure carries its own words (``text``), for readers who do not see it. What a field's emptiness means is said
beside it: an empty tuple is "there was none" and the part may be left out or say so.

Two versions: ``white-cell`` (everything) and ``players`` (handed out afterwards, see :mod:`wargame.report.redaction`);
two shapes: ``after-action`` (findings, ratings, improvement plan) and ``insights`` (for seminars, which test no
capability). Places left for people to write in are empty strings or come as rows of ``blank`` columns.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

WHITE_CELL: Final = "white-cell"
PLAYERS: Final = "players"
AUDIENCES: Final = (WHITE_CELL, PLAYERS)
AFTER_ACTION: Final = "after-action"
INSIGHTS: Final = "insights"
VARIANTS: Final = (AFTER_ACTION, INSIGHTS)

STRENGTH: Final = "strength"
IMPROVE: Final = "area for improvement"
OBSERVATION: Final = "observation"
FINDING_KINDS: Final = (STRENGTH, IMPROVE, OBSERVATION)

RATINGS: Final = (
    ("P", "Performed without challenges"),
    ("S", "Performed with some challenges"),
    ("M", "Performed with major challenges"),
    ("U", "Unable to be performed"),
)
"""The four ratings a reader may give an objective, by letter. Nobody but people gives them."""

SCHOOLS: Final = "The theories illustrate schools of thought and are evidence for none of them."
"""Stands wherever theories are compared."""

FORECAST: Final = "This was an exercise; it forecasts nothing."


class Reference(Struct, frozen=True):
    """A place in the log. ``seq`` is the number of the event, ``line`` its line in the exported JSONL, header line 1.

    Which log is :attr:`Report.log`. ``quote`` is what the event says there, one short sentence, or empty; ``at`` the wall
    clock (ISO 8601), or minutes since the start as ``+12 min`` where pseudonyms are asked for, or empty; ``undone``: the
    event lies in a part that was rewound.
    """

    seq: int
    line: int
    turn: int
    phase: str
    quote: str = ""
    at: str = ""
    undone: bool = False


class Said(Struct, frozen=True):
    """A statement with its evidence. ``undone``: it is about something that was rewound and must be shown as such.

    ``under`` are lines below it, each said of the same evidence.
    """

    text: str
    refs: tuple[Reference, ...] = ()
    undone: bool = False
    under: tuple[str, ...] = ()


class Row(Struct, frozen=True):
    """One row of the overview: ``HSEEP`` calls it a field. ``blank``: left for people to fill in."""

    name: str
    text: str
    blank: bool = False


class Seat(Struct, frozen=True):
    """A capital at the table. ``played`` in human hands; otherwise ``doctrine`` names what it followed (may be empty).

    ``score`` is out of 100, -1 before the end; ``reasons`` are lines ``10 of 25: ...``; ``objectives`` what it wanted.
    """

    capital: str
    role: str
    played: bool
    doctrine: str
    objectives: tuple[str, ...]
    score: int = -1
    reasons: tuple[str, ...] = ()


class Overview(Struct, frozen=True):
    """The first page. ``rows`` in order; ``summary`` is how it went, a few sentences; ``outcomes`` of theatres and ending."""

    rows: tuple[Row, ...]
    seats: tuple[Seat, ...]
    summary: tuple[Said, ...]
    ending: str = ""
    ending_text: str = ""
    outcomes: tuple[Said, ...] = ()


class Moment(Struct, frozen=True):
    """A key moment. ``rank`` from 1; ``kind`` is one word for programs; ``title`` for people; ``weight`` 0 to 1000 ranks it.

    ``question`` asks about it in the debrief, or is empty.
    """

    rank: int
    kind: str
    title: str
    text: str
    refs: tuple[Reference, ...]
    weight: int = 0
    question: str = ""


class Chapter(Struct, frozen=True):
    """One turn of the chronology; ``turn`` 0 is what lies before the first. ``stands`` is where dyads stood at its close.

    A turn that was rewound and played again comes as two chapters, the first with ``undone``.
    """

    turn: int
    title: str
    lines: tuple[Said, ...]
    stands: tuple[str, ...] = ()
    undone: bool = False


class Finding(Struct, frozen=True):
    """A finding in the shape observation, evidence, analysis, recommendation; the last two are for people and empty.

    ``kind`` is one of :data:`FINDING_KINDS`; in the insights variant every finding is an ``observation``. ``topic`` groups
    findings (``Permission``, ``Credibility``, ...).
    """

    number: int
    kind: str
    topic: str
    observation: str
    evidence: tuple[Reference, ...]
    analysis: str = ""
    recommendation: str = ""


class PlanRow(Struct, frozen=True):
    """A row of the improvement plan. ``finding`` is the number it answers, 0 for a spare row; the rest is for people."""

    finding: int
    issue: str
    action: str = ""
    responsible: str = ""
    deadline: str = ""


class Decision(Struct, frozen=True):
    """A decision for the insights variant: what was decided, the reasons given, what was on the list and not taken."""

    turn: int
    capital: str
    decided: str
    reasons: tuple[str, ...]
    rejected: tuple[str, ...]
    refs: tuple[Reference, ...]


class Insights(Struct, frozen=True):
    """What a seminar brought to light. ``assumptions`` are beliefs that were acted on, with what was so; ``open`` questions."""

    decisions: tuple[Decision, ...]
    assumptions: tuple[Said, ...]
    open: tuple[str, ...]


class Firebreak(Struct, frozen=True):
    """A line on the ladder. It lies below rung number ``rung``; ``zone`` begins there. ``name`` may be empty."""

    rung: int
    name: str
    zone: str


class Change(Struct, frozen=True):
    """A dyad's change of rung. ``place`` orders changes within a turn, from 1; ``how`` is a short phrase."""

    turn: int
    place: int
    source: int
    to: int
    how: str
    firebreak: str
    ref: Reference


class Course(Struct, frozen=True):
    """One dyad's rungs over time. ``stands`` has one rung number for each entry of :attr:`RungFigure.turns`."""

    dyad: str
    stands: tuple[int, ...]
    changes: tuple[Change, ...]
    text: str


class RungFigure(Struct, frozen=True):
    """Rungs over time. ``turns``: turn numbers, 0 the beginning, each as it stood at its close.

    ``rungs`` are the names by number, lowest first; ``firebreaks`` the lines between zones, lowest first.
    """

    turns: tuple[int, ...]
    rungs: tuple[str, ...]
    firebreaks: tuple[Firebreak, ...]
    courses: tuple[Course, ...]
    text: str


class Edge(Struct, frozen=True):
    """An edge of the ladder graph by rung numbers. ``taken`` counts, ``turns`` when, ``dyads`` by whom; 0 for never.

    ``type``: up, jump, lateral, horizontal, wormhole (as the ladder has them), ``down`` (steps down and what talks took
    back) or ``carried`` (a card or an accident took a dyad where no edge is drawn).
    """

    source: int
    to: int
    type: str
    taken: int = 0
    turns: tuple[int, ...] = ()
    dyads: tuple[str, ...] = ()
    firebreak: str = ""


class PathFigure(Struct, frozen=True):
    """The path on the ladder graph. Every edge of the ladder is there, those taken have a count. Nodes are ``rungs``.

    ``zones`` gives each rung the number of its zone, ``zone_names`` their names, lowest first.
    """

    rungs: tuple[str, ...]
    zones: tuple[int, ...]
    zone_names: tuple[str, ...]
    edges: tuple[Edge, ...]
    text: str


class TermBar(Struct, frozen=True):
    """One term of a check: ``rating`` in points (1 to 5), ``weight`` and signed ``contribution`` in thousandths.

    Positive contributions hold back, negative ones press on. ``side``: ``pressure`` or ``restraint``.
    """

    name: str
    rating: float
    weight: int
    contribution: int
    side: str


class ThreatRow(Struct, frozen=True):
    """One threat of a check, links in points, ``credibility`` in thousandths; ``weakest`` the weakest link in words."""

    name: str
    slot: str
    owner: str
    capability: float
    will: float
    free: float
    clarity: float
    cost: float
    credibility: int
    weakest: str
    counts: bool


class UnderTheory(Struct, frozen=True):
    """A check estimated under one theory from the same ratings. ``used``: it is the one the check was made by.

    ``holds``: with the same die the step would be held back.
    """

    theory: str
    percent: int
    low: int
    high: int
    holds: bool
    used: bool


class Check(Struct, frozen=True):
    """A check with its working. Where the reader may not know it, ``known`` is false and numbers are 0, tuples empty.

    ``percent`` is the chance that the step is not taken, ``low`` to ``high`` its band, ``die`` what was thrown (not taken
    unless it exceeds the percent); ``taken`` whether the step was taken in the end, by dice or otherwise; ``outcome`` in
    words. ``flips`` say which single rating, a point up or down, would have turned the dice. ``ruling`` is what the white
    cell said, or empty.
    """

    turn: int
    title: str
    challenger: str
    target: str
    dyad: str
    source: int
    to: int
    firebreak: str
    outcome: str
    taken: bool
    ref: Reference
    known: bool
    percent: int = 0
    low: int = 0
    high: int = 0
    die: int = 0
    constant: int = 0
    margin: int = 0
    theory: str = ""
    terms: tuple[TermBar, ...] = ()
    threats: tuple[ThreatRow, ...] = ()
    weakest: str = ""
    flips: tuple[str, ...] = ()
    theories: tuple[UnderTheory, ...] = ()
    ruling: str = ""
    undone: bool = False
    text: str = ""


class Belief(Struct, frozen=True):
    """A capital's belief in a declaration, 0 to 100 percent, the last one that counts; ``ref`` where it was stated."""

    capital: str
    percent: int
    turn: int
    ref: Reference


class Tested(Struct, frozen=True):
    """How the declared threat looked at a check: ``credibility`` in thousandths, ``weakest`` link in words."""

    turn: int
    step: str
    threat: str
    credibility: int
    weakest: str
    counted: bool
    outcome: str
    ref: Reference


class Declared(Struct, frozen=True):
    """A declaration and what came of it. ``status``: open, withdrawn, kept or broken; ``settled`` the turn, 0 for never.

    ``kind`` and ``to`` in words (``to`` empty for public ones); ``text`` the whole promise; ``believed`` and ``credible``
    are the mean belief of others in percent and the credibility in percent as checks had it, -1 where there is none.
    """

    id: str
    turn: int
    capital: str
    kind: str
    to: str
    text: str
    status: str
    settled: int
    beliefs: tuple[Belief, ...]
    tests: tuple[Tested, ...]
    believed: int
    credible: int
    refs: tuple[Reference, ...]


class Judgement(Struct, frozen=True):
    """How well a capital judged others. ``brier``: 0 perfect, 0.25 a coin, 1 always wrong; -1 where it judged none due."""

    capital: str
    beliefs: int
    brier: float


class Credit(Struct, frozen=True):
    """How credible a capital was, and was believed to be, in percent; -1 where there is nothing to go by.

    ``credible``: mean credibility of its declared threats at the checks they met. ``kept`` of ``due`` declarations were
    kept. ``believed``: mean belief of others in its declarations. ``gap``: believed less credible, in percentage points
    (positive: believed more than it was), None where either is missing; ``kept_gap`` likewise against the share kept.
    """

    capital: str
    credible: int
    due: int
    kept: int
    believed: int
    gap: int | None
    kept_gap: int | None
    text: str


class CredibilityPoint(Struct, frozen=True):
    """A point of the figure: a belief against credibility, both 0 to 100. ``status`` as in :class:`Declared`."""

    declaration: str
    capital: str
    believer: str
    credible: int
    believed: int
    status: str


class Credibility(Struct, frozen=True):
    """The credibility ledger. ``text`` describes the figure whose points are ``points``."""

    declared: tuple[Declared, ...]
    judgements: tuple[Judgement, ...]
    credits: tuple[Credit, ...]
    points: tuple[CredibilityPoint, ...]
    text: str


class Veto(Struct, frozen=True):
    """A permission that was withheld. ``protected`` is whom it protected, empty for nobody."""

    turn: int
    kind: str
    patron: str
    partner: str
    protected: str
    text: str
    ref: Reference


class PhaseTime(Struct, frozen=True):
    """Time spent in a phase of a turn in seconds; ``given`` by the clock, 0 where none was set. ``paused`` of it."""

    turn: int
    phase: str
    seconds: int
    given: int = 0
    paused: int = 0
    ref: Reference | None = None


class Section(Struct, frozen=True):
    """A titled list of the white cell's part; ``none`` is the sentence that stands for an empty one."""

    title: str
    lines: tuple[Said, ...]
    none: str


class WhiteCellPart(Struct, frozen=True):
    """What is the white cell's alone: rulings, orders that were late or missing, injects, arguments, questions, notes.

    ``times`` is empty where no clock was kept; ``times_text`` says what it adds up to.
    """

    sections: tuple[Section, ...]
    times: tuple[PhaseTime, ...]
    times_text: str


class Apart(Struct, frozen=True):
    """Where a dyad stood in parent and branch at each turn's close, rung numbers; -1 where one has no such turn."""

    dyad: str
    turns: tuple[int, ...]
    parent: tuple[int, ...]
    branch: tuple[int, ...]


class Counterfactual(Struct, frozen=True):
    """A branch against its parent, in words. ``name`` is the branch's; ``lines`` say where they part and what differs.

    ``rungs`` are names by number, for ``apart``, which lists only dyads that stood differently.
    """

    name: str
    title: str
    lines: tuple[Said, ...]
    apart: tuple[Apart, ...]
    rungs: tuple[str, ...]


class Question(Struct, frozen=True):
    """A question to talk about. ``kind``: operational, strategic, behavioural or transfer; ``source`` a card or moment."""

    kind: str
    text: str
    source: str = ""


class Source(Struct, frozen=True):
    """A card that was drawn and what it rests on. ``historical`` or ``plausible`` by ``kind``; ``verified`` unless marked."""

    title: str
    kind: str
    date: str
    source: str
    verified: bool
    text: str
    ref: Reference


class Report(Struct, frozen=True):
    """The whole report, in the order in which it is read.

    ``banners`` are printed large on the first page and small on each (``DRAFT`` always, ``REHEARSAL``, ``BRANCH of ...``).
    ``notice`` says what this version holds and leaves out. ``log`` is the log that references count in: ``white-cell`` or
    ``public``. ``open``: the exercise has not ended. ``insights`` is set in that variant only and ``plan`` in the other;
    ``white_cell`` is None in the players' version. ``counterfactuals`` has one entry for each branch that was given.
    """

    audience: str
    variant: str
    name: str
    title: str
    banners: tuple[str, ...]
    notice: tuple[str, ...]
    log: str
    open: bool
    overview: Overview
    moments: tuple[Moment, ...]
    chronology: tuple[Chapter, ...]
    findings: tuple[Finding, ...]
    plan: tuple[PlanRow, ...]
    insights: Insights | None
    rungs: RungFigure
    path: PathFigure
    checks: tuple[Check, ...]
    theories_text: str
    credibility: Credibility
    vetoes: tuple[Veto, ...]
    white_cell: WhiteCellPart | None
    counterfactuals: tuple[Counterfactual, ...]
    questions: tuple[Question, ...]
    sources: tuple[Source, ...]
    epilogue: str
    closing: tuple[str, ...]
