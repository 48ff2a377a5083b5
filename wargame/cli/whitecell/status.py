"""The status: everything the white cell must not forget, on one screen, and the line the prompt begins with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from wargame.cli.page import QUIET, STRONG
from wargame.cli.whitecell import timing
from wargame.cli.whitecell.room import Room
from wargame.export import words
from wargame.export.sentences import PHASE_TITLES
from wargame.rules.agenda import TABLE, Due
from wargame.rules.events import ArgumentOpened, ChallengeRolled
from wargame.rules.journal import effective
from wargame.rules.state import CONSEQUENCES, ENDED, ORDERS, UPDATE, State
from wargame.whitecell import clock, injects, news, questions, submissions
from wargame.whitecell.projection import banner

_OWES: Final = {"choose": "a card", "signal": "signals", "believe": "beliefs", "orders": "orders"}
_NEXT: Final = {
    UPDATE: "the next turn can be opened",
    ORDERS: "all is in: the orders can be opened",
    CONSEQUENCES: "adjudication is done: the consequences can be drawn",
}
_ALWAYS: Final = "i injects, tell, q questions, n TEXT a note, clock, plan, levers, undo, ? all words"


def strip(room: Room) -> str:
    """Return where the exercise stands in a few words, for the prompt."""
    state = room.state
    parts = [_phase(state)]
    now = clock.clock_of(room.entries)
    if now.is_set:
        parts.append(clock.told(now, room.now()))
    return ", ".join(parts)


def ring(room: Room) -> None:
    """Ring once when the time of a clock is up."""
    now = clock.clock_of(room.entries)
    if now.is_running and clock.left(now, room.now()) <= 0 and room.rung_at != now.ends_at:
        room.rung_at = now.ends_at
        room.page.bell()
        room.page.text("TIME IS UP.", style=STRONG)


def draw(room: Room) -> None:
    """Show the status."""
    page, state = room.page, room.state
    rows = list(_rows(room))
    page.reserve(len(rows) + 6)
    now = clock.clock_of(room.entries)
    page.heading(f"{room.box.scenario.title}: {_phase(state, whole=True)}", clock.told(now, room.now()))
    events = (event for entry in effective(room.entries) for event in entry.events)
    if found := banner(state.setup, events, named=True):
        page.text(f"*** {found} ***", style=STRONG)
    wide = max(len(label) for label, _, _ in rows) + 1
    for label, text, style in rows:
        page.text(text, label=f"{label:<{wide}}" if not page.plain else f"{label}: ", style=style)
    page.text(f"{_now(room)}; {_ALWAYS}", style=QUIET)


def _phase(state: State, whole: bool = False) -> str:
    of = f" of {state.setup.turns}" if whole else ""
    if state.phase == ENDED:
        return "ended"
    if state.phase == UPDATE and not state.asking:
        return f"before turn {state.turn + 1}{of}"
    return f"turn {state.turn}{of}, {PHASE_TITLES[state.phase].lower()}"


Row = tuple[str, str, str]


def _rows(room: Room) -> Iterator[Row]:
    yield from _board(room)
    yield "Waits for", waits(room), STRONG
    yield from _told(room)
    yield from _plan(room)


def _board(room: Room) -> Iterator[Row]:
    if room.state.phase != ORDERS:
        return
    for found in submissions.submissions(room.box, room.state, room.entries):
        name, _, text = submissions.told(room.box, found).partition(": ")
        yield name, text, ""


def _now(room: Room) -> str:
    """Return the words that belong to this moment."""
    state, due = room.state, room.exercise.owed()
    if not due:
        return "read, explain, sheets, quit"
    if state.pending is not None:
        return f"{due[0].kind}, sheets, explain"
    if state.phase == ORDERS:
        return (
            "o CAPITAL types a sheet, hand CAPITAL lets the team, pass, time, sheets"
            if state.waiting
            else "receipts, sheets, amend, late, go"
        )
    if state.waiting or state.asking:
        silent = ", silent all" if state.waiting else ""
        return f"o CAPITAL types for a team, hand CAPITAL lets it{silent}"
    return "go, clock start, read, why"


def waits(room: Room) -> str:
    """Return what the table waits for, and the word that brings it on."""
    due = room.exercise.owed()
    if not due:
        return "nothing: the exercise is over. n hot-wash: TEXT, then quit, then the report."
    first = due[0]
    if first.who == TABLE:
        return f"you: {_NEXT.get(room.state.phase, 'the next step')} (go)."
    pending = room.state.pending
    if isinstance(pending, ChallengeRolled):
        return f"your ruling on {words.capital(room.box, pending.challenger)}'s step (rule)."
    if isinstance(pending, ArgumentOpened):
        return f"the argument over {words.capital(room.box, pending.capital)}'s own order (argue)."
    return f"{_by_kind(room, due)}."


def _by_kind(room: Room, due: Sequence[Due]) -> str:
    kinds: dict[str, list[str]] = {}
    for each in due:
        kinds.setdefault(each.kind, []).append(room.desk.name(each.who))
    return "; ".join(f"{', '.join(names)} ({_OWES.get(kind, kind)})" for kind, names in kinds.items())


def _told(room: Room) -> Iterator[Row]:
    box, state, entries = room.box, room.state, room.entries
    coming = [each for each in injects.prospects(box, state) if each.status == injects.DUE]
    ready = [each for each in injects.prospects(box, state) if each.status == injects.ON_HAND]
    parts = [f'"{each.title}" next turn, {"would come" if each.comes else "would not come"}' for each in coming]
    if ready:
        labels = [each.label or "other" for each in ready]
        counts = [f"{labels.count(label)} {label}" for label in dict.fromkeys(labels)]
        parts.append(f"on hand {', '.join(counts)}")
    if parts:
        yield "Injects", f"{'; '.join(parts)}.", ""
    owed = [each for each in news.ledger(box, entries) if each.is_owed]
    if owed:
        counts = [f"{words.capital(box, n.capital)} {len(n.items) + len(n.taken_back)}" for n in owed]
        yield "To tell", f"{', '.join(counts)}.", ""
    asked = questions.waiting(entries)
    if asked:
        oldest = f"{words.capital(box, asked[0].capital)} ({asked[0].id}): {asked[0].text}"
        yield "Questions", _cut(f"{len(asked)} open. {oldest}"), ""


def _cut(text: str, most: int = 130) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."


def _plan(room: Room) -> Iterator[Row]:
    late = timing.behind(room)
    if room.plan is None or room.state.phase == ENDED:
        return
    found = timing.block(room)
    here = f"{found.name.lower()}, {found.minutes} minutes" if found else "past the plan"
    how = (
        f"{words.many(late, 'minute')} behind"
        if late > 0
        else f"{words.many(-late, 'minute')} ahead"
        if late < 0
        else "on time"
    )
    more = " plan has proposals." if late > 0 and timing.proposals(room) else ""
    yield "Plan", f"{here}; {how}.{more}", ""
