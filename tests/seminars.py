"""Seminars with a white cell, for the tests of the report: one written by hand, and random ones full of marked text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from tests.chance import at_random
from tests.games import three_capitals
from wargame.bots.doctrine import answer
from wargame.errors import Refused
from wargame.exercise import Exercise
from wargame.recorded import Recorded
from wargame.rules import orders as order
from wargame.rules.agenda import TABLE, WHITE_CELL, Due
from wargame.rules.dice import Dice
from wargame.rules.events import ChallengeRolled
from wargame.rules.orders import Command, Sheet, Shift, Start
from wargame.rules.resolve.climb import taken_unless_ruled
from wargame.rules.state import ORDERS
from wargame.rules.table import Table

UNHEARD = "7q9999unheardq7"
KARSK, VELM, OSTER = "karsk", "velm", "oster"


def a_start(turns: int = 4, rehearsal: bool = False) -> Start:
    box = three_capitals()
    teams = tuple(capital.id for capital in box.capitals)
    return Start(box.scenario.id, box.scenario.theory, "semi-rigid", turns, teams, white_cell=True, rehearsal=rehearsal)


def ticking(seconds: int = 30) -> Callable[[], datetime]:
    """Return a clock on which every look takes some seconds."""
    now = datetime(2024, 3, 5, 9, 0, tzinfo=UTC)

    def look() -> datetime:
        nonlocal now
        now += timedelta(seconds=seconds)
        return now

    return look


def answered(exercise: Exercise, due: Due) -> Command:
    """Answer as the doctrine of a capital would; the table goes on, the white cell lets things stand."""
    if due.who == TABLE:
        return order.Proceed()
    if due.kind == "argue":
        return order.Argue("dice", ("it was prepared for",), ("nobody has done it before",))
    if due.who == WHITE_CELL:
        return order.Rule()
    doctrine = dict(exercise.state.doctrines)[due.who]
    return answer(exercise.box, exercise.view(due.who), due.kind, doctrine, Dice(exercise.seed))


def until(exercise: Exercise, kind: str, turn: int = 0) -> Due:
    """Play on until an input of this kind is due, in a turn if one is given."""
    for _ in range(500):
        due = exercise.owed()[0]
        if due.kind == kind and turn in (0, exercise.state.turn):
            return due
        exercise.submit(answered(exercise, due))
    raise AssertionError(f"no {kind} became due")


def to_the_end(exercise: Exercise) -> Exercise:
    while due := exercise.owed():
        exercise.submit(answered(exercise, due[0]))
    return exercise


def _opening(exercise: Exercise) -> None:
    """Turn 1: an amended sheet, a pass, a question, the scribe, an order outside the list, a sheet entered on paper."""
    until(exercise, "orders", 1)
    exercise.submit(order.SetClock("start", 120))
    exercise.submit(order.SetClock("pause"))
    exercise.submit(order.SetClock("resume"))
    exercise.submit(order.SetClock("extend", 60))
    exercise.submit(order.Ask("q1", VELM, "May we lend a pilot to Oster?"))
    exercise.submit(order.Answer("q1", VELM, "Not recorded; assume that you may."))
    exercise.submit(order.Ask("q2", KARSK, "Who pays the pilots?"))
    exercise.submit(order.Note("quote", "We will never\nsign that.", KARSK))
    exercise.submit(order.Note("moment", "Velm looked to Oster before it answered.", VELM))
    exercise.submit(order.Draft(KARSK, Sheet(note="a first try")))
    exercise.submit(order.Seal(KARSK, Sheet(argued="Buy the debts of the harbour of Velm.", note="Karsk is patient.")))
    exercise.submit(order.Pass(VELM))
    exercise.submit(answered(exercise, Due("orders", OSTER)), by="white-cell")
    exercise.submit(order.Reopen(OSTER, "a rung was misread"))
    exercise.submit(answered(exercise, Due("orders", OSTER)))


def _overruled(exercise: Exercise) -> None:
    """Overrule the next check, with a dissent."""
    until(exercise, "rule")
    pending = exercise.state.pending
    assert isinstance(pending, ChallengeRolled)
    stands = taken_unless_ruled(Table(exercise.box, exercise.state, Dice(0)), pending)
    exercise.submit(order.Rule(not stands, "the winter would not allow it", "one of us would have let the dice stand"))


@cache
def a_seminar() -> Exercise:
    """Return a seminar with one of everything: late, missing, passed, amended, overruled, improvised, rewound."""
    exercise = Exercise.create(three_capitals(), a_start(rehearsal=True), 5, clock=ticking())
    _opening(exercise)
    until(exercise, "orders", 2)
    exercise.submit(
        order.Improvise("A fog bank", "Nobody sees anything for two days.", shifts=(Shift("world.risk", 1),))
    )
    exercise.submit(order.Improvise("A letter", "A quiet word for Velm alone.", to=(VELM,)))
    exercise.submit(answered(exercise, exercise.owed()[0]))
    exercise.submit(order.CallTime())
    exercise.submit(order.Reopen(VELM, "the runner was held up"))
    exercise.submit(answered(exercise, Due("orders", VELM)))
    _overruled(exercise)
    until(exercise, "orders", 3)
    keeps = len(exercise.entries)
    exercise.submit(order.Draft(KARSK, Sheet(note=f"{UNHEARD}, a sealed word that nobody heard")))
    exercise.submit(order.CallTime())
    exercise.submit(order.Rewind(keeps, "time was called too early"))
    for due in exercise.owed():
        exercise.submit(answered(exercise, due))
    until(exercise, "signal", 4)
    exercise.submit(order.Rewind(keeps, "a map was read wrongly"))
    exercise.submit(order.Tell(VELM, keeps))
    to_the_end(exercise)
    exercise.submit(order.Note("hot-wash", "Three ups: the orders came in time."))
    return exercise


@cache
def a_branch(quiet: bool = False) -> Exercise:
    """Return a branch of the seminar at the orders of turn 2; ``quiet`` changes nothing but who writes."""
    parent = a_seminar().recorded
    keeps = next(
        place for place in range(1, len(parent.entries))
        if (now := Exercise.of(replace(parent, entries=parent.entries[:place])).state).turn == 2 and now.phase == ORDERS
    )  # fmt: skip
    shifts = () if quiet else (Shift("oster>velm.permission", to="all"), Shift("karsk>velm.denial", 2))
    given = order.Branch("friday.wargame", "", text="What if Velm had been free?", shifts=shifts)
    branch = Exercise.branch(parent, keeps, given)
    return to_the_end(branch)


@cache
def the_seminar() -> Recorded:
    """Return the seminar as it is recorded; to ask the exercise each time would name its content anew."""
    return a_seminar().recorded


@cache
def the_branch(quiet: bool = False) -> Recorded:
    return a_branch(quiet).recorded


class Marked(Struct, frozen=True):
    """A random seminar and every marked text that was put into it."""

    recorded: Recorded
    marks: tuple[str, ...]


class _Marker:
    """Gives texts that are found again."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def __call__(self, what: str) -> str:
        self.given.append(f"7q{len(self.given):04d}{what}q7")
        return self.given[-1]


