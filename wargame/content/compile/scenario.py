"""Compiling what is a scenario's own: objectives, outcomes, endings, the staff estimate, and the rulebook it plays by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from wargame.content.compile.binder import Binder
from wargame.content.compile.frame import Binding, Frame
from wargame.content.compile.measures import concept_exists
from wargame.content.problems import Spot, nearest_name, show
from wargame.content.schema_rules import Rulebook as RulebookTable
from wargame.content.schema_scenario import Objective as ObjectiveTable
from wargame.content.schema_scenario import Outcome as OutcomeTable
from wargame.rules.box import (
    Inject,
    Lesson,
    Objective,
    Outcome,
    Package,
    Pair,
    Prepared,
    Question,
    Rulebook,
    Scenario,
    Share,
    Timing,
)
from wargame.rules.deterrence import LINKS
from wargame.rules.ladder import Ladder

HALF_POINTS = (
    "press_nerve",
    "press_least_nerve",
    "spent_cost",
    "answered_cost",
    "break_faith_assure",
    "blow_capability",
)
"""Fields of the rulebook that content writes in points and the rules keep in half points."""

IN_FULL = Binding("a scenario")


def rulebook_of(table: RulebookTable) -> Rulebook:
    """Compile a rulebook."""
    found: dict[str, Any] = {}
    for name in Rulebook.__struct_fields__:
        value = getattr(table, name)
        found[name] = int(2 * value) if name in HALF_POINTS else tuple(value) if isinstance(value, list) else value
    found["timing"] = msgspec.convert(table.timing.model_dump(exclude_none=True), Timing) if table.timing else Timing()
    return Rulebook(**found)


def scenario_of(frame: Frame, injects: tuple[Inject, ...], inherited: tuple[str, ...]) -> Scenario:
    """Compile the words around the situation; ``inherited`` tells what an earlier exercise left behind."""
    table = frame.scenario
    history = table.history
    return Scenario(
        id=table.id,
        title=table.title,
        begins=table.begins.isoformat(),
        turn_length=table.turn,
        turns=table.turns,
        theory=table.theory,
        briefing=table.briefing,
        question=table.question,
        draws=tuple(table.draws.items()),
        history=(history.deck, history.cards) if history else ("", 0),
        injects=injects,
        epilogue=table.epilogue,
        answers=tuple(_answers(frame)),
        warnings=tuple(table.warnings),
        alone_as=_seat(frame, table.alone_as, frame.spot.at("alone_as")),
        lessons=tuple(_lessons(frame)),
        inherited=inherited,
    )


def _seat(frame: Frame, capital: str, spot: Spot) -> str:
    """Return a capital where one is named; what is none is noted."""
    if capital and capital not in frame.role:
        frame.problems.no_such(spot, "capital", capital, frame.role)
    return capital


def _lessons(frame: Frame) -> Iterable[Lesson]:
    for place, table in enumerate(frame.scenario.lesson):
        spot = frame.spot.at("lesson", place)
        concept_exists(frame, table.concept, spot)
        if table.turn > frame.scenario.turns:
            frame.problems.add(spot.at("turn"), "WG305", f"the exercise has {frame.scenario.turns} turns")
        seat = _seat(frame, table.seat, spot.at("seat"))
        yield Lesson(table.turn, table.concept, table.title, table.text, table.attempt, table.after, seat)


def _answers(frame: Frame) -> Iterable[Prepared]:
    for place, table in enumerate(frame.scenario.answer):
        for number, capital in enumerate(table.to):
            if capital not in frame.role:
                frame.problems.no_such(frame.spot.at("answer", place, "to", number), "capital", capital, frame.role)
        yield Prepared(table.about, table.text, tuple(table.to))


def objectives_of(frame: Frame, binder: Binder) -> Iterable[Objective]:
    """Compile objectives; each seat's points must come to a hundred."""
    totals = dict.fromkeys(frame.role, 0)
    for place, table in enumerate(frame.scenario.objective):
        spot = frame.spot.at("objective", place)
        if table.seat not in totals:
            frame.problems.no_such(spot.at("seat"), "capital", table.seat, totals)
            continue
        totals[table.seat] += table.points
        yield _objective(frame, binder, table, spot)
    for seat, total in totals.items():
        if total != 100:
            frame.problems.add(frame.spot, "WG401", f"the objectives of {seat} are worth {total} points, not 100")


