"""``wargame content list``: what there is to play with."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from wargame import content
from wargame.cli.answers import check_there, emit, tell

_PLURALS: Final = {"theory": "Theories"}


def run(*, paths: tuple[Path, ...], json: bool, plain: bool) -> None:
    """List scenarios, ladders, theories, decks, measures and doctrines; with paths, these in place of the user's folder."""
    for path in paths:
        check_there(path)
    rows = content.listing(content_dirs=paths or None)
    if json:
        emit("content-list", {"content": rows})
        return
    kind = ""
    for row in rows:
        if row["kind"] != kind:
            kind = row["kind"]
            if not plain:
                tell()
            tell(_PLURALS.get(kind, f"{kind.capitalize()}s"))
        tell(f"{row['id']:<24} {row['name']} [{row['file']}]", indent=2, hang=27)
