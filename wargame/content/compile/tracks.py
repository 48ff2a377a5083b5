"""Every number of one exercise: declared tracks on every subject, the program's own counters, and who sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from wargame.content.compile.frame import Frame
from wargame.content.library import Item
from wargame.content.problems import Spot, nearest_name, show
from wargame.content.schema_rules import Track as Declared
from wargame.content.schema_scenario import Sheet, Threat
from wargame.rules.tracks import EVERYONE, Block, Track

TURNS_HIGH = 99
"""Most turns a counter shows."""

PUBLIC: tuple[str, ...] = (EVERYONE,)


@dataclass(frozen=True)
class Place:
    """A track before it has a block: its address, range, audience and start, all raw."""

    address: str
    low: int
    high: int
    half: bool
    words: tuple[str, ...]
    audience: tuple[str, ...]
    start: int


@dataclass
class Tracks:
    """All tracks by address, and what the resolver asks about them.

    ``declared`` holds declarations by what they belong to; ``read_only`` the addresses that no effect may move.
    """

    frame: Frame
    places: dict[str, Place] = field(default_factory=dict)
    declared: dict[str, dict[str, Declared]] = field(default_factory=dict)
    read_only: set[str] = field(default_factory=set)
    counters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    track: dict[str, Track] = field(default_factory=dict)
    audience: dict[str, tuple[str, ...]] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    switches: list[str] = field(default_factory=list)
    """Addresses that are set by hand before an exercise, of a dual track both."""

    def build(self, counters: dict[str, tuple[str, ...]]) -> None:
        """Make every track. ``counters`` maps ``CAPITAL.delivery.MEASURE`` to who sees it."""
        self.counters = counters
        for model, item in self.frame.library.all("track", Declared):
            if self._is_sound(model, item):
                self.declared.setdefault(model.of, {})[model.id] = model
                for subject, audience, truth in self._subjects(model):
                    self._declare(model, subject, audience, truth)
        self._derive()
        for address, audience in counters.items():
            self._place(address, 0, TURNS_HIGH, (), audience)

    def _is_sound(self, model: Declared, item: Item) -> bool:
        spot, problems = item.spot, self.frame.problems
        if model.words and (model.half or model.low or model.high):
            problems.add(spot.at("words"), "WG104", "a track of words has no low, high or half")
        elif not model.words and model.low >= model.high:
            problems.add(spot, "WG104", f"low ({model.low}) is not below high ({model.high})")
        elif model.seen == "both" and model.of not in ("pair", "threat", "bond", "dyad"):
            problems.add(spot.at("seen"), "WG104", f"no two capitals share a track of a {model.of}")
        elif model.seen in ("holder", "owner") and model.of in ("world", "dyad", "theatre"):
            problems.add(spot.at("seen"), "WG104", f"nobody holds a track of a {model.of}: public, both or white-cell")
        elif model.start is not None and self.raw(model, model.start, spot.at("start")) is None:
            pass
        else:
            return True
        return False

    def _subjects(self, model: Declared) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """Yield each subject of a track with who sees the number, or what is seen of it, and who sees what is true."""
        frame, seen = self.frame, model.seen
        if model.of == "world":
            yield "world", _audience(seen, (), ""), ()
        elif model.of == "capital":
            for capital in frame.role:
                yield capital, _audience(seen, (capital,), capital), (capital,)
        elif model.of == "bond":
            for patron, partner in frame.bonds:
                two = (patron, partner)
                yield f"{patron}>{partner}", PUBLIC if model.dual else _audience(seen, two, patron), two
        elif model.of == "dyad":
            for dyad in frame.dyads:
                yield dyad.id, _audience(seen, dyad.parties, ""), ()
        elif model.of == "theatre":
            for theatre in frame.theatres:
                yield theatre.id, _audience(seen, (), ""), ()
        else:
            yield from self._sheet_subjects(model)

    def _sheet_subjects(self, model: Declared) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        for pair in self.frame.dyad_of_pair:
            holder, target = pair.split(">")
            if model.of == "pair":
                yield pair, _audience(model.seen, (holder, target), holder), (target,)
                continue
            for threat in self.threats(pair):
                if not has_link(threat, model.id):
                    continue
                holds = threat.owner if model.seen == "owner" else holder
                yield f"{pair}.{threat.id}", _audience(model.seen, (holder, threat.owner), holds), (threat.owner,)

    def threats(self, pair: str) -> list[Threat]:
        """Return the threats of a pair's sheet."""
        sheet = self.frame.scenario.sheet.get(pair)
        return sheet.threat if isinstance(sheet, Sheet) else []

    def _declare(self, model: Declared, subject: str, audience: tuple[str, ...], truth: tuple[str, ...]) -> None:
        start = 0 if model.start is None else self.raw(model, model.start) or 0
        factor = 2 if model.half else 1
        low, high = (0, len(model.words) - 1) if model.words else (model.low * factor, model.high * factor)
        start = min(high, max(low, start)) if model.start is None else start
        ends = ((".seen", audience), (".true", truth)) if model.dual else (("", audience),)
        for end, eyes in ends:
            address = f"{subject}.{model.id}{end}"
            self.places[address] = Place(address, low, high, model.half, tuple(model.words), eyes, start)
            if model.switch:
                self.switches.append(address)

    def _derive(self) -> None:
        frame = self.frame
        rungs = tuple(rung.id for rung in frame.ladder.rung)
        words = ("open", *dict.fromkeys(outcome.id for outcome in frame.scenario.theatre_outcome))
        self._place("world.turn", 0, TURNS_HIGH)
        self._place("world.faded", 0, 1, ("no", "yes"))
        for subject in ("world", *frame.theatre_ids, *frame.dyad):
            for track in ("rung", "peak"):
                self._place(f"{subject}.{track}", 0, len(rungs) - 1, rungs, start=self._stands(subject))
        for theatre in frame.theatre_ids:
            self._place(f"{theatre}.outcome", 0, len(words) - 1, words)
            self._place(f"{theatre}.priority", 0, 1, ("no", "yes"))
            self._place(f"{theatre}.elsewhere", 0, TURNS_HIGH)
        self.read_only.update(self.derived)

    def _stands(self, subject: str) -> int:
        dyads = [d for d in self.frame.dyads if subject in ("world", d.theatre, d.id)]
        return max((d.start[-1].rung for d in dyads if d.start), default=0)

    def _place(
        self,
        address: str,
        low: int,
        high: int,
        words: tuple[str, ...] = (),
        audience: tuple[str, ...] = PUBLIC,
        start: int = 0,
    ) -> None:
        if address in self.places:
            subject, _, track = address.partition(".")
            self.frame.problems.add(
                self.frame.spot, "WG201", f"{subject}.{track} is made by the program; declare no such track"
            )
        self.places[address] = Place(address, low, high, False, words, audience, start)

    @property
    def derived(self) -> list[str]:
        """Addresses the program keeps itself, deliveries apart."""
        ends = (".turn", ".rung", ".peak", ".outcome", ".priority", ".elsewhere", ".faded")
        return [address for address in self.places if address.endswith(ends) and address.count(".") == 1]

    def raw(self, track: Declared | Place, value: object, spot: Spot | None = None) -> int | None:
        """Return a value given in points or as a word as the raw number; None, after noting why, if it does not fit."""
        message, hint = "", ""
        if track.words:
            if isinstance(value, str) and value in track.words:
                return list(track.words).index(value)
            message = f"{show(value)} is not one of {', '.join(track.words)}"
            hint = nearest_name(value, track.words) if isinstance(value, str) else ""
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            factor = 2 if track.half else 1
            raw = value * factor
            low, high = (
                (track.low, track.high) if isinstance(track, Place) else (track.low * factor, track.high * factor)
            )
            if low <= raw <= high and raw == int(raw):
                return int(raw)
            unit = "half points" if track.half else "whole points"
            message = f"{show(value)} does not fit: {show(low / factor)} to {show(high / factor)} in {unit}"
        else:
            message = f"{show(value)} is no number"
        if spot is not None:
            self.frame.problems.add(spot, "WG303", message, hint)
        return None

    def set_start(self, address: str, value: object, spot: Spot, trial: bool = False) -> None:
        """Set where a track starts, or as a ``trial`` only note what does not fit.

        ``address`` is complete; a bare dual address sets both.
        """
        both = [a for a in (address, f"{address}.seen", f"{address}.true") if a in self.places]
        values = value if isinstance(value, dict) else {}
        if values and both != [f"{address}.seen", f"{address}.true"]:
            self.frame.problems.add(spot, "WG303", "only a dual track is given as { seen = ..., true = ... }")
            return
        for each in both:
            place = self.places[each]
            raw = self.raw(place, values.get(each.rpartition(".")[2], value) if values else value, spot)
            if raw is not None and not trial:
                self.places[each] = Place(
                    each, place.low, place.high, place.half, place.words, place.audience, raw
                )  # fmt: skip

    def freeze(self) -> None:
        """Give every track its block: public first, then by audience as they were met."""
        groups: dict[tuple[str, ...], list[Place]] = {PUBLIC: []}
        order = {capital: place for place, capital in enumerate(self.frame.role)}
        for place in self.places.values():
            eyes = place.audience if place.audience == PUBLIC else tuple(
                sorted(set(place.audience), key=lambda c: order.get(c, 99)))  # fmt: skip
            groups.setdefault(eyes, []).append(place)
        self.blocks = tuple(Block(eyes, tuple(p.start for p in places)) for eyes, places in groups.items())
        for block, (eyes, places) in enumerate(groups.items()):
            for number, p in enumerate(places):
                self.track[p.address] = Track(p.address, p.low, p.high, p.half, p.words, block, number)
                self.audience[p.address] = eyes

    def is_seen_by(self, address: str, capital: str) -> bool:
        """Whether a capital sees a track."""
        eyes = self.audience[address]
        return capital in eyes or EVERYONE in eyes


def _audience(seen: str, both: tuple[str, ...], holder: str) -> tuple[str, ...]:
    if seen == "public":
        return PUBLIC
    if seen == "white-cell":
        return ()
    if seen == "both":
        return both
    return (holder,) if holder else ()


def has_link(threat: Threat, link: str) -> bool:
    """Whether a threat keeps a track for this link: survivability only if it is rated, freedom only if it is a rating."""
    if link == "survivability":
        return threat.survivability is not None
    return not (link == "free" and isinstance(threat.free, dict) and "from" in threat.free)
