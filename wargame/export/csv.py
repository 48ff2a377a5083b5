"""CSV: one tidy table each for turns, orders, checks, declarations and beliefs, a row for each thing observed.

They tell the course that counts; what a rewind took back is in the log and the chronicle. UTF-8, commas, LF. Every row
carries the scenario, the theory and, for the white cell, the seed, so that tables of several exercises can be put under
one another. Text that a spreadsheet would take for a formula is marked as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from wargame.export import words
from wargame.export.rows import Row, Walk, walk
from wargame.export.text import cell
from wargame.ledger import Claim, last_beliefs, of_events
from wargame.log import WHITE_CELL
from wargame.recorded import Recorded
from wargame.rules.box import Box
from wargame.rules.events import (
    ArgumentSettled,
    ChallengeResolved,
    DeliveryArrived,
    MeasureTaken,
    OrderLapsed,
    OrdersRevealed,
    PermissionSet,
    RungChanged,
    TalksHeld,
)
from wargame.rules.orders import Climb, Dial, Move, Reply, Sheet, StepDown, Take, Terms

TABLES: Final = ("turns", "orders", "checks", "declarations", "beliefs")

Cell = str | int | float
Table = tuple[tuple[str, ...], list[tuple[Cell, ...]]]


def tables(recorded: Recorded, side: str = WHITE_CELL) -> dict[str, str]:
    """Return the tables by name, in the order of :data:`TABLES`. Raises UsageError for no such side."""
    box, header = recorded.box, recorded.header
    seen = walk(recorded, side)
    book = of_events(box, ((row.turn, row.phase, row.event) for row in seen.counted))
    found = (turns(box, seen), orders(box, seen), checks(box, seen), declarations(book.claims), beliefs(book.claims))
    seed: tuple[Cell, ...] = (str(header.seed),) if side == WHITE_CELL else ()
    names = ("scenario", "theory", *(("seed",) if seed else ()))
    first: tuple[Cell, ...] = (header.scenario, header.theory, *seed)
    return {
        name: written((*names, *columns), ((*first, *row) for row in rows))
        for name, (columns, rows) in zip(TABLES, found, strict=True)
    }


def written(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a table as CSV text. Numbers stay numbers; text is made safe for spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([cell(column) for column in columns])
    writer.writerows([cell(each) if isinstance(each, str) else each for each in row] for row in rows)
    return out.getvalue()


def turns(box: Box, seen: Walk) -> Table:
    """Return every number the side could see at the close of each turn; turn 0 is the beginning.

    ``value`` is always a number; where it counts the place of a word, from 0, ``word`` is that word.
    """
    rows: list[tuple[Cell, ...]] = []
    for close in seen.closes:
        for track in box.tracks:
            block = close.values[track.block]
            if block:
                subject, name = words.track_name(track.address)
                raw = block[track.place]
                shown = track.shown(raw)
                value, word = (raw, shown) if isinstance(shown, str) else (shown, "")
                rows.append((close.turn, subject, name, value, word))
    return ("turn", "subject", "track", "value", "word"), rows


def orders(box: Box, seen: Walk) -> Table:
    """Return every order that was revealed and what came of it: carried out, lapsed, or the outcome of its check.

    ``press_on`` and ``defy`` are 1 or 0 for climbs and empty for all else; ``break_faith`` is said of the whole sheet.
    """
    rows: list[tuple[Cell, ...]] = []
    for place, row in enumerate(seen.counted):
        if not isinstance(row.event, OrdersRevealed):
            continue
        after = _same_turn(seen.counted, place)
        for capital, sheet in row.event.sheets:
            rows += [
                (row.turn, capital, *cells, int(sheet.break_faith)) for cells in _ordered(box, capital, sheet, after)
            ]
    columns = (
        "turn", "capital", "number", "kind", "what", "target", "dyad", "to", "outcome", "text", "press_on", "defy",
        "break_faith",
    )  # fmt: skip
    return columns, rows


def _ordered(box: Box, capital: str, sheet: Sheet, after: Sequence[Row]) -> list[tuple[Cell, ...]]:
    """Return a row for each thing on a sheet; ``none`` for a sheet without orders, ``note`` for what it says aloud."""
    rows: list[tuple[Cell, ...]] = []
    for number, (kind, move) in enumerate(_on(sheet), start=1):
        came, text = _came_of(capital, move, after), words.order(box, capital, move)
        rows.append((number, kind, *_named(move), came, text, *_flags(move)))
    if sheet.priority:
        text = f"put {words.theatre(box, sheet.priority)} first"
        rows.append((len(rows) + 1, "priority", sheet.priority, "", "", "", "", text, "", ""))
    if sheet.argued:
        rows.append((len(rows) + 1, "argued", "", "", "", "", _argued(capital, after), sheet.argued, "", ""))
    if not rows:
        rows.append((0, "none", "", "", "", "", "", "", "", ""))
    if sheet.note:
        rows.append((0, "note", "", "", "", "", "", sheet.note, "", ""))
    return rows


def _argued(capital: str, after: Sequence[Row]) -> str:
    """Return what came of a capital's order outside the list."""
    for row in after:
        if isinstance(row.event, ArgumentSettled) and row.event.capital == capital:
            return "succeeded" if row.event.succeeded else "failed"
    return ""


