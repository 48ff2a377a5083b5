"""Telling: who must still be told what, read out and ticked off; questions of teams and their answers."""

from __future__ import annotations

from wargame.cli.page import QUIET, STRONG
from wargame.cli.text import one_line
from wargame.cli.whitecell.room import Room
from wargame.rules.events import NewsTold
from wargame.rules.orders import Answer, Ask, Tell
from wargame.whitecell import news, questions
from wargame.whitecell.questions import NOT_RECORDED, Question


def tell(room: Room, rest: str) -> None:
    """Read out what a capital must still be told, and tick it off; without a capital, one after the other."""
    found = news.ledger(room.box, room.entries)
    if rest:
        side = room.ask_capital(rest)
        found = tuple(each for each in found if each.capital == side)
    owed = [each for each in found if each.is_owed]
    if not owed:
        room.page.text("There is nothing left to tell.")
    for each in owed:
        room.page.heading(f"Only for {room.desk.name(each.capital)}")
        for line in news.script(each):
            room.page.text(line, label="- ")
        if room.asker.yes(f"Has {room.desk.name(each.capital)} been told?", False):
            room.submit(Tell(each.capital, each.upto))


def untell(room: Room, rest: str) -> None:
    """Take back the last tick of a capital."""
    side = room.ask_capital(rest)
    ticks = [event.upto for entry in room.entries for event in entry.events
             if isinstance(event, NewsTold) and event.capital == side]  # fmt: skip
    before = ticks[-2] if len(ticks) > 1 else 0
    if not ticks or before >= ticks[-1]:
        room.page.text(f"There is no tick to take back for {room.desk.name(side)}.")
    elif room.submit(Tell(side, before)):
        room.page.text(f"{room.desk.name(side)} is to be told again what the last tick was for.")


def read(room: Room, rest: str) -> None:
    """Show again what everybody was told last, or all of a turn."""
    found = news.read_outs(room.box, room.entries)
    is_turn = rest.isascii() and rest.isdigit() and len(rest) < 4
    chosen = [each for each in found if each.turn == int(rest)] if is_turn else found[-1:]
    for each in chosen:
        room.page.heading(f"For all: {each.title}")
        for line in each.lines:
            room.page.text(line, label="- ")
    if not chosen:
        room.page.text("Nothing has been read out then." if is_turn else "Nothing has been read out yet.")


def question(room: Room, rest: str) -> None:
    """List the questions, or take one down: q CAPITAL TEXT."""
    if not rest:
        _list(room)
        return
    typed, _, text = rest.partition(" ")
    side = room.ask_capital(typed)
    text = one_line(text) or room.text(f"What does {room.desk.name(side)} ask? ")
    name = questions.next_id(room.entries)
    if room.submit(Ask(name, side, text)):
        room.page.text(f"Taken down as {name}. a {name} answers it.")
        _suggest(room, _asked(room, name))


def _list(room: Room) -> None:
    found = questions.questions(room.entries)
    room.page.heading("Questions", "q CAPITAL TEXT takes one down, a ID answers")
    for each in found:
        answer = f'answered "{each.answer}"' if each.answer else "waits"
        room.page.text(f"{room.desk.name(each.capital)}: {each.text} ({answer})", label=f"{each.id:>4}  ",
                       style=QUIET if each.answer else "")  # fmt: skip
    if not found:
        room.page.text("Nobody has asked anything.")


def answer(room: Room, rest: str) -> None:
    """Answer a question: a ID TEXT, or choose among the prepared answers."""
    typed, _, text = rest.partition(" ")
    waiting = questions.waiting(room.entries)
    name = (
        typed.lower() if typed.lower().startswith("q") else f"q{typed}" if typed else (waiting[0].id if waiting else "")
    )
    found = _asked(room, name)
    if found is None:
        room.page.text(f"There is no question {name!r}. q lists them." if name else "No question waits.")
        return
    room.page.text(f"{room.desk.name(found.capital)} asks: {found.text}", style=STRONG)
    text = one_line(text) or _chosen(room, found)
    if room.submit(Answer(found.id, found.capital, text)):
        room.page.text(f"Tell {room.desk.name(found.capital)}: {text}")


def _chosen(room: Room, found: Question) -> str:
    prepared = [each.text for each in questions.suggestions(room.box, found)]
    options = [
        *(" ".join(each.split()) for each in prepared),
        NOT_RECORDED,
        "an answer of your own: never contradict a card",
    ]
    place = room.asker.choose(options, "The answer", len(options))
    return options[place] if place < len(options) - 1 else room.text("Your answer: ")


def _suggest(room: Room, found: Question | None) -> None:
    for each in questions.suggestions(room.box, found) if found else ():
        room.page.text(f"Prepared, on {each.about}: {' '.join(each.text.split())}", style=QUIET, indent=2)


def _asked(room: Room, name: str) -> Question | None:
    return next((each for each in questions.questions(room.entries) if each.id == name), None)
