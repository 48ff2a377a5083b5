"""Compiling theories: weights in whole thousandths, and the constant that anchors the average crisis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from msgspec.structs import replace

from wargame.content.compile.frame import Frame, Terms
from wargame.content.library import Item
from wargame.content.problems import Spot, show
from wargame.content.schema_rules import Theory as TheoryTable
from wargame.rules.deterrence import anchored
from wargame.rules.theory import Adjustment, Theory

DEEPEST: Final = 20
"""Most theories that rest on each other."""


def terms_of(theories: Sequence[tuple[TheoryTable, Item]], first: str, on_sheets: Iterable[str]) -> Terms:
    """Collect the terms that any theory names; of slots beside the average crisis only those of threats ``on_sheets``.

    Without any theory every slot that stands on a sheet is one.
    """
    terms = Terms()
    by_id = {table.id: table for table, _ in theories}
    start = by_id.get(first)
    chain = [start] if start else []
    while chain and chain[-1].base in by_id and len(chain) <= len(by_id):
        chain.append(by_id[chain[-1].base])
    for table in [*reversed(chain), *by_id.values()]:
        for names, found in (
            (terms.pressures, table.pressure), (terms.restraints, table.restraint), (terms.slots, table.threats)
        ):  # fmt: skip
            names.extend(name for name in found if name not in names)
    terms.beside = list(dict.fromkeys(slot for table in by_id.values() for slot in table.beside))
    allowed = terms.beside if by_id else None
    for slot in dict.fromkeys(on_sheets):
        if slot not in terms.slots and (allowed is None or slot in allowed):
            terms.slots.append(slot)
    return terms


def exact(value: float) -> Fraction:
    """Return a number exactly as it was written."""
    return Fraction(repr(value))


def theories_of(frame: Frame, terms: Terms) -> tuple[Theory, ...]:
    """Compile every theory of the library, in the order of reading."""
    found = {table.id: (table, item) for table, item in frame.library.all("theory", TheoryTable)}
    compiled = []
    for table, item in found.values():
        chain = _chain(table, item, found, frame)
        if chain is not None:
            compiled.append(_theory(frame, terms, table, item.spot, chain))
            _check_named(frame, table, item.spot)
    return tuple(compiled)


def _check_named(frame: Frame, table: TheoryTable, spot: Spot) -> None:
    """Note hazards and packages that nobody has. What a bundle left out is not there to be looked for."""
    if frame.library.alone:
        return
    for key, what, names, known, kinds in (
        ("off", "hazard", table.off, frame.other.hazards, ("card", "measure", "ladder")),
        ("signature", "package of a staff estimate", table.signature, frame.other.packages, ("scenario",)),
    ):
        if any(kind in kinds for kind, _ in frame.problems.faulty):
            continue  # what could not be read may have it
        for place, name in enumerate(names):
            if name not in known:
                frame.problems.no_such(spot.at(key, place), what, name, sorted(known))


def _chain(
    table: TheoryTable, item: Item, found: Mapping[str, tuple[TheoryTable, Item]], frame: Frame
) -> list[tuple[TheoryTable, Item]] | None:
    """Return a theory and its bases, the outermost base first; None after noting a base that is not there."""
    chain = [(table, item)]
    while name := chain[0][0].base:
        base = found.get(name)
        if base is not None and len(chain) == DEEPEST and base not in chain:
            frame.problems.add(
                item.spot.at("base"), "WG402", f"rests on more than {DEEPEST} theories, each on the next"
            )
            return None
        if base is None or base in chain:
            if base is not None:
                frame.problems.add(item.spot.at("base"), "WG402", f"{show(name)} is based on itself")
            elif ("theory", name) not in frame.problems.faulty and len(chain) == 1:
                frame.problems.no_such(item.spot.at("base"), "theory", name, found)
            return None
        chain.insert(0, base)
    return chain


def _theory(
    frame: Frame, terms: Terms, table: TheoryTable, spot: Spot, items: list[tuple[TheoryTable, Item]]
) -> Theory:
    chain = [each for each, _ in items]
    anchor = next((each.anchor for each in reversed(chain) if each.anchor is not None), None)
    if anchor is None:
        frame.problems.add(spot, "WG102", "anchor is missing")
    named = [*terms.pressures, *terms.restraints, *terms.slots, *terms.beside, "nerve"]
    for name in table.times:
        if name not in named:
            frame.problems.no_such(spot.at("times", name), "term", name, named)

    def weigh(section: str, name: str) -> int:
        return _weight(frame, chain, section, name, spot)

    floors: dict[str, Fraction] = {}
    for each in chain:
        floors |= {slot: exact(floor) for slot, floor in each.floor.items()}
    for slot in table.floor:
        if slot not in terms.slots and slot not in terms.beside:
            frame.problems.no_such(spot.at("floor", slot), "slot of threat", slot, terms.slots)
    theory = Theory(
        id=table.id,
        name=table.name,
        believes=table.believes,
        signature=tuple(table.signature),
        anchor=anchor or 50,
        constant=0,
        pressure=tuple(weigh("pressure", name) for name in terms.pressures),
        nerve=weigh("nerve", "nerve"),
        restraint=tuple(weigh("restraint", name) for name in terms.restraints),
        threat=tuple(weigh("threats", name) for name in terms.slots),
        floor=tuple(_thousandths(frame, floors.get(slot, Fraction(0)), spot.at("floor", slot)) for slot in terms.slots),
        adjust=tuple(found for each, item in items for found in _adjustments(frame, terms, each, item.spot)),
        off=tuple(dict.fromkeys(test for each in chain for test in each.off)),
        beside=tuple(place for place, slot in enumerate(terms.slots) if slot in terms.beside),
    )
    return replace(theory, constant=anchored(theory))


def _weight(frame: Frame, chain: list[TheoryTable], section: str, name: str, spot: Spot) -> int:
    """Return a weight in thousandths: the nearest one written, times every ``times`` since."""
    weight = Fraction(0)
    for table in chain:
        written = table.nerve if section == "nerve" else getattr(table, section).get(name)
        if written is None and section == "threats":
            written = table.beside.get(name)
        if written is not None:
            weight = exact(written)
        if name in table.times:
            weight *= exact(table.times[name])
    own = chain[-1]
    where = (
        spot.at("times", name)
        if name in own.times
        else spot.at(*(("nerve",) if section == "nerve" else (section, name)))
    )
    return _thousandths(frame, weight, where)


def _thousandths(frame: Frame, weight: Fraction, spot: Spot) -> int:
    raw = weight * 1000
    if raw.denominator != 1:
        frame.problems.add(spot, "WG601", f"the weight comes out as {float(weight):g}, finer than a thousandth")
    return int(raw)


def _adjustments(frame: Frame, terms: Terms, table: TheoryTable, spot: Spot) -> Iterable[Adjustment]:
    for place, adjust in enumerate(table.adjust):
        where = spot.at("adjust", place)
        if adjust.threat in terms.beside and adjust.threat not in terms.slots:
            continue
        if adjust.threat not in terms.slots:
            frame.problems.no_such(where.at("threat"), "slot of threat", adjust.threat, terms.slots)
            continue
        yield Adjustment(
            terms.slots.index(adjust.threat), adjust.percent, rungs_in(frame, adjust.zones, adjust.rungs, where)
        )


def rungs_in(frame: Frame, zones: Sequence[str], rungs: Sequence[str], spot: Spot) -> tuple[int, ...]:
    """Return the numbers of rungs named one by one or by zone, rising."""
    found: set[int] = set()
    for place, name in enumerate(zones):
        zone = frame.remapped.zone.get(name, name)
        if zone in frame.zone_number:
            found.update(number for number, rung in enumerate(frame.ladder.rung) if rung.zone == zone)
        elif zone not in frame.other.zones:
            frame.problems.no_such(spot.at("zones", place), "zone", zone, frame.zone_number)
    for place, name in enumerate(rungs):
        number = frame.rung(spot.at("rungs", place), name)
        if number is not None:
            found.add(number)
    return tuple(sorted(found))
