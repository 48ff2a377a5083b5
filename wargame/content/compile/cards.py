"""Compiling event cards, and the order in which a scenario brings them."""

from __future__ import annotations

from collections.abc import Iterable

from wargame.content.compile.binder import Binder
from wargame.content.compile.frame import Binding, Frame
from wargame.content.compile.measures import concept_exists
from wargame.content.library import Item
from wargame.content.problems import Spot, show
from wargame.content.schema import Card as CardTable
from wargame.content.schema import Option as OptionTable
from wargame.content.schema_scenario import Scenario as ScenarioTable
from wargame.content.sentences import Unreadable, stance
from wargame.rules.box import Inject
from wargame.rules.cards import Card, Option
from wargame.rules.ladder import Ladder

IN_FULL = Binding("a card")
"""A card names its subjects in full."""


def cards_here(frame: Frame, every: bool) -> Iterable[tuple[CardTable, Item]]:
    """Yield the cards of the decks a scenario draws from and those it schedules; ``every`` adds those of given files."""
    scenario = frame.scenario
    decks = {*scenario.draws, *([scenario.history.deck] if scenario.history else [])}
    scheduled = {inject.card for inject in scenario.inject}
    for table, item in frame.library.all("card", CardTable):
        if table.deck in decks or table.id in scheduled or (every and item.spot.source.given):
            yield table, item


def cards_of(frame: Frame, binder: Binder, ladder: Ladder, every: bool = False) -> tuple[Card, ...]:
    """Compile cards, in the order of reading."""
    return tuple(_card(frame, binder, ladder, table, item.spot) for table, item in cards_here(frame, every))


def _card(frame: Frame, binder: Binder, ladder: Ladder, table: CardTable, spot: Spot) -> Card:
    concept_exists(frame, table.concept, spot)
    if table.kind == "historical" and table.date is None:
        frame.problems.add(spot, "WG102", "date is missing: a historical card has one")
    for place, name in enumerate(table.seen):
        if name != "*" and name not in frame.role and name not in frame.other.capitals:
            frame.problems.no_such(spot.at("seen", place), "capital", name, [*frame.role, "*"])
    if bool(table.asks) != bool(table.option):
        lacks = "asks is missing: who chooses?" if table.option else "option is missing: a card that asks has options"
        frame.problems.add(spot, "WG102", lacks)
    if table.asks and table.asks not in frame.role and table.asks not in frame.other.capitals:
        frame.problems.no_such(spot.at("asks"), "capital", table.asks, frame.role)
    if table.asks and "*" not in table.seen and table.asks not in table.seen:
        frame.problems.add(spot.at("seen"), "WG305", f"{table.asks} is asked and may not read the card")
    defaults = [place for place, option in enumerate(table.option) if option.default]
    if table.option and len(defaults) != 1:
        frame.problems.add(spot, "WG102", f"{len(defaults)} options are the default; one is what a silent seat does")
    if defaults and (table.option[defaults[0]].cost or table.option[defaults[0]].when):
        where = spot.at("option", defaults[0])
        frame.problems.add(where, "WG305", "the default must always be possible: no cost, no conditions")
    ids = [option.id for option in table.option]
    for place, name in enumerate(ids):
        if name in ids[:place]:
            frame.problems.add(spot.at("option", place, "id"), "WG201", f"an option {show(name)} stands before")
    return Card(
        id=table.id,
        deck=table.deck,
        title=table.title,
        text=table.text,
        kind=table.kind,
        date=table.date.isoformat() if table.date else "",
        source=table.source,
        concept=table.concept,
        question=table.question,
        seen=tuple(table.seen),
        when=binder.conditions(table.when, IN_FULL, spot.at("when")),
        then=binder.effects(table.then, IN_FULL, spot.at("then")),
        tests=binder.tests(table.tests, IN_FULL, spot.at("tests")),
        asks=table.asks,
        options=tuple(
            _option(frame, binder, ladder, o, table.asks, spot.at("option", p)) for p, o in enumerate(table.option)
        ),
        default=defaults[0] if defaults else 0,
        take=_take(frame, ladder, table.take, spot.at("take")),
    )


