"""``wargame content``: what there is to play with, what is wrong with it, and the schema for editors."""

from __future__ import annotations

import json as json_format
from pathlib import Path
from typing import Final

from wargame import content
from wargame.cli.answers import check_there, emit, tell
from wargame.cli.console import say
from wargame.errors import EXIT_CONTENT, EXIT_OK, UsageError

_PLURALS: Final = {"theory": "Theories"}


def list_(*, paths: tuple[Path, ...], json: bool, plain: bool) -> None:
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


def check(*, paths: tuple[Path, ...], json: bool, plain: bool) -> int:
    """Print every fault of the given files, or of all content; exit 3 if there is one."""
    for path in paths:
        check_there(path)
    problems = content.check(paths)
    if json:
        emit("content-check", {"ok": not problems, "problems": [problem.as_dict() for problem in problems]})
    else:
        for problem in problems:
            say(str(problem))
        if not problems:
            say("No fault found.")
        elif not plain:
            say(f"{len(problems)} fault{'s' if len(problems) > 1 else ''}.")
    return EXIT_CONTENT if problems else EXIT_OK


def schema(*, paths: tuple[Path, ...], json: bool) -> None:
    """Print the JSON Schema of a content file by itself, as editors want it, or within an answer of ``--json``."""
    if paths:
        raise UsageError("there is one schema for all content files; it takes no path")
    found = content.json_schema()
    if json:
        emit("content-schema", {"json_schema": found})
    else:
        say(json_format.dumps(found, indent=2))
