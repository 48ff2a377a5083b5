"""``wargame verify``: a recorded exercise, played again and compared."""

from __future__ import annotations

from pathlib import Path

from wargame.cli.answers import emit
from wargame.cli.console import complain, say
from wargame.cli.text import name_of
from wargame.errors import EXIT_EXERCISE, EXIT_OK
from wargame.verification import Verification
from wargame.verification import verify as played_again


def run(*, file: Path, json: bool) -> int:
    """Say whether every step of a file or log came out the same; exit 4 if one did not or nothing could be compared."""
    found = played_again(file)
    if json:
        emit("verify", _body(file, found))
    elif found.same:
        say(f"{name_of(file)}: the same at every step.")
        say(f"{found.events} events from {found.inputs} inputs, rules {found.header.rules}.")
        say(f"Last hash {found.head}")
    else:
        where = f", event {found.seq}" if found.seq >= 0 else ""
        complain(f"wargame: {name_of(file)}{where}: {found.problem}")
    return EXIT_OK if found.same else EXIT_EXERCISE


def _body(file: Path, found: Verification) -> dict[str, object]:
    header = found.header
    return {
        "file": str(file),
        "same": found.same,
        "comparable": found.comparable,
        "seq": found.seq if found.seq >= 0 else None,
        "problem": found.problem,
        "events": found.events,
        "inputs": found.inputs,
        "head": found.head,
        "scenario": header.scenario,
        "theory": header.theory,
        "seed": header.seed,
        "rules": header.rules,
        "content": header.content,
    }
