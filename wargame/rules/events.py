"""Facts of an exercise, past tense. The journal is a chain of them; the state is their fold.

Every roll lies in the event that reports it, so a replay never rolls. ``changes`` always lists the tracks an event moved;
``cause`` names the rule, card, measure or reaction behind it.
"""

from __future__ import annotations

from msgspec import Struct

from wargame.rules.orders import Declaration, Sheet
from wargame.rules.tracks import Change

Changes = tuple[Change, ...]


class Fact(Struct, frozen=True, gc=False, tag_field="event"):
    """Base of all events."""


class ExerciseStarted(Fact, frozen=True, tag="exercise_started"):
    """The exercise opened."""

    scenario: str
    theory: str
    mode: str
    turns: int
    rules: int
    played: tuple[str, ...]
    doctrines: tuple[tuple[str, str], ...]
    white_cell: bool
    rehearsal: bool = False
    minutes: int = 0
    decline: tuple[str, ...] = ()


class TurnOpened(Fact, frozen=True, tag="turn_opened"):
    """A turn began; ``changes`` are influence and counters."""

    turn: int
    changes: Changes = ()


class PhaseOpened(Fact, frozen=True, tag="phase_opened"):
    """The table went on to a phase in which ``waiting`` owe input."""

    opened: str
    waiting: tuple[str, ...] = ()


class EffectLapsed(Fact, frozen=True, tag="effect_lapsed"):
    """Passing effects ended."""

    changes: Changes


class DeliveryMoved(Fact, frozen=True, tag="delivery_moved"):
    """A delivery came a turn nearer (``left`` turns remain), or waited because of ``delayed``."""

    capital: str
    measure: str
    target: str
    left: int
    delayed: str = ""
    changes: Changes = ()


class DeliveryArrived(Fact, frozen=True, tag="delivery_arrived"):
    """A delivery was fielded; from now on it counts."""

    capital: str
    measure: str
    target: str
    changes: Changes = ()


class StandingChanged(Fact, frozen=True, tag="standing_changed"):
    """A standing effect took hold or lifted."""

    cause: str
    holds: bool
    text: str
    changes: Changes = ()


class CardDrawn(Fact, frozen=True, tag="card_drawn"):
    """A card was drawn from a deck, or came as the scenario's inject. ``asks`` is the capital that must choose."""

    deck: str
    card: str
    asks: str = ""
    inject: bool = False
    changes: Changes = ()


class ChoiceMade(Fact, frozen=True, tag="choice_made"):
    """A capital answered a card."""

    capital: str
    card: str
    option: str
    why: tuple[str, ...] = ()
    changes: Changes = ()


class SignalsGiven(Fact, frozen=True, tag="signals_given"):
    """A capital handed in its declarations; nobody else has heard them yet."""

    capital: str
    declarations: tuple[Declaration, ...]
    why: tuple[str, ...] = ()


class DeclarationMade(Fact, frozen=True, tag="declaration_made"):
    """A declaration was announced, or whispered to ``declaration.to``. ``slot`` is the threat it voices, to ``pair``'s holder."""

    id: str
    capital: str
    declaration: Declaration
    pair: str
    slot: int
    withdraws: str = ""
    changes: Changes = ()


class BeliefStated(Fact, frozen=True, tag="belief_stated"):
    """A capital said in private how likely a declaration is to be carried out, 0 to 100."""

    capital: str
    declaration: str
    percent: int


class BeliefsClosed(Fact, frozen=True, tag="beliefs_closed"):
    """A capital has no more to say about declarations this turn."""

    capital: str


class OrderDrafted(Fact, frozen=True, tag="order_drafted"):
    """A capital kept an unfinished sheet."""

    capital: str
    sheet: Sheet


class OrderSealed(Fact, frozen=True, tag="order_sealed"):
    """A capital sealed its sheet (``status`` ``sealed``) or passed on purpose (``pass``). ``digest`` commits to it."""

    capital: str
    status: str
    digest: str
    salt: str
    sheet: Sheet
    why: tuple[str, ...] = ()