def _spoken(given: Command, mark: _Marker, random: Random) -> Command:
    """Put marked text wherever a command takes any."""
    if isinstance(given, (order.Seal, order.Draft)):
        argued = mark("argued") if random.random() < 0.3 else ""
        given = replace(given, sheet=replace(given.sheet, note=mark("note"), argued=argued))
    if isinstance(given, (order.Seal, order.Pass, order.Choose, order.Signal)):
        given = replace(given, why=(mark("why"),))
    if isinstance(given, order.Rule):
        given = replace(given, reason=mark("reason"), dissent=mark("dissent"))
    return given


def _lever(exercise: Exercise, mark: _Marker, random: Random) -> Command:
    """Return some lever of the white cell; it may well be refused."""
    who = random.choice(exercise.box.capitals).id
    cards = [card.id for card in exercise.box.cards]
    choices: list[Callable[[], Command]] = [
        lambda: order.Note(random.choice(("note", "quote", "moment", "decision")), mark("scribe"), who),
        lambda: order.Ask(mark("asked"), who, mark("question")),
        lambda: order.Answer(mark("answered"), who, mark("answer")),
        lambda: order.Tell(who, len(exercise.entries)),
        lambda: order.SetClock(*random.choice((("start", 300), ("pause", 0), ("resume", 0), ("extend", 60)))),
        lambda: order.Improvise(mark("title"), mark("text"), random.choice(((), (who,)))),
        lambda: order.Reopen(who, mark("reopened")),
        lambda: order.Withhold("pilot-boat", 0, mark("withheld")),
        lambda: order.Inject(random.choice(cards), mark("injected")),
        lambda: order.SetTurns(random.randint(2, 6), mark("turns")),
        order.CallTime,
        order.CallTime,
        lambda: order.Rewind(random.randint(1, max(1, len(exercise.entries) - 1)), mark("rewound")),
    ]
    return random.choice(choices)()


def _argued(mark: _Marker, random: Random) -> Command:
    method = random.choice(("dice", "vote", "ruling"))
    return order.Argue(
        method, (mark("pro"),), (mark("con"),), random.randint(1, 3), random.randint(0, 3),
        random.random() < 0.5 if method == "ruling" else None, mark("argument"),
    )  # fmt: skip


def random_seminar(seed: int) -> Marked:
    """Return a seminar in which teams and white cell do at random whatever is accepted, every text of theirs marked."""
    random, mark = Random(seed), _Marker()
    exercise = Exercise.create(three_capitals(), a_start(random.randint(2, 4)), seed, clock=ticking())
    choose, rewinds = at_random(random), 0
    for _ in range(1500):
        owed = exercise.owed()
        if not owed:
            break
        due = random.choice(owed)
        if random.random() < 0.3:
            given = _lever(exercise, mark, random)
            if isinstance(given, order.Rewind):
                rewinds += 1
                if rewinds > 6:
                    continue
        elif due.kind == "argue":
            given = _argued(mark, random)
        else:
            given = _spoken(choose(exercise.box, exercise.state, due, Dice(seed)), mark, random)
            if isinstance(given, order.Seal) and random.random() < 0.4:
                given = order.Draft(due.who, given.sheet)  # time may be called on it
        try:
            exercise.submit(given, by=random.choice(("", "white-cell")))
        except Refused:
            if isinstance(given, order.Seal):
                exercise.submit(order.Pass(due.who))
    return Marked(exercise.recorded, tuple(mark.given))


@cache
def random_seminars() -> tuple[Marked, ...]:
    return tuple(random_seminar(seed) for seed in range(8))


def cuts(recorded: Recorded, number: int, seed: int = 0) -> Iterator[Recorded]:
    """Yield the exercise as it stood after some of its inputs, and as it stands."""
    random = Random(seed)
    for keeps in sorted(random.sample(range(1, len(recorded.entries)), number)):
        yield replace(recorded, entries=recorded.entries[:keeps])
    yield recorded
