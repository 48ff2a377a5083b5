"""How facts and commands are written down: canonical JSON that reads back to the very same values.

A change is written with the values people know, points or words, never with the raw numbers of the state::

    {"track": "north.face", "old": 6, "new": 5}

Canonical text has sorted keys, no spaces, UTF-8 not escaped, one line, and no number that is not finite, so that equal
values have equal bytes on every machine. Whatever cannot be read raises ValueError with a plain message.
"""

from __future__ import annotations

import hashlib
import json
from math import isfinite
from typing import Any, Final, NoReturn, cast

import msgspec

from wargame.rules.box import Box
from wargame.rules.events import Event
from wargame.rules.orders import Command
from wargame.rules.tracks import Change

Json = dict[str, Any]

_CHANGED: Final = ("changes", "under_way")
_MOST_DIGITS: Final = 64
_BOX: Final = msgspec.json.Encoder(order="sorted")
_EVENTS: Final = cast("type[Event]", Event)
_COMMANDS: Final = cast("type[Command]", Command)


def canonical(value: object) -> str:
    """Return the one text of a JSON value. Raises ValueError for NaN, infinities and text that is no Unicode."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    _whole(text)
    return text


def parse(text: str) -> Json:
    """Read one JSON object. Raises ValueError for all else, for repeated names, huge numbers and broken Unicode."""
    try:
        found = json.loads(
            text, object_pairs_hook=_once, parse_constant=_not_finite, parse_int=_small, parse_float=_finite
        )
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None
    except json.JSONDecodeError as fault:
        raise ValueError(f"this is not JSON: {fault.msg} at character {fault.pos + 1}") from None
    if not isinstance(found, dict):
        raise ValueError("this is not a JSON object")
    if "\\u" in text:  # only an escape can hide half a character that the text itself does not show
        canonical(found)
    return found


def digest_of(box: Box) -> str:
    """Return the content digest: SHA-256 (hex) of the canonical text of the compiled box."""
    return hashlib.sha256(box_to_text(box).encode()).hexdigest()


def box_to_text(box: Box) -> str:
    """Return the compiled box as canonical text. Raises ValueError for text that is no Unicode."""
    return _BOX.encode(box).decode()  # the same text as canonical() gives, which a test holds it to, ten times sooner


def box_from_text(text: str) -> Box:
    """Return the box that :func:`box_to_text` wrote. Raises ValueError for anything it never writes."""
    try:
        box = msgspec.json.decode(text, type=Box)
    except (msgspec.DecodeError, RecursionError) as fault:
        raise ValueError(f"the content is malformed: {fault}") from None
    if box_to_text(box) != text:
        raise ValueError("the content is not written the way this program writes it")
    return box


def event_to_json(box: Box, event: Event) -> Json:
    """Return an event as JSON values, its kind under ``event``. Raises ValueError for a track the box does not have."""
    written = cast("Json", msgspec.to_builtins(event))
    for name in _CHANGED:
        changes = getattr(event, name, ())
        if changes:
            written[name] = [_change_to_json(box, change) for change in changes]
    return written


def event_from_json(box: Box, found: object) -> Event:
    """Return the event that :func:`event_to_json` wrote. Raises ValueError for anything it never writes."""
    if not isinstance(found, dict):
        raise ValueError("an event must be a JSON object")
    kind = found.get("event")
    plain = dict(found)
    for name in _CHANGED:
        if plain.get(name):
            plain[name] = _changes_from_json(box, plain[name])
    event = cast("Event", _converted(plain, _EVENTS, f"the event {kind!r}"))
    _same(found, event_to_json(box, event), f"the event {kind!r}")
    return event


def command_to_json(command: Command) -> Json:
    """Return a command as JSON values, its kind under ``type``."""
    return cast("Json", msgspec.to_builtins(command))


def command_from_json(found: object) -> Command:
    """Return the command that :func:`command_to_json` wrote. Raises ValueError for anything it never writes."""
    if not isinstance(found, dict):
        raise ValueError("a command must be a JSON object")
    command = cast("Command", _converted(found, _COMMANDS, "the command"))
    _same(found, command_to_json(command), "the command")
    return command


def _change_to_json(box: Box, change: Change) -> Json:
    track = box.track.get(change.address)
    if track is None:
        raise ValueError(f"no track {change.address!r}")
    written: Json = {"track": change.address, "old": track.shown(change.old), "new": track.shown(change.new)}
    if change.until:
        written["until"] = change.until
    return written


def _changes_from_json(box: Box, found: object) -> list[list[Any] | Json]:
    if not isinstance(found, list):
        raise ValueError("changes must be a list")
    return [_change_from_json(box, item) for item in found]


def _change_from_json(box: Box, found: object) -> Json:
    if not isinstance(found, dict) or not {"track", "old", "new"} <= found.keys() <= {"track", "old", "new", "until"}:
        raise ValueError("a change has track, old, new and perhaps until, and nothing else")
    track = box.track.get(found["track"]) if isinstance(found["track"], str) else None
    if track is None:
        raise ValueError(f"no track {found['track']!r}")
    try:
        old, new = track.raw(found["old"]), track.raw(found["new"])
    except OverflowError:
        raise ValueError(f"{track.address}: the number is not finite") from None
    return {"address": track.address, "old": old, "new": new, "until": found.get("until", 0)}


def _converted(found: object, kind: Any, what: str) -> Any:
    try:
        return msgspec.convert(found, kind)
    except msgspec.ValidationError as fault:
        raise ValueError(f"{what} is malformed: {fault}") from None
    except RecursionError:
        raise ValueError(f"{what} is nested too deeply") from None


def _same(found: Json, written: Json, what: str) -> None:
    """Refuse what was read unless writing it again gives it back: unknown, missing or oddly written parts."""
    if canonical(found) == canonical(written):
        return
    unknown = sorted(found.keys() - written.keys())
    missing = sorted(written.keys() - found.keys())
    if unknown:
        raise ValueError(f"{what} has a part that is not known: {unknown[0]!r}")
    if missing:
        raise ValueError(f"{what} lacks {missing[0]!r}")
    odd = next(name for name in sorted(written) if canonical(found[name]) != canonical(written[name]))
    raise ValueError(f"{what} is not written the way this program writes it: {odd!r}")


def _once(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the name {next(n for n in names if names.count(n) > 1)!r} appears twice")
    return found


def _not_finite(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a number that can be recorded")


def _finite(text: str) -> float:
    number = float(text)
    return number if isfinite(number) else _not_finite(text)


def _small(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise ValueError(f"a number of {len(text)} digits is too large")
    return int(text)


def _whole(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as fault:
        raise ValueError(f"character {fault.start + 1} is half of a surrogate pair, not Unicode text") from None
