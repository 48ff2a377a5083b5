"""From a path to checked TOML tables. Nothing here trusts a file."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import tomli

from wargame.content.problems import Problems, Source

SIZE_LIMIT = 1_000_000
"""Most bytes of one content file: all that is shipped has fewer."""

FOLDER_LIMIT = 4_000_000
"""Most bytes of all content files of one folder."""

FILE_LIMIT = 2_000
"""Most content files of one folder."""

ENTRY_LIMIT = 20_000
"""Most files of any kind and folders that are looked through for content files."""

MARK_LIMIT = 150_000
"""Most keys and values of one file or folder, by commas, equals signs and brackets: the parser's work grows with them."""

KEY_LIMIT = 20
"""Most parts of one key: the parser's work grows with their square, and no table of content lies as deep."""

_PART = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+"""
_LONG_KEY: Final = re.compile(rf"(?:^|[\[{{,])[ \t]*+(?:{_PART}\.[ \t]*+){{{KEY_LIMIT}}}", re.MULTILINE)


@dataclass
class Root:
    """A file or folder to read. ``name`` is how it is printed; files whose resolved path is in ``skip`` are left out."""

    path: Path
    name: str
    given: bool = False
    built_in: bool = False
    skip: Collection[Path] = field(default_factory=frozenset)


def real_path(path: Path) -> Path:
    """Return where a path leads, links followed as far as they can be; loops and impossible names stay as they are."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError):
        return path


def files_of(root: Root, problems: Problems) -> Iterator[tuple[Path, str]]:
    """Yield each content file of a root and its printed name, sorted; other kinds of file are noted."""
    if not os.path.isdir(root.path):  # noqa: PTH112 - pathlib raises for names that are too long
        if root.given or os.path.exists(root.path):  # noqa: PTH110 - as above
            yield root.path, root.name
        return
    top, count, entries = real_path(root.path), 0, 0
    for folder, folders, names in os.walk(root.path, onerror=None):
        entries += len(folders) + len(names)
        if entries > ENTRY_LIMIT:
            message = f"holds more than {ENTRY_LIMIT} files and folders; name the folder of the content itself"
            problems.add_file(root.name, 0, "WG002", message)
            return
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = Path(folder)
        within = here.relative_to(root.path)
        for name in sorted(names):
            if not name.lower().endswith(".toml") or name.startswith("."):
                continue
            count += 1
            if count > FILE_LIMIT:
                problems.add_file(root.name, 0, "WG002", f"more than {FILE_LIMIT} content files")
                return
            path, printed = here / name, str(Path(root.name) / within / name)
            real = real_path(path)
            if not real.is_relative_to(top):
                problems.add_file(printed, 0, "WG006", "is a link that leads out of its folder")
            elif real not in root.skip and not any(parent in root.skip for parent in real.parents):
                yield path, printed
        for name in folders:
            if (here / name).is_symlink() and not real_path(here / name).is_relative_to(top):
                problems.add_file(
                    str(Path(root.name) / within / name), 0, "WG006", "is a link that leads out of its folder"
                )
            elif name.lower().endswith(".toml"):
                problems.add_file(str(Path(root.name) / within / name), 0, "WG001", "is a folder, not a file")
    if root.given and not count:
        problems.add_file(root.name, 0, "WG001", "holds no content file: they end in .toml")


def _bytes_of(path: Path) -> bytes:
    """Return a regular file's bytes, one more than the limit at most. Raises OSError; ValueError says what else is wrong."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise ValueError("is a folder, not a file")
        if not stat.S_ISREG(mode):
            raise ValueError("is no ordinary file")
        with os.fdopen(os.dup(handle), "rb") as file:
            return file.read(SIZE_LIMIT + 1)
    finally:
        os.close(handle)


def read_text(path: Path, name: str, problems: Problems) -> str | None:
    """Return a content file's text, or None after noting why there is none."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ValueError("is a folder, not a file" if path.is_dir() else "is no ordinary file")
        data = _bytes_of(path)
    except FileNotFoundError:
        problems.add_file(name, 0, "WG001", "there is no such file")
        return None
    except OSError as error:
        problems.add_file(name, 0, "WG001", f"cannot be read: {error.strerror or 'unknown reason'}")
        return None
    except ValueError as error:
        problems.add_file(name, 0, "WG001", str(error) if str(error).startswith("is ") else "is no usable path")
        return None
    return _decoded(data, name, problems)


def _decoded(data: bytes, name: str, problems: Problems) -> str | None:
    if len(data) > SIZE_LIMIT:
        problems.add_file(name, 0, "WG002", f"is larger than {SIZE_LIMIT // 1_000_000} MB")
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.add_file(name, 1, "WG003", "is UTF-16; save it as UTF-8")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.add_file(name, data.count(b"\n", 0, error.start) + 1, "WG003", "is not UTF-8 text")
        return None
    if "\0" in text:
        problems.add_file(name, text.count("\n", 0, text.index("\0")) + 1, "WG003", "holds a NUL byte: not a text file")
        return None
    return text


class Room:
    """How much a file or folder may still hold."""

    def __init__(self) -> None:
        self.size = self.marks = 0

    def lacks(self, text: str) -> str:
        """Take one file's text; return what there is too much of with it, or an empty string."""
        self.size += len(text)
        self.marks += sum(map(text.count, ",=[{"))
        if self.size > FOLDER_LIMIT:
            return f"holds more than {FOLDER_LIMIT // 1_000_000} MB of content"
        return f"holds more than {MARK_LIMIT} keys and values" if self.marks > MARK_LIMIT else ""


def tables_of(source: Source, problems: Problems) -> dict[str, Any] | None:
    """Return a file's tables, or None after noting why it is not TOML."""
    key = None if source.built_in else _LONG_KEY.search(source.text)
    if key is not None:
        line = source.text.count("\n", 0, key.end()) + 1
        problems.add_file(
            source.name, line, "WG004", f"not TOML that can be read: a key of more than {KEY_LIMIT} parts"
        )
        return None
    try:
        return tomli.loads(source.text)
    except tomli.TOMLDecodeError as error:
        message = error.msg if error.msg.isprintable() else repr(error.msg)
        problems.add_file(source.name, error.lineno, "WG004", f"not TOML: {message[:1].lower()}{message[1:]}")
    except RecursionError:
        problems.add_file(source.name, 0, "WG004", "not TOML that can be read: nested too deeply")
    except ValueError as error:
        reason = "a number of thousands of digits" if "digits" in str(error) else "an impossible value"
        problems.add_file(source.name, 0, "WG004", f"not TOML that can be read: {reason}")
    return None
