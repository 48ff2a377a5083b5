"""``wargame play``: set an exercise up, alone against bots, several at one keyboard, or bots only."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from wargame.cli.asking import Asker, Leave
from wargame.cli.console import complain, is_dumb, is_terminal
from wargame.cli.desk import Desk
from wargame.cli.folder import new_file
from wargame.cli.page import Page
from wargame.cli.screens import setting
from wargame.cli.sitting import Sitting
from wargame.cli.text import name_of
from wargame.content import load_box
from wargame.content.library import looks_like_path, read_alone
from wargame.errors import EXIT_INTERRUPTED, UsageError, nearest
from wargame.exercise import Exercise
from wargame.rules.box import Box
from wargame.rules.orders import Start
from wargame.rules.resolve.climb import FREE
from wargame.rules.switches import switched
from wargame.rules.view import WHITE_CELL
from wargame.sequel import end_of

NOBODY = "none"


def run(
    scenario: str, sides: tuple[str, ...], doctrines: tuple[str, ...], theory: str | None, ladder: str | None,
    after: Path | None, decline: tuple[str, ...], switches: tuple[str, ...], mode: str, seed: int | None,
    turns: int | None, file: Path | None, no_input: bool, plain: bool, quiet: bool,
) -> int | None:  # fmt: skip
    """Play an exercise; return an exit code or None. Raises WargameError."""
    if no_input and any(side != NOBODY for side in sides):
        raise UsageError(
            f"--no-input asks nobody, so nobody can play {' and '.join(sides)}: leave out --as, or --no-input"
        )
    if not no_input and not is_terminal():
        raise UsageError("there is no terminal to ask at. --no-input lets bots play every capital.")
    given = [each.partition("=")[2] for each in doctrines]
    also = [name for name in (theory or "", *given) if looks_like_path(name)]
    box = load_box(scenario, also=also, ladder=ladder or "", before=end_of(after) if after else None)
    box = switched(box, settings_of(switches))
    chosen = doctrines_of(box, doctrines)
    theory = theory_of(box, theory or box.scenario.theory)
    declined_by(box, decline)
    _check_sides(box, sides, mode)
    seed = secrets.randbelow(10**9) if seed is None else seed
    begin = Start(box.scenario.id, theory, mode, turns or box.scenario.turns, (), chosen, decline=decline)
    if no_input or sides == (NOBODY,):
        return watch(box, begin, seed, file, plain, quiet, clock=not no_input)
    page = Page(plain)
    asker = Asker(page)
    refuse_dumb(len(set(sides)))
    return _play(box, begin, sides, seed, file, page, asker, quiet)


def _play(
    box: Box, begin: Start, sides: tuple[str, ...], seed: int, file: Path | None, page: Page, asker: Asker, quiet: bool
) -> int | None:
    try:
        if not quiet or not sides:
            setting.situation(page, box, begin.decline)
        if not sides:
            sides = (setting.ask_capital(page, asker, box),)
    except Leave:
        return None
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    played = tuple(capital.id for capital in box.capitals if capital.id in sides)
    start = replace(begin, played=played, white_cell=WHITE_CELL in sides)
    path = file or new_file(box.scenario.id, now())
    with Exercise.create(box, start, seed, path, clock=now, salts=salt) as exercise:
        return sit(Sitting(Desk(exercise, page, asker, quiet)))


def sit(sitting: Sitting) -> int | None:
    """Hold a sitting until its end; leaving and interrupting lose nothing, and say how to go on."""
    desk = sitting.desk
    path = desk.exercise.path
    hint = f"Saved. To go on: wargame resume {name_of(_quoted(path))}" if path else "This exercise had no file."
    try:
        sitting.go_on()
    except Leave:
        desk.page.more = None
        desk.page.gap()
        desk.page.text(hint)
        return None
    except KeyboardInterrupt:
        complain(f"\n{hint}")
        return EXIT_INTERRUPTED
    desk.page.more = None
    desk.page.text(f"Recorded in {name_of(path)}. wargame explain and wargame export show more of it.")
    return None


def watch(box: Box, start: Start, seed: int, file: Path | None, plain: bool, quiet: bool, clock: bool) -> int | None:
    """Let bots play every capital and print the chronicle; with a file only if one is named or somebody watches."""
    from wargame.cli.chronicle import tell  # noqa: PLC0415

    path = file or (new_file(box.scenario.id, now()) if clock else None)
    with Exercise.create(box, start, seed, path, clock=now if clock else None) as exercise:
        exercise.run()
        tell(Page(plain), exercise.recorded, quiet)
        if path is not None:
            complain(f"Recorded in {name_of(path)}")
    return None


def refuse_dumb(people: int) -> None:
    """Refuse a shared keyboard on a terminal that cannot take a text off the screen again."""
    if people > 1 and is_dumb():
        raise UsageError(
            "several people at one keyboard need a terminal that can clear its screen, or sealed orders would stay to be "
            "read; this one (TERM) cannot. Play one capital, or set TERM."
        )


def now() -> datetime:
    """Return the time, as the record keeps it."""
    return datetime.now(UTC)


def salt() -> str:
    """Return a fresh secret salt."""
    return secrets.token_hex(16)


def _quoted(path: Path) -> str:
    from shlex import quote  # noqa: PLC0415

    return quote(str(path))


def _check_sides(box: Box, sides: tuple[str, ...], mode: str) -> None:
    if NOBODY in sides and len(sides) > 1:
        raise UsageError("--as none stands alone: it means that nobody plays")
    allowed = (*box.capital, WHITE_CELL, NOBODY)
    for side in sides:
        if side not in allowed:
            raise UsageError(f"there is no capital {side!r}: {', '.join(allowed)}.{nearest(side, allowed)}")
    if mode == FREE and WHITE_CELL not in sides:
        raise UsageError("the free mode needs a white cell to rule: add --as white-cell, or play semi-rigid")


def settings_of(given: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return what was written as ``SWITCH=WORD``. Raises UsageError."""
    found = []
    for each in given:
        name, sign, word = each.partition("=")
        if not sign:
            raise UsageError(f"--set takes SWITCH=WORD, not {each!r}")
        found.append((name.strip(), word.strip()))
    return found


