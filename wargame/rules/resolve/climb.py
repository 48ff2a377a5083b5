"""Climbs: permission, the staff estimate, the dice, perhaps a ruling, and what follows (rules 6 and 7)."""

from __future__ import annotations

from wargame.rules.box import Dyad, Pair
from wargame.rules.conditions import holds
from wargame.rules.deterrence import Estimate, estimate, ratings, scale
from wargame.rules.events import (
    BlowStruck,
    ChallengeResolved,
    ChallengeRolled,
    Checked,
    MomentCame,
    PermissionRefused,
    PressedOn,
    RulingMade,
)
from wargame.rules.ladder import Step
from wargame.rules.legal import is_answering, is_open, is_step, starts_here
from wargame.rules.legal import steps as legal_steps
from wargame.rules.orders import Climb
from wargame.rules.resolve.aid import lapse
from wargame.rules.resolve.war import is_at_war
from wargame.rules.sight import look
from wargame.rules.table import Table
from wargame.rules.tracks import Change

RIGID, SEMI_RIGID, FREE = "rigid", "semi-rigid", "free"
MODES = (RIGID, SEMI_RIGID, FREE)
"""How far the dice bind: everyone; unless a capital presses on or the white cell overrules; not at all."""


def attempt(table: Table, item: int, capital: str, climb: Climb, break_faith: bool, paid: int) -> None:
    """Put one climb to the check, as far as the dice, and resolve it unless the white cell has to rule."""
    box = table.box
    dyad = box.dyad[climb.dyad]
    paused = any(each == dyad.id and until >= table.state.turn for each, until in table.state.paused)
    if paused and break_faith and is_open(box, table.state.values, dyad.theatre):
        _break_faith(table, capital, dyad)
        step = _reachable(table, capital, climb)
    else:
        view = look(box, table.state, capital)
        step = next((s for s in legal_steps(box, view) if is_step(box, s, climb)), None)
    if step is None:
        reason = "talks have stopped the clock there" if paused else "no longer open from where the dyad stands"
        lapse(table, capital, f"climb to {climb.to} in {climb.dyad}", reason, paid)
    elif _permitted(table, dyad, step, climb):
        rolled = _roll(table, item, dyad, step, climb)
        if table.state.pending is None:
            resolve(table, rolled)
    else:
        lapse(table, capital, f"climb to {climb.to} in {climb.dyad}", "the patron does not permit it", paid)


def _reachable(table: Table, capital: str, climb: Climb) -> Step | None:
    values = table.state.values
    for step in table.box.steps_of[capital]:
        if is_step(table.box, step, climb) and starts_here(table.box, values, step) and holds(step.when, values):
            return step
    return None


def _break_faith(table: Table, capital: str, dyad: Dyad) -> None:
    """Climb over a landing just agreed: it costs face, and the others' trust."""
    book = table.box.rulebook
    others = [
        (f"{pair.id}.assure", -book.break_faith_assure)
        for pair in table.box.pairs
        if pair.target == capital and f"{pair.id}.assure" in table.box.track
    ]
    changes = table.shift((f"{capital}.face", -book.break_faith_face), *others)
    text = "Faith was broken: a climb over a landing just agreed."
    table.emit(MomentCame("broke-faith", "broke-faith", text, capital, dyad.other(capital), changes))


def _permitted(table: Table, dyad: Dyad, step: Step, climb: Climb) -> bool:
    if holds(step.permit, table.state.values):
        return True
    rung = table.box.ladder.rungs[step.target].id
    table.emit(PermissionRefused(dyad.patron, step.capital, dyad.id, rung, climb.defy))
    if climb.defy:
        table.moment("defied", step.capital, dyad.id, target=dyad.patron)
        return True
    table.moment("vetoed", dyad.patron, dyad.id, target=dyad.partner)
    return False


def staff_estimate(table: Table, pair: Pair, rung: int, theatre: str) -> Estimate:
    """Return the estimate from the challenger's own sheet, as it believes things to be."""
    answering = is_answering(table.box, table.state.stacks, pair.target, theatre)
    read = ratings(table.box, table.state.values, pair, rung, table.state.done, answering)
    return estimate(table.box, table.box.theory[table.state.setup.theory], read)


def _roll(table: Table, item: int, dyad: Dyad, step: Step, climb: Climb) -> ChallengeRolled:
    box, state = table.box, table.state
    target = dyad.other(step.capital)
    found = staff_estimate(table, box.pair[f"{step.capital}>{target}"], step.target, dyad.theatre)
    zone = box.ladder.firebreak(table.raw(f"{dyad.id}.rung"), step.target)
    crossed = box.ladder.zones[zone] if zone >= 0 else None
    if crossed is not None and crossed.firebreak:
        again = f"{dyad.id}.reopened"
        reopened = table.raw(again) if again in box.track else 0
        die = table.dice.percent("firebreak", step.capital, dyad.id, crossed.id, reopened)
    else:
        die = table.dice.percent("climb", state.turn, step.capital, dyad.id, climb.to)
    rungs = box.ladder.rungs
    rolled = ChallengeRolled(
        item=item,
        challenger=step.capital,
        target=target,
        dyad=dyad.id,
        edge=step.edge,
        source=rungs[step.source].id,
        to=rungs[step.target].id,
        theory=state.setup.theory,
        firebreak=crossed.firebreak if crossed else "",
        terms=found.terms,
        threats=found.threats,
        constant=found.constant,
        margin=found.margin,
        percent=found.percent,
        band=(found.low, found.high),
        die=die,
        weakest=found.weakest,
        press_on=climb.press_on,
    )
    table.emit(rolled)
    return rolled


