"""The line: choosing the rung a declaration or a reply waits for, the near ones first."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.cli.desk import Desk

_NEAR = 6
"""Rungs listed at once, beside those that are watched; the rest is listed when it is asked for."""


def ask_rung(desk: Desk, title: str, above: Sequence[int], watched: Sequence[int]) -> int:
    """Ask for one of the rungs ``above``, by number and from the lowest; the highest that is watched is suggested."""
    page, rungs = desk.page, desk.box.ladder.rungs
    likely = [number for number in watched if number in above]
    suggested = max(likely, default=above[0])
    near = [number for number in above if number in likely or number < above[0] + _NEAR]
    options = [rungs[number].name for number in near]
    if len(near) + 1 < len(above):
        options.append("a rung further up")
    else:
        near = list(above)
        options = [rungs[number].name for number in near]
    page.reserve(len(options) + 3)
    page.text(title)
    place = desk.asker.choose(options, "The line", near.index(suggested) + 1)
    if place < len(near):
        return near[place]
    rest = [number for number in above if number not in near]
    page.reserve(len(rest) + 3)
    page.text(title)
    return rest[desk.asker.choose([rungs[number].name for number in rest], "The line")]
