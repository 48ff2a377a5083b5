"""From one state to the next: what each event means. Replay is the fold of :func:`evolve` over the journal.

Nothing is decided here and nothing is rolled; an event that is not known raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any

from msgspec.structs import replace

from wargame.rules import events as fact
from wargame.rules.box import Box, Hold
from wargame.rules.events import Event
from wargame.rules.ladder import NUCLEAR_USE
from wargame.rules.orders import Start
from wargame.rules.state import (
    ADJUDICATION,
    DRAFT,
    ENDED,
    NOTHING,
    SETUP,
    UPDATE,
    Held,
    InForce,
    InTransit,
    Lapse,
    Moved,
    Paper,
    Said,
    State,
)
from wargame.rules.tracks import Change, Values


def opening(box: Box) -> State:
    """Return the state before anything has happened."""
    state = State(
        values=box.start,
        setup=Start(box.scenario.id, box.scenario.theory, "", box.scenario.turns),
        doctrines=(),
        stacks=tuple(dyad.start for dyad in box.dyads),
        papers=(Paper(),) * len(box.capitals),
        phase=SETUP,
    )
    return replace(state, values=_with_rungs(box, state.values, state.stacks))


def _put(box: Box, values: Values, numbers: Iterable[tuple[str, int]]) -> Values:
    """Return values with some raw numbers replaced; each block that is touched is copied once."""
    blocks: dict[int, list[int]] = {}
    track = box.track
    for address, raw in numbers:
        found = track[address]
        block = blocks.get(found.block)
        if block is None:
            block = blocks[found.block] = list(values[found.block])
        block[found.place] = raw
    if not blocks:
        return values
    whole = list(values)
    for number, block in blocks.items():
        whole[number] = tuple(block)
    return tuple(whole)


def _with_rungs(box: Box, values: Values, stacks: tuple[tuple[Hold, ...], ...]) -> Values:
    """Return values in which every rung and peak follows the stacks."""
    numbers: list[tuple[str, int]] = []

    def stands(subject: str, rung: int) -> None:
        numbers.append((f"{subject}.rung", rung))
        peak = box.track[f"{subject}.peak"]
        if values[peak.block][peak.place] < rung:
            numbers.append((f"{subject}.peak", rung))

    tops = {dyad.id: stack[-1].rung for dyad, stack in zip(box.dyads, stacks, strict=True)}
    for dyad, top in tops.items():
        stands(dyad, top)
    for theatre in box.theatres:
        stands(theatre.id, max(tops[dyad] for dyad in theatre.dyads))
    stands("world", max(tops.values()))
    return _put(box, values, numbers)


def _changed(box: Box, state: State, changes: tuple[Change, ...], **more: Any) -> State:
    """Return the state with tracks changed, passing changes noted for their lapse, and other fields replaced."""
    if changes:
        more["values"] = _put(box, more.get("values", state.values), ((c.address, c.new) for c in changes))
        passing = tuple(Lapse(c.until, c) for c in changes if c.until)
        if passing:
            more["lapses"] = more.get("lapses", state.lapses) + passing
    return replace(state, **more) if more else state


def _only_changes(box: Box, state: State, event: Any) -> State:
    return _changed(box, state, event.changes)


def _exercise_started(box: Box, state: State, event: fact.ExerciseStarted) -> State:
    setup = Start(
        event.scenario, event.theory, event.mode, event.turns, event.played, (), event.white_cell, event.rehearsal,
        event.minutes, event.decline,
    )  # fmt: skip
    return replace(state, setup=setup, doctrines=event.doctrines, phase=UPDATE)


def _turn_opened(box: Box, state: State, event: fact.TurnOpened) -> State:
    values = _put(box, state.values, (("world.turn", event.turn),))
    papers = (Paper(),) * len(box.capitals)
    return _changed(box, state, event.changes, values=values, turn=event.turn, moved=(), papers=papers, asked_about=())


def _phase_opened(box: Box, state: State, event: fact.PhaseOpened) -> State:
    return replace(state, phase=event.opened, waiting=event.waiting)


def _effect_lapsed(box: Box, state: State, event: fact.EffectLapsed) -> State:
    return _changed(box, state, event.changes, lapses=tuple(lapse for lapse in state.lapses if lapse.turn > state.turn))


def counter(capital: str, measure: str, target: str) -> str:
    """Return the address of the track that counts a delivery's turns left."""
    return f"{target or capital}.delivery.{measure}"