class OrderClosed(Fact, frozen=True, tag="order_closed"):
    """Time was called on a capital: its draft was taken as it stood (``status`` ``draft``) or it is missing (``nothing``)."""

    capital: str
    status: str
    digest: str
    salt: str
    sheet: Sheet


class OrderReopened(Fact, frozen=True, tag="order_reopened"):
    """A capital has its sheet back: ``late`` after time was called, otherwise to amend what it had sealed."""

    capital: str
    late: bool
    reason: str
    changes: Changes = ()


class Paid(Struct, frozen=True, gc=False):
    """What a capital paid for its sheet: for each move in its order, and for its reply."""

    capital: str
    moves: tuple[int, ...]
    reply: int = 0
    argued: int = 0


class OrdersRevealed(Fact, frozen=True, tag="orders_revealed"):
    """All sheets were opened at once; influence was paid, ``prices`` say for what.

    ``sheets``, ``digests`` and ``prices`` are in the box's order of capitals; ``missing`` handed in nothing in time.
    """

    sheets: tuple[tuple[str, Sheet], ...]
    digests: tuple[tuple[str, str], ...]
    prices: tuple[Paid, ...]
    changes: Changes = ()
    missing: tuple[str, ...] = ()


class OrderLapsed(Fact, frozen=True, tag="order_lapsed"):
    """An order had become illegal when its turn came; half its price was refunded."""

    capital: str
    order: str
    reason: str
    changes: Changes = ()


class MeasureTaken(Fact, frozen=True, tag="measure_taken"):
    """A measure was carried out, or set on its way (``left`` turns)."""

    capital: str
    measure: str
    target: str
    left: int = 0
    changes: Changes = ()
    under_way: Changes = ()


class PermissionSet(Fact, frozen=True, tag="permission_set"):
    """A patron set a partner's permission."""

    patron: str
    partner: str
    permission: str
    announced: bool
    changes: Changes = ()


class TestThrown(Fact, frozen=True, tag="test_thrown"):
    """A hazard was thrown: it went wrong if ``die`` is at most ``percent``. ``witnesses`` know that it did not; empty for all."""

    test: str
    capital: str
    percent: int
    die: int
    failed: bool
    text: str
    witnesses: tuple[str, ...] = ()
    changes: Changes = ()


class TalksHeld(Fact, frozen=True, tag="talks_held"):
    """Talks in a dyad: ``offered`` by whom, ``percent`` and ``die`` if an unplayed capital answered, ``landed`` or not."""

    dyad: str
    landing: str
    offered: tuple[str, ...]
    concessions: tuple[tuple[str, int], ...]
    percent: int
    die: int
    landed: bool
    outcome: str = ""
    changes: Changes = ()
    broken_by: tuple[str, ...] = ()


class Term(Struct, frozen=True, gc=False):
    """One term of a check. ``rating`` in points, ``weight`` and signed ``contribution`` in thousandths."""

    name: str
    rating: float
    weight: int
    contribution: int
    side: str


class ThreatTerm(Struct, frozen=True, gc=False):
    """One threat of a check: its links in points, its credibility in thousandths, the weakest link by name."""

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


class Checked(Fact, frozen=True, rename={"source": "from"}):
    """The working of a check, as it stood when the dice fell. Terms are known to the challenger and the white cell.

    ``source`` and ``to`` are rungs; ``percent`` is the chance that the step is not taken, ``band`` its range, ``margin`` the
    sum of the terms' contributions; ``weakest`` names ``threat.link``.
    """

    challenger: str
    target: str
    dyad: str
    edge: str
    source: str
    to: str
    theory: str
    terms: tuple[Term, ...]
    threats: tuple[ThreatTerm, ...]
    constant: int
    margin: int
    percent: int
    band: tuple[int, int]
    die: int
    weakest: str


