"""``[scenario.inherit]``: what a scenario takes over from the end of an earlier exercise of another one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from wargame.content.compile.binder import Binder
from wargame.content.compile.tracks import Tracks
from wargame.content.problems import Problems, Spot, show
from wargame.content.schema_scenario import Scenario
from wargame.content.sentences import Unreadable, condition
from wargame.rules.box import Box
from wargame.rules.conditions import OPERATORS, Atom, Clause, Conditions, holds
from wargame.rules.tracks import Track, Values


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
        tracks = _tracks(before.box.track, address)
        if tracks:
            ends = _shown(tracks, [before.values[track.block][track.place] for track in tracks])
            start.append((address, ends, spot.at("carry", place)))
    told = []
    for place, case in enumerate(table.case):
        where = spot.at("case", place)
        # what a case asks for and that exercise had not does not hold: whether it ever could is for a check to say
        if holds(_conditions(case.when, before.box, where.at("when"), Problems()), before.values):
            told.append(case.text)
            start.extend((address, value, where.at("set", address)) for address, value in case.set.items())
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


def check_inheritance(here: Binder, earlier: Box | None) -> None:
    """Note what a compiled scenario's ``carry`` and cases ask for and is not there, here or in the earlier scenario.

    Where the earlier one is not to be had, only what can be seen without it.
    """
    table, problems = here.frame.scenario.inherit, here.frame.problems
    if table is None:
        return
    spot = here.frame.spot.at("inherit")
    for place, address in enumerate(table.carry):
        _check_carried(address, here.tracks, earlier, spot.at("carry", place))
    for place, case in enumerate(table.case):
        _conditions(case.when, earlier, spot.at("case", place, "when"), problems)


def _check_carried(address: str, here: Tracks, earlier: Box | None, spot: Spot) -> None:
    problems, is_here = here.frame.problems, bool(_tracks(here.track, address))
    before = _tracks(earlier.track, address) if earlier else []
    if earlier and not before:
        problems.no_such(spot, f"track of {earlier.scenario.id}", address, earlier.track)
    if not is_here:
        problems.no_such(spot, f"track of {here.frame.scenario.id}", address, here.track)
    elif address in here.read_only:
        problems.add(spot, "WG304", f"{address} follows from play; it has no start")
    elif before:
        first = before[0]
        for raw in range(first.low, first.high + 1) if first.words else (first.low, first.high):
            here.set_start(address, _shown(before, [raw] * len(before)), spot, trial=True)


def _conditions(given: Sequence[object], box: Box | None, spot: Spot, problems: Problems) -> Conditions:
    """Return conditions as they are read at an end, on the tracks of its box; without one they are only read.

    What does not fit is noted, and never holds.
    """
    clauses = []
    for place, each in enumerate(given):
        where = spot.at(place)
        texts = [(str(text), where.at(n)) for n, text in enumerate(each)] if isinstance(each, list) else [
            (str(each), where)]  # fmt: skip
        atoms = tuple(atom for text, inner in texts for atom in _atoms(text, box, inner, problems))
        clauses.append(Clause(" or ".join(text for text, _ in texts), atoms))
    return tuple(clauses)


def _atoms(text: str, box: Box | None, spot: Spot, problems: Problems) -> Iterable[Atom]:
    try:
        read = condition(text)
    except Unreadable as error:
        problems.add(spot, "WG302", str(error))
        return
    if box is None:
        return
    tracks = _tracks(box.track, read.address)
    if not tracks:
        problems.no_such(spot, f"track of {box.scenario.id}", read.address, box.track)
        return
    track = tracks[-1]
    raw = _raw(track, read.value)
    if raw is None:
        shown = show(read.value if isinstance(read.value, str) else read.value / 2)
        problems.add(spot, "WG303", f"{shown} does not fit {read.address}: it is {_range(track)}")
        return
    yield track.block, track.place, OPERATORS.index(read.operator), raw


def _tracks(there: Mapping[str, Track], address: str) -> list[Track]:
    """Return the tracks an address stands for, what is seen before what is true."""
    return [there[a] for a in (address, f"{address}.seen", f"{address}.true") if a in there]


def _shown(tracks: Sequence[Track], raws: Sequence[int]) -> object:
    """Return where the tracks of an address stand as a scenario's start would write it."""
    values = [track.shown(raw) for track, raw in zip(tracks, raws, strict=True)]
    return values[0] if len(values) == 1 else {"seen": values[0], "true": values[1]}


def _raw(track: Track, value: int | str) -> int | None:
    """Return half points or a word as a track's raw number; None where it does not fit."""
    if track.words:
        return track.words.index(value) if isinstance(value, str) and value in track.words else None
    if isinstance(value, str) or (value % 2 and not track.half):
        return None
    raw = value if track.half else value // 2
    return raw if track.low <= raw <= track.high else None


def _range(track: Track) -> str:
    """Say what values a track takes."""
    if track.words:
        return f"one of {', '.join(track.words)}"
    return f"a {'' if track.half else 'whole '}number from {track.shown(track.low)} to {track.shown(track.high)}"