def press_on_price(table: Table, capital: str, percent: int) -> tuple[Change, ...]:
    """Return what pressing on costs a capital: nerve, and face by how likely the staff thought it deterred (rule 6.8)."""
    book = table.box.rulebook
    face = book.press_face[sum(percent > each for each in book.press_percent)]
    return table.shift((f"{capital}.nerve", -book.press_nerve), (f"{capital}.face", -face))


def may_press_on(table: Table, capital: str) -> bool:
    """Whether a capital has the nerve to press on, in a mode that lets it."""
    return table.state.setup.mode != RIGID and table.raw(f"{capital}.nerve") >= table.box.rulebook.press_least_nerve


def taken_unless_ruled(table: Table, rolled: ChallengeRolled) -> bool:
    """Whether the step is taken if the white cell lets things stand: by the dice, or by a capital that presses on."""
    return rolled.die > rolled.percent or (rolled.press_on and may_press_on(table, rolled.challenger))


def rule(table: Table, rolled: ChallengeRolled, taken: bool | None, reason: str, dissent: str = "") -> None:
    """Let the white cell rule on a challenge that waits."""
    otherwise = taken_unless_ruled(table, rolled)
    taken = otherwise if taken is None else taken
    table.emit(RulingMade(taken, taken != otherwise, reason, dissent))
    if taken != otherwise:
        _finish(table, rolled, "overruled-taken" if taken else "overruled-held")
    else:
        resolve(table, rolled)


def resolve(table: Table, rolled: ChallengeRolled) -> None:
    """Let the dice decide, and the capital press on if it meant to and can."""
    if rolled.die > rolled.percent:
        _finish(table, rolled, "taken")
    elif rolled.press_on and may_press_on(table, rolled.challenger):
        changes = press_on_price(table, rolled.challenger, rolled.percent)
        table.emit(PressedOn(rolled.challenger, rolled.dyad, changes))
        _finish(table, rolled, "pressed-on")
    else:
        _finish(table, rolled, "deterred")


TAKEN = ("taken", "pressed-on", "overruled-taken")
"""Outcomes after which the challenger stands on the rung."""


def _finish(table: Table, rolled: ChallengeRolled, outcome: str) -> None:
    dyad = table.box.dyad[rolled.dyad]
    protected = rolled.challenger if outcome in TAKEN and _was_vetoed(rolled, dyad) else ""
    working = {name: getattr(rolled, name) for name in Checked.__struct_fields__}
    table.emit(ChallengeResolved(**working, outcome=outcome, protected=protected))
    if protected:
        table.moment("vetoed", dyad.patron, dyad.id, target=dyad.partner)
    if outcome in TAKEN:
        _follow(table, rolled, dyad)
        if outcome == "pressed-on":
            table.moment("pressed-on", rolled.challenger, dyad.id, target=rolled.target)
    else:
        table.moment("deterred", rolled.challenger, dyad.id, target=rolled.target)


def _was_vetoed(rolled: ChallengeRolled, dyad: Dyad) -> bool:
    """Whether the weakest link of the whole check was what a patron permits its partner."""
    if not dyad.is_local or rolled.challenger != dyad.challenger:
        return False
    threat, _, link = rolled.weakest.partition(".")
    owner = next((each.owner for each in rolled.threats if each.name == threat), "")
    return link == "free" and owner == dyad.partner


def _follow(table: Table, rolled: ChallengeRolled, dyad: Dyad) -> None:
    """Move the dyad and let everything follow that a climb brings."""
    box, capital, target = table.box, rolled.challenger, rolled.target
    step = next(
        s for s in box.steps_of[capital]
        if s.edge == rolled.edge and s.dyad == dyad.id and box.ladder.rungs[s.target].id == rolled.to
    )  # fmt: skip
    at_war = is_at_war(table, dyad)
    if not table.carry(dyad.id, step.target, capital, "climb", step.edge, step.then):
        return
    table.moment("climbed", capital, dyad.id, target=target)
    if step.type == "jump":
        table.moment("jumped", capital, dyad.id, target=target)
    marks = box.ladder.rungs[step.target].marks
    if "seizure" in marks:
        table.moment("seized", capital, dyad.id, target=target)
    if not at_war and is_at_war(table, dyad):
        table.moment("war-opened", capital, dyad.id, target=target)
        if capital == dyad.challenger:
            _first_blow(table, dyad)
    table.throw(step.tests, capital, dyad.id)


def _first_blow(table: Table, dyad: Dyad) -> None:
    """Throw for the partner's own means when war opens: what is not survivable is lost in part (rule 7.6)."""
    box = table.box
    pair = box.pair[f"{dyad.challenger}>{dyad.partner}"]
    for threat in pair.threats:
        cap = threat.true.capability_cap
        if threat.owner != dyad.partner or cap is None:
            continue
        address = f"{pair.id}.{threat.id}.capability"
        if table.raw(f"{address}.true") <= 2:
            continue
        percent = scale(table.state.values[cap[0]][cap[1]]) // 10
        die = table.dice.percent("first blow", table.state.turn, dyad.id, threat.id)
        loss = -box.rulebook.blow_capability
        lost = () if die <= percent else table.shift((f"{address}.true", loss), (f"{address}.seen", loss))
        table.emit(BlowStruck(threat.id, dyad.partner, pair.id, percent, die, die <= percent, lost))
