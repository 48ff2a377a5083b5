"""The table: a state in the course of being changed, while one command is decided.

Each step of adjudication writes events through it, sees at once what they did, and never changes anything otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable

from wargame.rules.box import Box, Dyad
from wargame.rules.conditions import holds
from wargame.rules.dice import Dice
from wargame.rules.effects import Effects, changes_of, undone
from wargame.rules.events import Event, Faded, MomentCame, RungChanged, TestThrown
from wargame.rules.evolve import evolve
from wargame.rules.ladder import Test
from wargame.rules.moments import key
from wargame.rules.state import State
from wargame.rules.tracks import Change


class Table:
    """State, dice and the events so far of one command."""

    __slots__ = ("box", "dice", "events", "state")

    def __init__(self, box: Box, state: State, dice: Dice) -> None:
        self.box = box
        self.state = state
        self.dice = dice
        self.events: list[Event] = []

    def emit(self, event: Event) -> None:
        """Write a fact and see what it does."""
        self.events.append(event)
        self.state = evolve(self.box, self.state, event)

    def raw(self, address: str) -> int:
        """Return a track's raw value now."""
        track = self.box.track[address]
        return self.state.values[track.block][track.place]

    def changes(self, effects: Effects) -> tuple[Change, ...]:
        """Return what effects would really change now."""
        return changes_of(effects, self.state.values, self.state.turn) if effects else ()

    def shift(self, *moves: tuple[str, int]) -> tuple[Change, ...]:
        """Return changes that add raw amounts to tracks, kept in range; what does not move is left out."""
        found = []
        for address, amount in moves:
            track = self.box.track[address]
            now = self.raw(address)
            new = track.clamp(now + amount)
            if new != now:
                found.append(Change(address, now, new))
        return tuple(found)

    def put(self, *numbers: tuple[str, int]) -> tuple[Change, ...]:
        """Return changes that set tracks to raw values; what stands already is left out."""
        return tuple(Change(a, self.raw(a), raw) for a, raw in numbers if self.raw(a) != raw)

    def changes_after(self, before: tuple[Change, ...], effects: Effects) -> tuple[Change, ...]:
        """Return what effects would really change once ``before`` has; together they make one event."""
        if not before:
            return self.changes(effects)
        values = [list(block) for block in self.state.values]
        for change in before:
            track = self.box.track[change.address]
            values[track.block][track.place] = change.new
        return changes_of(effects, tuple(map(tuple, values)), self.state.turn)

    def take_back(self, changes: Iterable[Change]) -> tuple[Change, ...]:
        """Return the changes that undo earlier ones from where tracks stand now."""
        listed = tuple(changes)
        bounds = {}
        for change in listed:
            track = self.box.track[change.address]
            bounds[change.address] = (self.raw(change.address), track.low, track.high)
        return undone(listed, bounds)

    def moment(self, moment: str, capital: str, dyad: str = "", slot: str = "", target: str = "") -> None:
        """Write what content says follows from a moment of play."""
        for reaction in self.box.reactions.get(key(moment, capital, dyad, slot), ()):
            if holds(reaction.when, self.state.values):
                changes = self.changes(reaction.then)
                if changes:
                    self.emit(MomentCame(moment, reaction.id, reaction.text, capital, target, changes))

    def quiet(self, dyad: str, changes: tuple[Change, ...]) -> MomentCame:
        """Return the note that a dyad had a turn without a climb, or no longer has."""
        return MomentCame(
            "quiet-turn", "quiet-turns", "Turns without a climb, which talks take note of.", "", dyad, changes
        )

    def throw(self, tests: tuple[Test, ...], capital: str, dyad: str = "", witnesses: tuple[str, ...] = ()) -> None:
        """Throw hazards; one that the theory does not know, or that cannot happen, is left out. What goes wrong all see."""
        off = self.box.theory[self.state.setup.theory].off
        for test in tests:
            if test.id in off:
                continue
            more = sum(points * self.state.values[block][place] for block, place, points in test.per)
            percent = min(100, test.percent + more)
            if percent <= 0:
                continue
            die = self.dice.percent("test", self.state.turn, test.id, capital, dyad)
            failed = die <= percent
            changes = self.changes(test.fail) if failed else ()
            self.emit(
                TestThrown(test.id, capital, percent, die, failed, test.text, () if failed else witnesses, changes)
            )
            if failed and test.drags >= 0 and dyad:
                self.carry(dyad, test.drags, "", "test")

    def carry(self, dyad: str, rung: int, capital: str, cause: str, edge: str = "", then: Effects = ()) -> bool:
        """Take a dyad to a rung if it does not stand there; return whether it moved.

        A rung of the other kind takes the other dyad there instead, and not down from where it stands (rule 3.10).
        A rung that the table declined to play is not taken: the exercise fades instead, and nothing more moves in it.
        """
        rungs = self.box.ladder.rungs
        fitting = self._of_the_kind(self.box.dyad[dyad], rungs[rung].within)
        if fitting is None or (fitting.id != dyad and self.raw(f"{fitting.id}.rung") >= rung):
            return False
        dyad = fitting.id
        stands = self.raw(f"{dyad}.rung")
        if stands == rung or self.has_faded:
            return False
        declined = [mark for mark in rungs[rung].marks if mark in self.state.setup.decline]
        if declined and rung > stands:
            self.emit(Faded(dyad, declined[0], self.put(("world.faded", 1))))
            return False
        changes = self.changes(then)
        if cause not in ("step-down", "landing") and f"{dyad}.ceasefire" in self.box.track:
            changes += self.put((f"{dyad}.ceasefire", 0))
        self.emit(RungChanged(dyad, rungs[stands].id, rungs[rung].id, capital, cause, edge, changes))
        return True

    def _of_the_kind(self, dyad: Dyad, within: str) -> Dyad | None:
        """Return the dyad that a carried rung belongs to: this one if it is of the kind, else the one beside it (rule 3.10)."""
        if within == "any" or dyad.is_local == (within == "local"):
            return dyad
        beside = [
            each for each in self.box.dyads
            if each.theatre == dyad.theatre and each.challenger == dyad.challenger and each.is_local != dyad.is_local
        ]  # fmt: skip
        return max(beside, key=lambda each: self.raw(f"{each.id}.rung"), default=None)

    @property
    def has_faded(self) -> bool:
        """Whether the exercise has faded to its debrief (rule 11.5)."""
        return bool(self.state.setup.decline) and bool(self.raw("world.faded"))

    def leads(self, dyad: Dyad, rung: int) -> str:
        """Return the id of an edge to ``rung`` from where a dyad (or, at war, its theatre) stands, or an empty string."""
        stands, theatre = self.raw(f"{dyad.id}.rung"), self.raw(f"{dyad.theatre}.rung")
        for edge in self.box.ladder.edges:
            from_theatre = edge.start == "theatre" and edge.source == theatre and rung > stands
            if edge.target == rung and (edge.source == stands or from_theatre):
                return edge.id
        return ""

    def is_open(self, theatre: str) -> bool:
        """Whether a theatre has not ended."""
        return self.raw(f"{theatre}.outcome") == 0
