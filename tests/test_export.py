"""Exports: the same facts in each format, safe to open, and nothing in them that their reader may not know."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import json
import re
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.exercises import a_game, the_box
from wargame.errors import ExerciseError, UsageError
from wargame.export import adjudicated, directed, told
from wargame.export.csv import TABLES, orders, tables, written
from wargame.export.formats import FORMATS, export
from wargame.export.jsonl import jsonl
from wargame.export.md import chronicle
from wargame.export.rows import Row, Walk, walk
from wargame.export.sentences import consequences, sentences
from wargame.export.story import story
from wargame.export.text import cell, markdown, plain
from wargame.export.words import condition, date, many, measure, moved, points, share, thousandths
from wargame.recorded import Recorded
from wargame.rules import events as fact
from wargame.rules.events import Event
from wargame.rules.journal import Entry
from wargame.rules.notation import canonical
from wargame.rules.orders import Climb, Sheet
from wargame.rules.tracks import Change
from wargame.rules.witness import _BLANK, cut

SEEDS = range(4)
CAPITALS = tuple(capital.id for capital in the_box().capitals)
SIDES = (*CAPITALS, "public")


def recorded(seed: int = 0) -> Recorded:
    return a_game(seed).recorded


def everything(record: Recorded, side: str) -> dict[str, str]:
    return {name: text for format_ in FORMATS for name, text in export(record, format_, side).items()}


# One side


@pytest.mark.parametrize("side", SIDES)
def test_a_sides_log_has_its_own_numbers_and_its_own_chain(side: str) -> None:
    lines = jsonl(recorded(), side).splitlines()
    header = json.loads(lines[0])
    assert header["as"] == side
    assert not header.keys() & {"seed", "content", "wargame", "played", "doctrines"}
    head = hashlib.sha256(lines[0].encode()).hexdigest()
    for number, line in enumerate(lines[1:], start=1):
        found = json.loads(line)
        assert found["seq"] == number
        assert found.pop("prev") == head
        head = found.pop("hash")
        assert hashlib.sha256((json.loads(line)["prev"] + canonical(found)).encode()).hexdigest() == head
        assert not found.keys() & {"command", "at", "box"}


@pytest.mark.parametrize("side", SIDES)
def test_a_side_gets_no_receipt_of_others_and_no_terms_but_its_own(side: str) -> None:
    for line in jsonl(recorded(), side).splitlines()[1:]:
        found = json.loads(line)
        if found["event"] == "order_sealed" and found["capital"] != side:
            assert found.keys() == {"event", "capital", "seq", "turn", "phase", "prev", "hash"}
        if found["event"] == "orders_revealed":
            assert "digests" not in found
            assert all(("reply" in sheet) == (capital == side) for capital, sheet in found["sheets"])
        if found["event"] == "phase_opened":
            assert "waiting" not in found
        if found["event"] == "challenge_rolled":
            assert found["challenger"] == side
        if found["event"] == "challenge_resolved" and found["challenger"] != side:
            hidden = {"terms", "threats", "constant", "margin", "percent", "band", "die", "weakest", "protected"}
            assert not found.keys() & hidden
            assert {"challenger", "target", "dyad", "from", "to", "outcome"} <= found.keys()


@pytest.mark.parametrize("side", SIDES)
def test_fields_that_are_cut_are_so_whatever_they_hold(side: str) -> None:
    """Presence must tell nothing: of one kind of event and one relation to it, the same fields are always there."""
    box, shapes = the_box(), set()
    for seed in SEEDS:
        for row in walk(recorded(seed), side).rows:
            names = cut(box, row.event, side)
            assert names == cut(box, _otherwise(row.event, side), side)
            shapes.add((type(row.event), names))
            for name in names:
                assert getattr(row.event, name) in (_BLANK[name],), "what is cut is blank in the event too"
    assert not any(cut(box, event, "white-cell") for seed in SEEDS for event in _events(seed))
    assert (fact.OrderSealed, frozenset({"status", "sheet", "digest", "salt", "why"})) in shapes


def _events(seed: int) -> list[Event]:
    return [event for entry in recorded(seed).entries for event in entry.events]


def _otherwise(event: Event, side: str) -> Event:
    """Return the event with what ``side`` may not know told otherwise."""
    if isinstance(event, fact.BeliefStated) and event.capital != side:
        return replace(event, percent=(event.percent + 50) % 101)
    if isinstance(event, fact.OrderDrafted | fact.OrderSealed) and event.capital != side:
        other = replace(event, sheet=Sheet(note="secret"))
        return replace(other, digest="0" * 64, salt="9" * 32, why=("secret",)) if hasattr(other, "digest") else other
    if isinstance(event, fact.SignalsGiven | fact.ChoiceMade) and event.capital != side:
        return replace(event, why=("secret",))
    if isinstance(event, fact.OrdersRevealed):
        return replace(event, digests=tuple((who, "0" * 64) for who, _ in event.digests))
    if isinstance(event, fact.ChallengeRolled | fact.ChallengeResolved) and event.challenger != side:
        return replace(event, margin=event.margin + 7, percent=1, band=(1, 2), die=99, weakest="secret.free", terms=())
    if isinstance(event, fact.WarTested) and the_box().dyad[event.dyad].partner != side:
        return replace(event, percent=1, die=2)
    return event


@pytest.mark.parametrize("side", SIDES)
def test_what_a_side_may_not_know_changes_no_byte_of_its_exports(side: str) -> None:
    """Told otherwise: others' beliefs, drafts, sealed sheets, reasons, receipts and checks; the seed, the clock, the luck."""
    record = recorded(1)
    seen = {id(row.event) for row in walk(record, side).rows}
    entries = tuple(
        Entry(
            entry.command,
            tuple(event if id(event) in seen else _otherwise(event, side) for event in entry.events),
            "2001-01-01T00:00:00",
        )
        for entry in record.entries
    )
    other = replace(record, entries=entries, header=replace(record.header, seed=99, content="0" * 64, wargame="9.9"))
    assert everything(other, side) == everything(record, side)
    assert everything(other, "white-cell") != everything(record, "white-cell")


