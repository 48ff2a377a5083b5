"""The report as a value: every line of it rests on facts that exist, and says what they say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache

import pytest
from msgspec import Struct
from msgspec.structs import replace

from tests.exercises import a_game
from tests.games import february, played, three_capitals
from tests.seminars import a_branch, a_seminar, cuts, random_seminars, the_branch, the_seminar
from wargame.difference import difference
from wargame.errors import ExerciseError, UsageError
from wargame.export import words
from wargame.export.jsonl import jsonl
from wargame.export.rows import walk
from wargame.ledger import ledger
from wargame.log import header_of
from wargame.recorded import Recorded, all_lines
from wargame.report import model
from wargame.report.compose import report_of
from wargame.report.evidence import short, when
from wargame.report.material import material
from wargame.report.model import Reference, Report
from wargame.report.theories import under_theories
from wargame.rules import events as fact
from wargame.rules.flips import ratings_of
from wargame.rules.journal import Entry
from wargame.rules.ladder import Ladder
from wargame.rules.orders import Branch, Start

BOTH = (model.WHITE_CELL, model.PLAYERS)


@cache
def big(seed: int) -> Recorded:
    """Return a game of bots of the default scenario."""
    box, game = february(), played(february(), seed)
    start = game.steps[0].command
    assert isinstance(start, Start)
    return Recorded(header_of(box, start, seed, "0"), box, tuple(Entry(s.command, s.events) for s in game.steps))


@cache
def seminar(audience: str = model.WHITE_CELL, variant: str = model.AFTER_ACTION) -> Report:
    branches = (the_branch(), the_branch(True))
    return report_of(the_seminar(), audience=audience, variant=variant, branches=branches, name="friday.wargame")


@cache
def exercises() -> tuple[Recorded, ...]:
    """Return whole exercises of every sort, and some that are still going on."""
    found = [a_game(seed).recorded for seed in range(3)]
    found += [big(3), big(10), the_seminar(), the_branch()]
    for number, each in enumerate(random_seminars()):
        found += cuts(each.recorded, 1, number)
    return tuple(found)


@cache
def reports(audience: str = model.WHITE_CELL, variant: str = model.AFTER_ACTION) -> tuple[tuple[Recorded, Report], ...]:
    return tuple((each, report_of(each, audience=audience, variant=variant)) for each in exercises())


def references(value: object) -> Iterator[Reference]:
    if isinstance(value, Reference):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from references(each)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from references(getattr(value, name))


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from texts(getattr(value, name))


# References


@pytest.mark.parametrize("audience", BOTH)
def test_every_reference_leads_to_the_line_it_names(audience: str) -> None:
    """Number, line, turn, phase and whether it was rewound are those of the log that the report says it counts in."""
    cited = 0
    for recorded, report in reports(audience):
        lines = jsonl(recorded, report.log).splitlines()
        rows = {row.seq: row for row in walk(recorded, report.log).rows}
        for ref in {*references(report), *references(report_of(recorded, audience=audience, variant=model.INSIGHTS))}:
            row, line = rows[ref.seq], json.loads(lines[ref.line - 1])
            assert (line["seq"], line["turn"], line["phase"]) == (ref.seq, ref.turn, ref.phase)
            assert line["event"] == row.event.__struct_config__.tag
            assert (row.turn, row.phase, row.undone) == (ref.turn, ref.phase, ref.undone)
            assert ref.quote
            assert len(ref.quote) <= 140
            cited += 1
    assert cited > 1000


@pytest.mark.parametrize("audience", BOTH)
def test_whatever_is_stated_has_evidence(audience: str) -> None:
    for _, report in reports(audience):
        assert all(finding.evidence for finding in report.findings)
        assert all(moment.refs for moment in report.moments)
        assert all(said.refs for chapter in report.chronology for said in chapter.lines)
        assert all(said.refs for said in report.overview.summary)
        assert all(declared.refs for declared in report.credibility.declared)


def test_texts_are_finished_and_on_one_line() -> None:
    for _, report in reports():
        for said in texts(report):
            assert "\n" not in said
        for text in (*(f.observation for f in report.findings), *(m.text for m in report.moments), report.rungs.text):
            assert text.endswith((".", "!", "?", '"')), text
            assert text[:1].isupper() or not text[:1].isalpha(), text


# The shape


def test_the_shape_is_that_of_an_after_action_report() -> None:
    report = seminar()

    names = [row.name for row in report.overview.rows]
    for name in ("Exercise name", "Exercise dates", "Scope", "Objectives", "Scenario", "Sponsor", "Point of contact"):
        assert name in names
    rows = {row.name: row for row in report.overview.rows}
    assert rows["Sponsor"].blank
    assert "friday.wargame" in rows["Exercise name"].text
    assert rows["Exercise dates"].text == "5 March 2024"
    assert rows["Adjudication"].text == "Semi-rigid, with a white cell."
    assert report.banners == ("DRAFT", "REHEARSAL")
    assert [seat.played for seat in report.overview.seats] == [True, True, True]
    assert all(0 <= seat.score <= 100 and seat.reasons for seat in report.overview.seats)
    assert [finding.number for finding in report.findings] == list(range(1, len(report.findings) + 1))
    assert {finding.kind for finding in report.findings} == {model.IMPROVE, model.OBSERVATION}
    assert all(finding.analysis == finding.recommendation == "" for finding in report.findings), "left for people"
    areas = [finding.number for finding in report.findings if finding.kind == model.IMPROVE]
    assert [row.finding for row in report.plan if row.finding] == areas
    assert all(row.action == row.responsible == row.deadline == "" for row in report.plan), "left for people"
    assert any(row.finding == 0 for row in report.plan), "there are rows to spare"
    assert report.closing[0] == report.theories_text[: len(model.SCHOOLS)] == model.SCHOOLS


def test_a_seminar_tests_no_capability() -> None:
    report = seminar(variant=model.INSIGHTS)

    assert {finding.kind for finding in report.findings} == {model.OBSERVATION}
    assert report.plan == ()
    assert report.insights is not None
    assert seminar().insights is None
    karsk = next(each for each in report.insights.decisions if each.capital == "Karsk" and each.turn == 1)
    assert 'Said with it: "Karsk is patient."' in karsk.reasons
    assert "Buy the debts of the harbour of Velm." in karsk.decided
    assert any("Who pays the pilots?" in each for each in report.insights.open)
    assert not any("Who pays" in each for each in seminar(model.PLAYERS, model.INSIGHTS).insights.open)  # type: ignore[union-attr]
    assert report_of(big(3), variant=model.INSIGHTS).insights.assumptions  # type: ignore[union-attr]


def test_what_was_drafted_and_put_aside_is_told_as_such() -> None:
    random = [each.recorded for each in random_seminars()]
    aside = [
        text for recorded in random
        for decision in report_of(recorded, variant=model.INSIGHTS).insights.decisions  # type: ignore[union-attr]
        for text in decision.rejected if text.startswith("Drafted and put aside")
    ]  # fmt: skip
    assert aside


def test_an_exercise_that_goes_on_has_a_report_too() -> None:
    recorded = a_game(3).recorded
    half = replace(recorded, entries=recorded.entries[: len(recorded.entries) // 2])
    for audience in BOTH:
        report = report_of(half, audience=audience)
        assert report.open
        assert "NOT ENDED" in report.banners
        assert report.overview.ending == ""
        assert all(seat.score == -1 for seat in report.overview.seats)
    assert report_of(replace(recorded, entries=recorded.entries[:1])).chronology[0].title == "Before the first turn"


def test_what_is_asked_for_must_exist() -> None:
    with pytest.raises(UsageError, match="Did you mean"):
        report_of(a_game(3).recorded, audience="player")
    with pytest.raises(UsageError, match="no report 'short'"):
        report_of(a_game(3).recorded, variant="short")


def test_facts_of_another_program_end_in_one_error() -> None:
    recorded = a_game(3).recorded
    strange = fact.RungChanged("no-such-dyad", "calm", "demand", "karsk", "climb")
    entries = (*recorded.entries, replace(recorded.entries[-1], events=(strange,)))
    with pytest.raises(ExerciseError, match="cannot be"):
        report_of(replace(recorded, entries=entries))


def test_findings_are_of_every_kind_and_none_judges_a_policy() -> None:
    found = [finding for _, report in reports() for finding in report.findings]
    assert {finding.kind for finding in found} == set(model.FINDING_KINDS)
    for topic in ("Deterrence", "Permission", "Perception", "The ladder"):
        assert {finding.kind for finding in found if finding.topic == topic} == {model.OBSERVATION}


# What the white cell reads


def section(report: Report, title: str) -> tuple[model.Said, ...]:
    assert report.white_cell is not None
    return next(each.lines for each in report.white_cell.sections if each.title.startswith(title))


def test_the_white_cell_finds_everything_it_did() -> None:
    report = seminar()

    overruled = [said for said in section(report, "Rulings") if said.text.startswith("Overruled")]
    assert len(overruled) == 1
    assert overruled[0].under == (
        "Reason: the winter would not allow it.", "Dissent: one of us would have let the dice stand.",
    )  # fmt: skip
    told = [said.text for said in section(report, "Orders late")]
    for label in (
        "Pass: Velm",
        "On behalf: Oster",
        "Amended: Oster",
        "Missing: Time is called, and Velm",
        "Late: Velm",
    ):
        assert any(label in text for text in told), label
    injects = " ".join(said.text for said in section(report, "Injects"))
    assert "(scheduled, conditional)" in injects
    assert '"A fog bank"' in injects
    argued = section(report, "Orders outside")[0]
    assert "Buy the debts" in argued.text
    assert any(text.startswith("The dice show") for text in argued.under)
    asked = section(report, "Questions")
    assert asked[0].under[0].endswith("Not recorded; assume that you may.")
    assert asked[1].under == ("It was not answered.",)
    assert [said.text.split(". ")[1].split(":")[0] for said in section(report, "The scribe")] == [
        "Scribe's quote on Karsk", "Scribe's moment on Velm", "Scribe's hot wash",
    ]  # fmt: skip
    early, rewound = section(report, "Rewinds")
    assert [text.split(",")[0] for text in early.under] == ["Undone: Time is called"] * 3
    assert "a map was read wrongly" in rewound.text
    assert any(text.startswith("Undone: All orders are opened") for text in rewound.under)
    assert all(ref.undone for ref in rewound.refs[1:])
    assert "first 44 of 72" not in report.white_cell.times_text  # type: ignore[union-attr]


def test_a_late_sheet_is_not_also_a_missing_one() -> None:
    """Velm was missing when time was called and came late; Oster stayed missing."""
    found = {f.observation for f in seminar().findings if f.topic == "Orders"}
    assert "1 of 12 sheets was missing: Oster (turn 2)." in found
    assert "1 of 12 sheets was given back after time was called: Velm (turn 2)." in found


def test_rewound_stretches_are_chapters_of_their_own() -> None:
    report = seminar()
    titles = [chapter.title for chapter in report.chronology]

    assert titles == [
        "Before the first turn", "Turn 1", "Turn 2", "Turn 3", "Turn 3, rewound: this does not count",
        "Turn 3, after the rewind", "Turn 3, rewound: this does not count", "Turn 4, rewound: this does not count",
        "Turn 3, after the rewind", "Turn 4, after the rewind",
    ]  # fmt: skip
    for chapter in report.chronology:
        assert all(ref.undone == said.undone for said in chapter.lines for ref in said.refs)
        if chapter.undone:
            assert chapter.stands == ()
    assert [c.title for c in report.chronology if c.stands] == [
        "Before the first turn", "Turn 1", "Turn 2", "Turn 3, after the rewind", "Turn 4, after the rewind"
    ]  # fmt: skip


def test_what_was_rewound_counts_nowhere_else() -> None:
    for each in random_seminars():
        report = report_of(each.recorded)
        counted = [check for check in report.checks if not check.undone]
        parts = (report.moments, report.findings, report.rungs, report.credibility, report.vetoes, report.sources)
        undone = [ref for ref in references(parts) if ref.undone]
        room = {fact.NoteTaken, fact.QuestionAsked, fact.QuestionAnswered}
        kinds = {type(row.event) for row in walk(each.recorded).rows if row.seq in {ref.seq for ref in undone}}
        assert kinds <= room
        resolved = [row for row in walk(each.recorded).counted if isinstance(row.event, fact.ChallengeResolved)]
        assert len(counted) == len(resolved)


def test_time_is_counted_from_the_clock() -> None:
    """Every input takes 30 seconds here; in turn 1 the orders took sixteen of them, one was a pause, 180 were given."""
    part = seminar().white_cell
    assert part is not None
    orders = next(each for each in part.times if (each.turn, each.phase) == (1, "Orders"))
    assert (orders.seconds, orders.given, orders.paused) == (480, 180, 30)
    clocks = [when(entry.at) for entry in a_seminar().entries]
    assert all(clocks)
    assert sum(each.seconds for each in part.times) == (clocks[-1] - clocks[0]).total_seconds()  # type: ignore[operator]
    assert "One phase ran over the time given, the most in turn 1, Orders: 4 min over." in part.times_text
    none = report_of(a_game(3).recorded).white_cell
    assert none is not None
    assert none.times == ()
    assert none.times_text.startswith("No clock was kept")


def test_the_time_between_a_parent_and_its_branch_is_nobodys() -> None:
    recorded = the_branch()
    began = next(n for n, each in enumerate(recorded.entries) if isinstance(each.command, Branch))
    later = datetime.fromisoformat("2024-04-05T09:00:00+00:00")
    entries = [
        replace(each, at=(later + timedelta(seconds=30 * n)).isoformat()) if n >= began else each
        for n, each in enumerate(recorded.entries)
    ]
    part = report_of(replace(recorded, entries=tuple(entries))).white_cell
    assert part is not None
    assert 0 < sum(each.seconds for each in part.times) < 24 * 3600


def test_a_branch_says_so_on_every_page() -> None:
    report = report_of(the_branch())
    assert "BRANCH of friday.wargame" in report.banners
    assert "What if Velm had been free?" in section(report, "Branches")[0].under


# Numbers


def test_a_check_under_its_own_theory_gives_what_was_recorded() -> None:
    seen = 0
    for recorded in exercises():
        box = recorded.box
        for row in walk(recorded).rows:
            if isinstance(row.event, (fact.ChallengeRolled, fact.ChallengeResolved)):
                check = row.event
                under = under_theories(box, check)
                own = next(each for each in under if each.used)
                assert (own.percent, own.low, own.high) == (check.percent, *check.band)
                assert own.holds == (check.die <= check.percent)
                assert [each.theory for each in under] == [theory.name for theory in box.theories]
                seen += 1
    assert seen > 100


def test_the_state_at_each_check_reads_the_ratings_that_were_recorded() -> None:
    """The other half, what was true, is read from the same state: so it is the state of that moment."""
    seen, apart = 0, 0
    for recorded in exercises():
        m = material(recorded, model.WHITE_CELL, model.AFTER_ACTION, False)
        for met in m.checks:
            read = m.readings(met)
            if met.row.undone:
                continue
            assert read is not None
            held, true = read
            recorded_ratings = ratings_of(recorded.box, met.check)
            answering = {threat.id: threat for threat in held.threats if threat.slot in held.slots}
            assert (held.pressure, held.nerve, held.restraint) == (
                recorded_ratings.pressure, recorded_ratings.nerve, recorded_ratings.restraint
            )  # fmt: skip
            assert {threat.id: threat for threat in recorded_ratings.threats} == answering
            seen, apart = seen + 1, apart + (true != held)
    assert seen > 40
    assert apart > 10, "somewhere things were not as they were believed to be"


def test_flips_and_bars_are_those_of_the_check() -> None:
    for check in report_of(big(3)).checks:
        assert check.known
        assert check.margin == sum(term.contribution for term in check.terms)
        assert check.low <= check.percent <= check.high
        assert all("would" in flip for flip in check.flips)


def test_rungs_over_time_end_where_the_exercise_ends() -> None:
    for recorded, report in reports():
        closes = walk(recorded).closes
        ladder: Ladder = recorded.box.ladder
        assert report.rungs.turns == tuple(close.turn for close in closes)
        for dyad, course in zip(recorded.box.dyads, report.rungs.courses, strict=True):
            block, place = recorded.box.rung_at[dyad.id]
            assert course.stands == tuple(close.values[block][place] for close in closes)
            stands = course.stands[0]
            for change in course.changes:
                assert change.source == stands, "each change begins where the last one ended"
                stands = change.to
            assert stands == course.stands[-1]
        lines = [each.rung for each in report.rungs.firebreaks]
        assert len(lines) == len(ladder.zones) - 1
        assert all(ladder.rungs[rung].zone > ladder.rungs[rung - 1].zone for rung in lines)


def test_the_path_counts_every_change_of_rung() -> None:
    for recorded, report in reports():
        changed = [row.event for row in walk(recorded).counted if isinstance(row.event, fact.RungChanged)]
        assert sum(edge.taken for edge in report.path.edges) == len(changed)
        drawn = {(e.source, e.target, e.type) for e in recorded.box.ladder.edges}
        assert drawn <= {(edge.source, edge.to, edge.type) for edge in report.path.edges}


def test_credibility_is_the_ledgers() -> None:
    for recorded, report in reports():
        book, part = ledger(recorded.box, recorded.entries), report.credibility
        assert [each.id for each in part.declared] == [claim.id for claim in book.claims]
        assert [each.status for each in part.declared] == [claim.status for claim in book.claims]
        assert [each.brier for each in part.judgements] == [round(float(each.score), 3) for each in book.scores]
        for credit, gap in zip(part.credits, book.gaps, strict=True):
            assert (credit.due, credit.kept) == (gap.due, gap.kept)
            assert (credit.gap is None) == (gap.gap is None)
            if credit.gap is not None and gap.gap is not None:
                assert abs(credit.gap - gap.gap) <= 1, "rounded"
                assert credit.gap == credit.believed - credit.credible
        assert all(0 <= p.believed <= 100 and 0 <= p.credible <= 100 for p in part.points)


def test_permission_findings_name_whom_a_veto_protected_and_where_it_stands() -> None:
    """A game with a veto, into which a refusal and a defiance are written."""
    recorded = big(10)
    place = next(
        n for n, entry in enumerate(recorded.entries) if any(isinstance(e, fact.OrdersRevealed) for e in entry.events)
    )
    entry = recorded.entries[place]
    dyad = next(dyad for dyad in recorded.box.dyads if dyad.is_local)
    refused = [
        fact.PermissionRefused(dyad.patron, dyad.partner, dyad.id, recorded.box.ladder.rungs[13].id, defied)
        for defied in (False, True)
    ]
    entries = list(recorded.entries)
    entries[place] = replace(entry, events=(*entry.events, *refused))
    report = report_of(replace(recorded, entries=tuple(entries)))

    assert [veto.kind for veto in report.vetoes] == ["refusal", "defiance", "veto"]
    refusal, defiance, veto = report.vetoes
    assert refusal.protected == recorded.box.capital[dyad.challenger].name
    assert refusal.text.endswith(f"That protected {refusal.protected}.")
    assert defiance.protected == ""
    assert defiance.text.endswith("Nobody was protected.")
    for found, kind in (
        (refusal, fact.PermissionRefused),
        (defiance, fact.PermissionRefused),
        (veto, fact.ChallengeResolved),
    ):
        row = walk(replace(recorded, entries=tuple(entries))).rows[found.ref.seq - 1]
        assert isinstance(row.event, kind)
    assert [f.observation for f in report.findings if f.topic == "Permission"] == [v.text for v in report.vetoes]


# Moments


def test_moments_are_ranked_and_each_kind_is_there_once() -> None:
    found: set[str] = set()
    for _, report in reports():
        ranked = report.moments
        assert [moment.rank for moment in ranked] == list(range(1, len(ranked) + 1))
        assert [moment.weight for moment in ranked] == sorted((m.weight for m in ranked), reverse=True)
        kinds = [moment.kind for moment in ranked if moment.kind != "scribe"]
        assert len(set(kinds)) == len(kinds)
        found.update(moment.kind for moment in ranked)
    assert found == {
        "surprise", "gap", "firebreak", "off-ramp", "broken", "belief", "veto", "overrule", "height", "scribe",
    }  # fmt: skip


def test_the_largest_surprise_is_the_least_likely_throw() -> None:
    for recorded in (big(3), *(a_game(seed).recorded for seed in range(6))):
        report = report_of(recorded)
        chances = [100 - check.percent if check.die > check.percent else check.percent for check in report.checks]
        found = next((moment for moment in report.moments if moment.kind == "surprise"), None)
        if chances and min(chances) < 50:
            assert found is not None
            assert f"had a chance of {min(chances)} in 100" in found.text
        else:
            assert found is None


def test_the_first_firebreak_is_the_first() -> None:
    for _, report in reports():
        crossed = [change for course in report.rungs.courses for change in course.changes if change.firebreak]
        found = next((moment for moment in report.moments if moment.kind == "firebreak"), None)
        assert (found is None) == (not crossed)
        if found is not None:
            assert found.refs[0].seq == min(change.ref.seq for change in crossed)


def test_the_off_ramp_was_cheap_and_was_left_for_good() -> None:
    seen = 0
    for _, report in reports():
        found = next((moment for moment in report.moments if moment.kind == "off-ramp"), None)
        if found is None:
            continue
        changes = [
            (c, change) for c in report.rungs.courses for change in c.changes if change.ref.seq == found.refs[0].seq
        ]
        (course, left), = changes  # fmt: skip
        assert left.to > left.source
        assert course.stands[-1] > left.source
        seen += 1
    assert seen


def test_the_longest_held_wrong_belief_is_the_ledgers() -> None:
    seen = 0
    for recorded, report in reports():
        wrong = [
            (claim.settled - held.turn + 1, abs(held.percent - (100 if claim.status == "kept" else 0)), held.percent)
            for claim in ledger(recorded.box, recorded.entries).claims if claim.status in ("kept", "broken")
            for held in {each.capital: each for each in claim.beliefs}.values()
        ]  # fmt: skip
        wrong = [each for each in wrong if each[1] > 50]
        if wrong:
            turns, _, percent = max(wrong)
            found = next(moment for moment in report.moments if moment.kind == "belief")
            assert f" {percent} percent" in found.text
            assert f"For {words.many(turns, 'turn')} " in found.text
            seen += 1
    assert seen


def test_a_gap_is_as_wide_as_belief_lay_from_truth() -> None:
    """A declaration that fell due lies its belief's whole error apart; whatever is widest is at least as wide."""
    for recorded, report in reports():
        claims = [
            claim for claim in ledger(recorded.box, recorded.entries).claims if claim.status in ("kept", "broken")
        ]
        errors = [
            abs(held.percent - (100 if claim.status == "kept" else 0)) * 10
            for claim in claims for held in {each.capital: each for each in claim.beliefs}.values()
        ]  # fmt: skip
        found = next((moment for moment in report.moments if moment.kind == "gap"), None)
        if found is None:
            assert not any(errors)
        else:
            assert found.weight >= max(errors, default=0)


