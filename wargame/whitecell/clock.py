"""The clock of a phase, read off the journal, so that it survives whatever becomes of the program that shows it.

What was done to the clock is a fact of the room: it stays done when the exercise is rewound.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from wargame.rules.events import Branched, ClockSet
from wargame.rules.journal import Entry


class Clock(Struct, frozen=True, forbid_unknown_fields=True):
    """A countdown. ``total`` are the seconds given in all, extensions included; 0 where no clock was set.

    While it runs ``ends_at`` is when it is over (ISO 8601) and ``held`` counts for nothing; while it is paused ``ends_at``
    is empty and ``held`` are the seconds left. Ask :func:`left`.
    """

    total: int = 0
    held: int = 0
    ends_at: str = ""

    @property
    def is_set(self) -> bool:
        """Whether there is anything to show."""
        return self.total > 0

    @property
    def is_running(self) -> bool:
        """Whether it counts down now."""
        return bool(self.ends_at)


def clock_of(entries: Iterable[Entry]) -> Clock:
    """Return the clock as the whole journal leaves it. An input without a wall clock cannot start one: it stays paused."""
    clock = Clock()
    for entry in entries:
        for event in entry.events:
            if isinstance(event, ClockSet):
                clock = _after(clock, event, _moment(entry.at))
            elif isinstance(event, Branched):  # the clock of the parent's room runs there
                clock = Clock()
    return clock


def left(clock: Clock, now: datetime) -> int:
    """Return the whole seconds left; negative once time is up and the clock still runs."""
    ends = _moment(clock.ends_at)
    if ends is None:
        return clock.held
    return round((ends - _aware(now)).total_seconds())


def shown(seconds: int) -> str:
    """Return seconds as a clock shows them: ``8:05``, ``1:02:00``, and ``+0:40`` for forty seconds over time."""
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
    return f"+{text}" if seconds < 0 else text


def told(clock: Clock, now: datetime) -> str:
    """Return the clock in words: ``8:05 left``, ``paused, 8:05 left``, ``time is up, 0:40 over`` or ``no clock``."""
    if not clock.is_set:
        return "no clock"
    seconds = left(clock, now)
    if seconds <= 0:
        return f"time is up, {shown(-seconds)} over" if seconds else "time is up"
    return f"{shown(seconds)} left" if clock.is_running else f"paused, {shown(seconds)} left"


def _after(clock: Clock, event: ClockSet, at: datetime | None) -> Clock:
    if event.did == "start":
        return _running(Clock(event.seconds, event.seconds), event.seconds, at)
    if event.did == "stop":
        return Clock()
    if not clock.is_set:
        return clock
    now = clock.held if at is None else left(clock, at)
    if event.did == "pause":
        return replace(clock, held=now, ends_at="")
    if event.did == "resume":
        return _running(clock, now, at)
    now = max(now, 0)  # who extends a clock that has run out gives the whole time anew
    more = max(event.seconds, -now)
    extended = replace(clock, total=max(1, clock.total + more), held=now + more)
    return _running(extended, now + more, at) if clock.is_running else extended


def _running(clock: Clock, seconds: int, at: datetime | None) -> Clock:
    try:
        ends = at and at + timedelta(seconds=seconds)
    except OverflowError:  # no clock of this world
        ends = None
    return replace(clock, held=seconds, ends_at=ends.isoformat(timespec="seconds") if ends else "")


def _moment(text: str) -> datetime | None:
    try:
        return _aware(datetime.fromisoformat(text)) if text else None
    except ValueError:
        return None


def _aware(moment: datetime) -> datetime:
    """Return a time that can be compared; one without a zone is taken for universal time, as the record keeps it."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
