"""The menu of orders: everything one capital may put on its sheet now, numbered, with cost, lag and what it would change."""

from __future__ import annotations

from msgspec import Struct

from wargame.cli.page import QUIET, STRONG, Page
from wargame.cli.screens import terms
from wargame.export import words
from wargame.rules import forecast
from wargame.rules.box import Box
from wargame.rules.conditions import holds
from wargame.rules.forecast import Forecast, Watch
from wargame.rules.ladder import Step
from wargame.rules.legal import Legal, legal, measure_price, price
from wargame.rules.measures import Action
from wargame.rules.orders import Climb, Declaration, Dial, Sheet, StepDown, Take
from wargame.rules.view import View

TALKS, DIALS, PRIORITY, REPLY, NOTE, OWN = "talks", "permission", "priority", "reply", "note", "own"
LETTERS = "ABCDEF"


class Line(Struct, frozen=True):
    """One line of the menu: a measure, a climb, a step down, or a group that opens into choices of its own.

    ``what`` is a move for the sheet, or the name of a group.
    """

    what: Take | Climb | StepDown | str
    title: str
    cost: int = 0
    lag: str = ""
    action: Action | None = None
    step: Step | None = None
    forecasts: tuple[Forecast, ...] = ()


class Menu(Struct, frozen=True):
    """Everything a sheet may hold now, in the order of its numbers, and the steps the staff watch."""

    lines: tuple[Line, ...]
    watches: tuple[Watch, ...]
    legal: Legal


def menu_of(box: Box, view: View, known: View, sheet: Sheet) -> Menu:
    """Return the menu for one side as its sheet stands; ``known`` is its view with what its staff assess."""
    allowed = legal(box, view)
    watched = forecast.watches(box, known)[: len(LETTERS)]
    lines = [_measure(box, view, known, action, sheet.priority, watched) for action in allowed.actions]
    lines += [_climb(box, view, step) for step in allowed.steps]
    for dyad in allowed.step_downs:
        stack = view.stacks[box.dyad_place[dyad]]
        below = words.rung(box, box.ladder.rungs[stack[-2].rung].id)
        lines.append(Line(StepDown(dyad), f"Step down to {below} in {words.dyad(box, dyad)}", 0))
    if allowed.talks:
        lines.append(Line(TALKS, "Offer talks"))
    if allowed.dials:
        lines.append(Line(DIALS, "Permit a partner"))
    if allowed.priorities:
        lines.append(Line(PRIORITY, "Put a theatre first"))
    lines.append(Line(REPLY, "Sealed reply", box.rulebook.reply_cost))
    lines.append(Line(NOTE, "Public line"))
    if view.setup.white_cell:
        lines.append(Line(OWN, "Own order"))
    return Menu(tuple(lines), watched, allowed)


def _measure(box: Box, view: View, known: View, action: Action, priority: str, watched: tuple[Watch, ...]) -> Line:
    title = box.measure[action.measure].title
    if action.target:
        title += f", {words.capital(box, action.target)}"
    lag = _turns(action.delivery.turns) if action.delivery else "at once"
    found = tuple(forecast.of_measure(box, known, action, watch) for watch in watched)
    cost = measure_price(box, view, action, priority)
    return Line(Take(action.measure, action.target), title, cost, lag, action, None, found)


def _turns(number: int) -> str:
    return "1 turn" if number == 1 else f"{number} turns"


def _climb(box: Box, view: View, step: Step) -> Line:
    rung = box.ladder.rungs[step.target]
    title = rung.name
    local = forecast.local_dyad(box, view.side)
    if local is None or local.id != step.dyad:
        title += f", {words.dyad(box, step.dyad)}"
    return Line(Climb(step.dyad, rung.id), title, step.cost, step.type, None, step)


def show(page: Page, box: Box, view: View, known: View, sheet: Sheet, menu: Menu, title: str) -> None:
    """Show the menu with the sheet so far; ``known`` is the view with what the staff assess."""
    promises = [each.declaration for each in view.heard if each.capital == view.side and each.status == "open"]
    listed = [line for line in menu.lines if not isinstance(line.what, str)]
    page.reserve(len(listed) + len(menu.watches) + 9 + 3 * len(promises))
    purse = view.raw(box, f"{view.side}.influence")
    orders = box.capital[view.side].orders
    page.heading(title, f"influence {purse}, {words.many(orders, 'order')}")
    for letter, watch in zip(LETTERS, menu.watches, strict=False):
        found = forecast.staff(box, known, watch)
        step = terms.whose(box, view, watch)
        page.text(f"{step}: held back {found.percent} in 100", label=f"{letter} = ")
    _group(page, menu, sheet, "Measures", [line for line in menu.lines if line.action is not None])
    _climbs(page, box, view, known, sheet, menu)
    _others(page, menu)
    for declaration in promises:
        _promise(page, box, view, menu, declaration)
    show_sheet(page, box, view, sheet)


