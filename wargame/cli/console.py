"""Plain doors to the terminal: lines and JSON out, and what kind of terminal there is. Needs nothing but the library."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping

from wargame.cli.text import safe_text


def say(line: str = "") -> None:
    """Write a line of text, made safe, to the output."""
    print(safe_text(line))


def emit(answer: Mapping[str, object]) -> None:
    """Write one JSON object to the output, in ASCII, so that nothing in it can steer a terminal."""
    print(json.dumps(answer, ensure_ascii=True, indent=2, allow_nan=False))


def complain(text: str) -> None:
    """Write a line for the person on stderr, made safe."""
    print(safe_text(text), file=sys.stderr, flush=True)


def is_dumb() -> bool:
    """Whether the terminal can do nothing but print lines."""
    return os.environ.get("TERM", "").lower() in ("dumb", "unknown", "")


def is_terminal() -> bool:
    """Whether a person can be asked: input and output are both a terminal."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty())
