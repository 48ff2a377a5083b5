"""The strict base of every table, and the kinds of value a content file may hold."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from wargame.content.sentences import ADDRESS, CONDITION, EFFECT

CARD_WORDS: Final = 59
"""Most words of a text that is read aloud: cards, measures, rungs."""

PROSE_WORDS: Final = 400
"""Most words of a briefing."""

LETTERS: Final = 20
"""Most characters of a text for each word it may have."""

ANY: Final = 40
"""Most conditions of which any is enough."""

SENTENCE: Final = 200
"""Most characters of a sentence of the content language: conditions, effects, orders."""

UNSAFE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that do not belong in content: controls, bidirectional and zero-width marks, private use."""


class Table(BaseModel):
    """A table of a content file: unknown keys are faults, and no value is bent into another type."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, defer_build=True)


class Thing(Table):
    """A table with a name of its own.

    ``replaces`` names the built-in thing of the same kind it stands in for; ``pack`` the set of content it belongs to, which a
    scenario must name to have it. Without a pack it is in every scenario.
    """

    id: Id
    """Its name in references: small letters, digits and hyphens, unique among things of its kind."""
    replaces: str = ""
    """The built-in thing of this kind whose place it takes."""
    pack: str = ""
    """The set of content it belongs to; only scenarios that name the pack have it. Without one, every scenario has it."""


def unsafe(text: str) -> str:
    """Return how a character that does not belong in content is written (``U+202E``), or an empty string."""
    if text.isascii() and text.isprintable():
        return ""
    for char in text:
        if char != "\n" and unicodedata.category(char) in UNSAFE:
            return f"U+{ord(char):04X}"
    return ""


def _at_most(words: int) -> AfterValidator:
    def check(text: str) -> str:
        count = len(text.split())
        if count > words:
            raise ValueError(f"{count} words; at most {words} belong here")
        return text

    return AfterValidator(check)


def _in_halves(value: float) -> float:
    if value * 2 != int(value * 2):
        raise ValueError(f"{value:g} is finer than half a point")
    return value


def _is_sentences(value: object) -> object:
    several = value if isinstance(value, list) else [value]
    if several and all(isinstance(each, str) for each in several):
        if len(several) > ANY or max(map(len, several)) > SENTENCE:
            raise ValueError(f"a sentence is too long: at most {SENTENCE} characters, and {ANY} of which any is enough")
        return value
    raise ValueError("a sentence belongs here, or a list of sentences of which any is enough")


def _is_given(value: object) -> object:
    if isinstance(value, dict) and set(value) == {"seen", "true"}:
        return {key: _is_plain(each) for key, each in value.items()}
    return _is_plain(value)


def _is_plain(value: object) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not -1000 <= value <= 1000:
        raise ValueError("a number or a word belongs here, or { seen = ..., true = ... }")
    return _in_halves(value)


def _is_free(value: object) -> object:
    if isinstance(value, dict) and "from" in value:
        unknown = set(value) - {"from", "more", "words"}
        if unknown or not isinstance(value["from"], str) or not isinstance(value.get("words"), list):
            raise ValueError("write { from = ADDRESS, more = 0, words = [a rating for each word] }")
        for number in (*value["words"], value.get("more", 0)):
            if isinstance(_is_plain(number), str):
                raise ValueError("words and more are ratings in points")
        return value
    return _is_given(value)


def _written(pattern: str, **more: str) -> WithJsonSchema:
    """Return what an editor is told of a text: how it is written. Reading it is the compiler's, with a message of its own."""
    return WithJsonSchema({"type": "string", "pattern": pattern, **more})


