"""Measures and doctrines: what nobody can pay, what is never legal, what nobody wishes, and wishes in vain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wargame.content.library import Item
from wargame.content.review.cards import why_never
from wargame.content.review.stage import Finding, Review, Stage, named
from wargame.content.schema import Doctrine, Measure
from wargame.content.sentences import quoted
from wargame.rules.conditions import Conditions
from wargame.rules.doctrines import Preference
from wargame.rules.measures import Action
from wargame.rules.orders import Climb, Deed, Reply, StepDown, Take

NOWHERE: Final = "look at its pack and its by"


def review(review: Review) -> Iterator[Finding]:
    """Yield what is odd about measures and doctrines in the scenarios that have them."""
    ordered = {
        name
        for stage in review.own
        for doctrine in stage.box.doctrines
        for name in _ordered(doctrine.prefer, doctrine.declare)
    }
    for table, item in review.all("measure", Measure):
        bound = [
            (stage, action)
            for stage in review.having(item)
            for action in stage.box.actions
            if action.measure == item.id
        ]
        if review.own:
            yield from _measure(table, item, bound)
            if bound and item.id not in ordered:
                message = "no doctrine ever orders this, so only people do"
                yield Finding(item.spot, "WG723", message, "give a doctrine of its capital a wish for it")
    for doctrine, item in review.all("doctrine", Doctrine):
        yield from _wishes(doctrine, item, [stage for stage in review.having(item) if item.id in stage.box.doctrine])


def _measure(table: Measure, item: Item, bound: list[tuple[Stage, Action]]) -> Iterator[Finding]:
    if not bound:
        message = "no scenario has it: none has a capital that may order it, or none names its pack"
        yield Finding(item.spot, "WG722", message, NOWHERE)
        return
    purse = max(stage.reach.purse(action.capital) for stage, action in bound)
    if table.cost > purse:
        yield Finding(
            item.spot.at("cost"), "WG721", f"costs {table.cost}; nobody who may order it ever has more than {purse}"
        )
        return
    if any(_key(action) in stage.reach.actions for stage, action in bound):
        return
    stage, action = bound[0]
    if stage.reach.numbers.is_consistent(action.when):
        stages = list(dict.fromkeys(stage for stage, _ in bound))
        why = why_never(stage, action.when) or "those who could pay it are not those whose conditions hold"
        yield Finding(item.spot.at("when"), "WG722", f"can never be ordered in {named(stages)}: {why}")


def _key(action: Action) -> tuple[str, str, str]:
    return action.capital, action.measure, action.target


def _ordered(prefer: tuple[Preference, ...], declare: tuple[object, ...]) -> Iterator[str]:
    deeds = [deed for wish in prefer for deed in (wish.move, wish.reply.then if wish.reply else None)]
    deeds += [getattr(word, "deed", None) for word in declare]
    yield from (deed.measure for deed in deeds if isinstance(deed, Take))


# Wishes


def _wishes(table: Doctrine, item: Item, stages: list[Stage]) -> Iterator[Finding]:
    """Yield the wishes that no scenario with this doctrine can grant."""
    reasons: dict[int, list[str]] = {}
    for stage in stages:
        made = stage.made.doctrines[item.id].prefer
        for place in range(len(table.prefer)):
            wish = made.get(place)
            why = "it is not there to be ordered" if wish is None else _why_not(stage, table.seat, wish)
            reasons.setdefault(place, []).append(why)
    for place, found in reasons.items():
        if all(found):
            message = f"{quoted(table.prefer[place].order)} is never granted in {named(stages)}: {found[0]}"
            yield Finding(item.spot.at("prefer", place), "WG724", message)


def _why_not(stage: Stage, seat: str, wish: Preference) -> str:
    """Return why a wish can never be granted, or an empty string; what contradicts itself was told already."""
    if not stage.reach.numbers.is_consistent(wish.when):
        return ""
    if not stage.reach.numbers.can_hold(wish.when):
        return why_never(stage, wish.when)
    if wish.reply is not None:
        return _reply(stage, seat, wish.reply)
    if wish.terms is not None:
        landings = (wish.terms.landing, wish.terms.dyad)
        return "" if stage.reach.can_land(*landings, wish.when) else "no talks reach that landing while it is wished"
    if wish.move is not None:
        return _deed(stage, seat, wish.move, wish.when)
    if wish.priority:
        theatres = {dyad.theatre for dyad in stage.box.local_dyads(seat)}
        return "" if len(theatres) > 1 else f"{seat} stands behind partners in one theatre only and sets no priority"
    return ""


def _reply(stage: Stage, seat: str, reply: Reply) -> str:
    rung = stage.box.rung_number[reply.rung]
    if not stage.reach.rungs(reply.dyad) >> rung:
        return f"{reply.dyad} never stands at {reply.rung}"
    return _deed(stage, seat, reply.then, ())


def _deed(stage: Stage, seat: str, deed: Deed | StepDown, when: Conditions) -> str:
    if isinstance(deed, Take):
        return _take(stage, seat, deed, when)
    if isinstance(deed, Climb):
        wanted = stage.box.rung_number[deed.to] if deed.to else -1
        steps = [s for s in stage.box.steps_of[seat] if s.dyad == deed.dyad and wanted in (-1, s.target)]
        if any(stage.reach.can_take(step, when) for step in steps):
            return ""
        return "no edge leads there while it is wished"
    if isinstance(deed, StepDown):
        stands = stage.reach.rungs(deed.dyad)
        return "" if stands & (stands - 1) else f"{deed.dyad} has no rung to step down from"
    return ""


def _take(stage: Stage, seat: str, take: Take, when: Conditions) -> str:
    action = stage.box.action.get((seat, take.measure, take.target))
    if action is None:
        return "it is not there to be ordered"
    if action.cost > stage.reach.purse(seat):
        return f"{seat} can never pay it"
    if stage.reach.numbers.can_hold(action.when, when):
        return ""
    return (
        why_never(stage, action.when)
        if not stage.reach.numbers.can_hold(action.when)
        else ("what the measure asks and what the wish asks exclude each other")
    )
