"""``wargame report``: what happened, believed and decided, as one page or a Markdown file for everybody who was there."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from wargame.cli.console import complain
from wargame.cli.targets import write_file
from wargame.cli.text import name_of
from wargame.errors import ExerciseError, UsageError
from wargame.recorded import Recorded, from_jsonl
from wargame.report.compose import report_of
from wargame.verification import recorded_in

EXAMPLE: Final = "seminar.jsonl.gz"
BRANCHES: Final = "seminar-*.jsonl.gz"
"""What the recorded seminar and its branches are called, in the folder ``examples`` of the decks."""


def run(
    *,
    file: Path | None,
    example: bool,
    format_: str,
    audience: str,
    variant: str,
    branches: Sequence[Path],
    pseudonyms: bool,
    output: Path | None,
    force: bool,
) -> None:
    """Write the report of a recorded exercise, or of the example, to ``output``: ``report.html`` here by default.

    Raises UsageError where it is unclear of what, ExerciseError where the record cannot be told.
    """
    if (file is None) is not example:
        raise UsageError("name one exercise file, or say --example and name none")
    recorded, others = _the_example() if file is None else (recorded_in(file), ())
    report = report_of(
        recorded,
        audience=audience,
        variant=variant,
        branches=(*others, *(recorded_in(path) for path in branches)),
        pseudonyms=pseudonyms,
        name=file.stem if file else "the example",
    )
    target = output or Path(f"report.{format_}")
    if format_ == "md":
        from wargame.report.md import document  # noqa: PLC0415

        text = document(report)
    else:
        from wargame.report.html import page  # noqa: PLC0415

        text = page(report)
    write_file(target, text, force)
    complain(f"written: {name_of(target)}")


def _the_example() -> tuple[Recorded, tuple[Recorded, ...]]:
    """Return the recorded seminar that is shipped with the decks, and its branches."""
    from wargame.content.library import built_in_folder  # noqa: PLC0415

    folder = built_in_folder() / "examples"
    return _unpacked(folder / EXAMPLE), tuple(_unpacked(path) for path in sorted(folder.glob(BRANCHES)))


def _unpacked(path: Path) -> Recorded:
    try:
        data = gzip.decompress(path.read_bytes())
    except FileNotFoundError:
        raise UsageError(f"the example is not there: {path}; install wargame again, or report an exercise") from None
    except (OSError, EOFError, zlib.error) as fault:
        raise ExerciseError(f"{path} cannot be read: {fault}") from None
    return from_jsonl(data, path.name)
