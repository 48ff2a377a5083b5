"""``[scenario.inherit]``: what a scenario takes over from the end of an earlier exercise of another one."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Final, NamedTuple

from wargame.content.problems import Problems, Spot, show
from wargame.content.schema_scenario import Inheritance, Scenario
from wargame.content.sentences import Unreadable, condition
from wargame.rules.box import Box
from wargame.rules.tracks import Track, Values

COMPARE: Final = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge
}  # fmt: skip


class Ending(NamedTuple):
    """How an earlier exercise ended: the box it was played with and where every number stood."""

    box: Box
    values: Values


class Legacy(NamedTuple):
    """What is taken over: starting values by address with the place that says so, and what is told about it."""

    start: tuple[tuple[str, object, Spot], ...]
    told: tuple[str, ...]


def legacy_of(scenario: Scenario, spot: Spot, before: Ending) -> Legacy:
    """Return what a scenario takes over. Addresses that the earlier exercise did not have are left out."""
    table = scenario.inherit
    if table is None:
        return Legacy((), ())
    spot = spot.at("inherit")
    start: list[tuple[str, object, Spot]] = []
    for place, address in enumerate(table.carry):
        values = _shown(before, address)
        if values is not None:
            start.append((address, values, spot.at("carry", place)))
    told = []
    for place, case in enumerate(table.case):
        if all(_holds(before, each if isinstance(each, list) else [each]) for each in case.when):
            told.append(case.text)
            start.extend(
                (address, value, spot.at("case", place, "set", address)) for address, value in case.set.items()
            )
    return Legacy(tuple(start), tuple(told))


def possible(scenario: Scenario, spot: Spot) -> list[tuple[str, object, Spot]]:
    """Return every starting value that any case could set, with its place."""
    cases = enumerate(scenario.inherit.case if scenario.inherit else [])
    spot = spot.at("inherit")
    return [
        (address, value, spot.at("case", place, "set", address))
        for place, case in cases
        for address, value in case.set.items()
    ]


def check_inheritance(table: Inheritance, earlier: Box, spot: Spot, problems: Problems) -> None:
    """Note what ``carry`` and the cases ask of the earlier scenario and is not there."""
    spot = spot.at("inherit")
    for place, address in enumerate(table.carry):
        if not _tracks(earlier, address):
            problems.no_such(spot.at("carry", place), f"track of {earlier.scenario.id}", address, earlier.track)
    for place, case in enumerate(table.case):
        for number, each in enumerate(case.when):
            for inner, text in enumerate(each if isinstance(each, list) else [each]):
                where = spot.at("case", place, "when", number, *([inner] if isinstance(each, list) else []))
                _check_sentence(str(text), earlier, where, problems)


def _check_sentence(text: str, earlier: Box, spot: Spot, problems: Problems) -> None:
    try:
        read = condition(text)
    except Unreadable as error:
        problems.add(spot, "WG302", str(error))
        return
    tracks = _tracks(earlier, read.address)
    if not tracks:
        problems.no_such(spot, f"track of {earlier.scenario.id}", read.address, earlier.track)
    elif _raw(tracks[-1], read.value) is None:
        allowed = f"one of {', '.join(tracks[-1].words)}" if tracks[-1].words else "a number"
        problems.add(spot, "WG303", f"{show(read.value)} does not fit {read.address}: it is {allowed}")


def _tracks(box: Box, address: str) -> list[Track]:
    """Return the tracks an address stands for, what is seen before what is true."""
    return [box.track[a] for a in (address, f"{address}.seen", f"{address}.true") if a in box.track]


def _shown(before: Ending, address: str) -> object:
    """Return an end value as a scenario's start would write it; None where there is no such track."""
    tracks = _tracks(before.box, address)
    values = [track.shown(before.values[track.block][track.place]) for track in tracks]
    if not values:
        return None
    return values[0] if len(values) == 1 else {"seen": values[0], "true": values[1]}


def _holds(before: Ending, any_of: Sequence[object]) -> bool:
    return any(_is_so(before, str(text)) for text in any_of)


def _is_so(before: Ending, text: str) -> bool:
    try:
        read = condition(text)
    except Unreadable:
        return False
    tracks = _tracks(before.box, read.address)
    wanted = _raw(tracks[-1], read.value) if tracks else None
    if wanted is None:
        return False
    track = tracks[-1]
    return bool(COMPARE[read.operator](before.values[track.block][track.place], wanted))


def _raw(track: Track, value: int | str) -> int | None:
    """Return half points or a word as a track's raw number; None where it does not fit."""
    if track.words:
        return track.words.index(value) if isinstance(value, str) and value in track.words else None
    if isinstance(value, str):
        return None
    return value if track.half else value // 2
