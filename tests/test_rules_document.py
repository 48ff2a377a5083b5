"""rules.md: its numbers are the code's, its tables are made from the code, and every rule it states is proven somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.rules_tables import ROOT, RULES, TABLES, laid_out, printed
from wargame.rules.box import RULES as NUMBER
from wargame.rules.box import Box
from wargame.rules.decide import LONGEST_NOTE, MOST_TURNS
from wargame.rules.deterrence import MOST_CREDIBLE
from wargame.rules.resolve.whitecell import LONGEST_TEXT

TEXT = RULES.read_text("utf-8")

SECTIONS = [
    "1 What you need", "2 Capitals, dyads, theatres", "3 The ladder", "4 The turn", "5 Adjudication",
    "6 The deterrence check", "7 Permission, deliveries, survivability", "8 War and risk", "9 Ways down",
    "10 Declarations", "11 Endings and scores", "12 Bots and doctrines", "13 Who knows what", "14 The record",
    "15 The white cell",
    "A worked check", "A worked turn", "On paper only", "What is a guess", "What this is not", "Content note", "Glossary",
]  # fmt: skip

DESCRIPTIVE = {
    "1.1": "says who sits where",
    "1.2": "lists things to bring",
    "2.1": "names roles; each role's powers are rules of their own",
    "2.2": "names a thing; where a dyad stands is rule 3.4 and 3.5",
    "2.4": "describes the sheet; how it is read is rule 6.1",
    "6.10": "says what an estimate is for; its arithmetic is rules 6.1 to 6.9",
}
"""Rules that state no mechanism, with the reason why no test proves them."""

TERMS = (
    "capital", "role", "challenger", "partner", "patron", "dyad", "theatre", "rung", "edge", "firebreak", "off-ramp", "card",
    "inject", "event", "measure", "order", "sealed", "reveal", "adjudicate", "challenge", "estimate", "outcome", "ending",
    "permission", "pledge", "declaration", "belief", "theory", "doctrine", "turn", "phase", "view", "white cell", "exercise",
    "branch", "campaign", "run", "tally", "after-action report",
    # What the rules name besides
    "anchor", "average crisis", "band", "break faith", "capability", "ceasefire", "check", "clarity", "climb", "cohesion",
    "concession", "constant", "cost", "credibility", "defiance", "delivery", "denial", "deterrence", "die", "draft",
    "entanglement", "exposure", "face", "fear", "fielded", "first blow", "floor", "free", "ground", "hazard", "holder",
    "influence", "journal", "jump", "landing", "link", "lock-in", "log", "log-odds", "loss", "margin", "mode", "moment",
    "nerve", "package", "pass", "peak", "press on", "pressure", "preventive war", "priority", "prize", "rating", "reaction",
    "readiness", "receipt", "reciprocity", "regime risk", "reply", "reputation", "restraint", "risk pool", "ruling",
    "scenario", "seen and true", "sheet", "shift", "slot", "spent threat", "stack", "stake", "standing effect", "step down",
    "surcharge", "survivability", "talks", "threat", "track", "transit", "tripwire", "veto", "war", "weakest link", "will",
    "window", "wormhole", "zone", "compellence", "counter-force", "counter-value", "fait accompli", "security dilemma",
    "spiral", "entrapment", "abandonment", "moral hazard", "extended deterrence", "answered threat", "bluff", "bond",
    "assessment", "missing", "contingency", "rehearsal", "rewind", "order outside the list", "dissent",
)  # fmt: skip
"""Names the code and its words may use (the first block is the house's list)."""

NO_EVIDENCE = "The presets illustrate schools of thought and are evidence for none of them"

_RULE = re.compile(r"^\*\*(\d+\.\d+) ([^*]+)\.\*\*", re.MULTILINE)


def rules() -> dict[str, str]:
    """Return the text of every numbered rule, on one line."""
    starts = [(found[1], found.start()) for found in _RULE.finditer(TEXT)]
    ends = [start for _, start in starts[1:]] + [TEXT.index("## A worked check")]
    return {number: " ".join(TEXT[start:end].split()) for (number, start), end in zip(starts, ends, strict=True)}


def proofs() -> set[str]:
    """Return the names of all tests."""
    found: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        found.update(re.findall(r"^\s*def (test_\w+)", path.read_text("utf-8"), re.MULTILINE))
    return found


def test_sections_stand_in_order() -> None:
    assert re.findall(r"^## (.+)$", TEXT, re.MULTILINE) == SECTIONS


def test_rules_are_numbered_in_order_without_gaps() -> None:
    counted: dict[int, int] = {}
    for number in (found[1] for found in _RULE.finditer(TEXT)):
        section, place = map(int, number.split("."))
        assert section == max([*counted, 1]) or (section == max(counted) + 1 and place == 1), number
        assert place == counted.get(section, 0) + 1, number
        counted[section] = place
    assert list(counted) == list(range(1, 16))


def test_each_rule_stands_in_its_section() -> None:
    for section in range(1, 16):
        begins = TEXT.index(f"## {section} ")
        ends = TEXT.index("\n## ", begins)
        assert {number.split(".")[0] for number in _RULE.findall(TEXT[begins:ends]) for number in number[:1]} == {
            str(section)
        }


def test_rules_that_rules_cite_exist() -> None:
    cited = set(re.findall(r"rules? (\d+\.\d+)", TEXT)) | set(re.findall(r"rules \d+\.\d+ (?:and|to) (\d+\.\d+)", TEXT))
    assert cited <= rules().keys()


def test_rules_that_the_code_cites_exist() -> None:
    known = rules().keys() | {str(section) for section in range(1, 16)}
    for path in (ROOT / "wargame").rglob("*.py"):
        text = path.read_text("utf-8")
        cited = set(re.findall(r"\brules? (\d+\.\d+)", text)) | set(
            re.findall(r'Refused\([^\n]*"(\d+(?:\.\d+)?)"\)', text)
        )
        assert cited <= known, path


def test_links_within_the_page_lead_somewhere() -> None:
    anchors = {
        re.sub(r"[^a-z0-9 -]", "", head.lower()).replace(" ", "-") for head in re.findall(r"^#+ (.+)$", TEXT, re.M)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= anchors


def test_every_rule_is_proven_or_excused() -> None:
    """A rule that states a mechanism has a test that carries its number."""
    tests = proofs()
    bare = {
        number for number in rules() if not any(name.startswith(f"test_{number.replace('.', '_')}_") for name in tests)
    }
    assert sorted(bare - DESCRIPTIVE.keys()) == []


def test_excuses_are_for_rules_that_exist_and_are_not_proven_anyway() -> None:
    tests = proofs()
    assert DESCRIPTIVE.keys() <= rules().keys()
    for number in DESCRIPTIVE:
        assert not any(name.startswith(f"test_{number.replace('.', '_')}_") for name in tests), number


def test_every_table_is_there_and_made() -> None:
    assert printed(TEXT).keys() == TABLES.keys()


@pytest.mark.parametrize("name", list(TABLES))
def test_tables_are_the_codes(box: Box, name: str) -> None:
    """``python -m tests.rules_tables`` writes them anew."""
    assert printed(TEXT)[name] == laid_out(TABLES[name](box))


def test_figures_in_the_words_are_the_rulebooks(box: Box) -> None:
    book, said = box.rulebook, rules()
    figures = {
        "1.7": f"a number of turns from 1 to {MOST_TURNS}",
        "2.6": f"keeps at most {book.save} point",
        "4.3": f"0 to {book.talks_most_concessions} concessions",
        "4.4": f"another theatre costs {book.elsewhere_cost} more",
        "6.4": f"at most 0.{MOST_CREDIBLE}",
        "6.7": f"counts as {book.spent_cost / 2:g} at most",
        "6.8": f"with a nerve of {book.press_least_nerve / 2:g} or more. It pays {book.press_nerve / 2:g} point of nerve",
        "8.4": f"{book.risk_percent} percent for each token, at most {book.risk_most}",
        "9.3": f"at least {book.talks_low} and at most {book.talks_high} percent",
        "9.4": f"it pays {book.break_faith_face} face",
        "10.1": f"Sinking costs takes {book.signal_cost} influence",
        "10.5": f"beliefs earn up to {book.belief_points} points",
        "15.4": f"costs the capital {book.late_cost} influence",
        "15.6": f"in at most {LONGEST_TEXT} characters",
        "15.7": f"It costs {book.argue_cost} influence, counts as a move",
        "14.5": f"These are rules {NUMBER}.",
    }
    for number, words in figures.items():
        assert words in said[number], number
    assert f"at most {LONGEST_NOTE} characters" in said["4.3"]
    assert f"(at most {book.argue_most})" in said["15.7"]
    assert f"if the sum exceeds {book.argue_needed}" in said["15.7"]
    assert f"counts at cost {book.answered_cost / 2:g} at most" in said["6.7"]
    assert f"by {book.break_faith_assure / 2:g}, whether" in said["9.4"]
    assert book.refund_percent == 50
    assert "half of what was paid for it comes back, rounded down" in said["5.4"]
    assert book.risk_fade == 1
    assert "one token fades" in said["8.4"]
    assert book.after_use_turns == 1
    assert "at least one turn has passed" in said["11.2"]


def test_the_average_crisis_is_the_anchor_that_is_printed(box: Box) -> None:
    assert {theory.anchor for theory in box.theories} == {58}
    assert "58 of 100 cases under every theory" in rules()["6.3"]


def test_the_worked_check_says_what_its_tables_say(box: Box) -> None:
    section = TEXT[TEXT.index("## A worked check") : TEXT.index("## A worked turn")]
    for words in (
        "The margin is -1177",
        "the result is -1249",
        "with 22 percent",
        "*mil.will*",
        "**11** percent",
        "**42**",
    ):
        assert words in " ".join(section.split())
    assert "| margin |  |  | -1177 |" in printed(TEXT)["example-terms"]


def test_the_words_that_must_stand_wherever_theories_are_shown() -> None:
    plain = " ".join(TEXT.split())
    assert plain.count(NO_EVIDENCE) >= 3
    assert NO_EVIDENCE in rules()["6.3"]


def test_the_glossary_holds_every_term_in_order() -> None:
    found = re.findall(r"^- \*\*([^*]+)\.\*\*", TEXT[TEXT.index("## Glossary") :], re.MULTILINE)
    entries = [term.lower() for term in found]
    assert entries == sorted(entries)
    assert len(set(entries)) == len(entries)
    assert [term for term in TERMS if term not in entries] == []


@pytest.mark.parametrize("path", [Path("rules.md"), Path("CHANGELOG.md")], ids=str)
def test_pages_are_plain(path: Path) -> None:
    text = (ROOT / path).read_text("utf-8")
    assert text.endswith("\n")
    assert not re.search(r"[ \t]+$", text, re.MULTILINE)
    assert "\t" not in text
