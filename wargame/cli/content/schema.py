"""``wargame content schema``: the JSON Schema of a content file, for editors."""

from __future__ import annotations

import json as json_format
from pathlib import Path

from wargame import content
from wargame.cli.answers import emit
from wargame.cli.console import say
from wargame.errors import UsageError


def run(*, paths: tuple[Path, ...], json: bool) -> None:
    """Print the JSON Schema of a content file by itself, as editors want it, or within an answer of ``--json``."""
    if paths:
        raise UsageError("there is one schema for all content files; it takes no path")
    found = content.json_schema()
    if json:
        emit("content-schema", {"json_schema": found})
    else:
        say(json_format.dumps(found, indent=2))
