"""``wargame branch``: another course of a recorded exercise, and what it did otherwise, in words."""

from __future__ import annotations

from pathlib import Path

from wargame.branching import keeps_before, players
from wargame.cli.answers import emit, heading, tell
from wargame.cli.console import complain
from wargame.cli.play import doctrines_of, now, salt
from wargame.cli.shifts import parse_shift
from wargame.cli.text import name_of
from wargame.difference import Difference, difference
from wargame.errors import UsageError, nearest
from wargame.exercise import Exercise
from wargame.recorded import Recorded
from wargame.rules.orders import Branch
from wargame.rules.view import WHITE_CELL
from wargame.store import SUFFIX
from wargame.verification import recorded_in


def run(
    *, file: Path, turn: int, phase: str, shifts: tuple[str, ...], doctrines: tuple[str, ...], sides: tuple[str, ...],
    fresh: bool, why: str, output: Path | None, json: bool, plain: bool,
) -> None:  # fmt: skip
    """Make a branch. Where people play on, it waits for them; otherwise it is played out and compared with its parent.

    Raises WargameError.
    """
    parent = recorded_in(file)
    box = parent.box
    for side in sides:
        allowed = (*box.capital, WHITE_CELL)
        if side not in allowed:
            raise UsageError(f"there is no capital {side!r}: {', '.join(allowed)}.{nearest(side, allowed)}")
    people = tuple(capital.id for capital in box.capitals if capital.id in sides)
    chosen = doctrines_of(box, doctrines)
    given = Branch(
        file.stem, "", people, chosen, WHITE_CELL in sides, tuple(parse_shift(each) for each in shifts), why
    )  # fmt: skip
    path = output or file.with_name(f"{file.stem}-turn-{turn}-branch{SUFFIX}")
    keeps = keeps_before(parent.entries, turn, phase)
    with Exercise.branch(parent, keeps, given, path, clock=now, salts=salt) as branch:
        state = branch.state
        # Whoever was a person in the parent answers again as it did; a capital given a doctrine follows that.
        again = (
            () if fresh else [c for c in Exercise.of(parent).state.setup.played if c not in (*people, *dict(chosen))]
        )
        branch.seat(players(parent, tuple(again), dict(state.doctrines)))
        if sides:
            complain(f"A branch of {name_of(file)}, from turn {turn} on, waits in {name_of(path)}.")
            command = "console" if WHITE_CELL in sides else "resume"
            complain(f"To go on: wargame {command} {name_of(path)}")
            return
        branch.run()
        _show(parent, branch.recorded, file, path, json, plain)


def _show(parent: Recorded, branch: Recorded, file: Path, path: Path, json: bool, plain: bool) -> None:
    found = difference(parent, branch)
    if json:
        emit("wargame.branch", {"parent": str(file), "branch": str(path), **_body(found)})
        return
    heading(f"A branch of {file.stem}: what went otherwise", plain)
    for sentence in found.sentences():
        tell(f"- {sentence}", hang=2)
    tell()
    tell("On equal luck the two differ by what was changed and what came of it. One game is no evidence.")
    complain(f"Recorded in {name_of(path)}")


def _body(found: Difference) -> dict[str, object]:
    return {
        "turn": found.turn,
        "phase": found.phase,
        "differences": list(found.sentences()),
        "courses": [
            {"dyad": each.dyad, "turns": list(each.turns), "parent": list(each.parent), "branch": list(each.branch)}
            for each in found.courses
        ],
    }
