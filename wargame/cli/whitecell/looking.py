"""Looking: the levers, one capital's view, the ladder, why things happened, where the board is; nothing here changes anything."""

from __future__ import annotations

from typing import Final

from wargame.cli.page import QUIET, STRONG
from wargame.cli.screens import ladder as ladders
from wargame.cli.screens import story, terms
from wargame.cli.text import name_of
from wargame.cli.whitecell.room import Room
from wargame.export import words, working
from wargame.export.witnessed import is_said, seen
from wargame.rules import forecast
from wargame.rules.journal import effective
from wargame.rules.orders import Sheet
from wargame.rules.view import WHITE_CELL, View
from wargame.whitecell.levers import levers as all_levers

_OWN = ("influence", "face", "nerve")


def levers(room: Room, _rest: str) -> None:
    """Show every lever, whether it may be pulled now, when it takes effect and how it is taken back."""
    found = all_levers(room.box, room.state, room.entries)
    room.page.heading("Levers that are open now", "when each takes effect, and the way back")
    for each in found:
        if each.is_open:
            text = f"{each.title}: {each.effect}. Back: {each.undone}."
            room.page.text(text, label=f"{_WORD_OF.get(each.id, each.id):<13}")
    closed = [
        f"{_WORD_OF.get(each.id, each.id)} ({each.why_not.partition(';')[0]})" for each in found if not each.is_open
    ]
    if closed:
        room.page.text(words.named(room.box, "; ".join(closed)), label="Not now: ", hang=2, style=QUIET)


_WORD_OF: Final = {
    "proceed": "go", "enter": "o, hand", "call-time": "time", "reopen": "late, amend", "inject": "fire",
    "withhold": "skip, hold", "note": "n", "ask": "q", "answer": "a", "rewind": "undo, rewind",
}  # fmt: skip
"""The words by which levers are pulled here, where they differ from the levers' names."""


def show(room: Room, rest: str) -> None:
    """Show what one capital knows now: its numbers, what is on its way, its sheet, what it has heard, what its staff say."""
    side = room.ask_capital(rest)
    box, page, view, known = room.box, room.page, room.desk.view(side), room.desk.assessed(side)
    capital = box.capital[side]
    page.heading(capital.name, f"{capital.role}; all this is what it knows")
    own = [f"{name} {words.value(box, address, view.raw(box, address))}"
           for name in _OWN if (address := f"{side}.{name}") in box.track]  # fmt: skip
    page.text(f"{', '.join(own)}.", label="Numbers   ")
    for dyad in box.dyads:
        if dyad.is_local and side in (dyad.partner, dyad.patron):
            word = words.permission(str(view.shown(box, f"{dyad.patron}>{dyad.partner}.permission.true")))
            page.text(
                f"{words.capital(box, dyad.patron)} permits {words.capital(box, dyad.partner)} {word}.",
                label="Permits   ",
            )
    for coming in view.coming:
        what = words.measure(box, coming.measure, coming.target)
        page.text(
            f"{words.capital(box, coming.capital)}'s {what}, {words.many(coming.left, 'turn')}.", label="Coming    "
        )
    if view.sheet != Sheet():
        page.text(f"{'; '.join(words.orders(box, side, view.sheet))} ({view.status}).", label="Its sheet ")
    _heard(room, view)
    for watch in forecast.watches(box, known):
        terms.working(page, box, known, watch, whole=False)


def _heard(room: Room, view: View) -> None:
    for heard in view.heard:
        if heard.status == "open":
            belief = f"; it puts that at {heard.belief} in 100" if heard.belief >= 0 else ""
            quiet = " (quietly)" if heard.declaration.to else ""
            promise = words.promise(room.box, heard.capital, heard.declaration)
            room.page.text(f"{promise}{quiet}{belief}.", label="Heard     ")


def ladder(room: Room, rest: str) -> None:
    """Show the ladder from here, as the white cell sees it or as one capital does."""
    ladders.show(room.desk, room.ask_capital(rest) if rest else WHITE_CELL)


def why(room: Room, _rest: str) -> None:
    """Say of what happened last why it did."""
    if not room.desk.last:
        counted = [entry for entry in effective(room.entries) if any(is_said(event) for event in entry.events)]
        room.desk.last = seen(room.box, counted[-1:], WHITE_CELL)
    story.explain(room.page, room.box, room.desk.last)


def explain(room: Room, rest: str) -> None:
    """Show the working of every check of a turn, by default the present one."""
    turn = int(rest) if rest.isascii() and rest.isdigit() and len(rest) < 4 else room.state.turn
    found = room.exercise.explain(turn)
    room.page.heading(f"The checks of turn {turn}")
    for check in found:
        room.page.text(working.step(room.box, check.resolved), style=STRONG)
        for line in working.working(room.box, check.resolved):
            room.page.text(line, indent=2, style=QUIET)
        room.page.text(
            f"The dice show {check.resolved.die}: above {check.resolved.percent} the step is taken.", indent=2
        )
    if not found:
        room.page.text("No check was made.")


def board(room: Room, _rest: str) -> None:
    """Say how the board is shown and where the picture lies that it reads."""
    path = room.exercise.path
    room.page.text(f"In another window: wargame board {name_of(path)}")
    room.page.text(f"It reads {name_of(room.publisher.path)} and nothing else; only what everybody may know is in it.")
