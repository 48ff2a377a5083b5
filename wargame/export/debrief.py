"""The debrief of the chronicle: endings and scores, the path on the ladder, the credibility ledger, whom vetoes protected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from wargame.export import words
from wargame.export.rows import Walk
from wargame.export.sentences import sentences
from wargame.export.text import markdown
from wargame.ledger import BROKEN, KEPT, WITHDRAWN, Claim, Finding, Ledger, last_beliefs, of_events
from wargame.rules.box import Box
from wargame.rules.events import ExerciseEnded, Score

_STATUS: Final = {KEPT: "kept", BROKEN: "not kept", WITHDRAWN: "withdrawn"}
_FINDINGS: Final = {
    "veto": "the answer was believed no further than the patron allowed; it protected",
    "refusal": "the patron's permission was missing and the climb was held back; it protected",
    "defiance": "the partner went on without its patron's permission; it protected",
}


def debrief(box: Box, seen: Walk) -> list[str]:
    """Return the chronicle's last part as lines of Markdown."""
    book = of_events(box, ((row.turn, row.phase, row.event) for row in seen.counted))
    lines: list[str] = []
    for row in seen.counted:
        if isinstance(row.event, ExerciseEnded):
            lines += ["", "## The end", "", *_ended(box, row.event)]
    lines += _ladder(box, seen)
    lines += ["", "## Declared, believed, done", "", *_claims(box, book)]
    if book.findings:
        lines += ["", "## Whom each veto protected", "", *(_finding(box, each) for each in book.findings)]
    return [
        *lines, "",
        "The theories illustrate schools of thought and are evidence for none of them. This chronicle is of an exercise; "
        "it forecasts nothing.",
    ]  # fmt: skip


def _ended(box: Box, event: ExerciseEnded) -> list[str]:
    lines = [markdown(" ".join(sentences(box, event))), ""]
    for score in event.scores:
        lines += ["", *_score(box, score)]
    return lines


def _score(box: Box, score: Score) -> list[str]:
    lines = [f"**{markdown(words.capital(box, score.capital))}: {score.total} of 100**", ""]
    lines += [f"- {line.points} of {line.of}: {markdown(words.sentence(line.text))}" for line in score.lines]
    return [*lines, f"- {score.beliefs} for judging what others declared."]


def _ladder(box: Box, seen: Walk) -> list[str]:
    """Return where every dyad stood at the close of each turn."""
    rows = []
    for close in seen.closes:
        stands = []
        for dyad in box.dyads:
            block, place = box.ref(f"{dyad.id}.rung")
            stands.append(box.ladder.rungs[close.values[block][place]].name if close.values[block] else "?")
        rows.append(("start" if close.turn == 0 else str(close.turn), *stands))
    heads = ("turn", *(words.dyad(box, dyad.id) for dyad in box.dyads))
    return ["", "## The path on the ladder", "", *table(heads, rows)]


def _claims(box: Box, book: Ledger) -> list[str]:
    if not book.claims:
        return ["Nobody declared anything."]
    lines = [_claim(box, claim) for claim in book.claims]
    scores = [
        f"{markdown(words.capital(box, each.capital))} {float(each.score):.2f} over {words.many(each.beliefs, 'belief')}"
        for each in book.scores
    ]
    if scores:
        lines += ["", f"Brier scores (0 is perfect, 0.25 is a coin): {'; '.join(scores)}."]
    return lines


def _claim(box: Box, claim: Claim) -> str:
    promise = words.sentence(words.promise(box, claim.capital, claim.declaration))
    parts = [f"Turn {claim.turn}, {claim.id}: {promise}"]
    believed = [f"{words.capital(box, who)} {percent} percent" for who, percent in last_beliefs(claim)]
    if believed:
        parts.append(f"Believed: {words.listed(believed)}.")
    for test in claim.tests:
        link = words.LINKS.get(test.weakest, test.weakest)
        credible = words.thousandths(test.credibility)[1:]
        parts.append(
            f'A step was checked against it in turn {test.turn}: the threat "{test.threat}" had credibility {credible}, '
            f"weakest in {link}."
        )
    fate = f"In turn {claim.settled} it was {_STATUS[claim.status]}" if claim.settled else "It did not fall due"
    return f"- {markdown(' '.join([*parts, fate + '.']))}"


def _finding(box: Box, found: Finding) -> str:
    step = f"{words.rung(box, found.to)} between {words.dyad(box, found.dyad)}"
    patron, partner = words.capital(box, found.patron), words.capital(box, found.partner)
    whom = words.capital(box, found.protected) if found.protected else "nobody"
    return f"- {markdown(f'Turn {found.turn}, {step}, {patron} and {partner}: {_FINDINGS[found.kind]} {whom}.')}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], last: Sequence[str] = ()) -> list[str]:
    """Return a table; ``last`` is markup of ours and not escaped."""
    lines = [_line([markdown(head) for head in heads]), _line(["---"] * len(heads))]
    lines += [_line([markdown(each) for each in row]) for row in rows]
    return [*lines, _line(last)] if last else lines


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