def test_a_side_reads_its_own_numbers_only() -> None:
    box = the_box()
    for side in SIDES:
        rows = list(csv.DictReader(io.StringIO(tables(recorded(), side)["turns"])))
        read = {f"{row['subject']}.{row['track']}" for row in rows}
        allowed = {track.address for track in box.tracks if box.blocks[track.block].is_seen_by(side)}
        assert read == allowed
        assert "seed" not in rows[0]


def test_no_such_side_or_format() -> None:
    with pytest.raises(UsageError, match="there is no side 'narnia'"):
        export(recorded(), "jsonl", "narnia")
    with pytest.raises(UsageError, match="there is no side"):
        export(recorded(), "md", "narnia")
    with pytest.raises(UsageError, match=r"no format 'jsonn': .* Did you mean \"jsonl\""):
        export(recorded(), "jsonn")


@pytest.mark.parametrize("format_", FORMATS)
def test_facts_of_another_world_are_refused(format_: str) -> None:
    record = recorded()
    drawn = fact.CardDrawn("no-such-deck", "no-such-card", "no-such-capital")
    strange = replace(record.entries[0], events=(*record.entries[0].events, drawn))
    for side in (CAPITALS[0], "white-cell"):
        record = replace(record, entries=(strange, *record.entries[1:]))
        if (format_, side) != ("jsonl", "white-cell"):
            with pytest.raises(ExerciseError, match="cannot be"):
                export(record, format_, side)


# Tables


@pytest.mark.parametrize("seed", SEEDS)
def test_the_tables_are_whole_and_tidy(seed: int) -> None:
    record = recorded(seed)
    found = tables(record)
    assert tuple(found) == TABLES
    for name, text in found.items():
        rows = list(csv.reader(io.StringIO(text)))
        assert len({len(row) for row in rows}) == 1, name
        assert rows[0][:3] == ["scenario", "theory", "seed"]
        assert len(set(rows[0])) == len(rows[0]), f"{name}: a column has a name of its own"
        assert "\r" not in text
    events = [event for entry in record.entries for event in entry.events]
    checks = [event for event in events if isinstance(event, fact.ChallengeResolved)]
    rows = list(csv.DictReader(io.StringIO(found["checks"])))
    assert len(rows) == len(checks)
    for row, event in zip(rows, checks, strict=True):
        parts = [int(value) for name, value in row.items() if name.startswith("contribution.") and value]
        assert sum(parts) == event.margin == int(row["margin"])
        assert (row["from"], row["to"], int(row["percent"])) == (event.source, event.to, event.percent)
    beliefs = [event for event in events if isinstance(event, fact.BeliefStated)]
    assert found["beliefs"].count("\n") == len(beliefs) + 1
    declared = [event for event in events if isinstance(event, fact.DeclarationMade)]
    assert found["declarations"].count("\n") == len(declared) + 1


