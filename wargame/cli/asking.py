"""Asking a person: numbered choices, numbers, lines of text, and the words that work at every prompt."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Final

from wargame.cli.page import Page
from wargame.cli.text import safe_text

LONGEST: Final = 2000
"""Characters of an answer; what is longer is cut."""

Command = Callable[[str], None]
"""What a word at the prompt does; it is given what follows the word."""


class Leave(Exception):
    """The person saves and leaves."""


class Asker:
    """Asks on a page. ``words`` maps what may be typed at every prompt to what it does.

    ``read`` reads one line after a prompt and raises EOFError at the end of input.
    """

    def __init__(self, page: Page, read: Callable[[str], str] | None = None) -> None:
        self.page = page
        self.words: dict[str, Command] = {}
        self._read = read or _read_line
        page.more = self._more

    def line(self, prompt: str) -> str:
        """Ask for a line of text; no word has a special meaning here. Raises Leave at the end of input."""
        try:
            answer = self._read(safe_text(prompt))
        except EOFError:
            raise Leave from None
        except UnicodeDecodeError:
            answer = ""
        self.page.fresh()
        return answer.strip()[:LONGEST]

    def ask(self, prompt: str) -> str:
        """Ask until the answer is none of the words that work everywhere; return it."""
        while True:
            answer = self.line(prompt)
            word, _, rest = answer.partition(" ")
            does = self.words.get(word.lower())
            if does is None:
                return answer
            does(rest.strip())

    def number(self, prompt: str, low: int, high: int, default: int | None = None) -> int:
        """Ask for a whole number from ``low`` to ``high``; Enter takes ``default``."""
        while True:
            answer = self.ask(prompt)
            if not answer and default is not None:
                return default
            if answer.isascii() and answer.isdigit() and len(answer) < 10 and low <= int(answer) <= high:
                return int(answer)
            self.page.text(f"A number from {low} to {high}, please{_or_enter(default)}, or ? for help.")

    def choose(self, options: Sequence[str], prompt: str, default: int = 1, listed: bool = True) -> int:
        """List options from 1 and return the place, from 0, of the one that is chosen; Enter takes ``default``."""
        if listed:
            self.page.reserve(len(options) + 2)
            for number, option in enumerate(options, start=1):
                self.page.item(str(number), option)
        return self.number(f"{prompt} [{default}] ", 1, len(options), default) - 1

    def yes(self, prompt: str, default: bool = True) -> bool:
        """Ask yes or no; Enter takes ``default``."""
        while True:
            answer = self.ask(f"{prompt} [{'Y/n' if default else 'y/N'}] ").lower()
            if answer in ("", "y", "yes", "n", "no", "1", "0"):
                return default if not answer else answer in ("y", "yes", "1")
            self.page.text("y for yes, n for no, please.")

    def pause(self, prompt: str = "Enter to go on ") -> None:
        """Wait for Enter; the words that work everywhere work here too."""
        while self.ask(prompt):
            self.page.text("Enter goes on; ? shows what else works here.")

    def _more(self) -> None:
        if self.line("-- Enter for more -- ").lower() in ("s", "q", "quit", "save"):
            raise Leave


def _or_enter(default: int | None) -> str:
    return "" if default is None else f" (Enter: {default})"


def _read_line(prompt: str) -> str:
    _prepare()
    sys.stdout.flush()
    return input(prompt)


def _prepare() -> None:
    """Let people edit their line where the system can; nothing typed is kept in a history."""
    try:
        import readline  # noqa: PLC0415
    except ImportError:
        return
    clear = getattr(readline, "clear_history", None)
    if clear is not None:
        clear()
