"""A ladder by itself, for questions that need no scenario. Reads as little as it can: ``ladder show`` waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from wargame.content.compile.frame import Terms
from wargame.content.compile.ladder import ladder_of
from wargame.content.compile.theory import terms_of
from wargame.content.library import Library, built_in_folder, looks_like_path, read_library, standard_roots
from wargame.content.problems import Problem, nearest_name, show
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
    library = _built_in(text, content_dirs) or read_library([text] if is_path else [], content_dirs)
    found = [item for item in library.things["ladder"].values() if item.spot.source.given or not is_path]
    chosen = [item for item in found if is_path or item.id == text]
    if len(chosen) != 1:
        problems = library.problems.sorted(given_only=is_path)
        message = f"holds {len(chosen)} ladders" if is_path else f"no ladder {show(text)}"
        hint = "" if is_path else nearest_name(text, [item.id for item in found])
        raise ContentError(problems or [Problem(text, 0, "WG301", "", "", "", message, hint)])
    file = chosen[0].spot.source.name
    if not any(problem.file == file for problem in library.problems.sorted()):
        library.problems.forget()
    ladder = ladder_of(cast("LadderTable", chosen[0].model), chosen[0], _terms(library).slots, library.problems)
    if library.problems:
        raise ContentError([problem for problem in library.problems.sorted() if problem.file == file])
    return ladder


def _terms(library: Library) -> Terms:
    return terms_of(library.all("theory", TheoryTable), "", [])


def _built_in(name: str, content_dirs: Sequence[str | Path] | None) -> Library | None:
    """Return the part of the built-in decks that a built-in ladder needs; None where anything else may matter."""
    if looks_like_path(name) or len(standard_roots(content_dirs)) > 1:
        return None
    library = Library()
    for folder in ENOUGH:
        library.add_root(Root(built_in_folder() / folder, f"decks/{folder}", built_in=True))
    return library if name in library.things["ladder"] and not library.problems else None
