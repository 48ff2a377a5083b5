"""``wargame content balance``: a scenario over many games: its claims, its endings, its rungs, what every card does."""

from __future__ import annotations

from typing import Any

import msgspec

from wargame.cli.answers import check_there, emit, heading, tell
from wargame.cli.progress import counting
from wargame.content import load_compiled
from wargame.content.compile.acceptance import Asked
from wargame.content.library import looks_like_path
from wargame.errors import EXIT_CONTENT, EXIT_OK
from wargame.export import words
from wargame.rules.assessment import HONESTY
from wargame.rules.box import Box
from wargame.trials.acceptance import Verdict, tried
from wargame.trials.balance import Balance, CardUse, balance, worth

_MOST_MOVES = 3


def run(*, scenario: str, games: int, seed: int, with_worth: bool, json: bool, plain: bool) -> int:
    """Play and count; exit 3 if the scenario does not come out as its own list of claims says."""
    if looks_like_path(scenario):
        check_there(scenario)
    found = load_compiled(scenario)
    box = found.box
    with counting(games, "games") as tick:
        counted = balance(box, games, seed, tick)
    with counting(0, "games for the claims") as tick:
        verdicts = tried(box, found.acceptances, seed, tick)
    gains = _gains(box, counted) if with_worth else {}
    if json:
        emit("content-balance", {"scenario": box.scenario.id, **_body(counted, verdicts, gains)})
    else:
        _tell(box, counted, verdicts, gains, plain)
    return EXIT_OK if all(verdict.is_met for verdict in verdicts) else EXIT_CONTENT


def _gains(box: Box, counted: Balance) -> dict[str, tuple[tuple[str, float], ...]]:
    """Return what each card that came is worth to each capital."""
    came = [card.id for card in counted.cards if card.times]
    gains = {}
    with counting(len(came), "cards, each taken out of all games") as tick:
        for card in came:
            gains[card] = worth(box, card, counted.played)
            tick()
    return gains


def _tell(
    box: Box, found: Balance, verdicts: list[Verdict], gains: dict[str, tuple[tuple[str, float], ...]], plain: bool
) -> None:
    tell(
        f"{box.scenario.title} ({box.scenario.id}): {found.games} games by first doctrines, theory {box.scenario.theory}."
    )
    _tell_claims(verdicts, plain)
    heading("Endings", plain)
    names = {ending.id: ending.name for ending in box.endings}
    for ending, games in found.endings:
        tell(f"{_percent(games, found.games)}  {names.get(ending, ending)} ({ending})", hang=5)
    heading("Mean scores of 100", plain)
    tell(", ".join(f"{words.capital(box, capital)} {score:.0f}" for capital, score in found.scores))
    heading("Rungs climbed to, in how many games", plain)
    tell(", ".join(f"{rung} {_percent(games, found.games)}" for rung, games in found.rungs if games))
    idle = [measure for measure, games in found.measures if not games]
    if idle:
        heading("Measures that nobody ordered", plain)
        tell(", ".join(idle))
    heading("Cards: how often, whom they help, what they move", plain)
    for card in found.cards:
        _tell_card(box, card, found.games, dict(gains.get(card.id, ())))
    tell()
    tell("Helps: points by which the staff estimate of a challenger's step to war moves while the card is carried out.")
    tell(HONESTY)


def _tell_claims(verdicts: list[Verdict], plain: bool) -> None:
    if not verdicts:
        return
    heading("Claims of the scenario", plain)
    for verdict in verdicts:
        claim = verdict.claim
        mark = "Met" if verdict.is_met else "NOT MET"
        how = "of estimates" if isinstance(claim.claim, Asked) else f"of {claim.claim.games} games"
        tell(f"{mark}: {claim.text} ({verdict.percent} percent {how}; {claim.low} to {claim.high})", hang=4)


def _tell_card(box: Box, card: CardUse, games: int, gains: dict[str, float]) -> None:
    shifts = [f"{name} {points:+.1f}" for name, points in card.shifts if round(points, 1)]
    moves = [f"{address} {points:+.1f}" for address, points in card.moves[:_MOST_MOVES]]
    options = [f"{option} {times}" for option, times in card.options if times]
    worth_to = [f"{words.capital(box, c)} {points:+.1f}" for c, points in gains.items() if round(points, 1)]
    parts = [
        f"helps the {card.helps}" if card.helps in ("challenger", "partner") else f"helps {card.helps}",
        f"({', '.join(shifts)})" if shifts else "",
        f"moves {', '.join(moves)}" if moves else "moves nothing",
        f"chosen: {', '.join(options)}" if options else "",
        f"worth to scores: {', '.join(worth_to)}" if worth_to else "",
    ]
    told = "; ".join(part for part in parts if part).replace("; (", " (")
    tell(f"{_percent(card.games, games)}  {card.id} {card.title}: {told if card.times else 'never came'}", hang=5)


def _percent(part: int, whole: int) -> str:
    return f"{(200 * part + whole) // (2 * whole)}%"


def _body(found: Balance, verdicts: list[Verdict], gains: dict[str, tuple[tuple[str, float], ...]]) -> dict[str, Any]:
    return {
        "games": found.games,
        "endings": dict(found.endings),
        "rungs": dict(found.rungs),
        "scores": dict(found.scores),
        "measures": dict(found.measures),
        "claims": [
            {
                "text": verdict.claim.text,
                "percent": verdict.percent,
                "low": verdict.claim.low,
                "high": verdict.claim.high,
                "met": verdict.is_met,
            }
            for verdict in verdicts
        ],
        "cards": [
            {**msgspec.to_builtins(card), "shifts": dict(card.shifts), "moves": dict(card.moves),
             "options": dict(card.options), "helps": card.helps, "worth": dict(gains.get(card.id, ()))}
            for card in found.cards
        ],
    }  # fmt: skip
