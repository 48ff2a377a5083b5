"""``wargame estimate``: policy packages under every theory, before anybody plays."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import msgspec

from wargame.cli.answers import WIDEST, check_there, emit, heading, tell
from wargame.cli.console import say
from wargame.cli.text import one_line
from wargame.content import load_box
from wargame.content.library import looks_like_path, read_alone
from wargame.errors import UsageError, nearest
from wargame.export import words
from wargame.rules.assessment import HONESTY, Assessment, Cell, assess
from wargame.rules.box import Box
from wargame.rules.theory import Theory

_CELL = 13
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_A_ROW = 6


def run(*, scenario: str, theories: tuple[str, ...], ladder: str | None, json: bool, plain: bool) -> None:
    """Print the table of packages and theories with bands; a theory may be a path to a file of the user's own."""
    for name in (scenario, *theories):
        if looks_like_path(name):
            check_there(name)
    box = load_box(scenario, also=[name for name in theories if looks_like_path(name)], ladder=ladder or "")
    found = assess(box, _chosen(box, theories))
    if json:
        emit("estimate", _body(box, found))
        return
    pair = box.pair[box.question.pair]
    rung = box.ladder.rungs[box.question.rung]
    holder, target = words.capital(box, pair.holder), words.capital(box, pair.target)
    tell(f'How likely is it that {holder} does not take the step to "{rung.name}" ({rung.id}) against {target}?')
    tell("Percent, and in brackets the band when every rating may be one point off.")
    if plain:
        _sentences(box, found)
    elif len(found.theories) == 1:
        _column(box, found)
    else:
        for start in range(0, len(found.theories), _A_ROW):
            _table(box, found, found.theories[start : start + _A_ROW], start)
    tell()
    for place, theory in enumerate(found.theories):
        mark = "" if plain or len(found.theories) == 1 else f"{_LETTERS[place % 26]}: "
        tell(f"{mark}{theory.name} ({theory.id}): {theory.believes}", hang=len(mark))
    tell()
    tell(HONESTY)


def _chosen(box: Box, names: Sequence[str]) -> tuple[Theory, ...]:
    found: list[Theory] = []
    for name in names:
        ids = list(read_alone(name).things["theory"]) if looks_like_path(name) else [name]
        for each in ids:
            if each not in box.theory:
                hint = nearest(each, list(box.theory))
                raise UsageError(f"there is no theory {each!r}: {', '.join(box.theory)}.{hint}")
            if box.theory[each] not in found:
                found.append(box.theory[each])
        if not ids:
            raise UsageError(f"{name} holds no theory")
    return tuple(found)


def _table(box: Box, found: Assessment, theories: Sequence[Theory], start: int) -> None:
    letters = [_LETTERS[(start + place) % 26] for place in range(len(theories))]
    tell()
    say("".join(f"{letter:>{_CELL}}" for letter in letters))
    rows = [(p.name, [c for c in found.cells if c.package == p.id]) for p in box.question.packages]
    for name, cells in rows:
        _line(name, [_percent(cell) for cell in cells[start : start + len(theories)]])
    for challenge, cells in _elsewhere(found).items():
        name = f"For comparison, the same step: {words.subject(box, challenge)}"
        _line(name, [_percent(cell) for cell in cells[start : start + len(theories)]])
    name = "For comparison, the average crisis, to which every theory is anchored"
    _line(name, [str(anchor.percent) for anchor in found.anchors[start : start + len(theories)]])


def _column(box: Box, found: Assessment) -> None:
    """Print the table of one theory: a line for each package, its number at the right."""
    tell()
    for package in box.question.packages:
        _row(package.name, [cell for cell in found.cells if cell.package == package.id])
    for challenge, cells in _elsewhere(found).items():
        _row(f"For comparison, the same step: {words.subject(box, challenge)}", cells)
    name = "For comparison, the average crisis, to which every theory is anchored"
    _row(name, [], str(found.anchors[0].percent))


def _row(name: str, cells: Sequence[Cell], number: str = "") -> None:
    number = number or "".join(_percent(cell) for cell in cells)
    *first, last = textwrap.wrap(one_line(name), WIDEST - _CELL - 2, subsequent_indent="  ") or [""]
    for line in first:
        say(line)
    say(f"{last:<{WIDEST - _CELL}}{number:>{_CELL}}")


def _line(name: str, cells: Sequence[str]) -> None:
    """Print a row: its name, and its cells beneath."""
    tell(name)
    say("".join(f"{cell:>{_CELL}}" for cell in cells))


def _percent(cell: Cell) -> str:
    return f"{cell.found.percent} ({cell.found.low}-{cell.found.high})"


def _sentences(box: Box, found: Assessment) -> None:
    for package in box.question.packages:
        heading(package.name, plain=True)
        for cell in (each for each in found.cells if each.package == package.id):
            tell(f"{words.theory(box, cell.theory)}: {_spoken(cell)}.")
    for challenge, cells in _elsewhere(found).items():
        heading(f"The same step elsewhere: {words.subject(box, challenge)}", plain=True)
        for cell in cells:
            tell(f"{words.theory(box, cell.theory)}: {_spoken(cell)}.")
    heading("The average crisis", plain=True)
    for anchor in found.anchors:
        tell(f"{words.theory(box, anchor.theory)}: {anchor.percent} percent.")


def _spoken(cell: Cell) -> str:
    weakest = f", weakest link {cell.found.weakest.replace('.', ' ')}" if cell.found.weakest else ""
    return f"{cell.found.percent} percent, {cell.found.low} to {cell.found.high}{weakest}"


def _elsewhere(found: Assessment) -> dict[str, list[Cell]]:
    rows: dict[str, list[Cell]] = {}
    for cell in found.elsewhere:
        rows.setdefault(cell.challenge.split()[0], []).append(cell)
    return rows


def _body(box: Box, found: Assessment) -> dict[str, Any]:
    return {
        "scenario": box.scenario.id,
        "challenge": found.challenge,
        "note": HONESTY,
        "theories": [
            {"id": t.id, "name": t.name, "believes": t.believes, "constant": t.constant, "signature": list(t.signature)}
            for t in found.theories
        ],
        "packages": [{"id": p.id, "name": p.name} for p in box.question.packages],
        "cells": [_cell(cell) for cell in found.cells],
        "reference": [_cell(cell) for cell in found.elsewhere],
        "anchor": [{"theory": a.theory, "probability": a.percent / 100} for a in found.anchors],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    found = cell.found
    package = {"package": cell.package} if cell.package else {}
    return {
        **package,
        "theory": cell.theory,
        "challenge": cell.challenge,
        "probability": found.percent / 100,
        "band": [found.low / 100, found.high / 100],
        "margin": found.margin,
        "constant": found.constant,
        "weakest": found.weakest,
        "terms": msgspec.to_builtins(found.terms),
        "threats": msgspec.to_builtins(found.threats),
    }
