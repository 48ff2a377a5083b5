"""What a version of the report is made from, and what the players' version leaves out.

The white cell's version is made from every fact. The players' version is handed out after the exercise and obeys:

1. Until the exercise has ended it is made from what the public saw (:func:`wargame.export.rows.walk`), nothing else.
2. Once it has ended, the debrief lays the game open (rule 13.4): numbers, seen beside true; dice; the terms of checks;
   every declaration, quiet ones too; beliefs; permissions; quiet measures; cards; who passed, was late or missing; what
   was rewound. These are structured facts, worded by this program from names in the content.
3. Text that a person typed appears only if it was said to the whole table: the public line and the argued order of a
   sheet that was revealed, the points and the outcome of an argument, the reason of a ruling, of a sheet given back, of a
   rewind or of another number of turns, and an inject improvised to all. Text is public exactly where
   :func:`wargame.rules.witness.witness` shows it to the public.
4. So these never appear: drafts and sealed sheets (also those a rewind took away before the reveal), replies that were
   not carried out, reasons a seat gave for itself, the white cell's dissents, its scribe's lines, reasons for injects kept
   back or played, questions and answers, what a team was told, clocks and times, injects improvised for some capitals
   (that there was one is said, not what), and the name of a branch's parent.

A rewind undoes what happened, not what was heard: a public line of a sheet revealed and then rewound was read out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from wargame.export.rows import Close, Row, walk
from wargame.log import WHITE_CELL
from wargame.recorded import Recorded
from wargame.report.model import PLAYERS
from wargame.rules import events as fact
from wargame.rules.box import Box
from wargame.rules.events import Event
from wargame.rules.orders import Sheet
from wargame.rules.view import PUBLIC
from wargame.rules.witness import witness

KEPT_BACK: Final = (
    fact.OrderDrafted, fact.SignalsGiven, fact.BeliefsClosed, fact.CardWithheld, fact.NoteTaken, fact.QuestionAsked,
    fact.QuestionAnswered, fact.NewsTold, fact.ClockSet,
)  # fmt: skip
"""Kinds of fact that are in no players' version at all."""

TYPED: Final[dict[type, tuple[str, ...]]] = {
    fact.ChoiceMade: ("why",),
    fact.OrderSealed: ("sheet", "digest", "salt", "why"),
    fact.OrderClosed: ("sheet", "digest", "salt"),
    fact.OrderReopened: ("reason",),
    fact.OrdersRevealed: ("sheets", "digests"),
    fact.RulingMade: ("reason", "dissent"),
    fact.InjectImprovised: ("title", "text"),
    fact.ArgumentOpened: ("text",),
    fact.ArgumentSettled: ("text", "pros", "cons", "reason"),
    fact.TurnsSet: ("reason",),
    fact.Rewound: ("reason",),
    fact.Branched: ("parent", "head", "text"),
}
"""Fields of the other kinds that hold text somebody typed, or what would betray it; all other text is the content's."""


class Seen(Struct, frozen=True):
    """What a version is made from. ``log`` is the log that rows are numbered in; ``open``: the exercise has not ended.

    ``full``: hidden numbers are known, so that closes and states may be read.
    """

    rows: tuple[Row, ...]
    closes: tuple[Close, ...]
    log: str
    open: bool
    full: bool


def seen_by(recorded: Recorded, audience: str) -> Seen:
    """Return what a version of the report is made from."""
    everything = walk(recorded)
    ended = any(isinstance(row.event, fact.ExerciseEnded) for row in everything.counted)
    if audience != PLAYERS:
        return Seen(everything.rows, everything.closes, WHITE_CELL, not ended, True)
    if not ended:
        public = walk(recorded, PUBLIC)
        return Seen(public.rows, public.closes, PUBLIC, True, False)
    laid = ((row, laid_open(recorded.box, row.event)) for row in everything.rows)
    rows = tuple(replace(row, event=event) for row, event in laid if event is not None)
    return Seen(rows, everything.closes, WHITE_CELL, False, True)


def laid_open(box: Box, event: Event) -> Event | None:
    """Return what the debrief lays open of a fact, None for nothing."""
    if isinstance(event, KEPT_BACK) or is_idle_reply(event):
        return None
    names = TYPED.get(type(event), ())
    if not names:
        return event
    public = witness(box, event, PUBLIC)
    heard: dict[str, Any] = {}
    for name in names:
        own = getattr(event, name)
        heard[name] = getattr(public, name) if type(public) is type(event) else _SILENT[type(own)]()
    if isinstance(event, fact.OrdersRevealed):
        heard["sheets"] = tuple((who, _revealed(sheet)) for who, sheet in event.sheets)
    return replace(event, **heard)


def is_idle_reply(event: Event) -> bool:
    """Whether this says that a reply was not called for, which is no order that failed and stays its capital's."""
    return isinstance(event, fact.OrderLapsed) and event.order == "reply"


def _revealed(sheet: Sheet) -> Sheet:
    """Return a revealed sheet without the reply, which is its capital's unless it was carried out."""
    return replace(sheet, reply=None)


_SILENT: Final[dict[type, Callable[[], Any]]] = {str: str, tuple: tuple, Sheet: Sheet}
"""What stands in the place of text that was not said to all."""
