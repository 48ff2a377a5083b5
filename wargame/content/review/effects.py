"""Conditions, effects and numbers: what excludes itself, what comes out as nothing, what waits in vain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from wargame.content.compile.needs import NEEDED
from wargame.content.library import Item
from wargame.content.problems import Spot
from wargame.content.review.bound import Asked, conditions, effects, shifts
from wargame.content.review.cards import why_never
from wargame.content.review.stage import Finding, Review, Stage, named
from wargame.content.schema_rules import Reaction, Shift, Standing, Track
from wargame.content.schema_scenario import Scenario
from wargame.content.sentences import condition, effect, quoted
from wargame.rules.box import Pair, ThreatRefs
from wargame.rules.conditions import Conditions
from wargame.rules.tracks import Ref

KEPT: Final = frozenset(name for names in NEEDED.values() for name in names) | {"reopened"}
"""Tracks that the rules themselves read or move."""


def review(review: Review) -> Iterator[Finding]:
    """Yield what is odd about conditions, effects and numbers in the scenarios that have them."""
    asked = [(stage, list(conditions(stage))) for stage in review.own]
    yield from _contradictions(review, asked)
    yield from _absent(review)
    yield from _never(review)
    yield from _tracks(review, asked)


def _contradictions(review: Review, asked: list[tuple[Stage, list[Asked]]]) -> Iterator[Finding]:
    """Yield the conditions that exclude each other for all whom they concern; what is absent for somebody says nothing."""
    found: dict[Spot, bool] = {}
    for stage, lists in asked:
        numbers = stage.reach.numbers
        for spot, when in lists:
            wanted = len(when) > 1 and (spot.source.given or not review.given_only)
            if wanted and found.get(spot, True) and all(clause.atoms for clause in when):
                found[spot] = not numbers.is_consistent(when)
    for spot, is_contradiction in found.items():
        if is_contradiction:
            hint = 'for "either, or" put them into a list inside the list'
            yield Finding(spot, "WG712", "these can never hold together", hint)


def _absent(review: Review) -> Iterator[Finding]:
    """Yield the effects that come out as nothing wherever they stand."""
    found: dict[tuple[Spot, int], bool] = {}
    texts: dict[tuple[Spot, int], str] = {}
    for stage in review.own:
        for item, spot, then, words in effects(stage):
            if item.kind == "card" and not stage.brings(item.id):
                continue
            for place, text in enumerate(then if review.looks_at(item) else ()):
                key = (spot, place)
                if not found.get(key) and not _is_said_elsewhere(stage, text):
                    texts[key] = text
                    address = effect(text).address
                    found[key] = any(stage.binder.find(address, binding, spot) for binding in words)
    for (spot, place), is_there in found.items():
        if not is_there:
            message = f"{quoted(texts[spot, place])} comes out as nothing in {named(_using(review, spot))}"
            yield Finding(spot.at(place), "WG731", message, "what it names is not there; leave it out or name what is")


def _is_said_elsewhere(stage: Stage, text: str) -> bool:
    """Whether a sentence names what the scenario itself says belongs to others."""
    said = stage.table.elsewhere
    subject = effect(text).address.partition(".")[0]
    return any(name in (*said.capitals, *said.dyads, *said.theatres) for name in subject.split(">"))


def _using(review: Review, spot: Spot) -> list[Stage]:
    kind, name = spot.kind, spot.id
    found = [stage for stage in review.own if stage.library.item(kind, name) is not None]
    return [stage for stage in found if kind != "card" or stage.brings(name)]


# Consequences


def _never(review: Review) -> Iterator[Finding]:
    for _, item in review.all("reaction", Reaction):
        yield from _reaction(item, review.having(item))
    for _, item in review.all("standing", Standing):
        yield from _standing(item, review.having(item))
    for table, item in review.all("shift", Shift):
        stages = review.having(item)
        bound = [(stage, when) for stage in stages for _, when in shifts(stage, table, item)]
        if stages and not any(stage.reach.numbers.can_hold(when) for stage, when in bound):
            yield from _told(item, stages, "it is for no sheet", bound)


def _reaction(item: Item, stages: list[Stage]) -> Iterator[Finding]:
    if not stages or any(name == item.id for stage in stages for _, name in stage.reach.reactions):
        return
    bound = [
        (stage, key, reaction.when)
        for stage in stages
        for key, reactions in stage.box.reactions.items()
        for reaction in reactions
        if reaction.id == item.id
    ]
    coming = [(stage, when) for stage, key, when in bound if stage.reach.comes(key)]
    nothing = "its moment never arises" if bound else "what its conditions or effects name is not there"
    yield from _told(item, stages, nothing, coming)


def _standing(item: Item, stages: list[Stage]) -> Iterator[Finding]:
    bound = [(stage, each) for stage in stages for each in stage.box.standing if each.id.partition(":")[0] == item.id]
    if stages and not any(each.id in stage.reach.standing and each.then for stage, each in bound):
        holding = [(stage, each.when) for stage, each in bound if each.then]
        yield from _told(item, stages, "what its effects name is not there, nor anybody it is for", holding)


def _told(item: Item, stages: list[Stage], nothing: str, bound: list[tuple[Stage, Conditions]]) -> Iterator[Finding]:
    """Yield that a consequence never follows and why, unless its conditions contradict each other, which was told."""
    if all(stage.reach.numbers.is_consistent(when) for stage, when in bound):
        why = why_never(*bound[0]) if bound else nothing
        yield Finding(item.spot, "WG735", f"never follows in {named(stages)}: {why}")


# Numbers


def _tracks(review: Review, asked: list[tuple[Stage, list[Asked]]]) -> Iterator[Finding]:
    """Yield the declared numbers that nothing moves or reads, judged over all scenarios that have them."""
    use = _Use(asked)
    for table, item in review.all("track", Track):
        if not review.having(item):
            continue
        if table.id not in use.read and table.id not in KEPT:
            message = "no condition, hazard, objective or check reads this"
            yield Finding(item.spot, "WG734", message, "leave it out, or let something depend on it")
        if table.id in use.moved or table.id in KEPT or table.switch:
            continue
        if table.id in use.waited:
            message = f"{use.waited[table.id]} is asked for, and nothing ever brings it about"
            hint = "add an effect that sets it, a scenario's start, or switch = true if people set it by hand"
            yield Finding(item.spot, "WG732", message, hint)
        elif table.id not in use.checked:
            yield Finding(
                item.spot, "WG733", "nothing moves this", "a fact about a scenario needs no effect; all else does"
            )


class _Use:
    """What scenarios do with each track, by its name: read it, move it, wait for a value it never has."""

    def __init__(self, asked: Iterable[tuple[Stage, list[Asked]]]) -> None:
        self.read: set[str] = set()
        self.checked: set[str] = set()
        """Read by a check: a rating need not move."""
        self.moved: set[str] = set()
        self.waited: dict[str, str] = {}
        for stage, lists in asked:
            self._look(stage, lists)

    def _look(self, stage: Stage, asked: list[Asked]) -> None:
        names: dict[Ref, str] = {track.ref: _name(track.address) for track in stage.box.tracks}
        for pair in stage.box.pairs:
            self.checked.update(names[ref] for ref in _refs(pair))
        self.read.update(self.checked)
        self.moved.update(names[ref] for ref in stage.reach.moved)
        for step in stage.box.steps:
            self._read(stage, step.permit, names)
        for _, when in asked:
            self._read(stage, when, names)
        box = stage.box
        tests = [test for card in box.cards for test in (*card.tests, *(t for o in card.options for t in o.tests))]
        tests += [test for action in box.actions for test in action.tests]
        tests += [test for step in box.steps for test in step.tests]
        self.read.update(names[block, place] for test in tests for block, place, _ in test.per)
        self.read.update(names[objective.track] for objective in box.objectives if objective.track)
        self.read.update(_name(address) for address in _read_at_the_end(stage.table))

    def _read(self, stage: Stage, when: Conditions, names: dict[Ref, str]) -> None:
        numbers = stage.reach.numbers
        for clause in when:
            for atom in clause.atoms:
                name = names[atom[0], atom[1]]
                self.read.add(name)
                if name not in self.waited and not numbers.values[atom[0], atom[1]] & numbers.allowed(atom):
                    self.waited[name] = f'"{clause.text}"'


def _read_at_the_end(table: Scenario) -> Iterator[str]:
    """Yield the addresses that a scenario's claims read, and what it takes over from an earlier exercise."""
    lists: list[list[object]] = [accept.holds for accept in table.accept]
    if table.inherit is not None:
        yield from table.inherit.carry
        lists += [case.when for case in table.inherit.case]
    for sentences in lists:
        for each in sentences:
            for text in each if isinstance(each, list) else [each]:
                yield condition(str(text)).address


def _name(address: str) -> str:
    """Return the name of the track at an address."""
    parts = address.split(".")
    return parts[-2] if parts[-1] in ("seen", "true") and len(parts) > 2 else parts[-1]


def _refs(pair: Pair) -> Iterator[Ref]:
    yield from (pair.nerve, *pair.pressure, *pair.restraint, *pair.true_restraint)
    for threat in pair.threats:
        for refs in (threat.seen, threat.true):
            yield from _links(refs)


def _links(refs: ThreatRefs) -> Iterator[Ref]:
    yield from (refs.capability, refs.will, refs.free, refs.clarity, refs.cost)
    yield from (ref for ref in (refs.capability_cap, refs.will_cap) if ref is not None)
