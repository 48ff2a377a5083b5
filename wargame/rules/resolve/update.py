"""Update: a turn opens, passing effects lapse, deliveries come nearer, cards are drawn (rule 4.1)."""

from __future__ import annotations

from wargame.rules.cards import Card, Option
from wargame.rules.conditions import holds
from wargame.rules.events import (
    CardDrawn,
    ChoiceMade,
    DeliveryArrived,
    DeliveryMoved,
    EffectLapsed,
    PhaseOpened,
    StandingChanged,
    TurnOpened,
)
from wargame.rules.evolve import counter
from wargame.rules.state import SIGNAL, UPDATE, InTransit
from wargame.rules.table import Table
from wargame.rules.tracks import Change


def told_at_start(table: Table) -> None:
    """Draw the cards of what went before."""
    deck, number = table.box.scenario.history
    for _ in range(number):
        _draw(table, deck)


def open_turn(table: Table) -> None:
    """Open the next turn, up to the choices that cards put to capitals."""
    table.emit(TurnOpened(table.state.turn + 1, _income(table)))
    _lapse(table)
    for capital in table.box.capitals:
        table.moment("turn-start", capital.id)
    settle_standing(table)
    for coming in table.state.deliveries:
        _deliver(table, coming)
    withheld = dict(table.state.withheld)
    for inject in table.box.scenario.injects:
        turn = withheld.get(inject.card, inject.turn)
        due = turn == table.state.turn and inject.card not in table.state.drawn
        values = table.state.values
        skipped = inject.skip_if and holds(inject.skip_if, values)
        if due and holds(inject.only_if, values) and not skipped and _is_answered(table, table.box.card[inject.card]):
            turn_up(table, table.box.card[inject.card], inject=True)
    for deck, number in table.box.scenario.draws:
        for _ in range(number):
            _draw(table, deck)
    open_signals(table)


def open_signals(table: Table) -> None:
    """Go on to signals once no card waits for an answer."""
    if not table.state.asking:
        table.emit(PhaseOpened(SIGNAL, tuple(capital.id for capital in table.box.capitals)))


def _income(table: Table) -> tuple[Change, ...]:
    save = table.box.rulebook.save
    numbers = []
    for capital in table.box.capitals:
        address = f"{capital.id}.influence"
        track = table.box.track[address]
        numbers.append((address, track.clamp(min(table.raw(address), save) + capital.income)))
    return table.put(*numbers)


def _lapse(table: Table) -> None:
    due = [lapse.change for lapse in table.state.lapses if lapse.turn <= table.state.turn]
    if due:
        table.emit(EffectLapsed(table.take_back(due)))


def settle_standing(table: Table) -> None:
    """Let standing effects take hold or lift, as their conditions are now."""
    in_force = {each.id: each.changes for each in table.state.in_force}
    for standing in table.box.standing:
        now = holds(standing.when, table.state.values)
        if now and standing.id not in in_force:
            table.emit(StandingChanged(standing.id, True, standing.text, table.changes(standing.then)))
        elif not now and standing.id in in_force:
            table.emit(StandingChanged(standing.id, False, standing.text, table.take_back(in_force[standing.id])))


def _deliver(table: Table, coming: InTransit) -> None:
    action = table.box.action[(coming.capital, coming.measure, coming.target)]
    delivery = action.delivery
    if delivery is None:
        return
    left = table.raw(counter(coming.capital, coming.measure, coming.target))
    if delivery.stops and holds(delivery.stops, table.state.values):
        reason = " and ".join(clause.text for clause in delivery.stops)
        table.emit(DeliveryMoved(coming.capital, coming.measure, coming.target, left, reason))
    elif left > 1:
        table.emit(DeliveryMoved(coming.capital, coming.measure, coming.target, left - 1))
    else:
        back = table.take_back(coming.changes)
        fielded = table.changes_after(back, delivery.fielded)
        table.emit(DeliveryArrived(coming.capital, coming.measure, coming.target, back + fielded))


def _is_answered(table: Table, card: Card) -> bool:
    """Whether whom a card asks has a seat; the table would wait for ever for one that has none."""
    return not card.asks or card.asks in table.box.capital


def _can_come(table: Table, card: Card) -> bool:
    return holds(card.when, table.state.values) and _is_answered(table, card)


def _draw(table: Table, deck: str) -> None:
    """Draw the top card that can come up now; an empty or blocked deck gives none."""
    box = table.box
    for card in table.dice.order(f"deck {deck}", box.decks.get(deck, ())):
        if card not in table.state.drawn and _can_come(table, box.card[card]):
            turn_up(table, box.card[card])
            return


def turn_up(table: Table, card: Card, inject: bool = False) -> None:
    """Lay a card on the table and let it do what it says, unless it asks a capital first."""
    changes = () if card.asks else table.changes(card.then)
    table.emit(CardDrawn(card.deck, card.id, card.asks, inject, changes))
    if not card.asks:
        table.throw(card.tests, "")
        _take(table, card.take)


def _take(table: Table, take: tuple[str, int] | None) -> None:
    """Take a dyad where a card says, if an edge leads there and the theatre is open (rule 3.9)."""
    if take is None:
        return
    dyad = table.box.dyad[take[0]]
    edge = table.leads(dyad, take[1])
    if edge and table.is_open(dyad.theatre):
        table.carry(dyad.id, take[1], "", "card", edge)


def choose(table: Table, card: Card, option: Option, why: tuple[str, ...]) -> None:
    """Answer a card with one of its options."""
    paid = table.shift((f"{card.asks}.influence", -option.cost))
    effects = table.changes_after(paid, card.then + option.then)
    table.emit(ChoiceMade(card.asks, card.id, option.id, why, paid + effects))
    table.throw(card.tests + option.tests, card.asks)
    _take(table, option.take or card.take)
    if table.state.phase == UPDATE:  # a white cell's inject may ask in any phase
        open_signals(table)
