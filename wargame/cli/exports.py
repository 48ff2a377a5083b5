"""``wargame export``: a recorded exercise as JSON lines, tidy tables or a chronicle."""

from __future__ import annotations

import sys
from pathlib import Path

from wargame.cli.answers import side_of, write_out
from wargame.cli.console import complain
from wargame.cli.targets import write_folder
from wargame.cli.text import name_of
from wargame.export.formats import export
from wargame.rules.view import WHITE_CELL
from wargame.verification import recorded_in


def run(*, file: Path, format_: str, side: str | None, output: Path | None, force: bool) -> None:
    """Write the export to ``output`` or to stdout; csv makes a folder, by default ``NAME-csv`` here.

    ``force`` lets it take the place of files that are there. What was written where is told on stderr.
    """
    recorded = recorded_in(file)
    texts = export(recorded, format_, side_of(recorded.box, side, WHITE_CELL))
    if format_ == "csv":
        folder = output or Path(f"{file.stem}-csv")
        write_folder(folder, texts, force)
        complain(f"written: {', '.join(texts)} in {name_of(folder)}")
        return
    (text,) = texts.values()
    write_out(text, output, force)
    if output is not None and sys.stderr.isatty():
        complain(f"written: {name_of(output)}")