# Other courses


def test_a_branch_is_told_against_its_parent() -> None:
    apart = difference(the_seminar(), the_branch())

    assert (apart.turn, apart.phase) == (2, "orders")
    assert "permission defensive to all" in apart.changed[0].text
    for statements in (apart.changed, apart.orders, apart.checks, apart.ends):
        for each in statements:
            assert each.parent or each.branch
            assert each.parent < len(all_lines(the_seminar()))
            assert each.branch < len(all_lines(the_branch()))
    assert any("in the branch" in each.text for each in apart.checks)
    assert apart.parted
    assert walk(the_seminar()).rows[apart.parted - 1].turn == 2


def test_the_difference_names_what_differs_and_nothing_else() -> None:
    """Rungs at each close, checks and scores are compared against both logs."""
    for branch in (a_branch(), a_branch(True)):
        parent = a_seminar()
        apart = difference(parent.recorded, branch.recorded)
        here, there = walk(parent.recorded).closes, walk(branch.recorded).closes
        for course in apart.courses:
            block, place = parent.box.rung_at[course.dyad]
            assert [c.values[block][place] for c in here] == [n for n in course.parent if n >= 0]
            assert [c.values[block][place] for c in there] == [n for n in course.branch if n >= 0]
        said = " ".join(apart.sentences())
        mine, theirs = parent.state.scores, branch.state.scores
        apart_ = [course for course in apart.courses if course.differs]
        assert len(apart.rungs) == len(apart_)
        for (capital, ours), (_, other) in zip(mine, theirs, strict=True):
            told = f"{parent.box.capital[capital].name} {other} instead of {ours}"
            assert (told in said) == (ours != other)


