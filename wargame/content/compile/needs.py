"""The tracks the rules themselves use must be there (docs/content.md, section 10)."""

from __future__ import annotations

from typing import Final

from wargame.content.compile.frame import Frame
from wargame.content.compile.tracks import Tracks
from wargame.rules.deterrence import LINKS

NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "world": ("cohesion", "risk"),
    "capital": ("influence", "nerve", "face", "regime-risk", "exposure", "readiness"),
    "pair": ("audience", "assure", "lock-in", "denial"),
    "threat": (*LINKS, "survivability"),
    "bond": ("permission", "stake"),
    "dyad": ("concessions", "offramp", "quiet-turns", "ceasefire"),
    "theatre": ("ground", "neglect", "war-still"),
}
"""Tracks by what they belong to."""

DUAL: Final = ("denial", "permission")
"""Tracks that must exist as seen and as true."""

SINGLE: Final = (
    *NEEDED["world"], *NEEDED["capital"], "audience", "assure", "lock-in", *NEEDED["dyad"], *NEEDED["theatre"]
)  # fmt: skip
"""Tracks that must exist once: the rules read and move one number."""

HALF: Final = ("nerve", "regime-risk", "audience", "assure", "denial", *LINKS, "survivability", "stake")
"""Tracks on the rating scale, which move in halves."""


def check_needs(frame: Frame, tracks: Tracks) -> None:
    """Note every track that the rules need in this scenario and nobody has declared as they need it."""
    needed = dict(NEEDED)
    needed["pair"] = tuple(dict.fromkeys((*NEEDED["pair"], *frame.terms.pressures, *frame.terms.restraints)))
    if not frame.bonds:
        del needed["bond"]
    if not any(sheet.threat for sheet in frame.scenario.sheet.values()):
        del needed["threat"]
    for of, names in needed.items():
        for name in names:
            _check(frame, tracks, of, name)


def _check(frame: Frame, tracks: Tracks, of: str, name: str) -> None:
    declared = tracks.declared.get(of, {}).get(name)
    if declared is None:
        if ("track", name) not in frame.problems.faulty:
            frame.problems.add(frame.spot, "WG401", f"no track {name} of a {of} is declared, and the rules need it")
        return
    spot = frame.library.things["track"][name].spot
    if name in DUAL and not declared.dual:
        frame.problems.add(spot, "WG401", "the rules need this track as seen and as true: dual = true")
    if name in SINGLE and declared.dual:
        frame.problems.add(spot.at("dual"), "WG401", "the rules need this track as one number, not as seen and as true")
    is_rating = name in HALF or name in frame.terms.pressures or name in frame.terms.restraints
    if is_rating and (not declared.half or (declared.low, declared.high) != (1, 5)):
        frame.problems.add(spot, "WG401", "a rating runs from 1 to 5 and moves in halves: half = true")
    if name == "permission" and not declared.words:
        frame.problems.add(spot, "WG401", "permission is a track of words")
