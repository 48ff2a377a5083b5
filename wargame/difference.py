"""What a branch did otherwise than its parent, in words and numbers: where they part, and what came of it.

Only the course that counts is compared, on both sides. Text that people typed (what a branch is for, the name of its
parent) is not in here; who may read it, reads it in the branch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct

from wargame.errors import UsageError
from wargame.export import words
from wargame.export.adjudicated import OUTCOMES
from wargame.export.rows import Row, Walk, walk
from wargame.recorded import Recorded
from wargame.rules import events as fact
from wargame.rules.box import Box
from wargame.rules.orders import Sheet


class Statement(Struct, frozen=True):
    """A sentence about both. ``parent`` and ``branch`` are numbers of the events it rests on, 0 for none there."""

    text: str
    parent: int = 0
    branch: int = 0


class Course(Struct, frozen=True):
    """The rungs of a dyad (numbers) at each turn's close; -1 where one of the two has no such turn."""

    dyad: str
    turns: tuple[int, ...]
    parent: tuple[int, ...]
    branch: tuple[int, ...]

    @property
    def differs(self) -> bool:
        """Whether the two ever stood apart, as far as both were played."""
        return any(a != b for a, b in zip(self.parent, self.branch, strict=True) if -1 not in (a, b))


class Difference(Struct, frozen=True):
    """A branch against its parent. They part in ``turn`` and ``phase``, before the parent's event ``parted`` (0: at its end).

    ``changed`` says what was made otherwise on purpose, ``orders`` the first orders that differ, ``checks`` steps that came
    out otherwise or were tried in one alone, ``rungs`` where dyads stood apart at a turn's close, ``ends`` ending, theatres
    and scores. Tuples are empty where nothing differs.
    """

    turn: int
    phase: str
    parted: int
    changed: tuple[Statement, ...]
    orders: tuple[Statement, ...]
    checks: tuple[Statement, ...]
    rungs: tuple[Statement, ...]
    ends: tuple[Statement, ...]
    courses: tuple[Course, ...]

    def sentences(self) -> tuple[str, ...]:
        """Return everything that differs, in order."""
        parts = (*self.changed, *self.orders, *self.checks, *self.rungs, *self.ends)
        return tuple(each.text for each in parts) or ("The two went the same way as far as they were played.",)


def difference(parent: Recorded, branch: Recorded) -> Difference:
    """Return what a branch did otherwise than its parent.

    Raises UsageError if ``branch`` is no branch of ``parent``: it does not begin with the parent's past and leave it there.
    """
    box = parent.box
    here, there = walk(parent), walk(branch)
    place = _branching(parent, branch, there)
    shared = _shared(here.counted, there.counted)
    turn, phase = _moment(there, place, shared)
    mine, theirs = here.counted[shared:], there.counted[shared:]
    courses = tuple(_courses(box, here, there))
    return Difference(
        turn=turn,
        phase=phase,
        parted=mine[0].seq if mine else 0,
        changed=tuple(_changed(box, there, place)),
        orders=tuple(_orders(box, mine, theirs)),
        checks=tuple(_checks(box, mine, theirs)),
        rungs=tuple(_rungs(box, courses, mine, theirs)),
        ends=tuple(_ends(box, mine, theirs)),
        courses=courses,
    )


def _branching(parent: Recorded, branch: Recorded, there: Walk) -> Row:
    """Return the row in which the branch leaves its parent: the two logs are alike up to it."""
    alike = 0
    for ours, other in zip(parent.entries, branch.entries, strict=False):
        if ours != other:
            break
        alike += 1
    found = next((row for row in there.rows if row.entry == alike and isinstance(row.event, fact.Branched)), None)
    if found is None or not alike or parent.header.content != branch.header.content:
        raise UsageError("the second exercise is no branch of the first")
    return found


def _shared(mine: Sequence[Row], theirs: Sequence[Row]) -> int:
    """Return how many facts both have from the beginning."""
    number = 0
    for ours, other in zip(mine, theirs, strict=False):
        if ours.event != other.event:
            break
        number += 1
    return number


def _moment(there: Walk, place: Row, shared: int) -> tuple[int, str]:
    """Return the turn and phase in which the two part: where the branch begins, or before it if its parent went back."""
    before = there.counted[shared - 1] if shared else place
    last = before if before.seq < place.seq - 1 else place
    return last.turn, last.phase