def test_only_a_branch_is_compared() -> None:
    for parent, other in (
        (a_game(3).recorded, a_game(4).recorded),
        (the_seminar(), the_seminar()),
        (the_branch(), the_seminar()),
        (a_game(3).recorded, big(3)),
    ):
        with pytest.raises(UsageError, match="no branch of the first"):
            difference(parent, other)


def test_the_report_tells_its_branches() -> None:
    first, second = seminar().counterfactuals
    assert first.title == "Branch 1, from turn 2, orders"
    assert first.lines[1].text == "What the branch was for: What if Velm had been free?"
    assert any(said.refs for said in first.lines[1:])
    assert second.name == "Branch 2"
    assert all(len(each.turns) == len(each.parent) == len(each.branch) for each in first.apart)
    with pytest.raises(UsageError):
        report_of(a_game(3).recorded, branches=(a_game(4).recorded,))


# Talking about it


def test_questions_are_of_every_kind_and_facts_come_with_their_sources() -> None:
    report = report_of(big(3))
    assert {question.kind for question in report.questions} == {"operational", "strategic", "behavioural", "transfer"}
    assert report.questions[0].text == february().scenario.question
    assert len({question.text for question in report.questions}) == len(report.questions)
    drawn = [row.event.card for row in walk(big(3)).counted if isinstance(row.event, fact.CardDrawn)]
    assert len(report.sources) == len(drawn)
    kinds = [source.kind for source in report.sources]
    assert kinds == sorted(kinds), "what happened before what might have"
    assert {source.verified for source in report.sources} == {True, False}
    for source in report.sources:
        assert source.verified != ("unverified" in source.source)


