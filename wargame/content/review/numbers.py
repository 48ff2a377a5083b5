"""What a set of conditions can mean: every number as the set of values it may take, kept as the bits of a whole number.

Bit ``n`` of a number's set stands for its lowest value plus ``n``. A question is answered generously: what is called
impossible here is impossible, what is called possible may still never come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from wargame.rules.box import Box
from wargame.rules.conditions import OPERATORS, Atom, Clause, Conditions
from wargame.rules.tracks import Ref, Track

Sets = dict[Ref, int]

_OPPOSITE: Final = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", "<=": ">", ">": "<="}
_PATIENCE: Final = 2000
"""Ways to fulfil lists of alternatives that are tried; beyond that they are taken to be possible."""


def negated(clause: Clause) -> Conditions:
    """Return the conditions under which a clause does not hold."""
    return tuple(
        Clause("", ((block, place, OPERATORS.index(_OPPOSITE[OPERATORS[operator]]), value),))
        for block, place, operator, value in clause.atoms
    )


def everything(track: Track) -> int:
    """Return the set of all values of a track."""
    return (1 << (track.high - track.low + 1)) - 1


class Numbers:
    """Questions to conditions, given what each number may be. ``values`` may grow; nothing is remembered of it."""

    def __init__(self, box: Box, values: Sets | None = None) -> None:
        self.box = box
        self.low = {track.ref: track.low for track in box.tracks}
        self.full: Sets = {track.ref: everything(track) for track in box.tracks}
        self.values = dict(self.full) if values is None else values
        self._asked: dict[Atom, int] = {}
        orders, highest = list(_orders(box)), list(_highest(box))
        self._related = list(dict.fromkeys(ref for pair in orders for ref in pair))
        place = {ref: number for number, ref in enumerate(self._related)}
        self._orders = [(place[lower], place[higher]) for lower, higher in orders]
        self._highest = [(place[top], [place[each] for each in members]) for top, members in highest]
        self._ordered: dict[tuple[int, ...], bool] = {}

    def allowed(self, atom: Atom) -> int:
        """Return the values for which an atom holds."""
        found = self._asked.get(atom)
        if found is None:
            found = self._asked[atom] = self._allowed(atom)
        return found

    def _allowed(self, atom: Atom) -> int:
        block, place, operator, value = atom
        full, bit = self.full[block, place], value - self.low[block, place]
        exactly = (1 << bit) & full if bit >= 0 else 0
        below = full if bit >= full.bit_length() else (1 << max(0, bit)) - 1
        return {
            "=": exactly,
            "!=": full ^ exactly,
            "<": below,
            "<=": below | exactly,
            ">": full & ~(below | exactly),
            ">=": full & ~below,
        }[OPERATORS[operator]]

    def can_hold(self, *conditions: Conditions, given: Mapping[Ref, int] | None = None) -> bool:
        """Whether all these conditions could hold at once, with numbers in ``given`` narrowed further."""
        return self._can_hold(self.values, conditions, given)

    def is_consistent(self, conditions: Conditions) -> bool:
        """Whether conditions do not exclude each other, whatever the values. What asks for nothing that is here counts so."""
        return any(not clause.atoms for clause in conditions) or self._can_hold(self.full, (conditions,), None)

    def always_hold(self, conditions: Conditions) -> bool:
        """Whether conditions hold whatever comes."""
        return all(clause.atoms and not self.can_hold(negated(clause)) for clause in conditions)

    def implies(self, first: Conditions, second: Conditions) -> bool:
        """Whether the second conditions hold whenever the first ones do."""
        return all(clause.atoms and not self.can_hold(first, negated(clause)) for clause in second)

    def _can_hold(self, values: Sets, conditions: Iterable[Conditions], given: Mapping[Ref, int] | None) -> bool:
        need: Sets = {}
        for ref, allowed in (given or {}).items():
            need[ref] = values[ref] & allowed
            if not need[ref]:
                return False
        open_: list[tuple[Atom, ...]] = []
        for part in conditions:
            for clause in part:
                if len(clause.atoms) != 1:
                    open_.append(clause.atoms)
                    continue
                atom = clause.atoms[0]
                ref = atom[0], atom[1]
                left = need.get(ref, values[ref]) & self.allowed(atom)
                if not left:
                    return False
                need[ref] = left
        return self._choose(values, need, open_, [_PATIENCE])

    def _choose(self, values: Sets, need: Sets, open_: list[tuple[Atom, ...]], patience: list[int]) -> bool:
        if not open_:
            return self._are_in_order(values, need)
        for atom in open_[0]:
            patience[0] -= 1
            if patience[0] < 0:
                return True
            ref = atom[0], atom[1]
            left = need.get(ref, values[ref]) & self.allowed(atom)
            if left and self._choose(values, need | {ref: left}, open_[1:], patience):
                return True
        return False

    def _are_in_order(self, values: Sets, need: Sets) -> bool:
        """Whether rungs can be so: a theatre stands where its highest dyad does, and no peak lies below its rung."""
        asked = [(place, need[ref]) for place, ref in enumerate(self._related) if ref in need]
        if len(asked) < 2:
            return True  # by itself a number was let grow only as far as the others allow
        now = [values[ref] for ref in self._related]
        for place, allowed in asked:
            now[place] = allowed
        key = tuple(now)
        if key not in self._ordered:
            self._ordered[key] = self._settle(now)
        return self._ordered[key]

    def _settle(self, now: list[int]) -> bool:
        """Narrow the rungs by each other until nothing changes; False if one of them is left without any."""
        before: list[int] = []
        while now != before:
            before = now.copy()
            for lower, higher in self._orders:
                now[higher] &= -(now[lower] & -now[lower])
                now[lower] &= (1 << now[higher].bit_length()) - 1
                if not now[lower]:
                    return False
            for top, members in self._highest:
                now[top] &= (1 << max([now[member].bit_length() for member in members])) - 1
                if not now[top]:
                    return False
        return True


def _orders(box: Box) -> Iterable[tuple[Ref, Ref]]:
    """Yield pairs of rungs and peaks of which the first is never above the second."""
    inner = [(dyad.id, dyad.theatre) for dyad in box.dyads] + [(theatre.id, "world") for theatre in box.theatres]
    for subject, outer in inner:
        if f"{outer}.rung" in box.track:
            yield box.ref(f"{subject}.rung"), box.ref(f"{outer}.rung")
            yield box.ref(f"{subject}.peak"), box.ref(f"{outer}.peak")
    for subject in (*(dyad.id for dyad in box.dyads), *(theatre.id for theatre in box.theatres), "world"):
        yield box.ref(f"{subject}.rung"), box.ref(f"{subject}.peak")


def _highest(box: Box) -> Iterable[tuple[Ref, tuple[Ref, ...]]]:
    """Yield the rung of each theatre and of the world with the rungs of which it is the highest."""
    for theatre in box.theatres:
        if theatre.dyads:
            yield box.ref(f"{theatre.id}.rung"), tuple(box.ref(f"{dyad}.rung") for dyad in theatre.dyads)
    yield box.ref("world.rung"), tuple(box.ref(f"{dyad.id}.rung") for dyad in box.dyads)
