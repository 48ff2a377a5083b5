"""Rule 13 on paper: what is printed for a team, and what lies on the table, is made from that side's view and nothing else."""

from __future__ import annotations

import ast
import html
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.games import Game, by_doctrine, february, played, three_capitals
from tests.test_secrecy import CHANGES, PRIVATE
from tests.test_secrecy_exports import unseen
from wargame.export import words
from wargame.kit import parts
from wargame.kit.paper import Options
from wargame.kit.render import Pages
from wargame.rules.agenda import Due
from wargame.rules.box import Box
from wargame.rules.dice import Dice
from wargame.rules.evolve import opening
from wargame.rules.journal import Entry, replay
from wargame.rules.legal import declaration_faults, faults
from wargame.rules.orders import Argue, Command, Declaration, Draft, Seal, Signal, Start, Take
from wargame.rules.sight import look
from wargame.rules.state import NOTHING, State
from wargame.rules.view import PUBLIC, WHITE_CELL, View

OPEN = ("brief", "objectives", "orders", "beliefs", "ladder", "aid", "debrief")
"""Parts that a team holds, and parts that lie on the table."""

SIDES = ("first", "second", "third", "fourth", "fifth", PUBLIC)


def named(box: Box, side: str) -> str:
    return side if side == PUBLIC else box.capitals[SIDES.index(side)].id


def papers(box: Box, state: State, side: str, entries: Sequence[Entry] = (), turns: int = 2) -> Pages:
    """Return what one side may hold of a whole kit."""
    teams = [] if side == PUBLIC else [side]
    pages = parts.kit(box, state, Options(turns=turns), OPEN, teams, entries)
    kept = ("table/",) if side == PUBLIC else ("table/", f"teams/{side}/")
    found = {path: text for path, text in pages.items() if path.startswith(kept)}
    assert len(found) == (3 if side == PUBLIC else 7) or state.ending
    return found


@cache
def games() -> tuple[Game, ...]:
    return tuple(played(february(), seed) for seed in (1, 2, 3))


@settings(max_examples=50)
@given(
    which=st.integers(0, 2),
    moment=st.integers(0, 999),
    place=st.sampled_from(SIDES),
    fields=st.lists(st.sampled_from(sorted(PRIVATE)), min_size=3, unique=True),
    number=st.integers(0, 200),
)
def test_13_1_what_a_side_cannot_see_changes_nothing_it_holds_on_paper(
    which: int, moment: int, place: str, fields: list[str], number: int
) -> None:
    game = games()[which]
    side, state = named(game.box, place), game.steps[moment % len(game.steps)].after
    other = state
    for field in fields:
        other = CHANGES[field](game.box, other, side, number)

    assert papers(game.box, state, side) == papers(game.box, other, side), fields


