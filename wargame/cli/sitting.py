"""A sitting: an exercise with the people at its keyboard, and the one loop in which they are asked for what they owe."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from wargame.cli.asking import Leave
from wargame.cli.desk import Desk
from wargame.cli.page import STRONG
from wargame.cli.screens import cards, debrief, help_, ladder, lessons, orders, ruling, setting, signals, story, terms
from wargame.export import witnessed
from wargame.rules import forecast
from wargame.rules.agenda import Due
from wargame.rules.events import Event, OrderDrafted, OrderSealed, OrdersRevealed
from wargame.rules.journal import Entry, effective, undone
from wargame.rules.orders import Draft, Start
from wargame.rules.view import PUBLIC, WHITE_CELL

_WHAT = {"choose": "answers a card", "signal": "speaks", "believe": "states its beliefs", "orders": "writes its orders",
         "rule": "rules"}  # fmt: skip


class Sitting:
    """One exercise and those who play it here: ``people`` are the capitals, and perhaps the white cell, in hand.

    ``brief`` tells a side, alone with its screen, what it knows and the table does not.
    """

    def __init__(self, desk: Desk) -> None:
        setup = desk.exercise.state.setup
        self.desk = desk
        self.people: tuple[str, ...] = (*setup.played, *((WHITE_CELL,) if setup.white_cell else ()))
        self._told: dict[str, int] = dict.fromkeys((*self.people, PUBLIC), 0)
        self._oriented: set[str] = set()
        self._taught: dict[str, int] = {}
        self.brief: Callable[[str], None] = self._private_news

    @property
    def is_shared(self) -> bool:
        """Whether several sides share the keyboard, so that each has to be alone with what it reads and writes."""
        return len(self.people) > 1

    def go_on(self) -> None:
        """Play until the exercise ends, then debrief. Raises Leave when a person saves and leaves."""
        while due := self.desk.exercise.run():
            if not self.is_shared:
                self.use(self.people[0])
                self._introduce(self.people[0])
            self._read_out(PUBLIC if self.is_shared else self.people[0])
            self._ask(due[0])
        self._read_out(PUBLIC if self.is_shared else self.people[0])
        if not self.is_shared and not self.desk.quiet:
            lessons.look_back(self.desk.page, self.desk.box, self.people[0], self.desk.exercise.state.turn)
        self.use(WHITE_CELL)
        self.desk.asker.pause("The exercise is over. Enter for the debrief ")
        first = self.people[0] if self.people else ""
        debrief.show(self.desk.page, self.desk.exercise.recorded, first, self.desk.asker.pause)

    def catch_up(self) -> None:
        """Take as told what lies before each side's last answer, because the exercise is resumed."""
        entries = self.desk.exercise.entries
        for place, entry in enumerate(entries):
            who = getattr(entry.command, "capital", "")
            if isinstance(entry.command, (Start, Draft)) or who not in self.people:
                continue
            self._told[who] = self._told[PUBLIC] = place + 1
            self._oriented.add(who)

    def _read_out(self, side: str) -> None:
        """Tell what happened since, as one side saw it."""
        desk = self.desk
        events = witnessed.seen(desk.box, self._since(side), side)
        self._told[side] = len(desk.exercise.entries)
        news = [event for event in events if not isinstance(event, (OrderDrafted, OrderSealed))]
        if any(witnessed.is_said(event) for event in news):
            story.tell(desk.page, desk.box, news)

    def _ask(self, due: Due) -> None:
        """Ask one side for what it owes, alone if the keyboard is shared."""
        if self.is_shared:
            self.apart(due)
        else:
            self.answer(due)

    def apart(self, due: Due, then: str = "Enter clears this screen ") -> None:
        """Ask one side for what it owes on a screen of which nothing stays."""
        side = due.who
        name = self.desk.name(side)
        self.use(PUBLIC)
        self.desk.page.gap()
        self.desk.page.text(f"Hand the keyboard to {name.upper()}, who {_WHAT[due.kind]}. Everybody else looks away.",
                            style=STRONG)  # fmt: skip
        self.desk.asker.pause(f"{name.upper()}, press Enter ")
        with self.desk.page.apart():
            self.use(side)
            self._introduce(side)
            self.brief(side)
            self.answer(due)
            self.desk.asker.pause(then)
        self.use(PUBLIC)
        self.desk.page.text(f"{name} is done.")

    def _introduce(self, side: str) -> None:
        if side in self._oriented or side not in self.desk.box.capital:
            return
        self._oriented.add(side)
        if not self.desk.quiet:
            setting.orientation(self.desk, side)
            self.desk.asker.pause()
            if self.desk.exercise.path is not None and not self.is_shared:
                self.desk.page.quiet(f"Recorded in {self.desk.exercise.path}; what you enter is on disk at once.")

    def _private_news(self, side: str) -> None:
        """Tell a side what it saw and the table did not."""
        desk = self.desk
        entries = self._since(side)
        self._told[side] = len(desk.exercise.entries)
        mine = witnessed.seen(desk.box, entries, side)
        private = witnessed.beyond(desk.box, mine, witnessed.seen(desk.box, entries, PUBLIC))
        if private:
            desk.page.heading(f"Only {desk.name(side)} knows")
            story.tell(desk.page, desk.box, private)

    def _since(self, side: str) -> list[Entry]:
        """Return the inputs a side has not been told of, without those a rewind took back."""
        entries = self.desk.exercise.entries
        gone = undone(entries)
        return [entry for place, entry in enumerate(entries) if place >= self._told[side] and place not in gone]

    def _lately(self, side: str) -> list[Event]:
        """Return what a side saw since the orders were opened last, in order; before the first turn's, since the start."""
        entries = effective(self.desk.exercise.entries)
        since = 0
        for place, entry in enumerate(entries):
            if any(isinstance(event, OrdersRevealed) for event in entry.events):
                since = place
        return witnessed.seen(self.desk.box, entries[since:], side)

    def _teach(self, side: str) -> None:
        """Show a side the lessons of the turn once, after a look back at those of the turn before."""
        turn, before = self.desk.exercise.state.turn, self._taught.get(side, 0)
        if self.desk.quiet or self.desk.by or turn <= before:
            return
        self._taught[side] = turn
        lessons.look_back(self.desk.page, self.desk.box, side, turn - 1)
        lessons.teach(self.desk.page, self.desk.box, side, turn)

    def answer(self, due: Due) -> None:
        """Ask for one input that is owed, on the screen as it is."""
        self._teach(due.who)
        if due.kind == "choose":
            cards.ask(self.desk, due.who)
        elif due.kind == "signal":
            signals.declare(self.desk, due.who)
        elif due.kind == "believe":
            signals.believe(self.desk, due.who)
        elif due.kind == "orders":
            orders.ask(self.desk, due.who)
        elif due.kind == "rule":
            ruling.ask(self.desk)
        else:
            raise LookupError(f"nobody at this table can answer {due.kind} by {due.who}")

    def use(self, side: str) -> None:
        """Let the words at the prompt speak for one side."""
        desk = self.desk
        desk.asker.words = {
            "?": lambda _: help_.show(desk),
            "help": lambda _: help_.show(desk),
            "l": lambda _: ladder.show(desk, side),
            "e": partial(self._estimate, side),
            "why": lambda _: story.explain(desk.page, desk.box, self._lately(side)),
            "who": partial(self._who, side),
            "u": lambda _: desk.page.text("Undo works where orders are written."),
            "s": self._leave,
            "q": self._leave,
        }
        desk.asker.words |= {"undo": desk.asker.words["u"], "quit": self._leave, "save": self._leave}

    def _estimate(self, side: str, _rest: str) -> None:
        """Show the estimates of the steps a side's staff watch."""
        desk = self.desk
        if side not in desk.box.capital:
            desk.page.text("An estimate belongs to a capital.")
            return
        known = desk.assessed(side)
        desk.page.heading("Your staff's estimate now")
        for watch in forecast.watches(desk.box, known):
            terms.working(desk.page, desk.box, known, watch)

    def _who(self, side: str, _rest: str) -> None:
        if side in self.desk.box.capital:
            setting.orientation(self.desk, side)
        else:
            setting.situation(self.desk.page, self.desk.box, self.desk.exercise.state.setup.decline)

    def _leave(self, _rest: str) -> None:
        raise Leave
