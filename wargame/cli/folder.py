"""Where exercises are kept when nobody says where: the user's data folder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from wargame.errors import UsageError

SUFFIX = ".wargame"


def exercises_folder() -> Path:
    """Return the folder of exercises; it may not exist yet."""
    from platformdirs import user_data_dir  # noqa: PLC0415

    return Path(user_data_dir("wargame", appauthor=False)) / "exercises"


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
    home = folder or exercises_folder()
    if not home.is_dir():
        return ()
    found = [path for path in home.iterdir() if path.suffix == SUFFIX and path.is_file()]
    return tuple(sorted(found, key=lambda path: (-path.stat().st_mtime_ns, path.name)))


def latest() -> Path:
    """Return the exercise written last. Raises UsageError if there is none."""
    files = all_files()
    if not files:
        raise UsageError(f"there is no exercise in {exercises_folder()}: begin one with wargame play")
    return files[0]
