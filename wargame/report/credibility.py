"""Credibility against belief: every declaration, what others thought of it, what checks made of it, and the gap."""

from __future__ import annotations

from fractions import Fraction

from wargame.export import words, working
from wargame.export.adjudicated import OUTCOMES
from wargame.export.rows import Row
from wargame.ledger import (
    BROKEN,
    KEPT,
    OPEN,
    WITHDRAWN,
    Claim,
    Finding,
    Gap,
    last_beliefs,
    mean_belief,
    mean_credibility,
)
from wargame.report.material import Material
from wargame.report.model import (
    Belief,
    Credibility,
    CredibilityPoint,
    Credit,
    Declared,
    Judgement,
    Tested,
    Veto,
)
from wargame.rules import events as fact
from wargame.rules.box import Box

_KINDS = {"tie-hands": "tied its hands", "sink-costs": "sank costs", "quiet": "a quiet message"}
FATES = {OPEN: "did not fall due", WITHDRAWN: "was withdrawn", KEPT: "was kept", BROKEN: "was not kept"}
"""What became of a declaration, as the end of a sentence."""


class Index:
    """Where in the log a declaration was made, believed, checked and settled."""

    def __init__(self, m: Material) -> None:
        self.made: dict[str, Row] = {}
        self.due: dict[str, Row] = {}
        self.beliefs: dict[tuple[str, str], Row] = {}
        self._checks: dict[tuple[int, str, str], list[Row]] = {}
        for row in m.counted:
            event = row.event
            if isinstance(event, fact.DeclarationMade):
                self.made[event.id] = row
            elif isinstance(event, fact.DeclarationDue):
                self.due[event.declaration] = row
            elif isinstance(event, fact.BeliefStated):
                self.beliefs[(event.declaration, event.capital)] = row
            elif isinstance(event, fact.ChallengeResolved):
                key = (row.turn, f"{event.challenger}>{event.target}", event.to)
                self._checks.setdefault(key, []).append(row)

    def check(self, pair: str, turn: int, to: str, again: int = 0) -> Row:
        """Return the row of the check of a pair's step to a rung, the ``again``-th of that turn from 0, -1 the last."""
        found = self._checks[(turn, pair, to)]
        return found[min(again, len(found) - 1)]


def credibility(m: Material) -> Credibility:
    """Return the credibility ledger."""
    index = Index(m)
    declared = tuple(_declared(m, index, claim) for claim in m.book.claims)
    credits = tuple(_credit(m.box, gap) for gap in m.book.gaps)
    points = tuple(point for claim in m.book.claims for point in _points(m.box, claim))
    judgements = tuple(
        Judgement(words.capital(m.box, each.capital), each.beliefs, round(float(each.score), 3))
        for each in m.book.scores
    )
    return Credibility(declared, judgements, credits, points, _text(credits, points))


def vetoes(m: Material) -> tuple[Veto, ...]:
    """Return every permission that was withheld and decided something, and whom that protected."""
    rows = [
        row for row in m.counted
        if isinstance(row.event, fact.PermissionRefused)
        or (isinstance(row.event, fact.ChallengeResolved) and row.event.protected)
    ]  # fmt: skip
    found = zip(m.book.findings, rows, strict=True)
    return tuple(
        Veto(
            each.turn, each.kind, words.capital(m.box, each.patron), words.capital(m.box, each.partner),
            words.capital(m.box, each.protected) if each.protected else "", veto_text(m.box, each), m.ref(row),
        )
        for each, row in found
    )  # fmt: skip


def veto_text(box: Box, found: Finding) -> str:
    """Return a finding about permission in a sentence or two."""
    patron, partner = words.capital(box, found.patron), words.capital(box, found.partner)
    to = words.rung(box, found.to)
    if found.kind == "defiance":
        return f"{partner} climbed to {to} although {patron} did not permit it. Nobody was protected."
    whom = words.capital(box, found.protected) if found.protected else "nobody"
    if found.kind == "refusal":
        return f"{patron} did not permit {partner} to climb to {to}, and {partner} held back. That protected {whom}."
    return (
        f"In the step to {to}, {partner}'s answer was believed no further than {patron} permitted, and the step was taken. "
        f"That protected {whom}."
    )


