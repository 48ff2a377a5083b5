"""Moments of play: what content may react to, and the key under which a bound reaction is stored in the box.

The rules announce a moment by what they know (who moved, in which dyad, which slot of threat was voiced); binding the
words of the content language to capitals was done when content was read.
"""

from __future__ import annotations

from typing import Final

TURN, MOVE, WAR, ANSWER, PERMISSION, DEFIANCE, DECLARATION = (
    "turn", "move", "war", "answer", "permission", "defiance", "declaration",
)  # fmt: skip

MOMENTS: Final[dict[str, str]] = {
    "turn-start": TURN,
    "turn-end": TURN,
    "climbed": MOVE,
    "jumped": MOVE,
    "deterred": MOVE,
    "pressed-on": MOVE,
    "stepped-down": MOVE,
    "seized": MOVE,
    "war-opened": MOVE,
    "conceded": MOVE,
    "matched": ANSWER,
    "overmatched": ANSWER,
    "ignored": ANSWER,
    "held": WAR,
    "lost-ground": WAR,
    "permission-raised": PERMISSION,
    "permission-lowered": PERMISSION,
    "vetoed": PERMISSION,
    "neglected": PERMISSION,
    "defied": DEFIANCE,
    "tie-hands": DECLARATION,
    "sink-costs": DECLARATION,
    "quiet": DECLARATION,
    "kept": DECLARATION,
    "broken": DECLARATION,
}
"""Every moment and how it is bound.

``turn``: one for each capital, keyed by it alone. ``move`` and ``answer``: each party of each dyad. ``war``: the
challenger of each local dyad. ``permission``: patron and local dyad; ``defiance``: partner and local dyad.
``declaration``: who declared, the dyad of the trigger, and the name of the slot of threat (empty where none is voiced).
"""


def key(moment: str, self_: str = "", dyad: str = "", slot: str = "") -> str:
    """Return the key of a moment's reactions in ``Box.reactions``: the four parts joined with ``|``."""
    return f"{moment}|{self_}|{dyad}|{slot}"


def landing_key(landing: str, dyad: str) -> str:
    """Return the key of a landing's effects and conditions in ``Box.landings``."""
    return f"{landing}|{dyad}"
