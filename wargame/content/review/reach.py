"""What can come about in one scenario: which rungs, cards, orders and consequences, and which values each number may take.

It starts from the beginning and lets everything happen whose conditions can hold, until nothing new follows. Numbers are
followed one by one, so that more is held possible here than is; what is not reached here is not reached in play, unless a
white cell sets a number by hand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property

from wargame.content.review import books
from wargame.content.review.numbers import Sets
from wargame.content.review.occasions import Occasions
from wargame.content.review.possible import Possible
from wargame.content.schema_scenario import Scenario
from wargame.rules.box import Box, Dyad
from wargame.rules.cards import Card, Option
from wargame.rules.conditions import Conditions
from wargame.rules.ladder import Edge, Step, Test
from wargame.rules.measures import Action
from wargame.rules.moments import landing_key
from wargame.rules.tracks import read


class Reach(Possible):
    """What can come about. Ask it after it is made; it does not change."""

    def __init__(self, box: Box, scenario: Scenario, switches: Collection[str] = ()) -> None:
        """``switches`` are names of tracks that are set by hand before play."""
        super().__init__(box)
        self._occasions = Occasions(self)
        books.keep_books(self)
        books.inherit(self, scenario)
        for track in box.tracks:
            if track.address.rpartition(".")[2] in switches:
                self.free(track.address)
        while self.news:
            self.news = False
            self._go_on()

    # Rungs

    def _carry(self, dyad: str, rung: int) -> None:
        """Let an event take a dyad to a rung, or the dyad beside it where the rung is of the other kind (rule 3.10)."""
        found, within = self.box.dyad[dyad], self.box.ladder.rungs[rung].within
        if within == "any" or found.is_local == (within == "local"):
            self._stand(dyad, rung)
            return
        for each in self.box.dyads:
            if (each.theatre, each.challenger) == (found.theatre, found.challenger) and each.is_local != found.is_local:
                self._stand(each.id, rung)

    def _stand(self, dyad: str, rung: int) -> None:
        if self.is_reached(dyad, rung):
            return
        found = self.box.dyad[dyad]
        for subject in (dyad, found.theatre, "world"):
            self.widen(f"{subject}.rung", (rung,))
            if rung > read(self.box.start, self.box.ref(f"{subject}.peak")):
                self.widen(f"{subject}.peak", (rung,))
        marks = self.box.ladder.rungs[rung].marks
        if "nuclear-use" in marks:
            self.free("world.faded")
        if "war" in marks and found.is_local:
            self._fight(found)
        tokens = self.box.ladder.zones[self.box.ladder.rungs[rung].zone].tokens
        self.shift("world.risk", tokens)

    def _fight(self, dyad: Dyad) -> None:
        """Let a war be waged: ground is lost, and a first blow hurts what is not survivable."""
        self.shift(f"{dyad.theatre}.ground", -1)
        self.widen(f"{dyad.theatre}.war-still", range(self.box.scenario.turns + 1))
        pair, loss = self.box.pair.get(f"{dyad.challenger}>{dyad.partner}"), self.box.rulebook.blow_capability
        for threat in pair.threats if pair else ():
            if threat.owner == dyad.partner and threat.true.capability_cap is not None:
                for end in ("seen", "true"):
                    self.shift(f"{dyad.challenger}>{dyad.partner}.{threat.id}.capability.{end}", -loss)

    def can_start(self, step: Step) -> bool:
        """Whether a step's dyad can ever stand where its edge begins."""
        dyad = self.box.dyad[step.dyad]
        below = self.rungs(dyad.id) & ((1 << step.target) - 1)
        if step.start == "other-theatre":
            others = (each.id for each in self.box.theatres if each.id != dyad.theatre)
            return bool(below) and any(self.rungs(other) >> step.source for other in others)
        if self.is_reached(dyad.id, step.source):
            return True
        return step.start == "theatre" and bool(below) and bool(self.rungs(dyad.theatre) >> step.source & 1)

    def given(self, step: Step) -> Sets:
        """Return what the rung of a step's dyad must be for its edge to begin there, as far as that is certain."""
        ref = self.box.ref(f"{step.dyad}.rung")
        return {ref: 1 << step.source} if step.start == "dyad" else {ref: self.numbers.full[ref] & ~(1 << step.target)}

    def can_take(self, step: Step, *more: Conditions) -> bool:
        """Whether somebody can ever take a step, with further conditions."""
        return (
            self.can_start(step)
            and step.cost <= self.purse(step.capital)
            and self.numbers.can_hold(step.when, *more, given=self.given(step))
        )

    # Hazards

    def _test(self, tests: Iterable[Test], dyad: str = "") -> None:
        for test in tests:
            if self._may_fail(test):
                self.let(test.fail)
                if test.drags >= 0 and dyad:
                    self._carry(dyad, test.drags)

    def _may_fail(self, test: Test) -> bool:
        percent = test.percent
        for block, place, points in test.per:
            values, low = self.numbers.values[block, place], self.numbers.low[block, place]
            least, most = low + (values & -values).bit_length() - 1, low + values.bit_length() - 1
            percent += max(points * least, points * most)
        return percent > 0

    # One round: everything that can happen now

    def _go_on(self) -> None:
        for card in self.box.cards:
            self._card(card)
        for action in self.box.actions:
            self._action(action)
        for place, step in enumerate(self.box.steps):
            self._step(place, step)
        self._accidents()
        for landing in self.box.ladder.landings:
            for dyad in self.box.dyads:
                self._land(landing.id, dyad)
        for theatre_outcome in self.box.theatre_outcomes:
            if self.numbers.can_hold(theatre_outcome.when):
                self._close_theatre(theatre_outcome.theatre, theatre_outcome.id)
        for key, reactions in self.box.reactions.items():
            for reaction in reactions:
                done = (key, reaction.id)
                if done not in self.reactions and self.comes(key) and self.numbers.can_hold(reaction.when):
                    self.reactions.add(done)
                    self.let(reaction.then)
        for standing in self.box.standing:
            if standing.id not in self.standing and self.numbers.can_hold(standing.when):
                self.standing.add(standing.id)
                self.let(standing.then, passing=True)

    def comes(self, key: str) -> bool:
        """Whether the moment of a key can arise."""
        return self._occasions.comes(key)

    def ways(self, card: Card) -> tuple[bool, tuple[Conditions, ...]]:
        """Return whether a deck can bring a card, and the conditions under which the scenario does; none where none are asked."""
        scenario = self.box.scenario
        drawn = any(deck == card.deck and number for deck, number in (*scenario.draws, scenario.history))
        scheduled: list[Conditions] = []
        for inject in scenario.injects:
            if inject.card == card.id and inject.turn <= scenario.turns:
                never = bool(inject.skip_if) and self.numbers.always_hold(inject.skip_if)
                if inject.turn == 0:
                    scheduled.append(())
                elif not never:
                    scheduled.append(inject.only_if)
        return drawn, tuple(scheduled)

    def _card(self, card: Card) -> None:
        drawn, scheduled = self.ways(card)
        ways = ([card.when] if drawn else []) + list(scheduled)
        for when in ways:
            if not self.numbers.can_hold(when):
                continue
            self.cards.add(card.id)
            if not card.asks:
                if self.is_new("card", card.id):
                    self.let(card.then)
                self._test(card.tests)
                self._take(card.take)
            elif card.asks in self.box.capital:
                for option in card.options:
                    self._option(card, option, when)

    def _option(self, card: Card, option: Option, when: Conditions) -> None:
        if option.cost <= self.purse(card.asks) and self.numbers.can_hold(when, option.when):
            self.options.add((card.id, option.id))
            if self.is_new("option", card.id, option.id):
                self.let(card.then + option.then)
            self._test(card.tests + option.tests)
            self._take(option.take or card.take)

    def _take(self, take: tuple[str, int] | None) -> None:
        if take is None:
            return
        dyad = self.box.dyad[take[0]]
        for edge in self.box.ladder.edges:
            if edge.target == take[1] and (
                self.is_reached(dyad.id, edge.source)
                or (edge.start == "theatre" and self.rungs(dyad.theatre) >> edge.source & 1)
            ):
                self._carry(dyad.id, take[1])
                return

    def _action(self, action: Action) -> None:
        key = (action.capital, action.measure, action.target)
        if key not in self.actions:
            if action.cost > self.purse(action.capital) or not self.numbers.can_hold(action.when):
                return
            self.actions.add(key)
            self.news = True
            self.let(action.then)
            self._send(action)
        self._test(action.tests)
        stops = action.delivery.stops if action.delivery else ()
        arrives = action.delivery is not None and ("fielded", *key) not in self._done
        if arrives and not (stops and self.numbers.always_hold(stops)) and self.is_new("fielded", *key):
            self.let(action.delivery.fielded if action.delivery else ())

    def _send(self, action: Action) -> None:
        """Let a measure that takes time be under way."""
        if action.delivery is not None:
            counter = f"{action.target or action.capital}.delivery.{action.measure}"
            self.widen(counter, range(action.delivery.turns + 1))
            self.let(action.delivery.under_way, passing=True)

    def _step(self, place: int, step: Step) -> None:
        if place not in self.steps and self.can_take(step):
            self.steps.add(place)
            self.news = True
            self.let(step.then)
            self.shift(f"{step.dyad}.ceasefire", -1)
            self._stand(step.dyad, step.target)
        if place in self.steps:
            self._test(step.tests, step.dyad)

    def _accidents(self) -> None:
        """Take every dyad where an accident would: through a wormhole, else up the next edge (rule 8.4)."""
        risk = self.box.track["world.risk"]
        if not self.box.rulebook.risk_percent or (self.numbers.values[risk.ref] <= 1 and risk.low == 0):
            return
        for dyad in self.box.dyads:
            for rung in range(len(self.box.ladder.rungs)):
                edge = self._accident[rung]
                if edge is not None and self.is_reached(dyad.id, rung):
                    self._carry(dyad.id, edge.target)

    @cached_property
    def _accident(self) -> list[Edge | None]:
        """The edge an accident takes from each rung."""
        edges = self.box.ladder.edges
        return [
            next((e for kind in ("wormhole", "up") for e in edges if e.source == rung and e.type == kind), None)
            for rung in range(len(self.box.ladder.rungs))
        ]

    def can_land(self, landing: str, dyad: str, *more: Conditions) -> bool:
        """Whether talks in a dyad can ever reach a landing, with further conditions."""
        source = sum(1 << rung for rung in set(self.box.landing[landing].source))
        given = {self.box.ref(f"{dyad}.rung"): source}
        return self.numbers.can_hold(self.box.landings[landing_key(landing, dyad)][1], *more, given=given)

    def _land(self, name: str, dyad: Dyad) -> None:
        if (name, dyad.id) in self.landings or not self.can_land(name, dyad.id):
            return
        self.landings.add((name, dyad.id))
        self.news = True
        landing = self.box.landing[name]
        self.let(self.box.landings[landing_key(name, dyad.id)][0])
        if self.box.rulebook.talks_most_concessions:
            self.shift(f"{dyad.id}.concessions", 1)
        if landing.stops_war:
            self.shift(f"{dyad.id}.ceasefire", 1)
        if landing.outcome:
            self._close_theatre(dyad.theatre, landing.outcome)

    def _close_theatre(self, theatre: str, outcome: str) -> None:
        track = self.box.track[f"{theatre}.outcome"]
        if outcome in track.words:
            self.widen(track.address, (track.words.index(outcome),))
