"""The submission board: how far every capital's orders are this turn, and who typed them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wargame.export import words
from wargame.rules.box import Box
from wargame.rules.events import OrderClosed, OrderDrafted, OrderReopened, OrderSealed, TurnOpened
from wargame.rules.journal import Entry, effective
from wargame.rules.legal import faults
from wargame.rules.sealing import receipt
from wargame.rules.sight import look
from wargame.rules.state import DRAFT, NOTHING, ORDERS, PASSED, SEALED, State

MISSING: Final = "missing"
"""Time was called and nothing was there that could be taken. It is no pass."""

STATUSES: Final = (NOTHING, DRAFT, SEALED, PASSED, MISSING)


class Submission(Struct, frozen=True):
    """One capital's orders of this turn. ``status`` is one of :data:`STATUSES`.

    ``is_waited_for``: the table waits for it; ``receipt``: the words that are read out at the reveal, empty before;
    ``late``: it was given back after time was called; ``taken_as_draft``: time was called and the draft stands;
    ``by``: ``white-cell`` where the white cell typed what stands there now; ``at``: when (ISO 8601), where known;
    ``faults``: why a draft could not be sealed as it stands, so that calling time would find it missing;
    ``is_played``: in human hands.
    """

    capital: str
    status: str
    is_played: bool = True
    is_waited_for: bool = False
    receipt: str = ""
    late: bool = False
    taken_as_draft: bool = False
    by: str = ""
    at: str = ""
    faults: tuple[str, ...] = ()


def submissions(box: Box, state: State, entries: Sequence[Entry]) -> tuple[Submission, ...]:
    """Return the board of this turn, in the box's order of capitals. ``entries`` is the whole journal."""
    history = _history(box, entries)
    return tuple(_submission(box, state, capital.id, history[capital.id]) for capital in box.capitals)


def told(box: Box, found: Submission) -> str:
    """Return a line of the board in words, such as ``Kyiv: sealed, receipt amber-river-seven-lamp, typed by the white cell``."""
    parts = [_STATUS[found.status]]
    if found.status == DRAFT:
        parts = ["draft, cannot be sealed as it stands" if found.faults else "draft, could be sealed as it stands"]
    if found.taken_as_draft:
        parts = ["time was called, the draft stands as it was"]
    if found.receipt:
        parts.append(f"receipt {found.receipt}")
    if found.late:
        parts.append("late")
    if found.by:
        parts.append("typed by the white cell")
    if not found.is_played:
        parts.append("played by a bot")
    return f"{words.capital(box, found.capital)}: {', '.join(parts)}"


_STATUS: Final = {
    NOTHING: "nothing yet",
    DRAFT: "draft",
    SEALED: "sealed",
    PASSED: "passes on purpose",
    MISSING: "missing",
}


class _Past(Struct, frozen=True):
    """What happened to one sheet this turn."""

    closed: bool = False
    late: bool = False
    by: str = ""
    at: str = ""


def _history(box: Box, entries: Sequence[Entry]) -> dict[str, _Past]:
    fresh = {capital.id: _Past() for capital in box.capitals}
    found = dict(fresh)
    for entry in effective(entries):
        for event in entry.events:
            if isinstance(event, TurnOpened):
                found = dict(fresh)
            elif isinstance(event, (OrderDrafted, OrderSealed)):
                found[event.capital] = _Past(False, found[event.capital].late, entry.by, entry.at)
            elif isinstance(event, OrderClosed):
                found[event.capital] = replace(found[event.capital], closed=True, at=entry.at)
            elif isinstance(event, OrderReopened):
                past = found[event.capital]
                found[event.capital] = replace(past, closed=False, late=past.late or event.late)
    return found


def _submission(box: Box, state: State, capital: str, past: _Past) -> Submission:
    paper = state.papers[box.seat[capital]]
    waited_for = state.phase == ORDERS and capital in state.waiting
    is_nothing, is_draft = paper.status == NOTHING, paper.status == DRAFT
    wrong = faults(box, look(box, state, capital), paper.sheet) if is_draft and waited_for else ()
    return Submission(
        capital,
        MISSING if is_nothing and past.closed else paper.status,
        is_played=capital in state.setup.played,
        is_waited_for=waited_for,
        receipt=receipt(paper.digest) if paper.digest and not is_nothing else "",
        late=past.late,
        taken_as_draft=is_draft and past.closed,
        by="" if is_nothing else past.by,
        at=past.at,
        faults=tuple(words.fault(box, fault) for fault in wrong),
    )
