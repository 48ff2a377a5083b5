"""A ladder by itself, for questions that need no scenario. Reads as little as it can: ``ladder show`` waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from wargame.content.compile.frame import Terms
from wargame.content.compile.ladder import ladder_of
from wargame.content.compile.theory import terms_of
from wargame.content.library import (
    Library,
    built_in_folder,
    is_folder,
    looks_like_path,
    none_of,
    read_alone,
    read_library,
    standard_roots,
)
from wargame.content.problems import Problem
from wargame.content.reading import Root
from wargame.content.schema_rules import Ladder as LadderTable
from wargame.content.schema_rules import Theory as TheoryTable
from wargame.errors import ContentError
from wargame.rules.ladder import Ladder

ENOUGH = ("ladders", "theories")
"""Folders of the built-in decks that say everything about a built-in ladder."""


def load_ladder(name: str | Path, content_dirs: Sequence[str | Path] | None = None) -> Ladder:
    """Read and compile a ladder by id or path. Raises ContentError with every Problem of its file, or that there is none."""
    text = str(name)
    is_path = looks_like_path(text)
    library = read_alone(text) if is_path else _built_in(text, content_dirs) or read_library([], content_dirs)
    if not is_path and text not in library.things["ladder"] and is_folder(text):
        is_path, library = True, read_alone(text)
    ladders = library.things["ladder"]
    chosen = list(ladders.values()) if is_path else [item for item in ladders.values() if item.id == text]
    if len(chosen) != 1:
        if not is_path:
            raise none_of("ladder", text, library)
        count = Problem(text, 0, "WG301", "", "", "", f"holds {len(chosen)} ladders")
        raise ContentError(library.problems.sorted() or [count])
    item = chosen[0]
    terms = _terms(library)
    ladder = ladder_of(cast("LadderTable", item.model), item, terms.slots, terms.beside, library.problems)
    found = [problem for problem in library.problems.sorted() if (problem.kind, problem.id) == ("ladder", item.id)]
    if found:
        raise ContentError(found)
    return ladder


def _terms(library: Library) -> Terms:
    """Return the terms that theories name: those read with the ladder, else the built-in ones."""
    if not library.things["theory"]:
        library = Library()
        library.add_root(Root(built_in_folder() / "theories", "decks/theories", built_in=True))
    return terms_of(library.all("theory", TheoryTable), "", [])


def _built_in(name: str, content_dirs: Sequence[str | Path] | None) -> Library | None:
    """Return the part of the built-in decks that a built-in ladder needs; None where anything else may matter."""
    if looks_like_path(name) or len(standard_roots(content_dirs)) > 1:
        return None
    library = Library()
    for folder in ENOUGH:
        library.add_root(Root(built_in_folder() / folder, f"decks/{folder}", built_in=True))
    return library if name in library.things["ladder"] and not library.problems else None
