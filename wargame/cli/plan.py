"""``wargame plan``: the run sheet of a session, for the wall and for the white cell's folder."""

from __future__ import annotations

import io
import json as json_format
import re
from collections.abc import Sequence
from pathlib import Path
from shlex import quote
from typing import Any, Final

import msgspec

from wargame.cli.answers import VERSION, check_there, emit, write_out
from wargame.cli.page import Page
from wargame.content import load_box
from wargame.content.library import looks_like_path
from wargame.errors import UsageError
from wargame.plan import OF_A_TURN, Block, Plan, cuts, forewarned, plan
from wargame.plan.blocks import in_minutes, in_teams
from wargame.rules.box import Box
from wargame.rules.state import UPDATE

_DAY: Final = 24 * 60
_TABLE: Final = 76
"""Columns without which a table would only be in the way."""


def run(
    *, scenario: str, minutes: int, teams: int | None, turns: int | None, start: str | None, late: bool, json: bool,
    plain: bool, output: Path | None, force: bool,
) -> None:  # fmt: skip
    """Print the run sheet of a session, or write it to ``output``; ``late`` adds what to do about each delay."""
    begins = _minute_of(start)
    if looks_like_path(scenario):
        check_there(scenario)
    box = load_box(scenario)
    found = plan(box, minutes, teams or len(box.capitals), turns)
    if json and output is None:
        emit("plan", _body(scenario, box, found, begins))
    elif json:
        answer = {"schema": "wargame.plan", "version": VERSION, **_body(scenario, box, found, begins)}
        write_out(json_format.dumps(answer, indent=2) + "\n", output, force)
    elif output is None:
        _show(Page(plain), scenario, box, found, begins, late)
    else:
        text = io.StringIO()
        _show(Page(plain, text), scenario, box, found, begins, late)
        write_out(text.getvalue(), output, force)


