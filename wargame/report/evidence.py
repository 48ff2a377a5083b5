"""Evidence: what a fact says in a sentence, and where in the log it says so.

With pseudonyms the clock is told in minutes since the start, receipts and the name of a parent are left out, and what a
team wrote in its own words is put down to "a team". Capitals keep their names, which are roles; the log holds no names of
people unless somebody typed one, and what was typed is printed as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from msgspec.structs import replace

from wargame.export import words, working
from wargame.export.adjudicated import OUTCOMES
from wargame.export.rows import Row
from wargame.export.sentences import PHASE_TITLES, sentences
from wargame.log import WHITE_CELL
from wargame.report.model import Reference
from wargame.rules import events as fact
from wargame.rules.box import Box
from wargame.rules.events import Event
from wargame.rules.state import DRAFT, PASSED

QUOTE: Final = 140
"""Most characters of a quote."""

A_TEAM: Final = "a team"
REVEALED: Final = "All orders are opened at once."


class Evidence:
    """Makes references into one log, and words facts so that no more is said than this version may say."""

    def __init__(self, box: Box, log: str, rows: Iterable[Row], pseudonyms: bool = False, clocks: bool = True) -> None:
        self.box = box
        self.pseudonyms = pseudonyms
        self.clocks = clocks
        self._header = 2 if log == WHITE_CELL else 1
        times = (when(row.at) for row in rows)
        self._start = next((each for each in times if each is not None), None)

    def ref(self, row: Row, quote: str = "") -> Reference:
        """Return the reference to a row; without a ``quote`` the fact is put in words."""
        if not quote:
            said = [REVEALED] if isinstance(row.event, fact.OrdersRevealed) else self.say(row.event)
            quote = next(iter(said), "") or _named(row.event)
        line = row.seq + self._header
        return Reference(row.seq, line, row.turn, row.phase, short(quote), self.clock(row.at), row.undone)

    def refs(self, rows: Iterable[Row]) -> tuple[Reference, ...]:
        """Return a reference to each row."""
        return tuple(self.ref(row) for row in rows)

    def clock(self, at: str) -> str:
        """Return a wall clock as this version shows it."""
        if not self.clocks or not self.pseudonyms:
            return at if self.clocks else ""
        then = when(at)
        if then is None or self._start is None:
            return ""
        return f"+{max(0, round((then - self._start).total_seconds() / 60))} min"

    def team(self, capital: str) -> str:
        """Return whose words these are: the capital's, or a team's where pseudonyms are asked for."""
        return A_TEAM if self.pseudonyms else words.capital(self.box, capital)

    def say(self, event: Event) -> list[str]:
        """Return what a fact says, in sentences."""
        box = self.box
        if isinstance(event, fact.ChallengeResolved):
            return [words.sentence(f"{working.step(box, event)}: {OUTCOMES.get(event.outcome, event.outcome)}")]
        if isinstance(event, fact.ChallengeRolled):
            return [
                words.sentence(f"{working.step(box, event)}: {event.percent} percent, and the dice show {event.die}")
            ]
        if isinstance(event, fact.OrdersRevealed):
            return self.orders(event)
        if isinstance(event, fact.InjectImprovised) and not event.title:
            return [f"An inject was improvised for {words.capitals(box, event.to)} alone."]
        if isinstance(event, (fact.OrderSealed, fact.OrderClosed)):
            return [self._paper(event)]
        if isinstance(event, fact.RulingMade):
            return self._ruling(event)
        return [words.sentence(text) for text in self._typed(event)] or sentences(box, event)

    def orders(self, event: fact.OrdersRevealed) -> list[str]:
        """Return each capital's orders and what was said with them."""
        box, found = self.box, []
        for who, sheet in event.sheets:
            ordered, name = words.orders(box, who, replace(sheet, argued="")), words.capital(box, who)
            if who in event.missing:
                found.append(f"{name}'s orders are missing.")
            elif ordered or not sheet.argued:
                found.append(words.sentence(f"{name} orders {'; '.join(ordered) if ordered else 'nothing'}"))
        for who, sheet in event.sheets:
            if sheet.argued:
                found.append(words.sentence(f"{self.team(who)} orders what is not on the list: {sheet.argued}"))
            if sheet.note:
                end = "" if sheet.note.rstrip().endswith((".", "!", "?")) else "."
                said = f'{self.team(who)} says: "{sheet.note.strip()}"{end}'
                found.append(said[0].upper() + said[1:])
        return found

    def _ruling(self, event: fact.RulingMade) -> list[str]:
        did = "overrules the dice" if event.overruled else "lets the dice stand"
        reason = f": {event.reason}" if event.reason else ""
        taken = "the step is taken" if event.taken else "the step is not taken"
        found = [words.sentence(f"The white cell {did}, {taken}{reason}")]
        return [*found, words.sentence(f"Dissent within the white cell: {event.dissent}")] if event.dissent else found

    def _paper(self, event: fact.OrderSealed | fact.OrderClosed) -> str:
        """Return how a sheet was closed; its receipt is on paper and its content at the reveal."""
        who = words.capital(self.box, event.capital)
        if isinstance(event, fact.OrderSealed):
            return f"{who} passes on purpose." if event.status == PASSED else f"{who} seals its orders."
        if event.status == DRAFT:
            return f"Time is called, and {who}'s draft is taken as it stands."
        return f"Time is called, and {who}'s orders are missing."

    def _typed(self, event: Event) -> list[str]:
        """Return facts that quote what a team wrote; none where the fact's own sentences will do."""
        box = self.box
        if isinstance(event, fact.Branched) and (self.pseudonyms or not event.parent):
            played = f"In human hands: {words.capitals(box, event.played)}" if event.played else ""
            return [text for text in ("A branch begins here", event.text, played) if text]
        if not self.pseudonyms:
            return []
        if isinstance(event, fact.ArgumentOpened):
            return [f"{A_TEAM} has ordered what is not on the list: {event.text}", "It is argued"]
        if isinstance(event, fact.ArgumentSettled):
            first = f"{A_TEAM}'s order outside the list {'succeeds' if event.succeeded else 'fails'}: {event.text}"
            return [first, *sentences(box, event)[1:]]
        if isinstance(event, fact.QuestionAsked):
            return [f"{A_TEAM} asks the white cell: {event.text}"]
        if isinstance(event, fact.QuestionAnswered):
            return [f"The white cell answers {A_TEAM}: {event.text}"]
        if isinstance(event, fact.NoteTaken):
            return [f"Scribe's {event.kind.replace('-', ' ')}: {event.text}"]
        return []


def _named(event: Event) -> str:
    """Return what kind of fact it is, for one that has no sentence of its own."""
    if isinstance(event, fact.PhaseOpened):
        return f"{PHASE_TITLES.get(event.opened, event.opened)}: the phase begins."
    return words.sentence(str(event.__struct_config__.tag).replace("_", " "))


def when(at: str) -> datetime | None:
    """Return a wall clock as a time, None for none or for text that is no clock. Clocks without a zone count as UTC."""
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def short(text: str, most: int = QUOTE) -> str:
    """Return text cut to ``most`` characters, at a word where there is one."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    head = text[: most - 3].rsplit(" ", 1)[0]
    return f"{head if len(head) > most // 2 else text[: most - 3]}..."