def _delivery_moved(box: Box, state: State, event: fact.DeliveryMoved) -> State:
    values = _put(box, state.values, ((counter(event.capital, event.measure, event.target), event.left),))
    return _changed(box, state, event.changes, values=values)


def _delivery_arrived(box: Box, state: State, event: fact.DeliveryArrived) -> State:
    key = (event.capital, event.measure, event.target)
    deliveries = tuple(d for d in state.deliveries if (d.capital, d.measure, d.target) != key)
    values = _put(box, state.values, ((counter(event.capital, event.measure, event.target), 0),))
    return _changed(box, state, event.changes, values=values, deliveries=deliveries)


def _standing_changed(box: Box, state: State, event: fact.StandingChanged) -> State:
    others = tuple(each for each in state.in_force if each.id != event.cause)
    in_force = (*others, InForce(event.cause, event.changes)) if event.holds else others
    return _changed(box, state, event.changes, in_force=in_force)


def _card_drawn(box: Box, state: State, event: fact.CardDrawn) -> State:
    asking = (*state.asking, event.card) if event.asks else state.asking
    return _changed(box, state, event.changes, drawn=(*state.drawn, event.card), asking=asking)


def _choice_made(box: Box, state: State, event: fact.ChoiceMade) -> State:
    return _changed(box, state, event.changes, asking=tuple(card for card in state.asking if card != event.card))


def _signals_given(box: Box, state: State, event: fact.SignalsGiven) -> State:
    signals = (*state.signals, (event.capital, event.declarations))
    return replace(state, signals=signals, waiting=tuple(c for c in state.waiting if c != event.capital))


def _declaration_made(box: Box, state: State, event: fact.DeclarationMade) -> State:
    said = tuple(replace(s, status="withdrawn") if s.id == event.withdraws else s for s in state.said)
    new = Said(event.id, state.turn, event.capital, event.declaration, event.pair, event.slot)
    return _changed(
        box, state, event.changes, said=(*said, new), signals=(), asked_about=(*state.asked_about, event.id)
    )


def _belief_stated(box: Box, state: State, event: fact.BeliefStated) -> State:
    key = (event.capital, event.declaration)
    others = tuple(held for held in state.beliefs if (held.capital, held.declaration) != key)
    return replace(state, beliefs=(*others, Held(event.capital, event.declaration, event.percent)))


def _beliefs_closed(box: Box, state: State, event: fact.BeliefsClosed) -> State:
    return replace(state, waiting=tuple(c for c in state.waiting if c != event.capital))


def _with_paper(box: Box, state: State, capital: str, paper: Paper) -> tuple[Paper, ...]:
    place = box.seat[capital]
    return (*state.papers[:place], paper, *state.papers[place + 1 :])


def _order_drafted(box: Box, state: State, event: fact.OrderDrafted) -> State:
    return replace(state, papers=_with_paper(box, state, event.capital, Paper(DRAFT, event.sheet)))


def _order_sealed(box: Box, state: State, event: fact.OrderSealed | fact.OrderClosed) -> State:
    paper = Paper(event.status, event.sheet, event.salt, event.digest)
    waiting = tuple(c for c in state.waiting if c != event.capital)
    return replace(state, papers=_with_paper(box, state, event.capital, paper), waiting=waiting)


def _order_reopened(box: Box, state: State, event: fact.OrderReopened) -> State:
    paper = state.papers[box.seat[event.capital]]
    kept = Paper() if paper.status == NOTHING else Paper(DRAFT, paper.sheet)
    waiting = tuple(c.id for c in box.capitals if c.id in (*state.waiting, event.capital))
    return _changed(box, state, event.changes, papers=_with_paper(box, state, event.capital, kept), waiting=waiting)


