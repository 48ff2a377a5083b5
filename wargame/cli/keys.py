"""One key at a time, without Enter, for screens that redraw themselves. Where the system cannot, nothing is ever pressed."""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_ESCAPE = "\x1b"


class Keys:
    """Waits for keys; without a terminal, only waits. Use :func:`keys`."""

    def __init__(self, descriptor: int = -1) -> None:
        self._descriptor = descriptor
        self._ahead = ""

    def wait(self, seconds: float) -> str:
        """Return the next key, or an empty string when none came in this time. What begins with Escape is one key."""
        if not self._ahead:
            self._ahead = self._read(max(0.0, seconds))
        if self._ahead.startswith(_ESCAPE):
            found, self._ahead = self._ahead, ""
            return found
        found, self._ahead = self._ahead[:1], self._ahead[1:]
        return found

    def _read(self, seconds: float) -> str:
        if self._descriptor < 0:
            time.sleep(seconds)
            return ""
        if not select.select([self._descriptor], [], [], seconds)[0]:
            return ""
        pressed = os.read(self._descriptor, 64)
        if not pressed:  # the terminal is gone: nobody will press anything any more
            self._descriptor = -1
        return pressed.decode("utf-8", errors="replace")


@contextmanager
def keys() -> Iterator[Keys]:
    """Listen to the keyboard, key by key and without an echo, and leave the terminal as it was."""
    try:
        import termios  # noqa: PLC0415
        import tty  # noqa: PLC0415
    except ImportError:
        yield Keys()
        return
    if sys.stdin is None or sys.stdin.closed or not sys.stdin.isatty():
        yield Keys()
        return
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor)
        yield Keys(descriptor)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
