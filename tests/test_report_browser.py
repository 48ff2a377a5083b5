"""The report in a real browser with the network cut off: nothing fetched, nothing complained of, accessible, printed whole.

It needs Chromium or Chrome on this machine (``WARGAME_CHROMIUM`` may name it) and is left out, with a word, where there is
none; ``.ci/run`` sets ``WARGAME_BROWSER=required``, and then a missing browser is a failure.
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from msgspec import Struct
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader

from tests.report_pages import hostile, seminar_page, seminar_report, small_report
from wargame.report.html import page as page_of
from wargame.report.model import Belief, PathFigure, Report, RungFigure
from wargame.report.outline import parts

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SHEETS = {"A4": (210, 297), "Letter": (215.9, 279.4)}
PIXELS = 96 / 25.4


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = os.environ.get("WARGAME_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        required = os.environ.get("WARGAME_BROWSER") == "required"
        say = pytest.fail if required else pytest.skip
        say(
            "no Chromium or Chrome here: install one (Debian: apt-get install chromium), or name it in WARGAME_CHROMIUM"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


class Opened:
    """A page in a window of its own without a network, and everything the browser had to say about it."""

    def __init__(self, browser: Browser, text: str, folder: Path, width: int = 1360) -> None:
        self.file = folder / "report.html"
        self.file.write_text(text, "utf-8")
        self.page: Page = browser.new_context(offline=True, viewport={"width": width, "height": 900}).new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(self.file.as_uri())

    def violations(self) -> list[str]:
        self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
        )
        assert len(found["passes"]) > 15
        return [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]]

    def printed(self, sheet: str) -> PdfReader:
        """Print it."""
        return PdfReader(io.BytesIO(self.page.pdf(format=sheet)))


def shortened(value: Any, most: int = 5) -> Any:
    """Return a report of which every part, list and table is there, but none is long: axe looks at each element for itself."""
    if isinstance(value, tuple):
        return tuple(shortened(each, most) for each in value[:most])
    if isinstance(value, (RungFigure, PathFigure)) or not isinstance(value, Struct):
        return value
    return replace(value, **{name: shortened(getattr(value, name), most) for name in value.__struct_fields__})


def complete(report: Report) -> Report:
    """Return a shortened report that still has all sections of the white cell's part."""
    assert report.white_cell is not None
    sections = shortened(report.white_cell.sections, 99)
    return replace(shortened(report), white_cell=replace(shortened(report.white_cell), sections=sections))


def unfolded(opened: Opened) -> Opened:
    opened.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    return opened


@pytest.mark.parametrize("case", ["white-cell", "players", pytest.param("whole", marks=pytest.mark.soak)])
def test_it_opens_offline_without_a_complaint_and_passes_axe(browser: Browser, tmp_path: Path, case: str) -> None:
    """The shipped seminar unfolded, shortened or whole; a small game as players have it, as it opens."""
    if case == "players":
        opened = Opened(browser, page_of(shortened(small_report(audience="players", variant="insights"))), tmp_path)
    else:
        report = seminar_report() if case == "whole" else complete(seminar_report())
        opened = unfolded(Opened(browser, page_of(report), tmp_path))
        assert opened.page.locator("section").count() == len(parts(seminar_report()))
    assert opened.violations() == []
    assert opened.said == []
    assert opened.asked == [opened.file.as_uri()]


def test_it_fits_a_narrow_window_and_can_be_read_with_the_keyboard(browser: Browser, tmp_path: Path) -> None:
    opened = Opened(browser, seminar_page(), tmp_path, width=320)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 320
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.textContent") == "Skip to the report"
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("!!document.activeElement.closest('#overview, #course')")


def crowded() -> Report:
    """Return a report whose pictures have the least room: many beliefs alike, the longest names, dice at the ends."""
    report = seminar_report()
    dyads = [
        replace(each, dyad=f"The Northern Province and {each.dyad} {n}")
        for n in range(2)
        for each in report.rungs.courses
    ]
    checks = [
        replace(check, percent=percent, low=1, high=99, die=die, title=check.title * 2)
        for check, percent, die in zip(report.checks, (1, 99, 1, 99), (100, 1, 1, 50), strict=False)
    ]
    declared = report.credibility.declared[0]
    one = declared.beliefs[0]
    names = ("Moscow", "Beijing", "Kyiv", "Taipei", "Warsaw", "Washington")
    beliefs = tuple(Belief(name, 96 + n % 3, one.turn, one.ref) for n, name in enumerate(names))
    many = tuple(replace(declared, id=f"d{n}", beliefs=beliefs, credible=97, believed=97) for n in range(12))
    edges = tuple(replace(edge, taken=1, turns=(3, 4), dyads=("Moscow and Kyiv",)) for edge in report.path.edges[:24])
    return replace(
        report,
        rungs=replace(
            report.rungs, courses=tuple(dyads), rungs=tuple(f"{name} of a long name" for name in report.rungs.rungs)
        ),
        path=replace(report.path, edges=(*edges, *report.path.edges[24:])),
        checks=tuple(checks),
        credibility=replace(report.credibility, declared=many),
    )


