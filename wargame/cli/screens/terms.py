"""How estimates are put into words: one line for what an order changes, a paragraph for the whole working."""

from __future__ import annotations

from wargame.cli.page import QUIET, Page
from wargame.export import words
from wargame.rules import forecast
from wargame.rules.box import Box
from wargame.rules.conditions import holds
from wargame.rules.deterrence import Estimate
from wargame.rules.forecast import Forecast, Watch
from wargame.rules.ladder import Step
from wargame.rules.view import View


def whose(box: Box, view: View, watch: Watch) -> str:
    """Return a watched step as a phrase: ``Moscow's step to "..."`` or ``your step to "..."``."""
    holder = box.pair[watch.pair].holder
    who = "your" if holder == view.side else f"{words.capital(box, holder)}'s"
    return f"{who} step to {words.rung(box, box.ladder.rungs[watch.rung].id)}"


def before_after(box: Box, view: View, found: Forecast) -> str:
    """Return in one sentence what an order changes in a watched step."""
    step = whose(box, view, found.watch)
    if found.because:
        return (
            f"{step[0].upper()}{step[1:]}: changes nothing ({found.before} in 100 held back), because {found.because}."
        )
    later = ""
    if found.later >= 0:
        later = f" while it is on its way, {found.later} once it is there"
    line = f"{step[0].upper()}{step[1:]}: held back {found.before} in 100 now, {found.now}{later or ' after it'}"
    return f"{line} ({_worth(found)})."


def _worth(found: Forecast) -> str:
    if found.best > found.before:
        return "less likely to be taken" + (", but first more likely" if found.now < found.before else "")
    if found.best < found.before:
        return "more likely to be taken"
    return "no difference in the end" if found.now == found.before else "no difference in the end, but until then"


def short(found: Forecast) -> str:
    """Return what an order changes in a few characters: ``22>28``, or ``-`` for nothing in the end."""
    if found.best == found.before:
        return "-"
    return f"{found.before}>{found.best}"


def working(page: Page, box: Box, view: View, watch: Watch, whole: bool = True) -> Estimate:
    """Show the staff estimate of a step: percent with band, the weakest link, and the terms if asked."""
    found = forecast.staff(box, view, watch)
    step = whose(box, view, watch)
    assessed = "" if box.pair[watch.pair].holder == view.side else ", as your staff assess it"
    page.text(
        f"{step[0].upper()}{step[1:]}: {found.percent} in 100 that it is held back "
        f"({found.low} to {found.high}){assessed}."
    )
    weakest = weakest_link(box, found)
    if weakest:
        page.text(weakest, indent=2)
    if whole:
        for name, side in (("For the step", "pressure"), ("Against it", "restraint")):
            parts = [f"{t.name} {words.points(t.rating)} ({words.thousandths(t.contribution)})"
                     for t in found.terms if t.side == side]  # fmt: skip
            page.text(f"{name}: {', '.join(parts)}.", indent=2, style=QUIET)
        for threat in found.threats:
            if threat.counts:
                links = ", ".join(f"{text} {words.points(getattr(threat, link))}" for link, text in words.LINKS.items())
                owner = words.capital(box, threat.owner)
                page.text(f"The {threat.slot} threat of {owner}: {links}.", indent=2, style=QUIET)
    return found


def changed(before: Estimate, after: Estimate) -> str:
    """Return which terms moved from one estimate to another, as a sentence, or an empty string."""
    old = {term.name: term for term in before.terms}
    told = [
        f"{term.name} {words.points(old[term.name].rating)} to {words.points(term.rating)} "
        f"({words.thousandths(old[term.name].contribution)} to {words.thousandths(term.contribution)})"
        for term in after.terms
        if term.name in old and old[term.name].contribution != term.contribution
    ]
    return f"In the sums: {', '.join(told)}." if told else ""


def permission(box: Box, view: View, step: Step) -> str:
    """Return which permission a step needs of the patron and which one it has, as a sentence; empty where it has it."""
    missing = next((clause for clause in step.permit if not holds((clause,), view.values)), None)
    if missing is None:
        return ""
    patron = words.capital(box, box.dyad[step.dyad].patron)
    block, place, _, needed = missing.atoms[0]
    track = next((each for each in box.track.values() if each.ref == (block, place)), None)
    if track is None or not track.words or not view.values[block]:
        return f"{patron} does not permit it: it needs {words.condition(box, missing.text)}."
    now = words.permission(track.words[view.values[block][place]])
    return f"{patron} permits {now} now, and this needs {words.permission(track.words[needed])}."


def weakest_link(box: Box, found: Estimate) -> str:
    """Return where one point more would restrain most, as a sentence, or an empty string."""
    name, _, link = found.weakest.rpartition(".")
    threat = next((each for each in found.threats if each.name == name), None)
    if threat is None:
        return ""
    what = f"the {threat.slot} threat of {words.capital(box, threat.owner)}"
    return f"The weakest link is {words.LINKS.get(link, link)}, in {what}: one point more there would restrain most."
