"""Compiling rating sheets: where each rating is stored, how each threat is read, and what aiming at a rung adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wargame.content.compile.binder import Binder, can_never_hold
from wargame.content.compile.frame import Binding, Frame, Terms
from wargame.content.compile.theory import rungs_in
from wargame.content.compile.tracks import Tracks
from wargame.content.problems import Spot, show
from wargame.content.schema_rules import Shift as ShiftTable
from wargame.content.schema_scenario import Sheet
from wargame.content.schema_scenario import Threat as ThreatTable
from wargame.rules.box import Dyad, Pair, Shift, Threat, ThreatRefs
from wargame.rules.conditions import Conditions
from wargame.rules.deterrence import LINKS
from wargame.rules.ladder import Step
from wargame.rules.tracks import Ref


def ratings_of(sheet: Sheet) -> dict[str, object]:
    """Return the ratings of a sheet by track."""
    return dict(sheet.model_extra or {})


def start_of(frame: Frame, tracks: Tracks, terms: Terms) -> None:
    """Give sheets' tracks their values and note every rating that is missing, unknown or unjustified."""
    declared = tracks.declared.get("pair", {})
    for pair, sheet in frame.scenario.sheet.items():
        spot = frame.spot.at("sheet", pair)
        dyad = frame.dyad_of_pair.get(pair)
        if dyad is None:
            frame.problems.no_such(spot, "two capitals of one dyad in", pair, frame.dyad_of_pair)
            continue
        if sheet.dyad != dyad.id:
            frame.problems.add(spot.at("dyad"), "WG402", f"{pair} belongs to {dyad.id}")
        for name, value in ratings_of(sheet).items():
            if name not in declared:
                frame.problems.no_such(
                    spot.at(name), "key or track of a pair", name, [*declared, "dyad", "why", "threat", "at"]
                )
                continue
            tracks.set_start(f"{pair}.{name}", value, spot.at(name))
            if name not in sheet.why:
                frame.problems.add(spot.at(name), "WG401", f"no line in why justifies {name}")
        for name in sheet.why:
            if name not in ratings_of(sheet) and name != "nerve":
                frame.problems.no_such(
                    spot.at("why", name), "rating on this sheet:", name, [*ratings_of(sheet), "nerve"]
                )
        for name in (*terms.pressures, *terms.restraints):
            if name in declared and declared[name].start is None and name not in ratings_of(sheet):
                frame.problems.add(spot, "WG401", f"{name} is not rated")
        for place, threat in enumerate(sheet.threat):
            _start_of_threat(frame, tracks, pair, threat, spot.at("threat", place))


def _start_of_threat(frame: Frame, tracks: Tracks, pair: str, threat: ThreatTable, spot: Spot) -> None:
    if threat.owner not in frame.role:
        frame.problems.no_such(spot.at("owner"), "capital", threat.owner, frame.role)
    for link in (*LINKS, "survivability"):
        value = getattr(threat, link)
        if value is not None and not (link == "free" and isinstance(value, dict) and "from" in value):
            tracks.set_start(f"{pair}.{threat.id}.{link}", value, spot.at(link))


