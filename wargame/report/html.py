"""The report as one page: no script, nothing from elsewhere, and a policy in its head that lets a browser fetch nothing.

Texts reach the page through two doors, each of which escapes: :mod:`wargame.pages` for the page, :mod:`.pictures.svg` for
the pictures.
"""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from wargame.export.words import TERMS
from wargame.pages import templates
from wargame.report import tables
from wargame.report.cited import cited_in
from wargame.report.model import AFTER_ACTION, RATINGS, SCHOOLS, Report
from wargame.report.outline import parts
from wargame.report.pictures.credibility import credibility_and_belief
from wargame.report.pictures.path import path_on_the_graph
from wargame.report.pictures.rungs import rungs_over_time
from wargame.report.pictures.terms import terms_of
from wargame.report.pictures.theories import under_theories


class Pictures(Struct, frozen=True):
    """The pictures of a report as SVG; ``terms`` has one for each check, empty where its working is not known."""

    rungs: tuple[Markup, ...]
    path: Markup
    terms: tuple[Markup, ...]
    theories: tuple[Markup, ...]
    credibility: tuple[Markup, ...]


def page(report: Report) -> str:
    """Return the report as a whole HTML page."""
    template = templates("wargame.report").get_template("report.html.j2")
    return template.render(
        report=report,
        parts=parts(report),
        pictures=pictures_of(report),
        cited=cited_in(report),
        tables=tables,
        ratings=RATINGS,
        schools=SCHOOLS,
        glosses=glosses(report),
        is_after_action=report.variant == AFTER_ACTION,
    )


def pictures_of(report: Report) -> Pictures:
    """Return every picture of a report."""
    return Pictures(
        tuple(rungs_over_time(report.rungs)),
        path_on_the_graph(report.path, report.rungs.firebreaks),
        tuple(
            terms_of(check, f"check-{place}") if check.known else Markup()
            for place, check in enumerate(report.checks, start=1)
        ),
        tuple(under_theories(report.checks)),
        tuple(credibility_and_belief(report.credibility.declared, report.credibility.points)),
    )


def glosses(report: Report) -> tuple[tuple[str, str], ...]:
    """Return what the terms of the report's checks are about, those that rules.md explains, in their order."""
    names = dict.fromkeys(term.name for check in report.checks for term in check.terms)
    return tuple((name, TERMS[name]) for name in names if name in TERMS)
