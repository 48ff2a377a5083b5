"""Compiling doctrines: every wish checked against what its seat may order and may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from msgspec.structs import replace

from wargame.content.compile.binder import Binder
from wargame.content.compile.frame import Binding, Frame
from wargame.content.library import Item
from wargame.content.problems import Spot, show
from wargame.content.schema import Doctrine as DoctrineTable
from wargame.content.schema import Preference as PreferenceTable
from wargame.content.schema import Saying as SayingTable
from wargame.content.sentences import Unreadable, Wish, order, promise
from wargame.rules.box import PATRON
from wargame.rules.doctrines import Doctrine, Preference, Saying
from wargame.rules.ladder import Step
from wargame.rules.measures import Action
from wargame.rules.orders import Climb, Deed, Dial, Reply, StepDown, Take, Terms

IN_FULL = Binding("a doctrine")


class Places(NamedTuple):
    """What was made of a doctrine's wishes and declarations, by their place in its table; what cannot be here is left out."""

    prefer: dict[int, Preference]
    declare: dict[int, Saying]


@dataclass
class Doctrines:
    """Compiles the doctrines that a scenario offers. ``places`` tells by their ids what each was made of.

    Names of rungs and landings are those of the scenario's own ladder until an order is made of them.
    """

    frame: Frame
    binder: Binder
    steps: Sequence[Step]
    actions: Sequence[Action]
    places: dict[str, Places] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.can_order = {(a.capital, a.measure, a.target) for a in self.actions}
        self.can_climb = {(s.capital, s.dyad, s.target) for s in self.steps}

    def all(self) -> tuple[Doctrine, ...]:
        """Compile every doctrine that a seat of the scenario names, and those for its seats from files of the user's own."""
        frame = self.frame
        named = {name for capital in frame.scenario.capital for name in capital.doctrines}
        found = []
        for table, item in frame.library.all("doctrine", DoctrineTable):
            if table.seat not in frame.role:
                if table.seat not in frame.other.capitals:
                    frame.problems.no_such(item.spot.at("seat"), "capital", table.seat, frame.role)
                continue
            if table.id in named or item.spot.source.given:
                found.append(self._doctrine(table, item))
            elif not item.spot.source.built_in:
                found.extend(self._that_fits(table, item))
        self._check_named({doctrine.id: doctrine.seat for doctrine in found})
        return tuple(found)

    def _that_fits(self, table: DoctrineTable, item: Item) -> list[Doctrine]:
        """Return a doctrine of the user's own folder if this is a scenario it can be played in, and nothing otherwise."""
        with self.frame.problems.apart() as faults:
            doctrine = self._doctrine(table, item)
        return [] if faults else [doctrine]

    def _check_named(self, seats: dict[str, str]) -> None:
        for place, capital in enumerate(self.frame.scenario.capital):
            for number, name in enumerate(capital.doctrines):
                spot = self.frame.spot.at("capital", place, "doctrines", number)
                if name not in seats:
                    if ("doctrine", name) not in self.frame.problems.faulty:
                        self.frame.problems.no_such(spot, "doctrine", name, self.frame.library.things["doctrine"])
                elif seats[name] != capital.id:
                    self.frame.problems.add(spot, "WG305", f"{name} is a doctrine of {seats[name]}")

    def _doctrine(self, table: DoctrineTable, item: Item) -> Doctrine:
        spot = item.spot
        prefer = ((n, self._preference(table.seat, p, spot.at("prefer", n))) for n, p in enumerate(table.prefer))
        declare = ((n, self._saying(table.seat, s, spot.at("declare", n))) for n, s in enumerate(table.declare))
        places = self.places[table.id] = Places(
            {place: each for place, each in prefer if each is not None},
            {place: each for place, each in declare if each is not None},
        )
        return Doctrine(
            id=table.id,
            name=table.name,
            seat=table.seat,
            card=table.card,
            press_on=table.press_on,
            noise=table.noise,
            leans=tuple(table.leans.items()),
            prefer=tuple(places.prefer.values()),
            declare=tuple(places.declare.values()),
        )

    def _preference(self, seat: str, table: PreferenceTable, spot: Spot) -> Preference | None:
        when = self.binder.conditions(table.when, IN_FULL, spot.at("when"), seat)
        where = spot.at("order")
        try:
            wish = order(table.order)
        except Unreadable as error:
            self.frame.problems.add(where, "WG302", str(error))
            return None
        if not self._is_possible(seat, wish, where):
            return None
        known = Preference(weight=table.weight, why=table.why, when=when, below=table.below)
        return replace(known, **_wished(self._here(wish)))

    def _saying(self, seat: str, table: SayingTable, spot: Spot) -> Saying | None:
        when = self.binder.conditions(table.when, IN_FULL, spot.at("when"), seat)
        where = spot.at("say")
        try:
            said = promise(table.say)
        except Unreadable as error:
            self.frame.problems.add(where, "WG302", str(error))
            return None
        if (table.kind == "quiet") != bool(table.to):
            self.frame.problems.add(spot, "WG102", "a quiet message has to; a public one has none")
        if table.to in self.frame.other.capitals and table.to not in self.frame.role:
            return None  # said to somebody who sits at another table
        if table.to and table.to not in self.frame.role:
            self.frame.problems.no_such(spot.at("to"), "capital", table.to, self.frame.role)
        rung = self.frame.rung(where, said.rung)
        if not self._is_dyad(said.dyad, where) or not self._is_possible(seat, said.deed, where) or rung is None:
            return None
        made = self._here(said.deed)
        deed: Deed = _dial(made) if made.verb == "permit" else _climb_or_take(made)
        return Saying(table.kind, table.to, said.dyad, rung, deed, table.why, when)

    def _here(self, wish: Wish) -> Wish:
        """Return a wish with its rung or landing as the ladder that is played has it."""
        words, renamed = list(wish.words), self.frame.remapped
        if wish.verb in ("climb", "reply"):
            words[1] = renamed.rung.get(words[1], words[1])
        elif wish.verb == "talks":
            words[1] = renamed.landing.get(words[1], words[1])
        return Wish(wish.verb, tuple(words), self._here(wish.then) if wish.then else None)

    def _is_dyad(self, name: str, spot: Spot) -> bool:
        if name in self.frame.dyad:
            return True
        if name not in self.frame.other.dyads:
            self.frame.problems.no_such(spot, "dyad", name, self.frame.dyad)
        return False

    def _is_possible(self, seat: str, wish: Wish, spot: Spot) -> bool:
        """Whether a seat could ever order this here; what can never be is noted."""
        checks = {
            "measure": self._is_measure,
            "climb": self._is_climb,
            "step-down": self._is_step_down,
            "talks": self._is_talks,
            "permit": self._is_permit,
            "priority": self._is_priority,
            "reply": self._is_reply,
        }
        return checks[wish.verb](seat, wish, spot)

    def _is_measure(self, seat: str, wish: Wish, spot: Spot) -> bool:
        measure, target = wish.words[0], wish.words[1] if len(wish.words) > 1 else ""
        if (seat, measure, target) in self.can_order:
            return True
        measures = self.frame.library.things["measure"]
        if measure not in measures and measure in self.frame.other.measures:
            return False
        if measure not in measures:
            if ("measure", measure) not in self.frame.problems.faulty:
                mine = sorted({m for capital, m, _ in self.can_order if capital == seat})
                self.frame.problems.no_such(spot, "measure", measure, mine or measures)
            return False
        if target in self.frame.other.capitals and target not in self.frame.role:
            return False
        targets = sorted({t for capital, m, t in self.can_order if (capital, m) == (seat, measure)})
        if self.frame.problems.is_faulty(measures[measure].spot):
            return False
        if not targets:
            self.frame.problems.add(spot, "WG305", f"{seat} may not order {measure}")
        elif targets == [""]:
            self.frame.problems.add(spot, "WG305", f"{measure} is for nobody in particular; write it alone")
        else:
            self.frame.problems.add(spot, "WG305", f"{measure} is for {' or '.join(targets)}, not {show(target)}")
        return False

    def _is_climb(self, seat: str, wish: Wish, spot: Spot) -> bool:
        dyad, rung = wish.words[0], wish.words[1]
        if not self._is_dyad(dyad, spot):
            return False
        if rung == "any":
            return True
        number = self.frame.rung(spot, rung)
        if number is None:
            return False
        if (seat, dyad, number) not in self.can_climb:
            if self.frame.problems.is_faulty(self.frame.ladder_item.spot) or self.frame.is_mended_role(seat):
                return False
            if self.frame.remapped.rung:
                return False  # another ladder has edges of its own
            self.frame.problems.add(spot, "WG305", f"no edge takes {seat} to {rung} in {dyad}")
            return False
        return True

    def _is_step_down(self, seat: str, wish: Wish, spot: Spot) -> bool:
        return self._is_dyad(wish.words[0], spot) and self._is_party(seat, wish.words[0], spot)

    def _is_party(self, seat: str, dyad: str, spot: Spot) -> bool:
        if seat in self.frame.dyad[dyad].parties:
            return True
        self.frame.problems.add(spot, "WG305", f"{seat} is no party of {dyad}")
        return False

    def _is_talks(self, seat: str, wish: Wish, spot: Spot) -> bool:
        dyad, landing = wish.words[0], self._here(wish).words[1]
        if not self._is_dyad(dyad, spot) or not self._is_party(seat, dyad, spot):
            return False
        landings = [each.id for each in self.frame.ladder.landing]
        if landing not in landings:
            if not self.frame.remapped.rung and landing not in self.frame.other.landings:
                self.frame.problems.no_such(spot, "landing", landing, landings)
            return False
        return True

    def _is_permit(self, seat: str, wish: Wish, spot: Spot) -> bool:
        partner, word = wish.words[0], wish.words[1]
        track = self.binder.tracks.track.get(f"{seat}>{partner}.permission.true")
        if track is None:
            if partner in self.frame.role or partner not in self.frame.other.capitals:
                partners = [second for first, second in self.frame.bonds if first == seat]
                self.frame.problems.no_such(spot, f"partner of {seat}", partner, partners)
            return False
        if word not in track.words:
            self.frame.problems.no_such(spot, "permission", word, track.words)
            return False
        return True

    def _is_priority(self, seat: str, wish: Wish, spot: Spot) -> bool:
        theatre = wish.words[0]
        if theatre not in self.frame.theatre_ids:
            if theatre not in self.frame.other.theatres:
                self.frame.problems.no_such(spot, "theatre", theatre, self.frame.theatre_ids)
            return False
        if self.frame.role[seat] != PATRON:
            self.frame.problems.add(spot, "WG305", f"{seat} is no patron and sets no priority")
            return False
        return True

    def _is_reply(self, seat: str, wish: Wish, spot: Spot) -> bool:
        dyad, rung = wish.words
        if wish.then is None or not self._is_dyad(dyad, spot) or self.frame.rung(spot, rung) is None:
            return False
        return self._is_possible(seat, wish.then, spot)


