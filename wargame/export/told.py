"""Sentences about what leads up to the reveal: the opening, cards, deliveries, declarations, sealed orders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from wargame.export import words
from wargame.rules import events as fact
from wargame.rules import state as phases
from wargame.rules.box import Box
from wargame.rules.orders import Declaration
from wargame.rules.sealing import receipt


def _because(why: tuple[str, ...]) -> list[str]:
    return [f"Why: {each}" for each in why]


def _started(box: Box, event: fact.ExerciseStarted) -> list[str]:
    scenario = box.scenario
    turns = f"{words.many(event.turns, 'turn')} of {scenario.turn_length}"
    found = [
        f"{scenario.title}: {turns} from {words.date(scenario.begins)}, adjudication {event.mode}",
        f"Steps are checked by the theory {words.theory(box, event.theory)}; it illustrates a school of thought and is "
        "evidence for none",
    ]
    if event.played:
        found.append(f"In human hands: {words.capitals(box, event.played)}")
    empty = [(who, how) for who, how in event.doctrines if who not in event.played]
    doctrines = [f"{words.capital(box, who)} by {words.doctrine(box, how)}" for who, how in empty]
    if doctrines:
        found.append(f"Unplayed: {words.listed(doctrines)}")
    if event.decline:
        found.append(
            f"Left out, and faded before it is reached: {words.listed([words.mark(each) for each in event.decline])}"
        )
    return [*found, "A white cell rules" if event.white_cell else ""]


def _turn(_box: Box, event: fact.TurnOpened) -> list[str]:
    return [f"Turn {event.turn} opens"]


def _lapsed(_box: Box, _event: fact.EffectLapsed) -> list[str]:
    return ["What was only for a time has passed"]


def _delivery(box: Box, event: fact.DeliveryMoved) -> list[str]:
    what = f"{words.capital(box, event.capital)}'s {words.measure(box, event.measure, event.target)}"
    turns = words.many(event.left, "turn")
    if event.delayed:
        while_ = words.listed([words.condition(box, each) for each in event.delayed.split(" and ")])
        return [f"{what} waits, {turns} away still ({while_})"]
    return [f"{what} is {turns} away"]


def _arrived(box: Box, event: fact.DeliveryArrived) -> list[str]:
    what = f"{words.capital(box, event.capital)}'s {words.measure(box, event.measure, event.target)}"
    return [f"{what} is fielded; from now on it counts"]


def _standing(box: Box, event: fact.StandingChanged) -> list[str]:
    bound = next((each for each in box.standing if each.id == event.cause and ":" in each.id and each.then), None)
    whose = words.subject(box, words.track_name(bound.then[0].address)[0]) if bound else ""
    if event.holds:
        return [f"{whose}: {event.text}" if whose else event.text]
    return [f"{whose}, no longer: {event.text}" if whose else f"No longer: {event.text}"]


def _card(box: Box, event: fact.CardDrawn) -> list[str]:
    card = box.card[event.card]
    dated = f"{card.kind}, {words.date(card.date)}" if card.date else card.kind
    asks = f"{words.capital(box, event.asks)} must choose" if event.asks else ""
    return [f'Card "{card.title}" ({dated})', card.text, asks]


def _choice(box: Box, event: fact.ChoiceMade) -> list[str]:
    card = box.card[event.card]
    option = next((each.label for each in card.options if each.id == event.option), event.option)
    return [f'{words.capital(box, event.capital)} answers "{card.title}": {option}', *_because(event.why)]


def _signals(box: Box, event: fact.SignalsGiven) -> list[str]:
    who = words.capital(box, event.capital)
    if not event.declarations:
        return [f"{who} declares nothing", *_because(event.why)]
    return [f"{who} hands in {words.many(len(event.declarations), 'declaration')}", *_because(event.why)]


def _declaration(box: Box, event: fact.DeclarationMade) -> list[str]:
    who = words.capital(box, event.capital)
    withdrawn = "It takes the place of an earlier one" if event.withdraws else ""
    promise = words.promise(box, event.capital, event.declaration)
    return [f"{_spoken(box, who, event.declaration)}: {promise} (declaration {event.id})", withdrawn]


def _spoken(box: Box, who: str, said: Declaration) -> str:
    if said.kind == "quiet":
        return f"{who} lets {words.capital(box, said.to)} know quietly"
    return f"{who} sinks costs and declares" if said.kind == "sink-costs" else f"{who} ties its hands and declares"


def _belief(box: Box, event: fact.BeliefStated) -> list[str]:
    who = words.capital(box, event.capital)
    return [f"{who} puts the chance that declaration {event.declaration} is carried out at {event.percent} percent"]


def _drafted(box: Box, event: fact.OrderDrafted) -> list[str]:
    return [f"{words.capital(box, event.capital)} keeps a draft"]


def _sealed(box: Box, event: fact.OrderSealed) -> list[str]:
    who = words.capital(box, event.capital)
    receipted = f", receipt {receipt(event.digest)}" if event.digest else ""
    did = "passes on purpose" if event.status == phases.PASSED else "seals its orders"
    return [f"{who} {did}{receipted}", *_because(event.why)]


def _revealed(box: Box, event: fact.OrdersRevealed) -> list[str]:
    found = []
    for who, sheet in event.sheets:
        ordered = words.orders(box, who, sheet)
        name = words.capital(box, who)
        if who in event.missing:
            found.append(f"{name}'s orders are missing")
        else:
            found.append(f"{name} orders: {'; '.join(ordered)}" if ordered else f"{name} orders nothing")
        if sheet.note:
            found.append(f'{name} says: "{sheet.note}"')
    return found


SAYS: Final[dict[type, Callable[[Box, Any], list[str]]]] = {
    fact.ExerciseStarted: _started,
    fact.TurnOpened: _turn,
    fact.EffectLapsed: _lapsed,
    fact.DeliveryMoved: _delivery,
    fact.DeliveryArrived: _arrived,
    fact.StandingChanged: _standing,
    fact.CardDrawn: _card,
    fact.ChoiceMade: _choice,
    fact.SignalsGiven: _signals,
    fact.DeclarationMade: _declaration,
    fact.BeliefStated: _belief,
    fact.OrderDrafted: _drafted,
    fact.OrderSealed: _sealed,
    fact.OrdersRevealed: _revealed,
}
"""What to say of each kind of fact."""
