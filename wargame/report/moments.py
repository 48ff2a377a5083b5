"""Key moments, ranked by how far they lay from what was expected or believed; ties keep the order of play.

Each kind has one moment, the strongest of its kind, and a weight from 0 to 1000 that ranks it against other kinds: the
improbability of what the dice did, the width of a gap in thousandths of credibility, the height of a firebreak. The
weights put moments in an order for talking; they measure nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from msgspec.structs import replace

from wargame.export import words, working
from wargame.export.adjudicated import OUTCOMES
from wargame.ledger import BROKEN, Claim, mean_belief
from wargame.report.credibility import Index, veto_text, vetoes
from wargame.report.figures import changes, crossing, how
from wargame.report.gaps import widest, wrong_belief
from wargame.report.material import Material, Met
from wargame.report.model import Moment, Reference
from wargame.report.offramps import last_missed
from wargame.rules import events as fact

_LOWEST, _MOST = 0, 1000


def moments(m: Material) -> tuple[Moment, ...]:
    """Return the key moments, the strongest first."""
    found = [moment for each in _KINDS for moment in each(m)]
    found.sort(key=lambda moment: (-moment.weight, moment.refs[0].seq))
    return tuple(replace(moment, rank=rank) for rank, moment in enumerate(found, start=1))


def _moment(kind: str, title: str, text: str, refs: tuple[Reference, ...], weight: int, question: str) -> Moment:
    return Moment(0, kind, title, text, refs, max(_LOWEST, min(_MOST, weight)), question)


def improbable(met: Met) -> int:
    """Return how unlikely it was, in percent, that the dice said the opposite of what they said: 50 is a coin."""
    check = met.check
    return check.percent if check.die > check.percent else 100 - check.percent


def _surprise(m: Material) -> Iterator[Moment]:
    """Yield the check in which the dice did what was least likely; of equals the one whose die lay farthest off."""
    known = [met for met in m.checks if met.is_known and not met.row.undone]
    if not known:
        return
    met = max(known, key=lambda met: (improbable(met), abs(met.check.die - met.check.percent)))
    check = met.check
    if improbable(met) <= 50:
        return
    dice = "take the step" if check.die > check.percent else "hold it back"
    text = (
        f"{working.step(m.box, check)}: the staff put it at {check.percent} in 100 that the step is not taken, and the dice "
        f"show {check.die}. That the dice {dice} had a chance of {100 - improbable(met)} in 100. "
        f"{words.sentence(OUTCOMES.get(check.outcome, check.outcome))}"
    )
    question = "Who had planned for this outcome, and what would another die have changed?"
    yield _moment("surprise", "The largest surprise", text, (m.ref(met.row),), improbable(met) * 10, question)


def _gap(m: Material) -> Iterator[Moment]:
    found = widest(m)
    if found is not None:
        question = "What could have shown it as it was, and to whom would that have mattered?"
        yield _moment("gap", "The widest gap between belief and truth", found.text, found.refs, found.width, question)


def _firebreak(m: Material) -> Iterator[Moment]:
    for row, event in changes(m):
        crossed = crossing(m.box, event)
        if crossed:
            zones = m.box.ladder.zones
            height = m.box.ladder.rungs[m.box.rung_number[event.to]].zone
            text = (
                f"{words.dyad(m.box, event.dyad)} go from {words.rung(m.box, event.source)} to {words.rung(m.box, event.to)} "
                f"({how(m.box, event)}) and cross the firebreak {crossed}."
            )
            weight = 400 + 400 * height // max(1, len(zones) - 1)
            question = "Was the line seen before it was crossed, and by whom?"
            yield _moment("firebreak", "The first firebreak crossed", text, (m.ref(row),), weight, question)
            return


def _off_ramp(m: Material) -> Iterator[Moment]:
    found = last_missed(m)
    if found is not None:
        question = "What would it have taken to offer it, or to accept it, at that moment?"
        title = "The last cheap off-ramp missed"
        yield _moment("off-ramp", title, found.text, found.refs, found.weight, question)


def _broken(m: Material) -> Iterator[Moment]:
    index = Index(m)
    broken = [claim for claim in m.book.claims if claim.status == BROKEN and claim.id in index.due]
    if not broken:
        return
    claim = min(broken, key=lambda claim: index.due[claim.id].seq)
    believed = ""
    if claim.beliefs:
        believed = f" Others had put {round(mean_belief(claim))} percent on it."
    who = words.capital(m.box, claim.capital)
    text = (
        f"{who} had declared in turn {claim.turn}: {_promise(m, claim)} It fell due in turn {claim.settled} and was not "
        f"kept.{believed}"
    )
    refs = (m.ref(index.due[claim.id]), m.ref(index.made[claim.id]))
    weight = 500 + (round(mean_belief(claim)) * 4 if claim.beliefs else 0)
    question = "Who relied on it, and what does the next declaration of that capital weigh?"
    yield _moment("broken", "The first declaration broken", text, refs, weight, question)


def _promise(m: Material, claim: Claim) -> str:
    return words.sentence(words.promise(m.box, claim.capital, claim.declaration))


def _belief(m: Material) -> Iterator[Moment]:
    found = wrong_belief(m)
    if found is not None:
        question = "What did that capital see that kept it believing so?"
        title = "The longest-held belief that was wrong"
        yield _moment("belief", title, found.text, found.refs, found.width, question)


def _veto(m: Material) -> Iterator[Moment]:
    found = list(zip(m.book.findings, vetoes(m), strict=True))
    for finding, veto in found:
        if finding.kind == "veto":
            question = "Whom was the veto meant to protect, and whom did it protect?"
            yield _moment("veto", "A veto that decided", veto_text(m.box, finding), (veto.ref,), 620, question)
            return


def _overrule(m: Material) -> Iterator[Moment]:
    for met in m.checks:
        ruling = met.ruling.event if met.ruling else None
        if met.ruling is not None and isinstance(ruling, fact.RulingMade) and ruling.overruled and not met.row.undone:
            text = f"{working.step(m.box, met.check)}. {' '.join(m.evidence.say(ruling))}"
            refs = (m.ref(met.ruling), m.ref(met.row))
            question = "Would another umpire have ruled the same, and does the rule need to change?"
            yield _moment("overrule", "The dice overruled", text, refs, 640, question)
            return


def _height(m: Material) -> Iterator[Moment]:
    """Yield the highest rung that was reached, if anybody climbed at all."""
    up = [(row, event) for row, event in changes(m) if m.box.rung_number[event.to] > m.box.rung_number[event.source]]
    if not up:
        return
    row, event = max(up, key=lambda each: (m.box.rung_number[each[1].to], -each[0].seq))
    text = (
        f"{words.dyad(m.box, event.dyad)} come to {words.rung(m.box, event.to)} ({how(m.box, event)}); nothing higher was "
        "reached."
    )
    height = 300 * m.box.rung_number[event.to] // max(1, len(m.box.ladder.rungs) - 1)
    question = "What was gained on the last rung that the one below it did not give?"
    yield _moment("height", "The highest rung reached", text, (m.ref(row),), 200 + height, question)


def _marked(m: Material) -> Iterator[Moment]:
    """Yield what the scribe marked as a moment for the debrief; the players' version has none."""
    for row in m.seen.rows:
        if isinstance(row.event, fact.NoteTaken) and row.event.kind == "moment":
            text = " ".join(m.evidence.say(row.event))
            yield _moment("scribe", "Marked by the scribe", text, (m.ref(row),), 350, "")


_KINDS: Final[tuple[Callable[[Material], Iterator[Moment]], ...]] = (
    _surprise, _gap, _firebreak, _off_ramp, _broken, _belief, _veto, _overrule, _height, _marked,
)  # fmt: skip
