"""The desk: an exercise, the page it is shown on and the one who asks. Every screen works on a desk."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.cli.asking import Asker
from wargame.cli.page import Page
from wargame.errors import Refused
from wargame.exercise import Exercise
from wargame.export import words
from wargame.export.witnessed import seen
from wargame.rules.box import Box
from wargame.rules.events import Event
from wargame.rules.journal import effective
from wargame.rules.orders import Command
from wargame.rules.reckoning import reckon
from wargame.rules.view import PUBLIC, WHITE_CELL, View


class Desk:
    """What screens share. ``last`` is what the side that sits here was told last; ``quiet`` leaves out introductions.

    ``by`` is ``white-cell`` while the white cell types what a team has written on paper.
    """

    def __init__(self, exercise: Exercise, page: Page, asker: Asker, quiet: bool = False) -> None:
        self.exercise = exercise
        self.page = page
        self.asker = asker
        self.quiet = quiet
        self.by = ""
        self.last: Sequence[Event] = ()
        self._assessed: tuple[str, int, View] | None = None

    @property
    def box(self) -> Box:
        """Everything the exercise is played with."""
        return self.exercise.box

    def view(self, side: str) -> View:
        """Return what a side knows now."""
        return self.exercise.view(side)

    def assessed(self, side: str) -> View:
        """Return the view with what is hidden as this side's staff assess it: for estimates, never for what is legal."""
        entries = self.exercise.entries
        if self._assessed is None or self._assessed[:2] != (side, len(entries)):
            found = reckon(self.box, self.view(side), seen(self.box, effective(entries), side))
            self._assessed = (side, len(entries), found)
        return self._assessed[2]

    def name(self, side: str) -> str:
        """Return what a side is called."""
        if side in (WHITE_CELL, PUBLIC):
            return "the white cell" if side == WHITE_CELL else "everybody"
        return words.capital(self.box, side)

    def submit(self, command: Command) -> bool:
        """Hand an input to the rules; return whether it was accepted, and say why if it was not."""
        try:
            self.exercise.submit(command, self.by)
        except Refused as fault:
            self.page.text(f"Not accepted: {words.fault(self.box, str(fault))}.".replace("..", "."))
            return False
        return True

    def turn(self) -> str:
        """Return which turn it is, as a heading says it."""
        state = self.exercise.state
        return f"Turn {state.turn} of {state.setup.turns}" if state.turn else "Before turn 1"
