"""Conditions and effects of the content language in words short enough for a form or a card."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from wargame.export import words
from wargame.rules.box import Box
from wargame.rules.conditions import Conditions
from wargame.rules.effects import Effect
from wargame.rules.tracks import Track

_CONDITION: Final = re.compile(r"(\S+?)\.(\S+) *(<=|>=|!=|=|<|>) *(.+)")
_SIGNS: Final = {"=": "is", "!=": "is not", "<": "below", "<=": "at most", ">=": "at least", ">": "above"}
_STOOD: Final = {"<": "never reached", "<=": "never above", ">=": "once at", ">": "once above"}
_FLAG: Final = ("no", "yes")
_DELIVERY: Final = "delivery."


def needs(box: Box, conditions: Conditions) -> str:
    """Return conditions in words, all of which must hold."""
    return "; ".join(" or ".join(need(box, part) for part in clause.text.split(" or ")) for clause in conditions)


def need(box: Box, text: str) -> str:
    """Return one condition in words: ``Moscow and Kyiv below "Open war"``, ``not yet: Kyiv, porcupine``."""
    found = _CONDITION.fullmatch(text.strip())
    if found is None:
        return words.named(box, text)
    subject, name, sign, bound = found.groups()
    who = words.dyad(box, subject) if subject in box.dyad else words.subject(box, subject)
    track = box.track.get(f"{subject}.{name}") or box.track.get(f"{subject}.{name}.true")
    if name == "rung":
        return f"{who} {_SIGNS[sign]} {words.rung(box, bound)}"
    if name == "peak" and sign in _STOOD:
        return f"{who} {_STOOD[sign]} {words.rung(box, bound)}"
    if name == "outcome":
        return f"{who}: {'not ' if sign == '!=' else ''}{words.outcome(box, bound)}"
    if name.startswith(_DELIVERY):
        none = (sign, bound) in (("=", "0"), ("<", "1"))
        title = words.measure(box, name.removeprefix(_DELIVERY))
        return f"{'no ' if none else ''}{title} under way{_for(box, subject)}"
    if track is not None and track.words == _FLAG and sign == "=":
        return f"{'already' if bound == _FLAG[1] else 'not yet'}: {who}, {called(name)}"
    return f"{who}: {called(name)} {_SIGNS[sign]} {bound.replace('-', ' ')}"


def _for(box: Box, subject: str) -> str:
    return f" for {words.capital(box, subject)}" if subject in box.capital else ""


def called(name: str) -> str:
    """Return a track's name as people say it; where it is kept as seen and as true, the true one has no addition."""
    seen = " (as seen)" if name.endswith(".seen") else ""
    plain = name.removesuffix(".seen").removesuffix(".true").removeprefix("has-")
    return plain.replace(".", " ").replace("-", " ") + seen


def moves(box: Box, effects: Iterable[Effect]) -> str:
    """Return what effects move: ``Moscow: readiness +1 for two turns; ...``; what is seen and what is true told as one."""
    told: dict[tuple[str, str, str], list[str]] = {}
    for effect in effects:
        subject, name = words.track_name(effect.address)
        stem, _, kind = name.rpartition(".")
        if kind not in ("seen", "true"):
            stem, kind = name, ""
        told.setdefault((words.subject(box, subject), called(stem), _change(box, effect)), []).append(kind)
    return "; ".join(
        f"{who}: {name}{f' ({kinds[0]})' if len(kinds) == 1 and kinds[0] else ''} {change}"
        for (who, name, change), kinds in told.items()
    )


def _change(box: Box, effect: Effect) -> str:
    track = box.track[effect.address]
    lasting = f" for {words.many(effect.lasting, 'turn')}" if effect.lasting else ""
    if effect.op == "=":
        return f"becomes {words.value(box, effect.address, effect.amount)}{lasting}"
    size = _size(track, abs(effect.amount))
    if effect.op == "~":
        return f"moves {size} {'towards' if effect.amount >= 0 else 'away from'} what is true{lasting}"
    return f"{'+' if effect.amount >= 0 else '-'}{size}{lasting}"


def _size(track: Track, raw: int) -> str:
    return words.points(raw / 2) if track.half else str(raw)
