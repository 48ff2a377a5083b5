"""The fixed facts of one scenario: who sits where, who faces whom, and what the words of the content language stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from wargame.content.library import Item, Library
from wargame.content.problems import Problems, Spot, TooMuch, show
from wargame.content.schema import Card, Measure
from wargame.content.schema_rules import ROLES, Ladder, Track
from wargame.content.schema_scenario import Scenario
from wargame.content.sentences import Unreadable, stance
from wargame.rules.box import CHALLENGER, PARTNER, PATRON, Capital, Dyad, Hold, Theatre

CAPITAL_WORDS = ("self", "target", "challenger", "partner", "patron")
WORDS = (*CAPITAL_WORDS, "dyad", "theatre", "elsewhere", "pair")


MOST_BOUND: Final = 30_000
"""Most sentences, steps and orders of one scenario, counted for each capital and quarrel they are bound to."""


@dataclass(frozen=True, eq=False)
class Binding:
    """What the words mean in one place. A word with no ids stands for nothing; one that is absent may not be used.

    ``what`` names the place in messages (``a card``).
    """

    what: str
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass
class Terms:
    """Names of a sheet's terms in printed order, collected over all theories, the scenario's own first."""

    pressures: list[str] = field(default_factory=list)
    restraints: list[str] = field(default_factory=list)
    slots: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    """Slots that theories keep beside the average crisis, whether a sheet has a threat in them or not."""


@dataclass(frozen=True)
class Remap:
    """Names of one ladder as another one has them; a name that is not here is the same on both."""

    rung: dict[str, str] = field(default_factory=dict)
    zone: dict[str, str] = field(default_factory=dict)
    landing: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Elsewhere:
    """Names that belong to other scenarios and ladders of the library: no fault, but nothing here."""

    capitals: frozenset[str]
    dyads: frozenset[str]
    theatres: frozenset[str]
    rungs: frozenset[str]
    zones: frozenset[str]
    landings: frozenset[str]
    pairs: frozenset[str]
    """Sheets and bonds that follow from the dyads of other scenarios."""

    threats: frozenset[str]
    tracks: frozenset[tuple[str, str]] = frozenset()
    """What each track belongs to, with its name."""

    measures: frozenset[str] = frozenset()
    hazards: frozenset[str] = frozenset()
    packages: frozenset[str] = frozenset()
    """Packages of any staff estimate."""

    @property
    def subjects(self) -> list[str]:
        """Capitals, dyads and theatres, sorted."""
        return sorted(self.capitals | self.dyads | self.theatres)


def elsewhere(library: Library) -> Elsewhere:
    """Collect the names that any scenario or ladder of the library declares."""
    items = [*library.things["scenario"].values(), *library.apart]
    scenarios = [item.model for item in items if isinstance(item.model, Scenario)]
    ladders = [model for model, _ in library.all("ladder", Ladder)]
    said = [scenario.elsewhere for scenario in scenarios]
    tracks = {(track.of, track.id) for track, _ in library.all("track", Track)}
    return Elsewhere(
        capitals=_names([c.id for s in scenarios for c in s.capital], [each.capitals for each in said]),
        dyads=_names([d.id for s in scenarios for d in s.dyad], [each.dyads for each in said]),
        theatres=_names([t.id for s in scenarios for t in s.theatre], [each.theatres for each in said]),
        rungs=_names([r.id for ladder in ladders for r in ladder.rung], [each.rungs for each in said]),
        zones=_names([z.id for ladder in ladders for z in ladder.zone], [each.zones for each in said]),
        landings=_names([each.id for ladder in ladders for each in ladder.landing], [each.landings for each in said]),
        pairs=_names(
            [pair for s in scenarios for d in s.dyad for pair in pairs_of(d.model_dump())],
            [each.pairs for each in said],
        ),
        threats=_names(
            [t.id for s in scenarios for x in s.sheet.values() for t in x.threat], [e.threats for e in said]
        ),
        tracks=frozenset(
            tracks | {(of, name) for each in said for of, _, name in (t.partition(".") for t in each.tracks)}
        ),
        measures=_names(library.things["measure"], [each.measures for each in said]),
        hazards=frozenset(_hazards(library, ladders)),
        packages=frozenset(package.id for s in scenarios if s.estimate for package in s.estimate.package),
    )


def _hazards(library: Library, ladders: Iterable[Ladder]) -> Iterable[str]:
    for card, _ in library.all("card", Card):
        yield from (test.id for test in card.tests)
        yield from (test.id for option in card.option for test in option.tests)
    for measure, _ in library.all("measure", Measure):
        yield from (test.id for test in measure.tests)
    for ladder in ladders:
        yield from (test.id for edge in ladder.edge for test in edge.tests)


def pairs_of(dyad: Mapping[str, Any]) -> list[str]:
    """Return the sheets and the bond of a dyad's table, as ``first>second``."""
    challenger, partner, patron = (dyad.get(role, "") for role in ROLES)
    other = partner or patron
    bond = [f"{patron}>{partner}"] if partner and patron else []
    return [f"{challenger}>{other}", f"{other}>{challenger}", *bond]


