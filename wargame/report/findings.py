"""Findings: what was observed and the evidence. What it means, and what to do about it, is left for people to write.

``strength`` and ``area for improvement`` are said of how the table worked: orders in time, words kept, judgements that
held, ways out that were used. Whether it was right to climb, to permit or to give way is no finding of a program's; that
is an ``observation``. A seminar tests no capability, so in its variant every finding is an observation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from wargame.export import words
from wargame.export.rows import Row
from wargame.ledger import BROKEN, KEPT
from wargame.report.conduct import Conduct
from wargame.report.credibility import Index, vetoes
from wargame.report.figures import changes, crossing
from wargame.report.gaps import widest
from wargame.report.material import Material
from wargame.report.model import IMPROVE, INSIGHTS, OBSERVATION, STRENGTH, Finding, PlanRow, Reference
from wargame.report.moments import improbable
from wargame.report.offramps import last_missed
from wargame.report.redaction import is_idle_reply
from wargame.report.theories import under_theories
from wargame.report.times import minutes, overrun, times
from wargame.rules import events as fact

GOOD_JUDGE: Final = 0.15
COIN: Final = 0.25
"""Brier scores: at most the first is called good judgement, above the second a coin would have judged better."""

WIDE_GAP: Final = 20
"""Percentage points from which on belief and credibility are said to lie apart."""

_MOST_EVIDENCE: Final = 12
_SPARE_ROWS: Final = 3


class Observed(Struct, frozen=True):
    """A finding before it has its number."""

    kind: str
    topic: str
    text: str
    refs: tuple[Reference, ...]


def findings(m: Material) -> tuple[Finding, ...]:
    """Return the findings, numbered, grouped by topic. Every one has evidence."""
    conduct = Conduct(m)
    found = [each for source in _SOURCES for each in source(conduct) if each.refs]
    return tuple(
        Finding(
            number,
            OBSERVATION if m.variant == INSIGHTS else each.kind,
            each.topic,
            each.text,
            each.refs[:_MOST_EVIDENCE],
        )
        for number, each in enumerate(found, start=1)
    )


def plan(found: Sequence[Finding]) -> tuple[PlanRow, ...]:
    """Return the improvement plan: a row for each area for improvement, and some to spare; people fill them in."""
    rows = [PlanRow(each.number, each.observation) for each in found if each.kind == IMPROVE]
    return (*rows, *(PlanRow(0, "") for _ in range(_SPARE_ROWS)))


def _orders(c: Conduct) -> Iterator[Observed]:
    m = c.m
    topic, refs = "Orders", m.evidence.refs
    if c.sheets and not (c.missing or c.drafts or c.late):
        yield Observed(STRENGTH, topic, f"All {c.sheets} sheets that people owed came in time.", refs(c.reveals))
    for rows, what in (
        (c.missing, "missing"),
        (c.drafts, "taken as drafts"),
        (c.late, "given back after time was called"),
    ):
        if rows:
            text = f"{_of(len(rows), c.sheets, 'sheet')} {_were(rows)} {what}: {_who(m, rows)}."
            yield Observed(IMPROVE, topic, text, refs(rows))
    if c.amended:
        sheets = words.many(len(c.amended), "sheet").capitalize()
        text = f"{sheets} {_were(c.amended)} taken back to be amended: {_who(m, c.amended)}."
        yield Observed(OBSERVATION, topic, text, refs(c.amended))
    if c.passes:
        text = f"{words.many(len(c.passes), 'sheet').capitalize()} {_were(c.passes)} passed on purpose: {_who(m, c.passes)}."
        yield Observed(OBSERVATION, topic, text, refs(c.passes))
    gone = tuple(row for row in c.of(fact.OrderLapsed) if not is_idle_reply(row.event))
    if gone:
        by_then = "it was due" if len(gone) == 1 else "they were due"
        text = f"{words.many(len(gone), 'order').capitalize()} had become impossible by the time {by_then}: {_who(m, gone)}."
        yield Observed(OBSERVATION, topic, text, refs(gone))


def _words_given(c: Conduct) -> Iterator[Observed]:
    m = c.m
    topic, index = "Declarations", Index(m)
    for status, kind, what in ((KEPT, STRENGTH, "kept"), (BROKEN, IMPROVE, "not kept")):
        found = [claim for claim in m.book.claims if claim.status == status and claim.id in index.due]
        if found:
            due = sum(claim.status in (KEPT, BROKEN) for claim in m.book.claims)
            who = Counter(words.capital(m.box, claim.capital) for claim in found)
            text = f"{_of(len(found), due, 'declaration')} that fell due {_were(found)} {what} ({_counted(who)})."
            yield Observed(kind, topic, text, m.evidence.refs(index.due[claim.id] for claim in found))


def _judged(c: Conduct) -> Iterator[Observed]:
    """Yield how well capitals judged each other, and how far belief lay from credibility."""
    m = c.m
    topic, index = "Belief and credibility", Index(m)
    for each in m.book.scores:
        who, score = words.capital(m.box, each.capital), float(each.score)
        rows = [row for (_, side), row in index.beliefs.items() if side == each.capital]
        beliefs = words.many(each.beliefs, "declaration")
        if score <= GOOD_JUDGE:
            text = f"{who} judged {beliefs} that fell due well (Brier score {score:.2f}; 0 is perfect, 0.25 a coin)."
            yield Observed(STRENGTH, topic, text, m.evidence.refs(rows))
        elif score > COIN:
            text = f"{who} judged {beliefs} that fell due worse than a coin would have (Brier score {score:.2f}, a coin 0.25)."
            yield Observed(IMPROVE, topic, text, m.evidence.refs(rows))
    for gap in m.book.gaps:
        if gap.gap is not None and abs(gap.gap) >= WIDE_GAP:
            who = words.capital(m.box, gap.capital)
            rows = [index.made[claim.id] for claim in m.book.claims if claim.capital == gap.capital and claim.tests]
            more = "more" if gap.gap > 0 else "less"
            text = (
                f"{who} was believed {more} than it was credible: others put {round(gap.believed or 0)} percent on declared "
                f"threats whose credibility at the checks was {round(gap.credible or 0)} percent."
            )
            yield Observed(OBSERVATION, topic, text, m.evidence.refs(rows))


def _perception(c: Conduct) -> Iterator[Observed]:
    m = c.m
    found = widest(m)
    if found is not None:
        yield Observed(OBSERVATION, "Perception", f"The widest gap: {found.text}", found.refs)


def _checks(c: Conduct) -> Iterator[Observed]:
    """Yield what the checks have in common: steps held back, weak links, surprises, what other theories would say."""
    m = c.m
    topic = "Deterrence"
    counted = [met for met in m.checks if not met.row.undone]
    if not counted:
        return
    rows = [met.row for met in counted]
    held = sum(not met.is_taken for met in counted)
    text = f"{_of(held, len(counted), 'step')} put to the check {'was' if held == 1 else 'were'} not taken."
    yield Observed(OBSERVATION, topic, text, m.evidence.refs(rows))
    links = Counter(met.check.weakest.rpartition(".")[2] for met in counted if met.check.weakest)
    if links:
        link, times_ = links.most_common(1)[0]
        weak = [met.row for met in counted if met.check.weakest.endswith(f".{link}")]
        share = f"all {times_}" if times_ == len(counted) > 1 else f"{times_} of {len(counted)}"
        text = f"In {share} checks the weakest link was {words.LINKS.get(link, link)}."
        yield Observed(OBSERVATION, topic, text, m.evidence.refs(weak))
    pressed = [met.row for met in counted if met.check.outcome == "pressed-on"]
    if pressed:
        text = f"{_times(len(pressed))} a capital pressed on although the dice deterred it."
        yield Observed(OBSERVATION, topic, text, m.evidence.refs(pressed))
    odd = [met.row for met in counted if met.is_known and improbable(met) >= 80]
    if odd:
        text = (
            f"{_times(len(odd))} the dice did what had a chance of 20 in 100 or less. One exercise is one draw of luck."
        )
        yield Observed(OBSERVATION, topic, text, m.evidence.refs(odd))
    split = [met.row for met in counted if any(u.holds != _holds(met.check) for u in under_theories(m.box, met.check))]
    if split:
        text = (
            f"In {len(split)} of {len(counted)} checks another theory would have had the same dice say otherwise: the theory that "
            "was chosen mattered there."
        )
        yield Observed(OBSERVATION, topic, text, m.evidence.refs(split))


def _holds(check: fact.ChallengeResolved) -> bool:
    return check.die <= check.percent


def _permissions(c: Conduct) -> Iterator[Observed]:
    m = c.m
    for veto in vetoes(m):
        yield Observed(OBSERVATION, "Permission", veto.text, (veto.ref,))


def _ladder(c: Conduct) -> Iterator[Observed]:
    m = c.m
    crossed = [(row, crossing(m.box, event)) for row, event in changes(m) if crossing(m.box, event)]
    if crossed:
        names = words.listed(list(dict.fromkeys(name for _, name in crossed)))
        text = f"{words.many(len(crossed), 'crossing').capitalize()} of a firebreak: {names}."
        yield Observed(OBSERVATION, "The ladder", text, m.evidence.refs(row for row, _ in crossed))
    else:
        rows = c.of(fact.TurnOpened)[-1:]
        yield Observed(OBSERVATION, "The ladder", "No firebreak was crossed.", m.evidence.refs(rows))


def _ways_out(c: Conduct) -> Iterator[Observed]:
    m = c.m
    topic = "Ways down"
    landed = [row for row, talks in c.talks if talks.landed]
    if landed:
        text = f"{_of(len(landed), len(c.talks), 'round of talks', 'rounds of talks')} ended in agreement."
        yield Observed(STRENGTH, topic, text, m.evidence.refs(landed))
    elif c.talks:
        text = f"{words.many(len(c.talks), 'offer').capitalize()} of talks, and none was agreed."
        yield Observed(OBSERVATION, topic, text, m.evidence.refs(row for row, _ in c.talks))
    down = [row for row, event in changes(m) if event.cause == "step-down"]
    if down:
        text = f"{_times(len(down))} a capital stepped down by itself."
        yield Observed(STRENGTH, topic, text, m.evidence.refs(down))
    missed = last_missed(m)
    if missed is not None:
        yield Observed(IMPROVE, topic, missed.text, missed.refs)


def _white_cell(c: Conduct) -> Iterator[Observed]:
    """Yield how the white cell worked; the players' version holds what was read out to them."""
    m = c.m
    topic = "White cell"
    if c.overruled:
        ruled = len(c.of(fact.RulingMade))
        text = f"{_of(len(c.overruled), ruled, 'ruling')} overruled the dice."
        yield Observed(OBSERVATION, topic, text, m.evidence.refs(c.overruled))
    rewound = [row for row in m.seen.rows if isinstance(row.event, fact.Rewound)]
    if rewound:
        text = f"The exercise was rewound {words.many(len(rewound), 'time')}; what was undone stays in the log."
        yield Observed(OBSERVATION, topic, text, m.evidence.refs(rewound))
    if c.improvised:
        every = len(c.improvised) + len(c.injects)
        text = f"{_of(len(c.improvised), every, 'inject')} {_were(c.improvised)} improvised."
        yield Observed(OBSERVATION, topic, text, m.evidence.refs(c.improvised))
    if c.unanswered:
        text = f"{words.many(len(c.unanswered), 'question').capitalize()} of teams {_were(c.unanswered)} not answered."
        yield Observed(IMPROVE, topic, text, m.evidence.refs(c.unanswered))


