"""The parts of a sheet that are no listed measures or climbs: talks, permissions, priority, reply, public line, own orders."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from wargame.cli.desk import Desk
from wargame.cli.screens import menu, reply, terms
from wargame.cli.screens.menu import Menu
from wargame.export import words
from wargame.rules import forecast
from wargame.rules.decide import LONGEST_NOTE
from wargame.rules.orders import Dial, Sheet, Terms
from wargame.rules.resolve.whitecell import LONGEST_TEXT

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


def _note(desk: Desk, side: str, sheet: Sheet, listed: Menu) -> Sheet:  # noqa: ARG001  one signature for all
    """Ask for the public line."""
    prompt = f"Your public line, at most {LONGEST_NOTE} characters (Enter: none): "
    return replace(sheet, note=desk.asker.words_for_all(prompt, LONGEST_NOTE))


def _own(desk: Desk, side: str, sheet: Sheet, listed: Menu) -> Sheet:  # noqa: ARG001  one signature for all
    """Ask for an order that is not on the list; the white cell argues it after the reveal."""
    desk.page.text(
        f"An order that is not on the list takes the place of one that is, and costs {desk.box.rulebook.argue_cost} "
        "influence. Say what you do, to what end, and why it should succeed: it is argued before all after the reveal."
    )
    prompt = "Your own order (Enter: none): "
    return replace(sheet, argued=desk.asker.words_for_all(prompt, LONGEST_TEXT))


_ASKS: dict[str, Callable[[Desk, str, Sheet, Menu], Sheet | None]] = {
    menu.TALKS: _talks,
    menu.DIALS: _dials,
    menu.PRIORITY: _priority,
    menu.REPLY: reply.ask,
    menu.NOTE: _note,
    menu.OWN: _own,
}
