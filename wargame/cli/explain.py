"""``wargame explain``: the whole working of every check, to the last thousandth, and what would have flipped it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from wargame.cli.answers import check_turn, emit, heading, tell
from wargame.errors import ExerciseError
from wargame.export import words, working
from wargame.export.adjudicated import OUTCOMES
from wargame.rules.box import Box
from wargame.rules.deterrence import scale
from wargame.rules.events import Term, ThreatTerm
from wargame.rules.flips import Flip, flips, ratings_of
from wargame.verification import Check, checks, recorded_in

_MOST_FLIPS = 6


def run(*, file: Path, turn: int | None, json: bool, plain: bool) -> None:
    """Print the working of every check of a file or log, or of those of one turn."""
    recorded = recorded_in(file)
    if turn is not None:
        check_turn(recorded, turn)
    found = checks(recorded, turn)
    if json:
        rows = [_row(recorded.box, check) for check in found]
        emit("explain", {"file": str(file), "turn": turn, "checks": rows})
        return
    if not found:
        tell("No check was made." if turn is None else f"No check was made in turn {turn}.")
    for check in found:
        _told(recorded.box, check, plain)


def _flips(box: Box, check: Check) -> tuple[Flip, ...]:
    found = check.resolved
    try:
        return flips(box, box.theory[found.theory], ratings_of(box, found), found.die)
    except (LookupError, ValueError, OverflowError) as fault:
        raise ExerciseError(
            f"event {check.seq}: the check does not fit the content it was made with: {fault!r}"
        ) from None


def _row(box: Box, check: Check) -> dict[str, Any]:
    body: dict[str, Any] = msgspec.to_builtins(check.resolved)
    body.pop("changes", None)
    flipped = [msgspec.to_builtins(flip) for flip in _flips(box, check)]
    return {"seq": check.seq, "turn": check.turn, **body, "flips": flipped}


def _told(box: Box, check: Check, plain: bool) -> None:
    found = check.resolved
    heading(f"Turn {check.turn}, event {check.seq}: {working.step(box, found)}", plain)
    tell(f"Theory: {words.theory(box, found.theory)}. Contributions are thousandths; minus drives the step.")
    counted = {threat.slot: threat for threat in found.threats if threat.counts}
    for side, title in (("pressure", "For the step"), ("restraint", "Against it")):
        tell(f"{title}:")
        for term in found.terms:
            if term.side == side:
                tell(_term(term, counted.get(term.name)), indent=2, hang=6)
    for threat in found.threats:
        tell(_threat(box, threat), indent=2, hang=6)
    tell(
        f"Sum {_signed(found.margin)}, constant {_signed(found.constant)}: log-odds "
        f"{_signed(found.margin + found.constant)}, that is {found.percent} percent that the step is not taken "
        f"({found.band[0]} to {found.band[1]})."
    )
    weakest = working.weakest_link(box, found)
    if weakest:
        tell(weakest)
    above = "above" if found.die > found.percent else "not above"
    tell(f"The dice showed {found.die}, {above} {found.percent}: {OUTCOMES.get(found.outcome, found.outcome)}.")
    if found.protected:
        tell(f"The veto behind the weakest link protected {words.capital(box, found.protected)}.")
    tell(_flipped(_flips(box, check), found.die > found.percent))


def _term(term: Term, threat: ThreatTerm | None) -> str:
    weight = _decimal(term.weight)
    if threat is not None:
        cost = _decimal(scale(round(threat.cost * 2)))
        factors = f"credibility {_decimal(threat.credibility)} x cost {words.points(threat.cost)} ({cost})"
    elif term.name == "nerve":
        factors = f"{words.points(term.rating)}, {_signed(round((term.rating - 3) * 1000))} from neutral"
    else:
        factors = f"{words.points(term.rating)} ({_decimal(scale(round(term.rating * 2)))})"
    return f"{term.name}: {factors} x weight {weight} = {_signed(term.contribution)}"


def _threat(box: Box, threat: ThreatTerm) -> str:
    links = ", ".join(f"{text} {words.points(getattr(threat, link))}" for link, text in words.LINKS.items())
    counts = "" if threat.counts else "; another one counts in its place"
    return (
        f"Threat {threat.name} of {words.capital(box, threat.owner)}: {links}; credibility "
        f"{_decimal(threat.credibility)}, weakest link {words.LINKS.get(threat.weakest, threat.weakest)}{counts}"
    )


def _flipped(found: tuple[Flip, ...], taken: bool) -> str:
    said = "not taken" if taken else "taken"
    if not found:
        return f"No single rating, moved by one point, would have made the dice say: {said}."
    told = [
        f"{f.name} {words.points(f.new)} for {words.points(f.old)} ({f.percent} percent)" for f in found[:_MOST_FLIPS]
    ]
    more = f", or {len(found) - _MOST_FLIPS} others" if len(found) > _MOST_FLIPS else ""
    return f"One point would have made the dice say {said}: {'; '.join(told)}{more}."


def _decimal(number: int) -> str:
    return f"{number // 1000}.{number % 1000:03d}"


def _signed(number: int) -> str:
    return words.thousandths(number)
