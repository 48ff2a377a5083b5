"""Two sides to changes, key by key: what was added, removed, changed, renamed or put into another order."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Final

from wargame.content.diff.shapes import NAMED_BY, ORDERED, called, edges_by_name, holds_tables, keys_of
from wargame.content.diff.sides import Side, Things, said_by, table_of
from wargame.content.diff.telling import about, both, sentence, shown
from wargame.content.library import Item
from wargame.errors import UsageError

ADDED, REMOVED, CHANGED, RENAMED, ORDER, COMPARED = "added", "removed", "changed", "renamed", "order", "compared"

ALIKE: Final = 0.6
"""Share of a table's keys that must be the same for it to count as renamed."""

MOVED: Final = 4
"""Most names whose new places are told one by one; if more have moved, the whole order is."""

SINGLE: Final = ("scenario", "ladder", "rulebook")
"""Kinds of which a side often has one: then it is compared with the other side's, whatever it is called."""

_KNOWN: Final = ("id", "replaces", "pack")


@dataclass(frozen=True)
class Change:
    """One change. ``path`` leads to it within the thing; ``text`` is the whole sentence without the thing's name."""

    kind: str
    id: str
    path: tuple[str, ...]
    what: str
    old: Any
    new: Any
    text: str

    def __str__(self) -> str:
        if not self.path:
            return self.text
        told = [f"{self.path[-1]} {self.text}"] if self._is_plain else [self.path[-1], self.text]
        return ": ".join([f'{self.kind} "{self.id}"', *self.path[:-1], *told])

    @property
    def _is_plain(self) -> bool:
        """Whether what is told reads on from the key, as ``cost 1, was 0`` does: of numbers, single words and new names."""
        is_spoken = any(isinstance(value, str) and " " in value for value in (self.old, self.new))
        return self.what == RENAMED or (self.what == CHANGED and not is_spoken)


def changes(a: Side, b: Side) -> list[Change]:
    """Return what differs between two sides, by kind in the order of the content language, then as it stands in the files.

    Raises UsageError where they have no kind in common.
    """
    old, new = _asked(a, b), _asked(b, a)
    named = a.by_id and b.by_id
    if not old and not new and (a.things or b.things):
        raise UsageError(
            f"a {' or '.join(_kinds(a))} is not compared with a {' or '.join(_kinds(b))}: {a.name}, {b.name}"
        )
    pairs = dict(_paired(old, new, named))
    gone = [key for key in old if key not in pairs.values()]
    found: list[Change] = []
    for key, item in new.items():
        was = old.get(pairs.get(key, key)) if key in pairs else None
        found.extend(_thing(item, was, named))
    found.extend(_whole(REMOVED, old[key]) for key in gone)
    order = {kind: place for place, kind in enumerate(dict.fromkeys(kind for kind, _ in (*new, *old)))}
    return sorted(found, key=lambda change: order[change.kind])


def _kinds(side: Side) -> list[str]:
    return list(dict.fromkeys(kind for kind, _ in side.things)) or ["file without content"]


def _asked(side: Side, other: Side) -> Things:
    """Return a side's things; only those of the other's kinds where that one was named by an id."""
    kinds = {kind for kind, _ in other.things}
    return {key: item for key, item in side.things.items() if not other.by_id or key[0] in kinds}


