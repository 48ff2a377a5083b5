"""How the tables of content are shaped: by what the parts of a list are known, and where their order means something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

NAMED_BY: Final[dict[str, tuple[str, ...]]] = {
    "inject": ("card",),
    "prefer": ("order",),
    "declare": ("say",),
    "objective": ("seat", "text"),
    "answer": ("about",),
    "lesson": ("title",),
    "accept": ("text",),
    "adjust": ("threat",),
    "case": ("text",),
}
"""By what the tables of a list are known where it is not ``id``."""

BY_PLACE: Final = ("share",)
"""Lists whose tables have nothing to be known by but their place; the first that holds counts."""

ORDERED: Final = frozenset(
    {"rung", "zone", "capital", "dyad", "ending", "theatre_outcome", "doctrines", "stack", "words"}
    | {"then", "fail", "under_way", "fielded", "shorten"}
)
"""Lists whose order means something."""


def holds_tables(value: Any) -> bool:
    """Whether a value is a list with tables in it, not of plain values alone."""
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)


def key_of(name: str, row: dict[str, Any]) -> str:
    """Return what a table in a list is known by."""
    keys = NAMED_BY.get(name, ("id",))
    return " ".join(str(row.get(key, "")) for key in keys)


def keys_of(name: str, rows: Sequence[dict[str, Any]]) -> list[tuple[str, int]]:
    """Return what each table of a list is known by; what occurs twice is numbered."""
    found: list[tuple[str, int]] = []
    for place, row in enumerate(rows):
        key = str(place) if name in BY_PLACE else key_of(name, row)
        found.append((key, sum(1 for known, _ in found if known == key)))
    return found


def called(name: str, key: str) -> str:
    """Return how a table of a list is called in a sentence: ``option "sign"``."""
    if name in BY_PLACE:
        return f"{name} {int(key) + 1}"
    return f'{name.replace("_", " ")} "{key}"'


def edges_by_name(edges: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return edges one by one, as ``FROM-TO``: a table may stand for several."""
    return {
        f"{source}-{target}": {key: value for key, value in edge.items() if key not in ("from", "to")}
        for edge in edges
        for source in edge["from"]
        for target in edge["to"]
    }
