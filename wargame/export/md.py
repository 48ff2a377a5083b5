"""The chronicle in Markdown: turn by turn and phase by phase, with the working of every check, and the debrief's tables.

All text that comes from files and people is escaped; nothing in it can become markup.
"""

from __future__ import annotations

from collections.abc import Iterable

from wargame.export import words, working
from wargame.export.debrief import debrief, table
from wargame.export.rows import Walk, walk
from wargame.export.sentences import PHASE_TITLES
from wargame.export.story import Item, story
from wargame.export.text import markdown
from wargame.log import WHITE_CELL
from wargame.recorded import Recorded, all_lines
from wargame.rules.box import Box
from wargame.rules.events import ChallengeRolled, ExerciseEnded
from wargame.rules.state import SETUP


def chronicle(recorded: Recorded, side: str = WHITE_CELL) -> str:
    """Return the chronicle as ``side`` saw it. Raises UsageError for no such side."""
    box = recorded.box
    seen = walk(recorded, side)
    lines = [f"# {markdown(box.scenario.title)}: a chronicle", ""]
    lines += [f"*As {_reader(box, side)} saw it.*", "", markdown(box.scenario.situation), ""]
    if side in box.capital:
        lines += [markdown(box.capital[side].brief), ""]
    lines += _told(box, seen)
    lines += debrief(box, seen)
    if side == WHITE_CELL:
        lines += ["", *_colophon(recorded)]
    return "\n".join(_single_blanks(lines)) + "\n"


def _colophon(recorded: Recorded) -> list[str]:
    """Return what it takes to play the exercise again or to know it again; only the white cell has the seed."""
    header = recorded.header
    return [
        "## Colophon", "",
        f"- Scenario: {markdown(header.scenario)}, {words.many(header.turns, 'turn')}",
        f"- Seed: {header.seed}",
        f"- Theory: {markdown(header.theory)}; mode: {markdown(header.mode)}",
        f"- Versions: wargame {markdown(header.wargame)}, rules {header.rules}",
        f"- Content: `{markdown(header.content)}`",
        f"- Last hash: `{all_lines(recorded)[-1].hash}`",
    ]  # fmt: skip


def _reader(box: Box, side: str) -> str:
    return f"the {side.replace('-', ' ')}" if side not in box.capital else markdown(words.capital(box, side))


def _told(box: Box, seen: Walk) -> list[str]:
    lines = [f"## {PHASE_TITLES[SETUP]}", ""]
    turn, phase = 0, ""
    for item in story(box, (row for row in seen.rows if not isinstance(row.event, ExerciseEnded))):
        if item.turn != turn:
            lines += ["", f"## Turn {item.turn}", ""]
            turn, phase = item.turn, ""
        if turn and item.phase != phase:
            lines += ["", f"### {PHASE_TITLES.get(item.phase, item.phase)}", ""]
            phase = item.phase
        lines += _item(box, item)
    return lines


def _item(box: Box, item: Item) -> list[str]:
    """Return one item as a list item: its consequences in italics, lines below it, the working of a check."""
    said = [markdown(each) for each in item.said if each]
    if said and (item.is_outcome or item.check is not None):
        said[0] = f"**{said[0]}**"
    moved = words.sentence(words.moved(box, item.changes))
    if moved:
        said.append(f"*{markdown(moved)}*")
    lines = [f"- {' '.join(said)}", *(f"  - {markdown(each)}" for each in item.under)]
    if item.check is not None:
        lines += [f"  {line}" if line else "" for line in _working(box, item.check)]
    return lines


def _working(box: Box, event: ChallengeRolled) -> list[str]:
    if not working.is_known(event):
        return []
    terms = [
        (each.name, words.points(each.rating), words.thousandths(each.weight)[1:], words.thousandths(each.contribution),
         "for the step" if each.side == "pressure" else "against it")
        for each in event.terms
    ]  # fmt: skip
    total = ("*together*", "", "", words.thousandths(event.margin), f"constant {words.thousandths(event.constant)}")
    threats = [
        (
            each.name, words.capital(box, each.owner), *(words.points(getattr(each, link)) for link in words.LINKS),
            words.thousandths(each.credibility)[1:], words.LINKS.get(each.weakest, each.weakest),
        )
        for each in event.threats
    ]  # fmt: skip
    lines = ["", *table(("term", "rating", "weight", "contribution", "side"), terms, total)]
    if threats:
        heads = ("threat", "of", *words.LINKS.values(), "credibility", "weakest link")
        lines += ["", *table(heads, threats)]
    return [*lines, ""]


def _single_blanks(lines: Iterable[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        if line.strip() or (found and found[-1]):
            found.append(line.rstrip())
    while found and not found[-1]:
        found.pop()
    return found
