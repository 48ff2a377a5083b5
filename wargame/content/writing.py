"""The one door through which TOML is written: tables in, the text of a content file out, laid out for people who read it.

Short tables stay on one line, long ones get a heading; long texts run over several lines. What is written is read back, so
that a file either says the same as the tables or is not written at all.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import tomli
import tomlkit
from tomlkit.items import AoT, Array, Item, Table

WIDTH: Final = 110
"""Columns of a line; what would be longer is broken up."""

QUOTES: Final = '"""'


@dataclass(frozen=True)
class Part:
    """Things of one kind as a file holds them: one table of the name, or a list of them. ``title`` is a comment before them."""

    kind: str
    tables: Mapping[str, Any] | Sequence[Mapping[str, Any]]
    title: str = ""


def written(head: Sequence[str], first: Mapping[str, Any], parts: Sequence[Part]) -> str:
    """Return the text of a file: comments, the keys without a table, then every part.

    Raises ValueError for values that TOML cannot hold.
    """
    document = tomlkit.document()
    for line in head:
        document.add(tomlkit.comment(line) if line else tomlkit.nl())
    document.add(tomlkit.nl())
    for key, value in first.items():
        document.add(key, _value(value))
    for part in parts:
        document.add(tomlkit.nl())
        for line in textwrap.wrap(part.title, WIDTH):
            document.add(tomlkit.comment(line))
        document.add(part.kind, _table(part.tables) if isinstance(part.tables, Mapping) else _tables(part.tables))
    text = tomlkit.dumps(document)
    if tomli.loads(text) != {**first, **{part.kind: part.tables for part in parts}}:
        raise ValueError("these tables cannot be written as TOML")
    return text


def _tables(rows: Sequence[Mapping[str, Any]]) -> AoT:
    found = tomlkit.aot()
    for row in rows:
        found.append(_table(row))
    return found


def _table(row: Mapping[str, Any]) -> Table:
    """Return a table with a heading: first what stands on lines of its own, then the tables beneath it."""
    found = tomlkit.table()
    found.trivia.indent = "\n"
    below = {key: value for key, value in row.items() if _needs_heading(key, value)}
    for key, value in row.items():
        if key not in below:
            found.add(key, _value(value, len(key) + len(" = ")))
    for key, value in below.items():
        found.add(key, _table(value) if isinstance(value, Mapping) else _tables(value))
    if below and len(below) == len(row) and all(isinstance(value, Mapping) for value in below.values()):
        found = _only_tables(found)
    return found


def _only_tables(table: Table) -> Table:
    """Return a table that holds nothing but tables, without a heading of its own."""
    bare = tomlkit.table(is_super_table=True)
    for number, (key, value) in enumerate(table.items()):
        if number == 0 and isinstance(value, Table):
            value.trivia.indent = ""  # the line before the whole is free already
        bare.add(key, value)
    return bare


def _needs_heading(key: str, value: Any) -> bool:
    if isinstance(value, Mapping):
        return len(f"{key} = {_inline(value).as_string()}") > WIDTH or any(
            isinstance(v, Mapping) for v in value.values()
        )
    if _is_tables(value):
        return any(len(_inline(each).as_string()) > WIDTH or not _is_flat(each) for each in value)
    return False


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) for each in value)


def _is_flat(row: Mapping[str, Any]) -> bool:
    return not any(_is_tables(value) or (isinstance(value, Mapping) and _is_deep(value)) for value in row.values())


def _is_deep(row: Mapping[str, Any]) -> bool:
    return any(isinstance(value, Mapping) for value in row.values())


def _value(value: Any, before: int = 0) -> Item:
    """Return a value as it stands behind its key; ``before`` columns of the line are taken."""
    if isinstance(value, Mapping):
        return _inline(value)
    if isinstance(value, list):
        return _array(value, before)
    return _text(value) if isinstance(value, str) else tomlkit.item(value)


def _inline(row: Mapping[str, Any]) -> Item:
    if not row:
        return tomlkit.inline_table()
    pairs = ", ".join(f"{tomlkit.key(key).as_string()} = {_in_line(value).as_string()}" for key, value in row.items())
    found: Item = tomlkit.value(f"{{ {pairs} }}")
    return found


def _in_line(value: Any) -> Item:
    """Return a value that may not leave its line."""
    if isinstance(value, Mapping):
        return _inline(value)
    if isinstance(value, list):
        found = tomlkit.array()
        for each in value:
            found.append(_in_line(each))
        return found
    plain: Item = tomlkit.item(value)
    return plain


def _array(values: Sequence[Any], before: int) -> Array:
    found = tomlkit.array()
    for each in values:
        found.append(_in_line(each))
    if _is_tables(values) or before + len(found.as_string()) > WIDTH:
        found.multiline(multiline=True)
    return found


def _text(text: str) -> Item:
    """Return a text; a long one, or one of several lines, runs over lines that a reader joins again."""
    if (len(text) <= WIDTH and "\n" not in text) or "\\" in text or QUOTES[0] * 2 in text or not _is_plain(text):
        return tomlkit.item(text)
    paragraphs = [" \\\n".join(_broken(paragraph)) for paragraph in text.split("\n")]
    found: Item = tomlkit.value(f"{QUOTES}\\\n" + "\n".join(paragraphs) + QUOTES)
    return found


def _broken(paragraph: str) -> list[str]:
    """Return a paragraph in lines; joined with a space they are the paragraph again."""
    lines: list[str] = [""]
    for number, word in enumerate(paragraph.split(" ")):
        if number and (not word or len(lines[-1]) + 1 + len(word) <= WIDTH or not lines[-1].strip()):
            lines[-1] += f" {word}"
        elif number:
            lines.append(word)
        else:
            lines[-1] = word
    return lines


def _is_plain(text: str) -> bool:
    """Whether a text can stand between quotation marks as it is: nothing to escape, no space that a line's end would eat."""
    printable = all(character.isprintable() or character == "\n" for character in text)
    return printable and not text.endswith(QUOTES[0]) and not text[0].isspace()
