"""No sealed or private text is in the players' report: a law over random games in which every text is marked.

What may appear is worked out here from the facts alone, not with the code under test: only what was said to the whole
table (:mod:`wargame.report.redaction` has the list in words).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec
import pytest
from msgspec.structs import fields, replace

from tests.games import february, played
from tests.seminars import UNHEARD, Marked, cuts, random_seminar, random_seminars, the_branch, the_seminar
from tests.test_secrecy_exports import recorded as as_recorded
from tests.test_secrecy_exports import unseen
from wargame.exercise import Exercise
from wargame.export.rows import walk
from wargame.recorded import Recorded
from wargame.report import model
from wargame.report.compose import report_of
from wargame.report.redaction import KEPT_BACK, TYPED, laid_open
from wargame.rules import events as fact
from wargame.rules.events import Event
from wargame.rules.journal import Entry
from wargame.rules.orders import Note, Rewind
from wargame.rules.state import ENDED

MARK = re.compile(r"7q\d{4}[a-z]+q7")


def marks_in(value: object) -> set[str]:
    return set(MARK.findall(msgspec.json.encode(value).decode()))


def said_to_all(recorded: Recorded) -> set[str]:
    """Return the marked texts that everybody heard or read: at a reveal, in an argument, or from the white cell."""
    found: list[object] = []
    for entry in recorded.entries:
        for event in entry.events:
            if isinstance(event, fact.OrdersRevealed):
                found += [(sheet.note, sheet.argued) for _, sheet in event.sheets]
            elif isinstance(event, (fact.ArgumentOpened, fact.ArgumentSettled, fact.TurnsSet, fact.Rewound)):
                found.append(event)
            elif isinstance(event, (fact.RulingMade, fact.OrderReopened)):
                found.append(event.reason)
            elif isinstance(event, fact.InjectImprovised) and not event.to:
                found.append(event)
    return set().union(*(marks_in(each) for each in found)) if found else set()


@cache
def marked() -> tuple[Marked, ...]:
    by_hand = Marked(the_seminar(), (UNHEARD,))  # a draft that time was called on, rewound before anybody saw it
    return (by_hand, *random_seminars(), *(random_seminar(seed) for seed in range(100, 110)))


def players(recorded: Recorded) -> Iterator[model.Report]:
    for variant in model.VARIANTS:
        yield report_of(recorded, audience=model.PLAYERS, variant=variant, name="the-file")
    yield report_of(recorded, audience=model.PLAYERS, pseudonyms=True)


# The law


def test_13_4_the_players_report_holds_no_text_that_was_not_said_to_all() -> None:
    """Every game is looked at as it stood at some moments on the way, and at its end."""
    written: set[str] = set()
    for number, game in enumerate(marked()):
        for recorded in cuts(game.recorded, 2, number):
            allowed = said_to_all(recorded)
            for report in players(recorded):
                found = marks_in(report)
                assert found <= allowed, sorted(found - allowed)
                written |= {mark[6:-2] for mark in found}
    assert written >= {"note", "argued", "reason", "title", "text", "rewound", "pro", "con"}, (
        "the law is about something"
    )


def test_13_4_the_white_cells_report_holds_what_the_players_do_not() -> None:
    """The same games: so the texts are there to be left out."""
    kept: set[str] = set()
    for game in marked():
        both = [report_of(game.recorded, variant=variant) for variant in model.VARIANTS]
        found = set().union(*(marks_in(report) for report in both))
        hidden = found - said_to_all(game.recorded)
        kept |= {mark[6:-2] for mark in hidden}
    assert kept >= {"dissent", "scribe", "question", "answer", "withheld", "injected", "why", "note", "text", "title"}


def test_a_sheet_rewound_before_its_reveal_was_read_by_nobody() -> None:
    report = report_of(the_seminar(), audience=model.PLAYERS)
    text = msgspec.json.encode(report).decode()

    assert "a sealed word that nobody heard" not in text
    assert "Karsk is patient." in text, "a public line of a revealed sheet was read out"
    for gone in (
        "a first try",
        "Who pays the pilots",
        "let the dice stand",
        "A letter",
        "A quiet word",
        "looked to Oster",
    ):
        assert gone not in text
    for told in ("the winter would not allow it", "A fog bank", "a map was read wrongly", "Buy the debts"):
        assert told in text
    assert "An inject was improvised for Velm alone." in text
    assert report.white_cell is None
    assert "2024-" not in text, "no clock"


def test_with_pseudonyms_no_reason_or_note_stands_under_a_capital_in_the_insights() -> None:
    written: set[str] = set()
    for game in marked():
        plain, hidden = (report_of(game.recorded, variant=model.INSIGHTS, pseudonyms=each) for each in (False, True))
        assert plain.insights is not None
        assert hidden.insights is not None
        written |= {mark[6:-2] for mark in marks_in(plain.insights.decisions)}
        assert not {mark for mark in marks_in(hidden.insights.decisions) if mark[6:-2] in ("why", "note", "argued")}
    assert written >= {"why", "note", "argued"}


def test_a_branch_is_not_named_for_players() -> None:
    for recorded in (the_branch(), the_seminar()):
        report = report_of(recorded, audience=model.PLAYERS)
        text = msgspec.json.encode(report).decode()
        assert "friday" not in text
        assert "What if Velm had been free?" not in text
    told = report_of(the_seminar(), audience=model.PLAYERS, branches=(the_branch(),))
    assert told.counterfactuals
    assert "What if Velm had been free?" not in msgspec.json.encode(told).decode()


def test_branches_that_go_on_are_kept_from_players() -> None:
    branch, parent = the_branch(), the_seminar()
    going_on = replace(branch, entries=branch.entries[:-1])
    assert report_of(parent, audience=model.PLAYERS, branches=(going_on,)).counterfactuals == ()
    open_ = replace(parent, entries=parent.entries[:60])
    assert report_of(open_, audience=model.PLAYERS, branches=(branch,)).counterfactuals == ()


# While the exercise goes on


@pytest.mark.parametrize("seed", [3, 7])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_13_3_until_the_end_players_read_what_the_public_saw(seed: int, share: float) -> None:
    """A log rewritten wherever the public was not looking gives the same report, to the byte."""
    box, game = february(), played(february(), seed)
    steps = game.steps[: int(len(game.steps) * share)]
    entries = tuple(Entry(step.command, step.events) for step in steps)
    altered = tuple(
        Entry(e.command, tuple(a for event in e.events for a in unseen(box, event, "public"))) for e in entries
    )
    assert altered != entries
    here, there = as_recorded(box, seed, entries), as_recorded(box, 1234, altered)

    for variant in model.VARIANTS:
        first = report_of(here, audience=model.PLAYERS, variant=variant)
        assert first.open
        assert first.log == "public"
        assert first == report_of(there, audience=model.PLAYERS, variant=variant)


def test_until_the_end_players_read_of_no_check_how_likely_it_was() -> None:
    found = 0
    for game in marked():
        for recorded in cuts(game.recorded, 2):
            report = report_of(recorded, audience=model.PLAYERS)
            if report.open:
                assert all(not check.known and check.percent == check.die == 0 for check in report.checks)
                assert report.credibility.points == ()
                assert report.epilogue == ""
                found += 1
    assert found


def test_an_end_that_was_rewound_is_no_end() -> None:
    recorded = the_seminar()
    ended = next(n for n, e in enumerate(recorded.entries) if any(isinstance(x, fact.ExerciseEnded) for x in e.events))

    exercise = Exercise.of(replace(recorded, entries=recorded.entries[: ended + 1]))
    assert exercise.state.phase == ENDED
    exercise.submit(Rewind(ended - 4, "one more turn after all"))
    report = report_of(exercise.recorded, audience=model.PLAYERS)
    assert report.open
    assert report.log == "public"


# Completeness


def test_every_text_of_a_fact_is_accounted_for() -> None:
    """A new kind of fact, or a new field of text, must say whether people type it; then the law above covers it."""
    content = {
        "capital", "capitals", "scenario", "theory", "mode", "played", "doctrines", "opened", "waiting", "measure", "target",
        "delayed", "cause", "deck", "card", "asks", "option", "declarations", "id", "declaration", "pair", "withdraws",
        "status", "order", "patron", "partner", "permission", "test", "witnesses", "dyad", "landing", "offered", "concessions",
        "outcome", "broken_by", "missing", "challenger", "edge", "source", "to", "terms", "threats", "weakest", "firebreak",
        "protected", "threat", "owner", "moment", "heard", "theatre", "ending", "outcomes", "scores", "method", "kind", "did",
        "phase", "changes", "under_way", "prices", "sheets", "digests", "band", "dice", "decline", "mark",
    }  # fmt: skip
    from_content = {
        fact.StandingChanged: {"text"}, fact.TestThrown: {"text"}, fact.MomentCame: {"text"}, fact.OrderLapsed: {"reason"},
    }  # fmt: skip
    for kind in Event.__args__:
        if issubclass(kind, KEPT_BACK):
            continue
        for field in fields(kind):
            if field.type in (int, bool) or field.name in TYPED.get(kind, ()):
                continue
            name = field.name
            assert name in content or name in from_content.get(kind, ()), (
                f"{kind.__name__}.{name}: is it typed by people?"
            )


def test_what_is_laid_open_is_what_the_public_heard_in_every_field_people_type_in() -> None:
    for game in marked():
        rows = walk(game.recorded).rows
        told = [laid_open(game.recorded.box, row.event) for row in rows]
        assert all(each is None or type(each) is type(row.event) for row, each in zip(rows, told, strict=True))
        assert marks_in(told) <= said_to_all(game.recorded)


def test_notes_after_the_end_change_nothing_for_players() -> None:

    exercise = Exercise.of(the_seminar())
    before = report_of(exercise.recorded, audience=model.PLAYERS)
    exercise.submit(Note("hot-wash", "Three downs: the map."))
    assert report_of(exercise.recorded, audience=model.PLAYERS) == before
