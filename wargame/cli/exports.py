"""``wargame export``: a recorded exercise as JSON lines, tidy tables or a chronicle."""

from __future__ import annotations

import sys
from pathlib import Path

from wargame.cli.answers import side_of, write_out
from wargame.cli.console import complain
from wargame.errors import OutsideError, UsageError
from wargame.export.formats import export
from wargame.rules.view import WHITE_CELL
from wargame.verification import recorded_in


def run(*, file: Path, format_: str, side: str | None, output: Path | None) -> None:
    """Write the export to ``output`` or to stdout; csv makes a folder, by default ``NAME-csv`` here.

    What was written where is told on stderr.
    """
    recorded = recorded_in(file)
    texts = export(recorded, format_, side_of(recorded.box, side, WHITE_CELL))
    if format_ == "csv":
        _write_folder(texts, output or Path(f"{file.stem}-csv"))
        return
    (text,) = texts.values()
    write_out(text, output)
    if output is not None and sys.stderr.isatty():
        complain(f"written: {output}")


def _write_folder(texts: dict[str, str], folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"csv is several tables and needs a folder; {folder} is none")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise OutsideError(f"{folder} cannot be made: {fault.strerror or fault}") from None
    for name, text in texts.items():
        write_out(text, folder / name)
    complain(f"written: {', '.join(texts)} in {folder}")
