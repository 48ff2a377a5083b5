"""``wargame import``: the exercise file again, from the white cell's log."""

from __future__ import annotations

from pathlib import Path

from wargame.cli.console import complain, say
from wargame.cli.text import name_of
from wargame.errors import UsageError
from wargame.verification import import_log


def run(*, log: Path, output: Path) -> None:
    """Rebuild an exercise file with the same hashes; nothing is written if anything in the log is wrong."""
    try:
        data = log.read_bytes()
    except OSError as fault:
        raise UsageError(f"{log} cannot be read: {fault.strerror or 'unknown reason'}") from None
    found = import_log(data, output, str(log))
    if not found.comparable:
        complain(f"imported without replaying it: {found.problem}")
    say(f"{name_of(output)}: {found.events} events, {found.inputs} inputs, last hash {found.head}")
