"""Endings and scores (rule 11): theatres end apart, the exercise ends once, every point has its reason."""

from __future__ import annotations

from wargame.rules.box import Box, Objective
from wargame.rules.conditions import holds
from wargame.rules.events import ExerciseEnded, Score, ScoreLine, TheatreClosed
from wargame.rules.state import State
from wargame.rules.table import Table


def close_theatres(table: Table) -> None:
    """Close theatres whose outcome comes at once."""
    for outcome in table.box.theatre_outcomes:
        if outcome.at_once and table.is_open(outcome.theatre) and holds(outcome.when, table.state.values):
            table.emit(TheatreClosed(outcome.theatre, outcome.id))


def is_over(table: Table) -> bool:
    """Whether the exercise ends with this turn."""
    state = table.state
    if state.turn >= state.setup.turns or not any(table.is_open(theatre.id) for theatre in table.box.theatres):
        return True
    if any(ending.at_once and holds(ending.when, state.values) for ending in table.box.endings):
        return True
    rested = state.turn >= state.used_on + table.box.rulebook.after_use_turns
    return bool(state.used_on) and rested and not state.moved


def conclude(table: Table) -> None:
    """Read each open theatre's outcome, name the ending and write the scores."""
    for outcome in table.box.theatre_outcomes:
        if table.is_open(outcome.theatre) and holds(outcome.when, table.state.values):
            table.emit(TheatreClosed(outcome.theatre, outcome.id))
    ending = next((each for each in table.box.endings if holds(each.when, table.state.values)), None)
    percent = ending.score_percent if ending else 100
    scores = tuple(score(table.box, table.state, capital.id, percent) for capital in table.box.capitals)
    outcomes = tuple(
        (theatre.id, str(table.box.track[f"{theatre.id}.outcome"].shown(table.raw(f"{theatre.id}.outcome"))))
        for theatre in table.box.theatres
    )
    table.emit(ExerciseEnded(ending.id if ending else "time", outcomes, scores))


def _share(state: State, objective: Objective) -> int:
    """Return what part of an objective is met, in percent."""
    for share in objective.shares:
        if holds(share.when, state.values):
            return share.percent
    if objective.track is None:
        return 0
    now = state.values[objective.track[0]][objective.track[1]]
    span = objective.best - objective.worst
    met = (now - objective.worst) * 100 // span if span else 0
    return max(0, min(100, met))


def score(box: Box, state: State, capital: str, percent: int) -> Score:
    """Return a capital's score: weighted shares of its stated objectives, cut by the ending, and its beliefs' bonus."""
    lines = []
    for objective in box.objectives:
        if objective.capital == capital:
            points = (objective.points * _share(state, objective) * percent + 5000) // 10000
            lines.append(ScoreLine(objective.text, points, objective.points))
    beliefs = belief_points(box, state, capital) * percent // 100
    return Score(capital, min(100, sum(line.points for line in lines) + beliefs), beliefs, tuple(lines))


def belief_points(box: Box, state: State, capital: str) -> int:
    """Return 0 to the rulebook's most for beliefs in declarations that fell due, by Brier's rule (rule 10.5)."""
    due = {said.id: said.status == "kept" for said in state.said if said.status in ("kept", "broken")}
    errors = [
        (held.percent - 100 * due[held.declaration]) ** 2
        for held in state.beliefs
        if held.capital == capital and held.declaration in due
    ]
    if not errors:
        return 0
    most = box.rulebook.belief_points
    return most - (most * sum(errors) + 5000 * len(errors)) // (10000 * len(errors))
