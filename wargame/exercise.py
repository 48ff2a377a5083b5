"""The use cases of one recorded game: create, open, submit, run, explain.

An exercise lives in memory and, where it has a file, every accepted input is on the disk before :meth:`Exercise.submit`
returns. Nothing is printed here; the clock, the salts and the players of empty seats are arguments. Every front end is
the same loop over :meth:`Exercise.owed`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Final, Protocol

from msgspec import Struct
from msgspec.structs import replace

from wargame.bots.doctrine import answer
from wargame.errors import ExerciseError, Refused
from wargame.log import Header, Line, Place, end_place, first_line, header_of, header_text, lines_of
from wargame.recorded import Recorded, all_lines
from wargame.rules.agenda import TABLE, Due, owed
from wargame.rules.box import RULES, Box
from wargame.rules.dice import Dice
from wargame.rules.events import Event
from wargame.rules.evolve import opening
from wargame.rules.journal import Entry, accept, replay, undone
from wargame.rules.orders import Branch, CallTime, Command, Pass, Proceed, Seal, Start
from wargame.rules.sight import look
from wargame.rules.state import ENDED, State
from wargame.rules.view import View
from wargame.store import Store
from wargame.verification import Check, checks, from_file

Clock = Callable[[], datetime]
Salts = Callable[[], str]
"""Gives a fresh secret salt in hexadecimal. Without one, salts come from the seed and a game repeats exactly."""

_MOST_SEED_DIGITS: Final = 64


def program_version() -> str:
    """Return the version of this program, as installed."""
    try:
        return metadata.version("wargame")
    except metadata.PackageNotFoundError:
        return "unknown"


class Player(Protocol):
    """Anything that answers for a capital from its view alone."""

    def choose(self, view: View, kind: str, dice: Dice) -> Command:
        """Return the answer to what is owed: ``choose``, ``signal``, ``believe`` or ``orders``."""
        ...  # pragma: no cover


class DoctrinePlayer(Struct, frozen=True):
    """The player of an empty seat: it follows a doctrine of the content."""

    box: Box
    doctrine: str

    def choose(self, view: View, kind: str, dice: Dice) -> Command:
        """Return what the doctrine answers."""
        return answer(self.box, view, kind, self.doctrine, dice)


class Exercise:
    """One recorded game. Use it with ``with``, or close it: its file is held while it is open."""

    def __init__(
        self, box: Box, seed: int, state: State, *, header: Header | None = None, entries: tuple[Entry, ...] = (),
        clock: Clock | None = None, salts: Salts | None = None, players: Mapping[str, Player] | None = None,
    ) -> None:  # fmt: skip
        self.box = box
        self.seed = seed
        self.state = state
        self.entries: list[Entry] = list(entries)
        self._header = header
        self._dice = Dice(seed)
        self._clock = clock
        self._salts = salts
        self._players = dict(players or {})
        self._store: Store | None = None
        self._place: Place | None = None

    @classmethod
    def create(
        cls, box: Box, start: Start, seed: int, store: Path | None = None, *, clock: Clock | None = None,
        salts: Salts | None = None, players: Mapping[str, Player] | None = None,
    ) -> Exercise:  # fmt: skip
        """Begin an exercise with its ``start`` as first input, in a new file at ``store`` or in memory only.

        ``seed`` is a whole number of at most 64 digits. Raises Refused if the rules do not accept the start,
        UsageError if the file exists or cannot be written.
        """
        if len(str(seed)) > _MOST_SEED_DIGITS:
            raise Refused(f"a seed has at most {_MOST_SEED_DIGITS} digits")
        exercise = cls(box, seed, opening(box), clock=clock, salts=salts, players=players)
        exercise.submit(start)
        if store is not None:
            header = header_of(box, start, seed, program_version())
            line, place = first_line(box, header)
            lines, place = _written(box, place, exercise.entries[0])
            exercise._header, exercise._place = header, place
            exercise._store = Store.create(store, header_text(header), (line, *lines))
        return exercise

    @classmethod
    def open(
        cls, path: Path, *, clock: Clock | None = None, salts: Salts | None = None,
        players: Mapping[str, Player] | None = None,
    ) -> Exercise:  # fmt: skip
        """Open a file to go on with it.

        Raises ExerciseError if it is damaged, foreign or too new, UsageError if it is not there or held by another.
        """
        store, stored = Store.open(path)
        try:
            recorded = from_file(stored, path)
            exercise = cls.of(recorded, clock=clock, salts=salts, players=players)
        except BaseException:
            store.close()
            raise
        last = stored.lines[-1]
        exercise._store, exercise._place = store, end_place(last, recorded.entries)
        return exercise

    @classmethod
    def of(
        cls, recorded: Recorded, *, clock: Clock | None = None, salts: Salts | None = None,
        players: Mapping[str, Player] | None = None,
    ) -> Exercise:  # fmt: skip
        """Return a recorded exercise in memory, without its file. Raises ExerciseError if its events lead nowhere."""
        box, header = recorded.box, recorded.header
        try:
            state = replay(box, recorded.entries)
        except Exception as fault:
            raise ExerciseError(f"the recorded events cannot be followed: {fault!r}{_age(header)}") from None
        return cls(
            box, header.seed, state, header=header, entries=recorded.entries, clock=clock, salts=salts, players=players
        )

    @classmethod
    def branch(
        cls, parent: Recorded, keeps: int, given: Branch, store: Path | None = None, *, clock: Clock | None = None,
        salts: Salts | None = None, players: Mapping[str, Player] | None = None,
    ) -> Exercise:  # fmt: skip
        """Begin another course from the first ``keeps`` inputs of a recorded exercise, which stays as it is.

        The hash of the parent's last fact that counts here is put into ``given``, and the two logs are alike up to it.
        Raises Refused where the rules do not allow the branch, UsageError if the file exists or cannot be written.
        """
        past = replace(parent, entries=parent.entries[:keeps])
        if not 1 <= keeps <= len(parent.entries) or keeps - 1 in undone(parent.entries):
            raise Refused(f"there is no place after input {keeps} to branch from", "15.10")
        found = cls.of(past, clock=clock, salts=salts, players=players)
        found.submit(replace(given, head=all_lines(past)[-1].hash))
        if store is not None:
            try:
                lines = all_lines(found.recorded)
            except ValueError as fault:
                raise Refused(f"this cannot be recorded: {fault}") from None
            found._store = Store.create(store, header_text(past.header), lines)
            found._place = end_place(lines[-1], found.entries)
        return found

    @property
    def recorded(self) -> Recorded:
        """The exercise so far as a value, for exports, the ledger and the debrief."""
        header = self._header or header_of(self.box, self._start, self.seed, program_version())
        return Recorded(header, self.box, tuple(self.entries))

    @property
    def path(self) -> Path | None:
        """The exercise's file, if it has one."""
        return self._store.path if self._store else None

    @property
    def was_cut_off(self) -> bool:
        """Whether the program that last held the file ended without closing it, as when the power fails."""
        return self._store is not None and self._store.was_cut_off

    @property
    def has_ended(self) -> bool:
        """Whether the exercise is over."""
        return self.state.phase == ENDED

    @property
    def is_playable(self) -> bool:
        """Whether it was recorded under the rules of this program, so that it can go on."""
        return self._header is None or self._header.rules == RULES

    def owed(self) -> tuple[Due, ...]:
        """Return whose input is due."""
        return owed(self.box, self.state)

    def view(self, side: str) -> View:
        """Return what a side knows: a capital's id, ``public`` or ``white-cell``."""
        return look(self.box, self.state, side)

    def submit(self, command: Command, by: str = "") -> tuple[Event, ...]:
        """Carry an input to the rules and keep it; with a file, it is on the disk when this returns.

        ``by``: ``white-cell`` where it enters something on a capital's behalf.

        Raises Refused if the rules do not allow it and UsageError if it cannot be kept; then nothing has changed.
        """
        if self._header is not None:
            self._check_rules(self._header)
        if self._salts is not None and isinstance(command, (Seal, Pass, CallTime)) and not command.salt:
            command = replace(command, salt=self._salts())
        state, events = accept(self.box, self.entries, self.state, command, self._dice)
        at = self._clock().isoformat(timespec="seconds") if self._clock is not None else ""
        entry = Entry(command, events, at, by)
        if self._store is not None and self._place is not None:
            lines, place = _written(self.box, self._place, entry)
            self._store.append(lines)
            self._place = place
        self.state = state
        self.entries.append(entry)
        return events

    def run(self, hold: bool = False) -> tuple[Due, ...]:
        """Go on until a person owes something, and return what is owed; empty at the end of the exercise.

        ``hold``: the table goes on only when it is told to, so that a white cell decides when a turn opens, orders are
        revealed and consequences are drawn.
        """
        while True:
            due = self.owed()
            moved = False
            for each in due:
                if each.who == TABLE and each.kind == "proceed" and not hold:
                    self.submit(_PROCEED)
                    moved = True
                elif self._is_unplayed(each):
                    self.submit(self._player(each.who).choose(self.view(each.who), each.kind, self._dice))
                    moved = True
            if not moved:
                return due

    def seat(self, players: Mapping[str, Player]) -> None:
        """Let these answer for capitals that nobody plays, instead of their doctrines."""
        self._players |= players

    def explain(self, turn: int | None = None) -> tuple[Check, ...]:
        """Return every check that was made, or those of one turn, in order; each carries its whole working."""
        return checks(self.recorded, turn)

    def close(self) -> None:
        """Let go of the file."""
        if self._store is not None:
            self._store.close()

    def __enter__(self) -> Exercise:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def _start(self) -> Start:
        command = self.entries[0].command
        if not isinstance(command, Start):
            raise ExerciseError("the first input does not start an exercise")
        return command

    def _check_rules(self, header: Header) -> None:
        if header.rules != RULES:
            raise ExerciseError(
                f"this exercise was recorded under rules {header.rules} and this program plays by rules {RULES}: it "
                "can be shown and exported, but not continued"
            )

    def _is_unplayed(self, due: Due) -> bool:
        return due.who in self.box.capital and due.who not in self.state.setup.played

    def _player(self, capital: str) -> Player:
        found = self._players.get(capital)
        if found is None:
            chosen = dict(self.state.doctrines).get(capital) or self.box.capital[capital].doctrines[0]
            found = self._players[capital] = DoctrinePlayer(self.box, chosen)
        return found


_PROCEED: Final = Proceed()


def _written(box: Box, place: Place, entry: Entry) -> tuple[tuple[Line, ...], Place]:
    try:
        return lines_of(box, place, entry)
    except ValueError as fault:
        raise Refused(f"this cannot be recorded: {fault}") from None


def _age(header: Header) -> str:
    return f" (it was recorded under rules {header.rules}, this program has {RULES})" if header.rules != RULES else ""