def _names(declared: Iterable[str], said: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(declared).union(*said)


@dataclass
class Frame:
    """One scenario while its box is being compiled."""

    library: Library
    problems: Problems
    scenario: Scenario
    item: Item
    ladder: Ladder
    ladder_item: Item
    other: Elsewhere
    whole: Library
    """All that was read, packs that this scenario does not name included."""

    remapped: Remap = field(default_factory=Remap)
    """The scenario's own rungs, zones and landings as the ladder that is played names them; empty on its own ladder."""

    capitals: tuple[Capital, ...] = ()
    theatres: tuple[Theatre, ...] = ()
    dyads: tuple[Dyad, ...] = ()
    terms: Terms = field(default_factory=Terms)

    _spent: int = 0

    def __post_init__(self) -> None:
        self.rung_number = {rung.id: number for number, rung in enumerate(self.ladder.rung)}
        self.zone_number = {zone.id: number for number, zone in enumerate(self.ladder.zone)}
        self.role: dict[str, str] = {capital.id: capital.role for capital in self.scenario.capital}
        self.capitals = tuple(
            Capital(c.id, c.name, c.role, c.orders, c.income, c.brief, tuple(c.wants), tuple(c.doctrines))
            for c in self.scenario.capital
        )
        self.dyads = tuple(self._dyads())
        self.theatres = tuple(
            Theatre(t.id, t.name, tuple(d.id for d in self.dyads if d.theatre == t.id)) for t in self.scenario.theatre
        )
        self.dyad = {dyad.id: dyad for dyad in self.dyads}
        self.theatre_ids = [theatre.id for theatre in self.theatres]
        self.local = [dyad for dyad in self.dyads if dyad.is_local]
        self.dyad_of_pair: dict[str, Dyad] = {}
        for dyad in self.dyads:
            first, second = dyad.parties
            self.dyad_of_pair[f"{first}>{second}"] = dyad
            self.dyad_of_pair[f"{second}>{first}"] = dyad
        self.bonds = list(dict.fromkeys((d.patron, d.partner) for d in self.local if d.patron))
        self._check_names()

    @property
    def spot(self) -> Spot:
        """The scenario's place."""
        return self.item.spot

    def _check_names(self) -> None:
        names: dict[str, str] = {}
        for kind, ids in (
            ("capital", [capital.id for capital in self.scenario.capital]),
            ("theatre", [theatre.id for theatre in self.scenario.theatre]),
            ("dyad", [dyad.id for dyad in self.scenario.dyad]),
        ):
            for place, name in enumerate(ids):
                if name in names or name in WORDS or name == "world":
                    clash = names.get(name, "a word of the content language")
                    self.problems.add(self.spot.at(kind, place, "id"), "WG201", f"{show(name)} already names {clash}")
                names[name] = f"a {kind}"
        for place, theatre in enumerate(self.theatres):
            if not theatre.dyads:
                self.problems.add(self.spot.at("theatre", place), "WG402", f"no dyad lies in {show(theatre.id)}")

    def _dyads(self) -> Iterable[Dyad]:
        known = [theatre.id for theatre in self.scenario.theatre]
        parties: set[frozenset[str]] = set()
        for place, dyad in enumerate(self.scenario.dyad):
            spot = self.spot.at("dyad", place)
            if dyad.theatre not in known:
                self.problems.no_such(spot.at("theatre"), "theatre", dyad.theatre, known)
                continue
            for role in ROLES:
                self._check_party(spot.at(role), role, getattr(dyad, role))
            if not dyad.partner and not dyad.patron:
                self.problems.add(spot, "WG102", "a dyad needs a partner, or a patron without one")
            two = frozenset((dyad.challenger, dyad.partner or dyad.patron))
            if two in parties or len(two) < 2:
                self.problems.add(spot, "WG201", "these two capitals face each other already")
            parties.add(two)
            yield Dyad(
                dyad.id, dyad.name, dyad.theatre, dyad.challenger, dyad.partner, dyad.patron,
                tuple(self._stack(spot.at("stack"), dyad.stack, two)),
            )  # fmt: skip

    def _check_party(self, spot: Spot, role: str, capital: str) -> None:
        if not capital:
            return
        if capital not in self.role:
            self.problems.no_such(spot, "capital", capital, self.role)
        elif self.role[capital] != role and not self.is_mended_role(capital):
            self.problems.add(spot, "WG305", f"{capital} is a {self.role[capital]}, not a {role}")

    def is_mended_role(self, capital: str) -> bool:
        """Whether a capital's role was faulty, so that what follows from it says nothing."""
        place = list(self.role).index(capital)
        return self.problems.is_mended(self.spot.at("capital", place, "role"))

    def _stack(self, spot: Spot, stack: list[str], parties: frozenset[str]) -> Iterable[Hold]:
        highest = -1
        for place, text in enumerate(stack):
            try:
                rung, holder = stance(text)
            except Unreadable as error:
                self.problems.add(spot.at(place), "WG302", f"{error}: a rung and who took it")
                continue
            number = self.rung(spot.at(place), rung)
            if holder not in parties:
                self.problems.no_such(spot.at(place), "party of this dyad", holder, parties)
            if number is None:
                continue
            if number == highest and self.remapped.rung:
                continue  # two rungs of the scenario's own ladder are one on this
            if number <= highest:
                self.problems.add(spot.at(place), "WG305", f"{rung} is no higher than the rung before it")
            highest = max(highest, number)
            yield Hold(number, holder)

    def spend(self, spot: Spot) -> None:
        """Count a sentence, step or order that is bound. Raises TooMuch where what is not built in has too many."""
        self._spent += not (spot.source.built_in and self.spot.source.built_in)
        if self._spent > MOST_BOUND:
            raise TooMuch

    def rung(self, spot: Spot, name: str) -> int | None:
        """Return a rung's number; None after noting that there is none, or silently if another ladder has it."""
        name = self.rung_here(spot, name)
        if name in self.rung_number:
            return self.rung_number[name]
        if name not in self.other.rungs:
            self.problems.no_such(spot, "rung", name, self.rung_number)
        return None

    def rung_here(self, spot: Spot, name: str) -> str:
        """Return what the ladder that is played calls a rung. What stands in a ladder itself is in that ladder's own names."""
        return name if spot.kind == "ladder" else self.remapped.rung.get(name, name)

    def local_dyad(self, *capitals: str) -> Dyad | None:
        """Return the local dyad that concerns most of these capitals, the first named counting most; None if none does."""
        named = [capital for capital in capitals if capital]
        for dyad in self.local:
            if len(named) > 1 and all(c in (dyad.challenger, dyad.partner, dyad.patron) for c in named):
                return dyad
        for capital in named:
            for dyad in self.local:
                if capital in dyad.parties:
                    return dyad
        for capital in named:
            sole = [dyad for dyad in self.local if dyad.patron == capital]
            if len(sole) == 1:
                return sole[0]
        return None

    def roles(self, dyad: Dyad | None) -> dict[str, tuple[str, ...]]:
        """Return the words that a dyad gives: the roles of its theatre, the dyad, the theatre and the other ones."""
        if dyad is None:
            return dict.fromkeys((CHALLENGER, PARTNER, PATRON, "dyad", "theatre", "elsewhere", "pair"), ())
        local = dyad
        if not dyad.is_local:
            here = [d for d in self.local if d.theatre == dyad.theatre]
            local = next((d for d in here if d.challenger == dyad.challenger), dyad)
        return {
            CHALLENGER: _one(local.challenger),
            PARTNER: _one(local.partner),
            PATRON: _one(local.patron),
            "dyad": (dyad.id,),
            "theatre": (dyad.theatre,),
            "elsewhere": tuple(t for t in self.theatre_ids if t != dyad.theatre),
            "pair": _one(f"{local.challenger}>{local.partner}" if local.partner else ""),
        }

    def ordering(self, capital: str, target: str) -> Binding:
        """Bind the words of a measure."""
        dyad = self.local_dyad(target, capital)
        return Binding("a measure", self.roles(dyad) | {"self": (capital,), "target": _one(target)})

    def moving(self, capital: str, dyad: Dyad, what: str = "an edge") -> Binding:
        """Bind the words of an edge, or of a moment that has a mover: ``pair`` is self>target."""
        other = dyad.other(capital)
        words = {"self": (capital,), "target": (other,), "pair": (f"{capital}>{other}",)}
        return Binding(what, self.roles(dyad) | words)

    def sitting(self, capital: str, what: str) -> Binding:
        """Bind the words of a turn or a standing effect: a capital and the other party of its local dyad."""
        dyad = self.local_dyad(capital)
        if dyad is not None and capital in dyad.parties:
            return self.moving(capital, dyad, what)
        return Binding(what, self.roles(dyad) | {"self": (capital,), "target": (), "pair": ()})


def _one(name: str) -> tuple[str, ...]:
    return (name,) if name else ()
