"""Measure games, replay and start-up; print medians and their ratios to a yardstick of the same round."""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from hashlib import blake2b
from statistics import median

from wargame.bots.doctrine import answer
from wargame.content import load_box
from wargame.rules.agenda import TABLE, WHITE_CELL, Due, owed
from wargame.rules.box import Box
from wargame.rules.decide import advance
from wargame.rules.dice import Dice
from wargame.rules.events import Event
from wargame.rules.evolve import evolve, opening
from wargame.rules.orders import Command, Proceed, Rule, Start
from wargame.rules.sight import look
from wargame.rules.state import State

SCENARIO = "february-2022"


def yardstick() -> float:
    """Return the seconds one run of a fixed piece of work takes: hashes, tuples, a dictionary."""
    began = time.process_time()
    seen: dict[bytes, tuple[int, ...]] = {}
    values = tuple(range(40))
    for number in range(20_000):
        digest = blake2b(number.to_bytes(4, "big"), digest_size=8).digest()
        place = digest[0] % 40
        values = (*values[:place], digest[1], *values[place + 1 :])
        seen[digest[:2]] = values
    return time.process_time() - began


def answer_for(box: Box, state: State, due: Due, dice: Dice) -> Command:
    """Answer as bots do: doctrines for capitals, the table goes on, the dice stand."""
    if due.who == TABLE:
        return Proceed()
    if due.who == WHITE_CELL and state.pending is not None:
        return Rule(state.pending.rolled.die > state.pending.rolled.percent)
    return answer(box, look(box, state, due.who), due.kind, dict(state.doctrines)[due.who], dice)


def play(box: Box, seed: int) -> tuple[int, list[Event]]:
    """Play one game; return how many decisions capitals took and every event."""
    dice, state, decisions = Dice(seed), opening(box), 0
    command: Command = Start(box.scenario.id, box.scenario.theory, "rigid", box.scenario.turns)
    happened: list[Event] = []
    while True:
        state, events = advance(box, state, command, dice)
        happened += events
        due = owed(box, state)
        if not due:
            return decisions, happened
        command = answer_for(box, state, due[0], dice)
        decisions += due[0].who in box.capital


def games(box: Box, first: int, count: int) -> tuple[float, int, list[list[Event]]]:
    """Play games of consecutive seeds; return seconds, decisions and the events of each."""
    began, decisions, logs = time.process_time(), 0, []
    for seed in range(first, first + count):
        taken, happened = play(box, seed)
        decisions += taken
        logs.append(happened)
    return time.process_time() - began, decisions, logs


def replay(box: Box, logs: list[list[Event]]) -> float:
    """Return the seconds one event of these games takes to fold."""
    began, count = time.process_time(), 0
    for events in logs:
        state = opening(box)
        for event in events:
            state = evolve(box, state, event)
        count += len(events)
    return (time.process_time() - began) / count


def started(*arguments: str) -> float:
    """Return the processor seconds a fresh interpreter takes for these arguments."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=_environment())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


_COMPILED = tempfile.TemporaryDirectory(prefix="wargame-benchmarks-")


def _environment() -> dict[str, str]:
    """Return an environment in which compiled modules are kept, as on every user's machine."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": _COMPILED.name}


def measure(rounds: int, count: int) -> dict[str, float]:
    """Return medians over the rounds."""
    box = load_box(SCENARIO, content_dirs=[])
    games(box, 0, 2)
    for command in (("--help",), ("ladder", "show")):
        started("-m", "wargame", *command)
    rows: list[dict[str, float]] = []
    for number in range(rounds):
        stick = min(yardstick() for _ in range(3))
        seconds, decisions, logs = games(box, 1000 * number, count)
        event = replay(box, logs)
        bare = min(started("-c", "pass") for _ in range(3))
        rows.append(
            {
                "yardstick_ms": 1000 * stick,
                "games_per_s": count / seconds,
                "decisions_per_s": decisions / seconds,
                "decisions_per_yardstick": decisions / seconds * stick,
                "replay_us_per_event": 1e6 * event,
                "replayed_events_per_yardstick": stick / event,
                "bare_interpreter_ms": 1000 * bare,
                "help_over_bare": started("-m", "wargame", "--help") / bare,
                "ladder_show_over_bare": started("-m", "wargame", "ladder", "show") / bare,
            }
        )
    return {name: median(row[name] for row in rows) for name in rows[0]}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which medians are taken")
    parser.add_argument("--games", type=int, default=20, help="games in a round")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    found = measure(arguments.rounds, arguments.games)
    if arguments.json:
        print(json.dumps({"schema": "wargame.benchmarks", "version": 1, "python": sys.version.split()[0], **found}))
        return
    for name, value in found.items():
        print(f"{name.replace('_', ' '):<32}{value:>12,.1f}")


if __name__ == "__main__":
    main()
