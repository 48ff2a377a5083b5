"""Time spent in each phase, from the wall clock of the inputs and what was done to the table's clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from wargame.export import words
from wargame.export.rows import Row
from wargame.export.sentences import PHASE_TITLES
from wargame.report.evidence import when
from wargame.report.material import Material
from wargame.report.model import PhaseTime
from wargame.rules import events as fact
from wargame.rules.state import UPDATE


class _Visit(Struct):
    """One stay in a phase while it is counted."""

    first: Row
    began: datetime
    last: datetime
    given: int = 0
    paused: float = 0
    since: datetime | None = None

    def clock(self, event: fact.ClockSet, now: datetime) -> None:
        """Take note of what was done to the clock."""
        if event.did in ("start", "extend"):
            self.given += event.seconds
        elif event.did == "pause" and self.since is None:
            self.since = now
        elif event.did == "resume":
            self.end_pause(now)

    def end_pause(self, now: datetime) -> None:
        """Add the pause that ends now, if the clock stood."""
        if self.since is not None:
            self.paused += max(0.0, (now - self.since).total_seconds())
            self.since = None


def times(m: Material) -> tuple[PhaseTime, ...]:
    """Return the time of each stay in a phase, in order, those rewound too; phases passed through at once are left out."""
    found = []
    for visit in _visits(m.seen.rows):
        seconds = round(max(0.0, (visit.last - visit.began).total_seconds()))
        if seconds or visit.given:
            phase = PHASE_TITLES.get(visit.first.phase, visit.first.phase)
            paused = min(seconds, round(visit.paused))
            found.append(PhaseTime(visit.first.turn, phase, seconds, max(0, visit.given), paused, m.ref(visit.first)))
    return tuple(found)


def _visits(rows: Iterable[Row]) -> Iterator[_Visit]:
    visit: _Visit | None = None
    for row in rows:
        if visit is not None and isinstance(row.event, fact.Branched):
            visit.end_pause(visit.last)  # the days between a parent and its branch are nobody's time
            yield visit
            visit = None
        now = when(row.at) if row.at else None
        if now is None:
            continue
        if visit is not None and row.phase == visit.first.phase == UPDATE:
            visit.first = row  # the update begins before the turn it belongs to is opened
        if visit is None or (row.turn, row.phase) != (visit.first.turn, visit.first.phase):
            if visit is not None:
                visit.last = now
                visit.end_pause(now)
                yield visit
            visit = _Visit(row, now, now)
        visit.last = now
        if isinstance(row.event, fact.ClockSet):
            visit.clock(row.event, now)
    if visit is not None:
        visit.end_pause(visit.last)
        yield visit


def times_text(found: tuple[PhaseTime, ...]) -> str:
    """Return what the times add up to."""
    if not found:
        return "No clock was kept, so nothing is known about the time spent."
    by_phase: dict[str, int] = {}
    for each in found:
        by_phase[each.phase] = by_phase.get(each.phase, 0) + each.seconds
    listed = [f"{phase} {minutes(seconds)}" for phase, seconds in sorted(by_phase.items(), key=lambda each: -each[1])]
    over = [each for each in found if overrun(each) > 0]
    text = f"In all {minutes(sum(by_phase.values()))}: {words.listed(listed)}."
    if over:
        worst = max(over, key=overrun)
        text += (
            f" {words.many(len(over), 'phase').capitalize()} ran over the time given, the most in turn {worst.turn}, "
            f"{worst.phase}: {minutes(overrun(worst))} over."
        )
    return text


def overrun(each: PhaseTime) -> int:
    """Return by how many seconds a phase ran over the time the clock gave it, pauses left out; 0 where none was given."""
    return max(0, each.seconds - each.paused - each.given) if each.given else 0


def minutes(seconds: int) -> str:
    """Return seconds as ``12 min``, or ``40 s`` under two minutes."""
    return f"{seconds} s" if seconds < 120 else f"{round(seconds / 60)} min"
