"""The tables of docs/content.md are what the code and the decks say."""

from __future__ import annotations

import pytest

from tests.content_tables import PAGE, TABLES, laid_out, printed
from wargame.content.strict import CARD_WORDS, LETTERS, PROSE_WORDS


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_page_is_what_the_decks_say(name: str) -> None:
    assert printed(PAGE.read_text("utf-8"))[name] == laid_out(TABLES[name]()), "python -m tests.content_tables"


def test_words_belong_to_their_lengths() -> None:
    rows = {row[0]: row[1] for row in list(TABLES["lengths"]())[1:]}
    assert rows[LETTERS * CARD_WORDS] == str(CARD_WORDS)
    assert rows[LETTERS * PROSE_WORDS] == str(PROSE_WORDS)
