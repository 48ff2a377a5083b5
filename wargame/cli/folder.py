"""Where exercises are kept when nobody says where: the user's data folder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from wargame.errors import UsageError
from wargame.store import SUFFIX, exercises_folder, files_in


def new_file(scenario: str, now: datetime, folder: Path | None = None) -> Path:
    """Return a path nobody has taken, ``scenario-date-n.wargame``, and make its folder."""
    home = folder or exercises_folder()
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise UsageError(f"{home} cannot be made: {fault.strerror or 'unknown reason'}. Say --file PATH.") from None
    number = 1
    while (path := home / f"{scenario}-{now:%Y-%m-%d}-{number}{SUFFIX}").exists():
        number += 1
    return path


def all_files(folder: Path | None = None) -> tuple[Path, ...]:
    """Return the exercise files of the folder, the one written last first."""
    return files_in(folder or exercises_folder())


def latest() -> Path:
    """Return the exercise written last. Raises UsageError if there is none."""
    files = all_files()
    if not files:
        raise UsageError(f"there is no exercise in {exercises_folder()}: begin one with wargame play")
    return files[0]
