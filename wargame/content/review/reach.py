"""What can come about in one scenario: which rungs, cards, orders and consequences, and which values each number may take.

It starts from the beginning and lets everything happen whose conditions can hold, until nothing new follows. Numbers are
followed one by one, so that more is held possible here than is; what is not reached here is not reached in play, unless a
white cell sets a number by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property

from wargame.content.review.numbers import Numbers, Sets
from wargame.content.schema_scenario import Scenario
from wargame.rules.box import PATRON, Box, Dyad
from wargame.rules.cards import Card, Option
from wargame.rules.conditions import Conditions
from wargame.rules.effects import Effect, Effects
from wargame.rules.ladder import Edge, Step, Test
from wargame.rules.legal import warned
from wargame.rules.measures import Action
from wargame.rules.moments import landing_key
from wargame.rules.tracks import Ref, Track, read

Move = tuple[str, int]
"""An operator and an amount: how something moves a number."""


class Reach:
    """What can come about. Ask it after it is made; it does not change."""

    def __init__(self, box: Box, scenario: Scenario, switches: Collection[str] = ()) -> None:
        """``switches`` are names of tracks that are set by hand before play."""
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
        self._moves: dict[Ref, set[Move]] = {}
        self._done: set[tuple[str, ...]] = set()
        self._news = True
        self._keep_books()
        self._inherit(scenario)
        for track in box.tracks:
            if track.address.rpartition(".")[2] in switches:
                self._free(track.address)
        while self._news:
            self._news = False
            self._go_on()

    # What the rules themselves move

    def _keep_books(self) -> None:
        """Let the numbers that the rules keep move as they do, whatever content says."""
        box, book, turns = self.box, self.box.rulebook, self.box.scenario.turns
        self._widen("world.turn", range(turns + 1))
        for capital in box.capitals:
            purse = box.track[f"{capital.id}.influence"]
            self.numbers.values[purse.ref] = 0
            self._widen(purse.address, range(min(purse.high, book.save + capital.income) + 1))
            self._shift(f"{capital.id}.face", -1)
            if any(step.capital == capital.id for step in box.steps):
                self._shift(f"{capital.id}.nerve", -book.press_nerve)
        for dyad in box.dyads:
            self._widen(f"{dyad.id}.quiet-turns", range(turns + 1))
        self._shift("world.risk", -1)
        if any(landing.pauses for landing in box.ladder.landings):
            for pair in box.pairs:
                self._shift(f"{pair.id}.assure", -book.break_faith_assure)
        for patron in (capital.id for capital in box.capitals if capital.role == PATRON):
            self._attend(patron)

    def _attend(self, patron: str) -> None:
        dyads = self.box.local_dyads(patron)
        for dyad in dyads:
            for end in ("seen", "true"):
                self._free(f"{patron}>{dyad.partner}.permission.{end}")
            if len(dyads) > 1:
                self._free(f"{dyad.theatre}.priority")
                for name in ("neglect", "elsewhere"):
                    self._widen(f"{dyad.theatre}.{name}", range(self.box.scenario.turns + 1))

    def _inherit(self, scenario: Scenario) -> None:
        """Let numbers begin as an earlier exercise may have left them."""
        if scenario.inherit is None:
            return
        for address in scenario.inherit.carry:
            for track in self._tracks(address):
                self._free(track.address)
        for case in scenario.inherit.case:
            for address, value in case.set.items():
                for track in self._tracks(address):
                    given = value.get(track.address.rpartition(".")[2]) if isinstance(value, dict) else value
                    self._begin_at(track, given)

    def _begin_at(self, track: Track, given: object) -> None:
        try:
            raw = track.raw(given)
        except ValueError:
            return
        if track.low <= raw <= track.high:
            self._widen(track.address, (raw,))

    def _tracks(self, address: str) -> list[Track]:
        known = self.box.track
        return [known[each] for each in (address, f"{address}.seen", f"{address}.true") if each in known]

    # Numbers

    def _add(self, ref: Ref, values: int) -> None:
        if values & ~self.numbers.values[ref]:
            self.numbers.values[ref] |= values
            self._news = True
            self._close(ref)

    def _widen(self, address: str, raws: Iterable[int]) -> None:
        """Let a number take these values as well; those outside its range are left out."""
        track = self.box.track.get(address)
        if track is not None:
            self.moved.add(track.ref)
            found = 0
            for raw in raws:
                if track.low <= raw <= track.high:
                    found |= 1 << (raw - track.low)
            self._add(track.ref, found)

    def _free(self, address: str) -> None:
        """Let a number take any value."""
        track = self.box.track.get(address)
        if track is not None:
            self.moved.add(track.ref)
            self._add(track.ref, self.numbers.full[track.ref])

    def _shift(self, address: str, amount: int) -> None:
        track = self.box.track.get(address)
        if track is not None and amount:
            self._move(track.ref, ("+", amount))

    def _move(self, ref: Ref, move: Move) -> None:
        moves = self._moves.setdefault(ref, set())
        if move not in moves:
            moves.add(move)
            self.moved.add(ref)
            self._news = True
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
            self._news = True

    def _is_new(self, *deed: str) -> bool:
        """Whether something happens for the first time; its effects need to be let happen only once."""
        if deed in self._done:
            return False
        self._done.add(deed)
        self._news = True
        return True

    def _do(self, effects: Effects, passing: bool = False) -> None:
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

    def _test(self, tests: Iterable[Test], dyad: str = "") -> None:
        for test in tests:
            if self._may_fail(test):
                self._do(test.fail)
                if test.drags >= 0 and dyad:
                    self._carry(dyad, test.drags)

    def _may_fail(self, test: Test) -> bool:
        percent = test.percent
        for block, place, points in test.per:
            values, low = self.numbers.values[block, place], self.numbers.low[block, place]
            least, most = low + (values & -values).bit_length() - 1, low + values.bit_length() - 1
            percent += max(points * least, points * most)
        return percent > 0

    # Rungs

    def rungs(self, subject: str) -> int:
        """Return the set of rungs at which a dyad, a theatre or the world may stand."""
        return self.numbers.values[self.box.ref(f"{subject}.rung")]

    def is_reached(self, dyad: str, rung: int) -> bool:
        """Whether a dyad can come to stand on a rung, by its number."""
        return bool(self.rungs(dyad) >> rung & 1)

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
            self._widen(f"{subject}.rung", (rung,))
            if rung > read(self.box.start, self.box.ref(f"{subject}.peak")):
                self._widen(f"{subject}.peak", (rung,))
        marks = self.box.ladder.rungs[rung].marks
        if "nuclear-use" in marks:
            self._free("world.faded")
        if "war" in marks and found.is_local:
            self._fight(found)
        tokens = self.box.ladder.zones[self.box.ladder.rungs[rung].zone].tokens
        self._shift("world.risk", tokens)

    def _fight(self, dyad: Dyad) -> None:
        """Let a war be waged: ground is lost, and a first blow hurts what is not survivable."""
        self._shift(f"{dyad.theatre}.ground", -1)
        self._widen(f"{dyad.theatre}.war-still", range(self.box.scenario.turns + 1))
        pair = self.box.pair.get(f"{dyad.challenger}>{dyad.partner}")
        for threat in pair.threats if pair else ():
            if threat.owner == dyad.partner and threat.true.capability_cap is not None:
                for end in ("seen", "true"):
                    self._shift(f"{dyad.challenger}>{dyad.partner}.{threat.id}.capability.{end}", -2)

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

    def purse(self, capital: str) -> int:
        """Return the most influence a capital can have."""
        ref = self.box.ref(f"{capital}.influence")
        return self.numbers.low[ref] + self.numbers.values[ref].bit_length() - 1

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
                    self._do(reaction.then)
        for standing in self.box.standing:
            if standing.id not in self.standing and self.numbers.can_hold(standing.when):
                self.standing.add(standing.id)
                self._do(standing.then, passing=True)

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
                if self._is_new("card", card.id):
                    self._do(card.then)
                self._test(card.tests)
                self._take(card.take)
            elif card.asks in self.box.capital:
                for option in card.options:
                    self._option(card, option, when)

    def _option(self, card: Card, option: Option, when: Conditions) -> None:
        if option.cost <= self.purse(card.asks) and self.numbers.can_hold(when, option.when):
            self.options.add((card.id, option.id))
            if self._is_new("option", card.id, option.id):
                self._do(card.then + option.then)
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
            self._news = True
            self._do(action.then)
            self._send(action)
        self._test(action.tests)
        stops = action.delivery.stops if action.delivery else ()
        arrives = action.delivery is not None and ("fielded", *key) not in self._done
        if arrives and not (stops and self.numbers.always_hold(stops)) and self._is_new("fielded", *key):
            self._do(action.delivery.fielded if action.delivery else ())

    def _send(self, action: Action) -> None:
        """Let a measure that takes time be under way."""
        if action.delivery is not None:
            counter = f"{action.target or action.capital}.delivery.{action.measure}"
            self._widen(counter, range(action.delivery.turns + 1))
            self._do(action.delivery.under_way, passing=True)

    def _step(self, place: int, step: Step) -> None:
        if place not in self.steps and self.can_take(step):
            self.steps.add(place)
            self._news = True
            self._do(step.then)
            self._shift(f"{step.dyad}.ceasefire", -1)
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
        self._news = True
        landing = self.box.landing[name]
        self._do(self.box.landings[landing_key(name, dyad.id)][0])
        if self.box.rulebook.talks_most_concessions:
            self._shift(f"{dyad.id}.concessions", 1)
        if landing.stops_war:
            self._shift(f"{dyad.id}.ceasefire", 1)
        if landing.outcome:
            self._close_theatre(dyad.theatre, landing.outcome)

    def _close_theatre(self, theatre: str, outcome: str) -> None:
        track = self.box.track[f"{theatre}.outcome"]
        if outcome in track.words:
            self._widen(track.address, (track.words.index(outcome),))

    # Moments

    def comes(self, key: str) -> bool:
        """Whether the moment of a key can arise."""
        moment, capital, dyad, slot = key.split("|")
        ask = self._occasions.get(moment)
        return True if ask is None else ask(capital, dyad, slot)

    @cached_property
    def _occasions(self) -> dict[str, Callable[[str, str, str], bool]]:
        declared = dict.fromkeys(("tie-hands", "sink-costs", "quiet", "kept", "broken"), self._can_declare)
        moved = dict.fromkeys(
            ("climbed", "deterred", "pressed-on", "matched", "overmatched", "ignored"), self._can_climb
        )
        bound = dict.fromkeys(("permission-raised", "permission-lowered", "vetoed"), self._has_bond)
        return {
            **declared,
            **moved,
            **bound,
            "jumped": lambda capital, dyad, _: self._takes(capital, dyad, lambda step: step.type == "jump"),
            "seized": lambda capital, dyad, _: self._takes(capital, dyad, self._marked("seizure")),
            "war-opened": lambda capital, dyad, _: self._takes(capital, dyad, self._marked("war")),
            "stepped-down": lambda _, dyad, __: self.rungs(dyad) & (self.rungs(dyad) - 1) != 0,
            "conceded": lambda _, dyad, __: any(where == dyad for _, where in self.landings),
            "held": lambda _, dyad, __: self._at_war(dyad),
            "lost-ground": lambda _, dyad, __: self._at_war(dyad),
            "neglected": lambda capital, _, __: len(self.box.local_dyads(capital)) > 1,
            "defied": lambda capital, dyad, _: self._takes(capital, dyad, lambda step: bool(step.permit)),
        }

    def _takes(self, capital: str, dyad: str, is_so: Callable[[Step], bool]) -> bool:
        steps = (self.box.steps[place] for place in self.steps)
        return any(step.capital == capital and step.dyad == dyad and is_so(step) for step in steps)

    def _marked(self, mark: str) -> Callable[[Step], bool]:
        return lambda step: mark in self.box.ladder.rungs[step.target].marks

    def _can_climb(self, capital: str, dyad: str, _: str) -> bool:
        """Whether a capital climbs in a dyad, or the other party does and it is the one that answers."""
        return (
            any(self.box.steps[place].dyad == dyad for place in self.steps) and capital in self.box.dyad[dyad].parties
        )

    def _has_bond(self, capital: str, dyad: str, _: str) -> bool:
        return self.box.dyad[dyad].patron == capital

    def _at_war(self, dyad: str) -> bool:
        rungs = self.box.ladder.rungs
        return any("war" in rung.marks and self.is_reached(dyad, number) for number, rung in enumerate(rungs))

    def _can_declare(self, capital: str, dyad: str, slot: str) -> bool:
        return (capital, dyad, slot) in self._declarations

    @cached_property
    def _declarations(self) -> set[tuple[str, str, str]]:
        """Who may speak of which slot of threat in which dyad: a threat must be its own, or its partner's (rule 10.1)."""
        found = set()
        for dyad in self.box.dyads:
            for capital in self.box.capital:
                against = warned(self.box, capital, dyad.id)
                pair = self.box.pair.get(f"{against}>{dyad.other(against)}")
                partners = {each.partner for each in self.box.local_dyads(capital)}
                for threat in pair.threats if pair else ():
                    if threat.owner == capital or threat.owner in partners:
                        found.add((capital, dyad.id, self.box.slots[threat.slot]))
        return found


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
