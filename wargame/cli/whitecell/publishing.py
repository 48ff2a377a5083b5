"""Publishing: the public picture is written for the board after every change, and as a sign of life in between.

The thread knows one value, the last picture, and nothing of the exercise. That the board cannot be written never stops the
exercise; it is said once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final

from msgspec.structs import replace

from wargame.errors import UsageError
from wargame.whitecell.picture import Picture, write

BEAT: Final = 2.0
"""Seconds between signs of life."""


class Publisher:
    """Writes the public picture to a file. Use it with ``with``: on leaving, the signs of life end."""

    def __init__(self, path: Path, now: Callable[[], datetime], beat: float = BEAT) -> None:
        self.path = path
        self._now = now
        self._beat = beat
        self._lock = Lock()
        self._over = Event()
        self._picture: Picture | None = None
        self._has_failed = False
        self._thread = Thread(target=self._go_on, name="wargame board", daemon=True)

    def show(self, picture: Picture) -> str:
        """Write a picture and keep it for the signs of life; return why that failed, the first time it does."""
        with self._lock:
            self._picture = picture
            fault = self._write(picture)
        if not self._thread.is_alive() and not self._over.is_set():
            self._thread.start()
        was, self._has_failed = self._has_failed, bool(fault)
        return "" if was else fault

    def close(self) -> None:
        """End the signs of life; the last picture stays."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(self._beat)

    def __enter__(self) -> Publisher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _write(self, picture: Picture) -> str:
        try:
            write(self.path, picture)
        except UsageError as fault:
            return str(fault)
        return ""

    def _go_on(self) -> None:
        while not self._over.wait(self._beat):
            with self._lock:
                if self._picture is not None:
                    self._write(replace(self._picture, beat=self._now().isoformat(timespec="seconds")))
