"""A line on how far a long command has come, on a terminal's error stream and nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


@contextmanager
def counting(whole: int, what: str) -> Iterator[Callable[[], None]]:
    """Yield a function to be called once for each of ``whole`` things done, of unknown number where it is 0."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    columns = (TextColumn("{task.completed:.0f} " + what),) if not whole else (
        MofNCompleteColumn(), TextColumn(what), BarColumn(), TimeRemainingColumn())  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=whole or None)
        yield lambda: progress.advance(task)
