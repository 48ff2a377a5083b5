"""Reading on past a fault: a table that did not fit is mended just enough for the rest of it to be checked as well.

A mended table never reaches a box, because its fault has been noted; it only lets every other fault be found in the same run.
"""

from __future__ import annotations

import datetime
from copy import deepcopy
from functools import cache
from typing import Any

from pydantic import ValidationError

from wargame.content.lines import Path
from wargame.content.strict import Thing

MOST_FAULTS = 200
"""With more faults than these a table is not mended at all."""

ROUNDS = 6
"""How often a table is mended before it is given up: a missing table brings keys that are missing in turn."""


def mended(
    model: type[Thing], raw: dict[str, Any], error: ValidationError
) -> tuple[Thing | None, dict[str, Any], set[Path]]:
    """Return the table with faulty values left out or replaced, as model and as read, and the paths that were touched.

    The model is None where nothing helps.
    """
    if error.error_count() > MOST_FAULTS:
        return None, raw, set()
    mending, touched = deepcopy(raw), set[Path]()
    for _ in range(ROUNDS):
        for each in error.errors(include_url=False):
            path = _mend(mending, _schema(model), each["loc"], each["type"])
            touched.add(path)
        try:
            return model.model_validate(mending), mending, touched
        except ValidationError as again:
            error = again
    return None, mending, touched


@cache
def _schema(model: type[Thing]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True)


def _plain(node: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """Follow references and take the first of several kinds."""
    for _ in range(9):
        if "$ref" in node:
            node = root["$defs"][node["$ref"].rpartition("/")[2]]
        elif "anyOf" in node:
            node = node["anyOf"][0]
        else:
            break
    return node


def _mend(raw: dict[str, Any], root: dict[str, Any], loc: tuple[int | str, ...], kind: str) -> Path:
    """Take out or replace one value; return its path in the table."""
    node: dict[str, Any] = root
    here: Any = raw
    path: list[int | str] = []
    parent: Any = None
    optional = False
    for part in loc:
        node = _plain(node, root)
        keys = node.get("properties", {})
        inner = here if isinstance(here, (dict, list)) else None
        if isinstance(part, int) and isinstance(inner, list) and part < len(inner):
            node, optional = node.get("items", {}), False
        elif isinstance(part, str) and isinstance(inner, dict) and (part in inner or part in keys):
            optional = part in inner and part not in node.get("required", [])
            more = node.get("additionalProperties")
            other = more if isinstance(more, dict) else {}
            node = keys.get(part, other)
        else:
            continue
        path.append(part)
        parent, here = inner, inner.get(part) if isinstance(inner, dict) else inner[int(part)]
    if parent is not None and path:
        last = path[-1]
        if isinstance(parent, dict) and (optional or kind == "extra_forbidden"):
            parent.pop(last, None)
        else:
            parent[last] = _stand_in(node, root)
    return tuple(path)


def _stand_in(node: dict[str, Any], root: dict[str, Any]) -> Any:
    """Return the least value a kind of key allows."""
    node = _plain(node, root)
    if "const" in node or "enum" in node:
        return node.get("const", (node.get("enum") or [None])[0])
    kind = node.get("type")
    if kind == "string":
        return datetime.date(2000, 1, 1) if node.get("format") == "date" else "x"
    if kind in ("integer", "number"):
        return max(node.get("minimum", 0), 0)
    if kind == "array":
        return [_stand_in(node.get("items", {}), root) for _ in range(node.get("minItems", 0))]
    return {"object": {}, "boolean": False}.get(str(kind), "x")
