"""What the rules themselves move, whatever content says: influence, face, quiet turns, attention; and what is inherited."""

from __future__ import annotations

from wargame.content.review.possible import Possible
from wargame.content.schema_scenario import Scenario
from wargame.rules.box import PATRON, Box
from wargame.rules.tracks import Track


def keep_books(possible: Possible) -> None:
    """Let the numbers that the rules keep move as they do, whatever content says."""
    box, book, turns = possible.box, possible.box.rulebook, possible.box.scenario.turns
    possible.widen("world.turn", range(turns + 1))
    for capital in box.capitals:
        purse = box.track[f"{capital.id}.influence"]
        possible.numbers.values[purse.ref] = 0
        possible.widen(purse.address, range(min(purse.high, book.save + capital.income) + 1))
        possible.shift(f"{capital.id}.face", -1)
        if any(step.capital == capital.id for step in box.steps):
            possible.shift(f"{capital.id}.nerve", -book.press_nerve)
    for dyad in box.dyads:
        possible.widen(f"{dyad.id}.quiet-turns", range(turns + 1))
    possible.shift("world.risk", -1)
    if any(landing.pauses for landing in box.ladder.landings):
        for pair in box.pairs:
            possible.shift(f"{pair.id}.assure", -book.break_faith_assure)
    for patron in (capital.id for capital in box.capitals if capital.role == PATRON):
        _attend(possible, patron)


def _attend(possible: Possible, patron: str) -> None:
    dyads = possible.box.local_dyads(patron)
    for dyad in dyads:
        for end in ("seen", "true"):
            possible.free(f"{patron}>{dyad.partner}.permission.{end}")
        if len(dyads) > 1:
            possible.free(f"{dyad.theatre}.priority")
            for name in ("neglect", "elsewhere"):
                possible.widen(f"{dyad.theatre}.{name}", range(possible.box.scenario.turns + 1))


def inherit(possible: Possible, scenario: Scenario) -> None:
    """Let numbers begin as an earlier exercise may have left them."""
    if scenario.inherit is None:
        return
    for address in scenario.inherit.carry:
        for track in _tracks(possible.box, address):
            possible.free(track.address)
    for case in scenario.inherit.case:
        for address, value in case.set.items():
            for track in _tracks(possible.box, address):
                given = value.get(track.address.rpartition(".")[2]) if isinstance(value, dict) else value
                _begin_at(possible, track, given)


def _begin_at(possible: Possible, track: Track, given: object) -> None:
    try:
        raw = track.raw(given)
    except ValueError:
        return
    if track.low <= raw <= track.high:
        possible.widen(track.address, (raw,))


def _tracks(box: Box, address: str) -> list[Track]:
    known = box.track
    return [known[each] for each in (address, f"{address}.seen", f"{address}.true") if each in known]
