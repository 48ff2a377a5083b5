"""``wargame console``: a new seminar, or one that goes on exactly where it stood."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote

from msgspec import Struct

from wargame.cli.asking import Asker
from wargame.cli.console import complain, is_terminal
from wargame.cli.desk import Desk
from wargame.cli.folder import new_file
from wargame.cli.options import DEFAULT_MINUTES, DEFAULT_SCENARIO
from wargame.cli.page import Page
from wargame.cli.play import declined_by, now, salt, settings_of, theory_of
from wargame.cli.screens import setting
from wargame.cli.text import name_of
from wargame.cli.whitecell import loop, timing
from wargame.cli.whitecell.publishing import Publisher
from wargame.cli.whitecell.room import Room
from wargame.content import load_box
from wargame.content.library import looks_like_path
from wargame.errors import EXIT_INTERRUPTED, ExerciseError, UsageError, nearest
from wargame.exercise import Exercise
from wargame.plan import plan
from wargame.rules.box import Box
from wargame.rules.orders import Note, Start
from wargame.rules.resolve.climb import SEMI_RIGID
from wargame.rules.switches import switched
from wargame.whitecell.picture import public_file

_CUT_OFF = "The program ended without being closed. It goes on from here; what had been typed is all there."


class Wanted(Struct, frozen=True):
    """What was asked for of a new seminar; None, empty or False where it was left open."""

    scenario: str | None = None
    seed: int | None = None
    mode: str | None = None
    theory: str | None = None
    turns: int | None = None
    play: tuple[str, ...] = ()
    rehearsal: bool = False
    ladder: str | None = None
    decline: tuple[str, ...] = ()
    set: tuple[str, ...] = ()

    def named(self) -> list[str]:
        """Return the options that were given."""
        return [f"--{name}" for name in self.__struct_fields__ if getattr(self, name) not in (None, (), False)]


def run(file: Path | None, minutes: int | None, wanted: Wanted, plain: bool) -> int | None:
    """Hold the console of ``file``, or of a new one; return an exit code or None. Raises WargameError."""
    if not is_terminal():
        raise UsageError("there is no terminal to ask at")
    if file is not None:
        public_file(file)  # refuses a name that is a picture's before anything is opened or made
    page = Page(plain)
    with _exercise(page, file, minutes or DEFAULT_MINUTES, wanted) as exercise:
        path = exercise.path
        if path is None:
            raise UsageError("a console needs a file")
        setup = exercise.state.setup
        with Publisher(public_file(path), now) as publisher:
            sheet = timing.plan_of(
                exercise.box, minutes or setup.minutes or DEFAULT_MINUTES, len(setup.played), setup.turns
            )
            room = Room(Desk(exercise, page, Asker(page)), publisher, sheet, now)
            room.sitting.catch_up()
            hint = f"Saved. To go on: wargame console {name_of(quote(str(path)))}"
            try:
                loop.hold(room)
            except KeyboardInterrupt:
                complain(f"\n{hint}")
                return EXIT_INTERRUPTED
            page.text(hint)
    return None


@contextmanager
def _exercise(page: Page, file: Path | None, minutes: int, wanted: Wanted) -> Iterator[Exercise]:
    """Open the exercise, or begin one."""
    if file is not None and file.exists():
        with Exercise.open(file, clock=now, salts=salt) as exercise:
            _check(exercise, file)
            if exercise.was_cut_off:
                exercise.submit(Note("interruption", _CUT_OFF))
                page.text(_CUT_OFF)
            if wanted.named():
                page.text(f"{name_of(file)} is there and goes on; {', '.join(wanted.named())} was for a new one.")
            yield exercise
        return
    box, start = _start(minutes, wanted)
    seed = secrets.randbelow(10**9) if wanted.seed is None else wanted.seed
    path = file or new_file(box.scenario.id, now())
    with Exercise.create(box, start, seed, path, clock=now, salts=salt) as exercise:
        page.text(f"A new seminar, recorded in {name_of(path)}: what is typed is on disk at once.")
        setting.warn(page, box, start.decline)
        yield exercise


def _check(exercise: Exercise, file: Path) -> None:
    if not exercise.state.setup.white_cell:
        raise UsageError(f"{file} has no white cell to hold a console: wargame resume goes on with it")
    if not exercise.is_playable:
        raise ExerciseError(f"{file} was recorded under other rules: it can be shown and exported, but not continued")


def _start(minutes: int, wanted: Wanted) -> tuple[Box, Start]:
    """Return the content and the opening of a new seminar: every capital in human hands unless some are named."""
    theory = wanted.theory or ""
    also = [theory] if looks_like_path(theory) else []
    box = load_box(wanted.scenario or DEFAULT_SCENARIO, also=also, ladder=wanted.ladder or "")
    box = switched(box, settings_of(wanted.set))
    declined_by(box, wanted.decline)
    for side in wanted.play:
        if side not in box.capital:
            hint = nearest(side, tuple(box.capital))
            raise UsageError(f"there is no capital {side!r}: {', '.join(box.capital)}.{hint}")
    played = tuple(capital.id for capital in box.capitals if not wanted.play or capital.id in wanted.play)
    turns = wanted.turns or plan(box, minutes, len(played)).turns
    mode = wanted.mode or SEMI_RIGID
    return box, Start(
        box.scenario.id,
        theory_of(box, theory or box.scenario.theory),
        mode,
        turns,
        played,
        (),
        white_cell=True,
        rehearsal=wanted.rehearsal,
        minutes=minutes,
        decline=wanted.decline,
    )
