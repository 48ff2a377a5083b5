"""The report as a page and as Markdown: whole, self-contained, safe, with a text for every picture and a place for every claim."""

from __future__ import annotations

import itertools
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.exercises import a_game
from tests.report_pages import HOSTILE, hostile, seminar_page, seminar_report, small_report, the_seminar
from wargame.cli import call
from wargame.cli.report import _unpacked
from wargame.errors import ExerciseError, UsageError
from wargame.export.jsonl import jsonl
from wargame.export.text import markdown
from wargame.log import header_text
from wargame.pages import css_string
from wargame.recorded import all_lines
from wargame.report.cited import cited_in
from wargame.report.html import page, pictures_of
from wargame.report.md import document
from wargame.report.model import SCHOOLS, Course, Firebreak, RungFigure
from wargame.report.outline import parts
from wargame.report.pictures import svg
from wargame.report.pictures.ladder import STYLES, scale
from wargame.report.pictures.room import broken, fitted, initials, lanes, spread, width_of
from wargame.report.pictures.rungs import corners, rungs_over_time
from wargame.report.pictures.terms import terms_of
from wargame.report.tables import decimal, signed
from wargame.store import Store

SVG = "{http://www.w3.org/2000/svg}"
PAGES = [
    ("white-cell", "after-action"),
    ("white-cell", "insights"),
    ("players", "after-action"),
    ("players", "insights"),
]
VOID = {"meta", "br", "img", "link", "hr", "input"}


