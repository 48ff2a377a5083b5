"""The working of every check for the report, and the same check under every theory of the box.

The ratings are those of the recorded check; only the weights change. So the theory it was made by gives the recorded
percentage again, to the digit, and any other shows what a school of thought would have made of the same sheet. That is
a comparison of schools, and evidence for none.
"""

from __future__ import annotations

from wargame.export import words, working
from wargame.export.adjudicated import OUTCOMES
from wargame.report.material import Material, Met
from wargame.report.model import SCHOOLS, Check, TermBar, ThreatRow, UnderTheory
from wargame.rules.box import Box
from wargame.rules.deterrence import estimate
from wargame.rules.events import ChallengeResolved, ChallengeRolled, RulingMade
from wargame.rules.flips import Flip, flips, ratings_of

_MOST_FLIPS = 4


def under_theories(box: Box, check: ChallengeRolled | ChallengeResolved) -> tuple[UnderTheory, ...]:
    """Return a recorded check estimated under every theory of the box, in the box's order; none if its terms are hidden."""
    if not check.terms:
        return ()
    read = ratings_of(box, check)
    found = []
    for theory in box.theories:
        under = estimate(box, theory, read)
        holds, used = check.die <= under.percent, theory.id == check.theory
        found.append(UnderTheory(words.theory(box, theory.id), under.percent, under.low, under.high, holds, used))
    return tuple(found)


def checks(m: Material) -> tuple[Check, ...]:
    """Return every check with its working, in order, those in a part that was rewound too."""
    return tuple(_check(m, met) for met in m.checks)


def theories_text(found: tuple[Check, ...]) -> str:
    """Return what the comparison says in words, which begins with what it does not say."""
    counted = [check for check in found if check.known and not check.undone]
    if not counted:
        return SCHOOLS
    split = sum(any(each.holds != (check.die <= check.percent) for each in check.theories) for check in counted)
    return (
        f"{SCHOOLS} Each check is worked again from the same ratings and with the same dice under every theory of the "
        f"box. In {split} of {len(counted)} checks at least one other theory would have had the dice say otherwise."
    )


def _check(m: Material, met: Met) -> Check:
    box, check = m.box, met.check
    ruling = met.ruling.event if met.ruling else None
    firebreak = met.firebreak or _crossed(box, check)
    found = Check(
        turn=met.row.turn,
        title=working.step(box, check),
        challenger=words.capital(box, check.challenger),
        target=words.capital(box, check.target),
        dyad=words.dyad(box, check.dyad),
        source=box.rung_number[check.source],
        to=box.rung_number[check.to],
        firebreak=firebreak,
        outcome=words.sentence(OUTCOMES.get(check.outcome, check.outcome)),
        taken=met.is_taken,
        ref=m.ref(met.row),
        known=met.is_known,
        ruling=" ".join(m.evidence.say(ruling)) if isinstance(ruling, RulingMade) else "",
        undone=met.row.undone,
        text=f"{working.step(box, check)}: {OUTCOMES.get(check.outcome, check.outcome)}.",
    )
    return _worked(m, met, found) if met.is_known else found


def _crossed(box: Box, check: ChallengeResolved) -> str:
    zone = box.ladder.firebreak(box.rung_number[check.source], box.rung_number[check.to])
    return box.ladder.zones[zone].firebreak if zone >= 0 else ""


def _worked(m: Material, met: Met, found: Check) -> Check:
    """Return the check with its numbers."""
    box, check = m.box, met.check
    theory = box.theory[check.theory]
    turning = flips(box, theory, ratings_of(box, check), check.die)[:_MOST_FLIPS]
    numbers = {
        "percent": check.percent,
        "low": check.band[0],
        "high": check.band[1],
        "die": check.die,
        "constant": check.constant,
        "margin": check.margin,
        "theory": words.theory(box, check.theory),
        "terms": tuple(TermBar(t.name, t.rating, t.weight, t.contribution, t.side) for t in check.terms),
        "threats": _threats(box, check),
        "weakest": working.weakest_link(box, check),
        "flips": tuple(_flip(check, each) for each in turning),
        "theories": under_theories(box, check),
        "text": _text(box, met),
    }
    return Check(**{name: getattr(found, name) for name in Check.__struct_fields__} | numbers)


def _threats(box: Box, check: ChallengeResolved) -> tuple[ThreatRow, ...]:
    return tuple(
        ThreatRow(
            each.name, each.slot, words.capital(box, each.owner), each.capability, each.will, each.free, each.clarity,
            each.cost, each.credibility, words.LINKS.get(each.weakest, each.weakest), each.counts,
        )
        for each in check.threats
    )  # fmt: skip


def _flip(check: ChallengeResolved, flip: Flip) -> str:
    """Return what would have turned the dice: ``With denial 4 instead of 3 it would have been 71 percent.``"""
    threat, _, link = flip.name.rpartition(".")
    name = f'{words.LINKS.get(link, link)} of the threat "{threat}"' if threat else link
    new, old = words.points(flip.new), words.points(flip.old)
    would = "not have been taken" if check.die <= flip.percent else "have been taken"
    return f"With {name} {new} instead of {old}: {flip.percent} percent, and by the same dice the step would {would}."


def _text(box: Box, met: Met) -> str:
    """Return the figure of a check in words."""
    check = met.check
    parts = [
        f"By the theory {words.theory(box, check.theory)}, the staff put the chance that the step is not taken at "
        f"{check.percent} percent ({check.band[0]} to {check.band[1]}), and the dice show {check.die}: "
        f"{OUTCOMES.get(check.outcome, check.outcome)}."
    ]
    strongest = sorted((t for t in check.terms if t.contribution), key=lambda t: -abs(t.contribution))[:3]
    if strongest:
        listed = [f"{t.name} ({words.thousandths(t.contribution)})" for t in strongest]
        parts.append(f"What weighed most was {words.listed(listed)}.")
    weakest = working.weakest_link(box, check)
    return " ".join([*parts, weakest] if weakest else parts)
