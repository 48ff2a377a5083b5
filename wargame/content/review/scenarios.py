"""Scenarios as a whole: objectives and endings that say nothing, and what a scenario owes to those who play it."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.content.problems import Spot
from wargame.content.review.cards import why_never
from wargame.content.review.stage import Finding, Review, Stage
from wargame.rules.box import Objective, Outcome


def review(review: Review) -> Iterator[Finding]:
    """Yield what is odd about every scenario."""
    for stage in review.own:
        if review.looks_at(stage.frame.item):
            for place, objective in enumerate(stage.box.objectives):
                yield from _objective(stage, place, objective)
            yield from _outcomes(stage)
            yield from _endings(stage)
            yield from _owed(stage)


# Objectives


def _objective(stage: Stage, place: int, objective: Objective) -> Iterator[Finding]:
    worth = _always(stage, objective)
    if worth is None:
        return
    spot = stage.frame.spot.at("objective", place)
    if worth:
        hint = "ask for something that has to be brought about"
        yield Finding(spot, "WG761", f"is worth {worth} percent whatever happens", hint)
    else:
        yield Finding(spot, "WG762", "is worth nothing whatever happens", "ask for something that can come about")


def _always(stage: Stage, objective: Objective) -> int | None:
    """Return the percent that an objective is worth in every case; None where it depends, or was told to contradict itself."""
    numbers = stage.reach.numbers
    if objective.track is not None:
        values = numbers.values[objective.track]
        if values & (values - 1) or objective.best == objective.worst:
            return None
        raw = numbers.low[objective.track] + values.bit_length() - 1
        return max(0, min(100, (raw - objective.worst) * 100 // (objective.best - objective.worst)))
    worths = set()
    for share in objective.shares:
        if not numbers.is_consistent(share.when):
            return None
        if numbers.can_hold(share.when):
            worths.add(share.percent)
            if numbers.always_hold(share.when):
                break
    else:
        worths.add(0)
    return worths.pop() if len(worths) == 1 else None


# Endings


def _endings(stage: Stage) -> Iterator[Finding]:
    endings = stage.box.endings
    for place, ending in enumerate(endings):
        spot = stage.frame.spot.at("ending", place)
        if _is_faded(stage, ending):
            continue
        if _never(stage, ending):
            yield Finding(spot.at("when"), "WG763", f"never comes: {why_never(stage, ending.when)}")
        else:
            yield from _hides(stage, ending, endings[place + 1 :], spot)


def _hides(stage: Stage, first: Outcome, after: tuple[Outcome, ...], spot: Spot) -> Iterator[Finding]:
    numbers = stage.reach.numbers
    hidden = [each.id for each in after if numbers.can_hold(each.when) and numbers.implies(each.when, first.when)]
    if hidden:
        yield Finding(
            spot, "WG764", f"hides {', '.join(hidden)}: it holds whenever they do", "put the narrower ones first"
        )


def _is_faded(stage: Stage, ending: Outcome) -> bool:
    """Whether an ending is for a table that declined a branch: the program brings it, whatever else can come."""
    track = stage.box.track.get("world.faded")
    return track is not None and any((a[0], a[1]) == track.ref for clause in ending.when for a in clause.atoms)


def _never(stage: Stage, outcome: Outcome) -> bool:
    numbers = stage.reach.numbers
    return numbers.is_consistent(outcome.when) and not numbers.can_hold(outcome.when)


def _outcomes(stage: Stage) -> Iterator[Finding]:
    """Yield what is odd about theatre outcomes: they are bound to each theatre, and talks may bring them as well."""
    box, numbers = stage.box, stage.reach.numbers
    by_talks = {box.landing[landing].outcome for landing, _ in stage.reach.landings}
    by_theatre = [[each for each in box.theatre_outcomes if each.theatre == theatre.id] for theatre in box.theatres]
    for place, table in enumerate(stage.table.theatre_outcome):
        spot = stage.frame.spot.at("theatre_outcome", place)
        here = [outcomes[place] for outcomes in by_theatre]
        if table.id not in by_talks and all(_never(stage, each) for each in here):
            yield Finding(spot.at("when"), "WG763", f"never comes: {why_never(stage, here[0].when)}")
            continue
        hidden = [
            after.id
            for number, after in enumerate(stage.table.theatre_outcome[place + 1 :], start=place + 1)
            if after.id not in by_talks and (table.at_once or not after.at_once) and table.when is not after.when
            and any(numbers.can_hold(outcomes[number].when) for outcomes in by_theatre)
            and all(numbers.implies(outcomes[number].when, outcomes[place].when) for outcomes in by_theatre)
        ]  # fmt: skip
        if hidden:
            message = f"hides {', '.join(hidden)}: it holds whenever they do"
            yield Finding(spot, "WG764", message, "put the narrower ones first")


# What is owed


def _owed(stage: Stage) -> Iterator[Finding]:
    table, spot = stage.table, stage.frame.spot
    marks = _marks(stage)
    if "nuclear-use" in marks and not any(_is_faded(stage, ending) for ending in stage.box.endings):
        hint = 'add an ending with when = ["world.faded = yes"]'
        yield Finding(spot, "WG765", "nuclear use can be reached, and no ending is for those who decline it", hint)
    if marks & {"war", "nuclear-use"} and not table.warnings:
        yield Finding(
            spot, "WG766", "war can be reached, and there are no warnings", "add warnings = [...], a line each"
        )
    if not table.accept and not table.lesson:
        hint = "add lessons, or an acceptance list"
        yield Finding(spot, "WG767", "nothing says what it is for: no lesson, no acceptance list", hint)
    for place, capital in enumerate(table.capital):
        doctrines = stage.box.capital[capital.id].doctrines
        if len(doctrines) < 2:
            message = f"{capital.id} has {len(doctrines)} doctrine{'' if len(doctrines) == 1 else 's'}"
            yield Finding(spot.at("capital", place, "doctrines"), "WG768", message, "write another way of playing it")
    if not table.epilogue.strip():
        yield Finding(spot, "WG769", "no epilogue tells what happened in fact", "add one: dated, sober, neutral")


def _marks(stage: Stage) -> set[str]:
    """Return the marks of all rungs that can be reached."""
    rungs = stage.box.ladder.rungs
    return {
        mark
        for number, rung in enumerate(rungs)
        for mark in rung.marks
        if any(stage.reach.is_reached(dyad.id, number) for dyad in stage.box.dyads)
    }
