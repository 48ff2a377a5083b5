"""What the staff can say before orders are sealed: whose step threatens, how likely, and what an order changes in that.

Everything is read from one side's view; what it cannot see is taken from the published opening assessment. Percentages
are chances that a step is *not* taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from wargame.rules.box import Box, Dyad, Hold, Threat, ThreatRefs
from wargame.rules.conditions import holds
from wargame.rules.deterrence import Estimate, Ratings, estimate, log_odds, percent_of, ratings
from wargame.rules.effects import Effects, changes_of
from wargame.rules.ladder import Step, Test
from wargame.rules.legal import is_answering, is_open, starts_here, voiced
from wargame.rules.measures import Action
from wargame.rules.moments import key
from wargame.rules.orders import Declaration, Dial, Terms
from wargame.rules.resolve.talks import acceptance
from wargame.rules.table import Table
from wargame.rules.tracks import Change, Ref, Values
from wargame.rules.view import View


class Watch(Struct, frozen=True):
    """A step of another capital, or of one's own, that the staff keep an eye on. ``rung`` is a number."""

    pair: str
    dyad: str
    rung: int


class Forecast(Struct, frozen=True):
    """What an order does to one watched step, in percent: before, at once, and when it is there (-1 for never apart).

    ``because`` says why nothing changes, and is empty where something does.
    """

    watch: Watch
    before: int
    now: int
    later: int = -1
    because: str = ""

    @property
    def best(self) -> int:
        """The percentage once everything that was ordered counts."""
        return self.later if self.later >= 0 else self.now


def possible_steps(box: Box, view: View, capital: str) -> tuple[Step, ...]:
    """Return the climbs a capital may order now as far as ``view`` can tell, by dyad, lower rungs first."""
    values = view.assessed(box)
    found: dict[tuple[str, int], Step] = {}
    for step in box.steps_of[capital]:
        stopped = any(dyad == step.dyad and until >= view.turn for dyad, until in view.paused)
        if stopped or not is_open(box, values, box.dyad[step.dyad].theatre) or not starts_here(box, values, step):
            continue
        if holds(step.when, values):
            found.setdefault((step.dyad, step.target), step)
    return tuple(found.values())


def _read(box: Box, view: View, watch: Watch, values: Values | None) -> Ratings:
    pair = box.pair[watch.pair]
    answering = is_answering(box, view.stacks, pair.target, box.dyad[watch.dyad].theatre)
    return ratings(box, values or view.assessed(box), pair, watch.rung, view.done, answering)


def staff(box: Box, view: View, watch: Watch, values: Values | None = None) -> Estimate:
    """Return the estimate of a watched step, from ``values`` or from what the side knows and assesses."""
    return estimate(box, box.theory[view.setup.theory], _read(box, view, watch, values))


def chance(box: Box, view: View, watch: Watch, values: Values | None = None) -> int:
    """Return the percentage of :func:`staff` alone, which is quicker."""
    return percent_of(log_odds(_read(box, view, watch, values), box.theory[view.setup.theory]))


def of_step(box: Box, step: Step) -> Watch:
    """Return the watch on a climb."""
    return Watch(f"{step.capital}>{box.dyad[step.dyad].other(step.capital)}", step.dyad, step.target)


def likeliest(box: Box, view: View, capital: str, dyad: str) -> Watch | None:
    """Return the climb a capital is likeliest to get through its own check in a dyad, the higher of two alike."""
    found = [of_step(box, step) for step in possible_steps(box, view, capital) if step.dyad == dyad]
    if not found:
        return None
    return min(found, key=lambda watch: (chance(box, view, watch), -watch.rung))


def watches(box: Box, view: View) -> tuple[Watch, ...]:
    """Return what this side's staff watch: in its local dyads the challenger's likeliest step, and the scenario's question."""
    found: list[Watch] = []
    asked = box.question
    for dyad in box.dyads:
        if not dyad.is_local or view.side not in (*dyad.parties, dyad.patron):
            continue
        near = likeliest(box, view, dyad.challenger, dyad.id)
        if near is not None:
            found.append(near)
        stands = view.values[box.rung_at[dyad.id][0]][box.rung_at[dyad.id][1]]
        if box.pair[asked.pair].dyad == dyad.id and stands < asked.rung and (not near or near.rung != asked.rung):
            found.append(Watch(asked.pair, dyad.id, asked.rung))
    return tuple(found)


