"""The report as one page: no script, nothing from elsewhere, and a policy in its head that lets a browser fetch nothing.

Texts reach the page through two doors, each of which escapes: Jinja's autoescape for the page, :mod:`.pictures.svg` for
the pictures. :func:`_visible` shows characters that would hide or reorder text.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct

from wargame.export.text import plain
from wargame.kit.aid import TERMS
from wargame.report import tables
from wargame.report.cited import cited_in
from wargame.report.model import AFTER_ACTION, RATINGS, SCHOOLS, Report
from wargame.report.outline import parts
from wargame.report.pictures.credibility import credibility_and_belief
from wargame.report.pictures.path import path_on_the_graph
from wargame.report.pictures.rungs import rungs_over_time
from wargame.report.pictures.terms import terms_of
from wargame.report.pictures.theories import under_theories

_TEMPLATES: Final = Path(__file__).parent / "templates"


class Pictures(Struct, frozen=True):
    """The pictures of a report as SVG; ``terms`` has one for each check, empty where its working is not known."""

    rungs: tuple[Markup, ...]
    path: Markup
    terms: tuple[Markup, ...]
    theories: tuple[Markup, ...]
    credibility: tuple[Markup, ...]


def page(report: Report) -> str:
    """Return the report as a whole HTML page."""
    template = _environment().get_template("report.html.j2")
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


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"css": css, "banner_words": _banner_words}
    return environment


def css(said: str) -> Markup:
    """Return a text as a string of a style sheet, in quotation marks; nothing in it can end the string or the sheet."""
    coded = "".join(
        each if each.isascii() and (each.isalnum() or each in " .,:-") else f"\\{ord(each):x} " for each in plain(said)
    )
    return Markup(f'"{coded}"')


def _visible(value: object) -> object:
    """Return what is printed for a value of a template: markup as it is, text with hidden characters shown."""
    if isinstance(value, Markup):
        return value
    return plain(value) if isinstance(value, str) else value


def _banner_words(banners: Iterable[str]) -> str:
    return " · ".join(banners)
