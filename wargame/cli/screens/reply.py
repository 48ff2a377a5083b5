"""The sealed reply: the line, what is done if it is crossed, and what the staff say would come of that."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from wargame.cli.desk import Desk
from wargame.cli.screens import terms
from wargame.cli.screens.line import ask_rung
from wargame.cli.screens.menu import Menu
from wargame.export import words
from wargame.rules import forecast
from wargame.rules.box import Box
from wargame.rules.conditions import failing, holds
from wargame.rules.ladder import Step
from wargame.rules.legal import faults, is_open, is_step, price, starts_here, why_no_measure
from wargame.rules.orders import Climb, Reply, Sheet, Take
from wargame.rules.view import View


class Answer(Struct, frozen=True):
    """What a reply may do, whether the staff expect that it can be done when the line is crossed, and a remark on it.

    ``step`` is the climb from where the dyad would stand then, if one leads there; without one a climb ``is_far``.
    """

    then: Climb | Take
    works: bool
    remark: str = ""
    step: Step | None = None

    @property
    def is_far(self) -> bool:
        """Whether it is a climb to which no way leads from the line itself."""
        return isinstance(self.then, Climb) and self.step is None


def ask(desk: Desk, side: str, sheet: Sheet, listed: Menu) -> Sheet | None:
    """Ask for the reply; return the sheet with it, or None if it was given up."""
    box, view, page, asker = desk.box, desk.view(side), desk.page, desk.asker
    page.heading("Sealed reply: it is carried out only if the line is crossed this turn")
    if sheet.reply is not None and asker.yes("Take the reply off the sheet?", False):
        return replace(sheet, reply=None)
    left = view.raw(box, f"{side}.influence") - price(box, view, replace(sheet, reply=None))
    if left < box.rulebook.reply_cost:
        page.text(f"A reply costs {box.rulebook.reply_cost} influence, and the sheet leaves {left}.")
        return None
    mine = [dyad for dyad in box.dyads
            if side in (*dyad.parties, dyad.patron) and is_open(box, view.values, dyad.theatre)]  # fmt: skip
    above = {dyad.id: list(range(view.raw(box, f"{dyad.id}.rung") + 1, len(box.ladder.rungs))) for dyad in mine}
    mine = [dyad for dyad in mine if above[dyad.id]]
    if not mine:
        page.text("There is no rung above to answer.")
        return None
    dyad = mine[asker.choose([each.name for each in mine], "Where") if len(mine) > 1 else 0]
    watched = [watch.rung for watch in listed.watches if watch.dyad == dyad.id]
    line = ask_rung(desk, f"If {dyad.name} stand at ... or above", above[dyad.id], watched)
    rung = box.ladder.rungs[line].id
    then_view = forecast.reached(box, desk.assessed(side), dyad.id, line)
    found = [
        answer
        for answer in _answers(box, then_view, dyad.id, line)
        if not set(faults(box, view, replace(sheet, reply=Reply(dyad.id, rung, answer.then)))) - set(faults(box, view, sheet))
    ]  # fmt: skip
    if not found:
        page.text("Nothing you could do then is within your influence.")
        return None
    default = next((place for place, answer in enumerate(found, start=1) if answer.works), 1)
    page.text(f"then {desk.name(side)} will ...")
    if not found[default - 1].works:
        page.text("Your staff see nothing that would surely be open to you then.", indent=2)
    chosen = _chosen(desk, side, found, default)
    return replace(sheet, reply=Reply(dyad.id, rung, _marked(desk, then_view, chosen)))


def _chosen(desk: Desk, side: str, found: list[Answer], default: int) -> Answer:
    """Ask which answer; climbs to which no way leads from the line itself are listed only when they are asked for."""
    box, asker = desk.box, desk.asker
    near = [answer for answer in found if not answer.is_far]
    far = [answer for answer in found if answer.is_far]
    more = ["a climb to which no way leads from the line itself"] if near and far else []
    place = asker.choose([*(_told(box, side, answer) for answer in near or far), *more], "The reply", default)
    if place < len(near or far):
        return (near or far)[place]
    return far[asker.choose([_told(box, side, answer) for answer in far], "The reply")]


def _told(box: Box, side: str, answer: Answer) -> str:
    return words.order(box, side, answer.then) + (f" ({answer.remark})" if answer.remark else "")


def _marked(desk: Desk, then_view: View, answer: Answer) -> Climb | Take:
    """Return the deed with what is asked about a climb: pressing on, and defying the patron."""
    if not isinstance(answer.then, Climb):
        return answer.then
    box, asker = desk.box, desk.asker
    press = asker.yes("Press on if the dice hold you back?", False)
    defy = False
    if answer.step is not None and answer.step.permit:
        missing = terms.permission(box, then_view, answer.step)
        patron = words.capital(box, box.dyad[answer.step.dyad].patron)
        asked = f"{missing} Do it without that?" if missing else f"{patron} permits it now. Do it even if that changes?"
        defy = asker.yes(asked, False)
    return replace(answer.then, press_on=press, defy=defy)


def _answers(box: Box, view: View, where: str, line: int) -> list[Answer]:
    """Return what a reply may be as seen from the line: what works first, climbs before measures, those near the line first."""
    side, theatre = view.side, box.dyad[where].theatre

    def away(each: tuple[str, int]) -> tuple[bool, bool, tuple[str, int]]:
        return each[0] != where, box.dyad[each[0]].theatre != theatre, each

    climbs = sorted({(step.dyad, step.target) for step in box.steps_of[side]}, key=away)
    found: list[Answer] = []
    for dyad, target in climbs:
        stands = line if dyad == where else view.raw(box, f"{dyad}.rung")
        if target > stands and is_open(box, view.values, box.dyad[dyad].theatre):
            found.append(_climb(box, view, Climb(dyad, box.ladder.rungs[target].id)))
    for action in box.actions_of[side]:
        take = Take(action.measure, action.target)
        missing = why_no_measure(box, side, view.values, take)
        needs = f"not open then: needs {words.condition(box, failing(action.when, view.values))}" if missing else ""
        found.append(Answer(take, not missing, needs))
    return sorted(found, key=lambda answer: (answer.is_far, not answer.works, answer.step is None))


def _climb(box: Box, view: View, climb: Climb) -> Answer:
    """Return a climb with the staff's guess of how likely it is held back when the line has been crossed."""
    there = [
        step for step in box.steps_of[view.side] if is_step(box, step, climb) and starts_here(box, view.values, step)
    ]
    if not there:
        return Answer(climb, False)
    step = next((each for each in there if holds(each.when, view.values)), there[0])
    if not holds(step.when, view.values):
        return Answer(
            climb, False, f"not open then: needs {words.condition(box, failing(step.when, view.values))}", step
        )
    guess = f"about {forecast.chance(box, view, forecast.of_step(box, step))} in 100 that you hold back"
    missing = terms.permission(box, view, step)
    return Answer(climb, not missing, f"{guess}; {missing.rstrip('.')}" if missing else guess, step)
