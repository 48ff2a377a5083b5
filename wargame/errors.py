"""One family of errors, one exit code each.

Everything a person can cause is a :class:`WargameError` and carries its exit code; anything else that reaches the
command line is a fault of ours and ends with exit 1. The codes are frozen (rules.md lists them under "Exit codes").
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

EXIT_OK = 0
EXIT_UNEXPECTED = 1
EXIT_USAGE = 2
EXIT_CONTENT = 3
EXIT_EXERCISE = 4
EXIT_REFUSED = 5
EXIT_OUTSIDE = 6
EXIT_INTERRUPTED = 130


class WargameError(Exception):
    """Base of every expected failure; ``str()`` of it is the whole message a person reads."""

    exit_code = EXIT_UNEXPECTED


class UsageError(WargameError):
    """The command was called in a way that cannot work (exit 2)."""

    exit_code = EXIT_USAGE


class ContentError(WargameError):
    """Content is faulty; ``problems`` holds one printable line for every fault found (exit 3)."""

    exit_code = EXIT_CONTENT

    def __init__(self, problems: Sequence[object]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ExerciseError(WargameError):
    """An exercise file or log is damaged, foreign or too new (exit 4)."""

    exit_code = EXIT_EXERCISE


class Refused(WargameError):
    """The rules do not allow this input now; nothing has changed (exit 5).

    ``rule`` is the number of the rule in rules.md that refuses.
    """

    exit_code = EXIT_REFUSED

    def __init__(self, message: str, rule: str = "") -> None:
        self.rule = rule
        super().__init__(f"{message} (rule {rule})" if rule else message)


class OutsideError(WargameError):
    """A program outside this one failed (exit 6, reserved)."""

    exit_code = EXIT_OUTSIDE


def nearest(found: str, allowed: Sequence[str]) -> str:
    """Return ``' Did you mean "x"?'`` for the closest allowed name, or an empty string."""
    close = get_close_matches(found, allowed, n=1, cutoff=0.6)
    return f' Did you mean "{close[0]}"?' if close else ""