def _objective(frame: Frame, binder: Binder, table: ObjectiveTable, spot: Spot) -> Objective:
    shares = tuple(
        Share(share.percent, binder.conditions(share.when, IN_FULL, spot.at("share", place, "when")))
        for place, share in enumerate(table.share)
    )
    if bool(shares) == bool(table.track):
        frame.problems.add(spot, "WG102", "an objective has either share, or track with worst and best")
    if not table.track:
        return Objective(table.seat, table.points, table.text, shares)
    found = binder.find(table.track, IN_FULL, spot.at("track"))
    if not found:
        return Objective(table.seat, table.points, table.text)
    track = binder.tracks.track[found[0].read]
    ends = []
    for key, value in (("worst", table.worst), ("best", table.best)):
        try:
            ends.append(track.raw(value))
        except ValueError as error:
            message, _, hint = str(error).partition(" Did you mean ")
            frame.problems.add(spot.at(key), "WG303", message.rstrip("."), f"did you mean {hint}" if hint else "")
            ends.append(0)
    if ends[0] == ends[1]:
        frame.problems.add(spot, "WG303", "worst and best are the same")
    return Objective(table.seat, table.points, table.text, (), track.ref, ends[0], ends[1])


def theatre_outcomes_of(frame: Frame, binder: Binder) -> Iterable[Outcome]:
    """Bind each outcome to each theatre, theatre by theatre; the words are those of the theatre's first local dyad."""
    _distinct(frame, "theatre_outcome", frame.scenario.theatre_outcome)
    for theatre in frame.theatres:
        dyads = sorted((d for d in frame.dyads if d.theatre == theatre.id), key=lambda d: not d.is_local)
        words = frame.roles(dyads[0] if dyads else None) | {"theatre": (theatre.id,)}
        binding = Binding("a theatre outcome", words)
        for place, table in enumerate(frame.scenario.theatre_outcome):
            yield _outcome(binder, table, binding, frame.spot.at("theatre_outcome", place), theatre.id)


def endings_of(frame: Frame, binder: Binder) -> Iterable[Outcome]:
    """Compile endings, in rulebook order."""
    _distinct(frame, "ending", frame.scenario.ending)
    for place, table in enumerate(frame.scenario.ending):
        yield _outcome(binder, table, Binding("an ending"), frame.spot.at("ending", place), "")
    last = frame.scenario.ending[-1]
    if last.when:
        spot = frame.spot.at("ending", len(frame.scenario.ending) - 1)
        frame.problems.add(spot.at("when"), "WG305", "the last ending has no conditions: every exercise ends somehow")


def _distinct(frame: Frame, key: str, tables: Sequence[OutcomeTable]) -> None:
    names = [table.id for table in tables]
    for place, name in enumerate(names):
        if name in names[:place] or name == "open":
            frame.problems.add(frame.spot.at(key, place, "id"), "WG201", f"{show(name)} is taken")


def _outcome(binder: Binder, table: OutcomeTable, binding: Binding, spot: Spot, theatre: str) -> Outcome:
    when = binder.conditions(table.when, binding, spot.at("when"))
    return Outcome(
        table.id,
        table.name,
        table.text,
        when,
        theatre=theatre,
        at_once=table.at_once,
        score_percent=table.score_percent,
    )


def question_of(frame: Frame, pairs: Sequence[Pair], ladder: Ladder) -> Question:
    """Compile what the staff estimate asks; a scenario that says nothing is asked about its first dyad's first war rung."""
    table = frame.scenario.estimate
    if table is None:
        war = next((n for n, rung in enumerate(ladder.rungs) if "war" in rung.marks), len(ladder.rungs) - 1)
        return Question(pairs[0].id if pairs else "", war, (Package("no-new-policy", "No new policy", ()),))
    spot = frame.spot.at("estimate")
    pair = next((each for each in pairs if each.id == table.pair), None)
    if pair is None:
        frame.problems.no_such(spot.at("pair"), "sheet", table.pair, [each.id for each in pairs])
    rung = frame.rung(spot.at("rung"), table.rung)
    packages = []
    for place, package in enumerate(table.package):
        for name in package.set:
            _check_rating(frame, pair, name, spot.at("package", place, "set", name))
        ratings = tuple((name, int(2 * rating)) for name, rating in package.set.items())
        packages.append(Package(package.id, package.name, ratings))
    return Question(table.pair, rung or 0, tuple(packages))


def _check_rating(frame: Frame, pair: Pair | None, name: str, spot: Spot) -> None:
    if pair is None:
        return
    terms = [*frame.terms.pressures, *frame.terms.restraints, "nerve"]
    links = [f"{threat.id}.{link}" for threat in pair.threats for link in LINKS]
    if name.endswith(".survivability"):
        message = f"a package gives the capability that is believed in; {name} only caps it: set the capability"
        frame.problems.add(spot, "WG301", message)
    elif name not in terms and name not in links:
        frame.problems.add(spot, "WG301", f"no rating {show(name)} on {pair.id}", nearest_name(name, [*terms, *links]))
