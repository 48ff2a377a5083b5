"""The box: everything an exercise is played with, compiled from content and embedded in every recorded exercise.

Contexts such as ``self`` or ``target`` are gone by now: every condition and effect in the box points at the place where
a number is stored. The rules name no capital, rung, card, measure or theory; they read roles, marks and numbers here.
"""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from wargame.rules.cards import Card
from wargame.rules.conditions import Conditions
from wargame.rules.doctrines import Doctrine
from wargame.rules.effects import Effects
from wargame.rules.ladder import Ladder, Landing, Step
from wargame.rules.measures import Action, Measure
from wargame.rules.theory import Theory
from wargame.rules.tracks import Block, Ref, Track, Values

RULES = 1
"""Number of the rules this engine plays by; a recorded exercise carries the number it was played under."""

CHALLENGER, PARTNER, PATRON = "challenger", "partner", "patron"


class Capital(Struct, frozen=True, gc=False):
    """A seat at the table. ``orders``: measures or climbs a sheet holds; ``income``: influence a turn."""

    id: str
    name: str
    role: str
    orders: int
    income: int
    brief: str
    wants: tuple[str, ...]
    doctrines: tuple[str, ...]


class Hold(Struct, frozen=True, gc=False):
    """One climb that stands: the rung (number) and who took it; only the holder of the top one may step down."""

    rung: int
    holder: str


class Dyad(Struct, frozen=True, gc=False):
    """Two capitals that face each other. A *local* dyad is challenger and partner; otherwise challenger and patron.

    ``partner`` is empty in the dyad of the great powers. ``start`` is the stack at the beginning, lowest rung first.
    """

    id: str
    name: str
    theatre: str
    challenger: str
    partner: str
    patron: str
    start: tuple[Hold, ...]

    @property
    def is_local(self) -> bool:
        """Whether this is a dyad of challenger and partner."""
        return bool(self.partner)

    @property
    def parties(self) -> tuple[str, str]:
        """The two capitals, the challenger first."""
        return (self.challenger, self.partner or self.patron)

    def other(self, capital: str) -> str:
        """Return the party that faces ``capital``."""
        first, second = self.parties
        return second if capital == first else first


class Theatre(Struct, frozen=True, gc=False):
    """A region with one ladder position: the highest of its dyads."""

    id: str
    name: str
    dyads: tuple[str, ...]


class ThreatRefs(Struct, frozen=True, gc=False):
    """Where one threat's links are stored, seen by the challenger or true.

    ``free_words``: ratings (raw) by word when freedom is read from a permission; ``free_more`` is added to them.
    ``capability_cap`` and ``will_cap`` point at survivability and stake.
    """

    capability: Ref
    will: Ref
    free: Ref
    clarity: Ref
    cost: Ref
    capability_cap: Ref | None = None
    will_cap: Ref | None = None
    free_words: tuple[int, ...] = ()
    free_more: int = 0


class Threat(Struct, frozen=True, gc=False):
    """A threat against the holder of a sheet. Several may fill one slot; the most credible counts."""

    id: str
    slot: int
    owner: str
    seen: ThreatRefs
    true: ThreatRefs


class Shift(Struct, frozen=True, gc=False):
    """What aiming at a rung adds to the ratings of a sheet, raw and unclamped, in the order of the box's terms.

    ``links`` has one row for each threat of the sheet: capability, will, free, clarity, cost.
    """

    pressure: tuple[int, ...]
    nerve: int
    restraint: tuple[int, ...]
    links: tuple[tuple[int, ...], ...]
    when: Conditions = ()


class Pair(Struct, frozen=True, gc=False):
    """The rating sheet of ``holder`` considering a step against ``target``.

    ``shifts`` has one tuple for each rung of the ladder; ``why`` holds a line of justification by term.
    """

    id: str
    holder: str
    target: str
    dyad: str
    pressure: tuple[Ref, ...]
    nerve: Ref
    restraint: tuple[Ref, ...]
    true_restraint: tuple[Ref, ...]
    threats: tuple[Threat, ...]
    shifts: tuple[tuple[Shift, ...], ...]
    why: tuple[tuple[str, str], ...] = ()


class Reaction(Struct, frozen=True, gc=False):
    """What follows from a moment of play, bound to those it concerns."""

    id: str
    text: str
    when: Conditions
    then: Effects


class Standing(Struct, frozen=True, gc=False):
    """Effects that hold as long as conditions do, checked at each update and at the close of each turn."""

    id: str
    text: str
    when: Conditions
    then: Effects


