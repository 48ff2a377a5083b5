"""The JSON Schema of a content file, for editors that complete, explain and check while a person writes.

It is made from the models. What each key means stands beneath the key in their source, and is read from there only when a
schema is wanted, so that no other command waits for it.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from functools import cache
from typing import Any, Final

from wargame.content.schema import Document
from wargame.content.strict import Table

FILE: Final = "wargame.schema.json"
"""What the schema is called where it lies beside content."""

TITLE: Final = "wargame content file"
"""By this a schema file is known as one of ours."""

HEADER: Final = f"#:schema ./{FILE}"
"""First line of a content file whose schema lies beside it: how TOML language servers find it."""

Node = dict[str, Any]


def json_schema() -> Node:
    """Return the JSON Schema of a content file, for editors."""
    found = Document.model_json_schema(by_alias=True)
    models = {model.__name__: model for model in _models(Table)}
    parts = found.pop("$defs")
    for name, part in parts.items():
        _explain(part, models[name])
    _explain(found, Document)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **{key: value for key, value in found.items() if key not in ("title", "description")},
        "title": TITLE,
        "description": "Scenarios, cards, measures, ladders, theories and doctrines. docs/content.md describes the language.",
        "$defs": dict(sorted(parts.items())),
    }


def schema_text() -> str:
    """Return the JSON Schema as the text of a file, its title first, so that the file can be known again."""
    found = json_schema()
    first = {key: found[key] for key in ("$schema", "title", "description")}
    return json.dumps(first | found, indent=2, ensure_ascii=True) + "\n"


def _models(base: type[Table]) -> list[type[Table]]:
    return [model for each in base.__subclasses__() for model in (each, *_models(each))]


def _explain(part: Node, model: type[Table]) -> None:
    """Give every key of a table its meaning, and drop what only a program would want to know."""
    part.pop("title", None)
    told = told_of(model)
    keys: Node = part.get("properties", {})
    for name, field in model.model_fields.items():
        keys[field.alias or name] = _plain(keys[field.alias or name], told.get(name, ""))


def _plain(key: Node, text: str) -> Node:
    """Return the schema of a key without the null that TOML does not have, and with its description."""
    key.pop("title", None)
    if key.get("default", ...) in (None, "", [], {}):
        del key["default"]
    choices = [each for each in key.get("anyOf", []) if each != {"type": "null"}]
    if len(choices) == 1:
        key = {**choices[0], **{name: value for name, value in key.items() if name != "anyOf"}}
    elif choices:
        key["anyOf"] = choices
    if "$ref" in key:  # older editors look at nothing beside a reference
        key = {"allOf": [{"$ref": key.pop("$ref")}], **key}
    return {"description": text, **key} if text else key


@cache
def told_of(model: type[Table]) -> dict[str, str]:
    """Return what stands beneath each key in the source of a model, in one line each; of its bases too."""
    told: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if base is not Table and issubclass(base, Table):
            told |= _docstrings(base.__module__).get(base.__name__, {})
    return told


@cache
def _docstrings(module: str) -> dict[str, dict[str, str]]:
    """Return the docstrings of attributes by class, or none where a package comes without its source."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except OSError:
        return {}
    return {node.name: dict(_told_in(node)) for node in tree.body if isinstance(node, ast.ClassDef)}


def _told_in(node: ast.ClassDef) -> list[tuple[str, str]]:
    found = []
    for here, after in zip(node.body, node.body[1:], strict=False):
        if (
            isinstance(here, ast.AnnAssign)
            and isinstance(here.target, ast.Name)
            and isinstance(after, ast.Expr)
            and isinstance(after.value, ast.Constant)
            and isinstance(after.value.value, str)
        ):
            found.append((here.target.id, " ".join(after.value.value.split())))
    return found
