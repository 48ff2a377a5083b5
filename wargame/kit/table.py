"""What lies open on the table, made from the public view: the ladder, the player aid, the questions at the end."""

from __future__ import annotations

from collections.abc import Callable, Collection

from wargame.kit import aid, conduct, poster
from wargame.kit.paper import MARGIN, Options
from wargame.kit.render import TABLE, Pages, head, page
from wargame.rules.box import Box
from wargame.rules.view import View

_HEADING: float = 19
"""Millimetres of a poster that its heading takes, in type of the usual size."""


def of_table(box: Box, view: View, options: Options, parts: Collection[str]) -> Pages:
    """Return what everybody may see."""
    makers: dict[str, Callable[[Box, View, Options], str]] = {"ladder": _ladder, "aid": _aid, "debrief": _debrief}
    return {f"table/{name}.html": make(box, view, options) for name, make in makers.items() if name in parts}


def _made(box: Box, view: View, options: Options, template: str, title: str, **values: object) -> str:
    return page(template, head(box, view, title, "For everybody", TABLE), options, **values)


def _ladder(box: Box, view: View, options: Options) -> str:
    ladder = box.ladder
    return _made(
        box, view, options, "ladder", "The ladder", ladder=ladder.name, rungs=poster.rungs(ladder),
        poster=poster.poster(box, view, *_room(options)), landings=poster.landings(ladder),
        meanings=poster.MEANINGS, letters=poster.LETTERS,
    )  # fmt: skip


def _room(options: Options) -> tuple[float, float]:
    """Return the room for the drawing, in millimetres: a page less its margins and heading; a larger page enlarges it."""
    width, scale = options.paper.width - 2 * MARGIN, options.type_size / Options().type_size
    height = (options.poster.height - 2 * MARGIN - _HEADING * scale) * width / (options.poster.width - 2 * MARGIN)
    return width, height


def _aid(box: Box, view: View, options: Options) -> str:
    return _made(box, view, options, "aid", "Player aid", aid=aid.aid(box), glossary=aid.GLOSSARY, links=aid.LINKS)


def _debrief(box: Box, view: View, options: Options) -> str:
    asked, cards = box.scenario.question, conduct.card_questions(box, view)
    title = "Questions for the debrief"
    return _made(box, view, options, "debrief", title, questions=conduct.QUESTIONS, asked=asked, cards=cards)
