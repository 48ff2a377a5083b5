"""The room: what the white cell's screens share, and the few ways in which they ask, confirm and submit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, NoReturn

from wargame.cli.asking import Asker
from wargame.cli.desk import Desk
from wargame.cli.page import QUIET, Page
from wargame.cli.screens import story
from wargame.cli.sitting import Sitting
from wargame.cli.whitecell.publishing import Publisher
from wargame.errors import nearest
from wargame.exercise import Exercise
from wargame.export import words
from wargame.export.witnessed import is_said, seen
from wargame.plan import Plan
from wargame.rules.box import Box
from wargame.rules.journal import Entry, undone
from wargame.rules.orders import Command
from wargame.rules.resolve.whitecell import LONGEST_TEXT
from wargame.rules.state import State
from wargame.rules.view import PUBLIC, WHITE_CELL
from wargame.whitecell.levers import Lever, levers
from wargame.whitecell.news import ledger
from wargame.whitecell.projection import picture_of

GIVES_UP: Final = ("x", "q", "s")
"""What leaves a screen without doing what it was for, wherever a question stands."""


class GivenUp(Exception):
    """The white cell leaves a screen without doing what it was for."""


def give_up(_rest: str = "") -> NoReturn:
    """Leave a screen without doing what it was for."""
    raise GivenUp


class Room:
    """The exercise as the white cell has it in hand. ``plan`` is the run sheet, None where nothing fits.

    ``rung_at`` is the end of the clock for which the bell has rung.
    """

    def __init__(self, desk: Desk, publisher: Publisher, plan: Plan | None, now: Callable[[], datetime]) -> None:
        self.desk = desk
        self.sitting = Sitting(desk)
        self.publisher = publisher
        self.plan = plan
        self.now = now
        self.rung_at = ""

    @property
    def exercise(self) -> Exercise:
        """The exercise."""
        return self.desk.exercise

    @property
    def box(self) -> Box:
        """Everything it is played with."""
        return self.desk.box

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.desk.exercise.state

    @property
    def entries(self) -> Sequence[Entry]:
        """Its whole journal."""
        return self.desk.exercise.entries

    @property
    def page(self) -> Page:
        """Where text goes."""
        return self.desk.page

    @property
    def asker(self) -> Asker:
        """Who asks."""
        return self.desk.asker

    # Asking

    def capital(self, typed: str) -> str:
        """Return the capital a person means by its id, its name or the beginning of either; empty if none."""
        word = typed.strip().lower()
        names = {capital.id: capital.name.lower() for capital in self.box.capitals}
        found = [id_ for id_, name in names.items() if word in (id_, name)]
        found = found or [
            id_ for id_, name in names.items() if word and (id_.startswith(word) or name.startswith(word))
        ]
        return found[0] if len(found) == 1 else ""

    def ask_capital(self, typed: str, among: Sequence[str] = (), prompt: str = "Which capital") -> str:
        """Return the capital that was typed, or ask for one of ``among``; the only one there is needs no asking.

        Raises GivenUp where what was typed is no capital.
        """
        among = among or tuple(self.box.capital)
        if typed:
            found = self.capital(typed)
            if not found:
                hint = nearest(typed.lower(), tuple(self.box.capital))
                self.page.text(f"There is no capital {typed!r}: {', '.join(self.box.capital)}.{hint}")
                raise GivenUp
            return found
        if len(among) == 1:
            return among[0]
        return among[self.asker.choose([self.desk.name(each) for each in among], prompt)]

    def text(self, prompt: str, longest: int = LONGEST_TEXT) -> str:
        """Ask for a text; nothing, or a word that gives up, gives up."""
        answer = self.maybe_text(prompt, longest)
        if not answer:
            raise GivenUp
        return answer

    def maybe_text(self, prompt: str, longest: int = LONGEST_TEXT) -> str:
        """Ask for a text that may be left out; a word that gives up gives up."""
        answer = self.asker.words_for_all(prompt, longest, GIVES_UP)
        if answer.lower() in GIVES_UP:
            raise GivenUp
        return answer

    def number(self, prompt: str, low: int, high: int) -> int:
        """Ask for a whole number; nothing gives up."""
        while True:
            answer = self.asker.ask(prompt)
            if not answer:
                raise GivenUp
            if answer.isascii() and answer.isdigit() and len(answer) < 10 and low <= int(answer) <= high:
                return int(answer)
            self.page.text(f"A number from {low} to {high}, please; Enter gives up.")

    def lever(self, lever: str) -> Lever:
        """Return a lever. Raises GivenUp, and says why, where it may not be pulled now."""
        found = next(each for each in levers(self.box, self.state, self.entries) if each.id == lever)
        if not found.is_open:
            self.page.text(f"Not now: {words.named(self.box, found.why_not)} (rule {found.rule}).")
            raise GivenUp
        return found

    def sure(self, lever: str, what: str) -> bool:
        """Say what a lever would do, when that takes effect and how it is taken back, and ask whether to pull it.

        Returns True, so that it can stand before what is done, or raises GivenUp.
        """
        found = self.lever(lever)
        self.page.text(what)
        self.page.text(f"Takes effect {found.effect}. To take it back: {found.undone}.", style=QUIET)
        return self.asker.yes("Do it?", False) or give_up()

    # Doing

    def submit(self, command: Command) -> bool:
        """Hand an input of the white cell's to the rules; return whether it was accepted, and say why if it was not."""
        before, self.desk.by = self.desk.by, WHITE_CELL
        try:
            return self.desk.submit(command)
        finally:
            self.desk.by = before

    def settle(self) -> None:
        """Let bots answer what is theirs, and show the table to the board."""
        self.exercise.run(hold=True)
        said = self.publisher.show(picture_of(self.box, self.state, self.entries, self.now()))
        if said:
            self.page.text(f"The board cannot be shown: {said}. The exercise goes on without it.")

    def read_out(self, since: int) -> None:
        """Tell what has happened since so many inputs: what to read out to all, and that there is more for single teams."""
        gone = undone(self.entries)
        fresh = [entry for place, entry in enumerate(self.entries) if place >= since and place not in gone]
        self.desk.last = seen(self.box, fresh, WHITE_CELL)
        public = seen(self.box, fresh, PUBLIC)
        if any(is_said(event) for event in public):
            self.page.gap()
            self.page.text("Read out to all:", style="bold")
            story.tell(self.page, self.box, public)
        if self.page.plain:  # others see it in the status
            owed = [each for each in ledger(self.box, self.entries) if each.items]
            counts = ", ".join(f"{self.desk.name(each.capital)} {len(each.items)}" for each in owed)
            self.page.text(f"For single teams: {counts or 'nothing'}. tell shows it.")