_HALVES: dict[str, Any] = {"multipleOf": 0.5}
_GIVEN = {
    "anyOf": [
        {"type": "number", "minimum": -1000, "maximum": 1000, **_HALVES},
        {"type": "string"},
        {
            "type": "object",
            "properties": {"seen": {"type": ["number", "string"]}, "true": {"type": ["number", "string"]}},
            "required": ["seen", "true"],
            "additionalProperties": False,
        },
    ]
}
_FREE = {
    "anyOf": [
        *_GIVEN["anyOf"],
        {
            "type": "object",
            "properties": {
                "from": {"type": "string", "pattern": f"^{ADDRESS}$", "description": "The address of a permission."},
                "more": {"type": "number", "description": "Points added to every rating.", **_HALVES},
                "words": {
                    "type": "array",
                    "items": {"type": "number", **_HALVES},
                    "description": "A rating for each of its words.",
                },
            },
            "required": ["from", "words"],
            "additionalProperties": False,
        },
    ]
}
_CONDITION = {
    "type": "string",
    "pattern": rf"^\s*(?:{CONDITION.pattern})\s*$",
    "description": "ADDRESS = != < <= > >= VALUE",
}
_SENTENCES = {
    "anyOf": [
        _CONDITION,
        {"type": "array", "items": _CONDITION, "minItems": 1, "description": "Any of these is enough."},
    ]
}

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
NoneOrId = Annotated[str, Field(pattern=r"^([a-z][a-z0-9-]{0,39})?$")]
Name = Annotated[str, Field(min_length=1, max_length=100)]
Line = Annotated[str, Field(min_length=1, max_length=LETTERS * CARD_WORDS), _at_most(CARD_WORDS)]
Prose = Annotated[str, Field(min_length=1, max_length=LETTERS * PROSE_WORDS), _at_most(PROSE_WORDS)]
Percent = Annotated[int, Field(ge=0, le=100)]
More = Annotated[int, Field(ge=-100, le=100)]
Few = Annotated[int, Field(ge=0, le=20)]
Turns = Annotated[int, Field(ge=0, le=99)]
Whole = Annotated[int, Field(ge=-1000, le=1000)]
Points = Annotated[float, Field(ge=-10, le=10, json_schema_extra=_HALVES), AfterValidator(_in_halves)]
Rating = Annotated[float, Field(ge=1, le=5, json_schema_extra=_HALVES), AfterValidator(_in_halves)]
Weight = Annotated[float, Field(ge=0, le=100)]
"""A weight of a theory, or a factor on one: which way a term works is the rules', never the sign of a weight."""
Given = Annotated[Any, AfterValidator(_is_given), WithJsonSchema(_GIVEN)]
"""A starting value: a number, a word, or a pair of what is seen and what is true."""
Freedom = Annotated[Any, AfterValidator(_is_free), WithJsonSchema(_FREE)]
"""A rating, or the address of a permission with a rating for each of its words."""
Sentences = Annotated[
    list[Annotated[Any, AfterValidator(_is_sentences), WithJsonSchema(_SENTENCES)]], Field(max_length=40)
]
"""Conditions: all must hold; a list inside the list means any."""
_Sentence = Annotated[str, Field(max_length=SENTENCE)]
Deed = Annotated[_Sentence, _written(rf"^\s*(?:{EFFECT.pattern})\s*$", description="ADDRESS + - = ~ VALUE [for TURNS]")]
Deeds = Annotated[list[Deed], Field(max_length=40)]
"""Effects, in order."""
Address = Annotated[_Sentence, _written(f"^({ADDRESS})?$")]
"""SUBJECT.TRACK."""
Stance = Annotated[_Sentence, _written(r"^(\s*[a-z][a-z0-9-]*\s+[a-z][a-z0-9-]*\s*)?$")]
"""Two names: a rung and its holder, or a dyad and a rung."""
Promise = Annotated[_Sentence, _written(r"^\s*if\s+[a-z][a-z0-9-]*\s+reaches\s+[a-z][a-z0-9-]*\s+then\s+[a-z].*$")]
"""A declaration."""
Order = Annotated[_Sentence, _written(r"^\s*[a-z][a-z0-9-]*(\s+([a-z][a-z0-9-]*|[0-9]))*\s*$")]
"""An order of a doctrine."""
Ids = Annotated[list[str], Field(max_length=400)]
