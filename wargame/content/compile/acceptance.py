"""Compiling ``[[scenario.accept]]``: what a scenario's author says must come out of it, and the program can try."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from wargame.content.compile.binder import Binder
from wargame.content.compile.frame import Binding, Frame
from wargame.content.problems import Spot, show
from wargame.content.schema_scenario import Acceptance as AcceptanceTable
from wargame.content.sentences import Unreadable, stance
from wargame.rules.box import Pair
from wargame.rules.conditions import Conditions


class Asked(Struct, frozen=True):
    """A claim on the staff estimate: the step to ``rung`` on a sheet, under a theory, as it starts or with a package."""

    pair: str
    rung: int
    theory: str
    package: str


class Played(Struct, frozen=True):
    """A claim on games played by doctrines: how many of them end so, or with all these conditions met."""

    games: int
    theory: str
    doctrines: tuple[tuple[str, str], ...]
    ending: str
    holds: Conditions


class Acceptance(Struct, frozen=True):
    """One claim: a percentage from ``low`` to ``high``, both included."""

    text: str
    low: int
    high: int
    claim: Asked | Played


def acceptances_of(frame: Frame, binder: Binder, pairs: Iterable[Pair]) -> tuple[Acceptance, ...]:
    """Compile the list, noting what it names and is not there."""
    sheets = {pair.id for pair in pairs}
    found = []
    for place, table in enumerate(frame.scenario.accept):
        spot = frame.spot.at("accept", place)
        low, high = table.percent
        if low > high:
            frame.problems.add(spot.at("percent"), "WG104", f"{low} is more than {high}: write the lower one first")
        theories = frame.library.things["theory"]
        if table.theory and table.theory not in theories:
            frame.problems.no_such(spot.at("theory"), "theory", table.theory, theories)
        claim = _asked(frame, table, sheets, spot) if table.challenge else _played(frame, binder, table, spot)
        if claim is not None:
            found.append(Acceptance(table.text, low, high, claim))
    return tuple(found)


def _asked(frame: Frame, table: AcceptanceTable, sheets: set[str], spot: Spot) -> Asked | None:
    if table.ending or table.holds or table.doctrines:
        frame.problems.add(spot, "WG101", "an estimate is not played: ending, holds and doctrines belong to games")
    try:
        pair, name = stance(table.challenge)
    except Unreadable as error:
        frame.problems.add(spot.at("challenge"), "WG302", f"{error}: a sheet and a rung")
        return None
    packages = [package.id for package in frame.scenario.estimate.package] if frame.scenario.estimate else []
    if table.package and table.package not in packages:
        frame.problems.no_such(spot.at("package"), "package of the estimate", table.package, packages)
    rung = frame.rung(spot.at("challenge"), name)
    if pair not in sheets:
        frame.problems.no_such(spot.at("challenge"), "sheet", pair, sheets)
    if rung is None or pair not in sheets:
        return None
    return Asked(pair, rung, table.theory or frame.scenario.theory, table.package)


def _played(frame: Frame, binder: Binder, table: AcceptanceTable, spot: Spot) -> Played | None:
    if bool(table.ending) == bool(table.holds) or table.package:
        frame.problems.add(
            spot, "WG102", "say what is asked: a challenge (perhaps with a package), an ending, or what holds"
        )
        return None
    endings = [ending.id for ending in frame.scenario.ending]
    if table.ending and table.ending not in endings:
        frame.problems.no_such(spot.at("ending"), "ending", table.ending, endings)
    seats = {capital.id: capital.doctrines for capital in frame.scenario.capital}
    for capital, doctrine in table.doctrines.items():
        if capital not in seats:
            frame.problems.no_such(spot.at("doctrines", capital), "capital", capital, seats)
        elif doctrine not in seats[capital]:
            what = f"doctrine of {show(capital)[1:-1]}"
            frame.problems.no_such(spot.at("doctrines", capital), what, doctrine, seats[capital])
    holds = binder.conditions(table.holds, Binding("an acceptance"), spot.at("holds"))
    theory = table.theory or frame.scenario.theory
    return Played(table.games, theory, tuple(table.doctrines.items()), table.ending, holds)
