"""What a capital is scored by, as the scenario states it."""

from __future__ import annotations

from msgspec import Struct

from wargame.export import words
from wargame.kit.wording import called, needs
from wargame.rules.box import Box, Objective


class Aim(Struct, frozen=True):
    """An objective: its points of 100 and, in words, what part of them is had when."""

    points: int
    text: str
    cases: tuple[tuple[str, str], ...]


def aims(box: Box, capital: str) -> tuple[Aim, ...]:
    """Return a capital's objectives, as the scenario states them."""
    return tuple(
        Aim(each.points, words.sentence(each.text), _cases(box, each))
        for each in box.objectives
        if each.capital == capital
    )


def _cases(box: Box, objective: Objective) -> tuple[tuple[str, str], ...]:
    if objective.track is not None:
        track = next(each for each in box.tracks if each.ref == objective.track)
        subject, name = words.track_name(track.address)
        worst, best = (words.value(box, track.address, raw) for raw in (objective.worst, objective.best))
        return (
            ("In part", f"{words.subject(box, subject)}: {called(name)}, from {worst} (nothing) to {best} (all of it)"),
        )
    return tuple((f"{share.percent}%", needs(box, share.when) or "otherwise") for share in objective.shares)