COLLISIONS = """() => [...document.querySelectorAll('svg')].flatMap(svg => {
    const frame = svg.getBoundingClientRect(), unit = frame.width / 680, found = []
    const texts = [...svg.querySelectorAll('text')].map(each => [each.getBoundingClientRect(), each.textContent])
    texts.forEach(([a, said], at) => {
        if (a.left < frame.left - 1 || a.right > frame.right + 1 || a.top < frame.top - 1 || a.bottom > frame.bottom + 1)
            found.push(`outside the picture: ${said}`)
        for (const [b, other] of texts.slice(at + 1)) {
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
            const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
            if (wide > 0.5 * unit && high > 3.2 * unit) found.push(`${said} | ${other}`)
        }
    })
    return found
})"""  # lines of one text are 14 units apart and 14 high, and letters fill less than that


@pytest.mark.parametrize("case", ["seminar", "crowded"])
def test_no_words_in_a_picture_lie_on_others(browser: Browser, tmp_path: Path, case: str) -> None:
    text = seminar_page() if case == "seminar" else page_of(crowded())
    opened = Opened(browser, text, tmp_path)
    assert opened.page.evaluate(COLLISIONS) == []


MARK = """() => document.querySelectorAll('figure').forEach((figure, n) => {
    figure.id = `top-${n}`
    figure.querySelector('figcaption').id = `end-${n}`
    for (const end of ['top', 'end']) {
        const link = document.createElement('a')
        link.href = `#${end}-${n}`
        document.querySelector('footer').append(link)
        link.textContent = '.'
    }
})"""  # a place that a link leads to is a named destination of the PDF, which says on which sheet it lies


@pytest.mark.parametrize("sheet", SHEETS)
def test_it_prints_no_cut_figure_and_its_letters_stay_legible(browser: Browser, tmp_path: Path, sheet: str) -> None:
    opened = Opened(browser, seminar_page() if sheet == "A4" else page_of(crowded()), tmp_path)
    figures = opened.page.locator("figure").count()
    opened.page.evaluate(MARK)
    printed = opened.printed(sheet)
    lies = {name.strip("/"): printed.get_destination_page_number(at) for name, at in printed.named_destinations.items()}
    assert figures >= 8
    assert [n for n in range(figures) if lies[f"top-{n}"] != lies[f"end-{n}"]] == []
    for number in (0, lies["top-3"], len(printed.pages) - 1):
        said = printed.pages[number].extract_text()
        assert "DRAFT" in said
        assert f"{number + 1} of {len(printed.pages)}" in said
    wide, _ = SHEETS[sheet]
    opened.page.set_viewport_size({"width": int((wide - 32) * PIXELS), "height": 900})
    opened.page.emulate_media(media="print")
    scale = opened.page.evaluate("Math.min(...[...document.querySelectorAll('svg')].map(e => e.getScreenCTM().a))")
    assert 12 * scale >= 11


def test_what_is_folded_on_a_screen_and_meant_for_paper_is_printed(browser: Browser, tmp_path: Path) -> None:
    opened = Opened(browser, seminar_page(), tmp_path)
    seen = "[...document.querySelectorAll('details.printed table')].map(each => each.checkVisibility())"
    assert set(opened.page.evaluate(seen)) == {False}
    opened.page.emulate_media(media="print")
    assert set(opened.page.evaluate(seen)) == {True}


def test_hostile_text_runs_nothing_and_fetches_nothing(browser: Browser, tmp_path: Path) -> None:
    opened = Opened(browser, page_of(hostile(seminar_report())), tmp_path)
    assert opened.page.evaluate("document.querySelectorAll('script, img, link, iframe').length") == 0
    assert opened.asked == [opened.file.as_uri()]
    assert opened.said == []


def test_the_judge_can_find_fault(browser: Browser, tmp_path: Path) -> None:
    """Axe, the console and the network are really watched: a page that is wrong in each way is found out."""
    wrong: Any = '<html><title>x</title><img src="https://example.org/x.png"><p style="color:#eee">pale</p></html>'
    opened = Opened(browser, wrong, tmp_path)
    found = opened.page.evaluate(
        "async source => { (0, eval)(source); return (await axe.run()).violations.map(each => each.id) }",
        AXE.read_text("utf-8"),
    )
    assert {"image-alt", "html-has-lang", "color-contrast"} <= set(found)
    assert opened.said != []
    assert "https://example.org/x.png" in opened.asked
