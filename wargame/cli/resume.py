"""``wargame resume``: go on with a recorded exercise where it stood."""

from __future__ import annotations

from pathlib import Path

from wargame.cli.asking import Asker
from wargame.cli.console import complain, is_terminal
from wargame.cli.desk import Desk
from wargame.cli.folder import latest
from wargame.cli.page import Page
from wargame.cli.play import now, refuse_dumb, salt, sit
from wargame.cli.sitting import Sitting
from wargame.cli.text import name_of
from wargame.errors import UsageError
from wargame.exercise import Exercise


def run(file: Path | None, no_input: bool, plain: bool, quiet: bool) -> int | None:
    """Go on with ``file``, or with the exercise written last; return an exit code or None. Raises WargameError."""
    path = file or latest()
    with Exercise.open(path, clock=None if no_input else now, salts=None if no_input else salt) as exercise:
        setup = exercise.state.setup
        people = len(setup.played) + setup.white_cell
        if not people or exercise.has_ended:
            exercise.run()
            _debrief(exercise, plain, quiet)
            return None
        if no_input:
            raise UsageError("people play in this exercise, and they must be asked: leave out --no-input")
        if not is_terminal():
            raise UsageError("there is no terminal to ask at")
        refuse_dumb(people)
        page = Page(plain)
        sitting = Sitting(Desk(exercise, page, Asker(page), quiet))
        sitting.catch_up()
        return sit(sitting)


def _debrief(exercise: Exercise, plain: bool, quiet: bool) -> None:
    from wargame.cli.chronicle import tell  # noqa: PLC0415

    tell(Page(plain), exercise.recorded, quiet)
    complain(f"Recorded in {name_of(exercise.path)}")
