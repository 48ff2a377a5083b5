"""The door to all exports: a format's name and a side in, files as text out."""

from __future__ import annotations

from typing import Final

from wargame.errors import ExerciseError, UsageError, nearest
from wargame.export.csv import tables
from wargame.export.jsonl import jsonl
from wargame.export.md import chronicle
from wargame.log import WHITE_CELL
from wargame.recorded import Recorded

FORMATS: Final = ("jsonl", "csv", "md")


def export(recorded: Recorded, format_: str, side: str = WHITE_CELL) -> dict[str, str]:
    """Return the export as texts by file name: ``log.jsonl``, ``chronicle.md``, or one ``TABLE.csv`` for each table.

    Raises UsageError for an unknown format or side, ExerciseError for facts that cannot be told because they were not
    recorded by this program.
    """
    if format_ not in FORMATS:
        raise UsageError(f"there is no format {format_!r}: {', '.join(FORMATS)}.{nearest(format_, FORMATS)}")
    try:
        return _texts(recorded, format_, side)
    except (LookupError, ValueError, TypeError, AttributeError) as fault:
        raise ExerciseError(f"the recorded events cannot be told: {fault!r}") from None


def _texts(recorded: Recorded, format_: str, side: str) -> dict[str, str]:
    if format_ == "jsonl":
        return {"log.jsonl": jsonl(recorded, side)}
    if format_ == "csv":
        return {f"{name}.csv": text for name, text in tables(recorded, side).items()}
    return {"chronicle.md": chronicle(recorded, side)}