def declined_by(box: Box, marks: tuple[str, ...]) -> None:
    """Check that rungs of the ladder carry the marks that are declined. Raises UsageError."""
    known = tuple(dict.fromkeys(mark for rung in box.ladder.rungs for mark in rung.marks))
    for mark in marks:
        if mark not in known:
            raise UsageError(
                f'nothing on the ladder "{box.ladder.id}" is marked {mark!r}, so that it need not be left out; marked are '
                f"{', '.join(known)}.{nearest(mark, known)}"
            )


def theory_of(box: Box, name: str) -> str:
    """Return the id of the theory a person named, or that of the one in a file of their own."""
    found = _only_one(name, "theory")
    if found not in box.theory:
        raise UsageError(f"there is no theory {found!r}: {', '.join(box.theory)}.{nearest(found, tuple(box.theory))}")
    return found


def doctrines_of(box: Box, given: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the doctrines that were asked for as ``CAPITAL=NAME``. Raises UsageError for what cannot be."""
    found = []
    for each in given:
        capital, sign, name = each.partition("=")
        if not sign:
            raise UsageError(f"--doctrine takes CAPITAL=NAME, not {each!r}")
        if capital not in box.capital:
            hint = nearest(capital, tuple(box.capital))
            raise UsageError(f"there is no capital {capital!r}: {', '.join(box.capital)}.{hint}")
        allowed = box.capital[capital].doctrines
        doctrine = _only_one(name, "doctrine")
        if doctrine not in allowed:
            hint = nearest(doctrine, allowed)
            raise UsageError(f"{capital} has no doctrine {doctrine!r}: {', '.join(allowed)}.{hint}")
        found.append((capital, doctrine))
    return tuple(found)


def _only_one(name: str, kind: str) -> str:
    """Return a name as it is, or for a path the id of the one thing of a kind in that file."""
    if not looks_like_path(name):
        return name
    ids = list(read_alone(name).things[kind])
    if len(ids) != 1:
        raise UsageError(f"{name} should hold one {kind}, not {len(ids)}")
    return ids[0]
