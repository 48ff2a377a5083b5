"""Orders: the sheet of one capital, written with numbers, kept as a draft after every change, sealed or passed."""

from __future__ import annotations

from msgspec.structs import replace

from wargame.cli.desk import Desk
from wargame.cli.page import QUIET, STRONG
from wargame.cli.screens import extras, menu, terms
from wargame.cli.screens.menu import Line, Menu
from wargame.cli.text import one_line
from wargame.export import words
from wargame.rules import forecast
from wargame.rules.box import Box
from wargame.rules.events import TurnOpened
from wargame.rules.journal import effective
from wargame.rules.legal import faults
from wargame.rules.orders import Climb, Draft, Pass, Seal, Sheet
from wargame.rules.resolve.climb import RIGID
from wargame.rules.sealing import receipt
from wargame.rules.state import NOTHING
from wargame.rules.tracks import Change

_PROMPT = "Order: number, seal, pass, u undo, e N, ? > "


def ask(desk: Desk, side: str) -> None:
    """Write a capital's sheet until it is sealed or passed. Every change is kept as a draft."""
    screen = _Orders(desk, side)
    desk.asker.words["e"] = screen.estimate
    for word in ("u", "undo"):
        desk.asker.words.pop(word, None)
    screen.again()
    while not screen.is_done:
        screen.answer(desk.asker.ask(_PROMPT))