def _minute_of(start: str | None) -> int | None:
    if start is None:
        return None
    if not (read := re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", start, re.ASCII)):
        raise UsageError(f"--start takes a time of day such as 14:00, not {start!r}")
    return 60 * int(read[1]) + int(read[2])


def _clock(minute: int, begins: int | None) -> str:
    """Return a minute of the session as time of day, or as hours and minutes from its beginning."""
    if begins is None:
        return f"{minute // 60}:{minute % 60:02}"
    return f"{(begins + minute) % _DAY // 60:02}:{(begins + minute) % 60:02}"


def _show(page: Page, scenario: str, box: Box, found: Plan, begins: int | None, late: bool) -> None:
    page.heading(
        f"Run sheet: {box.scenario.title}",
        f"{_clock(0, begins)} to {_clock(found.minutes, begins)}, {in_teams(found.teams)}",
    )
    page.text(_summary(found))
    for note in found.notes:
        page.text(note)
    page.gap()
    is_table = not page.plain and page.width >= _TABLE
    if is_table:
        page.quiet(f"{'Time':<{5 if begins is None else 11}}  Min")
    for block in found.blocks:
        (_row if is_table else _say)(page, block, begins)
    _list(page, "Times that hold", _times(found, begins))
    if late:
        _list(page, "If it runs late", _delays(box, found) or ["There is one turn: finish it."])
    else:
        _list(page, "To cut when late, in this order", cuts(box, found))
    _list(page, "Room and papers", _papers(scenario, found))
    _list(page, "Who does what", _roles(found))


def _row(page: Page, block: Block, begins: int | None) -> None:
    times = [_clock(block.starts, begins), *([_clock(block.ends, begins)] if begins is not None else [])]
    turn = f"Turn {block.turn}" if block.phase == UPDATE else ""
    name = f"{turn:<7} {block.name:<12}" if block.phase in OF_A_TURN else f"{block.name:<20}"
    page.text(block.does, label=f"{'-'.join(times):>5}  {block.minutes:>3}  {name} ")


def _say(page: Page, block: Block, begins: int | None) -> None:
    turn = f"Turn {block.turn}, {block.name.lower()}" if block.phase in OF_A_TURN else block.name
    when = f"{_clock(block.starts, begins)} to {_clock(block.ends, begins)}"
    page.text(f"{turn}: {when}, {in_minutes(block.minutes)}. {block.does}")


def _list(page: Page, title: str, lines: Sequence[str]) -> None:
    page.gap()
    page.text(f"{title}:", style="bold")
    for line in lines:
        page.text(line, label="" if page.plain else "- ")


def _summary(found: Plan) -> str:
    turn = sum(block.minutes for block in found.blocks if block.turn == 1 and block.phase in OF_A_TURN)
    turns = f"{found.turns} turns of {turn} minutes" if found.turns > 1 else f"One turn of {turn} minutes"
    share = 100 * found.debrief.minutes // found.minutes
    return f"{turns}, then {found.debrief.minutes} minutes of debrief, {share} percent of the time."


def _times(found: Plan, begins: int | None) -> list[str]:
    last = f"Turn {found.turns}, the last, has begun by now or is dropped." if found.turns > 1 else "Turn 1 has begun."
    return [
        f"{_clock(found.last_call, begins)} {last}",
        f"{_clock(found.wind_down, begins)} Say that play ends in {found.debrief.starts - found.wind_down} minutes; "
        "nothing new begins.",
        f"{_clock(found.debrief.starts, begins)} The debrief begins, wherever play stands.",
    ]


def _delays(box: Box, found: Plan) -> list[str]:
    return [
        f"Turn {turn} begins {' or '.join(map(str, delays))} minutes late. {ways}"
        for turn, delays, ways in forewarned(box, found)
    ]


def _papers(scenario: str, found: Plan) -> list[str]:
    sheets = found.teams * found.turns
    return [
        f"Print the kit: wargame print {quote(scenario)} --turns {found.turns} -o kit",
        f"{sheets} envelopes by team and turn, turn 1 on top, and 2 to spare; {sheets + found.teams} order forms, one to "
        f"spare for each team; {sheets} belief slips.",
        "For each team its brief, its objectives and a player aid; on the wall the ladder; on the projector the board.",
        "Tables in a horseshoe: all see the board and each other, nobody another team's papers.",
        "A bell, pens, this sheet; rehearse one turn and keep the printed kit for when a machine fails.",
    ]


def _roles(found: Plan) -> list[str]:
    cell = 2 + (found.teams > 3) + (found.teams > 7)
    return [
        f"White cell, {cell} people: one leads and keeps time, one takes the envelopes and types"
        + (", the others carry news to the teams and answer questions." if cell > 3 else
           ", one carries news to the teams and answers questions." if cell > 2 else " and carries the news."),
        "Scribe, where the faces are seen: the time, who decided, what was said, moments for the debrief.",
        "In each team a lead, who seals the orders and hands them in: not whoever does it in real life.",
    ]  # fmt: skip


def _body(scenario: str, box: Box, found: Plan, begins: int | None) -> dict[str, Any]:
    return {
        "scenario": box.scenario.id,
        "title": box.scenario.title,
        "minutes": found.minutes,
        "teams": found.teams,
        "turns": found.turns,
        "start": None if begins is None else _clock(0, begins),
        "debrief": {"starts": found.debrief.starts, "minutes": found.debrief.minutes},
        "last_call": found.last_call,
        "wind_down": found.wind_down,
        "blocks": [
            {**msgspec.to_builtins(block), "ends": block.ends, "at": _clock(block.starts, begins)}
            for block in found.blocks
        ],
        "notes": list(found.notes),
        "cuts": list(cuts(box, found)),
        "late": [{"turn": turn, "minutes": late, "do": words} for turn, late, words in forewarned(box, found)],
        "papers": _papers(scenario, found),
        "roles": _roles(found),
    }
