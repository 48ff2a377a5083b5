"""A capital's brief: who it is, where things stand in its eyes, what it may order."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from msgspec import Struct

from wargame.export import words
from wargame.kit.eyes import Eyes, eyes
from wargame.kit.slips import HOW
from wargame.kit.wording import needs
from wargame.rules import forecast
from wargame.rules.box import CHALLENGER, PATRON, Box, Capital, Dyad
from wargame.rules.measures import Action
from wargame.rules.state import SETUP
from wargame.rules.view import View

_STORES: Final = ("influence", "face", "nerve", "readiness", "regime-risk", "exposure")
"""Tracks of a capital that everyone has to keep in mind (rule 2.6)."""

_LATEST: Final = 6
"""Cards whose text a brief repeats."""


class Place(Struct, frozen=True):
    """Where a dyad stands. ``mine``: this capital is a party to it; ``closed``: how its theatre ended, or empty."""

    name: str
    rung: str
    title: str
    zone: str
    held: str
    mine: bool
    closed: str = ""


class Item(Struct, frozen=True):
    """A measure of the menu: its title, what it is, and for each target what it costs and asks for."""

    title: str
    text: str
    cost: int
    counts: str
    targets: tuple[str, ...]
    needs: tuple[str, ...]
    quiet: str = ""


class Told(Struct, frozen=True):
    """A card this capital has read, or a declaration it has heard."""

    head: str
    text: str


class Brief(Struct, frozen=True):
    """Everything a brief says. ``cards`` are the latest it has read, ``earlier`` the titles of those before."""

    name: str
    role: str
    text: str
    wants: tuple[str, ...]
    means: tuple[str, ...]
    stores: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    places: tuple[Place, ...]
    permissions: tuple[str, ...]
    sheets: tuple[Eyes, ...]
    staff: tuple[str, ...]
    menu: tuple[Item, ...]
    coming: tuple[str, ...]
    declared: tuple[Told, ...]
    cards: tuple[Told, ...]
    earlier: tuple[str, ...]


def brief(box: Box, view: View, known: View) -> Brief:
    """Return a capital's brief as things stand in its view; ``known`` is that view with what its staff assess."""
    capital, cards = box.capital[view.side], _cards(box, view)
    return Brief(
        capital.name,
        role(box, capital),
        capital.brief,
        capital.wants,
        _means(box, capital),
        _stores(box, view),
        tuple((each.name, role(box, each)) for each in box.capitals if each.id != view.side),
        places(box, view),
        _permissions(box, view),
        eyes(box, view),
        _staff(box, known),
        _menu(box, view),
        _coming(box, view),
        tuple(declared(box, view)),
        tuple(cards[:_LATEST]),
        tuple(card.head for card in cards[_LATEST:]),
    )


def role(box: Box, capital: Capital) -> str:
    """Return a capital's role with those it faces, or stands behind."""
    dyads = [dyad for dyad in box.dyads if dyad.is_local and capital.id in (*dyad.parties, dyad.patron)]
    if capital.role == PATRON:
        return f"patron of {words.capitals(box, [dyad.partner for dyad in dyads])}"
    facing = words.capitals(box, [dyad.other(capital.id) for dyad in dyads])
    return f"{capital.role} facing {facing}" if facing else capital.role


def _means(box: Box, capital: Capital) -> tuple[str, ...]:
    found = [
        f"Each turn you may order {words.many(capital.orders, 'measure or move')}".replace("measure or moves", "measures or moves"),
        f"{capital.income} influence comes in each turn; at most {box.rulebook.save} is kept from the turn before",
        "Seal one reply, offer talks, and have one line read out in public",
    ]  # fmt: skip
    if capital.role == PATRON:
        found.append("Set what your partners are permitted, one word a turn")
        if len(box.local_dyads(capital.id)) > 1:
            found.append("Put one theatre first; elsewhere measures cost more")
    elif capital.role != CHALLENGER:
        found.append("Some of your climbs need your patron's permission; you may defy it, and everybody will know")
    return (*found, "All orders are opened at once")


def _stores(box: Box, view: View) -> tuple[tuple[str, str], ...]:
    found = []
    for name in _STORES:
        address = f"{view.side}.{name}"
        if address in box.track and view.knows(box, address):
            shown = words.value(box, address, view.raw(box, address))
            if name == "influence" and view.phase == SETUP:
                shown = f"{shown}, and {box.capital[view.side].income} with the first turn"
            found.append((name.replace("-", " "), shown))
    return tuple(found)


def places(box: Box, view: View) -> tuple[Place, ...]:
    """Return where every dyad stands, which is public."""
    found = []
    for dyad, stack in zip(box.dyads, view.stacks, strict=True):
        rung = box.ladder.rungs[stack[-1].rung]
        found.append(
            Place(
                words.dyad(box, dyad.id), rung.id, rung.name, box.ladder.zones[rung.zone].name,
                words.capital(box, stack[-1].holder) or "nobody", view.side in dyad.parties, _closed(box, view, dyad),
            )
        )  # fmt: skip
    return tuple(found)


