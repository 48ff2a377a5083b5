"""The credibility ledger: what was declared, who believed it, whether it fell due and was kept, and what held it back.

Pure functions over a journal's events; they roll nothing and judge nobody. Numbers: beliefs and chances in whole percent,
credibility in thousandths, Brier scores from 0 (every belief right and certain) to 1 (every belief wrong and certain).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from wargame.rules.box import Box
from wargame.rules.events import (
    BeliefStated,
    ChallengeResolved,
    DeclarationDue,
    DeclarationMade,
    Event,
    PermissionRefused,
    ThreatTerm,
)
from wargame.rules.journal import Entry, effective, moments
from wargame.rules.orders import Declaration

OPEN, WITHDRAWN, KEPT, BROKEN = "open", "withdrawn", "kept", "broken"


class Believed(Struct, frozen=True):
    """What a capital thought of a declaration at one turn, 0 to 100 percent. The last one before it fell due counts."""

    capital: str
    turn: int
    percent: int


class Weighed(Struct, frozen=True):
    """How the threat a declaration voiced looked to the capital it warned, when that capital's step was checked.

    Of several threats in the slot it is the one that counted. ``credibility`` in thousandths; ``weakest`` the weakest
    link; ``counted`` whether no threat of another took its place; ``outcome`` that of the check.
    """

    turn: int
    to: str
    threat: str
    credibility: int
    weakest: str
    counted: bool
    outcome: str


class Claim(Struct, frozen=True):
    """A declaration and everything that came of it. ``settled`` is the turn in which it fell due or was withdrawn."""

    id: str
    turn: int
    capital: str
    declaration: Declaration
    pair: str
    slot: int
    status: str = OPEN
    settled: int = 0
    beliefs: tuple[Believed, ...] = ()
    tests: tuple[Weighed, ...] = ()


class Finding(Struct, frozen=True):
    """A permission that was withheld and what it did.

    ``kind``: ``veto`` (the partner's answer was believed no further than its patron allowed; ``protected`` is the
    challenger that took the step), ``refusal`` (a climb was held back; ``protected`` is the other party of the dyad) or
    ``defiance`` (the partner went on regardless; nobody was protected).
    """

    turn: int
    kind: str
    patron: str
    partner: str
    dyad: str
    to: str
    protected: str = ""


class Brier(Struct, frozen=True):
    """How well a capital judged the declarations that fell due; ``score`` is exact, ``beliefs`` how many it judged."""

    capital: str
    beliefs: int
    score: Fraction


class Gap(Struct, frozen=True):
    """How credible a capital's declarations were, and how credible others believed them to be. All numbers are exact.

    Every declaration counts once, by the mean of the others' last beliefs in it and the mean of its credibility at the
    checks it met while it stood. ``tested`` declarations were both believed and checked; over these alone ``credible`` and
    ``believed`` are percentages, and ``gap`` is believed less credible: positive where it was believed more than it was
    credible. ``due`` declarations fell due, ``kept`` of them; ``believed_due`` is the belief in those that somebody judged
    (``judged``), and ``kept_gap`` it less the percentage of these that were kept. None stands where there is nothing to
    count.
    """

    capital: str
    declared: int
    tested: int = 0
    credible: Fraction | None = None
    believed: Fraction | None = None
    due: int = 0
    kept: int = 0
    judged: int = 0
    believed_due: Fraction | None = None
    kept_gap: Fraction | None = None

    @property
    def gap(self) -> Fraction | None:
        """Believed less credible, in percentage points."""
        return None if self.believed is None or self.credible is None else self.believed - self.credible


class Ledger(Struct, frozen=True):
    """The whole ledger. Scores are only of capitals that judged a declaration that fell due, gaps of those that declared."""

    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    scores: tuple[Brier, ...]
    gaps: tuple[Gap, ...] = ()


def ledger(box: Box, entries: Sequence[Entry]) -> Ledger:
    """Return the ledger of an exercise so far; what a rewind took back is not in it."""
    return of_events(box, moments(event for entry in effective(entries) for event in entry.events))


def of_events(box: Box, events: Iterable[tuple[int, str, Event]]) -> Ledger:
    """Return the ledger of facts with their turn and phase, for instance of what one side saw."""
    claims: dict[str, Claim] = {}
    findings: list[Finding] = []
    for turn, _, event in events:
        if isinstance(event, DeclarationMade):
            claims[event.id] = Claim(event.id, turn, event.capital, event.declaration, event.pair, event.slot)
            if event.withdraws in claims and claims[event.withdraws].status == OPEN:
                claims[event.withdraws] = replace(claims[event.withdraws], status=WITHDRAWN, settled=turn)
        elif isinstance(event, BeliefStated) and event.declaration in claims:
            claim = claims[event.declaration]
            stated = Believed(event.capital, turn, event.percent)
            claims[claim.id] = replace(claim, beliefs=(*claim.beliefs, stated))
        elif isinstance(event, DeclarationDue) and event.declaration in claims:
            status = KEPT if event.kept else BROKEN
            claims[event.declaration] = replace(claims[event.declaration], status=status, settled=turn)
        elif isinstance(event, ChallengeResolved):
            _note_check(box, turn, event, claims)
            findings += _veto(box, turn, event)
        elif isinstance(event, PermissionRefused):
            findings.append(_refusal(box, turn, event))
    found = tuple(claims.values())
    return Ledger(found, tuple(findings), scores(box, found), gaps(box, found))


def scores(box: Box, claims: Sequence[Claim]) -> tuple[Brier, ...]:
    """Return each capital's Brier score over the declarations that fell due, in the box's order."""
    errors: dict[str, list[int]] = {}
    for claim in claims:
        if claim.status in (KEPT, BROKEN):
            truth = 100 if claim.status == KEPT else 0
            for who, percent in last_beliefs(claim):
                errors.setdefault(who, []).append((percent - truth) ** 2)
    return tuple(
        Brier(capital.id, len(errors[capital.id]), Fraction(sum(errors[capital.id]), 10000 * len(errors[capital.id])))
        for capital in box.capitals
        if capital.id in errors
    )


def gaps(box: Box, claims: Sequence[Claim]) -> tuple[Gap, ...]:
    """Return the gap between credibility and belief of each capital that declared, in the box's order."""
    by_capital: dict[str, list[Claim]] = {}
    for claim in claims:
        by_capital.setdefault(claim.capital, []).append(claim)
    return tuple(_gap(capital.id, by_capital[capital.id]) for capital in box.capitals if capital.id in by_capital)


