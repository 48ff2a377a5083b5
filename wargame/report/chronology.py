"""The chronology: turn by turn, one line for each thing that mattered, with the place in the log where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from wargame.export import words, working
from wargame.export.adjudicated import OUTCOMES
from wargame.export.rows import Row
from wargame.report.evidence import REVEALED
from wargame.report.figures import crossing
from wargame.report.material import Material, Met
from wargame.report.model import Chapter, Said
from wargame.report.redaction import is_idle_reply
from wargame.rules import events as fact
from wargame.rules.state import PASSED

_TOLD: Final = (
    fact.ExerciseStarted, fact.CardDrawn, fact.ChoiceMade, fact.DeclarationMade, fact.DeclarationDue,
    fact.OrderClosed, fact.OrderReopened, fact.OrdersRevealed, fact.PermissionSet, fact.PermissionRefused,
    fact.TalksHeld, fact.PressedOn, fact.BlowStruck, fact.WarTested, fact.TheatreClosed, fact.ExerciseEnded,
    fact.CardWithheld, fact.InjectImprovised, fact.ArgumentSettled, fact.NoteTaken, fact.TurnsSet, fact.Rewound, fact.Branched,
    fact.Faded,
)  # fmt: skip
"""Kinds of fact that always have a line of their own."""

_TOGETHER: Final = (fact.MeasureTaken, fact.DeliveryArrived)
"""Kinds of fact that share a line with others that follow directly on them."""

OF_THE_ROOM: Final = (fact.NoteTaken, fact.QuestionAsked, fact.QuestionAnswered, fact.NewsTold, fact.ClockSet)
"""What was said and done in the room counts even where the game was rewound; it is told where it happened."""


def chapters(m: Material) -> tuple[Chapter, ...]:
    """Return the chronology. A stretch that was rewound is a chapter of its own, marked as such."""
    found = []
    met = {each.row.seq: each for each in m.checks}
    stretches = list(_stretches(m.seen.rows))
    for number, (turn, gone, rows) in enumerate(stretches):
        lines = tuple(_lines(m, rows, met))
        is_last = not any(t == turn and not g for t, g, _ in stretches[number + 1 :])
        again = any(t == turn and g for t, g, _ in stretches[:number])
        if lines or not gone:
            stands = _stands(m, turn) if is_last and not gone else ()
            found.append(Chapter(turn, _title(turn, gone, again), lines, stands, gone))
    return tuple(found)


def _title(turn: int, gone: bool, again: bool) -> str:
    title = f"Turn {turn}" if turn else "Before the first turn"
    return f"{title}, rewound: this does not count" if gone else f"{title}, after the rewind" if again else title


def _stretches(rows: Sequence[Row]) -> Iterator[tuple[int, bool, list[Row]]]:
    """Yield rows that lie in one turn and all count, or all do not."""
    turn, gone = 0, False
    kept: list[Row] = []
    for row in rows:
        now = gone if isinstance(row.event, OF_THE_ROOM) else row.undone
        if kept and (row.turn, now) != (turn, gone):
            yield turn, gone, kept
            kept = []
        turn, gone = row.turn, now
        kept.append(row)
    if kept:
        yield turn, gone, kept


def _stands(m: Material, turn: int) -> tuple[str, ...]:
    """Return where every dyad stood at the close of a turn."""
    close = next((each for each in m.seen.closes if each.turn == turn), None)
    if close is None:
        return ()
    rungs = m.box.ladder.rungs
    return tuple(
        words.sentence(
            f"{words.dyad(m.box, dyad.id)} stand at {words.rung(m.box, rungs[m.rung(dyad.id, close.values)].id)}"
        )
        for dyad in m.box.dyads
    )


def _lines(m: Material, rows: Sequence[Row], met: dict[int, Met]) -> Iterator[Said]:
    """Yield the lines of a stretch; measures and deliveries that follow on each other share one."""
    held: list[Row] = []
    resolved = {each.rolled.seq for each in met.values() if each.rolled}
    for row in rows:
        if isinstance(row.event, _TOGETHER):
            held.append(row)
            continue
        if held and not isinstance(row.event, fact.MomentCame):
            yield from _grouped(m, held)
            held = []
        if isinstance(row.event, fact.ChallengeResolved):
            yield _check(m, met[row.seq])
        elif _is_told(m, row) or (isinstance(row.event, fact.ChallengeRolled) and row.seq not in resolved):
            yield line(m, row)
    yield from _grouped(m, held)


def line(m: Material, row: Row) -> Said:
    """Return the line of one fact: its first sentence, the others below it."""
    event = row.event
    said = m.evidence.say(event) or [type(event).__name__]
    if isinstance(event, fact.OrdersRevealed):
        return Said(REVEALED, (m.ref(row, REVEALED),), row.undone, tuple(said))
    if isinstance(event, fact.ChoiceMade):
        del said[1:]  # reasons belong to the decisions, not to the course of events
    if isinstance(event, fact.CardDrawn) and event.inject:
        said[0] = said[0].replace("Card", "Inject", 1)
    if isinstance(event, fact.RungChanged) and crossing(m.box, event):
        said.append(f"The firebreak {crossing(m.box, event)} is crossed.")
    return Said(said[0], (m.ref(row, said[0]),), row.undone, tuple(said[1:]))


def _is_told(m: Material, row: Row) -> bool:
    event = row.event
    if isinstance(event, fact.OrderSealed):
        return event.status == PASSED
    if isinstance(event, fact.OrderLapsed):
        return not is_idle_reply(event)
    if isinstance(event, fact.RulingMade):
        return event.overruled or bool(event.reason or event.dissent)
    if isinstance(event, fact.TestThrown):
        return event.failed
    if isinstance(event, fact.AccidentDrawn):
        return event.hit
    if isinstance(event, fact.RungChanged):
        return event.cause != "climb" or bool(crossing(m.box, event))
    if isinstance(event, fact.MomentCame):
        return event.moment == "broke-faith"
    return isinstance(event, _TOLD)


def _check(m: Material, met: Met) -> Said:
    """Return the line of a check: step, chance, dice, what came of it, and the link that was weakest."""
    check, row = met.check, met.row
    outcome = OUTCOMES.get(check.outcome, check.outcome)
    dice = ""
    if met.is_known:
        dice = f", held back {check.percent} in 100, the dice show {check.die}"
    under = tuple(text for text in (working.weakest_link(m.box, check),) if text and met.is_known)
    return Said(words.sentence(f"{working.step(m.box, check)}{dice}: {outcome}"), (m.ref(row),), row.undone, under)


def _grouped(m: Material, rows: Sequence[Row]) -> Iterator[Said]:
    """Yield one line each for what was fielded, set on its way and carried out."""
    by_kind: dict[str, list[tuple[str, Row]]] = {}
    for row in rows:
        event = row.event
        if isinstance(event, (fact.MeasureTaken, fact.DeliveryArrived)):
            what = f"{words.capital(m.box, event.capital)}'s {words.measure(m.box, event.measure, event.target)}"
            kind = "Carried out"
            if isinstance(event, fact.DeliveryArrived):
                kind = "Fielded, and counting from now on"
            elif event.left:
                kind, what = "Sent on its way", f"{what}, {words.many(event.left, 'turn')}"
            by_kind.setdefault(kind, []).append((what, row))
    for kind, told in by_kind.items():
        text = f"{kind}: {'; '.join(what for what, _ in told)}."
        yield Said(text, tuple(m.ref(row) for _, row in told), rows[0].undone)
