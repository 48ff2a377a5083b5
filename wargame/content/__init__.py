"""Content: TOML files to the box an exercise is played with, and every fault on the way.

    library     finds and reads files          reading, strict, schema*     one file, checked table by table
    sentences   conditions, effects, orders    compile                      tables to the rules' own types
    problems    faults as values               lines                        where in a file a path stands
    checking    what ``wargame content`` answers   codes, review     what a check may find beyond faults

The door is :func:`load_box`; nothing outside this package touches TOML. What is asked for is imported when it is asked for.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wargame.content.checking import check, findings, listing
    from wargame.content.compile.box import load_box, load_compiled
    from wargame.content.editor import json_schema
    from wargame.content.ladders import load_ladder
    from wargame.content.problems import Problem

# Plug-ins of pydantic are looked for in every installed package, which costs a tenth of the start-up; none is wanted here.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

_HOMES = {
    "Problem": "problems",
    "check": "checking",
    "findings": "checking",
    "json_schema": "editor",
    "listing": "checking",
    "load_box": "compile.box",
    "load_compiled": "compile.box",
    "load_ladder": "ladders",
}

__all__ = [
    "Problem", "check", "findings", "json_schema", "listing", "load_box", "load_compiled", "load_ladder",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    found = getattr(import_module(f"wargame.content.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
