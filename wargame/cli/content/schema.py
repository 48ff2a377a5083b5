"""``wargame content schema``: the JSON Schema of a content file, for editors."""

from __future__ import annotations

from pathlib import Path

from wargame import content
from wargame.cli.answers import emit, tell, write_out
from wargame.cli.content.new import STDOUT, write_schema
from wargame.cli.text import name_of
from wargame.content.editor import schema_text
from wargame.errors import UsageError


def run(*, paths: tuple[Path, ...], file: Path | None, force: bool, json: bool) -> None:
    """Print the JSON Schema of a content file, as editors want it, or write it to a file. Raises UsageError."""
    if paths:
        raise UsageError("there is one schema for all content files; it takes no path. To write it: --file PATH")
    to_file = file is not None and file != STDOUT
    if file is not None and to_file:
        write_schema(file, force)
    if json:
        emit("content-schema", {"file": str(file)} if to_file else {"json_schema": content.json_schema()})
    elif file is not None and to_file:
        tell(f"{name_of(file)} is written.")
    else:
        write_out(schema_text(), None)
