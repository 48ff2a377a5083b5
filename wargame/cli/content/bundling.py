"""``wargame content bundle``: a scenario with everything it needs as one file, to be handed to somebody else."""

from __future__ import annotations

from pathlib import Path

from wargame.cli.answers import check_there, emit, tell, write_out
from wargame.cli.content.new import STDOUT
from wargame.cli.targets import write_file
from wargame.cli.text import name_of
from wargame.content.bundle import bundle
from wargame.content.library import looks_like_path
from wargame.exercise import program_version
from wargame.export.words import listed, many

_PLURALS = {"theory": "theories", "standing": "standing effects"}


def run(*, scenario: str, file: Path | None, force: bool, json: bool) -> None:
    """Write a scenario as one file that stands alone and plays the same game. Raises WargameError."""
    if looks_like_path(scenario):
        check_there(scenario)
    found = bundle(scenario, program_version())
    path = file or Path(f"{found.scenario}-bundle.toml")
    if path == STDOUT and not json:
        write_out(found.text, None)
        return
    if path != STDOUT:
        write_file(path, found.text, force)
    if json:
        where = {"file": None, "text": found.text} if path == STDOUT else {"file": str(path)}
        emit("content-bundle", {"scenario": found.scenario, "things": found.counts, **where})
        return
    tell(f"{name_of(path)} is written: it plays the same game as {found.scenario}, and needs no other file.")
    counts = {kind: number for kind, number in found.counts.items() if kind != "scenario"}
    tell(f"It holds {listed([_counted(kind, number) for kind, number in counts.items()])}.")


def _counted(kind: str, number: int) -> str:
    if kind in _PLURALS and number != 1:
        return f"{many(number, '').split()[0]} {_PLURALS[kind]}"
    return many(number, kind)
