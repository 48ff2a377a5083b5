"""JSON lines: the white cell's complete log, or what one side saw with its own numbers and its own hash chain.

One side's log holds no seed, no content, no commands, no clock and no gap; only the white cell's can be imported. A field
that the side may not see is not there, rather than empty.
"""

from __future__ import annotations

from typing import Any

from wargame.export.rows import walk
from wargame.log import SCHEMA, VERSION, WHITE_CELL, header_text, jsonl_of, sealed
from wargame.recorded import Recorded, all_lines
from wargame.rules.box import Box
from wargame.rules.events import Event, OrdersRevealed
from wargame.rules.notation import canonical, event_to_json
from wargame.rules.witness import cut, cut_of_sheet


def jsonl(recorded: Recorded, side: str = WHITE_CELL) -> str:
    """Return the log as ``side`` saw it. Raises UsageError for no such side."""
    if side == WHITE_CELL:
        return jsonl_of(header_text(recorded.header), all_lines(recorded))
    header = recorded.header
    text = canonical(
        {
            "schema": SCHEMA,
            "version": VERSION,
            "as": side,
            "scenario": header.scenario,
            "theory": header.theory,
            "mode": header.mode,
            "capitals": header.capitals,
            "turns": header.turns,
            "rules": header.rules,
        }
    )
    lines, head = [text], sealed("", text)
    for row in walk(recorded, side).rows:
        written = {**_seen(recorded.box, row.event, side), "seq": row.seq, "turn": row.turn, "phase": row.phase}
        following = sealed(head, canonical(written))
        lines.append(canonical({**written, "prev": head, "hash": following}))
        head = following
    return "\n".join(lines) + "\n"


def _seen(box: Box, event: Event, side: str) -> dict[str, Any]:
    """Return an event as JSON values without the fields that ``side`` may not see."""
    hidden = cut(box, event, side)
    written = {name: value for name, value in event_to_json(box, event).items() if name not in hidden}
    if isinstance(event, OrdersRevealed):
        written["sheets"] = [
            [capital, {name: value for name, value in sheet.items() if name not in cut_of_sheet(capital, side)}]
            for capital, sheet in written["sheets"]
        ]
    return written
