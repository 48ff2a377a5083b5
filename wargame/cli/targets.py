"""Where a command writes: whole files or none, nothing overwritten unasked, one plain message where it cannot be done."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import Final

from wargame.errors import UsageError

_SQLITE: Final = b"SQLite format 3\x00"
_HEAD: Final = 1024
_HINT: Final = "choose another name, or say --force"


def write_file(path: Path, text: str, force: bool = False) -> None:
    """Write a text whole or not at all, in UTF-8. Raises UsageError where it cannot be, or something is there already.

    ``force`` lets it take the place of a file, but never of an exercise.
    """
    try:
        if _is_device(path):
            path.write_bytes(text.encode())
            return
        _check_free(path, force)
        _put({_real(path): text})
    except OSError as fault:
        raise _unusable(path, fault) from None


def write_folder(folder: Path, texts: Mapping[str, str], force: bool = False) -> None:
    """Write several texts into a folder, all or none, and make it if need be. Raises UsageError as :func:`write_file`."""
    try:
        if os.path.lexists(folder) and not folder.is_dir():
            raise UsageError(f"{folder} is a file; several tables need a folder")
        is_new = not folder.exists()
        if not is_new and not force and any(folder.iterdir()):
            raise UsageError(f"the folder {folder} holds other files already; {_HINT}")
        for name in texts:
            _check_free(folder / name, force)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            _put({folder / name: text for name, text in texts.items()})
        except OSError:
            if is_new:
                with suppress(OSError):
                    folder.rmdir()
            raise
    except OSError as fault:
        raise _unusable(folder, fault) from None


def check_kept(path: Path, mark: bytes, what: str, force: bool = False) -> None:
    """Check a place where a file is written again and again: it is free, or holds what begins with ``mark`` in its head.

    ``force`` lets it take the place of another plain file, but never of an exercise. Raises UsageError.
    """
    try:
        if not os.path.lexists(path) or (path.is_symlink() and not path.exists()):
            return
        if not path.is_file():
            raise UsageError(f"{path} is no plain file")
        with path.open("rb") as file:
            is_ours = mark in file.read(_HEAD)
        _check_free(path, force or is_ours, f"exists already and is no {what}")
    except OSError as fault:
        raise _unusable(path, fault) from None


def _put(texts: Mapping[Path, str]) -> None:
    """Write every text beside its place, then put them all there; after a failure nothing half-written is left."""
    fresh: dict[Path, Path] = {}
    try:
        for path, text in texts.items():
            fresh[path] = path.with_name(f".wargame-{token_hex(6)}.new")
            with fresh[path].open("x", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        for path, beside in fresh.items():
            beside.replace(path)
    finally:
        for beside in fresh.values():
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def _check_free(path: Path, force: bool, why: str = "exists already") -> None:
    if not os.path.lexists(path):
        return
    if path.is_dir():
        raise UsageError(f"{path} is a folder")
    if path.is_file() and _starts_as_exercise(path):
        raise UsageError(f"{path} is an exercise file and stays as it is")
    if not force:
        raise UsageError(f"{path} {why}; {_HINT}")


def _real(path: Path) -> Path:
    """Return where a link leads, so that the link stays and its file is written."""
    return path.resolve() if path.is_symlink() else path


def _is_device(path: Path) -> bool:
    """Whether a path is something one writes into, such as a terminal or a pipe, and cannot be put in place of."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def _starts_as_exercise(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _unusable(path: Path, fault: OSError) -> UsageError:
    """Return what to say; names of files beside the place are nobody's business."""
    return UsageError(f"{path} cannot be written: {fault.strerror or 'unknown reason'}")