@pytest.mark.parametrize("seed", SEEDS)
def test_every_order_stands_in_the_table_and_came_to_something(seed: int) -> None:
    rows = list(csv.DictReader(io.StringIO(tables(recorded(seed))["orders"])))
    assert {row["capital"] for row in rows} == set(CAPITALS)
    outcomes = {row["outcome"] for row in rows if row["kind"] not in ("none", "note")}
    known = {"carried-out", "under-way", "lapsed", "taken", "deterred", "pressed-on", "agreed", "not-agreed"}
    assert outcomes <= known | {""}
    assert {row["outcome"] for row in rows if row["kind"] == "measure"} <= {"carried-out", "under-way", "lapsed"}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_table_of_orders_holds_everything_that_was_on_a_sheet(seed: int) -> None:
    rows = list(csv.DictReader(io.StringIO(tables(recorded(seed))["orders"])))
    for event in _events(seed):
        if isinstance(event, fact.OrdersRevealed):
            for capital, sheet in event.sheets:
                mine = [row for row in rows if row["capital"] == capital][: len(sheet.moves)]
                assert len(mine) == len(sheet.moves)
    for row in rows:
        assert row["break_faith"] in ("0", "1")
        of_climb = {row["press_on"], row["defy"]} <= {"0", "1"}
        assert of_climb if row["kind"] == "climb" else row["kind"] == "reply" or not of_climb


def test_a_priority_and_the_flags_of_a_climb_stand_in_the_table_of_orders() -> None:
    box = the_box()
    capital, dyad, theatre = box.capitals[0].id, box.dyads[0].id, box.theatres[0].id
    rung = box.ladder.rungs[1].id
    sheet = Sheet(moves=(Climb(dyad, rung, True, False),), priority=theatre, break_faith=True)
    revealed = fact.OrdersRevealed(((capital, sheet), (box.capitals[1].id, Sheet())), (), ())
    columns, rows = orders(box, Walk("white-cell", (Row(1, 1, "adjudication", revealed),), ()))
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    assert [(row["kind"], row["number"]) for row in found] == [("climb", 1), ("priority", 2), ("none", 0)]
    assert [row["break_faith"] for row in found] == [1, 1, 0]
    assert (found[0]["press_on"], found[0]["defy"], found[1]["press_on"]) == (1, 0, "")
    assert found[1]["what"] == theatre


def test_the_last_close_is_the_state_at_the_end() -> None:
    game = a_game(0)
    rows = [
        row
        for row in csv.DictReader(io.StringIO(tables(game.recorded)["turns"]))
        if int(row["turn"]) == game.state.turn
    ]
    box = game.box
    for row, track in zip(rows, box.tracks, strict=True):
        raw = game.state.values[track.block][track.place]
        shown = track.shown(raw)
        assert (row["value"], row["word"]) == ((str(raw), shown) if isinstance(shown, str) else (str(shown), ""))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"), ("+cmd", "'+cmd"), ("-2", "'-2"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "' =1"), ("\r=1", "' =1"),
        ("  =1", "'  =1"), ("\uff1d1", "'\uff1d1"), ("a=b", "a=b"), ("plain", "plain"), ("", ""), ("\x1b[31m", "\\u{1b}[31m"),
        ("a\nb", "a b"), ("\u202eabc", "\\u{202e}abc"), ("Kaf\u00e9 \u2713", "Kaf\u00e9 \u2713"), ("\x00", "\\u{0}"),
    ],
)  # fmt: skip
def test_cells_are_no_formulas_and_hide_nothing(text: str, safe: str) -> None:
    assert cell(text) == safe


@given(st.lists(st.lists(st.text(max_size=8) | st.integers(-9, 9), min_size=2, max_size=2), max_size=4))
def test_any_text_survives_a_table_as_one_cell(rows: list[list[str | int]]) -> None:
    read = list(csv.reader(io.StringIO(written(("a", "b"), rows))))
    assert len(read) == len(rows) + 1
    for row, given_ in zip(read[1:], rows, strict=True):
        assert len(row) == 2
        for found, value in zip(row, given_, strict=True):
            if isinstance(value, str):
                assert not found.startswith(("=", "+", "-", "@", "\t", "\r"))
                assert found.isprintable()
            else:
                assert found == str(value), "a number stays a number"


# The chronicle


@pytest.mark.parametrize("side", [*SIDES, "white-cell"])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_chronicle_tells_every_turn(seed: int, side: str) -> None:
    game = a_game(seed)
    text = chronicle(game.recorded, side)
    for turn in range(1, game.state.turn + 1):
        assert f"\n## Turn {turn}\n" in text
    for heading in ("The end", "The path on the ladder", "Declared, believed, done"):
        assert f"\n## {heading}\n" in text
    assert "evidence for none" in text
    assert "\n\n\n" not in text
    assert not re.search(r"[ \t]\n", text)
    rolled = [row.event for row in walk(game.recorded, side).rows if isinstance(row.event, fact.ChallengeRolled)]
    assert text.count("| *together* |") == len(rolled)


