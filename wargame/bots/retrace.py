"""A player that answers as was answered before, for as long as that is still possible, and then follows a doctrine.

It makes a branch comparable with its parent: the same sealed orders, one thing changed.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from wargame.bots.doctrine import answer
from wargame.rules.box import Box
from wargame.rules.conditions import holds
from wargame.rules.dice import Dice
from wargame.rules.legal import declaration_faults, faults
from wargame.rules.orders import Believe, Choose, Command, Pass, Seal, Signal
from wargame.rules.view import View

Question = tuple[int, str, str]
"""A turn, a kind of input and the card it answers, if any."""


class Retrace(Struct, frozen=True):
    """Plays a capital: ``answers`` are what it once answered; where they no longer fit, ``doctrine`` answers."""

    box: Box
    doctrine: str
    answers: Mapping[Question, Command]

    def choose(self, view: View, kind: str, dice: Dice) -> Command:
        """Return the old answer to what is asked, or the doctrine's."""
        old = self.answers.get((view.turn, kind, view.asked if kind == "choose" else ""))
        if isinstance(old, Seal) and not view.setup.white_cell:
            old = replace(old, sheet=replace(old.sheet, argued=""))  # there is nobody to argue it
        if old is not None and self._fits(view, old):
            return _without_salt(old)
        return answer(self.box, view, kind, self.doctrine, dice)

    def _fits(self, view: View, old: Command) -> bool:
        if isinstance(old, Seal):
            return not faults(self.box, view, old.sheet)
        if isinstance(old, Signal):
            return not any(declaration_faults(self.box, view, each) for each in old.declarations)
        if isinstance(old, Believe):
            return {each.declaration for each in old.beliefs} <= set(view.asked_about)
        if isinstance(old, Choose):
            option = next((each for each in self.box.card[view.asked].options if each.id == old.option), None)
            purse = view.raw(self.box, f"{view.side}.influence")
            return option is not None and holds(option.when, view.values) and option.cost <= purse
        return isinstance(old, Pass)


def _without_salt(old: Command) -> Command:
    """Return an answer that takes a fresh salt when it is sealed again."""
    return replace(old, salt="") if isinstance(old, (Seal, Pass)) else old
