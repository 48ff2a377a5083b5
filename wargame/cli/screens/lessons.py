"""Lessons: what a scenario teaches a person who plays, one concept a turn, with something to try and to look at."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.cli.page import QUIET, STRONG, Page
from wargame.rules.box import Box, Lesson


def teach(page: Page, box: Box, side: str, turn: int) -> None:
    """Show the lessons of a turn: those for everybody, and those for this seat."""
    for lesson in _of(box, side, turn):
        page.reserve(8)
        page.heading(lesson.title, f"Lesson, turn {turn}")
        page.text(lesson.text)
        meaning = dict(box.concepts).get(lesson.concept, "")
        if meaning:
            page.text(meaning, style=QUIET)
        if lesson.attempt:
            page.text(lesson.attempt, label="Try  ", style=STRONG)


def look_back(page: Page, box: Box, side: str, turn: int) -> None:
    """Show what the lessons of a turn that is over ask to look at."""
    for lesson in _of(box, side, turn):
        if lesson.after:
            page.gap()
            page.text(lesson.after, label="Look back  ", style=STRONG)


def _of(box: Box, side: str, turn: int) -> Iterator[Lesson]:
    for lesson in box.scenario.lessons:
        if lesson.turn == turn and lesson.seat in ("", side):
            yield lesson
