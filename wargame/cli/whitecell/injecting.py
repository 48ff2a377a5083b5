"""Injects: what is due, read before it is played, played now, skipped for good, held back, or made up on the spot."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.cli.page import QUIET, STRONG
from wargame.cli.text import one_line
from wargame.cli.whitecell import effects
from wargame.cli.whitecell.effects import Effects
from wargame.cli.whitecell.room import GivenUp, Room, give_up
from wargame.export import words
from wargame.rules.orders import Command, Improvise, Inject, Withhold
from wargame.rules.resolve.whitecell import LONGEST_TITLE
from wargame.whitecell.injects import DUE, LATER, ON_HAND, WITHHELD, Gate, Prospect, preview, prospects, told, undrawn

_MOST_LISTED = 12


def injects(room: Room, rest: str) -> None:
    """List the injects, or read one of them."""
    found = prospects(room.box, room.state)
    if rest:
        _read(room, _card(room, rest))
        return
    room.page.heading("Injects", "i N reads one")
    if not found:
        room.page.text("The scenario has none. cards TEXT looks among all cards; improvise makes one up.")
    for number, each in enumerate(found, start=1):
        to = f", for {words.capitals(room.box, each.seen)}" if each.seen else ""
        room.page.text(f"{each.title}: {told(each)}{to}.", label=f"{number:>3}  ", style=_weight(each))
        for line in _gates(each):
            room.page.text(line, indent=5, style=QUIET)
    room.page.text("fire N now, skip N for good, hold N TURN, improvise; N may be a label such as help.", style=QUIET)


def _weight(each: Prospect) -> str:
    return STRONG if each.status == DUE else "" if each.status in (LATER, ON_HAND) else QUIET


def _gates(each: Prospect) -> list[str]:
    found = []
    for name, gates in (("only if", each.only_if), ("skip if", each.skip_if)):
        if gates:
            found.append(f"{name} {'; '.join(_gate(gate) for gate in gates)}")
    return found


def _gate(gate: Gate) -> str:
    return f"{gate.text} ({'holds now' if gate.holds else 'does not hold now'})"


def _read(room: Room, card: str) -> None:
    box, page = room.box, room.page
    found = box.card[card]
    page.heading(found.title, f"{found.kind}, card {found.id}")
    page.text(" ".join(found.text.split()))
    page.text("Everybody may read it." if "*" in found.seen else f"Only {words.capitals(box, found.seen)} may read it.")
    for line in preview(box, room.state, card):
        page.text(line, label="- ")
    inject = next((each for each in prospects(box, room.state) if each.card == card), None)
    if inject is not None:
        page.text(f"{words.sentence(told(inject))} {' '.join(words.sentence(line) for line in _gates(inject))}".strip())
        if inject.expects:
            page.text(inject.expects, label="It should bring about: ", hang=2)


def _card(room: Room, typed: str) -> str:
    """Return the card a person means: its number on the list, its id, or the label of a contingency. Raises GivenUp."""
    found = prospects(room.box, room.state)
    if typed.isascii() and typed.isdigit():
        if 1 <= int(typed[:4]) <= len(found):
            return found[int(typed[:4]) - 1].card
    elif typed.lower() in room.box.card:
        return typed.lower()
    labelled = [each for each in found if each.label.lower() == typed.lower() and each.status == ON_HAND]
    if labelled:
        place = room.asker.choose([each.title for each in labelled], "Which") if len(labelled) > 1 else 0
        return labelled[place].card
    room.page.text(f"There is no inject {typed!r}: i lists them, cards TEXT looks among all cards.")
    raise GivenUp


def _named(room: Room, rest: str, statuses: Sequence[str]) -> tuple[str, str]:
    """Return the card that was typed or chosen, and what was typed behind it."""
    typed, _, more = rest.partition(" ")
    if typed:
        return _card(room, typed), one_line(more)
    among = [each for each in prospects(room.box, room.state) if each.status in statuses]
    if not among:
        room.page.text("There is none. i lists them, cards TEXT looks among all cards.")
        give_up()
    place = room.asker.choose([f"{each.title}: {told(each)}" for each in among], "Which")
    return among[place].card, ""


def fire(room: Room, rest: str) -> None:
    """Play a card now, whatever its conditions say."""
    room.lever("inject")
    card, reason = _named(room, rest, (DUE, LATER, ON_HAND, WITHHELD))
    _read(room, card)
    if room.sure("inject", f'This plays "{room.box.card[card].title}" now.'):
        since = len(room.entries)
        if room.submit(Inject(card, reason)):
            room.settle()
            room.read_out(since)


def skip(room: Room, rest: str) -> None:
    """Keep a scheduled inject back for good."""
    card, reason = _named(room, rest, (DUE, LATER))
    what = f'"{room.box.card[card].title}" will not come; fire can still play it.'
    if room.sure("withhold", what) and room.submit(Withhold(card, 0, reason)):
        room.page.text("It is kept back.")


def hold(room: Room, rest: str) -> None:
    """Keep a scheduled inject back until a later turn."""
    card, more = _named(room, rest, (DUE, LATER))
    turn, _, reason = more.partition(" ")
    last = room.state.setup.turns
    low = room.state.turn + 1
    if low > last:
        room.page.text("There is no later turn.")
        return
    until = int(turn) if turn.isascii() and turn.isdigit() and len(turn) < 4 else room.number(
        f"Until which turn, {low} to {last}? ", low, last
    )  # fmt: skip
    what = f'"{room.box.card[card].title}" will come in turn {until}, if its conditions hold then.'
    if room.sure("withhold", what) and room.submit(Withhold(card, until, reason)):
        room.page.text(f"It is held until turn {until}.")


def cards(room: Room, rest: str) -> None:
    """List the cards that could still be played by hand and have a text in them."""
    word = rest.lower()
    found = [card for card in undrawn(room.box, room.state) if word in f"{card.title} {card.text} {card.id}".lower()]
    for card in found[:_MOST_LISTED]:
        room.page.text(f"{card.title} ({card.deck})", label=f"{card.id:>6}  ")
    if len(found) > _MOST_LISTED:
        room.page.text(f"And {len(found) - _MOST_LISTED} more: cards TEXT narrows it down.")
    room.page.text("i ID reads one, fire ID plays it." if found else "No card that was not drawn has that in it.")


def improvise(room: Room, rest: str) -> None:
    """Say what no card says, to all or to some, and let it move what the white cell decides."""
    room.lever("improvise")
    title = one_line(rest)[:LONGEST_TITLE] or room.text("Its title: ", LONGEST_TITLE)
    text = room.text("What is read out: ")
    to = _to(room)

    def trial(found: Effects) -> Command:
        return Improvise(title, text, to, found.shifts, found.dyad, found.rung)

    found = effects.ask(room, trial, with_dyad=True)
    whom = words.capitals(room.box, to) if to else "all"
    room.page.text(f'"{title}", to {whom}: {text}')
    if not room.sure("improvise", f"It moves: {effects.tried(room, trial(found))[0]}."):
        return
    since = len(room.entries)
    if room.submit(trial(found)):
        room.settle()
        room.read_out(since)


def _to(room: Room) -> tuple[str, ...]:
    """Ask who hears of it; nothing is everybody."""
    while True:
        answer = room.asker.ask("To whom? (Enter: all; or capitals) ")
        names = [room.capital(each) for each in answer.replace(",", " ").split() if each.lower() not in ("and", "all")]
        if all(names):
            return tuple(capital.id for capital in room.box.capitals if capital.id in names)
        room.page.text(f"Capitals, please: {', '.join(room.box.capital)}.")