def reached(box: Box, view: View, dyad: str, rung: int) -> View:
    """Return the view as it would be if a dyad had come to stand at a rung above by a step of the side that is faced."""
    found = box.dyad[dyad]
    mover = found.other(view.side) if view.side in found.parties else found.challenger
    stacks = list(view.stacks)
    stacks[box.dyad_place[dyad]] = (*stacks[box.dyad_place[dyad]], Hold(rung, mover))
    blocks = [list(block) for block in view.assessed(box)]
    for subject in (dyad, found.theatre, "world"):
        for name in ("rung", "peak"):
            block, place = box.ref(f"{subject}.{name}")
            blocks[block][place] = max(blocks[block][place], rung)
    return replace(view, values=tuple(map(tuple, blocks)), stacks=tuple(stacks))


def put(box: Box, values: Values, changes: Iterable[Change]) -> Values:
    """Return values with changes made."""
    blocks = [list(block) for block in values]
    for change in changes:
        block, place = box.ref(change.address)
        blocks[block][place] = change.new
    return tuple(map(tuple, blocks))


def moved_by(box: Box, view: View, *effects: Effects) -> tuple[Change, ...]:
    """Return what effects would move now, as far as this side can tell."""
    values = view.assessed(box)
    found: list[Change] = []
    for each in effects:
        changes = changes_of(each, values, view.turn)
        values = put(box, values, changes)
        found += changes
    return tuple(found)


def stages(box: Box, view: View, action: Action) -> tuple[Values, Values]:
    """Return the numbers after a measure, at once and once it is there; the same twice for one without a lag."""
    values = view.assessed(box)
    done = put(box, values, moved_by(box, view, action.then))
    coming = action.delivery
    if coming is None:
        return done, done
    now = put(box, done, changes_of(coming.under_way, done, view.turn))
    return now, put(box, done, changes_of(coming.fielded, done, view.turn))


def of_measure(box: Box, view: View, action: Action, watch: Watch) -> Forecast:
    """Return what a measure does to a watched step."""
    before = chance(box, view, watch)
    now, later = (chance(box, view, watch, values) for values in stages(box, view, action))
    moves = [action.then] if action.delivery is None else [action.then, action.delivery.fielded]
    because = "" if (now, later) != (before, before) else idle(box, view, watch, moved_by(box, view, *moves))
    return Forecast(watch, before, now, -1 if action.delivery is None else later, because)


def of_dial(box: Box, view: View, dial: Dial, watch: Watch) -> Forecast:
    """Return what a permission does to a watched step."""
    changes = []
    for half in ("true", "seen"):
        track = box.track[f"{view.side}>{dial.partner}.permission.{half}"]
        old = view.assessed(box)[track.block][track.place]
        changes.append(Change(track.address, old, track.words.index(dial.permission)))
    raised = changes[0].new > changes[0].old
    for dyad in box.local_dyads(view.side):
        if dyad.partner == dial.partner:
            moment = key("permission-raised" if raised else "permission-lowered", view.side, dyad.id)
            changes += reactions(box, view, moment)
    return _changed(box, view, watch, tuple(changes))


def of_declaration(box: Box, view: View, said: Declaration, watch: Watch) -> Forecast:
    """Return what a declaration does to a watched step, as soon as it is heard."""
    return _changed(box, view, watch, spoken(box, view, said))


def spoken(box: Box, view: View, said: Declaration) -> tuple[Change, ...]:
    """Return what follows at once from a declaration being made."""
    slot = voiced(box, view.side, said)[1]
    moment = key(said.kind, view.side, said.dyad, box.slots[slot] if slot >= 0 else "")
    return reactions(box, view, moment)


