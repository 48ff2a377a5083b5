"""The ruling card: a step whose dice lie on the table, and what the white cell makes of it."""

from __future__ import annotations

from typing import Final

from wargame.cli.page import QUIET, STRONG
from wargame.cli.whitecell.room import Room, give_up
from wargame.export import words
from wargame.rules.events import ChallengeRolled
from wargame.rules.orders import Rule
from wargame.whitecell.ruling import Choice, RulingCard, ruling_card

_MOST_FLIPS: Final = 3
_ALWAYS: Final = ("5.3", "5.6")
"""Rules that bear on every step, so that their text is not on every card."""

_MAY_SAY_WHY: Final = "A reason, read out to all (Enter: none): "


def rule(room: Room, _rest: str) -> None:
    """Show the card and take the ruling: let things stand, or overrule with a reason and perhaps a dissent."""
    if not isinstance(room.state.pending, ChallengeRolled):
        room.page.text("No step waits for a ruling.")
        return
    card = ruling_card(room.box, room.state)
    _show(room, card)
    before = room.asker.words.get("t")
    room.asker.words["t"] = lambda _: _terms(room, card)
    try:
        choice = _choose(room, card)
    finally:
        room.asker.words.pop("t", None)
        if before is not None:
            room.asker.words["t"] = before
    reason = dissent = ""
    if choice.is_taken != card.choices[0].is_taken:
        reason = room.text("Your reason, read out to all: ") if choice.needs_reason else room.maybe_text(_MAY_SAY_WHY)
        dissent = room.maybe_text("A dissent within the white cell, for the record alone (Enter: none): ")
    _preview(room, choice)
    if not room.sure("rule", f"You {choice.title}."):
        return
    since = len(room.entries)
    if room.submit(Rule(choice.taken, reason, dissent)):
        room.settle()
        room.read_out(since)
        _withheld(room, choice)


def _show(room: Room, card: RulingCard) -> None:
    page = room.page
    page.reserve(page.height)
    page.heading("A step waits for your ruling", f"turn {room.state.turn}")
    page.text(words.sentence(card.step))
    page.text(card.dice, style=STRONG)
    page.text(card.estimate)
    page.text(card.recommendation, style=STRONG)
    if card.flips:
        page.text("It would have fallen otherwise with", style=QUIET)
        for flip in card.flips[:_MOST_FLIPS]:
            page.text(flip, label="  - ", style=QUIET)
    else:
        page.text("No single rating would have turned it.", style=QUIET)
    for each in card.rules:
        if each.number not in _ALWAYS:
            page.text(each.text, label=f"  {each.number}  ")
    page.quiet(f"Rules {', '.join(dict.fromkeys(each.number for each in card.rules))}; t shows them and all terms.")


def _terms(room: Room, card: RulingCard) -> None:
    page = room.page
    for each in card.rules:
        if each.number in _ALWAYS:
            page.text(each.text, label=f"{each.number}  ")
    for line in (*card.terms, *card.threats):
        page.text(line, label="- ")
    for flip in card.flips[_MOST_FLIPS:]:
        page.text(f"otherwise with {flip}", label="- ")
    page.text(card.mandatory)
    for number, option in enumerate(_options(card), start=1):
        page.item(str(number), option)


def _choose(room: Room, card: RulingCard) -> Choice:
    options = _options(card)
    while True:
        place = room.asker.choose(options, "Ruling, or t for the terms", len(options))
        if place == len(options) - 1:
            give_up()
        if not card.choices[place].why_not:
            return card.choices[place]
        room.page.text(f"That is closed: {card.choices[place].why_not}.")


def _options(card: RulingCard) -> list[str]:
    notes = [
        f" (closed: {each.why_not})" if each.why_not else " (overrules)" * each.needs_reason for each in card.choices
    ]
    return [*(f"{each.title}{note}" for each, note in zip(card.choices, notes, strict=True)), "not now"]


def _preview(room: Room, choice: Choice) -> None:
    for name, lines in (("It moves", choice.moves), ("Dice are thrown after it", choice.thrown)):
        for line in lines:
            room.page.text(line, label=f"{name}: ", hang=2, style=QUIET)


def _withheld(room: Room, choice: Choice) -> None:
    """Say what each team must not be told, teams with the same list together."""
    lists: dict[tuple[str, ...], list[str]] = {}
    for each in choice.teams:
        lists.setdefault(each.withheld, []).append(each.capital)
    room.page.text("Not to be told:", style=STRONG)
    for withheld, capitals in lists.items():
        if withheld:
            room.page.text(f"{words.capitals(room.box, capitals)}: {'; '.join(withheld)}.", label="- ")