def _paired(old: Things, new: Things, named: bool) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Yield the key of each thing that is on both sides, perhaps under another id, with what it was."""
    yield from ((key, key) for key in new if key in old)
    left = {key: said_by(item) for key, item in old.items() if key not in new}
    fresh = {key: said_by(item) for key, item in new.items() if key not in old}
    for kind in dict.fromkeys(kind for kind, _ in fresh):
        ours = [key for key in fresh if key[0] == kind]
        theirs = [key for key in left if key[0] == kind]
        if len(ours) == len(theirs) == 1 and (named or kind in SINGLE):
            yield ours[0], theirs[0]
            continue
        for key in ours:
            best = max(theirs, key=lambda was: _likeness(fresh[key], left[was], _KNOWN), default=None)
            if best is not None and _likeness(fresh[key], left[best], _KNOWN) >= ALIKE:
                theirs.remove(best)
                yield key, best


def _likeness(one: dict[str, Any], other: dict[str, Any], known: Sequence[str]) -> float:
    """Return how much of two tables is the same, what they are known by apart."""
    keys = [key for key in {**one, **other} if key not in known]
    same = sum(1 for key in keys if key in one and key in other and one[key] == other[key])
    return same / len(keys) if keys else 0.0


def _thing(item: Item, was: Item | None, named: bool) -> Iterator[Change]:
    if was is None:
        yield _whole(ADDED, item)
        return
    found = list(_tables(item, table_of(was), table_of(item)))
    if was.id != item.id and named:
        text = f'{item.kind} "{item.id}" compared with {item.kind} "{was.id}"'
        yield Change(item.kind, item.id, (), COMPARED, was.id, item.id, text)
    elif was.id != item.id:
        rest = "" if found else "; nothing else differs"
        text = f'{item.kind} "{was.id}" is now called "{item.id}"{rest}'
        yield Change(item.kind, item.id, (), RENAMED, was.id, item.id, text)
    yield from found


def _whole(what: str, item: Item) -> Change:
    name = next((getattr(item.model, key) for key in ("title", "name", "text") if hasattr(item.model, key)), "")
    told = f" ({shown(name)})" if name else ""
    old, new = (item.id, None) if what == REMOVED else (None, item.id)
    return Change(item.kind, item.id, (), what, old, new, f'{item.kind} "{item.id}" {what}{told}')


def _tables(item: Item, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    for change in _of_table((), {**old, "id": ""}, {**new, "id": ""}):
        yield replace(change, kind=item.kind, id=item.id)


def _of_table(path: tuple[str, ...], old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    for key in {**new, **old}:
        here, was = new.get(key), old.get(key)
        if here == was:
            continue
        if key == "edge" and isinstance(here, list) and isinstance(was, list):
            yield from _edges(path, was, here)
        else:
            yield from _of_value(path, key, was, here)


def _of_value(path: tuple[str, ...], key: str, old: Any, new: Any) -> Iterator[Change]:
    word = key.replace("_", " ")
    if holds_tables(old) or holds_tables(new):
        yield from _of_rows(path, key, old or [], new or [])
    elif isinstance(old, list) and isinstance(new, list) and not _numbers(old, new):
        yield from _of_list((*path, word), key, old, new)
    elif _is_one_value(old, new) or not (isinstance(old, dict) or isinstance(new, dict)):
        yield Change("", "", (*path, word), CHANGED, old, new, both(new, old))
    elif not isinstance(old, dict) or not isinstance(new, dict):
        what = ADDED if not old else REMOVED if not new else CHANGED
        told = {ADDED: f"added ({shown(new)})", REMOVED: f"removed ({shown(old)})"}.get(what, both(new, old))
        yield Change("", "", (*path, word), what, old, new, told)
    else:
        yield from _of_named(path, key, old, new)


def _of_named(path: tuple[str, ...], key: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    """Compare two tables beneath a key: names that only one side has were added or removed."""
    word = key.replace("_", " ")
    for name in {**new, **old}:
        if new.get(name) == old.get(name):
            continue
        inner, was = new.get(name), old.get(name)
        if isinstance(inner, dict) and isinstance(was, dict):
            yield from _of_table((*path, f"{word} {name}"), was, inner)
        elif name not in old or name not in new:
            what, value = (ADDED, inner) if name not in old else (REMOVED, was)
            yield Change("", "", (*path, word), what, was, inner, f"{what} {name} {shown(value)}")
        else:
            yield from _of_value((*path, word), name, was, inner)


def _of_rows(path: tuple[str, ...], name: str, old: list[Any], new: list[Any]) -> Iterator[Change]:
    """Compare two lists of tables, each known by its id or by what else it has."""
    before, after = dict(zip(keys_of(name, old), old, strict=True)), dict(zip(keys_of(name, new), new, strict=True))
    renamed = dict(_renamed(before, after))
    for key, row in after.items():
        called_now = called(name, key[0])
        if key in before:
            yield from _of_table((*path, called_now), before[key], row)
        elif key in renamed:
            was = renamed[key]
            earlier = called(name, was[0])
            yield Change("", "", (*path, earlier), RENAMED, was[0], key[0], f"is now {called_now}")
            yield from _of_table((*path, called_now), {**before[was], **_known(name, row)}, row)
        else:
            yield Change("", "", (*path, called_now), ADDED, None, row, f"added{_title(row)}")
    for key, row in before.items():
        if key not in after and key not in renamed.values():
            yield Change("", "", (*path, called(name, key[0])), REMOVED, row, None, f"removed{_title(row)}")
    yield from _order(path, name, [renamed.get(key, key) for key in after], list(before))


def _known(name: str, row: dict[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in NAMED_BY.get(name, ("id",)) if key in row}


def _renamed(
    before: dict[tuple[str, int], Any], after: dict[tuple[str, int], Any]
) -> Iterator[tuple[tuple[str, int], tuple[str, int]]]:
    left = [key for key in before if key not in after]
    for key in (each for each in after if each not in before):
        best = max(left, key=lambda was: _likeness(_said(after[key]), _said(before[was]), ("id",)), default=None)
        if best is not None and _likeness(_said(after[key]), _said(before[best]), ("id",)) >= ALIKE:
            left.remove(best)
            yield key, best


def _said(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value not in (None, "", [], {}, 0, False)}


def _title(row: dict[str, Any]) -> str:
    told = next((row[key] for key in ("name", "title", "label", "text", "why") if row.get(key)), "")
    return f" ({shown(told)})" if told else ""


def _of_list(path: tuple[str, ...], name: str, old: list[Any], new: list[Any]) -> Iterator[Change]:
    """Compare two lists of sentences or names: one about the same number has changed, others came or went."""
    gone = _without(old, new)
    for each in _without(new, old):
        was = next((one for one in gone if about(one) and about(one) == about(each)), None)
        if was is not None:
            gone.remove(was)
            yield Change("", "", path, CHANGED, was, each, f"{sentence(each)}, was {sentence(was)}")
        else:
            yield Change("", "", path, ADDED, None, each, f"added {sentence(each)}")
    yield from (Change("", "", path, REMOVED, each, None, f"removed {sentence(each)}") for each in gone)
    if sorted(map(str, old)) == sorted(map(str, new)):
        yield from _order(path[:-1], name, list(map(str, new)), list(map(str, old)))


def _without(these: Sequence[Any], those: Sequence[Any]) -> list[Any]:
    left = list(those)
    found = []
    for each in these:
        if each in left:
            left.remove(each)
        else:
            found.append(each)
    return found


def _order(path: tuple[str, ...], name: str, new: Sequence[Hashable], old: Sequence[Hashable]) -> Iterator[Change]:
    """Tell another order of what both sides have, where order means something."""
    now = [each for each in new if each in old]
    was = [each for each in old if each in new]
    if name in ORDERED and now != was:
        told, before = [_plain(each) for each in now], [_plain(each) for each in was]
        moved = _moved(before, told)
        text = "; ".join(moved) if len(moved) <= MOVED else f"now {', '.join(told)}"
        yield Change("", "", (*path, name.replace("_", " ")), ORDER, before, told, f"in another order: {text}")


def _plain(key: Hashable) -> str:
    return str(key[0]) if isinstance(key, tuple) else str(key)


def _moved(old: list[str], new: list[str]) -> list[str]:
    """Return where each name that moved stands now, those between which nothing changed left out."""
    kept = {
        place
        for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        for place in range(block.b, block.b + block.size)
    }
    return [
        f'"{name}" after "{new[place - 1]}"' if place else f'"{name}" first'
        for place, name in enumerate(new)
        if place not in kept
    ]


def _edges(path: tuple[str, ...], old: list[Any], new: list[Any]) -> Iterator[Change]:
    """Compare edges one by one, and tell what is the same for several of them once."""
    before, after = edges_by_name(old), edges_by_name(new)
    told: dict[tuple[tuple[str, ...], str, str], tuple[list[str], Change]] = {}
    for name in {**after, **before}:
        for change in _edge(before.get(name), after.get(name)):
            told.setdefault((change.path, change.what, change.text), ([], change))[0].append(name)
    for names, change in told.values():
        word = "edge" if len(names) == 1 else "edges"
        yield replace(change, path=(*path, f"{word} {', '.join(names)}", *change.path))


def _edge(old: dict[str, Any] | None, new: dict[str, Any] | None) -> Iterable[Change]:
    if old is None or new is None:
        what, row = (ADDED, new) if new is not None else (REMOVED, old)
        who = " and ".join((row or {}).get("who", [])) or "events"
        return [Change("", "", (), what, old, new, f"{what} ({(row or {}).get('type', '')}, {who})")]
    return list(_of_table((), old, new))


def _numbers(*lists: list[Any]) -> bool:
    """Whether lists are rows of numbers, of which each has its place."""
    return all(isinstance(each, (int, float)) for values in lists for each in values)


def _is_one_value(old: Any, new: Any) -> bool:
    """Whether at most one of two values is a table, and that one a way to write a rating."""
    tables = [set(value) for value in (old, new) if isinstance(value, dict)]
    return len(tables) == 1 and tables[0] in ({"seen", "true"}, {"from", "more", "words"}, {"from", "words"})
