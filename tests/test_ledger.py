"""The credibility ledger says what was declared, who believed it, what became of it and what held it back."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from tests.exercises import a_game
from tests.tiny_box import tiny_box
from wargame.ledger import (
    BROKEN,
    KEPT,
    OPEN,
    WITHDRAWN,
    Believed,
    Finding,
    Gap,
    Weighed,
    last_beliefs,
    ledger,
    of_events,
)
from wargame.rules.events import (
    BeliefStated,
    ChallengeResolved,
    DeclarationDue,
    DeclarationMade,
    Event,
    ExerciseEnded,
    PermissionRefused,
    Rewound,
    ThreatTerm,
)
from wargame.rules.journal import Entry
from wargame.rules.orders import Climb, Declaration, Dial, Proceed, Rewind, Start

BOX = tiny_box()
SAID = Declaration("tie-hands", "north-south", "rung-1", Climb("north-south", "rung-2"))


def made(number: int, said: Declaration = SAID, withdraws: str = "", who: str = "south") -> DeclarationMade:
    return DeclarationMade(f"{who}-{number}", who, said, "north>south", 0, withdraws)


def threat(owner: str, credibility: int, weakest: str, counts: bool, slot: str = "own") -> ThreatTerm:
    return ThreatTerm(f"of-{owner}", slot, owner, 3, 5, 1, 2, 4, credibility, weakest, counts)


def check(*threats: ThreatTerm, protected: str = "", challenger: str = "north", target: str = "south") -> Event:
    return ChallengeResolved(
        challenger, target, "north-south", "e", "rung-0", "rung-1", "plain", (), threats, 0, 0, 50, (40, 60), 51, "own.free",
        "taken", protected,
    )  # fmt: skip


def told(*events: tuple[int, Event]):  # type: ignore[no-untyped-def]
    return of_events(BOX, ((turn, "signal", event) for turn, event in events))


def test_a_claim_gathers_beliefs_tests_and_its_fate() -> None:
    book = told(
        (1, made(1)),
        (1, BeliefStated("north", "south-1", 40)),
        (2, BeliefStated("north", "south-1", 10)),
        (2, BeliefStated("south", "somebody-else", 10)),
        (2, check(threat("south", 120, "free", True), threat("west", 300, "will", False))),
        (2, DeclarationDue("south-1", "south", (), True)),
        (3, check(threat("south", 900, "will", True))),
    )
    (claim,) = book.claims
    assert claim.status == KEPT
    assert claim.settled == 2
    assert claim.beliefs == (Believed("north", 1, 40), Believed("north", 2, 10))
    assert last_beliefs(claim) == (("north", 10),)
    assert claim.tests == (Weighed(2, "rung-1", "of-south", 120, "free", True, "taken"),), "only while it was open"


def test_a_claim_may_be_replaced_or_never_fall_due() -> None:
    book = told((1, made(1)), (2, made(2, withdraws="south-1")), (3, made(3, withdraws="no-such")))
    assert [(claim.status, claim.settled) for claim in book.claims] == [(WITHDRAWN, 2), (OPEN, 0), (OPEN, 0)]
    book = told((1, made(1)), (2, DeclarationDue("south-1", "south", (), False)), (3, made(2, withdraws="south-1")))
    assert [claim.status for claim in book.claims] == [BROKEN, OPEN], "what fell due is not withdrawn"


def test_only_the_threat_a_claim_voices_is_noted() -> None:
    permits = replace(SAID, deed=Dial("south", "all", True))
    book = told(
        (1, made(1, permits, who="west")),
        (2, check(threat("south", 110, "free", True), threat("south", 500, "will", True, slot="other"))),
        (2, check(threat("south", 110, "free", True), challenger="south", target="north")),
    )
    assert [test.threat for test in book.claims[0].tests] == ["of-south"], "a patron speaks for its partner's threat"


def test_of_several_threats_in_a_slot_the_one_that_counts_is_noted() -> None:
    """Not the last listed: the conventional answer may be credible and count while a costlier one is not."""
    counted, cheap = threat("south", 700, "will", True), threat("south", 300, "free", False)
    for listed in ((counted, cheap), (cheap, counted)):
        (test,) = told((1, made(1)), (2, check(*listed))).claims[0].tests
        assert (test.credibility, test.weakest, test.counted) == (700, "will", True)
    mild, dear = replace(cheap, cost=1), replace(cheap, credibility=200, cost=4.5)
    (test,) = told((1, made(1)), (2, check(threat("west", 900, "will", True), dear, mild))).claims[0].tests
    assert (test.credibility, test.counted) == (200, False), "another's threat took its place"


def test_brier_is_exact() -> None:
    book = told(
        (1, made(1)),
        (1, made(2)),
        (1, made(3)),
        (1, BeliefStated("north", "south-1", 90)),
        (1, BeliefStated("north", "south-2", 30)),
        (1, BeliefStated("north", "south-3", 100)),
        (1, BeliefStated("south", "south-3", 100)),
        (2, DeclarationDue("south-1", "south", (), True)),
        (2, DeclarationDue("south-2", "south", (), False)),
    )
    (score,) = book.scores
    assert score.capital == "north"
    assert score.beliefs == 2
    assert score.score == Fraction(1, 20), "(0.1 squared + 0.3 squared) / 2"


def test_findings_name_whom_a_veto_protected() -> None:
    book = told(
        (1, check(threat("south", 120, "free", True), protected="north")),
        (1, check(threat("south", 120, "free", True))),
        (2, PermissionRefused("west", "south", "north-south", "rung-2", False)),
        (3, PermissionRefused("west", "south", "north-south", "rung-2", True)),
    )
    assert book.findings == (
        Finding(1, "veto", "", "south", "north-south", "rung-1", "north"),
        Finding(2, "refusal", "west", "south", "north-south", "rung-2", "north"),
        Finding(3, "defiance", "west", "south", "north-south", "rung-2"),
    )


def test_an_empty_journal_has_an_empty_ledger() -> None:
    book = ledger(BOX, ())
    assert (book.claims, book.findings, book.scores) == ((), (), ())


@pytest.mark.parametrize("seed", range(12))
def test_the_ledger_agrees_with_the_scores_of_the_game(seed: int) -> None:
    """The rules give points for beliefs by the same error: the two must tell the same story of every game."""
    game = a_game(seed)
    book = ledger(game.box, game.entries)
    ended = next(e for entry in game.entries for e in entry.events if isinstance(e, ExerciseEnded))
    ending = next((each for each in game.box.endings if each.id == ended.ending), None)
    percent = ending.score_percent if ending else 100
    most = game.box.rulebook.belief_points
    errors = {each.capital: each for each in book.scores}
    for score in ended.scores:
        mine = errors.get(score.capital)
        expected = 0
        if mine is not None:
            total = mine.score * 10000 * mine.beliefs
            assert total.denominator == 1
            expected = most - (most * int(total) + 5000 * mine.beliefs) // (10000 * mine.beliefs)
        assert score.beliefs == expected * percent // 100


def test_the_gap_is_belief_less_credibility_declaration_by_declaration() -> None:
    """Two declarations were both believed and checked: 60 against (120 + 300) / 2, and 20 against 500 thousandths."""
    book = told(
        (1, made(1)),
        (1, made(2)),
        (1, made(3)),
        (1, BeliefStated("north", "south-1", 90)),
        (1, BeliefStated("west", "south-1", 30)),
        (1, BeliefStated("north", "south-3", 10)),
        (1, check(threat("south", 120, "free", True))),
        (1, DeclarationDue("south-3", "south", (), True)),
        (2, check(threat("south", 300, "will", True))),
        (2, DeclarationDue("south-1", "south", (), False)),
        (3, made(4)),
        (3, BeliefStated("north", "south-4", 20)),
        (3, check(threat("south", 500, "will", True))),
    )
    (gap,) = book.gaps
    assert (gap.capital, gap.declared, gap.tested) == ("south", 4, 3)
    assert gap.believed == Fraction(60 + 10 + 20, 3)
    assert gap.credible == Fraction(21 + 12 + 50, 3)
    assert gap.gap == Fraction(7, 3)
    assert (gap.due, gap.kept, gap.judged) == (2, 1, 2)
    assert gap.believed_due == 35
    assert gap.kept_gap == 35 - 50


def test_a_belief_counts_once_however_often_it_was_changed() -> None:
    book = told(
        (1, made(1)),
        (1, BeliefStated("north", "south-1", 90)),
        (2, BeliefStated("north", "south-1", 10)),
        (2, check(threat("south", 400, "free", True))),
    )
    (gap,) = book.gaps
    assert gap.believed == 10
    assert gap.gap == -30, "believed less than it was credible"


def test_where_there_is_nothing_to_compare_there_is_no_gap() -> None:
    (gap,) = told((1, made(1)), (2, DeclarationDue("south-1", "south", (), True))).gaps
    assert gap == Gap("south", 1, due=1, kept=1)
    assert gap.gap is None
    (gap,) = told((1, made(1)), (1, BeliefStated("north", "south-1", 50))).gaps
    assert (gap.gap, gap.kept_gap, gap.believed) == (None, None, None)
    assert told((1, check(threat("south", 400, "free", True)))).gaps == ()


def test_what_was_rewound_is_in_no_ledger() -> None:
    """A declaration, a belief and a veto in a stretch that a rewind took back."""
    start = Entry(Start("tiny", "plain", "semi-rigid", 3, white_cell=True), ())
    kept = Entry(Proceed(), (made(1), BeliefStated("north", "south-1", 40)))
    gone = Entry(Proceed(), (made(2), check(threat("south", 120, "free", True), protected="north")))
    back = Entry(Rewind(2, "a map was read wrongly"), (Rewound(2, 1, "signal", "a map was read wrongly"),))

    assert len(ledger(BOX, (start, kept, gone)).claims) == 2
    book = ledger(BOX, (start, kept, gone, back))
    assert [claim.id for claim in book.claims] == ["south-1"]
    assert book.claims[0].tests == ()
    assert book.findings == ()
    assert book.gaps[0].declared == 1