def test_the_white_cells_chronicle_says_what_it_is_of() -> None:
    record = recorded()
    text = chronicle(record)
    colophon = text[text.index("\n## Colophon\n") :]
    header = record.header
    last = json.loads(jsonl(record).splitlines()[-1])["hash"]
    for said in (header.scenario, f"Seed: {header.seed}", header.theory, header.mode, header.wargame, last):
        assert str(said) in colophon.replace("\\", "")
    assert f"rules {header.rules}" in colophon
    assert all("Colophon" not in chronicle(record, side) for side in SIDES)


def _with_note(note: str) -> Recorded:
    record = recorded()
    entries = []
    for entry in record.entries:
        events = tuple(
            replace(event, sheets=tuple((who, replace(sheet, note=note)) for who, sheet in event.sheets))
            if isinstance(event, fact.OrdersRevealed)
            else event
            for event in entry.events
        )
        entries.append(replace(entry, events=events))
    return replace(record, entries=tuple(entries))


NASTY = "<script>x</script> [a](javascript:1) ![i](u) **b** `c` | d\n# e\x1b[31m \u202e &amp; <!-- $x$"


def test_text_of_people_is_no_markup_in_the_chronicle() -> None:
    text = chronicle(_with_note(NASTY), CAPITALS[0])
    line = next(line for line in text.splitlines() if "javascript" in line)
    bare = re.sub(r"\\[\\`*_\[\]<>|~&#$!]", "", line)
    assert not re.search(r"[<>`\[\]|*_#$&!]", bare)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\n# e" not in text


def test_text_of_people_is_no_formula_in_a_table() -> None:
    rows = list(csv.DictReader(io.StringIO(tables(_with_note('=HYPERLINK("http://x")'))["orders"])))
    notes = [row["text"] for row in rows if row["kind"] == "note"]
    assert notes
    assert set(notes) == {'\'=HYPERLINK("http://x")'}


@settings(max_examples=200)
@given(st.text(max_size=30))
def test_any_text_stays_on_its_line_of_markdown(text: str) -> None:
    shown = markdown(text)
    assert "\n" not in shown
    assert plain(text).isprintable()
    assert not re.search(r"(?<!\\)(?:\\\\)*[<>`\[\]|*_]", shown)


@pytest.mark.parametrize(
    ("text", "shown"), [("- a", "\\- a"), ("1. a", "\\1. a"), ("12 a", "12 a"), ("# a", "\\# a"), ("", "")]
)
def test_a_line_of_text_starts_no_list(text: str, shown: str) -> None:
    assert markdown(text) == shown


# Sentences

SILENT = {fact.PhaseOpened, fact.BeliefsClosed}


def test_every_fact_is_told_or_silent_on_purpose() -> None:
    parts = (told.SAYS, adjudicated.SAYS, directed.SAYS)
    assert {kind for part in parts for kind in part} | SILENT == set(get_args(Event))
    assert sum(map(len, parts)) == len({kind for part in parts for kind in part})


@pytest.mark.parametrize("seed", SEEDS)
def test_sentences_are_sentences(seed: int) -> None:
    box = the_box()
    for side in (*SIDES, "white-cell"):
        for row in walk(recorded(seed), side).rows:
            for text in (*sentences(box, row.event), consequences(box, row.event)):
                if text:
                    assert text[-1] in ".!?"
                    assert not text[0].islower()
                    assert "\n" not in text
                    assert "  " not in text


def test_phrases() -> None:
    assert (points(3), points(2.5), points(0.5), points(0)) == ("3", "2 1/2", "1/2", "0")
    assert (thousandths(-360), thousandths(1234), thousandths(0)) == ("-0.360", "+1.234", "+0.000")
    assert (many(1, "turn"), many(3, "turn"), many(12, "turn")) == ("one turn", "three turns", "12 turns")
    assert (date("2022-02-01"), date("soon"), date("2022-13-01")) == ("1 February 2022", "soon", "2022-13-01")


def test_a_condition_is_told_in_words() -> None:
    box = the_box()
    theatre, rung = box.theatres[0], box.ladder.rungs[2]
    assert condition(box, f"{theatre.id}.rung >= {rung.id}") == f'{theatre.name}: rung at least "{rung.name}"'