def _option(frame: Frame, binder: Binder, ladder: Ladder, table: OptionTable, seat: str, spot: Spot) -> Option:
    return Option(
        id=table.id,
        label=table.label,
        cost=table.cost,
        leans=tuple(table.leans),
        when=binder.conditions(table.when, IN_FULL, spot.at("when"), seat if seat in frame.role else ""),
        then=binder.effects(table.then, IN_FULL, spot.at("then")),
        tests=binder.tests(table.tests, IN_FULL, spot.at("tests")),
        take=_take(frame, ladder, table.take, spot.at("take")),
    )


def _take(frame: Frame, ladder: Ladder, text: str, spot: Spot) -> tuple[str, int] | None:
    if not text:
        return None
    try:
        dyad, rung = stance(text)
    except Unreadable as error:
        frame.problems.add(spot, "WG302", f"{error}: a dyad and a rung")
        return None
    if dyad not in frame.dyad:
        if dyad not in frame.other.dyads:
            frame.problems.no_such(spot, "dyad", dyad, frame.dyad)
        return None
    number = frame.rung(spot, rung)
    if number is None:
        return None
    if not frame.remapped.rung and not any(edge.target == number for edge in ladder.edges):
        frame.problems.add(spot, "WG402", f"no edge of the ladder leads to {rung}")
    return dyad, number


def injects_of(frame: Frame, binder: Binder) -> tuple[Inject, ...]:
    """Compile the scenario's schedule."""
    cards = frame.library.things["card"]
    found = []
    for place, table in enumerate(frame.scenario.inject):
        spot = frame.spot.at("inject", place)
        if table.card not in cards and ("card", table.card) not in frame.problems.faulty:
            frame.problems.no_such(spot.at("card"), "card", table.card, cards)
        found.append(
            Inject(
                table.card,
                table.turn,
                binder.conditions(table.only_if, IN_FULL, spot.at("only_if")),
                binder.conditions(table.skip_if, IN_FULL, spot.at("skip_if")),
                table.label,
                table.expects,
            )
        )
    return tuple(found)


def decks_exist(frame: Frame) -> None:
    """Note decks that a scenario draws from and that hold no card."""
    decks = {table.deck for table, _ in frame.library.all("card", CardTable)}
    for deck in frame.scenario.draws:
        if deck not in decks:
            frame.problems.no_such(frame.spot.at("draws", deck), "deck", deck, decks)
    history = frame.scenario.history
    if history and history.deck not in decks:
        frame.problems.no_such(frame.spot.at("history", "deck"), "deck", history.deck, decks)


def decks_are_drawn(frame: Frame) -> None:
    """Note cards that can never come: no scenario draws from their deck, and none schedules or redeals them by name."""
    library = frame.whole
    if any(kind == "scenario" for kind, _ in frame.problems.faulty):
        return
    scenarios = [table for table, _ in library.all("scenario", ScenarioTable) if library.alone or not table.alone]
    cards = library.all("card", CardTable)
    held = {table.deck for table, _ in cards}
    drawn = dict.fromkeys(deck for each in scenarios for deck in (*each.draws, *_history_deck(each)))
    named = {inject.card for each in scenarios for inject in each.inject}
    named.update(name for each in scenarios for name in each.replace.get("card", {}))
    if not held.issuperset(drawn) or not named.issubset(library.things["card"]):
        return  # a scenario that misspells a deck or a card has been told so; the cards are not at fault
    for table, item in cards:
        if table.deck not in drawn and table.id not in named:
            what = "scenario draws from the deck"
            frame.problems.no_such(item.spot.at("deck"), what, table.deck, drawn)


def _history_deck(scenario: ScenarioTable) -> list[str]:
    return [scenario.history.deck] if scenario.history else []