def _orders_revealed(box: Box, state: State, event: fact.OrdersRevealed) -> State:
    return _changed(box, state, event.changes, phase=ADJUDICATION, prices=event.prices)


def _carried_out(box: Box, state: State, owner: str, theatre: str, slot: str) -> tuple[tuple[str, str, int], ...]:
    voices = box.voices.get((owner, theatre, slot), ())
    return state.done + tuple(voice for voice in voices if voice not in state.done)


def _measure_taken(box: Box, state: State, event: fact.MeasureTaken) -> State:
    action = box.action[(event.capital, event.measure, event.target)]
    deeds = (*state.deeds, (event.capital, event.measure, event.target))
    done, deliveries, values = state.done, state.deliveries, state.values
    slot = box.measure[event.measure].carries_out
    if slot:
        done = _carried_out(box, state, event.capital, action.theatre, slot)
    if event.left:
        coming = InTransit(event.capital, event.measure, event.target, event.under_way)
        deliveries = (*deliveries, coming)
        values = _put(box, values, ((counter(event.capital, event.measure, event.target), event.left),))
    changes = event.changes + event.under_way
    return _changed(box, state, changes, values=values, deeds=deeds, done=done, deliveries=deliveries)


def _talks_held(box: Box, state: State, event: fact.TalksHeld) -> State:
    if not event.landed:
        return _changed(box, state, event.changes)
    until = state.turn + box.landing[event.landing].pauses
    paused = (*(each for each in state.paused if each[0] != event.dyad), (event.dyad, until))
    return _changed(box, state, event.changes, paused=paused)


def _challenge_rolled(box: Box, state: State, event: fact.ChallengeRolled) -> State:
    if not state.setup.white_cell:
        return state
    return replace(state, pending=event)


def _card_withheld(box: Box, state: State, event: fact.CardWithheld) -> State:
    others = tuple(each for each in state.withheld if each[0] != event.card)
    return replace(state, withheld=(*others, (event.card, event.until)))


def _argument_opened(box: Box, state: State, event: fact.ArgumentOpened) -> State:
    return replace(state, pending=event)


def _turns_set(box: Box, state: State, event: fact.TurnsSet) -> State:
    return replace(state, setup=replace(state.setup, turns=event.turns))


def _branched(box: Box, state: State, event: fact.Branched) -> State:
    setup = replace(state.setup, played=event.played, white_cell=event.white_cell)
    return _changed(box, state, event.changes, setup=setup, doctrines=event.doctrines)


def _settled(box: Box, state: State, event: fact.ChallengeResolved | fact.ArgumentSettled) -> State:
    return _changed(box, state, event.changes, pending=None)


def _rung_changed(box: Box, state: State, event: fact.RungChanged) -> State:
    place, target = box.dyad_place[event.dyad], box.rung_number[event.to]
    stack = list(state.stacks[place])
    if event.cause in ("step-down", "landing"):
        while len(stack) > 1 and stack[-1].rung > target:
            stack.pop()
        if stack[-1].rung != target:
            stack[-1] = Hold(target, stack[-1].holder)
    else:
        while stack and stack[-1].rung >= target:
            stack.pop()
        stack.append(Hold(target, event.capital))
    stacks = (*state.stacks[:place], tuple(stack), *state.stacks[place + 1 :])
    rung = box.ladder.rungs[target]
    more: dict[str, Any] = {"stacks": stacks, "values": _with_rungs(box, state.values, stacks)}
    if event.cause == "climb":
        more["moved"] = (*state.moved, Moved(event.capital, event.dyad, rung.severity))
        if rung.carries_out:
            more["done"] = _carried_out(box, state, event.capital, box.dyad[event.dyad].theatre, rung.carries_out)
    if NUCLEAR_USE in rung.marks and not state.used_on and event.cause not in ("step-down", "landing"):
        more["used_on"] = state.turn
    return _changed(box, state, event.changes, **more)