def _time(c: Conduct) -> Iterator[Observed]:
    m = c.m
    over = [each for each in times(m) if overrun(each) > 0] if m.for_white_cell else []
    if over:
        refs = tuple(each.ref for each in over if each.ref is not None)
        worst = max(over, key=overrun)
        text = (
            f"{words.many(len(over), 'phase').capitalize()} ran over the time given, the most in turn {worst.turn}, "
            f"{worst.phase}: {minutes(overrun(worst))} over."
        )
        yield Observed(IMPROVE, "Time", text, refs)


def _of(number: int, every: int, what: str, several: str = "") -> str:
    """Return ``2 of 5 sheets``."""
    return f"{number} of {every} {what if every == 1 else several or what + 's'}"


def _times(number: int) -> str:
    return "Once" if number == 1 else words.many(number, "time").capitalize()


def _were(rows: Sequence[object]) -> str:
    return "was" if len(rows) == 1 else "were"


def _who(m: Material, rows: Sequence[Row]) -> str:
    """Return whom rows are about, with how often: ``Kyiv (turn 2), Taipei (turns 1 and 3)``."""
    turns: dict[str, list[str]] = {}
    for row in rows:
        turns.setdefault(words.capital(m.box, row.event.capital), []).append(str(row.turn))  # type: ignore[union-attr]
    return ", ".join(f"{who} (turn{'s' if len(each) > 1 else ''} {words.listed(each)})" for who, each in turns.items())


def _counted(counter: Counter[str]) -> str:
    return ", ".join(f"{who} {number}" for who, number in counter.items())


_SOURCES: Final[tuple[Callable[[Conduct], Iterator[Observed]], ...]] = (
    _orders, _words_given, _judged, _perception, _checks, _permissions, _ladder, _ways_out, _white_cell, _time,
)  # fmt: skip
