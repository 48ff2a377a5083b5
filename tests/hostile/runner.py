"""Runs commands of the program, each in a process of its own that is forked from one which has everything imported already.

A child that hangs is ended by the system, by its time on the processor or by the clock, and what it used is measured there: the
tests need not trust the program to come back.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent.parent
SECONDS_ON_PROCESSOR = 20
SECONDS = 60


class Done(NamedTuple):
    """What came of a command: its exit code (below nought: the signal that ended it), output, and seconds on the processor."""

    code: int
    output: bytes
    seconds: float


class Runner:
    """A process that runs commands, to be used in a ``with``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Runner:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.runner"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(SECONDS)

    def run(self, arguments: list[str], folder: Path) -> Done:
        """Run ``wargame ARGUMENTS`` in a folder."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        request = {"arguments": arguments, "folder": str(folder), "output": str(self._folder / "output")}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return Done(answer["code"], (self._folder / "output").read_bytes(), answer["seconds"])


def _child(request: dict[str, Any]) -> None:
    from wargame.cli import call  # noqa: PLC0415

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_ON_PROCESSOR, SECONDS_ON_PROCESSOR))
    signal.alarm(SECONDS)
    os.chdir(request["folder"])
    output = os.open(request["output"], os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    os._exit(call([os.fsdecode(os.fsencode(each)) for each in request["arguments"]]))


def _warm_up() -> None:
    """Carry out every command once on a sound scenario, so that what is read and built on first use is there."""
    from wargame.cli import call  # noqa: PLC0415

    small = str(ROOT / "tests" / "content" / "three-capitals")
    with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):  # noqa: PTH123
        for arguments in (
            ["content", "check", small], ["content", "bundle", small, "--file", "-"], ["content", "stats", small],
            ["content", "diff", small, small], ["content", "balance", small, "--games", "10"], ["content", "list", small],
            ["play", small, "--as", "none", "--no-input"], ["estimate", small], ["plan", small],
            ["ladder", "show", "--ladder", small],
        ):  # fmt: skip
            assert call(arguments) == 0, arguments


def _serve() -> None:
    """Answer a request on each line of the standard input."""
    _warm_up()
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if not child:
            try:
                _child(request)
            finally:
                os._exit(99)
        _, status, used = os.wait4(child, 0)
        answer = {"code": os.waitstatus_to_exitcode(status), "seconds": used.ru_utime}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    _serve()