def _number(menu: Menu, line: Line) -> int:
    return menu.lines.index(line) + 1


def _group(page: Page, menu: Menu, sheet: Sheet, title: str, lines: list[Line]) -> None:
    if not lines:
        return
    columns = "".join(f"{letter:>9}" for letter, _ in zip(LETTERS, menu.watches, strict=False))
    wide = page.width - 22 - len(columns)
    if not page.plain:
        page.text(f"{title:<{wide + 5}}cost  counts {columns}", style=STRONG)
    else:
        page.text(f"{title}:")
    for line in lines:
        parts = [terms.short(found) for found in line.forecasts]
        if page.plain:
            said = ", ".join(f"{letter} {part.replace('>', ' to ')}" for letter, part in zip(LETTERS, parts, strict=False)
                             if part != "-") or "Changes nothing"  # fmt: skip
            on_sheet = " On your sheet." if _stands(line, sheet) else ""
            title = f"{_number(menu, line)}. {line.title}."
            page.text(f"{title} Cost {line.cost}, counts {_after(line.lag)}. {said}.{on_sheet}")
            continue
        cells = "".join(f"{part:>9}" for part in parts)
        page.text(f"{_label(menu, line, sheet)}{_cut(line.title, wide):<{wide}}{line.cost:>4}  {line.lag:<7}{cells}")


def _label(menu: Menu, line: Line, sheet: Sheet) -> str:
    """Return a line's number; a star says that it stands on the sheet."""
    return f"{_number(menu, line):>3}{'* ' if _stands(line, sheet) else '  '}"


def _after(lag: str) -> str:
    return lag if lag == "at once" else f"in {lag}"


def _stands(line: Line, sheet: Sheet) -> bool:
    return any(is_same(move, line.what) for move in sheet.moves)


def is_same(move: object, other: object) -> bool:
    """Whether two moves are the same order, however it is marked."""
    if isinstance(move, Climb) and isinstance(other, Climb):
        return (move.dyad, move.to) == (other.dyad, other.to)
    return move == other


def _cut(text: str, width: int) -> str:
    return text if len(text) < width else f"{text[: width - 4]}..."


def _climbs(page: Page, box: Box, view: View, known: View, sheet: Sheet, menu: Menu) -> None:
    lines = [line for line in menu.lines if line.step is not None or isinstance(line.what, StepDown)]
    if not lines:
        return
    page.text("Moves on the ladder" if not page.plain else "Moves on the ladder:", style=STRONG)
    for line in lines:
        if line.step is None:
            page.text(f"{line.title}, no influence", label=_label(menu, line, sheet))
            continue
        found = forecast.staff(box, known, forecast.of_step(box, line.step))
        kind = "climb to" if line.step.type == "up" else f"{line.step.type} to"
        veto = "" if holds(line.step.permit, view.values) else "; your patron does not permit it"
        page.text(
            f"{kind} {line.title}, cost {line.cost}, {found.percent} in 100 that you hold back{veto}",
            label=_label(menu, line, sheet),
        )


def _others(page: Page, menu: Menu) -> None:
    lines = [line for line in menu.lines if isinstance(line.what, str)]
    titles = [f"{line.title}, cost {line.cost}" if line.cost else line.title for line in lines]
    if page.plain:
        for line, title in zip(lines, titles, strict=True):
            page.text(f"{_number(menu, line)}. {title}.")
        return
    page.text(
        "   ".join(f"{_number(menu, line)}  {title}" for line, title in zip(lines, titles, strict=True)), indent=1
    )


def _promise(page: Page, box: Box, view: View, menu: Menu, said: Declaration) -> None:
    """Show a standing promise, and which line of the menu keeps it in the turn in which it falls due (rule 10.4)."""
    group, how = (DIALS, "permit it") if isinstance(said.deed, Dial) else (REPLY, "seal a reply")
    number = next((_number(menu, line) for line in menu.lines if line.what == group), 0)
    page.text(
        f"You stand by: {words.promise(box, view.side, said)}. It is judged at the end of the turn in which that comes"
        f"{f': to keep it, {how} ({number})' if number else ''}.", style=QUIET,
    )  # fmt: skip


def show_sheet(page: Page, box: Box, view: View, sheet: Sheet) -> None:
    """Show what stands on the sheet and what it leaves."""
    left = view.raw(box, f"{view.side}.influence") - price(box, view, sheet)
    used = f"{len(sheet.moves) + bool(sheet.argued)} of {words.many(box.capital[view.side].orders, 'order')}"
    ordered = words.orders(box, view.side, sheet)
    if sheet.note:
        ordered.append(f'say "{sheet.note}"')
    text = "; ".join(ordered) if ordered else "nothing yet"
    page.text(f"Your sheet ({used}, {left} influence left): {text}.", style=STRONG)
    if not page.plain and not ordered:
        page.text("24>29 reads: held back 24 in 100 now, 29 after. A number shows that order whole.", style=QUIET)
