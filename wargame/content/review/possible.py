"""What is held possible so far in one scenario: what can come about, which values each number may take, what moves it."""

from __future__ import annotations

from collections.abc import Iterable

from wargame.content.review.numbers import Numbers, Sets
from wargame.rules.box import Box
from wargame.rules.effects import Effect, Effects
from wargame.rules.tracks import Ref

Move = tuple[str, int]
"""An operator and an amount: how something moves a number."""


class Possible:
    """What is held possible: the beginning, and whatever is added to it."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self.numbers = Numbers(box, _start(box))
        self.cards: set[str] = set()
        """Cards that can come."""
        self.options: set[tuple[str, str]] = set()
        """Card and option: what can be chosen."""
        self.actions: set[tuple[str, str, str]] = set()
        """Capital, measure and target: what can be ordered and paid."""
        self.steps: set[int] = set()
        """Places in the box's steps that can be taken."""
        self.landings: set[tuple[str, str]] = set()
        """Landing and dyad that talks can reach."""
        self.reactions: set[tuple[str, str]] = set()
        """Moment's key and reaction that can follow."""
        self.standing: set[str] = set()
        """Standing effects that can take hold."""
        self.moved: set[Ref] = set()
        """Numbers that something moves, be it content or the rules."""
        self.news = True
        """Whether anything was added since this was last put to False."""
        self._moves: dict[Ref, set[Move]] = {}
        self._done: set[tuple[str, ...]] = set()

    def rungs(self, subject: str) -> int:
        """Return the set of rungs at which a dyad, a theatre or the world may stand."""
        return self.numbers.values[self.box.ref(f"{subject}.rung")]

    def is_reached(self, dyad: str, rung: int) -> bool:
        """Whether a dyad can come to stand on a rung, by its number."""
        return bool(self.rungs(dyad) >> rung & 1)

    def purse(self, capital: str) -> int:
        """Return the most influence a capital can have."""
        ref = self.box.ref(f"{capital}.influence")
        return self.numbers.low[ref] + self.numbers.values[ref].bit_length() - 1

    def _add(self, ref: Ref, values: int) -> None:
        if values & ~self.numbers.values[ref]:
            self.numbers.values[ref] |= values
            self.news = True
            self._close(ref)

    def widen(self, address: str, raws: Iterable[int]) -> None:
        """Let a number take these values as well; those outside its range are left out."""
        track = self.box.track.get(address)
        if track is not None:
            self.moved.add(track.ref)
            found = 0
            for raw in raws:
                if track.low <= raw <= track.high:
                    found |= 1 << (raw - track.low)
            self._add(track.ref, found)

    def free(self, address: str) -> None:
        """Let a number take any value."""
        track = self.box.track.get(address)
        if track is not None:
            self.moved.add(track.ref)
            self._add(track.ref, self.numbers.full[track.ref])

    def shift(self, address: str, amount: int) -> None:
        """Let a number move by an amount, as often as it may."""
        track = self.box.track.get(address)
        if track is not None and amount:
            self._move(track.ref, ("+", amount))

    def _move(self, ref: Ref, move: Move) -> None:
        moves = self._moves.setdefault(ref, set())
        if move not in moves:
            moves.add(move)
            self.moved.add(ref)
            self.news = True
            self._close(ref)

    def _close(self, ref: Ref) -> None:
        """Apply every known move to every value until none is new."""
        full, values = self.numbers.full[ref], self.numbers.values
        while True:
            found = values[ref]
            for op, amount in self._moves.get(ref, ()):
                found |= 1 << amount if op == "=" else _shifted(values[ref], amount, full)
            if found == values[ref]:
                return
            values[ref] = found
            self.news = True

    def is_new(self, *deed: str) -> bool:
        """Whether something happens for the first time; its effects need to be let happen only once."""
        if deed in self._done:
            return False
        self._done.add(deed)
        self.news = True
        return True

    def let(self, effects: Effects, passing: bool = False) -> None:
        """Let effects happen; what is ``passing`` is taken back one day."""
        for effect in effects:
            self._effect(effect, passing or effect.lasting > 0)

    def _effect(self, effect: Effect, passing: bool) -> None:
        ref, amount = (effect.block, effect.place), effect.amount
        if effect.op == "=":
            self._move(ref, ("=", amount - effect.low))
            if passing:  # taking back moves as far as setting did, from wherever it then stands
                span = self.numbers.full[ref].bit_length()
                for back in range(1, span):
                    self._move(ref, ("+", back))
                    self._move(ref, ("+", -back))
        elif effect.op == "~" or passing:
            for part in range(1, abs(amount) + 1):
                self._move(ref, ("+", part))
                self._move(ref, ("+", -part))
        else:
            self._move(ref, ("+", amount))


def _shifted(values: int, amount: int, full: int) -> int:
    """Return what a set of values becomes when each moves by an amount and stays within its range."""
    if amount >= 0:
        moved = values << amount
        top = 1 << (full.bit_length() - 1)
        return (moved & full) | (top if moved & ~full else 0)
    return (values >> -amount) | (1 if values & ((1 << -amount) - 1) else 0)


def _start(box: Box) -> Sets:
    """Return the numbers at the beginning; a dyad has been on every rung of its stack and may go back there."""
    values = {track.ref: 1 << (box.start[track.block][track.place] - track.low) for track in box.tracks}
    for dyad in box.dyads:
        for subject in (dyad.id, dyad.theatre, "world"):
            for hold in dyad.start:
                values[box.ref(f"{subject}.rung")] |= 1 << hold.rung
    return values