class _Orders:
    """One capital at its sheet."""

    def __init__(self, desk: Desk, side: str) -> None:
        self.desk = desk
        self.side = side
        self.is_done = False
        self.menu = self._menu()

    @property
    def sheet(self) -> Sheet:
        """The sheet as it was kept last."""
        view = self.desk.view(self.side)
        return view.sheet if view.status != NOTHING else Sheet()

    def answer(self, typed: str) -> None:
        """Do what was typed: a number, seal, pass, or nothing for the next step."""
        word = typed.lower()
        if not word:
            self.desk.page.text("A number shows an order; seal seals the sheet, pass orders nothing; m shows the menu.")
        elif word == "seal":
            self._seal()
        elif word == "pass":
            self._pass()
        elif word in ("u", "undo"):
            self._undo()
        elif word == "m":
            self.again()
        elif word.isascii() and word.isdigit() and 1 <= int(word[:6]) <= len(self.menu.lines):
            self._choose(self.menu.lines[int(word[:6]) - 1])
        else:
            self.desk.page.text(f"A number from 1 to {len(self.menu.lines)}, seal or pass; ? for help.")

    def again(self) -> None:
        """Show the menu anew."""
        desk = self.desk
        self.menu = self._menu()
        title = f"{desk.turn()}: orders of {desk.name(self.side)}"
        known = desk.assessed(self.side)
        menu.show(desk.page, desk.box, desk.view(self.side), known, self.sheet, self.menu, title)

    def _undo(self) -> None:
        """Go back to the draft before this one."""
        drafts = self._drafts()
        if len(drafts) < 2:
            self.desk.page.text("There is nothing to undo.")
            return
        self._keep(drafts[-2])

    def estimate(self, rest: str) -> None:
        """Show the staff estimate of an order of the menu, or of the steps the staff watch."""
        desk, known = self.desk, self.desk.assessed(self.side)
        if rest.isascii() and rest.isdigit() and 1 <= int(rest[:6]) <= len(self.menu.lines):
            self._describe(self.menu.lines[int(rest[:6]) - 1], whole=True)
            return
        desk.page.heading("Your staff's estimate now")
        for watch in self.menu.watches:
            terms.working(desk.page, desk.box, known, watch)

    def _menu(self) -> Menu:
        return menu.menu_of(self.desk.box, self.desk.view(self.side), self.desk.assessed(self.side), self.sheet)

    def _drafts(self) -> list[Sheet]:
        """Return the drafts of this turn, the empty sheet first; going back to the one before takes the last away."""
        turn: list[Sheet] = []
        for entry in reversed(effective(self.desk.exercise.entries)):
            command = entry.command
            if isinstance(command, (Seal, Pass)) and command.capital == self.side:
                break
            if any(isinstance(event, TurnOpened) for event in entry.events):  # time may have closed a turn's sheet
                break
            if isinstance(command, Draft) and command.capital == self.side:
                turn.append(command.sheet)
        found = [Sheet()]
        for sheet in reversed(turn):
            if len(found) > 1 and sheet == found[-2]:
                found.pop()
            else:
                found.append(sheet)
        return found

    def _keep(self, sheet: Sheet) -> None:
        if self.desk.submit(Draft(self.side, sheet)):
            self._menu_or_sheet()

    def _menu_or_sheet(self) -> None:
        """Show where the sheet stands; the whole menu only on a screen that is looked at, not listened to."""
        desk = self.desk
        if desk.page.plain:
            self.menu = self._menu()
            menu.show_sheet(desk.page, desk.box, desk.view(self.side), self.sheet)
            desk.page.text("m shows the menu again.")
        else:
            self.again()

    def _choose(self, line: Line) -> None:
        sheet = self.sheet
        if isinstance(line.what, str):
            changed = extras.ask(self.desk, self.side, line.what, sheet, self.menu)
        elif any(menu.is_same(move, line.what) for move in sheet.moves):
            changed = replace(sheet, moves=tuple(move for move in sheet.moves if not menu.is_same(move, line.what)))
        else:
            self._describe(line, whole=False)
            if self._is_refused(sheet, replace(sheet, moves=(*sheet.moves, line.what))):
                return
            changed = self._add(line, sheet)
        if changed is None or changed == sheet:
            self._menu_or_sheet()
            return
        if not self._is_refused(sheet, changed):
            self._keep(changed)

    def _is_refused(self, sheet: Sheet, changed: Sheet) -> bool:
        """Say why a change does not fit, if the sheet did not break that rule before."""
        box, view = self.desk.box, self.desk.view(self.side)
        found = faults(box, view, changed)
        if set(found) <= set(faults(box, view, sheet)):
            return False
        self.desk.page.text(words.sentence(f"That does not fit: {'; '.join(words.fault(box, each) for each in found)}"))
        if sheet.moves:
            self.desk.page.text("Type the number of an order that stands on the sheet to take it off.", style=QUIET)
        return True

    def _add(self, line: Line, sheet: Sheet) -> Sheet | None:
        """Ask whether to put an order that was shown on the sheet."""
        asker, box, view = self.desk.asker, self.desk.box, self.desk.view(self.side)
        if isinstance(line.what, str) or not asker.yes("Put it on your sheet?"):
            return None
        move = line.what
        if isinstance(move, Climb) and line.step is not None:
            missing = terms.permission(box, view, line.step)
            defy = bool(missing) and asker.yes(f"{missing} Go on without it?", False)
            press = False
            nerve = view.raw(box, f"{self.side}.nerve")
            if view.setup.mode != RIGID and nerve >= box.rulebook.press_least_nerve:
                press = asker.yes("Press on if the dice hold you back, at a price in nerve and face?", False)
            move = replace(move, press_on=press, defy=defy)
        return replace(sheet, moves=(*sheet.moves, move))

    def _describe(self, line: Line, whole: bool) -> None:
        """Show an order: what it is, what it costs, what it moves and what that changes in the steps that are watched."""
        desk, box, known = self.desk, self.desk.box, self.desk.assessed(self.side)
        page = desk.page
        page.gap()
        if line.action is not None:
            measure = box.measure[line.action.measure]
            page.text(f"{line.title}: cost {line.cost}, counts {_when(line)}", style=STRONG)
            page.text(measure.text)
            self._moves(line)
            for found in line.forecasts:
                page.text(terms.before_after(box, known, found), indent=2)
                if whole:
                    self._terms(line, found.watch)
        elif line.step is not None:
            rung = box.ladder.rungs[line.step.target]
            page.text(f"{rung.name}: {line.step.type}, cost {line.cost}", style=STRONG)
            page.text(rung.text)
            stands = self.desk.view(self.side).raw(box, f"{line.step.dyad}.rung")
            crossed_zone = box.ladder.firebreak(stands, line.step.target)
            if crossed_zone >= 0:
                crossed = box.ladder.zones[crossed_zone].firebreak
                page.text(
                    f"It crosses the firebreak {crossed}: its dice are thrown once for the whole exercise.", indent=2
                )
            terms.working(page, box, known, forecast.of_step(box, line.step), whole)
        else:
            page.text(line.title, style=STRONG)

    def _terms(self, line: Line, watch: forecast.Watch) -> None:
        """Say which terms of a watched step a measure moves, and the weakest link."""
        if line.action is None:
            return
        box, known = self.desk.box, self.desk.assessed(self.side)
        before = forecast.staff(box, known, watch)
        after = forecast.staff(box, known, watch, forecast.stages(box, known, line.action)[1])
        for text in (terms.changed(before, after), terms.weakest_link(box, before)):
            if text:
                self.desk.page.text(text, indent=4, style=QUIET)

    def _moves(self, line: Line) -> None:
        """Say what a measure moves, at once and when it arrives, and which hazards it carries."""
        action, box, page, known = line.action, self.desk.box, self.desk.page, self.desk.assessed(self.side)
        if action is None:
            return
        stages = [("It moves", action.then)]
        if action.delivery is not None:
            stages = [("At once", action.then), ("On its way", action.delivery.under_way)]
            stages.append((f"In {words.many(action.delivery.turns, 'turn')}", action.delivery.fielded))
        for name, effects in stages:
            changes = forecast.moved_by(box, known, effects)
            if changes:
                page.text(_moved(box, changes), label=f"  {name}: ", hang=4, style=QUIET)
        for test in action.tests:
            page.text(f"A hazard of {forecast.hazard(known, test)} in 100: {test.text}", indent=2, style=QUIET)

    def _seal(self) -> None:
        sheet, asker = self.sheet, self.desk.asker
        if sheet == Sheet():
            self._pass()
            return
        menu.show_sheet(self.desk.page, self.desk.box, self.desk.view(self.side), sheet)
        if asker.yes("Seal it? It is final then."):
            self.is_done = self.desk.submit(Seal(self.side, sheet))
            self._receipt()

    def _pass(self) -> None:
        if self.desk.asker.yes("Order nothing this turn, on purpose?", False):
            self.is_done = self.desk.submit(Pass(self.side))
            self._receipt()

    def _receipt(self) -> None:
        """Print the receipt: with it anybody can check at the end that the sheet was not changed."""
        if not self.is_done:
            return
        state = self.desk.exercise.state
        paper = state.papers[self.desk.box.seat[self.side]]
        did = "passes" if paper.status == "pass" else "has sealed its orders"
        mark = f", receipt {receipt(paper.digest)}" if paper.digest else ""
        self.desk.page.text(f"{self.desk.name(self.side)} {did}{mark}.", style=STRONG)


def _when(line: Line) -> str:
    return line.lag if line.lag == "at once" else f"in {line.lag}"


def _moved(box: Box, changes: tuple[Change, ...]) -> str:
    return one_line(words.moved(box, changes))