def _closed(box: Box, view: View, dyad: Dyad) -> str:
    address = f"{dyad.theatre}.outcome"
    if not view.raw(box, address):
        return ""
    return words.outcome(box, str(view.shown(box, address)))


def _permissions(box: Box, view: View) -> tuple[str, ...]:
    """Return what partners are permitted: the true word to patron and partner, to all others the last one said aloud."""
    found = []
    for dyad in box.dyads:
        address = f"{dyad.patron}>{dyad.partner}.permission"
        if not dyad.is_local or not dyad.patron:
            continue
        aloud = words.permission(str(view.shown(box, f"{address}.seen")))
        said = f"{words.capital(box, dyad.patron)} is believed to permit {words.capital(box, dyad.partner)} {aloud}"
        if view.knows(box, f"{address}.true"):
            true = words.permission(str(view.shown(box, f"{address}.true")))
            said += f"; the true word, which only the two know, is {true}"
        found.append(f"{said}.")
    return tuple(found)


def _staff(box: Box, view: View) -> tuple[str, ...]:
    """Return how likely the steps that matter are held back, as this capital's own staff would say."""
    lines = []
    for watch in forecast.watches(box, view):
        found = forecast.staff(box, view, watch)
        who = box.pair[watch.pair].holder
        whose = "Your" if who == view.side else f"{words.capital(box, who)}'s"
        step = words.rung(box, box.ladder.rungs[watch.rung].id)
        lines.append(
            f"{whose} step to {step}: held back in {found.percent} of 100 cases ({found.low} to {found.high})."
        )
    return tuple(lines)


def _menu(box: Box, view: View) -> tuple[Item, ...]:
    found = []
    for id_, group in groupby(box.actions_of[view.side], key=lambda action: action.measure):
        same = list(group)
        found.append(_item(box, id_, same))
    return tuple(found)


def _item(box: Box, id_: str, same: list[Action]) -> Item:
    first, measure = same[0], box.measure[id_]
    names = tuple(words.capital(box, action.target) for action in same if action.target)
    return Item(
        measure.title,
        measure.text,
        first.cost,
        f"after {words.many(first.delivery.turns, 'turn')}" if first.delivery else "at once",
        names,
        _needs(box, same),
        _witnesses(box, same),
    )


def _witnesses(box: Box, same: list[Action]) -> str:
    """Return who knows of a quiet measure, or nothing of a public one."""
    told = {_of_any(box, action, words.capitals(box, action.witnesses)) for action in same if action.witnesses}
    return f"known to {words.listed(sorted(told), 'or')} only" if told else ""


def _needs(box: Box, same: list[Action]) -> tuple[str, ...]:
    """Return what a measure needs: once for all its targets, if it needs the same of each."""
    each = {action.target: needs(box, action.when) for action in same}
    if len(each) == 1:
        return tuple(filter(None, each.values()))
    alike = {_of_any(box, action, each[action.target]) for action in same}
    if len(alike) == 1:
        return tuple(filter(None, alike))
    return tuple(f"{words.capital(box, target)}: {text}" for target, text in each.items() if text)


def _of_any(box: Box, action: Action, text: str) -> str:
    """Return what a measure needs with its target and its theatre left unnamed."""
    text = text.replace(words.capital(box, action.target), "that capital") if action.target else text
    return text.replace(words.theatre(box, action.theatre), "its theatre") if action.theatre else text


def _coming(box: Box, view: View) -> tuple[str, ...]:
    return tuple(
        f"{words.measure(box, each.measure, each.target)} from {words.capital(box, each.capital)}: "
        f"{words.many(each.left, 'turn')} away"
        for each in view.coming
    )


def declared(box: Box, view: View) -> list[Told]:
    """Return the declarations this side has heard, the latest first."""
    found = []
    for heard in reversed(view.heard):
        how = HOW.get(heard.declaration.kind, heard.declaration.kind)
        if heard.capital == view.side and heard.declaration.to:
            how = f"quietly to {words.capital(box, heard.declaration.to)}"
        belief = f"; you believe it {heard.belief} in 100" if heard.belief >= 0 else ""
        head = f"{words.capital(box, heard.capital)}, turn {heard.turn}, {how} ({heard.status}{belief})"
        found.append(Told(head, words.sentence(words.promise(box, heard.capital, heard.declaration))))
    return found


def _cards(box: Box, view: View) -> list[Told]:
    """Return the cards this side has read, the latest first."""
    return [Told(box.card[card].title, box.card[card].text) for card in reversed(view.cards)]
