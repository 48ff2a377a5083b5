"""The projector as a page for a browser in full screen: one self-contained file that reads itself anew.

It holds nothing but the public picture, loads nothing from anywhere, and lets no script run but its own. ``b`` blanks it.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Final

from wargame.pages import templates
from wargame.whitecell import caption
from wargame.whitecell.clock import left, shown
from wargame.whitecell.picture import Picture

GENERATOR: Final = "wargame board"
MARK: Final = f'<meta name="generator" content="{GENERATOR}">'.encode()
"""What stands in the head of every page of the board, so that the board knows its own again."""

_DECLARATIONS: Final = 4
"""Declarations that fit on one screen beside the rest; of more the number is told."""

_SEAT_WORDS: Final = {"": "", "sealed": "\u2713 sealed", "waiting": "\u2026 still out", "missing": "\u2717 MISSING"}


def page(picture: Picture | None, now: datetime, notice: str = "") -> str:
    """Return the page. ``now`` has the zone of the room; ``notice`` is a quiet line, all there is without a picture."""
    seconds = left(picture.clock, now) if picture else 0
    return (
        templates("wargame.whitecell")
        .get_template("board.html")
        .render(
            picture=picture,
            generator=GENERATOR,
            notice=notice,
            written=now.isoformat(timespec="seconds"),
            turn=caption.turn(picture) if picture else "",
            orders=caption.orders(picture) if picture else "",
            news=(picture.ending if picture.is_over else picture.headline) if picture else None,
            most=_DECLARATIONS,
            seat_words=_SEAT_WORDS,
            left=seconds,
            clock=shown(seconds),
            clock_word=_clock_word(picture, seconds) if picture else "",
            stands=[(caption.standing(picture, stand), stand) for stand in picture.stands] if picture else [],
            cells=_cells(picture) if picture else [],
            style_hash=_hash("board.css"),
            script_hash=_hash("board.js"),
        )
    )


def _clock_word(picture: Picture, seconds: int) -> str:
    if seconds <= 0:
        return "time is up"
    return "left" if picture.clock.is_running else "paused"


def _cells(picture: Picture) -> list[tuple[int, bool]]:
    """Return the rungs by number, and whether a firebreak lies below each."""
    rungs, zones = picture.rungs, picture.zones
    return [
        (number, number > 0 and rung.zone > rungs[number - 1].zone and bool(zones[rung.zone].firebreak))
        for number, rung in enumerate(rungs)
    ]


@cache
def _hash(name: str) -> str:
    """Return what lets a browser take a style or a script for ours."""
    return f"sha256-{b64encode(sha256(templates('wargame.whitecell').get_template(name).render().encode()).digest()).decode()}"
