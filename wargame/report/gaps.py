"""Gaps between what was believed and what was so: at checks, in declarations, and held over time."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wargame.export import words, working
from wargame.export.rows import Row
from wargame.ledger import BROKEN, KEPT, last_beliefs
from wargame.report.credibility import FATES, Index
from wargame.report.material import Material, Met
from wargame.report.model import Reference
from wargame.rules.deterrence import Ratings, ThreatRating, credibility, scale


class Gap(Struct, frozen=True):
    """A gap in words. ``width`` in thousandths; ``believed_more``: more was believed than was so."""

    text: str
    refs: tuple[Reference, ...]
    width: int
    believed_more: bool = False


def widest(m: Material) -> Gap | None:
    """Return the widest gap of all, the first of several alike; None where none is known."""
    found = [*at_checks(m), *in_declarations(m), *_in_declared_threats(m)]
    return max(found, key=lambda gap: gap.width, default=None)


def at_checks(m: Material) -> Iterator[Gap]:
    """Yield for each check that counts the rating or threat that its challenger saw most wrongly, if it saw one so."""
    for met in m.checks:
        read = None if met.row.undone else m.readings(met)
        if read is None:
            continue
        gaps = sorted(_of_check(m, met, *read), key=lambda gap: -gap.width)
        yield from gaps[:1]


def _of_check(m: Material, met: Met, held: Ratings, true: Ratings) -> Iterator[Gap]:
    who = words.capital(m.box, met.check.challenger)
    step = f"{working.step(m.box, met.check)}"
    theory = m.box.theory[met.check.theory]
    for name, seen, so in zip(m.box.restraints, held.restraint, true.restraint, strict=True):
        if seen != so:
            text = f"{step}: {who} held {name} to be {words.points(seen / 2)}, and it was {words.points(so / 2)}."
            yield Gap(text, (m.ref(met.row),), abs(scale(seen) - scale(so)), seen > so)
    for each, other in zip(held.threats, true.threats, strict=True):
        if each.slot not in held.slots:
            continue
        floor = theory.floor[each.slot]
        seen, so = _believed(each, floor), _believed(other, floor)
        if seen != so:
            owner = words.capital(m.box, each.owner)
            text = (
                f'{step}: to {who} the threat "{each.id}" of {owner} had a credibility of {seen // 10} percent, and as things '
                f"were it had {so // 10} percent."
            )
            yield Gap(text, (m.ref(met.row),), abs(seen - so), seen > so)


def _believed(threat: ThreatRating, floor: int) -> int:
    return credibility(threat.capability, threat.will, threat.free, threat.clarity, floor)


def in_declarations(m: Material) -> Iterator[Gap]:
    """Yield for each declaration that fell due the belief that lay farthest from what came of it."""
    index = Index(m)
    for claim in m.book.claims:
        if claim.status not in (KEPT, BROKEN) or not claim.beliefs:
            continue
        truth = 100 if claim.status == KEPT else 0
        who, percent = max(last_beliefs(claim), key=lambda each: abs(each[1] - truth))
        if percent == truth:
            continue
        declarer = words.capital(m.box, claim.capital)
        text = (
            f"{words.capital(m.box, who)} put {percent} percent on what {declarer} had declared in turn {claim.turn}, and it "
            f"{FATES[claim.status]}."
        )
        refs = (m.ref(index.beliefs[(claim.id, who)]), m.ref(index.due[claim.id]))
        yield Gap(text, refs, abs(percent - truth) * 10, percent > truth)


def _in_declared_threats(m: Material) -> Iterator[Gap]:
    """Yield for each declared threat that a check met the belief farthest from its credibility as things were."""
    index = Index(m)
    mets = {met.row.seq: met for met in m.checks}
    for claim in m.book.claims:
        if not claim.tests or not claim.beliefs:
            continue
        test = claim.tests[-1]
        row = index.check(claim.pair, test.turn, test.to, -1)
        read, theory = m.readings(mets[row.seq]), m.box.theory[mets[row.seq].check.theory]
        true = next((each for each in read[1].threats if each.id == test.threat), None) if read else None
        if true is None:
            continue
        credible = _believed(true, theory.floor[true.slot]) // 10
        who, percent = max(last_beliefs(claim), key=lambda each: abs(each[1] - credible))
        declarer = words.capital(m.box, claim.capital)
        text = (
            f"{words.capital(m.box, who)} put {percent} percent on what {declarer} had declared in turn {claim.turn}; at the check "
            f"in turn {test.turn} the threat it voiced had, as things were, a credibility of {credible} percent."
        )
        refs = (m.ref(index.beliefs[(claim.id, who)]), m.ref(row))
        yield Gap(text, refs, abs(percent - credible) * 10, percent > credible)


def wrong_belief(m: Material) -> Gap | None:
    """Return the belief on the wrong side of even that was held for most turns; of several the one farthest off.

    A belief is held from the turn in which it was stated to the one in which the declaration fell due. Where none was
    wrong, a rating that was seen otherwise than it was at the close of most turns stands in its place.
    """
    index = Index(m)
    found: list[tuple[int, int, Gap]] = []
    for claim in m.book.claims:
        if claim.status not in (KEPT, BROKEN):
            continue
        truth = 100 if claim.status == KEPT else 0
        for who, percent in last_beliefs(claim):
            if abs(percent - truth) > 50:
                row = index.beliefs[(claim.id, who)]
                turns = claim.settled - row.turn + 1
                declarer = words.capital(m.box, claim.capital)
                text = (
                    f"For {words.many(turns, 'turn')} {words.capital(m.box, who)} put {percent} percent on what {declarer} had "
                    f"declared; in turn {claim.settled} it {FATES[claim.status]}."
                )
                width = 300 + 100 * turns + 3 * abs(percent - truth)
                refs = (m.ref(row), m.ref(index.due[claim.id]))
                found.append((turns, abs(percent - truth), Gap(text, refs, width, percent > truth)))
    if not found:
        return _longest_rating(m)
    return max(found, key=lambda each: each[:2])[2]


def _longest_rating(m: Material) -> Gap | None:
    """Return the rating that was believed to be otherwise than it was, by a point or more, for most turns."""
    if not m.seen.full:
        return None
    found: list[tuple[int, int, Gap]] = []
    for pair in m.box.pairs:
        names = zip(m.box.restraints, pair.restraint, pair.true_restraint, strict=True)
        for name, seen, true in names:
            both = [
                (close.values[seen[0]][seen[1]], close.values[true[0]][true[1]])
                for close in m.seen.closes
                if close.turn
            ]
            wrong = [abs(a - b) for a, b in both if abs(a - b) >= 2]
            if len(wrong) >= 2:
                found.append((len(wrong), max(wrong), _rating(m, pair.holder, pair.target, name, both, len(wrong))))
    return max(found, key=lambda each: each[:2], default=(0, 0, None))[2]


def _rating(m: Material, holder: str, target: str, name: str, both: list[tuple[int, int]], turns: int) -> Gap:
    seen, so = max(both, key=lambda each: abs(each[0] - each[1]))
    text = (
        f"At the close of {words.many(turns, 'turn')} {words.capital(m.box, holder)} still held {name} in its step against "
        f"{words.capital(m.box, target)} to be other than it was; at the widest {words.points(seen / 2)} where it was "
        f"{words.points(so / 2)}."
    )
    moved = [row for row in m.counted if _moves(row, f"{holder}>{target}.{name}.")]
    rows = moved[-1:] or m.counted[:1]
    return Gap(text, m.evidence.refs(rows), 100 * turns + 50 * abs(seen - so), seen > so)


def _moves(row: Row, track: str) -> bool:
    """Whether a fact moved a rating, as it is seen or as it is."""
    return any(change.address.startswith(track) for change in getattr(row.event, "changes", ()))