def test_a_measure_is_towards_a_friend_or_a_foe() -> None:
    box = the_box()
    action = next(each for each in box.actions if each.target)
    title, whom = box.measure[action.measure].title, box.capital[action.target].name
    assert measure(box, action.measure, action.target) == f'"{title}" towards {whom}'
    assert measure(box, action.measure) == f'"{title}"'
    titled = replace(box, measures=tuple(replace(each, title=f"Press {whom}") for each in box.measures))
    assert measure(titled, action.measure, action.target) == f'"Press {whom}"'


def test_a_lapsed_order_is_named_once_and_its_reason_is_in_words() -> None:
    box = the_box()
    action, theatre, rung = box.actions[0], box.theatres[0], box.ladder.rungs[2]
    needed = f"{theatre.id}.rung < {rung.id} or {action.capital}.face >= 2"
    lapsed = fact.OrderLapsed(action.capital, action.measure, f"{action.measure}: needs {needed}")
    who, title = box.capital[action.capital].name, box.measure[action.measure].title
    clauses = f'{theatre.name}: rung below "{rung.name}" or {who}: face at least 2'
    assert sentences(box, lapsed) == [f'{who}\'s order lapses ("{title}": needs {clauses}).']
    ended = fact.OrderLapsed(action.capital, action.measure, f"{action.measure}: the theatre {theatre.id} has ended")
    assert sentences(box, ended) == [f'{who}\'s order lapses ("{title}": the theatre {theatre.name} has ended).']


def test_what_follows_says_whose_it_is() -> None:
    box = the_box()
    first, second = box.capitals[:2]
    one = fact.MomentCame("broken", "x", "Hands had been tied.", first.id, second.id)
    assert sentences(box, one) == [f"{first.name} towards {second.name}: Hands had been tied."]
    assert sentences(box, replace(one, target="")) == [f"{first.name}: Hands had been tied."]
    assert sentences(box, replace(one, capital="", target="")) == ["Hands had been tied."]
    bound = next(each for each in box.standing if ":" in each.id)
    _, _, who = bound.id.partition(":")
    told_ = sentences(box, fact.StandingChanged(bound.id, True, "No face is left."))[0]
    assert re.fullmatch(rf"{box.capital[who].name} towards \w+: No face is left\.", told_)
    lifted = sentences(box, fact.StandingChanged(bound.id, False, "No face is left."))[0]
    assert lifted == told_.replace(": ", ", no longer: ")


def test_two_capitals_with_one_text_are_told_apart_in_the_chronicle() -> None:
    box = the_box()
    rows = [
        Row(n, 1, "update", fact.MomentCame("turn-start", "x", "Kept.", each.id)) for n, each in enumerate(box.capitals)
    ]
    assert [item.said for item in story(box, rows)] == [(f"{each.name}: Kept.",) for each in box.capitals]


def test_dice_that_are_good_when_low_say_so() -> None:
    box = the_box()
    dyad = next(each for each in box.dyads if each.is_local)
    blow = fact.BlowStruck("own", dyad.partner, "", 50, 91, False)
    assert "(they outlast it on 50 or less, the dice show 91): part of them is lost" in sentences(box, blow)[0]
    war = fact.WarTested(dyad.id, 40, 12, True)
    who = box.capital[dyad.partner].name
    assert f"({who} holds on 40 or less, the dice show 12): {who} holds" in sentences(box, war)[0]


def test_an_ending_that_cuts_scores_says_so() -> None:
    box = the_box()
    cut_short = replace(box.endings[0], score_percent=40)
    ended = fact.ExerciseEnded(cut_short.id, (), ())
    assert "Scores count 40 percent at this ending." in sentences(replace(box, endings=(cut_short,)), ended)
    assert share(replace(cut_short, score_percent=100)) == ""


def test_what_is_seen_and_what_is_true_are_told_as_one_when_alike() -> None:
    box = the_box()
    track = next(each for each in box.tracks if each.address.endswith(".seen") and each.half)
    true = track.address.removesuffix(".seen") + ".true"
    changes = (Change(track.address, 4, 6), Change(true, 4, 6))
    assert moved(box, changes).endswith(" 2 to 3 (seen and true)")
    assert moved(box, changes[:1]).endswith(" 2 to 3 (seen)")
    assert moved(box, ()) == ""


def test_the_chain_of_a_side_ends_elsewhere_than_that_of_another() -> None:
    ends = [jsonl(recorded(), side).splitlines()[-1] for side in SIDES]
    assert all(one != other for one, other in itertools.combinations(ends, 2))
