"""From sentences to the rules' own conditions, effects and tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wargame.content.compile.addresses import Addresses
from wargame.content.compile.frame import Binding
from wargame.content.problems import Spot, nearest_name, show
from wargame.content.schema_rules import Hazard
from wargame.content.sentences import Sentence, Unreadable, condition, effect
from wargame.rules.conditions import OPERATORS, Atom, Clause, Conditions
from wargame.rules.effects import Effect, Effects
from wargame.rules.ladder import Test
from wargame.rules.tracks import Track


def can_never_hold(conditions: Conditions) -> bool:
    """Whether a condition asks only for things that are not in this exercise."""
    return any(not clause.atoms for clause in conditions)


@dataclass
class Binder(Addresses):
    """Compiles sentences against the tracks of one exercise."""

    def conditions(self, given: list[object], binding: Binding, spot: Spot, seat: str = "") -> Conditions:
        """Compile conditions. With ``seat``, reading what that capital may not see is a fault."""
        clauses = []
        for place, each in enumerate(given):
            any_of = each if isinstance(each, list) else [each]
            atoms: list[Atom] = []
            texts: list[str] = []
            for number, text in enumerate(any_of):
                where = spot.at(place, number) if isinstance(each, list) else spot.at(place)
                shown, found = self._atoms(str(text), binding, where, seat)
                texts.append(shown)
                atoms.extend(found)
            clauses.append(Clause(" or ".join(texts), tuple(atoms)))
        return tuple(clauses)

    def _atoms(self, text: str, binding: Binding, spot: Spot, seat: str) -> tuple[str, list[Atom]]:
        """Return a condition as a player may read it, its words replaced by names where they stand for one, and its atoms."""
        try:
            read = condition(text)
        except Unreadable as error:
            self.frame.problems.add(spot, "WG302", str(error))
            return text, []
        atoms: list[Atom] = []
        tracks = self.find(read.address, binding, spot)
        for found in tracks:
            track = self.tracks.track[found.read]
            if seat and not self.tracks.is_seen_by(found.read, seat):
                self.frame.problems.add(spot, "WG501", f"{seat} may not see {found.read}")
            value = self.value(track, read.value, spot)
            if value is not None:
                atoms.append((track.block, track.place, OPERATORS.index(read.operator), value))
        if len(tracks) != 1:
            return read.text, atoms
        name = f"{tracks[0].base}.{tracks[0].end}" if tracks[0].end else tracks[0].base
        return name + read.text[len(read.address) :], atoms

    def value(self, track: Track, value: int | str, spot: Spot) -> int | None:
        """Return a value of a condition, half points or a word, as the track's raw number; None after noting a fault."""
        if track.words:
            is_rung = track.words == tuple(self.frame.rung_number)
            if is_rung and isinstance(value, str):
                value = self.frame.rung_here(spot, value)
            if value in track.words:
                return track.words.index(str(value))
            if is_rung:
                if value not in self.frame.other.rungs:
                    self.frame.problems.no_such(spot, "rung", str(value), track.words)
            else:
                shown = str(value) if isinstance(value, str) else show(value / 2)
                hint = nearest_name(shown, track.words)
                self.frame.problems.add(spot, "WG303", f"{shown} is not one of {', '.join(track.words)}", hint)
            return None
        return self._number(track, value, spot, absolute=True)

    def _number(self, track: Track, value: int | str, spot: Spot, absolute: bool) -> int | None:
        """Return half points as a raw number of a track; ``absolute`` values must lie within its range."""
        if isinstance(value, str):
            self.frame.problems.add(spot, "WG303", f"{show(value)} is no number, and {track.address} has no words")
            return None
        if not track.half and value % 2:
            self.frame.problems.add(spot, "WG303", f"{track.address} moves in whole points, not by {show(value / 2)}")
            return None
        raw = value if track.half else value // 2
        if absolute and not track.low <= raw <= track.high:
            low, high = track.shown(track.low), track.shown(track.high)
            self.frame.problems.add(
                spot, "WG303", f"{track.address} runs from {low} to {high}; {show(value / 2)} lies outside"
            )
            return None
        return raw

    def effects(self, given: list[str], binding: Binding, spot: Spot) -> Effects:
        """Compile effects, in order; addresses that come out as nothing are left out."""
        found: list[Effect] = []
        for place, text in enumerate(given):
            found.extend(self._effect(text, binding, spot.at(place)))
        return tuple(found)

    def _effect(self, text: str, binding: Binding, spot: Spot) -> Iterable[Effect]:
        try:
            read = effect(text)
        except Unreadable as error:
            self.frame.problems.add(spot, "WG302", str(error))
            return
        for found in self.find(read.address, binding, spot):
            if found.base in self.tracks.read_only:
                self.frame.problems.add(spot, "WG304", f"{found.base} follows from play; no effect moves it")
                return
            if read.op == "~" and (not found.dual or found.end == "true"):
                self.frame.problems.add(spot, "WG302", f"~ moves what is seen of a dual track, not {read.address}")
                return
            for address in (f"{found.base}.seen",) if read.op == "~" else found.moved:
                track = self.tracks.track[address]
                amount = self._amount(track, read, spot)
                if amount is None:
                    return
                toward = self.tracks.track[f"{found.base}.true"].ref if read.op == "~" else None
                yield Effect(
                    address, track.block, track.place, read.op, amount, track.low, track.high, read.lasting, toward
                )  # fmt: skip

    def _amount(self, track: Track, read: Sentence, spot: Spot) -> int | None:
        if read.op == "=":
            return self.value(track, read.amount, spot)
        step = self._number(track, read.amount, spot, absolute=False)
        if step is not None and read.op in "+-" and step > track.high - track.low:
            low, high = track.shown(track.low), track.shown(track.high)
            message = (
                f"{track.address} runs from {low} to {high}; a step of {show(track.shown(step))} is longer than that"
            )
            self.frame.problems.add(spot, "WG303", message)
            return None
        return step

    def tests(self, given: list[Hazard], binding: Binding, spot: Spot, moves: bool = False) -> tuple[Test, ...]:
        """Compile hazards. Only where a dyad ``moves``, on an edge, can one drag it along."""
        found = []
        for place, hazard in enumerate(given):
            where = spot.at(place)
            drags = -1
            if hazard.drags and not moves:
                message = f"only the test of an edge drags a dyad along, not that of {binding.what}"
                self.frame.problems.add(where.at("drags"), "WG305", message)
            elif hazard.drags:
                rung = self.frame.rung(where.at("drags"), hazard.drags)
                drags = -1 if rung is None else rung
            per: list[tuple[int, int, int]] = []
            for address, points in hazard.per.items():
                per.extend(self._per(address, points, binding, where.at("per", address)))
            fail = self.effects(hazard.fail, binding, where.at("fail"))
            found.append(Test(hazard.id, hazard.percent, hazard.text, fail, tuple(per), drags))
        return tuple(found)

    def _per(self, address: str, points: int, binding: Binding, spot: Spot) -> Iterable[tuple[int, int, int]]:
        for found in self.find(address, binding, spot):
            track = self.tracks.track[found.read]
            if track.half and points % 2:
                self.frame.problems.add(
                    spot, "WG303", f"{points} percent a point does not come out whole for half a point"
                )
                return
            yield track.block, track.place, points // 2 if track.half else points
