"""Changes as people write them: ``CAPITAL.face +1``, ``A>B.window -1/2``, ``PATRON>PARTNER.permission = everything``."""

from __future__ import annotations

import re
from typing import Final

from wargame.errors import UsageError
from wargame.rules.orders import Shift

EXAMPLES: Final = "CAPITAL.face +1, or PATRON>PARTNER.permission = everything"

_POINTS: Final = re.compile(r"(\S+?)\s*([+-])\s*(\d{1,3})?\s*(1/2|\.5)?")
_WORD: Final = re.compile(r"(\S+?)\s*=\s*([a-z][a-z0-9-]*)")


def parse_shift(text: str) -> Shift:
    """Read one change of one track. Raises UsageError for what is none; whether the track exists is the rules' to say."""
    text = text.strip()
    word = _WORD.fullmatch(text)
    if word is not None:
        return Shift(word[1], to=word[2])
    points = _POINTS.fullmatch(text)
    if points is None or not (points[3] or points[4]):
        raise UsageError(f"{text!r} is no change; write one like {EXAMPLES}")
    by = float(points[3] or 0) + (0.5 if points[4] else 0)
    return Shift(points[1], by=by if points[2] == "+" else -by)
