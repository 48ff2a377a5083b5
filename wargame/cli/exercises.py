"""``wargame exercises``: what has been recorded in the usual folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wargame.cli.answers import emit, tell
from wargame.cli.console import say
from wargame.cli.folder import all_files
from wargame.cli.text import name_of
from wargame.errors import WargameError
from wargame.recorded import read_header
from wargame.rules.notation import parse
from wargame.store import exercises_folder, peek


def run(*, json: bool) -> None:
    """List the recorded exercises, the one written last first; a file that cannot be read is listed with the reason."""
    rows = [_row(path) for path in all_files()]
    if json:
        emit("exercises", {"folder": str(exercises_folder()), "exercises": rows})
        return
    if not rows:
        tell(f"No exercise in {exercises_folder()}. Begin one with: wargame play")
    for row in rows:
        tell(f"{Path(row['path']).name}: {_told(row)}")
        say(f"    {name_of(row['path'])}")


def _row(path: Path) -> dict[str, Any]:
    try:
        found = peek(path)
        header = read_header(found.header, f"{path}, header")
        last = parse(found.last)
    except (WargameError, ValueError) as fault:
        return {"path": str(path), "problem": str(fault)}
    return {
        "path": str(path),
        "scenario": header.scenario,
        "theory": header.theory,
        "mode": header.mode,
        "played": list(header.played),
        "turn": last.get("turn"),
        "turns": header.turns,
        "phase": last.get("phase"),
        "ended": last.get("event") == "exercise_ended",
        "events": found.events,
    }


def _told(row: dict[str, Any]) -> str:
    if "problem" in row:
        return f"cannot be read ({row['problem']})"
    state = "ended" if row["ended"] else "open"
    hands = f", played: {', '.join(row['played'])}" if row["played"] else ", bots only"
    return f"{row['scenario']}, turn {row['turn']} of {row['turns']}, {state}{hands}"
