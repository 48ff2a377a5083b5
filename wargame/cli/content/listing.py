"""``wargame content list``: what there is to play with."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from wargame import content
from wargame.cli.answers import check_there, emit, tell

_PLURALS: Final = {"theory": "Theories", "standing": "Standing effects"}


def run(*, things: tuple[str, ...], json: bool, plain: bool) -> None:
    """List what one plays with, or all of one kind with what it means; with paths, these in place of the user's folder.

    A first argument is a kind unless a file or folder of that name lies here. Raises UsageError for what is neither.
    """
    kind, paths = _read(things)
    for path in paths:
        check_there(path)
    rows = content.listing(kind, content_dirs=paths or None)
    if json:
        emit("content-list", {"content": rows, "faulty": list(rows.faulty)})
        return
    before = ""
    for row in rows:
        if row["kind"] != before:
            before = row["kind"]
            if not plain:
                tell()
            tell(_PLURALS.get(before, f"{before.capitalize()}s"))
        meaning = f": {row['text']}" if kind and row["text"] else ""
        tell(f"{row['id']:<24} {row['name']}{meaning} [{row['file']}]", indent=2, hang=27)
    for file in rows.faulty:
        tell()
        tell(f"{file} has faults, and what is faulty is not listed; wargame content check tells them.")


def _read(things: tuple[str, ...]) -> tuple[str, tuple[Path, ...]]:
    """Return the kind that the arguments name, if any, and the paths."""
    first = things[0] if things else ""
    is_path = not first or Path(first).exists() or not first.replace("-", "").isalpha()
    return ("", tuple(map(Path, things))) if is_path else (first, tuple(map(Path, things[1:])))
