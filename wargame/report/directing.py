"""The white cell's own part: what it ruled, what came late or not at all, what it injected, argued, answered and noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from wargame.export import words, working
from wargame.export.rows import Row
from wargame.report.chronology import chapters, line
from wargame.report.material import Material
from wargame.report.model import Said, Section, WhiteCellPart
from wargame.report.redaction import is_idle_reply
from wargame.report.times import times, times_text
from wargame.rules import events as fact
from wargame.rules.box import Inject
from wargame.rules.orders import Inject as Inject_
from wargame.rules.state import DRAFT, PASSED


def white_cell_part(m: Material) -> WhiteCellPart:
    """Return the white cell's part. Only its own version holds one."""
    spent = times(m)
    sections = tuple(Section(title, tuple(lines(m)), none) for title, lines, none in _SECTIONS)
    return WhiteCellPart(sections, spent, times_text(spent))


def rulings(m: Material) -> Iterator[Said]:
    """Yield every ruling on a check, with its reason and any dissent."""
    for met in m.checks:
        if met.ruling is not None:
            yield _ruling(m, met.ruling, met.row, met.check)


def _ruling(m: Material, ruling: Row, outcome: Row, check: fact.ChallengeResolved) -> Said:
    event = ruling.event
    assert isinstance(event, fact.RulingMade)
    kind = "Overruled" if event.overruled else "Let stand"
    first = f"{kind}: {working.step(m.box, check)}, held back {check.percent} in 100, the dice show {check.die}."
    under = [f"Reason: {event.reason}" if event.reason else "No reason was written down."]
    if event.dissent:
        under.append(f"Dissent: {event.dissent}")
    return Said(first, (m.ref(ruling), m.ref(outcome)), ruling.undone, tuple(map(words.sentence, under)))


def orders(m: Material) -> Iterator[Said]:
    """Yield every sheet that was late, missing, amended, passed or taken as a draft, and those the white cell entered."""
    for row in m.seen.rows:
        event = row.event
        if isinstance(event, fact.OrderSealed):
            on_behalf = bool(m.recorded.entries[row.entry].by)
            if event.status == PASSED or on_behalf:
                text = m.evidence.say(event)[0].rstrip(".")
                text += ", entered by the white cell on its behalf" if on_behalf else ""
                label = "Pass" if event.status == PASSED else "On behalf"
                yield Said(f"Turn {row.turn}. {label}: {text}.", (m.ref(row),), row.undone)
        elif (
            isinstance(event, (fact.ChoiceMade, fact.SignalsGiven, fact.BeliefsClosed))
            and m.recorded.entries[row.entry].by
        ):
            what = _ANSWERS[type(event)]
            text = f"Turn {row.turn}. On behalf: the white cell entered the {what} of {words.capital(m.box, event.capital)}."
            yield Said(text, (m.ref(row, text),), row.undone)
        elif isinstance(event, fact.OrderClosed):
            label = "Draft taken" if event.status == DRAFT else "Missing"
            yield Said(f"Turn {row.turn}. {label}: {m.evidence.say(event)[0]}", (m.ref(row),), row.undone)
        elif isinstance(event, fact.OrderReopened):
            label = "Late" if event.late else "Amended"
            yield Said(f"Turn {row.turn}. {label}: {m.evidence.say(event)[0]}", (m.ref(row),), row.undone)


_ANSWERS: Final[dict[type, str]] = {
    fact.ChoiceMade: "answer to a card",
    fact.SignalsGiven: "declarations",
    fact.BeliefsClosed: "beliefs",
}
"""What else the white cell may enter on a capital's behalf."""


def lapsed(m: Material) -> Iterator[Said]:
    """Yield every order that had become impossible when its turn came."""
    for row in m.seen.rows:
        if isinstance(row.event, fact.OrderLapsed) and not is_idle_reply(row.event):
            yield Said(f"Turn {row.turn}. {m.evidence.say(row.event)[0]}", (m.ref(row),), row.undone)


def injects(m: Material) -> Iterator[Said]:
    """Yield every inject: scheduled, conditional, played by hand, improvised, kept back, and those that never came."""
    scheduled = {each.card: each for each in m.box.scenario.injects}
    drawn = {row.event.card for row in m.counted if isinstance(row.event, fact.CardDrawn)}
    for row in m.seen.rows:
        event = row.event
        if isinstance(event, fact.CardDrawn) and event.inject:
            yield _drawn(m, row, event, scheduled.get(event.card))
        elif isinstance(event, fact.InjectImprovised):
            said = m.evidence.say(event)
            moved = words.sentence(words.moved(m.box, event.changes))
            under = tuple(text for text in (*said[1:], f"It moved: {moved}" if moved else "") if text)
            yield Said(f"Turn {row.turn}. {said[0]}", (m.ref(row, said[0]),), row.undone, under)
        elif isinstance(event, fact.CardWithheld):
            yield Said(f"Turn {row.turn}. {m.evidence.say(event)[0]}", (m.ref(row),), row.undone)
    for each in scheduled.values():
        if each.card not in drawn and 0 < each.turn <= m.turns:
            yield Said(
                f'The inject "{m.box.card[each.card].title}", due in turn {each.turn}, did not come ({_kind(each)}).'
            )


