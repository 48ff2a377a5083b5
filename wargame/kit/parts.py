"""What there is to print and who may hold it. Here, and nowhere else in the kit, a state becomes views.

Papers of a team are made from its view, what lies on the table from the public view, the rest from the white cell's. What
makes them is handed a view and never sees a state, so that it cannot tell what it may not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wargame.errors import UsageError, nearest
from wargame.export import words
from wargame.export.banner import branch_banner
from wargame.kit.held import of_white_cell
from wargame.kit.paper import Options
from wargame.kit.render import TABLE, TEAM, Pages, head, page
from wargame.kit.table import of_table
from wargame.kit.team import folder_of, of_team
from wargame.rules.box import Box
from wargame.rules.journal import Entry, effective
from wargame.rules.reckoning import reckon
from wargame.rules.sight import look
from wargame.rules.state import State
from wargame.rules.view import PUBLIC, WHITE_CELL, View
from wargame.rules.witness import witness


class Part(Struct, frozen=True):
    """Something to print. ``kind``: ``team`` (one for each capital), ``table`` or ``white-cell``; ``how``: how to print it."""

    name: str
    kind: str
    title: str
    does: str
    how: str


PARTS: Final = (
    Part("brief", TEAM, "Brief", "who the team is, where things stand in its eyes, what it may order", "two-sided"),
    Part("objectives", TEAM, "Objectives", "what the team is scored by", "one-sided"),
    Part("orders", TEAM, "Order forms", "one for each turn, front and back", "two-sided"),
    Part("beliefs", TEAM, "Belief slips", "one for each turn, to cut", "one-sided, to cut"),
    Part("ladder", TABLE, "The ladder", "a poster, and the same in words", "one-sided; enlarge the first page"),
    Part("aid", TABLE, "Player aid", "the turn, the prices, the check, ten words; one for each seat", "two-sided"),
    Part("debrief", TABLE, "Questions for the debrief", "for everybody, when play is over", "two-sided"),
    Part("cards", WHITE_CELL, "Event cards", "to cut and shuffle; laid open when drawn", "one-sided, at full size"),
    Part(
        "injects", WHITE_CELL, "Injects", "scheduled, and on hand: help, pressure, redirect", "one-sided, at full size"
    ),
    Part("envelopes", WHITE_CELL, "Envelope labels", "for each team and turn, with spares", "one-sided, to cut"),
    Part("cheat-sheet", WHITE_CELL, "Cheat sheet", "timings, rulings, what to say; front and back", "two-sided"),
)
NAMES: Final = tuple(part.name for part in PARTS)


class Entered(Struct, frozen=True):
    """A line of the index: the files, each with the team it is for, the title, what it is and how to print it."""

    links: tuple[tuple[str, str], ...]
    title: str
    does: str
    how: str


def kit(
    box: Box, state: State, options: Options, parts: Collection[str] = NAMES, teams: Collection[str] = (),
    entries: Sequence[Entry] = (),
) -> Pages:  # fmt: skip
    """Return every page of a kit by its path, ``index.html`` last.

    ``teams``: the capitals to print for; without any, those that people play, or all. ``entries`` is the journal that led to
    the state: staffs assess what they cannot see from what they have witnessed. Raises UsageError for a part or a team
    that does not exist, or if nothing is left to print.
    """
    check(parts, NAMES, "part")
    check(teams, tuple(box.capital), "team")
    chosen = [c.id for c in box.capitals if c.id in (teams or state.setup.played or box.capital)]
    facts = (event for entry in effective(entries) for event in entry.events)
    options = replace(
        options, banner=branch_banner(facts) or options.banner
    )  # papers change hands: none names the parent
    pages: Pages = {}
    for capital in chosen:
        view = look(box, state, capital)
        pages |= of_team(box, view, _assessed(box, view, entries), options, parts)
    pages |= of_table(box, look(box, state, PUBLIC), options, parts)
    pages |= of_white_cell(box, look(box, state, WHITE_CELL), options, parts, chosen)
    if not pages:
        raise UsageError("the exercise has ended: there is nothing of that left to print")
    return {**pages, "index.html": _index(box, look(box, state, PUBLIC), options, tuple(pages), chosen)}


def check(found: Iterable[str], known: Sequence[str], what: str) -> None:
    """Raise UsageError for a name that is not known."""
    for name in found:
        if name not in known:
            raise UsageError(f"there is no {what} {name!r}: {', '.join(known)}.{nearest(name, known)}")


def _assessed(box: Box, view: View, entries: Sequence[Entry]) -> View:
    """Return a capital's view with what its staff assess (rule 13.5): for estimates only."""
    facts = (witness(box, event, view.side) for entry in effective(entries) for event in entry.events)
    return reckon(box, view, [seen for seen in facts if seen is not None])


def _index(box: Box, view: View, options: Options, paths: Sequence[str], teams: Sequence[str]) -> str:
    names = {f"teams/{folder_of(box, capital)}/": words.capital(box, capital) for capital in teams}
    groups = (
        ("For one team each, and for nobody else", _entered(paths, names)),
        ("For the table, to be seen by everybody", _entered(paths, {"table/": ""})),
        ("For the white cell only", _entered(paths, {"white-cell/": ""})),
    )
    sheet = head(box, view, "What to print, and who gets it", "For whoever prints", "index")
    return page("index", sheet, options, groups=[(title, entries) for title, entries in groups if entries])


_OF_A_PART: Final = {
    "cards-public": ("cards", "Event cards for everybody", ""),
    "cards-private": ("cards", "Event cards for some eyes only", "to cut; each goes to the capitals it names, folded"),
    "cards-key": ("cards", "Key to the cards", "what each card moves; stays with the white cell"),
}
"""Files of a part that has several: the part, a title and what it is, where that is not the part's."""


def _entered(paths: Sequence[str], folders: Mapping[str, str]) -> tuple[Entered, ...]:
    """Return the lines of an index: files of the same name in several folders stand in one line."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path in paths:
        folder, _, file = path.rpartition("/")
        if f"{folder}/" in folders:
            found.setdefault(file.removesuffix(".html"), []).append((path, folders[f"{folder}/"]))
    return tuple(_line(stem, links) for stem, links in found.items())


def _line(stem: str, links: Sequence[tuple[str, str]]) -> Entered:
    name, title, does = _OF_A_PART.get(stem, (stem, "", ""))
    part = next(each for each in PARTS if each.name == name)
    how = "two-sided" if stem == "cards-key" else part.how
    return Entered(tuple(links), title or part.title, does or part.does, how)
