"""``wargame content diff``: what differs between two pieces of content, in words."""

from __future__ import annotations

import datetime
from typing import Any

from wargame.cli.answers import check_there, emit, tell
from wargame.content.diff.comparing import Change, changes
from wargame.content.diff.sides import side_of
from wargame.content.library import looks_like_path


def run(*, a: str, b: str, json: bool) -> None:
    """Tell what is different in ``b``, a line for each change. Raises ContentError; UsageError for what has no kind in common."""
    for name in (a, b):
        if looks_like_path(name):
            check_there(name)
    found = changes(side_of(a), side_of(b))
    if json:
        emit("content-diff", {"a": a, "b": b, "same": not found, "differences": [_body(change) for change in found]})
        return
    for change in found:
        tell(str(change), hang=4)
    if not found:
        tell("No difference.")


def _body(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "id": change.id,
        "path": list(change.path),
        "change": change.what,
        "old": _plain(change.old),
        "new": _plain(change.new),
        "text": str(change),
    }


def _plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value
