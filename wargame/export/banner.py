"""What must stand at the head of everything made of a branch."""

from __future__ import annotations

from collections.abc import Iterable

from wargame.rules.events import Branched, Event


def branch_banner(events: Iterable[Event], named: bool = False) -> str:
    """Return ``BRANCH``, or an empty string for what is no branch.

    ``named``: with the name of what it was taken from, which only the white cell may read; players may know the file.
    """
    parents = [event.parent for event in events if isinstance(event, Branched)]
    if not parents:
        return ""
    return f"BRANCH of {parents[-1]}" if named and parents[-1] else "BRANCH"