def _drawn(m: Material, row: Row, event: fact.CardDrawn, planned: Inject | None) -> Said:
    command = m.recorded.entries[row.entry].command
    by_hand = isinstance(command, Inject_)
    kind = "played by the white cell" if by_hand else "scheduled"
    kind = f"{kind}, {_kind(planned)}" if planned and _kind(planned) != "scheduled" else kind
    under = []
    if planned and planned.expects:
        under.append(f"Expected: {planned.expects}")
    if isinstance(command, Inject_) and command.reason:
        under.append(f"Reason: {command.reason}")
    title = m.box.card[event.card].title
    text = f'Turn {row.turn}. Inject "{title}" ({kind}).'
    return Said(text, (m.ref(row),), row.undone, tuple(map(words.sentence, under)))


def _kind(planned: Inject) -> str:
    """Return what sort of inject the scenario made it."""
    label = f"contingency, {planned.label.upper()}" if planned.label else ""
    conditional = "conditional" if planned.only_if or planned.skip_if else ""
    return ", ".join(each for each in (conditional, label) if each) or "scheduled"


def arguments(m: Material) -> Iterator[Said]:
    """Yield every order outside the list, how it was argued and what came of it."""
    settled = {id(row.event) for row in m.seen.rows if isinstance(row.event, fact.ArgumentSettled)}
    for row in m.seen.rows:
        if id(row.event) in settled:
            said = m.evidence.say(row.event)
            moved = words.sentence(words.moved(m.box, getattr(row.event, "changes", ())))
            under = (*said[1:], f"It moved: {moved}") if moved else tuple(said[1:])
            yield Said(f"Turn {row.turn}. {said[0]}", (m.ref(row),), row.undone, under)


def questions(m: Material) -> Iterator[Said]:
    """Yield every question with its answers. What was asked stays asked, though the game be rewound."""
    answers: dict[tuple[str, str], list[Row]] = {}
    for row in m.seen.rows:
        if isinstance(row.event, fact.QuestionAnswered):
            answers.setdefault((row.event.id, row.event.capital), []).append(row)
    asked = set()
    for row in m.seen.rows:
        event = row.event
        if not isinstance(event, fact.QuestionAsked):
            continue
        asked.add((event.id, event.capital))
        given = answers.get((event.id, event.capital), [])
        under = tuple(m.evidence.say(each.event)[0] for each in given) or ("It was not answered.",)
        yield Said(f"Turn {row.turn}. {m.evidence.say(event)[0]}", (m.ref(row), *m.evidence.refs(given)), False, under)
    for key, given in answers.items():
        if key not in asked:
            for row in given:
                yield Said(f"Turn {row.turn}. {m.evidence.say(row.event)[0]}", (m.ref(row),))


def notes(m: Material) -> Iterator[Said]:
    """Yield the scribe's lines, in order."""
    for row in m.seen.rows:
        if isinstance(row.event, fact.NoteTaken):
            yield Said(f"Turn {row.turn}. {m.evidence.say(row.event)[0]}", (m.ref(row),))


def rewinds(m: Material) -> Iterator[Said]:
    """Yield every rewind and what it undid."""
    gone = [said for chapter in chapters(m) for said in chapter.lines if said.undone and said.refs]
    for row in m.seen.rows:
        event = row.event
        if not isinstance(event, fact.Rewound):
            continue
        undone = [said for said in gone if _entry(m, said.refs[0].seq) >= event.keeps and said.refs[0].seq < row.seq]
        gone = [said for said in gone if said not in undone]
        told = tuple(f"Undone: {said.text}" for said in undone) or ("Undone: nothing that had a line of its own.",)
        yield Said(f"{m.evidence.say(event)[0]}", (m.ref(row), *(said.refs[0] for said in undone)), row.undone, told)


def _entry(m: Material, seq: int) -> int:
    return m.seen.rows[seq - 1].entry


def branches(m: Material) -> Iterator[Said]:
    """Yield where this exercise branched off another, and how its length was changed."""
    for row in m.seen.rows:
        if isinstance(row.event, (fact.Branched, fact.TurnsSet)):
            said = line(m, row)
            moved = words.sentence(words.moved(m.box, getattr(row.event, "changes", ())))
            under = (*said.under, f"It moved: {moved}") if moved else said.under
            yield Said(f"Turn {row.turn}. {said.text}", said.refs, row.undone, under)


def read_outs(m: Material) -> Iterator[Said]:
    """Yield how far each capital had been told what it knows, the last word on it."""
    last: dict[str, Row] = {}
    for row in m.seen.rows:
        if isinstance(row.event, fact.NewsTold):
            last[row.event.capital] = row
    inputs = len(m.recorded.entries)
    for capital in m.box.capitals:
        row = last.get(capital.id)  # type: ignore[assignment]
        if row is not None and isinstance(row.event, fact.NewsTold):
            text = f"{capital.name} was last told in turn {row.turn}, of the first {row.event.upto} of {inputs} inputs."
            yield Said(text, (m.ref(row, text),))


_SECTIONS: Final[tuple[tuple[str, Callable[[Material], Iterator[Said]], str], ...]] = (
    ("Rulings", rulings, "The white cell ruled on no check."),
    (
        "Orders late, missing, amended, passed or entered on behalf",
        orders,
        "Every sheet came in time, and nobody passed.",
    ),
    ("Orders that had become impossible", lapsed, "No order lapsed."),
    ("Injects", injects, "There was no inject."),
    ("Orders outside the list", arguments, "Nobody ordered what is not on the list."),
    ("Questions and answers", questions, "No team asked anything."),
    ("The scribe's lines", notes, "The scribe wrote nothing."),
    ("Rewinds", rewinds, "Nothing was rewound."),
    ("Branches and length", branches, "This exercise is no branch, and its length was not changed."),
    ("What teams were told", read_outs, "No read-out was recorded."),
)
"""The sections in order: title, lines, and what stands for none."""
