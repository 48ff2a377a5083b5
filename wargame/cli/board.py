"""``wargame board``: the projector, a process of its own that reads the public file and nothing else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from wargame.cli.console import complain, is_dumb, say
from wargame.cli.keys import Keys, keys
from wargame.cli.lettering import Ink, safe
from wargame.cli.projector import blank, draw, message
from wargame.cli.targets import check_kept
from wargame.cli.text import name_of, one_line
from wargame.errors import UsageError, WargameError
from wargame.whitecell import caption
from wargame.whitecell.clock import left
from wargame.whitecell.picture import Picture, is_public, public_file, put, read

_TICK: Final = 1.0
_HINT: Final = "b blanks, q ends"
_WAITING: Final = "Waiting for the first picture."
_FRESH: Final = 5
"""Seconds after which a page is written anew although nothing has changed, so that it can tell that it is kept."""

_WARNINGS: Final = (60, 0)
"""Seconds left at which plain text says so."""


def run(*, file: Path, html: Path | None, once: bool, plain: bool, force: bool = False) -> None:
    """Show the public picture of an exercise until told to end; ``file`` may be the picture itself.

    Raises WargameError where there is none to show once, or where the page would take the place of something else.
    """
    public = file if is_public(file) else public_file(file)
    if html is not None:
        _check_page(html, (file, public), force)
    watch = Watch(public)
    to_screen = sys.stdout.isatty() and not is_dumb()
    if html is not None:
        _keep_page(watch, html, once)
    elif once or not sys.stdout.isatty():
        _show_once(watch, drawn=to_screen and not plain)
    elif plain or not to_screen:
        _keep_saying(watch)
    else:
        _keep_showing(watch)


class Watch:
    """Looks at the public file again and again and keeps the last good picture."""

    def __init__(self, path: Path, clock: Callable[[], datetime] | None = None) -> None:
        self._path = path
        self._clock = clock or _now
        self.picture: Picture | None = None
        self.problem = ""

    def now(self) -> datetime:
        """Return the time, in the zone of the room."""
        return self._clock()

    def look(self) -> Picture | None:
        """Return the picture as it is now, or the last good one; ``problem`` says what is wrong with the file."""
        try:
            self.picture, self.problem = safe(read(self._path)), ""
        except WargameError as fault:
            self.problem = one_line(str(fault).replace(str(self._path), self._path.name))
        return self.picture

    def needed(self) -> Picture:
        """Return the picture. Raises WargameError if there is none."""
        return safe(read(self._path))

    @property
    def notice(self) -> str:
        """What the foot of the picture says: when the console was last heard, what is wrong with its file, or nothing."""
        heard = caption.last_heard(self.picture, self.now()) if self.picture else ""
        if self.problem:
            return f"{heard}; {self.problem}" if heard else self.problem
        return heard


def _now() -> datetime:
    return datetime.now().astimezone()


def _show_once(watch: Watch, drawn: bool) -> None:
    picture = watch.needed()
    watch.picture = picture
    if not drawn:
        for line in caption.linear(picture, watch.now()):
            say(line)
        if watch.notice:
            say(f"({watch.notice})")
        return
    console = Console(highlight=False, markup=False, emoji=False)
    height = max(24, console.height - 1)
    for row in draw(picture, watch.now(), console.width, height, watch.notice, _ink(console)):
        console.print(row, no_wrap=True, overflow="crop")


def _keep_saying(watch: Watch) -> None:
    """Print the picture whenever it changes, and what the clock has to say."""
    shown: Picture | None = None
    problem, seconds = "", 0
    while True:
        picture = watch.look()
        if watch.problem != problem:
            problem = watch.problem
            complain(f"board: {problem or 'the public file can be read again'}")
        if picture is not None:
            if shown is None or picture.without_beat() != shown.without_beat():
                say()
                for line in caption.linear(picture, watch.now()):
                    say(line)
                shown, seconds = picture, left(picture.clock, watch.now())
            seconds = _announced(picture, seconds, left(picture.clock, watch.now()))
        sys.stdout.flush()
        time.sleep(_TICK)


def _announced(picture: Picture, before: int, now: int) -> int:
    """Say when the last minute begins and when time is up; return the seconds left."""
    for mark in _WARNINGS:
        if picture.clock.is_running and now <= mark < before:
            say("Clock: one minute left." if mark else "Clock: time is up.")
    return now


def _keep_showing(watch: Watch) -> None:
    """Draw the picture every second on the alternate screen, until q."""
    console = Console(highlight=False, markup=False, emoji=False)
    hides, rang = False, True
    with keys() as pressed, Live(console=console, screen=True, auto_refresh=False, transient=True) as live:
        while True:
            watch.look()
            rang = _ring(console, watch, rang)
            live.update(_screen(console, watch, hides), refresh=True)
            key = _next_key(pressed)
            if key == "q":
                return
            hides = not hides if key == "b" else hides


def _next_key(pressed: Keys) -> str:
    """Wait for a key until the next full second."""
    return pressed.wait(_TICK - time.time() % _TICK).lower()


def _ring(console: Console, watch: Watch, rang: bool) -> bool:
    """Ring once when time is up; return whether it has been rung for this clock."""
    picture = watch.picture
    if picture is None or not picture.clock.is_running:
        return rang
    is_up = left(picture.clock, watch.now()) <= 0
    if is_up and not rang:
        console.bell()
    return is_up


def _screen(console: Console, watch: Watch, hides: bool) -> Group:
    width, height = console.size
    if hides:
        rows = blank(height)
    elif watch.picture is None:
        rows = message(f"{_WAITING} {watch.problem}", width, height)
    else:
        notice = f"{watch.notice}    {_HINT}" if watch.notice else _HINT
        rows = draw(watch.picture, watch.now(), width, height, notice, _ink(console))
    return Group(*(_whole(row) for row in rows))


def _whole(row: Text) -> Text:
    row = row.copy()
    row.no_wrap, row.overflow = True, "crop"
    return row


def _ink(console: Console) -> Ink:
    return Ink(blocks="utf" in (console.encoding or "").lower(), styled=not console.no_color)


def _check_page(target: Path, others: tuple[Path, ...], force: bool) -> None:
    """Raise UsageError unless a page may be kept there: nothing but a page of the board is written over unasked."""
    from wargame.whitecell.page import MARK  # noqa: PLC0415

    if target.resolve() in [each.resolve() for each in others]:
        raise UsageError(f"{target} is what the board reads; choose another name for its page")
    check_kept(target, MARK, "page of the board", force)


def _keep_page(watch: Watch, target: Path, once: bool) -> None:
    """Write the page whenever it changes, and every few seconds to say that it is kept."""
    from wargame.whitecell.page import page  # noqa: PLC0415

    if once:
        watch.picture = watch.needed()
        put(target, page(watch.picture, watch.now(), watch.notice).encode())
        return
    complain(f"Open {name_of(target)} in a browser, full screen; b blanks it. Ctrl-C here ends it.")
    told: object = None
    written, failed = float("-inf"), ""
    while True:
        picture = watch.look()
        now = (picture.without_beat() if picture else None, watch.notice)
        ticking = picture is not None and picture.clock.is_running
        if now != told or ticking or time.monotonic() - written >= _FRESH:
            notice = watch.notice if picture else f"{_WAITING} {watch.problem}"
            try:
                put(target, page(picture, watch.now(), notice).encode())
                failed = ""
            except WargameError as fault:  # from the first page on a full disk ends nothing: the last page stays
                if told is None:
                    raise
                failed = _told_once(str(fault), failed)
            told, written = now, time.monotonic()
        time.sleep(_TICK)


def _told_once(text: str, before: str) -> str:
    """Say what is wrong unless it was said just before."""
    if text != before:
        complain(f"board: {text}")
    return text