class Inject(Struct, frozen=True, gc=False):
    """A card that the scenario schedules for a turn, or, with turn 0, lays ready for the white cell.

    ``label`` says what a contingency is for: ``help``, ``pressure`` or ``redirect``; ``expects`` is what it should bring about.
    """

    card: str
    turn: int
    only_if: Conditions = ()
    skip_if: Conditions = ()
    label: str = ""
    expects: str = ""


class Prepared(Struct, frozen=True, gc=False):
    """An answer that the scenario prepares for a question teams are likely to ask. ``to``: who may have it, empty for all."""

    about: str
    text: str
    to: tuple[str, ...] = ()


class Share(Struct, frozen=True, gc=False):
    """A case of an objective: worth ``percent`` of its points while ``when`` holds."""

    percent: int
    when: Conditions


class Objective(Struct, frozen=True, gc=False):
    """Part of a capital's score. Either the first share that holds counts, or ``track`` read from ``worst`` to ``best`` (raw)."""

    capital: str
    points: int
    text: str
    shares: tuple[Share, ...] = ()
    track: Ref | None = None
    worst: int = 0
    best: int = 0


class Outcome(Struct, frozen=True, gc=False):
    """How a theatre or the exercise ended, in rulebook order; the first whose conditions hold.

    ``theatre``: the theatre whose outcome it is, its conditions bound to it; empty for endings of the exercise.
    ``at_once``: ends the exercise as soon as it holds; otherwise it is read when the exercise is over.
    """

    id: str
    name: str
    text: str
    when: Conditions
    theatre: str = ""
    at_once: bool = False
    score_percent: int = 100


class Package(Struct, frozen=True, gc=False):
    """A policy package for the staff estimate: ratings put in place of the sheet's own. Not an order of the game.

    Each edit names a term (``denial``) or a link (``own.free``) and a raw rating.
    """

    id: str
    name: str
    ratings: tuple[tuple[str, int], ...]


class Question(Struct, frozen=True, gc=False):
    """What ``wargame estimate`` asks: this pair's step to this rung, under these packages."""

    pair: str
    rung: int
    packages: tuple[Package, ...]


class Span(Struct, frozen=True, gc=False):
    """Minutes a part of a session takes when there is time, and the least it needs; for each team ``team_seconds`` more."""

    minutes: int
    least: int
    team_seconds: int = 0


class Timing(Struct, frozen=True, gc=False):
    """How long a session's parts take at the table: of no weight in the rules, all the weight in a plan.

    ``shorten``: the parts that give way when time is short, the first first; others keep their length. The debrief takes
    ``debrief_percent`` of the whole session when there is time and never less than ``debrief_least``. A pause belongs to
    every ``pause_every`` minutes; ``wind_down`` minutes before the debrief the table is told that play ends.
    """

    brief: Span = Span(8, 4)
    update: Span = Span(3, 2)
    signal: Span = Span(5, 4)
    orders: Span = Span(12, 8)
    adjudication: Span = Span(2, 1, 15)
    consequences: Span = Span(1, 1, 15)
    pause: Span = Span(10, 5)
    shorten: tuple[str, ...] = ("orders", "brief", "pause", "update", "adjudication", "signal")
    debrief_percent: int = 25
    debrief_least: int = 20
    pause_every: int = 150
    wind_down: int = 5


class Rulebook(Struct, frozen=True, gc=False):
    """The numbers of the rules themselves. Points are raw half points where a comment says so."""

    save: int
    climb_cost: int
    jump_cost: int
    reply_cost: int
    elsewhere_cost: int
    signal_cost: int
    refund_percent: int
    press_percent: tuple[int, ...]
    press_face: tuple[int, ...]
    press_nerve: int  # half points
    press_least_nerve: int  # half points
    spent_cost: int  # half points
    answered_cost: int  # half points
    hold_base: int
    hold_per_denial: int
    talks_base: int
    talks_per_point: int
    talks_per_concession: int
    talks_most_concessions: int
    talks_per_quiet_turn: int
    talks_low: int
    talks_high: int
    neglect_after: int  # turns in a row
    break_faith_face: int
    break_faith_assure: int  # half points
    risk_percent: int
    risk_most: int
    risk_fade: int
    after_use_turns: int
    belief_points: int
    blow_capability: int = 2  # half points, lost by means that do not outlast a first blow
    late_cost: int = 0  # influence, for a sheet handed in after time was called
    argue_cost: int = 0  # influence, for an order outside the list
    argue_most: int = 0  # strong points that count on either side of an argument
    argue_needed: int = 0  # what two six-sided dice, strong points for and against must exceed
    timing: Timing = Timing()


class Lesson(Struct, frozen=True, gc=False):
    """What a person who plays alone is told on a turn: a concept, something to try, and what to look at afterwards.

    ``seat`` is the capital it is for, empty for everybody.
    """

    turn: int
    concept: str
    title: str
    text: str
    attempt: str = ""
    after: str = ""
    seat: str = ""


