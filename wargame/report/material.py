"""What every part of a report is made from: the rows this version may use, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from wargame.export.rows import Row
from wargame.ledger import Ledger, of_events
from wargame.recorded import Recorded
from wargame.report.evidence import Evidence
from wargame.report.model import WHITE_CELL, Reference
from wargame.report.redaction import Seen, seen_by
from wargame.rules import events as fact
from wargame.rules.box import Box
from wargame.rules.deterrence import Ratings, ratings
from wargame.rules.evolve import evolve, opening
from wargame.rules.journal import undone
from wargame.rules.legal import is_answering
from wargame.rules.resolve.climb import TAKEN
from wargame.rules.state import State


class Met(Struct, frozen=True):
    """A check as it was met: the row of its outcome, that of its dice and the white cell's ruling where they are known."""

    row: Row
    check: fact.ChallengeResolved
    rolled: Row | None = None
    ruling: Row | None = None

    @property
    def is_known(self) -> bool:
        """Whether this version may see its working."""
        return bool(self.check.terms)

    @property
    def is_taken(self) -> bool:
        """Whether the challenger stands on the rung, by the dice or otherwise."""
        return self.check.outcome in TAKEN

    @property
    def firebreak(self) -> str:
        """The firebreak the step would cross, or an empty string."""
        return self.rolled.event.firebreak if self.rolled else ""  # type: ignore[union-attr]


class Material(Struct, frozen=True, dict=True):
    """One exercise for one version of the report."""

    recorded: Recorded
    audience: str
    variant: str
    seen: Seen
    evidence: Evidence
    pseudonyms: bool = False

    @property
    def box(self) -> Box:
        """What it was played with."""
        return self.recorded.box

    @property
    def for_white_cell(self) -> bool:
        """Whether this is the white cell's own version."""
        return self.audience == WHITE_CELL

    @cached_property
    def counted(self) -> tuple[Row, ...]:
        """The rows that no rewind took back."""
        return tuple(row for row in self.seen.rows if not row.undone)

    @cached_property
    def book(self) -> Ledger:
        """The credibility ledger of what counts."""
        return of_events(self.box, ((row.turn, row.phase, row.event) for row in self.counted))

    @cached_property
    def checks(self) -> tuple[Met, ...]:
        """Every check that came to an outcome, in order, those rewound too."""
        return tuple(_met(self.seen.rows))

    @cached_property
    def ended(self) -> Row | None:
        """The row in which the exercise ended, if it has."""
        return next((row for row in self.counted if isinstance(row.event, fact.ExerciseEnded)), None)

    @cached_property
    def turns(self) -> int:
        """The last turn that was opened and counts."""
        return max((row.turn for row in self.counted), default=0)

    @cached_property
    def before(self) -> dict[int, State]:
        """The state before each throw of a check that counts, by the number of its event. Empty where truths are hidden."""
        return dict(_before(self.recorded)) if self.seen.full else {}

    def rung(self, dyad: str, values: tuple[tuple[int, ...], ...]) -> int:
        """Return the number of the rung a dyad stands on."""
        block, place = self.box.rung_at[dyad]
        return values[block][place] if values[block] else 0

    def ref(self, row: Row, quote: str = "") -> Reference:
        """Return the reference to a row."""
        return self.evidence.ref(row, quote)

    def readings(self, met: Met) -> tuple[Ratings, Ratings] | None:
        """Return the ratings of a check as its challenger held them and as they were, None where that is not known."""
        state = self.before.get(met.rolled.seq) if met.rolled else None
        if state is None:
            return None
        box, check = self.box, met.check
        pair = box.pair[f"{check.challenger}>{check.target}"]
        rung, theatre = box.rung_number[check.to], box.dyad[check.dyad].theatre
        answering = is_answering(box, state.stacks, check.target, theatre)
        held = ratings(box, state.values, pair, rung, state.done, answering)
        return held, ratings(box, state.values, pair, rung, state.done, answering, true=True)


def material(recorded: Recorded, audience: str, variant: str, pseudonyms: bool) -> Material:
    """Return what a version of the report is made from."""
    seen = seen_by(recorded, audience)
    evidence = Evidence(recorded.box, seen.log, seen.rows, pseudonyms, clocks=audience == WHITE_CELL)
    return Material(recorded, audience, variant, seen, evidence, pseudonyms)


def _met(rows: tuple[Row, ...]) -> Iterator[Met]:
    """Yield every check with its dice and its ruling. A rewind between them leaves the dice and takes back the ruling."""
    thrown: list[Row] = []
    rulings: dict[int, Row] = {}
    for row in rows:
        if isinstance(row.event, fact.ChallengeRolled):
            thrown.append(row)
        elif isinstance(row.event, fact.RulingMade):
            rulings[row.entry] = row
        elif isinstance(row.event, fact.ChallengeResolved):
            rolled = next((each for each in reversed(thrown) if _is_of(each, row)), None)
            yield Met(row, row.event, rolled, rulings.get(row.entry))


def _is_of(rolled: Row, resolved: Row) -> bool:
    """Whether these dice are of this outcome: the same working, and dice that count if the outcome does."""
    if rolled.undone and not resolved.undone:
        return False
    return all(getattr(rolled.event, name) == getattr(resolved.event, name) for name in fact.Checked.__struct_fields__)


def _before(recorded: Recorded) -> Iterator[tuple[int, State]]:
    """Yield the state before each throw that counts, with the number of its event in the log."""
    box, gone = recorded.box, undone(recorded.entries)
    state, seq = opening(box), 0
    for place, entry in enumerate(recorded.entries):
        for event in entry.events:
            seq += 1
            if place in gone:
                continue
            if isinstance(event, fact.ChallengeRolled):
                yield seq, state
            state = evolve(box, state, event)