def _changed(box: Box, there: Walk, place: Row) -> Iterator[Statement]:
    event = place.event
    assert isinstance(event, fact.Branched)
    moved = words.moved(box, event.changes)
    if moved:
        yield Statement(words.sentence(f"The branch begins with other numbers: {moved}"), branch=place.seq)
    before = [row for row in there.counted if row.seq < place.seq]
    played: tuple[str, ...] = ()
    doctrines: dict[str, str] = {}
    white_cell = event.white_cell
    for row in before:
        if isinstance(row.event, (fact.ExerciseStarted, fact.Branched)):
            played, doctrines, white_cell = row.event.played, dict(row.event.doctrines), row.event.white_cell
    taken = [who for who in event.played if who not in played]
    left = [who for who in played if who not in event.played]
    if taken:
        yield Statement(f"In the branch {words.capitals(box, taken)} {_is(taken)} in human hands.", branch=place.seq)
    if left:
        following = dict(event.doctrines)
        named = [f"{words.capital(box, who)} (doctrine {words.doctrine(box, following.get(who, ''))})" for who in left]
        yield Statement(f"In the branch no person plays {words.listed(named, 'or')}.", branch=place.seq)
    if event.white_cell != white_cell:
        yield Statement(f"In the branch {'a' if event.white_cell else 'no'} white cell rules.", branch=place.seq)
    for who, how in event.doctrines:
        if who not in event.played and who not in left and how != doctrines.get(who, how):
            old, new = words.doctrine(box, doctrines[who]), words.doctrine(box, how)
            text = f"In the branch {words.capital(box, who)} follows the doctrine {new}, in the parent {old}."
            yield Statement(text, branch=place.seq)


def _is(several: Sequence[str]) -> str:
    return "is" if len(several) == 1 else "are"


def _reveals(rows: Sequence[Row]) -> dict[int, tuple[Row, dict[str, Sheet]]]:
    return {row.turn: (row, dict(row.event.sheets)) for row in rows if isinstance(row.event, fact.OrdersRevealed)}


def _orders(box: Box, mine: Sequence[Row], theirs: Sequence[Row]) -> Iterator[Statement]:
    """Yield the orders that differ in the first turn in which any do: what came later may follow from them."""
    ours, other = _reveals(mine), _reveals(theirs)
    for turn in sorted(ours.keys() & other.keys()):
        (row, sheets), (their_row, their_sheets) = ours[turn], other[turn]
        found = [
            who
            for who in sheets
            if _ordered(box, who, sheets[who]) != _ordered(box, who, their_sheets.get(who, Sheet()))
        ]
        for who in found:
            text = (
                f"In turn {turn} {words.capital(box, who)} orders {_ordered(box, who, their_sheets.get(who, Sheet()))} in the "
                f"branch; in the parent it ordered {_ordered(box, who, sheets[who])}."
            )
            yield Statement(text, row.seq, their_row.seq)
        if found:
            return


def _ordered(box: Box, who: str, sheet: Sheet) -> str:
    """Return the listed orders of a sheet without its reply, which stays its capital's unless it is carried out."""
    found = [words.order(box, who, each) for each in (*sheet.moves, *sheet.dials, *sheet.talks)]
    return "; ".join(found) if found else "nothing from the list"


def _checks(box: Box, mine: Sequence[Row], theirs: Sequence[Row]) -> Iterator[Statement]:
    """Yield steps with another outcome, matched by turn, challenger, dyad and rung, and those tried in one alone."""
    ours, other = _met(mine), _met(theirs)
    for key in sorted(ours.keys() | other.keys()):
        turn, challenger, dyad, to, _ = key
        step = (
            f"{words.capital(box, challenger)}'s step to {words.rung(box, to)} {words.against(box, challenger, dyad)}"
        )
        row, their = ours.get(key), other.get(key)
        if row is None and their is not None:
            text = f"In turn {turn} the branch sees {step}, which the parent does not: {_outcome(their)}."
            yield Statement(text, 0, their.seq)
        elif their is None and row is not None:
            yield Statement(
                f"In turn {turn} the parent saw {step}, which the branch does not: {_outcome(row)}.", row.seq
            )
        elif row is not None and their is not None and _outcome(row) != _outcome(their):
            same = row.event.outcome == their.event.outcome  # type: ignore[union-attr]
            text = f"In turn {turn}, {step}: in the branch {_outcome(their)}, in the parent {_outcome(row)}"
            yield Statement(f"{text}: no other outcome, but other odds." if same else f"{text}.", row.seq, their.seq)