# Pseudonyms


def test_pseudonyms_leave_no_clock_file_parent_or_seed() -> None:
    plain = report_of(the_branch(), name="tuesday.wargame")
    assert "friday" in " ".join(texts(plain))
    for audience in BOTH:
        for recorded in (the_branch(), the_seminar()):
            report = report_of(recorded, audience=audience, name="tuesday.wargame", pseudonyms=True)
            said = " ".join(texts(report))
            for gone in ("tuesday", "friday", "2024-03", "March 2024", "seed 5", "Karsk says", "Velm asks"):
                assert gone not in said
    kept = report_of(the_seminar(), pseudonyms=True)
    assert {ref.at for ref in references(kept)} >= {"+0 min", "+2 min", "+36 min"}
    assert 'A team says: "Karsk is patient."' in " ".join(texts(kept)), "what was written stays as it was"
    assert "Karsk" in kept.overview.seats[0].capital, "a capital is a role"


def test_what_people_type_stays_on_one_line() -> None:
    assert any("We will never sign that." in each for each in texts(seminar()))
    assert report_of(a_game(3).recorded, name="a\nname").name == "a name"


def test_text_is_cut_at_a_word_and_clocks_are_read_whatever_they_are() -> None:
    assert short("one two  three", 20) == "one two three"
    assert short("a few words that are too long", 20) == "a few words that..."
    assert short("x" * 30, 20) == "x" * 17 + "..."
    assert when("yesterday") is None
    assert when("2024-03-05T09:00:00") == datetime.fromisoformat("2024-03-05T09:00:00+00:00")
    assert three_capitals().scenario.id