def _declared(m: Material, index: Index, claim: Claim) -> Declared:
    box, said = m.box, claim.declaration
    refs = [m.ref(index.made[claim.id])] + ([m.ref(index.due[claim.id])] if claim.id in index.due else [])
    beliefs = []
    for who, percent in last_beliefs(claim):
        row = index.beliefs[(claim.id, who)]
        beliefs.append(Belief(words.capital(box, who), percent, row.turn, m.ref(row)))
    return Declared(
        id=claim.id,
        turn=claim.turn,
        capital=words.capital(box, claim.capital),
        kind=_KINDS.get(said.kind, said.kind),
        to=words.capital(box, said.to) if said.to else "",
        text=words.sentence(words.promise(box, claim.capital, said)),
        status=claim.status,
        settled=claim.settled,
        beliefs=tuple(beliefs),
        tests=_tests(m, index, claim),
        believed=round(mean_belief(claim)) if claim.beliefs else -1,
        credible=round(mean_credibility(claim)) if claim.tests else -1,
        refs=tuple(refs),
    )


def _tests(m: Material, index: Index, claim: Claim) -> tuple[Tested, ...]:
    box, found = m.box, []
    again: dict[tuple[int, str], int] = {}
    for test in claim.tests:
        place = again.get((test.turn, test.to), 0)
        again[(test.turn, test.to)] = place + 1
        row = index.check(claim.pair, test.turn, test.to, place)
        step = working.step(box, row.event)  # type: ignore[arg-type]
        link, outcome = words.LINKS.get(test.weakest, test.weakest), OUTCOMES.get(test.outcome, test.outcome)
        ref = m.ref(row)
        found.append(Tested(test.turn, step, test.threat, test.credibility, link, test.counted, outcome, ref))
    return tuple(found)


def _points(box: Box, claim: Claim) -> list[CredibilityPoint]:
    """Return a point for each belief: against credibility where the threat was checked, else against what came of it."""
    if claim.tests:
        credible = round(mean_credibility(claim))
    elif claim.status in (KEPT, BROKEN):
        credible = 100 if claim.status == KEPT else 0
    else:
        return []
    who = words.capital(box, claim.capital)
    return [
        CredibilityPoint(claim.id, who, words.capital(box, believer), credible, percent, claim.status)
        for believer, percent in last_beliefs(claim)
    ]


def _whole(number: Fraction | None) -> int:
    return -1 if number is None else round(number)


def _credit(box: Box, gap: Gap) -> Credit:
    who = words.capital(box, gap.capital)
    parts = [f"{who} made {words.many(gap.declared, 'declaration')}"]
    if gap.due:
        parts.append(
            f"{words.many(gap.due, 'declaration')} fell due and {gap.kept} of {gap.due} {_were(gap.kept)} kept"
        )
    else:
        parts.append("none fell due")
    text = f"{', '.join(parts)}."
    credible, believed = _whole(gap.credible), _whole(gap.believed)
    if gap.gap is not None:
        text += (
            f" Where a declared threat was checked, others had put {believed} percent on it and its credibility was "
            f"{credible} percent: it was believed {_more(believed - credible)}."
        )
    kept_gap = None if gap.kept_gap is None else round(gap.kept_gap)
    if kept_gap is not None:
        text += f" Of what fell due, others had believed {_whole(gap.believed_due)} percent."
    shown = believed if believed >= 0 else _whole(gap.believed_due)
    return Credit(
        who, credible, gap.due, gap.kept, shown, None if gap.gap is None else believed - credible, kept_gap, text
    )


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _more(points: int) -> str:
    if not points:
        return "exactly as far as it was credible"
    what = f"{abs(points)} points {'more' if points > 0 else 'less'}"
    return f"{what} than it was credible"


def _text(credits: tuple[Credit, ...], points: tuple[CredibilityPoint, ...]) -> str:
    """Return the figure in words."""
    if not points:
        return "No declaration was both believed and tested, so there is nothing to draw. " + " ".join(
            c.text for c in credits
        )
    over = sum(point.believed > point.credible for point in points)
    under = sum(point.believed < point.credible for point in points)
    return (
        f"{words.many(len(points), 'belief').capitalize()} against credibility: {over} higher, {under} lower, "
        f"{len(points) - over - under} the same. A declaration whose threat met no check stands at "
        f"100 if it was kept and at 0 if it was not. Belief is about the word, credibility about the threat it voiced, as the "
        f"capital it warned rated it; the two need not agree. " + " ".join(credit.text for credit in credits)
    )