def _met(rows: Sequence[Row]) -> dict[tuple[int, str, str, str, int], Row]:
    found: dict[tuple[int, str, str, str, int], Row] = {}
    for row in rows:
        event = row.event
        if isinstance(event, fact.ChallengeResolved):
            again = 0
            while (row.turn, event.challenger, event.dyad, event.to, again) in found:
                again += 1
            found[(row.turn, event.challenger, event.dyad, event.to, again)] = row
    return found


def _outcome(row: Row) -> str:
    event = row.event
    assert isinstance(event, fact.ChallengeResolved)
    dice = f" ({event.percent} percent, the dice show {event.die})" if event.terms else ""
    return f"{OUTCOMES.get(event.outcome, event.outcome)}{dice}"


def _rungs(box: Box, courses: Sequence[Course], mine: Sequence[Row], theirs: Sequence[Row]) -> Iterator[Statement]:
    """Yield for each dyad that ever stood apart where it stood in both, turn by turn."""
    for course in courses:
        told = [
            f"{_rung(box, theirs_)} instead of {_rung(box, ours)} in turn {turn}"
            for turn, ours, theirs_ in zip(course.turns, course.parent, course.branch, strict=True)
            if -1 not in (ours, theirs_) and ours != theirs_
        ]
        if told:
            moved = [next((r.seq for r in rows if _moves(r, course.dyad)), 0) for rows in (mine, theirs)]
            text = f"{words.dyad(box, course.dyad)} stand in the branch at the close at {words.listed(told)}."
            yield Statement(text, *moved)


def _moves(row: Row, dyad: str) -> bool:
    return isinstance(row.event, fact.RungChanged) and row.event.dyad == dyad


def _rung(box: Box, number: int) -> str:
    return words.rung(box, box.ladder.rungs[number].id)


def _ends(box: Box, mine: Sequence[Row], theirs: Sequence[Row]) -> Iterator[Statement]:
    row, their = _end(mine), _end(theirs)
    if row is None or their is None:
        for end, name, other in ((row, "parent", "branch"), (their, "branch", "parent")):
            if end is not None and isinstance(end.event, fact.ExerciseEnded):
                text = f"The {name} ends in {words.outcome(box, end.event.ending)}; the {other} has not ended."
                yield Statement(text, end.seq if end is row else 0, end.seq if end is their else 0)
        return
    ours, other_end = row.event, their.event
    assert isinstance(ours, fact.ExerciseEnded)
    assert isinstance(other_end, fact.ExerciseEnded)
    seqs = (row.seq, their.seq)
    if ours.ending != other_end.ending:
        text = f"The branch ends in {words.outcome(box, other_end.ending)}, the parent in {words.outcome(box, ours.ending)}."
        yield Statement(text, *seqs)
    outcomes = dict(other_end.outcomes)
    for theatre, outcome in ours.outcomes:
        if outcomes.get(theatre, "") not in ("", outcome):
            branch, parent = words.outcome(box, outcomes[theatre]), words.outcome(box, outcome)
            yield Statement(f"{words.theatre(box, theatre)}: {branch} in the branch, {parent} in the parent.", *seqs)
    scores = {score.capital: score.total for score in other_end.scores}
    told = [
        f"{words.capital(box, score.capital)} {scores[score.capital]} instead of {score.total}"
        for score in ours.scores
        if scores.get(score.capital, score.total) != score.total
    ]
    if told:
        yield Statement(f"Scores in the branch: {words.listed(told)}.", *seqs)


def _end(rows: Sequence[Row]) -> Row | None:
    return next((row for row in rows if isinstance(row.event, fact.ExerciseEnded)), None)


def _courses(box: Box, here: Walk, there: Walk) -> Iterator[Course]:
    for dyad in box.dyads:
        block, place = box.rung_at[dyad.id]
        both = list(zip_longest(here.closes, there.closes))
        turns = tuple(first.turn if first else second.turn for first, second in both)
        ours = tuple(first.values[block][place] if first else -1 for first, _ in both)
        theirs = tuple(second.values[block][place] if second else -1 for _, second in both)
        yield Course(dyad.id, turns, ours, theirs)
