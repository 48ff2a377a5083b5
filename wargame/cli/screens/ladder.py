"""The ladder from here: for every dyad the rungs above and below, who may step there, and the ways down."""

from __future__ import annotations

from wargame.cli.desk import Desk
from wargame.cli.page import STRONG, Page
from wargame.export import words
from wargame.rules import forecast
from wargame.rules.box import Box, Dyad, Hold
from wargame.rules.legal import is_open, talks
from wargame.rules.orders import Terms
from wargame.rules.view import View

_BELOW = 2


def show(desk: Desk, side: str) -> None:
    """Show the ladder as this side sees it, its own dyads first."""
    box, view = desk.box, desk.assessed(side)
    open_talks = talks(box, desk.view(side))
    mine = [dyad for dyad in box.dyads if side in (*dyad.parties, dyad.patron)]
    for dyad in mine or list(box.dyads):
        if is_open(box, view.assessed(box), dyad.theatre):
            _dyad(desk.page, box, view, dyad, open_talks)
        else:
            desk.page.heading(dyad.name, "settled")


def _dyad(page: Page, box: Box, view: View, dyad: Dyad, open_talks: tuple[tuple[str, str], ...]) -> None:
    stack = view.stacks[box.dyad_place[dyad.id]]
    here = stack[-1].rung
    rungs = box.ladder.rungs
    page.heading(dyad.name, f"rung {here} of {len(rungs) - 1}")
    moves = _moves(box, view, dyad)
    shown = {*moves, *range(max(0, here - _BELOW), min(len(rungs), here + 2))}
    zone = -1
    for number in sorted(shown, reverse=True):
        if 0 <= rungs[number].zone < zone:
            page.quiet(_border(box, zone), indent=8)
        zone = rungs[number].zone
        notes = [*moves.get(number, []), *_held(box, stack, number)]
        tail = f": {'; '.join(notes)}" if notes else ""
        mark = "here" if number == here else " up " if number in moves else "    "
        page.text(f"{rungs[number].name}{tail}", label=f"{mark} {number:>2} ", style=STRONG if number == here else "")
    for line in _ways_down(box, view, dyad, stack, open_talks):
        page.text(line, label="down    ")


def _border(box: Box, zone: int) -> str:
    """Return the line between a zone and the one below it."""
    found = box.ladder.zones[zone]
    return f"- - - firebreak: {found.firebreak}" if found.firebreak else f"- - - {found.name} begins here"


def _moves(box: Box, view: View, dyad: Dyad) -> dict[int, list[str]]:
    """Return by rung who may climb there now, with kind, price and the chance of being held back."""
    found: dict[int, list[str]] = {}
    for capital in dyad.parties:
        for step in forecast.possible_steps(box, view, capital):
            if step.dyad != dyad.id:
                continue
            percent = forecast.staff(box, view, forecast.of_step(box, step)).percent
            who = "you" if capital == view.side else words.capital(box, capital)
            kind = "climb" if step.type == "up" else f"go ({step.type})"
            found.setdefault(step.target, []).append(f"{who} may {kind}, cost {step.cost}, held back {percent} in 100")
    return found


def _held(box: Box, stack: tuple[Hold, ...], number: int) -> list[str]:
    holder = next((hold.holder for hold in stack if hold.rung == number), "")
    return [f"taken by {words.capital(box, holder)}"] if holder else []


def _ways_down(
    box: Box, view: View, dyad: Dyad, stack: tuple[Hold, ...], open_talks: tuple[tuple[str, str], ...]
) -> list[str]:
    """Return the ways down, the shortest first: by a step of the holder, and by talks."""
    found = []
    if len(stack) > 1:
        face = box.ladder.zones[box.ladder.rungs[stack[-1].rung].zone].down_face
        below = words.rung(box, box.ladder.rungs[stack[-2].rung].id)
        lowest = words.rung(box, box.ladder.rungs[stack[0].rung].id)
        holder = stack[-1].holder
        who = "you" if holder == view.side else words.capital(box, holder) if holder else "either side"
        found.append(f"{who} may step down to {below}, at {face} face; {len(stack) - 1} such steps lead to {lowest}")
    names = [
        f"{box.landing[landing].name} (about {forecast.of_talks(box, view, Terms(where, landing))} in 100)"
        for where, landing in open_talks
        if where == dyad.id
    ]
    if names:
        found.append(f"talks, if both want the same: {', '.join(names)}")
    return found or ["no way down from here this turn"]