def _flags(move: Move | Dial | Terms | Reply) -> tuple[Cell, Cell]:
    """Return whether a climb presses on and defies."""
    if isinstance(move, Reply):
        return _flags(move.then)
    return (int(move.press_on), int(move.defy)) if isinstance(move, Climb) else ("", "")


def checks(box: Box, seen: Walk) -> Table:
    """Return every check; ratings in points and contributions in thousandths have a column for each term."""
    names = (*box.pressures, "nerve", *box.restraints, *box.slots)
    rows: list[tuple[Cell, ...]] = []
    for row in seen.counted:
        event = row.event
        if not isinstance(event, ChallengeResolved):
            continue
        known = bool(event.terms)
        terms = {term.name: term for term in event.terms}
        ratings = tuple(_short(terms[name].rating) if name in terms else "" for name in names)
        parts = tuple(terms[name].contribution if name in terms else "" for name in names)
        working: tuple[Cell, ...] = (event.constant, event.margin, event.percent, *event.band, event.die)
        rows.append(
            (
                row.turn, row.seq, event.challenger, event.target, event.dyad, event.edge, event.source, event.to,
                event.theory, event.outcome, *(working if known else ("",) * len(working)),
                event.weakest, event.protected, *ratings, *parts,
            )
        )  # fmt: skip
    columns = (
        "turn", "seq", "challenger", "target", "dyad", "edge", "from", "to", "theory_of_check", "outcome", "constant",
        "margin", "percent", "low", "high", "die", "weakest", "protected",
        *(f"rating.{name}" for name in names), *(f"contribution.{name}" for name in names),
    )  # fmt: skip
    return columns, rows


def declarations(claims: Iterable[Claim]) -> Table:
    """Return every declaration and what became of it."""
    rows: list[tuple[Cell, ...]] = []
    for claim in claims:
        said = claim.declaration
        kind, (what, target, dyad, to) = _kind(said.deed), _named(said.deed)
        weakest = claim.tests[-1].weakest if claim.tests else ""
        credibility: Cell = claim.tests[-1].credibility if claim.tests else ""
        rows.append(
            (
                claim.turn, claim.id, claim.capital, said.kind, said.to, said.dyad, said.rung, kind, what, target, dyad, to,
                claim.pair, claim.status, claim.settled or "", len(claim.tests), credibility, weakest,
            )
        )  # fmt: skip
    columns = (
        "turn", "declaration", "capital", "kind", "told", "if_dyad", "reaches", "deed", "what", "target", "dyad", "to",
        "warns", "status", "settled", "checks", "credibility", "weakest",
    )  # fmt: skip
    return columns, rows


