"""Asking a person: numbered choices, numbers, lines of text, and the words that work at every prompt."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Collection, Sequence
from typing import Final

from wargame.cli.page import Page
from wargame.cli.text import safe_text

LONGEST: Final = 2000
"""Characters of an answer; what is longer is cut."""

COMMANDS: Final = ("seal", "pass", "m", "u", "undo", "s", "q", "quit", "save")
"""What a person means as a command wherever it is typed, also where no word has a special meaning."""

_YES_OR_NO: Final = ("", "y", "yes", "n", "no", "1", "0")

_END: Final = b"\x04"
"""The end of input, as a key."""

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
        page.more = self.more

    def line(self, prompt: str) -> str:
        """Ask for a line of text; no word has a special meaning here. Raises Leave at the end of input."""
        answer = self._whole(prompt)
        if len(answer) > LONGEST:
            self.page.text(f"That is {len(answer)} characters; only the first {LONGEST} are read.")
        return answer[:LONGEST]

    def words_for_all(self, prompt: str, longest: int = LONGEST, but: Collection[str] = ()) -> str:
        """Ask for a line that everybody will read. One too long or not plain is asked for anew, a command only on a yes.

        What is in ``but`` is no such line and is returned as it is.
        """
        while True:
            answer = self._whole(prompt)
            if len(answer) > longest:
                self.page.text(f"That is {len(answer)} characters, and {longest} is the most. Nothing is kept of it.")
            elif safe_text(answer) != answer:
                self.page.text(
                    "That holds characters that cannot be seen or that turn the text around. Plain text, please."
                )
            elif (
                answer.lower() in but
                or not self._is_command(answer)
                or self.yes(f'Should the words "{answer}" be read out to everybody?', False)
            ):
                return answer

    def _is_command(self, answer: str) -> bool:
        word = answer.lower()
        return word in self.words or word in COMMANDS or word.isdigit()

    def _whole(self, prompt: str) -> str:
        try:
            answer = self._read(safe_text(prompt))
        except EOFError:
            raise Leave from None
        except UnicodeDecodeError:
            answer = ""
        finally:
            self.page.fresh()
        return answer.strip()

    def ask(self, prompt: str, but: Collection[str] = ()) -> str:
        """Ask until the answer is none of the words that work everywhere, or one in ``but``; return it."""
        while True:
            answer = self.line(prompt)
            if answer.lower() in but:
                return answer
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
            answer = self.ask(f"{prompt} [{'Y/n' if default else 'y/N'}] ", _YES_OR_NO).lower()
            if answer in _YES_OR_NO:
                return default if not answer else answer in ("y", "yes", "1")
            self.page.text("y for yes, n for no, please.")

    def pause(self, prompt: str = "Enter to go on ") -> None:
        """Wait for Enter; the words that work everywhere work here too."""
        while self.ask(prompt):
            self.page.text("Enter goes on; ? shows what else works here.")

    def more(self) -> None:
        """Hold a full screen until Enter; the words that work everywhere work here too."""
        while True:
            word, _, rest = self.line("-- Enter for more -- ").partition(" ")
            does = self.words.get(word.lower())
            if does is not None:
                does(rest.strip())
            elif word.lower() in ("s", "q", "quit", "save"):
                raise Leave
            else:
                return


def _or_enter(default: int | None) -> str:
    return "" if default is None else f" (Enter: {default})"


def _read_line(prompt: str) -> str:
    _prepare()
    sys.stdout.flush()
    return _typed_ahead(prompt) if _is_waiting() else input(prompt)


def _is_waiting() -> bool:
    """Whether something was typed before it was asked for: line editing would lose an end of input among it."""
    try:
        return sys.stdin.isatty() and bool(select.select([sys.stdin.fileno()], [], [], 0)[0])
    except (OSError, ValueError):
        return False


def _typed_ahead(prompt: str) -> str:
    """Read what waits, as far as the end of a line, without line editing; byte by byte, so that the rest goes on waiting."""
    sys.stdout.write(prompt)
    sys.stdout.flush()
    found = bytearray()
    while (byte := os.read(sys.stdin.fileno(), 1)) not in (b"", _END, b"\n", b"\r"):
        found += byte
    if not found and byte in (b"", _END):
        raise EOFError
    return found.decode(sys.stdin.encoding or "utf-8", errors="surrogateescape")


def _prepare() -> None:
    """Let people edit their line where the system can; nothing typed is kept in a history."""
    try:
        import readline  # noqa: PLC0415
    except ImportError:
        return
    clear = getattr(readline, "clear_history", None)
    if clear is not None:
        clear()