class Read(HTMLParser):
    """What a browser would make of a page: elements with their attributes, ids, links, texts by element; it must nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.stack: list[str] = []
        self.feed(text)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), f"an attribute of {tag} stands twice"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.stack:
            self.texts.append((self.stack[-1], data))

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.elements if "id" in attrs]

    @property
    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements}

    def said(self) -> str:
        return " ".join(" ".join(text for tag, text in self.texts if tag != "style").split())


def drawings(text: str) -> list[ET.Element]:
    return [ET.fromstring(found) for found in re.findall(r"<svg .*?</svg>", text, re.DOTALL)]


# The page


@pytest.mark.parametrize(("audience", "variant"), PAGES)
def test_the_page_needs_nothing_from_elsewhere(audience: str, variant: str) -> None:
    text = seminar_page(audience, variant)
    read = Read(text)
    assert not read.tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "video", "audio"}
    assert all((attrs.get("href") or "#").startswith("#") for _, attrs in read.elements)
    assert not any(name.startswith("on") or name in ("src", "style") for _, attrs in read.elements for name in attrs)
    assert {text[at : at + 26] for at in (m.start() for m in re.finditer("https?://", text))} <= {
        "http://www.w3.org/2000/svg"
    }
    assert re.findall(r"@import|url\((?!#)", text) == []
    policy = [attrs["content"] for _, attrs in read.elements if attrs.get("http-equiv") == "Content-Security-Policy"]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]


@pytest.mark.parametrize(("audience", "variant"), PAGES)
def test_every_link_leads_somewhere_and_every_id_is_one_of_its_kind(audience: str, variant: str) -> None:
    report = seminar_report(audience, variant)
    read = Read(seminar_page(audience, variant))
    assert [each for each, count in Counter(read.ids).items() if count > 1] == []
    links = {(attrs["href"] or "").removeprefix("#") for tag, attrs in read.elements if tag == "a"}
    assert links <= set(read.ids)
    assert {part.id for part in parts(report)} <= links
    pointed = {
        attrs[name] or ""
        for _, attrs in read.elements
        for name in attrs
        if name.startswith("aria-") and name.endswith("by")
    }
    assert {each for ids in pointed for each in ids.split()} <= set(read.ids)


def test_every_reference_names_a_line_of_the_log_that_is_there() -> None:
    lines = jsonl(the_seminar(), "white-cell").splitlines()
    cited = cited_in(seminar_report())
    assert len(cited) > 50
    for each in cited:
        assert json.loads(lines[each.ref.line - 1])["seq"] == each.ref.seq
    said = Read(seminar_page()).said()
    for seq, line in re.findall(r"event (\d+) \(line (\d+)\)", said.replace("\xa0", " ")):
        assert json.loads(lines[int(line) - 1])["seq"] == int(seq)


@pytest.mark.parametrize(("audience", "variant"), PAGES)
def test_it_is_marked_as_a_draft_on_the_cover_in_the_title_and_at_the_foot_of_each_sheet(
    audience: str, variant: str
) -> None:
    text = seminar_page(audience, variant)
    read = Read(text)
    assert ("p", "DRAFT") in read.texts
    assert next(said for tag, said in read.texts if tag == "title").startswith("DRAFT")
    assert re.search(r"@page \{.*@bottom-left \{ content: \"DRAFT", text, re.DOTALL)


def test_banners_are_on_the_cover_and_at_the_foot() -> None:
    text = page(replace(small_report(), banners=("DRAFT", "REHEARSAL", "BRANCH of x")))
    assert re.search(r'class="banner">REHEARSAL<', text)
    assert re.search(r'class="banner">BRANCH of x<', text)
    assert 'content: "DRAFT \\b7  REHEARSAL \\b7  BRANCH of x' in text


def test_what_only_people_can_write_is_left_to_them() -> None:
    report = seminar_report()
    read = Read(seminar_page())
    said = read.said()
    assert report.findings
    assert said.count("Analysis to be written by people") == len(report.findings)
    assert said.count("Recommendation to be written by people") == len(report.findings)
    assert sum(attrs.get("class") == "rule" for _, attrs in read.elements) >= 3 * len(report.findings)
    assert "Improvement plan" in said
    assert "Rating of objectives" in said
    filled = replace(report, findings=(replace(report.findings[0], analysis="So it was."),))
    assert "Analysis to be written by people So it was." in Read(page(filled)).said()


def test_the_players_version_has_no_part_of_the_white_cell_and_insights_no_plan() -> None:
    assert "The white cell's record" in Read(seminar_page()).said()
    assert "The white cell's record" not in Read(seminar_page("players")).said()
    insights = Read(seminar_page("players", "insights")).said()
    assert "Assumptions that were acted on" in insights
    assert "Improvement plan" not in insights
    assert "Rating of objectives" not in insights


@pytest.mark.parametrize(("audience", "variant"), PAGES)
def test_headings_come_in_order(audience: str, variant: str) -> None:
    read = Read(seminar_page(audience, variant))
    levels = [int(tag[1]) for tag, _ in read.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(new <= old + 1 for old, new in itertools.pairwise(levels))


def test_a_check_whose_working_is_hidden_has_no_picture() -> None:
    report = small_report()
    hidden = replace(report, checks=tuple(replace(check, known=False, theories=()) for check in report.checks))
    assert report.checks
    assert "The working of this check is not known" in Read(page(hidden)).said()
    assert SCHOOLS not in page(replace(hidden, closing=()))


# Pictures


def test_every_picture_says_what_it_shows() -> None:
    text = seminar_page()
    found = drawings(text)
    checks = seminar_report().checks
    assert len(found) >= 4 + len(checks)
    for drawing in found:
        assert drawing.get("role") == "img"
        title, description = drawing.find(f"{SVG}title"), drawing.find(f"{SVG}desc")
        assert title is not None
        assert description is not None
        assert (drawing.get("aria-labelledby"), drawing.get("aria-describedby")) == (
            title.get("id"),
            description.get("id"),
        )
        assert title.text
        assert len(description.text or "") > 40
    said = Read(text).said()
    for table in (
        "Rungs at the close of each turn",
        "Edges of the ladder that were taken",
        "Terms of the check",
        "Every declaration",
    ):
        assert table in said
    assert said.count("Theory Percent not taken Band") == len(checks)


def test_letters_in_pictures_are_large_and_dark_enough() -> None:
    for drawing in drawings(seminar_page()):
        assert float(drawing.get("font-size") or 0) >= 12
        dark = {svg.INK, svg.MUTED, svg.DARK_VERMILION, "#00507d"}
        for each in drawing.iter(f"{SVG}text"):
            assert each.get("font-size") is None
            fill = each.get("fill", svg.INK)
            assert fill in dark or fill == "#ffffff"
    assert min(contrast(each, "#fcfbf8") for each in (svg.INK, svg.MUTED, svg.DARK_VERMILION, "#00507d")) > 4.5
    assert contrast("#ffffff", svg.INK) > 4.5


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG has it."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_dyads_are_told_apart_without_colour() -> None:
    assert len({style.shape for style in STYLES}) == len({style.dashes for style in STYLES}) == len(STYLES)


def test_the_theories_are_never_compared_without_saying_what_they_are() -> None:
    for audience, variant in PAGES:
        report = seminar_report(audience, variant)
        text = page(replace(report, closing=(), theories_text=""))
        assert any(check.theories for check in report.checks)
        for drawing in drawings(text):
            title, description = drawing.find(f"{SVG}title"), drawing.find(f"{SVG}desc")
            if title is not None and "theor" in (title.text or ""):
                assert description is not None
                assert SCHOOLS in (description.text or "")
        assert f'<p class="schools">{SCHOOLS}</p>' in text
        assert f"**{SCHOOLS}**" in document(replace(report, closing=(), theories_text=""))


def test_bars_are_as_long_as_their_terms_and_every_number_is_there() -> None:
    for check in small_report().checks:
        drawing = ET.fromstring(terms_of(check, "x"))
        bars = [each for each in drawing.iter(f"{SVG}rect") if each.get("height") == "10.5"]
        numbers = [*(term.contribution for term in check.terms), check.constant, check.margin + check.constant]
        assert len(bars) == len(numbers)
        longest = max(range(len(numbers)), key=lambda place: abs(numbers[place]))
        unit = float(bars[longest].get("width") or 0) / abs(numbers[longest])
        for bar, number in zip(bars, numbers, strict=True):
            assert float(bar.get("width") or 0) == pytest.approx(abs(number) * unit, abs=0.15)
            assert (bar.get("fill") == "url(#x-hatch)") is (number < 0)
        said = [each.text for each in drawing.iter(f"{SVG}text")]
        assert all(signed(number) in said for number in numbers)
        assert all(decimal(term.weight) in said for term in check.terms)
        assert any(f"die {check.die}:" in (each or "") for each in said)
        assert any(f"{check.percent} percent (band {check.low} to {check.high})" in (each or "") for each in said)


def test_a_line_of_rungs_goes_through_every_change_and_ends_where_the_dyad_stands() -> None:
    figure = seminar_report().rungs
    heights = scale(len(figure.rungs), figure.firebreaks, 0, 16, 16)
    places = [float(place) for place in range(len(figure.turns))]
    for course in figure.courses:
        line = corners(figure.turns, course, places, heights)
        assert line[0] == (0.0, heights.rungs[course.stands[0]])
        assert line[-1] == (places[-1], heights.rungs[course.stands[-1]])
        assert all(heights.rungs[change.to] in {y for _, y in line} for change in course.changes)
        assert all(one[0] == two[0] or one[1] == two[1] for one, two in itertools.pairwise(line))
    assert list(heights.rungs) == sorted(heights.rungs, reverse=True)
    for each, at in zip(figure.firebreaks, heights.lines, strict=True):
        assert heights.rungs[each.rung] < at < heights.rungs[each.rung - 1]


def test_many_dyads_go_into_several_pictures() -> None:
    courses = tuple(Course(f"A and B{n}", (0, 1), (), "It moved.") for n in range(6))
    found = rungs_over_time(RungFigure((0, 1), ("low", "high"), (Firebreak(1, "line", "zone"),), courses, "Six."))
    assert len(found) == 2
    assert [f"A and B{n}" in found[n // 4] for n in range(6)] == [True] * 6


# Room for words


@given(st.lists(st.tuples(st.floats(0, 400), st.floats(4, 40)), max_size=12))
def test_labels_that_are_spread_do_not_overlap(wanted: list[tuple[float, float]]) -> None:
    places, sizes = [at for at, _ in wanted], [size for _, size in wanted]
    found = spread(places, sizes, 0, 600)
    order = sorted(range(len(found)), key=lambda place: found[place])
    assert all(found[n] - sizes[n] / 2 + 1e-6 >= 0 and found[n] + sizes[n] / 2 <= 600 + 1e-6 for n in order)
    for one, two in itertools.pairwise(order):
        assert found[two] - found[one] >= (sizes[one] + sizes[two]) / 2 - 1e-6
        assert places[one] <= places[two]


@given(st.lists(st.floats(0, 100), max_size=15))
def test_marks_in_one_lane_do_not_touch(places: list[float]) -> None:
    found = lanes(places, 10)
    for lane in set(found):
        row = sorted(at for at, own in zip(places, found, strict=True) if own == lane)
        assert all(two - one >= 10 for one, two in itertools.pairwise(row))


@given(st.text(max_size=60), st.floats(20, 300))
def test_cut_texts_fit(text: str, room: float) -> None:
    assert width_of(fitted(text, room)) <= room
    assert len(broken(text, room, 3)) <= 3
    assert all(width_of(each) <= room for each in broken(text, room, 3))


def test_initials_tell_names_apart() -> None:
    assert initials(["Washington", "Warsaw", "Moscow", "Moscow"]) == {"Washington": "Ws", "Warsaw": "Wr", "Moscow": "M"}
    assert initials(["A", "Ab", "B"]) == {"A": "1", "Ab": "Ab", "B": "B"}


# Hostile text


@pytest.mark.parametrize(("audience", "variant"), [PAGES[0], PAGES[-1]])
def test_no_text_becomes_markup_or_hides(audience: str, variant: str) -> None:
    text = page(hostile(seminar_report(audience, variant)))
    read, known = Read(text), Read(seminar_page(audience, variant))
    assert read.tags == known.tags
    assert {name for _, attrs in read.elements for name in attrs} == {
        name for _, attrs in known.elements for name in attrs
    }
    assert sum(tag == "svg" for tag, _ in read.elements) == len(drawings(text))
    assert "<script" not in text
    assert "{{ 7*7 }}" in text
    assert not set("\u202e\x1b\u200b") & set(text)
    assert "\\u{202e}" in text


def test_no_text_leaves_the_style_sheet() -> None:
    text = page(hostile(small_report()))
    style = next(said for tag, said in Read(text).texts if tag == "style")
    assert text.count("</style>") == 1
    assert style.count("{") == style.count("}")
    coded = css_string('a"b\\c</style>}\n')
    assert re.fullmatch(r'"(?:[A-Za-z0-9 .,:-]|\\[0-9a-f]+ )*"', coded)


def test_no_text_becomes_markdown() -> None:
    text = document(hostile(seminar_report(), "**b** [x](http://y) <b> | `c`\n# h\u202e"))
    assert not re.search(r"(?<!\\)\]\(http|(?<!\\)<b>|(?<!\\)`c|^# h|\u202e", text, re.MULTILINE)
    assert r"\[x\](http://y) \<b\>" in text
    for line in text.splitlines():
        if line.startswith("| "):
            assert line.endswith(" |")


# Markdown


@pytest.mark.parametrize(("audience", "variant"), PAGES)
def test_markdown_has_the_same_parts_and_places(audience: str, variant: str) -> None:
    report = seminar_report(audience, variant)
    text = document(report)
    assert text.startswith("**DRAFT**")
    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == [
        "Contents",
        *(p.heading for p in parts(report)),
    ]
    places = set(
        re.findall(r"event (\d+) \(line (\d+)\)", Read(seminar_page(audience, variant)).said().replace("\xa0", " "))
    )
    told = set(re.findall(r"event (\d+) \(line (\d+)\)", text))
    assert told == places
    for check in report.checks:
        assert all(signed(term.contribution) in text for term in check.terms)


@pytest.mark.parametrize(("audience", "variant"), PAGES)
def test_page_and_markdown_leave_nothing_out(audience: str, variant: str) -> None:
    report = seminar_report(audience, variant)
    said, text = Read(seminar_page(audience, variant)).said(), " ".join(document(report).split())
    cell = report.white_cell.sections if report.white_cell else ()
    lists = [chapter.lines for chapter in report.chronology] + [section.lines for section in cell]
    lists += [each.lines for each in report.counterfactuals] + [report.overview.summary, report.overview.outcomes]
    told = [line for lines in lists for each in lines for line in (each.text, *each.under)]
    told += [line for each in report.moments for line in (each.title, each.text, each.question)]
    told += [each.observation for each in report.findings] + [each.text for each in report.questions]
    told += [each.text for each in (*report.vetoes, *report.sources, *report.credibility.declared)]
    told += [each.quote for each in (one.ref for one in cited_in(report))] + [report.epilogue, *report.closing]
    told += [line for seat in report.overview.seats for line in (*seat.objectives, *seat.reasons)]
    told += (
        [line for each in report.insights.decisions for line in (each.decided, *each.rejected)]
        if report.insights
        else []
    )
    assert len(told) > 300
    assert [line for line in told if " ".join(line.split()) not in said] == []
    assert [line for line in told if markdown(" ".join(line.split())) not in text] == []


# The command


@pytest.fixture
def exercise(tmp_path: Path) -> Path:
    path, recorded = tmp_path / "game.wargame", a_game(0).recorded
    Store.create(path, header_text(recorded.header), all_lines(recorded)).close()
    return path


def test_the_command_writes_a_page_and_never_over_a_file_unasked(
    exercise: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(["report", str(exercise)]) == 0
    first = Path("report.html").read_text("utf-8")
    assert first.startswith("<!doctype html>")
    assert call(["report", str(exercise), "--for", "players"]) == 2
    assert "exists already" in capsys.readouterr().err
    assert Path("report.html").read_text("utf-8") == first
    assert call(["report", str(exercise), "--for", "players", "--force"]) == 0
    assert Path("report.html").read_text("utf-8") != first
    assert call(["report", str(exercise), "-o", str(exercise), "--force"]) == 2
    assert call(["report", str(exercise), "--format", "md", "--variant", "insights", "-o", "x.md"]) == 0
    assert Path("x.md").read_text("utf-8").startswith("**DRAFT**")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["game.wargame", "report.html", "x.md"]


def test_pseudonyms_name_no_file(exercise: Path, tmp_path: Path) -> None:
    named, other = tmp_path / "n.html", tmp_path / "p.html"
    assert call(["report", str(exercise), "-o", str(named)]) == 0
    assert call(["report", str(exercise), "--pseudonyms", "-o", str(other)]) == 0
    assert "(game)" in named.read_text("utf-8")
    assert "(game)" not in other.read_text("utf-8")


def test_the_example_shows_the_end_before_the_beginning(tmp_path: Path) -> None:
    assert call(["report", "--example", "-o", str(tmp_path / "e.html")]) == 0
    said = Read((tmp_path / "e.html").read_text("utf-8")).said()
    assert "What a branch shows" in said
    assert "The white cell's record" in said


def test_what_cannot_be_reported_is_said_plainly(
    exercise: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["report"]) == 2
    assert call(["report", str(exercise), "--example"]) == 2
    assert call(["report", str(tmp_path / "none.wargame")]) == 2
    (tmp_path / "bad").write_text("{}")
    assert call(["report", str(tmp_path / "bad"), "-o", str(tmp_path / "b.html")]) == 4
    assert call(["report", str(exercise), "--branch", str(exercise), "-o", str(tmp_path / "b.html")]) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert not (tmp_path / "b.html").exists()
    with pytest.raises(UsageError, match="the example is not there"):
        _unpacked(tmp_path / "no.gz")
    (tmp_path / "x.gz").write_bytes(b"no gzip")
    with pytest.raises(ExerciseError, match="cannot be read"):
        _unpacked(tmp_path / "x.gz")


def test_pictures_are_the_same_every_time() -> None:
    assert pictures_of(small_report()) == pictures_of(small_report())
    assert HOSTILE not in page(small_report())