def _wished(wish: Wish) -> dict[str, Any]:
    """Return the one field of a preference that a wish sets."""
    words = wish.words
    if wish.verb == "talks":
        return {"terms": Terms(words[0], words[1], int(words[2]) if len(words) > 2 else 0)}
    if wish.verb == "permit":
        return {"dial": _dial(wish)}
    if wish.verb == "priority":
        return {"priority": words[0]}
    if wish.verb == "reply" and wish.then is not None:
        return {"reply": Reply(words[0], words[1], _climb_or_take(wish.then))}
    return {"move": StepDown(words[0]) if wish.verb == "step-down" else _climb_or_take(wish)}


def _dial(wish: Wish) -> Dial:
    return Dial(wish.words[0], wish.words[1], announced=len(wish.words) > 2)


def _climb_or_take(wish: Wish) -> Climb | Take:
    """Return a climb or a measure; ``any`` rung is written as none."""
    words = wish.words
    if wish.verb == "climb":
        return Climb(words[0], "" if words[1] == "any" else words[1], defy=len(words) > 2)
    return Take(words[0], words[1] if len(words) > 1 else "")


def doctrines_for(tables: Iterable[Doctrine], seat: str, named: Sequence[str]) -> tuple[str, ...]:
    """Return the doctrines of a seat: those the scenario names, then those of the user's own."""
    more = [doctrine.id for doctrine in tables if doctrine.seat == seat and doctrine.id not in named]
    return (*named, *more)
