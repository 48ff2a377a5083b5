"""Counterfactuals: each branch that was given, against the exercise of the report."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.difference import Difference, difference
from wargame.export import words
from wargame.export.rows import Row
from wargame.export.sentences import PHASE_TITLES
from wargame.recorded import Recorded
from wargame.report.material import Material
from wargame.report.model import Apart, Counterfactual, Reference, Said
from wargame.rules import events as fact
from wargame.rules.journal import effective


def counterfactuals(m: Material, branches: Sequence[Recorded]) -> tuple[Counterfactual, ...]:
    """Return what each branch did otherwise.

    In the players' version branches count only once the exercise and the branch have ended, and what a branch was made
    for is not quoted. Raises UsageError for one that is no branch of the exercise.
    """
    found = [(branch, difference(m.recorded, branch)) for branch in branches]
    if not m.for_white_cell:
        found = [] if m.seen.open else [each for each in found if _has_ended(each[0])]
    rows = {row.seq: row for row in m.seen.rows}
    return tuple(_one(m, number, *each, rows) for number, each in enumerate(found, start=1))


def _has_ended(branch: Recorded) -> bool:
    return any(isinstance(event, fact.ExerciseEnded) for entry in effective(branch.entries) for event in entry.events)


def _one(m: Material, number: int, branch: Recorded, apart: Difference, rows: dict[int, Row]) -> Counterfactual:
    box = m.box
    where = (
        f"turn {apart.turn}, {PHASE_TITLES.get(apart.phase, apart.phase).lower()}"
        if apart.turn
        else "before the first turn"
    )
    first = Said(f"The two part in {where}." if apart.turn else f"The two part {where}.", _refs(m, rows, apart.parted))
    lines = [first]
    meant = _meant(branch) if m.for_white_cell else ""
    if meant:
        lines.append(Said(words.sentence(f"What the branch was for: {meant}")))
    stated = (*apart.changed, *apart.orders, *apart.checks, *apart.rungs, *apart.ends)
    lines += [
        Said(
            each.text,
            _refs(m, rows, each.parent),
            under=(f"Event {each.branch} of the branch.",) if each.branch else (),
        )
        for each in stated
    ]
    if not stated:
        lines.append(Said("The two went the same way as far as they were played."))
    courses = tuple(
        Apart(words.dyad(box, each.dyad), each.turns, each.parent, each.branch)
        for each in apart.courses
        if each.differs
    )
    title = f"Branch {number}, from {where}"
    return Counterfactual(
        f"Branch {number}", title, tuple(lines), courses, tuple(rung.name for rung in box.ladder.rungs)
    )


def _refs(m: Material, rows: dict[int, Row], seq: int) -> tuple[Reference, ...]:
    row = rows.get(seq)
    return (m.ref(row),) if row is not None else ()


def _meant(branch: Recorded) -> str:
    """Return what the branch says it is for."""
    texts = [
        event.text for entry in effective(branch.entries) for event in entry.events if isinstance(event, fact.Branched)
    ]
    return texts[-1] if texts else ""
