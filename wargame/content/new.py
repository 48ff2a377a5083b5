"""Beginnings: a commented file of each kind that checks and works as it stands, for an author to change.

They lie in ``templates/``. Each is a content file itself, made for the id ``my-KIND``, which a person's own takes the place of.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from wargame.content.editor import HEADER
from wargame.content.library import Library, standard_roots
from wargame.content.problems import Source
from wargame.content.reading import real_path

BEGINNINGS: Final = ("scenario", "deck", "card", "ladder", "theory", "doctrine")
"""Kinds that can be begun."""

ID: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
PREFIX: Final = 24
"""Most characters of an id that others are made from: those of a scenario's cards, measures and doctrines, of a deck's cards."""

_PREFIXING: Final = ("scenario", "deck")
_FILE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")


def longest_id(kind: str) -> int:
    """Return how many characters the id of a kind may have here."""
    return PREFIX if kind in _PREFIXING else 40


def default_id(kind: str) -> str:
    """Return the id a beginning has where nobody names one."""
    return f"my-{kind}"


def beginning(kind: str, name: str = "", file_name: str = "", has_schema: bool = True) -> str:
    """Return the text of a new file.

    ``file_name`` is how its comments call the file, if it is a plain name; ``has_schema`` whether it names a schema that
    lies beside it.
    """
    name = name or default_id(kind)
    text = (files("wargame.content") / "templates" / f"{kind}.toml").read_text("utf-8")
    text = f"{HEADER}\n{text}" if has_schema else text
    called = file_name if _FILE_NAME.fullmatch(file_name) else f"{name}.toml"
    return text.replace(f"{default_id(kind)}.toml", "\0").replace(default_id(kind), name).replace("\0", called)


def taken(text: str, path: Path | None, content_dirs: Sequence[str | Path] | None = None) -> list[str]:
    """Return what a new file would define that is there already, as ``KIND ID``; ``path`` is the file it takes the place of."""
    fresh, there = Library(alone=True), Library()
    fresh.add_text(Source("new", text))
    skip = frozenset([real_path(path)] if path is not None and os.path.lexists(path) else [])
    for root in standard_roots(content_dirs):
        root.skip = skip
        there.add_root(root)
    return [f"{kind} {name}" for kind, things in fresh.things.items() for name in things if name in there.things[kind]]
