"""The command line: here failures become one plain message and an exit code; ``commands.py`` holds every command."""

from __future__ import annotations

import contextlib
import os
import sys

import typer

from wargame.errors import EXIT_INTERRUPTED, EXIT_OK, EXIT_UNEXPECTED, EXIT_USAGE, WargameError

_LONGEST = 400
"""Characters of a message that quotes what was typed."""


def _complain(message: str) -> None:
    """Say on stderr what went wrong, safely; never fail over it."""
    from wargame.cli.text import safe_text  # noqa: PLC0415

    with contextlib.suppress(OSError, ValueError):
        print(safe_text(message), file=sys.stderr, flush=True)


def _hush() -> int:
    """Leave quietly when nobody reads the output any more."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), 1)
    return EXIT_UNEXPECTED


def call(arguments: list[str] | None = None) -> int:
    """Carry out a command line and return its exit code; every failure is one plain message on stderr."""
    from wargame.cli.commands import app  # noqa: PLC0415

    _show_what_cannot_be_written()
    try:
        code: object = app(arguments, prog_name="wargame", standalone_mode=False)
        sys.stdout.flush()
    except WargameError as fault:
        _complain(f"wargame: {fault}")
        return fault.exit_code
    except (KeyboardInterrupt, typer.Abort):
        _complain("")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        return _hush()
    except Exception as fault:  # the last net: a wrong call, or a fault of ours, told in one line
        if any(kind.__name__ == "ClickException" for kind in type(fault).__mro__):
            return _misused(fault)
        if os.environ.get("WARGAME_DEBUG"):
            raise
        _complain(f"wargame: unexpected {type(fault).__name__}: {' '.join(str(fault).split())[:300]}")
        return EXIT_UNEXPECTED
    return code if isinstance(code, int) else EXIT_OK


def _show_what_cannot_be_written() -> None:
    """Let characters that the terminal's encoding lacks come out as escapes, not as a failure."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _misused(fault: Exception) -> int:
    """Say what is wrong with a call; the home of typer's faults has moved between its versions, their names have not."""
    context = getattr(fault, "ctx", None)
    message = str(getattr(fault, "format_message", lambda: str(fault))())
    message = message if len(message) < _LONGEST else f"{message[:_LONGEST]}..."
    if type(fault).__name__ == "NoArgsIsHelpError":
        print(message)
        return EXIT_USAGE
    path = context.command_path if context is not None else "wargame"
    _complain(f"wargame: {message}\nTry '{path} -h' for help.")
    return EXIT_USAGE


def main() -> None:
    """Run the program and end with its exit code."""
    sys.exit(call())
