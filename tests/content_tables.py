"""The tables of docs/content.md, made from the code and the decks: ``python -m tests.content_tables`` writes them anew.

In the page each stands between ``<!-- table NAME -->`` and ``<!-- /table -->``; test_content_tables.py compares them.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tests.rules_tables import Table, laid_out
from wargame.content import json_schema
from wargame.content.compile.needs import NEEDED

ROOT: Final = Path(__file__).parent.parent
PAGE: Final = ROOT / "docs" / "content.md"

SUBJECTS: Final = {
    "world": "world", "capital": "CAPITAL", "pair": "HOLDER>TARGET", "threat": "HOLDER>TARGET.THREAT",
    "bond": "PATRON>PARTNER", "dyad": "DYAD", "theatre": "THEATRE",
}  # fmt: skip
"""How an address of each kind of track begins."""

SEEN: Final = {"public": "all", "holder": "holder", "both": "the two", "owner": "owner", "white-cell": "white cell"}


def tracks() -> Table:
    """The tracks that every scenario has, in the order of their file."""
    yield ["Address", "Values", "Start", "Seen by", "Rules", "Meaning"]
    declared: list[dict[str, Any]] = tomllib.loads((ROOT / "decks" / "tracks.toml").read_text("utf-8"))["track"]
    for each in declared:
        words = each.get("words")
        values = (
            ", ".join(words) if words else f"{each['low']} to {each['high']}{', halves' if each.get('half') else ''}"
        )
        if each.get("dual"):
            values += "; `.seen` and `.true`"
        if each.get("switch"):
            values += "; set by hand"
        start = each.get("start", words[0] if words else each.get("low"))
        used = "yes" if each["id"] in NEEDED[each["of"]] else ""
        address = f"`{SUBJECTS[each['of']]}.{each['id']}`"
        yield [address, values, start, SEEN[each["seen"]], used, each["text"]]


def lengths() -> Table:
    """How long the texts may be, by kind of table and key."""
    schema = json_schema()
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, table in schema["$defs"].items():
        for key, value in table.get("properties", {}).items():
            most = [part.get("maxLength") for part in (value, value.get("items"), value.get("additionalProperties"))
                    if isinstance(part, dict) and "maxLength" in part]  # fmt: skip
            if most:
                found[most[0]][key].append(NAMED.get(name, name.lower()))
    yield ["Characters", "Words", "Texts"]
    for most in sorted(found):
        keys = "; ".join(f"`{key}` of {', '.join(sorted(names))}" for key, names in sorted(found[most].items()))
        yield [most, WORDS.get(most, ""), keys]


NAMED: Final = {
    "Prepared": "answer",
    "Saying": "declare",
    "Preference": "prefer",
    "Acceptance": "accept",
    "Case": "inherit case",
}
"""What the page calls a table, where that is not its name in the code."""

WORDS: Final = {1180: "59", 8000: "400"}
"""How many words a text of so many characters may have."""

TABLES: Final[dict[str, Callable[[], Table]]] = {"tracks": tracks, "lengths": lengths}

_PLACE: Final = re.compile(r"<!-- table ([a-z-]+) -->\n(.*?)<!-- /table -->", re.DOTALL)


def printed(text: str) -> dict[str, str]:
    """Return the tables that stand in the page, by name."""
    return {name: body.strip() for name, body in _PLACE.findall(text)}


def renewed(text: str) -> str:
    """Return the page with every table made anew. Raises KeyError for a table nobody makes."""
    return _PLACE.sub(
        lambda found: f"<!-- table {found[1]} -->\n\n{laid_out(TABLES[found[1]]())}\n\n<!-- /table -->", text
    )


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text("utf-8")), "utf-8")