@dataclass
class Sheets:
    """Compiles the sheets of one scenario."""

    frame: Frame
    tracks: Tracks
    binder: Binder
    terms: Terms

    def pairs(self, steps: Sequence[Step]) -> tuple[Pair, ...]:
        """Compile every sheet, and note the pairs that can climb and have none."""
        climbers = {(step.capital, step.dyad) for step in steps}
        found = []
        for pair, dyad in self.frame.dyad_of_pair.items():
            sheet = self.frame.scenario.sheet.get(pair)
            holder = pair.partition(">")[0]
            if sheet is not None:
                found.append(self._pair(pair, dyad, sheet))
            elif (holder, dyad.id) in climbers:
                self.frame.problems.add(
                    self.frame.spot, "WG401", f"no sheet {show(pair)}: {holder} can climb in {dyad.id}"
                )
        return tuple(found)

    def _pair(self, pair: str, dyad: Dyad, sheet: Sheet) -> Pair:
        holder, target = pair.split(">")
        spot = self.frame.spot.at("sheet", pair)
        names = [threat.id for threat in sheet.threat]
        for place, name in enumerate(names):
            if name in names[:place]:
                self.frame.problems.add(spot.at("threat", place, "id"), "WG201", f"a threat {show(name)} stands before")
        threats = tuple(
            t for place, table in enumerate(sheet.threat) for t in self._threat(pair, table, spot.at("threat", place))
        )
        why = [(name, text) for name, text in sheet.why.items()] + [(t.id, t.why) for t in sheet.threat]
        return Pair(
            id=pair,
            holder=holder,
            target=target,
            dyad=dyad.id,
            pressure=tuple(self._term(pair, name, "seen", holder, spot) for name in self.terms.pressures),
            nerve=self._ref(f"{holder}.nerve", holder, spot),
            restraint=tuple(self._term(pair, name, "seen", holder, spot) for name in self.terms.restraints),
            true_restraint=tuple(self._term(pair, name, "true", "", spot) for name in self.terms.restraints),
            threats=threats,
            shifts=self._shifts(pair, dyad, sheet, spot),
            why=tuple(why),
        )

    def _term(self, pair: str, name: str, end: str, seat: str, spot: Spot) -> Ref:
        dual = f"{pair}.{name}.{end}"
        return self._ref(dual if dual in self.tracks.track else f"{pair}.{name}", seat, spot)

    def _ref(self, address: str, seat: str, spot: Spot) -> Ref:
        """Return where a rating is stored; it must be there, and a capital must see what its own estimate reads."""
        track = self.tracks.track.get(address)
        if track is None:
            self.frame.problems.add(spot, "WG401", f"there is no track {address}, and the check needs it")
            return (0, 0)
        if seat and not self.tracks.is_seen_by(address, seat):
            self.frame.problems.add(spot, "WG501", f"{seat} may not see {address}, which its own estimate reads")
        return track.ref

    def _threat(self, pair: str, table: ThreatTable, spot: Spot) -> Iterable[Threat]:
        if table.slot not in self.terms.slots:
            self.frame.problems.no_such(spot.at("slot"), "slot of threat", table.slot, self.terms.slots)
            return
        slot = self.terms.slots.index(table.slot)
        yield Threat(
            table.id, slot, table.owner, self._refs(pair, table, "seen", spot), self._refs(pair, table, "true", spot)
        )

    def _refs(self, pair: str, table: ThreatTable, end: str, spot: Spot) -> ThreatRefs:
        seat = pair.partition(">")[0] if end == "seen" else ""

        def at(link: str) -> Ref:
            return self._term(f"{pair}.{table.id}", link, end, seat, spot.at(link))

        free, more = (0, 0), 0
        words: tuple[int, ...] = ()
        if isinstance(table.free, dict) and "from" in table.free:
            free, words, more = self._freedom(table.free, end, seat, spot.at("free"))
        else:
            free = at("free")
        return ThreatRefs(
            capability=at("capability"),
            will=at("will"),
            free=free,
            clarity=at("clarity"),
            cost=at("cost"),
            capability_cap=at("survivability") if table.survivability is not None else None,
            will_cap=self._cap(table.will_cap, end, seat, spot.at("will_cap")) if table.will_cap else None,
            free_words=words,
            free_more=more,
        )

    def _cap(self, address: str, end: str, seat: str, spot: Spot) -> Ref | None:
        found = self.binder.find(address, Binding("a sheet"), spot)
        for each in found[:1]:
            return self._ref(f"{each.base}.{end}" if each.dual else each.base, seat, spot)
        return None

    def _freedom(self, free: Mapping[str, object], end: str, seat: str, spot: Spot) -> tuple[Ref, tuple[int, ...], int]:
        found = self.binder.find(str(free["from"]), Binding("a sheet"), spot.at("from"))
        if not found:
            return (0, 0), (2,), 0
        address = f"{found[0].base}.{end}" if found[0].dual else found[0].base
        track = self.tracks.track[address]
        given = free["words"]
        ratings = [float(str(rating)) for rating in given] if isinstance(given, list) else []
        if not track.words or len(ratings) != len(track.words):
            message = f"{len(ratings)} ratings for the {len(track.words)} words of {found[0].base}"
            self.frame.problems.add(spot.at("words"), "WG303", message)
        ref = self._ref(address, seat, spot)
        return ref, tuple(int(2 * rating) for rating in ratings), int(2 * float(str(free.get("more", 0))))

    def _shifts(self, pair: str, dyad: Dyad, sheet: Sheet, spot: Spot) -> tuple[tuple[Shift, ...], ...]:
        zones = {zone.id: zone for zone in self.frame.ladder.zone}
        ladder_spot = self.frame.ladder_item.spot
        rows = self._rows(sheet, spot)
        by_rung: list[list[Shift]] = []
        for place, rung in enumerate(self.frame.ladder.rung):
            if place in rows:
                added, where = sheet.at[rows[place]], spot.at("at", rows[place])
            elif rung.shift is not None:
                added, where = rung.shift, ladder_spot.at("rung", place, "shift")
            else:
                zone = zones.get(rung.zone)
                number = self.frame.zone_number.get(rung.zone, 0)
                added, where = (zone.shift if zone else {}), ladder_spot.at("zone", number, "shift")
            shift = self._shift(added, sheet, where, ())
            by_rung.append([shift] if shift else [])
        self._conditional(pair, dyad, sheet, by_rung)
        return tuple(tuple(shifts) for shifts in by_rung)

    def _rows(self, sheet: Sheet, spot: Spot) -> dict[int, str]:
        """Return which row of ``at`` is for which rung.

        On another ladder than the scenario's own, of several rows that came to one rung the lowest counts, and a rung that
        nothing was mapped to takes the row of the next one below it.
        """
        found: dict[int, str] = {}
        order = list(self.frame.remapped.rung)
        for name in sorted(sheet.at, key=lambda row: order.index(row) if row in order else len(order)):
            number = self.frame.rung(spot.at("at", name), name)
            if number is not None:
                found.setdefault(number, name)
        images = {self.frame.rung_number.get(name) for name in self.frame.remapped.rung.values()}
        row = ""
        for number in range(len(self.frame.ladder.rung) if images else 0):
            row = found.get(number, "" if number in images else row)
            if row:
                found[number] = row
        return found

    def _conditional(self, pair: str, dyad: Dyad, sheet: Sheet, by_rung: list[list[Shift]]) -> None:
        holder = pair.partition(">")[0]
        binding = self.frame.moving(holder, dyad, "a shift")
        for table, item in self.frame.library.all("shift", ShiftTable):
            if table.each and self.frame.role.get(holder) not in table.each:
                continue
            when = self.binder.conditions(table.when, binding, item.spot.at("when"), holder)
            shift = self._shift(table.add, sheet, item.spot.at("add"), when)
            rungs = rungs_in(self.frame, table.zones, table.rungs, item.spot)
            if shift is None or can_never_hold(when):
                continue
            for number in rungs:
                by_rung[number].append(shift)

    def _shift(self, added: Mapping[str, float], sheet: Sheet, spot: Spot, when: Conditions) -> Shift | None:
        """Compile ``{ denial = -2, cost = -3 }``; None if it adds nothing."""
        pressure = [0] * len(self.terms.pressures)
        restraint = [0] * len(self.terms.restraints)
        links = [[0] * len(LINKS) for _ in sheet.threat]
        nerve = 0
        for name, points in added.items():
            raw = int(2 * points)
            if name in self.terms.pressures:
                pressure[self.terms.pressures.index(name)] += raw
            elif name in self.terms.restraints:
                restraint[self.terms.restraints.index(name)] += raw
            elif name == "nerve":
                nerve += raw
            else:
                for place, link in self._links(name, sheet, spot):
                    links[place][link] += raw
        if not (any(pressure) or any(restraint) or nerve or any(map(any, links))):
            return None
        return Shift(tuple(pressure), nerve, tuple(restraint), tuple(map(tuple, links)), when)

    def _links(self, name: str, sheet: Sheet, spot: Spot) -> Iterable[tuple[int, int]]:
        """Yield threat and link, by place, that a shift names: ``cost`` is every threat's, ``own.cost`` one's."""
        threat, _, link = name.rpartition(".")
        if link not in LINKS:
            named = [*self.terms.pressures, *self.terms.restraints, "nerve", *LINKS]
            self.frame.problems.no_such(spot.at(name), "rating", name, named)
            return
        slots = [*self.terms.slots, *self.terms.beside]
        if threat and threat not in slots and threat not in self.frame.other.threats:
            self.frame.problems.no_such(spot.at(name), "threat", threat, [*slots, *self.frame.other.threats])
        by_id = [place for place, each in enumerate(sheet.threat) if each.id == threat]
        by_slot = [place for place, each in enumerate(sheet.threat) if each.slot == threat]
        for place in (by_id or by_slot) if threat else range(len(sheet.threat)):
            yield place, LINKS.index(link)
