"""For those who run it: the cheat sheet's timings and answers, and questions for the debrief."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from msgspec import Struct

from wargame.errors import UsageError
from wargame.export import words
from wargame.kit.cards import injects
from wargame.plan import DEBRIEF, OF_A_TURN, cuts, plan
from wargame.rules.box import Box
from wargame.rules.view import View
from wargame.whitecell.questions import NOT_RECORDED

QUESTIONS: Final = (
    ("What happened", (
        "Tell the three moments that decided it, as your capital lived them. Where do the accounts differ?",
        "Which order of another capital surprised you most, and what had you read its signals to mean?",
    )),
    ("Whose threat was believed", (
        "Which declaration did you believe, which did you not, and what would have changed your mind?",
        "Where a threat failed, which link was the weakest: capability, will, freedom or clarity?",
    )),
    ("What you assumed, and how you decided", (
        "What did you take for granted in the first turn that was not so at the end?",
        "When did your team stop looking for a way down, and did anybody notice?",
        "What was said in your room that nobody followed up?",
    )),
    ("What it means", (
        "What of this holds outside the room, and what belongs to these rules and these ratings?",
    )),
)  # fmt: skip
"""Questions by kind: of the course, of credibility, of conduct, and of what carries over."""

_LENGTHS: Final = tuple(range(120, 601, 10))
"""Minutes tried where nobody has said how long a session lasts: two hours, or the least in which its turns fit."""

_LATEST: Final = 6
"""Questions of the cards drawn last that go on the page."""


class Phase(Struct, frozen=True):
    """A phase of every turn: its minutes as planned and at the least, and what the white cell does in it."""

    name: str
    minutes: str
    least: int
    does: str


class Timetable(Struct, frozen=True):
    """When what begins, as hours and minutes from the start; ``problem`` says why there is none."""

    minutes: int
    phases: tuple[Phase, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    cuts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""


class Prepared(Struct, frozen=True):
    """An answer that lies ready: what it is about, what is said, and who may have it."""

    about: str
    text: str
    to: str


class Conduct(Struct, frozen=True):
    """What a cheat sheet says that another box or another session would say otherwise."""

    timetable: Timetable
    answers: tuple[Prepared, ...]
    dead_end: str
    injects: tuple[tuple[str, tuple[str, ...]], ...]
    argue_cost: int
    argue_needed: int
    late_cost: int
    refund: int


def conduct(box: Box, minutes: int, teams: int, turns: int | None) -> Conduct:
    """Return what a cheat sheet says. Without ``turns`` the plan has as many as fit."""
    book = box.rulebook
    return Conduct(
        timetable(box, minutes, teams, turns),
        tuple(Prepared(each.about, each.text, words.capitals(box, each.to) or "all") for each in box.scenario.answers),
        NOT_RECORDED,
        _injects(box),
        book.argue_cost,
        book.argue_needed,
        book.late_cost,
        book.refund_percent,
    )


def _injects(box: Box) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the injects by what they are for, each with its card and, if it is scheduled, its turn."""
    found: dict[str, list[str]] = {}
    for each in injects(box):
        turn = f", turn {each.turn}" if each.turn else ""
        found.setdefault(each.label, []).append(f"{each.card.id} {each.card.title}{turn}")
    return tuple((label, tuple(cards)) for label, cards in found.items())


def timetable(box: Box, minutes: int, teams: int, turns: int | None) -> Timetable:
    """Return the timings of a session of so many minutes (0: two hours, or what its turns need), or why there are none."""
    for long in (minutes,) if minutes else _LENGTHS:
        try:
            found = plan(box, long, max(1, teams), turns)
            break
        except UsageError as fault:
            problem = str(fault)
    else:
        return Timetable(long, problem=problem)
    phases = []
    for phase in OF_A_TURN:
        blocks = [block for block in found.blocks if block.phase == phase]
        lengths = sorted({block.minutes for block in blocks})
        shown = str(lengths[0]) if len(lengths) == 1 else f"{lengths[0]} to {lengths[-1]}"
        phases.append(Phase(blocks[0].name, shown, blocks[0].least, _usual([block.does for block in blocks])))
    marks = [(_clock(block.starts), block.name) for block in found.blocks if not block.turn and block.phase != DEBRIEF]
    for turn, blocks_of in groupby((block for block in found.blocks if block.turn), key=lambda block: block.turn):
        marks.append((_clock(next(blocks_of).starts), f"Turn {turn}"))
    marks.append((_clock(found.wind_down), "Say that play ends soon"))
    marks.append(
        (_clock(found.debrief.starts), f"{found.debrief.name}, {found.debrief.minutes} minutes, kept whatever comes")
    )
    return Timetable(long, tuple(phases), tuple(marks), cuts(box, found), found.notes)


def _usual(texts: Sequence[str]) -> str:
    """Return what is said most often, the first of those said equally often."""
    return max(texts, key=texts.count)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def card_questions(box: Box, view: View) -> tuple[tuple[str, str], ...]:
    """Return what the cards ask that this side has read, title and question, the latest first and only so many."""
    asked = [
        (box.card[card].title, box.card[card].question) for card in reversed(view.cards) if box.card[card].question
    ]
    return tuple(asked[:_LATEST])
