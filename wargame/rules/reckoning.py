"""A side's running assessment of what it cannot see: the published opening ratings, moved by what it has witnessed since.

The effects of cards, measures and steps are printed in the content for everybody; a staff that sees one happen carries it
forward. Nothing here reads a hidden number: the walk goes over witnessed events alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from wargame.rules import events as fact
from wargame.rules.box import Box
from wargame.rules.conditions import holds
from wargame.rules.effects import Effects, changes_of, undone
from wargame.rules.events import Event
from wargame.rules.legal import warned
from wargame.rules.moments import DECLARATION, MOMENTS, key
from wargame.rules.tracks import Change, Values
from wargame.rules.view import View


def reckon(box: Box, view: View, witnessed: Iterable[Event]) -> View:
    """Return a view in which what is hidden holds the side's assessment. For estimates only, never for what is legal."""
    staff = _Staff(box)
    for event in witnessed:
        staff.note(event)
    return replace(view, values=view.filled(box, staff.values()))


class _Staff:
    """Carries effects forward, event by event."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self._values = [list(block) for block in box.start]
        self._turn = 0
        self._passing: list[Change] = []
        self._coming: dict[tuple[str, str, str], tuple[Change, ...]] = {}
        self._standing: dict[str, tuple[Change, ...]] = {}
        self._said: dict[str, fact.DeclarationMade] = {}

    def values(self) -> Values:
        """Return the numbers as assessed now."""
        return tuple(map(tuple, self._values))

    def note(self, event: Event) -> None:
        """Carry forward what a witnessed event is known to do; what this side saw move stands where it saw it stand."""
        self._carry(event)
        for change in (*getattr(event, "changes", ()), *getattr(event, "under_way", ())):
            self._set(change)

    def _carry(self, event: Event) -> None:
        if isinstance(event, fact.TurnOpened):
            self._open(event.turn)
        elif isinstance(event, fact.CardDrawn) and not event.asks:
            self._apply(self._box.card[event.card].then)
        elif isinstance(event, fact.ChoiceMade):
            card = self._box.card[event.card]
            self._apply(card.then + next((each.then for each in card.options if each.id == event.option), ()))
        elif isinstance(event, fact.MeasureTaken):
            self._measure(event)
        elif isinstance(event, fact.DeliveryArrived):
            self._arrived(event)
        elif isinstance(event, fact.DeclarationMade):
            self._declared(event)
        elif isinstance(event, fact.DeclarationDue):
            self._worded("kept" if event.kept else "broken", self._said.get(event.declaration))
        elif isinstance(event, fact.RungChanged) and event.cause == "climb":
            self._climb(event)
        elif isinstance(event, fact.MomentCame):
            self._react(event)
        elif isinstance(event, fact.StandingChanged):
            self._stand(event)

    def _set(self, change: Change) -> None:
        block, place = self._box.ref(change.address)
        self._values[block][place] = change.new

    def _apply(self, effects: Effects) -> tuple[Change, ...]:
        changes = changes_of(effects, self.values(), self._turn)
        for change in changes:
            self._set(change)
        self._passing += [change for change in changes if change.until]
        return changes

    def _take_back(self, changes: Iterable[Change]) -> None:
        bounds = {}
        listed = tuple(changes)
        for change in listed:
            track = self._box.track[change.address]
            bounds[change.address] = (self._values[track.block][track.place], track.low, track.high)
        for change in undone(listed, bounds):
            self._set(change)

    def _open(self, turn: int) -> None:
        self._turn = turn
        self._take_back(change for change in self._passing if change.until <= turn)
        self._passing = [change for change in self._passing if change.until > turn]

    def _measure(self, event: fact.MeasureTaken) -> None:
        key = (event.capital, event.measure, event.target)
        action = self._box.action[key]
        self._apply(action.then)
        if action.delivery is not None:
            self._coming[key] = self._apply(action.delivery.under_way)

    def _arrived(self, event: fact.DeliveryArrived) -> None:
        key = (event.capital, event.measure, event.target)
        self._take_back(self._coming.pop(key, ()))
        delivery = self._box.action[key].delivery
        if delivery is not None:
            self._apply(delivery.fielded)

    def _climb(self, event: fact.RungChanged) -> None:
        target = self._box.rung_number[event.to]
        for step in self._box.steps_of.get(event.capital, ()):
            if (step.edge, step.dyad, step.target) == (event.edge, event.dyad, target):
                self._apply(step.then)
                return

    def _declared(self, event: fact.DeclarationMade) -> None:
        """Carry a declaration forward, and the word it takes back: tied hands that are untied count as broken (rule 10.1)."""
        self._said[event.id] = event
        replaced = self._said.get(event.withdraws)
        if replaced is not None and replaced.declaration.kind == "tie-hands":
            self._worded("broken", replaced)
        self._worded(event.declaration.kind, event)

    def _worded(self, moment: str, said: fact.DeclarationMade | None) -> None:
        """Carry forward what follows from a word given, kept or broken; from one nobody heard nothing does."""
        if said is None or said.slot < 0:
            return
        spoken, box = said.declaration, self._box
        if spoken.to not in ("", warned(box, said.capital, spoken.dyad)):
            return
        for reaction in box.reactions.get(key(moment, said.capital, spoken.dyad, box.slots[said.slot]), ()):
            if holds(reaction.when, self.values()):
                self._apply(reaction.then)

    def _react(self, event: fact.MomentCame) -> None:
        """Carry a moment's reaction forward: the one of that name, bound to those it concerned.

        A declaration's is carried with the declaration, which is heard even where nothing is seen to move.
        """
        if MOMENTS.get(event.moment) == DECLARATION:
            return
        moved = {change.address for change in event.changes}
        for dyad in ("", *self._box.dyad):
            if dyad and event.target:
                found = self._box.dyad[dyad]
                if event.target not in (*found.parties, found.patron):
                    continue
            for reaction in self._box.reactions.get(key(event.moment, event.capital, dyad), ()):
                if reaction.id == event.cause and moved <= {effect.address for effect in reaction.then}:
                    self._apply(reaction.then)
                    return

    def _stand(self, event: fact.StandingChanged) -> None:
        if not event.holds:
            self._take_back(self._standing.pop(event.cause, ()))
            return
        for standing in self._box.standing:
            if standing.id == event.cause:
                self._standing[event.cause] = self._apply(standing.then)
                return