class ChallengeRolled(Checked, frozen=True, tag="challenge_rolled"):
    """The dice on a climb: deterred unless ``die`` exceeds ``percent``. ``item`` is its place in the sequence."""

    item: int
    firebreak: str
    press_on: bool


class RulingMade(Fact, frozen=True, tag="ruling_made"):
    """The white cell let the dice stand or overruled them. ``dissent`` is a minority view within it, its own."""

    taken: bool
    overruled: bool
    reason: str
    dissent: str = ""


class PressedOn(Fact, frozen=True, tag="pressed_on"):
    """A capital took the step although the dice deterred it, and paid for that."""

    capital: str
    dyad: str
    changes: Changes = ()


class ChallengeResolved(Checked, frozen=True, tag="challenge_resolved"):
    """A climb was taken or not. ``outcome``: ``taken``, ``deterred``, ``pressed-on``, ``overruled-taken``, ``overruled-held``.

    ``protected``: whom the patron's veto protected, where that was the weakest link of a step that was taken.
    """

    outcome: str
    protected: str = ""
    changes: Changes = ()


class PermissionRefused(Fact, frozen=True, tag="permission_refused"):
    """A partner's climb needed a permission it did not have. ``defied``: it went on regardless."""

    patron: str
    partner: str
    dyad: str
    to: str
    defied: bool
    changes: Changes = ()


class RungChanged(Fact, frozen=True, tag="rung_changed", rename={"source": "from"}):
    """A dyad stands on another rung. ``cause``: ``climb``, ``step-down``, ``card``, ``accident``, ``landing`` or ``test``."""

    dyad: str
    source: str
    to: str
    capital: str
    cause: str
    edge: str = ""
    changes: Changes = ()


class BlowStruck(Fact, frozen=True, tag="blow_struck"):
    """A first blow fell on a threat's means: they survive if ``die`` is at most ``percent``."""

    threat: str
    owner: str
    pair: str
    percent: int
    die: int
    survived: bool
    changes: Changes = ()


class WarTested(Fact, frozen=True, tag="war_tested"):
    """A turn of war: the partner holds on ``die`` at most ``percent``."""

    dyad: str
    percent: int
    die: int
    held: bool
    changes: Changes = ()


class AccidentDrawn(Fact, frozen=True, tag="accident_drawn"):
    """The risk pool was drawn: an accident if ``die`` is at most ``percent``."""

    percent: int
    die: int
    hit: bool
    dyad: str = ""
    edge: str = ""
    changes: Changes = ()


class Faded(Fact, frozen=True, tag="faded"):
    """A step was about to be taken that the table had declined to play: the exercise goes to its debrief instead.

    ``mark`` is what the rung is marked with; which rung it was, and who took it, is not told.
    """

    dyad: str
    mark: str
    changes: Changes = ()


class MomentCame(Fact, frozen=True, tag="moment_came"):
    """A moment of play had consequences that content names (``cause`` is the reaction)."""

    moment: str
    cause: str
    text: str
    capital: str = ""
    target: str = ""
    changes: Changes = ()


class DeclarationDue(Fact, frozen=True, tag="declaration_due"):
    """The trigger of a declaration came and its turn closed: it was kept or broken. ``heard``: who knew of it, empty for all."""

    declaration: str
    capital: str
    heard: tuple[str, ...]
    kept: bool
    changes: Changes = ()


class TheatreClosed(Fact, frozen=True, tag="theatre_closed"):
    """A theatre ended: no more moves there."""

    theatre: str
    outcome: str
    changes: Changes = ()


class ScoreLine(Struct, frozen=True, gc=False):
    """Why a capital scored what it did."""

    text: str
    points: int
    of: int


class Score(Struct, frozen=True, gc=False):
    """A capital's score, 0 to 100, with its reasons and the bonus its beliefs earned."""

    capital: str
    total: int
    beliefs: int
    lines: tuple[ScoreLine, ...]