def beliefs(claims: Iterable[Claim]) -> Table:
    """Return every belief that was stated; ``counts`` is 1 for a capital's last one in a declaration."""
    rows: list[tuple[Cell, ...]] = []
    for claim in claims:
        last = dict(last_beliefs(claim))
        for place, each in enumerate(claim.beliefs):
            later = any(other.capital == each.capital for other in claim.beliefs[place + 1 :])
            counts = 0 if later or each.capital not in last else 1
            rows.append((each.turn, each.capital, claim.id, claim.capital, each.percent, counts, claim.status))
    return ("turn", "capital", "declaration", "declared_by", "percent", "counts", "status"), rows


def _short(rating: float) -> Cell:
    return int(rating) if rating == int(rating) else rating


def _same_turn(rows: Sequence[Row], place: int) -> list[Row]:
    return [row for row in rows[place + 1 :] if row.turn == rows[place].turn]


def _on(sheet: Sheet) -> list[tuple[str, Move | Dial | Terms | Reply]]:
    found: list[tuple[str, Move | Dial | Terms | Reply]] = [(_kind(move), move) for move in sheet.moves]
    found += [("permission", dial) for dial in sheet.dials]
    found += [("talks", terms) for terms in sheet.talks]
    return [*found, ("reply", sheet.reply)] if sheet.reply is not None else found


def _kind(move: Move | Dial) -> str:
    if isinstance(move, Take):
        return "measure"
    if isinstance(move, Climb):
        return "climb"
    return "step-down" if isinstance(move, StepDown) else "permission"


def _named(move: Move | Dial | Terms | Reply) -> tuple[str, str, str, str]:
    """Return what, for whom, in which dyad and to which rung."""
    if isinstance(move, Reply):
        return _named(move.then)
    if isinstance(move, Take):
        return move.measure, move.target, "", ""
    if isinstance(move, Climb):
        return "", "", move.dyad, move.to
    if isinstance(move, StepDown):
        return "", "", move.dyad, ""
    if isinstance(move, Terms):
        return move.landing, "", move.dyad, ""
    return move.permission, move.partner, "", ""


def _came_of(capital: str, move: Move | Dial | Terms | Reply, after: Sequence[Row]) -> str:
    """Return what came of an order by the facts of the same turn, an empty string where none tells."""
    if isinstance(move, Reply):
        return _came_of(capital, move.then, after)
    for row in after:
        found = _tells(capital, move, row)
        if found:
            return found
    lapsed = any(isinstance(row.event, OrderLapsed) and row.event.capital == capital for row in after)
    return "lapsed" if lapsed else ""


def _tells(capital: str, move: Move | Dial | Terms, row: Row) -> str:
    event = row.event
    if isinstance(move, Take) and isinstance(event, (MeasureTaken, DeliveryArrived)):
        same = (event.capital, event.measure, event.target) == (capital, move.measure, move.target)
        return ("under-way" if isinstance(event, MeasureTaken) and event.left else "carried-out") if same else ""
    if isinstance(move, Climb) and isinstance(event, ChallengeResolved):
        return event.outcome if (event.challenger, event.dyad, event.to) == (capital, move.dyad, move.to) else ""
    if isinstance(move, StepDown) and isinstance(event, RungChanged):
        down = event.cause == "step-down" and (event.capital, event.dyad) == (capital, move.dyad)
        return "carried-out" if down else ""
    if isinstance(move, Dial) and isinstance(event, PermissionSet):
        return "carried-out" if (event.patron, event.partner) == (capital, move.partner) else ""
    if isinstance(move, Terms) and isinstance(event, TalksHeld) and event.dyad == move.dyad:
        return "agreed" if event.landed and event.landing == move.landing else "not-agreed"
    return ""
