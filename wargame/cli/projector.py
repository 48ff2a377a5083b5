"""The projector's drawing: the public picture as rows of a given width and height, with nothing that colour alone says.

Two layouts: scales that lie, one under the other, and where there is room the whole ladder upright with all its names.
Every text of the picture passes :func:`safe_text` first, so a row can be cut to the width of the screen.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from wargame.cli.lettering import Ink, cut, digits, wrapped
from wargame.cli.page import QUIET, STRONG
from wargame.cli.text import one_line
from wargame.whitecell import caption
from wargame.whitecell.caption import Standing
from wargame.whitecell.clock import left, shown
from wargame.whitecell.picture import Picture

_LEAST_TALL: Final = 118
"""Columns from which the ladder stands upright beside the rest."""

_SIDE: Final = 62
"""Columns beside an upright ladder."""

_NAMES: Final = 30
"""Columns of an upright ladder that its names need at least, with numbers and gaps."""

_COLUMN: Final = 6
"""Columns that a dyad needs there at least."""

Row = Text


def draw(
    picture: Picture, now: datetime, width: int, height: int, notice: str = "", ink: Ink | None = None
) -> list[Row]:
    """Return the rows of the screen, at most ``height``, each at most ``width`` wide. The picture must be safe."""
    ink = ink or Ink()
    top = _banner(picture, width, ink) + _title(picture, width, ink)
    foot = [ink.row(cut(notice, width), QUIET)]
    room = height - len(top) - len(foot)
    upright = len(picture.rungs) + sum(1 for zone in picture.zones if zone.firebreak) + 3
    has_columns = len(picture.stands) * _COLUMN <= width - _SIDE - _NAMES
    body = _tall if width >= _LEAST_TALL and room >= upright and has_columns else _flat
    rows = top + body(picture, now, width, room, ink)
    rows += [ink.row()] * (height - len(foot) - len(rows))
    return rows[: height - len(foot)] + foot


def blank(height: int) -> list[Row]:
    """Return an empty screen."""
    return [Text("")] * height


def message(text: str, width: int, height: int) -> list[Row]:
    """Return a screen that says only this, in the middle."""
    lines = textwrap.wrap(one_line(text), max(20, width - 8)) or [""]
    above = max(0, (height - len(lines)) // 2)
    rows = [Text("")] * above + [Text(cut(f"    {line}", width)) for line in lines]
    return (rows + [Text("")] * height)[:height]


def _banner(picture: Picture, width: int, ink: Ink) -> list[Row]:
    """Return the banner as often as it fits beside itself, between rows of its own."""
    if not picture.banner:
        return []
    said = cut(f"*** {picture.banner} ***", width)
    times = max(1, width // (cell_len(said) + 3))
    line = "   ".join([said] * times)
    return [ink.row(set_cell_size(line.center(width), width), "bold reverse")]


def _title(picture: Picture, width: int, ink: Ink) -> list[Row]:
    right = caption.turn(picture)
    name = cut(picture.title, max(8, width - cell_len(right) - 3))
    gap = max(1, width - cell_len(name) - cell_len(right))
    return [ink.row(cut(name + " " * gap + right, width), STRONG), ink.row(ink.line * width, QUIET)]


# The clock


def _clock(picture: Picture, now: datetime, width: int, ink: Ink) -> list[Row]:
    """Return the clock in the largest digits that fit, with a word under it."""
    if not picture.clock.is_set:
        return []
    seconds = left(picture.clock, now)
    word = "TIME IS UP" if seconds <= 0 else "left" if picture.clock.is_running else "PAUSED"
    for scale in (2, 1):
        rows = digits(shown(seconds), scale, ink.full)
        if cell_len(rows[0]) <= width:
            return [ink.row(row, STRONG) for row in rows] + [ink.row(word.rjust(cell_len(rows[0])), STRONG)]
    return [ink.row(cut(f"{shown(seconds)} {word}", width), STRONG)]


# What is said


def _news(picture: Picture, width: int, most: int, ink: Ink) -> list[Row]:
    """Return the headline, or how it ended."""
    said = picture.ending if picture.is_over else picture.headline
    title = [ink.row(line, STRONG) for line in wrapped(said.title, width, min(2, most))]
    return title + [ink.row(line) for line in wrapped(said.text, width, most - len(title))]


def _orders(picture: Picture, width: int, most: int, ink: Ink) -> list[Row]:
    text = caption.orders(picture)
    return [ink.row(line, STRONG) for line in wrapped(f"{text}.", width, most)] if text else []


def _declared(picture: Picture, width: int, most: int, ink: Ink) -> list[Row]:
    rows: list[Row] = []
    for number, said in enumerate(picture.declarations):
        rest = len(picture.declarations) - number
        if most - len(rows) < 2 and rest > 1:
            rows += [ink.row(cut(f"Declared: {rest} more that stand", width))] if most > len(rows) else []
            break
        rows += [ink.row(line) for line in wrapped(f"Declared: {said}", width, min(3, most - len(rows)))]
    return rows[: max(0, most)]


# Scales that lie


def _flat(picture: Picture, now: datetime, width: int, room: int, ink: Ink) -> list[Row]:
    """Return headline and clock side by side, a scale for each dyad, who has handed in, what is declared."""
    clock = _clock(picture, now, width // 2, ink)[: max(1, room // 3)]
    beside = max((cell_len(row.plain) for row in clock), default=0)
    orders = _orders(picture, width, 2, ink)
    least = 2 * len(picture.stands)
    told = max(3, len(clock)) if clock else 3
    told = max(1, min(told, room - least - len(orders) - 1))
    news = _news(picture, width - beside - (3 if beside else 0), told, ink)
    rows = _beside(news, clock, width, ink)
    free = room - len(rows) - least - len(orders)
    declared = _declared(picture, width, min(4, free), ink)
    free -= len(declared)
    each = 2 + min(2, max(0, free) // max(1, len(picture.stands)))
    for stand in picture.stands:
        rows += _scale(picture, caption.standing(picture, stand), stand.rung, width, each, ink)
    free = room - len(rows) - len(orders) - len(declared)
    gap = [ink.row()] if free > 0 else []
    return rows + orders + (gap if declared else []) + declared


def _beside(said: Sequence[Row], right: Sequence[Row], width: int, ink: Ink) -> list[Row]:
    """Return two blocks of rows side by side, the second at the right edge."""
    rows = []
    beside = max((cell_len(row.plain) for row in right), default=0)
    for number in range(max(len(said), len(right))):
        row = said[number].copy() if number < len(said) else ink.row()
        if number < len(right):
            row.append(" " * (width - beside - cell_len(row.plain)))
            row.append_text(right[number])
        rows.append(row)
    return rows


def _scale(picture: Picture, found: Standing, rung: int, width: int, lines: int, ink: Ink) -> list[Row]:
    """Return one dyad: its name and rung in words, its scale and, with room, where that is."""
    name = ink.row(f"{found.name}: ")
    ink.add(name, found.rung.upper(), STRONG)
    near = found.place if lines > 2 else found.ahead.partition(":")[0]
    for tail in (found.outcome, "settled") if found.outcome else (near,):
        gap = width - cell_len(name.plain) - cell_len(tail)
        if gap > 1:
            ink.add(name, " " * gap + tail, QUIET)
            break
    name.truncate(width, overflow="ellipsis")
    rows = [name, _bar(picture, rung, width, ink)]
    if lines > 2:
        rows.append(ink.row(cut(f"{found.zone}; {found.ahead}", width), QUIET))
    return rows + [ink.row()] * (lines > 3)


def _bar(picture: Picture, rung: int, width: int, ink: Ink) -> Row:
    """Return a scale: full up to where the dyad stands, a bar at every firebreak, thick once it is crossed."""
    fires = _fires(picture)
    number = len(picture.rungs)
    inner = width - len(fires)
    row = ink.row()
    for place in range(number):
        if place in fires:
            ink.add(row, ink.past if place <= rung else ink.ahead)
        cells = (place + 1) * inner // number - place * inner // number
        if place < rung:
            ink.add(row, ink.full * cells)
        elif place == rung:
            ink.add(row, ink.full * cells, STRONG)
        else:
            ink.add(row, ink.empty * cells, QUIET)
    return row


def _fires(picture: Picture) -> dict[int, str]:
    """Return the firebreaks by the rung that lies above them."""
    rungs, zones = picture.rungs, picture.zones
    return {
        n: zones[rung.zone].firebreak
        for n, rung in enumerate(rungs)
        if n and rung.zone > rungs[n - 1].zone and zones[rung.zone].firebreak
    }


# The ladder upright


def _tall(picture: Picture, now: datetime, width: int, room: int, ink: Ink) -> list[Row]:
    """Return the whole ladder upright, a column for each dyad, and beside it all that is said."""
    ladder = _upright(picture, width - _SIDE - 3, ink)[:room]
    wide = width - _SIDE - 3
    side = _clock(picture, now, _SIDE, ink)
    side += [ink.row()] * bool(side)
    side += [*_news(picture, _SIDE, 9, ink), ink.row()]
    orders = _orders(picture, _SIDE, 4, ink)
    side += orders + [ink.row()] * bool(orders)
    side += _declared(picture, _SIDE, max(0, room - len(side)), ink)
    rows = []
    for number in range(max(len(ladder), min(room, len(side)))):
        row = ladder[number].copy() if number < len(ladder) else ink.row()
        row.append(" " * (wide + 3 - cell_len(row.plain)))
        if number < len(side):
            row.append_text(side[number])
        rows.append(row)
    return rows


def _upright(picture: Picture, width: int, ink: Ink) -> list[Row]:
    """Return the rungs from the highest down, with a tower for every dyad up to where it stands."""
    stands = picture.stands
    column = max(_COLUMN, min(14, (width - 34) // max(1, len(stands))))
    names = max(10, width - column * len(stands) - 4)
    fires = _fires(picture)
    rows = _heads(picture, names, column, ink)
    here = {stand.rung for stand in stands}
    for number in range(len(picture.rungs) - 1, -1, -1):
        name = cut(picture.rungs[number].name, names)
        row = ink.row(f"{number:>3} {set_cell_size(name, names)}", STRONG if number in here else "")
        for stand in stands:
            stood = number <= stand.rung
            block = (ink.full if stood else ink.empty) * (column - 2)
            ink.add(row, f"{block:^{column}}", STRONG if number == stand.rung else "" if stood else QUIET)
        rows.append(row)
        if number in fires:
            row = ink.row(f"    {set_cell_size(cut(f'{ink.line * 2} {fires[number]} ', names), names)}", QUIET)
            for stand in stands:
                block = (ink.full if number <= stand.rung else ink.line) * (column - 2)
                ink.add(row, f"{block:^{column}}", "" if number <= stand.rung else QUIET)
            rows.append(row)
    return rows


def _heads(picture: Picture, names: int, column: int, ink: Ink) -> list[Row]:
    """Return the names of the dyads over their columns in two rows, and in a third which are settled."""
    ended = "settled" if column > 8 else "over"
    words = [_two(stand.name, column - 1) + [ended] * bool(stand.outcome) for stand in picture.stands]
    rows = []
    for line in range(max((len(each) for each in words), default=0)):
        row = ink.row(" " * (names + 4))
        for each in words:
            ink.add(row, f"{cut(each[line], column - 1) if line < len(each) else '':^{column}}", STRONG)
        rows.append(row)
    return rows


def _two(name: str, width: int) -> list[str]:
    """Return a dyad's name in two rows, one for each party where it names two."""
    first, _, second = name.partition(" and ")
    return [first, second] if second else [*textwrap.wrap(name, width)[:2], "", ""][:2]
