"""``wargame content new``: a commented file that checks and works as it stands."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from wargame.cli.answers import emit, tell, write_out
from wargame.cli.targets import check_kept, write_file
from wargame.cli.text import name_of
from wargame.content.editor import FILE, TITLE, schema_text
from wargame.content.new import BEGINNINGS, ID, beginning, default_id, longest_id, taken
from wargame.errors import UsageError

STDOUT: Final = Path("-")
_NEXT: Final = {
    "scenario": ("estimate", "play"),
    "ladder": ("ladder show --ladder",),
    "theory": ("estimate --theory",),
    "doctrine": (),
    "deck": ("content stats",),
    "card": (),
}
"""What can be done with a new file beside checking it."""


def run(*, kind: str, name: str, file: Path | None, with_schema: bool, force: bool, json: bool) -> None:
    """Write a new file and, beside it, the schema for editors unless one is there. Raises UsageError."""
    _check_id(kind, name)
    name = name or default_id(kind)
    path = file or Path(f"{name}.toml")
    text = beginning(kind, name, path.name, with_schema)
    clashes = taken(text, path)
    if clashes:
        raise UsageError(f"there is a {clashes[0]} already; choose another id than {name}")
    schema = None
    if path == STDOUT:
        if not json:
            write_out(text, None)
            return
    else:
        write_file(path, text, force)
        schema = _with_schema(path) if with_schema else None
    if json:
        where = {"file": None, "text": text} if path == STDOUT else {"file": str(path), "schema_file": schema}
        emit("content-new", {"kind": kind, "id": name, **where})
        return
    beside = f", and beside it {FILE}, by which an editor completes and checks it" if schema else ""
    tell(f"{name_of(path)} is written{beside}.")
    for command in ("content check", *_NEXT[kind]):
        tell(f"wargame {command} {name_of(path)}", indent=2)


def write_schema(path: Path, force: bool = False) -> None:
    """Write the schema to a file; a schema of ours that is there already is replaced. Raises UsageError."""
    check_kept(path, TITLE.encode(), "schema of content files", force)
    write_file(path, schema_text(), force=True)


def _with_schema(path: Path) -> str | None:
    """Write the schema beside a content file unless something of that name is there; return where."""
    beside = path.with_name(FILE)
    if os.path.lexists(beside) or not path.is_file():
        return None
    write_file(beside, schema_text())
    return str(beside)


def _check_id(kind: str, name: str) -> None:
    if kind not in BEGINNINGS:
        raise UsageError(f"nothing new can be begun of the kind {kind!r}: {', '.join(BEGINNINGS)}")
    if name and not ID.fullmatch(name):
        raise UsageError(f"{name!r} is no id: small letters, digits and hyphens, beginning with a letter, at most 40")
    if len(name) > longest_id(kind):
        raise UsageError(
            f"{name} is too long an id: at most {longest_id(kind)} characters, because others are made from it"
        )
