"""Reports for tests: of the shipped seminar, of games of bots, of a small game, and with every text turned hostile."""

from __future__ import annotations

import gzip
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tests import example
from tests.exercises import a_game
from wargame.recorded import Recorded, from_jsonl
from wargame.report.compose import report_of
from wargame.report.html import page
from wargame.report.model import Reference, Report

HOSTILE = "</style></svg><script>alert(1)</script><img src=x onerror=alert(2)>\"' onload=x &lt; ]]> {{ 7*7 }} \u202e\x1b[31m\u200b"


@cache
def the_seminar() -> Recorded:
    """Return the recorded seminar that is shipped."""
    return from_jsonl(gzip.decompress(example.SEMINAR.read_bytes()), "the example")


@cache
def the_branch() -> Recorded:
    """Return its branch."""
    return from_jsonl(gzip.decompress(example.PERMITTED.read_bytes()), "the branch")


@cache
def seminar_report(audience: str = "white-cell", variant: str = "after-action") -> Report:
    """Return the report of the shipped seminar and its branch."""
    return report_of(the_seminar(), audience=audience, variant=variant, branches=(the_branch(),), name="the seminar")


@cache
def seminar_page(audience: str = "white-cell", variant: str = "after-action") -> str:
    """Return that report as a page."""
    return page(seminar_report(audience, variant))


@cache
def small_report(seed: int = 0, audience: str = "white-cell", variant: str = "after-action") -> Report:
    """Return the report of a small game of bots."""
    return report_of(a_game(seed).recorded, audience=audience, variant=variant, name="small")


def hostile(value: Any, text: str = HOSTILE) -> Any:
    """Return a value of the model with every text in it hostile as well; words that programs read stay as they are."""
    if isinstance(value, str):
        return f"{value}{text}" if value else value
    if isinstance(value, tuple):
        return tuple(hostile(each, text) for each in value)
    if isinstance(value, Struct):
        kept = (
            {"audience", "variant", "log", "kind", "side", "status"} if not isinstance(value, Reference) else set[str]()
        )
        names = [name for name in value.__struct_fields__ if name not in kept]
        return replace(value, **{name: hostile(getattr(value, name), text) for name in names})
    return value
