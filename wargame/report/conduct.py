"""How the exercise itself went, in numbers that findings and the summary are made from."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from wargame.export.rows import Row
from wargame.report.material import Material
from wargame.rules import events as fact
from wargame.rules.state import DRAFT, NOTHING, PASSED


class Conduct(Struct, frozen=True, dict=True):
    """Rows of a kind, by what they say about how the table worked."""

    m: Material

    def of(self, *kinds: type) -> tuple[Row, ...]:
        """Return the rows of these kinds that count."""
        return tuple(row for row in self.m.counted if isinstance(row.event, kinds))

    @cached_property
    def reveals(self) -> tuple[Row, ...]:
        """The reveals."""
        return self.of(fact.OrdersRevealed)

    @cached_property
    def sheets(self) -> int:
        """How many sheets people owed at the reveals; what a doctrine hands in is always in time."""
        played: tuple[str, ...] = ()
        number = 0
        for row in self.m.counted:
            if isinstance(row.event, (fact.ExerciseStarted, fact.Branched)):
                played = row.event.played
            elif isinstance(row.event, fact.OrdersRevealed):
                number += len(played)
        return number

    @cached_property
    def _closed(self) -> tuple[Row, ...]:
        """How each sheet was closed in the end; one that was given back is open again."""
        last: dict[tuple[int, str], Row] = {}
        for row in self.m.counted:
            event = row.event
            if isinstance(event, (fact.OrderSealed, fact.OrderClosed)):
                last[(row.turn, event.capital)] = row
            elif isinstance(event, fact.OrderReopened):
                last.pop((row.turn, event.capital), None)
        return tuple(sorted(last.values(), key=lambda row: row.seq))

    @cached_property
    def passes(self) -> tuple[Row, ...]:
        """Sheets that were passed on purpose."""
        return tuple(row for row in self._closed if _status(row) == PASSED)

    @cached_property
    def missing(self) -> tuple[Row, ...]:
        """Sheets that were missing when time was called and did not come late."""
        return tuple(row for row in self._closed if _status(row) == NOTHING)

    @cached_property
    def drafts(self) -> tuple[Row, ...]:
        """Drafts taken as they stood when time was called."""
        return tuple(row for row in self._closed if _status(row) == DRAFT)

    @cached_property
    def late(self) -> tuple[Row, ...]:
        """Sheets that were given back after time was called."""
        return tuple(row for row in self.of(fact.OrderReopened) if getattr(row.event, "late", False))

    @cached_property
    def amended(self) -> tuple[Row, ...]:
        """Sealed sheets that were taken back to be amended."""
        return tuple(row for row in self.of(fact.OrderReopened) if not getattr(row.event, "late", False))

    @cached_property
    def unanswered(self) -> tuple[Row, ...]:
        """Questions that nobody answered, asked in parts that were rewound too."""
        rows = self.m.seen.rows
        answered = {(r.event.id, r.event.capital) for r in rows if isinstance(r.event, fact.QuestionAnswered)}
        return tuple(
            r for r in rows if isinstance(r.event, fact.QuestionAsked) and (r.event.id, r.event.capital) not in answered
        )

    @cached_property
    def improvised(self) -> tuple[Row, ...]:
        """Injects no card holds."""
        return self.of(fact.InjectImprovised)

    @cached_property
    def injects(self) -> tuple[Row, ...]:
        """Cards that came as injects."""
        return tuple(row for row in self.of(fact.CardDrawn) if getattr(row.event, "inject", False))

    @cached_property
    def overruled(self) -> tuple[Row, ...]:
        """Rulings against the dice."""
        return tuple(row for row in self.of(fact.RulingMade) if getattr(row.event, "overruled", False))

    @cached_property
    def talks(self) -> tuple[tuple[Row, fact.TalksHeld], ...]:
        """Talks that were held."""
        return tuple((row, row.event) for row in self.m.counted if isinstance(row.event, fact.TalksHeld))


def _status(row: Row) -> str:
    return str(getattr(row.event, "status", ""))
