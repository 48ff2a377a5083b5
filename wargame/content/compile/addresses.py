"""From an address to the tracks it stands for, in the place where it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from wargame.content.compile.frame import CAPITAL_WORDS, WORDS, Binding, Frame
from wargame.content.compile.tracks import Tracks
from wargame.content.problems import Spot, show
from wargame.content.sentences import ADDRESS

IS_ADDRESS = re.compile(ADDRESS).fullmatch
OF_CAPITAL, OF_DYAD, OF_THEATRE, OF_PAIR = "capital", "dyad", "theatre", "pair"


@lru_cache(maxsize=4096)
def words_in(address: str) -> tuple[str, ...]:
    """Return the words of the content language that an address uses."""
    return tuple(part for part in re.split("[.>]", address) if part in WORDS or part == "threat")


@dataclass(frozen=True)
class Found:
    """One track an address stands for. ``end`` is ``seen`` or ``true`` where the address says so; ``base`` lacks it."""

    base: str
    end: str
    dual: bool

    @property
    def read(self) -> str:
        """The address a condition reads: what is true, unless it says otherwise."""
        return f"{self.base}.{self.end or 'true'}" if self.dual else self.base

    @property
    def moved(self) -> tuple[str, ...]:
        """The addresses an effect moves: both, unless it says otherwise."""
        if not self.dual:
            return (self.base,)
        return (f"{self.base}.{self.end}",) if self.end else (f"{self.base}.seen", f"{self.base}.true")


@dataclass
class Addresses:
    """Resolves addresses against the tracks of one exercise."""

    frame: Frame
    tracks: Tracks
    _cache: dict[tuple[str, tuple[tuple[str, ...] | None, ...]], tuple[Found, ...]] = field(default_factory=dict)

    def find(self, address: str, binding: Binding, spot: Spot) -> tuple[Found, ...]:
        """Return what an address stands for here: nothing, one track, or several. Faults are noted."""
        self.frame.spend(spot)
        key = (address, tuple([binding.words.get(word) for word in words_in(address)]))
        found = self._cache.get(key)
        if found is None:
            if not IS_ADDRESS(address):
                self.frame.problems.add(spot, "WG302", f"{show(address)} is no address: write SUBJECT.TRACK")
                return ()
            before = self.frame.problems.noted
            found = tuple(self._find(address, binding, spot))
            if self.frame.problems.noted == before:
                self._cache[key] = found
        return found

    def _find(self, address: str, binding: Binding, spot: Spot) -> Iterable[Found]:
        parts = address.split(".")
        subject, tail = parts[0], parts[1:]
        end = tail.pop() if tail[-1] in ("seen", "true") and len(tail) > 1 else ""
        kind, subjects = self._subjects(subject, binding, spot)
        if kind is None:
            return
        if not self._is_declared(kind, tail, spot):
            return
        literal = subject not in binding.words and not any(
            word in binding.words or word == "*" for word in subject.split(">"))  # fmt: skip
        for each in subjects:
            for base in self._bases(kind, each, tail, binding, spot):
                yield from self._known(base, end, literal, spot)

    def _known(self, base: str, end: str, literal: bool, spot: Spot) -> Iterable[Found]:
        places = self.tracks.track
        if f"{base}.seen" in places:
            yield Found(base, end, dual=True)
        elif base in places:
            if end:
                self.frame.problems.add(spot, "WG301", f"{base} is one number: it has no .{end}")
            yield Found(base, "", dual=False)
        elif literal and base.count(".") == 1 and ">" in base and not self._is_elsewhere(base.partition(".")[0]):
            self.frame.problems.add(spot, "WG301", f"there is no {base}: no such sheet or bond in this scenario")

    def _is_elsewhere(self, pair: str) -> bool:
        """Whether a sheet or bond is one of other scenarios and none of this."""
        here = pair in self.frame.dyad_of_pair or tuple(pair.split(">")) in self.frame.bonds
        return pair in self.frame.other.pairs and not here

    def _subjects(self, subject: str, binding: Binding, spot: Spot) -> tuple[str | None, tuple[str, ...]]:
        """Return what kind of subject this is and every one it stands for; no kind after noting a fault."""
        if ">" in subject:
            return OF_PAIR, self._pairs(subject, binding, spot)
        if subject in binding.words:
            kind = OF_CAPITAL if subject in CAPITAL_WORDS else OF_THEATRE if subject == "elsewhere" else subject
            return kind, binding.words[subject]
        if subject in WORDS:
            self.frame.problems.add(spot, "WG301", f'"{subject}" stands for nothing in {binding.what}')
            return None, ()
        return self._named(subject, binding, spot)

    def _named(self, subject: str, binding: Binding, spot: Spot) -> tuple[str | None, tuple[str, ...]]:
        frame = self.frame
        if subject == "world":
            return "world", ("world",)
        for kind, here, there in (
            (OF_CAPITAL, frame.role, frame.other.capitals),
            (OF_DYAD, frame.dyad, frame.other.dyads),
            (OF_THEATRE, frame.theatre_ids, frame.other.theatres),
        ):
            if subject in here:
                return kind, (subject,)
            if subject in there:
                return kind, ()
        names = [*frame.role, *frame.dyad, *frame.theatre_ids, "world", *binding.words, *frame.other.subjects]
        frame.problems.no_such(spot, "capital, dyad or theatre", subject, names)
        return None, ()

    def _pairs(self, subject: str, binding: Binding, spot: Spot) -> tuple[str, ...]:
        sides = [self._side(part, binding, spot) for part in subject.split(">")]
        if len(sides) != 2:
            self.frame.problems.add(spot, "WG302", f"{show(subject)}: a sheet or bond joins two capitals")
            return ()
        return tuple(f"{first}>{second}" for first in sides[0] for second in sides[1] if first != second)

    def _side(self, name: str, binding: Binding, spot: Spot) -> tuple[str, ...]:
        if name == "*":
            return tuple(self.frame.role)
        if name in CAPITAL_WORDS:
            if name not in binding.words:
                self.frame.problems.add(spot, "WG301", f'"{name}" stands for nothing in {binding.what}')
            return binding.words.get(name, ())
        if name in self.frame.role:
            return (name,)
        if name not in self.frame.other.capitals:
            self.frame.problems.no_such(
                spot, "capital", name, [*self.frame.role, *binding.words, *sorted(self.frame.other.capitals)]
            )
        return ()

    def _is_declared(self, kind: str, tail: list[str], spot: Spot) -> bool:
        """Whether the track part of an address names a track of this kind of subject; notes what is wrong."""
        declared = self.tracks.declared
        name = tail[-1]
        if kind == OF_CAPITAL and len(tail) == 2 and tail[0] == "delivery":
            known = {address.split(".")[-1] for address in self.tracks.counters}
            return name in known or self._absent_measure(name, spot, known)
        if kind == OF_PAIR:
            if len(tail) == 2:
                return self._threat_known(tail[0], spot) and self._track_known("threat", name, spot)
            here = {**declared.get("pair", {}), **declared.get("bond", {})}
            return name in here or self._track_known("pair", name, spot)
        if len(tail) > 1:
            self.frame.problems.add(spot, "WG302", f"{show('.'.join(tail))}: a {kind} has no such track")
            return False
        return self._track_known(kind, name, spot)

    def _absent_measure(self, name: str, spot: Spot, known: set[str]) -> bool:
        if name not in self.frame.other.measures:
            self.frame.problems.no_such(spot, "measure that is delivered:", name, known)
        return False

    def _threat_known(self, threat: str, spot: Spot) -> bool:
        if threat in self.frame.other.threats or threat == "threat":
            return True
        self.frame.problems.no_such(spot, "threat", threat, self.frame.other.threats)
        return False

    def _track_known(self, kind: str, name: str, spot: Spot) -> bool:
        declared = self.tracks.declared
        made = {
            "world": ("turn", "rung", "peak", "faded"),
            "dyad": ("rung", "peak"),
            "theatre": ("rung", "peak", "outcome", "priority", "elsewhere"),
        }.get(kind, ())
        if name in declared.get(kind, {}) or name in made:
            return True
        if (kind, name) in self.frame.other.tracks or (kind == OF_PAIR and ("bond", name) in self.frame.other.tracks):
            return False  # of a pack that this scenario does not have
        others = [of for of, tracks in declared.items() if name in tracks]
        if others:
            self.frame.problems.add(spot, "WG301", f'"{name}" is a track of a {others[0]}, not of a {kind}')
            return False
        if ("track", name) not in self.frame.problems.faulty:
            allowed = [*declared.get(kind, {}), *made, *(declared.get("bond", {}) if kind == OF_PAIR else {})]
            self.frame.problems.no_such(spot, f"track of a {kind}", name, allowed)
        return False

    def _bases(self, kind: str, subject: str, tail: list[str], binding: Binding, spot: Spot) -> Iterable[str]:
        if kind == OF_PAIR and len(tail) == 2 and tail[0] == "threat":
            if "threat" not in binding.words:
                self.frame.problems.add(spot, "WG301", f'"threat" stands for nothing in {binding.what}')
            for threat in binding.words.get("threat", ()):
                yield f"{subject}.{threat}.{tail[1]}"
        else:
            yield ".".join([subject, *tail])
