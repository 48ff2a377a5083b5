"""An order outside the printed list: argued before everybody, settled by dice, a vote or a ruling."""

from __future__ import annotations

from wargame.cli.page import QUIET, STRONG
from wargame.cli.whitecell import effects
from wargame.cli.whitecell.effects import Effects
from wargame.cli.whitecell.room import Room, give_up
from wargame.export import words
from wargame.rules.events import ArgumentOpened
from wargame.rules.orders import Argue, Command
from wargame.rules.resolve.whitecell import DICE, VOTE
from wargame.whitecell.argument import ArgumentCard, argument_card, chance, told


def argue(room: Room, _rest: str) -> None:
    """Take down the strong points, what the order changes if it succeeds, and how it is settled."""
    if not isinstance(room.state.pending, ArgumentOpened):
        room.page.text("No order waits to be argued.")
        return
    card = argument_card(room.box, room.state)
    page, asker = room.page, room.asker
    page.heading(f"{words.capital(room.box, card.capital)} has ordered what is not on the list", f"rule {card.rule}")
    page.text(f'"{card.text}"', style=STRONG)
    page.text("Whoever argues names points; the white cell writes down the strong ones.", style=QUIET)
    pros = _points(room, card, "for")
    cons = _points(room, card, "against")
    found = effects.ask(room, _trial)
    options = [
        f"{method.title} ({chance(card.needed, len(pros) - len(cons))} in 100)" if method.id == DICE else method.title
        for method in card.methods
    ]
    place = asker.choose([*options, "not now"], "How is it settled", len(options) + 1)
    if place == len(options):
        give_up()
    given = _settled(room, card, Argue(card.methods[place].id, pros, cons, shifts=found.shifts))
    if not room.sure("argue", f"If it succeeds: {effects.tried(room, _trial(found))[0]}."):
        return
    since = len(room.entries)
    if room.submit(given):
        room.settle()
        room.read_out(since)


def _points(room: Room, card: ArgumentCard, side: str) -> tuple[str, ...]:
    found: list[str] = []
    while len(found) < card.most:
        answer = room.maybe_text(f"A strong point {side} it (Enter: no more): ")
        if not answer:
            break
        found.append(answer)
    return tuple(found)


def _trial(found: Effects) -> Command:
    return Argue(VOTE, yes=1, shifts=found.shifts)


def _settled(room: Room, card: ArgumentCard, given: Argue) -> Argue:
    """Ask what the chosen way needs."""
    asker = room.asker
    if given.method == DICE:
        room.page.text(told(room.box, card, len(given.pros), len(given.cons)))
        return given
    if given.method == VOTE:
        yes = room.number("Hands for it: ", 0, 999)
        no = room.number("Hands against it: ", 0, 999)
        return Argue(VOTE, given.pros, given.cons, yes, no, shifts=given.shifts)
    taken = asker.yes("Does it succeed?", False)
    reason = room.text("Your reason, read out to all: ")
    return Argue(given.method, given.pros, given.cons, taken=taken, reason=reason, shifts=given.shifts)
