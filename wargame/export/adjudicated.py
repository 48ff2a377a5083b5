"""Sentences about what came of the orders: measures, talks, checks, war, risk, debts of honour and the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from wargame.export import words, working
from wargame.rules import events as fact
from wargame.rules.box import Box

OUTCOMES: Final = {
    "taken": "the step is taken",
    "deterred": "the step is not taken",
    "pressed-on": "the step is taken all the same",
    "overruled-taken": "the white cell rules that the step is taken",
    "overruled-held": "the white cell rules that the step is not taken",
}

_CAUSES: Final = {
    "card": "as a card had it",
    "accident": "by an accident",
    "landing": "by what was agreed",
    "test": "by a mishap",
}


def _order_lapsed(box: Box, event: fact.OrderLapsed) -> list[str]:
    what = words.named(box, event.order)
    why = words.fault(box, event.reason.removeprefix(f"{event.order}: "))
    return [f"{words.capital(box, event.capital)}'s order lapses ({what}: {why})"]


def _measure(box: Box, event: fact.MeasureTaken) -> list[str]:
    who, what = words.capital(box, event.capital), words.measure(box, event.measure, event.target)
    if event.left:
        return [f"{who} sets {what} on its way: {words.many(event.left, 'turn')} until it counts"]
    return [f"{who} carries out {what}"]


def _permission(box: Box, event: fact.PermissionSet) -> list[str]:
    told = ", and says so" if event.announced else ", and tells nobody else"
    patron, partner = words.capital(box, event.patron), words.capital(box, event.partner)
    return [f"{patron} sets what {partner} is permitted to {words.permission(event.permission)}{told}"]


def _test(box: Box, event: fact.TestThrown) -> list[str]:
    whose = f" ({words.capital(box, event.capital)})" if event.capital else ""
    result = event.text if event.failed else "it goes well"
    return [f"A hazard{whose}, {event.percent} percent, and the dice show {event.die}: {result}"]


def _talks(box: Box, event: fact.TalksHeld) -> list[str]:
    landing = box.landing.get(event.landing)
    name = landing.name if landing else event.landing
    start = f'Talks between {words.dyad(box, event.dyad)} on "{name}", offered by {words.capitals(box, event.offered)}'
    found = [f"{start}: {'agreed' if event.landed else 'not agreed'}{_dice(event)}"]
    given = [f"{words.capital(box, who)} {number}" for who, number in event.concessions if number]
    if given and event.landed:
        found.append(f"Concessions: {words.listed(given)}")
    if event.broken_by:
        found.append(f"{words.capitals(box, event.broken_by)} breaks faith over it")
    return found


def _rolled(box: Box, event: fact.ChallengeRolled) -> list[str]:
    found = [working.step(box, event), *working.working(box, event)]
    crossed = f" on the firebreak {event.firebreak}" if event.firebreak else ""
    return [*found, f"The dice{crossed} show {event.die} against {event.percent}"]


def _ruling(_box: Box, event: fact.RulingMade) -> list[str]:
    did = "overrules the dice" if event.overruled else "lets the dice stand"
    reason = f": {event.reason}" if event.reason else ""
    return [f"The white cell {did}, the step is {'taken' if event.taken else 'not taken'}{reason}"]


def _pressed(box: Box, event: fact.PressedOn) -> list[str]:
    return [f"{words.capital(box, event.capital)} is deterred by the dice and presses on, and pays for it"]


def _resolved(box: Box, event: fact.ChallengeResolved) -> list[str]:
    found = [f"{working.step(box, event)}: {OUTCOMES.get(event.outcome, event.outcome)}"]
    if working.is_known(event):
        found.append(working.weakest_link(box, event))
    if event.protected:
        who = words.capital(box, event.protected)
        found.append(f"What held the answer back was the patron's veto, and the one it protected was {who}")
    return found


def _refused(box: Box, event: fact.PermissionRefused) -> list[str]:
    patron, partner = words.capital(box, event.patron), words.capital(box, event.partner)
    what = f"climb to {words.rung(box, event.to)} {words.against(box, event.partner, event.dyad)}"
    if event.defied:
        return [f"{patron} does not permit {partner} to {what}; {partner} defies it"]
    return [f"{patron} does not permit {partner} to {what}, and {partner} holds back"]


def _rung(box: Box, event: fact.RungChanged) -> list[str]:
    where, to = words.dyad(box, event.dyad), words.rung(box, event.to)
    if event.cause == "step-down":
        return [f"{words.capital(box, event.capital)} steps down: {where} stand at {to}"]
    climbed = f"by {words.capital(box, event.capital)}'s climb"
    cause = climbed if event.cause == "climb" else _CAUSES.get(event.cause, event.cause)
    return [f"{where} go from {words.rung(box, event.source)} to {to} {cause}"]


def _blow(box: Box, event: fact.BlowStruck) -> list[str]:
    result = "they survive" if event.survived else "part of them is lost"
    owner = words.capital(box, event.owner)
    needed = _needed(event, "they outlast it")
    return [f'A first blow falls on the means of {owner}\'s threat "{event.threat}"{needed}: {result}']


def _war(box: Box, event: fact.WarTested) -> list[str]:
    found = box.dyad.get(event.dyad)
    who = words.capital(box, found.partner) if found else event.dyad
    result = "holds" if event.held else "gives way"
    return [f"A turn of war between {words.dyad(box, event.dyad)}{_needed(event, f'{who} holds')}: {who} {result}"]


def _dice(event: Any) -> str:
    """Return chance and dice in brackets; nothing where the reader may not know them or none were thrown."""
    return f" (chance {event.percent} percent, the dice show {event.die})" if event.die else ""


def _needed(event: Any, what: str) -> str:
    """Return in brackets on which dice ``what`` comes about, for dice that are good when they are low."""
    return f" ({what} on {event.percent} or less, the dice show {event.die})" if event.die else ""


def _accident(_box: Box, event: fact.AccidentDrawn) -> list[str]:
    if not event.percent:
        return []
    return [f"The risk pool is drawn{_dice(event)}: {'an accident' if event.hit else 'nothing happens'}"]


def _faded(_box: Box, event: fact.Faded) -> list[str]:
    return [
        f"The next step would have been {words.mark(event.mark)}, which this table chose not to play. "
        "The exercise fades to its debrief"
    ]


def _moment(box: Box, event: fact.MomentCame) -> list[str]:
    if not event.capital:
        return [event.text]
    return [f"{words.subject(box, '>'.join(filter(None, (event.capital, event.target))))}: {event.text}"]


def _due(box: Box, event: fact.DeclarationDue) -> list[str]:
    how = "was kept" if event.kept else "was not kept"
    return [f"The declaration {event.declaration} of {words.capital(box, event.capital)} fell due and {how}"]


def _closed(box: Box, event: fact.TheatreClosed) -> list[str]:
    return [f"{words.theatre(box, event.theatre)} is settled: {words.outcome(box, event.outcome)}"]


def _ended(box: Box, event: fact.ExerciseEnded) -> list[str]:
    ending = next((each for each in box.endings if each.id == event.ending), None)
    found = [f"The exercise ends: {ending.name}" if ending else f"The exercise ends: {event.ending}"]
    found.append(ending.text if ending else "")
    found.append(words.share(ending) if ending else "")
    found += [f"{words.theatre(box, place)}: {words.outcome(box, how)}" for place, how in event.outcomes]
    for score in event.scores:
        found.append(f"{words.capital(box, score.capital)} scores {score.total} of 100")
    return found


SAYS: Final[dict[type, Callable[[Box, Any], list[str]]]] = {
    fact.OrderLapsed: _order_lapsed,
    fact.MeasureTaken: _measure,
    fact.PermissionSet: _permission,
    fact.TestThrown: _test,
    fact.TalksHeld: _talks,
    fact.ChallengeRolled: _rolled,
    fact.RulingMade: _ruling,
    fact.PressedOn: _pressed,
    fact.ChallengeResolved: _resolved,
    fact.PermissionRefused: _refused,
    fact.RungChanged: _rung,
    fact.BlowStruck: _blow,
    fact.WarTested: _war,
    fact.AccidentDrawn: _accident,
    fact.Faded: _faded,
    fact.MomentCame: _moment,
    fact.DeclarationDue: _due,
    fact.TheatreClosed: _closed,
    fact.ExerciseEnded: _ended,
}
"""What to say of each kind of fact."""
