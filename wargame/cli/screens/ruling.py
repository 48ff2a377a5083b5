"""The white cell's screen: a challenge with its working, and the ruling."""

from __future__ import annotations

from wargame.cli.desk import Desk
from wargame.cli.screens.story import check
from wargame.rules.dice import Dice
from wargame.rules.events import ChallengeRolled
from wargame.rules.orders import Rule
from wargame.rules.resolve.climb import RIGID, taken_unless_ruled
from wargame.rules.table import Table

_RULINGS = (
    "let the dice stand, and who presses on press on",
    "rule that the step is taken",
    "rule that it is not taken",
)


def ask(desk: Desk) -> None:
    """Ask the white cell to rule on the challenge whose dice lie on the table."""
    state, page, asker = desk.exercise.state, desk.page, desk.asker
    rolled = state.pending
    if not isinstance(rolled, ChallengeRolled):
        raise LookupError("no challenge waits for a ruling")
    page.heading("The white cell rules", desk.turn())
    check(page, desk.box, rolled)
    dice = rolled.die > rolled.percent
    otherwise = taken_unless_ruled(Table(desk.box, state, Dice(0)), rolled)
    page.text(f"The dice say: the step is {'taken' if dice else 'not taken'}.")
    if rolled.press_on and not dice:
        page.text("The capital has sealed that it presses on if the dice hold it back.")
        page.text(f"Without a ruling it is therefore {'taken' if otherwise else 'not taken: it lacks the nerve'}.")
    if state.setup.mode == RIGID:
        page.text("In rigid mode the dice bind everyone.")
        asker.pause("Enter lets the dice stand ")
        desk.submit(Rule())
        return
    while True:
        taken = (None, True, False)[asker.choose(_RULINGS, "Ruling")]
        overrules = taken not in (None, otherwise)
        reason = asker.words_for_all("The reason, for everybody to read: ") if overrules else ""
        if desk.submit(Rule(taken, reason)):
            return
