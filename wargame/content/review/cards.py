"""Cards, their options and the schedule of a scenario: what can never come and what nobody can answer."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.content.library import Item
from wargame.content.review.stage import Finding, Review, Stage, named
from wargame.content.schema import Card as CardTable
from wargame.rules.cards import Card
from wargame.rules.conditions import Clause, Conditions


def review(review: Review) -> Iterator[Finding]:
    """Yield what is odd about every card in the scenarios that use it, and about what each scenario schedules."""
    for table, item in review.all("card", CardTable):
        stages = [stage for stage in review.having(item) if stage.brings(item.id)]
        if stages:
            yield from _card(table, item, stages)
    for stage in review.own:
        if review.looks_at(stage.frame.item):
            yield from _schedule(stage)


def _card(table: CardTable, item: Item, stages: list[Stage]) -> Iterator[Finding]:
    cards = [(stage, stage.box.card[item.id]) for stage in stages]
    if any(not stage.reach.numbers.is_consistent(card.when) for stage, card in cards):
        return  # told as WG712
    coming = [(stage, card) for stage, card in cards if card.id in stage.reach.cards]
    if not coming:
        spot = item.spot.at("when") if table.when else item.spot
        yield Finding(spot, "WG711", f"never comes in {named(stages)}: {_why_never(*cards[0])}")
        return
    for stage, card in coming:
        if card.asks and card.asks not in stage.box.capital:
            message = f"{stage.box.scenario.id} can draw this card and has no {card.asks} to answer it"
            hint = (
                f"let it come only where {card.asks} is, or put it into a pack or deck that this scenario does not use"
            )
            yield Finding(item.spot.at("asks"), "WG714", message, hint)
    yield from _options(table, item, [(stage, card) for stage, card in coming if card.asks in stage.box.capital])


def _why_never(stage: Stage, card: Card) -> str:
    """Return what keeps a card from coming, in words for its author."""
    ways = stage.reach.ways(card)
    when = card.when if ways[0] else ways[1][0]
    return why_never(stage, when) or "the scenario's schedule never brings it"


def why_never(stage: Stage, when: Conditions) -> str:
    """Return which conditions can never hold in a scenario."""
    numbers = stage.reach.numbers
    absent = [clause for clause in when if not clause.atoms]
    if absent:
        return f"nothing that {_quoted(absent[0])} names is there"
    single = [clause for clause in when if not numbers.can_hold((clause,))]
    if single:
        return f"{_quoted(single[0])} can never hold"
    return "its conditions never hold together" if when else ""


def _quoted(clause: Clause) -> str:
    return f'"{clause.text}"'


def _options(table: CardTable, item: Item, cards: list[tuple[Stage, Card]]) -> Iterator[Finding]:
    for place, option in enumerate(table.option):
        if not cards or option.default or any((item.id, option.id) in stage.reach.options for stage, _ in cards):
            continue
        stage, card = cards[0]
        if not stage.reach.numbers.is_consistent(card.options[place].when):
            continue
        purse = max(stage.reach.purse(card.asks) for stage, card in cards)
        spot = item.spot.at("option", place)
        if option.cost > purse:
            message = f"{card.asks} can never have the {option.cost} influence that this costs: at most {purse}"
            yield Finding(spot.at("cost"), "WG713", message)
        else:
            why = (
                why_never(stage, card.options[place].when) or "its conditions and those of the card never hold together"
            )
            yield Finding(spot, "WG713", f"can never be chosen: {why}")


def _schedule(stage: Stage) -> Iterator[Finding]:
    turns, numbers = stage.box.scenario.turns, stage.reach.numbers
    for place, inject in enumerate(stage.box.scenario.injects):
        spot = stage.frame.spot.at("inject", place)
        if inject.turn > turns:
            message = f"turn {inject.turn} never comes: the exercise has {turns} turns"
            yield Finding(spot.at("turn"), "WG715", message)
        elif not numbers.is_consistent(inject.only_if):
            continue
        elif not numbers.can_hold(inject.only_if):
            yield Finding(spot.at("only_if"), "WG715", f"never comes: {why_never(stage, inject.only_if)}")
        elif inject.skip_if and numbers.always_hold(inject.skip_if):
            yield Finding(spot.at("skip_if"), "WG715", "never comes: what skips it always holds")
