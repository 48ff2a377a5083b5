"""Tables of numbers: columns that line up for those who see them, a sentence for each row with ``--plain``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from wargame.cli.answers import WIDEST, heading, tell
from wargame.cli.text import one_line


def show(title: str, columns: Sequence[tuple[str, str]], rows: Sequence[dict[str, Any]], plain: bool) -> None:
    """Print rows under a heading. ``columns`` are keys with what they are called; the first says what a row is about."""
    heading(title, plain)
    if plain:
        for row in rows:
            first, *rest = [(name, _cell(row[key])) for key, name in columns]
            told = ", ".join(f"{name} {value}" for name, value in rest if value)
            tell(f"{first[1]}: {told}.", hang=2)
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, (key, name) in enumerate(columns):
        is_number = bool(rows) and all(isinstance(row[key], (int, float)) for row in rows)
        table.add_column(
            Text(name), justify="right" if is_number else "left", no_wrap=number == 0 or is_number, overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text(_cell(row[key])) for key, _ in columns))
    console = Console(width=WIDEST, highlight=False, markup=False, emoji=False, color_system=None, legacy_windows=False)
    console.print(table)


def _cell(value: Any) -> str:
    """Return a value as it stands in a table, made safe."""
    if isinstance(value, dict):
        return ", ".join(f"{one_line(str(key))} {inner}" for key, inner in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(one_line(str(each)) for each in value)
    return f"{value:g}" if isinstance(value, float) else one_line(str(value))