def _gap(capital: str, claims: Sequence[Claim]) -> Gap:
    tested = [claim for claim in claims if claim.tests and claim.beliefs]
    due = [claim for claim in claims if claim.status in (KEPT, BROKEN)]
    judged = [claim for claim in due if claim.beliefs]
    believed_due = _mean([mean_belief(claim) for claim in judged])
    share = _mean([Fraction(100 if claim.status == KEPT else 0) for claim in judged])
    return Gap(
        capital,
        len(claims),
        len(tested),
        _mean([mean_credibility(claim) for claim in tested]),
        _mean([mean_belief(claim) for claim in tested]),
        len(due),
        sum(claim.status == KEPT for claim in due),
        len(judged),
        believed_due,
        None if believed_due is None or share is None else believed_due - share,
    )


def mean_belief(claim: Claim) -> Fraction:
    """Return the mean of the beliefs that count in a declaration, in percent. Raises ZeroDivisionError if none was stated."""
    last = last_beliefs(claim)
    return Fraction(sum(percent for _, percent in last), len(last))


def mean_credibility(claim: Claim) -> Fraction:
    """Return the mean credibility of a declaration at its checks, in percent. Raises ZeroDivisionError if it met none."""
    return Fraction(sum(test.credibility for test in claim.tests), 10 * len(claim.tests))


def _mean(numbers: Sequence[Fraction]) -> Fraction | None:
    return sum(numbers, Fraction()) / len(numbers) if numbers else None


def last_beliefs(claim: Claim) -> tuple[tuple[str, int], ...]:
    """Return the belief of each capital that counts, its last one, in the order in which they first spoke."""
    return tuple({each.capital: each.percent for each in claim.beliefs}.items())


def _note_check(box: Box, turn: int, event: ChallengeResolved, claims: dict[str, Claim]) -> None:
    """Note on every open claim how its threat looked in this check."""
    pair = f"{event.challenger}>{event.target}"
    for claim in claims.values():
        if claim.status != OPEN or claim.pair != pair or not 0 <= claim.slot < len(box.slots):
            continue
        voiced = [t for t in event.threats if t.slot == box.slots[claim.slot] and _voices(claim, t.owner)]
        if voiced:
            threat = max(voiced, key=_weight)
            test = Weighed(
                turn, event.to, threat.name, threat.credibility, threat.weakest, threat.counts, event.outcome
            )
            claims[claim.id] = replace(claim, tests=(*claim.tests, test))


def _weight(threat: ThreatTerm) -> tuple[bool, float]:
    """Return what decides which of a slot's threats stands for it: that it counts, else credibility times cost."""
    return threat.counts, threat.credibility * threat.cost


def _voices(claim: Claim, owner: str) -> bool:
    """Whether a threat of ``owner`` is what the claim speaks for: its own, or that of a partner it permits."""
    return owner in (claim.capital, getattr(claim.declaration.deed, "partner", claim.capital))


def _veto(box: Box, turn: int, event: ChallengeResolved) -> list[Finding]:
    if not event.protected:
        return []
    dyad = box.dyad[event.dyad]
    return [Finding(turn, "veto", dyad.patron, dyad.partner, dyad.id, event.to, event.protected)]


def _refusal(box: Box, turn: int, event: PermissionRefused) -> Finding:
    if event.defied:
        return Finding(turn, "defiance", event.patron, event.partner, event.dyad, event.to)
    other = box.dyad[event.dyad].other(event.partner)
    return Finding(turn, "refusal", event.patron, event.partner, event.dyad, event.to, other)
