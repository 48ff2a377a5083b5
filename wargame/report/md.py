"""The report in Markdown: the same parts and tables as the page, readable as it is typed.

Every text goes through :func:`wargame.export.text.markdown`, so none can become markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from wargame.export.debrief import table
from wargame.export.text import markdown
from wargame.report import tables
from wargame.report.cited import cited_in
from wargame.report.model import AFTER_ACTION, RATINGS, SCHOOLS, Check, Finding, Reference, Report, Said
from wargame.report.outline import parts

_LINE: Final = "> . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . ."


def document(report: Report) -> str:
    """Return the report as one Markdown file."""
    lines = [f"**{markdown(banner)}**" for banner in report.banners]
    lines = [" · ".join(lines), "", f"# {markdown(report.title)}", ""]
    lines += [line for text in report.notice for line in (markdown(text), "")]
    found = parts(report)
    lines += ["## Contents", "", *(f"- {markdown(part.heading)}" for part in found)]
    for part in found:
        lines += ["", f"## {markdown(part.heading)}", "", *_PARTS[part.id](report)]
    lines += ["", "---", "", *(line for text in report.closing for line in (markdown(text), ""))]
    return "\n".join(_single_blanks(lines)) + "\n"


def _overview(report: Report) -> list[str]:
    found = report.overview
    rows = [(row.name, (row.text or "to be written by people") if row.blank else row.text) for row in found.rows]
    lines = [*table(("The exercise", ""), rows), "", "### How it went", ""]
    if found.ending:
        lines += [f"**{markdown(found.ending)}.** {markdown(found.ending_text)}", ""]
    elif report.open:
        lines += ["**The exercise has not ended.** This report tells what has happened so far.", ""]
    lines += [*_list((*found.summary, *found.outcomes)), "", "### Objectives", "", *_table(tables.scores(found.seats))]
    for seat in found.seats:
        lines += ["", f"#### {markdown(seat.capital)}", ""]
        if seat.objectives:
            lines += [f"Told to want: {markdown(' '.join(seat.objectives))}", ""]
        lines += [f"- {markdown(text)}" for text in seat.reasons]
    return lines


def _course(report: Report) -> list[str]:
    lines = [markdown(report.rungs.text), "", *_table(tables.stands(report.rungs))]
    if tables.has_changes(report.rungs.courses):
        lines += ["", *_table(tables.changes(report.rungs))]
    lines += ["", markdown(report.path.text)]
    taken = tables.edges(report.path)
    return [*lines, "", *_table(taken)] if taken.rows else lines


def _moments(report: Report) -> list[str]:
    lines: list[str] = []
    for each in report.moments:
        lines += [f"{each.rank}. **{markdown(each.title)}.** {markdown(each.text)}{_refs(each.refs)}"]
        lines += [f"   *{markdown(each.question)}*"] if each.question else []
    return lines or ["No moment stood out from the others."]


def _chronology(report: Report) -> list[str]:
    lines: list[str] = []
    for chapter in report.chronology:
        lines += ["", f"### {markdown(chapter.title)}", ""]
        lines += _list(chapter.lines) or ["Nothing that this version tells."]
        if chapter.stands:
            lines += ["", markdown(" ".join(chapter.stands))]
    return lines


def _insights(report: Report) -> list[str]:
    assert report.insights is not None
    lines = ["### Decisions, and what else was on the list"]
    for each in report.insights.decisions:
        lines += [
            "",
            f"#### Turn {each.turn}, {markdown(each.capital)}",
            "",
            f"{markdown(each.decided)}{_refs(each.refs)}",
        ]
        lines += ["", "Reasons given:", "", *(f"- {markdown(text)}" for text in each.reasons)] if each.reasons else []
        lines += ["", *(f"- {markdown(text)}" for text in each.rejected)] if each.rejected else []
    lines += ["", "### Assumptions that were acted on", ""]
    lines += _list(report.insights.assumptions) or ["None was recorded."]
    questions = [f"- {markdown(text)}" for text in report.insights.open]
    lines += ["", "### Open questions", "", *(questions or ["The record leaves none."])]
    return [*lines, "", *_blank("What this group would add")]


def _findings(report: Report) -> list[str]:
    lines = [
        "A finding is an observation with its evidence. What it means and what should follow is for people to write."
    ]
    for each in report.findings:
        lines += ["", *_finding(each)]
    if report.variant == AFTER_ACTION:
        letters = "; ".join(f"**{letter}** {meaning.lower()}" for letter, meaning in RATINGS)
        lines += [
            "",
            "### Rating of objectives",
            "",
            f"For each objective of the exercise, people give one letter: {letters}.",
        ]
        lines += ["", *table(("Objective", "Rating", "Why"), [(f"{number}", "P S M U", "") for number in range(1, 5)])]
    return lines


def _finding(each: Finding) -> list[str]:
    return [
        f"### {each.number}. {markdown(each.topic)} ({markdown(each.kind)})", "",
        f"**Observation.** {markdown(each.observation)}", "",
        f"**Evidence.**{_refs(each.evidence) or ' The whole record.'}", "",
        *_blank("Analysis", each.analysis), "",
        *_blank("Recommendation", each.recommendation),
    ]  # fmt: skip


def _plan(report: Report) -> list[str]:
    heads = ("Finding", "Issue", "Corrective action", "Responsible", "Deadline")
    rows = [(str(row.finding or "other"), row.issue, row.action, row.responsible, row.deadline) for row in report.plan]
    return ["Corrective actions, who is responsible and by when: to be written by people.", "", *table(heads, rows)]


def _checks(report: Report) -> list[str]:
    lines: list[str] = []
    for check in report.checks:
        lines += ["", *_check(check)]
    return lines or ["No step was put to a check."]


def _check(check: Check) -> list[str]:
    gone = "(rewound) " if check.undone else ""
    lines = [
        f"### {gone}Turn {check.turn}: {markdown(check.title)}",
        "",
        f"{markdown(check.outcome)}{_refs((check.ref,))}",
        "",
    ]
    if check.firebreak:
        verb = "crosses" if check.taken else "would have crossed"
        lines += [f'The step {verb} the firebreak "{markdown(check.firebreak)}".', ""]
    if check.known:
        lines += [markdown(check.text), "", *_table(tables.terms(check)), ""]
        lines += _table(tables.threats(check)) if check.threats else []
        lines += ["", *(f"- {markdown(text)}" for text in check.flips)]
    else:
        lines += ["The working of this check is not known to the reader of this version."]
    return [*lines, "", f"**Ruling.** {markdown(check.ruling)}"] if check.ruling else lines


def _theories(report: Report) -> list[str]:
    lines = [f"**{SCHOOLS}**", "", markdown(report.theories_text.replace(SCHOOLS, "").strip())]
    for check in report.checks:
        lines += ["", *_table(tables.theories(check))] if check.theories else []
    return lines


def _credibility(report: Report) -> list[str]:
    found = report.credibility
    lines = [markdown(found.text)]
    lines += ["", *_table(tables.declared(found))] if found.declared else []
    return [*lines, "", *_table(tables.credits(found))] if found.credits else lines


def _permission(report: Report) -> list[str]:
    lines = [f"- {markdown(each.text)}{_refs((each.ref,))}" for each in report.vetoes]
    return lines or ["No permission was withheld from a step or from an answer."]


def _white_cell(report: Report) -> list[str]:
    assert report.white_cell is not None
    lines: list[str] = []
    for section in report.white_cell.sections:
        lines += ["", f"### {markdown(section.title)}", "", *(_list(section.lines) or [markdown(section.none)])]
    lines += ["", "### Time", "", markdown(report.white_cell.times_text)]
    times = report.white_cell.times
    return [*lines, "", *_table(tables.times(times))] if times else lines


def _branches(report: Report) -> list[str]:
    lines: list[str] = []
    for each in report.counterfactuals:
        lines += ["", f"### {markdown(each.title)}", "", *_list(each.lines)]
        for found in tables.apart(each):
            lines += ["", *_table(found)]
    return lines


def _questions(report: Report) -> list[str]:
    lines: list[str] = []
    for kind in dict.fromkeys(each.kind for each in report.questions):
        lines += ["", f"### {markdown(kind.capitalize())}", ""]
        for each in report.questions:
            if each.kind == kind:
                lines.append(f"- {markdown(each.text)}{f' ({markdown(each.source)})' if each.source else ''}")
    return [*(lines or ["None was prepared."]), "", *_blank("One thing each of us will do: what, who, by when")]


def _sources(report: Report) -> list[str]:
    lines = ["Cards that were drawn, and what they rest on."]
    for each in report.sources:
        sure = "" if each.verified else ", not verified"
        about = " ".join(
            markdown(text) for text in (each.text, f"{each.date}." if each.date else "", each.source) if text
        )
        lines += ["", f"**{markdown(each.title)}** ({markdown(each.kind)}{sure}). {about}{_refs((each.ref,))}"]
    if report.epilogue:
        lines += ["", "### What happened outside this exercise", "", markdown(report.epilogue)]
    return lines


def _evidence(report: Report) -> list[str]:
    rows = [
        (str(each.ref.seq), str(each.ref.line), each.when, f"{'rewound: ' if each.ref.undone else ''}{each.ref.quote}")
        for each in cited_in(report)
    ]
    said = (
        f"Events are numbered as in the log ({report.log.replace('-', ' ')}); the line is that of its export as JSON lines, "
        "where the header is line 1."
    )
    return [said, "", *table(("Event", "Line", "When", "What it says"), rows)]


_PARTS: Final[dict[str, Callable[[Report], list[str]]]] = {
    "overview": _overview,
    "course": _course,
    "moments": _moments,
    "chronology": _chronology,
    "insights": _insights,
    "findings": _findings,
    "plan": _plan,
    "checks": _checks,
    "theories": _theories,
    "credibility": _credibility,
    "permission": _permission,
    "white-cell": _white_cell,
    "branches": _branches,
    "questions": _questions,
    "sources": _sources,
    "evidence": _evidence,
}
"""What to write for each part."""


def _refs(refs: Sequence[Reference]) -> str:
    return f" [{', '.join(tables.cited(ref) for ref in refs)}]" if refs else ""


def _list(lines: Iterable[Said]) -> list[str]:
    found: list[str] = []
    for each in lines:
        gone = "(rewound) " if each.undone else ""
        found.append(f"- {gone}{markdown(each.text)}{_refs(each.refs)}")
        found += [f"  - {markdown(text)}" for text in each.under]
    return found


def _table(found: tables.Table) -> list[str]:
    return [f"*{markdown(found.caption)}*", "", *table(found.heads, found.rows)]


def _blank(what: str, text: str = "") -> list[str]:
    return [f"**{what}** (to be written by people)", "", *([markdown(text)] if text else [_LINE, ">", _LINE])]


def _single_blanks(lines: Iterable[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        if line.strip() or (found and found[-1]):
            found.append(line.rstrip())
    return found
