"""Compiling what follows from moments of play, and what holds while conditions do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from wargame.content.compile.binder import Binder, can_never_hold
from wargame.content.compile.frame import Binding, Frame
from wargame.content.library import Item
from wargame.content.schema_rules import Reaction as ReactionTable
from wargame.content.schema_rules import Standing as StandingTable
from wargame.rules.box import Dyad, Reaction, Standing
from wargame.rules.moments import ANSWER, DECLARATION, MOMENTS, MOVE, PERMISSION, TURN, WAR, key


def reactions_of(frame: Frame, binder: Binder, slots: Sequence[str]) -> dict[str, tuple[Reaction, ...]]:
    """Bind every reaction to each moment it may follow, by key."""
    bound = {moment: list(bindings(frame, moment, kind, slots)) for moment, kind in MOMENTS.items()}
    found: dict[str, list[Reaction]] = {}
    for table, item in frame.library.all("reaction", ReactionTable):
        if table.on not in MOMENTS:
            frame.problems.no_such(item.spot.at("on"), "moment", table.on, MOMENTS)
            continue
        for name, binding in bound[table.on]:
            then = binder.effects(table.then, binding, item.spot.at("then"))
            when = binder.conditions(table.when, binding, item.spot.at("when"))
            if then and not can_never_hold(when):
                found.setdefault(name, []).append(Reaction(table.id, table.text, when, then))
    return {name: tuple(reactions) for name, reactions in found.items()}


def bindings(frame: Frame, moment: str, kind: str, slots: Sequence[str]) -> Iterable[tuple[str, Binding]]:
    """Yield the key and the words of every occasion of a moment."""
    what = f"a reaction to {moment}"
    if kind == TURN:
        for capital in frame.role:
            yield key(moment, capital), frame.sitting(capital, what)
    elif kind == DECLARATION:
        for capital, dyad, slot in product(frame.role, frame.dyads, (*slots, "")):
            yield key(moment, capital, dyad.id, slot), _declaring(frame, capital, dyad, slot, what)
    elif kind in (MOVE, ANSWER):
        for dyad in frame.dyads:
            for capital in dyad.parties:
                yield key(moment, capital, dyad.id), frame.moving(capital, dyad, what)
    elif kind == WAR:
        for dyad in frame.local:
            yield key(moment, dyad.challenger, dyad.id), frame.moving(dyad.challenger, dyad, what)
    else:
        yield from (_granting(frame, moment, kind, dyad, what) for dyad in frame.local if dyad.patron)


def _granting(frame: Frame, moment: str, kind: str, dyad: Dyad, what: str) -> tuple[str, Binding]:
    """Return a moment between patron and partner."""
    self, target = (dyad.patron, dyad.partner) if kind == PERMISSION else (dyad.partner, dyad.patron)
    words = frame.roles(dyad) | {"self": (self,), "target": (target,)}
    return key(moment, self, dyad.id), Binding(what, words)


def _declaring(frame: Frame, capital: str, dyad: Dyad, slot: str, what: str) -> Binding:
    """Bind a declaration: the target is warned, the sheet is the warned one's, the threat is what is threatened."""
    warned = dyad.other(capital) if capital in dyad.parties else dyad.challenger
    pair = f"{warned}>{dyad.other(warned)}"
    words = {
        "self": (capital,),
        "target": (warned,),
        "pair": (pair,),
        "threat": threats_voiced(frame, capital, pair, slot),
    }
    return Binding(what, frame.roles(dyad) | words)


def threats_voiced(frame: Frame, capital: str, pair: str, slot: str) -> tuple[str, ...]:
    """Return the threats of a sheet that a capital speaks for: its own, else those it gives the freedom to carry out."""
    sheet = frame.scenario.sheet.get(pair)
    here = [threat for threat in sheet.threat if threat.slot == slot] if sheet and slot else []
    own = tuple(threat.id for threat in here if threat.owner == capital)
    granted = tuple(
        threat.id
        for threat in here
        if isinstance(threat.free, dict) and str(threat.free.get("from", "")).startswith(f"{capital}>")
    )
    return own or granted


def standing_of(frame: Frame, binder: Binder) -> Iterable[Standing]:
    """Bind every standing effect to the capitals of its roles; without roles it is bound once."""
    for table, item in frame.library.all("standing", StandingTable):
        if not table.each:
            yield _standing(binder, table, item, Binding("a standing effect without each"), table.id)
        for capital, role in frame.role.items():
            if role in table.each:
                yield _standing(
                    binder, table, item, frame.sitting(capital, "a standing effect"), f"{table.id}:{capital}"
                )


def _standing(binder: Binder, table: StandingTable, item: Item, binding: Binding, name: str) -> Standing:
    return Standing(
        name,
        table.text,
        binder.conditions(table.when, binding, item.spot.at("when")),
        binder.effects(table.then, binding, item.spot.at("then")),
    )
