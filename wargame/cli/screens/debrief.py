"""The debrief: how it ended, the path on the ladder, every check, whom each veto protected, what was said and believed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from wargame.cli.page import QUIET, STRONG, Page
from wargame.export import words, working
from wargame.export.adjudicated import OUTCOMES
from wargame.export.rows import Walk, walk
from wargame.ledger import BROKEN, KEPT, WITHDRAWN, Claim, Finding, Ledger, last_beliefs, ledger
from wargame.recorded import Recorded
from wargame.rules import events as fact
from wargame.rules.box import Box
from wargame.rules.events import ChallengeResolved

_FATES = {KEPT: "kept", BROKEN: "not kept", WITHDRAWN: "withdrawn"}
_SCHOOLS = (
    "The theories illustrate schools of thought and are evidence for none of them. This was an exercise, no forecast."
)


def show(
    page: Page, recorded: Recorded, side: str = "", between: Callable[[], None] = lambda: None, reasons: bool = True
) -> None:
    """Show the whole debrief; ``between`` is called after each part. ``side`` is whose score comes first.

    ``reasons``: say why the bots did what they did.
    """
    box = recorded.box
    seen = walk(recorded)
    book = ledger(box, recorded.entries)
    parts: list[Callable[[], None]] = [
        lambda: _end(page, box, seen, side),
        lambda: _path(page, box, seen),
        lambda: _checks(page, box, seen),
        lambda: _vetoes(page, box, book),
        lambda: _words(page, box, book),
        lambda: _bots(page, recorded, seen, reasons),
        lambda: _questions(page, box, seen),
    ]
    for number, part in enumerate(parts):
        part()
        if number < len(parts) - 1:
            between()


def _end(page: Page, box: Box, seen: Walk, side: str) -> None:
    page.heading("The end", box.scenario.title)
    ended = next((row.event for row in seen.counted if isinstance(row.event, fact.ExerciseEnded)), None)
    if ended is None:
        page.text("The exercise has not ended.")
        return
    ending = next((each for each in box.endings if each.id == ended.ending), None)
    page.text(ending.name if ending else ended.ending, style=STRONG)
    if ending is not None:
        page.text(ending.text)
        if words.share(ending):
            page.text(words.share(ending))
    for theatre, outcome in ended.outcomes:
        page.text(f"{words.theatre(box, theatre)}: {words.outcome(box, outcome)}.")
    for score in sorted(ended.scores, key=lambda each: each.capital != side):
        page.text(f"{words.capital(box, score.capital)}: {score.total} of 100", style=STRONG)
        told = [f"{line.points} of {line.of} {line.text.rstrip('.')}" for line in score.lines]
        page.text(f"{'; '.join(told)}; {score.beliefs} for judging what others declared.", indent=2)


def _path(page: Page, box: Box, seen: Walk) -> None:
    turns = "".join(f"{'start' if close.turn == 0 else close.turn:>6}" for close in seen.closes)
    wide = page.width - len(turns)
    in_words = page.plain or wide <= 20
    page.heading("The path on the ladder", f"{'Rungs' if in_words else 'Rung numbers'} at the close of each turn")
    if not in_words:
        page.text(f"{'Turn':<{wide}}{turns}", style=QUIET)
    for dyad in box.dyads:
        block, place = box.ref(f"{dyad.id}.rung")
        stands = [close.values[block][place] for close in seen.closes]
        if in_words:
            page.text(f"{dyad.name}: {_stays(box, seen, stands)}.")
            continue
        page.text(f"{dyad.name[: wide - 1]:<{wide}}" + "".join(f"{rung:>6}" for rung in stands))
        highest = box.ladder.rungs[max(stands)].name
        page.text(f"highest {highest}, at the end {box.ladder.rungs[stands[-1]].name}", indent=2, style=QUIET)
    for row in seen.counted:
        if isinstance(row.event, fact.RungChanged):
            told = words.sentence(_move(box, row.event))
            page.text(told, label=f"Turn {row.turn}: ", hang=8)


def _stays(box: Box, seen: Walk, stands: Sequence[int]) -> str:
    """Return where a dyad stood and for how long: ``start "A"; turns 1 to 3 "B"; turn 4 "C"``."""
    found = [f"start {words.rung(box, box.ladder.rungs[stands[0]].id)}"]
    for rung, stay in groupby(zip(seen.closes[1:], stands[1:], strict=True), key=lambda each: each[1]):
        turns = [close.turn for close, _ in stay]
        when = f"turn {turns[0]}" if len(turns) == 1 else f"turns {turns[0]} to {turns[-1]}"
        found.append(f"{when} {words.rung(box, box.ladder.rungs[rung].id)}")
    return "; ".join(found)


def _move(box: Box, event: fact.RungChanged) -> str:
    where, to = words.dyad(box, event.dyad), words.rung(box, event.to)
    who = words.capital(box, event.capital) if event.capital else ""
    how = {"climb": f"{who} climbs", "step-down": f"{who} steps down", "card": "a card", "accident": "an accident",
           "landing": "talks", "test": "a mishap"}.get(event.cause, event.cause)  # fmt: skip
    return f"{where} to {to} ({how})"


def _checks(page: Page, box: Box, seen: Walk) -> None:
    page.heading("Every check, and its weakest link")
    found = [(row.turn, row.event) for row in seen.counted if isinstance(row.event, ChallengeResolved)]
    if not found:
        page.text("Nobody tried to climb.")
    for turn, check in found:
        step = working.step(box, check)
        low, high = check.band
        page.text(
            f"{step}: held back {check.percent} in 100 ({low} to {high}), the dice show {check.die}; "
            f"{OUTCOMES.get(check.outcome, check.outcome)}. {working.weakest_link(box, check)}".strip(),
            label=f"Turn {turn}: ", hang=8,
        )  # fmt: skip


def _vetoes(page: Page, box: Box, book: Ledger) -> None:
    page.heading("Whom each veto protected")
    if not book.findings:
        page.text("No permission that was withheld decided anything.")
    for found in book.findings:
        page.text(_finding(box, found), label=f"Turn {found.turn}: ", hang=8)


def _finding(box: Box, found: Finding) -> str:
    patron, partner = words.capital(box, found.patron), words.capital(box, found.partner)
    to = words.rung(box, found.to)
    if found.kind == "defiance":
        return f"{partner} climbed to {to} although {patron} did not permit it. Nobody was protected."
    whom = words.capital(box, found.protected) if found.protected else "nobody"
    if found.kind == "refusal":
        return f"{patron} did not permit {partner} to climb to {to}, and it held back. That protected {whom}."
    return f"in the step to {to}, {partner}'s answer was believed no further than {patron} permitted. That protected {whom}."


def _words(page: Page, box: Box, book: Ledger) -> None:
    page.heading("Declared, believed, done")
    if not book.claims:
        page.text("Nobody declared anything.")
    for claim in book.claims:
        page.text(_claim(box, claim), label=f"Turn {claim.turn}: ", hang=8)
    if book.scores:
        told = [f"{words.capital(box, each.capital)} {float(each.score):.2f}" for each in book.scores]
        page.text(f"How well each judged (Brier: 0 perfect, 0.25 a coin): {', '.join(told)}.")


def _claim(box: Box, claim: Claim) -> str:
    who = words.capital(box, claim.capital)
    how = f"to {words.capital(box, claim.declaration.to)}, quietly" if claim.declaration.to else claim.declaration.kind
    parts = [f"{who} ({how.replace('-', ' ')}): {words.promise(box, claim.capital, claim.declaration)}."]
    believed = [f"{words.capital(box, side)} {percent}" for side, percent in last_beliefs(claim)]
    if believed:
        parts.append(f"Believed, in percent: {', '.join(believed)}.")
    for test in claim.tests[-1:]:
        link = words.LINKS.get(test.weakest, test.weakest)
        parts.append(f"When a step was checked against it, its weakest link was {link}.")
    fate = f"In turn {claim.settled} it was {_FATES[claim.status]}" if claim.settled else "It did not fall due"
    return " ".join([*parts, f"{fate}."])


def _bots(page: Page, recorded: Recorded, seen: Walk, reasons: bool) -> None:
    """Show how the unplayed capitals chose: the doctrine's card and, if asked for, its reasons turn by turn."""
    box = recorded.box
    started = next((row.event for row in seen.counted if isinstance(row.event, fact.ExerciseStarted)), None)
    if started is None:
        return
    doctrines = dict(started.doctrines)
    for capital in box.capitals:
        doctrine = box.doctrine.get(doctrines.get(capital.id, ""))
        if capital.id in started.played or doctrine is None:
            continue
        page.heading(f"{capital.name} followed the doctrine {doctrine.name}")
        page.text(" ".join(doctrine.card.split()), style=QUIET)
        if not reasons:
            continue
        for turn, why in _reasons(seen, capital.id).items():
            if why:
                page.text(" ".join(why), label=f"Turn {turn}: ", hang=8)


def _reasons(seen: Walk, capital: str) -> dict[int, list[str]]:
    """Return a capital's reasons by turn."""
    found: dict[int, list[str]] = {}
    for row in seen.counted:
        event = row.event
        if isinstance(event, (fact.OrderSealed, fact.ChoiceMade, fact.SignalsGiven)) and event.capital == capital:
            found.setdefault(row.turn, []).extend(event.why)
    return found


def _questions(page: Page, box: Box, seen: Walk) -> None:
    page.heading("To talk about")
    if box.scenario.question:
        page.text(box.scenario.question, style=STRONG)
    for row in seen.counted:
        if isinstance(row.event, fact.CardDrawn):
            card = box.card[row.event.card]
            if card.question:
                page.text(f"{card.question} ({card.title})", label="- ")
    if box.scenario.epilogue:
        page.heading("What happened then, in the history we know")
        page.text(" ".join(box.scenario.epilogue.split()))
    page.gap()
    page.text(_SCHOOLS, style=QUIET)
