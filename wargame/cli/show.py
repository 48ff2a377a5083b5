"""``wargame show``: where an exercise stands, or stood at the end of a turn, as one side knows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from wargame.cli.answers import emit, heading, not_yet, side_of, tell
from wargame.cli.console import say
from wargame.errors import ExerciseError
from wargame.export import words
from wargame.recorded import Recorded
from wargame.rules.box import Box
from wargame.rules.events import Event, PhaseOpened, TurnOpened
from wargame.rules.evolve import evolve, opening
from wargame.rules.journal import effective
from wargame.rules.sight import look
from wargame.rules.state import ENDED, UPDATE, State
from wargame.rules.view import PUBLIC, View
from wargame.verification import recorded_in

_NOTHING = (0, "no", "none")


def run(*, file: Path, side: str | None, turn: int | None, json: bool, plain: bool) -> None:
    """Show a side's view of a file or log at the end of a turn, by default the latest; the public's unless told otherwise."""
    recorded = recorded_in(file)
    box = recorded.box
    view = look(box, _state_at(recorded, turn), side_of(box, side, PUBLIC))
    if json:
        emit("show", {"file": str(file), "scenario": box.scenario.id, **_body(box, view)})
        return
    _tell_situation(box, view)
    _tell_ladder(box, view, plain)
    _tell_words(box, view, plain)
    heading("Numbers (what stands at nothing is left out)", plain)
    for subject, shown in _by_subject(box, view).items():
        told = [f"{_name(name)} {_number(value)}" for name, value in shown.items() if value not in _NOTHING]
        if told:
            tell(f"{words.subject(box, subject)}: {', '.join(told)}", hang=4)


def _state_at(recorded: Recorded, turn: int | None) -> State:
    """Return the state at the close of a turn. Raises UsageError for a turn that has not come."""
    box = recorded.box
    state = opening(box)
    try:
        for entry in effective(recorded.entries):
            for event in entry.events:
                if state.turn == turn and _opens_next(event):
                    return state
                state = evolve(box, state, event)
    except (LookupError, ValueError, TypeError, AttributeError) as fault:
        raise ExerciseError(f"the recorded events cannot be followed: {fault!r}") from None
    if turn is not None and turn > state.turn:
        raise not_yet(state.turn, turn)
    return state


def _reader(box: Box, side: str) -> str:
    return words.capital(box, side) if side in box.capital else f"the {words.capital(box, side)}"


def _opens_next(event: Event) -> bool:
    """Whether an event belongs to the turn after the one that stands."""
    return isinstance(event, TurnOpened) or (isinstance(event, PhaseOpened) and event.opened == UPDATE)


def _tell_situation(box: Box, view: View) -> None:
    scenario = box.scenario
    where = "ended" if view.phase == ENDED else f"phase {view.phase}"
    tell(f"{scenario.title}, turn {view.turn} of {view.setup.turns}, {where}; as {_reader(box, view.side)} knows it.")
    tell(f"Theory {words.theory(box, view.setup.theory)}, adjudicated {view.setup.mode}.")
    if view.ending:
        tell(f"The exercise ended: {words.outcome(box, view.ending)}.")
        scores = [f"{words.capital(box, capital)} {score}" for capital, score in view.scores]
        if scores:
            tell(f"Scores of 100: {', '.join(scores)}.")


def _tell_ladder(box: Box, view: View, plain: bool) -> None:
    heading("On the ladder", plain)
    for dyad, stack in zip(box.dyads, view.stacks, strict=True):
        rung = box.ladder.rungs[stack[-1].rung]
        zone = box.ladder.zones[rung.zone].name
        climbs = [f"{box.ladder.rungs[hold.rung].id} {words.capital(box, hold.holder) or 'nobody'}" for hold in stack]
        place = words.theatre(box, dyad.theatre)
        tell(f'{dyad.name} ({place}): {rung.id} "{rung.name}", {zone}. Came by {", ".join(climbs)}.', hang=4)


def _tell_words(box: Box, view: View, plain: bool) -> None:
    heading("Declarations heard", plain)
    for heard in view.heard:
        spoken = heard.declaration
        how = f"quietly to {words.capital(box, spoken.to)}" if spoken.to else spoken.kind.replace("-", " ")
        belief = f"; believed {heard.belief} percent" if heard.belief >= 0 else ""
        promise = words.promise(box, heard.capital, spoken)
        tell(f"{heard.id}, turn {heard.turn}, {how}: {promise} ({heard.status}{belief})", hang=4)
    if not view.heard:
        say("None.")
    heading("Deliveries under way", plain)
    for coming in view.coming:
        what = words.measure(box, coming.measure, coming.target)
        tell(f"{what} from {words.capital(box, coming.capital)}: {words.many(coming.left, 'turn')} away", hang=4)
    if not view.coming:
        say("None.")
    heading("Cards so far", plain)
    for card in view.cards:
        tell(f"{card} {box.card[card].title}", hang=4)
    if not view.cards:
        say("None.")


def _by_subject(box: Box, view: View) -> dict[str, dict[str, int | float | str]]:
    """Return what the side sees of every track, by subject and name, the world first and sheets last."""
    found: dict[str, dict[str, int | float | str]] = {}
    for track in box.tracks:
        if view.knows(box, track.address):
            subject, name = words.track_name(track.address)
            found.setdefault(subject, {})[name] = view.shown(box, track.address)
    order = ["world", *box.capital, *box.theatre, *box.dyad]
    return {
        subject: found[subject] for subject in sorted(found, key=lambda s: (order.index(s) if s in order else 99, s))
    }


def _name(track: str) -> str:
    name = track.removesuffix(".seen").replace(".", " ").replace("-", " ")
    return f"{name.removesuffix(' true')} (in truth)" if track.endswith(".true") else name


def _number(value: float | str) -> str:
    return value if isinstance(value, str) else words.points(value) if isinstance(value, float) else str(value)


def _body(box: Box, view: View) -> dict[str, Any]:
    rungs = box.ladder.rungs
    return {
        "as": view.side,
        "turn": view.turn,
        "turns": view.setup.turns,
        "phase": view.phase,
        "theory": view.setup.theory,
        "mode": view.setup.mode,
        "ended": view.phase == ENDED,
        "ending": view.ending,
        "scores": dict(view.scores),
        "dyads": [
            {
                "id": dyad.id,
                "theatre": dyad.theatre,
                "rung": rungs[stack[-1].rung].id,
                "name": rungs[stack[-1].rung].name,
                "stack": [{"rung": rungs[hold.rung].id, "holder": hold.holder} for hold in stack],
            }
            for dyad, stack in zip(box.dyads, view.stacks, strict=True)
        ],
        "tracks": {t.address: view.shown(box, t.address) for t in box.tracks if view.knows(box, t.address)},
        "declarations": msgspec.to_builtins(view.heard),
        "deliveries": msgspec.to_builtins(view.coming),
        "cards": [{"id": card, "title": box.card[card].title} for card in view.cards],
        "sealed": list(view.sealed),
    }