def reactions(box: Box, view: View, moment: str) -> tuple[Change, ...]:
    """Return what content says follows from a moment of play, as far as this side can tell."""
    found: tuple[Change, ...] = ()
    values = view.assessed(box)
    for reaction in box.reactions.get(moment, ()):
        if holds(reaction.when, values):
            changes = changes_of(reaction.then, values, view.turn)
            values, found = put(box, values, changes), (*found, *changes)
    return found


def _changed(box: Box, view: View, watch: Watch, changes: tuple[Change, ...]) -> Forecast:
    values = view.assessed(box)
    before = chance(box, view, watch, values)
    now = chance(box, view, watch, put(box, values, changes))
    return Forecast(watch, before, now, because="" if now != before else idle(box, view, watch, changes))


def hazard(view: View, test: Test) -> int:
    """Return the percent chance that a hazard goes wrong, as this side assesses it."""
    more = sum(points * view.values[block][place] for block, place, points in test.per if view.values[block])
    return max(0, min(100, test.percent + more))


class _Guess:
    """Reads tracks as one side assesses them, in the way the rules read the table."""

    def __init__(self, box: Box, values: Values) -> None:
        self.box = box
        self._values = values

    def raw(self, address: str) -> int:
        block, place = self.box.ref(address)
        return self._values[block][place]


def of_talks(box: Box, view: View, terms: Terms) -> int:
    """Return the percent chance, as this side assesses it, that the other party would agree if nobody plays it."""
    dyad = box.dyad[terms.dyad]
    guess = cast("Table", _Guess(box, view.assessed(box)))
    return acceptance(guess, dyad, dyad.other(view.side), terms)


def idle(box: Box, view: View, watch: Watch, changes: tuple[Change, ...]) -> str:
    """Return why changes do not move a watched step, as the end of "changes nothing, because ..."."""
    if not changes:
        return "what it would move stands at its limit already"
    pair = box.pair[watch.pair]
    moved = {box.ref(change.address) for change in changes}
    seen = {*pair.pressure, pair.nerve, *pair.restraint}
    if moved & seen:
        return f"the theory {box.theory[view.setup.theory].name} gives too little weight to it to move a whole percent"
    for threat in pair.threats:
        hit = [link for link, places in _links(threat.seen).items() if places & moved]
        if hit:
            return _idle_threat(box, view, watch, threat, hit)
    believed = seen.union(*(places for threat in pair.threats for places in _links(threat.seen).values()))
    twins = (change.address.removesuffix(".true") + ".seen" for change in changes)
    if any(twin in box.track and box.ref(twin) in believed for twin in twins):
        return "it is not seen over there: what is true moves, what they believe does not"
    return "it touches nothing that counts in that step"


def _idle_threat(box: Box, view: View, watch: Watch, threat: Threat, hit: list[str]) -> str:
    slot = f"{box.slots[threat.slot]} threat of {box.capital[threat.owner].name}"
    term = next((each for each in staff(box, view, watch).threats if each.name == threat.id), None)
    if term is None:
        return f"the {slot} does not answer a step to that rung"
    if not term.counts:
        return f"a more credible threat counts in place of the {slot}"
    weakest = "freedom to act" if term.weakest == "free" else term.weakest
    if hit in (["survives"], ["stake"]):
        return f"the {slot} is held down by its {weakest} itself, not by what this lifts"
    if term.weakest not in hit and not {"clarity", "cost"} & set(hit):
        return f"the weakest link of the {slot} is {weakest}, and that stays as it is"
    return f"the {slot} is believed too little, its weakest link being {weakest}, to move a whole percent"


def _links(refs: ThreatRefs) -> dict[str, set[Ref]]:
    """Return where each link of a threat is stored, and what caps it, by name."""
    found: dict[str, set[Ref]] = {
        "capability": {refs.capability},
        "will": {refs.will},
        "free": {refs.free},
        "clarity": {refs.clarity},
        "cost": {refs.cost},
    }
    if refs.capability_cap is not None:
        found["survives"] = {refs.capability_cap}
    if refs.will_cap is not None:
        found["stake"] = {refs.will_cap}
    return found


def local_dyad(box: Box, capital: str) -> Dyad | None:
    """Return the local dyad a challenger or partner is a party of."""
    return next((dyad for dyad in box.dyads if dyad.is_local and capital in dyad.parties), None)