@pytest.mark.parametrize("side", SIDES)
def test_13_3_a_journal_rewritten_where_a_side_did_not_look_prints_the_same_papers(side: str) -> None:
    box = february()
    side = named(box, side)
    game = games()[2]
    entries = tuple(Entry(step.command, step.events) for step in game.steps)
    other = tuple(Entry(e.command, tuple(f for event in e.events for f in unseen(box, event, side))) for e in entries)
    assert other != entries
    for upto in range(len(entries) // 5, len(entries), len(entries) // 5):
        here, there = entries[:upto], other[:upto]
        assert papers(box, replay(box, here), side, here) == papers(box, replay(box, there), side, there), upto


@pytest.mark.parametrize("side", SIDES)
def test_13_4_an_opening_on_paper_does_not_tell_how_things_really_are(side: str) -> None:
    """Opening truths are in the content; those a side may not see stand in none of its papers, nor does what follows from them."""
    box = february()
    side = named(box, side)
    hidden = {true for true, _ in box.hidden_truths[side]}
    moved = tuple(
        replace(
            block, start=tuple(12 - raw if (number, place) in hidden else raw for place, raw in enumerate(block.start))
        )
        for number, block in enumerate(box.blocks)
    )
    other = replace(box, blocks=moved)
    assert hidden
    assert other.start != box.start

    assert papers(box, opening(box), side) == papers(other, opening(other), side)


def test_13_the_laws_would_catch_papers_made_from_the_state(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kit that looked with the white cell's eyes breaks the law for every team: then the law is one."""

    def leaky(box: Box, state: State, side: str) -> View:
        everything, own = look(box, state, WHITE_CELL), look(box, state, side)
        return replace(everything, side=side, status=own.status, sheet=own.sheet, phase=own.phase)

    game = games()[0]
    states = [step.after for step in game.steps if step.after.turn in (2, 4)]
    monkeypatch.setattr(parts, "look", leaky)
    for side in (*game.box.capital, PUBLIC):
        caught = {
            field
            for state in states[::20]
            for field in ("values", "said", "drawn")
            if papers(game.box, state, side) != papers(game.box, CHANGES[field](game.box, state, side, 1), side)
        }
        assert "drawn" in caught, side
        assert side == PUBLIC or "said" in caught, side
        assert side == PUBLIC or "values" in caught, side


def test_13_of_the_kit_one_module_alone_sees_a_state() -> None:
    folder = Path(parts.__file__).parent
    sees = set()
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                named_ = {alias.name for alias in node.names}
                if node.module == "wargame.rules.sight" or (node.module == "wargame.rules.state" and "State" in named_):
                    sees.add(path.stem)
    assert sees == {"parts"}


def secret(who: str, kind: str, turn: int) -> str:
    return f"{kind}-of-{who}-in-turn-{turn}"


def secretive(box: Box, state: State, due: Due, dice: Dice) -> Command:
    """Answer as the doctrines do, leaving a word in every place that takes one, and a quiet message every turn."""
    if due.kind == "argue":
        return Argue("ruling", taken=False, reason="not here")
    given = by_doctrine(box, state, due, dice)
    view = look(box, state, due.who) if due.who in box.capital else None
    if isinstance(given, Signal) and view is not None:
        return replace(
            given, declarations=(_quiet(box, view, state.turn) or given.declarations[:0]), why=("hidden-why",)
        )
    if isinstance(given, Seal) and view is not None:
        words_ = {"note": secret(due.who, "note", state.turn), "argued": secret(due.who, "argued", state.turn)}
        sheet = replace(given.sheet, **words_)
        if faults(box, view, sheet):
            sheet = replace(sheet, argued="")
        if state.papers[box.seat[due.who]].status == NOTHING:
            return Draft(due.who, replace(sheet, note=secret(due.who, "draft", state.turn)))
        return replace(given, sheet=sheet, why=("hidden-why",))
    return given


def _quiet(box: Box, view: View, turn: int) -> tuple[Declaration, ...]:
    others = [c.id for c in box.capitals if c.id != view.side]
    to = others[turn % len(others)]
    for dyad in box.dyads:
        for action in box.actions_of[view.side]:
            said = Declaration("quiet", dyad.id, box.ladder.rungs[-1].id, Take(action.measure, action.target), to)
            if not declaration_faults(box, view, said):
                return (said,)
    return ()


@settings(max_examples=8)
@given(seed=st.integers(1, 10_000), small=st.booleans())
def test_13_3_no_secret_word_stands_on_another_teams_paper_or_on_the_table(seed: int, small: bool) -> None:
    box = three_capitals() if small else february()
    scenario = box.scenario
    start = Start(scenario.id, scenario.theory, "semi-rigid", scenario.turns, tuple(box.capital), white_cell=True)
    start = replace(start, doctrines=tuple((c.id, c.doctrines[seed % len(c.doctrines)]) for c in box.capitals))
    game = played(box, seed, secretive, start)
    found = 0
    for state in [step.after for step in game.steps][seed % 17 :: 17]:
        for side in (*box.capital, PUBLIC):
            text = html.unescape(" ".join(papers(box, state, side, turns=1).values()))
            found += _check(box, state, side, text)
    assert found, "nothing was said quietly in this game"


def _check(box: Box, state: State, side: str, text: str) -> int:
    """Look for everything a side may not know; return how many quiet messages it rightly holds."""
    for capital in box.capital:
        for kind in ("note", "argued", "draft"):
            assert side == capital or secret(capital, kind, state.turn) not in text
    assert "hidden-why" not in text
    for card in box.cards:
        if side not in card.seen and "*" not in card.seen:
            assert card.text not in text
            assert card.title not in text
    heard = {words.promise(box, h.capital, h.declaration) for h in look(box, state, side).heard}
    rightly = 0
    for said in state.said:
        promise = words.promise(box, said.capital, said.declaration)
        if said.declaration.to and promise not in heard:
            assert promise not in text, (side, said.id)
        rightly += bool(said.declaration.to) and side in (said.capital, said.declaration.to)
        assert side not in (said.capital, said.declaration.to) or words.sentence(promise) in text
    return rightly
