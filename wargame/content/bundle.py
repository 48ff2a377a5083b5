"""A scenario with everything it needs as one file that stands alone, to be handed to somebody else.

What the scenario changes of shared content is folded in, packs are taken apart, and names that only other scenarios know
are listed as standing for nothing. The bundle is compiled before it is handed out: it plays the same game to the last byte.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from wargame.content.compile.box import Compiled, compile_box, load_compiled
from wargame.content.compile.frame import Elsewhere, Frame, pairs_of
from wargame.content.diff.shapes import holds_tables
from wargame.content.library import Library
from wargame.content.problems import Problem, Source
from wargame.content.schema import FORMAT
from wargame.content.sentences import WORD
from wargame.content.writing import Part, written
from wargame.errors import ContentError
from wargame.rules.notation import digest_of

TITLES: Final = {
    "scenario": "The scenario: who sits where, what they know, how it may end.",
    "ladder": "The ladder.",
    "rulebook": "The numbers of the rules.",
    "theory": "Theories; the scenario says which one its checks are made under.",
    "track": "Every number there is.",
    "concept": "The glossary.",
    "reaction": "What follows from moments of play.",
    "standing": "What holds while conditions do.",
    "shift": "What aiming at some rungs adds.",
    "measure": "What capitals may order.",
    "card": "Cards.",
    "doctrine": "Ways of playing a seat.",
}
"""Kinds in the order of the file, each with the comment before it."""

LEFT_OUT: Final = frozenset({"pack", "replaces"})
"""Keys that say where a thing stands among other content; in a bundle it stands alone."""

SPOKEN: Final = frozenset(
    {"text", "title", "name", "label", "question", "source", "why", "brief", "briefing", "wants", "epilogue", "card"}
    | {"believes", "about", "expects", "note", "real", "firebreak", "warnings", "after", "try", "turn"}
)
"""Keys whose text is read by people: a word in it is no name."""

OPEN: Final = frozenset(
    {"start", "draws", "leans", "why", "sheet", "at", "per", "shift", "add", "set", "pressure", "restraint", "threats", "beside"}
    | {"times", "floor", "remap", "doctrines", "rung", "zone", "landing"}
)  # fmt: skip
"""Keys of tables whose own keys are names that authors gave."""


class Bundle(NamedTuple):
    """The text of a file, and of what scenario it is."""

    scenario: str
    text: str
    counts: dict[str, int]


def bundle(name: str | Path, version: str, content_dirs: Sequence[str | Path] | None = None) -> Bundle:
    """Return a scenario as one file that stands alone. ``version`` is this program's.

    Raises ContentError with every Problem of the scenario, or if the file would not play the same game.
    """
    found = load_compiled(name, content_dirs)
    scenario = found.frame.scenario
    tables = dict(_tables(found))
    parts = [Part(kind, tables[kind], TITLES[kind]) for kind in TITLES if tables.get(kind)]
    text = written(_head(scenario.id, scenario.title, version), {"format": FORMAT}, parts)
    _check_same(found, text)
    return Bundle(scenario.id, text, {part.kind: 1 if part.kind == "scenario" else len(part.tables) for part in parts})


def _head(name: str, title: str, version: str) -> list[str]:
    return [
        f"{title}: everything this exercise needs, in one file.",
        f"Made by wargame {version} (wargame content bundle {name}). Content format {FORMAT}.",
        "",
        "It stands alone: nothing of the built-in decks or of a content folder is read with it.",
        "To play it: wargame play THIS-FILE. To check it: wargame content check THIS-FILE.",
        f"To change it, give it an id of its own in place of {name}, here and wherever it goes beside the original.",
    ]


def _tables(found: Compiled) -> Iterator[tuple[str, Any]]:
    frame, box = found.frame, found.box
    wanted: dict[str, Collection[str]] = {
        "ladder": (frame.scenario.ladder, *frame.scenario.remap),
        "rulebook": (frame.scenario.rulebook,),
        "card": box.card.keys(),
        "measure": box.measure.keys(),
        "doctrine": box.doctrine.keys(),
    }
    kinds = [kind for kind in TITLES if kind != "scenario"]
    rest = {kind: list(_things(frame.library, kind, wanted.get(kind))) for kind in kinds}
    scenario = _scenario(frame, rest)
    yield "scenario", scenario
    yield from rest.items()


def _things(library: Library, kind: str, wanted: Collection[str] | None) -> Iterator[dict[str, Any]]:
    for name, item in library.things[kind].items():
        if wanted is None or name in wanted:
            yield {key: value for key, value in item.raw.items() if key not in LEFT_OUT}


def _scenario(frame: Frame, rest: dict[str, Any]) -> dict[str, Any]:
    raw = {
        key: value for key, value in frame.item.raw.items() if key not in {*LEFT_OUT, "packs", "replace", "elsewhere"}
    }
    first = {"id": raw.pop("id"), "alone": True}
    raw.pop("alone", None)
    absent = _absent(frame, {**rest, "scenario": raw})
    return first | raw | ({"elsewhere": absent} if absent else {})


def _absent(frame: Frame, tables: dict[str, Any]) -> dict[str, list[str]]:
    """Return the names that sentences of these tables use and that none of them declares."""
    used = set(_names_in(tables))
    there = _declared(tables)
    known: Elsewhere = frame.other
    found = {
        "capitals": known.capitals & used,
        "dyads": known.dyads & used,
        "theatres": known.theatres & used,
        "rungs": known.rungs & used,
        "zones": known.zones & used,
        "landings": known.landings & used,
        "pairs": {pair for pair in known.pairs if used.issuperset(pair.split(">"))},
        "threats": known.threats & used,
        "measures": known.measures & used,
        "tracks": {f"{of}.{name}" for of, name in known.tracks if name in used},
    }
    return {kind: sorted(names - there[kind]) for kind, names in found.items() if names - there[kind]}


def _declared(tables: dict[str, Any]) -> dict[str, set[str]]:
    """Return what the tables themselves declare, by the keys of ``elsewhere``."""
    scenario, ladders = tables["scenario"], tables["ladder"]
    return {
        "capitals": _ids(scenario["capital"]),
        "dyads": _ids(scenario["dyad"]),
        "theatres": _ids(scenario["theatre"]),
        "rungs": {name for ladder in ladders for name in _ids(ladder["rung"])},
        "zones": {name for ladder in ladders for name in _ids(ladder["zone"])},
        "landings": {name for ladder in ladders for name in _ids(ladder.get("landing", ()))},
        "pairs": {pair for dyad in scenario["dyad"] for pair in pairs_of(dyad)},
        "threats": {name for sheet in scenario.get("sheet", {}).values() for name in _ids(sheet.get("threat", ()))},
        "measures": _ids(tables["measure"]),
        "tracks": {f"{track['of']}.{track['id']}" for track in tables["track"]},
    }


def _ids(rows: Iterable[dict[str, Any]]) -> set[str]:
    return {row["id"] for row in rows}


def _names_in(value: Any, key: str = "") -> Iterator[str]:
    """Yield every word of every sentence, and of every key that an author gave, that could be a name."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if key in OPEN:
                yield from WORD.findall(name)
            if name not in SPOKEN or not isinstance(inner, (str, list)) or holds_tables(inner):
                yield from _names_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _names_in(inner, "" if isinstance(inner, dict) else key)
    elif isinstance(value, str):
        yield from WORD.findall(value)


def _check_same(found: Compiled, text: str) -> None:
    """Raise ContentError unless a bundle compiles to the very box it was made from."""
    alone = Library(alone=True)
    alone.add_text(Source("bundle.toml", text, given=True))
    again = compile_box(alone, found.frame.scenario.id)
    if alone.problems or again is None:
        raise ContentError(alone.problems.sorted())
    if digest_of(again) != digest_of(found.box):
        raise ContentError([Problem("bundle.toml", 0, "WG402", "", "", "", "would not play the same game")])
