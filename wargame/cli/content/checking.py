"""``wargame content check``: what is wrong with content, what is probably a slip, and what a code stands for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from wargame import content
from wargame.cli.answers import check_there, emit, tell
from wargame.cli.console import say
from wargame.content.codes import CODES, ERROR, NOTE, WARNING, Code
from wargame.content.problems import Problem
from wargame.errors import EXIT_CONTENT, EXIT_OK, UsageError, nearest

_COUNTED: Final = {ERROR: ("fault", "faults"), WARNING: ("warning", "warnings"), NOTE: ("note", "notes")}


def run(*, paths: tuple[Path, ...], explain: str | None, strict: bool, json: bool, plain: bool) -> int:
    """Print faults, then warnings, then notes of the given files, or of all content; or explain a code.

    Exit 3 if there is a fault, or with ``strict`` a warning.
    """
    if explain is not None:
        _explain(explain, paths, json)
        return EXIT_OK
    for path in paths:
        check_there(path)
    found = content.findings(paths)
    counts = {severity: sum(problem.severity == severity for problem in found) for severity in _COUNTED}
    ok = not counts[ERROR] and not (strict and counts[WARNING])
    if json:
        emit(
            "content-check",
            {
                "ok": ok,
                "strict": strict,
                "counts": {f"{severity}s": number for severity, number in counts.items()},
                "problems": [problem.as_dict() | {"name": CODES[problem.code].name} for problem in found],
            },
        )
    else:
        _print(found, counts, plain)
        if not ok and not counts[ERROR]:
            say("A warning counts as a fault where the check is strict.")
    return EXIT_OK if ok else EXIT_CONTENT


def _print(found: Sequence[Problem], counts: dict[str, int], plain: bool) -> None:
    for problem in found:
        say(f"{problem.place}: {problem.severity} {problem.code}: {problem.said}")
    if found and plain:
        return
    told = [f"{number} {_COUNTED[kind][number > 1]}" for kind, number in counts.items() if number]
    if not counts[ERROR]:
        told.insert(0, "No fault found")
    say(", ".join(told) + ".")
    if found:
        say(f"What a code means: wargame content check --explain {found[0].code}")


def _explain(name: str, paths: tuple[Path, ...], json: bool) -> None:
    """Tell what a code stands for. Raises UsageError for one that does not exist."""
    if paths:
        raise UsageError("--explain tells about a code; it takes no path")
    code = CODES.get(name.strip().upper())
    if code is None:
        raise UsageError(f"there is no code {name!r}.{nearest(name.strip().upper(), tuple(CODES))}")
    if json:
        emit("content-code", {field: getattr(code, field) for field in Code.__dataclass_fields__})
        return
    say(f"{code.code}, {code.severity}: {code.name}")
    say()
    tell(code.text)
    for title, example in (("For example:", code.example), ("Mended:", code.mended)):
        say()
        say(title)
        for line in example.splitlines():
            say(f"    {line}" if line else "")
