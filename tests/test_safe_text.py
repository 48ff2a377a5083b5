"""The one door to the terminal: nothing that steers, hides or reorders comes through it, and nothing is taken for markup."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.steering import steering
from wargame.cli.page import Page
from wargame.cli.text import one_line, safe_text

NASTY = (
    "\x1b[31mred", "\x1b]8;;http://x\x07link", "\x9b2J", "a\rb", "\x7f", "\u202eabc", "\u2066x\u2069", "a\u200bb", "\u2028",
    "\U000e0041", "\ud800", "\ufeffx", "\x00",
)  # fmt: skip
MARKUP = ("[red]x[/red]", "[/]", "[link=file:///etc/passwd]x[/link]", "[@click=app.bell]x[/]", ":smile:", "\\[x]", "[")


@given(st.text(st.characters(exclude_categories=())))
def test_only_text_and_line_feeds_come_through(text: str) -> None:
    assert not steering(safe_text(text))


@given(st.text(st.characters(categories=("L", "M", "N", "P", "S", "Zs"))))
def test_what_prints_is_left_as_it_is(text: str) -> None:
    assert safe_text(text) == text


@given(st.text(st.characters(exclude_categories=())))
def test_it_is_the_same_twice(text: str) -> None:
    assert safe_text(safe_text(text)) == safe_text(text)


@pytest.mark.parametrize("text", NASTY)
def test_what_steers_is_shown(text: str) -> None:
    assert "\\u{" in safe_text(text)
    assert "\n" not in one_line(f"{text}\n{text}")


@pytest.mark.parametrize("text", NASTY)
def test_a_page_never_lets_it_through(text: str) -> None:
    paper = io.StringIO()
    page = Page(file=paper)
    page.text(text, label=text)
    page.item(text, text)
    page.heading(text, text)
    page.line(text)
    page.quiet(text)
    assert not steering(paper.getvalue())


@pytest.mark.parametrize("text", MARKUP)
def test_a_page_reads_no_markup(text: str) -> None:
    paper = io.StringIO()
    page = Page(file=paper)
    page.text(text)
    page.heading(text)
    assert paper.getvalue().count(text) == 2


@given(st.text(st.characters(exclude_categories=()), max_size=400), st.integers(0, 20))
def test_no_line_is_wider_than_the_page(text: str, indent: int) -> None:
    paper = io.StringIO()
    Page(file=paper).text(text, indent=indent)
    assert all(len(line) <= 80 for line in paper.getvalue().split("\n"))
