"""The clerk's words: a note, the clock, the plan and the number of turns."""

from __future__ import annotations

import re
from typing import Final

from wargame.cli.page import QUIET, STRONG
from wargame.cli.text import one_line
from wargame.cli.whitecell import timing
from wargame.cli.whitecell.room import GIVES_UP, Room, give_up
from wargame.export import words
from wargame.plan import OF_A_TURN
from wargame.rules.decide import MOST_TURNS
from wargame.rules.orders import Note, SetClock, SetTurns
from wargame.rules.resolve.whitecell import NOTES
from wargame.rules.state import UPDATE
from wargame.whitecell import clock as clocks

_MINUTES: Final = re.compile(r"([+-]?)(\d{1,3})(?::(\d{2}))?", re.ASCII)


def note(room: Room, rest: str) -> None:
    """Write a line of the scribe: TEXT, or with its kind and whom it is about before a colon, quote CAPITAL: TEXT."""
    typed = one_line(rest or room.asker.line("The scribe's line: "))
    if not typed or typed.lower() in GIVES_UP:
        give_up()
    kind, capital, text = _parts(room, typed)
    if room.submit(Note(kind, text, capital)):
        about = f" on {room.desk.name(capital)}" if capital else ""
        room.page.text(f"Noted ({kind}{about}): {text}")


def _parts(room: Room, typed: str) -> tuple[str, str, str]:
    """Return the kind of a note, whom it is about, and its text."""
    head, colon, text = typed.partition(":")
    kind, capital = NOTES[0], ""
    for word in head.split() if colon and text.strip() else ["?"]:
        if word.lower() in NOTES:
            kind = word.lower()
        elif found := room.capital(word):
            capital = found
        else:
            return NOTES[0], "", typed
    return kind, capital, text.strip()


def clock(room: Room, rest: str) -> None:
    """Start, pause, resume, extend or stop the clock of the phase, or show it."""
    word, _, more = rest.lower().partition(" ")
    if not word:
        _show(room)
        return
    if word == "start":
        seconds = _seconds(more) if more else _planned(room)
        _set(room, "start", seconds)
    elif word in ("pause", "resume", "stop"):
        _set(room, word, None)
    elif word == "extend" or word[0] in "+-":
        _set(room, "extend", _seconds(more if word == "extend" else word))
    else:
        room.page.text("clock start 10, pause, resume, +2, -1, stop; minutes, or minutes:seconds.")


def _set(room: Room, did: str, seconds: int | None) -> None:
    if did in ("start", "extend") and not seconds:
        room.page.text("How long? For example: clock start 10, clock +2, clock start 0:30.")
        return
    if room.submit(SetClock(did, seconds or 0)):
        _show(room)


def _show(room: Room) -> None:
    now = clocks.told(clocks.clock_of(room.entries), room.now())
    room.page.text(f"The clock: {now}.")


def _seconds(text: str) -> int | None:
    found = _MINUTES.fullmatch(text.strip())
    if found is None:
        return None
    sign, minutes, seconds = found.groups()
    total = int(minutes) * 60 + int(seconds or 0)
    return -total if sign == "-" else total


def _planned(room: Room) -> int | None:
    found = timing.block(room)
    return found.minutes * 60 if found else None


def plan(room: Room, rest: str) -> None:
    """Show where the session is against its plan and what would end it in time; plan MINUTES plans it anew."""
    state = room.state
    if rest:
        minutes = int(rest) if rest.isascii() and rest.isdigit() and len(rest) < 5 else 0
        fresh = timing.plan_of(room.box, minutes, len(state.setup.played), state.setup.turns) if minutes else None
        if fresh is None:
            room.page.text(f"{words.many(state.setup.turns, 'turn')} do not fit into {rest} minutes.")
            return
        room.plan = fresh
    if room.plan is None:
        room.page.text("There is no plan: plan MINUTES makes one.")
        return
    _sheet(room)
    found = timing.proposals(room)
    if not found:
        return
    room.page.text("What could be done:", style=STRONG)
    place = room.asker.choose([*(each.text for each in found), "leave it"], "Do", len(found) + 1)
    if place == len(found):
        return
    chosen = found[place]
    if chosen.turns != state.setup.turns and not _set_turns(room, chosen.turns, f"The plan: {chosen.text}"):
        return
    room.plan = chosen.plan
    room.page.text("The plan is now so.")


def _sheet(room: Room) -> None:
    if room.plan is None:
        return
    page, here, gone = room.page, timing.block(room), timing.spent(room)
    late = timing.behind(room)
    how = f"{words.many(abs(late), 'minute')} {'behind' if late > 0 else 'ahead of'} plan" if late else "on time"
    page.heading(f"The plan: {room.plan.minutes} minutes, {words.many(room.plan.turns, 'turn')}",
                 f"minute {gone.session // 60}, {how}")  # fmt: skip
    turns: dict[int, list[str]] = {}
    for block in room.plan.blocks:
        if block.phase in OF_A_TURN:
            mark = "*" if block == here else ""
            turns.setdefault(block.turn, []).append(f"{mark}{block.name.lower()} {block.minutes}")
    for block in room.plan.blocks:
        if block.phase not in OF_A_TURN:
            page.text(f"{block.starts:>4}  {'*' if block == here else ''}{block.name}, {block.minutes} minutes")
        elif block.phase == OF_A_TURN[0]:
            page.text(f"Turn {block.turn}: {', '.join(turns[block.turn])}", label=f"{block.starts:>4}  ")
    page.text(f"* is now. The last turn begins by minute {room.plan.last_call}.", style=QUIET)


def turns(room: Room, rest: str) -> None:
    """Let the exercise end after another number of turns: turns N REASON."""
    room.lever("turns")
    number, _, reason = rest.partition(" ")
    turn, now = room.state.turn, room.state.setup.turns
    between = room.state.phase == UPDATE and not room.state.asking
    low = max(1, turn + between)
    if between and turn:  # the turn is closed, and its end would have been the exercise's
        room.page.text(f"Turn {turn} is closed. To end with it now: rewind to turn {turn}, before the consequences, then "
                       f"turns {turn}, then go.")  # fmt: skip
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else room.number(
        f"After how many turns does it end, {low} to {MOST_TURNS}? It is {now}. ", low, MOST_TURNS
    )  # fmt: skip
    _set_turns(room, wanted, one_line(reason) or room.text("The reason, read out to all: "))


def _set_turns(room: Room, number: int, reason: str) -> bool:
    if not room.sure("turns", f"The exercise ends after {words.many(number, 'turn')}: {reason}"):
        return False
    done = room.submit(SetTurns(number, reason))
    if done and room.plan is not None:
        room.plan = timing.plan_of(room.box, room.plan.minutes, room.plan.teams, number) or room.plan
    return done
