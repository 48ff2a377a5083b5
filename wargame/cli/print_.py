"""``wargame print``: the paper of a seminar, for an opening or for an exercise as it stands now."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from wargame.cli.answers import tell
from wargame.cli.targets import write_folder
from wargame.cli.text import name_of
from wargame.content import load_box
from wargame.errors import ExerciseError, UsageError, nearest
from wargame.exercise import Exercise
from wargame.export.words import many
from wargame.kit.paper import PAPERS, Options
from wargame.kit.parts import NAMES, check, kit
from wargame.kit.render import Pages
from wargame.rules.evolve import opening
from wargame.verification import recorded_in

_RECORDS: Final = (".wargame", ".jsonl")
_INDEX: Final = "index.html"


def run(
    *, source: str, output: Path, parts: Sequence[str], teams: Sequence[str], paper: str, large: bool, low_ink: bool,
    turns: int, minutes: int, force: bool,
) -> None:  # fmt: skip
    """Write a kit into a folder and say where to begin. Raises WargameError."""
    size = PAPERS.get(paper.lower())
    if size is None:
        raise UsageError(f"there is no paper {paper!r}: {', '.join(PAPERS)}.{nearest(paper.lower(), tuple(PAPERS))}")
    check(parts, NAMES, "part")
    _check_folder(output, force)
    options = Options(size, large, low_ink, turns, minutes)
    pages = _pages(source, options, tuple(parts) or NAMES, teams)
    _write(output, pages, force)
    tell(f"{many(len(pages) - 1, 'page')} and an index, which says what goes to whom: {name_of(output / _INDEX)}")


def _pages(source: str, options: Options, parts: Sequence[str], teams: Sequence[str]) -> Pages:
    """Return the pages for a recorded exercise as it stands now, or for the opening of a scenario."""
    path = Path(source)
    if not (path.suffix in _RECORDS or (path.suffix != ".toml" and os.path.isfile(source))):  # noqa: PTH113 - too long names
        box = load_box(source)
        return kit(box, opening(box), options, parts, teams)
    exercise = Exercise.of(recorded_in(path))
    try:
        return kit(exercise.box, exercise.state, options, parts, teams, exercise.entries)
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as fault:
        raise ExerciseError(f"{path} cannot be printed: its content does not hold together ({fault!r})") from None


def _check_folder(folder: Path, force: bool) -> None:
    if os.path.lexists(folder) and not folder.is_dir():
        raise UsageError(f"{folder} is a file; a kit needs a folder")
    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise UsageError(f"the folder {folder} holds other files already; choose another name, or say --force")


def _write(folder: Path, pages: Mapping[str, str], force: bool) -> None:
    """Write every page, each folder whole, and the index last: where there is one, the kit is all there."""
    by_folder: dict[str, dict[str, str]] = {}
    for path, text in pages.items():
        below, _, name = path.rpartition("/")
        by_folder.setdefault(below, {})[name] = text
    for below, texts in sorted(by_folder.items(), key=lambda each: each[0] == ""):
        write_folder(folder / below, texts, force or below == "")
