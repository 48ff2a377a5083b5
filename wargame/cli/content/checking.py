"""``wargame content check``: what is wrong with content."""

from __future__ import annotations

from pathlib import Path

from wargame import content
from wargame.cli.answers import check_there, emit
from wargame.cli.console import say
from wargame.errors import EXIT_CONTENT, EXIT_OK


def run(*, paths: tuple[Path, ...], json: bool, plain: bool) -> int:
    """Print every fault of the given files, or of all content; exit 3 if there is one."""
    for path in paths:
        check_there(path)
    problems = content.check(paths)
    if json:
        emit("content-check", {"ok": not problems, "problems": [problem.as_dict() for problem in problems]})
    else:
        for problem in problems:
            say(str(problem))
        if not problems:
            say("No fault found.")
        elif not plain:
            say(f"{len(problems)} fault{'s' if len(problems) > 1 else ''}.")
    return EXIT_CONTENT if problems else EXIT_OK
