"""The words of the console: what each does, how it is called, and what is said of it in the help."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from wargame.cli.asking import Leave
from wargame.cli.page import QUIET, STRONG
from wargame.cli.whitecell import (
    arguing,
    clerk,
    going_back,
    injecting,
    looking,
    papers,
    ruling,
    status,
    steps,
    telling,
)
from wargame.cli.whitecell.room import Room
from wargame.errors import nearest
from wargame.export import words

Does = Callable[[Room, str], None]


class Word(Struct, frozen=True):
    """A word: its names (the first is its own), what may follow it, what it does, and in which part of the help it is.

    ``redraws``: the status is shown again after it if it changed anything.
    """

    names: tuple[str, ...]
    takes: str
    says: str
    does: Does
    redraws: bool = True


def _status(room: Room, _rest: str) -> None:
    status.draw(room)


def _help(room: Room, rest: str) -> None:
    page, found = room.page, find(rest) if rest else ()
    if found:
        for word in found:
            page.text(words.sentence(word.says), label=f"{_called(word)}: ", hang=2)
        return
    page.heading("Words", "? WORD says more, ? all says it of each")
    for title, group in PARTS:
        if rest.lower() == "all":
            page.text(title, style=STRONG)
            for word in group:
                page.text(words.sentence(word.says), label=f"  {_called(word)}: ", hang=6)
        else:
            page.text("; ".join(_called(word) for word in group), label=f"{title:<13}")
    page.text("The beginning of a word is enough. At every question x gives up and n TEXT takes a note.", style=QUIET)


def _called(word: Word) -> str:
    return f"{' or '.join(word.names)} {word.takes}".strip()


def _leave(_room: Room, _rest: str) -> None:
    raise Leave


def _saved(room: Room, _rest: str) -> None:
    room.page.text("Everything is on disk already, at every step. quit leaves.")


PARTS: Final[tuple[tuple[str, tuple[Word, ...]], ...]] = (
    ("The table", (
        Word(("go",), "", "the next step: open the turn, reveal, rule, draw the consequences", steps.go),
        Word(("time",), "", "call time: whoever has no sheet is missing", steps.time),
        Word(("silent",), "CAPITAL|all", "declares nothing, or has no opinion", steps.silent),
        Word(("receipts",), "", "the words of each sealed sheet, to read aloud", steps.receipts, False),
        Word(("turns",), "N REASON", "end after another number of turns", clerk.turns),
    )),
    ("Teams", (
        Word(("o",), "CAPITAL", "type for a team, from paper, whatever it owes", papers.enter),
        Word(("hand",), "CAPITAL", "hand the keyboard to a team, on a screen of its own", papers.hand),
        Word(("pass",), "CAPITAL", "a team orders nothing, on purpose", papers.pass_),
        Word(("late", "amend"), "CAPITAL REASON", "give a sheet back before the reveal", papers.reopen),
        Word(("tell",), "CAPITAL", "read out what a team must be told; tick it off", telling.tell, False),
        Word(("untell",), "CAPITAL", "take the last tick back", telling.untell, False),
        Word(("q",), "CAPITAL TEXT", "a team asks; alone: the questions", telling.question, False),
        Word(("a",), "ID TEXT", "answer a question; alone: the oldest", telling.answer, False),
    )),
    ("Adjudication", (
        Word(("sheets",), "", "all sheets side by side, clashes, what to expect", papers.sheets, False),
        Word(("rule",), "", "the ruling card of the step that waits", ruling.rule),
        Word(("argue",), "", "argue the order outside the list that waits", arguing.argue),
        Word(("read",), "TURN", "show again what was read out to all", telling.read, False),
        Word(("why",), "", "what happened last, and why", looking.why, False),
        Word(("explain",), "TURN", "the working of every check of a turn", looking.explain, False),
    )),
    ("Injects", (
        Word(("i", "injects"), "N", "the injects; read one", injecting.injects, False),
        Word(("fire",), "N", "play one now", injecting.fire),
        Word(("skip",), "N", "keep one back for good", injecting.skip),
        Word(("hold",), "N TURN", "keep one back until a turn", injecting.hold),
        Word(("improvise",), "TITLE", "make one up", injecting.improvise),
        Word(("cards",), "TEXT", "look among all cards not drawn", injecting.cards, False),
    )),
    ("The room", (
        Word(("clock",), "start N, pause, resume, +N, stop", "the countdown", clerk.clock, False),
        Word(("plan",), "MINUTES", "the run sheet, and what to cut", clerk.plan),
        Word(("n", "note"), "TEXT", "a note; or quote CAPITAL: TEXT, moment:, decision:, hot-wash:", clerk.note, False),
        Word(("board",), "", "how the projector is run", looking.board, False),
    )),
    ("Looking", (
        Word(("status",), "", "this board again; so does Enter", _status, False),
        Word(("show",), "CAPITAL", "what a capital knows", looking.show, False),
        Word(("l", "ladder"), "CAPITAL", "the ladder from here", looking.ladder, False),
        Word(("levers",), "", "what may be done now, and when it takes effect", looking.levers, False),
        Word(("?", "help"), "WORD", "these words", _help, False),
    )),
    ("Back", (
        Word(("undo",), "REASON", "take back the last input that counts", going_back.undo),
        Word(("rewind",), "TURN", "go back to a place by turn and phase", going_back.rewind),
        Word(("branch",), "TURN", "how to play another course beside this one", going_back.branch, False),
        Word(("quit", "exit"), "", "leave; everything is saved", _leave, False),
        Word(("save", "s"), "", "there is nothing to save: it is", _saved, False),
    )),
)  # fmt: skip
"""All words, by the parts of the help."""

_ALL: Final = tuple(word for _, group in PARTS for word in group)


def find(typed: str) -> tuple[Word, ...]:
    """Return the words a person may mean: one of that name, or all that begin so."""
    typed = typed.lower()
    exact = tuple(word for word in _ALL if typed in word.names)
    return exact or tuple(word for word in _ALL if any(name.startswith(typed) for name in word.names))


def unknown(typed: str, found: tuple[Word, ...]) -> str:
    """Return what to say of what was typed when it is no word, or the beginning of several."""
    if found:
        return f"{typed} could be {' or '.join(word.names[0] for word in found)}."
    names = [name for word in _ALL for name in word.names]
    return f"There is no word {typed!r}.{nearest(typed.lower(), names)} ? lists them."
