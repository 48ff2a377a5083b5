"""From what pydantic found to Problems in plain words, each at the key it concerns."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from wargame.content.problems import Problems, Spot, nearest_name, show, written
from wargame.content.strict import unsafe

_KINDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
    "date_type": "a date such as 2022-02-24, without quotation marks",
    "date_from_datetime_inexact": "a date without a time",
    "finite_number": "a finite number",
    "int_from_float": "a whole number",
}


def plain_id(name: object) -> str:
    """Return an id as it may be printed before it has been checked."""
    return show(name)[1:-1] if isinstance(name, str) else ""


def characters(value: Any, spot: Spot, problems: Problems, limit: int) -> bool:
    """Note every character in keys and texts that does not belong in content.

    Return whether there are at most ``limit`` keys and values; nothing is looked at beyond them.
    """
    waiting: list[tuple[Any, tuple[str | int, ...]]] = [(value, ())]
    count = 0
    while waiting:
        found, path = waiting.pop()
        if isinstance(found, str):
            bad = unsafe(found)
            if bad:
                problems.add(spot.at(*path), "WG105", f"holds {bad}, a control or invisible character")
            continue
        if not isinstance(found, (dict, list)):
            continue
        count += len(found)
        if count > limit:
            return False
        if isinstance(found, dict):
            for key, inner in found.items():
                bad = unsafe(key) or ("U+000A" if "\n" in key else "")
                if bad:
                    problems.add(spot.at(*path), "WG105", f"a key holds {bad}, a control or invisible character")
                else:
                    waiting.append((inner, (*path, key)))
        else:
            waiting.extend((inner, (*path, index)) for index, inner in enumerate(found))
    return True


def _path_in(raw: Any, loc: tuple[int | str, ...]) -> tuple[str | int, ...]:
    """Return as much of a location as the raw table has; names of union branches are not part of it."""
    path: list[str | int] = []
    here: Any = raw
    for part in loc:
        has = (
            part in here
            if isinstance(here, dict)
            else isinstance(here, list) and isinstance(part, int) and part < len(here)
        )
        if has:
            here = here[part]
            path.append(part)
    return tuple(path)


def _keys_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """Return the keys that the table at ``loc`` may have."""
    for part in loc:
        if isinstance(part, int):
            continue
        for name, field in model.model_fields.items():
            if part in (name, field.alias):
                inner = _table_of(field.annotation)
                if inner is not None:
                    model = inner
                break
    return [field.alias or name for name, field in model.model_fields.items()]


def _table_of(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in get_args(annotation):
        found = _table_of(inner)
        if found is not None:
            return found
    return None


def _bound(kind: str, context: dict[str, Any]) -> str:
    if kind == "greater_than_equal":
        return f"should be at least {context['ge']:g}"
    if kind == "less_than_equal":
        return f"should be at most {context['le']:g}"
    if kind in ("string_too_short", "too_short"):
        least = context["min_length"]
        return "is empty" if least == 1 else f"is too short: at least {least}"
    if kind in ("string_too_long", "too_long"):
        return f"is too long: at most {context['max_length']}"
    return ""


def _told(error: ErrorDetails) -> tuple[str, str, str]:
    """Return code, message and hint of one error on a value that is there."""
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    if kind in _KINDS:
        return "WG103", f"should be {_KINDS[kind]}, not {show(value)}", ""
    if kind == "literal_error":
        expected = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        hint = nearest_name(value, expected.split(", ")) if isinstance(value, str) else ""
        return "WG104", f"{show(value)} is not one of {expected}", hint
    if kind == "string_pattern_mismatch":
        form = "small letters, digits and hyphens, beginning with a letter, at most 40"
        return "WG104", f"{show(value)} is no id: {form}", ""
    if kind == "value_error":
        message = str(context["error"])
        return ("WG106" if "words; at most" in message else "WG104"), message, ""
    bound = _bound(kind, context)
    if bound:
        return ("WG106" if kind == "string_too_long" else "WG104"), bound, ""
    return "WG104", error["msg"], ""


def note(error: ValidationError, raw: dict[str, Any], model: type[BaseModel], spot: Spot, problems: Problems) -> None:
    """Add every fault of a table that did not fit its model."""
    for each in error.errors(include_url=False):
        if problems.full:
            problems.leave_out(spot.source.name)
            return
        loc = each["loc"]
        if each["type"] == "missing":
            place = spot.at(*_path_in(raw, loc[:-1]))
            problems.add(place, "WG102", f"{loc[-1]} is missing")
        elif each["type"] == "extra_forbidden":
            place = spot.at(*_path_in(raw, loc))
            hint = problems.nearest(str(loc[-1]), _keys_at(model, loc[:-1]))
            problems.add(place, "WG101", f"no such key {show(loc[-1])}", hint)
        else:
            code, message, hint = _told(each)
            problems.add(spot.at(*_path_in(raw, loc)), code, message, hint)


def note_at(error: ValidationError, spot: Spot, problems: Problems) -> None:
    """Add every fault of a table that was changed from another place, all at that place."""
    for each in error.errors(include_url=False):
        key = written(each["loc"])
        if each["type"] == "extra_forbidden":
            problems.add(spot, "WG101", f"no such key {key}")
        else:
            code, message, hint = _told(each)
            problems.add(spot, code, f"{key} {message}", hint)
