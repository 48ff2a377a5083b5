"""A table at which a test is the one who sits: sheets are given, dice are loaded, numbers are set."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from msgspec.structs import replace

from tests.games import february
from wargame.rules.agenda import owed
from wargame.rules.box import Box, Hold
from wargame.rules.decide import advance
from wargame.rules.dice import Dice
from wargame.rules.events import Event, MomentCame
from wargame.rules.evolve import _with_rungs, evolve, opening
from wargame.rules.legal import faults
from wargame.rules.orders import (
    Belief,
    Believe,
    Choose,
    Command,
    Declaration,
    Draft,
    Pass,
    Proceed,
    Rule,
    Seal,
    Sheet,
    Signal,
    Start,
)
from wargame.rules.sight import look
from wargame.rules.state import State
from wargame.rules.tracks import Change
from wargame.rules.view import View

E = TypeVar("E")

NEVER = {"test": 100, "accident": 100, "war": 1, "talks": 100, "first blow": 1, "climb": 100, "firebreak": 100}
"""Loaded dice with which nothing goes wrong and nobody is deterred; keyed by the first word of what they are for."""


class Loaded(Dice):
    """Dice that fall as a test wants them to."""

    def __init__(self, **falls: int) -> None:
        super().__init__(1)
        self.falls = dict(NEVER)
        self.load(**falls)
        self.thrown: list[tuple[object, ...]] = []

    def load(self, **falls: int) -> None:
        """Let dice fall so from now on: ``load(firebreak=1, first_blow=100)``."""
        self.falls |= {name.replace("_", " "): fall for name, fall in falls.items()}

    def percent(self, *purpose: object) -> int:
        self.thrown.append(purpose)
        return self.falls.get(str(purpose[0]), 50)


@cache
def bare_box() -> Box:
    """February 2022 without cards, so that nothing happens that was not ordered."""
    box = february()
    return replace(box, scenario=replace(box.scenario, draws=(), injects=(), history=("none", 0)))


class Sitting:
    """An exercise in which every capital does what the test says and passes otherwise."""

    def __init__(
        self, box: Box | None = None, *, theory: str = "balanced", mode: str = "semi-rigid", turns: int = 6,
        white_cell: bool = False, played: tuple[str, ...] = (), ruling: Callable[[State], Rule] | None = None,
        decline: tuple[str, ...] = (), **falls: int,
    ) -> None:  # fmt: skip
        self.box = box or bare_box()
        self.dice = Loaded(**falls)
        self.ruling = ruling
        self.state = opening(self.box)
        self.events: list[Event] = []
        self.do(Start(self.box.scenario.id, theory, mode, turns, played, (), white_cell, decline=decline))

    def load(self, **falls: int) -> Sitting:
        """Let dice fall so from now on."""
        self.dice.load(**falls)
        return self

    def do(self, command: Command) -> tuple[Event, ...]:
        """Give an input and return what followed."""
        self.state, events = advance(self.box, self.state, command, self.dice)
        self.events += events
        return events

    def set(self, **numbers: object) -> Sitting:
        """Put tracks to values as people write them: ``set(**{"kyiv.face": 0})``; a bare dual name moves both."""
        changes = []
        for address, shown in numbers.items():
            for each in (address, f"{address}.seen", f"{address}.true"):
                if each in self.box.track:
                    changes.append(Change(each, self.raw(each), self.box.track[each].raw(shown)))
        self.state = evolve(self.box, self.state, MomentCame("test", "test", "", changes=tuple(changes)))
        return self

    def stand(self, dyad: str, *stack: str) -> Sitting:
        """Stack a dyad anew: ``stand("moscow-kyiv", "r06 moscow", "r12 moscow")``."""
        holds = tuple(Hold(self.box.rung_number[rung], holder) for rung, _, holder in (s.partition(" ") for s in stack))
        stacks = list(self.state.stacks)
        stacks[self.box.dyad_place[dyad]] = holds
        values = _with_rungs(self.box, self.state.values, tuple(stacks))
        self.state = replace(self.state, stacks=tuple(stacks), values=values)
        return self

    def raw(self, address: str) -> int:
        track = self.box.track[address]
        return self.state.values[track.block][track.place]

    def get(self, address: str) -> int | float | str:
        """Return a track as people write it."""
        return self.box.track[address].shown(self.raw(address))

    def view(self, side: str) -> View:
        return look(self.box, self.state, side)

    def faults(self, capital: str, sheet: Sheet) -> tuple[str, ...]:
        return faults(self.box, self.view(capital), sheet)

    def until(self, phase: str, **said: Declaration) -> Sitting:
        """Go on to a phase of this turn or the next; capitals say what ``said`` gives them."""
        while self.state.phase != phase or not owed(self.box, self.state)[0].kind:
            due = owed(self.box, self.state)[0]
            if due.kind == "orders":
                self.do(Pass(due.who))
            else:
                self._answer(due.kind, due.who, due.about, said)
        return self

    def _answer(self, kind: str, who: str, about: str, said: dict[str, Any]) -> None:
        if kind == "proceed":
            self.do(Proceed())
        elif kind == "choose":
            card = self.box.card[about]
            self.do(Choose(who, card.options[card.default].id))
        elif kind == "signal":
            given = said.get(who, ())
            self.do(Signal(who, given if isinstance(given, tuple) else (given,)))
        elif kind == "believe":
            self.do(Believe(who, tuple(Belief(each, 50) for each in self.view(who).asked_about)))
        else:
            self.do(self.ruling(self.state) if self.ruling else Rule())

    def seal(self, **sheets: Sheet) -> Sitting:
        """Hand in the orders that are still owed; who has no sheet here passes."""
        for capital in self.state.waiting:
            self.do(Seal(capital, sheets[capital]) if capital in sheets else Pass(capital))
        return self

    def turn(self, **sheets: Sheet) -> list[Event]:
        """Play what is left of this turn with these sheets; return what happened from the reveal on."""
        self.until("orders").seal(**sheets)
        before = len(self.events)
        turn = self.state.turn
        while owed(self.box, self.state) and self.state.turn == turn and self.state.phase != "update":
            due = owed(self.box, self.state)[0]
            self._answer(due.kind, due.who, due.about, {})
        return self.events[before:]

    def draft(self, capital: str, sheet: Sheet) -> None:
        self.until("orders").do(Draft(capital, sheet))


def only(kind: type[E], events: list[Event] | tuple[Event, ...]) -> list[E]:
    """Return the events of a kind."""
    return [event for event in events if isinstance(event, kind)]


def one(kind: type[E], events: list[Event] | tuple[Event, ...]) -> E:
    """Return the one event of a kind."""
    found = only(kind, events)
    assert len(found) == 1, (kind, found)
    return found[0]
