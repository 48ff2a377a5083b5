"""The command line: here failures become one plain message and an exit code; ``commands.py`` holds every command."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from functools import cache

import typer
import typer.main

from wargame.errors import EXIT_INTERRUPTED, EXIT_OK, EXIT_UNEXPECTED, EXIT_USAGE, WargameError

LINE_END = "\\u{a}"
"""How the end of a line within a name is shown, so that no name pretends to be a message of its own."""

_LONGEST = 400
"""Characters of a message that quotes what was typed."""


def _complain(message: str) -> None:
    """Say on stderr what went wrong, safely; never fail over it."""
    from wargame.cli.text import safe_text  # noqa: PLC0415

    with contextlib.suppress(OSError, ValueError):
        print(safe_text(message), file=sys.stderr, flush=True)


def _hush() -> None:
    """Write no more to the standard output, not even what is left of it when the program ends."""
    with contextlib.suppress(OSError), open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), 1)


def call(arguments: list[str] | None = None) -> int:
    """Carry out a command line and return its exit code; every failure is one plain message on stderr.

    Whoever stops reading the output early, as ``head`` does, has had what it wanted: that is no failure.
    """
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stdout is None:
        _complain("wargame: the standard output is closed; nothing could be told there")
        return EXIT_USAGE
    _show_what_cannot_be_written()
    return _flushed(_carried_out(arguments))


@cache
def _command() -> Callable[..., object]:
    """Return the commands as they are carried out; to make them of their functions takes longer than many of them do."""
    from wargame.cli.commands import app  # noqa: PLC0415

    return typer.main.get_command(app)


def _carried_out(arguments: list[str] | None) -> int:
    try:
        code: object = _command()(arguments, prog_name="wargame", standalone_mode=False)
    except WargameError as fault:
        one_line = len(getattr(fault, "problems", ())) == 0  # of content there is a line for each fault
        _complain(f"wargame: {str(fault).replace(chr(10), LINE_END) if one_line else fault}")
        return fault.exit_code
    except (KeyboardInterrupt, typer.Abort):
        _complain("")
        return EXIT_INTERRUPTED
    except (BrokenPipeError, SystemExit):  # typer and rich make an exit of a broken pipe, of nothing else
        _hush()
        return EXIT_OK
    except OSError as fault:
        return _unusable(fault)
    except Exception as fault:  # the last net: a wrong call, or a fault of ours, told in one line
        if any(kind.__name__ == "ClickException" for kind in type(fault).__mro__):
            return _misused(fault)
        if os.environ.get("WARGAME_DEBUG"):
            raise
        _complain(f"wargame: unexpected {type(fault).__name__}: {' '.join(str(fault).split())[:300]}")
        return EXIT_UNEXPECTED
    return code if isinstance(code, int) else EXIT_OK


def _flushed(code: int) -> int:
    """Let go of what is left to write and return the exit code, that of a full disk if there is no room for it."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _hush()
    except OSError as fault:
        return _unusable(fault) if code == EXIT_OK else code
    except ValueError:  # somebody closed it
        return code
    return code


def _unusable(fault: OSError) -> int:
    """Say that a file, or where no file is named the output, cannot be used."""
    if fault.filename is None:
        _hush()
    what = "the output" if fault.filename is None else str(fault.filename).replace("\n", LINE_END)
    what = what if len(what) < _LONGEST else f"{what[:_LONGEST]}..."
    _complain(f"wargame: {what} cannot be used: {fault.strerror or 'unknown reason'}")
    return EXIT_USAGE


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
