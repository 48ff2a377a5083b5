"""From a recorded exercise to its report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from wargame.errors import ExerciseError, UsageError, nearest
from wargame.recorded import Recorded
from wargame.report import model
from wargame.report.chronology import chapters
from wargame.report.counterfactuals import counterfactuals
from wargame.report.credibility import credibility, vetoes
from wargame.report.directing import white_cell_part
from wargame.report.discussion import questions, sources
from wargame.report.figures import path_figure, rung_figure
from wargame.report.findings import findings, plan
from wargame.report.insights import insights
from wargame.report.material import Material, material
from wargame.report.model import AFTER_ACTION, AUDIENCES, INSIGHTS, VARIANTS, WHITE_CELL, Report
from wargame.report.moments import moments
from wargame.report.overview import banners, overview
from wargame.report.theories import checks, theories_text

_T = TypeVar("_T")
_TITLES: Final = {AFTER_ACTION: "After-action report", INSIGHTS: "Insights report"}


def report_of(
    recorded: Recorded, *, audience: str = WHITE_CELL, variant: str = AFTER_ACTION, branches: Sequence[Recorded] = (),
    pseudonyms: bool = False, name: str = "",
) -> Report:  # fmt: skip
    """Return the report of an exercise, ended or not.

    ``audience``: ``white-cell`` or ``players``; what the players' version leaves out is said in
    :mod:`wargame.report.redaction`. ``variant``: ``after-action`` or ``insights``. ``branches`` are compared with the
    exercise. ``pseudonyms``: wall-clock times become minutes since the start, the name of the file and of a branch's parent
    and the seed are dropped, and what a team wrote is put down to "a team"; capitals keep their names, which are roles.
    ``name`` is what the exercise is called, such as its file's name.

    Raises UsageError for an unknown audience or variant or a branch of another exercise, ExerciseError for facts that
    cannot be told because they were not recorded by this program.
    """
    for given, allowed in ((audience, AUDIENCES), (variant, VARIANTS)):
        if given not in allowed:
            raise UsageError(f"there is no report {given!r}: {', '.join(allowed)}.{nearest(given, allowed)}")
    try:
        m = material(recorded, audience, variant, pseudonyms)
        return _on_one_line(_composed(m, branches, "" if pseudonyms else name))
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError, ArithmeticError) as fault:
        raise ExerciseError(f"the recorded events cannot be told: {fault!r}") from None


def _composed(m: Material, branches: Sequence[Recorded], name: str) -> Report:
    worked, found, ranked = checks(m), findings(m), moments(m)
    return Report(
        audience=m.audience,
        variant=m.variant,
        name=name,
        title=f"{_TITLES[m.variant]}: {m.box.scenario.title}",
        banners=banners(m),
        notice=_notice(m),
        log=m.seen.log,
        open=m.seen.open,
        overview=overview(m, name),
        moments=ranked,
        chronology=chapters(m),
        findings=found,
        plan=() if m.variant == INSIGHTS else plan(found),
        insights=insights(m) if m.variant == INSIGHTS else None,
        rungs=rung_figure(m),
        path=path_figure(m),
        checks=worked,
        theories_text=theories_text(worked),
        credibility=credibility(m),
        vetoes=vetoes(m),
        white_cell=white_cell_part(m) if m.for_white_cell else None,
        counterfactuals=counterfactuals(m, branches),
        questions=questions(m, ranked),
        sources=sources(m),
        epilogue="" if m.seen.open else " ".join(m.box.scenario.epilogue.split()),
        closing=(model.SCHOOLS, model.FORECAST),
    )


def _on_one_line(value: _T) -> _T:
    """Return a value of the model with every text on one line, whatever people typed; what does not print stays in it."""
    found: Any = value
    if isinstance(value, str):
        found = value if value.isprintable() else " ".join(value.split())
    elif isinstance(value, tuple):
        found = tuple(_on_one_line(each) for each in value)
    elif isinstance(value, Struct):
        old = {name: getattr(value, name) for name in value.__struct_fields__}
        new = {name: _on_one_line(each) for name, each in old.items() if isinstance(each, (str, tuple, Struct))}
        found = replace(value, **new) if any(new[name] != old[name] for name in new) else value
    return cast(_T, found)


def _notice(m: Material) -> tuple[str, ...]:
    """Return what this version holds and leaves out, and where its references lead."""
    found = ["This is a draft made from the log. Analysis, ratings and recommendations are left for people to write."]
    if m.for_white_cell:
        found.append("For the white cell: it holds dissents, the scribe's lines, questions and everything teams wrote.")
        found.append("References count in the exported log: event n stands on line n + 2.")
    elif m.seen.open:
        found.append("For players, while the exercise goes on: it holds what everybody saw and nothing else.")
        found.append("References count in the public log: event n stands on line n + 1.")
    else:
        found.append(
            "For players: the game is laid open, with dice, terms and what was true. Left out are the white cell's notes and "
            "dissents, questions to it, drafts, and everything written that was not read out to all."
        )
        found.append("References count in the white cell's exported log: event n stands on line n + 2.")
    if m.pseudonyms:
        found.append(
            "With pseudonyms: no clock, file or parent is named, and what a team wrote is put down to a team. What was typed is "
            "printed as it was; read it for names of people before handing it on."
        )
    return tuple(found)
