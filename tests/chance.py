"""A chooser that orders at random whatever is legal: the fuzzer's hand."""

from __future__ import annotations

from random import Random

from tests.games import Chooser
from wargame.rules.agenda import TABLE, WHITE_CELL, Due
from wargame.rules.box import Box
from wargame.rules.conditions import holds
from wargame.rules.dice import Dice
from wargame.rules.legal import declaration_faults, faults, legal, talks
from wargame.rules.orders import (
    Belief,
    Believe,
    Choose,
    Climb,
    Command,
    Declaration,
    Dial,
    Draft,
    Move,
    Pass,
    Proceed,
    Reply,
    Rule,
    Seal,
    Sheet,
    Signal,
    StepDown,
    Take,
    Terms,
)
from wargame.rules.sight import look
from wargame.rules.state import State
from wargame.rules.view import View


def some_sheet(box: Box, view: View, random: Random) -> Sheet:
    """Return a sheet put together at random from the lists of what is legal; it may still cost too much."""
    may = legal(box, view)
    rungs = box.ladder.rungs
    pool: list[Move] = [Take(a.measure, a.target) for a in may.actions]
    pool += [Climb(s.dyad, rungs[s.target].id, random.random() < 0.5, random.random() < 0.3) for s in may.steps] * 3
    pool += [StepDown(dyad) for dyad in may.step_downs]
    moves = random.sample(pool, min(len(pool), random.randint(0, box.capital[view.side].orders)))
    reply = None
    steps = box.steps_of[view.side]
    if steps and random.random() < 0.4:
        step = random.choice(steps)
        then = Climb(step.dyad, rungs[step.target].id, defy=random.random() < 0.5)
        reply = Reply(step.dyad, random.choice(rungs).id, then)
    terms = {dyad: Terms(dyad, landing, random.randint(0, box.rulebook.talks_most_concessions))
             for dyad, landing in random.sample(may.talks, len(may.talks)) if random.random() < 0.3}  # fmt: skip
    dials = {
        partner: Dial(partner, word, random.random() < 0.5) for partner, word in may.dials if random.random() < 0.4
    }
    priority = random.choice(("", *may.priorities))
    return Sheet(tuple(moves), reply, tuple(terms.values()), tuple(dials.values()), priority, random.random() < 0.2)


def some_declaration(box: Box, view: View, random: Random) -> Declaration:
    """Return a declaration at random; it may well be refused."""
    dyad, rungs = random.choice(box.dyads), box.ladder.rungs
    step = random.choice(box.steps_of[view.side])
    deed: Climb | Dial | Take = Climb(step.dyad, rungs[step.target].id)
    if random.random() < 0.3 and box.actions_of[view.side]:
        action = random.choice(box.actions_of[view.side])
        deed = Take(action.measure, action.target)
    kind = random.choice(("tie-hands", "sink-costs", "quiet"))
    to = random.choice([c.id for c in box.capitals if c.id != view.side]) if kind == "quiet" else ""
    return Declaration(kind, dyad.id, random.choice(rungs).id, deed, to)


def at_random(random: Random) -> Chooser:
    """Return a chooser that orders at random."""

    def choose(box: Box, state: State, due: Due, dice: Dice) -> Command:
        if due.who == TABLE:
            return Proceed()
        if due.who == WHITE_CELL:
            return Rule(random.choice((None, False, True)), "because")
        view = look(box, state, due.who)
        if due.kind == "choose":
            purse = view.raw(box, f"{due.who}.influence")
            card = box.card[due.about]
            options = [o.id for o in card.options if o.cost <= purse and holds(o.when, view.values)]
            return Choose(due.who, random.choice(options))
        if due.kind == "signal":
            tried = [some_declaration(box, view, random) for _ in range(4)]
            spoken = [each for each in tried if not declaration_faults(box, view, each)]
            return Signal(due.who, tuple(spoken[:1]))
        if due.kind == "believe":
            return Believe(due.who, tuple(Belief(each, random.randint(0, 100)) for each in view.asked_about))
        sheet = some_sheet(box, view, random)
        if faults(box, view, sheet):
            return Draft(due.who, sheet) if random.random() < 0.2 else Pass(due.who)
        return Seal(due.who, sheet)

    return choose


__all__ = ["at_random", "some_declaration", "some_sheet", "talks"]
