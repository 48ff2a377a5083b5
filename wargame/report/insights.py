"""The insights of a seminar: decisions with the reasons given and what was put aside, assumptions, open questions."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wargame.export import words
from wargame.export.rows import Row
from wargame.report.conduct import Conduct
from wargame.report.gaps import at_checks, in_declarations
from wargame.report.material import Material
from wargame.report.model import Decision, Insights, Said
from wargame.report.theories import under_theories
from wargame.rules import events as fact
from wargame.rules.orders import Sheet


def insights(m: Material) -> Insights:
    """Return the insights."""
    decisions = sorted((*_orders(m), *_choices(m)), key=lambda each: each.refs[0].seq)
    gaps = sorted((*at_checks(m), *in_declarations(m)), key=lambda gap: -gap.width)
    assumptions = tuple(Said(gap.text, gap.refs) for gap in gaps)
    return Insights(tuple(decisions), assumptions, tuple(_open(m)))


def _orders(m: Material) -> Iterator[Decision]:
    """Yield what each sheet held at the reveal, the reasons given with it, and what earlier drafts held and it did not."""
    papers: dict[str, list[Row]] = {}
    for row in m.counted:
        event = row.event
        if isinstance(event, fact.TurnOpened):
            papers.clear()
        elif isinstance(event, (fact.OrderDrafted, fact.OrderSealed, fact.OrderClosed)):
            papers.setdefault(event.capital, []).append(row)
        elif isinstance(event, fact.OrdersRevealed):
            for who, sheet in event.sheets:
                yield _decision(m, row, who, sheet, papers.get(who, []))


def _decision(m: Material, row: Row, who: str, sheet: Sheet, papers: list[Row]) -> Decision:
    ordered = _on(m, who, sheet)
    name = words.capital(m.box, who)
    decided = words.sentence(f"{name} orders {'; '.join(ordered) if ordered else 'nothing'}")
    reasons = [f'Said with it: "{sheet.note}"'] if sheet.note and not m.pseudonyms else []
    last = papers[-1].event if papers else None
    if isinstance(last, fact.OrderSealed) and not m.pseudonyms:
        reasons += [words.sentence(each) for each in last.why]
    before = (each.event for each in papers[:-1])
    aside = [
        text for event in before if isinstance(event, (fact.OrderDrafted, fact.OrderSealed, fact.OrderClosed))
        for text in (*_on(m, who, event.sheet), *_said(m, event.sheet))
        if text not in (*_on(m, who, sheet), *_said(m, sheet))
    ]  # fmt: skip
    rejected = tuple(words.sentence(f"Drafted and put aside: {text}") for text in dict.fromkeys(aside))
    return Decision(
        row.turn, name, decided, tuple(reasons), rejected, (m.ref(row, decided), *m.evidence.refs(papers[-1:]))
    )


def _said(m: Material, sheet: Sheet) -> tuple[str, ...]:
    return (f'say "{sheet.note}"',) if sheet.note and not m.pseudonyms else ()


def _on(m: Material, who: str, sheet: Sheet) -> list[str]:
    """Return everything on a sheet as phrases; with pseudonyms a team's own words are told without the team."""
    if sheet.argued and m.pseudonyms:
        return [*words.orders(m.box, who, replace(sheet, argued="")), "do what is not on the list"]
    return words.orders(m.box, who, sheet)


def _choices(m: Material) -> Iterator[Decision]:
    """Yield how capitals answered cards, and the answers they did not give."""
    for row in m.counted:
        event = row.event
        if isinstance(event, fact.ChoiceMade):
            card = m.box.card[event.card]
            others = tuple(f"Not chosen: {each.label}" for each in card.options if each.id != event.option)
            label = next((each.label for each in card.options if each.id == event.option), event.option)
            who = words.capital(m.box, event.capital)
            reasons = tuple(words.sentence(each) for each in event.why if not m.pseudonyms)
            text = words.sentence(f'{who} answers "{card.title}": {label}')
            rejected = tuple(words.sentence(each) for each in others)
            yield Decision(row.turn, who, text, reasons, rejected, (m.ref(row, text),))


def _open(m: Material) -> Iterator[str]:
    """Yield what stayed open: questions without an answer, steps on which schools of thought disagree."""
    for row in Conduct(m).unanswered:
        if isinstance(row.event, fact.QuestionAsked):
            yield words.sentence(f"{m.evidence.team(row.event.capital)} asked, and nobody answered: {row.event.text}")
    for met in m.checks:
        under = () if met.row.undone else under_theories(m.box, met.check)
        percents = [each.percent for each in under]
        if percents and max(percents) - min(percents) >= 40:
            who, to = words.capital(m.box, met.check.challenger), words.rung(m.box, met.check.to)
            step = f"{who}'s step to {to} in turn {met.row.turn}"
            yield (
                f"{step}: the theories put the chance that it is not taken anywhere from {min(percents)} to {max(percents)} "
                "percent. What would one have to know to choose between them?"
            )
