"""Names that do not belong in texts: of those who held office, and of weapon systems. The lists lie beside, in names.toml."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import tomli

_CAPITALISED: Final = re.compile(r"(?<![^\W_])[A-Z][^\W\d_]+")
_DIGIT: Final = re.compile(r"\d")
_AFTER_WORD: Final = re.compile(r"\b([A-Za-z]+)\.?\s+(?=([A-Z][^\W\d_]+))")


@dataclass(frozen=True)
class Names:
    """The lists. ``plain`` names count wherever they stand, ``common`` ones, which are words as well, only after an office.

    ``weapon_words`` are words of which a weapon's name has one, unless it has a figure.
    """

    plain: frozenset[str]
    common: frozenset[str]
    offices: frozenset[str]
    places: re.Pattern[str]
    weapons: re.Pattern[str]
    weapon_words: frozenset[str]
    short_forms: frozenset[str]

    @staticmethod
    @cache
    def read() -> Names:
        """Return the lists that come with the program."""
        table = tomli.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
        leaders, weapons = table["leaders"], table["weapons"]
        kinds = [rf"(?:{'|'.join(map(re.escape, weapons['names']))})s?", *weapons["kinds"]]
        return Names(
            plain=frozenset(name for names in leaders["plain"].values() for name in names),
            common=frozenset(leaders["common"]),
            offices=frozenset(leaders["offices"]),
            places=re.compile(rf"\b(?:{'|'.join(map(re.escape, leaders['places']))})\b"),
            weapons=re.compile(rf"(?<![\w-])(?:{'|'.join(kinds)})(?![\w-])"),
            weapon_words=frozenset(_CAPITALISED.findall(" ".join(weapons["names"]))),
            short_forms=frozenset(table["short_forms"]),
        )

    def leaders_in(self, text: str) -> Iterator[str]:
        """Yield each name of a leader in a text once: whole words with a capital, places left out, accents as they may be."""
        plain = _unaccented(text)
        if self.plain.isdisjoint(_CAPITALISED.findall(plain)) and not self._after_office(plain):
            return
        plain = self.places.sub(lambda found: " " * len(found[0]), plain)
        found = [word for word in _CAPITALISED.findall(plain) if word in self.plain]
        yield from dict.fromkeys(found + self._after_office(plain))

    def _after_office(self, text: str) -> list[str]:
        pairs = _AFTER_WORD.findall(text)
        return [name for office, name in pairs if name in self.common and office.lower() in self.offices]

    def weapons_in(self, text: str) -> Iterator[str]:
        """Yield each name of a weapon system in a text once."""
        if _DIGIT.search(text) or not self.weapon_words.isdisjoint(_CAPITALISED.findall(text)):
            yield from dict.fromkeys(found[0] for found in self.weapons.finditer(text))


def _unaccented(text: str) -> str:
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