class ExerciseEnded(Fact, frozen=True, tag="exercise_ended"):
    """The exercise is over."""

    ending: str
    outcomes: tuple[tuple[str, str], ...]
    scores: tuple[Score, ...]


class CardWithheld(Fact, frozen=True, tag="card_withheld"):
    """A scheduled inject was kept back until turn ``until``, or for good (0)."""

    card: str
    until: int
    reason: str


class InjectImprovised(Fact, frozen=True, tag="inject_improvised"):
    """The white cell said what no card says, to all or only to some capitals (``to``)."""

    title: str
    text: str
    to: tuple[str, ...]
    changes: Changes = ()


class ArgumentOpened(Fact, frozen=True, tag="argument_opened"):
    """An order outside the list waits to be argued. ``item`` is its place in the sequence."""

    capital: str
    text: str
    item: int


class ArgumentSettled(Fact, frozen=True, tag="argument_settled"):
    """An order outside the list was argued: by ``dice`` (two sixes, plus pros, minus cons, against ``needed``), vote or ruling."""

    capital: str
    text: str
    method: str
    pros: tuple[str, ...]
    cons: tuple[str, ...]
    dice: tuple[int, ...]
    score: int
    needed: int
    yes: int
    no: int
    succeeded: bool
    reason: str
    changes: Changes = ()


class NoteTaken(Fact, frozen=True, tag="note_taken"):
    """The white cell's scribe wrote a line."""

    kind: str
    text: str
    capital: str


class QuestionAsked(Fact, frozen=True, tag="question_asked"):
    """A team asked the white cell something."""

    id: str
    capital: str
    text: str


class QuestionAnswered(Fact, frozen=True, tag="question_answered"):
    """The white cell answered a question."""

    id: str
    capital: str
    text: str


class NewsTold(Fact, frozen=True, tag="news_told"):
    """A capital was told what it knows of the first ``upto`` inputs."""

    capital: str
    upto: int


class ClockSet(Fact, frozen=True, tag="clock_set"):
    """The clock of the phase was started, paused, resumed, extended or stopped."""

    did: str
    seconds: int


class TurnsSet(Fact, frozen=True, tag="turns_set"):
    """The exercise will end after another number of turns."""

    turns: int
    reason: str


class Rewound(Fact, frozen=True, tag="rewound"):
    """The exercise stands again where it stood after its first ``keeps`` inputs, in this turn and phase."""

    keeps: int
    turn: int
    phase: str
    reason: str


class Branched(Fact, frozen=True, tag="branched"):
    """From here on this is another course than its parent's; ``doctrines`` are everybody's from now on."""

    parent: str
    head: str
    played: tuple[str, ...]
    doctrines: tuple[tuple[str, str], ...]
    white_cell: bool
    text: str
    changes: Changes = ()


Event = (
    ExerciseStarted | TurnOpened | PhaseOpened | EffectLapsed | DeliveryMoved | DeliveryArrived | StandingChanged
    | CardDrawn | ChoiceMade | SignalsGiven | DeclarationMade | BeliefStated | BeliefsClosed | OrderDrafted | OrderSealed
    | OrdersRevealed | OrderLapsed | MeasureTaken | PermissionSet | TestThrown | TalksHeld | ChallengeRolled | RulingMade
    | PressedOn | ChallengeResolved | PermissionRefused | RungChanged | BlowStruck | WarTested | AccidentDrawn | Faded
    | MomentCame | DeclarationDue | TheatreClosed | ExerciseEnded | OrderClosed | OrderReopened | CardWithheld
    | InjectImprovised | ArgumentOpened | ArgumentSettled | NoteTaken | QuestionAsked | QuestionAnswered | NewsTold
    | ClockSet | TurnsSet | Rewound | Branched
)  # fmt: skip
"""Every kind of event."""
