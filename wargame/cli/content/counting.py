"""``wargame content stats``: what is in content, counted from the files."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from wargame.cli.answers import check_there, emit, heading, tell
from wargame.cli.tables import show
from wargame.content.stats import stats
from wargame.export.words import many

_TABLES: Final[dict[str, tuple[str, tuple[tuple[str, str], ...]]]] = {
    "scenarios": (
        "Scenarios",
        (
            ("id", "scenario"), ("seats", "seats"), ("turns", "turns"), ("theatres", "theatres"),
            ("cards_drawn", "cards drawn"), ("cards_to_draw_from", "of"), ("set_events", "set"), ("endings", "endings"),
        ),
    ),
    "decks": (
        "Decks",
        (
            ("deck", "deck"), ("cards", "cards"), ("historical", "history"), ("unverified", "unverified"),
            ("hazards", "hazards"), ("private", "private"), ("asks", "ask"), ("asked", "whom"),
        ),
    ),
    "measures": (
        "Measures",
        (
            ("capital", "capital"), ("step", "step"), ("measures", "measures"), ("least_cost", "cost from"), ("most_cost", "to"),
            ("delivered", "delivered"), ("quiet", "quiet"), ("packs", "pack"),
        ),
    ),
    "doctrines": (
        "Doctrines",
        (("seat", "seat"), ("doctrines", "doctrines"), ("wishes", "wishes"), ("declarations", "declarations"), ("ids", "names")),
    ),
    "ladders": (
        "Ladders",
        (
            ("id", "ladder"), ("rungs", "rungs"), ("zones", "zones"), ("edges", "edges"), ("up", "up"), ("jump", "jump"),
            ("lateral", "across"), ("horizontal", "other"), ("wormhole", "events"), ("landings", "landings"),
        ),
    ),
    "texts": (
        "Words of texts that are read",
        (
            ("kind", "in"), ("key", "text"), ("texts", "texts"), ("words", "words"), ("mean", "mean"), ("longest", "longest"),
            ("longest_in", "which"),
        ),
    ),
}  # fmt: skip
"""Tables in the order they are shown: what they are called, and their columns."""


def run(*, paths: tuple[Path, ...], json: bool, plain: bool) -> None:
    """Print the counts of the given files and folders, or of all content. Raises WargameError."""
    for path in paths:
        check_there(path)
    found = stats(paths)
    if json:
        emit("content-stats", found)
        return
    for key, (title, columns) in _TABLES.items():
        if found[key]:
            show(title, columns, found[key], plain)
        if key == "decks":
            _concepts(found["concepts"], plain)


def _concepts(rows: list[dict[str, Any]], plain: bool) -> None:
    """Tell how often each concept is taught, those taught most first, and which is not taught at all."""
    taught = sorted((row for row in rows if row["times"]), key=lambda row: (-row["times"], row["id"]))
    if not rows:
        return
    heading("Concepts, and by how many cards, measures and lessons each is taught", plain)
    tell(", ".join(f"{row['id']} {row['times']}" for row in taught) or "None is taught.", hang=2)
    missing = [row["id"] for row in rows if not row["times"]]
    if missing:
        tell(f"Not taught by anything ({many(len(missing), 'concept')}): {', '.join(missing)}", hang=2)