class Scenario(Struct, frozen=True, gc=False):
    """The situation that is played and the words around it.

    ``warnings`` are content warnings, ``alone_as`` the seat suggested to one person, ``inherited`` what an earlier exercise
    left behind, in sentences.
    """

    id: str
    title: str
    begins: str
    turn_length: str
    turns: int
    theory: str
    briefing: str
    question: str
    draws: tuple[tuple[str, int], ...]
    history: tuple[str, int]
    injects: tuple[Inject, ...]
    epilogue: str = ""
    answers: tuple[Prepared, ...] = ()
    warnings: tuple[str, ...] = ()
    alone_as: str = ""
    lessons: tuple[Lesson, ...] = ()
    inherited: tuple[str, ...] = ()

    @property
    def situation(self) -> str:
        """The briefing as one paragraph, with what an earlier exercise left behind."""
        return " ".join([*self.briefing.split(), *self.inherited])


class Box(Struct, frozen=True, dict=True):
    """Everything an exercise is played with. Orders of tuples are the scenario's; ids are unique by kind."""

    scenario: Scenario
    rulebook: Rulebook
    capitals: tuple[Capital, ...]
    theatres: tuple[Theatre, ...]
    dyads: tuple[Dyad, ...]
    ladder: Ladder
    open_war: int  # the zone entered over the firebreak of open war
    tracks: tuple[Track, ...]
    blocks: tuple[Block, ...]
    pressures: tuple[str, ...]
    restraints: tuple[str, ...]
    slots: tuple[str, ...]
    pairs: tuple[Pair, ...]
    theories: tuple[Theory, ...]
    steps: tuple[Step, ...]
    measures: tuple[Measure, ...]
    actions: tuple[Action, ...]
    cards: tuple[Card, ...]
    reactions: dict[str, tuple[Reaction, ...]]
    landings: dict[str, tuple[Effects, Conditions]]
    standing: tuple[Standing, ...]
    doctrines: tuple[Doctrine, ...]
    objectives: tuple[Objective, ...]
    theatre_outcomes: tuple[Outcome, ...]
    endings: tuple[Outcome, ...]
    question: Question
    concepts: tuple[tuple[str, str], ...] = ()
    switches: tuple[str, ...] = ()

    @cached_property
    def track(self) -> dict[str, Track]:
        """Tracks by address."""
        return {track.address: track for track in self.tracks}

    @cached_property
    def start(self) -> Values:
        """The numbers at the beginning."""
        return tuple(block.start for block in self.blocks)

    @cached_property
    def capital(self) -> dict[str, Capital]:
        """Capitals by id."""
        return {capital.id: capital for capital in self.capitals}

    @cached_property
    def seat(self) -> dict[str, int]:
        """Places of the capitals in the scenario's order."""
        return {capital.id: place for place, capital in enumerate(self.capitals)}

    @cached_property
    def dyad(self) -> dict[str, Dyad]:
        """Dyads by id."""
        return {dyad.id: dyad for dyad in self.dyads}

    @cached_property
    def dyad_place(self) -> dict[str, int]:
        """Places of the dyads."""
        return {dyad.id: place for place, dyad in enumerate(self.dyads)}

    @cached_property
    def theatre(self) -> dict[str, Theatre]:
        """Theatres by id."""
        return {theatre.id: theatre for theatre in self.theatres}

    @cached_property
    def pair(self) -> dict[str, Pair]:
        """Rating sheets by id, ``holder>target``."""
        return {pair.id: pair for pair in self.pairs}

    @cached_property
    def theory(self) -> dict[str, Theory]:
        """Theories by id."""
        return {theory.id: theory for theory in self.theories}

    @cached_property
    def measure(self) -> dict[str, Measure]:
        """Measures by id."""
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def card(self) -> dict[str, Card]:
        """Cards by id."""
        return {card.id: card for card in self.cards}

    @cached_property
    def doctrine(self) -> dict[str, Doctrine]:
        """Doctrines by id."""
        return {doctrine.id: doctrine for doctrine in self.doctrines}

    @cached_property
    def landing(self) -> dict[str, Landing]:
        """Landings by id."""
        return {landing.id: landing for landing in self.ladder.landings}

    @cached_property
    def rung_number(self) -> dict[str, int]:
        """Numbers of the rungs by id."""
        return {rung.id: number for number, rung in enumerate(self.ladder.rungs)}

    @cached_property
    def actions_of(self) -> dict[str, tuple[Action, ...]]:
        """Actions by capital, in content order."""
        return {c.id: tuple(a for a in self.actions if a.capital == c.id) for c in self.capitals}

    @cached_property
    def action(self) -> dict[tuple[str, str, str], Action]:
        """Actions by capital, measure and target."""
        return {(a.capital, a.measure, a.target): a for a in self.actions}

    @cached_property
    def steps_of(self) -> dict[str, tuple[Step, ...]]:
        """Steps by capital, by dyad, then lower rung first."""
        return {
            c.id: tuple(
                sorted((s for s in self.steps if s.capital == c.id), key=lambda s: (s.dyad, s.target, s.source))
            )
            for c in self.capitals
        }

    @cached_property
    def sees(self) -> dict[str, tuple[bool, ...]]:
        """Which blocks each side sees: every capital, ``public`` and ``white-cell``."""
        sides = {c.id: tuple(block.is_seen_by(c.id) for block in self.blocks) for c in self.capitals}
        sides["public"] = tuple(block.is_seen_by("*") for block in self.blocks)
        sides["white-cell"] = (True,) * len(self.blocks)
        return sides

    @cached_property
    def hidden_truths(self) -> dict[str, tuple[tuple[Ref, Ref], ...]]:
        """For each side, where truths it may not see are stored, with where the belief about the same thing is."""
        truths = [(self.track[f"{t.address[:-5]}.seen"], t) for t in self.tracks if t.address.endswith(".true")]
        return {
            side: tuple((true.ref, seen.ref) for seen, true in truths if not sees[true.block])
            for side, sees in self.sees.items()
        }

    @cached_property
    def voices(self) -> dict[tuple[str, str, str], tuple[tuple[str, str, int], ...]]:
        """Threats by owner, theatre and slot name: what is carried out, as (owner, pair, slot)."""
        found: dict[tuple[str, str, str], list[tuple[str, str, int]]] = {}
        for pair in self.pairs:
            for threat in pair.threats:
                key = (threat.owner, self.dyad[pair.dyad].theatre, self.slots[threat.slot])
                voice = (threat.owner, pair.id, threat.slot)
                if voice not in found.setdefault(key, []):
                    found[key].append(voice)
        return {key: tuple(voices) for key, voices in found.items()}

    @cached_property
    def steps_from(self) -> dict[tuple[str, str, str], dict[int, tuple[Step, ...]]]:
        """Steps by capital, dyad and kind of start, then by the rung they start from."""
        found: dict[tuple[str, str, str], dict[int, list[Step]]] = {}
        for steps in self.steps_of.values():
            for step in steps:
                by_rung = found.setdefault((step.capital, step.dyad, step.start), {})
                by_rung.setdefault(step.source, []).append(step)
        return {key: {rung: tuple(steps) for rung, steps in by_rung.items()} for key, by_rung in found.items()}

    @cached_property
    def readable(self) -> dict[str, frozenset[str]]:
        """Which cards each side may read once they are drawn."""
        sides = [capital.id for capital in self.capitals]
        found = {side: frozenset(c.id for c in self.cards if "*" in c.seen or side in c.seen) for side in sides}
        found["public"] = frozenset(c.id for c in self.cards if "*" in c.seen)
        found["white-cell"] = frozenset(c.id for c in self.cards)
        return found

    @cached_property
    def rung_at(self) -> dict[str, Ref]:
        """Where the rung of each dyad and theatre is stored."""
        subjects = [dyad.id for dyad in self.dyads] + [theatre.id for theatre in self.theatres]
        return {subject: self.ref(f"{subject}.rung") for subject in subjects}

    @cached_property
    def counter_at(self) -> dict[tuple[str, str, str], Ref]:
        """Where the turns left of each delivery are counted, by capital, measure and target."""
        return {
            (a.capital, a.measure, a.target): self.ref(f"{a.target or a.capital}.delivery.{a.measure}")
            for a in self.actions
            if a.delivery is not None
        }

    @cached_property
    def outcome_at(self) -> dict[str, Ref]:
        """Where the outcome of each theatre is stored."""
        return {theatre.id: self.ref(f"{theatre.id}.outcome") for theatre in self.theatres}

    @cached_property
    def decks(self) -> dict[str, tuple[str, ...]]:
        """Cards by deck, in content order."""
        found: dict[str, list[str]] = {}
        for card in self.cards:
            found.setdefault(card.deck, []).append(card.id)
        return {deck: tuple(cards) for deck, cards in found.items()}

    def local_dyads(self, patron: str) -> tuple[Dyad, ...]:
        """Return the local dyads this patron stands behind, in the box's order."""
        return tuple(dyad for dyad in self.dyads if dyad.is_local and dyad.patron == patron)

    def ref(self, address: str) -> Ref:
        """Return where an address is stored. Raises KeyError if the box has no such track."""
        return self.track[address].ref
