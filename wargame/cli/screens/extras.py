"""The parts of a sheet that are no measures or climbs: talks, permissions, the priority, the reply, the public line."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from wargame.cli.desk import Desk
from wargame.cli.screens import menu, terms
from wargame.cli.screens.menu import Menu
from wargame.export import words
from wargame.rules import forecast
from wargame.rules.decide import LONGEST_NOTE
from wargame.rules.orders import Climb, Dial, Reply, Sheet, Take, Terms

_NONE = "none, or take it off the sheet"


def ask(desk: Desk, side: str, group: str, sheet: Sheet, listed: Menu) -> Sheet | None:
    """Ask about one part of the sheet; return the sheet with it, or None if nothing was chosen."""
    return _ASKS[group](desk, side, sheet, listed)


def _talks(desk: Desk, side: str, sheet: Sheet, listed: Menu) -> Sheet:
    """Ask for terms: which landing, how many concessions."""
    box, known, page, asker = desk.box, desk.assessed(side), desk.page, desk.asker
    page.reserve(10)
    page.heading("Talks: both sides must want the same landing, in sealed terms")
    options = [_NONE]
    for where, landing in listed.legal.talks:
        found = box.landing[landing]
        chance = forecast.of_talks(box, known, Terms(where, landing))
        options.append(f"{found.name} in {words.dyad(box, where)}: {found.text} (agreed about {chance} in 100)")
    place = asker.choose(options, "Offer")
    if place == 0:
        return replace(sheet, talks=())
    where, landing = listed.legal.talks[place - 1]
    most = box.rulebook.talks_most_concessions
    chances = [f"{n}: {forecast.of_talks(box, known, Terms(where, landing, n))} in 100" for n in range(most + 1)]
    page.text(f"Each concession costs one face. Staff guess that they agree: {', '.join(chances)}.")
    number = asker.number(f"Concessions, 0 to {most} [0] ", 0, most, 0)
    others = tuple(each for each in sheet.talks if each.dyad != where)
    return replace(sheet, talks=(*others, Terms(where, landing, number)))


def _dials(desk: Desk, side: str, sheet: Sheet, listed: Menu) -> Sheet:
    """Ask for a partner's permission, one word up or down."""
    box, known, asker = desk.box, desk.assessed(side), desk.asker
    desk.page.heading("Permission: what a partner may do with what it has")
    options = [_NONE]
    for partner, word in listed.legal.dials:
        now = known.shown(box, f"{side}>{partner}.permission.true")
        options.append(
            f"{words.capital(box, partner)}: {words.permission(word)} instead of {words.permission(str(now))}"
        )
    place = asker.choose(options, "Permit")
    if place == 0:
        return replace(sheet, dials=())
    partner, word = listed.legal.dials[place - 1]
    dial = Dial(partner, word)
    for watch in listed.watches:
        desk.page.text(terms.before_after(box, known, forecast.of_dial(box, known, dial, watch)), indent=2)
    dial = Dial(partner, word, asker.yes("Announce it? Otherwise only the partner learns of it.", False))
    others = tuple(each for each in sheet.dials if each.partner != partner)
    return replace(sheet, dials=(*others, dial))


def _priority(desk: Desk, side: str, sheet: Sheet, listed: Menu) -> Sheet:  # noqa: ARG001  one signature for all
    """Ask which theatre comes first this turn."""
    box = desk.box
    desk.page.text(
        f"What is ordered elsewhere costs {box.rulebook.elsewhere_cost} more; two turns without a look tell."
    )
    place = desk.asker.choose([words.theatre(box, each) for each in listed.legal.priorities], "First")
    return replace(sheet, priority=listed.legal.priorities[place])


def _reply(desk: Desk, side: str, sheet: Sheet, listed: Menu) -> Sheet | None:
    """Ask for the sealed reply: the line, and what is done if it is crossed."""
    box, view, page, asker = desk.box, desk.view(side), desk.page, desk.asker
    page.reserve(page.height)
    page.heading("Sealed reply: it is carried out only if the line is crossed this turn")
    if sheet.reply is not None and asker.yes("Take the reply off the sheet?", False):
        return replace(sheet, reply=None)
    mine = [dyad for dyad in box.dyads if side in (*dyad.parties, dyad.patron)]
    dyad = mine[asker.choose([each.name for each in mine], "Where") if len(mine) > 1 else 0]
    here = view.raw(box, f"{dyad.id}.rung")
    above = list(range(here, len(box.ladder.rungs)))
    names = [box.ladder.rungs[number].name + (" (stands there now)" if number == here else "") for number in above]
    watched = [watch.rung for watch in listed.watches if watch.dyad == dyad.id and watch.rung in above]
    default = above.index(max(watched)) + 1 if watched else 1
    page.text(f"If {dyad.name} stand at ... or above")
    rung = box.ladder.rungs[above[asker.choose(names, "The line", default)]].id
    found = _replies(desk, side, dyad.id, box.rung_number[rung])
    page.text(f"then {desk.name(side)} will ...")
    then = found[asker.choose([words.order(box, side, each) for each in found], "The reply")]
    if isinstance(then, Climb):
        press = asker.yes("Press on if the dice hold you back?", False)
        then = replace(then, press_on=press, defy=asker.yes("Even without the patron's permission?", False))
    return replace(sheet, reply=Reply(dyad.id, rung, then))


def _replies(desk: Desk, side: str, where: str, line: int) -> list[Climb | Take]:
    """Return what a reply may be: climbs above the line, those in the capital's own local dyad first, then measures."""
    box = desk.box
    local = forecast.local_dyad(box, side)
    climbs = sorted({(step.dyad, step.target) for step in box.steps_of[side]},
                    key=lambda each: (local is None or each[0] != local.id, each))  # fmt: skip
    found: list[Climb | Take] = [
        Climb(dyad, box.ladder.rungs[target].id)
        for dyad, target in climbs
        if target > (line if dyad == where else desk.view(side).raw(box, f"{dyad}.rung"))
    ]
    return [*found, *(Take(action.measure, action.target) for action in box.actions_of[side])]


def _note(desk: Desk, side: str, sheet: Sheet, listed: Menu) -> Sheet:  # noqa: ARG001  one signature for all
    """Ask for the public line."""
    line = desk.asker.line(f"Your public line, at most {LONGEST_NOTE} characters (Enter: none): ")
    return replace(sheet, note=line[:LONGEST_NOTE])


_ASKS: dict[str, Callable[[Desk, str, Sheet, Menu], Sheet | None]] = {
    menu.TALKS: _talks,
    menu.DIALS: _dials,
    menu.PRIORITY: _priority,
    menu.REPLY: _reply,
    menu.NOTE: _note,
}