def _declaration_due(box: Box, state: State, event: fact.DeclarationDue) -> State:
    status = "kept" if event.kept else "broken"
    said = tuple(replace(s, status=status) if s.id == event.declaration else s for s in state.said)
    return _changed(box, state, event.changes, said=said)


def _theatre_closed(box: Box, state: State, event: fact.TheatreClosed) -> State:
    outcome = box.track[f"{event.theatre}.outcome"]
    values = _put(box, state.values, ((outcome.address, outcome.words.index(event.outcome)),))
    deliveries = tuple(
        d for d in state.deliveries if box.action[(d.capital, d.measure, d.target)].theatre != event.theatre
    )
    return _changed(box, state, event.changes, values=values, deliveries=deliveries)


def _exercise_ended(box: Box, state: State, event: fact.ExerciseEnded) -> State:
    scores = tuple((score.capital, score.total) for score in event.scores)
    return replace(state, phase=ENDED, waiting=(), ending=event.ending, scores=scores)


def _nothing(box: Box, state: State, event: Any) -> State:
    return state


_MEANING: dict[type, Callable[[Box, State, Any], State]] = {
    fact.ExerciseStarted: _exercise_started,
    fact.TurnOpened: _turn_opened,
    fact.PhaseOpened: _phase_opened,
    fact.EffectLapsed: _effect_lapsed,
    fact.DeliveryMoved: _delivery_moved,
    fact.DeliveryArrived: _delivery_arrived,
    fact.StandingChanged: _standing_changed,
    fact.CardDrawn: _card_drawn,
    fact.ChoiceMade: _choice_made,
    fact.SignalsGiven: _signals_given,
    fact.DeclarationMade: _declaration_made,
    fact.BeliefStated: _belief_stated,
    fact.BeliefsClosed: _beliefs_closed,
    fact.OrderDrafted: _order_drafted,
    fact.OrderSealed: _order_sealed,
    fact.OrdersRevealed: _orders_revealed,
    fact.OrderLapsed: _only_changes,
    fact.MeasureTaken: _measure_taken,
    fact.PermissionSet: _only_changes,
    fact.TestThrown: _only_changes,
    fact.TalksHeld: _talks_held,
    fact.ChallengeRolled: _challenge_rolled,
    fact.RulingMade: _nothing,
    fact.PressedOn: _only_changes,
    fact.ChallengeResolved: _settled,
    fact.PermissionRefused: _only_changes,
    fact.RungChanged: _rung_changed,
    fact.BlowStruck: _only_changes,
    fact.WarTested: _only_changes,
    fact.AccidentDrawn: _only_changes,
    fact.Faded: _only_changes,
    fact.MomentCame: _only_changes,
    fact.DeclarationDue: _declaration_due,
    fact.TheatreClosed: _theatre_closed,
    fact.ExerciseEnded: _exercise_ended,
    fact.OrderClosed: _order_sealed,
    fact.OrderReopened: _order_reopened,
    fact.CardWithheld: _card_withheld,
    fact.InjectImprovised: _only_changes,
    fact.ArgumentOpened: _argument_opened,
    fact.ArgumentSettled: _settled,
    fact.NoteTaken: _nothing,
    fact.QuestionAsked: _nothing,
    fact.QuestionAnswered: _nothing,
    fact.NewsTold: _nothing,
    fact.ClockSet: _nothing,
    fact.TurnsSet: _turns_set,
    fact.Rewound: _nothing,  # the journal has left out what was taken back
    fact.Branched: _branched,
}


def evolve(box: Box, state: State, event: Event) -> State:
    """Return the state after an event. Raises KeyError for an event this engine does not know."""
    return _MEANING[type(event)](box, state, event)


def fold(box: Box, state: State, events: Iterable[Event]) -> State:
    """Return the state after several events, in order."""
    return reduce(lambda now, event: evolve(box, now, event), events, state)
